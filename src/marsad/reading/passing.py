"""Places told in passing: what only says where another place lies, where somebody was going, or whose office somebody holds.

"In the town of X bordering on Y", "they fled towards Y" and "the governor of Y" put no event at Y while another place is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from marsad.reading.cores import cores_of
from marsad.reading.placemention import PlaceMention
from marsad.reading.places import ResolvedPlace
from marsad.reading.placewords import place_words
from marsad.text.tokens import Text

__all__ = ["in_passing", "passing_places"]

_MARKS = frozenset("\"'«“‘([‹#")
_LINKS = 3  # tokens of bearings and prepositions between a place and the word that makes it told in passing
_WAY = 8  # tokens back to the word for a way that leads to a place


def passing_places(
    text: Text, places: Sequence[ResolvedPlace], side_by_side: Callable[[PlaceMention, PlaceMention], bool], language: str
) -> frozenset[int]:
    """First tokens of the places that are told in passing only, with what contains them and those side by side with them.

    Args:
        text: the text.
        places: those that it names, in its order.
        side_by_side: whether two of them stand next to each other in one series.
        language: code of the language pack.
    """
    found: set[int] = set()
    before: PlaceMention | None = None
    for place in places:
        mention = place.mention
        if in_passing(text, mention, language) or (
            before is not None and before.first in found and (mention.opening == before.last + 1 or side_by_side(before, mention))
        ):
            found.add(mention.first)
        if mention.first in found and place.container >= 0:
            found.add(places[place.container].mention.first)
        before = mention
    return frozenset(found)


def in_passing(text: Text, mention: PlaceMention, language: str) -> bool:
    """Whether the words before a place tell it in passing only.

    Args:
        text: the text.
        mention: a place in it.
        language: code of the language pack.
    """
    words, cores = place_words(language), cores_of(language)
    roles, forms = words.roles, text.forms
    links = roles["bearing"] | roles["near"] | roles["in"] | roles["of"]
    opening = mention.opening
    at = opening - 1
    while at >= 0 and forms[at] in _MARKS:
        at -= 1
    begin, led = at, bool(forms[opening].startswith(tuple(roles["to"])))
    while at >= 0 and begin - at < _LINKS and forms[at] in links:
        led = led or forms[at] in roles["toward"] or forms[at] in roles["course"]
        at -= 1
    if at < 0 or text.tokens[at].sentence != text.tokens[opening].sentence:
        return False
    core = cores[forms[at]]
    if core in roles["beside"] and words.article in forms[at][:3]:
        return True
    if at == begin and (
        core in roles["office"] or (core in roles["office_of"] and at and cores[forms[at - 1]] in roles["officer"])
    ):
        return True
    if not led:
        return False
    for index in range(at, max(-1, at - _WAY), -1):
        token = text.tokens[index]
        if token.kind != "w" or token.sentence != text.tokens[opening].sentence:
            return False
        if cores[forms[index]] in roles["bound"]:
            return True
    return False
