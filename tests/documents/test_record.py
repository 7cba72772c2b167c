"""From records to documents: markup, dates, languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from marsad.documents import Settings
from marsad.documents.language import has_pack, language_of, packs
from marsad.documents.markup import looks_like_html, without_tags
from marsad.documents.published import iso_day, publication_day
from marsad.documents.record import UnreadLanguage, document_from_record, document_from_text
from marsad.errors import InputError

ARABIC = "قالت الشرطة إن عبوة ناسفة انفجرت في المدينة القديمة مساء الخميس."
FRENCH = "Une bombe a explosé dans la ville et les secours ont évacué des blessés de la place."


def record(**more: Any) -> dict[str, Any]:
    return {"text": ARABIC, **more}


def test_a_record_becomes_a_document() -> None:
    document = document_from_record(
        record(id="a7", title="عنوان", published="2020-05-04T10:00:00+03:00", url="https://example.org/7"), "none", Settings()
    )
    assert (document.id, document.title, document.published) == ("a7", "عنوان", "2020-05-04")
    assert document.text == ARABIC and document.language == "ar" and document.warnings == ()


def test_the_record_wins_over_the_command_line_and_the_fallback_names_it() -> None:
    settings = Settings(published="2021-01-01", title="t")
    assert document_from_record(record(published="2020-05-04"), "x", settings).published == "2020-05-04"
    document = document_from_record(record(), "file:3", settings)
    assert (document.id, document.published, document.title) == ("file:3", "2021-01-01", "t")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({}, 'no "text"'),
        ({"text": 7}, '"text" must be a string'),
        ({"text": "  \n"}, "empty"),
        ({"text": "123 456"}, "no letters"),
        (record(id=["a"]), '"id" must be'),
        (record(id=True), '"id" must be'),
        (record(title=7), '"title" must be'),
    ],
)
def test_a_wrong_record_is_refused(value: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        document_from_record(value, "x", Settings())


def test_a_number_is_an_id() -> None:
    assert document_from_record(record(id=0), "x", Settings()).id == "0"
    assert document_from_record(record(id=None), "x", Settings()).id == "x"


def test_a_language_without_pack_is_named() -> None:
    assert not has_pack("fr")
    with pytest.raises(UnreadLanguage, match="French") as caught:
        document_from_text("x", FRENCH, Settings())
    assert caught.value.language == "fr"


def test_a_language_that_was_not_asked_for_is_refused() -> None:
    assert "ar" in packs()
    with pytest.raises(UnreadLanguage, match="not asked for"):
        document_from_text("x", ARABIC, Settings(languages=frozenset({"xx"})))


def test_a_wrong_declaration_is_warned_of_and_the_text_believed() -> None:
    document = document_from_record(record(language="en"), "x", Settings())
    assert document.language == "ar" and "declared as English" in document.warnings[0]
    for right in ("ar", "AR", "ar-SY", "Arabic"):
        assert document_from_record(record(language=right), "x", Settings()).warnings == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ARABIC, "ar"),
        ("The car bomb went off in the market and killed two of the guards by the gate.", "en"),
        (FRENCH, "fr"),
        ("پلیس گفت که بمبی در شهر منفجر شد و چند نفر را زخمی کرد.", "fa"),
        ("", None),
        ("12:30", None),
    ],
)
def test_languages_are_told_apart(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_markup_is_taken_away_with_a_warning() -> None:
    page = f"<html><head><title>t</title></head><body><p>{ARABIC}</p><script>alert(1)</script><p>نص &amp; نص</p></body></html>"
    document = document_from_text("x", page, Settings())
    assert document.text == f"{ARABIC}\n\nنص & نص"
    assert "HTML" in document.warnings[0]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one\ntwo</p>\n<p>three</p>", "one two\n\nthree"),
        ("one <b>two</b>\nthree <i>four</i>", "one two\nthree four"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one<style>p {}</style></div><div>two</div>", "one\n\ntwo"),
        ("<html><head><title>no<body>yes", "yes"),
    ],
)
def test_visible_text(source: str, text: str) -> None:
    assert without_tags(source) == text


def test_a_lone_sign_is_no_markup() -> None:
    assert not looks_like_html("5 < 7 > 3") and not looks_like_html("a <b c")
    assert looks_like_html("  <!DOCTYPE html><html>")


@pytest.mark.parametrize("value", ["2020-02-30", "2020-13-01", "01-02-2020", "0001-01-01", "2020-1-1", "", "٢٠٢٠-٠١-٠١"])
def test_days_that_do_not_exist(value: str) -> None:
    assert iso_day(value) is None


def test_publication_days() -> None:
    today = date(2024, 1, 10)
    assert publication_day("2024-01-10", today=today) == ("2024-01-10", ())
    assert publication_day("2024-01-11T00:30:00Z", today=today) == ("2024-01-11", ())
    day, warnings = publication_day("2024-01-12", today=today)
    assert day == "2024-01-12" and "future" in warnings[0]
    for wrong in ("2024-02-30", 20240101, ["x"]):
        day, warnings = publication_day(wrong, today=today)
        assert day is None and "unknown" in warnings[0]
    assert publication_day(None) == publication_day("") == (None, ())
