"""Joining: which anchors of a report tell of the same event.

Anchors are taken in the order of the text; each joins the event told before that it fits best, or begins one. Signs for and
against are weighed (``weights.tsv``): the kind of event, definiteness, nearness, turns of the report, place, day, parties and
tolls. An anchor that fits an event but gives another number by another speaker, or denies it, begins a *version* of it: a claim
of its own that takes over what it does not tell itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.reading.anchors import family
from marsad.reading.facts import Facts
from marsad.reading.harm import HarmMention
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import Report, core

__all__ = ["Event", "events_of"]

_COMPATIBLE = {
    frozenset(p)
    for p in (
        ("general", "strike"), ("general", "blast"), ("general", "battle"), ("general", "killing"), ("general", "chemical"),
        ("general", "damage"), ("killing", "battle"), ("killing", "strike"), ("killing", "blast"), ("damage", "strike"),
        ("damage", "blast"), ("strike", "blast"), ("battle", "strike"), ("killing", "taking"), ("general", "taking"), ("killing", "damage"),
        ("killing", "protest"), ("battle", "protest"), ("chemical", "strike"), ("damage", "battle"), ("arrest", "battle"),
    )
}  # fmt: skip
# Verbs whose subject may be the event itself ("the blasts that targeted", "the raid destroyed").
_FOLLOWING = frozenset({"target", "destroy", "strike", "fall", "burn"})


@dataclass(slots=True, eq=False)
class Event:
    """Anchors that tell of one event, with their facts.

    Attributes:
        facts: in the order of the text.
        base: the event that this is another version of, or None.
    """

    facts: list[Facts] = field(default_factory=list)
    base: Event | None = None

    @property
    def first(self) -> Facts:
        return self.facts[0]

    @property
    def harm(self) -> list[HarmMention]:
        return [m for f in self.facts for m in f.anchor.harm]

    @property
    def kinds(self) -> set[str]:
        return {k for f in self.facts for k in f.anchor.kinds}


def events_of(report: Report, facts: list[Facts]) -> list[Event]:
    """The events of a report in the order of their first anchors."""
    events: list[Event] = []
    recent = report.weights["join.recent"]
    for item in facts:
        if item.anchor.status == "none" and item.anchor.strength != "sure":
            continue
        newest = max((max(f.anchor.index for f in e.facts) for e in events), default=-1)
        scored = [
            (score(report, event, item) + (recent if event.facts[-1].anchor.index == newest else 0.0), -n)
            for n, event in enumerate(events)
        ]
        best = max(scores for scores in scored) if scored else (float("-inf"), 0)
        threshold = report.weights["join.threshold"]
        if best[0] >= threshold:
            event = events[-best[1]]
            if _contradicts(report, event, item):
                version = next((e for e in events if e.base is event and not _contradicts(report, e, item)), None)
                if version is not None:
                    version.facts.append(item)
                else:
                    events.append(Event([item], event))
            else:
                event.facts.append(item)
        else:
            events.append(Event([item]))
    return events


def _contradicts(report: Report, event: Event, item: Facts) -> bool:
    """Whether the anchor tells the event differently: another status, or another number by other speakers."""
    status = event.first.anchor.status
    if {item.anchor.status, status} == {"denied", "asserted"}:
        return True
    if item.anchor.status != status and "planned" in (item.anchor.status, status):
        return True
    mine = {(s.name) for s in item.sources if s.role == "origin"}
    theirs = {(s.name) for f in event.facts for s in f.sources if s.role == "origin"}
    if not mine or not theirs or mine & theirs:
        return False
    return any(_differs(a, b) for a in item.anchor.harm for b in event.harm if not a.corrected and not b.corrected)


def _differs(one: HarmMention, other: HarmMention) -> bool:
    if one.kind != other.kind or one.min is None or other.min is None or one.joint != other.joint:
        return False
    if one.max is None or other.max is None:
        return one.max is None and other.max is None and one.min != other.min and min(one.min, other.min) > 2
    return one.min != other.min


def score(report: Report, event: Event, item: Facts) -> float:
    """How well an anchor fits an event told before it."""
    w, clauses, anchor = report.weights, report.clauses, item.anchor
    last = event.facts[-1].anchor
    if anchor.other:
        return float("-inf")
    total = _kinds(w, event, item)
    total += _reference(w, item)
    apart = min(abs(clauses.sentences_apart(f.anchor.index, anchor.index)) for f in event.facts)
    total -= w["join.sentence"] * min(apart, 6)
    if apart == 0:
        low = last.index
        if report.cause_before(anchor.index) and not anchor.verb:
            total += w["join.during"]
        total += w["join.same_sentence"] - w["join.comma"] * clauses.commas(low, anchor.index)
        total -= w["join.open"] * clauses.opens(low, anchor.index)
        if anchor.kind in _FOLLOWING and anchor.verb and not last.verb and not item.roles.agents and _unjoined(report, item):
            total += w["join.following"]
    if clauses.paragraph(last.index) != clauses.paragraph(anchor.index):
        total -= w["join.paragraph"]
    if clauses.turns(last.index, anchor.index):
        total -= w["join.turn"]
    if report.text.tokens[event.first.anchor.index].sentence == 0:
        total += w["join.lead"]
    total += w.get(f"join.family_{family(anchor.kind)}", 0.0)
    if anchor.trigger is not None and any(f.anchor.trigger is not None and f.anchor.trigger.lemma == anchor.trigger.lemma for f in event.facts):
        total += w["join.same_lemma"]
    mine = report.around(anchor.index)
    if mine and apart:
        theirs = [report.around(f.anchor.index) for f in event.facts]
        total += w["join.overlap"] * max(len(mine & t) / min(len(mine), len(t)) if t else 0.0 for t in theirs)
    if _site_words(report, [item]) & _site_words(report, event.facts):
        total += w["join.same_site"]
    if not (item.places or item.dates or anchor.harm or item.roles.agents or item.roles.patients):
        total += w["join.bare"]
    if {x.name for x in item.sources} & {x.name for f in event.facts for x in f.sources}:
        total += w["join.same_source"]
    total += _place(w, event, item)
    total += _date(w, event, item)
    total += _parties(w, event, item)
    total += _tolls(w, event, item)
    if anchor.harm and event.harm and anchor.kind == "kill" and apart == 0:
        total -= w["join.own_harm"]
    return total


def _site_words(report: Report, items: list[Facts]) -> set[str]:
    return {core(report.text.tokens[s.head].form, report.language) for f in items for s in f.sites}


def _unjoined(report: Report, item: Facts) -> bool:
    trigger = item.anchor.trigger
    return trigger is not None and not trigger.proclitic.startswith(report.conjunction)


def _kinds(w: dict[str, float], event: Event, item: Facts) -> float:
    mine = item.anchor.kind
    kinds = {f.anchor.kind for f in event.facts}
    families = {family(k) for k in kinds}
    own = family(mine)
    if own == "any":
        return w["join.any"]
    if mine in kinds:
        return w["join.same_kind"]
    if own in families:
        return w["join.same_family"]
    if any(frozenset((own, f)) in _COMPATIBLE for f in families):
        return w["join.compatible"]
    return -w["join.incompatible"]


def _reference(w: dict[str, float], item: Facts) -> float:
    anchor = item.anchor
    total = 0.0
    if anchor.same or anchor.strength == "back":
        total += w["join.same"]
    elif anchor.definite:
        total += w["join.definite"]
    elif anchor.trigger is not None and not anchor.verb and not anchor.plural:
        total -= w["join.indefinite"]
    elif anchor.verb:
        total -= w["join.verb"]
    elif anchor.plural:
        total -= w["join.plural"]
    return total


def _places_of(event: Event) -> list[ResolvedPlace]:
    return [f.place for f in event.facts if f.place is not None]


def _place(w: dict[str, float], event: Event, item: Facts) -> float:
    if item.place is None:
        return w["join.no_place"]
    theirs = _places_of(event)
    if not theirs:
        return 0.0
    best = max(nested(item.place, p) for p in theirs)
    return {2: w["join.same_place"], 1: w["join.nested_place"], 0: 0.0, -1: -w["join.other_place"]}[best]


def nested(one: ResolvedPlace, other: ResolvedPlace) -> int:
    """2: the same place; 1: one contains the other; 0: unknown; -1: two places apart."""
    if one.mention.form == other.mention.form:
        return 2
    if one.entry is not None and other.entry is not None and one.entry.id == other.entry.id:
        return 2
    names, others = {one.place.name, *one.place.within}, {other.place.name, *other.place.within}
    if one.place.name in other.place.within or other.place.name in one.place.within:
        return 1
    if one.place.country and other.place.country and one.place.country != other.place.country:
        return -1
    if one.place.kind == "country" or other.place.kind == "country":
        return 1
    wide = ("governorate", "district", "area", "subdistrict")
    if names & others and (one.place.kind in wide or other.place.kind in wide):
        return 0
    return -1


def _date(w: dict[str, float], event: Event, item: Facts) -> float:
    mine = item.date
    if mine is None or mine.since is None or mine.until is None:
        return 0.0
    theirs = [f.date for f in event.facts if f.date is not None and f.date.since is not None and f.date.until is not None]
    if not theirs:
        return -w["join.background"] if mine.background else 0.0
    for date in theirs:
        assert date.since is not None and date.until is not None
        if date.since <= mine.until and mine.since <= date.until:
            exact = (date.since, date.until) == (mine.since, mine.until)
            return w["join.same_date"] if exact else 0.0
    return -w["join.other_date"]


def _ids(items: list[Facts], side: str) -> set[str]:
    return {p.id or p.name for f in items for p, _ in getattr(f.roles, side) if p.sort != "civilians"}


def _parties(w: dict[str, float], event: Event, item: Facts) -> float:
    total = 0.0
    mutual = family(item.anchor.kind) == "battle"
    for side in ("agents", "patients"):
        mine, theirs = _ids([item], side), _ids(event.facts, side)
        if mutual:
            theirs |= _ids(event.facts, "agents" if side == "patients" else "patients")
        if mine and theirs:
            total += w["join.same_party"] if mine & theirs else -w["join.other_party"]
    return total


def _tolls(w: dict[str, float], event: Event, item: Facts) -> float:
    total = 0.0
    for mine in item.anchor.harm:
        same = [m for m in event.harm if m.kind == mine.kind]
        if not same:
            continue
        if mine.min is not None and any(m.min == mine.min for m in same):
            total += w["join.same_toll"]
        elif mine.corrected:
            total += w["join.corrected"]
        elif mine.min is not None and any(m.min is not None for m in same):
            total -= w["join.other_toll"]
    return max(-w["join.other_toll"], min(total, 2 * w["join.same_toll"]))
