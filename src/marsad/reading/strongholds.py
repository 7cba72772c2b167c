"""Strongholds: words that only describe a place by whose stronghold it is ("X, the last stronghold of the group").

Such words name no site that was hit, nor is the group the one that was: what is told is that it holds the place.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.reading.clauses import Clauses
from marsad.reading.places import ResolvedPlace
from marsad.reading.qualifiers import COMMAS
from marsad.reading.ways import lemmas_of
from marsad.text.tokens import Text

__all__ = ["SEAT", "seats"]

SEAT = frozenset({"seat"})  # type of the words in ``clauses.tsv``
_WAYS = ("leading", "peak", "from")  # ways of words that may stand between
_LEADING = 5  # tokens from a place to the word ("X, which is one of the chief strongholds of")


def seats(text: Text, clauses: Clauses, places: Iterable[ResolvedPlace], language: str) -> frozenset[int]:
    """The first tokens of words for a stronghold that describe the place named before them."""
    ends = {place.mention.last for place in places if place.mention.kind != "site"}
    leading = frozenset().union(*(lemmas_of(language, way) for way in _WAYS))
    found: set[int] = set()
    for first in clauses.marked(SEAT, 0, len(text.tokens)):
        at, least = first - 1, max(clauses.sentence(first)[0], first - _LEADING)
        while at > least and (text.forms[at] in leading or text.forms[at] in COMMAS):
            at -= 1
        if at in ends:
            found.add(first)
    return frozenset(found)
