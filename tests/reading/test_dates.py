"""Dates: the pack's examples, and properties that hold for any text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lexicon.table import Row, read_table
from marsad.reading import calendar, dates
from marsad.reading.datewords import datewords_of
from marsad.text.tokens import Text

EXAMPLES = read_table("ar/examples/dates.tsv")
SATURDAY = datetime.date(2018, 12, 15)


def _day(cell: str) -> datetime.date | None:
    return None if cell == "-" else datetime.date.fromisoformat(cell)


@pytest.mark.parametrize("row", EXAMPLES, ids=[f"{row.line}" for row in EXAMPLES])
def test_dates_of_the_examples(row: Row) -> None:
    sentence = row["sentence"]
    found = dates.find(Text(sentence), _day(row["published"]))
    if row["precision"] == "none":
        assert [sentence[m.start : m.end] for m in found] == []
        return
    assert [sentence[m.start : m.end] for m in found] == [row["expression"]]
    assert (found[0].since, found[0].until, found[0].precision) == (_day(row["since"]), _day(row["until"]), row["precision"])


def _words() -> list[str]:
    pieces = [form for form, entries in datewords_of().entries.items() for entry in entries if len(form) > 1]
    return sorted(set(pieces))[::37] + ["2014", "31", "12", "2", "/", "-", "(", ")", "،", ".", "\n", "1437", "99/99/9999"]


@given(st.lists(st.sampled_from(_words()), max_size=14), st.none() | st.dates())
def test_dates_of_any_date_words(words: list[str], published: datetime.date | None) -> None:
    _holds(" ".join(words), published)


@given(st.text(max_size=60), st.none() | st.dates())
def test_dates_of_any_text(source: str, published: datetime.date | None) -> None:
    _holds(source, published)


def _holds(source: str, published: datetime.date | None) -> None:
    text = Text(source)
    for convention in (dates.NEWS, dates.AGENDA):
        end = 0
        for mention in dates.find(text, published, convention=convention):
            assert end <= mention.start < mention.end <= len(source)
            assert text.tokens[mention.first].start <= mention.start
            assert text.tokens[mention.last].end == mention.end
            if mention.since is not None and mention.until is not None:
                assert mention.since <= mention.until
            end = mention.end


def test_flags_tell_background_from_news() -> None:
    source = "قتل ثلاثة أمس في البلدة التي سقطت العام الماضي، ويصل الوفد غدا"
    news, background, plan = dates.find(Text(source), SATURDAY)
    assert (news.anchored, news.background, news.future) == (True, False, False)
    assert (background.background, plan.future) == (True, True)


def test_onset_of_a_stretch() -> None:
    (mention,) = dates.find(Text("تدور المعارك منذ أربعة أشهر"), SATURDAY)
    assert mention.duration
    assert mention.onset == (datetime.date(2018, 8, 1), datetime.date(2018, 8, 31))


def test_same_day_refers_back() -> None:
    first, same, following = dates.find(
        Text("قصفت القرية في 3 مايو 2018. وفي اليوم نفسه قتل طفل، وفي اليوم التالي نزح الأهالي"), SATURDAY
    )
    assert (same.since, same.back) == (first.since, True)
    assert following.since == datetime.date(2018, 5, 4)


def test_a_weekday_that_contradicts_the_relative_day_wins() -> None:
    (mention,) = dates.find(Text("قال اليوم الجمعة إن الهدنة انتهت"), SATURDAY)
    assert mention.since == datetime.date(2018, 12, 14)


def test_days_that_do_not_exist() -> None:
    assert calendar.day_of(2018, 2, 29) is None
    assert calendar.day_of(1200, 1, 1, hijri=True) is None
    assert calendar.add_months(datetime.date(2018, 3, 31), -1) == datetime.date(2018, 2, 28)


def test_since_then_runs_from_the_day_told_last_to_the_publication() -> None:
    text = "بدأت الحملة في 3 مايو. ومنذ ذلك الحين قتل عشرة جنود."
    first, then = dates.find(Text(text), datetime.date(2018, 6, 14))
    assert (then.since, then.until, then.duration) == (first.since, datetime.date(2018, 6, 14), True)


def test_since_then_without_a_day_before_is_unknown() -> None:
    (then,) = dates.find(Text("ومنذ ذلك الحين قتل عشرة جنود."), datetime.date(2018, 6, 14))
    assert (then.since, then.until) == (None, None)


def test_since_then_began_on_the_day_told_last() -> None:
    _, then = dates.find(Text("سقطت البلدة في 3 مايو. ومنذ ذلك الحين قتل عشرة جنود."), datetime.date(2018, 6, 14))
    assert then.onset == (datetime.date(2018, 5, 3), datetime.date(2018, 5, 3))
