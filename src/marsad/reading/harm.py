"""Harm to people: who was killed, injured, captured ... and how many, as told at one point of a text.

Predicates of harm are data (``lexicon/harm.tsv``), victims come from ``victims``. A telling is nominal ("the death of
seven"), passive ("seven were killed"), active ("the forces killed seven"), carried ("left 13 dead and 5 wounded") or a
sum ("the number of the dead rose to 17").
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.inflect import forms
from marsad.lexicon.table import read_table
from marsad.model import Including
from marsad.reading.numbers import Quantity
from marsad.reading.victims import VictimFinder, Victims, Words, words_of
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["HarmMention", "find"]

_BEFORE_VERBS = ("and", "so")  # clitics that may stand before a verb in the past
_COMMAS = frozenset("،,")
_PLURAL = frozenset({"perf.3mp", "impf.3mp", "perf.dual", "perf.3fp", "listed"})
_STOPS = frozenset(":؛;.!?؟…")
_QUOTES = frozenset("\"'«»“”‘’()[]<>‹›#")


@dataclass(frozen=True, slots=True)
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
    cause_before: int = -1
    cause_after: int = -1


@dataclass(frozen=True, slots=True)
class _Predicate:
    lemma: str
    use: str
    kind: str
    feature: str
    then: tuple[str, ...]
    persons: str
    joined: bool
    definite: bool


class _Predicates:
    def __init__(self, language: str) -> None:
        self.language = language
        self._forms: dict[str, list[tuple[str, str, str, str, tuple[str, ...], str]]] = {}
        self._known: dict[str, tuple[_Predicate, ...]] = {}
        self.conjunction = words_of(language).conjunction
        clitics = read_table(f"{language}/clitics.tsv")
        self._verbal = {c["form"] for c in clitics if c["side"] == "pro" and c["note"] in _BEFORE_VERBS}
        for row in read_table(f"{language}/lexicon/harm.tsv"):
            base = (row["lemma"], row["use"], row["kind"])
            then = tuple(fold(w) for w in row.list("then"))
            made: dict[str, str] = {}
            if row["paradigm"]:
                made.update(forms(row["paradigm"], row.list("stems"), language))
            for form in row.list("forms"):
                made.setdefault(fold(form), "masdar" if row["use"] == "nominal" or not row["paradigm"] else "listed")
            for form, feature in made.items():
                self._forms.setdefault(form, []).append((*base, feature, then, row["persons"]))

    def at(self, form: str) -> tuple[_Predicate, ...]:
        known = self._known.get(form)
        if known is None:
            rows: list[_Predicate] = []
            for split in splits(form, self.language, enclitics=False):
                entries = self._forms.get(split.listed) or self._forms.get(split.core)
                if split.proclitic and split.proclitic not in self._verbal:
                    entries = [e for e in entries or () if e[3] == "masdar"]
                if entries:
                    joined = split.proclitic.startswith(self.conjunction)
                    rows = [_Predicate(*entry, joined, split.definite) for entry in entries]
                    break
            known = tuple(sorted(rows, key=lambda r: not r.then))
            self._known[form] = known
        return known


@lru_cache(maxsize=4)
def _predicates(language: str) -> _Predicates:
    return _Predicates(language)


def find(text: Text, quantities: list[Quantity], armed: Container[int] = (), language: str = "ar") -> list[HarmMention]:
    """The tellings of harm of a text, in order.

    Args:
        text: the text.
        quantities: its numbers (``numbers.find``).
        armed: indices of tokens that belong to names of armed parties; their people are combatants.
        language: language pack.
    """
    return _Reader(text, quantities, armed, language).run()


class _Reader:
    def __init__(self, text: Text, quantities: list[Quantity], armed: Container[int], language: str) -> None:
        self.text, self.tokens = text, text.tokens
        self.words: Words = words_of(language)
        self.predicates = _predicates(language)
        self.quantities = quantities
        self.finder = VictimFinder(text, quantities, armed, self.words)
        self.groups = self.finder.find()
        self.starts = {g.first: g for g in self.groups}
        self.order = {id(g): i for i, g in enumerate(self.groups)}
        self.used: dict[int, str] = {}
        self.found: list[HarmMention] = []

    def run(self) -> list[HarmMention]:
        index, tokens = 0, self.tokens
        pending: list[tuple[int, _Predicate]] = []
        while index < len(tokens):
            token = tokens[index]
            if token.kind == "w":
                predicate = self._predicate(index)
                if predicate is not None:
                    self._read(index, predicate)
                elif self.words.role(token.form)[0] == "losses":
                    self._losses(index)
            index += 1
        del pending
        self._tolls()
        self._listed()
        self._leftover()
        self.found.sort(key=lambda m: (m.victims, m.first, m.kind))
        return [self._caused(m) for m in self._inherited()]

    def _inherited(self) -> list[HarmMention]:
        """Status of "8 others" or a bare number from the toll told before it (or after it, if only that one says whose)."""
        bare = {id(g): g.head < 0 or (g.noun is not None and g.noun.owned and g.noun.people == "neutral") for g in self.groups}
        found = list(self.found)
        for position, mention in enumerate(found):
            group = self.starts.get(mention.victims)
            if position == 0 or group is None or not (bare[id(group)] or group.others):
                continue
            before = found[position - 1]
            apart = self.tokens[mention.first].sentence - self.tokens[before.last].sentence
            near = mention.first - before.last <= 12 and apart == 0
            next_to = group.others and apart <= 1 and mention.first - before.last <= 30
            if not near and not next_to:
                continue
            if mention.status == "unknown" and before.status in ("civilian", "combatant"):
                found[position] = replace(
                    mention,
                    status=before.status,
                    group_first=before.group_first,
                    group_last=before.group_last,
                    fighter=before.fighter,
                )
            elif near and before.status == "unknown" and mention.status != "unknown" and group.others:
                found[position - 1] = replace(
                    before, status=mention.status, group_first=mention.group_first, group_last=mention.group_last
                )
        return [
            replace(m, status="unknown") if m.kind == "arrested" and m.status == "combatant" and m.group_first < 0 else m
            for m in found
        ]

    # Predicates

    def _predicate(self, index: int) -> _Predicate | None:
        """The predicate of harm at a token, if the words that it needs follow."""
        for predicate in self.predicates.at(self.tokens[index].form):
            if not predicate.then:
                return predicate
            for follower in self.tokens[index + 1 : index + 15]:
                if follower.kind != "w":
                    continue
                if any(s.core in predicate.then for s in splits(follower.form, self.predicates.language)):
                    return predicate
        return None

    def _end(self, index: int) -> int:
        return self.text.sentences[self.tokens[index].sentence][1]

    def _read(self, index: int, predicate: _Predicate) -> None:
        if predicate.definite and not predicate.then and predicate.use == "nominal":
            return  # "the killing" points back
        if index in self.starts and self.starts[index].kind and predicate.use != "nominal":
            return
        second = self._second(index, predicate)
        if second >= 0:
            return  # "the killing and wounding of 30": read at the second one
        kinds = [predicate.kind]
        first = self._first(index, predicate)
        joint = first >= 0
        if joint:
            other = self._predicate(first)
            assert other is not None
            kinds = [other.kind, predicate.kind]
        group, near = self._governed(index, predicate)
        voice = predicate.use if predicate.use != "either" else "passive"
        if group is not None and predicate.use in ("either", "active"):
            agentless = predicate.use == "either"
            behind = self._object(group)
            if behind is not None and (agentless or group.noun is None or group.noun.people != "civilian"):
                group, voice = behind, "active"
            elif predicate.use == "active" or predicate.feature == "perf.3mp":
                voice = "active"
        past = predicate.feature != "masdar" and not predicate.feature.startswith("impf")
        if group is None and predicate.use in ("passive", "either") and past:
            group = self._subject(index, predicate)
            voice = "passive"
        if group is None:
            if predicate.use == "nominal" and predicate.kind == "killed" and near:
                self._named(index, predicate)
            return
        self._tell(index, predicate, group, voice, kinds, joint)

    def _second(self, index: int, predicate: _Predicate) -> int:
        """Index of a predicate that is joined right behind: "killing and wounding"."""
        after = index + 1
        if after < len(self.tokens) and self.tokens[after].form == self.words.conjunction:
            after += 1
        if after >= len(self.tokens) or predicate.use == "carrier":
            return -1
        readings = [r for r in self.predicates.at(self.tokens[after].form) if not r.then]
        other = next((r for r in readings if (r.use == "nominal") == (predicate.use == "nominal")), None)
        if other is None or not (other.joined or after == index + 2) or other.use == "carrier" or not other.kind:
            return -1
        if predicate.feature in _PLURAL and other.feature != predicate.feature:
            return -1  # "... were killed and dozens injured": the first one has its subject before it
        return after if other.kind != predicate.kind else -1

    def _first(self, index: int, predicate: _Predicate) -> int:
        before = index - 1
        if before >= 0 and self.tokens[before].form == self.words.conjunction:
            before -= 1
        if before < 0:
            return -1
        other = self._predicate(before)
        return before if other is not None and self._second(before, other) == index else -1

    def _governed(self, index: int, predicate: _Predicate) -> tuple[Victims | None, bool]:
        """The group that a predicate governs, and whether something else stands right behind the predicate."""
        tokens, words = self.tokens, self.words
        at, end, strange, phrase = index + 1, self._end(index), 0, False
        limit = {"nominal": 3, "carrier": 9}.get(predicate.use, 8)
        while at < end and at < index + 22:
            token = tokens[at]
            group = self.starts.get(at)
            if group is not None:
                if group.joined and at == index + 1 and predicate.use != "carrier":
                    break
                if self._fits(group, predicate, strange, phrase):
                    return group, False
                if predicate.use == "nominal" and not strange and not phrase:
                    return None, False
                strange += 1
                at = group.last + 1
                phrase = True
                continue
            if token.kind in "pb":
                if token.form in _STOPS or token.kind == "b":
                    break
                if token.form in _COMMAS and strange and predicate.kind not in ("killed", "injured", ""):
                    break
                at += 1
                continue
            role, joined = words.role(token.form)
            if role == "stop" or (role in ("among", "besides", "toll", "rise") and not joined):
                break
            if role in ("in", "after"):
                phrase = True
            elif role == "skip" or role == "of":
                pass
            elif self._predicate(at) is not None and not phrase or self._predicate(at) is not None and predicate.use != "carrier":
                break
            else:
                strange += 1
                if strange == 1 and at == index + 1 and predicate.use == "nominal":
                    return self._far(at, end, predicate), True
            if strange > limit:
                break
            at += 1
        return None, False

    def _far(self, at: int, end: int, predicate: _Predicate) -> Victims | None:
        return None

    def _fits(self, group: Victims, predicate: _Predicate, strange: int, phrase: bool) -> bool:
        """Whether a group can be what a predicate governs, given what stands between them."""
        noun = group.noun
        if predicate.kind == "missing" and (strange or phrase or not (group.counted or group.min == 1)):
            return False
        if noun is not None and not group.quantity:
            if noun.proclitic.strip(self.words.conjunction):
                return predicate.use == "carrier" and not strange and not phrase
            if noun.kind == "killed" and group.definite:
                return False  # "the victim": told before
        if group.weak and (strange or phrase or group.definite or (noun is not None and noun.number == "acc")):
            return False  # "Libya" looks like "a Libyan"
        if predicate.feature.startswith("impf") and (strange or phrase or group.quantity is None):
            return False  # "he kills": a habit
        if predicate.use == "carrier":
            if noun is not None and noun.kind:
                if group.definite and not group.counted:
                    return False
                return group.counted or (noun.number not in ("sg", "acc") and strange < 5) or not (strange or phrase)
            if not predicate.kind or group.head < 0:
                return group.joint
            return group.joint or (not strange and not phrase) or (group.counted and strange < 4)
        if noun is not None and noun.kind and noun.kind != predicate.kind and predicate.kind in ("killed", "injured"):
            if noun.kind in ("killed", "injured") and noun.use == "event":
                return False
            return not phrase and strange == 0
        if noun is not None and noun.use == "event":
            return False
        if group.head < 0 and not group.others:
            if group.unknown >= 0:
                if predicate.kind == "killed":
                    return strange == 0 and not phrase and predicate.persons in ("sure", "name")
                return (
                    predicate.kind not in ("injured", "missing", "")
                    and predicate.persons != "listed"
                    and strange < 3
                    and not phrase
                )
            if group.quantity is not None and group.quantity.how == "vague" and group.quantity.min == 2:
                return False  # "several" alone
            return strange == 0 and not phrase or (group.quantity is not None and group.quantity.how == "vague" and strange < 3)
        if noun is not None and noun.proclitic.strip(self.words.conjunction) and not group.quantity:
            return False
        single = noun is not None and noun.number in ("sg", "acc")
        if group.definite and not group.counted and not single:
            return False
        if phrase or strange:
            if group.definite and not group.counted:
                return False
            if noun is not None and noun.number in ("pl", "amb") and not group.counted and phrase:
                return predicate.use != "nominal" and not phrase
            return group.counted or (noun is not None and noun.number in ("sg", "acc", "dual") and not phrase) or not phrase
        return not (noun is not None and noun.use == "rank" and not group.definite and not group.counted)

    def _object(self, group: Victims) -> Victims | None:
        """The group behind a possible agent: "gunmen killed three soldiers"."""
        position = self.order[id(group)] + 1
        if position >= len(self.groups) or group.quantity is not None and group.counted and group.max != 1:
            return None
        behind = self.groups[position]
        if behind.weak or group.weak or (behind.noun is not None and behind.noun.owned and not behind.counted):
            return None
        gap = self.tokens[group.last + 1 : behind.first]
        if behind.joined or len(gap) > 5 or self.tokens[behind.first].sentence != self.tokens[group.first].sentence:
            return None
        for token in gap:
            if token.kind in "pb" and token.form not in _QUOTES:
                return None
            role, joined = self.words.role(token.form)
            if token.kind == "w" and len(token.form) > 3 and token.form.startswith(self.words.conjunction):
                return None
            if joined or role in ("stop", "in", "after", "of", "joint", "among") or self._predicate(token.index) is not None:
                return None
        if behind.noun is not None and behind.noun.proclitic:
            return None
        if behind.definite and not behind.counted:
            return None
        return behind

    def _subject(self, index: int, predicate: _Predicate) -> Victims | None:
        """The group before its verb: "six persons were killed"."""
        plural = predicate.feature in _PLURAL
        reach = 9 if plural else 4
        at = index - 1
        while at >= 0 and at > index - reach - 6 and self.tokens[at].sentence == self.tokens[index].sentence:
            group = next((g for g in (self.starts.get(at),) if g is not None), None)
            if group is not None:
                titled = group.definite and group.noun is not None and group.noun.use in ("title", "rank") and group.max == 1
                if group.noun is not None and group.noun.kind == "killed" and group.definite and not group.quantity:
                    return None
                if group.weak or group.last < index - reach - (4 if titled else 0) or group.last >= index:
                    return None
                if id(group) in self.used or (group.kind and group.kind != predicate.kind):
                    return None
                between = self.tokens[group.last + 1 : index]
                if any(t.form in _STOPS or t.kind == "b" for t in between):
                    return None
                if plural and group.min == 1 and group.max == 1:
                    return None
                if not plural and (
                    predicate.kind not in ("killed", "injured")
                    or (not titled and any(t.kind == "w" and not self.words.demonym(t.form) for t in between))
                    or any(t.form in _COMMAS for t in between)
                ):
                    return None
                if (
                    group.definite
                    and not group.counted
                    and not (group.noun is not None and group.noun.number == "sg" and not between)
                ):
                    return None
                if not plural and not (group.counted or (group.noun is not None and group.noun.number == "sg")):
                    return None
                if group.head < 0 and not (group.others and group.quantity is not None):
                    return None
                if group.kind and not group.counted:
                    return None
                return self._lead(group) if plural else group
            if self._predicate(at) is not None or self.words.role(self.tokens[at].form)[0] == "besides":
                return None
            at -= 1
        return None

    def _lead(self, group: Victims) -> Victims:
        """The first of a series that ends with a group: "12 militants and five civilians were killed"."""
        while group.joined:
            position = self.order[id(group)]
            if not position:
                break
            before = self.groups[position - 1]
            gap = self.tokens[before.last + 1 : group.first]
            near = all(t.form in _COMMAS or t.form in _QUOTES or t.form == self.words.conjunction for t in gap)
            if not near or id(before) in self.used or before.kind or (before.definite and not before.counted):
                break
            group = before
        return group

    # Tellings

    def _tell(self, index: int, predicate: _Predicate, group: Victims, voice: str, kinds: list[str], joint: bool) -> None:
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
        for lead, members in merged:
            for item in members:
                self.used[id(item)] = lead.kind or predicate.kind
            if lead.joint:
                for part in lead.parts:
                    noun = self.words.noun(self.tokens[part].form)
                    if noun is not None and noun.kind:
                        self._add(index, voice, members, noun.kind, lead.min, lead.max, joint=True)
                continue
            if joint:
                vague = len(members) == 1 and (lead.quantity is None or lead.quantity.how == "count")
                low, high = (lead.min, lead.max) if vague and lead.min != 1 else (None, None)
                for kind in kinds:
                    self._add(index, voice, members, kind, low, high, joint=True)
                continue
            kind = lead.kind if lead.kind and (voice == "carrier" or lead.kind != predicate.kind) else predicate.kind
            if predicate.use != "carrier" and lead.kind in ("killed", "injured", "missing") and lead is not group:
                kind = lead.kind
            elif predicate.use != "carrier":
                kind = predicate.kind
            if not kind:
                continue
            low, high = self._sum(members)
            if low is None and high is not None:
                low = 1  # "up to 75 dead": some died
            self._add(index, voice, members, kind, low, high)

    @staticmethod
    def _adds(one: Victims, two: Victims) -> bool:
        """Whether two joined groups make one toll."""
        if one.group_first >= 0 and not (two.others and two.head < 0):
            return False  # people of two parties
        return one.status == two.status and (one.status != "unknown" or (one.quantity is None and two.quantity is None))

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
            for token in gap:
                if token.kind == "b" or token.form in _STOPS:
                    broken = True
                elif token.form in _QUOTES or token.form in _COMMAS or token.form == self.words.conjunction or self.words.role(token.form)[0] == "besides" or self.words.role(token.form)[0] == "to":
                    continue
                elif title and self.words.role(token.form)[0] == "in":
                    names += 1  # a name that is also a preposition
                elif self._predicate(token.index) is not None or self.words.role(token.form)[0] not in ("", "skip"):
                    broken = True
                else:
                    names += 1
            besides = any(self.words.role(t.form)[0] == "besides" for t in gap)
            if item.weak or broken or names > (6 if title else 0) or not (item.joined or besides):
                break
            if names and not (item.counted or (item.noun is not None and item.noun.use in ("title", "rank") and item.max == 1)):
                break
            if item.head < 0 and item.unknown >= 0:
                break
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
            if self._same_number(before, item):
                self.used[id(item)] = "absorbed"
                before.last = item.last
                if before.status != item.status:
                    before.status = "mixed" if "unknown" not in (before.status, item.status) else before.status
                if before.group_first < 0:
                    before.group_first, before.group_last = item.group_first, item.group_last
                position += 1
                continue
            series.append(item)
            position += 1
        return series

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
        self,
        index: int,
        voice: str,
        members: list[Victims],
        kind: str,
        low: int | None,
        high: int | None,
        *,
        joint: bool = False,
        corrected: bool = False,
        superseded: bool = False,
        named: bool = False,
    ) -> None:
        lead, tail = members[0], members[-1]
        if lead.noun is not None and lead.noun.use == "victims" and lead.quantity is None and not joint and lead.max is None:
            for each in ("killed", "injured"):
                self._add(index, voice, members, each, None, None, joint=True)
            return
        first = min(lead.first, index) if index >= 0 else lead.first
        last = max(tail.last, index)
        whose = next((m for m in members if m.group_first >= 0), lead)
        including = [i for m in members for i in m.including]
        for member in members:
            noun = member.noun
            if noun is not None and noun.who and not member.parts:
                size = (None, None) if noun.use == "group" or joint else (member.min, member.max)
                including.insert(0, Including(noun.who, *size))
        start, end = self.text.span(first, last)
        if lead.quantity is not None and first == lead.first and index != first:
            start = max(start, lead.quantity.start)
        statuses = {m.status for m in members}
        status = lead.status if len(statuses) == 1 else "mixed"
        self.found.append(
            HarmMention(
                first, last, start, end, kind, low, high, status, tuple(dict.fromkeys(including)), index, voice, lead.first, lead.head,
                whose.group_first, whose.group_last, any(m.fighter for m in members), lead.definite,
                self._negated(index, lead), corrected, superseded, joint, named,
            )
        )  # fmt: skip

    def _negated(self, index: int, group: Victims) -> bool:
        """Whether a negator stands before: right before for a counted group, up to seven words before a bare one."""
        counted = group.quantity is not None and group.quantity.how != "count"
        if index < 0 or index > group.first:
            return self._denied(group.first, 1 if counted else 7)
        if counted:
            return self._denied(index, 1)
        return self._denied(group.first, 7) or self._denied(index, 3)

    def _denied(self, at: int, reach: int) -> bool:
        """Whether a negator stands among the words before a token, with no new clause between."""
        sentence = self.tokens[at].sentence
        for index in range(at - 1, max(-1, at - 1 - reach), -1):
            token = self.tokens[index]
            if token.sentence != sentence or token.form in _COMMAS or token.form in _STOPS:
                return False
            role, _ = self.words.role(token.form)
            if role in ("negator", "denier"):
                return True
            if role == "stop" and reach > 1 and index + 1 < at and self._predicate(index + 1) is None:
                return False
        return False

    def _named(self, index: int, predicate: _Predicate) -> None:
        """ "the killing of Name": one person, when an unlisted word follows right behind."""
        follower = index + 1
        if predicate.persons != "name" or predicate.definite or follower >= len(self.tokens) or self.tokens[follower].kind != "w":
            return
        form = self.tokens[follower].form
        if self.words.role(form)[0] or self.predicates.at(form) or form.startswith(self.words.conjunction) or len(form) < 3:
            return
        if form.endswith(self.words.plurals) or self.words.noun(form) is not None:
            return
        self._add(index, "nominal", [Victims(follower, follower, 1, 1, head=follower)], predicate.kind, 1, 1, named=True)

    def _listed(self) -> None:
        """ "841 persons are in the list of the missing"."""
        for index, token in enumerate(self.tokens):
            if token.kind != "w" or self.words.role(token.form)[0] != "listed" or index + 1 >= len(self.tokens):
                continue
            noun = self.words.noun(self.tokens[index + 1].form)
            group = next((g for g in self.groups if index - 3 <= g.last < index and g.counted), None)
            if noun is not None and noun.kind and group is not None and id(group) not in self.used:
                self.used[id(group)] = noun.kind
                self._add(-1, "bare", [group], noun.kind, group.min, group.max)

    def _losses(self, index: int) -> None:
        """ "human losses": killed and injured, no number."""
        end = self._end(index)
        for at in range(index + 1, min(end, index + 4)):
            if self.words.role(self.tokens[at].form)[0] == "human":
                group = self.finder.qualify(Victims(index, at, None, None))
                for kind in ("killed", "injured"):
                    self._add(-1, "bare", [group], kind, None, None, joint=True)
                return

    def _tolls(self) -> None:
        """Sums: "the number of the dead rose to 17"."""
        told = {m.victims for m in self.found}
        for index, token in enumerate(self.tokens):
            if token.kind != "w" or self.words.role(token.form)[0] != "toll":
                continue
            nouns = [
                n
                for n in (self.words.noun(t.form) for t in self.tokens[index + 1 : index + 4] if t.kind == "w")
                if n is not None and n.kind
            ]
            if not nouns:
                continue
            end = min(self._end(index), index + 30)
            named = next((self.starts[at] for at in range(index + 1, min(index + 4, end)) if at in self.starts), None)
            if named is not None and named.quantity is not None:
                named = None
            rising = any(self.words.role(t.form)[0] == "rise" for t in self.tokens[max(0, index - 3) : end])
            for quantity in self.quantities:
                if not index < quantity.first < end:
                    continue
                if quantity.first in told:
                    break
                before = self.words.role(self.tokens[quantity.first - 1].form)[0]
                if before not in ("to", "rise", "reach") and quantity.how != "to":
                    continue
                group = self.starts.get(quantity.first)
                if group is not None and named is not None and group.status == "unknown":
                    group.status, group.group_first, group.group_last = named.status, named.group_first, named.group_last
                if named is not None:
                    self.used[id(named)] = nouns[0].kind
                if group is None or (group.unknown >= 0) or (group.kind and group.kind != nouns[0].kind):
                    break
                low, high = group.min, group.max
                if quantity.how == "to" and rising:
                    self._add(index, "toll", [group], nouns[0].kind, low, low, superseded=True)
                    low = high
                joint = len(nouns) > 1 and nouns[1].joined and nouns[1].kind != nouns[0].kind
                for noun in nouns[: 2 if joint else 1]:
                    if joint:
                        low = high = None
                    self._add(index, "toll", [group], noun.kind, low, high, corrected=rising, joint=joint)
                self.used[id(group)] = nouns[0].kind
                break

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
                        self._add(-1, "bare", [group], named.kind, group.min, group.max, joint=True)
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
            ):
                for kind in (noun.kind, behind.kind):
                    self._add(-1, "bare", [group, behind], kind, None, None, joint=True)
                self.used[id(group)] = self.used[id(behind)] = noun.kind
                continue
            if group.quantity is None:
                if noun.definite or noun.number not in ("pl", "dual", "amb") or noun.proclitic.strip(self.words.conjunction):
                    continue
                if noun.kind not in ("killed", "injured"):
                    continue
                if len(series) == 1 and group.status == "unknown" and not group.counted and id(group) not in paired:
                    continue
            elif (group.quantity.how == "count" or group.min == 2 and group.max is None) and noun.definite and group.status == "unknown":
                continue
            self._add(-1, "bare", [group], noun.kind, group.min, group.max)

    def _caused(self, mention: HarmMention) -> HarmMention:
        """The mention with the connectors that tie it to its cause."""
        before = after = -1
        end = self._end(mention.last)
        for at in range(mention.last + 1, min(end, mention.last + 7)):
            token = self.tokens[at]
            if token.kind in "pb" and token.form not in _QUOTES and token.form not in _COMMAS:
                break
            if self.words.role(token.form)[0] in ("after", "in"):
                after = at
                break
        for at in range(mention.first, max(-1, mention.first - 6), -1):
            if self.tokens[at].sentence != self.tokens[mention.first].sentence:
                break
            if self.tokens[at].kind == "w" and any(
                p.use == "carrier" and not p.kind for p in self.predicates.at(self.tokens[at].form)
            ):
                before = at
                break
        return replace(mention, cause_before=before, cause_after=after) if before >= 0 or after >= 0 else mention
