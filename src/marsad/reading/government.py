"""Government: which group of people behind a predicate of harm it is about."""

from __future__ import annotations

from collections.abc import Container

from marsad.reading.datewords import datewords_of
from marsad.reading.duties import duties_of
from marsad.reading.numbers import Quantity
from marsad.reading.people import Victims, Words, words_of
from marsad.reading.predicates import Predicate, predicates_of
from marsad.reading.qualifiers import COMMAS
from marsad.reading.victims import VictimFinder
from marsad.reading.ways import entries_of, governing
from marsad.text.tokens import Text

__all__ = ["PLURAL", "STOPS", "Government"]

PLURAL = frozenset({"perf.3mp", "impf.3mp", "perf.dual", "perf.3fp", "listed"})  # of verbs behind their subject
_HELD = frozenset({"captured", "arrested"})
_TAKEN = _HELD | {"abducted"}
_HOLDING = 5  # words between "killed" and ten captives or displaced people, who did it among them
_QUOTED = 4  # words behind a verb among which stands what is quoted ("the minister quoted the words of")
_ON = 6  # tokens from a verb to its preposition
_ASIDE, _PHRASE = 3, 7  # words between commas of a day, and of what begins with a preposition
_FEW = 4  # words between a verb and whom its ending tells
_SHORT = 4  # letters of a word that may begin with the letter of "and"
_LIVES = 20  # tokens from "claimed" to "the lives of"
STOPS = frozenset(":؛;.!?؟…")


class Government:
    """Finds the groups that the predicates of one text govern.

    Attributes:
        duties: indices of the words that tell harm, with what each of them does (see ``duties``).
        groups: the groups of people in the sentences where harm is told, in order; starts: by their first token.
        used: kind of harm that a group was told with, by its identity.
    """

    def __init__(self, text: Text, quantities: list[Quantity], armed: Container[int], language: str) -> None:
        self.text, self.tokens = text, text.tokens
        self.words: Words = words_of(language)
        self.predicates, self.killings = predicates_of(language), entries_of(language, "killing")
        self._times = datewords_of(language).times
        self.quantities = quantities
        facts = [(i, *fact) for i, fact in duties_of(language).among(text) if fact is not None and self.tokens[i].kind == "w"]
        telling = {i for i, does, _ in facts if does == "predicate"}
        self.finder = VictimFinder(text, quantities, armed, self.words, {i + 1 for i in telling if i + 2 not in telling})
        self.duties = [(i, does) for i, does, _ in facts if does]
        # Nothing is governed across sentences, so that people matter only where harm is told.
        told = {self.tokens[i].sentence for i, _ in self.duties}
        self.groups = self.finder.find(i for i, _, person in facts if person and self.tokens[i].sentence in told)
        self.starts = {g.first: g for g in self.groups}
        self.order = {id(g): i for i, g in enumerate(self.groups)}
        self.used: dict[int, str] = {}
        for position, group in enumerate(self.groups):
            behind = group.last + 1
            them = behind < len(self.tokens) and self.tokens[behind].form in self.words.of_them
            if them and group.head < 0 and group.status == "unknown":
                self._theirs(position, group)

    def _theirs(self, position: int, group: Victims) -> None:
        """ "tens of them": people of the kind told of last in the sentence."""
        for before in reversed(self.groups[max(0, position - 4) : position]):
            if self.tokens[before.first].sentence != self.tokens[group.first].sentence:
                return
            if before.status in ("civilian", "combatant") and before.max != 1:
                group.status, group.fighter = before.status, before.fighter
                group.group_first, group.group_last = before.group_first, before.group_last
                return

    def _predicate(self, index: int) -> Predicate | None:
        """The predicate of harm at a token, if the words that it needs follow."""
        readings = self.predicates.at(self.tokens[index].form)
        if len(readings) > 1 and index and self.tokens[index - 1].form in governing(self.words.language):
            # No verb follows a preposition ("on the killing of").
            readings = tuple(r for r in readings if r.use == "nominal") or readings
        for predicate in readings:
            if predicate.unless and not predicate.unless.isdisjoint(self.text.forms[index + 1 : index + 1 + _QUOTED]):
                continue
            if not predicate.then:
                return predicate
            if self._preposition(predicate):
                for at in range(index + 1, min(len(self.tokens) - 1, index + _ON)):
                    form = self.tokens[at].form
                    if form in predicate.then and (at == index + 1 or at + 1 in self.starts):
                        return predicate
                    if predicate.use != "active" and form not in self._times and form not in COMMAS:
                        break  # but "arrested (laid hold), on Sunday, of six"
                continue
            for follower in self.tokens[index + 1 : index + (15 if predicate.use == "active" else _LIVES)]:
                if follower.kind != "w":
                    continue
                if self.words.role(follower.form)[0] == "negator" and not self._counting(follower.index):
                    break  # "came under fire from smugglers without injuries"
                if not self.predicates.cores(follower.form).isdisjoint(predicate.then):
                    return predicate
        return None

    def _counting(self, index: int) -> bool:
        """Whether a token is part of a number ("not fewer than ten")."""
        return any(q.first <= index <= q.last for q in self.quantities)

    def _preposition(self, predicate: Predicate) -> bool:
        """Whether the word that must follow is a preposition, and so follows at once ("laid hold on")."""
        return all(self.words.role(word)[0] == "in" for word in predicate.then)

    def _end(self, index: int) -> int:
        return self.text.sentences[self.tokens[index].sentence][1]

    def _second(self, index: int, predicate: Predicate) -> int:
        """Index of a predicate that is joined right behind: "killing and wounding"."""
        after = index + 1
        if after < len(self.tokens) and self._and(after):
            after += 1
        if after >= len(self.tokens) or predicate.use == "carrier":
            return -1
        readings = [r for r in self.predicates.at(self.tokens[after].form) if not r.then]
        other = next((r for r in readings if (r.use == "nominal") == (predicate.use == "nominal")), None)
        if other is None or not (other.joined or after == index + 2) or other.use == "carrier" or not other.kind:
            return -1
        if predicate.him:
            return -1  # "his death, and the wounding of two": each has its own
        if predicate.feature in PLURAL and other.feature != predicate.feature:
            return -1  # "... were killed and dozens injured": the first one has its subject before it
        return after if other.kind != predicate.kind else -1

    def _and(self, index: int) -> bool:
        """Whether a token joins two kinds of harm ("killed and wounded", "were killed or wounded")."""
        return self.tokens[index].form == self.words.conjunction or self.tokens[index].form in self.words.either

    def _first(self, index: int, predicate: Predicate) -> int:
        before = index - 1
        if before >= 0 and self._and(before):
            before -= 1
        if before < 0:
            return -1
        other = self._predicate(before)
        return before if other is not None and self._second(before, other) == index else -1

    def _lives(self, index: int, predicate: Predicate) -> Victims | None:
        """The group behind the word that a predicate needs, far from it: "claimed, in the fields around, the lives of 12"."""
        if predicate.use != "carrier" or not predicate.then or not predicate.kind:
            return None
        for at in range(index + 1, min(self._end(index) - 1, index + _LIVES)):
            form = self.tokens[at].form
            if self.tokens[at].kind == "w" and not self.predicates.cores(form).isdisjoint(predicate.then):
                if self.predicates.at(form):
                    return None  # tells it by itself ("with the life of three")
                group = self.starts.get(at + 1)
                return group if group is not None and not (group.definite and not group.counted) and not group.joined else None
        return None

    def _governed(self, index: int, predicate: Predicate) -> tuple[Victims | None, bool]:
        """The group that a predicate governs, and whether something else stands right behind the predicate."""
        tokens, words = self.tokens, self.words
        at, end, strange, phrase = index + 1, self._end(index), 0, False
        limit, fallen = {"nominal": 3, "carrier": 9}.get(predicate.use, 8), False  # whether something else is told to have fallen
        struck = predicate.use == "active" and predicate.kind == "injured"  # what is told to be hit may be a thing
        if predicate.use == "active" and predicate.then and self._preposition(predicate):
            # "seized, the army did, hold of four": nobody before the preposition came to harm
            at = next((i + 1 for i in range(at, min(end, at + _ON)) if tokens[i].form in predicate.then), at)
        while at < end and at < index + 22:
            token = tokens[at]
            if predicate.then and token.form in predicate.then:
                at += 1
                continue
            group = self.starts.get(at)
            if group is not None:
                if group.joined and at == index + 1 and predicate.use != "carrier":
                    break
                bare = (
                    group.noun is not None and group.noun.number == "pl" and not (group.definite or group.joined or group.counted)
                )
                inside = struck and strange and bare  # "hit a passenger bus"
                if not inside and self._fits(index, group, predicate, strange, phrase):
                    return group, False
                if predicate.use == "nominal" and not strange and not phrase:
                    return None, False
                strange += 1
                at = group.last + 1
                phrase = phrase or not (group.weak or self.finder.only_armed(group.first, group.last + 1))
                continue
            if token.kind in "pb":
                if token.form in STOPS or token.kind == "b":
                    break
                if token.form in COMMAS and strange and predicate.kind not in ("killed", "injured", ""):
                    past = self._day_aside(at, end)
                    if past < 0:
                        break
                    at = past
                    continue
                at += 1
                continue
            done = predicate.kind in _TAKEN or predicate.lemma in self.killings
            if at == index + 1 and predicate.use == "nominal" and done and self.finder.armed_at(at):
                # "the militia's arrest of hundreds of traders", "the army's killing of five"
                at = next((i for i in range(at, end) if not self.finder.armed_at(i)), end)
                if at < end and at in self.starts and self.starts[at].counted:
                    return self.starts[at], False
                return None, True
            if strange and struck and (token.form in words.holds or token.form in words.aboard):
                break  # "hit a school that sheltered 200", "in which were 200": these were not hurt
            role, joined = words.role(token.form)
            if role == "stop" or (role in ("among", "besides", "toll", "rise") and not joined):
                break
            if role == "after" and fallen:
                break  # "the town fell after the arrival of ten fighters"
            if role in ("in", "after"):
                phrase = True
            elif role == "back":
                # "were martyred in its wake five of the residents": no phrase in which others are
                phrase = phrase and words.role(tokens[at - 1].form)[0] not in ("in", "after")
            elif role == "skip" or role == "of":
                pass
            elif self._breaks(at, predicate, phrase):
                break
            elif strange and not phrase and predicate.use == "carrier" and predicate.kind and self._goes_over(token.form):
                break  # "the fall of the camp and the siege of 300 fighters": these did not fall
            else:
                strange += 1
                if strange == 1 and at == index + 1 and predicate.use == "nominal":
                    return None, True
                fallen = fallen or (at == index + 1 and predicate.use == "carrier" and bool(predicate.kind))
            if strange > limit:
                break
            at += 1
        return None, False

    def _day_aside(self, at: int, end: int) -> int:
        """The token behind a day or what else begins with a preposition between commas ("abducted, on Saturday, a number of", "held,
        under the state of emergency, hundreds"); -1 if none does."""
        after = at + 1
        if after < end and self.words.role(self.tokens[after].form)[0] == "in":
            while after < min(end, at + 1 + _PHRASE) and self.tokens[after].form not in COMMAS and after not in self.starts:
                after += 1
            return after + 1 if after < end and self.tokens[after].form in COMMAS else -1
        while after < min(end, at + 1 + _ASIDE) and self.tokens[after].form in self._times:
            after += 1
        closed = at + 1 < after < end and self.tokens[after].form in COMMAS
        return after + 1 if closed else -1

    def _by_forces(self, low: int, high: int) -> bool:
        """Whether nothing but who bears arms, and at most a time behind it, stands in a range of tokens ("the army held, at dawn today,")."""
        end = high
        while end > low and (self.tokens[end - 1].form in self._times or self.tokens[end - 1].form in COMMAS):
            end -= 1
        return end > low and self.finder.only_armed(low, end)

    def _goes_over(self, form: str) -> bool:
        """Whether a word is joined to what stands before it."""
        return len(form) > _SHORT and form.startswith(self.words.conjunction)

    def _breaks(self, at: int, predicate: Predicate, phrase: bool) -> bool:
        """Whether a word is a predicate that takes what follows it away from one before."""
        other = self._predicate(at)
        if other is None:
            return False
        return not phrase or predicate.use != "carrier" or (other.use == "nominal" and bool(other.kind))

    def _fits(self, index: int, group: Victims, predicate: Predicate, strange: int, phrase: bool) -> bool:
        """Whether a group can be what a predicate governs, given what stands between them."""
        noun = group.noun
        if predicate.kind == "missing" and (strange or phrase or not (group.counted or group.min == 1)):
            return False
        if noun is not None and not group.quantity:
            if noun.proclitic.strip(self.words.conjunction):
                hurt = predicate.kind == "injured" and predicate.use == "nominal" and noun.proclitic == self.words.to
                return (predicate.use == "carrier" or hurt) and not strange and not phrase  # "a light injury to a citizen"
            if noun.kind == "killed" and group.definite:
                return False  # "the victim": told before
        if group.weak and (strange or phrase or group.definite or (noun is not None and noun.number == "land")):
            # "Libya" looks like "a Libyan"; but "the army killed a Palestinian", by the ending
            ending = noun is not None and noun.number in ("acc", "dual") and not (group.definite or phrase)
            past = predicate.use in ("active", "either") and predicate.feature.startswith("perf")
            return ending and past and self.finder.only_armed(index + 1, group.first)
        if predicate.feature.startswith("impf") and predicate.use != "carrier" and (strange or phrase or not self._one(group)):
            return False  # "he kills": a habit, but for "kills a man" in headlines
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
            held = noun.kind not in ("killed", "injured")
            return not phrase and (strange == 0 or (held and group.counted and strange < _HOLDING))
        if noun is not None and (noun.use == "event" or (noun.kind in ("killed", "injured") and predicate.kind in _HELD)):
            return False  # "families of the dead" looks like "took the dead captive"
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
                return strange == 0 and not phrase and group.status != "unknown"  # "several" alone, but "several of them"
            behind = group.quantity.last + 1 if group.quantity is not None else len(self.tokens)
            if (
                behind < len(self.tokens)
                and self.words.role(self.tokens[behind].form) == ("of", False)
                and predicate.use != "nominal"
            ):
                return strange < 4 and not phrase  # "the army killed 20 of ..."
            if group.group_first >= 0 and predicate.use != "nominal":
                return strange < 4 and not phrase  # "the army killed a number of the militia"
            return strange == 0 and not phrase or (group.quantity is not None and group.quantity.how == "vague" and strange < 3)
        if noun is not None and noun.proclitic.strip(self.words.conjunction) and not group.quantity:
            return False
        if group.others and group.quantity is None and noun is None and (strange or phrase):
            return False
        single = noun is not None and noun.number in ("sg", "acc")
        if group.definite and not group.counted and not single:
            return False
        if phrase or strange:
            titled = noun is not None and noun.use == "title" and single
            if titled and predicate.use == "active" and strange < 3 and not phrase:
                return True  # "unknown men assassinated the activist"
            if titled and predicate.use == "either" and not phrase and self._by_forces(index + 1, group.first):
                return not predicate.feature.startswith("impf")  # "the army killed the commander"
            if group.definite and not group.counted:
                return False
            if noun is not None and noun.number in ("pl", "amb") and not group.counted and phrase:
                return predicate.use != "nominal" and not phrase
            ending = phrase and noun is not None and noun.number == "acc" and not group.counted
            if ending and strange < _FEW and predicate.use in ("active", "either"):
                return True  # "killed, in X, a man": by the ending
            return group.counted or (noun is not None and noun.number in ("sg", "acc", "dual") and not phrase) or not phrase
        return not (noun is not None and noun.use == "rank" and not group.definite and not group.counted)

    @staticmethod
    def _one(group: Victims) -> bool:
        """Whether people are counted, or one or two not told before."""
        noun = group.noun
        few = (
            noun is not None
            and noun.number in ("sg", "acc", "dual")
            and not (group.definite or noun.owned or noun.kind or group.weak)
        )
        return group.quantity is not None or few
