"""Why something stays is told in both languages, with no word of the other left over."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from marsad.counting import count, policies, policy
from marsad.exports.places import AS_KNOWN
from marsad.exports.profiles import ADDRESSES, profiles
from marsad.lexicon.reasons import listed, name, reason, retold
from marsad.lexicon.table import read_table
from marsad.model import Date
from marsad.vocabulary import SITE_KINDS, SOURCE_KINDS, STATUSES
from tests.counting.making import dossier, harm, say
from tests.shared import ROOT

_SOURCE = ROOT / "src/marsad"
_TABLES = ("counting", "exports", "grading", "linking", "sums")


@pytest.mark.parametrize("table", ["exports", "grading"])
def test_every_reason_of_the_code_has_its_words_and_every_row_is_used(table: str) -> None:
    used = set()
    for path in _SOURCE.rglob("*.py"):
        used |= set(re.findall(rf'"{table}:([a-z_.]+)"', path.read_text("utf-8")))
    assert used == {row["key"] for row in read_table(f"reasons/{table}.tsv")}


@pytest.mark.parametrize("table", _TABLES)
def test_both_languages_fill_in_the_same(table: str) -> None:
    for row in read_table(f"reasons/{table}.tsv"):
        slots = [set(re.findall(r"\{[\w:]+\}", row[language])) for language in ("ar", "en")]
        assert slots[0] == slots[1], row["key"]
        assert not re.search("[A-Za-z]", re.sub(r"\{[\w:]+\}", "", row["ar"])), f"{row['key']}: the words of another language"


def test_values_of_the_vocabularies_are_told_in_arabic() -> None:
    vocabularies = {
        "siteKind": SITE_KINDS, "sourceKind": SOURCE_KINDS, "status": STATUSES, "addresses": ADDRESSES, "profile": profiles(),
    }  # fmt: skip
    for vocabulary, values in vocabularies.items():
        for value in values:
            assert re.search("[\u0621-\u064a]", name(vocabulary, value, "ar")), value
            assert listed(vocabulary, [value], "en") == value


def test_a_reason_is_told_in_both_languages() -> None:
    stated = reason("exports:stated.unit", unit="district").told()
    told = reason("exports:coarse", what=["medical", "humanitarian"], stated=stated)
    assert told.text("en") == str(told) == "made coarser for medical, humanitarian: centre of the district"
    assert told.to_dict()["why_ar"] == "قُرّب المكان (طبي، إنساني): مركز المنطقة"
    assert retold(stated, "ar") == "مركز المنطقة" and stated == "centre of the district"
    assert retold("a word of a report", "ar") == "a word of a report" and retold(AS_KNOWN, "en") == "as known"


def test_what_counting_says_of_an_incident_is_told_in_arabic() -> None:
    """Each sentence that a policy gives as a reason."""
    seen = set()
    for claims in (
        [say("a", status="planned")],
        [say("a")],
        [say("a", harm("killed", 1))],
        [say("a", harm("killed", 1), date=Date())],
    ):
        for which in policies():
            base = policy(which)
            strict = replace(base, incidents=replace(base.incidents, min_people=99, grades=("confirmed",), min_origins=9))
            coarse = replace(
                base, incidents=replace(base.incidents, date_precisions=("month",), place_precisions=("site", "admin"))
            )
            for made in (base, strict, coarse):
                for grade in (None, "weak"):
                    seen |= set(count(dossier(*claims, grade=grade), made).reasons)
    assert len(seen) > 7
    for sentence in seen:
        assert not re.search("[A-Za-z]", sentence.text("ar")), sentence
