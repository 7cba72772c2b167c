"""Appositions: who a person of a toll was, as it is told behind the name.

"The death of Name, the commander of the movement, in a raid", "of Name (the military leader in the organisation)",
"of Name, with the rank of officer", "of Name, of the coast guards"; and what came to a person as it is told in a clause on the
name ("Name, who was killed in a raid").
"""

from __future__ import annotations

from bisect import bisect_left

from marsad.reading.people import Victims
from marsad.reading.predicates import Predicate
from marsad.reading.qualifiers import COMMAS, QUOTES
from marsad.reading.takers import Takers
from marsad.reading.tellings import HarmMention
from marsad.reading.wordorder import SHE
from marsad.record import replace

__all__ = ["Appositions"]

_NAME = 6  # words of a name
_TITLED = 16  # tokens from a title to a clause on the person
_SHARED = frozenset({"killed", "injured", "captured", "arrested", "abducted"})
_BELONGS = frozenset({"of", "belong"})


class Appositions(Takers):
    """Finds out of single persons of unknown status that they were fighters, in one text."""

    def _who(self, index: int, predicate: Predicate) -> bool:
        """ "the leader Name, who was killed in a raid": one person; whether it is told so."""
        form = self.tokens[index - 1].form.removeprefix(self.words.conjunction) if index > 1 else ""
        she = form in self.words.she and predicate.feature == "perf.3fs"
        if not she and (form not in self.words.who or predicate.feature != "perf.3ms"):
            return False
        if predicate.kind not in _SHARED or not self._undergoes(index, predicate):
            return False
        last = self._before_age(index - 2)
        person = self._named_before(last)
        if person is None or (she and last == index - 2 and not self._woman(person)):
            return False  # what "which was hit" tells of is mostly no woman
        self._add(index, "passive", [person], predicate.kind, 1, 1)
        return True

    def _before_age(self, last: int) -> int:
        """The token before an age that is told in brackets and ends at a token or a comma before it, or that token itself."""
        at = last - 1 if self.tokens[last].form in COMMAS else last
        if at < 4 or self.tokens[at].form != ")" or self.tokens[at - 1].form not in self.words.years:
            return last
        return at - 4 if self.tokens[at - 3].form == "(" else last

    def _woman(self, person: Victims) -> bool:
        """Whether a noun for a woman stands before a person's name ("the doctor Name")."""
        return person.last > person.head >= 0 and person.noun is not None and self.tokens[person.head].form.endswith(SHE)

    def _named_before(self, last: int) -> Victims | None:
        """The person whose title and name end at a token, or whose name alone does; None if the harm was told before."""
        while last > 0 and (self.tokens[last].form in COMMAS or self.tokens[last].form in QUOTES):
            last -= 1
        own = Victims(last, last, 1, 1, last)
        for group in reversed(self.groups[: bisect_left(self.groups, last + 1, key=lambda g: g.first)]):
            if self.tokens[group.first].sentence != self.tokens[last].sentence or last - group.last > _TITLED:
                break
            ahead = self.words.role(self.tokens[group.first - 1].form)[0] if group.first else ""
            if ahead == "of" and group.first > 1:
                at = group.first - 2  # "Name, of the guards of the border, who was killed"
                own = Victims(at, at, 1, 1, at, status=group.status, group_first=group.group_first, group_last=group.group_last)
                continue
            before = self.tokens[group.first - 1].form if group.first else ""
            if group.noun is not None and group.max != 1 and group.noun.proclitic.strip(self.words.conjunction):
                continue  # "the leader of the gunmen"
            if group.weak or (group.definite and (self.words.definite(before) or self.words.behind_preposition(before))):
                continue  # an adjective ("of the Political Council")
            noun = group.noun
            if id(group) in self.used:
                return None
            if group.max != 1 or group.quantity is not None or noun is None or noun.who or group.others:
                break
            self.used[id(group)] = "killed"
            status = own.status if group.status == "unknown" else group.status
            return Victims(group.first, last, 1, 1, group.head, noun, status=status, fighter=group.fighter)
        at = own.first
        name = self.tokens[at].kind == "w" and self._may_name(at) and at not in self.starts and not self.finder.armed_at(at)
        return own if name else None

    def _apposed(self) -> None:
        for position, mention in enumerate(self.found):
            if mention.status == "unknown" and mention.min == mention.max == 1 and mention.kind in _SHARED and not mention.part:
                who = self._fighter(mention)
                if who is not None:
                    self.found[position] = replace(
                        mention, status="combatant", fighter=True, group_first=who.group_first, group_last=who.group_last
                    )

    def _fighter(self, mention: HarmMention) -> Victims | None:
        """The words that tell that the person was a fighter, or None."""
        group = self.starts.get(mention.victims)
        begin = (group.last if group is not None else mention.victims) + 1
        names = 0
        for at in range(begin, self._end(mention.victims)):
            token = self.tokens[at]
            if token.form in QUOTES or token.form in COMMAS:
                continue
            person = self.starts.get(at)
            if person is not None:
                single = person.max == 1 and person.noun is not None and not (person.quantity or person.joined)
                fights = person.status == "combatant" and person.noun is not None and not person.noun.proclitic
                return person if single and fights else None
            role, joined = self.words.role(token.form)
            if role in _BELONGS and not joined:
                whole = self.finder.qualify(Victims(mention.victims, at - 1, 1, 1, head=mention.victims))
                return whole if whole.status == "combatant" else None
            if role == "rank":
                return Victims(at, at, 1, 1)
            names += 1
            if token.kind != "w" or not self._may_name(at) or self._predicate(at) is not None or names > _NAME:
                return None
        return None
