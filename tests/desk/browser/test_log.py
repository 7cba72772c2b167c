"""The log in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_reads_well_in_both_languages(open_page: Any, language: str, dark: bool, check_page: Callable[..., None]) -> None:
    page = open_page("/log", language=language, dark=dark)
    check_page(page, f"log-{language}-{'dark' if dark else 'light'}")
    number = page.locator("#entries thead th").first.bounding_box()
    detail = page.locator("#entries thead th").last.bounding_box()
    assert (number["x"] > detail["x"]) == (language == "ar")


def test_the_language_can_be_switched_and_stays(open_page: Any) -> None:
    page = open_page("/log?action=link", language="en")
    page.get_by_role("button", name="العربية").click()
    page.wait_for_url("**/log?action=link")
    assert page.locator("html").get_attribute("lang") == "ar"
    page.goto(page.url.replace("/log?action=link", "/"))
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_help_tells_the_keys_and_keys_rest_while_one_types(open_page: Any) -> None:
    page = open_page("/log")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "who"
    page.keyboard.press("?")
    assert not page.locator("dialog#keys").is_visible()
