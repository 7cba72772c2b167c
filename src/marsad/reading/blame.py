"""Blame: who says of an event, not always in the sentence that tells it, that he did it, who is blamed for it, and which
parties are named as one."""

from __future__ import annotations

from bisect import bisect_left

from marsad.reading.anchors import Anchor, family
from marsad.reading.cases import troops
from marsad.reading.facts import Facts
from marsad.reading.harm import HarmMention
from marsad.reading.joining import Event
from marsad.reading.opposition import ARMED
from marsad.reading.parties import PartyMention
from marsad.reading.predicates import predicates_of
from marsad.reading.report import Report
from marsad.reading.speakers import SourceMention

__all__ = [
    "HELD",
    "alleged",
    "blamed_for",
    "claimed_by",
    "deniers",
    "denies_losses",
    "holders_of_dead",
    "mourned",
    "named_by",
    "on_attacker",
    "points_back",
    "suspected",
    "tied",
    "watched",
]

_WATCH, _WATCHED, _LAUNCHES = frozenset({"watch"}), 3, frozenset({"launch", "fall", "munition", "air"})
_ANSWER, _ANSWERED = frozenset({"answer"}), 6  # tokens from "in answer to" to the event
_ATTACKER, _UPON = frozenset({"attacker"}), 5  # tokens from a shot to the attacker
_SHOT = frozenset({"fire", "kill", "arrest", "seize"})
_BLAME, _ACCUSE = frozenset({"blame"}), frozenset({"accuse"})
_ACCUSED = 10  # tokens between a word that accuses and "the responsibility"
_GIVEN = 3  # tokens from there to the party that it is given to
_EFFECTS = frozenset({"burn", "destroy"})  # told as what came of the deed that is claimed
_PART = frozenset({"denied", "blame"})
HELD, _SUSPECTED = frozenset({"arrest", "raid"}), frozenset({"suspected"})
_PRETEXT = frozenset({"pretext"})
_ADMITS, _KILL = "admits", "kill"
_LOSS = 4  # tokens from a word for killing to whose men are told of
_TIE = 5  # tokens between a word of belonging and a party
_BACK = frozenset({"general", "any"})
_CALLED = 8  # tokens between a word for a group and the name that it gives itself
_LEADING, _LED = frozenset({"answer", "cause"}), 3  # "in answer to", so many tokens before what was not claimed
_CLAIMED = 12  # tokens between a speaker that claims an event and its word


def claimed_by(report: Report, events: list[Event]) -> dict[int, list[SourceMention]]:
    """Who claims which event, by its identity: the one named behind the verb of claiming, else the last one told before it."""
    found: dict[int, list[SourceMention]] = {}
    tokens = report.text.tokens
    anchors = sorted((f.anchor.index, n) for n, e in enumerate(events) for f in e.facts if f.anchor.kind not in _EFFECTS)
    counted = {q.last + 1 for q in report.quantities}
    several = {  # "several of the attacks", "other blasts": not the one told before
        a.index
        for e in events
        for a in (f.anchor for f in e.facts)
        if a.trigger is not None and a.trigger.plural and (not a.trigger.definite or a.first in counted)
    }
    # "Claimed the blowing up of a charge in X": what is named with a place or day of its own, and not as "the blast"
    told_anew = {
        f.anchor.index
        for e in events
        for f in e.facts[:1]
        if not (f.anchor.definite or f.anchor.verb or f.anchor.same)
        and (f.places or f.dates)
        and report.clauses.mark_before(f.anchor.first, _LED, report.clauses.sentence(f.anchor.index)[0], _LEADING) is None
    }
    for attribution in report.attributions:
        if attribution.stance != "claims_responsibility":
            continue
        sentence = tokens[attribution.first].sentence
        at = bisect_left(anchors, (attribution.first, -1))
        inside = [a for a in anchors[at : at + 3] if a[0] <= attribution.last + _CLAIMED and tokens[a[0]].sentence == sentence]
        before = [a for a in anchors[max(0, at - 1) : at] if sentence - tokens[a[0]].sentence <= 2]
        apart = bool(inside) and (inside[0][0] in several or inside[0][0] in told_anew)
        told = inside[:1] if not attribution.refers_back or not before or apart else []
        for _, number in told or [*before, *(a for a in inside[:1] if not before or events[a[1]].harm)]:
            known = found.setdefault(id(events[number]), [])
            known += [s for s in attribution.sources if s not in known]
    return found


def blamed_for(report: Report, events: list[Event]) -> list[tuple[int, PartyMention]]:
    """Who is blamed in words that name no event themselves, each with the number of the last event told before them.

    Args:
        report: the report.
        events: all its events.
    """
    found: list[tuple[int, PartyMention]] = []
    tokens, clauses = report.text.tokens, report.clauses
    blames = clauses.marked(_BLAME, 0, len(tokens))
    anchors = sorted((f.anchor.index, n) for n, e in enumerate(events) for f in e.facts) if blames else []
    for index in blames:
        begin, end = clauses.sentence(index)
        accusing = clauses.marked(_ACCUSE, max(begin, index - _ACCUSED), index)
        if not accusing:
            continue
        low, high = bisect_left(anchors, (accusing[-1], -1)), bisect_left(anchors, (end, -1))
        if low != high or not low or tokens[index].sentence - tokens[anchors[low - 1][0]].sentence > 2:
            continue
        told = [p for p in report.parties_between(accusing[-1] + 1, index) if p.kind in ARMED]
        given = any(p.proclitic.endswith(report.to) for p in report.parties_between(index + 1, min(end, index + 1 + _GIVEN)))
        if told and told[-1].last >= index - 2 and not given:
            found.append((anchors[low - 1][1], told[-1]))
    return found


def points_back(report: Report, told: Event, back: Event) -> bool:
    """Whether an event is told by nothing but a word for the one told shortly before ("X stands behind the attack")."""
    facts = back.facts
    if any(not f.anchor.definite or f.anchor.plural or family(f.anchor.kind) not in _BACK for f in facts):
        return False
    if back.harm or any(f.places or f.dates for f in facts):
        return False
    return 0 <= report.clauses.sentences_apart(told.facts[-1].anchor.index, facts[0].anchor.index) <= 2


def deniers(report: Report, facts: Facts) -> list[PartyMention]:
    """The parties that deny what an anchor names, in the order of the text."""
    found: list[PartyMention] = []
    for attribution in report.attributions:
        if attribution.stance != "denies" or not attribution.covers(facts.anchor.index):
            continue
        part = report.clauses.marked(_PART, attribution.last + 1, facts.anchor.index)
        for source in attribution.sources:
            party = report.party_at(source.first, source.last)
            # Authorities that deny a blast, and not their part in it, say that nothing blew up.
            none = party is not None and facts.anchor.kind == "explosion" and not part and party.kind != "armed_group"
            found += tied(report, party) if party is not None and not none else []
        if found:
            break
    return found


def denies_losses(report: Report, facts: Facts) -> bool:
    """Whether who denies what an anchor names denies only that troops of his own came to harm in it ("denied the killing of any of its
    men in the shelling")."""
    forms, own, harmful = report.text.forms, troops(report.language), predicates_of(report.language)
    for attribution in report.attributions:
        if attribution.stance == "denies" and attribution.covers(facts.anchor.index):
            for at in range(attribution.last + 1, facts.anchor.first):
                near = range(max(attribution.last + 1, at - _LOSS), at)
                if own[forms[at]] and any(p.kind in ("killed", "injured") for i in near for p in harmful.at(forms[i])):
                    return True
    return False


def alleged(report: Report, anchor: Anchor) -> bool:
    """Whether an anchor only names the pretext for what is told before it ("killed a man on the claim that he had carried out an attack")."""
    return bool(report.clauses.marked(_PRETEXT, report.clauses.sentence(anchor.index)[0], anchor.first))


def mourned(report: Report, mention: HarmMention) -> bool:
    """Whether fighters fell whom a party tells of as its own: by a word that it has for its dead ("announced the martyrdom of a soldier"),
    or as who admits it ("admitted the death of the brigadier", but not "the killing of")."""
    if mention.status != "combatant" or mention.predicate < 0:
        return False
    told = predicates_of(report.language).at(report.text.forms[mention.predicate])
    if any(p.lemma in report.mournings for p in told):
        return True
    theirs = any(p.use == "nominal" for p in told) and all(p.lemma not in report.killings for p in told)
    return theirs and any(a.stance == _ADMITS and a.covers(mention.predicate) for a in report.attributions)


def holders_of_dead(report: Report, event: Event) -> list[PartyMention]:
    """Who is told before the bodies of people, of whose killing nothing is said, as who found, holds or handed them over."""
    told = [predicates_of(report.language).at(report.text.forms[m.predicate]) for m in event.harm if m.predicate >= 0]
    only = all(f.anchor.kind == _KILL for f in event.facts) and all(
        any(p.lemma in report.remains for p in found) for found in told
    )
    if not told or not only:
        return []
    index = event.first.anchor.first
    return report.parties_between(report.clauses.sentence(index)[0], index)


def suspected(report: Report, event: Event) -> list[PartyMention]:
    """The parties that people were arrested or sought for belonging to."""
    for facts in event.facts:
        first, end = facts.anchor.last + 1, report.clauses.sentence(facts.anchor.index)[1]
        for party in report.parties_between(first, end) if facts.anchor.kind in HELD else ():
            mark = report.clauses.mark_before(party.first, _TIE, first, _SUSPECTED)
            if mark is not None and party.sort not in ("civilians", "unidentified"):
                return tied(report, party)
    return []


def named_by(report: Report, source: SourceMention) -> PartyMention | None:
    """The name that a group which claims an event gives itself, right behind it ("a faction that calls itself X")."""
    named = [p for p in report.parties_between(source.last + 1, source.last + _CALLED) if p.sort == "force"]
    return named[0] if named and report.clauses.same_sentence(source.last, named[0].first) else None


def tied(report: Report, party: PartyMention) -> list[PartyMention]:
    """A party and those tied to it by "and" right behind it."""
    found = [party]
    for other in report.parties_between(party.last + 1, party.last + 12):
        words = [t.form for t in report.text.tokens[found[-1].last + 1 : other.first] if t.kind == "w"]
        written = report.document.text[report.text.tokens[other.first].start : other.start]
        joined = words == [report.conjunction] or (not words and written.startswith(report.conjunction))
        if not joined or other.sort == "civilians":
            break
        found.append(other)
    return found


def watched(report: Report, event: Event) -> bool:
    """Whether who tells of an event did not do it: he saw it come ("the army detected the launch of rockets") or answered it ("in answer to
    what it said was an attack")."""
    anchor = event.first.anchor
    begin = report.clauses.sentence(anchor.first)[0]
    if report.clauses.mark_before(anchor.first, _ANSWERED, begin, _ANSWER) is not None:
        return True
    return anchor.kind in _LAUNCHES and report.clauses.mark_before(anchor.first, _WATCHED, begin, _WATCH) is not None


def on_attacker(report: Report, anchor: Anchor) -> bool:
    """Whether an anchor tells what was done to who attacked before ("before the forces shot the attacker")."""
    if anchor.kind not in _SHOT:
        return False
    last = max(anchor.last, anchor.trigger.then if anchor.trigger is not None else -1)
    return bool(report.clauses.marked(_ATTACKER, last + 1, min(last + _UPON, report.clauses.sentence(anchor.index)[1])))
