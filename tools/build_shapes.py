"""Make the shapes of the maps of published sites: ``python tools/build_shapes.py [--check]``.

Reads the base map that the front end was built with (``make front``), keeps the part of the world that the gazetteer has places in, thins
its lines to about a kilometre, since what is published is no finer, and writes ``publishing/assets/shapes.json``: by layer (land, border,
lake, river) lines of whole numbers of hundredths of a degree, longitude and latitude by turns, each but the first pair as the step from the
one before. With ``--check`` nothing is written, and 1 is returned where the file is another one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from marsad.publishing.shapes import Frame, clipped

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "src/marsad/desk/static"
SHAPES = ROOT / "src/marsad/publishing/assets/shapes.json"
REGION = Frame(-19.0, -13.0, 78.0, 53.0)
LAYERS = ("land", "border", "lake", "river")
# In hundredths of a degree: no point is further from its line; areas smaller than so many square ones are left out.
_TOLERANCE = {"land": 1.0, "border": 1.0, "lake": 1.5, "river": 2.5}
_LEAST = 12.0

Point = tuple[float, float]


def shapes(base: dict[str, Any]) -> dict[str, list[list[int]]]:
    """The lines of each layer of a base map (GeoJSON with the property ``layer``)."""
    made: dict[str, list[list[int]]] = {layer: [] for layer in LAYERS}
    for feature in base["features"]:
        layer, geometry = feature["properties"]["layer"], feature["geometry"]
        if layer not in made:
            continue
        area = geometry["type"] == "MultiPolygon"
        lines = [ring for rings in geometry["coordinates"] for ring in rings] if area else geometry["coordinates"]
        for line in lines:
            for part in [clipped([(x, y) for x, y in line], REGION)] if area else _pieces(line):
                thinned = _thinned([(x * 100, y * 100) for x, y in part], _TOLERANCE[layer])
                if len(thinned) > 1 and not (area and (len(thinned) < 4 or abs(_area(thinned)) < _LEAST)):
                    made[layer].append(_steps(thinned))
    return {layer: sorted(lines, key=lambda line: (-len(line), line)) for layer, lines in made.items()}


def _pieces(line: Sequence[Sequence[float]]) -> Iterator[list[Point]]:
    """The parts of a line within the region."""
    part: list[Point] = []
    for x, y in line:
        if REGION.west <= x <= REGION.east and REGION.south <= y <= REGION.north:
            part.append((x, y))
        elif part:
            yield part
            part = []
    if part:
        yield part


def _thinned(line: list[Point], tolerance: float) -> list[Point]:
    """A line with fewer points, none further from it than the tolerance (Douglas and Peucker); its ends stay."""
    if len(line) < 3:
        return line
    keep, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    # A ring begins where it ends: the point furthest from there is kept too.
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda i: _apart(line[i], line[0], line[0]))
        keep.add(far)
        spans = [(0, far), (far, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        inner = range(first + 1, last)
        at = max(inner, key=lambda i: _apart(line[i], line[first], line[last]), default=None)
        if at is not None and _apart(line[at], line[first], line[last]) > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def _apart(point: Point, one: Point, other: Point) -> float:
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length)) if length else 0.0
    return float(((point[0] - one[0] - along * dx) ** 2 + (point[1] - one[1] - along * dy) ** 2) ** 0.5)


def _area(ring: Sequence[Point]) -> float:
    return sum(x * ring[(n + 1) % len(ring)][1] - ring[(n + 1) % len(ring)][0] * y for n, (x, y) in enumerate(ring)) / 2


def _steps(line: Sequence[Point]) -> list[int]:
    made: list[int] = []
    before = (0, 0)
    for x, y in line:
        here = (round(x), round(y))
        if not made or here != before:
            made += [here[0] - before[0], here[1] - before[1]]
        before = here
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the shapes of published maps.")
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the file is as it would be")
    arguments = parser.parse_args()
    built = sorted(BUILT.glob("basemap-*.json"))
    if not built:
        print(f"{BUILT}: the base map is not there; build the front end: make front", file=sys.stderr)
        return 2
    text = json.dumps(shapes(json.loads(built[-1].read_text("utf-8"))), separators=(",", ":")) + "\n"
    if arguments.check:
        same = SHAPES.is_file() and SHAPES.read_text("utf-8") == text
        print(f"{SHAPES}: {'as made' if same else 'another one; run: python tools/build_shapes.py'}", file=sys.stderr)
        return 0 if same else 1
    SHAPES.write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
