"""Inheritance: whose people a toll counts that leaves it to the toll told beside it ("ten soldiers were killed and eight others wounded")."""

from __future__ import annotations

from itertools import pairwise

from marsad.reading.sums import Sums
from marsad.reading.tellings import HarmMention
from marsad.record import replace
from marsad.text.fold import fold

__all__ = ["Inheritance"]

_SIDES = frozenset({"civilian", "combatant"})


class Inheritance(Sums):
    """Gives the tolls of one text what the tolls beside them tell of their people."""

    def _inherited(self) -> list[HarmMention]:
        """Status of "8 others" or a bare number from the toll told before it (or after it, if only that one says whose)."""
        bare = {id(g): g.head < 0 or (g.noun is not None and g.noun.owned and g.noun.people == "neutral") for g in self.groups}
        found = list(self.found)
        self._told_at_once(found)
        for position, mention in enumerate(found):
            group = self.starts.get(mention.victims)
            if position == 0 or group is None or not (bare[id(group)] or group.others):
                continue
            before = found[position - 1]
            apart = self.tokens[mention.first].sentence - self.tokens[before.last].sentence
            near = mention.first - before.last <= 12 and apart == 0
            next_to = group.others and apart <= 1 and mention.first - before.last <= 30
            if (not near and not next_to) or before.part or mention.part:
                continue
            earlier = found[position - 2] if position > 1 else before
            if earlier.predicate == before.predicate >= 0 and before.status != earlier.status:
                continue  # "ten soldiers and three workers killed, nine others injured"
            if group.among and mention.status == "unknown" and before.status in _SIDES - {group.among}:
                found[position] = replace(mention, status="mixed")  # "two soldiers, and 53 others, among them civilians"
            elif mention.status == "unknown" and before.status in _SIDES:
                first, last = _whose(before) if mention.kind != "arrested" else (before.group_first, before.group_last)
                found[position] = replace(
                    mention, status=before.status, group_first=first, group_last=last, fighter=before.fighter
                )
            elif near and before.status == "unknown" and mention.status != "unknown" and group.others:
                found[position - 1] = replace(
                    before, status=mention.status, group_first=mention.group_first, group_last=mention.group_last
                )
        return [replace(m, status="unknown") if self._suspects(m) else m for m in found]

    def _suspects(self, mention: HarmMention) -> bool:
        """Whether people who were arrested need not have been fighters: no party is told, and no noun for who bears arms ("gunmen")."""
        if mention.kind != "arrested" or mention.status != "combatant" or (mention.fighter and mention.group_first >= 0):
            return False
        noun = self.words.noun(self.tokens[mention.head].form) if mention.head >= 0 else None
        return noun is None or fold(noun.lemma) not in self.words.bearing

    @staticmethod
    def _told_at_once(found: list[HarmMention]) -> None:
        """Whose people they were may be told behind two bare numbers ("21 killed and 36 wounded of the army")."""
        for position, (before, mention) in enumerate(pairwise(found)):
            side_by_side = 0 < mention.first - before.last <= 2 and before.kind != mention.kind
            if side_by_side and before.head < 0 and before.status == "unknown" and mention.head >= 0:
                found[position] = replace(
                    before, status=mention.status, group_first=mention.group_first, group_last=mention.group_last
                )


def _whose(mention: HarmMention) -> tuple[int, int]:
    """The words that say whose people a telling counts: those behind it, else its own ("a soldier was killed and two others wounded")."""
    if mention.group_first >= 0 or mention.head < 0 or mention.status != "combatant":
        return mention.group_first, mention.group_last
    return mention.head, max(mention.head, mention.last)
