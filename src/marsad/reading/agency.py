"""Agency: who did what an anchor names, by verbs: its own, those that carry it, accuse of it or point back at it.

"Launched a raid", "was able to retake", "the mines that X laid", "accused X of shelling", "their attack".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.reading.anchors import Anchor
from marsad.reading.harm import HarmMention
from marsad.reading.parties import PartyMention
from marsad.reading.roleverbs import Verb
from marsad.reading.subjects import Scene

__all__ = ["OBJECT_FIRST", "Agency", "Roles"]

# After these verbal nouns the party that follows at once is the one that it was done to.
OBJECT_FIRST = frozenset(
    {"kill", "abduct", "arrest", "target", "burn", "destroy", "disrupt", "shootdown", "capture", "displace", "missing", "rape",
     "disperse", "repel", "torture", "stab", "ram", "loot", "seize", "find", "foil"}
)  # fmt: skip
# Kinds whose weapon may be told to be a party's.
_FIRED = frozenset({"explosion", "munition", "fall", "launch", "bombard", "kill"})
# Kinds whose object is a weapon: who sent it is the party that was hit.
_DEFENCE = frozenset({"disrupt", "shootdown", "repel", "foil"})
# Deeds that a party tells of itself ("the army announced the recapture").
_OWN_DEEDS = frozenset(
    {"take", "disrupt", "shootdown", "arrest", "seize", "foil", "destroy", "repel", "air", "bombard", "target"}
)
_ANSWER = frozenset({"answer"})
_OPENED = frozenset({"that", "open"})
_AGENT, _ACCUSE, _ASCRIBE = frozenset({"agent"}), frozenset({"accuse"}), frozenset({"ascribe"})
_PREP, _SUSPECTED = frozenset({"prep"}), frozenset({"suspected"})
_GOVERNING = frozenset({"prep", "patient", "cause"})
_REACH = 26
_CARRIED = 14
_VERBAL = 6
_ANSWERED = 3
_ASCRIBED = 12
# Tokens from a suicide attacker to whom he belongs.
_BELONGING = 9
_HELD, _PRISON = frozenset({"kill", "torture"}), frozenset({"prison"})
_IN_PRISON, _HELD_BY = 8, 4
_BLAST = frozenset({"explosion", "suicide"})
# Tokens from "found" to weapons.
_FINDS = 6
# Attacks by one side: attackers who fell did it, and who shot them answered.
_ASSAULTS = frozenset({"attack", "fire", "stab", "ram", "abduct", "suicide"})
# Tokens behind a toll, a name and age among them, to who caused it.
_NAMED = 12


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


class Agency:
    """Finds who did what one anchor names.

    Attributes:
        scene: the report's parties and verbs.
        anchor: the anchor.
        found: its roles so far.
        governed: whether a verb before the event's noun carries it ("deal a blow").
        suspects: unidentified attackers in whose place the party stands that they are believed to belong to, and who
            found bodies: they have no role.
        begin, end: half-open token range of its sentence.
    """

    def __init__(self, scene: Scene, anchor: Anchor) -> None:
        self.scene = scene
        self.report = scene.report
        self.anchor = anchor
        self.found = Roles()
        self.governed = False
        self.suspects: list[PartyMention] = []
        self.begin, self.end = scene.report.clauses.sentence(anchor.index)

    def by_verbs(self) -> None:
        """Who did it by the verbs that name or carry it, and by accusations."""
        anchor = self.anchor
        verb = self.scene.verbs.get(anchor.index)
        if verb is not None and verb.role == "harms" and _PREP <= self.scene.mark_at(anchor.index - 1):
            verb = None  # behind a preposition it is the verbal noun ("was able to kill five")
        if self._dead_found():
            then = anchor.trigger.then if anchor.trigger is not None else anchor.last
            self.suspects += self.scene.parties_within(anchor.first, then)  # who finds bodies did not kill
        elif verb is not None and verb.role in ("names", "harms"):
            lost = anchor.kind == "withdraw" or (anchor.trigger is not None and anchor.trigger.lemma in self.report.losses)
            self._subject(verb, "patient" if lost else "agent")
        elif self._answered():
            return  # "in answer to the shelling": whose answer it was did not do it
        elif anchor.trigger is None or not anchor.trigger.verb:
            self._carried()
            self._verbal()
        self._pointed()
        self._accused()
        self._coordinated()

    def _dead_found(self) -> bool:
        """Whether the event is that somebody found, other than weapons."""
        last = self.anchor.last
        return self.anchor.kind == "find" and not any(last < w.first <= last + _FINDS for w in self.report.weapons)

    def _answered(self) -> bool:
        """Whether the event is what was answered, and not the answer ("answered with shelling")."""
        anchor = self.anchor
        mark = self.scene.before(anchor.first, _ANSWERED, self.begin, _ANSWER)
        answer = anchor.trigger is not None and anchor.trigger.proclitic in self.report.by
        return mark is not None and not (answer and "reply" in mark.types)

    def by_company(self) -> None:
        """Who did it by the tolls told with it, the weapons of its sentence, and a pronoun behind its noun."""
        self._harmed_by()
        self._its_people()
        if not self.found.agents and self.anchor.kind in _FIRED:
            for party in self.scene.weapon_owners(self.anchor.index):
                self.found.add("agent", party, "its weapon")
        if not self.found.agents and self.anchor.kinds & _BLAST:
            self._bomber()
        if not self.found.agents and self.anchor.kinds & _HELD:
            self._jailer()
        if not self.found.agents and self._owned():
            for party in self.scene.owner(self.anchor.index).parties:
                self.found.add("agent", party, "pronoun")

    def _bomber(self) -> None:
        """Whom a suicide attacker told of in the sentence is said to belong to."""
        scene = self.scene
        bombers = {t.index for t in self.report.triggers if t.kind == "suicide" and self.begin <= t.index < self.end}
        for at in sorted(bombers):
            for party in scene.parties_within(at, min(self.end, at + _BELONGING)):
                if party.sort == "civilians" or party.id == "unidentified":
                    continue
                if party.first == at or scene.before(party.first, 4, at + 1, _SUSPECTED) is not None:
                    self.found.add("agent", party, "its bomber")
                break

    def _jailer(self) -> None:
        """Whose prison, named behind it, the people who came to harm were in ("died of torture in the prisons of the group")."""
        scene, last = self.scene, max((self.anchor.last, *(m.last for m in self.anchor.harm)))
        for party in scene.parties_within(last + 1, min(self.end, last + 1 + _IN_PRISON))[:1]:
            mark = scene.before(party.first, _HELD_BY, last + 1, _PRISON)
            if mark is not None and not scene.anchored(last, party.first) and (scene.acts(party) or party.kind != "civilians"):
                self.found.add("agent", party, "its prison")

    def _owned(self) -> bool:
        """Whether a pronoun behind the event's noun tells whose it is ("their attack")."""
        trigger = self.anchor.trigger
        if trigger is None or trigger.verb or not trigger.definite or self.anchor.kind in OBJECT_FIRST:
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
            elif not self.found.agents and mention.voice == "nominal":
                self._managed(mention.predicate)
            end = self.report.clauses.sentence(mention.last)[1]
            for party in scene.parties_within(mention.last + 1, min(end, mention.last + _NAMED)):
                mark = scene.before(party.first, 4, mention.last + 1, _AGENT)
                if mark is not None and scene.acts(party) and not scene.anchored(mention.last, party.first):
                    self.found.add("agent", self.fallen(mention) or party, "agent mark")

    def _its_people(self) -> None:
        """Whose fighters came to harm, where a pronoun tells so ("announced the death of two of its soldiers")."""
        scene, tokens = self.scene, self.report.text.tokens
        ids = {p.id for p, _ in self.found.agents}
        for mention in self.anchor.harm if not self.found.patients else ():
            if mention.status != "combatant" or mention.group_first >= 0 or mention.kind == "arrested":
                continue
            for at in range(mention.victims, mention.last + 1):
                if tokens[at].kind == "w" and scene.own_troops(tokens[at]):
                    verb = scene.verb_before(at, _REACH)
                    told = scene.subject(verb).parties if verb is not None and verb.role == "tells" else ()
                    for party in told or scene.speaker(at).parties:
                        if party.id not in ids and party.sort != "civilians":
                            self.found.add("patient", party, "its people")
                    break

    def fallen(self, mention: HarmMention) -> PartyMention | None:
        """The attackers who fell in an attack of theirs: who shot them did not attack."""
        if self.anchor.kind not in _ASSAULTS or (self.anchor.kind == "fire" and not self.anchor.verb):
            return None
        fallen = self.scene.parties_within(mention.victims, mention.last + 1)
        return next((p for p in fallen if p.id == "unidentified"), None)

    def _managed(self, index: int) -> None:
        """The subject of the verb that a verbal noun of harm depends on ("was able to kill")."""
        verb = self.scene.verb_before(index, _VERBAL)
        word = self.report.text.tokens[index - 1].form
        if verb is not None and verb.role == "does" and word in verb.links and not self.report.clauses.opens(verb.index, index):
            self._subject(verb, "agent")

    # -- agents by verbs --------------------------------------------------------------------------------------------

    def _subject(self, verb: Verb, role: str) -> None:
        subject = self.scene.subject(verb)
        if subject.why == "previous" and self.anchor.trigger is not None and self.anchor.trigger.lemma in self.report.happenings:
            return  # "and a mine exploded": its subject is the mine
        for party in subject.parties:
            shot = party.means == "air" and party.first > verb.index + 1 and subject.why == "subject"
            down = shot and self.anchor.kind == "shootdown"  # "its forces shot down a Syrian plane"
            self.found.add("patient" if down else role, self._known(party), subject.why)

    def _known(self, party: PartyMention) -> PartyMention:
        """The party that unidentified attackers are believed to belong to, if that is told; else the attackers."""
        if party.id != "unidentified":
            return party
        for other in self.scene.parties_within(party.last + 1, min(self.end, party.last + 10)):
            if self.scene.before(other.first, 5, party.last + 1, _SUSPECTED) is None or other.sort == "civilians":
                return party
            self.suspects.append(party)
            return other
        return party

    def _carried(self) -> None:
        """The subject of the verb before a noun that names the event ("launched a raid", "was able to retake")."""
        anchor, scene = self.anchor, self.scene
        index, floor = anchor.first, self.begin
        for _ in range(3):
            verb = scene.verb_before(index, _CARRIED)
            if verb is None or verb.index < floor or verb.role == "harms":
                return
            if verb.role == "names":
                if verb.finite and self._with(verb):
                    self._subject(verb, "agent")
                return
            if verb.role == "made" and not verb.pointing:
                return
            if verb.role == "tells" and not self._tells(verb):
                return
            if self.report.clauses.opens(verb.index, anchor.index) or not self._links(verb):
                index = verb.index
                continue
            self.governed = verb.role == "does"
            if verb.role == "tells":
                self._teller(verb)
            else:
                self._subject(verb, "patient" if verb.role == "suffers" else "agent")
            return

    def _teller(self, verb: Verb) -> None:
        """The party that tells of its own deed; whoever acted before does not, where somebody else is named as the speaker."""
        scene, first = self.scene, self.anchor.first
        subject, before = scene.subject(verb), len(self.found.agents)
        named = any(verb.index < s.first and s.last < first for a in self.report.attributions for s in a.sources)
        if subject.why != "previous" or not named:
            self._subject(verb, "agent")
        if len(self.found.agents) == before:
            for party in scene.parties_within(verb.index + 1, first)[:1]:
                self.found.add("agent", party, "tells")

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
        before = self.report.clauses.mark_ending(anchor.first - 1) if anchor.first else None
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

    def _with(self, verb: Verb) -> bool:
        """Whether the event's noun tells by what the deed of a verb before it was done ("struck the town with ten raids")."""
        anchor, tokens = self.anchor, self.report.text.tokens
        if anchor.trigger is not None and anchor.trigger.proclitic in self.report.by:
            return True
        by = tuple(b for b in self.report.by if b)
        near = range(max(verb.index + 1, anchor.first - 4), anchor.first)
        return any(tokens[at].form.startswith(by) and any(t.kind == "n" for t in tokens[at + 1 : anchor.first]) for at in near)

    def _tells(self, verb: Verb) -> bool:
        """Whether a party tells of a deed of its own: nothing but its name stands between the verb and the deed."""
        trigger = self.anchor.trigger
        group = trigger is not None and trigger.lemma in self.report.own_deeds and "suicide" not in self.anchor.kinds
        if group and any(p.kind != "armed_group" for p in self.scene.subject(verb).parties):
            group = False  # authorities tell so of what others blew up
        if (self.anchor.kind not in _OWN_DEEDS and not group) or self.anchor.first - verb.index > 7:
            return False
        if any(verb.index < m.predicate < self.anchor.first for m in self.anchor.harm):
            return False  # "admitted the death of its fighters in raids"
        return not any("that" in self.scene.mark_at(at) for at in range(verb.index + 1, self.anchor.first))

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
        named = {at for p in self.scene.parties_within(verb.index + 1, index) for at in range(p.first, p.last + 1)}
        named |= {at for q in self.report.quantities if q.last == index - 1 for at in range(q.first, q.last + 1)}
        between = [at for at in range(max(verb.index + 1, index - 2), index) if at not in named]
        governed = any(self.scene.mark_at(at) & _GOVERNING for at in between)
        by = any(letters.startswith(b) for b in (*self.report.by, self.report.to) if b)
        return "-" in verb.links and not governed and not by

    def _pointed(self) -> None:
        """Who stands behind a verb that points back at the event or its weapon ("the raids that X launched")."""
        anchor = self.anchor
        for verb in self.scene.verbs_within(anchor.index + 1, min(self.end, anchor.last + _CARRIED)):
            low = anchor.last if verb.index > anchor.last else anchor.index
            if self.report.clauses.opens(low, verb.index) or self.scene.anchored(low, verb.index):
                return
            if (
                verb.role in ("names", "harms", "tells")
                or not verb.pointing
                or verb.joined
                or not (verb.finite or verb.role == "made")
            ):
                continue
            if self.found.agents and anchor.kind not in _DEFENCE | {"destroy"}:
                return
            if verb.finite or self.scene.subject(verb).why in ("subject", "topic"):
                self._subject(verb, "patient" if anchor.kind in _DEFENCE or self.found.agents else "agent")
            return

    def _accused(self) -> None:
        """Who is accused of the event, or it is ascribed to."""
        scene, anchor = self.scene, self.anchor
        behind = anchor.first - 1
        while behind > self.begin and self.report.text.tokens[behind].kind == "p":
            behind -= 1
        mark = self.report.clauses.mark_ending(behind)
        if mark is not None and "stands" in mark.types:
            for party in scene.parties_within(mark.first - 4, mark.first)[-1:]:
                if mark.first - 1 <= party.last + 1 and scene.acts(party):
                    self.found.add("agent", party, "stands behind it")
        accusing = self.report.clauses.marked(_ACCUSE, max(self.begin, anchor.first - _REACH), anchor.first)
        if accusing and not self.report.clauses.marked(_OPENED, accusing[-1], anchor.first):
            told = [p for p in scene.parties_within(accusing[-1] + 1, anchor.first) if scene.acts(p) and p.sort != "civilians"]
            parties = [p for p in told if not self.report.in_speaker(p.first, p.last)]
            while parties and not scene.anchored(parties[-1].last, anchor.first - 1):
                last = parties.pop()
                self.found.add("agent", last, "accused")
                if not (parties and last.proclitic == self.report.conjunction and last.first - parties[-1].last == 1):
                    break  # whom the sentence begins with accuses
        self._ascribed()

    def _ascribed(self) -> None:
        """Whom the event is ascribed to, by a verb behind it or shortly before it."""
        scene, anchor = self.scene, self.anchor
        for at in self.report.clauses.marked(
            _ASCRIBE, max(self.begin, anchor.first - _ASCRIBED), min(self.end, anchor.last + _REACH)
        ):
            if anchor.first <= at <= anchor.last:
                continue
            low = max(at, anchor.last)
            if scene.anchored(anchor.last, at) if at > anchor.last else scene.anchored(at, anchor.first - 1):
                continue
            named = scene.parties_within(at + 1, anchor.first) if at < anchor.first else []
            for party in [*named, *scene.parties_within(low + 1, min(self.end, low + 8))]:
                toward = self.report.way_at(party.first - 1) == "toward"
                if toward or scene.before(party.first, 2, at + 1, _PREP) is not None or scene.given_to(party):
                    self.found.add("agent", party, "ascribed")
            return
