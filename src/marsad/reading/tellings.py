"""Tellings: what a predicate and its groups of people say, made into tolls."""

from __future__ import annotations

from marsad.model import Including
from marsad.reading.government import STOPS
from marsad.reading.people import Victims
from marsad.reading.predicates import Predicate
from marsad.reading.qualifiers import COMMAS, QUOTES
from marsad.reading.wordorder import WordOrder
from marsad.record import record, replace

__all__ = ["JOINT", "PLAIN", "HarmMention", "Manner", "Tellings"]

_MANY = 500  # people who flee and are not told to be civilians, from which on they are displaced
_FEW = 2  # people told without a number whose flight is no displacement
_FOUND = 3  # tokens from "did not" to the body that was not found


@record(frozen=True, slots=True)
class HarmMention:
    """One toll, counted or not, as told at one point.

    Attributes:
        first, last: token indices of predicate and victims, both included; start, end: their source offsets.
        kind: killed, injured, missing, abducted, captured, arrested, displaced.
        min, max, status, including: as in ``Harm``.
        predicate: index of the predicate's token, -1 if the noun of harm stands alone.
        voice: nominal, passive, active, carrier, toll or bare.
        victims: first token of the victims' group; head: index of their noun, -1 for a bare number.
        group_first, group_last: token span of words that say whose people they are, -1 if none.
        fighter: whether the noun is one for fighters.
        definite: whether the victims are told as known ("the seven").
        negated: told as not having happened ("without casualties").
        corrected: a sum that replaces an earlier one; superseded: the earlier one.
        joint: shares a number that is not split ("30 dead and wounded").
        named: one person told by name.
        part: tells of the people of a toll told elsewhere, and adds nothing to it.
        shares: the parts that make up its number, where they are people of two kinds or came to two kinds of harm.
        cause_before, cause_after: index of the connector that ties it to its cause ("which led to", "as a result of"), or -1.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    min: int | None
    max: int | None
    status: str
    including: tuple[Including, ...]
    predicate: int
    voice: str
    victims: int
    head: int
    group_first: int
    group_last: int
    fighter: bool
    definite: bool
    negated: bool = False
    corrected: bool = False
    superseded: bool = False
    joint: bool = False
    named: bool = False
    part: bool = False
    cause_before: int = -1
    cause_after: int = -1
    shares: tuple[HarmMention, ...] = ()


@record(frozen=True, slots=True)
class Manner:
    """How a toll is told; see the attributes of ``HarmMention``."""

    joint: bool = False
    corrected: bool = False
    superseded: bool = False
    named: bool = False
    part: bool = False


PLAIN, JOINT = Manner(), Manner(joint=True)


class Tellings(WordOrder):
    """Makes tolls of the groups that predicates govern, in one text."""

    found: list[HarmMention]
    risen: set[int]  # identities of the groups that a sum rose to

    def _tell(self, index: int, predicate: Predicate, group: Victims, voice: str, kinds: list[str], joint: bool) -> None:
        series = self._series(group)
        told: list[Victims] = []
        for item in series:
            if id(item) in self.used:
                if item is group and (voice == "carrier" or self.used[id(item)] == predicate.kind):
                    continue
                if item is not group:
                    break
            told.append(item)
        if not told:
            return
        merged: list[tuple[Victims, list[Victims]]] = []
        for item in told:
            kind = item.kind
            plain = not kind or (item.joint is False and kind == predicate.kind and voice != "carrier")
            owned = item.noun is not None and item.noun.owned
            if item is not group and (item.head < 0 or item.others or owned) and item.status == "unknown":
                item.status = group.status
            last = merged[-1] if merged else None
            if last is not None and plain and not last[0].kind and self._adds(last[0], item) and not joint and not item.joint:
                last[1].append(item)
            else:
                merged.append((item, [item]))
        self._share(told)
        before_kind = ""
        for lead, members in merged:
            for item in members:
                self.used[id(item)] = lead.kind or predicate.kind
            if lead.joint:
                for part in lead.parts:
                    noun = self.words.noun(self.tokens[part].form)
                    if noun is not None and noun.kind:
                        self._add(index, voice, members, noun.kind, lead.min, lead.max, JOINT)
                continue
            if joint:
                vague = len(members) == 1 and (lead.quantity is None or lead.quantity.how == "count")
                low, high = (lead.min, lead.max) if vague and lead.min != 1 else (None, None)
                for kind in kinds:
                    self._add(index, voice, members, kind, low, high, JOINT)
                continue
            kind = lead.kind if lead.kind and (voice == "carrier" or lead.kind != predicate.kind) else predicate.kind
            if predicate.use != "carrier" and lead.kind in ("killed", "injured", "missing") and lead is not group:
                kind = lead.kind
            elif predicate.use != "carrier":
                kind = predicate.kind
            if lead is not group and lead.head < 0 and before_kind in ("killed", "injured"):
                kind = before_kind  # "the fall of 15 wounded, and 25 of the police"
            before_kind = kind
            flees = kind == "displaced" and predicate.persons == "listed" and lead.status != "civilian"
            if not kind or (flees and (lead.min or 0) < _MANY) or (kind == "displaced" and lead.status == "combatant"):
                continue  # fighters and prisoners flee, they are not displaced
            low, high = self._sum(members)
            if low is None and high is not None:
                low = 1  # "up to 75 dead": some died
            self._add(index, voice, members, kind, low, high)

    def _apart(self, members: list[Victims]) -> list[Victims]:
        """The parts that make up a number, where they are people of two kinds or came to two kinds of harm; else none."""
        shares = members[0].shares if len(members) == 1 else []
        for share in shares:
            if share.status == "unknown" and members[0].status in ("civilian", "combatant"):
                share.status = members[0].status
        told = {share.status for share in shares}
        parties = {
            tuple(t.form for t in self.tokens[s.group_first : s.group_last + 1]) if s.group_first >= 0 else () for s in shares
        }
        split = told == {"civilian", "combatant"} or (told == {"combatant"} and len(parties) > 1)
        return shares if split or len({share.kind for share in shares}) > 1 else []

    def _adds(self, one: Victims, two: Victims) -> bool:
        """Whether two joined groups make one toll."""
        if {self._side(one), self._side(two)} == {"regular", "irregular"}:
            return False
        escort = two.noun is not None and two.noun.owned
        if one.group_first >= 0 and not (two.others and two.group_first < 0) and not escort:
            return False  # people of two parties
        named = one.noun is not None and one.noun.use not in ("title", "rank") and self.finder.armed_at(one.head)
        if two.group_first >= 0 and ((two.others and two.head < 0) or named):
            return False  # "42 of the militia and nine fighters of the army", "a soldier and another one of the militia"
        if escort and two.quantity is not None and two.status == "unknown" and one.max == 1:
            return True  # "an official and two of his guards"
        return one.status == two.status and (one.status != "unknown" or (one.quantity is None and two.quantity is None))

    def _side(self, group: Victims) -> str:
        """Whose side the nouns and adjectives of a group tell ("soldiers", "extremist elements"), or the empty string."""
        words = self.tokens[group.head : group.last + 1] if group.head >= 0 else ()
        return next((side for token in words if (side := self.words.side(token.form))), "")

    def _share(self, told: list[Victims]) -> None:
        """A qualifier at the end holds for the coordinate nouns before it: "25 dead and 15 wounded of the movement"."""
        last = told[-1]
        if last.kind and (last.status != "unknown" or last.group_first >= 0):
            for item in told[:-1]:
                if item.kind and item.status == "unknown" and item.group_first < 0:
                    item.status, item.group_first, item.group_last = last.status, last.group_first, last.group_last

    @staticmethod
    def _sum(members: list[Victims]) -> tuple[int | None, int | None]:
        if any(m.min is None for m in members):
            low = None if len(members) == 1 else sum(m.min or 0 for m in members) or None
        else:
            low = sum(m.min or 0 for m in members)
        if any(m.max is None for m in members):
            return low, None
        return low, sum(m.max or 0 for m in members)

    def _series(self, group: Victims) -> list[Victims]:
        """A group with those joined to it by "and": "an officer and three soldiers"."""
        series = [group]
        position = self.order[id(group)] + 1
        while position < len(self.groups):
            before, item = series[-1], self.groups[position]
            gap = self.tokens[before.last + 1 : item.first]
            if self.tokens[item.first].sentence != self.tokens[group.first].sentence:
                break
            names = 0
            broken = False
            title = before.noun is not None and before.noun.use in ("title", "rank") and before.definite and before.max == 1
            alone = before.quantity is None and before.min == 1 and item.noun is not None and item.noun.owned
            few = item.counted or (item.noun is not None and item.noun.number in ("sg", "acc", "dual"))
            company = (alone and few) or self._others_of(before, item)  # "an official of a local council and his wife"
            owner = few and before.group_last == before.last >= 0  # whose people they are is told last, and may have an adjective
            for token in gap:
                if token.kind == "b" or token.form in STOPS:
                    broken = True
                elif (
                    token.form in QUOTES
                    or token.form in COMMAS
                    or token.form == self.words.conjunction
                    or self.words.role(token.form)[0] in ("besides", "least")
                    or self._at_least(token.index)
                    or self.words.role(token.form)[0] == "to"
                ):
                    continue
                elif owner and token.index == before.last + 1 and token.form.startswith(self.words.article):
                    continue  # "five members of the Internal Security and a woman"
                elif (title or company) and self.words.role(token.form)[0] == "in":
                    names += 1  # a name that is also a preposition; "a leader in the movement and two of his guards"
                elif self._predicate(token.index) is not None or self.words.role(token.form)[0] not in ("", "skip"):
                    broken = True
                else:
                    names += 1
            besides = any(self.words.role(t.form)[0] == "besides" for t in gap)
            if item.definite and not item.counted and before.group_first >= 0 and item.max == 1:
                break  # "dead of the army and the president's guard"
            if item.weak or broken or names > (6 if title or company else 1 if alone else 0) or not (item.joined or besides):
                break
            headed = item.noun is not None and item.noun.use in ("title", "rank") and item.max == 1
            if names and not (item.counted or headed or alone):
                break
            following = self.tokens[item.last + 1 : item.last + 3]
            if item.head < 0 and (item.unknown >= 0 or any(self.words.role(t.form)[0] == "listed" for t in following)):
                break  # "and seven are listed as missing"
            titled = item.noun is not None and item.noun.use in ("title", "rank") and item.noun.number == "sg"
            plural = item.noun is not None and item.noun.number in ("pl", "amb")
            if item.definite and not item.counted and not (titled or plural):
                break
            if (
                item.noun is not None
                and item.noun.kind
                and item.noun.use == "event"
                and not item.counted
                and item.noun.number == "sg"
            ):
                break
            if (
                item.definite
                and not item.counted
                and item.noun is not None
                and item.noun.number in ("pl", "amb")
                and not item.kind
            ):
                if before.definite or (before.noun is not None and before.noun.definite):
                    self.used[id(item)] = "absorbed"
                    position += 1
                    before.last = item.last
                    continue
                break
            if plural and item.noun is not None and item.noun.owned and not item.counted and before.quantity is not None:
                self.used[id(item)] = "absorbed"  # "460 patients and their companions"
                before.last = item.last
                position += 1
                continue
            if self._same_number(before, item):
                self.used[id(item)] = "absorbed"
                before.last = item.last
                if before.status != item.status:
                    before.status = "mixed" if "unknown" not in (before.status, item.status) else before.status
                if before.group_first < 0:
                    before.group_first, before.group_last = item.group_first, item.group_last
                position += 1
                continue
            self._suits(before, item)
            series.append(item)
            position += 1
        return series

    def _at_least(self, index: int) -> bool:
        """Whether a preposition begins "at least"."""
        return self.words.role(self.tokens[index].form)[0] == "in" and self.words.role(self.tokens[index + 1].form)[0] == "least"

    @staticmethod
    def _suits(before: Victims, item: Victims) -> None:
        """What a joined group tells of the one before it, and that one of it."""
        noun, first = item.noun, before.noun
        if noun is None or first is None:
            return
        if noun.owned and noun.who and before.status == "unknown" and before.min == 1 and not first.kind:
            before.status = "civilian"  # "a man and his wife"
        if noun.number == "amb" and item.quantity is None and before.max is not None and not noun.kind:
            item.min = item.max = 2  # "an officer and two conscripts": beside an exact number, a dual

    @staticmethod
    def _same_number(before: Victims, item: Victims) -> bool:
        """Whether a joined noun shares the number before it: "17 soldiers and officers"."""
        one, two = before.noun, item.noun
        if before.quantity is None or one is None or two is None or item.quantity is not None or one.kind or two.kind:
            return False
        if before.max == 1 or two.number == "dual" or two.definite != one.definite:
            return False
        return (one.number in ("acc", "sg") and two.number == "acc") or (
            one.number in ("pl", "amb") and two.number in ("pl", "amb")
        )

    def _add(
        self, index: int, voice: str, members: list[Victims], kind: str, low: int | None, high: int | None, manner: Manner = PLAIN
    ) -> None:
        lead = members[0]
        if (
            lead.noun is not None
            and lead.noun.use == "victims"
            and lead.quantity is None
            and not manner.joint
            and lead.max is None
        ):
            for each in ("killed", "injured"):
                self._add(index, voice, members, each, None, None, JOINT)
            return
        if kind == "displaced" and lead.quantity is None and high is not None and high <= _FEW:
            return  # "he fled to the capital" is no one's displacement
        self.found.append(self._made(index, voice, members, kind, low, high, manner))

    def _made(
        self, index: int, voice: str, members: list[Victims], kind: str, low: int | None, high: int | None, manner: Manner
    ) -> HarmMention:
        lead, tail = members[0], members[-1]
        first = min(lead.first, index) if index >= 0 else lead.first
        last = max(tail.last, index)
        whose = next((m for m in members if m.group_first >= 0), lead)
        including = [i for m in members for i in m.including]
        for member in members:
            noun = member.noun
            if noun is not None and noun.who and not member.parts:
                size = (None, None) if noun.use == "group" or manner.joint else (member.min, member.max)
                including.insert(0, Including(noun.who, *size))
        known = lead.kind == kind != "missing"  # whoever is missing is not told of before
        if lead.quantity is not None and known and lead.noun is not None and lead.noun.definite:
            behind = self.tokens[lead.quantity.last + 1 : lead.quantity.last + 2]
            if any(self.words.role(token.form)[0] == "of" for token in behind):
                manner = replace(manner, part=True)  # "two of the dead"
        start, end = self.text.span(first, last)
        if lead.quantity is not None and first == lead.first and index != first:
            start = max(start, lead.quantity.start)
        statuses = {m.status for m in members}
        status = lead.status if len(statuses) == 1 else "mixed"
        shares = tuple(
            self._made(index, voice, [share], share.kind or kind, share.min, share.max, replace(manner, joint=False, named=False))
            for share in (() if manner.joint else self._apart(members))
        )
        return HarmMention(
            first, last, start, end, kind, low, high, status, tuple(dict.fromkeys(including)), index, voice, lead.first, lead.head,
            whose.group_first, whose.group_last, any(m.fighter for m in members), lead.definite,
            self._negated(index, lead), manner.corrected or id(lead) in self.risen, manner.superseded, manner.joint,
            manner.named, manner.part, shares=shares,
        )  # fmt: skip

    def _negated(self, index: int, group: Victims) -> bool:
        """Whether a negator stands before: right before for a counted group, up to seven words before a bare one."""
        before = [self.words.role(t.form)[0] for t in self.tokens[max(0, index - 2) : index]] if index > 0 else []
        if before[-1:] == ["attempt"] or before == ["attempt", "in"]:
            return True
        if "anniversary" in before:
            return True
        if index > 0 and self.tokens[index].form.startswith(self.words.prepositions) and self._judged(index):
            return True
        person = group.noun is not None and not group.kind and group.noun.number in ("sg", "acc")
        counted = person or (group.quantity is not None and group.quantity.how != "count")
        if index < 0 or index > group.first:
            return self._denied(group.first, 1 if counted else 7)
        if index == group.first and person:
            return self._denied(index, _FOUND)  # "did not find his body"
        if counted:
            return self._denied(index, 1)
        return self._denied(group.first, 7) or self._denied(index, 3)

    def _judged(self, index: int) -> bool:
        """Whether a predicate is what a court decided ("sentenced to death")."""
        return self._predicate(index) is not None and any(
            self.words.role(token.form)[0] == "verdict" for token in self.tokens[max(0, index - 3) : index]
        )

    def _denied(self, at: int, reach: int) -> bool:
        """Whether a negator stands among the words before a token, with no new clause between."""
        sentence = self.tokens[at].sentence
        for index in range(at - 1, max(-1, at - 1 - reach), -1):
            token = self.tokens[index]
            if token.sentence != sentence or token.form in COMMAS or token.form in STOPS:
                return False
            role, _ = self.words.role(token.form)
            if role in ("negator", "denier"):
                return True
            if role == "stop" and reach > 1 and index + 1 < at and self._predicate(index + 1) is None:
                return index > 0 and self.words.role(self.tokens[index - 1].form)[0] == "negator"  # "without that he spoke of"
        return False
