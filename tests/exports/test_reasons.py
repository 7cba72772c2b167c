"""Why something stays is told in both languages, with no word of the other left over."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from marsad.counting import count, policies, policy
from marsad.exports.profiles import ADDRESSES, profiles
from marsad.exports.reasons import reason, retold, told_as
from marsad.lexicon.table import read_table
from marsad.model import Date
from marsad.vocabulary import SITE_KINDS, SOURCE_KINDS, STATUSES
from tests.counting.making import dossier, harm, say
from tests.shared import ROOT

_SOURCE = ROOT / "src/marsad/exports"
_ROWS = list(read_table("exports/reasons.tsv"))


def test_every_reason_of_the_code_has_its_words_and_every_row_is_used() -> None:
    used = set()
    for path in _SOURCE.glob("*.py"):
        used |= set(re.findall(r'\breason\(\s*"([a-z_.]+)"', path.read_text("utf-8")))
    keys = {row["key"] for row in _ROWS}
    rest = {key for key in keys if not key.startswith(("value.", "count.", "stated."))}
    assert used - keys == set() and rest - used == set()


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["key"])
def test_both_languages_fill_in_the_same(row: dict[str, str]) -> None:
    slots = [sorted(re.findall(r"\{([a-z]+)\}", row[language])) for language in ("ar", "en")]
    assert slots[0] == slots[1]
    assert not re.search("[A-Za-z]", re.sub(r"\{[a-z]+\}", "", row["ar"])), "the words of another language"


def test_values_of_the_vocabularies_are_told_in_arabic() -> None:
    for value in (*SITE_KINDS, *SOURCE_KINDS, *STATUSES, *ADDRESSES, *profiles()):
        assert re.search("[\u0621-\u064a]", told_as(value, "ar")), value
        assert told_as(value, "en") == value


def test_a_reason_is_told_in_both_languages() -> None:
    told = reason("coarse", what=["medical", "humanitarian"], stated="centre of the district")
    assert told.text("en") == str(told) == "made coarser for medical, humanitarian: centre of the district"
    assert told.to_dict()["why_ar"] == "قُرّب المكان (طبي، إنساني): مركز المنطقة"
    assert reason("stated.cell", degrees="0.1").text("ar") == retold("centre of a cell of 0.1 degrees", "stated", "ar")


def test_what_counting_says_of_an_incident_is_known_again() -> None:
    """Each sentence that a policy gives as a reason has its form, so that it can be told in Arabic."""
    seen = set()
    for claims in (
        [say("a", status="planned")],
        [say("a")],
        [say("a", harm("killed", 1))],
        [say("a", harm("killed", 1), date=Date())],
    ):
        for name in policies():
            base = policy(name)
            strict = replace(base, incidents=replace(base.incidents, min_people=99, grades=("confirmed",), min_origins=9))
            coarse = replace(
                base, incidents=replace(base.incidents, date_precisions=("month",), place_precisions=("site", "admin"))
            )
            for made in (base, strict, coarse):
                for grade in (None, "weak"):
                    seen |= set(count(dossier(*claims, grade=grade), made).reasons)
    assert len(seen) > 7
    for sentence in seen:
        assert not re.search("[A-Za-z]", retold(str(sentence), "count", "ar")), sentence
