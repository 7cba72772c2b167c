"""Marking: spans of evidence, which may overlap, as a row of segments that do not.

Equal spans of one kind of slot are one mark, whatever claims they serve. Marks that overlap get different lanes, so that
a page can draw each at a height of its own all along.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Mark", "Segment", "marks_of", "segments"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch.

    Attributes:
        start, end: half-open code point offsets.
        kind: the kind of slot.
        keys: the values that the stretch is evidence of, in order.
        lane: height at which it is drawn; no two marks of one lane overlap.
    """

    start: int
    end: int
    kind: str
    keys: tuple[str, ...]
    lane: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch under the same marks from end to end; ``marks`` the widest first, empty for plain text."""

    start: int
    end: int
    marks: tuple[Mark, ...] = ()


def marks_of(spans: Iterable[tuple[int, int, str, str]], length: int) -> list[Mark]:
    """The marks of spans (start, end, kind, key) in a text of a length, by their start, the widest first.

    Spans that are empty or reach out of the text are passed over: a page must not break on a wrong record.
    """
    keys: dict[tuple[int, int, str], list[str]] = {}
    for start, end, kind, key in spans:
        if 0 <= start < end <= length:
            keys.setdefault((start, end, kind), []).append(key)
    marks: list[Mark] = []
    free: list[int] = []
    for (start, end, kind), found in sorted(keys.items(), key=lambda item: (item[0][0], -item[0][1], item[0][2])):
        lane = next((n for n, until in enumerate(free) if until <= start), len(free))
        free[lane : lane + 1] = [end]
        marks.append(Mark(start, end, kind, tuple(dict.fromkeys(found)), lane))
    return marks


def segments(marks: list[Mark], length: int) -> list[Segment]:
    """The whole text from 0 to its length, cut wherever a mark begins or ends.

    Args:
        marks: sorted as by :func:`marks_of`.
        length: of the text, in code points.
    """
    cuts = sorted({0, length, *(m.start for m in marks), *(m.end for m in marks)})
    row: list[Segment] = []
    active: list[Mark] = []
    following = 0
    for start, end in pairwise(cuts):
        active = [m for m in active if m.end > start]
        while following < len(marks) and marks[following].start <= start:
            active.append(marks[following])
            following += 1
        row.append(Segment(start, end, tuple(sorted(active, key=lambda m: (m.start - m.end, m.start, m.kind)))))
    return row
