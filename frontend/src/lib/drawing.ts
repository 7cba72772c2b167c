// Drawing an area on a map: a box by dragging, or corner by corner with Enter or a double click at the end and Escape to leave it.
import type { GlMap, maplibre } from "./basemap";

type Corner = [number, number];
type Way = "box" | "area";

/** Draw; resolves to the corners, or to null where one leaves it. `seen` is shown what there is so far. */
export function draw(map: GlMap, way: Way, seen: (corners: Corner[]) => void): Promise<Corner[] | null> {
  return new Promise((resolve) => {
    const corners: Corner[] = [];
    const canvas = map.getCanvas();
    let start: Corner | null = null;

    function at(event: maplibre.MapMouseEvent): Corner {
      return [event.lngLat.lng, event.lngLat.lat];
    }
    function box([ax, ay]: Corner, [bx, by]: Corner): Corner[] {
      return [[ax, ay], [bx, ay], [bx, by], [ax, by]];
    }
    function end(made: Corner[] | null): void {
      map.off("mousedown", down);
      map.off("mousemove", move);
      map.off("mouseup", up);
      map.off("click", click);
      map.off("dblclick", twice);
      document.removeEventListener("keydown", key, true);
      map.dragPan.enable();
      map.doubleClickZoom.enable();
      canvas.classList.remove("drawing");
      resolve(made && made.length >= 3 ? made : null);
    }
    function down(event: maplibre.MapMouseEvent): void {
      if (way === "box") start = at(event);
    }
    function move(event: maplibre.MapMouseEvent): void {
      if (way === "box") {
        if (start) seen(box(start, at(event)));
      } else if (corners.length > 0) seen([...corners, at(event)]);
    }
    function up(event: maplibre.MapMouseEvent): void {
      if (way !== "box" || !start) return;
      const stop = at(event);
      end(start[0] === stop[0] || start[1] === stop[1] ? null : box(start, stop));
    }
    function click(event: maplibre.MapMouseEvent): void {
      if (way === "area") {
        corners.push(at(event));
        seen(corners);
      }
    }
    function twice(event: maplibre.MapMouseEvent): void {
      if (way !== "area") return;
      event.preventDefault();
      // Its two clicks have put the last corner twice.
      end(corners.slice(0, -1));
    }
    function key(event: KeyboardEvent): void {
      if (event.key !== "Escape" && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      end(event.key === "Enter" ? corners : null);
    }

    map.dragPan.disable();
    map.doubleClickZoom.disable();
    canvas.classList.add("drawing");
    map.on("mousedown", down);
    map.on("mousemove", move);
    map.on("mouseup", up);
    map.on("click", click);
    map.on("dblclick", twice);
    document.addEventListener("keydown", key, true);
  });
}

/** The corners of what a map shows. */
export function view(map: GlMap): Corner[] {
  const bounds = map.getBounds();
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  return [[west, south], [east, south], [east, north], [west, north]];
}
