"""Charts in a browser: names stand where reading begins, and time runs from left to right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_reads_well_in_both_languages(open_page: Any, language: str, dark: bool, check_page: Callable[..., None]) -> None:
    page = open_page("/charts?policy=acled-conservative", language=language, dark=dark)
    for _ in range(100):
        if page.locator("#month svg").count():
            break
        page.wait_for_timeout(100)
        page.reload()
    check_page(page, f"charts-{language}-{'dark' if dark else 'light'}")
    name = page.locator("#place svg .name").first.bounding_box()
    bar = page.locator("#place svg .least").first.bounding_box()
    assert (name["x"] > bar["x"]) == (language == "ar")
    years = page.locator("#month svg .year")
    boxes = [(years.nth(i).bounding_box()["x"], years.nth(i).inner_html()) for i in range(years.count())]
    assert [told for _, told in sorted(boxes)] == sorted(told for _, told in boxes)
    page.locator("#month summary").click()
    assert page.locator("#month table").is_visible()


def test_the_page_shows_the_charts_by_itself_once_they_are_counted(open_page: Any) -> None:
    page = open_page("/charts?policy=aoav-strict")
    page.locator("#counted .chart-panel").first.wait_for(timeout=30_000)
    assert page.locator("#counted [hx-trigger]").count() == 0
