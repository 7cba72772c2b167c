"""Home, search and taking in, in a browser: by keys alone, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEXT = "قالت مصادر طبية إن خمسة مدنيين قتلوا في غارة جوية على سوق بلدة هجين، وأصيب سبعة آخرون بجروح."


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_read_well_in_both_languages(open_page: Any, language: str, dark: bool, check_page: Callable[..., None]) -> None:
    tone = "dark" if dark else "light"
    page = open_page("/", language=language, dark=dark)
    base = page.url.rstrip("/")
    for address, name in (("/search?q=قصف&harm=killed", "search"), ("/search?q=قصف زمخشرلوب", "search-nothing")):
        page.goto(base + address)
        check_page(page, f"{name}-{language}-{tone}")
    # Without questions, and light, all pages are looked at by test_pages.
    if dark:
        for address, name in (("/", "home"), ("/documents", "documents"), ("/failures", "failures"), ("/add", "add")):
            page.goto(base + address)
            check_page(page, f"{name}-{language}-{tone}")


def test_a_narrow_window_holds_what_was_found(open_page: Any, language: str, check_page: Callable[..., None]) -> None:
    check_page(open_page("/search?q=قصف", language=language, width=420), f"search-{language}-narrow")


def test_figures_stand_on_the_right_side(open_page: Any, language: str) -> None:
    page = open_page("/", language=language)
    count = page.locator("section table thead th").first.bounding_box()
    task = page.locator("section table thead th").last.bounding_box()
    assert (count["x"] > task["x"]) == (language == "ar")


def test_a_text_is_pasted_seen_dated_and_stored_by_keys_alone(
    open_page: Any, language: str, check_page: Callable[..., None]
) -> None:
    page = open_page("/add", language=language)
    page.locator("textarea[name=text]").focus()
    page.keyboard.insert_text(TEXT)
    page.locator("#preview .ev").first.wait_for()
    assert page.locator("#preview .ask").is_visible() and "هجين" in page.locator("#preview dl").first.inner_text()
    check_page(page, f"add-preview-{language}")
    # On to the button that stores, which asks for the day and puts the cursor there.
    reach(page, "[data-store]")
    page.keyboard.press("Enter")
    page.locator("#results .ask").wait_for()
    page.locator("input[name=published]:focus").wait_for()
    page.locator("input[name=published]").fill("2024-05-05")
    reach(page, "[data-store]")
    page.keyboard.press("Enter")
    page.locator("#results .badge.good").wait_for()
    check_page(page, f"add-stored-{language}")
    # What was told of this report is not told of the next one.
    assert page.locator("textarea[name=text]").input_value() == "" == page.locator("input[name=published]").input_value()
    page.locator("#results a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r".*/reading/[0-9a-f]{16}$"))


def test_claims_show_within_a_second_of_pasting(open_page: Any) -> None:
    page = open_page("/add")
    text = page.locator("textarea[name=text]")
    text.fill(TEXT)
    page.locator("#preview .ev").first.wait_for()
    text.fill("")
    page.locator("#preview .ev").first.wait_for(state="detached")
    took = page.evaluate(
        """async (told) => {
            const area = document.querySelector('textarea[name=text]');
            const begun = performance.now();
            area.value = told;
            area.dispatchEvent(new ClipboardEvent('paste', {bubbles: true}));
            while (!document.querySelector('#preview .ev')) {
                if (performance.now() - begun > 15000) return -1;
                await new Promise((r) => setTimeout(r, 10));
            }
            return performance.now() - begun;
        }""",
        TEXT + " وأفاد شاهد بأن الغارة دمرت منزلين.",
    )
    # A second on a machine that has nothing else to do.
    assert 0 < took < 4000, took


def test_files_are_dropped_and_told_one_by_one(open_page: Any, tmp_path: Path) -> None:
    page = open_page("/add")
    good, bad = tmp_path / "good.txt", tmp_path / "scan.pdf"
    good.write_text(f"5 أيار 2024\n\n{TEXT} صف.", "utf-8")
    bad.write_bytes(b"%PDF-1.4 nothing in it")
    page.locator("input[type=file]").set_input_files([good, bad])
    reach(page, "[data-store]")
    page.keyboard.press("Enter")
    page.locator("#results tbody tr").nth(1).wait_for()
    assert page.locator("#results .badge.good").count() == 1 and page.locator("#results .badge.bad").count() == 1
    page.goto(page.url.replace("/add", "/failures"))
    assert "scan.pdf" in page.locator("main table").inner_text()


def test_search_by_keys_suggests_and_leads_to_the_report(open_page: Any, language: str) -> None:
    page = open_page("/", language=language)
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.keyboard.press("/")
    page.keyboard.insert_text("قصف")
    page.keyboard.press("Enter")
    page.locator(".hits mark").first.wait_for()
    assert "q=" in page.url
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    party = page.locator("input[name=party]")
    party.focus()
    page.keyboard.type("داع")
    page.locator("#parties option").first.wait_for(state="attached")
    page.locator(".hits h2 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reading/*")


def test_reports_with_scripts_run_none(open_page: Any) -> None:
    page = open_page("/add")
    page.locator("textarea[name=text]").fill(
        f"{TEXT} <img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    )
    page.locator("#preview .ev").first.wait_for()
    assert page.locator("#preview img, #preview script").count() == 0 and page.title() != "run"


def reach(page: Any, selector: str) -> None:
    """Tab on until an element has the focus."""
    for _ in range(60):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by Tab")
