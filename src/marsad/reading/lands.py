"""Lands: countries that a text tells without naming them — by an adjective ("the Syrian police") or as "the country"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from marsad.gazetteer import Gazetteer, default
from marsad.model import Evidence, Place
from marsad.reading.placemention import PlaceMention
from marsad.reading.places import ResolvedPlace, country_entry
from marsad.reading.placewords import place_words
from marsad.text.tokens import Text

__all__ = ["Lands", "lies"]

_REACH, _AHEAD = 40, 4  # adjectives, and places, looked back at, and ahead in the sentence
_SAME, _HERE, _BEFORE = 4, 8, 2  # what a country counts that the same sentence tells, by a place there, or the one before


class Lands:
    """The countries of one text.

    Args:
        text: the text.
        places: those that it names.
        gazetteer: the packaged one by default.
        language: code of the language pack.
    """

    def __init__(self, text: Text, places: Sequence[ResolvedPlace], gazetteer: Gazetteer | None, language: str) -> None:
        self.text, self.gazetteer, self.language = text, gazetteer or default(), language
        self.words = place_words(language)
        self._told = self.words.demonyms_at(text)
        self._indexes = [index for index, _ in self._told]
        named = sorted((p.mention.first, p.place.country) for p in places if p.place.country and p.mention.event_place)
        self._named = [(index, code) for index, code in named if code]
        self._firsts = [index for index, _ in self._named]

    def within(self, first: int, last: int) -> ResolvedPlace | None:
        """The country that an adjective in a token span tells, both ends included; None where there is none."""
        at = bisect_left(self._indexes, first)
        if at == len(self._told) or self._told[at][0] > last:
            return None
        index, code = self._told[at]
        return self._land(index, index, code)

    def of_people(self, first: int, last: int) -> ResolvedPlace | None:
        """The country that people in a token span are told to be of, both ends included; None where there is none.

        An adjective in the accusative counts here, which elsewhere may be the name of a country ("British", "Britain").
        """
        ending = self.words.accusative
        for index in range(first, last + 1):
            form = self.text.forms[index]
            code = self.words.nationalities.get(form) or self.words.nationalities.get(form.removesuffix(ending))
            if code:
                return self._land(index, index, code)
        return None

    def told_between(self, low: int, high: int) -> list[tuple[int, str]]:
        """The adjectives in a half-open token range: token index and country code."""
        return self._told[bisect_left(self._indexes, low) : bisect_left(self._indexes, high)]

    def throughout(self) -> list[ResolvedPlace]:
        """Each "all over the country" of the text, as a mention of the country that the passage tells of."""
        return [*self._country(lambda before: before in self.words.roles["throughout"]), *self._kingdoms()]

    def _kingdoms(self) -> list[ResolvedPlace]:
        """Each "in the Kingdom" of the text, as a mention of the kingdom that it tells of most."""
        forms, roles, found = self.text.forms, self.words.roles, list[ResolvedPlace]()
        ways = {word: word for word in roles["kingdom"]} | {a + w: w for a in self.words.attached for w in roles["kingdom"]}
        for form, word in ways.items():
            index = -1
            for _ in range(forms.count(form)):
                index = forms.index(form, index + 1)
                after = forms[index + 1] if index + 1 < len(forms) else ""
                if after in self.words.nationalities or after in roles["kingdom_of"] or not index:
                    continue
                before = forms[index - 1]
                if form == word and before not in roles["in"] and before not in roles["bearing"]:
                    continue
                code = self._kingdom(word)
                land = self._land(index, index, code) if code else None
                if land is not None:
                    found.append(land)
        return found

    def _kingdom(self, word: str) -> str | None:
        """The kingdom that the text tells of most, by places and adjectives; None where it tells of none."""
        names = self.words.country_forms
        counts = Counter([c for _, c in (*self._told, *self._named)])
        kingdoms = [c for c in counts if any(n.startswith(word) for n in names.get(c, ()))]
        return min(kingdoms, key=lambda code: (-counts[code], code), default=None)

    def vague(self) -> list[ResolvedPlace]:
        """The countries of "in the south of the country" and "the Syrian towns", in the order of the text."""
        found, parts = self._country(self._placing), self.words.roles["parts"]
        for index, code in self._told:
            if index and self.text.forms[index - 1] in parts:
                land = self._land(index - 1, index, code)
                if land is not None:
                    found.append(land)
        return sorted(found, key=lambda place: place.mention.first)

    def _country(self, placing: Callable[[str], bool]) -> list[ResolvedPlace]:
        """The word for the country behind words that make it a place, as mentions of the country that the passage tells of."""
        found, forms = list[ResolvedPlace](), self.text.forms
        for word in sorted(self.words.roles["country"]):
            index = 0
            for _ in range(forms.count(word)):
                index = forms.index(word, index) + 1
                if index < 2 or not placing(forms[index - 2]):
                    continue
                code = self._home(index - 1)
                land = self._land(index - 2, index - 1, code) if code else None
                if land is not None:
                    found.append(land)
        return found

    def _placing(self, form: str) -> bool:
        """Whether a word before the word for the country puts something there ("in", "in-the-south of")."""
        roles = self.words.roles
        if form in roles["within"] or form in roles["bearing"]:
            return True
        return form.startswith(self.words.attached) and form[1:] in roles["bearing"]

    def _home(self, index: int) -> str | None:
        """The country that the passage of a token tells of, or None."""
        tokens, counts = self.text.tokens, Counter[str]()
        sentence = tokens[index].sentence
        # A place says more of where one is than an adjective: armies are told of abroad too.
        for told, indexes, same in ((self._told, self._indexes, _SAME), (self._named, self._firsts, _HERE)):
            end = bisect_left(indexes, index)
            for at, code in told[max(0, end - _REACH) : end + _AHEAD]:
                apart = sentence - tokens[at].sentence
                if apart < 0:
                    break
                counts[code] += same if not apart else _BEFORE if apart == 1 else 1
        return min(counts, key=lambda code: (-counts[code], code)) if counts else None

    def _land(self, first: int, last: int, code: str) -> ResolvedPlace | None:
        entry = country_entry(code, self.gazetteer, self.language)
        if entry is None:
            return None
        start, end = self.text.tokens[first].start, self.text.tokens[last].end
        words = self.text.source[start:end]
        mention = PlaceMention(first, last, start, end, words, self.text.forms[last], "country", country=code, located=True)
        place = Place(
            entry.label, "country", (), code, entry.latitude, entry.longitude, entry.id, "country", None,
            (Evidence(start, end, words),),
        )  # fmt: skip
        return ResolvedPlace(mention, place, entry, 1.0, reason="told by an adjective or as the country")


def lies(one: ResolvedPlace, other: ResolvedPlace) -> bool:
    """Whether a known place that is no site lies in another."""
    return one.entry is not None and one.place.kind != "site" and other.place.name in one.place.within
