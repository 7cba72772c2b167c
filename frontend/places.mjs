// Names on the map, from the gazetteer that comes with Marsad, for each language of the interface: one file of countries and of the cities
// that are named from afar, one of other towns and one of villages, which are asked for only when one looks closer. Rows are [name, longitude, latitude, zoom from which it is shown], the greatest first.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

export const TABLE = join(dirname(fileURLToPath(import.meta.url)), "../src/marsad/gazetteer/data/places.tsv.gz");

/** To which zoom a map is seen from afar; basemap.ts has the same. */
const AFAR = 5;

/** From which zoom a settlement is named, by its kind and population. */
function zoom(kind, population) {
  if (kind === "city") return population > 1_500_000 ? 3.5 : population > 400_000 ? 5 : population > 120_000 ? 6 : 7;
  return population > 40_000 ? 7.5 : 8.5;
}

/** Files of a language, "ar" or "en": the greatest places with the countries, towns, villages. Countries stand where `centres` (by ISO 3166-1 alpha-3) has them. */
export function places(language, centres) {
  const [head, ...lines] = gunzipSync(readFileSync(TABLE)).toString("utf8").split("\n");
  const columns = head.split("\t");
  const found = { countries: [], settlements: [], villages: [] };
  for (const line of lines.filter(Boolean)) {
    const row = Object.fromEntries(line.split("\t").map((cell, i) => [columns[i], cell]));
    const name = (language === "ar" && row.name) || row.latin || row.name;
    const population = Number(row.population);
    let at = row.latitude ? [Number(row.longitude), Number(row.latitude)] : null;
    if (row.kind === "country") {
      const code = row.latin_names.split("|").find((n) => centres[n.toUpperCase()] && n.length === 3);
      at = code ? centres[code.toUpperCase()] : at;
      if (at && population > 0) found.countries.push([name, ...at, population]);
    } else if (at && (row.kind === "city" || row.kind === "town")) {
      found.settlements.push([name, ...at, zoom(row.kind, population), population]);
    } else if (at && (row.kind === "village" || row.kind === "neighbourhood")) {
      found.villages.push([name, ...at, 10.5, population]);
    }
  }
  for (const rows of [found.settlements, found.villages]) rows.sort((a, b) => b.at(-1) - a.at(-1));
  found.countries.sort((a, b) => b[3] - a[3]);
  const plain = (rows, last) => rows.map((r, i) => [r[0], +r[1].toFixed(4), +r[2].toFixed(4), last === null ? (i < 60 ? 2 : 3.5) : r[3]]);
  const settlements = plain(found.settlements);
  return {
    places: { countries: plain(found.countries, null), settlements: settlements.filter((r) => r[3] <= AFAR) },
    towns: { settlements: settlements.filter((r) => r[3] > AFAR) },
    villages: { settlements: plain(found.villages) },
  };
}
