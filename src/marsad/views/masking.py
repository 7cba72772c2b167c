"""Masking: texts without the names of people in them, and the passages of a text that are hard to look at.

Nothing is cut: a masked text has the length of the other, so that offsets hold in both. Names are known by given names
(``packs/ar/given_names.tsv``, ``masked_names.tsv``); a name that has none of them, and names in other scripts, stay. It protects those whose names stand in
reports from who looks over a shoulder; it makes no text fit to be given out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from marsad.lexicon.table import read_table
from marsad.syndication.hints import name_ranges
from marsad.text.fold import fold
from marsad.text.tokens import Text, WordPlaces, word_forms

__all__ = ["MASK", "graphic_spans", "masked", "name_spans"]

MASK = "•"
_LETTER = re.compile(r"\w")
_PACK = "ar"


def name_spans(text: str) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the names of people in a text, in order."""
    places = WordPlaces(text)
    for first, end in name_ranges(word_forms(text), _further()):
        yield places[first][0], places[end - 1][1]


def masked(text: str) -> str:
    """A text with a dot in place of each letter of the names of people; as long as before."""
    parts, end = [], 0
    for start, stop in name_spans(text):
        parts += [text[end:start], _LETTER.sub(MASK, text[start:stop])]
        end = stop
    return "".join((*parts, text[end:])) if parts else text


@cache
def _further() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in read_table(f"{_PACK}/masked_names.tsv"))


@cache
def _graphic() -> frozenset[str]:
    return frozenset(fold(row["form"]) for row in read_table(f"{_PACK}/graphic_words.tsv"))


def graphic_spans(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences that describe what was done to bodies, in order; those side by side are one passage."""
    read = Text(text)
    found: list[tuple[int, int]] = []
    for first, end in read.sentences:
        if not any(read.forms[n] in _graphic() for n in range(first, end)):
            continue
        start, stop = read.tokens[first].start, read.tokens[end - 1].end
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
    return found
