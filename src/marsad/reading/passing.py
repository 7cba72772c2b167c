"""Places told in passing: what only says where another place lies, where somebody was going, or whose office somebody holds.

"In the town of X bordering on Y", "they fled towards Y" and "the governor of Y" put no event at Y while another place is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.lookup import Lookup
from marsad.reading.placemention import PlaceMention
from marsad.reading.placerank import SETTLED
from marsad.reading.places import ResolvedPlace
from marsad.reading.placewords import place_words
from marsad.text.tokens import Text

__all__ = ["led_by_whole", "passing_places"]

_ROLES = ("beside", "bound", "coming", "example", "office", "office_of", "officer")
_MARKS = frozenset("\"'«“‘([‹#")
_LINKS = 3  # tokens of bearings and prepositions between a place and the word that makes it told in passing
_AMID = _MARKS | frozenset("،,»”)")  # marks between a place and the words that tell where it lies
_LYING = 5  # words from there to the place that tells it
_EXAMPLE = 3  # words back to "among them"
_ARTICLE = 3  # letters within which the article of a word stands, behind one that is joined to it
_CARGO = 2  # tokens back from "from" to a word for coming ("the smuggling of arms from X")
_WAY = 8  # tokens back to the word for a way that leads to a place


def passing_places(
    text: Text,
    places: Sequence[ResolvedPlace],
    sites: Collection[int],
    side_by_side: Callable[[PlaceMention, PlaceMention], bool],
    language: str,
) -> frozenset[int]:
    """First tokens of the places that are told in passing only, with what contains them and those side by side with them.

    Args:
        text: the text.
        places: those that it names, in its order.
        sites: tokens of the nouns for buildings and the like that were hit: the house of a village's head is in the village.
        side_by_side: whether two of them stand next to each other in one series.
        language: code of the language pack.
    """
    words = _words(language)
    found: set[int] = set()
    before: ResolvedPlace | None = None
    for place in places:
        mention = place.mention
        past = before.mention if before is not None and before.mention.first in found else None
        if (
            words.passes(text, mention, sites if place.place.kind in SETTLED else ())
            or (past is not None and (_goes_on(past, mention, side_by_side) or words.sent(text, past, mention)))
            or (before is not None and words.lies(text, before.mention, mention))
            or (before is not None and words.example(text, before.mention, mention) and before.place.name in place.place.within)
        ):
            found.add(mention.first)
        if mention.first in found and place.container >= 0:
            found.add(places[place.container].mention.first)
        before = place
    return frozenset(found)


def led_by_whole(text: Text, mention: PlaceMention, language: str) -> bool:
    """Whether a place is added as that of all that its sentence told before ("..., and that in X")."""
    roles, at = place_words(language).roles, mention.opening - 1
    while at > 0 and text.forms[at] in roles["in"]:
        at -= 1
    return at > 0 and text.forms[at] in roles["whole"] and text.tokens[at].sentence == text.tokens[mention.opening].sentence


def _goes_on(before: PlaceMention, mention: PlaceMention, side_by_side: Callable[[PlaceMention, PlaceMention], bool]) -> bool:
    """Whether a place goes on with the one before it, right behind it or in a series."""
    return mention.opening == before.last + 1 or side_by_side(before, mention)


class _Words:
    """The words that tell a place in passing, of one language.

    Attributes:
        said: the roles of a folded form among ``_ROLES``, with letters joined to it or without.
    """

    def __init__(self, language: str) -> None:
        self.words = place_words(language)
        roles = self.words.roles
        self._roles = [(role, roles[role]) for role in _ROLES]
        self.links = roles["bearing"] | roles["near"] | roles["in"] | roles["of"]
        self.between = roles["between"]
        self.ways = roles["toward"] | roles["course"]
        self.to, self.of = tuple(roles["to"]), tuple(roles["of"])
        self.said = Lookup(self._said)

    def _said(self, form: str) -> frozenset[str]:
        bases = {form}.union(*[(c.core, c.listed) for c in splits(form, self.words.language, enclitics=False)])
        return frozenset(role for role, forms in self._roles if not forms.isdisjoint(bases))

    def passes(self, text: Text, mention: PlaceMention, sites: Collection[int]) -> bool:
        """Whether the words before a place tell it in passing only."""
        forms, opening = text.forms, mention.opening
        at = opening - 1
        while at >= 0 and forms[at] in _MARKS:
            at -= 1
        begin, led = at, forms[opening].startswith(self.to)
        while at >= 0 and begin - at < _LINKS and forms[at] in self.links:
            led = led or forms[at] in self.ways
            at -= 1
        if at < 0 or text.tokens[at].sentence != text.tokens[opening].sentence:
            return False
        said = self.said[forms[at]]
        if "beside" in said and self.words.article in forms[at][:_ARTICLE]:
            return True
        if at == begin and said and ("office" in said or ("office_of" in said and at and "officer" in self.said[forms[at - 1]])):
            return at - 1 not in sites
        if forms[begin] in self.of and any(
            "coming" in self.said[forms[at]] for at in range(begin - 1, max(-1, begin - 1 - _CARGO), -1)
        ):
            return True
        if not led:
            return False
        for index in range(at, max(-1, at - _WAY), -1):
            token = text.tokens[index]
            if token.kind != "w" or token.sentence != text.tokens[opening].sentence:
                return False
            if "bound" in self.said[forms[index]]:
                return True
        return False

    def sent(self, text: Text, before: PlaceMention, mention: PlaceMention) -> bool:
        """Whether a place is that of whose office the one before it tells ("the ambassador of X in Y")."""
        at = before.opening - 1
        return (
            before.last + 2 == mention.opening
            and text.forms[before.last + 1] in self.words.roles["in"]
            and at >= 0
            and "office" in self.said[text.forms[at]]
        )

    def lies(self, text: Text, before: PlaceMention, mention: PlaceMention) -> bool:
        """Whether a place only tells where the one right before it lies ("X, which lies in the suburbs of Y", "X lying between Y and Z")."""
        between = [form for form in text.forms[before.last + 1 : mention.opening] if form not in _AMID]
        return (
            text.tokens[before.last].sentence == text.tokens[mention.opening].sentence
            and 0 < len(between) <= _LYING
            and between[0] in self.words.roles["lies"]
            and (
                between[1:2]
                and between[1] in self.between  # an unlisted name may stand behind it
                or all(form in self.links or self.words.classes(form) for form in between[1:])
            )
        )

    def example(self, text: Text, before: PlaceMention, mention: PlaceMention) -> bool:
        """Whether a place is told as one of several in the one before it ("in parts of Y, among them X"; not "five of them in X")."""
        tokens, opening = text.tokens, mention.opening
        if tokens[before.last].sentence != tokens[opening].sentence:
            return False
        index, left = opening - 1, _EXAMPLE
        while index > before.last and left:
            token = tokens[index]
            if token.kind == "w" and "example" in self.said[token.form]:
                return tokens[index - 1].kind == "p" or not token.form.startswith(self.of)
            if token.kind == "p" and token.form not in _MARKS:
                return False
            left -= token.kind != "p"
            index -= 1
        return False


@lru_cache(maxsize=4)
def _words(language: str) -> _Words:
    return _Words(language)
