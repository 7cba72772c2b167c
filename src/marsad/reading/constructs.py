"""Constructs: parties right behind a noun that names an event, as its owner or its object, and whether what was hit follows them."""

from __future__ import annotations

from marsad.reading.anchors import DEFENCE
from marsad.reading.circumstances import OBJECT_FIRST
from marsad.reading.parties import PartyMention
from marsad.reading.siding import Siding

__all__ = ["Constructs"]

_NOT_CONSTRUCT = frozenset({"prep", "patient", "that", "relative", "before"})
_OWNED = frozenset({"owned"})
# Deeds whose noun stands before whom they were done to.
_PERSONS = frozenset({"kill", "abduct", "arrest", "torture"})
_NEAR = 3  # tokens behind a force among which the weapon stands that it brought down
_ARMED = 6  # tokens behind a party within which it is told what it used
_ACTING = frozenset({"acting"})  # "armoured car", which may be hit as well as hit others
_OFFICE = "office"  # as "commander"


class Constructs(Siding):
    """Reads the constructs of one anchor."""

    def _owns(self, party: PartyMention, low: int) -> bool:
        """Whether a thing that was hit stands before a party as its own."""
        scene = self.scene
        for site in scene.sites_within(low + 1, party.first + 1):
            if site.first == party.first == low + 1 and not self.anchor.verb and self._hits_next(party):
                continue  # "the warship's targeting of a fishing boat"
            if site.owner is not None and site.owner[0] <= party.last and party.first <= site.owner[1]:
                return True
            if scene.before(party.first, 5, site.first, _OWNED) is not None:
                return True
            if site.last < party.first and party.first - site.last <= 3 and self.scene.given_to(party):
                return True
        return False

    def _hits_next(self, party: PartyMention) -> bool:
        """Whether a thing that may be hit stands right behind a party, not joined to it by "and"."""
        behind = party.last + 1
        return behind in self.scene.places_hit and not self.report.text.forms[behind].startswith(self.report.conjunction)

    def _object(self, party: PartyMention, gap: int) -> tuple[str, str]:
        if gap <= 8 and not self.scene.prefix(party):
            between = range(self.anchor.last + 1, party.first)
            if any("prep" in self.scene.mark_at(at) for at in between):
                return "", ""
            return "patient", "object"
        return "", ""

    def _fires_at(self, party: PartyMention) -> bool:
        """Whether a weapon or an aircraft follows a force: what it brought down."""
        near = range(party.last + 1, party.last + 1 + _NEAR)
        flown = any(p.means == "air" for p in self.scene.parties_within(near.start, near.stop))
        return party.sort == "force" and (flown or any(w.first in near for w in self.report.weapons))

    def _construct(self, party: PartyMention, gap: int) -> tuple[str, str]:
        """A party right behind a noun that names the event."""
        anchor, scene = self.anchor, self.scene
        if scene.prefix(party) or gap > 3:
            return "", ""
        if anchor.last > anchor.index and "patient" in scene.mark_at(anchor.last):
            return "patient", "patient mark"  # "strikes on symbols of the regime"
        if anchor.kind not in OBJECT_FIRST and any(m.victims <= party.first <= m.last for m in anchor.harm):
            return "", ""  # "an attack in which three soldiers were killed"
        # "In solidarity with the fighters of": a mark may begin with the word for a protest itself.
        behind = anchor.last if anchor.kind == "protest" else anchor.last + 1
        if any(scene.mark_at(at) & _NOT_CONSTRUCT for at in range(behind, party.first)):
            return "", ""
        if any(verb.finite for verb in scene.verbs_within(anchor.last + 1, party.first)):
            return "", ""  # "in answer to the attack the army launched a raid": the verb between is the party's
        if any(a.index == party.first and a is not anchor and a.kind == "attack" for a in scene.anchors):
            return "agent", "construct"  # "the victims of the Israeli aggression"
        if self._struck_by(party, gap):
            return "patient", "construct"
        if anchor.trigger is None or anchor.kind in OBJECT_FIRST:
            if anchor.kind in DEFENCE:
                return ("agent" if self._fires_at(party) else "patient"), "construct"
            if gap < 1 and anchor.kind in _PERSONS and party.sort == "state":
                return "agent", "construct"  # "Israel's assassination of one of its leaders"
            if gap <= 1 and anchor.trigger is not None and self._has_object(party):
                return "agent", "construct"
            if any(anchor.last <= m.victims < party.first for m in anchor.harm):
                return "", ""  # "two children were killed by a bomb that the aircraft dropped"
            return ("patient", "construct") if gap <= 3 else ("", "")
        if anchor.kind == "withdraw":
            return "patient", "construct"
        if anchor.kind == "take" and gap > 0 and self.report.text.forms[party.first - 1].startswith(self.report.conjunction):
            return "", ""  # "the retaking of the base and the routing of the group"
        done_to = anchor.trigger.lemma in self.report.expulsions or anchor.trigger.lemma in self.report.onto
        if done_to and not self._has_object(party):
            return "patient", "construct"
        if anchor.kind == "take" and gap <= 1 and not self.found.agents:
            held = anchor.index < anchor.trigger.then == party.first - 1  # "the retaking of the stronghold of the rebels"
            return ("patient", "owner") if held else ("agent", "construct")
        if party.sort == "civilians" and party.id == "civilians":
            return "patient", "construct"
        if self.found.agents:
            return ("patient", "construct") if gap <= 1 else ("", "")
        if gap > 1 and (party.last > party.first or anchor.kind == "take"):
            return "", ""  # "its retaking will cut supplies of X"
        return "agent", "construct"

    def _struck_by(self, party: PartyMention, gap: int) -> bool:
        """Whether an event is the subject of a verb of hitting, and a party behind it the object ("hit, an air raid did, the group").

        A party right behind the noun may be its owner ("hit, the raid of the coalition did, a house"), as an adjective is.
        """
        anchor, report = self.anchor, self.report
        verb = "target" in anchor.kinds and anchor.first < anchor.index
        if anchor.verb or not (verb or "patient" in self.scene.mark_at(anchor.first - 1)):
            return False
        if report.lands.within(party.first, party.last) is not None and party.first == party.last:
            return False
        return gap > 0 or (not self._has_object(party) and anchor.kind == "explosion")

    def _has_object(self, party: PartyMention) -> bool:
        """Whether what was done to follows a party behind a verbal noun: then the party is who did it."""
        tokens, scene, report = self.report.text.tokens, self.scene, self.report
        weapons = {at for w in report.weapons for at in range(w.first, w.last + 1) if party.last < at <= party.last + _ARMED}
        plain = {
            p.first
            for p in scene.parties_within(party.last + 1, party.last + 4)
            if not scene.given_to(p) and scene.prefix(p)[:1] not in {*report.by, report.conjunction}
        }
        for at in range(party.last + 1, min(self.end, party.last + 4 + len(weapons))):
            token = tokens[at]
            if at in plain or (at == party.last + 1 and report.way_at(at) == _OFFICE and self.anchor.kind in _PERSONS):
                return True  # "the force's detention of the commander of"
            if at in weapons:
                continue  # "its targeting, with a missile, of a market"
            if token.kind in "pb" and token.form not in "\"'«»()":
                return False
            if scene.mark_at(at) - _ACTING:
                return self.anchor.kind == "arrest" and "patient" in scene.mark_at(at)  # "rebels laid hold on"
            if at in scene.places_hit or token.kind == "n" or token.form.startswith(report.to):
                return True
        return any(m.first <= party.last + 2 <= m.last and m.victims > party.last for m in self.anchor.harm)
