// A range of time with two handles over a picture of how many incidents each step has. Time runs from left to right in both languages,
// as on the charts, so that the earlier handle is the left one; each handle is a slider of the browser and moves by the keyboard.
import type { Spot } from "./spots";

const SVG = "http://www.w3.org/2000/svg";
const DAY = 86_400_000;

export interface Range {
  since: string;
  until: string;
}

/** First and last day of a month ("2024-05") or a day. */
export function ends(step: string): Range {
  if (step.length > 7) return { since: step, until: step };
  const [year, month] = step.split("-").map(Number) as [number, number];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { since: `${step}-01`, until: `${step}-${String(last).padStart(2, "0")}` };
}

/** All steps between two days, both within. */
function steps(first: string, last: string, unit: "month" | "day"): string[] {
  const made: string[] = [];
  if (unit === "day") {
    for (let at = Date.parse(first); at <= Date.parse(last); at += DAY) made.push(new Date(at).toISOString().slice(0, 10));
    return made;
  }
  let [year, month] = first.split("-").map(Number) as [number, number];
  const [lastYear, lastMonth] = last.split("-").map(Number) as [number, number];
  while (year < lastYear || (year === lastYear && month <= lastMonth)) {
    made.push(`${year}-${String(month).padStart(2, "0")}`);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return made;
}

export class Timeline {
  private names: string[] = [];
  private unit: "month" | "day" = "month";
  private days: string[] = [];
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly picture: SVGSVGElement;
  private readonly told: HTMLOutputElement;

  /**
   * @param element holds two sliders named "from" and "to", an svg, an output, and a choice named "unit".
   * @param changed is called with the first and last day; both empty where the whole time is chosen.
   */
  constructor(private readonly element: HTMLElement, private readonly changed: (range: Range) => void) {
    this.from = element.querySelector<HTMLInputElement>("input[name=from]")!;
    this.to = element.querySelector<HTMLInputElement>("input[name=to]")!;
    this.picture = element.querySelector("svg")!;
    this.told = element.querySelector("output")!;
    this.from.addEventListener("input", () => this.moved(this.from));
    this.to.addEventListener("input", () => this.moved(this.to));
    const unit = element.querySelector<HTMLSelectElement>("select[name=unit]");
    unit?.addEventListener("change", () => {
      const range = this.range();
      this.unit = unit.value === "day" ? "day" : "month";
      this.lay();
      this.set(range);
      this.changed(this.range());
    });
  }

  /** Show the time that incidents span, and how many there are in each step. */
  fill(spots: readonly Spot[]): void {
    this.days = spots.map((s) => s.first || s.last).filter(Boolean).sort();
    this.element.hidden = this.days.length === 0;
    // Its room was kept before, so that nothing moves.
    this.element.removeAttribute("data-waits");
    this.lay();
  }

  private lay(): void {
    const first = this.days[0];
    const last = this.days.at(-1);
    if (!first || !last) return;
    // Days of more than five years are too narrow to be hit.
    const long = Date.parse(last) - Date.parse(first) > 5 * 366 * DAY;
    this.names = steps(first, last, this.unit === "day" && !long ? "day" : "month");
    for (const handle of [this.from, this.to]) handle.max = String(this.names.length - 1);
    this.from.value = "0";
    this.to.value = this.to.max;
    this.paint();
    this.say();
  }

  /** Put the handles where a range begins and ends. */
  set(range: Range): void {
    const place = (day: string, otherwise: number) => {
      if (!day) return otherwise;
      const at = this.names.findIndex((name) => ends(name).until >= day);
      return at < 0 ? this.names.length - 1 : at;
    };
    this.from.value = String(place(range.since, 0));
    this.to.value = String(place(range.until, this.names.length - 1));
    this.say();
  }

  private range(): Range {
    const from = Number(this.from.value);
    const to = Number(this.to.value);
    return {
      since: from === 0 ? "" : ends(this.names[from] ?? "").since,
      until: to === this.names.length - 1 ? "" : ends(this.names[to] ?? "").until,
    };
  }

  private moved(handle: HTMLInputElement): void {
    if (Number(this.from.value) > Number(this.to.value)) handle.value = handle === this.from ? this.to.value : this.from.value;
    this.say();
    this.changed(this.range());
  }

  private say(): void {
    const [from, to] = [Number(this.from.value), Number(this.to.value)];
    const [first, last] = [this.names[from] ?? "", this.names[to] ?? ""];
    this.from.setAttribute("aria-valuetext", first);
    this.to.setAttribute("aria-valuetext", last);
    this.told.value = first === last ? first : `${first} – ${last}`;
    [...this.picture.children].forEach((bar, i) => bar.classList.toggle("out", i < from || i > to));
    // Where both handles meet at the end, the earlier one must stay within reach.
    this.from.classList.toggle("upper", from > this.names.length / 2);
  }

  private paint(): void {
    const long = this.names[0]?.length ?? 7;
    const counts = new Map<string, number>();
    for (const day of this.days) counts.set(day.slice(0, long), (counts.get(day.slice(0, long)) ?? 0) + 1);
    const most = Math.max(1, ...counts.values());
    const wide = 1000 / this.names.length;
    this.picture.setAttribute("viewBox", "0 0 1000 40");
    this.picture.replaceChildren(
      ...this.names.map((name, i) => {
        const bar = document.createElementNS(SVG, "rect");
        const count = counts.get(name) ?? 0;
        const tall = count === 0 ? 0 : Math.max(1.5, 40 * Math.sqrt(count / most));
        for (const [key, value] of Object.entries({ x: i * wide, y: 40 - tall, width: Math.max(0.5, wide * 0.86), height: tall })) {
          bar.setAttribute(key, String(value));
        }
        return bar;
      }),
    );
  }
}
