"""Chronicles: lists of what happened in other years, and which day of those years it was."""

from __future__ import annotations

import datetime

from marsad.model import Document
from marsad.reading import dates
from marsad.reading.chronicles import with_chronicle
from marsad.reading.reader import read
from marsad.text.tokens import Text

LINES = "1974 - مواجهات عنيفة في بيروت تسفر عن عشرة قتلى.\n1989- خطف قيادي في لبنان.\n1996 - تفجير في مدينة طرابلس يوقع قتيلين."
TODAY = datetime.date(2016, 2, 29)


def days(text: str, title: str | None = None, published: datetime.date | None = TODAY) -> list[tuple[str, str]]:
    read_text = Text(text)
    found = with_chronicle(read_text, dates.find(read_text, published), published, Text(title) if title else None)
    return [(str(d.since), str(d.until)) for d in found]


def test_years_that_open_the_lines_of_a_list_are_years() -> None:
    assert days(LINES) == [(f"{year}-01-01", f"{year}-12-31") for year in (1974, 1989, 1996)]


def test_on_this_day_in_history_they_are_its_day_in_those_years() -> None:
    day = datetime.date(2016, 2, 28)
    for found in (days("في مثل هذا اليوم:\n" + LINES, published=day), days(LINES, "هذا اليوم في التاريخ", day)):
        assert found == [("1974-02-28",) * 2, ("1989-02-28",) * 2, ("1996-02-28",) * 2]
    assert days(LINES, "هذا اليوم في التاريخ", None) == [(f"{year}-01-01", f"{year}-12-31") for year in (1974, 1989, 1996)]


def test_a_year_without_the_29th_of_february_is_told_alone() -> None:
    found = days("في مثل هذا اليوم:\n" + LINES)
    assert found == [("1974-01-01", "1974-12-31"), ("1989-01-01", "1989-12-31"), ("1996-02-29",) * 2]


def test_a_line_or_two_make_no_list() -> None:
    assert days("\n".join(LINES.split("\n")[:2])) == []


def test_the_events_of_a_list_are_of_its_years() -> None:
    claims = read(Document(id="d", text="في مثل هذا اليوم:\n" + LINES, published="2015-07-27"))
    assert [(c.type, c.date.start) for c in claims] == [
        ("armed_clash", "1974-07-27"),
        ("abduction_forced_disappearance", "1989-07-27"),
        ("remote_explosive_ied", "1996-07-27"),
    ]
