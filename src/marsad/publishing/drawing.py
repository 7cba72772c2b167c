"""Drawing: maps and charts as SVG that needs nothing else. Each says the same as a table beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

from marsad.publishing.shapes import LAYERS, Frame, Line, cut

__all__ = ["bars", "map_of", "ranges"]

_WIDTH = 720
# No frame is narrower than so many degrees.
_LEAST = 3.0
# Names of so many places stand on a map.
_NAMED = 12
# Points of a line nearer to each other than so many pixels are one.
_NEAR = 0.8
# Kilometres of a degree of latitude.
_DEGREE = 111.2

# How far from its point an incident may be: the side of a cell in degrees, or the radius of a unit in kilometres.
Area = tuple[str, float]


def bars(numbers: Mapping[str, int], label: str) -> Markup:
    """A column for each key, in their order."""
    return _chart([(key, n, n) for key, n in numbers.items()], label)


def ranges(numbers: Mapping[str, tuple[int, int]], label: str) -> Markup:
    """A column for each key up to the least, and above it, paler, up to the most."""
    return _chart([(key, low, high) for key, (low, high) in numbers.items()], label)


def _chart(rows: Sequence[tuple[str, int, int]], label: str) -> Markup:
    height, foot, side = 220, 50, 48
    top = max((high for _, _, high in rows), default=0) or 1
    step = (_WIDTH - side) / max(1, len(rows))
    parts = [
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height + foot}" role="img" aria-label="{escape(label)}" direction="ltr">'
    ]
    for share in (0, 0.5, 1):
        y = height - (height - 16) * share
        parts.append(f'<line x1="{side}" y1="{y:.1f}" x2="{_WIDTH}" y2="{y:.1f}" class="rule"/>')
        parts.append(f'<text x="{side - 6}" y="{y + 4:.1f}" text-anchor="end">{round(top * share):,}</text>')
    every = max(1, math.ceil(len(rows) / 12))
    for n, (key, low, high) in enumerate(rows):
        x, wide = side + n * step, max(1.0, step * 0.8)
        for number, kind in ((high, "most"), (low, "least")):
            tall = (height - 16) * number / top
            if tall:
                parts.append(f'<rect x="{x:.1f}" y="{height - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}" class="{kind}"/>')
        if n % every == 0:
            parts.append(f'<text x="{x + wide / 2:.1f}" y="{height + 18}" text-anchor="middle">{escape(key)}</text>')
    return Markup("".join([*parts, "</svg>"]))


def map_of(
    points: Mapping[tuple[float, float], int],
    label: str,
    width: int = _WIDTH,
    names: Mapping[tuple[float, float], str] | None = None,
    areas: Mapping[tuple[float, float], Area] | None = None,
) -> Markup:
    """Circles at points (latitude, longitude) over the base map, wide enough to hold all, each with the area that it stands for; the
    largest with their names. Degrees stand at the edge."""
    reach = {point: _reach(area, point[0]) for point, area in (areas or {}).items()}
    edges = [(p[0] + s * reach.get(p, (0, 0))[0], p[1] + s * reach.get(p, (0, 0))[1]) for p in points for s in (-1, 1)]
    latitudes, longitudes = [p[0] for p in edges] or [0.0], [p[1] for p in edges] or [0.0]
    south, north = _widened(min(latitudes), max(latitudes))
    west, east = _widened(min(longitudes), max(longitudes))
    shrink = math.cos(math.radians((south + north) / 2))
    scale = width / ((east - west) * shrink)
    height = min((north - south) * scale, width * 0.8)
    scale = min(scale, height / (north - south))

    def x(longitude: float) -> float:
        return width / 2 + (longitude - (west + east) / 2) * shrink * scale

    def y(latitude: float) -> float:
        return height / 2 - (latitude - (south + north) / 2) * scale

    parts = [f'<svg class="map" viewBox="0 0 {width} {height:.0f}" role="img" aria-label="{escape(label)}" direction="ltr">']
    high, wide = height / scale / 2, width / scale / shrink / 2
    middle = ((south + north) / 2, (west + east) / 2)
    frame = Frame(middle[1] - wide, middle[0] - high, middle[1] + wide, middle[0] + high)
    for layer in LAYERS:
        drawn = "".join(_path(line, x, y, closed=layer in ("land", "lake")) for line in cut(layer, frame))
        if drawn:
            parts.append(f'<path class="{layer}" d="{drawn}"/>')
    step = _step(max(north - south, east - west))
    for k in range(math.ceil(south / step), math.floor(north / step) + 1):
        parts.append(f'<line x1="0" y1="{y(k * step):.1f}" x2="{width}" y2="{y(k * step):.1f}" class="degree"/>')
        parts.append(f'<text x="4" y="{y(k * step) - 4:.1f}">{k * step:g}°</text>')
    for k in range(math.ceil(west / step), math.floor(east / step) + 1):
        parts.append(f'<line x1="{x(k * step):.1f}" y1="0" x2="{x(k * step):.1f}" y2="{height:.0f}" class="degree"/>')
        parts.append(f'<text x="{x(k * step) + 4:.1f}" y="{height - 6:.0f}">{k * step:g}°</text>')
    for (latitude, longitude), (tall, broad) in sorted(reach.items()):
        centre, size = (x(longitude), y(latitude)), (broad * shrink * scale, tall * scale)
        if (areas or {})[latitude, longitude][0] == "cell":
            corner = f'x="{centre[0] - size[0]:.1f}" y="{centre[1] - size[1]:.1f}" width="{2 * size[0]:.1f}" height="{2 * size[1]:.1f}"'
            parts.append(f'<rect class="area" {corner}/>')
        else:
            parts.append(
                f'<ellipse class="area" cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" rx="{size[0]:.1f}" ry="{size[1]:.1f}"/>'
            )
    for (latitude, longitude), number in sorted(points.items()):
        radius = min(22.0, 3 + 2 * math.sqrt(number))
        parts.append(
            f'<circle cx="{x(longitude):.1f}" cy="{y(latitude):.1f}" r="{radius:.1f}"><title>{number:,}</title></circle>'
        )
    for point in sorted(names or (), key=lambda p: (-points[p], p))[:_NAMED]:
        at = f'x="{x(point[1]):.1f}" y="{y(point[0]) - 10:.1f}" text-anchor="middle" class="name"'
        parts.append(f"<text {at}>{escape((names or {})[point])}</text>")
    return Markup("".join([*parts, "</svg>"]))


def _reach(area: Area, latitude: float) -> tuple[float, float]:
    """Degrees of latitude and of longitude from the middle of an area to its edge."""
    kind, size = area
    if kind == "cell":
        return size / 2, size / 2
    return size / _DEGREE, size / _DEGREE / max(0.2, math.cos(math.radians(latitude)))


def _path(line: Line, x: Callable[[float], float], y: Callable[[float], float], *, closed: bool) -> str:
    points: list[tuple[float, float]] = []
    for longitude, latitude in line:
        point = (x(longitude), y(latitude))
        if not points or abs(point[0] - points[-1][0]) + abs(point[1] - points[-1][1]) > _NEAR:
            points.append(point)
    if len(points) < (3 if closed else 2):
        return ""
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points) + ("Z" if closed else "")


def _widened(low: float, high: float) -> tuple[float, float]:
    more = max((high - low) * 0.08, (_LEAST - (high - low)) / 2, 0.05)
    return low - more, high + more


def _step(span: float) -> float:
    return next(s for s in (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 45) if span / s <= 8 or s == 45)
