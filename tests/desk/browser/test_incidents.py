"""Incidents in a browser: the list, one incident, doubts decided by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_reads_well_in_both_languages(open_page: Any, language: str, dark: bool, check_page: Callable[..., None]) -> None:
    shade = "dark" if dark else "light"
    page = open_page("/incidents?order=reports", language=language, dark=dark)
    check_page(page, f"incidents-{language}-{shade}")
    facets, table = page.locator(".facets").bounding_box(), page.locator("#incidents").bounding_box()
    assert (facets["x"] > table["x"]) == (language == "ar"), "the facets stand where lines begin"
    page.locator("#incidents tbody a").first.click()
    page.wait_for_selector("#h-values")
    check_page(page, f"incident-{language}-{shade}")
    before = page.locator("#counts").inner_text()
    page.locator('select[name="by"]').select_option("aoav-strict")
    page.wait_for_function("before => document.querySelector('#counts').innerText !== before", arg=before)
    assert "aoav-strict" in page.locator("#counts").inner_text()


def test_an_incident_has_a_map_of_its_areas_from_which_its_place_is_pinned(
    open_page: Any, address: str, language: str, check_page: Callable[..., None]
) -> None:
    spot = next(i for i in httpx.get(f"{address}/map?format=json").json()["incidents"] if i["drawn"])
    page = open_page(f"/incidents/{spot['code']}", language=language)
    picture = page.locator("#incident-picture")
    picture.scroll_into_view_if_needed()
    page.wait_for_selector("#incident-map[data-ready]", timeout=30_000)
    assert not picture.is_visible()
    check_page(page, f"incident-map-{language}")
    page.locator("#incident-map canvas").click()
    page.locator(".maplibregl-popup a").click()
    page.wait_for_selector("#pin-map[data-ready]", timeout=30_000)
    found = [float(page.locator(f"#pin-form [name={n}]").input_value()) for n in ("latitude", "longitude")]
    assert abs(found[0] - spot["latitude"]) < 0.3 and abs(found[1] - spot["longitude"]) < 0.3, (
        "a click in its middle means that place"
    )
    assert page.locator("#pin-form [name=names]").input_value().strip()
    check_page(page, f"pin-of-incident-{language}")


def test_the_incident_with_most_reports_fits_a_narrow_window(
    open_page: Any, address: str, check_page: Callable[..., None]
) -> None:
    code = httpx.get(f"{address}/incidents?order=reports&format=json").json()["incidents"][0]["code"]
    page = open_page(f"/incidents/{code}", language="ar", width=390, dark=True)
    page.locator("#h-time").wait_for()
    check_page(page, "incident-narrow")
    page.goto(f"{address}/incidents")
    facets, table = page.locator(".facets").bounding_box(), page.locator("#incidents").bounding_box()
    assert facets["y"] > table["y"], "the list comes first"


def test_without_webgl_the_picture_of_the_place_stays(browser: Any, address: str) -> None:
    spot = next(i for i in httpx.get(f"{address}/map?format=json").json()["incidents"] if i["drawn"])
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{address}/incidents/{spot['code']}")
    page.locator("#incident-picture").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.locator("#incident-picture").is_visible() and not page.locator("#incident-map").is_visible()
    assert page.locator("#incident-picture").evaluate("image => image.naturalWidth") > 0
    context.close()


def test_doubts_are_decided_by_keys(open_page: Any, language: str, check_page: Callable[..., None]) -> None:
    page = open_page("/doubts", language=language)
    check_page(page, f"doubts-{language}")
    if not page.locator("form.decide").count():
        pytest.skip("linking leaves no doubt in the samples")
    left = page.locator("p[role=status]").inner_text()
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.name") == "why", "a reason is needed first"
    page.keyboard.type("other streets")
    page.keyboard.press("Tab")
    page.keyboard.press("d")
    page.wait_for_selector(".said.done")
    assert not page.locator("p[role=status]").count() or page.locator("p[role=status]").first.inner_text() != left
