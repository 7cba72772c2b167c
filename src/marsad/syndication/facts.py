"""Facts: what makes a report the report of one event, so that the same sentences with others are about another.

Two reports may share nearly all words and still be no copies: daily reports after one pattern, two villages shelled on one day, a
toll that rose. What differs then are numbers, days and places. In Arabic they are those that the reader finds; in languages that
it does not read, numbers in digits and words with a capital within a sentence.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache

from marsad.gazetteer.spelling import meet
from marsad.lexicon.table import read_table
from marsad.model import Document
from marsad.reading import dates, numbers, toponyms
from marsad.syndication.names import script, stem, telling
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["DAY", "NUMBER", "PERSON", "PLACE", "Fact", "differ", "facts", "is_read"]

NUMBER, DAY, PLACE, PERSON = "number", "day", "place", "person"
_READ = "ar"
# What the name of a place stands for where it tells no place of an event.
_NO_PLACE = frozenset(("person", "source", "org", "time"))
_LONG = 6  # letters of a name that may differ in one
_SEVERAL = 3  # the least of quantities that are told without a number
_ROUNDED, _OFF = 1000, 0.02  # numbers that are told rounded, and by how much of them


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, day or place in a text: half-open code point offsets, the kind, and its values; none where they are unknown.

    Values of several facts can be compared where they are of one type: days with days, names of weekdays with such names.
    """

    start: int
    end: int
    kind: str
    values: frozenset[object]


def is_read(document: Document) -> bool:
    """Whether a report is in the language that is read."""
    return (document.language or (_READ if script(document.text) == "arab" else "")) == _READ


def facts(text: Text, document: Document, kinds: Container[str] = (NUMBER, DAY, PLACE)) -> list[Fact]:
    """The facts of a report in order; they may overlap.

    Args:
        text: its text, or a part of it.
        document: the report; relative days count from its day of publication.
        kinds: those that are looked for, in a report that is read.
    """
    if not is_read(document):
        return _unread(text)
    if NUMBER not in kinds and DAY not in kinds:
        return _places(text)
    found = [Fact(d.start, d.end, DAY, _days(d, text.source)) for d in dates.find(text, _day(document.published))]
    dated = [(f.start, f.end) for f in found]
    for q in numbers.find(text):
        if (q.min is not None or q.max is not None) and not any(a < q.end and q.start < b for a, b in dated):
            found.append(Fact(q.start, q.end, NUMBER, frozenset({(q.min, q.max)})))
    if PLACE in kinds:
        found += _places(text)
    found.sort(key=lambda f: (f.start, f.end))
    return found


def _places(text: Text) -> list[Fact]:
    found = []
    for place in toponyms.find(text):
        if not place.flags & _NO_PLACE:
            names: frozenset[object] = frozenset({place.form, *(entry.id for entry in place.candidates)})
            found.append(Fact(place.start, place.end, PLACE, names))
    return found


def _day(published: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _days(mention: dates.DateMention, source: str) -> frozenset[object]:
    if mention.since and mention.until:
        return frozenset({(mention.since, mention.until)})
    named = telling(source[mention.start : mention.end]) & _weekdays()
    return frozenset({named}) if named else frozenset()


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    return frozenset(stem(fold(form)) for row in read_table(f"{_READ}/weekdays.tsv") for form in row.list("forms"))


def _unread(text: Text) -> list[Fact]:
    """Facts of a text in a language that is not read: numbers in digits, and names by their capitals."""
    found = []
    for index, token in enumerate(text.tokens):
        if token.kind == "n":
            found.append(Fact(token.start, token.end, NUMBER, frozenset({token.form})))
        elif token.kind == "w" and text.source[token.start].isupper() and index != text.sentences[token.sentence][0]:
            found.append(Fact(token.start, token.end, PLACE, frozenset({token.form})))
    return found


def differ(one: Iterable[Fact], other: Iterable[Fact], kinds: Iterable[str] = (NUMBER, DAY, PLACE), least: int = 1) -> str:
    """The kind of fact that two stretches of text tell otherwise; the empty string for none, or where it is unknown.

    Args:
        one, other: the facts of the stretches.
        kinds: those that are compared.
        least: how many different values of a kind each must have.
    """
    left, right = list(one), list(other)
    for kind in kinds:
        here = {v for f in left if f.kind == kind for v in f.values}
        there = {v for f in right if f.kind == kind for v in f.values}
        if min(len(here), len(there)) < least or {type(v) for v in here}.isdisjoint(type(v) for v in there):
            continue
        if not any(_same(kind, a, b) for a in here for b in there):
            return kind
    return ""


def _same(kind: str, one: object, other: object) -> bool:
    if one == other:
        return True
    if kind == DAY:
        if isinstance(one, tuple) and isinstance(other, tuple):
            return bool(one[0] <= other[1] and other[0] <= one[1])
        return isinstance(one, frozenset) and isinstance(other, frozenset) and not one.isdisjoint(other)
    if kind == PLACE and isinstance(one, str) and isinstance(other, str):
        words, others = telling(one), telling(other)
        return words <= others or others <= words or meet(one, other) or _one_letter(one, other)
    return kind == NUMBER and isinstance(one, tuple) and isinstance(other, tuple) and _one_number(one, other)


def _one_letter(one: str, other: str) -> bool:
    """Whether two long names differ in one letter, as foreign names written by ear do."""
    return len(one) == len(other) >= _LONG and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _one_number(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    """Whether two quantities can be one: an open one holds the other, or a large one is the other rounded."""
    (low, high), (least, most) = one, other
    if low is not None and low == high and least is not None and least == most:
        larger, smaller = max(low, least), min(low, least)
        return smaller >= _ROUNDED and larger - smaller <= _OFF * larger and not (low % 100 and least % 100)
    if high is None and most is None and low is not None and least is not None:
        # "More than 50" and "more than 60" are told of two counts; "several" of any.
        return low == least or min(low, least) <= _SEVERAL
    return (low is None or most is None or low <= most) and (least is None or high is None or least <= high)
