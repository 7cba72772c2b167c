"""Mentions: what a report names, looked up by where it stands in the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from marsad.reading.attribution import Attribution
from marsad.reading.cores import cores_of
from marsad.reading.dates import DateMention
from marsad.reading.harm import HarmMention
from marsad.reading.numbers import Quantity
from marsad.reading.parties import PartyMention
from marsad.reading.placemention import PlaceMention
from marsad.reading.places import ResolvedPlace
from marsad.reading.placewords import place_words
from marsad.reading.triggers import Trigger
from marsad.reading.ways import Ways

__all__ = ["MARKS", "Mentions"]

MARKS = frozenset("\"'«»“”")  # quotation marks, which part no series

# What stands for names, days and numbers where only the words of a language are to count.
_PLACE, _PARTY, _DAY, _NUMBER = "#place", "#party", "#day", "#number"
_OPENING = 2  # tokens of a sentence before the place that it opens with


class Mentions(Ways):
    """The mentions of one text, each list in the order of the text; they are looked up once the report has recognised them.

    Attributes:
        triggers: words that name events.
        places: places, each with its mention.
        parties: parties.
        harm: tellings of harm to people.
        dates: expressions for days.
        quantities: numbers.
        attributions: who says what.
        conjunction: the letter for "and" that is attached to a word.
    """

    triggers: list[Trigger]
    places: list[ResolvedPlace]
    parties: list[PartyMention]
    harm: list[HarmMention]
    attributions: list[Attribution]
    dates: list[DateMention]
    quantities: list[Quantity]
    conjunction: str
    _party_firsts: list[int]
    _speaker_firsts: list[int]
    _speaker_lasts: list[int]

    def bare_words(self, begin: int, end: int) -> list[str]:
        """Each word of a half-open token range without article and joined letters, marks, and nothing for breaks and the like; a sign for
        each token of the name of a place or party, of a day or a number."""
        cores, signs = cores_of(self.language), self._signs
        return [
            signs[t.index] if t.index in signs else cores[t.form] if t.kind == "w" else t.form if t.kind == "p" else ""
            for t in self.text.tokens[begin:end]
        ]

    @cached_property
    def _signs(self) -> dict[int, str]:
        """The sign of each token that counts as what it is and not by its word."""
        found = dict[int, str]()
        spans = [(q.first, q.last, _NUMBER) for q in self.quantities]
        spans += [(d.first, d.last, _DAY) for d in self.dates]
        spans += [(p.mention.first, p.mention.last, _PLACE) for p in self.places]
        spans += [(p.first, p.last, _PARTY) for p in self.parties if p.sort != "civilians"]
        for first, last, sign in spans:
            for index in range(first, last + 1):
                found[index] = sign
        return found

    @cached_property
    def _placed(self) -> list[int]:
        """First tokens of the places of events, sorted."""
        return sorted(p.mention.first for p in self.places if p.mention.event_place)

    @cached_property
    def _unpointed(self) -> list[int]:
        """First tokens of the places of events that are told without a bearing, sorted."""
        return sorted(p.mention.first for p in self.places if p.mention.event_place and not p.mention.bearing)

    def places_between(self, low: int, high: int) -> list[ResolvedPlace]:
        """The places whose first token lies in a half-open token range."""
        begin = bisect_left(self.places, low, key=_first_token)
        return self.places[begin : bisect_left(self.places, high, begin, key=_first_token)]

    def place_between(self, low: int, high: int) -> bool:
        """Whether a place is named between two tokens."""
        at = bisect_right(self._placed, low)
        return at < len(self._placed) and self._placed[at] < high

    def opens_with(self, place: ResolvedPlace) -> bool:
        """Whether a sentence opens with a place ("And in the town of X, ...")."""
        opening = place.mention.opening
        return opening - self.clauses.sentence(opening)[0] <= _OPENING

    def side_by_side(self, one: PlaceMention, other: PlaceMention) -> bool:
        """Whether two places stand next to each other in one series: only "and", commas and class words stand between them."""
        early, late = (one, other) if one.first < other.first else (other, one)
        between = [t for t in self.text.tokens[early.last + 1 : late.first] if t.form not in MARKS]
        at = bisect_right(self._unpointed, early.last)
        if self.harmed_between(early.last, late.first):
            return False  # "5 in X and 3 in Y"
        if len(between) > 3 or (at < len(self._unpointed) and self._unpointed[at] < late.first):
            return False
        # A class word or a name may begin with the same letter ("the state of X").
        if late.class_first > early.last:
            form = self.text.tokens[late.class_first].form
            tied = form.startswith(self.conjunction) and all(cut for cut, _, _ in place_words(self.language).classes(form))
        else:
            token = self.text.tokens[late.first]
            tied = token.start < late.start and token.form.startswith(self.conjunction)
        tied = tied or any(t.form == self.conjunction for t in between)
        tied = tied or any(self._and_in(t.form) for t in between)
        return tied or (len(between) == 1 and between[0].kind == "p" and "list" in late.flags)

    def _and_in(self, form: str) -> bool:
        """Whether a word is "and in", "and on", "and the outskirts of" or the like."""
        rest, roles = form.removeprefix(self.conjunction), place_words(self.language).roles
        return rest != form and (rest in roles["in"] or rest in roles["near"])

    def harmed_between(self, low: int, high: int) -> bool:
        """Whether people who came to harm are counted between two tokens."""
        at = bisect_right(self._victims, low)
        return at < len(self._victims) and self._victims[at] < high

    @cached_property
    def _victims(self) -> list[int]:
        """First tokens of the people who came to harm, sorted."""
        return sorted(m.victims for m in self.harm)

    def triggers_between(self, low: int, high: int) -> list[Trigger]:
        """The event words in a half-open token range."""
        begin = bisect_left(self.triggers, low, key=lambda t: t.index)
        return self.triggers[begin : bisect_left(self.triggers, high, key=lambda t: t.index)]

    def parties_between(self, low: int, high: int) -> list[PartyMention]:
        """Parties whose tokens lie in a half-open token range."""
        low_at = bisect_left(self._party_firsts, low)
        return [p for p in self.parties[low_at : bisect_left(self._party_firsts, high)] if p.last < high]

    def _parties_at(self, first: int, last: int) -> list[PartyMention]:
        """Parties of which a token lies within a token span, both ends included."""
        low = bisect_left(self._party_firsts, first)
        return [p for p in self.parties[max(0, low - 1) : bisect_left(self._party_firsts, last + 1)] if first <= p.last]

    def party_at(self, first: int, last: int) -> PartyMention | None:
        """The armed party named within a token span, both ends included; None where there is none, or no span (-1)."""
        if first < 0:
            return None
        for party in self._parties_at(first, last):
            if party.sort not in ("civilians", "unidentified"):
                return party
        return None

    def harmed_party(self, mention: HarmMention) -> PartyMention | None:
        """The armed party whose people a telling of harm counts: which they are told to be of, else the one that their own words name."""
        told = self.party_at(mention.group_first, mention.group_last)
        return told or self.party_at(mention.victims, max(mention.victims, mention.last))

    def civilians_at(self, first: int, last: int) -> PartyMention | None:
        """The word for civilians within a token span, or None."""
        return next((p for p in self._parties_at(first, last) if p.sort == "civilians"), None)

    def in_speaker(self, first: int, last: int) -> bool:
        """Whether a token span lies inside the words of a speaker."""
        at = bisect_right(self._speaker_firsts, first) - 1
        return at >= 0 and self._speaker_lasts[at] >= last

    def told_with_speech(self, index: int, event: int) -> bool:
        """Whether a token stands with a verb of saying, outside the speech that covers an event's token."""
        for told in self.attributions:
            if told.first - 3 <= index < told.reach[0][0] and told.covers(event):
                return True
        return False

    def spoken_on(self, day: int, event: int) -> bool:
        """Whether a day is the one on which somebody spoke of the event at a token: with the verb, or set off by commas behind the
        speaker."""
        begun = day
        while begun and self.text.tokens[begun - 1].kind == "p":
            begun -= 1
        behind = any(begun <= a.reach[0][0] <= day and a.covers(event) for a in self.attributions)
        return behind or self.told_with_speech(day, event)


def _first_token(place: ResolvedPlace) -> int:
    return place.mention.first
