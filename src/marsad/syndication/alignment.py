"""Alignment: the passages that two texts share, word by word, in whatever order they stand.

Stretches of three equal words or more are found by their shingles and made as long as they are; stretches that follow each other
in both texts with few other words between are one passage. Costs grow with the sum of the lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.syndication.shingles import WIDTH

__all__ = ["Passage", "Run", "align"]

_GAP = 8  # words between two stretches of a passage, in each text
_LEAST = 8  # equal words in a passage; less is a formula
_TRIED = 6  # places of a shingle that are tried


@dataclass(frozen=True, slots=True)
class Run:
    """Equal words: the first word in each text and how many."""

    one: int
    other: int
    length: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Stretches of equal words that follow each other in both texts; what lies between differs."""

    runs: tuple[Run, ...]

    @property
    def equal(self) -> int:
        """How many words are equal."""
        return sum(run.length for run in self.runs)

    @property
    def one(self) -> tuple[int, int]:
        """Half-open range of words in the one text."""
        return self.runs[0].one, self.runs[-1].one + self.runs[-1].length

    @property
    def other(self) -> tuple[int, int]:
        """Half-open range of words in the other text."""
        return self.runs[0].other, self.runs[-1].other + self.runs[-1].length


def align(one: Sequence[int], other: Sequence[int], one_shingles: Sequence[int], other_shingles: Sequence[int]) -> list[Passage]:
    """The passages that two texts share, in the order of the one; in the other they may stand in another order.

    Args:
        one, other: hashes of the words.
        one_shingles, other_shingles: shingles of them.
    """
    places: dict[int, list[int]] = {}
    for place, value in enumerate(other_shingles):
        there = places.setdefault(value, [])
        if len(there) < _TRIED:
            there.append(place)
    passages: list[Passage] = []
    chained: list[Run] = []
    at, end = 0, len(one_shingles)
    used = bytearray(len(other))
    while at < end:
        run = _longest(one, other, at, places.get(one_shingles[at], ()), chained[-1] if chained else None, used)
        if run is None:
            at += 1
            continue
        if chained and not _follows(chained[-1], run):
            passages.append(Passage(tuple(chained)))
            chained = []
        chained.append(run)
        used[run.other : run.other + run.length] = b"\x01" * run.length
        at = run.one + run.length
    if chained:
        passages.append(Passage(tuple(chained)))
    return [p for p in passages if p.equal >= _LEAST]


def _longest(
    one: Sequence[int], other: Sequence[int], at: int, places: Sequence[int], last: Run | None, used: bytearray
) -> Run | None:
    """The longest stretch of equal words from a word on; one that goes on with the passage before any other."""
    best: Run | None = None
    for place in places:
        length, most = 0, min(len(one) - at, len(other) - place)
        while length < most and one[at + length] == other[place + length] and not used[place + length]:
            length += 1
        if length < WIDTH:
            continue
        run = Run(at, place, length)
        if last is not None and _follows(last, run):
            return run
        if best is None or length > best.length:
            best = run
    return best


def _follows(before: Run, run: Run) -> bool:
    first, second = run.one - before.one - before.length, run.other - before.other - before.length
    return 0 <= first <= _GAP and 0 <= second <= _GAP
