"""Waters: seas, gulfs and straits, which lie in no country."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.placemention import PlaceMention
from marsad.reading.placewords import PlaceWords
from marsad.record import replace

__all__ = ["at_sea", "waters"]

_AREA = "area"


def at_sea(mention: PlaceMention, words: PlaceWords) -> bool:
    """Whether a name is one of a sea: it begins with a word for one, and no class word makes it a unit ("the state of Red Sea")."""
    head, _, rest = mention.form.partition(" ")
    return bool(rest) and mention.class_first < 0 and head in words.roles["sea"]


def waters(mentions: Sequence[PlaceMention], words: PlaceWords) -> list[PlaceMention]:
    """The mentions, those of seas without the units on land that are called after them."""
    found = list(mentions)
    for number, mention in enumerate(found):
        if at_sea(mention, words) and any(e.kind == _AREA for e in mention.candidates):
            afloat = tuple(e for e in mention.candidates if e.kind == _AREA)
            found[number] = replace(mention, kind=_AREA, candidates=afloat)
    return found
