"""Spellings of one name meet, names of different places do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.gazetteer.names import is_arabic, plain_latin, skeleton
from marsad.gazetteer.spelling import meet


def pairs(name: str) -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(r[0], r[1]) for r in rows[1:]]


def test_real_variants_meet() -> None:
    variants = pairs("variants.tsv")
    missed = [p for p in variants if not meet(*p)]
    assert len(variants) >= 300
    assert len(missed) <= 0.03 * len(variants), missed


def test_different_names_stay_apart() -> None:
    different = pairs("near_names.tsv")
    met = [p for p in different if meet(*p)]
    assert len(different) >= 300
    assert len(met) < 0.02 * len(different), met


@pytest.mark.parametrize(("first", "second"), pairs("variants.tsv")[::29])
def test_order_does_not_matter(first: str, second: str) -> None:
    assert meet(first, second) == meet(second, first)


def test_plain_latin_drops_signs_and_case() -> None:
    assert plain_latin("Ma’arrat an-Nu‘mān") == "maarrat an numan"


def test_skeleton_is_the_same_in_both_scripts() -> None:
    assert skeleton("البوكمال").replace("l", "") == skeleton("Al-Bukamal").replace("l", "")
    assert skeleton("") == ""


def test_scripts_are_told_apart() -> None:
    assert is_arabic("هجين") and not is_arabic("Hajin") and not is_arabic("هجين Hajin")
