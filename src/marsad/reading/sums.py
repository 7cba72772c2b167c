"""Sums of people who came to harm: "the number of the dead rose to 17"; what "an earlier toll" told of is superseded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from marsad.reading.appositions import Appositions
from marsad.reading.numbers import Quantity
from marsad.reading.people import Noun, Victims
from marsad.reading.qualifiers import COMMAS
from marsad.reading.tellings import HarmMention, Manner
from marsad.record import replace

__all__ = ["Sums"]

_HELD = frozenset({"arrested", "captured", "abducted", "missing", "displaced"})  # what people were before they died
_OPEN = frozenset({"unknown", "mixed"})  # statuses that the people named with the sum settle


class Sums(Appositions):
    """Reads the sums of one text.

    Attributes:
        tolls: tokens of the words for a sum, in order.
    """

    tolls: list[int]

    def _toll(self, index: int) -> None:
        """A sum: "the number of the dead rose to 17"."""
        if self._sum_ahead(index) or self._each(index):
            return
        told = {m.victims for m in self.found}
        nouns: list[Noun] = []
        for token in self.tokens[index + 1 : index + 4]:
            if token.kind == "n" or self.words.role(token.form)[0] == "after":
                break
            noun = self.words.noun(token.form) or self.words.theirs(token.form) if token.kind == "w" else None
            if noun is not None and noun.kind:
                nouns.append(noun)
        fallen = self._fallen(index)
        if not nouns or (fallen and nouns[0].kind in _HELD):
            self._counted_sum(index, fallen)
            return
        behind = bisect_right(self.tolls, index)
        end = min(self._end(index), index + 30, *self.tolls[behind : behind + 1])
        named = next((self.starts[at] for at in range(index + 1, min(index + 4, end)) if at in self.starts), None)
        if named is not None and named.quantity is not None:
            named = None
        rising = any(self.words.role(t.form)[0] == "rise" for t in self.tokens[max(0, index - 3) : end])
        reached = any(self.words.role(t.form)[0] in ("rise", "reach") for t in self.tokens[max(0, index - 2) : index])
        for quantity in self.quantities:
            if not index < quantity.first < end:
                continue
            if quantity.first in told:
                break
            before = self.words.role(self.tokens[quantity.first - 1].form)[0]
            headless = quantity.first in self.starts and self.starts[quantity.first].head < 0
            after = (reached or headless) and named is not None and 0 < quantity.first - named.last <= (2 if reached else 1)
            after = after or self._closing(index, quantity)
            passed = self.words.role(self.tokens[quantity.first].form)[0] == "reach"  # "exceeded 200"
            if before not in ("to", "rise", "reach") and quantity.how != "to" and not after and not passed:
                continue
            group = self.starts.get(quantity.first)
            if group is not None and named is not None and group.status in _OPEN and named.status != "unknown":
                group.status, group.group_first, group.group_last = named.status, named.group_first, named.group_last
            if named is not None:
                self.used[id(named)] = nouns[0].kind
            if group is None or (group.unknown >= 0) or (group.kind and group.kind != nouns[0].kind):
                break
            low, high = group.min, group.max
            if quantity.how == "to" and rising:
                self._add(index, "toll", [group], nouns[0].kind, low, low, Manner(superseded=True))
                low = high
            joint = len(nouns) > 1 and nouns[1].joined and nouns[1].kind != nouns[0].kind
            for noun in nouns[: 2 if joint else 1]:
                if joint:
                    low = high = None
                self._add(index, "toll", [group], noun.kind, low, high, Manner(corrected=rising, joint=joint))
            self.used[id(group)] = nouns[0].kind
            break

    def _each(self, index: int) -> bool:
        """Takes numbers that stand each behind its noun ("the number of the dead reached 10 and of the wounded 30"); whether there are such."""
        at, end, pairs = index + 1, self._end(index), list[tuple[Noun, Victims]]()
        while at + 1 < end and self.tokens[at].kind == "w":
            noun = self.words.noun(self.tokens[at].form)
            if noun is None or not noun.kind or not noun.definite or (pairs and not noun.joined):
                break
            number = at + 2 if self.words.role(self.tokens[at + 1].form)[0] == "to" else at + 1
            quantity = next((q for q in self.quantities if q.first == number), None)
            if quantity is None or quantity.definite:
                break
            people = Victims(at, quantity.last, quantity.min, quantity.max, quantity=quantity, head=at, noun=noun, counted=True)
            pairs.append((noun, people))
            at = quantity.last + 1
        if len(pairs) < 2 or len({noun.kind for noun, _ in pairs}) < len(pairs):
            return False
        rising = any(self.words.role(t.form)[0] == "rise" for t in self.tokens[max(0, index - 3) : index])
        self.found = [m for m in self.found if not index < m.victims < at]
        for group in self.groups:
            if index < group.first < at:
                self.used[id(group)] = pairs[0][0].kind
        for noun, people in pairs:
            self._add(index, "toll", [people], noun.kind, people.min, people.max, Manner(corrected=rising))
        return True

    def _closing(self, index: int, quantity: Quantity) -> bool:
        """Whether a number of people that ends its clause is what a sum came to ("the number of the dead in X since May reached 40")."""
        group = self.starts.get(quantity.first)
        if group is None or group.unknown >= 0 or (group.noun is not None and group.noun.kind):
            return False
        if all(self.words.role(t.form)[0] != "reach" for t in self.tokens[max(0, index - 2) : quantity.first]):
            return False
        if any(token.form in COMMAS for token in self.tokens[index : quantity.first]):
            return False
        behind = group.last + 1
        if behind >= self._end(index) or self.tokens[behind].kind in "pb":
            return True
        return self.words.role(self.tokens[behind].form)[0] in ("after", "among", "in")

    def _fallen(self, index: int) -> str:
        """The kind of harm of "the number of who were killed" or "of the prisoners who died"; empty where nothing tells it."""
        for at in range(index + 1, min(self._end(index), index + 4)):
            if self.words.role(self.tokens[at].form)[0] not in ("of", "stop"):
                continue
            told = self._predicate(at + 1) if at + 1 < self._end(index) else None
            if told is not None and told.kind in ("killed", "injured"):
                return told.kind
        return ""

    def _counted_sum(self, index: int, kind: str) -> None:
        """A sum whose number says of whom ("raised the toll of the attack to five dead"), or of those "who were killed"."""
        sentence = self.tokens[index].sentence
        rising = any(
            self.words.role(t.form)[0] == "rise" and t.sentence == sentence for t in self.tokens[max(0, index - 8) : index + 3]
        )
        for group in self.groups[bisect_left(self.groups, index - 8, key=lambda g: g.first) :]:
            if group.first > index + 20:
                break
            if group.quantity is None or self.tokens[group.first].sentence != sentence or group.first == index:
                continue
            span = self.tokens[max(0, group.first - 1) : max(group.first, group.quantity.number)]
            before = {self.words.role(token.form)[0] for token in span}
            rose = rising and group.quantity.how == "to" and group.max is not None  # "rose from 10 to 15 dead"
            if "to" not in before and not (group.first > index and before & {"rise", "reach"}) and not rose:
                continue
            if rose:
                group.min = group.max
            if group.kind:
                self.risen.update(id(item) for item in self._series(group) if rising)
            elif kind and group.unknown < 0 and id(group) not in self.used:
                self._add(index, "toll", [group], kind, group.min, group.max, Manner(corrected=rising))
                self.used[id(group)] = kind
            return

    def _summed(self, index: int, group: Victims) -> bool:
        """Whether a predicate tells of whom a sum is that comes "to" a group behind it ("the number of who were killed rose to")."""
        if index - 2 not in self.tolls or self.words.role(self.tokens[index - 1].form)[0] != "of":
            return False
        return self.words.role(self.tokens[group.first - 1].form)[0] == "to"

    def _outdated(self, found: list[HarmMention]) -> list[HarmMention]:
        """What "an earlier toll" told of is superseded, up to the end of its sentence or the next toll."""
        old = [at for at in self.tolls if any(self.words.role(t.form)[0] == "former" for t in self.tokens[at + 1 : at + 3])]
        if not old:
            return found
        spans = [(at, min([self._end(at), *(other for other in self.tolls if other > at)])) for at in old]
        return [replace(m, superseded=True) if any(a < m.victims < b for a, b in spans) else m for m in found]
