"""Drafts: the parties of one event as they are found, each with how it was found and how much speaks for it.

The roles of an event's anchors are gathered; then come those who claim it and the parties whose people were harmed.
``responsibility`` fills the drafts of a report's events from each other, and ``completion`` from the whole report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.reading.anchors import family
from marsad.reading.blame import alleged, deniers, denies_losses, mourned, named_by, on_attacker, tied, watched
from marsad.reading.harm import HarmMention
from marsad.reading.joining import Event
from marsad.reading.kinds import leading_of
from marsad.reading.opposition import ARMED, Opposition, allied, key
from marsad.reading.parties import PartyMention
from marsad.reading.report import Report
from marsad.reading.retaliation import answered
from marsad.reading.speakers import SourceMention
from marsad.record import record

__all__ = ["BATTLE", "LAUNCHED", "PROTEST", "TAKING", "Draft", "Sides"]

TAKING = frozenset({"take", "fallto", "siege"})
_FOUGHT = frozenset({"kill", "clash", "raid", "destroy", "operation", "ambush", "target"})
_OWN_DEEDS = _FOUGHT | {"agree", "arrest", "seize", "disrupt", "shootdown", "take", "repel", "foil"}
# Deeds of states; a group that tells of one tells of somebody else's.
_POLICING = frozenset({"arrest", "seize", "foil"})
_ALWAYS_OWN = _OWN_DEEDS - _FOUGHT
BATTLE = frozenset({"clash", "ambush", "repel"})
_CARRIED = frozenset({"strike", "battle", "ground"})
LAUNCHED = frozenset({"launch", "fall", "munition", "bombard"})
PROTEST = frozenset({"protest", "disperse"})


_ANSWER = frozenset({"answer"})
_ATTACKS = frozenset({"strike", "blast", "killing", "general"})
_OWNED, _HOUSED = frozenset({"owned"}), 4  # tokens from "houses" to whom a site houses
_THREATENS = "threatens"
_BETWEEN = frozenset({"between"})
_LATER = 0.01
_MASSACRE = 40  # tokens between a word for a massacre and the event that it was


@record(frozen=True, slots=True)
class Sides:
    """The parties of an event.

    Attributes:
        agents: who did it; patients: who was hit. In the order in which they were found, each party once.
        agents_why, patients_why: how each of them was found.
    """

    agents: tuple[PartyMention, ...]
    patients: tuple[PartyMention, ...]
    agents_why: tuple[str, ...]
    patients_why: tuple[str, ...]

    @property
    def why(self) -> dict[str, str]:
        """How the parties of each side were found, by "perpetrators" and "targets"; without a side that has none."""
        told = {"perpetrators": self.agents_why, "targets": self.patients_why}
        return {name: "; ".join(dict.fromkeys(reasons)) for name, reasons in told.items() if reasons}


class Draft:
    """The parties of one event, as far as they are found.

    Args:
        report: the report.
        event: one of its events.
        claimed: the sources that claim it.

    Attributes:
        agents, patients: who did it and who was hit: by what each is told from others, a mention, how it was found and how much
            speaks for it; in the order in which they were found.
    """

    def __init__(self, report: Report, event: Event, claimed: list[SourceMention]) -> None:
        self.report = report
        self.event = event
        self.agents: dict[str, tuple[PartyMention, str, float]] = {}
        self.patients: dict[str, tuple[PartyMention, str, float]] = {}
        self.kinds = {f.anchor.kind for f in event.facts}
        self._gather()
        self._exposed()
        for source in claimed:
            claimant = report.party_at(source.first, source.last) or named_by(report, source)
            if claimant is not None:
                self.put(self.agents, claimant, "claims it", 3.0)
        self._threatens()
        self._settle()
        self._harmed()

    def _gather(self) -> None:
        """The parties of the anchors: all of those in a battle, else of those that name the event in the same way as the first
        one that has any."""
        # What is only aimed at, feared or a pretext says nothing of who did what happened.
        facts = [f for f in self.event.facts if f.anchor.status != "none"] or self.event.facts
        weights = self.report.weights
        facts = [f for f in facts if not on_attacker(self.report, f.anchor)] or facts
        lead = next((f for f in facts if f.anchor.trigger is not None and f.anchor.strength == "sure"), facts[0])
        main = family(lead.anchor.kind)
        if main == "strike" and leading_of(facts).anchor.kind == "clash":
            main = "battle"  # "in clashes with the army and strikes by aircraft of its allies": all of these took part
        for side, name in ((self.agents, "agents"), (self.patients, "patients")):
            told = [f for f in facts if getattr(f.roles, name)]
            same = [f for f in told if family(f.anchor.kind) == main]
            if main in _ATTACKS:  # what authorities did upon it is told by who did that
                told = [f for f in told if family(f.anchor.kind) != "arrest"]
            # Who lost a place did not take it, whatever else the sentence tells of him ("retaken from X after the aggression of X").
            lost = {key(p) for f in facts if main == "ground" and name == "agents" for p, _ in f.roles.patients}
            for number, item in enumerate(told if main == "battle" else same or told[:1]):
                for party, why in getattr(item.roles, name):
                    if not same and (key(party) in lost or (main == "ground" and why in _BETWEEN)):
                        continue  # "was retaken after fights between X and Y": by either
                    self.put(side, party, why, weights[f"role.sign.{why.replace(' ', '_')}"] - _LATER * number)

    def _threatens(self) -> None:
        """Who threatens with a deed is who would do it, also where a minister does so ("the Israeli minister threatened to strike X")."""
        index = self.event.first.anchor.index
        if self.agents or self.event.first.anchor.status != "planned":
            return
        for attribution in self.report.attributions:
            if attribution.stance != _THREATENS or not attribution.covers(index):
                continue
            for party in self._armed(attribution.sources):
                self.put(self.agents, party, "threatens", 1.0)

    def _exposed(self) -> None:
        """Those whose site is told before the event that it came under ("a base that houses American forces came under attack")."""
        report = self.report
        for facts in self.event.facts:
            anchor = facts.anchor
            if not anchor.suffers or self.patients or anchor.wage < 0:
                continue
            for site in (s for s in report.sites if anchor.wage < s.first < anchor.index):
                marks = report.clauses.marked(_OWNED, site.last + 1, anchor.index)
                reach = marks[0] + _HOUSED if marks else site.last + 1
                for party in report.parties_between(site.first, min(reach + 1, anchor.index)):
                    if party.kind in ARMED:
                        self.put(self.patients, party, "owner", self.report.weights["role.sign.owner"])

    @staticmethod
    def put(side: dict[str, tuple[PartyMention, str, float]], party: PartyMention, why: str, score: float) -> None:
        """Adds a party to a side; one that is there stays in its place and is told as it was found where more speaks for it."""
        known = side.get(key(party))
        if known is None:
            side[key(party)] = (party, why, score)
        elif score > known[2]:
            side[key(party)] = (known[0], why, score)

    def _settle(self) -> None:
        """No party is on both sides: it stays where more speaks for it; attackers told of by name are not unidentified.

        Those who agree with each other are on one side.
        """
        if self.event.first.anchor.kind == "agree":
            self.agents = {**{n: v for n, v in self.patients.items() if v[0].sort != "civilians"}, **self.agents}
            self.patients = {}
        for name in [n for n in self.agents if n in self.patients]:
            if self.agents[name][2] >= self.patients[name][2]:
                del self.patients[name]
            else:
                del self.agents[name]
        for name in [n for n, (p, _, _) in self.agents.items() if p.sort == "civilians" and p.id != "settlers"]:
            if self.agents[name][0].id is not None or not self.kinds & (PROTEST | {"clash", "burn"}):
                del self.agents[name]
        for name in [n for n in self.patients if any(allied(n, agent) for agent in self.agents)]:
            ally = self.patients.pop(name)  # what was hit may bear the name that it had under its former masters
            if self.kinds & BATTLE:
                self.agents[name] = ally
        if not self.agents and len(self.patients) > 1 and "unidentified" in self.patients and self.kinds & BATTLE:
            self.agents["unidentified"] = self.patients.pop("unidentified")  # "repelled an attack and killed a gunman"
        for side in (self.agents, self.patients):
            if len(side) > 1:
                side.pop("unidentified", None)

    def _harmed(self) -> None:
        """The parties whose people were killed, wounded or captured."""
        for mention in self.event.harm:
            if mention.status != "combatant" or (mention.kind == "arrested" and mention.group_first < 0):
                continue
            party = self.report.harmed_party(mention)
            if (party is None or not party.sure) and mourned(self.report, mention):
                party = next(self._telling(), party)
            if party is None and self._against_state():
                other = self._nameless(mention)
                if other is not None:
                    self.put(
                        self.agents, other, "its people were harmed", 2.0
                    )  # "11 terrorists were killed in clashes with the police"
                    continue
            if party is None:
                party = self._attackers(mention)
            if party is not None and party.sort == "members" and not party.sure and self._told_army(party):
                continue  # "a convoy of the Turkish forces ... a soldier": one of those
            nameless = party is not None and party.sort == "members" and party.id is None
            if nameless and any(p.id is None and p.sort == "force" for p, _, _ in self.patients.values()):
                continue  # "a raid on a barracks of the army ... thirty soldiers": those of that army
            for one in tied(self.report, party) if party is not None else ():
                if key(one) not in self.agents and (one is party or one.id != "unidentified"):
                    self.put(self.patients, one, "its people were harmed", 2.0)

    def _told_army(self, bare: PartyMention) -> bool:
        """Whether the army of another state is told to have been hit, whose soldiers bare ones are."""
        return any(p.kind == "state_force" and p.sure and key(p) != key(bare) for p, _, _ in self.patients.values())

    def _attackers(self, mention: HarmMention) -> PartyMention | None:
        """The fighters without affiliation who were harmed, or None."""
        return None if self.patients else self._nameless(mention)

    def _against_state(self) -> bool:
        """Whether all that is told of a fight is that a state's forces were on one side of it."""
        sides = [p.kind for p, _, _ in self.patients.values()]
        return bool(sides) and not self.agents and set(sides) <= {"state_force"} and self.event.first.anchor.kind == "clash"

    def _nameless(self, mention: HarmMention) -> PartyMention | None:
        """The fighters without affiliation whose harm a mention tells, or None."""
        last = max(mention.victims, mention.last)
        return next((p for p in self.report.parties_between(mention.victims, last + 2) if p.id == "unidentified"), None)

    def own_deed(self, country: str | None = None) -> None:
        """A party that tells, as a source, what was done to its enemies, in their country, or what it holds: it did that."""
        if self.event.first.anchor.status == "denied" and (not self.agents or self.kinds & TAKING):
            self._denied()
        if self.agents or self.event.first.anchor.status not in ("asserted", "uncertain"):
            return
        abroad = "launch" in self.kinds and any(Opposition.strikes(key(p), country) for p in self._telling())
        if not self.kinds & _OWN_DEEDS and not self._boasted() and not abroad:
            return
        if any(mourned(self.report, m) for m in self.event.harm) or watched(self.report, self.event):
            return
        if (
            not abroad
            and self.kinds & _FOUGHT
            and not self.kinds & _ALWAYS_OWN
            and not any(p.kind in ARMED for p, _, _ in self.patients.values())
        ):
            return
        for party in self._telling():
            if party.kind != "armed_group" or not self.kinds & _POLICING:
                self.put(self.agents, party, "tells of its own deed", 0.5)
                return

    def _telling(self) -> Iterator[PartyMention]:
        """The armed parties that tell of the event as its sources, but for those that were hit."""
        for facts in self.event.facts:
            yield from self._armed(facts.sources)

    def _armed(self, sources: Iterable[SourceMention]) -> Iterator[PartyMention]:
        """The armed parties among sources that tell something themselves, but for those that were hit."""
        for source in sources:
            party = self.report.party_at(source.first, source.last) if source.role == "origin" else None
            if party is not None and party.kind in ARMED and key(party) not in self.patients:
                yield party

    def _boasted(self) -> bool:
        """Whether fighters fell by a word for killing that only who did it or suffered it says ("announced the assassination")."""
        words = {t.index for t in self.report.triggers if t.lemma in self.report.boasts}
        return any(m.predicate in words for m in self.event.harm) and any(p.kind in ARMED for p, _, _ in self.patients.values())

    def _denied(self) -> None:
        """Parties that deny an event of which nobody else is said to have done it deny that they did it.

        But who denies what only who did it or suffered it tells ("denied the assassination of a leader") suffered it.
        """
        if any(f.anchor.trigger is not None and f.anchor.trigger.lemma in self.report.boasts for f in self.event.facts):
            return
        for facts in self.event.facts:
            # Who denies that a place was taken held it.
            suffered = facts.anchor.kind in TAKING or denies_losses(self.report, facts)
            side, other = (self.patients, self.agents) if suffered else (self.agents, self.patients)
            for party in deniers(self.report, facts):
                if key(party) not in other:
                    self.put(side, party, "denies it", 0.5)
            if self.agents:
                return

    def blame(self, party: PartyMention) -> None:
        """Take who is blamed for the event in a sentence behind it as who did it, where nobody else is told to have."""
        if self.event.first.anchor.status == "denied":
            return  # who denies it blames another for what happened
        if key(party) not in self.patients and all(p.id == "unidentified" for p, _, _ in self.agents.values()):
            self.agents.clear()
            self.put(self.agents, party, "accused", 1.0)

    def answered_by(self, reply: Draft) -> None:
        """Turn the sides of the answer: who answered an attack did not carry it out, and fighters who fell in it were his."""
        for name in [n for n in reply.agents if n != "unidentified"]:
            self.agents.pop(name, None)
        fought = any(m.status == "combatant" for m in self.event.harm) or any(
            "military" in s.kinds for f in self.event.facts for s in f.sites
        )
        if fought and reply.agents and not any(p.sure and p.kind in ARMED for p, _, _ in self.patients.values()):
            self.patients = {n: (p, "answered it", 0.5) for n, (p, _, _) in reply.agents.items()}

    def carry(self, before: list[Draft], countries: dict[int, str | None]) -> None:
        """Take over who did it from the event of the same family told right before in the passage."""
        report, anchor = self.report, self.event.first.anchor
        if self._of_massacre(before):
            return
        mine = family(anchor.kind)
        if mine not in _CARRIED or answered(report, anchor) or alleged(report, anchor):
            return
        for draft in reversed(before[-3:]):
            last = draft.event.facts[-1].anchor
            apart = report.text.tokens[anchor.index].sentence - report.text.tokens[last.index].sentence
            if family(draft.event.first.anchor.kind) != mine or not draft.agents or not 0 <= apart <= 1:
                continue
            if draft.event.first.anchor.status == "none":
                continue
            if not apart and report.clauses.marked(_ANSWER, last.last + 1, anchor.first):
                return  # "struck X, in answer to attacks on Y, the shelling of Z above all"
            there, here = countries.get(id(draft.event)), countries.get(id(self.event))
            if there and here and there != here and anchor.kind in LAUNCHED and "air" in draft.kinds:
                return  # "aircraft struck X in Yemen. A rocket fell on Y in Saudi Arabia"
            if report.clauses.paragraph(anchor.index) - report.clauses.paragraph(last.index) > 1:
                return
            if report.clauses.turns(last.index, anchor.index) if last.index < anchor.index else 0:
                return
            if set(draft.agents) & set(self.patients):
                return
            self.agents = {n: (p, "carried over", 0.3) for n, (p, _, _) in draft.agents.items()}
            return

    def _of_massacre(self, before: list[Draft]) -> bool:
        """Take over who committed the killing, told without a toll before in the sentence, that this event is ("a massacre by shelling")."""
        anchor, clauses = self.event.first.anchor, self.report.clauses
        for draft in before[-1:] if family(anchor.kind) in _CARRIED else ():
            killing = draft.event.first.anchor
            near = killing.kind == "kill" and killing.trigger is not None and clauses.same_sentence(killing.index, anchor.index)
            near = near and 0 < anchor.first - killing.last <= _MASSACRE and not clauses.turns(killing.last, anchor.index)
            if near and draft.agents and not draft.event.harm and not set(draft.agents) & set(self.patients):
                self.agents = {n: (p, "carried over", 0.3) for n, (p, _, _) in draft.agents.items()}
                return True
        return False

    def take(self, takers: dict[str, tuple[PartyMention, str, float]]) -> None:
        """Take over who takes places in the report, all the same, where nobody is said to have taken this one."""
        if (
            not self.agents
            and not self.event.base
            and self.event.first.anchor.kind == "take"
            and not self.event.first.anchor.verb
            and not set(takers) & set(self.patients)
        ):
            self.agents = {n: (p, "carried over", 0.2) for n, (p, _, _) in takers.items()}

    def take_over(self, base: Draft) -> None:
        """Take over what the event that this is another version of tells, where this one tells nothing."""
        self.agents = self.agents or dict(base.agents)
        self.patients = self.patients or {n: v for n, v in base.patients.items() if n not in self.agents}

    def sides(self) -> Sides:
        """The parties found."""
        agents, patients = self.agents.values(), self.patients.values()
        return Sides(
            tuple(p for p, _, _ in agents),
            tuple(p for p, _, _ in patients),
            tuple(w for _, w, _ in agents),
            tuple(w for _, w, _ in patients),
        )
