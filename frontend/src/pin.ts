// The page of pins: a mark that is dragged, or put where one clicks, and the fields of the form say the same place.
import { type Told, makeMap, maplibre } from "./lib/basemap";

const frame = document.querySelector<HTMLElement>("#pin-map")!;
const told = JSON.parse(frame.dataset["told"] ?? "{}") as Told;
const latitude = document.querySelector<HTMLInputElement>("#pin-form [name=latitude]");
const longitude = document.querySelector<HTMLInputElement>("#pin-form [name=longitude]");

async function start(north: HTMLInputElement, east: HTMLInputElement): Promise<void> {
  frame.hidden = false;
  const known = north.value !== "" && east.value !== "";
  const center: [number, number] = known ? [Number(east.value), Number(north.value)] : [40, 31];
  const map = await makeMap(frame, told, { center, zoom: known ? 9 : 3.6 }, () => undefined);
  const mark = new maplibre.Marker({ draggable: true, color: "#b3261e" }).setLngLat(center);
  // Nothing is marked before a place is known or chosen.
  if (known) mark.addTo(map);
  const say = (): void => {
    const at = mark.getLngLat();
    north.value = at.lat.toFixed(5);
    east.value = at.lng.toFixed(5);
  };
  mark.on("dragend", say);
  map.on("click", (event) => {
    mark.setLngLat(event.lngLat).addTo(map);
    say();
  });
  const follow = (): void => {
    if (!north.validity.valid || !east.validity.valid) return;
    mark.setLngLat([Number(east.value), Number(north.value)]).addTo(map);
    map.jumpTo({ center: mark.getLngLat() });
  };
  north.addEventListener("change", follow);
  east.addEventListener("change", follow);
  frame.dataset["ready"] = "";
}

// Without the map the fields remain.
if (latitude && longitude) start(latitude, longitude).catch(() => (frame.hidden = true));
