"""The history of a report in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_reads_well_in_both_languages(open_page: Any, language: str, dark: bool, check_page: Callable[..., None]) -> None:
    page = open_page("/log?action=reading", language=language, dark=dark)
    document = page.locator("#entries tbody td:nth-child(5) a").first.inner_text()
    page.goto(page.url.partition("/log")[0] + f"/history/reports/{document}")
    check_page(page, f"history-{language}-{'dark' if dark else 'light'}")
    assert page.locator("ol.history > li").count() >= 2
