"""The base map of published sites: as it is made from the one of the desk, and cut to what a map shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from marsad.publishing import drawing
from marsad.publishing.shapes import LAYERS, Frame, cut
from tests.shared import ROOT

_SYRIA = Frame(35.5, 32.0, 42.5, 37.5)


def test_the_file_is_what_the_tool_makes() -> None:
    if not list((ROOT / "src/marsad/desk/static").glob("basemap-*.json")):
        pytest.skip("the front end is not built; make front builds it")
    made = subprocess.run(
        [sys.executable, "tools/build_shapes.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_cut_lies_within_the_frame(layer: str) -> None:
    lines = list(cut(layer, _SYRIA))
    assert lines
    for line in lines:
        if layer in ("land", "lake"):
            assert all(_SYRIA.west <= x <= _SYRIA.east and _SYRIA.south <= y <= _SYRIA.north for x, y in line)
        else:
            assert len(line) > 1


def test_sea_has_no_land_and_land_has() -> None:
    assert not list(cut("land", Frame(33.0, 34.2, 33.5, 34.4))), "the sea south of Cyprus"
    (ground, *_) = cut("land", Frame(38.0, 35.0, 38.5, 35.4))
    assert len(ground) >= 4, "the steppe east of Salamiyah fills its frame"


@pytest.mark.parametrize(("area", "mark"), [(("cell", 0.1), "<rect"), (("unit", 20.0), "<ellipse")])
def test_a_map_shows_the_area_that_a_point_stands_for(area: drawing.Area, mark: str) -> None:
    drawn = drawing.map_of({(35.0, 38.0): 1}, "map", 360, areas={(35.0, 38.0): area})
    assert f'{mark} class="area"' in drawn and 'class="land"' in drawn
    assert f'{mark} class="area"' not in drawing.map_of({(35.0, 38.0): 1}, "map", 360)
