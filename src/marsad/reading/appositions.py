"""Appositions: who a person of a toll was, as it is told behind the name.

"The death of Name, the commander of the movement, in a raid", "of Name (the military leader in the organisation)",
"of Name, with the rank of officer", "of Name, of the coast guards".
"""

from __future__ import annotations

from dataclasses import replace

from marsad.reading.companions import Companions
from marsad.reading.people import Victims
from marsad.reading.qualifiers import COMMAS, QUOTES
from marsad.reading.tellings import HarmMention

__all__ = ["Appositions"]

_NAME = 6  # words of a name
_SHARED = frozenset({"killed", "injured", "captured", "arrested", "abducted"})
_BELONGS = frozenset({"of", "belong"})


class Appositions(Companions):
    """Finds out of single persons of unknown status that they were fighters, in one text."""

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
