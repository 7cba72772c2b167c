"""Clauses: commas, openings and turns between tokens, and marks of roles."""

from __future__ import annotations

from marsad.reading.clauses import Clauses
from marsad.text.tokens import Text


def test_counts_between_tokens() -> None:
    text = Text("قصف الجيش القرية، فيما انسحب المسلحون، ثم عادوا")
    clauses = Clauses(text)
    last = len(text.tokens) - 1
    assert clauses.commas(0, last) == 2
    assert clauses.opens(0, last) == 1
    assert clauses.opens(0, 2) == 0


def test_turns_count_the_opening_of_a_sentence() -> None:
    text = Text("قصف الجيش القرية.\nمن جهة أخرى، انفجرت عبوة في المدينة.")
    clauses = Clauses(text)
    second = next(t.index for t in text.tokens if t.form == "انفجرت")
    assert clauses.turns(0, second) == 1
    assert clauses.sentences_apart(0, second) == 1
    assert clauses.paragraph(second) == 1


def test_mark_before_stops_at_punctuation() -> None:
    text = Text("هجوم على، القوات")
    clauses = Clauses(text)
    assert clauses.mark_before(3, 5, 0, frozenset({"patient"})) is None
    assert clauses.mark_before(2, 5, 0, frozenset({"patient"})) is not None


def test_marked_gives_the_tokens_of_a_type_within_a_range() -> None:
    clauses = Clauses(Text("قصف الجيش القرية، فيما انسحب المسلحون، فيما عاد السكان"))
    opened = clauses.marked(frozenset({"open"}), 0, len(clauses.text.tokens))
    assert [clauses.text.forms[at] for at in opened] == ["فيما", "فيما"]
    assert clauses.marked(frozenset({"open"}), opened[0], opened[1]) == opened[:1]
    assert clauses.marked(frozenset({"no such type"}), 0, 3) == []


def test_turns_and_details_are_counted_together() -> None:
    clauses = Clauses(Text("قصف الجيش القرية.\nمن جهة أخرى، انفجرت عبوة في المدينة."))
    last = len(clauses.text.tokens) - 1
    assert clauses.turns_and_details(0, last) == clauses.turns(0, last) + clauses.details(0, last) == 1


def test_commas_around_what_is_set_aside_part_nothing() -> None:
    text = Text("قتل حارسان، الخميس، في المدينة، ثم فر المهاجم، الجمعة")
    clauses = Clauses(text)
    days = [(t.index, t.index) for t in text.tokens if t.form in ("الخميس", "الجمعه")]
    clauses.set_aside(days)
    last = len(text.tokens) - 1
    assert len(days) == 2
    assert clauses.commas(0, last) == 2
    assert clauses.all_commas(0, last) == 4
