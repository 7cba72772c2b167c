"""Breakdowns: the parts of a group of people that a text tells behind it ("among them two women and a child")."""

from __future__ import annotations

from collections.abc import Container

from marsad.model import Including
from marsad.reading.numbers import Quantity
from marsad.reading.people import Victims, Words
from marsad.text.tokens import Text

__all__ = ["COMMAS", "QUOTES", "Breakdowns"]

_HELPLESS = frozenset({"children", "women"})  # where they are most of the victims, all are taken for civilians
_SHARES = 6
QUOTES = frozenset("\"'«»“”‘’()[]<>‹›#")
COMMAS = frozenset("،,")


class Breakdowns:
    """Reads the parts of groups, in one text.

    Attributes:
        armed: tokens of names of armed parties; numbers: the numbers of the text by their first token; ending: by their last.
        undergone: tokens right behind words that tell harm.
    """

    def __init__(
        self, text: Text, quantities: list[Quantity], armed: Container[int], words: Words, undergone: Container[int] = ()
    ) -> None:
        self.text, self.tokens, self.armed, self.words, self.undergone = text, text.tokens, armed, words, undergone
        self.numbers = {q.first: q for q in quantities}
        self.ending = {q.last: q for q in quantities}

    def group(self, index: int, *, part: bool = False) -> Victims | None:
        """The group that begins at a token, or None; made by ``VictimFinder``."""
        raise NotImplementedError

    def _joined(self, index: int) -> bool:
        """Whether "and" is written on the token or stands before it."""
        number = self.numbers.get(index)
        if number is not None and number.number == index:
            written = self.tokens[index].form.startswith(self.words.conjunction) and self.tokens[index].start < number.start
            return written or (index > 0 and self.tokens[index - 1].form == self.words.conjunction)
        if index > 0 and self.tokens[index - 1].form == self.words.conjunction:
            return True
        noun = self.words.noun(self.tokens[index].form)
        if noun is not None:
            return noun.joined
        role, joined = self.words.role(self.tokens[index].form)
        if role:
            return joined
        return self.tokens[index].form.startswith(self.words.conjunction) and len(self.tokens[index].form) > 1

    def _sentence_end(self, index: int) -> int:
        return self.text.sentences[self.tokens[index].sentence][1]

    def _next_is_person(self, index: int) -> bool:
        if index in self.numbers:
            return True
        return index < len(self.tokens) and self.words.noun(self.tokens[index].form) is not None

    def breakdown(self, group: Victims, at: int, end: int, role: str) -> int:
        """Parts after "among them"; the index after them, or -1 if there is none."""
        tokens, words = self.tokens, self.words
        index, seen = at + 1, 0
        group.shares = self.shares(group, index, end)[0]
        civilians = fighters = plain = 0  # plain: told as civilians rather than by a calling ("among them students")
        while index < end and seen < 8:
            token = tokens[index]
            if (
                token.form in QUOTES
                or token.form in COMMAS
                or token.form == words.conjunction
                or words.role(token.form)[0] == "of"
            ):
                index += 1
                if token.form in COMMAS and not (
                    index < end and (self._joined(index) or index in self.numbers or tokens[index].form == words.conjunction)
                ):
                    break
                continue
            body = words.noun(token.form)
            if body is not None and body.use == "body" and self._next_is_person(index + 1):
                index += 1  # "among them the body of a child"
            item = self.group(index, part=True)
            if (
                item is None
                or (seen and not item.joined and tokens[index - 1].form not in COMMAS)
                or (item.kind and item.kind != group.kind)
                or (seen and group.status == "civilian" and item.status == "combatant")
                or (group.max is not None and item.min is not None and item.min > group.max)
                or (seen and item.definite and not item.counted and item.max is None and tokens[index - 1].form in COMMAS)
            ):
                break
            if item.kind and seen:
                break
            seen += 1
            group.parts.append(index)
            if item.noun is not None and item.noun.who:
                group.including.append(Including(item.noun.who, item.min, item.max))
            else:
                group.including.extend(item.including)
            known = item.helpers or (item.noun is not None and bool(item.noun.who))  # of them nobody asks what they were
            plain += item.status == "civilian" and not known and item.noun is not None and item.noun.use != "title"
            civilians += item.status == "civilian" and (role == "they" or not known)
            fighters += item.status == "combatant"
            if role == "all" and item.status != "unknown":
                group.status = item.status
            if role == "most" and item.status != "unknown" and group.status == "unknown":
                group.status = "civilian" if item.noun is not None and item.noun.who in _HELPLESS else "mixed"
            index = item.last + 1
        if not seen:
            return -1
        if role == "they" and group.status == "unknown" and (civilians or fighters):
            group.status = "mixed" if civilians and fighters else ("civilian" if civilians else "combatant")
        told = (civilians and fighters) or (group.head >= 0 and (plain or fighters))
        if role == "among" and group.status == "unknown" and told and not group.others:
            group.status = "mixed"
        if role == "among" and bool(civilians) != bool(fighters):
            group.among = "civilian" if civilians else "combatant"
        group.last = index - 1
        while tokens[group.last].kind != "w" and tokens[group.last].kind != "n":
            group.last -= 1
        return index

    def so_many(self, group: Victims, at: int, end: int) -> int:
        """A part whose number stands before "of them" ("ten civilians, three of them children"); the index after it, or -1."""
        quantity = self.numbers.get(at)
        if quantity is None or quantity.last + 2 >= end or (group.max or 0) < (quantity.min or 0):
            return -1
        if self.words.role(self.tokens[quantity.last + 1].form)[0] != "among":
            return -1
        noun = self.words.noun(self.tokens[quantity.last + 2].form)
        if noun is None or not noun.who or noun.definite or noun.kind:
            return -1
        group.including.append(Including(noun.who, quantity.min, quantity.max))
        group.parts.append(at)
        group.last = quantity.last + 2
        return quantity.last + 3

    def shares(self, group: Victims, at: int, end: int) -> tuple[list[Victims], int]:
        """The counted parts from a token on that make up the number of a group exactly, and the index after them; none otherwise."""
        found: list[Victims] = []
        while at < end and len(found) < _SHARES:
            form = self.tokens[at].form
            if form in QUOTES or form in COMMAS or form == self.words.conjunction:
                at += 1
                continue
            item = self.group(at, part=True)
            if item is None or not item.counted or item.min is None or item.min != item.max or (found and not self._joined(at)):
                break
            found.append(item)
            at = item.last + 1
        total = sum(item.min or 0 for item in found)
        return (found, at) if len(found) > 1 and group.min == group.max == total else ([], at)
