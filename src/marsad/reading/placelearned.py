"""Names that the report itself teaches: told once with a class word and then bare, or bare before where they lie.

No gazetteer has all villages. A name that the report has called a town stays that town where it stands alone behind a
preposition; and an unknown word between a preposition and the unit that contains it ("in X in the province of Y", "in X
north of Y"; "in the valley of X in Y") is a place, as is one that something is near to where the phrase ends ("near X, ...") and one
that a clause says to be one ("X, which is a village in Y"). All read only words that are no words of the language's news otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.reading.placeforms import CLOSING, COMMAS, OPENING, PlaceForms
from marsad.reading.placemention import PlaceMention
from marsad.reading.placewords import PlaceWords
from marsad.text.tokens import Text

__all__ = ["LearnedNames"]

_TAUGHT = frozenset({"village", "town", "city", "neighbourhood", "subdistrict", "district", "governorate"})
_LEAST = 4


class LearnedNames:
    """Recognition of names that only the report tells to be places."""

    def __init__(self, forms: PlaceForms) -> None:
        self.forms, self.words = forms, forms.words
        roles = forms.words.roles
        self.before, self.heads = roles["at"], roles["family"]
        self.inside, self.nearness = roles["at"] & roles["within"], sorted(roles["at"] & roles["near"])
        self.within = roles["within"]
        self.which = sorted(roles["which_is"])

    def find(self, text: Text, forms: Sequence[str], mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Further mentions, none of which overlaps a known one; not in order.

        Args:
            text: the text.
            forms: the forms of its tokens.
            mentions: what was recognised, judged and in order.
        """
        found = self._repeated(text, forms, mentions)
        found += self._contained(text, mentions, {m.first for m in found})
        taken = {i for m in (*mentions, *found) for i in range(m.opening, m.last + 1)}
        found += self._neighbours(text, forms, taken)
        return [*found, *self._apposed(text, forms, taken)]

    def _repeated(self, text: Text, forms: Sequence[str], mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Bare mentions of names that a class word told."""
        taught: dict[str, tuple[list[str], str | None]] = {}
        for mention in mentions:
            if mention.candidates or mention.inner or mention.class_first < 0 or mention.kind not in _TAUGHT:
                continue
            if mention.event_place and len(mention.form) >= _LEAST and mention.form not in self.words.common_words:
                taught.setdefault(mention.form, (mention.form.split(" "), mention.kind))
        if not taught:
            return []
        ways: dict[str, list[tuple[int, list[str], str | None]]] = {}
        for parts, kind in taught.values():
            for form, cut in _attached(parts[0], self.words):
                ways.setdefault(form, []).append((cut, parts, kind))
        if ways.keys().isdisjoint(forms):
            return []
        taken = {i for m in mentions for i in range(m.opening, m.last + 1)}
        found: list[PlaceMention] = []
        for index, form in enumerate(forms):
            for cut, parts, kind in ways.get(form, ()):
                span = range(index, index + len(parts))
                if not taken.isdisjoint(span) or list(forms[index + 1 : span.stop]) != parts[1:]:
                    continue
                if form[:cut].endswith(self.words.attached) if cut else self._behind(text, index):
                    found.append(self.forms.mention(text, index, span.stop - 1, cut, kind, located=True))
                    taken.update(span)
        return found

    def _behind(self, text: Text, index: int) -> bool:
        """Whether a preposition behind which places stand comes before a token, with or without a quotation mark between."""
        before = index - 1
        if before >= 0 and text.tokens[before].form in OPENING:
            before -= 1
        return before >= 0 and text.tokens[before].form in self.before

    def _contained(self, text: Text, mentions: Sequence[PlaceMention], taken: set[int]) -> list[PlaceMention]:
        """Unknown words between a preposition and the place that contains or neighbours them."""
        tokens, found = text.tokens, list[PlaceMention]()
        for number, mention in enumerate(mentions):
            head = mention.opening
            if mention.bearing is not None:
                while head > 0 and tokens[head - 1].start >= mention.bearing_start:
                    head -= 1
                head -= int(head > 1 and tokens[head - 1].form in self.inside)  # "in X in the north of Y"
            elif not tokens[head].form.startswith(self.words.attached) or mention.form.startswith(self.words.attached):
                continue
            elif mention.class_first < 0 and tokens[head - 1].form.startswith(self.words.article):
                continue  # "to the help of Y": a name of another language has no article
            index = head - 1
            if index < 1 or tokens[index].kind != "w":
                continue
            first = index - int(index > 1 and tokens[index - 1].form in self.heads)  # "in the valley of X in Y"
            if not self._behind(text, first):
                continue
            if not (mention.candidates or mention.inner) or not mention.event_place:
                continue
            if index in taken or (number and mentions[number - 1].last >= first):
                continue
            form = tokens[index].form
            if self.forms.unknown(form) or (first < index and self.forms.nameable(form)):
                found.append(self.forms.mention(text, first, index, 0, None, located=True))
        return found

    def _neighbours(self, text: Text, forms: Sequence[str], taken: set[int]) -> list[PlaceMention]:
        """Unknown words without article that something is near to, before a mark or before where they lie ("near X, ...", "near X in Y")."""
        found, end = [], len(forms) - 1
        for near in self.nearness:
            index = -1
            for _ in range(forms.count(near)):
                index = forms.index(near, index + 1)
                name = index + 1
                if name > end or text.kinds[name] != "w" or name in taken or forms[name].startswith(self.words.article):
                    continue
                closed = (
                    name == end or text.kinds[name + 1] == "p" or text.tokens[name + 1].sentence != text.tokens[name].sentence
                )
                closed = closed or (forms[name + 1] in self.within and name + 2 in taken)
                if closed and self.forms.unknown(forms[name]):
                    found.append(self.forms.mention(text, name, name, 0, None, located=True))
                    taken.add(name)
        return found

    def _apposed(self, text: Text, forms: Sequence[str], taken: set[int]) -> list[PlaceMention]:
        """Unknown words that a clause behind them says to be places ("X, which is a village in Y")."""
        found = []
        for which in self.which:
            index = -1
            for _ in range(forms.count(which)):
                index = forms.index(which, index + 1)
                name = index - 1
                while name > 0 and (forms[name] in CLOSING or forms[name] in COMMAS):
                    name -= 1
                if (
                    name < 0
                    or name == index - 1
                    or index + 2 >= len(forms)
                    or name in taken
                    or not self.forms.unknown(forms[name])
                ):
                    continue
                (_, word, definite), *_ = self.words.classes(forms[index + 1]) or ((0, None, True),)
                after = (
                    index + 3 if forms[index + 2].endswith(self.words.adjective_ends) else index + 2
                )  # "a mountainous village in"
                if word is None or definite or word.kind not in _TAUGHT or after >= len(forms):
                    continue
                if forms[after] in self.before or self.forms.bases(forms[after]) & self.words.inner:
                    found.append(self.forms.mention(text, name, name, 0, word.kind, located=True))
        return found


@lru_cache(maxsize=10_000)
def _attached(word: str, words: PlaceWords) -> tuple[tuple[str, int], ...]:
    """A word alone and with each proclitic before it, with the letters to cut off."""
    ways = {word: 0}
    for row in read_table(f"{words.language}/clitics.tsv"):
        if row["side"] == "pro" and not row["article"] and not words.no_name(row["form"]):
            ways.setdefault(row["form"] + word, len(row["form"]))
    return tuple(ways.items())
