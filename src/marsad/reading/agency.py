"""Agency: who did what an anchor names, by verbs: its own, those that carry it, accuse of it or point back at it.

"Launched a raid", "was able to retake", "the mines that X laid", "accused X of shelling", "their attack".
"""

from __future__ import annotations

from marsad.reading.anchors import DEFENCE
from marsad.reading.circumstances import Circumstances
from marsad.reading.modality import status_at
from marsad.reading.opposition import ARMED
from marsad.reading.parties import PartyMention
from marsad.reading.roleverbs import Verb

__all__ = ["Agency"]

# Kinds whose object is a weapon: who sent it is the party that was hit.
# Deeds that a party tells of itself ("the army announced the recapture").
_OWN_DEEDS = frozenset(
    {"agree", "take", "disrupt", "shootdown", "arrest", "seize", "foil", "destroy", "repel", "air", "bombard", "target"}
)
_ACTORS = frozenset({"force", "state"})
_OWNS_UP = frozenset({"admits", "announces", "claims_responsibility", "confirms"})
_ANSWER = frozenset({"answer"})
_GUILTY = frozenset({"guilty"})
_NOT_OF_IT = frozenset({"that", "open", "charge"})
_ACCUSE, _ASCRIBE = frozenset({"accuse"}), frozenset({"ascribe"})
_PRETEXT = frozenset({"pretext"})
_PLACED = frozenset({"in", "near"})
_HITTING, _SINGLE = frozenset({"destroy", "target"}), frozenset({"perf.3fs", "perf.3ms"})
_SUPPORT, _BACKING = frozenset({"support"}), 2  # tokens from "with the support" to what it is of
_PREP = frozenset({"prep"})
_SUBJECTS = frozenset({"acting", "arms", "pronoun"})  # words that may stand right before a verb as its subject
_GOVERNING = frozenset({"prep", "patient", "cause"})
_REACH = 26
_CARRIED = 20
_VERBAL = 6
_ITS_WEAPON = 2  # tokens from an event to the weapon that it is of ("the blast of mines that X lays")
_ANSWERED = 3
_ASCRIBED = 12
# Tokens from "found" to weapons.
_FINDS = 6
# Tokens from a verb of telling to the deed that a party tells of as its own, the day and place of it between.
_TOLD = 10


class Agency(Circumstances):
    """Finds who did what one anchor names, by verbs."""

    def by_verbs(self) -> None:
        """Who did it by the verbs that name or carry it, and by accusations."""
        anchor = self.anchor
        verb = self.scene.verbs.get(anchor.index)
        if verb is not None and verb.role == "harms" and _GOVERNING & self.scene.mark_at(anchor.index - 1):
            verb = None  # behind a preposition it is the verbal noun ("was able to kill five")
        killer = self._announced()
        if killer is not None:
            self.found.add("agent", killer, "tells")
        elif self._dead_found():
            then = anchor.trigger.then if anchor.trigger is not None else anchor.last
            self.suspects += self.scene.parties_within(anchor.first, then)  # who finds bodies did not kill
        elif verb is not None and self._amid(verb):
            pass
        elif verb is not None and verb.role in ("names", "harms"):
            lost = anchor.kind == "withdraw" or (anchor.trigger is not None and anchor.trigger.lemma in self.report.losses)
            lost = lost or (verb.role == "harms" and self.loses(verb)) or self.undergone(verb) or self._done_to(verb)
            self._subject(verb, "patient" if lost else "agent")
        elif self._replied():
            pass  # "and the army replied with shelling"
        elif self._answered():
            self._accused()
            return  # "in answer to the shelling": whose answer it was did not do it
        elif self._sought():
            self.suspects += self.scene.parties_within(self.begin, anchor.first)  # who pursues or punishes them did not do it
        elif anchor.trigger is None or not anchor.trigger.verb:
            self._carried()
            self._verbal()
        self._pointed()
        self._accused()
        self._coordinated()

    def _announced(self) -> PartyMention | None:
        """The armed party that says, with the verbal noun right behind its name, that it killed ("the army announced the killing of three")."""
        anchor, report = self.anchor, self.report
        if not self.names_killing(anchor.index):
            return None
        if any(p.sort in _ACTORS for p in self.scene.parties_within(anchor.index + 1, anchor.index + 2)):
            return None  # "the group announced the army's killing of three"
        speech = (a for a in report.attributions if a.last == anchor.first - 1 and not a.trailing and a.covers(anchor.index))
        speakers = (report.party_at(s.first, s.last) for a in speech if a.stance in _OWNS_UP for s in a.sources)
        return next((p for p in speakers if p is not None and p.kind in ARMED), None)

    def _done_to(self, verb: Verb) -> bool:
        """Whether a verb of hitting has nobody and nothing to hit behind one soldier or vehicle, which then was hit ("was targeted, a soldier")."""
        scene, subject = self.scene, self.scene.subject(verb)
        if self.anchor.kind not in _HITTING or verb.pointing or verb.feature not in _SINGLE or subject.why != "subject":
            return False
        last = subject.parties[-1]
        if not (last.means or (last.sort == "members" and last.number in ("", "sg"))):
            return False
        end = self.report.clauses.sentence(verb.index)[1]
        hit = any(at in scene.places_hit for at in range(last.last + 1, end))
        # "Hit the town of X": no preposition stands before what is hit.
        named = (p.mention.opening for p in self.report.places if last.last < p.mention.opening < end)
        hit = hit or any(self.report.way_at(at - 1) not in _PLACED for at in named)
        return not hit and all(scene.prefix(p) for p in scene.parties_within(last.last + 1, end))

    def _amid(self, verb: Verb) -> bool:
        """Takes the party between a verb and the noun that makes the event of it for who did it ("laid the police hold on")."""
        trigger, scene = self.anchor.trigger, self.scene
        if trigger is None or verb.role != "names" or trigger.then <= verb.index + 1:
            return False
        if self.anchor.kind == "withdraw" or trigger.lemma in self.report.losses:
            return False  # "lost the army control of"
        for party in scene.parties_within(verb.index + 1, trigger.then)[:1]:
            # Also "a patrol opened fire", though patrols are hit themselves.
            acts = scene.acts(party) or self.anchor.kind == "fire"
            if party.last < trigger.then and acts and not scene.prefix(party):
                for one in scene.joined(party):
                    self.found.add("agent", one, "subject")
        return bool(self.found.agents)

    def _dead_found(self) -> bool:
        """Whether the event is that somebody found, other than weapons."""
        last = self.anchor.last
        return self.anchor.kind == "find" and not any(last < w.first <= last + _FINDS for w in self.report.weapons)

    def _sought(self) -> bool:
        """Whether the event only says who is pursued or punished ("pursues those responsible for the blast")."""
        anchor = self.anchor
        noun = anchor.trigger is not None and not anchor.trigger.verb
        return noun and self.scene.before(anchor.first, _ANSWERED, self.begin, _GUILTY) is not None

    def _replied(self) -> bool:
        """Whether the event is told by a verb of replying with its subject right behind, which is who did it."""
        anchor, scene = self.anchor, self.scene
        if anchor.trigger is None or anchor.trigger.kind != "reply":
            return False
        near = scene.parties_within(anchor.index + 1, anchor.index + 2)
        for party in scene.joined(near[0]) if near and scene.acts(near[0]) and not scene.prefix(near[0]) else ():
            self.found.add("agent", party, "subject")
        return bool(self.found.agents)

    def _answered(self) -> bool:
        """Whether the event is what was answered, and not the answer ("answered with shelling")."""
        anchor = self.anchor
        mark = self.scene.before(anchor.first, _ANSWERED, self.begin, _ANSWER)
        answer = anchor.trigger is not None and anchor.trigger.proclitic in self.report.by
        return mark is not None and not (answer and "reply" in mark.types)

    # -- agents by verbs --------------------------------------------------------------------------------------------

    def _carried(self) -> None:
        """The subject of the verb before a noun that names the event ("launched a raid", "was able to retake")."""
        anchor, scene = self.anchor, self.scene
        index, floor = anchor.first, self.begin
        for pretext in self.report.clauses.marked(_PRETEXT, floor, index)[-1:]:
            floor = pretext + 1  # who tells the pretext did not do it
        if scene.before(anchor.first, _BACKING, floor, _SUPPORT) is not None:
            return  # "were able to free the town with the support of raids by"
        for _ in range(3):
            verb = scene.verb_before(index, _CARRIED)
            if verb is None or verb.index < floor or verb.role == "harms":
                return
            if verb.role == "names":
                if verb.finite and self._with(verb):
                    self._subject(verb, "patient" if self.undergone(verb) else "agent")
                return
            if verb.role == "made" and not verb.pointing:
                return
            if verb.role == "tells" and not self._tells(verb):
                return
            if self.report.clauses.opens(verb.index, anchor.index) or not self._links(verb) or self._after(verb):
                index = verb.index
                continue
            self.governed = verb.role == "does"
            if verb.role == "tells":
                self._teller(verb)
            elif anchor.kind != "withdraw":
                self._subject(verb, "patient" if verb.role == "suffers" else "agent")
            elif all(party.last < anchor.first for party in scene.subject(verb).parties):
                # "The group began the withdrawal" leaves; "the army managed the removal of" stays.
                removed = anchor.trigger is not None and anchor.trigger.lemma in self.report.expulsions
                self._subject(verb, "agent" if removed else "patient")
            return

    def _after(self, verb: Verb) -> bool:
        """Whether the event is what a verb followed ("answered the fire after the killing of a soldier by a shell")."""
        told = (m.predicate for m in self.anchor.harm if verb.index < m.predicate < self.anchor.first)
        return any(self.report.cause_before(at) for at in told)

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
        if verb is not None and verb.role == "harms":
            # "Was able to kill five and to arrest": the killing is a noun that is written as its verb is.
            outer = self.scene.verb_before(verb.index, _REACH)
            linked = outer is not None and self.report.text.forms[verb.index - 1] in outer.links
            verb = outer if linked else verb
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
        if trigger.proclitic not in self.report.plain or (before is not None and not before.types & _SUBJECTS):
            return
        if any(self.scene.acts(p) and self.scene.plain(p) for p in self.scene.parties_within(anchor.last + 1, anchor.last + 2)):
            return
        subject = self.scene.topic(Verb(anchor.index, "names", "perf", joined=bool(trigger.proclitic)))
        if subject.parties and subject.why == "topic" and anchor.index - subject.parties[-1].last <= _VERBAL:
            for party in subject.parties:
                self.found.add("agent", party, subject.why)
        elif subject.why == "speaker" and self._speaks_of_itself(anchor.index - 1):
            for party in subject.parties:
                self.found.add("agent", party, "speaker")

    def _speaks_of_itself(self, index: int) -> bool:
        """Whether a word right before what may be a verb means who speaks: a pronoun, or "its aircraft"."""
        return "pronoun" in self.scene.mark_at(index) or self.scene.own_troops(self.report.text.tokens[index])

    def _with(self, verb: Verb) -> bool:
        """Whether the event's noun tells by what the deed of a verb before it was done ("struck the town with ten raids")."""
        anchor, tokens = self.anchor, self.report.text.tokens
        if anchor.trigger is not None and anchor.trigger.proclitic in self.report.by:
            return True
        by = self.report.by_letters
        near = range(max(verb.index + 1, anchor.first - 4), anchor.first)
        if any(tokens[at].form.startswith(by) and any(t.kind == "n" for t in tokens[at + 1 : anchor.first]) for at in near):
            return True
        told = [q for q in self.report.quantities if verb.index < q.first and q.last == anchor.first - 1]
        return any(tokens[q.first].form.startswith(by) for q in told)  # "with several raids"

    def _tells(self, verb: Verb) -> bool:
        """Whether a party tells of a deed of its own: nothing but its name stands between the verb and the deed."""
        trigger = self.anchor.trigger
        group = trigger is not None and trigger.lemma in self.report.own_deeds and "suicide" not in self.anchor.kinds
        if group and any(p.kind != "armed_group" for p in self.scene.subject(verb).parties):
            group = False  # authorities tell so of what others blew up
        if (self.anchor.kind not in _OWN_DEEDS and not group) or self.anchor.first - verb.index > _TOLD:
            return False
        if any(verb.index < m.predicate < self.anchor.first for m in self.anchor.harm):
            return False  # "admitted the death of its fighters in raids"
        return not any("that" in self.scene.mark_at(at) for at in range(verb.index + 1, self.anchor.first))

    def _links(self, verb: Verb) -> bool:
        """Whether what stands before the event's word is what the verb is built with."""
        trigger, index = self.anchor.trigger, self.anchor.first
        letters = trigger.proclitic if trigger is not None else ""
        series = self.report.clauses.mark_ending(index - 1)
        if series is not None and "series" in series.types and series.first > verb.index:
            index, letters = series.first, ""  # "launched a wave of strikes"
        letters = letters.removeprefix(self.report.conjunction)
        tokens = self.report.text.tokens
        for at in range(index - 1, max(verb.index, index - 4), -1):
            if tokens[at].form in verb.links:
                return True
        if verb.pointing and self.report.way_at(index - 1) == "from":
            return True  # "the shelling that X carries out", told as "what X carries out of shelling"
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
            if (
                self.report.clauses.opens(low, verb.index)
                or self.scene.anchored(low, verb.index)
                or self.told_besides(verb.index)
            ):
                return
            if (
                verb.role in ("names", "harms", "tells")
                or not verb.pointing
                or verb.joined
                or not (verb.finite or verb.role == "made")
                or status_at(self.report.cues, verb.index) == "denied"  # "which X did not cause"
                or self._habit(verb)
                or {verb.index - 1, verb.index - 2} & self.scene.places_hit  # "at a base that they use"
                or (verb.role == "does" and "-" not in verb.links and not self._used(verb))  # "hit a road that they use"
            ):
                continue
            if self.found.agents and anchor.kind not in DEFENCE | {"destroy"}:
                return
            if verb.finite or self.scene.subject(verb).why in ("subject", "topic"):
                self._subject(verb, "patient" if anchor.kind in DEFENCE or self.found.agents else "agent")
            return

    def _habit(self, verb: Verb) -> bool:
        """Whether a verb only tells what some weapon is that the event was not done with ("killed one of those in charge of the
        missiles that X launches")."""
        relative = verb.index - 1
        if not verb.feature.startswith("impf") or "relative" not in self.scene.mark_at(relative):
            return False
        near = self.anchor.last + _ITS_WEAPON
        return any(
            w.first > near and relative - 2 <= w.last < relative and not (w.proclitic and w.proclitic in self.report.by)
            for w in self.report.weapons
        )

    def _used(self, verb: Verb) -> bool:
        """Whether a verb whose object is no event points back at one by a preposition, or at the event or a weapon right before it."""
        behind = self.report.clauses.marks.get(verb.index + 1)
        before = verb.index - (2 if "relative" in self.scene.mark_at(verb.index - 1) else 1)
        if (behind is not None and "back" in behind.types) or self.anchor.last >= before - 1:
            return True
        return any(before - 1 <= w.last <= before for w in self.report.weapons)

    def _accused(self) -> None:
        """Who is accused of the event, or it is ascribed to."""
        scene, anchor = self.scene, self.anchor
        behind = anchor.first - 1
        while behind > self.begin and self.report.text.tokens[behind].kind == "p":
            behind -= 1
        mark = self.report.clauses.mark_ending(behind)
        if mark is not None and "stands" in mark.types:
            for party in scene.parties_within(mark.first - 4, mark.first)[-1:]:
                # Also whose posts were struck: "struck posts of X, accused of being behind the attack"; but not who pursues the guilty.
                sought = not mark.types.isdisjoint(_GUILTY) and party.sort != "members"
                if mark.first - 1 <= party.last + 1 and party.sort != "civilians" and not scene.bombs(party) and not sought:
                    self.found.add("agent", party, "stands behind it")
        accusing = self.report.clauses.marked(_ACCUSE, max(self.begin, anchor.first - _REACH), anchor.first)
        # "Accused X of hiding traces of the attack": not of the attack.
        if accusing and not self.report.clauses.marked(_NOT_OF_IT, accusing[-1], anchor.first):
            told = [p for p in scene.parties_within(accusing[-1] + 1, anchor.first) if scene.acts(p) and p.sort != "civilians"]
            parties = [p for p in told if not self.report.in_speaker(p.first, p.last)]
            while parties and not scene.anchored(parties[-1].last, anchor.first - 1):
                last = parties.pop()
                self.found.add("agent", last, "accused")
                if not (parties and last.proclitic == self.report.conjunction and last.first - parties[-1].last == 1):
                    break  # whom the sentence begins with accuses
            if not told and scene.ends_in_pronoun(self.report.text.tokens[self.report.clauses.marks[accusing[-1]].last]):
                for party in self._meant(accusing[-1]):
                    self.found.add("agent", party, "accused")
        self._charged()
        self._ascribed()

    def _meant(self, index: int) -> list[PartyMention]:
        """Whom the pronoun of a word for an accusation stands for ("threatened the regime after it was accused of the attack")."""
        before = [p for p in self.scene.parties_within(self.begin, index) if p.sort != "civilians" and not self.scene.bombs(p)]
        return before[-1:]

    def _charged(self) -> None:
        """Who is told behind the event to be accused of it ("a raid that X accuses Y of having carried out")."""
        scene, anchor, tokens = self.scene, self.anchor, self.report.text.tokens
        for at in self.report.clauses.marked(_ACCUSE, anchor.last + 1, min(self.end, anchor.last + _REACH))[:1]:
            if scene.anchored(anchor.last, at):
                return
            for party in reversed(scene.parties_within(at + 1, min(self.end, at + _CARRIED))):
                word = tokens[party.last + 1] if party.last + 1 < self.end else None
                by = word is not None and word.form.startswith(self.report.by_letters)
                if word is not None and by and scene.ends_in_pronoun(word) and scene.acts(party):
                    self.found.add("agent", party, "accused")
                    return

    def _ascribed(self) -> None:
        """Whom the event is ascribed to, by a verb behind it or shortly before it."""
        scene, anchor = self.scene, self.anchor
        for at in self.report.clauses.marked(
            _ASCRIBE, max(self.begin, anchor.first - _ASCRIBED), min(self.end, anchor.last + _REACH)
        ):
            if anchor.first <= at <= anchor.last:
                continue
            low, mark = max(at, anchor.last), self.report.clauses.marks[at]
            if scene.anchored(anchor.last, at) if at > anchor.last else scene.anchored(at, anchor.first - 1):
                continue
            named = scene.parties_within(at + 1, anchor.first) if at < anchor.first else []
            for party in [*named, *scene.parties_within(low + 1, min(self.end, low + 8))]:
                toward = (
                    self.report.way_at(party.first - 1) == "toward" or mark.first < mark.last == party.first - 1
                )  # "blame on X"
                if toward or scene.before(party.first, 2, at + 1, _PREP) is not None or scene.given_to(party):
                    self.found.add("agent", party, "ascribed")
            return
