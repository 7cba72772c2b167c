"""Texts of the interface: complete in both languages, in order, and asked for by keys that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from marsad import vocabulary
from marsad.desk import words
from marsad.errors import PackError
from marsad.register.audit import ACTIONS
from tests.shared import ROOT

DESK = ROOT / "src/marsad/desk"
_ASKED = re.compile(r"""\b(?:desk\.)?(t|n|say)\(\s*["']([a-z_]+\.[\w.#-]+)["']""")


def test_both_languages_have_the_same_slots() -> None:
    for key, told in words.table()["ar"].items():
        slots = [sorted(re.findall(r"\{[a-z_]+\}", text)) for text in (told, words.table()["en"][key])]
        assert slots[0] == slots[1] or "#" in key, key


def test_texts_that_are_asked_for_are_there() -> None:
    known = words.table()["en"]
    missing = []
    for file in sorted([*DESK.rglob("*.py"), *DESK.rglob("*.html")]):
        for kind, key in _ASKED.findall(file.read_text("utf-8")):
            if file.name == "words.py" or key.endswith((".", "_")):
                continue
            if not (key in known or (kind == "n" and f"{key}#other" in known)):
                missing.append(f"{file.relative_to(DESK)}: {key}")
    assert not missing


@pytest.mark.parametrize("name", sorted(vocabulary.VOCABULARIES))
def test_values_of_closed_lists_have_names(name: str) -> None:
    for value in vocabulary.VOCABULARIES[name]:
        assert f"values.{name}.{value}" in words.table()["ar"], value


def test_actions_of_the_log_have_names() -> None:
    assert [a for a in ACTIONS if f"values.action.{a}" not in words.table()["ar"]] == []


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (3, "few"),
        (10, "few"),
        (11, "many"),
        (99, "many"),
        (100, "other"),
        (103, "few"),
        (111, "many"),
    ],
)
def test_numbers_take_their_form_in_arabic(number: int, form: str) -> None:
    assert words.category("ar", number) == form
    assert words.category("en", number) == ("one" if number == 1 else "other")


def test_values_are_kept_apart_from_the_direction_of_the_text() -> None:
    assert "\u2068<b>\u2069" in words.text("ar", "base.invalid", wrong="<b>")
    # What stands in a value is no slot.
    assert "{name}" in words.text("en", "base.invalid", wrong="{name}", name="x")


@pytest.mark.parametrize(
    ("wish", "header", "language"),
    [
        ("ar", "en", "ar"),
        ("xx", "ar-SY,en;q=0.5", "ar"),
        ("", "fr,en;q=0.7,ar;q=0.9", "ar"),
        ("", "en-GB", "en"),
        ("", "", "en"),
        ("", "ar;q=x,;;;,en", "en"),
    ],
)
def test_the_language_is_chosen(wish: str, header: str, language: str) -> None:
    assert words.chosen(wish, header) == language


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("key\ten\tar\n", "the columns must be"),
        ("key\tar\ten\nx.a\tb\n", "3 cells"),
        ("key\tar\ten\nx.a\t\tb\n", "none may be empty"),
        ("key\tar\ten\ny.a\ta\tb\n", "begin with x."),
        ("key\tar\ten\nx.b\ta\tb\nx.a\ta\tb\n", "must stand before"),
        ("key\tar\ten\nx.a\ta\tb\nx.a\ta\tb\n", "must stand before"),
    ],
)
def test_tables_that_are_not_well_formed_are_told(content: str, told: str) -> None:
    with pytest.raises(PackError, match=told) as raised:
        words._load("x.tsv", content, {"ar": {}, "en": {}})
    assert "x.tsv" in str(raised.value)


def test_templates_put_nothing_in_unescaped_and_hold_no_script_or_style() -> None:
    for file in sorted((DESK / "templates").rglob("*.html")):
        text = Path(file).read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape false|\sstyle=|\son[a-z]+=|hx-on|<style|javascript:", text), file
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), file
