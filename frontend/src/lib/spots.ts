// Incidents as the map has them, and which of them are chosen.
export interface Spot {
  code: string;
  type: string;
  first: string;
  last: string;
  place: string;
  country: string;
  /** "site", "settlement", "area", "admin", "country" or "". */
  precision: string;
  /** Kilometres within which it happened. */
  radius: number;
  low: number;
  high: number;
  open: boolean;
  hurt: number;
  /** Longitude and latitude, or null where no place is known. */
  at: [number, number] | null;
}

export interface Choice {
  since: string;
  until: string;
  type: string;
  country: string;
  least: number;
  precise: boolean;
  /** Corners of an area, or empty. */
  shape: [number, number][];
}

/** Columns as long as there are incidents; "type" and "place" are positions in "types" and "places". */
interface Columns {
  types: string[];
  /** Name, country, precision, radius, longitude and latitude. */
  places: [string, string, string, number, number | null, number | null][];
  code: string[];
  type: number[];
  place: number[];
  first: string[];
  last: string[];
  low: number[];
  high: number[];
  open: number[];
  hurt: number[];
}

/** The incidents of the register, the latest first. */
export async function loadSpots(address: string): Promise<Spot[]> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const told = (await answer.json()) as Columns;
  const places = told.places.map(([place, country, precision, radius, east, north]) => ({
    place, country, precision, radius, at: east === null || north === null ? null : ([east, north] as [number, number]),
  }));
  return told.code.map((code, i) => {
    const { place, country, precision, radius, at } = places[told.place[i]!]!;
    const first = told.first[i]!;
    return {
      code, type: told.types[told.type[i]!]!, first, last: told.last[i] || first, place, country, precision, radius,
      low: told.low[i]!, high: told.high[i]!, open: told.open[i] === 1, hurt: told.hurt[i]!, at,
    };
  });
}

/** Whether a place is known well enough to be drawn; only a country is not. */
export function drawn(spot: Spot): boolean {
  return spot.at !== null && spot.precision !== "country" && spot.precision !== "";
}

/** Whether a point lies within a ring of corners (even and odd). */
export function inside([x, y]: [number, number], ring: readonly [number, number][]): boolean {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

/** Whether an incident is chosen; one that lasts counts where any of its days does, and one without a day only where no day is asked for. */
export function chosen(spot: Spot, by: Choice): boolean {
  if ((by.since || by.until) && !spot.first && !spot.last) return false;
  if (by.since && (spot.last || spot.first) < by.since) return false;
  if (by.until && (spot.first || spot.last) > by.until) return false;
  if (by.type && spot.type !== by.type) return false;
  if (by.country && spot.country !== by.country) return false;
  if (by.least > 0 && spot.high < by.least) return false;
  if (by.precise && spot.precision !== "site" && spot.precision !== "settlement") return false;
  return by.shape.length === 0 || (drawn(spot) && spot.at !== null && inside(spot.at, by.shape));
}

/** The shape of an address: corners as "longitude latitude", separated by commas. */
export function readShape(text: string): [number, number][] {
  const corners = text.split(",").map((part) => part.trim().split(/\s+/).map(Number));
  return corners.every((c) => c.length === 2 && c.every(Number.isFinite)) && corners.length >= 3
    ? corners.map(([x, y]) => [x!, y!])
    : [];
}

export function writeShape(shape: readonly [number, number][]): string {
  return shape.map(([x, y]) => `${+x.toFixed(4)} ${+y.toFixed(4)}`).join(",");
}

/** A number of people as it is written: "3", "3–5", "3+". */
export function people(spot: Spot): string {
  if (spot.high === 0 && !spot.open) return "";
  const range = spot.low === spot.high ? spot.low.toLocaleString("en") : `${spot.low.toLocaleString("en")}–${spot.high.toLocaleString("en")}`;
  return spot.open ? `${range}+` : range;
}
