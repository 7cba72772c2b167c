"""Alignment: the passages that two texts share, word by word, in whatever order they stand.

Stretches of three equal words or more are found by their shingles and made as long as they are; stretches that follow each other
in both texts with few other words between are one passage. Costs grow with the sum of the lengths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marsad.syndication.shingles import WIDTH

__all__ = ["Passage", "Run", "align"]

_SURE = 6  # equal words that are looked for before shorter stretches
_GAP = 8  # words between two stretches of a passage, in each text
_LEAST = 8  # equal words in a passage; less is a formula
_TRIED = 6  # places of a shingle that are tried
_STEP = 16  # words compared at once


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
    # The first place of each shingle, and all of those with several: few have.
    first = dict(zip(reversed(other_shingles), range(len(other_shingles) - 1, -1, -1), strict=True))
    several: dict[int, list[int]] = {}
    if len(first) < len(other_shingles):
        for place, value in enumerate(other_shingles):
            if first[value] != place:
                there = several.setdefault(value, [first[value]])
                if len(there) < _TRIED:
                    there.append(place)
    used = bytearray(len(other))
    # Long stretches first, so that a phrase which stands in several places does not take a part of one away.
    runs: list[Run] = []
    for least in (_SURE, WIDTH):
        found: list[Run] = []
        at = 0
        for run in (*runs, Run(len(one), 0, 0)):
            last = found[-1] if found else None
            while at < min(run.one, len(one_shingles)):
                value = one_shingles[at]
                if value not in first:
                    at += 1
                    continue
                there = several[value] if value in several else [first[value]]
                new = _longest(one, other, at, run.one, there, last, used, least)
                if new is None:
                    at += 1
                    continue
                found.append(new)
                last = new
                used[new.other : new.other + new.length] = b"\x01" * new.length
                at += new.length
            if run.length:
                found.append(run)
                at = run.one + run.length
        runs = found
    return [p for p in _passages(runs) if p.equal >= _LEAST]


def _passages(runs: Sequence[Run]) -> Iterator[Passage]:
    chained: list[Run] = []
    for run in runs:
        if chained and not _follows(chained[-1], run):
            yield Passage(tuple(chained))
            chained = []
        chained.append(run)
    if chained:
        yield Passage(tuple(chained))


def _longest(
    one: Sequence[int],
    other: Sequence[int],
    at: int,
    until: int,
    places: Sequence[int],
    last: Run | None,
    used: bytearray,
    least: int,
) -> Run | None:
    """The longest stretch of equal words from a word on, up to another; one that goes on with the passage before others."""
    best, most_worth = None, 0
    for place in places:
        length, most = 0, min(until - at, len(other) - place)
        while (
            length + _STEP <= most
            and one[at + length : at + length + _STEP] == other[place + length : place + length + _STEP]
            and not any(used[place + length : place + length + _STEP])
        ):
            length += _STEP
        while length < most and one[at + length] == other[place + length] and not used[place + length]:
            length += 1
        if length < least:
            continue
        run = Run(at, place, length)
        worth = length + (_GAP if last is not None and _follows(last, run) else 0)
        if worth > most_worth:
            best, most_worth = run, worth
    return best


def _follows(before: Run, run: Run) -> bool:
    first, second = run.one - before.one - before.length, run.other - before.other - before.length
    return 0 <= first <= _GAP and 0 <= second <= _GAP
