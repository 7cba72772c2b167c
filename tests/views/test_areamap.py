"""Maps of areas: discs as wide as what is known of a place, over the lines of a base map."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from marsad.views.placemap import Area, area_map

_SVG = "{http://www.w3.org/2000/svg}"
_BASE = (
    {
        "properties": {"layer": "land"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[[[36, 20], [60, 20], [60, 50], [36, 50], [36, 20]]]]},
    },
    {
        "properties": {"layer": "river"},
        "geometry": {"type": "MultiLineString", "coordinates": [[[30, 35], [36.1, 35.1], [50, 35]]]},
    },
    {"properties": {"layer": "border"}, "geometry": {"type": "MultiLineString", "coordinates": [[[-100, 35], [-99, 35]]]}},
)


def _map(*areas: Area, base: tuple[dict[str, object], ...] = ()) -> ET.Element:
    return ET.fromstring(area_map(areas, base, title="where", nothing="no place known"))


def test_a_unit_is_a_wider_disc_than_a_village() -> None:
    wide, narrow = (
        float(e.get("r") or 0) for e in _map(Area("unit", 35.0, 37.0, 60), Area("village", 35.1, 37.1, 2)).iter(f"{_SVG}circle")
    )
    assert wide > 100
    assert 7 <= narrow < 10


def test_the_picture_holds_the_whole_of_every_area() -> None:
    for circle in _map(Area("a", 35.0, 37.0, 80), Area("b", 33.0, 44.0, 20)).iter(f"{_SVG}circle"):
        x, y, r = (float(circle.get(k) or 0) for k in ("cx", "cy", "r"))
        assert r <= x <= 640 - r and r <= y <= 480 - r


def test_a_scale_says_how_wide_it_is() -> None:
    drawn = area_map([Area("a", 0.0, 37.0, 20)], title="t", nothing="")
    ends = re.search(r"m0 6h([\d.]+)m.*?>(\d+) km<", drawn)
    disc = re.search(r' r="([\d.]+)"', drawn)
    assert ends and disc
    assert abs(float(ends[1]) / int(ends[2]) - float(disc[1]) / 20) < 0.1


def test_of_the_base_map_only_what_lies_within_is_drawn() -> None:
    found = _map(Area("a", 35.0, 36.0, 20), base=_BASE)
    paths = {e.get("class"): e.get("d") or "" for e in found.iter(f"{_SVG}path")}
    assert "border" not in paths
    points = [tuple(map(float, p.split())) for p in re.split("[MLZ]", paths["land"]) if p]
    assert min(x for x, _ in points) > 300, "the coast lies at the middle"
    assert max(abs(v) for p in points for v in p) < 700, "it is cut at the edges"
    assert paths["river"].count("L") == 2


def test_names_are_no_markup_and_no_place_is_said() -> None:
    assert "<b>" not in area_map([Area("<b>", 1, 1, 1, "<b>")], title="<b>", nothing="")
    assert "no place known" in area_map([], title="t", nothing="no place known")
