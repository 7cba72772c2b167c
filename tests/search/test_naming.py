"""Names in Latin letters that are looked for by their Arabic names."""

from __future__ import annotations

import pytest

from marsad.gazetteer import default
from marsad.search.naming import has_latin, named
from marsad.search.query import parse


@pytest.mark.parametrize(
    ("typed", "every"),
    [
        ("Kirkuk", [["Kirkuk", "كركوك"]]),
        ("قصف Kirkuk", [["قصف"], ["Kirkuk", "كركوك"]]),
        ("Deir ez-Zor مدرسة", [["Deir ez-Zor", "دير الزور"], ["مدرسة"]]),
        ('"Deir ez-Zor"', [["Deir ez-Zor", "دير الزور"]]),
        ("قصف OR Kirkuk", [["قصف", "Kirkuk", "كركوك"]]),
        ("qwertyuiop zxcvb", [["qwertyuiop"], ["zxcvb"]]),
        ("قصف مدرسة", [["قصف"], ["مدرسة"]]),
    ],
)
def test_names_in_latin_letters_are_looked_for_by_their_arabic_names(typed: str, every: list[list[str]]) -> None:
    found = named(parse(typed), default())
    assert [[sought.typed for sought in group] for group in found.every] == every
    assert (found.row == ()) if found.named else (found == parse(typed))


def test_a_name_that_may_not_be_there_may_not_be_there_in_arabic() -> None:
    found = named(parse("قصف -Kirkuk"), default())
    assert [sought.typed for sought in found.without] == ["Kirkuk", "كركوك"] and found.named == (("Kirkuk", ("كركوك",)),)


def test_parties_are_looked_for_by_their_names() -> None:
    ((_, *names),) = named(parse("ISIS"), default()).every
    assert "داعش" in [sought.typed for sought in names]


def test_latin_letters_are_seen() -> None:
    assert has_latin("قصف Hajin") and not has_latin("قصف ١٢ - 12")
