"""Passages: the sentences of a report in which the evidence of a value stands, cut to what is needed to judge it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from marsad.model import Evidence
from marsad.text.tokens import Text

__all__ = ["Passage", "Passages"]

# Characters shown before and after the evidence: about a line of a terminal together.
_WINDOW = 48


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text with the evidence in it.

    Attributes:
        start, end: half-open code point offsets into the text.
        spans: evidence in it, sorted, not overlapping, with offsets into the text.
        cut_before, cut_after: whether the sentence goes on before or after the stretch.
    """

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False


class Passages:
    """The sentences of one report; made once, asked for each value."""

    def __init__(self, source: str) -> None:
        self._source = source
        text = Text(source)
        self._ranges = [(text.tokens[a].start, text.tokens[b - 1].end) for a, b in text.sentences if a < b]
        self._starts = [start for start, _ in self._ranges]

    def of(self, evidence: Iterable[Evidence]) -> list[Passage]:
        """One passage for each sentence with evidence in it, in order."""
        groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for span in _merged(evidence):
            groups.setdefault(self._around(*span), []).append(span)
        return [self._cut(start, end, spans) for (start, end), spans in groups.items()]

    def _around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence of the first word, prolonged to that of the last, without blanks at the edges."""
        if not self._ranges:
            return start, end
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, end - 1) - 1)
        begin = min(start, self._ranges[first][0])
        stop = max(end, self._ranges[last][1])
        while begin < start and self._source[begin].isspace():
            begin += 1
        while stop > end and self._source[stop - 1].isspace():
            stop -= 1
        return begin, stop

    def _cut(self, start: int, end: int, spans: list[tuple[int, int]]) -> Passage:
        first = self._word_start(max(start, spans[0][0] - _WINDOW), spans[0][0]) if spans[0][0] - start > _WINDOW else start
        last = self._word_end(min(end, spans[-1][1] + _WINDOW), spans[-1][1]) if end - spans[-1][1] > _WINDOW else end
        return Passage(first, last, tuple(spans), first > start, last < end)

    def _word_start(self, at: int, limit: int) -> int:
        blank = self._source.find(" ", at, limit)
        return blank + 1 if blank >= 0 else at

    def _word_end(self, at: int, limit: int) -> int:
        blank = self._source.rfind(" ", limit, at)
        return blank if blank >= 0 else at


def _merged(evidence: Iterable[Evidence]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((e.start, e.end) for e in evidence):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
