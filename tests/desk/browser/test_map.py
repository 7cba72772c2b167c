"""The map in a browser: names shaped and placed, slider and list by keyboard, an area drawn, and the list where nothing can be drawn."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest


def _drawn(page: Any) -> None:
    page.wait_for_selector("#map[data-ready]", state="attached", timeout=30_000)


def _shown(page: Any) -> int:
    return int(page.locator("#map-rows tr").count())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_reads_well_in_both_languages(open_page: Any, language: str, dark: bool, check_page: Callable[..., None]) -> None:
    page = open_page("/map", language=language, dark=dark)
    _drawn(page)
    check_page(page, f"map-{language}-{'dark' if dark else 'light'}")
    frame, rows = page.locator("#map").bounding_box(), page.locator("#map-rows").bounding_box()
    assert (frame["x"] > rows["x"]) == (language == "ar"), "the map stands where reading begins"
    first, last = (page.locator(f"#map-time input[name={n}]") for n in ("from", "to"))
    assert page.locator(".map-slider").evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert first.get_attribute("aria-valuetext") < last.get_attribute("aria-valuetext")


def test_borders_are_said_to_be_those_of_natural_earth(open_page: Any, language: str) -> None:
    page = open_page("/map", language=language)
    _drawn(page)
    assert "Natural Earth" in page.locator(".borders").inner_text()


def test_the_slider_moves_by_keys_and_narrows_the_list(open_page: Any) -> None:
    page = open_page("/map")
    _drawn(page)
    before = _shown(page)
    page.locator("#map-time input[name=from]").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert 0 < _shown(page) < before
    assert "since=" in page.url
    since = page.locator("input[name=since]").input_value()
    days = page.locator("#map-rows tr td:first-child").all_inner_texts()
    assert all(day.split(" – ")[-1] >= since for day in days)


def test_a_box_narrows_and_is_taken_away_again(open_page: Any) -> None:
    page = open_page("/map")
    _drawn(page)
    before = _shown(page)
    box = page.locator("#map").bounding_box()
    page.get_by_role("button", name="Draw a box").click()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5, steps=4)
    page.mouse.up()
    page.wait_for_url("**within=**")
    assert _shown(page) < before
    page.get_by_role("button", name="Remove the area").click()
    assert _shown(page) == before


def test_what_the_map_shows_is_an_area_that_needs_no_pointer(open_page: Any) -> None:
    page = open_page("/map")
    _drawn(page)
    before = _shown(page)
    page.get_by_role("button", name="What the map shows").press("Enter")
    page.wait_for_url("**within=**")
    assert 0 < _shown(page) <= before


def test_an_address_says_what_is_chosen(open_page: Any) -> None:
    page = open_page("/map?type=air_drone_strike")
    _drawn(page)
    assert set(page.locator("#map-rows a").all_inner_texts()) == {"air or drone strike"}


def test_incidents_in_the_list_lead_to_their_pages(open_page: Any) -> None:
    page = open_page("/map")
    _drawn(page)
    assert page.locator("#map-rows a").first.get_attribute("href").startswith("/incidents/")


def test_without_webgl_the_list_and_the_filters_remain(browser: Any, address: str) -> None:
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{address}/map")
    _drawn(page)
    assert page.locator("#map-missing").is_visible() and not page.locator("#map").is_visible()
    before = _shown(page)
    page.locator("select[name=type]").select_option("air_drone_strike")
    end = time.monotonic() + 5
    while _shown(page) == before and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert 0 < _shown(page) < before
    context.close()


def test_without_scripts_the_list_is_there(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{address}/map?least=1")
    assert _shown(page) > 0
    context.close()
