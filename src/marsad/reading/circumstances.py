"""Circumstances: who did what an anchor names, and whose people were hit, by what is told with it: tolls, weapons, bombers, prisons."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.reading.anchors import Anchor
from marsad.reading.harm import HarmMention
from marsad.reading.parties import PartyMention
from marsad.reading.people import words_of
from marsad.reading.predicates import predicates_of
from marsad.reading.roleverbs import Verb
from marsad.reading.subjects import Scene

__all__ = ["OBJECT_FIRST", "Circumstances", "Roles"]

# After these verbal nouns the party that follows at once is the one that it was done to.
OBJECT_FIRST = frozenset(
    {"kill", "abduct", "arrest", "target", "burn", "destroy", "disrupt", "shootdown", "capture", "displace", "missing", "rape",
     "disperse", "repel", "torture", "stab", "ram", "loot", "seize", "find", "foil"}
)  # fmt: skip
# Kinds whose weapon may be told to be a party's.
_FIRED = frozenset({"explosion", "munition", "fall", "launch", "bombard", "kill"})
_ADVANCE = frozenset({"advance"})
_BESIDES, _COUNTED = "besides", 3  # tokens from "besides" to a number
_AGENT, _SUSPECTED = frozenset({"agent"}), frozenset({"suspected"})
_REACH = 26
_VERBAL = 6
# Tokens from a suicide attacker to whom he belongs.
_BELONGING = 9
_FROM = 9  # tokens behind those who were driven out to the word for where from
_SHOT = 6  # tokens behind those who shoot something down to what it is
_HELD, _PRISON = frozenset({"kill", "torture"}), frozenset({"prison"})
_IN_PRISON, _HELD_BY = 8, 4
_BLAST = frozenset({"explosion", "suicide"})
# Attacks by one side: attackers who fell did it, and who shot them answered.
_ASSAULTS = frozenset({"attack", "fire", "stab", "ram", "abduct", "suicide"})
# Subjects that do not stand at the verb itself.
_LOOSE = frozenset({"topic", "before", "inherited", "previous"})
# Tokens behind a toll, a name and age among them, to who caused it.
_NAMED = 12
_ANSWER, _ANSWERED = frozenset({"answer"}), 2  # tokens from "in answer to" to what is answered
_AMONG, _FIRST = frozenset({"among"}), 2  # tokens from "of them" to their number


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


class Circumstances:
    """Finds who did what one anchor names, by its circumstances.

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
        if anchor.until > anchor.index:
            self.end = anchor.until

    def by_company(self) -> None:
        """Who did it by the tolls told with it, the weapons of its sentence, and a pronoun behind its noun."""
        self._harmed_by()
        self._its_people()
        if not self.found.agents and self.anchor.kind in _FIRED:
            for party in self.scene.weapon_owners(self.anchor.index):
                if not self.told_besides(party.first):
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
        # "Its laying hold on X": what was taken stands behind a preposition, so the pronoun is who took it.
        upon = trigger is not None and trigger.then > trigger.index
        if trigger is None or trigger.verb or not trigger.definite or (self.anchor.kind in OBJECT_FIRST and not upon):
            return False
        if self.report.clauses.mark_before(self.anchor.first, _ANSWERED, self.begin, _ANSWER) is not None:
            return False  # "struck their posts in answer to their attacks": those of whoever was struck
        token = self.report.text.tokens[trigger.index]
        return self.scene.ends_in_pronoun(token)

    def share(self, low: int, high: int) -> bool:
        """Whether a number "of them" stands between two tokens: what follows tells of these only ("104 died, 9 of them by the army")."""
        found = self.report.clauses.marked(_AMONG, low, high)
        return bool(found) and any(found[-1] < q.first < high and q.first - found[-1] <= _FIRST for q in self.report.quantities)

    def _harmed_by(self) -> None:
        """Who is told right behind a toll to have caused it ("by the bullets of the army")."""
        scene = self.scene
        for mention in self.anchor.harm:
            verb = scene.verbs.get(mention.predicate)
            if verb is not None and verb.role == "harms":
                lost = self.loses(verb)  # "attacked a post, killed four and lost two of its men": its deed all the same
                if not (lost and self.found.agents):
                    self._subject(verb, "patient" if lost else "agent")
            elif not self.found.agents and mention.voice == "nominal":
                self._managed(mention.predicate)
            end = self.report.clauses.sentence(mention.last)[1]
            if not self.found.agents and 0 <= mention.predicate < mention.victims:
                self._amid_toll(mention)
            for party in scene.parties_within(mention.last + 1, min(end, mention.last + _NAMED)):
                mark = scene.before(party.first, 4, mention.last + 1, _AGENT)
                if mark is None or self.share(mention.last, mark.first):
                    continue
                if scene.acts(party) and not scene.anchored(mention.last, party.first):
                    self.found.add("agent", self.fallen(mention) or party, "agent mark")
            if not self.found.agents:
                self._advancing(mention, end)

    def _amid_toll(self, mention: HarmMention) -> None:
        """Who is told between a word of harm and the number of those who came to it ("killed by the army's fire were 20", "the army's
        killing of five")."""
        scene, low = self.scene, mention.predicate
        killing = self.names_killing(low)
        for party in scene.parties_within(low + 1, min(mention.victims, low + _NAMED)):
            mark = scene.before(party.first, 3, low + 1, _AGENT)
            own = killing and party.first == low + 1 and party.sort in ("force", "state")
            if (own or mark is not None) and scene.acts(party) and not scene.anchored(low, party.first):
                self.found.add("agent", party, "construct" if own else "agent mark")
                return

    def names_killing(self, index: int) -> bool:
        """Whether a token is a noun for killing, which says that somebody did it ("the killing of", but not "the death of")."""
        told = predicates_of(self.report.language).at(self.report.text.forms[index])
        return any(p.use == "nominal" and p.lemma in self.report.killings for p in told)

    def _advancing(self, mention: HarmMention, end: int) -> None:
        """Whose advance or search is told behind a toll of other fighters as what it came of ("fell during the advance of")."""
        theirs = self.report.harmed_party(mention)
        if theirs is None or mention.status != "combatant":
            return
        for party in self.scene.parties_within(mention.last + 1, min(end, mention.last + _NAMED)):
            mark = self.scene.before(party.first, 3, mention.last + 1, _ADVANCE)
            if mark is not None and self.scene.acts(party) and party.sort == "force" and party.id != theirs.id:
                self.found.add("agent", party, "agent mark")
                return

    def _its_people(self) -> None:
        """Whose fighters came to harm, where a pronoun tells so ("announced the death of two of its soldiers")."""
        scene, tokens = self.scene, self.report.text.tokens
        ids = {p.id for p, _ in self.found.agents}
        for mention in self.anchor.harm if not self.found.patients else ():
            if mention.status != "combatant" or mention.group_first >= 0 or mention.kind == "arrested":
                continue
            for at in range(mention.victims, mention.last + 1):
                if tokens[at].kind == "w" and scene.own_people(tokens[at]):
                    verb = scene.verb_before(at, _REACH)
                    told = scene.subject(verb).parties if verb is not None and verb.role == "tells" else ()
                    told = told or scene.speaker(at).parties or self._told_behind(mention)
                    for party in told:
                        if party.id not in ids and party.sort != "civilians":
                            self.found.add("patient", party, "its people")
                    break

    def _told_behind(self, mention: HarmMention) -> tuple[PartyMention, ...]:
        """Who answered what a sentence begins with, as whose people fell in it ("in answer to the death of its soldiers, the army of X struck")."""
        low = mention.predicate
        if low - self.begin > _ANSWERED or self.report.clauses.mark_before(low, _ANSWERED, self.begin, _ANSWER) is None:
            return ()
        return tuple(p for p in self.scene.parties_within(mention.last + 1, self.end)[:1] if self.scene.acts(p))

    def fallen(self, mention: HarmMention) -> PartyMention | None:
        """The attackers who fell in an attack of theirs: who shot them did not attack."""
        if self.anchor.kind not in _ASSAULTS or (self.anchor.kind == "fire" and not self.anchor.verb):
            return None
        fallen = self.scene.parties_within(mention.victims, mention.last + 1)
        return next((p for p in fallen if p.id == "unidentified"), None)

    def told_besides(self, end: int) -> bool:
        """Whether other people are counted between the event and a token behind it, none of whom came to harm in it ("twelve were killed,
        besides three soldiers who were killed by")."""
        role, forms, last = words_of(self.report.language).role, self.report.text.forms, self.anchor.last
        besides = [at for at in range(last + 1, end) if role(forms[at])[0] == _BESIDES]
        counted = [q.first for q in self.report.quantities if last < q.first < end] if besides else []
        mine = max((m.last for m in self.anchor.harm), default=-1)
        return any(mine < at < first <= at + _COUNTED for at in besides for first in counted)

    def undergone(self, verb: Verb) -> bool:
        """Whether a verb tells of harm to its subject by its letters ("was assassinated"), or its subject is read as who came to harm."""
        told = predicates_of(self.report.language).at(self.report.text.tokens[verb.index].form)
        if told and all(p.use == "passive" and p.kind and not p.then for p in told):
            return True
        hit = [m for m in self.anchor.harm if m.predicate == verb.index and m.voice == "passive"]
        return any(m.victims <= p.last and p.first <= m.last for p in self.scene.subject(verb).parties for m in hit)

    def loses(self, verb: Verb) -> bool:
        """Whether a verb of harm tells of its subject's own dead ("the army lost six of its men")."""
        told = predicates_of(self.report.language).at(self.report.text.tokens[verb.index].form)
        return any(p.use == "active" and p.lemma in self.report.losses for p in told)

    def _managed(self, index: int) -> None:
        """The subject of the verb that a verbal noun of harm depends on ("was able to kill", but not "in answer to the killing of")."""
        if self.report.clauses.mark_before(index, _ANSWERED, self.begin, _ANSWER) is not None:
            return
        verb = self.scene.verb_before(index, _VERBAL)
        word = self.report.text.tokens[index - 1].form
        if verb is not None and verb.role == "does" and word in verb.links and not self.report.clauses.opens(verb.index, index):
            self._subject(verb, "agent")

    def _subject(self, verb: Verb, role: str) -> None:
        subject = self.scene.subject(verb)
        if subject.why == "previous" and self.anchor.trigger is not None and self.anchor.trigger.lemma in self.report.happenings:
            return  # "and a mine exploded": its subject is the mine
        trigger = self.anchor.trigger
        if subject.why == "previous" and trigger is not None and trigger.definite and self.anchor.first == verb.index + 1:
            return  # "and the attack began": its subject is the attack
        for party in subject.parties:
            if role == "agent" and subject.why in _LOOSE and self._fell(party):
                continue  # "two soldiers were killed when a mine blew up"
            shot = party.means == "air" and party.first > verb.index + 1 and subject.why == "subject"
            down = self.anchor.kind == "shootdown" and (shot or self._downed(party))  # "its forces shot down a Syrian plane"
            gone = role == "agent" and subject.why == "subject" and self._expelled(party)
            self.found.add("patient" if down or gone else role, self._known(party), subject.why)

    def _expelled(self, party: PartyMention) -> bool:
        """Whether who stands behind a verb of driving out was driven out himself: nobody stands between him and "from" ("after it had driven
        the militia from the base")."""
        trigger, scene = self.anchor.trigger, self.scene
        if trigger is None or trigger.lemma not in self.report.expulsions or party.first < self.anchor.index:
            return False
        high = min(self.end, party.last + _FROM)
        left = next((at for at in range(party.last + 1, high) if self.report.way_at(at) == "from"), -1)
        return left >= 0 and all(scene.tied(party, p) for p in scene.parties_within(party.last + 1, left))

    def _downed(self, party: PartyMention) -> bool:
        """Whether aircraft right behind the verb were shot down themselves: nothing that flies follows them ("a helicopter was downed")."""
        low, high = party.last + 1, min(self.end, party.last + _SHOT)
        if party.means != "air":
            return False
        if party.first < self.anchor.index:
            # "That a plane of X broke into its airspace before it was shot down", by a pronoun behind the noun.
            return not self.anchor.verb and self.scene.ends_in_pronoun(self.report.text.tokens[self.anchor.index])
        flown = any(low <= w.first < high for w in self.report.weapons)
        return not flown and not any(p.means == "air" for p in self.scene.parties_within(low, high))

    def _fell(self, party: PartyMention) -> bool:
        """Whether a party is but the people who came to harm in the event."""
        return party.sort == "members" and any(m.victims <= party.first <= m.last for m in self.anchor.harm)

    def _known(self, party: PartyMention) -> PartyMention:
        """The party that unidentified attackers are believed to belong to, if that is told; else the attackers."""
        if party.id != "unidentified":
            return party
        for other in self.scene.parties_within(party.last + 1, min(self.end, party.last + 10)):
            one = other.sort == "members" and other.number == "sg"  # "gunmen loyal to an officer"
            if self.scene.before(other.first, 5, party.last + 1, _SUSPECTED) is None or other.sort == "civilians" or one:
                return party
            self.suspects.append(party)
            return other
        return party
