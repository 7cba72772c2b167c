// The screen of readers: words and values light each other up, claims are walked and decided on by keys, words that are selected become
// evidence, and what is begun is kept. Without this script the same forms and links do the same acts.
import { send } from "./lib/htmx";
import { on } from "./lib/keys";
import { between, selected, type Stretch } from "./lib/offsets";

const panes = document.querySelector<HTMLElement>("#reading");
const body = document.querySelector<HTMLElement>("#body");
if (panes && body) start(panes, body);

function start(panes: HTMLElement, body: HTMLElement): void {
  const id = panes.dataset["document"] ?? "";
  const queue = panes.dataset["queue"] ?? "first";
  const said = document.querySelector<HTMLElement>("#told");
  const claims = [...document.querySelectorAll<HTMLDetailsElement>("details.claim")];
  const pieces = [...body.querySelectorAll<HTMLElement>(".ev")];
  let target = ""; // the field that selected words go to
  let hush: number | undefined;

  function tell(text: string): void {
    if (!said) return;
    said.textContent = text;
    clearTimeout(hush);
    hush = window.setTimeout(() => (said.textContent = ""), 6000);
  }

  // -- the claim that is shown -------------------------------------------------------------------------------------

  const shown = (): HTMLDetailsElement | undefined => claims.find((claim) => claim.open) ?? claims[0];

  function refs(piece: HTMLElement): string[][] {
    return (piece.dataset["refs"] ?? "").split(" ").filter(Boolean).map((ref) => ref.split("|"));
  }

  function paint(): void {
    const claim = shown();
    const name = claim?.dataset["claim"] ?? "";
    const numbers = new Map([...(claim?.querySelectorAll<HTMLElement>(".value") ?? [])].map((row, n) => [row.dataset["key"] ?? "", n + 1]));
    for (const piece of pieces) {
      const own = refs(piece).filter(([of]) => of === name);
      const kinds = [...new Set(own.map(([, , kind]) => kind ?? ""))];
      piece.dataset["kind"] = kinds[0] ?? "";
      piece.dataset["under"] = kinds[1] ?? "";
      const first = (piece.dataset["first"] ?? "").split(" ").map((ref) => ref.split("|")).filter(([of]) => of === name);
      const shownNumbers = first.map(([, key]) => numbers.get(key ?? "") ?? 0).filter((n) => n > 0 && n < 10);
      piece.dataset["n"] = [...new Set(shownNumbers)].sort().join(" ");
    }
  }

  function choose(claim: HTMLDetailsElement | undefined, focus = true): void {
    if (!claim) return;
    claim.open = true;
    for (const other of claims) if (other !== claim) other.open = false;
    paint();
    if (focus) claim.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
    claim.scrollIntoView({ block: "nearest" });
    const trigger = pieces.find((piece) => refs(piece).some(([of, key]) => of === claim.dataset["claim"] && key === "type"));
    trigger?.scrollIntoView({ block: "nearest" });
  }

  // Where one is, so that one goes on there another time; a form that is open is kept by itself.
  let where: number | undefined;
  function remember(): void {
    clearTimeout(where);
    where = window.setTimeout(() => {
      const claim = shown()?.dataset["claim"];
      if (claim && !form()) void send(`/reading/${id}/draft`, { value: JSON.stringify({ claim }) }).catch(() => undefined);
    }, 1500);
  }

  function step(by: number): void {
    const at = claims.findIndex((claim) => claim === shown());
    choose(claims[Math.min(claims.length - 1, Math.max(0, at + by))]);
    remember();
  }

  for (const claim of claims) claim.addEventListener("toggle", () => claim.open && paint());
  paint();

  // Back from an act on a claim: go on from there.
  if (new URLSearchParams(location.search).has("claim") && !document.querySelector("form.claimform")) choose(shown());

  // -- words and values --------------------------------------------------------------------------------------------

  function light(name: string, key: string, lit: boolean): void {
    for (const piece of pieces) if (refs(piece).some(([of, k]) => of === name && k === key)) piece.classList.toggle("lit", lit);
    const row = document.querySelector(`#${CSS.escape(`claim-${name}`)} .value[data-key="${CSS.escape(key)}"]`);
    row?.classList.toggle("lit", lit);
  }

  function quiet(): void {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  }

  function unveil(): void {
    body.classList.add("unveiled");
  }

  function show(row: HTMLElement): void {
    const name = row.closest<HTMLElement>(".claim")?.dataset["claim"] ?? "";
    const key = row.dataset["key"] ?? "";
    quiet();
    light(name, key, true);
    const piece = pieces.find((p) => refs(p).some(([of, k]) => of === name && k === key));
    if (piece?.dataset["graphic"]) unveil();
    piece?.scrollIntoView({ block: "center" });
  }

  for (const row of document.querySelectorAll<HTMLElement>(".value")) {
    const name = row.closest<HTMLElement>(".claim")?.dataset["claim"] ?? "";
    const key = row.dataset["key"] ?? "";
    row.addEventListener("mouseenter", () => light(name, key, true));
    row.addEventListener("mouseleave", () => light(name, key, false));
    row.addEventListener("focus", () => show(row));
    row.querySelector(".quote")?.addEventListener("click", () => row.focus());
  }
  for (const piece of pieces) {
    const best = (): string[] | undefined => {
      const own = refs(piece);
      return own.find(([of]) => of === shown()?.dataset["claim"]) ?? own[0];
    };
    piece.addEventListener("mouseenter", () => {
      const [name, key] = best() ?? [];
      if (name && key) light(name, key, true);
    });
    piece.addEventListener("mouseleave", quiet);
    piece.addEventListener("click", () => {
      if (!document.getSelection()?.isCollapsed) return;
      const [name, key] = best() ?? [];
      const claim = claims.find((c) => c.dataset["claim"] === name);
      if (!claim || !key) return;
      choose(claim, false);
      claim.querySelector<HTMLElement>(`.value[data-key="${CSS.escape(key)}"]`)?.focus();
    });
  }
  for (const veil of body.querySelectorAll<HTMLElement>(".veil")) {
    veil.addEventListener("click", (event) => {
      event.preventDefault();
      unveil();
    });
  }

  // -- forms of claims ---------------------------------------------------------------------------------------------

  const form = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("form.claimform");
  let waiting: number | undefined;

  function told(made: HTMLFormElement): string {
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(made)) {
      if (typeof value === "string" && !["csrf", "seen", "queue", "claim", "why"].includes(name)) fields[name] = value;
    }
    const why = made.elements.namedItem("why");
    return JSON.stringify({ claim: made.dataset["claimform"], fields, why: why instanceof HTMLInputElement ? why.value : "" });
  }

  async function keep(made: HTMLFormElement): Promise<void> {
    const sign = made.querySelector<HTMLElement>("[data-kept]");
    try {
      await send(`/reading/${id}/draft`, { value: told(made) });
      if (sign) sign.textContent = panes.dataset["saved"] ?? "";
    } catch {
      if (sign) sign.textContent = panes.dataset["unsaved"] ?? "";
    }
  }

  function prepare(made: HTMLFormElement, key = ""): void {
    made.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => void keep(made), 700);
    });
    made.addEventListener("submit", () => clearTimeout(waiting));
    for (const field of made.querySelectorAll<HTMLInputElement>("[data-words]")) {
      field.addEventListener("focus", () => (target = field.dataset["words"] ?? ""));
    }
    for (const button of made.querySelectorAll<HTMLButtonElement>("[data-take]")) {
      button.hidden = false;
      // The selection goes when something else is focused, so it is kept where the pointer comes down.
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => take(made, button.dataset["take"] ?? "", picked() ?? held));
    }
    made.querySelector("[data-cancel]")?.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    const lookup = made.querySelector<HTMLButtonElement>("[data-lookup]");
    if (lookup) {
      lookup.hidden = false;
      lookup.addEventListener("click", () => void places(made));
    }
    const slot = key ? made.querySelector(`fieldset[data-slot="${CSS.escape(key)}"]`) : null;
    const first = (slot ?? made).querySelector<HTMLElement>("input:not([type=hidden]), select");
    first?.focus({ preventScroll: true });
    (slot ?? made).scrollIntoView({ block: "nearest" });
  }

  async function places(made: HTMLFormElement): Promise<void> {
    const name = made.elements.namedItem("place.name");
    const list = made.querySelector<HTMLSelectElement>("[data-places]");
    if (!(name instanceof HTMLInputElement) || !list || !name.value.trim()) return;
    const answer = await fetch(`/reading/places?name=${encodeURIComponent(name.value.trim())}`, { mode: "same-origin" });
    if (!answer.ok) return;
    type Found = { id: string; name: string; latin: string; within: string[]; country: string; likeness: number };
    const found = ((await answer.json()) as { places: Found[] }).places;
    const chosen = list.value;
    list.replaceChildren(...[...list.options].filter((o) => o.value === "-" || o.value === chosen));
    for (const p of found) {
      if (p.id === chosen) continue;
      const option = new Option([p.latin && p.latin !== p.name ? `${p.name} (${p.latin})` : p.name, ...p.within, p.country, (list.dataset["alike"] ?? "%").replace("%", `${Math.round(p.likeness * 100)}%`)].filter(Boolean).join(" · "), p.id);
      list.add(option);
    }
    list.focus();
  }

  async function open(claim: string, key = "", words: Stretch | null = null): Promise<void> {
    const place = claim === "new" ? document.querySelector<HTMLElement>("[data-adding]") : shown()?.querySelector<HTMLElement>("[data-edit]");
    if (!place) return;
    const span = words ? `&start=${words.start}&end=${words.end}` : "";
    const answer = await fetch(`/reading/${id}/edit?claim=${encodeURIComponent(claim)}${span}`, { mode: "same-origin", headers: { Accept: "text/html" } });
    if (!answer.ok) {
      location.assign(`/reading/${id}?queue=${queue}&${claim === "new" ? "add=1" : `claim=${claim}&edit=1`}`);
      return;
    }
    form()?.remove();
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLFormElement>("form.claimform");
    if (!made) return;
    place.replaceChildren(document.adoptNode(made));
    const field = made.elements.namedItem("queue");
    if (field instanceof HTMLInputElement) field.value = queue;
    prepare(made, key);
  }

  function leave(): void {
    const made = form();
    if (!made) return;
    clearTimeout(waiting);
    made.remove();
    void send(`/reading/${id}/draft`, { value: "" });
    shown()?.querySelector<HTMLElement>("summary")?.focus();
  }

  const begun = form();
  if (begun) prepare(begun);

  // -- words that are selected -------------------------------------------------------------------------------------

  let held: Stretch | null = null;
  const picked = (): Stretch | null => selected(body, (from, to) => between(body, from, to));
  document.addEventListener("selectionchange", () => {
    const now = picked();
    if (now) held = now;
  });

  function take(made: HTMLFormElement, key: string, words: Stretch | null): void {
    const spans = made.elements.namedItem(`${key}.spans`);
    const quote = made.elements.namedItem(`${key}.quote`);
    if (!words || !(spans instanceof HTMLInputElement) || !(quote instanceof HTMLInputElement)) {
      tell(panes.dataset["select"] ?? "");
      return;
    }
    spans.value = `${words.start}-${words.end}`;
    quote.value = words.text.split(/\s+/).join(" ");
    made.dispatchEvent(new Event("input"));
    quote.focus();
  }

  function pick(): void {
    const row = document.activeElement instanceof HTMLElement ? document.activeElement.closest<HTMLElement>(".value") : null;
    const name = shown()?.dataset["claim"];
    const key = row?.dataset["key"] ?? target;
    const near = pieces.find((p) => refs(p).some(([of, k]) => of === name && (!key || k === key))) ?? body.querySelector<HTMLElement>(".piece");
    if (!near?.firstChild) return;
    if (near.dataset["graphic"]) unveil();
    if (row) target = row.dataset["key"] ?? "";
    body.classList.add("picking");
    body.focus({ preventScroll: true });
    document.getSelection()?.setPosition(near.firstChild, 0);
    near.scrollIntoView({ block: "center" });
    tell(panes.dataset["picking"] ?? "");
  }

  body.addEventListener("keydown", (event) => {
    if (!body.classList.contains("picking")) return;
    const selection = document.getSelection();
    const way = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "backward", ArrowDown: "forward" }[event.key];
    if (way && selection) {
      event.preventDefault();
      selection.modify(event.shiftKey ? "extend" : "move", way, event.key === "ArrowUp" || event.key === "ArrowDown" ? "line" : "word");
    } else if (event.key === "Enter") {
      event.preventDefault();
      body.classList.remove("picking");
      const words = picked();
      const made = form();
      if (made) take(made, target || "trigger", words);
      else if (target && shown()) void open(shown()?.dataset["claim"] ?? "", target).then(() => {
        const opened = form();
        if (opened) take(opened, target === "type" ? "trigger" : target, words);
      });
      else void open("new", "", words);
    } else if (event.key === "Escape") {
      event.preventDefault();
      body.classList.remove("picking");
    }
  });

  // -- keys --------------------------------------------------------------------------------------------------------

  const act = (name: string): HTMLElement | null => (shown() ?? document).querySelector<HTMLElement>(`[data-act=${name}]`);
  const picking = (): boolean => body.classList.contains("picking");

  for (const [key, by] of [["j", 1], ["ArrowDown", 1], ["k", -1], ["ArrowUp", -1]] as const) {
    on(key, () => {
      if (!picking()) step(by);
    });
  }
  for (let n = 1; n <= 9; n += 1) {
    on(String(n), () => shown()?.querySelectorAll<HTMLElement>(".value")[n - 1]?.focus());
  }
  on("a", () => act("accept")?.click());
  on("r", () => act("reject")?.closest("form")?.querySelector<HTMLInputElement>("input[name=why]")?.focus());
  on("e", () => {
    const row = document.activeElement instanceof HTMLElement ? document.activeElement.closest<HTMLElement>(".value") : null;
    const name = shown()?.dataset["claim"];
    if (name && act("edit")) void open(name, row?.dataset["key"] ?? "");
  });
  on("m", () => {
    if (document.querySelector("[data-act=add]")) void open("new", "", picked() ?? held);
  });
  on("s", pick);
  on("u", () => {
    // The last decision of one's own on this report, whichever claim it was on.
    void send<{ location: string }>(`/reading/${id}/undo`, { queue }).then(
      (answer) => location.assign(answer.location),
      (error: Error) => tell(error.message),
    );
  });
  on("g", () => body.classList.toggle("unveiled"));
  on("c", () => document.querySelector<HTMLElement>("[data-act=copies]")?.click());
  on("n", () => document.querySelector<HTMLElement>("[data-act=next]")?.click());
  on("Escape", () => {
    quiet();
    body.classList.remove("picking");
  });
  on("Ctrl+Enter", () => {
    const made = document.activeElement?.closest("form.claimform");
    if (made instanceof HTMLFormElement) {
      made.requestSubmit();
      return;
    }
    const signing = document.querySelector<HTMLFormElement>("form#sign");
    const rest = signing?.querySelector<HTMLInputElement>("input[name=accept]");
    if (rest && !rest.checked) {
      rest.focus();
      tell(panes.dataset["undecided"] ?? "");
      return;
    }
    signing?.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    // Escape in a field leaves it, and only then the form.
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const field = document.activeElement;
    if (field instanceof HTMLElement && field.matches("input, select, textarea")) {
      field.blur();
      shown()?.querySelector<HTMLElement>("summary")?.focus({ preventScroll: true });
      event.preventDefault();
    }
  });
  for (const link of document.querySelectorAll<HTMLElement>("[data-act=edit], [data-act=add]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const claim = link.closest<HTMLDetailsElement>(".claim");
      if (claim) choose(claim, false);
      void open(claim?.dataset["claim"] ?? "new", "", claim ? null : (picked() ?? held));
    });
  }
  // From now on keys are heard.
  panes.dataset["ready"] = "";
}
