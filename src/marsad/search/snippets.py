"""Snippets: the stretches of a text that show best why it was found, with the words that were looked for in it.

A highlight is a whole word as written, with the letters attached to it: a word cut in two would not be joined on a screen, and
reads badly in Arabic. Offsets are half open, in code points of the original text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.text.tokens import word_spans

__all__ = ["Highlight", "Snippet", "highlights", "snippet"]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A word or phrase that was looked for; ``sought`` says which of those that were."""

    start: int
    end: int
    sought: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text.

    Attributes:
        start, end: offsets into the text.
        highlights: in it, in order, not overlapping.
        cut_before, cut_after: whether the text goes on there.
    """

    start: int
    end: int
    highlights: tuple[Highlight, ...] = ()
    cut_before: bool = False
    cut_after: bool = False


def highlights(text: str, sought: Sequence[Sequence[frozenset[str]]]) -> list[Highlight]:
    """Where words and phrases stand in a text.

    Args:
        text: the text.
        sought: words and phrases: for each place the folded forms of which one must stand there.
    """
    wanted = frozenset[str]().union(*(place for row in sought for place in row))
    words = {at: (start, end, form) for at, start, end, form in word_spans(text, wanted)}
    found: list[Highlight] = []
    for at, (start, _, _) in words.items():
        for order, row in enumerate(sought):
            side = [words.get(at + step) for step in range(len(row))]
            if all(word is not None and word[2] in place for word, place in zip(side, row, strict=True)):
                found.append(Highlight(start, words[at + len(row) - 1][1], order))
    found.sort(key=lambda h: (h.start, -h.end))
    apart: list[Highlight] = []
    for highlight in found:
        if not apart or highlight.start >= apart[-1].end:
            apart.append(highlight)
    return apart


def snippet(text: str, found: Sequence[Highlight], width: int = 180) -> Snippet:
    """The stretch of about ``width`` characters with most of the words, the first of several such; the beginning where there is none."""
    if not found:
        end = _word_end(text, min(width, len(text)), 0)
        return Snippet(0, end, (), False, end < len(text.rstrip()))
    best, best_worth = 0, (0, 0)
    last = 0
    for first, highlight in enumerate(found):
        last = max(last, first)
        while last + 1 < len(found) and found[last + 1].end - highlight.start <= width * 2 // 3:
            last += 1
        inside = found[first : last + 1]
        worth = (len({h.sought for h in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = first, worth
    first = best
    inside = [
        h for h in found[first:] if h.end - found[first].start <= max(width * 2 // 3, found[first].end - found[first].start)
    ]
    low, high = inside[0].start, inside[-1].end
    spare = max(0, width - (high - low))
    start = _word_start(text, max(0, low - spare // 3), low)
    end = _word_end(text, min(len(text), high + spare - (low - start)), high)
    shown = tuple(h for h in found if start <= h.start and h.end <= end)
    return Snippet(start, end, shown, bool(text[:start].strip()), bool(text[end:].strip()))


def _word_start(text: str, at: int, limit: int) -> int:
    """The beginning of the first word at or behind an offset; a line that begins in between begins the snippet."""
    line = text.rfind("\n", at, limit)
    if line >= 0:
        at = line + 1
    elif at > 0:
        blank = text.find(" ", at, limit)
        at = blank + 1 if blank >= 0 else limit
    while at < limit and text[at].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    """The end of the last word before an offset."""
    if at < len(text) and not text[at].isspace():
        blanks = [text.rfind(blank, limit, at) for blank in " \n"]
        at = max(blanks) if max(blanks) >= limit and max(blanks) > 0 else at
    while at > limit and text[at - 1].isspace():
        at -= 1
    return at
