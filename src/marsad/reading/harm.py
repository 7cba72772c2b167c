"""Harm to people: who was killed, injured, captured ... and how many, as told at one point of a text.

Predicates of harm are data (``lexicon/harm.tsv``), victims come from ``victims``. A telling is nominal ("the death of
seven"), passive ("seven were killed"), active ("the forces killed seven"), carried ("left 13 dead and 5 wounded") or a
sum ("the number of the dead rose to 17").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator

from marsad.reading.inheritance import Inheritance
from marsad.reading.numbers import Quantity
from marsad.reading.people import Victims
from marsad.reading.predicates import Predicate
from marsad.reading.qualifiers import COMMAS, QUOTES
from marsad.reading.tellings import JOINT, HarmMention, Manner
from marsad.record import replace
from marsad.text.tokens import Text

__all__ = ["HarmMention", "find"]

_OPEN = frozenset({"unknown", "mixed"})  # statuses that the party whose people they are settles
_CASES = frozenset({"abducted", "arrested", "killed", "missing"})  # what cases of are people
_SUM = 6  # tokens that "in a first toll" and its commas have at most
_HELD = frozenset({"abducted", "arrested", "captured"})  # what people were before somebody killed "them"
_TOLD_BEFORE = 20  # tokens that a pronoun reaches back
_HELD_IN = 5  # words from "shelters" to those who are sheltered
_STILL = 4  # tokens from people to "under the rubble"


def find(text: Text, quantities: list[Quantity], armed: Container[int] = (), language: str = "ar") -> list[HarmMention]:
    """The tellings of harm of a text, in order.

    Args:
        text: the text.
        quantities: its numbers (``numbers.find``).
        armed: indices of tokens that belong to names of armed parties; their people are combatants.
        language: language pack.
    """
    return _Reader(text, quantities, armed, language).run()


class _Reader(Inheritance):
    alone: set[int]

    def run(self) -> list[HarmMention]:
        self.found, self.alone, self.risen, self.ends, self.indexed = [], set(), set(), {}, 0
        self.tolls = [index for index, duty in self.duties if duty == "toll"]
        later: list[tuple[str, int]] = []
        for index, duty in self.duties:
            if duty == "predicate":
                predicate = self._predicate(index)
                if predicate is not None:
                    self._read(index, predicate)
                else:
                    self._upon(index)
            elif duty == "losses":
                self._losses(index)
            elif duty == "noun":
                self._of_the_dead(index)
            else:
                later.append((duty, index))
        for duty, index in later:
            if duty == "toll":
                self._toll(index)
        for duty, index in later:
            if duty == "listed":
                self._listed(index)
            elif duty == "ruins":
                self._buried(index)
        self._leftover()
        self._elsewhere()
        self._followed()
        self._broken_down()
        self._apposed()
        self.found.sort(key=lambda m: (m.victims, m.first, m.kind))
        return [self._caused(m) for m in self._outdated(self._inherited())]

    def _read(self, index: int, predicate: Predicate) -> None:
        if predicate.definite and not predicate.then and predicate.use == "nominal":
            return  # "the killing" points back
        if index in self.starts and self.starts[index].kind and predicate.use != "nominal":
            return
        if predicate.him:
            if index == 0 or self.words.role(self.tokens[index - 1].form)[0] != "toll":
                self._him(index, predicate)  # "killed him", not "the number of its dead"
            return
        if predicate.them:
            self._them(index, predicate)
            return
        if self._cases(index, predicate):
            return
        second = self._second(index, predicate)
        if second >= 0:
            before = None if predicate.use == "nominal" else self._subject(index, predicate)
            if before is None:
                return  # "the killing and wounding of 30": read at the second one
            self.alone.add(index)
            other = self._predicate(second) if self.tokens[second - 1].form in self.words.either else None
            both = [predicate.kind] if other is None else [predicate.kind, other.kind]
            self._tell(index, predicate, before, "passive", both, other is not None)
            return
        kinds, first = [predicate.kind], self._first(index, predicate)
        while first >= 0 and first not in self.alone:
            other = self._predicate(first)
            assert other is not None
            kinds.insert(0, other.kind)
            first = self._first(first, other)
        if kinds == ["abducted", "killed"]:
            kinds = ["killed"]  # "the abduction and killing of eight": the same eight, and no two shares of them
        joint = len(kinds) > 1
        group, near = self._governed(index, predicate)
        group = group or self._lives(index, predicate)
        if group is not None and self._summed(index, group):
            return  # "the number of those who died rose to 372": read at the sum
        if group is not None and predicate.persons == "own" and group.status in _OPEN and group.group_first < 0:
            self._suffers(group, index)
        past = predicate.feature != "masdar" and not predicate.feature.startswith("impf")
        undergone = (past and predicate.use in ("passive", "either")) or (
            predicate.use == "nominal" and predicate.kind == "killed"
        )
        if group is not None and undergone and self._with(index, predicate, group):
            return
        voice = predicate.use if predicate.use != "either" else "passive"
        if group is not None and self._takes(predicate, group):
            group = self._taken(group)
            if group is None:
                return
            voice = "active"
        elif group is not None and predicate.use in ("either", "active"):
            agentless = predicate.use == "either"
            behind = self._object(group)
            ending = behind is not None and behind.noun is not None and behind.noun.number == "acc"
            if behind is not None and (agentless or ending or group.noun is None or group.noun.people != "civilian"):
                group, voice = behind, "active"
            elif predicate.use == "active" and self._doers(group):
                self._named(index, predicate, group.last + 1)
                return
            elif predicate.use == "active" or predicate.feature == "perf.3mp":
                voice = "active"
        if group is None and self._aboard(index, kinds):
            return
        if group is None and predicate.use in ("passive", "either") and past:
            group = self._subject(index, predicate)
            voice = "passive"
        if group is None:
            if predicate.use == "nominal" and predicate.kind == "killed" and near:
                if predicate.persons == "name" and not predicate.definite:
                    self._named(index, predicate, index + 1)
            elif predicate.use == "nominal" and predicate.kind in _HELD and self._laid_on(index, predicate):
                self._add(
                    index,
                    "nominal",
                    [Victims(index + 2, index + 2, 1, 1, head=index + 2)],
                    predicate.kind,
                    1,
                    1,
                    Manner(named=True),
                )
            elif predicate.use in ("passive", "either") and past and not self._who(index, predicate):
                self._man(index, predicate)
            return
        if predicate.use == "passive" and past and group.first == index + 1 and self._two_of(group):
            group.min = group.max = 2
        self._tell(index, predicate, group, voice, kinds, joint)

    def _cases(self, index: int, predicate: Predicate) -> bool:
        """ "64 cases of arrest": so many people; whether it is told so."""
        if (
            predicate.use != "nominal"
            or predicate.kind not in _CASES
            or index < 2
            or self.tokens[index - 1].form not in self.words.cases
        ):
            return False
        quantity = self.finder.ending.get(index - 2)
        if quantity is None:
            return False
        people = Victims(quantity.first, index - 1, quantity.min, quantity.max, quantity=quantity, head=index - 1)
        if quantity.first in self.starts:
            self.used[id(self.starts[quantity.first])] = predicate.kind
        self._add(index, "nominal", [people], predicate.kind, quantity.min, quantity.max)
        return True

    def _him(self, index: int, predicate: Predicate) -> None:
        """ "they stopped a guard and killed him", "which led to his death": one person, told before in the sentence."""
        if predicate.use == "nominal" and not self._brought(index):
            return
        sentence = self.tokens[index].sentence
        for group in reversed(self.groups[: bisect_left(self.groups, index, key=lambda g: g.first)]):
            if self.tokens[group.first].sentence != sentence or index - group.last > _TOLD_BEFORE:
                break
            one = group.min == group.max == 1 and group.noun is not None and not group.kind and not group.noun.owned
            if one and not group.weak:
                him = replace(group, first=index, last=index, quantity=None, including=list(group.including), parts=[])
                told = [him, *self._with_him(index)]
                low, high = self._sum(told)
                self._add(index, "active", told, predicate.kind, low, high)
                return
        if predicate.kind in ("killed", "abducted") and predicate.use != "nominal":
            self._add(index, "active", [Victims(index, index, 1, 1, head=index)], predicate.kind, 1, 1)

    def _with_him(self, index: int) -> Iterator[Victims]:
        """Who is told with "and" right behind such a word ("to his death, and his wife's, and that of three of his sons")."""
        last = index
        for group in self.groups[bisect_left(self.groups, index + 1, key=lambda g: g.first) :]:
            if group.first != last + 1 or not group.joined or group.kind or id(group) in self.used:
                return
            yield group
            last = group.last

    def _them(self, index: int, predicate: Predicate) -> None:
        """ "fired at three workers, which led to their death", "at a woman and her daughter, which led to the death of both": those told of
        last in the sentence, if a number says how many they are."""
        if predicate.use == "nominal" and not self._brought(index):
            return
        before = self.groups[: bisect_left(self.groups, index, key=lambda g: g.first)]
        near = [
            g for g in before if self.tokens[g.first].sentence == self.tokens[index].sentence and index - g.last <= _TOLD_BEFORE
        ]
        last = near[-1] if near else None
        if last is None or last.kind or last.weak or self.used.get(id(last), "abducted") not in _HELD:
            return
        pair = last.min == last.max == 1 and len(near) > 1 and near[-2].min == near[-2].max == 1
        if pair and (last.joined or predicate.them == "two"):
            told = near[-2:]  # also "fired at him and at his son, which led to the death of both"
        elif last.counted and last.min is not None and (last.min == last.max == 2 if predicate.them == "two" else last.min > 1):
            told = [last]
        else:
            return
        low, high = self._sum(told)
        if predicate.them == "two" and low != 2:
            return
        members = [replace(g, first=index, last=index, quantity=None, including=list(g.including), parts=[]) for g in told]
        self._add(index, "active", members, predicate.kind, low, high)

    def _brought(self, index: int) -> bool:
        """Whether a verb that brings harm stands right before a word ("which led to")."""
        return any(
            p.use == "carrier" and not p.kind
            for i in range(max(0, index - 3), index)
            for p in self.predicates.at(self.tokens[i].form)
        )

    def _named(self, index: int, predicate: Predicate, at: int) -> None:
        """ "the killing of Name", "gunmen murdered Name" or "one of Name": one person, when an unlisted word stands there."""
        follower = at
        if predicate.use == "active" and at < len(self.tokens) and self.words.role(self.tokens[at].form)[0] == "member":
            follower += 1
        if follower >= len(self.tokens) or self.tokens[follower].kind != "w":
            return
        form = self.tokens[follower].form
        if self.words.role(form)[0] or self.predicates.at(form) or form.startswith(self.words.joining) or len(form) < 3:
            return
        if self.finder.armed_at(follower) or self.words.behind_preposition(form):
            return  # "the organisation's execution of"
        possessed = predicate.use == "nominal" and self.tokens[index].form.endswith(self.words.plurals)
        if possessed or form.endswith((*self.words.plurals, *self.words.pronouns)) or self.words.noun(form) is not None:
            return
        voice = "active" if predicate.use == "active" else "nominal"
        self._add(index, voice, [Victims(at, follower, 1, 1, head=follower)], predicate.kind, 1, 1, Manner(named=True))

    def _laid_on(self, index: int, predicate: Predicate) -> bool:
        """Whether a given name stands behind the word that a predicate needs ("the police laid hold of Ahmad X")."""
        at = index + 2
        told = at < self._end(index) and self.tokens[index + 1].form in predicate.then
        return told and self.tokens[at].form in self.words.given and not self.finder.armed_at(at)

    def _man(self, index: int, predicate: Predicate) -> None:
        """ "Name was killed": one person, told by a given name right behind the verb."""
        at = index + 1
        single = predicate.feature in ("perf.3ms", "perf.3fs") and predicate.kind in ("killed", "injured")
        if single and at < self._end(index) and self.tokens[at].form in self.words.given and not self.finder.armed_at(at):
            self._add(index, "passive", [Victims(at, at, 1, 1, head=at)], predicate.kind, 1, 1, Manner(named=True))

    def _listed(self, index: int) -> None:
        """ "841 persons are in the list of the missing"."""
        if index + 1 >= len(self.tokens):
            return
        noun = self.words.noun(self.tokens[index + 1].form)
        group = next((g for g in reversed(self.groups) if index - 3 <= g.last < index and g.counted), None)
        if noun is not None and noun.kind and group is not None and id(group) not in self.used:
            self.used[id(group)] = noun.kind
            self._add(-1, "bare", [group], noun.kind, group.min, group.max)

    def _buried(self, index: int) -> None:
        """ "Twelve persons are still under the rubble": they are missing; who was brought out "from under" it is not."""
        if index < _STILL or [self.words.role(t.form)[0] == "beneath" for t in self.tokens[index - 2 : index]] != [False, True]:
            return
        if self.words.role(self.tokens[index - 2].form)[0] == "of":
            return
        near = (g for g in reversed(self.groups) if index - _STILL <= g.last < index - 1)
        group = next((g for g in near if g.counted and not g.joint and id(g) not in self.used), None)
        if group is None or self.tokens[group.first].sentence != self.tokens[index].sentence:
            return
        before = self.words.noun(self.tokens[group.first - 1].form) if group.first else None
        if before is not None and before.kind == "killed":
            return  # "the bodies of ten fighters"
        victims = group.noun is not None and group.noun.use == "victims"
        if group.kind in ("", "missing") or victims:
            self.used[id(group)] = "missing"
            self._add(-1, "bare", [group], "missing", group.min, group.max)

    def _leftover(self) -> None:
        """Nouns of harm that no predicate governs: "13 dead and 5 wounded"."""
        paired: set[int] = set()
        for position, group in enumerate(self.groups):
            noun = group.noun
            if id(group) in self.used:
                continue
            if group.joint and group.parts:
                for part in group.parts:
                    named = self.words.noun(self.tokens[part].form)
                    if named is not None and named.kind:
                        self._add(-1, "bare", [group], named.kind, group.min, group.max, JOINT)
                continue
            if noun is None or not noun.kind:
                continue
            series = self._series(group)
            if len(series) > 1 and all(item.kind for item in series):
                self._share(series)
                paired.update(id(item) for item in series)
            behind = self.groups[position + 1] if position + 1 < len(self.groups) else None
            if (
                behind is not None
                and behind.noun is not None
                and behind.kind
                and behind.kind != noun.kind
                and behind.joined
                and behind.quantity is None
                and behind.first == group.last + 1
                and group.quantity is not None
                and behind.noun.number != "dual"
                and behind.noun.definite == noun.definite
            ):
                for kind in (noun.kind, behind.kind):
                    self._add(-1, "bare", [group, behind], kind, None, None, JOINT)
                self.used[id(group)] = self.used[id(behind)] = noun.kind
                continue
            if group.quantity is None:
                single = noun.number in ("sg", "acc") and not any(item.counted for item in series if item is not group)
                if noun.definite or single or noun.proclitic.strip(self.words.conjunction):
                    continue
                if noun.kind not in ("killed", "injured"):
                    continue
                if len(series) == 1 and group.status == "unknown" and not group.counted and id(group) not in paired:
                    continue
            elif noun.kind == "displaced" and not self.words.holds.isdisjoint(self._before(group.first)):
                continue  # "a school that shelters 200 displaced people": they fled long before
            elif noun.kind in ("arrested", "captured", "abducted"):
                continue  # a state, if nothing says that it was done
            elif noun.definite and group.status == "unknown" and group.min == 2 and group.max is None and not group.joined:
                continue  # "some of the wounded"
            self._add(-1, "bare", [group], noun.kind, group.min, group.max)

    def _before(self, index: int) -> list[str]:
        """The few words before a token, in its sentence."""
        begin = self.text.sentences[self.tokens[index].sentence][0]
        return self.text.forms[max(begin, index - _HELD_IN) : index]

    def _caused(self, mention: HarmMention) -> HarmMention:
        """The mention with the connectors that tie it to its cause."""
        before = after = -1
        end = self._end(mention.last)
        first, limit = mention.last + 1, mention.last + 7
        for at in range(first, min(end, mention.last + 7 + _SUM)):
            token = self.tokens[at]
            if at >= limit or (token.kind in "pb" and token.form not in QUOTES and token.form not in COMMAS):
                break
            role = self.words.role(token.form)[0]
            if role == "in" and at + 1 < end and self.words.role(self.tokens[at + 1].form)[0] == "toll":
                limit += _SUM  # "..., in a first toll, by a strike"
            elif role in ("after", "in"):
                after = at
                break
        for at in range(mention.first, max(-1, mention.first - 6), -1):
            if self.tokens[at].sentence != self.tokens[mention.first].sentence:
                break
            readings = self.predicates.at(self.tokens[at].form) if self.tokens[at].kind == "w" else ()
            if readings and any(p.use == "carrier" and not p.kind for p in readings):
                before = at
                break
        return replace(mention, cause_before=before, cause_after=after) if before >= 0 or after >= 0 else mention
