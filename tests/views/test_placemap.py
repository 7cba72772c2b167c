"""The small map of places."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from marsad.views.placemap import svg_map


def test_points_stand_north_up_and_west_left() -> None:
    root = ET.fromstring(svg_map([("N & <W>", 36.0, 36.0, 1.0), ("SE", 33.0, 40.0, 0.3)]))
    circles = root.findall("{http://www.w3.org/2000/svg}circle")
    first, second = [(float(c.get("cx", "0")), float(c.get("cy", "0"))) for c in circles]
    assert first[0] < second[0] and first[1] < second[1]
    assert all(0 <= x <= 640 and 0 <= y <= 480 for x, y in (first, second))


def test_one_point_and_none() -> None:
    assert "A" in svg_map([("A", 12.8, 45.0, 0.9)])
    assert "no resolved place" in svg_map([])
