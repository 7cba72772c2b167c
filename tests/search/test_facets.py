"""Marks of claims, above all of their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.search.facets import claim_facets, day_marks, mark, report_marks, stretch
from tests.register.making import TEXT, claim

days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@given(days, st.integers(0, 4000), days, st.integers(0, 4000))
def test_stretches_have_a_mark_in_common_exactly_if_they_meet(a: date, long: int, c: date, wide: int) -> None:
    b, d = a + timedelta(long), c + timedelta(wide)
    common = set(day_marks(a.isoformat(), b.isoformat())) & set(stretch(c.isoformat(), d.isoformat()))
    assert bool(common) == (a <= d and c <= b)


@given(days, st.integers(0, 400), days)
def test_open_stretches(a: date, long: int, c: date) -> None:
    b = a + timedelta(long)
    marks = set(day_marks(a.isoformat(), b.isoformat()))
    assert bool(marks & set(stretch(c.isoformat(), ""))) == (b >= c)
    assert bool(marks & set(stretch("", c.isoformat()))) == (a <= c)


def test_marks_of_days_are_few() -> None:
    assert len(day_marks("2018-10-14", "2018-10-14")) == 3
    assert len(day_marks("2011-03-15", "2018-10-14")) < 30
    assert len(stretch("2011-03-15", "2018-10-14")) < 80
    assert day_marks("", "") == [] and stretch("2018-02-01", "2018-01-01") == []


def test_what_a_claim_puts_into_the_index() -> None:
    told = claim("d", TEXT).to_dict()
    facets = claim_facets(told, ("own:7", "geonames:1"), ("أم الورود", "Umm al-Wurud"), "2024-05-06")
    assert {"t:shelling_artillery_missile", "k:killed", "c:sy", "g:own:7", "g:geonames:1", "n:ام_الورود"} <= set(facets.marks)
    assert (facets.first, facets.last) == ("2024-05-05", "2024-05-05")
    assert "wurud" in facets.words


def test_a_claim_without_a_day_has_that_of_publication() -> None:
    told = claim("d", TEXT).to_dict()
    told["date"] |= {"start": None, "end": None}
    assert claim_facets(told, (), (), "2024-05-06").first == "2024-05-06"


@pytest.mark.parametrize(("value", "made"), [("A b", "g:a_b"), ('x"y OR z', "g:x_y_or_z"), ("own:7", "g:own:7")])
def test_marks_hold_no_blanks_and_no_quotes(value: str, made: str) -> None:
    assert mark("g", value) == made


def test_marks_of_a_report() -> None:
    assert report_marks("ar", "وكالة المثال", "https://www.example.org/1") == (
        "x:", "l:ar", "u:وكاله", "u:المثال", "u:example", "u:org",
    )  # fmt: skip
    assert report_marks("", "", "file of mine") == ("x:",)
