"""Incidents in a browser: the list, one incident, doubts decided by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
