"""A whole day's work at the desk by keyboard alone, in both languages: take in, check, correct, link, merge, split, undo, sign, count, export.

The test opens one address; all else is done by keys: what is reached by Tab must be reachable, and what letters do must be done by them.
"""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

pytest.importorskip("splink", reason="needs the extra link")

FIRST = (
    "قُتل ثلاثة مدنيين وأصيب خمسة آخرون بقصف مدفعي لقوات النظام على بلدة هجين في محافظة دير الزور السبت 4 أيار، وفق الدفاع المدني."
)
SECOND = "انفجرت عبوة ناسفة بسيارة في مدينة الباب شرقي حلب الأحد 5 أيار، ما أدى إلى مقتل مدني وإصابة اثنين، بحسب مصدر محلي."


class Hands:
    """Ten fingers on a keyboard, and no mouse."""

    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base = page, base

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def at(self, selector: str) -> bool:
        return bool(self.page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector))

    def tab(self, selector: str, *, most: int = 150) -> None:
        """Tab on to what a selector means; all must be reachable so."""
        self.page.locator(selector).first.wait_for(state="attached")
        for _ in range(most):
            if self.at(selector):
                return
            self.press("Tab")
        raise AssertionError(f"{self.page.url}: Tab does not lead to {selector}")

    def follow(self, selector: str) -> None:
        """Tab on to a link or button, and press it."""
        self.tab(selector)
        self.press("Enter")

    def wait(self, selector: str) -> Any:
        self.page.locator(selector).first.wait_for()
        return self.page.locator(selector).first

    def focused(self, selector: str) -> None:
        self.page.locator(f"{selector}:focus").wait_for()

    def told(self, path: str) -> Any:
        return httpx.get(f"{self.base}{path}", headers={"accept": "application/json"}).json()

    def search(self, words: str) -> None:
        """On the list of incidents: a key leads to the field of words."""
        self.page.wait_for_url("**/incidents")
        self.page.locator("html[data-ready] #incidents").wait_for()
        self.press("/")
        self.type(words)
        self.press("Enter")
        self.page.wait_for_url("**words=*")

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a list by arrows."""
        self.tab(selector)
        self.press("Home")
        for _ in range(60):
            if self.page.evaluate("() => document.activeElement.value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"arrows do not lead to {value}")


def _take_in(hands: Hands, text: str) -> str:
    hands.tab("textarea[name=text]")
    hands.press("Control+a")
    hands.type(text)
    hands.wait("#preview .ev")
    hands.follow("[data-store]")
    hands.focused("input[name=published]")
    # Day, month and year in the order in which the browser has them.
    hands.page.keyboard.type("05062024")
    hands.follow("[data-store]")
    return str(hands.wait("#results a").get_attribute("href"))


def _correct(hands: Hands, report: str) -> None:
    """Words are selected in the text by arrows, and become the evidence of a value."""
    page = hands.page
    page.locator("#reading[data-ready] details.claim[open]").first.wait_for()
    keys = page.locator(".claim[open] .value").evaluate_all("rows => rows.map((row) => row.dataset.key)")
    hands.press(str(1 + keys.index("harm.1")), "s")
    page.locator("#body.picking").wait_for()
    # On by words till the number, then two words with Shift: in Arabic onward is to the left.
    for _ in range(12):
        ahead = "() => { const s = getSelection(); return s.focusNode.textContent.slice(s.focusOffset).trimStart().startsWith('ثلاثة'); }"
        if page.evaluate(ahead):
            break
        hands.press("ArrowLeft")
    hands.press("Shift+ArrowLeft", "Shift+ArrowLeft", "Enter")
    hands.focused("input[name='harm.1.quote']")
    hands.press("Control+Enter")
    hands.focused("form.claimform input[name=why]")
    hands.type("the number and whom it counts")
    hands.press("Control+Enter")
    hands.wait("#reading[data-ready] .claim.correct")
    claim = hands.told(report)["claims"][0]
    harm = next(v for v in claim["values"] if v["key"] == "harm.1")
    assert claim["verdict"] == "correct" and harm["quotes"] == ["ثلاثة مدنيين"], harm
    (start, end) = map(int, harm["spans"].split("-"))
    assert FIRST[start:end] == "ثلاثة مدنيين", "evidence is exact"
    hands.press("u")
    hands.wait("#reading[data-ready] .claim.open")
    hands.press("a")
    hands.wait("#reading[data-ready] .claim.accept")
    hands.press("Control+Enter")
    page.wait_for_url(lambda address: report not in address)
    assert hands.told(report)["fresh"] == ["first"]


def _codes(hands: Hands) -> list[str]:
    found = hands.told("/incidents?since=2024-05-01&until=2024-05-31&order=day")["incidents"]
    return [next(i["code"] for i in found if place in json.dumps(i, ensure_ascii=False)) for place in ("هجين", "الباب")]


def _decide(hands: Hands, key: str, *told: str) -> None:
    """A letter leads to the form, its fields are typed, Ctrl+Enter sends it."""
    hands.page.locator("#claims[data-ready]").wait_for()
    hands.press(key)
    for number, text in enumerate(told):
        if number:
            hands.press("Tab")
        hands.type(text)
    with hands.page.expect_navigation():
        hands.press("Control+Enter")
    hands.wait(".said.done")


def _rows(hands: Hands) -> int:
    return int(hands.page.locator("#claims tbody tr").count())


def test_from_a_pasted_text_to_a_file_for_others(open_page: Any, language: str, address: str) -> None:
    page = open_page("/add", language=language)
    hands = Hands(page, address)
    # The way of reading is the way of the layout: the first pane, the first screen and the name of the desk stand at the same side.
    brand, tools = page.locator(".brand").bounding_box(), page.locator(".tools").bounding_box()
    assert (brand["x"] > tools["x"]) == (language == "ar")
    report = _take_in(hands, FIRST)
    _take_in(hands, SECOND)
    # The way to the report leads over the queue, where it waits.
    hands.follow('.screens a[href="/reading"]')
    hands.follow(f'main a[href^="{report}"]')
    _correct(hands, report)

    # Link, and find both events.
    hands.follow('.screens a[href="/incidents"]')
    hands.follow('form[action="/incidents/link"] button')
    hands.wait(".said.done")
    one, other = _codes(hands)
    assert one != other
    hands.search("هجين")
    hands.follow(f'#incidents tbody a[href="/incidents/{one}"]')
    hands.wait("#h-values")

    # Merge by mistake; split by its claims, take that back, and the merge too.
    alone = _rows(hands)
    _decide(hands, "m", other, "by mistake")
    whole = _rows(hands)
    assert whole > alone
    page.locator("#claims[data-ready]").wait_for()
    rows = page.locator("#claims tbody tr")
    wanted = next(n for n in range(whole) if "الباب" in rows.nth(n).inner_text() or "Bāb" in rows.nth(n).inner_text())
    hands.press(*["j"] * (wanted + 1), "Space")
    assert page.locator("#claims input:checked").count() == 1
    _decide(hands, "s", "another town")
    assert _rows(hands) == 1
    _decide(hands, "u", "it was tried")
    assert _rows(hands) == whole
    _decide(hands, "u", "two towns")
    assert len(set(_codes(hands))) == 2, "both events are apart again"

    # Count by another policy, and sign the grade.
    hands.follow('.screens a[href="/incidents"]')
    hands.search("هجين")
    hands.follow("#incidents tbody a")
    hands.wait("#h-values")
    hands.choose('select[name="by"]', "ucdp-best-low-high")
    page.locator("#counts", has_text="ucdp-best-low-high").wait_for()
    hands.press("Escape", "Tab")
    _decide(hands, "g", "one origin, looked at")
    assert page.locator("#grade ~ .entry").count() == 1

    # Export what may be published.
    hands.follow('.screens a[href="/exports"]')
    hands.choose("select[name=to]", "csv")
    hands.follow("main form[method=get] button")
    hands.wait("#take")
    with page.expect_download() as started:
        hands.follow('form[action="/exports/file"] button')
    assert started.value.suggested_filename.endswith(".csv")
