"""Sides: who takes part beside those who did what an anchor names, and who the two sides of a fight are."""

from __future__ import annotations

from itertools import pairwise

from marsad.reading.agency import Agency
from marsad.reading.opposition import allied, key
from marsad.reading.parties import FIGHTING, PartyMention

__all__ = ["CLASHES", "TOGETHER", "Siding"]

CLASHES = frozenset({"clash", "agree", "violence"})
# Kinds of deeds that one does "with" another.
TOGETHER = frozenset({"attack", "operation", "raid", "siege", "strike", "bombard", "air", "launch", "take"})
_SUPPORT, _BACKED, _WITH_IT = frozenset({"support"}), frozenset({"backed"}), frozenset({"with"})
_BOTH, _TOLD = frozenset({"both"}), 60  # tokens from those named before to "between the two sides"
_NEAR = 6  # tokens from a word of an event to "between the two sides"
_PARTS = frozenset({"side", "between"})
_BACK = 3  # tokens between a word for backing and who backs
_LISTED, _ASIDE = 8, 4  # tokens between the parties of a list, and words among them that name no place


class Siding(Agency):
    """Finds those who take part beside others in what one anchor names."""

    def supporters(self) -> None:
        """Parties that take part beside the subject, told between it and the word of the event ("with the backing of")."""
        scene, anchor = self.scene, self.anchor
        for agent, _ in list(self.found.agents):
            if agent.last < anchor.first:
                for party in list(scene.parties_within(agent.last + 1, anchor.first))[:1]:
                    beside = _SUPPORT | _WITH_IT if anchor.kind in TOGETHER else _SUPPORT
                    mark = scene.before(party.first, 4, agent.last + 1, beside)
                    if mark is None and self.by_means_of(party):  # "the resistance, backed by units of the army"
                        mark = scene.before(party.first, 1, agent.last + 1, _BACKED)
                    if mark is not None and scene.acts(party) and not scene.anchored(agent.last, party.first):
                        for one in scene.joined(party):  # "beside X and Y"
                            self.found.add("agent", one, "support")

    def by_means_of(self, party: PartyMention) -> bool:
        """Whether "by" is written before a party: "backed by its units" they took part, "backed from" a land it may be far away."""
        return party.proclitic[-1:] in self.report.by - self.report.plain

    def both_told(self) -> None:
        """The two sides of a fight "between the two sides": those of the report's armed parties that are named last before it."""
        anchor, report = self.anchor, self.report
        if anchor.kind not in CLASHES or anchor.verb or self.found.agents or self.found.patients:
            return
        if not report.clauses.marked(_BOTH, anchor.last, min(self.end, anchor.last + _NEAR)):
            return
        near, sentence = list[PartyMention](), report.text.tokens[anchor.index].sentence
        for party in reversed(self.scene.parties_within(max(0, anchor.first - _TOLD), anchor.first)):
            if sentence - report.text.tokens[party.first].sentence > 1:
                break
            if party.kind in FIGHTING and party.sort != "state":
                near.append(party)
        if not near:
            return
        one, mine = near[0], {key(p) for p in self.scene.group(near[0])}
        others = [p for p in near if key(p) != key(one) and not allied(key(p), key(one))]
        # Who is told together with one side is of it, if another is told; else these two are the sides ("between X and Y").
        other = next((p for p in others if key(p) not in mine), others[0] if others else None)
        for side in (*self.scene.group(other), *self.scene.group(one)) if other is not None else ():
            self.found.add("agent", side, "between")

    def beside(self, one: PartyMention, other: PartyMention) -> bool:
        """Whether a party takes part beside a side told right before it, or is the group that backs it."""
        scene = self.scene
        if other.first - one.last > _LISTED or not scene.acts(other) or scene.anchored(one.last, other.first):
            return False
        backed = other.kind == "armed_group" and scene.before(other.first, _BACK, one.last + 1, _BACKED) is not None
        return backed or scene.before(other.first, _BACK, one.last + 1, _SUPPORT) is not None

    def listed(self, one: PartyMention, other: PartyMention) -> bool:
        """Whether a party is the next one of a list, where the place of the one before it stands between ("X in Iraq, and Y in Syria")."""
        scene, tokens = self.scene, self.report.text.tokens
        low, high = one.last + 1, other.first
        and_ = self.report.conjunction
        joined = scene.prefix(other).startswith(and_) or tokens[high - 1].form.startswith(and_)
        if not 0 < high - low <= _LISTED or not joined or scene.given_to(other):
            return False
        if scene.anchored(one.last, high) or scene.verbs_within(low, high) or self.report.clauses.opens(one.last, high):
            return False
        placed = [at for at in range(low, high) if at in self.report.named]
        words = [t for t in tokens[low:high] if t.kind == "w" and t.index not in self.report.named]
        return bool(placed) and len(words) <= _ASIDE

    def between(self, sides: list[PartyMention]) -> None:
        """The two sides of "between ... and ...": a word for a side parts them, else the first party stands alone."""
        other = False
        parted = any(self._parted(one, two) for one, two in pairwise(sides))
        for number, party in enumerate(sides):
            if number and (self._parted(sides[number - 1], party) or not parted):
                other = True
            self.found.add("patient" if other and self.anchor.kind != "agree" else "agent", party, "between")

    def _parted(self, one: PartyMention, other: PartyMention) -> bool:
        return bool(self.report.clauses.marked(_PARTS, one.last + 1, other.first))

    def other_side(self, one: PartyMention, other: PartyMention) -> bool:
        """Whether both parties stand in one "between ... from the one side and ... from the other"."""
        scene = self.scene
        if other.first - one.last > 9 or self.report.clauses.opens(one.last, other.first):
            return False
        if self._parted(one, other):
            return True
        return scene.prefix(other).startswith(self.report.conjunction) and not scene.anchored(one.last, other.first)
