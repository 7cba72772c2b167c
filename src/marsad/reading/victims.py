"""Victims: the groups of people that a text tells of, with their number, their kind of people and what qualifies them.

This module finds noun groups; whether harm came to them is decided in ``harm``.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.model import Including
from marsad.reading.cases import has_pronoun
from marsad.reading.numbers import Quantity
from marsad.reading.people import Noun, Victims
from marsad.reading.qualifiers import OTHERS, QUOTES, Qualifiers

__all__ = ["VictimFinder"]

_MADE_OF = 4  # tokens from a family to "of" so many
_DUAL = "\u064e\u064a"  # the vowel before the ending that a dual shares with a plural, where it is written


class VictimFinder(Qualifiers):
    """Finds the groups of people of one text.

    Args:
        text: the text.
        quantities: its numbers.
        armed: indices of tokens that belong to the name of an armed party.
        words: the words of a language pack.
        undergone: tokens right behind words that tell harm.
    """

    def find(self, heads: Iterable[int]) -> list[Victims]:
        """All counted groups and those that begin at some words, in order; a part of a breakdown is inside its whole.

        Args:
            heads: indices of words where a group without a number may begin.
        """
        found: list[Victims] = []
        numbers, behind = self.numbers, -1
        for index in sorted({*numbers, *heads}):
            if index > behind:
                group = self.group(index)
                if group is not None:
                    found.append(group)
                    behind = group.last
        return found

    def group(self, index: int, *, part: bool = False) -> Victims | None:
        """The group that begins at a token, or None."""
        token = self.tokens[index]
        quantity = self.numbers.get(index)
        if quantity is not None:
            return self._counted(index, quantity, part)
        if token.kind != "w":
            return None
        noun = self.words.noun(token.form)
        if noun is not None and noun.joined and not noun.owned and has_pronoun(self.text, token, self.words.language):
            noun = self.words.whose(token.form) or noun  # "and his son"
        if index + 1 < len(self.tokens) and self.armed_at(index + 1):
            behind = self.tokens[index + 1].form
            if noun is None or noun.owned:
                noun = self.words.pair(token.form) or noun  # "my officer" looks the same
            elif noun.number == "acc" and self.words.force(behind) and not self.words.definite(behind):
                noun = self.words.pair(token.form) or noun  # "two men of security": no accusative stands before its owner
        if noun is not None and noun.use == "origin" and self.only_armed(index - 1, index + 1):
            return None  # "the Israeli" of the name of an army is nobody
        if noun is not None and noun.people == "civilian" and noun.definite and self.only_armed(index - 1, index + 1):
            return None  # nor are the workers of a party that calls itself theirs
        if noun is not None:
            return self._bare(index, noun, part)
        role, joined = self.words.role(token.form)
        if role == "member" and index + 1 < len(self.tokens):
            return self._member(index, joined, part)
        size = OTHERS.get(role)
        if size is None:
            return None
        low, high = size
        group = Victims(index, index, low, high, others=True, joined=joined, counted=high is not None)
        return self._qualified(group, self._sentence_end(index), part)

    def _members(self, index: int, end: int) -> Quantity | None:
        """How many persons a family is told to be of ("a family of seven persons", "a family made up of five members"), or None."""
        for at in range(index + 1, min(end - 2, index + _MADE_OF)):
            if self.words.role(self.tokens[at].form)[0] != "of":
                continue
            quantity = self.numbers.get(at + 1)
            if quantity is None or quantity.definite or quantity.last + 1 >= end:
                return None
            noun = self.words.noun(self.tokens[quantity.last + 1].form)
            return quantity if noun is not None and noun.people == "neutral" and not noun.definite and not noun.joined else None
        return None

    def _member(self, index: int, joined: bool, part: bool) -> Victims | None:
        """ "one of its soldiers"."""
        after = index + 1
        noun = self.words.noun(self.tokens[after].form)
        if noun is None or noun.joined or noun.proclitic or noun.number not in ("pl", "amb", "dual"):
            return None
        group = Victims(index, after, 1, 1, counted=True, joined=joined)
        self._head(group, after, noun)
        group.definite = False
        return self._qualified(group, self._sentence_end(index), part)

    def _counted(self, index: int, quantity: Quantity, part: bool) -> Victims | None:
        tokens, words = self.tokens, self.words
        group = Victims(index, quantity.last, quantity.min, quantity.max, quantity=quantity, counted=True)
        group.definite = quantity.definite
        number = tokens[quantity.number]
        before = tokens[quantity.first - 1] if quantity.first else number
        group.joined = (self._joined(index) and (tokens[index].start < quantity.start or before.form == words.conjunction)) or (
            before.form == words.conjunction
        )
        ahead = [words.role(token.form)[0] for token in tokens[max(0, quantity.first - 2) : quantity.first]]
        if ahead == ["in", "least"] and not group.joined:
            group.max = None  # "at least eight"; in "ten at least and eight" it is told of the ten
        end = self._sentence_end(index)
        at = quantity.last + 1
        while at < end and tokens[at].form in QUOTES:
            at += 1
        if at < len(tokens) - 1 and at == quantity.last + 1 and tokens[at].kind == "b":
            noun = words.noun(tokens[at + 1].form)  # a line broken between number and noun
            if noun is not None and not noun.joined and not noun.definite and not noun.proclitic:
                end = self._sentence_end(at + 1)
                at += 1
        if at < end and tokens[at].kind == "w":
            role, _ = words.role(tokens[at].form)
            if role == "percent" or (role == "in" and at + 1 < end and words.role(tokens[at + 1].form)[0] == "percent"):
                return None
            if role == "of":
                return self._qualified(self._partitive(group, at, end), end, part)
            noun = words.noun(tokens[at].form)
            if noun is not None and noun.number == "dual" and noun.use != "origin" and (quantity.min or 0) > 2:
                pass  # "among the six dead two children"
            elif noun is not None and noun.use == "body" and quantity.definite and quantity.how == "vague" and not noun.definite:
                pass  # "the hundreds buried the bodies of": they are no number of those
            elif noun is not None and not noun.proclitic and at not in self.numbers:
                self._head(group, at, noun)
                self._pair(group, at, end)
            elif role in OTHERS:
                group.others, group.last = True, at
            elif role or (tokens[at].form.startswith(words.conjunction) and not self.armed_at(at)) or at in self.numbers:
                pass
            elif words.demonym(tokens[at].form):
                group.last, group.head, group.group_first, group.group_last = at, at, at, at
                if self.armed_at(at):
                    group.fighter, group.status = True, "combatant"
            elif quantity.how == "count" and self.armed_at(at):
                group.status = "combatant"  # "a number of the militia"
                self._whose(group, at)
            elif not words.behind_preposition(tokens[at].form):
                group.unknown = at
        return self._qualified(group, end, part)

    def _pair(self, group: Victims, at: int, end: int) -> None:
        """ "tens of dead and wounded": one number for two kinds."""
        head, after = group.noun, at + 1
        if after < end and self.tokens[after].form == self.words.conjunction:
            after += 1
        if head is None or not head.kind or after >= end or after in self.numbers:
            return
        noun = self.words.noun(self.tokens[after].form)
        if noun is None or not noun.kind or noun.kind == head.kind or not (noun.joined or after == at + 2):
            return
        if noun.definite and not head.definite and after + 1 in self.numbers:
            return  # "2309 dead, and the wounded 10782"
        if noun.definite and head.definite and group.quantity is not None and group.head < group.quantity.first:
            return  # "the dead reached 10, and the wounded 30"
        singular = {"sg", "acc"}
        if noun.number == "dual" or (noun.number in singular) != (head.number in singular) or noun.use == "event":
            return
        if group.min is not None and group.max == 1:
            return
        group.joint, group.parts, group.last = True, [at, after], after
        third = self.words.noun(self.tokens[after + 1].form) if after + 1 < end else None
        if (
            third is not None
            and third.joined
            and third.kind not in ("", head.kind, noun.kind)
            and third.definite == noun.definite
        ):
            group.parts.append(after + 1)
            group.last = after + 1
        if group.status == "unknown" and any(n is not None and n.kind == "captured" for n in (head, noun, third)):
            group.status = "combatant"
        if group.quantity is None or group.quantity.how != "count":
            group.min = group.max = None

    def _partitive(self, group: Victims, at: int, end: int) -> Victims:
        """ "three of the soldiers", "20 of the organisation"."""
        follower = self._past(at + 1, end)
        if follower < end:
            form = self.tokens[follower].form
            noun = None if self.words.doubtful(form) else self.words.noun(form)
            if noun is not None and not noun.joined:
                low, high = group.min, group.max
                self._head(group, follower, noun)
                if noun.use == "group" and noun.number == "sg":
                    group.min, group.max = low, high  # "four of one family" are four people
                    if noun.who:
                        group.including.append(Including(noun.who, low, high))
                    group.noun = None
        return group

    def _head(self, group: Victims, at: int, noun: Noun) -> None:
        group.head, group.noun, group.last = at, noun, max(group.last, at)
        if noun.people == "civilian":
            group.status = "civilian"
        elif noun.people == "fighter" or (noun.use == "force" and noun.owned):
            group.status, group.fighter = "combatant", True
        if noun.use == "group":
            group.min = group.max = None
        if noun.definite:
            group.definite = group.definite or group.quantity is None

    def _bare(self, index: int, noun: Noun, part: bool) -> Victims | None:
        tokens = self.tokens
        if noun.use == "body" and self._next_is_person(index + 1):
            return None  # "the bodies of eight persons"
        if noun.use == "event" and noun.number == "sg":
            return None
        written = self.text.source[tokens[index].start : tokens[index].end]
        if self.words.doubtful(tokens[index].form, written, noun.lemma) and not (
            index in self.undergone and written == noun.lemma and noun.number == "sg"  # "a mother was killed"
        ):
            return None
        low: int
        high: int | None
        if noun.number in ("sg", "acc"):
            low, high = 1, 1
        elif noun.number == "dual" or (noun.number == "amb" and _DUAL in written):
            low, high = 2, 2
        else:
            low, high = 2, None
        group = Victims(index, index, low, high, counted=noun.number == "dual")
        group.joined = noun.joined or self._joined(index)
        self._head(group, index, noun)
        group.definite, group.weak = noun.definite, noun.use == "origin"
        end = self._sentence_end(index)
        members = self._members(index, end) if noun.use == "group" and noun.number == "sg" else None
        if members is not None:
            group.min, group.max, group.quantity, group.counted = members.min, members.max, members, True
            group.last = members.last + 1
            return self._qualified(group, end, part)
        follower = self.numbers.get(index + 1)
        if follower is not None and follower.last + 1 <= end:
            after = follower.last + 1
            number_alone = after >= end or tokens[after].kind in "pb" or tokens[after].form.startswith(self.words.conjunction)
            alone = number_alone or self.words.noun(tokens[after].form) is None or after in self.numbers
            small = (
                follower.min in (1, 2)
                and follower.max in (follower.min, None)
                and not follower.digits
                and not self._joined(index + 1)
            )
            summed = bool(noun.kind) and noun.definite and follower.digits and number_alone
            if alone and (small or summed or ((noun.definite or noun.owned) and follower.definite)):
                group.min, group.max, group.quantity, group.counted = follower.min, follower.max, follower, True
                group.last = follower.last
        group = self._qualified(group, end, part)
        at = group.last + 1
        role, forms = self.words.role, self.text.forms
        least = at + 1 < end and role(forms[at])[0] == "in" and role(forms[at + 1])[0] == "least"
        if least and group.quantity is None:
            group.max = None  # "a soldier at least"
        return group
