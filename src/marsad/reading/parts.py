"""Parts: which part each party of a report has in an event — who did it, who was hit — weighed over all that the report tells.

``responsibility`` finds the sides of an event by the words for them, each with its reason. Here these findings are signs among
others: how near a party is named, what it does and suffers elsewhere in the report, who fights beside it, what kind of party does
such things. The signs are weighed (``did.*`` and ``hit.*`` in ``packs/weights.tsv``, learned by ``tools/learn_weights.py``), so a
finding that is seldom right falls where nothing else speaks for it, and a party that everything speaks for is taken though no
rule found it. Only parties that the report names are weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from marsad.reading.anchors import family
from marsad.reading.attribution import SourceMention
from marsad.reading.blame import alleged, holders_of_dead, on_attacker, watched
from marsad.reading.joining import Event
from marsad.reading.opposition import ARMED, allied, backed, key
from marsad.reading.parties import PartyMention
from marsad.reading.partywords import party_words
from marsad.reading.report import Report
from marsad.reading.responsibility import Sides
from marsad.reading.weights import present

__all__ = ["Parts"]

_CLASH, _CONDEMNS = "armed_clash", "condemns"
# Deeds whose doers hide or strike from afar: who is named nearby says little of them.
_HIDDEN = frozenset({"grenade", "peaceful_protest", "remote_explosive_ied", "shelling_artillery_missile", "suicide_bomb"})
_ARREST, _HELD_FOR = "arrest", frozenset({"heldfor"})
_LIKELY = "likely by all that is told"
_NEAR = ((2, "within_2"), (5, "within_5"), (12, "within_12"))  # tokens between a party and a word of the event
_BETWEEN = "between"  # why a party is a side of a fight whose sides are told
_UNNAMED, _OBJECT = "none", "object"
_BYSTANDERS = frozenset({"medical", "monitor", "ngo", "rescuers", "un"})  # kinds of sources


def _both_told(event: Event) -> bool:
    """Whether both sides are told, be they listed or not ("clashes between farmers and herders")."""
    return any(why == _BETWEEN for f in event.facts for _, why in (*f.roles.agents, *f.roles.patients))


class Parts:
    """Weighs the parties of a report for its events.

    Args:
        report: the report.
        events: its events that are claims.
        sides: what is found of the parties of each, by its identity.
    """

    def __init__(self, report: Report, events: list[Event], sides: dict[int, Sides]) -> None:
        self._report, self._events, self._sides = report, events, sides
        self._number = {id(event): number for number, event in enumerate(events)}
        self._named: dict[str, list[PartyMention]] = {}
        for party in report.parties:
            if party.sort != "tribe":  # people told as of a tribe fought only where the words say so
                self._named.setdefault(key(party), []).append(party)
        tokens = report.text.tokens
        self._sentences = {name: {tokens[p.first].sentence for p in told} for name, told in self._named.items()}
        counts = Counter(key(p) for p in report.parties if p.kind in ARMED)
        self._rank = {name: rank for rank, (name, _) in enumerate(counts.most_common(2))}
        self._total = max(1, len(report.parties))
        told = [sides[id(event)] for event in events if event.first.anchor.status == "asserted"]
        self._did = Counter(key(p) for each in told for p in each.agents)
        self._hit = Counter(key(p) for each in told for p in each.patients)
        self._known = party_words(report.language).known
        spoken = (s for a in report.attributions if a.stance == _CONDEMNS for s in a.sources)
        self._condemning = {at for s in spoken for at in range(s.first, s.last + 1)}

    def of(self, event: Event, kind: str, country: str | None, one: bool = True) -> Sides:
        """The sides of an event after all was weighed.

        Nobody is charged with, or counted among those hit by, what is planned, denied or doubted, or a toll over many events, without
        words for it; nor who is named only as whom another one backs or defends, or as who condemns it; nor with a bomb, a shelling
        or a protest.

        Args:
            event: one of the events.
            kind: its type; the parties of a clash are told from either side.
            country: code of its country, or None.
            one: whether it is one event and no toll over many.
        """
        mine, weights = self._sides[id(event)], self._report.weights
        found = {*map(key, mine.agents), *map(key, mine.patients)}
        told = {key(p) for p in mine.patients}
        # "The group hit a patrol of the army": as plain as words can be.
        attacked = zip(mine.patients, mine.patients_why, strict=True) if mine.agents and event.first.anchor.verb else ()
        struck = {key(p) for p, why in attacked if why == _OBJECT}
        open_to_more = one and event.first.anchor.status == "asserted" and not alleged(self._report, event.first.anchor)
        open_to_more = open_to_more and not (kind == _CLASH and _both_told(event))
        sides = _Side(mine.agents, mine.agents_why), _Side(mine.patients, mine.patients_why)
        holders, fallen = self._holders(event) | self._onlookers(event), self._fallen(event)
        for name, party, signs in self.signs(event, kind, country):
            did, hit = weights.score("did", signs), weights.score("hit", signs)
            if name in holders and name not in told:
                continue
            if kind == _CLASH:
                side, score = (sides[name in told if name in found else hit > did], did)
                if name in struck:
                    score += weights["part.object"]
            else:
                side, score = (sides[hit > did], max(did, hit))
            if name in found:
                side.keep(name, party, score)
            elif open_to_more and not self._beside(name) and not (side is sides[0] and (kind in _HIDDEN or name in fallen)):
                side.propose(party, score - weights["part.new"])
        agents, agents_why = sides[0].parties()
        patients, patients_why = sides[1].parties()
        return Sides(agents, patients, agents_why, patients_why)

    def _fallen(self, event: Event) -> set[str]:
        """Those whose people came to harm, as the tellings of it say: words beside it do not make them who did it."""
        spans = ((m.group_first, m.group_last) for m in event.harm if m.status == "combatant")
        parties = (self._report.party_at(first, last) for first, last in spans)
        found = {key(party) for party in parties if party is not None}
        # "25 soldiers": those who fell, where nothing tells of which army.
        own = (p for m in event.harm if m.victims >= 0 for p in self._report.parties_between(m.victims, m.last + 1))
        return found | {key(p) for p in own if p.id is None and p.sort == "members"}

    def _holders(self, event: Event) -> set[str]:
        """Those who arrested people over an event, as its sentence tells ("the police held a man on suspicion of the murder of an officer"):
        it was not they who did it."""
        clauses, index = self._report.clauses, event.first.anchor.index
        begin = clauses.sentence(index)[0]
        marks = clauses.marked(_HELD_FOR, begin, index)
        found: set[str] = set()
        for other in self._events if marks else ():
            if other is not event and other.first.anchor.kind == _ARREST and begin <= other.first.anchor.index < marks[-1]:
                found.update(map(key, self._sides[id(other)].agents))
        return found

    def _onlookers(self, event: Event) -> set[str]:
        """Forces that tell of an event as a source that is no party to it ("a spokesman of the peacekeepers said"), or as who saw it come,
        that shot who did it, or that found or hold the bodies of the dead: it was not they."""
        seen, others = watched(self._report, event), [f for f in event.facts if on_attacker(self._report, f.anchor)]
        found = {key(party) for source, party in self._tellers(event) if seen or source.kind in _BYSTANDERS}
        found.update(map(key, holders_of_dead(self._report, event)))
        boasts = {t.index for t in self._report.triggers if t.lemma in self._report.boasts and not t.verb}
        if event.first.anchor.index in boasts and any(m.status != "civilian" for m in event.harm):
            # "X announced the assassination of the commander Name": X did it or suffered it.
            found.update(key(party) for _, party in self._tellers(event))
        if len(others) < len(event.facts):
            found.update(key(party) for facts in others for party, _ in facts.roles.agents)
        return found

    def signs(self, event: Event, kind: str, country: str | None) -> Iterator[tuple[str, PartyMention, dict[str, float]]]:
        """The parties that may have a part in an event: by what each is told from others, a mention of it, and its signs.

        Those that were found come first, as they were found; then those named in its sentences and beside them, and those that
        the report tells most of.
        """
        report, mine = self._report, self._sides[id(event)]
        agents = {key(p): (p, why) for p, why in zip(mine.agents, mine.agents_why, strict=True)}
        patients = {key(p): (p, why) for p, why in zip(mine.patients, mine.patients_why, strict=True)}
        words = sorted({f.anchor.index for f in event.facts})
        tokens = report.text.tokens
        sentences = {tokens[i].sentence for i in words}
        main = family(event.first.anchor.kind)
        told = self._told(event)
        number = self._number[id(event)]
        before = self._events[number - 1] if number else None
        told_so = event.first.anchor.status == "asserted"
        statuses = sorted({m.status for m in event.harm}) or [_UNNAMED]
        speakers = self._speakers(event)
        last = self._sides[id(before)] if before is not None else None
        last_agents = {key(p) for p in last.agents} if last is not None else set()
        last_patients = {key(p) for p in last.patients} if last is not None else set()
        alike = before is not None and family(before.first.anchor.kind) == main
        ahead, behind_it = {n - 1 for n in sentences}, {n + 1 for n in sentences}
        near, unclaimed = sentences | ahead | behind_it, not agents
        always = {"always": 1.0, f"family_{main}": 1.0, f"type_{kind}": 1.0}
        numbers = present({"agents": len(agents), "patients": len(patients), "no_agent": unclaimed, "no_patient": not patients})
        for name in dict.fromkeys((*agents, *patients, *self._named)):
            found = agents.get(name) or patients.get(name)
            spots = self._sentences.get(name)
            if not (found or name in self._rank or (spots is not None and not near.isdisjoint(spots))):
                continue
            # Civilians may be told by what was hit alone.
            mentions = self._named.get(name) or ([found[0]] if found else [])
            if spots is None:
                spots = {tokens[p.first].sentence for p in mentions}
            own = [] if sentences.isdisjoint(spots) else [p for p in mentions if tokens[p.first].sentence in sentences]
            prev, following = not ahead.isdisjoint(spots), not behind_it.isdisjoint(spots)
            party = found[0] if found else self._nearest(own or mentions, words)
            sort = party.kind
            did, hit = name in agents, name in patients
            # Only signs that are there are put down: an event has many parties beside it, and most signs are missing.
            signs = {**always, f"kind_{sort}": 1.0, f"kind_{sort}_{kind}": 1.0, **numbers}
            if did:
                signs["agent"] = signs[f"agent_{kind}"] = signs[f"agent_by_{agents[name][1]}"] = 1.0
            if hit:
                signs["patient"] = signs[f"patient_{kind}"] = signs[f"patient_by_{patients[name][1]}"] = 1.0
            if not found:
                signs[f"unfound_{sort}{'_near' * bool(own)}{'_open' * unclaimed}"] = 1.0
            for why in told.get(name, ()):
                signs[why] = 1.0
            if own:
                signs["same_sentence"] = 1.0
                self._near(own, words, unclaimed, signs)
            if prev:
                signs["sentence_before"] = 1.0
                if unclaimed:
                    signs["sentence_before_no_agent"] = 1.0
            if following:
                signs["sentence_behind"] = 1.0
            signs["share"] = len(mentions) / self._total
            unsure = sum([not p.sure for p in mentions])
            if unsure:
                signs["unsure"] = unsure / len(mentions)
            rank = self._rank.get(name)
            if rank is not None:
                signs["second" if rank else "first"] = 1.0
            elsewhere = self._did[name] > (did and told_so)
            if elsewhere:
                signs["did_others"] = 1.0
            if self._hit[name] > (hit and told_so):
                signs["suffered_others"] = 1.0
            if elsewhere and unclaimed:
                signs["did_others_no_agent"] = 1.0
                if hit:
                    signs["did_others_hit"] = 1.0
            if alike and unclaimed and name in last_agents:
                signs["did_last_alike"] = 1.0
            if alike and not patients and name in last_patients:
                signs["suffered_last_alike"] = 1.0
            with_agent, with_patient = _allied_to_any(name, agents), _allied_to_any(name, patients)
            if with_agent:
                signs["beside_agent"] = 1.0
            if with_patient:
                signs["beside_patient"] = 1.0
            if own:
                if with_agent:
                    signs["beside_agent_same"] = 1.0
                if with_patient:
                    signs["beside_patient_same"] = 1.0
            if name in speakers:
                signs["source"] = 1.0
                if unclaimed:
                    signs["source_no_agent"] = 1.0
            for status in statuses:
                signs[f"harm_{status}_{sort}"] = 1.0
            known = self._known.get(name)
            if known is not None and known.country and country:
                signs["at_home" if known.country == country else "abroad"] = 1.0
            yield name, party, signs

    def _near(self, own: list[PartyMention], words: list[int], unclaimed: bool, signs: dict[str, float]) -> None:
        """Puts down how near a party is named to the words of an event in their sentences.

        Args:
            own: the mentions of the party in these sentences.
            words: the words of the event.
            unclaimed: whether nobody was found who did it.
            signs: where they are put.
        """
        report, nearest = self._report, self._nearest(own, words)
        word = words[0] if len(words) == 1 else min(words, key=lambda i: abs(nearest.first - i))
        away = min(abs(nearest.first - word), abs(nearest.last - word))
        for limit, within in _NEAR:
            if away <= limit:
                signs[within] = 1.0
        behind = nearest.first > word
        signs["behind" if behind else "ahead"] = 1.0
        if unclaimed:
            signs["behind_no_agent" if behind else "ahead_no_agent"] = 1.0
        low, high = (word, nearest.first) if behind else (nearest.first, word)
        between = sum([p.kind in ARMED for p in report.parties_between(low + 1, high)])
        if between:
            signs["between"] = float(between)
        if all(report.in_speaker(p.first, p.last) for p in own):
            signs["speaks"] = 1.0

    def _beside(self, name: str) -> bool:
        """Whether a party is named nowhere but as whom another one is loyal to, is backed by or defends, or as who condemns something."""
        return all(p.first in self._condemning or backed(self._report, p) for p in self._named.get(name, []))

    def _told(self, event: Event) -> dict[str, list[str]]:
        """What the words around an event say of each party, by what it is told from others."""
        found: dict[str, list[str]] = {}
        for facts in event.facts:
            for side, roles in (("did", facts.roles.agents), ("hit", facts.roles.patients)):
                for party, why in roles:
                    found.setdefault(key(party), []).append(f"{side}_{why}")
        return found

    def _speakers(self, event: Event) -> set[str]:
        """The parties that tell of an event as its sources."""
        return {key(party) for _, party in self._tellers(event)}

    def _tellers(self, event: Event) -> Iterator[tuple[SourceMention, PartyMention]]:
        """The sources of an event that are parties, each with the party."""
        for facts in event.facts:
            for source in facts.sources:
                party = self._report.party_at(source.first, source.last) if source.role == "origin" else None
                if party is not None:
                    yield source, party

    @staticmethod
    def _nearest(mentions: list[PartyMention], words: list[int]) -> PartyMention:
        if len(mentions) == 1:
            return mentions[0]
        if len(words) == 1:
            word = words[0]
            return min(mentions, key=lambda p: abs(p.first - word))
        return min(mentions, key=lambda p: min([abs(p.first - i) for i in words]))


def _allied_to_any(name: str, others: Iterable[str]) -> bool:
    """Whether a party fights on one side with one of others, all by their keys."""
    for other in others:
        if allied(name, other):
            return True
    return False


class _Side:
    """One side of an event while it is weighed.

    Args:
        parties, whys: who was found on it, and how.
    """

    def __init__(self, parties: tuple[PartyMention, ...], whys: tuple[str, ...]) -> None:
        self._found = {key(p): (p, why) for p, why in zip(parties, whys, strict=True)}
        self._kept: list[tuple[PartyMention, str]] = []
        self._new: tuple[float, PartyMention] | None = None

    def keep(self, name: str, party: PartyMention, score: float) -> None:
        """Takes a party that was found on either side, if enough speaks for it."""
        if score >= 0:
            self._kept.append(self._found.get(name, (party, _LIKELY)))

    def propose(self, party: PartyMention, score: float) -> None:
        """Takes a party that was not found, if enough speaks for it and for no other such party more."""
        if score >= 0 and (self._new is None or score > self._new[0]):
            self._new = score, party

    def parties(self) -> tuple[tuple[PartyMention, ...], tuple[str, ...]]:
        """Who was taken, and how each was found."""
        taken = [*self._kept, *([(self._new[1], _LIKELY)] if self._new is not None else [])]
        return tuple(party for party, _ in taken), tuple(why for _, why in taken)
