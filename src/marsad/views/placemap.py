"""Small maps as SVG: points of chosen places, and areas in which something happened, on a grid or on the lines of a base map."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

from marsad.text.direction import isolated

__all__ = ["Area", "area_map", "svg_map"]

_WIDTH, _HEIGHT, _MARGIN = 640, 480, 60
_LEAST_SPAN = 0.5
# Kilometres of a degree of latitude; the least width of an area map; how wide a disc is drawn at least, in pixels.
_DEGREE, _LEAST_WIDE, _LEAST_DISC = 111.2, 60.0, 7.0
_SEA, _LAND, _BORDER, _RIVER = "#cfdde3", "#f6f4ef", "#9a8f86", "#a9c3cf"
_SOFT = (
    '<defs><radialGradient id="soft"><stop offset="0.55" stop-color="#b3261e" stop-opacity="0.42"/>'
    '<stop offset="1" stop-color="#b3261e" stop-opacity="0.06"/></radialGradient></defs>'
)
_Place = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Area:
    """Where something happened: within ``radius`` kilometres of a point (degrees, WGS 84), and not at the point."""

    name: str
    latitude: float
    longitude: float
    radius: float
    note: str = ""


def svg_map(points: Sequence[tuple[str, float, float, float]]) -> str:
    """An SVG picture of points.

    Args:
        points: name, latitude, longitude and probability (0 to 1, drawn as opacity) of each.

    Returns:
        The text of an SVG file; without points, a picture that says so.
    """
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="#f7f5f0"/>'
    )
    if not points:
        return f'{head}<text x="{_WIDTH // 2}" y="{_HEIGHT // 2}" text-anchor="middle">no resolved place</text></svg>\n'
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    west, east = min(p[2] for p in points), max(p[2] for p in points)
    middle, centre = (south + north) / 2, (west + east) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    scale = min(
        (_WIDTH - 2 * _MARGIN) / max((east - west) * squeeze, _LEAST_SPAN),
        (_HEIGHT - 2 * _MARGIN) / max(north - south, _LEAST_SPAN),
    )

    def place(latitude: float, longitude: float) -> tuple[float, float]:
        return _WIDTH / 2 + (longitude - centre) * squeeze * scale, _HEIGHT / 2 - (latitude - middle) * scale

    parts = [head, *_grid(place, middle, centre, scale, squeeze)]
    for name, latitude, longitude, probability in points:
        x, y = place(latitude, longitude)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#b3261e" fill-opacity="{max(0.25, probability):.2f}">'
            f"<title>{escape(name)} {latitude:.4f}, {longitude:.4f} ({probability:.0%})</title></circle>"
            f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle" stroke="#f7f5f0" stroke-width="3" paint-order="stroke">'
            f"{escape(name)}</text>"
        )
    return "".join(parts) + "</svg>\n"


def area_map(areas: Sequence[Area], base: Sequence[Mapping[str, Any]] = (), *, title: str, nothing: str) -> str:
    """An SVG picture of areas with soft edges, as wide as what is known of the place, and a scale in kilometres.

    Args:
        areas: drawn in this order.
        base: features of GeoJSON whose property ``layer`` is ``land``, ``lake``, ``river`` or ``border``, to draw below.
        title: what is shown, for those who hear the page; nothing: what to say where there is no area.
    """
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="areas" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        'role="img" direction="ltr" font-family="Noto Sans Arabic Variable, Noto Sans, sans-serif" font-size="14">'
        f"<title>{escape(title)}</title>"
    )
    if not areas:
        told = f'<text x="{_WIDTH // 2}" y="{_HEIGHT // 2}" text-anchor="middle">{escape(nothing)}</text>'
        return f'{head}<rect class="land" width="100%" height="100%" fill="{_LAND}"/>{told}</svg>\n'
    place, scale, box = _view(areas)
    parts = [
        head,
        _SOFT,
        f'<rect class="{"sea" if base else "land"}" width="100%" height="100%" fill="{_SEA if base else _LAND}"/>',
        *_lines(base, place, box),
    ]
    for area in areas:
        x, y = place(area.latitude, area.longitude)
        wide = max(_LEAST_DISC, area.radius * scale)
        told = area.name + (f": {area.note}" if area.note else "")
        parts.append(
            f'<circle class="area" cx="{x:.1f}" cy="{y:.1f}" r="{wide:.1f}" fill="url(#soft)" stroke="#b3261e" stroke-opacity="0.35" '
            f'stroke-dasharray="2 4"><title>{escape(told)}</title></circle>'
        )
    for area in areas:
        x, y = place(area.latitude, area.longitude)
        wide = max(_LEAST_DISC, area.radius * scale)
        below = 5 if wide > 40 else -wide - 6
        parts.append(
            f'<text class="name" x="{x:.1f}" y="{y + below:.1f}" text-anchor="middle" fill="#3b1512" stroke="#fff" stroke-width="3" '
            f'stroke-opacity="0.8" paint-order="stroke">{isolated(escape(area.name))}</text>'
        )
    long = next((k for k in (500, 200, 100, 50, 20, 10, 5, 2, 1) if k * scale <= 160), 1)
    parts.append(
        f'<path d="M16 {_HEIGHT - 16}v-6m0 6h{long * scale:.1f}m0 0v-6" fill="none" stroke="#4d4639" stroke-width="1.5"/>'
        f'<text x="20" y="{_HEIGHT - 22}" fill="#4d4639" font-size="12">{long} km</text>'
    )
    return "".join(parts) + "</svg>\n"


def _view(areas: Sequence[Area]) -> tuple[_Place, float, tuple[float, float, float, float]]:
    """How degrees become points of the picture, pixels of a kilometre, and west, south, east, north of what it shows."""
    tall = max(a.radius for a in areas) / _DEGREE
    south, north = min(a.latitude for a in areas) - tall, max(a.latitude for a in areas) + tall
    middle = (south + north) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    west, east = min(a.longitude for a in areas) - tall / squeeze, max(a.longitude for a in areas) + tall / squeeze
    centre = (west + east) / 2
    high = max((north - south) * _DEGREE, (east - west) * squeeze * _DEGREE * _HEIGHT / _WIDTH, _LEAST_WIDE)
    scale = (_HEIGHT - _MARGIN) / high

    def place(latitude: float, longitude: float) -> tuple[float, float]:
        return (
            _WIDTH / 2 + (longitude - centre) * squeeze * _DEGREE * scale, _HEIGHT / 2 - (latitude - middle) * _DEGREE * scale,
        )  # fmt: skip

    half, side = _HEIGHT / scale / _DEGREE / 2, _WIDTH / scale / _DEGREE / squeeze / 2
    return place, scale, (centre - side, middle - half, centre + side, middle + half)


def _lines(base: Sequence[Mapping[str, Any]], place: _Place, box: tuple[float, float, float, float]) -> Iterator[str]:
    """What of a base map lies within a box, as paths."""
    order = {"land": 0, "lake": 1, "river": 2, "border": 3}
    for feature in sorted(base, key=lambda f: order.get(f["properties"]["layer"], 9)):
        layer, geometry = feature["properties"]["layer"], feature["geometry"]
        filled = layer in ("land", "lake")
        rings = [r for rings in geometry["coordinates"] for r in rings] if filled else geometry["coordinates"]
        path = "".join(_path(line, place, box, closed=filled) for line in rings)
        if path and filled:
            yield f'<path class="{layer}" d="{path}" fill="{_LAND if layer == "land" else _SEA}" fill-rule="evenodd"/>'
        elif path:
            how = f'stroke="{_BORDER}" stroke-dasharray="5 3"' if layer == "border" else f'stroke="{_RIVER}" stroke-width="1.5"'
            yield f'<path class="{layer}" d="{path}" fill="none" {how}/>'


def _path(line: Sequence[Sequence[float]], place: _Place, box: tuple[float, float, float, float], *, closed: bool) -> str:
    west, south, east, north = box
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    if max(xs) < west or min(xs) > east or max(ys) < south or min(ys) > north:
        return ""
    if closed:
        kept = _cut(line, box)
        if len(kept) < 3:
            return ""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (place(b, a) for a, b in kept)) + "Z"
    parts, pen = [], False
    for one, other in pairwise(line):
        seen = not (
            max(one[0], other[0]) < west or min(one[0], other[0]) > east or max(one[1], other[1]) < south or min(one[1], other[1]) > north
        )  # fmt: skip
        if seen:
            for latitude, longitude in [(other[1], other[0])] if pen else [(one[1], one[0]), (other[1], other[0])]:
                x, y = place(latitude, longitude)
                parts.append(f"{'L' if pen else 'M'}{x:.1f} {y:.1f}")
                pen = True
        pen = seen
    return "".join(parts)


def _cut(ring: Sequence[Sequence[float]], box: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    """The part of a ring within a box (Sutherland and Hodgman)."""
    points = [(p[0], p[1]) for p in ring]
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        kept: list[tuple[float, float]] = []
        for one, other in zip(points[-1:] + points[:-1], points, strict=True):
            inside, before = sign * (other[axis] - limit) >= 0, sign * (one[axis] - limit) >= 0
            if inside != before:
                share = (limit - one[axis]) / (other[axis] - one[axis])
                kept.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
            if inside:
                kept.append(other)
        points = kept
    return points


def _grid(place: object, middle: float, centre: float, scale: float, squeeze: float) -> list[str]:
    """Lines of round degrees with their figures."""
    assert callable(place)
    step = next((s for s in (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30) if s * scale > 60), 45)
    parts = []
    tall, wide = _HEIGHT / scale / 2, _WIDTH / scale / squeeze / 2
    latitude = math.ceil((middle - tall) / step) * step
    while latitude <= min(90, middle + tall):
        _, y = place(latitude, centre)
        parts.append(
            f'<path d="M0 {y:.1f}H{_WIDTH}" stroke="#ddd8cc"/><text x="4" y="{y - 3:.1f}" fill="#8a8474">{latitude:g}°</text>'
        )
        latitude += step
    longitude = math.ceil((centre - wide) / step) * step
    while longitude <= min(180, centre + wide):
        x, _ = place(middle, longitude)
        parts.append(
            f'<path d="M{x:.1f} 0V{_HEIGHT}" stroke="#ddd8cc"/><text x="{x + 3:.1f}" y="{_HEIGHT - 5}" fill="#8a8474">{longitude:g}°</text>'
        )
        longitude += step
    return parts
