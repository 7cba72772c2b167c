"""Likeness: whether one report is a copy of another, what they share and what differs.

Two reports are a ``copy`` if much of the shorter one stands in the other, in passages of their own and not in scattered formulas,
and if what differs within these passages is wording. Where it is numbers, people, days and places that differ, one ``pattern``
tells of two events or of one event twice. Where a part of a long report is most of a short one, or background is used again, they share
``passages``: that makes them no group, since a digest holds reports that have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from marsad.model import Document
from marsad.syndication.alignment import Passage, align
from marsad.syndication.facts import DAY, NUMBER, PERSON, PLACE, Fact, differ, facts, is_read
from marsad.syndication.hints import DAY_WORD, NUMBER_WORD, PLACE_WORD, hints, learn, people, tells
from marsad.syndication.names import stem, telling
from marsad.syndication.shingles import shingles, word_hashes
from marsad.text.fold import fold
from marsad.text.tokens import Text, WordPlaces, word_forms

__all__ = ["Change", "Likeness", "Words", "compare"]

_LEAST, _SHARED = 20, 0.5  # words, and share of the shorter report, from which on reports have anything to do with each other
_OF_LARGER, _BEGUN = 0.42, 0.35  # share of the longer report in copies, and where both begin alike
# Share of the shorter one where one publisher, who may use background again, has both and they begin otherwise; on two days.
_AGAIN, _AGAIN_LATER = 0.75, 0.85
_RUN, _SURELY = 6.0, 0.75  # equal words in a row on average, unless so much is shared: formulas are short
_SHORT, _OF_SHORT = 75, 0.65  # words of a short report, which an official formula half fills, and share of it in a copy
_FEW, _WHOLE = 10, 0.8  # words of a copy, and share of both, where nearly all of both is shared
_PROMISING = 0.2  # of the shingles of the shorter text; with less there is nothing to find
_LEAD, _OF_LEAD = 20, 0.5  # words of a beginning, and how much of it is shared where it counts as shared
_OTHER_FACTS, _OTHER_CHANGES = 0.4, 0.34  # facts that differ: of all facts, of all changes
_SEVERAL = 2  # facts that differ, from which on they are no slips
_BETWEEN = 40  # words between two passages in which the people may be others
_DAY = 2  # words beside one that differs which may tell its day
_BESIDE = 10  # words read on both sides of one that differs
_HINTS = ((NUMBER_WORD, NUMBER), (DAY_WORD, DAY), (PLACE_WORD, PLACE))
_NUMBERS = 2  # different numbers in each report from which on it tells something that they have none in common


class Words:
    """The words of a report with what is needed to compare them; made once for each report.

    Attributes:
        document: the report.
        read: whether it is in a language that is read.
        forms, hashes: folded words and numbers, and their hashes.
        shingles: of three words each.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.read = is_read(document)
        self.forms = word_forms(document.text)
        self.hashes = word_hashes(self.forms)
        self.shingles = shingles(self.hashes)

    @cached_property
    def shingle_set(self) -> frozenset[int]:
        """The different shingles."""
        return frozenset(self.shingles)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words without joined letters."""
        return frozenset(map(stem, self.forms))

    @cached_property
    def spans(self) -> WordPlaces:
        """Of each word, half-open code point offsets in the text; only needed where passages are found."""
        return WordPlaces(self.document.text)

    @cached_property
    def facts(self) -> list[Fact]:
        """Its numbers, days and places; only looked for where those of single words that differ do not suffice."""
        return facts(Text(self.document.text), self.document)

    def facts_in(self, start: int, end: int) -> list[Fact]:
        """The facts that touch a half-open range of code points."""
        return [f for f in self.facts if f.start < end and start < f.end]

    def facts_near(self, words: tuple[int, int], kinds: Container[str]) -> list[Fact]:
        """The facts of some kinds that touch a half-open range of words, read from the words around it alone."""
        first, end = self.source(words)
        start, stop = self.source((max(0, words[0] - _BESIDE), min(len(self.forms), words[1] + _BESIDE)))
        found = facts(Text(self.document.text[start:stop]), self.document, kinds)
        return [
            replace(f, start=f.start + start, end=f.end + start) for f in found if f.start + start < end and first < f.end + start
        ]

    def source(self, words: tuple[int, int]) -> tuple[int, int]:
        """Half-open code point offsets of a half-open range of words; of an empty one, the place before its first word."""
        first, end = words
        if first < end:
            return self.spans[first][0], self.spans[end - 1][1]
        at = self.spans[first][0] if first < len(self.spans) else len(self.document.text)
        return at, at


@dataclass(frozen=True, slots=True)
class Change:
    """Words that differ within a shared passage.

    Attributes:
        one, other: half-open code point offsets in the texts; one of them may be empty.
        fact: what both tell otherwise, ``number``, ``day``, ``place`` or ``person``; the empty string where it is wording.
    """

    one: tuple[int, int]
    other: tuple[int, int]
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two reports have in common.

    Attributes:
        kind: ``copy``, ``pattern``, ``passages``, or the empty string where they have little in common.
        equal: how many words they share in passages.
        one_words, other_words: how many words they have.
        one_spans, other_spans: the passages as half-open code point offsets, in the order of the one text.
        changes: what differs within the passages, of copies and patterns.
        why: of a pattern, which facts are others, in words; or the empty string.
    """

    kind: str
    equal: int
    one_words: int
    other_words: int
    one_spans: tuple[tuple[int, int], ...] = ()
    other_spans: tuple[tuple[int, int], ...] = ()
    changes: tuple[Change, ...] = ()
    why: str = ""

    @property
    def share(self) -> float:
        """How much of the shorter one stands in the longer one, from 0 to 1."""
        return self.equal / max(1, min(self.one_words, self.other_words))


def compare(one: Words, other: Words) -> Likeness:
    """Compare two reports; the same whichever comes first, but for the order of what is told of each."""
    sizes = len(one.forms), len(other.forms)
    if (sizes[1], other.document.text) < (sizes[0], one.document.text):
        return _turned(compare(other, one))
    nothing = Likeness("", 0, *sizes)
    languages = {d.language for d in (one.document, other.document) if d.language}
    fewer = min(len(one.shingle_set), len(other.shingle_set))
    if len(languages) > 1 or not fewer or len(one.shingle_set & other.shingle_set) < _PROMISING * fewer:
        return nothing
    passages = align(one.hashes, other.hashes, one.shingles, other.shingles)
    equal = sum(p.equal for p in passages)
    share, of_larger = equal / min(sizes), equal / max(sizes)
    whole = of_larger >= _WHOLE and equal >= _FEW
    if not whole and (share < _SHARED or equal < _LEAST):
        return nothing
    kind, why, changes = "passages", "", tuple[Change, ...]()
    if whole or _copied(one, other, passages, share, of_larger):
        if one.read and other.read:
            learn([form for p in passages for form in _differing(one, other, p)])
        changes = tuple(c for p in passages for c in _changes(one, other, p))
        why = _other_event(one, other, passages, changes) if equal < max(sizes) else ""
        kind = "pattern" if why else "copy"
    return Likeness(
        kind, equal, *sizes, tuple(one.source(p.one) for p in passages), tuple(other.source(p.other) for p in passages),
        changes, why,
    )  # fmt: skip


def _turned(found: Likeness) -> Likeness:
    """The same seen from the other report."""
    spans = sorted(zip(found.other_spans, found.one_spans, strict=True))
    changes = sorted((Change(c.other, c.one, c.fact) for c in found.changes), key=lambda c: (c.one, c.other))
    return Likeness(
        found.kind, found.equal, found.other_words, found.one_words, tuple(a for a, _ in spans), tuple(b for _, b in spans),
        tuple(changes), found.why,
    )  # fmt: skip


def _copied(one: Words, other: Words, passages: Sequence[Passage], share: float, of_larger: float) -> bool:
    """Whether so much is shared, and in such a way, that one report was made from the other or both from a third."""
    runs = [run.length for p in passages for run in p.runs]
    if share < _SURELY and sum(runs) < _RUN * len(runs):
        return False
    if share < _OF_SHORT and min(len(one.forms), len(other.forms)) < _SHORT:
        return False
    begun = [p for p in passages if p.one[0] < _LEAD and p.other[0] < _LEAD]
    if _lead([p.one for p in begun], one) and _lead([p.other for p in begun], other):
        return of_larger >= _BEGUN
    again = 0.0
    if _one_publisher(one, other):
        again = _AGAIN if one.document.published == other.document.published else _AGAIN_LATER
    return of_larger >= _OF_LARGER and share >= again


def _lead(ranges: Sequence[tuple[int, int]], report: Words) -> bool:
    """Whether ranges of words cover the beginning of a report."""
    lead = min(_LEAD, len(report.forms))
    return sum(max(0, min(end, lead) - first) for first, end in ranges) >= _OF_LEAD * lead


def _one_publisher(one: Words, other: Words) -> bool:
    first, second = one.document.publisher, other.document.publisher
    return bool(first and second) and telling(first or "") == telling(second or "")


def _differing(one: Words, other: Words, passage: Passage) -> Iterator[str]:
    """The words between the stretches of a passage."""
    for before, after in pairwise(passage.runs):
        yield from one.forms[before.one + before.length : after.one]
        yield from other.forms[before.other + before.length : after.other]


def _changes(one: Words, other: Words, passage: Passage) -> Iterator[Change]:
    """What differs between the stretches of a passage."""
    for before, after in pairwise(passage.runs):
        first, second = before.one + before.length, before.other + before.length
        left = [stem(f) for f in one.forms[first : after.one]]
        right = [stem(f) for f in other.forms[second : after.other]]
        for tag, a, b, c, d in _opcodes(left, right):
            if tag != "equal":
                here, there = (first + a, first + b), (second + c, second + d)
                told = _told_otherwise(one, here, other, there) if tag == "replace" else ""
                yield Change(one.source(here), other.source(there), told)


def _opcodes(left: list[str], right: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """How one stretch of words becomes another; most stretches are short and need no search."""
    if len(left) == 1 == len(right) or not left or not right:
        if left == right:
            return [("equal", 0, len(left), 0, len(right))] if left else []
        return [("replace" if left and right else "delete" if left else "insert", 0, len(left), 0, len(right))]
    return SequenceMatcher(None, left, right, False).get_opcodes()


def _told_otherwise(one: Words, here: tuple[int, int], other: Words, there: tuple[int, int]) -> str:
    """The kind of fact that two ranges of words tell otherwise, or the empty string."""
    if not (one.read and other.read):
        return differ(one.facts_in(*one.source(here)), other.facts_in(*other.source(there)))
    # The words of a day that count from two days are no more the same one.
    around = 0 if one.document.published == other.document.published else _DAY
    both = hints(one.forms, *here, around) & hints(other.forms, *there, around)
    kinds = [kind for hint, kind in _HINTS if both & hint]
    left = one.facts_near(here, kinds) if kinds else []
    if left and (told := differ(left, other.facts_near(there, kinds), kinds)):
        return told
    return PERSON if _other_people(one, here, other, there) else ""


def _other_people(one: Words, here: tuple[int, int], other: Words, there: tuple[int, int]) -> bool:
    """Whether two ranges of words name different people: half the words of each name or more are not in the other report at all."""
    left = people(one.forms, *here)
    right = people(other.forms, *there) if left else left
    if not right:
        return False
    return len(left - other.stems) * 2 >= len(left) and len(right - one.stems) * 2 >= len(right)


def _between(one: Words, other: Words, passages: Sequence[Passage]) -> bool:
    """Whether other people stand between two passages that follow each other in both reports."""
    for before, after in pairwise(passages):
        here, there = (before.one[1], after.one[0]), (before.other[1], after.other[0])
        if all(0 < end - first <= _BETWEEN for first, end in (here, there)) and _other_people(one, here, other, there):
            return True
    return False


def _other_event(one: Words, other: Words, passages: Sequence[Passage], changes: Sequence[Change]) -> str:
    """Why passages tell of two events, or of one twice: a number, the lead or several facts differ, or too much of all that does."""
    differing = {c.fact for c in changes if c.fact}
    if differing:
        number = sum(bool(c.fact) for c in changes)
        lead = one.source((0, min(_LEAD, len(one.forms))))[1]
        if NUMBER in differing or number >= _SEVERAL or any(c.fact and c.one[0] < lead for c in changes):
            return _another(differing)
        shared = [one.source(p.one) for p in passages]
        told = sum(any(a <= f.start and f.end <= b for a, b in shared) for f in one.facts)
        if number >= _OTHER_CHANGES * len(changes) or number >= _OTHER_FACTS * max(told, number):
            return _another(differing)
    if one.read and other.read:
        if _between(one, other, passages):
            return _another({PERSON})
        if one.document.published == other.document.published and _facts_in_common(one, passages):
            return ""
    # Also between the passages: reports after one pattern leave the day and the numbers to what is not the pattern.
    here, there = _around(one, [p.one for p in passages]), _around(other, [p.other for p in passages])
    apart = differ(here, there, (DAY,)) or differ(here, there, (NUMBER,), _NUMBERS)
    if not apart or {_text(one, f) for f in here if f.kind == apart} & {_text(other, f) for f in there if f.kind == apart}:
        return ""
    return f"another {apart}"


def _another(kinds: set[str]) -> str:
    return "another " + ", another ".join(sorted(kinds))


def _facts_in_common(one: Words, passages: Sequence[Passage]) -> bool:
    """Whether equal words tell a day and a number: then neither can be another."""
    day = number = False
    for passage in passages:
        for run in passage.runs:
            for form, hint in tells(one.forms[run.one : run.one + run.length]):
                if hint & DAY_WORD and not hint & NUMBER_WORD:
                    day = True
                elif hint & NUMBER_WORD and not form.isdigit():
                    number = True
                if day and number:
                    return True
    return False


def _around(report: Words, ranges: Sequence[tuple[int, int]]) -> list[Fact]:
    """The facts from the first to the last of some ranges of words."""
    start, end = report.source((min(first for first, _ in ranges), max(last for _, last in ranges)))
    return report.facts_in(start, end)


def _text(report: Words, fact: Fact) -> str:
    return fold(report.document.text[fact.start : fact.end])
