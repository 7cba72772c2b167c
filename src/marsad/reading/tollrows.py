"""Rows: lines of a list that open with a place and a colon and tell a toll ("Bodai: nine dead and fourteen wounded").

Each is of what the list is headed by ("the raids led to:"), at a place of its own. The name of a village that no gazetteer has is
believed there, as the lines beside it open with known ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from marsad.reading.people import words_of
from marsad.record import record
from marsad.text.tokens import Text

__all__ = ["Row", "rows_of"]

_MARKS = frozenset(":-–—")  # what parts the name from the toll
_NAME = 4  # words of a name
_TOLL = 6  # tokens from the mark to a noun for people who came to harm
_FEWEST = 2  # rows that make a list
_HARM = frozenset({"killed", "injured", "missing"})


@record(frozen=True, slots=True)
class Row:
    """A line of a list of tolls.

    Attributes:
        first, last: tokens of the name that it opens with, both included; end: token behind the line.
    """

    first: int
    last: int
    end: int


def rows_of(text: Text, language: str = "ar") -> list[Row]:
    """The rows of a text, in order: lines that open with a name and a colon and tell a toll, at least two of them in a row."""
    if _MARKS.isdisjoint(text.forms):
        return []
    found = {number: row for number, span in enumerate(text.sentences) if (row := _row(text, *span, language)) is not None}
    listed = {n for one, other in pairwise(found) if other - one == 1 for n in (one, other)}
    rows = [row for number, row in found.items() if number in listed]
    return rows if len(rows) >= _FEWEST else []


def _row(text: Text, begin: int, end: int, language: str) -> Row | None:
    first, tokens = begin, text.tokens
    while first < end and tokens[first].kind in "bp":
        first += 1
    colon = first
    while colon < end and tokens[colon].kind == "w":
        colon += 1
    if not 0 < colon - first <= _NAME or colon >= end or tokens[colon].form not in _MARKS:
        return None
    return Row(first, colon - 1, end) if _told(text.forms[colon + 1 : min(end, colon + 1 + _TOLL)], language) else None


def _told(forms: Sequence[str], language: str) -> bool:
    """Whether words tell of people who came to harm."""
    words = words_of(language)
    nouns = (words.noun(form) for form in forms)
    return any(noun is not None and noun.kind in _HARM for noun in nouns)
