"""Companions: those who came to harm together with a person told by title and name.

"The commander Name was killed with three of his guards", "the leader, who headed a unit, met his death with some of his men".
"""

from __future__ import annotations

from bisect import bisect_left

from marsad.reading.losses import Losses
from marsad.reading.people import Victims
from marsad.reading.predicates import Predicate
from marsad.reading.qualifiers import COMMAS, QUOTES

__all__ = ["Companions"]

_NAME = 6  # tokens from a title to what stands behind the name
_COMPANY = 16  # the same with what the person leads, and the rest of the verb's phrase
_LED = 24  # tokens between a title and its verb
_SINGULAR = frozenset({"perf.3ms", "perf.3fs"})


class Companions(Losses):
    """Finds tellings of one or two persons and those with them, in one text."""

    def _with(self, index: int, predicate: Predicate, group: Victims) -> bool:
        """ "the commander was killed with two guards": one toll, if they are people of one kind; whether it is told so."""
        one: Victims | None = group
        if group.max in (1, 2) and group.noun is not None and group.noun.use in ("title", "rank"):
            found = self._company(group, predicate)
            if found is None:
                return False
            group = found
        elif self.tokens[group.first - 1].form in self.words.company and self._only_then(index + 1, group.first - 1, predicate):
            one = self._subject(index, predicate) or self._leader(index, predicate)
        else:
            return False
        if one is None and group.others and group.min is not None and not group.kind and predicate.feature in _SINGULAR:
            # "Name was killed with three others": he is no title or noun, but one of them.
            self.used[id(group)] = predicate.kind
            self._add(index, "passive", [group], predicate.kind, group.min + 1, None if group.max is None else group.max + 1)
            return True
        if one is None or one.max not in (1, 2) or group.kind:
            return False
        company = [item for item in self._series(group) if item is group or (not item.kind and self._told_how_many(item))]
        for item in company:
            item.status = one.status if item.status == "unknown" else item.status
        self.used.update({id(item): predicate.kind for item in (one, *company)})
        tolls: dict[str, list[Victims]] = {}
        for item in (one, *company):
            tolls.setdefault(item.status, []).append(item)
        for members in tolls.values():
            self._add(index, "passive", members, predicate.kind, *self._sum(members))
        return True

    def _only_then(self, first: int, last: int, predicate: Predicate) -> bool:
        """Whether nothing but the word that a predicate needs stands in a half-open range ("met his death")."""
        return 0 <= last - first <= 1 and all(
            not self.predicates.cores(token.form).isdisjoint(predicate.then) for token in self.tokens[first:last]
        )

    def _company(self, one: Victims, predicate: Predicate) -> Victims | None:
        """Who is told of with a person, right behind the name, what the person leads, and the rest of the verb's phrase."""
        strange = 0
        for at in range(one.last + 1, min(self._end(one.last) - 1, one.last + _COMPANY)):
            form = self.tokens[at].form
            if form in self.words.company:
                group = self.starts.get(at + 1)
                return group if group is not None and self._told_how_many(group) else None
            led = self.finder.armed_at(at) or (self.words.role(form)[0] == "in" and self.finder.armed_at(at + 1))
            if (
                led
                or form in QUOTES
                or form in COMMAS
                or self.words.role(form)[0] == "skip"
                or not self.predicates.cores(form).isdisjoint(predicate.then)
            ):
                continue
            strange += 1
            if self.tokens[at].kind != "w" or not self._may_name(at) or self._another(at) or strange > _NAME:
                return None
        return None

    @staticmethod
    def _told_how_many(group: Victims) -> bool:
        """Whether a number, or a noun for one or two kin ("his wife"), says how many people there are."""
        kin = group.noun is not None and group.noun.owned and group.min is not None and group.min == group.max
        return kin or group.counted or group.quantity is not None

    def _another(self, at: int) -> bool:
        """Whether other people are told of at a token, and no rank that is a part of the name."""
        group = self.starts.get(at)
        return group is not None and not (
            group.max == 1 and group.noun is not None and group.noun.use == "title" and not group.joined
        )

    def _leader(self, index: int, predicate: Predicate) -> Victims | None:
        """The one person of a title told before a verb in the singular, however long the name and offices between."""
        if predicate.feature not in _SINGULAR:
            return None
        sentence = self.tokens[index].sentence
        for group in reversed(self.groups[: bisect_left(self.groups, index, key=lambda g: g.first)]):
            if self.tokens[group.first].sentence != sentence or index - group.last > _LED or id(group) in self.used:
                return None
            titled = group.max == 1 and group.noun is not None and group.noun.use in ("title", "rank")
            before = self.words.role(self.tokens[group.first - 1].form)[0] if group.first else "stop"
            if titled and (before == "stop" or not group.first or group.first == self.text.sentences[sentence][0]):
                return group
        return None
