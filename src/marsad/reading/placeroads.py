"""Roads that are named by both places that they join ("the road Damascus - Beirut", "the road of Baghdad Kirkuk")."""

from __future__ import annotations

from marsad.gazetteer import Entry
from marsad.reading.placeforms import PlaceForms, prominent
from marsad.text.tokens import Text

__all__ = ["far_end"]


def far_end(forms: PlaceForms, text: Text, last: int) -> tuple[int, tuple[Entry, ...]]:
    """The place to which a road goes that is named by the place up to a token: its last token (-1 where none is told), candidates.

    Behind a dash it is any name or unknown word; right behind the first it is a great or prominent place.
    """
    tokens, index = text.tokens, last + 1
    while index < len(tokens) and tokens[index].form in forms.words.roles["dash"]:
        index += 1
    if index >= len(tokens) or tokens[index].kind != "w":
        return -1, ()
    dashed = index > last + 1
    known = forms.match(text, index, cut_allowed=False)
    if known is not None:
        named = known[2] not in forms.words.homographs and any(map(prominent, known[3]))
        return (known[0], known[3]) if dashed or named else (-1, ())
    return (index if dashed and forms.unknown(tokens[index].form) else -1), ()
