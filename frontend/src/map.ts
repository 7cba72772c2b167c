// The map page. The form, the sliders, what is drawn on the map and the address all say the same choice; the list beside the map holds
// what the map shows, and also what has no place.
import { type GlMap, type Told, type View, makeMap, maplibre, prepare } from "./lib/basemap";
import { draw, view } from "./lib/drawing";
import { TOUCHED, group, lay, mark, outline, paint, show, type Group, type Palette } from "./lib/overlay";
import { chosen, drawn, loadSpots, people, readShape, writeShape, type Choice, type Spot } from "./lib/spots";
import { Timeline } from "./lib/timeline";

interface PageTold extends Told {
  incidents: string;
  /** West, south, east and north of all that is drawn. */
  view: [number, number, number, number] | null;
  types: Record<string, string>;
  families: Record<string, string>;
}

const PAGE = 100;
const WAIT = 4_000;
const frame = document.querySelector<HTMLElement>("#map")!;
const told = JSON.parse(frame.dataset["told"] ?? "{}") as PageTold;
const form = document.querySelector<HTMLFormElement>("#map-filters")!;
const list = document.querySelector<HTMLTableSectionElement>("#map-rows")!;
const count = document.querySelector<HTMLElement>("#map-count")!;
const more = document.querySelector<HTMLButtonElement>("#map-more")!;
const by = document.querySelector<HTMLSelectElement>("#map-colour")!;

let spots: Spot[] = [];
let found: Spot[] = [];
let groups: Group[] = [];
let shown = PAGE;
let map: GlMap | null = null;
let shape: [number, number][] = readShape(field("within"));

function field(name: string): string {
  const input = form.elements.namedItem(name);
  return input instanceof HTMLInputElement || input instanceof HTMLSelectElement ? input.value : "";
}

function put(name: string, value: string): void {
  const input = form.elements.namedItem(name);
  if (input instanceof HTMLInputElement || input instanceof HTMLSelectElement) input.value = value;
}

function word(key: string, values: Record<string, string> = {}): string {
  return (told.words[key] ?? key).replace(/\{([a-z]+)\}/g, (_, name: string) => values[name] ?? "");
}

function choice(): Choice {
  const precise = form.elements.namedItem("precise");
  return {
    since: field("since"),
    until: field("until"),
    type: field("type"),
    country: field("country"),
    least: Number(field("least")) || 0,
    precise: precise instanceof HTMLInputElement && precise.checked,
    shape,
  };
}

/** The colours of the legend, as the style sheet has them now. */
function palette(): Palette {
  const of = (kind: string) =>
    [...document.querySelectorAll<HTMLElement>(`#map-legend [data-${kind}]`)].map(
      (swatch) => [swatch.dataset[kind] ?? "", getComputedStyle(swatch).backgroundColor] as const,
    );
  return {
    families: Object.fromEntries(of("family")),
    harm: of("harm").map(([, colour]) => colour),
    family: (type) => told.families[type] ?? "other",
  };
}

function colouring(): "kind" | "harm" {
  return by.value === "harm" ? "harm" : "kind";
}

/** Which incidents are chosen, by the places in which they are drawn. */
function pick(): void {
  const wanted = choice();
  found = spots.filter((spot) => chosen(spot, wanted));
  groups = group(found);
  shown = PAGE;
}

function apply(): void {
  pick();
  write();
  if (map?.getSource("near")) {
    show(map, groups, palette());
    outline(map, shape);
  }
  const asked = new URLSearchParams(
    [...new FormData(form)].flatMap(([key, value]) => (typeof value === "string" && value ? [[key, value]] : [])),
  );
  history.replaceState(null, "", asked.size > 0 ? `?${asked}` : location.pathname);
  document.querySelector<HTMLElement>("[data-draw=clear]")!.hidden = shape.length === 0;
}

function cell(row: HTMLTableRowElement, text: string, way: "auto" | "ltr" = "auto"): HTMLTableCellElement {
  const made = row.insertCell();
  const bdi = document.createElement("bdi");
  if (way === "ltr") bdi.dir = "ltr";
  bdi.textContent = text;
  made.append(bdi);
  return made;
}

function link(spot: Spot): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = `/incidents/${encodeURIComponent(spot.code)}`;
  made.append(told.types[spot.type] ?? word("unknown"));
  return made;
}

function day(spot: Spot): string {
  if (!spot.first && !spot.last) return word("undated");
  return spot.first === spot.last || !spot.last ? spot.first : `${spot.first} – ${spot.last}`;
}

function write(): void {
  list.replaceChildren(
    ...found.slice(0, shown).map((spot) => {
      const row = document.createElement("tr");
      cell(row, day(spot), "ltr");
      const what = row.insertCell();
      const place = document.createElement("span");
      place.className = "where";
      const name = document.createElement("bdi");
      name.textContent = spot.place || word("unknown");
      place.append(name);
      what.append(link(spot), place);
      if (!drawn(spot)) {
        const badge = document.createElement("span");
        badge.className = "badge";
        badge.textContent = word("undrawn");
        place.append(" ", badge);
      }
      cell(row, people(spot), "ltr").className = "num";
      row.addEventListener("pointerenter", () => map?.getSource("marked") && mark(map, spot, palette()));
      row.addEventListener("focusin", () => map?.getSource("marked") && mark(map, spot, palette()));
      row.addEventListener("pointerleave", () => map?.getSource("marked") && mark(map, null, palette()));
      return row;
    }),
  );
  const placed = found.filter(drawn).length;
  count.textContent = word("count", {
    all: found.length.toLocaleString("en"), drawn: placed.toLocaleString("en"), undrawn: (found.length - placed).toLocaleString("en"),
  });
  more.hidden = found.length <= shown;
}

function choose(at: maplibre.LngLat, among: Spot[]): void {
  const box = document.createElement("div");
  box.className = "map-choice";
  box.dir = document.documentElement.dir;
  const title = document.createElement("p");
  const place = document.createElement("bdi");
  place.textContent = among[0]?.place ?? "";
  title.append(place, ` · ${word("several", { number: among.length.toLocaleString("en") })}`);
  const items = document.createElement("ul");
  for (const spot of among.slice(0, 60)) {
    const item = document.createElement("li");
    const date = document.createElement("bdi");
    date.dir = "ltr";
    date.textContent = day(spot);
    const harm = document.createElement("bdi");
    harm.dir = "ltr";
    harm.textContent = people(spot);
    item.append(link(spot), " · ", date);
    if (harm.textContent) item.append(` · ${word("killed")} `, harm);
    items.append(item);
  }
  box.append(title, items);
  new maplibre.Popup({ maxWidth: "22rem", closeButton: true }).setLngLat(at).setDOMContent(box).addTo(map!);
}

async function touched(event: maplibre.MapMouseEvent): Promise<void> {
  if (!map || map.getCanvas().classList.contains("drawing")) return;
  const hit = map.queryRenderedFeatures(event.point, { layers: TOUCHED });
  const cluster = hit.find((f) => f.properties["cluster"]);
  if (cluster) {
    const source = map.getSource<maplibre.GeoJSONSource>("near")!;
    const zoom = await source.getClusterExpansionZoom(Number(cluster.properties["cluster_id"]));
    map.easeTo({ center: event.lngLat, zoom });
    return;
  }
  const among = [...new Set(hit.map((f) => Number(f.properties["id"])))].flatMap((id) => groups[id]?.spots ?? []);
  const [only] = among;
  if (only && among.length === 1) location.assign(`/incidents/${encodeURIComponent(only.code)}`);
  else if (only) choose(event.lngLat, among);
}

const timeline = new Timeline(document.querySelector<HTMLElement>("#map-time")!, ({ since, until }) => {
  put("since", since);
  put("until", until);
  apply();
});

async function start(): Promise<void> {
  prepare(told);
  const loaded = (): string => String(Math.round(performance.now()));
  const data = loadSpots(told.incidents).then((read) => {
    spots = read;
    pick();
  });
  // The list and the slider come after the map, which one waits for; the server has sent a list already.
  const settle = (): void => {
    if (frame.dataset["ready"] === "") return;
    timeline.fill(spots);
    timeline.set({ since: field("since"), until: field("until") });
    write();
    document.querySelector<HTMLElement>("[data-draw=clear]")!.hidden = shape.length === 0;
    document.querySelector("#map-pager")?.remove();
    frame.dataset["ready"] = "";
  };
  // The map begins where its incidents are, so that nothing is drawn twice.
  const view: View = told.view
    ? { bounds: told.view, fitBoundsOptions: { padding: 48, maxZoom: 10 } }
    : { center: [40, 31], zoom: 3.6 };
  frame.hidden = false;
  frame.addEventListener("named", () => (frame.dataset["drawn"] = loaded()), { once: true });
  try {
    map = makeMap(frame, told, view, (fresh) => {
      lay(fresh, groups, palette(), colouring());
      outline(fresh, shape);
    }, data);
  } catch {
    frame.hidden = true;
    document.querySelector<HTMLElement>("#map-missing")!.hidden = false;
    await data;
    settle();
    return;
  }
  document.querySelector<HTMLElement>("#map-tools")!.hidden = false;
  const first = (): void => {
    if (!map?.getSource("near") || !map.isSourceLoaded("near") || !map.isSourceLoaded("wide")) return;
    map.off("render", first);
    frame.dataset["first"] = loaded();
    setTimeout(settle);
  };
  map.on("render", first);
  map.on("click", (event) => void touched(event));
  map.on("mousemove", (event) => {
    if (!map?.getLayer("clusters")) return;
    map.getCanvas().classList.toggle("over", map.queryRenderedFeatures(event.point, { layers: TOUCHED }).length > 0);
  });
  await data;
  // What is not seen is not drawn either.
  setTimeout(settle, WAIT);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  apply();
});
form.addEventListener("input", () => {
  timeline.set({ since: field("since"), until: field("until") });
  apply();
});
more.addEventListener("click", () => {
  const next = shown;
  shown += 2 * PAGE;
  write();
  list.rows[next]?.querySelector("a")?.focus();
});
by.addEventListener("change", () => {
  document.querySelector("#map-legend")!.setAttribute("data-by", by.value);
  if (map?.getLayer("near-areas")) paint(map, palette(), colouring());
});
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-draw]")) {
  button.addEventListener("click", () => void drawing(button));
}

async function drawing(button: HTMLButtonElement): Promise<void> {
  if (!map) return;
  const way = button.dataset["draw"];
  let made: [number, number][] | null = [];
  if (way === "view") made = view(map);
  else if (way === "box" || way === "area") {
    button.setAttribute("aria-pressed", "true");
    count.textContent = word(way === "box" ? "drawbox" : "drawarea");
    made = await draw(map, way, (corners) => map && outline(map, corners));
    button.setAttribute("aria-pressed", "false");
  }
  if (made !== null) shape = made;
  put("within", writeShape(shape));
  apply();
}

void start();
