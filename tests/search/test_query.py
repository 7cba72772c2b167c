"""What is typed, and how it is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import InputError
from marsad.search.expression import But, Either, Every, Row, for_fts5, for_tsquery
from marsad.search.query import MOST_WORDS, parse


def told(typed: str) -> tuple[list[list[str]], list[str]]:
    query = parse(typed)
    return [[" ".join(s.forms) for s in group] for group in query.every], [" ".join(s.forms) for s in query.without]


@pytest.mark.parametrize(
    ("typed", "every", "without"),
    [
        ("قصف مسجد", [["قصف"], ["مسجد"]], []),
        ('"قصف مسجد"', [["قصف مسجد"]], []),
        ("«قصف مسجد» غارة", [["قصف مسجد"], ["غاره"]], []),
        ("قصف -مسجد", [["قصف"]], ["مسجد"]),
        ('-"قصف مسجد" هجوم', [["هجوم"]], ["قصف مسجد"]),
        ("قصف OR غارة هجوم", [["قصف", "غاره"], ["هجوم"]], []),
        ("قصف|غارة", [["قصف", "غاره"]], []),
        ("قصف أو غارة", [["قصف", "غاره"]], []),
        ("OR قصف OR", [["قصف"]], []),
        ("قصف في مدينة", [["قصف"], ["مدينه"]], []),
        ("في من", [["في"], ["من"]], []),
        ("ISIS-K", [["isis k"]], []),
        ("قـ.ـصف", [["قصف"]], []),
        ("قَصْفٌ قصـــف", [["قصف"]], []),
        ("F16 12,500", [["f 16"], ["12,500"]], []),
        ('"قصف مسجد', [["قصف مسجد"]], []),
        ('""', [], []),
        ('"', [], []),
        ("- -- * () 😀 ؟", [], []),
        ("-قصف", [], ["قصف"]),
        ("title:قصف NEAR(a b) a*", [["title قصف"], ["near a"], ["b"], ["a"]], []),
    ],
)
def test_what_is_typed(typed: str, every: list[list[str]], without: list[str]) -> None:
    assert told(typed) == (every, without)


def test_small_words_are_told_and_count_where_words_stand_side_by_side() -> None:
    query = parse("قصف على بلدة")
    assert query.left_out == ("على",) and query.row == ("قصف", "علي", "بلده")
    assert parse("قصف -بلدة غارة").row == () and parse("قصف").row == () and parse("قصف OR غارة").row == ()


def test_a_search_of_very_many_words_is_refused_and_a_very_long_word_is_not() -> None:
    with pytest.raises(InputError, match=f"more than {MOST_WORDS} words"):
        parse("كلمة " * 2_000)
    assert told("ق" * 10_000) == ([["ق" * 10_000]], [])


@given(st.text(max_size=80))
def test_anything_may_be_typed(typed: str) -> None:
    query = parse(typed)
    assert all(s.forms for s in (*query.sought, *query.without))


def test_terms_cannot_be_operators() -> None:
    row = Row((('a"b', "OR"), ("c'd\\",)))
    assert for_fts5(row) == '("a""b c\'d\\" OR "OR c\'d\\")'
    assert for_tsquery(row) == "(('a\"b' | 'OR') <-> 'c''d\\\\')"
    both = But(Every((Row((("a",),)), Either((Row((("b",),)), Row((("c",),)))))), Row((("d",),)))
    assert for_fts5(both) == '(("a" AND ("b" OR "c")) NOT "d")'
    assert for_tsquery(both) == "(('a' & ('b' | 'c')) & !'d')"
