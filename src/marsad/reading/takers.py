"""Takers: gunmen told right behind a verb for abduction, and whom they took; those who were in what was hit.

The verb may as well say that they were taken, but news of abductions name the abductors so: "gunmen abducted, in the capital yesterday,
ten members of the party". Whom they took stands far behind them, past place and time.

Who was killed in a vehicle or building may be told by that alone: "the car was destroyed and all who were in it killed".
"""

from __future__ import annotations

from bisect import bisect_left

from marsad.reading.companions import Companions
from marsad.reading.people import Victims
from marsad.reading.predicates import Predicate
from marsad.reading.qualifiers import QUOTES

__all__ = ["Takers"]

_TAKEN, _HELD = "abducted", "arrested"
_HOLD = 4  # tokens from whom somebody laid hold on to "hold"
_GAP = 12  # tokens between the takers and whom they took
_PLURALS = frozenset({"pl", "amb"})
_EACH, _ABOARD = 3, 6  # tokens to "who" behind a predicate, from there to "in it"
_ALL, _WERE = frozenset({"each", "no name"}), frozenset({"skip", "in"})
_GOVERN = frozenset({"in", "of", "to"})
_APART = frozenset({"stop", "after", "joint", "among", "besides"})


class Takers(Companions):
    """Finds whom gunmen took, in one text."""

    def _takes(self, predicate: Predicate, group: Victims) -> bool:
        """Whether a group behind a verb are rather those who took somebody: fighters without a number."""
        noun = group.noun
        fighters = noun is not None and noun.people == "fighter" and noun.number in _PLURALS and not group.definite
        return predicate.kind == _TAKEN and predicate.use == "either" and fighters and group.quantity is None

    def _taken(self, takers: Victims) -> Victims | None:
        """Whom such fighters took: the first group behind them that is counted or one person, and that no preposition governs."""
        for group in self.groups[self.order[id(takers)] + 1 :]:
            gap = self.tokens[takers.last + 1 : group.first]
            if len(gap) > _GAP or self.tokens[group.first].sentence != self.tokens[takers.last].sentence:
                return None
            if any(self._parts(token.index) for token in gap):
                return None
            if gap and self.words.role(gap[-1].form)[0] in _GOVERN:
                continue
            if not group.weak and not group.joined and self._one_or_counted(group):
                return group
        return None

    def _aboard(self, index: int, kinds: list[str]) -> bool:
        """Those of whom is told behind a predicate only that they were in what was hit ("the killing of all who were in it")."""
        at, end, words = index + 1, self._end(index), self.words
        while at < end and at - index < _EACH and words.role(self.tokens[at].form)[0] in _ALL:
            at += 1
        if at >= end or words.role(self.tokens[at].form) != ("of", False) or not all(kinds):
            return False
        for last in range(at + 1, min(end, at + _ABOARD)):
            form = self.tokens[last].form
            if form in words.aboard:
                for kind in self._either_way(last + 1, end) or kinds:
                    self._add(index, "passive", [Victims(at, last, None, None, head=at, definite=True)], kind, None, None)
                return True
            if form not in words.were and words.role(form)[0] not in _WERE:
                return False
        return False

    def _either_way(self, at: int, end: int) -> list[str]:
        """The kinds of harm that "(either) dead or wounded" tells from a token on, or none."""
        if at < end and self.words.role(self.tokens[at].form)[0] != "joint":
            at += 1
        if at + 2 >= end or self.words.role(self.tokens[at].form)[0] != "joint":
            return []
        nouns = [self.words.noun(token.form) for token in self.tokens[at + 1 : at + 3]]
        kinds = [noun.kind for noun in nouns if noun is not None and noun.kind]
        return kinds if len(kinds) == len(nouns) else []

    def _upon(self, index: int) -> None:
        """People told before "were laid hold on", where a pronoun behind it stands for them."""
        tokens, position = self.tokens, bisect_left(self.groups, index, key=lambda g: g.first)
        if not position or index + 1 >= len(tokens):
            return
        group, on = self.groups[position - 1], tokens[index + 1].form
        free = id(group) not in self.used and not group.joined and not group.kind
        told = group.min is not None and free and 0 < index - group.last <= _HOLD
        if not told or any(tokens[at].kind != "w" for at in range(group.last + 1, index)):
            return
        for predicate in self.predicates.at(tokens[index].form):
            if predicate.kind == _HELD and on not in predicate.then and not self.predicates.cores(on).isdisjoint(predicate.then):
                self._tell(index, predicate, group, "passive", [_HELD], False)
                return

    def _parts(self, index: int) -> bool:
        """Whether a token parts the takers from what follows: a mark, another predicate, or a word behind which something else is told."""
        token = self.tokens[index]
        if token.kind in "pb":
            return token.form not in QUOTES
        role, joined = self.words.role(token.form)
        return joined or role in _APART or self._predicate(index) is not None

    @staticmethod
    def _one_or_counted(group: Victims) -> bool:
        noun = group.noun
        if group.counted:
            return noun is None or not noun.proclitic
        return noun is not None and not noun.proclitic and not noun.owned and noun.number in ("sg", "acc", "dual")
