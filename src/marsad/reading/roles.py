"""Roles: which parties did what an anchor names, and which were hit by it.

A party's role follows from the words between it and the anchor: the subject of the verb that names or carries the event
(``subjects``), prepositions and verbs listed in ``clauses.tsv`` ("at the hands of", "against", "between"), the construct ("the
shelling of the regime", "the assassination of a leader"), and whose the things are that were hit ("positions of the group").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from marsad.reading.anchors import Anchor
from marsad.reading.parties import PartyMention
from marsad.reading.report import Report
from marsad.reading.roleverbs import Verb
from marsad.reading.subjects import Scene

__all__ = ["Roles", "roles_of"]

# After these verbal nouns the party that follows at once is the one that it was done to.
_OBJECT_FIRST = frozenset(
    {"kill", "abduct", "arrest", "target", "burn", "destroy", "disrupt", "shootdown", "capture", "displace", "missing", "rape",
     "disperse", "repel", "torture", "stab", "ram", "loot", "seize", "find", "foil"}
)  # fmt: skip
_MUTUAL = frozenset({"clash", "ambush", "fire", "agree", "violence", "attack", "operation", "raid", "siege"})
_SIDES = frozenset({"clash", "agree", "violence"})
# Kinds whose object is a weapon: who sent it is the party that was hit.
_FIRED = frozenset({"explosion", "munition", "fall", "launch", "bombard", "kill"})
_DEFENCE = frozenset({"disrupt", "shootdown", "repel", "foil"})
# Deeds that a party tells of itself ("the army announced the recapture").
_OWN_DEEDS = frozenset(
    {"take", "disrupt", "shootdown", "arrest", "seize", "foil", "destroy", "repel", "air", "bombard", "target"}
)
# Kinds after which "from" tells who lost a place.
_TAKING = frozenset({"take", "withdraw", "fallto"})
_AGENT, _PATIENT, _BETWEEN = frozenset({"agent"}), frozenset({"patient"}), frozenset({"between"})
_BESIDE, _ACCUSE, _ASCRIBE, _SUPPORT = (
    frozenset({"beside"}),
    frozenset({"accuse"}),
    frozenset({"ascribe"}),
    frozenset({"support"}),
)
_PREP = frozenset({"prep"})
_SUSPECTED = frozenset({"suspected"})
_HELD, _OWNED = frozenset({"held"}), frozenset({"owned"})
_PARTS = frozenset({"side", "between"})
_MARKS = _AGENT | _PATIENT | _BETWEEN | _BESIDE | _SUPPORT
_REACH = 26
_CARRIED = 14
_VERBAL = 6
_FAR = 20
_AGENT_REACH = 18
_MARK = 6


@dataclass(slots=True)
class Roles:
    """Parties of an anchor, in the order in which they were found, each with how it was decided."""

    agents: list[tuple[PartyMention, str]] = field(default_factory=list)
    patients: list[tuple[PartyMention, str]] = field(default_factory=list)

    def add(self, role: str, party: PartyMention, why: str) -> None:
        """Add a party as "agent", "patient" or "both", unless it stands there already."""
        for name, side in (("agent", self.agents), ("patient", self.patients)):
            if role in (name, "both") and all(p is not party for p, _ in side):
                side.append((party, why))


def roles_of(report: Report, anchors: list[Anchor]) -> list[Roles]:
    """The parties of each anchor of a report, from its own sentence and the subjects that its verb goes on from."""
    scene = Scene(report, anchors)
    return [_Reader(scene, anchor).run() for anchor in anchors]


class _Reader:
    def __init__(self, scene: Scene, anchor: Anchor) -> None:
        self.scene = scene
        self.report = scene.report
        self.anchor = anchor
        self.found = Roles()
        self.begin, self.end = scene.report.clauses.sentence(anchor.index)

    def run(self) -> Roles:
        anchor = self.anchor
        verb = self.scene.verbs.get(anchor.index)
        if verb is not None and verb.role in ("names", "harms"):
            self._subject(verb, "patient" if anchor.kind == "withdraw" else "agent")
        elif anchor.trigger is None or not anchor.trigger.verb:
            self._carried()
            self._verbal()
        self._pointed()
        self._accused()
        self._coordinated()
        self._behind()
        self._harmed_by()
        if not self.found.agents and anchor.kind in _FIRED:
            for party in self.scene.weapon_owners(anchor.index):
                self.found.add("agent", party, "its weapon")
        if not self.found.agents and self._owned():
            for party in self.scene.owner(anchor.index).parties:
                self.found.add("agent", party, "pronoun")
        return self.found

    def _owned(self) -> bool:
        """Whether a pronoun behind the event's noun tells whose it is ("their attack")."""
        trigger = self.anchor.trigger
        if trigger is None or trigger.verb or not trigger.definite or self.anchor.kind in _OBJECT_FIRST:
            return False
        token = self.report.text.tokens[trigger.index]
        return self.scene.ends_in_pronoun(token)

    def _harmed_by(self) -> None:
        """Who is told right behind a toll to have caused it ("by the bullets of the army")."""
        scene = self.scene
        for mention in self.anchor.harm:
            verb = scene.verbs.get(mention.predicate)
            if verb is not None and verb.role == "harms":
                self._subject(verb, "agent")
            end = self.report.clauses.sentence(mention.last)[1]
            for party in scene.parties_within(mention.last + 1, min(end, mention.last + 8)):
                mark = scene.before(party.first, 4, mention.last + 1, _AGENT)
                if mark is not None and scene.acts(party) and not scene.anchored(mention.last, party.first):
                    self.found.add("agent", party, "agent mark")

    # -- agents by verbs --------------------------------------------------------------------------------------------

    def _subject(self, verb: Verb, role: str) -> None:
        subject = self.scene.subject(verb)
        for party in subject.parties:
            self.found.add(role, self._known(party), subject.why)

    def _known(self, party: PartyMention) -> PartyMention:
        """The party that unidentified attackers are believed to belong to, if that is told; else the attackers."""
        if party.id != "unidentified":
            return party
        for other in self.scene.parties_within(party.last + 1, min(self.end, party.last + 10)):
            mark = self.scene.before(other.first, 5, party.last + 1, _SUSPECTED)
            return other if mark is not None and other.sort != "civilians" else party
        return party

    def _carried(self) -> None:
        """The subject of the verb before a noun that names the event ("launched a raid", "was able to retake")."""
        anchor, scene = self.anchor, self.scene
        index, floor = anchor.first, self.begin
        for _ in range(3):
            verb = scene.verb_before(index, _CARRIED)
            if verb is None or verb.index < floor or verb.role in ("names", "harms"):
                return
            if verb.role == "made" and not verb.pointing:
                return
            if verb.role == "tells" and not self._tells(verb):
                return
            if self.report.clauses.opens(verb.index, anchor.index) or not self._links(verb):
                index = verb.index
                continue
            before = len(self.found.agents) + len(self.found.patients)
            self._subject(verb, "patient" if verb.role == "suffers" else "agent")
            if verb.role == "tells" and len(self.found.agents) == before:
                for party in scene.parties_within(verb.index + 1, anchor.first):
                    self.found.add("agent", party, "tells")
                    break
            return

    def _coordinated(self) -> None:
        """The subject of the verb that carries the deeds before one that "and" ties to them."""
        trigger = self.anchor.trigger
        if self.found.agents or trigger is None or trigger.feature != "masdar" or trigger.proclitic != self.report.conjunction:
            return
        verb = self.scene.verb_before(self.anchor.first, _REACH)
        if (
            verb is not None
            and verb.role == "does"
            and "-" not in verb.links
            and not self.report.clauses.opens(verb.index, self.anchor.first)
        ):
            self._subject(verb, "agent")

    def _verbal(self) -> None:
        """The party before a noun that is written as its verb is, and is one ("that the army shelled the town")."""
        anchor, trigger = self.anchor, self.anchor.trigger
        if self.found.agents or self.found.patients or trigger is None or trigger.definite or trigger.feature != "masdar":
            return
        before = self.scene.marks_end(anchor.first - 1) if anchor.first else None
        if trigger.proclitic not in self.report.plain or (before is not None and "pronoun" not in before.types):
            return
        if any(self.scene.acts(p) and self.scene.plain(p) for p in self.scene.parties_within(anchor.last + 1, anchor.last + 2)):
            return
        subject = self.scene.topic(Verb(anchor.index, "names", "perf", joined=bool(trigger.proclitic)))
        if subject.parties and subject.why == "topic" and anchor.index - subject.parties[-1].last <= _VERBAL:
            for party in subject.parties:
                self.found.add("agent", party, subject.why)
        elif subject.why == "speaker" and "pronoun" in self.scene.mark_at(anchor.index - 1):
            for party in subject.parties:
                self.found.add("agent", party, "speaker")

    def _tells(self, verb: Verb) -> bool:
        """Whether a party tells of a deed of its own: nothing but its name stands between the verb and the deed."""
        return self.anchor.kind in _OWN_DEEDS and self.anchor.first - verb.index <= 7

    def _links(self, verb: Verb) -> bool:
        """Whether what stands before the event's word is what the verb is built with."""
        trigger, index = self.anchor.trigger, self.anchor.first
        letters = trigger.proclitic if trigger is not None else ""
        letters = letters.removeprefix(self.report.conjunction)
        tokens = self.report.text.tokens
        for at in range(index - 1, max(verb.index, index - 4), -1):
            if tokens[at].form in verb.links:
                return True
        if letters and letters[0] in verb.links:
            return True
        governed = any(
            self.scene.mark_at(at) & frozenset({"prep", "patient", "cause"})
            for at in range(max(verb.index + 1, index - 2), index)
        )
        by = any(letters.startswith(b) for b in (*self.report.by, self.report.to) if b)
        return "-" in verb.links and not governed and not by

    def _pointed(self) -> None:
        """Who stands behind a verb that points back at the event or its weapon ("the raids that X launched")."""
        anchor = self.anchor
        for verb in self.scene.verbs_within(anchor.last + 1, min(self.end, anchor.last + _CARRIED)):
            if self.report.clauses.opens(anchor.last, verb.index) or self.scene.anchored(anchor.last, verb.index):
                return
            if verb.role in ("names", "harms") or not verb.pointing or verb.joined or not (verb.finite or verb.role == "made"):
                continue
            if verb.finite or self.scene.subject(verb).why in ("subject", "topic"):
                self._subject(verb, "patient" if anchor.kind in _DEFENCE else "agent")
            return

    def _accused(self) -> None:
        """Who is accused of the event, or it is ascribed to."""
        scene, anchor = self.scene, self.anchor
        if "stands" in scene.mark_at(anchor.first - 1):
            for party in scene.parties_within(anchor.first - 5, anchor.first - 1)[-1:]:
                if anchor.first - 2 <= party.last + 1 and scene.acts(party):
                    self.found.add("agent", party, "stands behind it")
        low = max(self.begin, anchor.first - 14)
        for at in range(anchor.first - 1, low - 1, -1):
            types = scene.mark_at(at)
            if "that" in types or "open" in types:
                break
            if types & _ACCUSE:
                parties = [p for p in scene.parties_within(at + 1, anchor.first) if scene.acts(p) and p.sort != "civilians"]
                if parties and not scene.anchored(parties[-1].last, anchor.first - 1):
                    self.found.add("agent", parties[-1], "accused")
                break
        self._ascribed()

    def _ascribed(self) -> None:
        """Whom the event is ascribed to, by a verb behind it or shortly before it."""
        scene, anchor = self.scene, self.anchor
        for at in range(max(self.begin, anchor.first - 6), min(self.end, anchor.last + _REACH)):
            if not scene.mark_at(at) & _ASCRIBE or anchor.first <= at <= anchor.last:
                continue
            low = max(at, anchor.last)
            if scene.anchored(anchor.last, at) if at > anchor.last else scene.anchored(at, anchor.first - 1):
                continue
            for party in scene.parties_within(low + 1, min(self.end, low + 8)):
                if scene.before(party.first, 2, low + 1, _PREP) is not None or scene.given_to(party):
                    self.found.add("agent", party, "ascribed")
            return

    # -- what stands behind -----------------------------------------------------------------------------------------

    def _behind(self) -> None:
        scene, anchor = self.scene, self.anchor
        previous: tuple[PartyMention, str] | None = None
        sides: list[PartyMention] = []
        for party in scene.parties_within(anchor.first, min(self.end, anchor.last + _REACH)):
            role, why = "", ""
            if previous is not None and (
                scene.tied(previous[0], party) or (previous[1] == "both" and self._other_side(previous[0], party))
            ):
                role, why = previous[1], "joined"
            elif scene.speaks(party):
                role = ""
            elif any(p is party for p, _ in self.found.agents):
                role, why = "agent", "subject"
            elif any(p is party for p, _ in self.found.patients):
                role, why = "patient", "subject"
            else:
                role, why = self._role(party)
            previous = (party, role) if role else None
            if role == "both":
                sides.append(party)
            elif role:
                self.found.add(role, party, why)
        self._between(sides)

    def _between(self, sides: list[PartyMention]) -> None:
        """The two sides of "between ... and ...": a word for a side parts them, else the first party stands alone."""
        other = False
        parted = any(self._parted(one, two) for one, two in pairwise(sides))
        for number, party in enumerate(sides):
            if number and (self._parted(sides[number - 1], party) or not parted):
                other = True
            self.found.add("patient" if other and self.anchor.kind != "agree" else "agent", party, "between")

    def _parted(self, one: PartyMention, other: PartyMention) -> bool:
        return any(self.scene.mark_at(at) & _PARTS for at in range(one.last + 1, other.first))

    def _other_side(self, one: PartyMention, other: PartyMention) -> bool:
        """Whether both parties stand in one "between ... from the one side and ... from the other"."""
        scene = self.scene
        if other.first - one.last > 9 or self.report.clauses.opens(one.last, other.first):
            return False
        if self._parted(one, other):
            return True
        return scene.prefix(other).startswith(self.report.conjunction) and not scene.anchored(one.last, other.first)

    def _role(self, party: PartyMention) -> tuple[str, str]:
        scene, anchor, clauses = self.scene, self.anchor, self.report.clauses
        low, high = anchor.last, party.first
        gap = high - low - 1
        if anchor.kind == "fallto" and not scene.anchored(low, high) and (gap <= 1 or scene.before(high, 3, anchor.index, _HELD)):
            return "agent", "agent mark"
        if gap < 0:
            named = scene.acts(party) and party.sort not in ("unidentified", "members") and anchor.trigger is not None
            return ("agent", "adjective") if named else ("", "")
        mark = scene.before(high, _MARK, low + 1, _MARKS)
        blocked = scene.anchored(low, high)
        types = mark.types if mark is not None else frozenset()
        near = mark is not None and high - mark.last <= 4
        if "agent" in types and scene.acts(party) and gap <= _AGENT_REACH and clauses.commas(low, high) <= 1:
            return "agent", "agent mark"
        if clauses.opens(low, high):
            return "", ""
        if "between" in types and anchor.kind in _SIDES:
            return "both", "between"
        if blocked:
            return "", ""
        if "led" in scene.mark_at(high - 1):
            return "", ""
        if "support" in types and near and self.found.agents:
            return "agent", "support"
        if "beside" in types and anchor.kind in _MUTUAL:
            return "patient", "beside"
        if "patient" in types and not clauses.commas(low, high):
            return "patient", "patient mark"
        if anchor.kind in _TAKING and "from" in scene.mark_at(high - 1) and clauses.commas(low, high) <= 1:
            return "patient", "taken from"
        if not scene.acts(party):
            return self._hit(party, gap)
        prefix = scene.prefix(party)
        if scene.given_to(party) and gap <= 3 and not anchor.verb:
            if self.found.agents or anchor.kind in _OBJECT_FIRST:
                return "patient", "to"
            return "agent", "of"
        if clauses.commas(low, high):
            return "", ""
        if self._owns(party, low):
            return "patient", "owner"
        if prefix and prefix not in self.report.plain:
            return "", ""
        if anchor.verb:
            return self._object(party, gap)
        return self._construct(party, gap)

    def _hit(self, party: PartyMention, gap: int) -> tuple[str, str]:
        """A place or object of a party, or a word for civilians, behind the anchor."""
        if party.sort == "civilians":
            return ("patient", "object") if gap <= 4 else ("", "")
        if gap <= _FAR and self.report.clauses.commas(self.anchor.last, party.first) <= 1:
            return "patient", "owner"
        return "", ""

    def _owns(self, party: PartyMention, low: int) -> bool:
        """Whether a thing that was hit stands before a party as its own."""
        scene = self.scene
        for site in scene.sites_within(low + 1, party.first + 1):
            if site.owner is not None and site.owner[0] <= party.last and party.first <= site.owner[1]:
                return True
            if scene.before(party.first, 5, site.first, _OWNED) is not None:
                return True
            if site.last < party.first and party.first - site.last <= 3 and self.scene.given_to(party):
                return True
        return False

    def _object(self, party: PartyMention, gap: int) -> tuple[str, str]:
        if self.anchor.suffers:
            return "agent", "behind"
        if gap <= 8 and not self.scene.prefix(party):
            between = range(self.anchor.last + 1, party.first)
            if any("prep" in self.scene.mark_at(at) for at in between):
                return "", ""
            return "patient", "object"
        return "", ""

    def _construct(self, party: PartyMention, gap: int) -> tuple[str, str]:
        """A party right behind a noun that names the event."""
        anchor, scene = self.anchor, self.scene
        if scene.prefix(party) or gap > 3:
            return "", ""
        if any(
            scene.mark_at(at) & frozenset({"prep", "patient", "that", "relative"}) for at in range(anchor.last + 1, party.first)
        ):
            return "", ""
        if anchor.trigger is None or anchor.kind in _OBJECT_FIRST:
            if anchor.kind in _DEFENCE:
                return "patient", "construct"
            if gap <= 1 and anchor.trigger is not None and self._has_object(party):
                return "agent", "construct"
            return ("patient", "construct") if gap <= 3 else ("", "")
        if anchor.kind == "withdraw":
            return "patient", "construct"
        if anchor.kind == "take" and gap <= 1 and not self.found.agents:
            return "agent", "construct"
        if party.sort == "civilians" and party.id == "civilians":
            return "patient", "construct"
        if self.found.agents:
            return ("patient", "construct") if gap <= 1 else ("", "")
        if gap > 1 and party.last > party.first:
            return "", ""
        return "agent", "construct"

    def _has_object(self, party: PartyMention) -> bool:
        """Whether what was done to follows a party behind a verbal noun: then the party is who did it."""
        tokens, scene = self.report.text.tokens, self.scene
        for at in range(party.last + 1, min(self.end, party.last + 4)):
            token = tokens[at]
            if token.kind in "pb" and token.form not in "\"'«»()":
                return False
            if scene.mark_at(at):
                return False
            if at in scene.places_hit or token.kind == "n" or token.form.startswith(self.report.to):
                return True
        following = [p for p in scene.parties_within(party.last + 1, party.last + 3) if not scene.prefix(p)]
        return bool(following) or any(m.first <= party.last + 2 <= m.last and m.victims > party.last for m in self.anchor.harm)
