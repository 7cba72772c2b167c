"""The page of exports in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_reads_well_in_both_languages(open_page: Any, language: str, dark: bool, check_page: Callable[..., None]) -> None:
    page = open_page("/exports?preview=true&to=csv", language=language, dark=dark)
    check_page(page, f"exports-{language}-{'dark' if dark else 'light'}")


def test_a_file_is_chosen_looked_at_and_taken(open_page: Any) -> None:
    page = open_page("/exports", language="en")
    page.locator("select[name=to]").select_option("geojson")
    page.get_by_role("button", name="Show what leaves").click()
    page.get_by_role("heading", name="What leaves", exact=True).wait_for()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the file").click()
    assert started.value.suggested_filename.endswith(".geojson")
