// The map that everything is drawn on: land, borders, rivers and names, from files of this desk alone. Text is drawn from the fonts of
// the page, and Arabic is joined and turned by MapLibre itself, so that neither a server of glyphs nor a plugin is needed.
import type * as GeoJSON from "geojson";
import * as maplibre from "maplibre-gl";
import type { FilterSpecification, LayerSpecification, Map as GlMap, StyleSpecification } from "maplibre-gl";

/** What a place on a page tells about its map: addresses of the built files, and words of the interface. */
export interface Told {
  world: string;
  basemap: string;
  places: string;
  towns: string;
  villages: string;
  worker: string;
  words: Record<string, string>;
}

type Row = [name: string, longitude: number, latitude: number, zoom: number];

// Two names for one file: MapLibre takes the weight of a font from its name.
const PLAIN = ["Noto Sans Arabic Variable"];
const BOLD = ["Marsad Bold"];
// From which zoom fine lines and towns are needed, and from which villages.
const NEAR = 5;
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

/** Land, water and borders of a source, as layers whose names begin with that of the source. */
function lines(source: string, colours: typeof LIGHT): LayerSpecification[] {
  return [
    { id: `${source}-land`, type: "fill", source, filter: of("land"), paint: { "fill-color": colours.land } },
    { id: `${source}-lake`, type: "fill", source, filter: of("lake"), paint: { "fill-color": colours.sea, "fill-outline-color": colours.shore } },
    {
      id: `${source}-river`, type: "line", source, filter: of("river"), layout: { visibility: "none" },
      paint: { "line-color": colours.river, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.3, 9, 2] },
    },
    {
      id: `${source}-border`, type: "line", source, filter: of("border"),
      paint: { "line-color": colours.border, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.5, 9, 1.4], "line-dasharray": [4, 2] },
    },
  ];
}

function style(told: Told): StyleSpecification {
  const colours = isDark() ? DARK : LIGHT;
  const empty = { type: "FeatureCollection" as const, features: [] };
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: told.world, maxzoom: NEAR, tolerance: 0.3 },
      base: { type: "geojson", data: empty, maxzoom: 10, tolerance: 0.3 },
      countries: { type: "geojson", data: empty, maxzoom: 6 },
      settlements: { type: "geojson", data: empty, maxzoom: 8 },
      towns: { type: "geojson", data: empty, maxzoom: 10 },
      villages: { type: "geojson", data: empty, maxzoom: 11 },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      ...lines("world", colours),
      ...lines("base", colours).map((layer) => ({ ...layer, minzoom: NEAR })),
      named("village-names", "villages", PLAIN, 11, colours.name, colours.halo),
      named("town-names", "towns", PLAIN, 13, colours.name, colours.halo),
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

/** Ask already for what every map needs, while something else is waited for. */
export function prepare(told: Told): void {
  maplibre.setWorkerUrl(new URL(told.worker, location.href).href);
  maplibre.prewarm();
  void fonts();
  void load(told.places);
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

/** What a map shows at first: a point and a scale, or all between two corners. */
export type View = { center: [number, number]; zoom: number } | { bounds: maplibre.LngLatBoundsLike; fitBoundsOptions?: maplibre.FitBoundsOptions };

/**
 * A map in an element, over the base map, without anything on it.
 *
 * Fails where the browser cannot draw it; what is drawn is not tried before, since that costs a fifth of a second without a graphics card.
 *
 * @param ready called once the base map is there, and again when the page turns dark or light: what lies on it must be put there anew.
 * @param after what names and rivers wait for; once they are drawn the element is told so by the event "named".
 */
export function makeMap(
  element: HTMLElement, told: Told, view: View, ready: (map: GlMap) => void, after: Promise<unknown> = Promise.resolve(),
): GlMap {
  maplibre.setWorkerUrl(new URL(told.worker, location.href).href);
  const readable = fonts();
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

  // What is needed from near is asked for when one comes near, and stays.
  const there = new Set<string>();
  async function closer(): Promise<void> {
    const zoom = map.getZoom();
    if (zoom >= NEAR && !there.has("base")) {
      there.add("base");
      map.getSource<maplibre.GeoJSONSource>("base")?.setData(told.basemap);
      // The coarse lines stay until the fine ones are drawn.
      const drawn = (event: maplibre.MapSourceDataEvent): void => {
        if (event.sourceId !== "base" || !map.isSourceLoaded("base") || !event.tile) return;
        map.off("sourcedata", drawn);
        for (const layer of lines("world", LIGHT)) map.setLayerZoomRange(layer.id, 0, NEAR);
      };
      map.on("sourcedata", drawn);
    }
    for (const [source, file, from] of [["towns", told.towns, NEAR], ["villages", told.villages, CLOSE]] as const) {
      if (zoom < from || there.has(source)) continue;
      there.add(source);
      fill(map, source, (await load(file))["settlements"]);
    }
  }
  async function label(): Promise<void> {
    const near = await load(told.places);
    fill(map, "countries", near["countries"]);
    fill(map, "settlements", near["settlements"]);
  }
  map.on("zoomend", () => void closer());
  map.on("style.load", () => {
    there.clear();
    // Numbers on what lies on the map are drawn from the fonts of the page.
    const laid = Promise.all([readable, after]).then(() => ready(map));
    // Rivers and names come after what lies on the map, which one waits for.
    const idle = laid.then(() => new Promise<void>((done) => map.once("idle", () => done())));
    void idle.then(async () => {
      for (const source of ["world", "base"]) map.setLayoutProperty(`${source}-river`, "visibility", "visible");
      await label();
      map.once("idle", () => element.dispatchEvent(new Event("named")));
    });
    void closer();
  });
  onTheme(() => map.setStyle(style(told), { diff: false }));
  return map;
}

export { maplibre };
export type { GlMap };
