// The page of one incident: its keys, and its map. On the map every place that is told of it is an area as wide as it is known, and never a point. It is fetched when one
// comes near it; before that, and where the browser cannot draw it, a picture stands in its place.
import type * as GeoJSON from "geojson";
import type { ExpressionSpecification } from "maplibre-gl";
import type { GlMap, Told } from "./lib/basemap";
import { on } from "./lib/keys";

interface Place {
  name: string;
  latitude: number;
  longitude: number;
  /** Kilometres. */
  radius: number;
  origins: number;
}

/** Kilometres of a degree of latitude, and of the smallest area that is drawn. */
const DEGREE = 111.2;
const LEAST = 0.3;
const CORNERS = 72;

/** The ring of an area. */
function ring(place: Place): [number, number][] {
  const tall = Math.max(place.radius, LEAST) / DEGREE;
  const wide = tall / Math.max(Math.cos((place.latitude * Math.PI) / 180), 0.05);
  return Array.from({ length: CORNERS + 1 }, (_, n) => {
    const turn = (2 * Math.PI * (n % CORNERS)) / CORNERS;
    return [place.longitude + wide * Math.cos(turn), place.latitude + tall * Math.sin(turn)];
  });
}

function areas(places: readonly Place[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: places.map((place, rank) => ({
      type: "Feature", properties: { rank }, geometry: { type: "Polygon", coordinates: [ring(place)] },
    })),
  };
}

function names(places: readonly Place[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: places.map((place, rank) => ({
      type: "Feature", properties: { name: place.name, rank }, geometry: { type: "Point", coordinates: [place.longitude, place.latitude] },
    })),
  };
}

async function start(frame: HTMLElement, picture: HTMLElement | null): Promise<void> {
  const { isDark, makeMap, maplibre } = await import("./lib/basemap");
  const told = JSON.parse(frame.dataset["told"] ?? "{}") as Told;
  const places = JSON.parse(frame.dataset["places"] ?? "[]") as Place[];
  if (places.length === 0) return;
  const lay = (map: GlMap): void => {
    const [ink, halo] = isDark() ? ["#ff8f7a", "#1a1d20"] : ["#b3261e", "#fbfaf6"];
    map.addSource("areas", { type: "geojson", data: areas(places) });
    map.addSource("told", { type: "geojson", data: names(places) });
    // What most origins say is drawn stronger than what others say.
    const main = (yes: number, no: number): ExpressionSpecification => ["case", ["==", ["get", "rank"], 0], yes, no];
    map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": ink, "fill-opacity": main(0.26, 0.12) } }, "village-names");
    map.addLayer({
      id: "edges", type: "line", source: "areas", paint: { "line-color": ink, "line-width": main(2, 1.2), "line-dasharray": [3, 2], "line-opacity": 0.8 },
    });
    map.addLayer({
      id: "told", type: "symbol", source: "told",
      layout: { "text-field": ["get", "name"], "text-font": ["Marsad Bold"], "text-size": 14, "symbol-sort-key": ["get", "rank"] },
      paint: { "text-color": ink, "text-halo-color": halo, "text-halo-width": 1.6 },
    });
  };
  const bounds = new maplibre.LngLatBounds();
  for (const place of places) for (const corner of ring({ ...place, radius: Math.max(place.radius, 8) })) bounds.extend(corner);
  frame.hidden = false;
  const map = await makeMap(frame, told, { bounds, fitBoundsOptions: { padding: 40 } }, lay);
  if (picture) picture.hidden = true;
  // The page scrolls under the pointer; buttons and keys change the scale.
  map.scrollZoom.disable();
  const pin = frame.dataset["pin"];
  if (pin) map.on("click", (event) => {
    const link = document.createElement("a");
    const at = event.lngLat.wrap();
    link.href = `${pin}&latitude=${at.lat.toFixed(5)}&longitude=${at.lng.toFixed(5)}`;
    link.textContent = frame.dataset["here"] ?? "";
    new maplibre.Popup({ closeButton: false }).setLngLat(event.lngLat).setDOMContent(link).addTo(map);
  });
  map.once("idle", () => (frame.dataset["ready"] = ""));
}

const frame = document.querySelector<HTMLElement>("#incident-map");
const picture = document.querySelector<HTMLElement>("#incident-picture");
if (frame) {
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    near.disconnect();
    start(frame, picture).catch(() => (frame.hidden = true));
  }, { rootMargin: "400px" });
  near.observe(picture ?? frame);
}

// -- keys ------------------------------------------------------------------------------------------------------------

/** The first field of a form of this page that is empty. */
function begin(action: string): void {
  const form = document.querySelector<HTMLFormElement>(`form[action$="/${action}"]`);
  const fields = [...(form?.querySelectorAll<HTMLInputElement>("input:not([type=hidden], [type=checkbox])") ?? [])];
  (fields.find((field) => !field.value) ?? fields[0])?.focus();
}

function step(by: number): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("#claims input[name=claim]")];
  const at = boxes.findIndex((box) => box === document.activeElement);
  boxes[Math.min(boxes.length - 1, Math.max(0, at + by))]?.focus();
}

for (const [key, by] of [["j", 1], ["ArrowDown", 1], ["k", -1], ["ArrowUp", -1]] as const) {
  on(key, () => step(by));
}
for (const [key, action] of [["m", "merge"], ["s", "split"], ["d", "part"], ["v", "move"], ["u", "retract"], ["g", "grade"]] as const) {
  on(key, () => begin(action));
}
on("Ctrl+Enter", () => document.activeElement?.closest<HTMLFormElement>("form[method=post]")?.requestSubmit());
// From now on keys are heard.
document.querySelector<HTMLElement>("#claims")!.dataset["ready"] = "";
