"""The screen of readers in a browser: a day's reading by keys alone, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from marsad.desk.settings import Settings
from marsad.register import queries
from marsad.register.queries import ClaimRecord
from marsad.register.store import Register
from tests.desk.running import serving
from tests.register.making import capture, claim, read

# An emoji before the words: browsers count it as two.
TEXT = (
    "قالت مصادر محلية 😀 إن قصفًا على قرية أم الورود أدى إلى مقتل ثلاثة مدنيين بينهم طفل، وفق الدفاع المدني.\n"
    "وفي حادث آخر أصيب اثنان في تفجير قرب السوق مساء السبت، وعُثر على أشلاء في المكان.\n"
    "The health office in the town said later that two of the wounded had been moved to a hospital."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A register with two reports, one of two claims."""
    register, _ = Register.create(str(tmp_path / "own"), who="Rana")
    with register:
        for number, text in ((1, TEXT), (2, "أفاد ناشطون بأن غارة على أطراف المدينة لم تسفر عن خسائر يوم الجمعة.")):
            taken = capture(number, text, published=f"2024-05-0{6 - number}", title=f"تقرير {number}")
            words = ("قصفًا", "تفجير") if number == 1 else ("غارة",)
            register.add(taken, read(taken, *(claim(taken.document_id, text, w) for w in words)))
    return tmp_path / "own"


@pytest.fixture
def desk(folder: Path, browser: Any) -> Iterator[str]:
    with serving(Settings(register=str(folder), who="Rana")) as running:
        yield running


@pytest.fixture
def document() -> str:
    return capture(1).document_id


def claims(folder: Path, document: str) -> list[ClaimRecord]:
    with Register.open(str(folder)) as register, register.snapshot() as connection:
        return queries.claims(connection, document=document)


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_reads_well_in_both_languages(
    open_page: Any, desk: str, document: str, language: str, dark: bool, check_page: Callable[..., None]
) -> None:
    page = open_page(f"/reading/{document}", language=language, dark=dark, base=desk, width=1500)
    check_page(page, f"reading-{language}-{'dark' if dark else 'light'}")
    waiting, text, claims_ = (page.locator(f".pane.{name}").bounding_box() for name in ("waiting", "text", "claims"))
    order = [waiting["x"], text["x"], claims_["x"]]
    assert order == sorted(order, reverse=language == "ar")
    press(page, "e")
    page.locator("form.claimform").wait_for()
    check_page(page, f"reading-edit-{language}-{'dark' if dark else 'light'}")


def test_the_queue_reads_well(open_page: Any, desk: str, language: str, check_page: Callable[..., None]) -> None:
    page = open_page("/reading", language=language, base=desk)
    check_page(page, f"queue-{language}")
    page.get_by_role("link", name="تقرير 1").click()
    page.locator("#reading").wait_for()


def test_words_and_values_light_each_other_up(open_page: Any, desk: str, document: str) -> None:
    page = open_page(f"/reading/{document}", base=desk)
    press(page, "3")
    assert page.evaluate("document.activeElement.dataset.key") == "place"
    assert page.locator(".ev.lit").first.inner_text() == "قصفًا"
    press(page, "g")
    page.locator(".ev", has_text="تفجير").click()
    assert page.evaluate("document.activeElement.closest('.claim').dataset.claim") == f"{document}.2"
    page.locator(".value[data-key=date]:visible").hover()
    assert "تفجير" in page.locator(".ev.lit").first.inner_text()


def test_a_report_is_read_and_signed_by_keys_alone(open_page: Any, desk: str, folder: Path, document: str, language: str) -> None:
    page = open_page(f"/reading/{document}", language=language, base=desk)
    press(page, "a")
    page.wait_for_url("**claim=*2")
    assert [c.verdict for c in claims(folder, document)] == ["accept", ""]
    press(page, "r")
    page.keyboard.type("jkaem")
    assert [c.verdict for c in claims(folder, document)] == ["accept", ""], "keys rest while one types"
    press(page, "Enter")
    page.locator(".claim.reject").wait_for()
    press(page, "u")
    page.locator(".claim.open").wait_for()
    assert [c.verdict for c in claims(folder, document)] == ["accept", ""]
    press(page, "k", "j", "Control+Enter")
    assert page.evaluate("document.activeElement.name") == "accept"
    press(page, "Space", "Control+Enter")
    page.wait_for_url(f"**/{capture(2).document_id}?queue=first")
    assert [c.verdict for c in claims(folder, document)] == ["accept", "accept"]


def test_words_chosen_by_keys_become_evidence(open_page: Any, desk: str, folder: Path, document: str) -> None:
    page = open_page(f"/reading/{document}", base=desk)
    key = next(n for n in range(1, 9) if page.locator(".claim[open] .value").nth(n - 1).get_attribute("data-key") == "harm.1")
    press(page, str(key), "s")
    page.evaluate(
        """() => {
          const piece = [...document.querySelectorAll('#body .piece')].find((p) => p.textContent.includes('ثلاثة'));
          document.getSelection().setPosition(piece.firstChild, piece.textContent.indexOf('مقتل'));
        }"""
    )
    press(page, "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter")
    quote = page.locator("input[name='harm.1.quote']")
    quote.wait_for()
    page.wait_for_function("document.querySelector(\"input[name='harm.1.quote']\").value.includes('مقتل')")
    page.locator("form.claimform input[name=why]").focus()
    page.keyboard.type("other words say it")
    press(page, "Control+Enter")
    page.wait_for_url("**claim=*1")
    (first, *_) = claims(folder, document)
    (evidence,) = first.value["harm"][0]["evidence"]
    assert TEXT[evidence["start"] : evidence["end"]] == evidence["text"] and evidence["text"].startswith("مقتل ثلاثة")


def test_a_missed_claim_is_added_from_selected_words(open_page: Any, desk: str, folder: Path, document: str) -> None:
    page = open_page(f"/reading/{document}", language="ar", base=desk)
    page.evaluate(
        """() => {
          const piece = [...document.querySelectorAll('#body .piece')].find((p) => p.textContent.includes('moved'));
          const at = piece.textContent.indexOf('moved');
          document.getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + 6);
        }"""
    )
    press(page, "m")
    page.locator("form.claimform").wait_for()
    assert page.locator("input[name='trigger.quote']").input_value() == "moved"
    press(page, "Control+Enter")
    page.wait_for_url("**claim=*p1")
    added = claims(folder, document)[-1]
    start = TEXT.index("moved")
    assert added.added and added.value["trigger"] == [{"start": start, "end": start + 5, "text": "moved"}]


def test_what_is_begun_is_kept_and_goes_on(open_page: Any, desk: str, document: str) -> None:
    page = open_page(f"/reading/{document}", base=desk)
    press(page, "e")
    field = page.locator("input[name='harm.1.max']")
    field.fill("7")
    page.locator("[data-kept]", has_text="draft kept").wait_for()
    page.goto(page.url)
    assert page.locator("input[name='harm.1.max']").input_value() == "7"
    page.locator("[data-cancel]").click()
    page.wait_for_timeout(200)
    page.goto(page.url)
    assert page.locator("form.claimform").count() == 0


def test_graphic_passages_wait_behind_one_line(open_page: Any, desk: str, document: str) -> None:
    page = open_page(f"/reading/{document}", base=desk)
    words = page.locator(".piece", has_text="أشلاء")
    assert not words.is_visible()
    press(page, "g")
    assert words.is_visible()


def test_without_script_the_forms_do_the_same(browser: Any, desk: str, folder: Path, document: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{desk}/reading/{document}")
    page.get_by_role("button", name="Accept", exact=True).first.click()
    page.get_by_role("link", name="Correct").last.click()
    page.locator("input[name='harm.1.max']").fill("9")
    page.locator("form.claimform input[name=why]").fill("another number")
    page.get_by_role("button", name="Save").click()
    page.locator("text=The correction is kept").wait_for()
    context.close()
    assert [c.verdict for c in claims(folder, document)] == ["accept", "correct"]


def test_scripts_of_a_report_do_not_run(open_page: Any, folder: Path, desk: str) -> None:
    evil = "<script>window.bad=1</script><img src=x onerror=window.bad=1>"
    text = f"قُتل ثلاثة في قصف {evil} على القرية."
    with Register.open(str(folder)) as register:
        taken = capture(9, text, title=evil, publisher=evil)
        document = register.add(taken, read(taken, claim(taken.document_id, text))).document_id
    page = open_page(f"/reading/{document}", base=desk)
    press(page, "e")
    page.locator("form.claimform").wait_for()
    assert page.evaluate("window.bad") is None and page.locator("#body img").count() == 0
