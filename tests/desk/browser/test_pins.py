"""The page of pins in a browser: the mark and the fields say the same place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_reads_well_in_both_languages(open_page: Any, language: str, check_page: Callable[..., None]) -> None:
    page = open_page("/pins?search=Homs", language=language)
    page.wait_for_selector("#pin-map[data-ready]", timeout=30_000)
    check_page(page, f"pins-{language}")


def test_the_mark_goes_where_one_clicks_and_tells_the_form(open_page: Any) -> None:
    page = open_page("/pins")
    page.wait_for_selector("#pin-map[data-ready]", timeout=30_000)
    assert page.locator("#pin-form [name=latitude]").input_value() == ""
    box = page.locator("#pin-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.4)
    latitude = float(page.locator("#pin-form [name=latitude]").input_value())
    assert 31 < latitude < 60
    mark = page.locator(".maplibregl-marker")
    before = mark.bounding_box()["x"]
    page.locator("#pin-form [name=longitude]").fill("10")
    page.locator("#pin-form [name=longitude]").press("Tab")
    assert abs(mark.bounding_box()["x"] - before) < 5, "the map follows what is typed, with the mark in its middle"
