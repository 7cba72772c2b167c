"""Qualifiers: what a text says about a group of people behind its noun.

Adjectives, "of the army", "in the ranks of the militia", "others", "among them two women and a child". They decide whose
people they are, their status and the breakdown of their number.
"""

from __future__ import annotations

from marsad.model import Including
from marsad.reading.breakdowns import COMMAS, QUOTES, Breakdowns
from marsad.reading.people import Noun, Victims

__all__ = ["COMMAS", "OTHERS", "QUOTES", "Qualifiers"]

_BEING = frozenset({"suspect", "belong", "in", "of", "ranks", "skip", "stop", "they", "to"})
_SUSPECTED = 6  # tokens from "suspected" to what people are suspected to be
_OPENING = frozenset("(-–—:")  # what may stand before the parts of a number
OTHERS: dict[str, tuple[int, int | None]] = {"other": (2, None), "other1": (1, 1), "other2": (2, 2)}


class Qualifiers(Breakdowns):
    """Reads the words behind the noun of a group, in one text."""

    def _owner(self, group: Victims, at: int, end: int) -> int:
        """An unlisted definite word right behind a noun for fighters names their party; the index after it."""
        if at >= end or self.tokens[at].kind != "w" or self.words.role(self.tokens[at].form)[0] or self.armed_at(at):
            return at
        form = self.tokens[at].form
        if not self.words.definite(form) or self.words.noun(form) is not None:
            return at
        self._whose(group, at)
        return at + 1

    def _past(self, at: int, end: int) -> int:
        """The next index that is no quotation mark and no "foremost of"."""
        while at < end and (self.tokens[at].form in QUOTES or self.words.role(self.tokens[at].form) == ("best", False)):
            at += 1
        return at

    def _military(self, form: str) -> bool:
        """Whether an adjective is also a noun for fighters ("military", "armed")."""
        noun = self.words.noun(form)
        return noun is not None and noun.people == "fighter"

    def armed_at(self, index: int) -> bool:
        """Whether a word belongs to the name of an armed party, or names an armed body."""
        if index in self.armed:
            return not self.rescuers_at(index)
        return self.words.force(self.tokens[index].form) and not self.rescuers_at(index)

    def rescuers_at(self, index: int) -> bool:
        """Whether a body that helps people is named from a token on, in two words."""
        return index + 1 < len(self.tokens) and self.words.rescues(self.tokens[index].form, self.tokens[index + 1].form)

    @staticmethod
    def _helpers(group: Victims, at: int) -> int:
        """Makes people those of a body that helps people; the index after its two words."""
        group.status, group.fighter, group.helpers, group.last = "civilian", False, True, at + 1
        return at + 2

    def only_armed(self, low: int, high: int) -> bool:
        """Whether the tokens of a half-open range, one at least, all belong to names of armed parties or name an armed body."""
        return low < high and all(map(self.armed_at, range(low, high)))

    def qualify(self, group: Victims) -> Victims:
        """Read the qualifiers behind a group that was found by other means ("human losses among the militia")."""
        return self._qualified(group, self._sentence_end(group.last), False)

    def _qualified(self, group: Victims, end: int, part: bool) -> Victims:
        """Read the qualifiers after a head, and a breakdown that stands a few fixed words behind them."""
        at = self._adjacent(group, end, part)
        if not part and not group.parts and group.counted:
            self._later(group, at, end)
        return group

    def _later(self, group: Victims, at: int, end: int) -> None:
        """ "nine persons at least were killed, among them two officers"."""
        last = group.last
        for index in range(last + 1, min(end, last + 9)):
            token = self.tokens[index]
            role, _ = self.words.role(token.form)
            if role in ("among", "most", "all", "they"):
                if self.breakdown(group, index, end, role) >= 0:
                    group.last = last  # the words between belong to others
                return
            if token.kind == "p" and (token.form in COMMAS or token.form in QUOTES):
                continue
            if role not in ("skip", "least", "of") and not (
                role == "in" and index + 1 < len(self.tokens) and self.words.role(self.tokens[index + 1].form)[0] == "least"
            ):
                return

    def _adjacent(self, group: Victims, end: int, part: bool) -> int:
        """Adjectives, "of the army", "in the ranks of", "others" and breakdowns right behind a head; the index after."""
        tokens, words = self.tokens, self.words
        at = group.last + 1
        steps = 0
        while at < end and steps < 14:
            steps += 1
            token = tokens[at]
            if token.form in _OPENING and not part and group.counted and not group.shares and at + 1 in self.numbers:
                group.shares, behind = self.shares(group, at + 1, end)
                if group.shares:  # "28 dead (17 of the militia and 11 of the army)"
                    group.last, at = behind - 1, behind
                    continue
            if token.form in QUOTES:
                at += 1
                continue
            if not part and group.counted and (behind := self.so_many(group, at + (token.form in COMMAS), end)) >= 0:
                at = behind
                continue
            if token.form in COMMAS:
                if at + 1 < end and not part and words.role(tokens[at + 1].form)[0] in ("among", "most", "all", "they", "pair"):
                    at += 1
                    continue
                if (
                    at + 2 < end
                    and words.role(tokens[at + 1].form)[0] == "of"
                    and words.role(tokens[at + 2].form)[0] == "among"
                    and not part
                ):
                    at += 1
                    continue
                break
            if token.kind != "w" or at in self.numbers:
                break
            role, joined = words.role(token.form)
            if role == "fell" and group.kind and not joined:
                at += 1
            elif role == "pair" and not part:
                if group.max is None and group.quantity is None:
                    group.min = group.max = 2
                at = self.breakdown(group, at, end, "among")
                if at < 0:
                    break
            elif role == "un" and not joined and at + 1 < end:
                armed = words.noun(tokens[at + 1].form)
                if armed is None or armed.people != "fighter":
                    break
                group.status, group.last = "civilian", at + 1  # "a young man who was not armed"
                at += 2
            elif role in OTHERS and not joined:
                group.others, group.last, at = True, at, at + 1
            elif role in ("among", "most", "all", "they") and not part:
                at = self.breakdown(group, at, end, role)
                if at < 0:
                    break
            elif role == "of" and not joined:
                following = self._of(group, at, end, part)
                if following < 0:
                    break
                at = following
            elif role == "in" and not joined and at + 1 < end and words.role(tokens[at + 1].form)[0] == "ranks":
                at = self._side(group, at + 1, end)
            elif token.form in words.midst and group.kind and self._people_at(at + 1, end):
                at = self._side(group, at + 1, end)  # "12 dead amid the rebels"
            elif role == "in" and not joined and at + 1 < end and (group.kind or group.fighter) and self.armed_at(at + 1):
                at = self._side(group, at + 1, end)  # "five dead amid the militia"
            elif role == "joint" and not joined and at + 2 < end and not part:
                one, two = words.noun(tokens[at + 1].form), words.noun(tokens[at + 2].form)
                if words.role(tokens[at + 1].form)[0] == "ranks":
                    at = self._side(group, at + 1, end)
                    continue
                members = one is not None and not one.kind and one.number in ("pl", "amb")
                if members and one is not None and (one.definite or self.armed_at(at + 1)):  # "among members of the militia"
                    at = self._side(group, at + 1, end)
                    continue
                if one is not None and two is not None and one.kind and two.kind and two.joined:
                    group.joint, group.last = True, at + 2
                    group.parts = [at + 1, at + 2]
                    group.min = group.max = None
                    at += 3
                    continue
                break
            elif role == "suspect" and not joined and group.status == "unknown":
                following = self._suspected(group, at, end)
                if following < 0:
                    break
                at = following
            elif role == "in" and not joined and self.rescuers_at(at + 1):
                at = self._helpers(group, at + 1)  # "a volunteer in the civil defence"
            elif role == "in" and at + 1 < end and words.role(tokens[at + 1].form)[0] == "least" and self._told_of(at + 2, end):
                at += 2  # "four wounded at least in the ranks of"
            elif role == "rank" and not joined and at + 1 < end and group.fighter:
                group.last, at = at + 1, at + 2  # "an officer with the rank of lieutenant, of the forces of X, and two others"
            elif role == "belong":
                group.last = at
                at = self._side(group, at + 1, end)
            elif role == "skip" and group.head < 0 and group.quantity is None and not group.others:
                at += 1  # "large human losses among ..."
            elif role or joined:
                break
            else:
                following = self._attribute(group, at)
                if following < 0 and at + 1 < end and words.role(tokens[at + 1].form)[0] == "belong" and group.counted:
                    following = at + 1  # "seven experts on mines that belong to"
                if following < 0:
                    break
                at = following
        return at

    def _people_at(self, at: int, end: int) -> bool:
        """Whether people who may be told as whose the dead are stand at a token: an armed body, "both sides", people with the article."""
        if at >= end or self.tokens[at].kind != "w":
            return False
        if self.armed_at(at) or self.words.role(self.tokens[at].form) == ("side", False):
            return True
        noun = self.words.noun(self.tokens[at].form)
        several = noun is not None and noun.number in ("pl", "amb") and noun.use != "event"
        return several and noun is not None and noun.definite and not (noun.kind or noun.proclitic or noun.owned)

    def _told_of(self, at: int, end: int) -> bool:
        """Whether "of" or "in the ranks of" stands at a token."""
        roles = [self.words.role(token.form)[0] for token in self.tokens[at : min(at + 2, end)]]
        return roles[:1] in (["of"], ["belong"]) or roles == ["in", "ranks"]

    def _suspected(self, group: Victims, at: int, end: int) -> int:
        """ "suspected to be members of the organisation", "believed to be of the militia"; the next index, or -1."""
        for index in range(at + 1, min(end, at + _SUSPECTED)):
            token = self.tokens[index]
            noun = self.words.noun(token.form)
            if self.armed_at(index) or (noun is not None and noun.people == "fighter"):
                return self._side(group, index, end)
            role = self.words.role(token.form)[0]
            if token.form not in QUOTES and noun is None and role not in _BEING:
                break  # "suspected of having taken part in"
        return -1

    def _attribute(self, group: Victims, at: int) -> int:
        """A word right after the head: force word, noun in apposition or adjective; the next index, or -1."""
        tokens, words = self.tokens, self.words
        token = tokens[at]
        noun = words.noun(token.form)
        head = group.noun
        if (
            head is not None
            and head.use in ("title", "rank")
            and group.min == 1
            and group.definite
            and noun is None
            and not self.armed_at(at)
        ):
            return -1
        if group.head == at - 1 and self.rescuers_at(at - 1):
            return self._helpers(group, at - 1)
        if self.rescuers_at(at) and head is not None and not token.form.startswith(words.conjunction):
            return self._helpers(group, at)
        if self.armed_at(at) and not token.form.startswith(words.conjunction):
            if noun is not None and head is not None and head.kind and not self._agree(head, noun):
                return -1
            if noun is not None and noun.number == "acc" and head is not None and head.number != "acc" and not group.counted:
                return -1  # "gunmen killed an officer", "a sniper killed a soldier"
            self._whose(group, at)
            if head is None or head.people != "civilian":
                group.status = "combatant"
            return at + 1
        if noun is not None:
            if noun.who and noun.people == "civilian" and head is not None and head.people == "fighter" and group.min == 1:
                return -1  # "a sniper killed a woman"
            if noun.joined or noun.proclitic or head is None:
                return -1
            if noun.use == "origin":
                if noun.number in ("acc", "land") and head.number == "sg" and not group.counted and not group.others:
                    return -1  # "a settler killed a Palestinian"
                if not self._agree(head, noun) and head.number != "acc" and not (group.quantity is not None and group.counted):
                    return -1
                self._whose(group, at)
                return at + 1
            if head.use == "force" and noun.people == "fighter" and noun.definite and noun.number in ("pl", "amb"):
                group.status, group.fighter, group.last = "combatant", True, at
                return at + 1
            construct = head.use in ("force", "title", "") and not head.definite and noun.use == "group"
            if noun.kind and not construct:
                return -1
            if not construct and not self._agree(head, noun):
                return -1
            if noun.people == "civilian" and group.status == "unknown":
                group.status = "civilian"
            elif noun.people == "fighter" and group.status == "unknown":
                group.status, group.fighter = "combatant", True
            if noun.who and not head.who:
                group.including.append(Including(noun.who, group.min, group.max))
            if construct and group.quantity is None:
                group.min = group.max = None  # "members of a family"
            group.last = at
            return at + 1
        if words.role(token.form)[0] == "civiladj":
            group.status, group.last = "civilian", at
            return at + 1
        if words.role(token.form)[0] == "relief":
            group.status, group.last = "civilian", at
            group.including.append(Including("aid_workers", group.min, group.max))
            return at + 1
        if (
            group.fighter
            and head is not None
            and at == group.head + 1
            and not head.definite
            and head.number in ("pl", "amb")
            and words.definite(token.form)
        ):
            return self._owner(group, at, len(tokens))
        if group.head >= 0 and words.demonym(token.form) and not token.form.startswith(words.conjunction):
            self._whose(group, at)
            return at + 1
        return -1

    @staticmethod
    def _agree(head: Noun, noun: Noun) -> bool:
        plural = {"pl", "amb", "dual"}
        if {head.number, noun.number} == {"pl", "dual"}:
            return False  # "gunmen killed two persons"
        if (head.number in plural) != (noun.number in plural) or head.definite != noun.definite:
            return head.number == "acc" and noun.number == "acc"
        return (head.number == "acc") == (noun.number == "acc")

    def _whose(self, group: Victims, at: int) -> None:
        if group.group_first < 0:
            group.group_first = at
        group.group_last = group.last = at

    def _of(self, group: Victims, at: int, end: int, part: bool) -> int:
        """ "of the civilians", "of the army", "of them three children"; the next index, or -1."""
        tokens, words = self.tokens, self.words
        follower = self._past(at + 1, end)
        if follower >= end:
            return -1
        role = words.role(tokens[follower].form)[0]
        if role == "among":
            return -1 if part else self.breakdown(group, follower, end, role)
        if role == "ranks":
            return self._side(group, follower, end)
        if self.rescuers_at(follower):
            return self._helpers(group, follower)
        if role == "side":
            group.status = "combatant" if group.status == "unknown" else group.status
            group.last = follower
            return follower + 1
        noun = None if words.doubtful(tokens[follower].form) else words.noun(tokens[follower].form)
        if noun is not None and not noun.kind and not noun.proclitic:
            if noun.people == "civilian" and group.status != "combatant":
                group.status = "civilian"
            elif noun.people == "fighter":
                group.status, group.fighter = "combatant", True
            if noun.who and noun.use != "group":
                group.including.append(Including(noun.who, group.min, group.max))
            elif noun.who == "family":
                group.including.append(Including("family", group.min, group.max))
            group.last = follower
            after = self.words.noun(tokens[follower + 1].form) if follower + 1 < end else None
            if (
                after is not None
                and after.joined
                and after.definite
                and noun.definite
                and after.number != "sg"
                and not after.kind
            ):
                group.last = follower = follower + 1
                armed = after.people == "fighter" or (
                    follower + 1 < end and (self._military(tokens[follower + 1].form) or self.armed_at(follower + 1))
                )
                if (group.status == "civilian" and armed) or (group.status == "combatant" and after.people == "civilian"):
                    group.status = "mixed"
            if noun.people == "civilian":
                return follower + 1
            return self._side(group, self._owner(group, follower + 1, end), end)
        if self.armed_at(follower) or words.demonym(tokens[follower].form):
            return self._side(group, follower, end)
        return -1

    def _side(self, group: Victims, at: int, end: int) -> int:
        """Words that say whose people they are, from ``at`` on; the index after them."""
        tokens, words = self.tokens, self.words
        steps = 0
        while at < end and steps < 6:
            token = tokens[at]
            steps += 1
            if token.form in QUOTES:
                at += 1
                continue
            if token.kind != "w" or at in self.numbers:
                break
            role, joined = words.role(token.form)
            if role == "side" and not joined and group.group_first < 0:
                group.status = "combatant" if group.status == "unknown" else group.status
                group.last = at
                return at + 1
            if joined or (role and role not in ("of", "skip", "ranks", "to", "no name")):
                break
            if token.form.startswith(words.conjunction) and group.group_first >= 0:
                break
            noun = words.noun(token.form)
            if role == "ranks" and group.status == "unknown" and token.form.endswith(words.pronouns):
                group.status = "combatant"  # "in its ranks"
            if role:
                at += 1
                continue
            if self.armed_at(at):
                self._whose(group, at)
                if group.status == "unknown":
                    group.status = "combatant"
            elif noun is not None:
                if group.group_first >= 0 and (noun.number == "acc" or words.role(tokens[at - 1].form)[0] == "skip"):
                    break  # "gunmen of the organisation abducted, last night, the journalist"
                if group.status == "unknown" and noun.people == "civilian":
                    group.status = "civilian"
                elif group.status == "unknown" and noun.people == "fighter":
                    group.status, group.fighter = "combatant", True
                elif noun.kind:
                    break
                group.last = at
            elif group.group_first >= 0 or words.demonym(token.form):
                if not words.demonym(token.form):
                    break
                self._whose(group, at)
            else:
                break
            at += 1
        return at
