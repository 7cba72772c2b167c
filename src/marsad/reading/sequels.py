"""Sequels: tellings of harm that lean on the one before them, or on a toll that is known.

"Three were killed in the city and another in the countryside", "15 dead in one province, followed by the next with eleven",
"as many in the east", "most of the dead are civilians", "among the dead are two doctors".
"""

from __future__ import annotations

from collections.abc import Iterator

from marsad.reading.government import STOPS
from marsad.reading.people import Noun, Victims
from marsad.reading.qualifiers import COMMAS, QUOTES
from marsad.reading.tellings import HarmMention, Manner, Tellings
from marsad.record import replace

__all__ = ["Sequels"]

_LEANS = 12  # tokens between a telling and one that leans on it
_WHOLE = 26  # tokens between a toll and the parts of it that are told behind the circumstances
_CLAUSE = 14  # tokens from a sum to the clause that tells what came to its people
_FOLLOWS = 6  # tokens between "followed by" and its number
_NO_PLACE = frozenset({"how", "percent"})
_SHARED = frozenset({"killed", "injured"})
_BROKEN_DOWN = frozenset({"abducted", "arrested", "injured", "killed"})


class Sequels(Tellings):
    """Finds the tellings that need another one to be understood, in one text.

    Attributes:
        ends: positions of the tellings found, by their last token; indexed: how many of them it holds.
    """

    ends: dict[int, list[int]]
    indexed: int

    def _elsewhere(self) -> None:
        """ "... and another in the countryside", "... and 3 in the city", "... and as many in the east": the harm told before, to others."""
        for group in self.groups:
            size = (group.min, group.max)
            bare = group.head < 0 and group.unknown < 0 and group.quantity is not None
            if id(group) in self.used or group.kind or not ((group.others or bare) and group.counted and group.joined):
                continue
            begin = group.first - (group.first > 0 and self.tokens[group.first - 1].form == self.words.conjunction)
            before = self._told_before(begin)
            if before is None or before.kind not in _SHARED or not self._goes_on(before.last + 1, begin):
                continue
            if any(self.words.role(t.form)[0] == "among" for t in self.tokens[before.last + 1 : begin]):
                continue  # "40 were killed, among them 25 in X and 15 in Y"
            after = group.last + 1
            if after >= self._end(group.first) or self.words.role(self.tokens[after].form)[0] not in ("in", "after"):
                continue
            if after + 1 >= self._end(group.first) or self.words.role(self.tokens[after + 1].form)[0] in _NO_PLACE:
                continue
            self._lean(group, before, *size)
        for index, duty in self.duties:
            before = self._told_before(index) if duty == "same" else None
            if before is not None and index - before.last <= 3:
                self._lean(Victims(index, index, before.min, before.max, head=index), before, before.min, before.max)

    def _followed(self) -> None:
        """ "15 dead in one province, followed by the next with eleven"."""
        for index, duty in self.duties:
            if duty != "next":
                continue
            before = self._told_before(index)
            if before is None or before.kind not in _SHARED:
                continue
            at = next((i for i in range(index + 1, min(self._end(index), index + _FOLLOWS)) if i in self.starts), -1)
            group = self.starts.get(at)
            if group is None or group.quantity is None or id(group) in self.used or group.head >= 0 or group.unknown >= 0:
                continue
            number = self.tokens[group.quantity.number]
            written = number.start < group.quantity.start and number.form.startswith(self.words.prepositions)
            if written or self.tokens[group.first - 1].form in self.words.prepositions:
                self._lean(group, before, group.min, group.max)

    def _sum_ahead(self, index: int) -> bool:
        """A sum whose number comes first: "raised to 38 the number of the civilians who were killed"; whether it is one."""
        ahead = self.finder.ending.get(index - 1)
        if ahead is None or ahead.first == 0 or self.words.role(self.tokens[ahead.first - 1].form)[0] != "to":
            return False
        people = self.starts.get(index + 1)
        kind = people.kind if people is not None else ""
        known = bool(kind)
        for at in range(index + 1, min(self._end(index) - 1, index + _CLAUSE)):
            if not kind and self.words.role(self.tokens[at].form)[0] == "stop":
                told = self._predicate(at + 1)
                kind = told.kind if told is not None else ""
        if kind not in _SHARED:
            return False
        whole = Victims(ahead.first, index, ahead.min, ahead.max, quantity=ahead, head=index)
        if people is not None:
            whole.status, whole.fighter, whole.head, whole.last = people.status, people.fighter, people.head, people.last
            whole.group_first, whole.group_last = people.group_first, people.group_last
            self.used[id(people)] = kind
            self.found = [m for m in self.found if m.victims != people.first]  # read as a telling of its own
        self.used[id(self.starts.get(ahead.first))] = kind
        # Those "who were killed since" are told of as a sum of their own, the "dead" as one that replaces an earlier one.
        self._add(index, "toll" if known else "passive", [whole], kind, ahead.min, ahead.max, Manner(corrected=known))
        return True

    def _lean(self, group: Victims, before: HarmMention, low: int | None, high: int | None) -> None:
        if group.status == "unknown" and before.status in ("civilian", "combatant"):
            group.status, group.fighter = before.status, before.fighter
            group.group_first, group.group_last = before.group_first, before.group_last
        self.used[id(group)] = before.kind
        self._add(-1, "bare", [group], before.kind, low, high)

    def _told_before(self, index: int) -> HarmMention | None:
        """The last telling that ends before a token in its sentence."""
        for position in self._ending(index - _LEANS, index):
            mention = self.found[position]
            if not mention.part and self.tokens[mention.first].sentence == self.tokens[index].sentence:
                return mention
        return None

    def _ending(self, first: int, last: int) -> Iterator[int]:
        """Positions of the tellings that end in a half-open span of tokens, the last ones first."""
        for position in range(self.indexed, len(self.found)):
            self.ends.setdefault(self.found[position].last, []).append(position)
        self.indexed = len(self.found)
        for at in range(last - 1, max(-1, first - 1), -1):
            yield from self.ends.get(at, ())

    def _goes_on(self, first: int, last: int) -> bool:
        """Whether no other predicate, and no mark that ends a clause, stands in a half-open span of tokens."""
        return not any(
            t.form in STOPS or t.kind == "b" or self.words.role(t.form)[0] == "stop" or self._predicate(t.index) is not None
            for t in self.tokens[first:last]
        )

    def _broken_down(self) -> None:
        """ "14 persons were killed in a raid on a market in the town, among them five children"."""
        for index, duty in self.duties:
            if duty == "all":
                self._of_all(index)
            if duty != "among":
                continue
            position = self._whole(index)
            if position < 0:
                continue
            whole = self.found[position]
            group = Victims(whole.first, index - 1, whole.min, whole.max, head=whole.head, status=whole.status)
            if self.finder.breakdown(group, index, self._end(index), "among") >= 0:
                told = tuple(dict.fromkeys((*whole.including, *group.including)))
                self.found[position] = replace(whole, status=group.status, including=told)

    def _of_all(self, index: int) -> None:
        """ "30 were killed and 50 wounded, some of them badly, and all of them are civilians": what all tolls before it are of."""
        whole = Victims(index, index, None, None)
        if self.finder.breakdown(whole, index, self._end(index), "all") < 0 or whole.status == "unknown":
            return
        for position in self._ending(index - _WHOLE, index):
            mention = self.found[position]
            if mention.status == "unknown" and self.tokens[mention.first].sentence == self.tokens[index].sentence:
                self.found[position] = replace(mention, status=whole.status)

    def _whole(self, index: int) -> int:
        """Position of the last toll told before a breakdown that none has been given yet, -1 if none or too far."""
        best = next(self._ending(index - _WHOLE, index), -1)
        if best < 0 or self.tokens[self.found[best].first].sentence != self.tokens[index].sentence:
            return -1
        mention = self.found[best]
        plain = mention.kind in _BROKEN_DOWN and not mention.including and not mention.joint and not mention.part
        between = self.tokens[mention.last + 1 : index]
        more = any(t.index in self.starts and self.starts[t.index].counted for t in between)
        if between and self.words.role(between[-1].form)[0] == "of":
            between = between[:-1]  # "of among them"
        cases = mention.head >= 0 and self.tokens[mention.head].form in self.words.cases  # "40 cases of arrest, among them"
        apart = bool(between) and (between[-1].form in COMMAS or cases)
        return best if plain and apart and not more and (mention.min or 0) > 2 else -1

    def _of_the_dead(self, index: int) -> None:
        """What is told of the people of a known toll: "most of the dead are civilians", "among the dead are two doctors"."""
        noun = self.words.noun(self.tokens[index].form)
        if noun is None or not noun.definite or noun.number not in ("pl", "amb") or noun.kind not in _SHARED:
            return
        end = self._end(index)
        at = index + 1
        if at in self.starts and self.starts[at].head < 0 and self.starts[at].unknown < 0:
            at = self.starts[at].last + 1  # "among the six dead"
        if self._among(index):
            self._some_of_them(index, at, end, noun)
        else:
            self._all_of_them(index, at, end, noun)

    def _among(self, index: int) -> bool:
        """Whether "among" or "one of" stands before a noun."""
        if index and self.words.role(self.tokens[index - 1].form)[0] == "member":
            return True
        return index >= 2 and [self.words.role(self.tokens[i].form)[0] for i in (index - 2, index - 1)] == ["of", "joint"]

    def _some_of_them(self, index: int, at: int, end: int, noun: Noun) -> None:
        while at < end and (self.tokens[at].form in COMMAS or self.tokens[at].form in QUOTES):
            at += 1
        group = self.starts.get(at)
        if group is None or id(group) in self.used or (group.kind and group.kind != noun.kind) or group.min is None:
            return
        if group.definite and not group.counted and group.max != 1:
            return
        for item in self._series(group):
            if id(item) in self.used and self.used[id(item)] != "absorbed":
                break
            self.used[id(item)] = noun.kind
            self._add(-1, "bare", [item], noun.kind, item.min, item.max, Manner(part=True))

    def _all_of_them(self, index: int, at: int, end: int, noun: Noun) -> None:
        before = self.words.role(self.tokens[index - 1].form)[0] if index else ""
        of = index >= 2 and before == "of"
        before = self.words.role(self.tokens[index - 2].form)[0] if of else before
        share = "most" if before in ("share", "most") else ""
        # "the victims are of the students" tells it, "the number of the victims of the students" does not.
        opens = before == "stop" or index == self.text.sentences[self.tokens[index].sentence][0]
        stated = False
        while at < end:
            role = self.words.role(self.tokens[at].form)[0]
            if role in ("most", "all", "they", "of"):
                share = "most" if role == "most" else share
                stated = stated or role != "of" or opens or bool(share)
            elif self.tokens[at].form not in QUOTES:
                break
            at += 1
        own = self.starts.get(index)
        side = own is not None and self.words.role(self.tokens[own.last].form)[0] == "side"
        if own is not None and own.last > index and own.quantity is None and stated and own.status != "unknown" and not side:
            self._state(index, own, own, noun, "mixed" if share else own.status)
            return
        person = self.words.noun(self.tokens[at].form) if at < end else None
        if person is None or person.kind or person.proclitic or person.number not in ("pl", "amb") or not (stated or share):
            return
        group = self.starts.get(at)
        if group is None or group.status not in ("civilian", "combatant") or (person.definite and not stated):
            return
        self._state(index, group, self.starts.get(index), noun, "mixed" if share else group.status)

    def _state(self, index: int, people: Victims, own: Victims | None, noun: Noun, status: str) -> None:
        """Tells whose people the known dead are, as ``people`` says."""
        for group in (people, own):
            if group is not None:
                self.used[id(group)] = noun.kind
        whole = Victims(index, people.last, None, None, head=index, status=status, fighter=people.fighter and status != "mixed")
        whole.group_first, whole.group_last = people.group_first, people.group_last
        for kind in ("killed", "injured") if noun.use == "victims" else (noun.kind,):
            self._add(-1, "bare", [whole], kind, None, None, Manner(part=True))
