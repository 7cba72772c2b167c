"""A small map of chosen places as SVG: points on a plain grid, with names; no background map is needed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

__all__ = ["svg_map"]

_WIDTH, _HEIGHT, _MARGIN = 640, 480, 60
_LEAST_SPAN = 0.5


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
