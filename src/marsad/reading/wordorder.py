"""Word order: which people before a verb of harm it came to, and which of two groups is the one harmed."""

from __future__ import annotations

from marsad.reading.cases import case_of
from marsad.reading.government import PLURAL, STOPS, Government
from marsad.reading.people import Victims
from marsad.reading.predicates import Predicate
from marsad.reading.qualifiers import COMMAS, QUOTES
from marsad.text.fold import fold

__all__ = ["SHE", "WordOrder"]

_NAMES = 6  # tokens of a name between a title and the people who were with the person
_NEAR, _FAR = 5, 10  # words between who did it and whom it came to
SHE = fold("\u0629")  # the ending of nouns for women


class WordOrder(Government):
    """Tells by their order and endings which groups of one text are subjects of predicates, and which are objects."""

    def _doers(self, group: Victims) -> bool:
        """Whether people are the subject of a verb by their ending ("gunmen")."""
        noun, form = group.noun, self.tokens[group.last].form
        bare = noun is not None and noun.number == "pl" and group.first == group.last and not (group.definite or group.counted)
        return bare and case_of(form, "plain", self.words.language) == "subject"

    def _two_of(self, group: Victims) -> bool:
        """Whether what looks like an accusative is a dual before its owner ("two workers of"); a subject has no other ending."""
        noun, behind = group.noun, group.last + 1
        owned = behind < len(self.tokens) and self.tokens[behind].kind == "w"
        owned = owned and self.words.role(self.tokens[behind].form)[0] in ("", "relief")
        return noun is not None and noun.number == "acc" and not noun.kind and group.quantity is None and owned

    def _sides(self, first: int, end: int) -> set[int]:
        """The tokens between two that only tell on whose side the party before them is ("allied with the army")."""
        return {
            at
            for ally in range(first, end)
            if self.words.role(self.tokens[ally].form)[0] == "ally"
            for army in range(ally + 1, min(ally + 3, end))
            if self.finder.armed_at(army)
            for at in range(ally, army)
        }

    def _object(self, group: Victims) -> Victims | None:
        """The group behind a possible agent: "gunmen killed three soldiers"."""
        position = self.order[id(group)] + 1
        if position >= len(self.groups) or group.quantity is not None and group.counted and group.max != 1:
            return None
        behind = self.groups[position]
        apart = self.tokens[group.last].form.endswith(self.words.plurals)
        some = apart and behind.counted and behind.first == group.last + 1  # "gunmen killed ten of the police"
        if behind.head < 0 and not (behind.others or some):
            return None
        told = behind.noun is not None and behind.noun.number == "acc"  # "a settler killed a Palestinian": by its ending
        if (behind.weak and not told) or group.weak or (behind.noun is not None and behind.noun.owned and not behind.counted):
            return None
        # The name of the party that the agent belongs to may be long ("fighters of the State in the Great Desert").
        sides = self._sides(group.last + 1, behind.first)
        gap = [
            t
            for t in self.tokens[group.last + 1 : behind.first]
            if t.index not in sides and not self.finder.only_armed(t.index, t.index + 1)
        ]
        # Whom the ending tells may stand behind where the agent was ("a sniper posted on a hill hit a passer-by").
        nominative = group.noun is not None and group.noun.number == "sg"
        far = told and nominative and not (behind.weak or group.counted or group.definite)
        if behind.joined or len(gap) > (_FAR if far else _NEAR):
            return None
        if self.tokens[behind.first].sentence != self.tokens[group.first].sentence:
            return None
        for token in gap:
            if token.kind in "pb" and token.form not in QUOTES:
                return None
            role, joined = self.words.role(token.form)
            if token.kind == "w" and len(token.form) > 3 and token.form.startswith(self.words.conjunction):
                return None
            if role == "in" and far:
                continue
            if (
                joined
                or role in ("stop", "in", "after", "of", "joint", "among", "rank")
                or self._predicate(token.index) is not None
            ):
                return None
        if behind.noun is not None and behind.noun.proclitic:
            return None
        titled = group.noun is not None and group.noun.use == "title" and group.noun.people == "civilian" and group.definite
        if (
            titled
            and behind.noun is not None
            and behind.noun.use in ("title", "rank")
            and not (behind.definite or behind.counted)
        ):
            return None  # a name after a title
        # No owner can follow such a plural: "gunmen" is never "the gunmen of the commander".
        if behind.definite and not behind.counted and not (behind.person and apart):
            return None
        return behind

    def _subject(self, index: int, predicate: Predicate) -> Victims | None:
        """The group before its verb: "six persons were killed"."""
        plural = predicate.feature in PLURAL
        if plural and predicate.use == "either" and self._acts(index):
            return None
        reach = 9 if plural else 4
        at = index - 1
        while at >= 0 and at > index - reach - 6 and self.tokens[at].sentence == self.tokens[index].sentence:
            group = next((g for g in (self.starts.get(at),) if g is not None), None)
            if group is not None:
                tail = group
                if plural:
                    group = self._lead(group)
                titled = group.definite and group.noun is not None and group.noun.use in ("title", "rank") and group.max == 1
                if group.noun is not None and group.noun.kind == "killed" and group.definite and not group.quantity:
                    return None
                which = predicate.feature == "perf.3fs" and self.tokens[index - 1].form in self.words.she
                if which and group.max == 1 and not self.tokens[group.head].form.endswith(SHE):
                    return None  # "the minister looked at the ship that was hit"
                ahead = self.words.role(self.tokens[group.first - 1].form)[0] if group.first else ""
                if ahead == "among" or (ahead == "of" and not group.counted):
                    at -= 1  # "18 persons, among them children, were killed", "18 persons from the sons of the town were killed"
                    continue
                told = group.first > 0 and self.words.role(self.tokens[group.first - 1].form)[0] == "stop"
                single = told and group.max == 1 and self._undergoes(index, predicate)
                one = group.noun is not None and group.noun.number in ("sg", "acc", "land")  # "in Nigeria, by slaughter"
                if group.weak and not one and predicate.feature == "perf.dual" and group.last == index - 1:
                    group.min, group.max, group.counted = 2, 2, True  # "that two Palestinians were killed"
                    return group
                if group.weak or tail.last < index - reach - (4 if titled or single else 0) or tail.last >= index:
                    return None
                if id(group) in self.used or (group.kind and group.kind != predicate.kind):
                    return None
                between = self.tokens[tail.last + 1 : index]
                if any(t.form in STOPS or t.kind == "b" for t in between):
                    return None
                if plural and group.min == 1 and group.max == 1 and group is tail:
                    return None
                if not plural and (
                    predicate.kind not in ("killed", "injured")
                    or (not titled and not told and any(t.kind == "w" and not self.words.demonym(t.form) for t in between))
                    or any(t.form in COMMAS for t in between)
                ):
                    return None
                if (
                    group.definite
                    and not group.counted
                    and not (group.noun is not None and group.noun.number == "sg" and not between)
                    and not (titled and not plural and self._undergoes(index, predicate))
                    and not (titled and group is not tail)
                ):
                    return None
                if not plural and not (group.counted or (group.noun is not None and group.noun.number in ("sg", "acc"))):
                    return None
                bare = group.head < 0 and not (group.others and group.quantity is not None)
                alone = group.unknown in (-1, index) and tail.last == index - 1
                people = group.unknown == tail.last + 1 == index - 1 and group.max != 1  # the plural verb makes them people
                if bare and not (plural and group.quantity is not None and (alone or people)):
                    return None
                if group.kind and not group.counted:
                    return None
                return group
            if self._predicate(at) is not None or self.words.role(self.tokens[at].form)[0] == "besides":
                return None
            at -= 1
        return None

    def _undergoes(self, index: int, predicate: Predicate) -> bool:
        """Whether nothing that stands behind a verb can be its object: "the commander Name was killed in a raid"."""
        if predicate.use == "passive":
            return True
        after = index + 1
        if after >= self._end(index) or self.tokens[after].kind in "pb":
            return True
        form = self.tokens[after].form
        return self.words.role(form)[0] in ("in", "after", "skip") or form.startswith(self.words.prepositions)

    def _acts(self, index: int) -> bool:
        """Whether an unlisted object follows a verb: "the soldiers who killed Name"."""
        after = index + 1
        if after >= self._end(index) or self.tokens[after].kind != "w":
            return False
        form = self.tokens[after].form
        if self.words.role(form)[0] or self.predicates.at(form) or form.startswith(self.words.prepositions):
            return False
        return not self.words.behind_preposition(form) and not form.endswith(self.words.adverbial)

    def _escorted(self, one: Victims, group: Victims) -> bool:
        """Whether a group are the people of one person told by title and name right before ("the leader Name and his guards")."""
        escort = group.noun is not None and group.noun.owned and one.noun is not None and one.noun.use in ("title", "rank")
        gap = self.tokens[one.last + 1 : group.first]
        names = all(t.form in QUOTES or (t.kind == "w" and self._may_name(t.index)) for t in gap)
        return escort and one.max == 1 and names and len(gap) <= _NAMES and id(one) not in self.used

    def _others_of(self, one: Victims, group: Victims) -> bool:
        """Whether a group are others beside one person of an armed party ("a leader in the organisation and five others")."""
        if not group.others or not group.counted or one.quantity is not None or one.min != 1 or one.max != 1:
            return False
        gap = range(one.last + 1, group.first)
        told = id(one) in self.used or any(self.tokens[i].kind != "w" or self._predicate(i) is not None for i in gap)
        return not told and 0 < len(gap) <= _NAMES and any(self.finder.armed_at(i) for i in gap)

    def _may_name(self, index: int) -> bool:
        """Whether a word is not one of the small words around harm; a name may look like a preposition but for its last letter."""
        token = self.tokens[index]
        role = self.words.role(token.form)[0]
        return not role or (role == "in" and self.text.source[token.start : token.end] in self.words.like_prepositions)

    def _lead(self, group: Victims) -> Victims:
        """The first of a series that ends with a group: "12 militants and five civilians were killed"."""
        while group.joined:
            position = self.order[id(group)]
            if not position:
                break
            before = self.groups[position - 1]
            gap = self.tokens[before.last + 1 : group.first]
            near = all(t.form in COMMAS or t.form in QUOTES or t.form == self.words.conjunction for t in gap)
            if not near and (self._escorted(before, group) or self._others_of(before, group)):
                return before
            if not near or id(before) in self.used or before.kind or (before.definite and not before.counted):
                break
            group = before
        return group
