"""Signing in, the lock and the accounts in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.desk.team import PASSWORD


def sign_in(page: Any, name: str) -> None:
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("a.who").wait_for()


def test_one_signs_in_locks_and_goes_on_by_keyboard(
    open_page: Any, team_address: str, language: str, check_page: Callable[..., None]
) -> None:
    page = open_page("/log?action=link", language=language, base=team_address)
    check_page(page, f"sign-in-{language}")
    sign_in(page, "Huda")
    assert page.url.endswith("/log?action=link")
    page.keyboard.press("Shift+L")
    page.wait_for_url("**/locked*")
    check_page(page, f"locked-{language}")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("a.who").wait_for()


def test_an_admin_makes_an_account(open_page: Any, team_address: str, language: str, check_page: Callable[..., None]) -> None:
    page = open_page("/accounts", language=language, base=team_address)
    sign_in(page, "Rana")
    page.locator("form.form input[name=name]").fill("نور <b>")
    page.locator("form.form input[name=name]").fill("نور الدين")
    page.locator("form.form button").click()
    page.locator("code.given").wait_for()
    check_page(page, f"accounts-{language}")
    page.goto(team_address + "/restrictions")
    check_page(page, f"restrictions-{language}")
    page.goto(team_address + "/me/password")
    check_page(page, f"password-{language}")


def test_pages_fit_a_narrow_window(open_page: Any, team_address: str, language: str, check_page: Callable[..., None]) -> None:
    page = open_page("/log", language=language, base=team_address, width=390, dark=True)
    sign_in(page, "Huda")
    check_page(page, f"log-narrow-{language}")


def test_names_are_masked_until_one_says_so(open_page: Any) -> None:
    page = open_page("/log?action=link")
    switch = page.get_by_role("button", name="Mask names")
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name="Mask names").get_attribute("aria-pressed") == "false"
