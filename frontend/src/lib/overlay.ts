// Incidents on the map. Those of one place are one area, as wide as the place is known and soft at its edge, and never a point; how many
// they are stands in it. Settlements that lie close together are gathered in clusters until one looks closer.
import type * as GeoJSON from "geojson";
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { isDark, type GlMap, type maplibre } from "./basemap";
import { drawn, type Spot } from "./spots";

/** Pixels of a metre at zoom 0 on the equator. */
const PIXELS = 512 / 40_075_016.7;
const TOP = 22;

export interface Palette {
  /** Colours of the families of kinds, and of harm from none to most. */
  families: Record<string, string>;
  harm: string[];
  family: (type: string) => string;
}

/** Incidents of one place. */
export interface Group {
  spots: Spot[];
  at: [number, number];
  radius: number;
  wide: boolean;
}

/** Where harm changes its colour. */
export const HARM = [1, 5, 20, 50];

/** Incidents by the place in which they are drawn. */
export function group(spots: readonly Spot[]): Group[] {
  const found = new Map<string, Group>();
  for (const spot of spots) {
    if (!drawn(spot) || !spot.at) continue;
    const wide = spot.precision === "area" || spot.precision === "admin";
    const key = `${spot.at[0]} ${spot.at[1]} ${spot.radius} ${wide}`;
    const there = found.get(key);
    if (there) there.spots.push(spot);
    else found.set(key, { spots: [spot], at: spot.at, radius: spot.radius, wide });
  }
  return [...found.values()];
}

function most(names: string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

function features(groups: readonly Group[], wide: boolean, palette: Palette): GeoJSON.FeatureCollection {
  const made = groups.flatMap((g, id) => {
    if (g.wide !== wide) return [];
    const high = g.spots.reduce((sum, s) => sum + s.high, 0);
    const properties = {
      id,
      count: g.spots.length,
      high,
      family: most(g.spots.map((s) => palette.family(s.type))),
      metres: (g.radius * 1000 * PIXELS) / Math.cos((g.at[1] * Math.PI) / 180),
      floor: Math.min(16, 4.5 + Math.sqrt(high) * 0.8),
    };
    return [{ type: "Feature" as const, properties, geometry: { type: "Point" as const, coordinates: g.at } }];
  });
  return { type: "FeatureCollection", features: made };
}

// As wide as the area, and by a few pixels more, so that a village is seen from afar.
const RADIUS: ExpressionSpecification = [
  "interpolate", ["exponential", 2], ["zoom"],
  0, ["+", ["get", "floor"], ["get", "metres"]],
  TOP, ["+", ["get", "floor"], ["*", ["get", "metres"], 2 ** TOP]],
];

function colour(palette: Palette, by: "kind" | "harm"): ExpressionSpecification {
  if (by === "kind") {
    const pairs = Object.entries(palette.families).flat();
    return ["match", ["get", "family"], ...pairs, palette.families["other"] ?? "#777"] as unknown as ExpressionSpecification;
  }
  const steps = HARM.flatMap((n, i) => [n, palette.harm[i + 1] ?? "#777"]);
  return ["step", ["get", "high"], palette.harm[0] ?? "#999", ...steps] as unknown as ExpressionSpecification;
}

function counts(id: string, source: string, filter: maplibre.FilterSpecification, field: string, text: string, halo: string): LayerSpecification {
  return {
    id, type: "symbol", source, filter,
    layout: {
      "text-field": ["number-format", ["get", field], { locale: "en" }],
      "text-font": ["Marsad Bold"],
      "text-size": 12,
      "text-allow-overlap": source === "near",
    },
    paint: { "text-color": text, "text-halo-color": halo, "text-halo-width": source === "near" ? 0 : 1.3 },
  };
}

/** The layers that answer to a pointer. */
export const TOUCHED = ["clusters", "near-areas", "wide-areas"];

/** Put incidents on a map whose style was loaded anew. */
export function lay(map: GlMap, groups: readonly Group[], palette: Palette, by: "kind" | "harm"): void {
  const ink = isDark() ? "#f4efe6" : "#241f1a";
  const halo = isDark() ? "#1a1d20" : "#ffffff";
  map.addSource("wide", { type: "geojson", data: features(groups, true, palette) });
  map.addSource("near", {
    type: "geojson", data: features(groups, false, palette), cluster: true, clusterRadius: 34, clusterMaxZoom: 9,
    clusterProperties: { total: ["+", ["get", "count"]], high: ["+", ["get", "high"]] },
  });
  map.addSource("shape", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addSource("marked", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  const one: maplibre.FilterSpecification = ["!", ["has", "point_count"]];
  const many: maplibre.FilterSpecification = ["has", "point_count"];
  const several: maplibre.FilterSpecification = [">", ["get", "count"], 1];
  const layers: LayerSpecification[] = [
    {
      id: "wide-areas", type: "circle", source: "wide",
      paint: {
        "circle-radius": RADIUS, "circle-color": colour(palette, by), "circle-opacity": 0.24, "circle-blur": 0.55, "circle-pitch-alignment": "map",
      },
    },
    {
      id: "near-areas", type: "circle", source: "near", filter: one,
      paint: { "circle-radius": RADIUS, "circle-color": colour(palette, by), "circle-opacity": 0.72, "circle-blur": 0.35 },
    },
    {
      id: "clusters", type: "circle", source: "near", filter: many,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "total"]], 1, 12, 10, 19, 70, 34],
        "circle-color": isDark() ? "#39434b" : "#ffffff",
        "circle-opacity": 0.92,
        "circle-stroke-color": isDark() ? "#9fb0bb" : "#5d6b74",
        "circle-stroke-width": 1.5,
      },
    },
    counts("wide-counts", "wide", several, "count", ink, halo),
    counts("near-counts", "near", ["all", one, several], "count", isDark() ? "#14171a" : "#ffffff", "#000000"),
    counts("cluster-counts", "near", many, "total", ink, halo),
    { id: "shape-fill", type: "fill", source: "shape", paint: { "fill-color": "#0b7285", "fill-opacity": 0.1 } },
    { id: "shape-line", type: "line", source: "shape", paint: { "line-color": "#0b7285", "line-width": 2, "line-dasharray": [2, 1] } },
    {
      id: "marked", type: "circle", source: "marked",
      paint: { "circle-radius": RADIUS, "circle-opacity": 0, "circle-stroke-color": ink, "circle-stroke-width": 2.5 },
    },
  ];
  // Names of places stay above areas, so that one reads where they lie.
  for (const layer of layers) map.addLayer(layer, layer.type === "circle" && layer.id.endsWith("areas") ? "village-names" : undefined);
}

function set(map: GlMap, source: string, data: GeoJSON.FeatureCollection): void {
  map.getSource<maplibre.GeoJSONSource>(source)?.setData(data);
}

/** Show other incidents. */
export function show(map: GlMap, groups: readonly Group[], palette: Palette): void {
  set(map, "wide", features(groups, true, palette));
  set(map, "near", features(groups, false, palette));
}

/** Colour by kind or by harm. */
export function paint(map: GlMap, palette: Palette, by: "kind" | "harm"): void {
  for (const layer of ["wide-areas", "near-areas"]) map.setPaintProperty(layer, "circle-color", colour(palette, by));
}

/** Show an area that is drawn. */
export function outline(map: GlMap, corners: readonly [number, number][]): void {
  const first = corners[0];
  const ring = first ? [...corners, first] : [];
  const geometry: GeoJSON.Geometry =
    corners.length < 3 ? { type: "LineString", coordinates: [...corners] } : { type: "Polygon", coordinates: [ring] };
  set(map, "shape", { type: "FeatureCollection", features: corners.length < 2 ? [] : [{ type: "Feature", properties: {}, geometry }] });
}

/** Ring the area of one incident, or of none. */
export function mark(map: GlMap, spot: Spot | null, palette: Palette): void {
  set(map, "marked", features(spot ? group([spot]).map((g) => ({ ...g, wide: true })) : [], true, palette));
}
