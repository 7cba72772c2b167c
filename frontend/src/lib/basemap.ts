// The map that everything is drawn on: land, borders, rivers and names, from files of this desk alone. Text is drawn from the fonts of
// the page, and Arabic is joined and turned by MapLibre itself, so that neither a server of glyphs nor a plugin is needed.
import type * as GeoJSON from "geojson";
import * as maplibre from "maplibre-gl";
import type { FilterSpecification, LayerSpecification, Map as GlMap, StyleSpecification } from "maplibre-gl";

/** What a place on a page tells about its map: addresses of the built files, and words of the interface. */
export interface Told {
  basemap: string;
  places: string;
  villages: string;
  worker: string;
  words: Record<string, string>;
}

type Row = [name: string, longitude: number, latitude: number, zoom: number];

// Two names for one file: MapLibre takes the weight of a font from its name.
const PLAIN = ["Noto Sans Arabic Variable"];
const BOLD = ["Marsad Bold"];
const CLOSE = 9;

const LIGHT = {
  sea: "#cddce3", land: "#f6f4ef", shore: "#b3c3ca", border: "#9a8f86", river: "#b1c8d3", country: "#776b60", name: "#4a4640", halo: "#fbfaf6",
};
const DARK: typeof LIGHT = {
  sea: "#15202a", land: "#23272b", shore: "#3d4a55", border: "#7d756c", river: "#31485a", country: "#a39a8d", name: "#c4beb4", halo: "#1a1d20",
};

const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is shown dark. */
export function isDark(): boolean {
  return dark.matches;
}

/** Call something whenever the page turns dark or light. */
export function onTheme(act: () => void): void {
  dark.addEventListener("change", act);
}

/** Whether this browser can draw such a map. */
export function supported(): boolean {
  const canvas = document.createElement("canvas");
  const found = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  found?.getExtension("WEBGL_lose_context")?.loseContext();
  return found !== null;
}

function of(layer: string): FilterSpecification {
  return ["==", ["get", "layer"], layer];
}

function named(id: string, source: string, font: string[], size: number, colour: string, halo: string): LayerSpecification {
  return {
    id,
    type: "symbol",
    source,
    filter: [">=", ["zoom"], ["get", "zoom"]],
    layout: {
      "text-field": ["get", "name"],
      "text-font": font,
      "text-size": ["interpolate", ["linear"], ["zoom"], 4, size - 2, 10, size + 1],
      "text-max-width": 8,
      "text-padding": 4,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: { "text-color": colour, "text-halo-color": halo, "text-halo-width": 1.4 },
  };
}

function style(told: Told): StyleSpecification {
  const colours = isDark() ? DARK : LIGHT;
  const empty = { type: "FeatureCollection" as const, features: [] };
  return {
    version: 8,
    sources: {
      base: { type: "geojson", data: told.basemap, maxzoom: 10, tolerance: 0.3 },
      countries: { type: "geojson", data: empty, maxzoom: 6 },
      settlements: { type: "geojson", data: empty, maxzoom: 10 },
      villages: { type: "geojson", data: empty, maxzoom: 11 },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      { id: "land", type: "fill", source: "base", filter: of("land"), paint: { "fill-color": colours.land } },
      { id: "lake", type: "fill", source: "base", filter: of("lake"), paint: { "fill-color": colours.sea, "fill-outline-color": colours.shore } },
      {
        id: "river", type: "line", source: "base", filter: of("river"),
        paint: { "line-color": colours.river, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.3, 9, 2] },
      },
      {
        id: "border", type: "line", source: "base", filter: of("border"),
        paint: { "line-color": colours.border, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.5, 9, 1.4], "line-dasharray": [4, 2] },
      },
      named("village-names", "villages", PLAIN, 11, colours.name, colours.halo),
      named("settlement-names", "settlements", PLAIN, 13, colours.name, colours.halo),
      named("country-names", "countries", BOLD, 15, colours.country, colours.halo),
    ],
  };
}

function collection(rows: Row[]): GeoJSON.FeatureCollection {
  const features = rows.map(([name, longitude, latitude, zoom], rank) => ({
    type: "Feature" as const,
    properties: { name, zoom, rank },
    geometry: { type: "Point" as const, coordinates: [longitude, latitude] },
  }));
  return { type: "FeatureCollection", features };
}

const names = new Map<string, Promise<Record<string, GeoJSON.FeatureCollection>>>();

function load(address: string): Promise<Record<string, GeoJSON.FeatureCollection>> {
  let found = names.get(address);
  if (!found) {
    found = fetch(address)
      .then((answer) => answer.json() as Promise<Record<string, Row[]>>)
      .then((told) => Object.fromEntries(Object.entries(told).map(([kind, rows]) => [kind, collection(rows)])));
    names.set(address, found);
  }
  return found;
}

function fill(map: GlMap, source: string, data: GeoJSON.FeatureCollection | undefined): void {
  if (data) map.getSource<maplibre.GeoJSONSource>(source)?.setData(data);
}

/** The fonts that text on the map is drawn from, loaded before it is. */
async function fonts(): Promise<void> {
  const samples = ["دمشق", "Homs", "Ḩamāh"];
  const faces = [`16px "${PLAIN[0]}"`, `700 16px "${BOLD[0]}"`];
  await Promise.all(faces.flatMap((face) => samples.map((sample) => document.fonts.load(face, sample))));
}

/** What MapLibre says of itself, in the words of the page. */
function locale(words: Record<string, string>): Record<string, string> {
  const told: Record<string, string> = {};
  for (const [key, name] of [
    ["NavigationControl.ZoomIn", "zoomIn"], ["NavigationControl.ZoomOut", "zoomOut"], ["Map.Title", "title"], ["Marker.Title", "marker"],
    ["ScaleControl.Kilometers", "kilometres"], ["ScaleControl.Meters", "metres"],
  ] as const) {
    const word = words[name];
    if (word) told[key] = word;
  }
  return told;
}

/**
 * A map in an element, over the base map, without anything on it.
 *
 * @param ready called once the base map is there, and again when the page turns dark or light: what lies on it must be put there anew.
 */
export async function makeMap(
  element: HTMLElement, told: Told, view: { center: [number, number]; zoom: number }, ready: (map: GlMap) => void,
): Promise<GlMap> {
  maplibre.setWorkerUrl(new URL(told.worker, location.href).href);
  await fonts();
  const map = new maplibre.Map({
    container: element,
    style: style(told),
    ...view,
    minZoom: 1.5,
    maxZoom: 15,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    fadeDuration: 0,
    renderWorldCopies: false,
    locale: locale(told.words),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const start = document.documentElement.dir === "rtl" ? "top-left" : "top-right";
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), start);
  map.addControl(new maplibre.ScaleControl({ unit: "metric" }), start === "top-left" ? "bottom-left" : "bottom-right");

  async function label(): Promise<void> {
    const near = await load(told.places);
    fill(map, "countries", near["countries"]);
    fill(map, "settlements", near["settlements"]);
    await closer();
  }
  async function closer(): Promise<void> {
    if (map.getZoom() >= CLOSE) fill(map, "villages", (await load(told.villages))["settlements"]);
  }
  let close = map.getZoom() >= CLOSE;
  map.on("zoomend", () => {
    if (!close && map.getZoom() >= CLOSE) {
      close = true;
      void closer();
    }
  });
  map.on("style.load", () => {
    ready(map);
    void label();
  });
  onTheme(() => map.setStyle(style(told), { diff: false }));
  return map;
}

export { maplibre };
export type { GlMap };
