"""Joining: which anchors of a report tell of the same event.

Anchors are taken in the order of the text; each joins the event told before that it fits best, or begins one. Signs for and
against are weighed (``weights.tsv``): the kind of event, definiteness, nearness, turns of the report, place, day, parties and
tolls. An anchor that fits an event but gives another number by another speaker, or denies it, begins a *version* of it: a claim
of its own that takes over what it does not tell itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.reading.facts import Facts
from marsad.reading.fit import fit, points_at
from marsad.reading.harm import HarmMention
from marsad.reading.pairing import Pairing
from marsad.reading.report import Report
from marsad.reading.separation import apart, only_when

__all__ = ["Event", "events_of"]

# An anchor is weighed against so many events told last; only compilations of many reports have more.
_REACH = 64
_AFTER, _OF = "after", 2  # rule of a day told as so many after something, and tokens from it to the word for that
# Events without a toll, behind which that of the one before may be told.
_BLOODLESS = frozenset({"withdraw", "transfer", "agree"})
_NONE = (float("-inf"), 0)
_BACK = "back"  # the class of words that only point back ("that")
_DOWNED = "shootdown"
_SEPARATE, _OPENING = frozenset({"separate"}), 3  # tokens of a sentence within which it says that it tells another event
_SHORT = 3  # letters of words that say little


@dataclass(slots=True, eq=False)
class Event:
    """Anchors that tell of one event, with their facts.

    Attributes:
        facts: in the order of the text.
        base: the event that this is another version of, or None.
        likeness: how well its first anchor fitted the event told before that it fits best; below 0, as it did not join.
        nearest: that event, or None.
    """

    facts: list[Facts] = field(default_factory=list)
    base: Event | None = None
    likeness: float = float("-inf")
    nearest: Event | None = None

    @property
    def first(self) -> Facts:
        return self.facts[0]

    @property
    def named_by(self) -> Facts:
        """The facts whose anchor names the event best: the first sure trigger, else the first."""
        told = [f for f in self.facts if f.anchor.status != "none"]  # "killed five who planned an attack"
        sure = (f for f in told or self.facts if f.anchor.trigger is not None and f.anchor.strength == "sure")
        return next(sure, self.facts[0])

    @property
    def told_before(self) -> Event | None:
        """The event that this one is another version of, or that it only points back to ("and the army denied that")."""
        if self.base is not None:
            return self.base
        return self.nearest if all(f.anchor.kind == _BACK for f in self.facts) else None

    @property
    def harm(self) -> list[HarmMention]:
        return [m for f in self.facts for m in f.anchor.harm]

    @property
    def kinds(self) -> set[str]:
        return {k for f in self.facts for k in f.anchor.kinds}


def events_of(report: Report, facts: list[Facts]) -> list[Event]:
    """The events of a report in the order of their first anchors."""
    events: list[Event] = []
    pairing = Pairing(report, len(facts))
    last = -1  # the anchor that joined an event last
    for before, item in enumerate(facts):
        if item.anchor.status == "none" and item.anchor.strength != "sure":
            continue
        if item.anchor.heading is not None:
            headed = next((e for e in events if any(f.anchor is item.anchor.heading for f in e.facts)), None)
            events.append(Event([item], headed))
            continue
        begin = max(0, len(events) - _REACH)
        known = events[begin:] if item.anchor.definite else ()
        meant = [e for e in known if e.base is None and points_at(report, item, e.facts)]
        ahead = _told_ahead(report, item)
        anew = _begun_anew(report, item)
        since = report.told_since(item.anchor.first) and not item.anchor.definite and item.anchor.kind not in _BLOODLESS
        scored = [
            (
                fit(report, event.facts, item, event.facts[-1].anchor.index >= last, meant == [event])
                + pairing.score(event.facts, item, before),
                -n,
            )
            for n, event in enumerate(events[begin:], begin)
            if event.base is None
            and not since
            and event.facts[-1].anchor.index >= anew
            and not _told_within(event, *ahead)
            and not apart(report, event.facts, item)
        ]
        # "A raid ..., denying that any civilian died. It destroyed a depot": of the raid still.
        gainsaid = item.anchor.kind == _BACK and item.roles.patients
        if item.anchor.kind not in _BLOODLESS and not gainsaid:
            last = max(last, item.anchor.index)  # "clashes broke out, and ended with a withdrawal. Five were killed"
        best = max(scored) if scored else _NONE
        if best[0] >= 0:
            event = events[-best[1]]
            if item.anchor.status == "none" and item.anchor.harm and any(f.anchor.status == "asserted" for f in event.facts):
                continue  # who would be killed if it came to that was not killed in what happened
            if _contradicts(report, event, item):
                version = next((e for e in events if e.base is event and not _contradicts(report, e, item)), None)
                if version is not None:
                    version.facts.append(item)
                else:
                    events.append(Event([item], event))
            else:
                event.facts.append(item)
        elif any(only_when(report, e.facts, item) for e in events[-1:]):
            continue
        elif item.anchor.kind == _DOWNED and item.anchor.strength == _BACK:
            continue  # a crash of which nobody tells that it was a shooting down
        else:
            events.append(Event([item], likeness=best[0], nearest=events[-best[1]] if scored else None))
    return events


def _begun_anew(report: Report, item: Facts) -> int:
    """The token before which no event can be the one that a sentence tells ("In a separate incident ..."); 0 where it may be any."""
    index = item.anchor.index
    begin = report.clauses.sentence(index)[0]
    return next(iter(report.clauses.marked(_SEPARATE, begin, min(begin + _OPENING, index))), 0)


def _told_ahead(report: Report, item: Facts) -> tuple[int, int]:
    """The tokens of its sentence before days that are counted from an anchor ("came three days after the killing of 14"); none if none are.

    What they tell is another event. An attack that is only pointed back at ("an hour after the attack") is told by what fits it.
    """
    if item.anchor.definite:
        return 0, 0
    first = item.anchor.first
    after = next((d for d in report.dates if d.rule == _AFTER and 0 <= first - d.last - 1 <= _OF), None)
    return (report.clauses.sentence(after.first)[0], after.first) if after is not None else (0, 0)


def _told_within(event: Event, low: int, high: int) -> bool:
    """Whether an event is told in a half-open token range."""
    return any(low <= f.anchor.index < high for f in event.facts)


def _contradicts(report: Report, event: Event, item: Facts) -> bool:
    """Whether the anchor tells the event differently: another status, or another number by other speakers."""
    status = event.first.anchor.status
    if {item.anchor.status, status} == {"denied", "asserted"}:
        return True
    if item.anchor.status != status and "planned" in (item.anchor.status, status):
        return True
    mine = _speakers(item)
    return any(
        _differs(report, a, b)
        for told in event.facts
        if mine.isdisjoint(theirs := _speakers(told)) and mine and theirs
        for a in item.anchor.harm
        for b in told.anchor.harm
        if not a.corrected and not b.corrected
    )


def _speakers(facts: Facts) -> set[tuple[str, str]]:
    """Who tells it: for each origin its kind with each word of its name, as a speaker is named again by a part of it."""
    return {(s.kind, word) for s in facts.sources if s.role == "origin" for word in s.name.split() if len(word) > _SHORT}


def _differs(report: Report, one: HarmMention, other: HarmMention) -> bool:
    if one.kind != other.kind or one.min is None or other.min is None or one.joint != other.joint or one.part or other.part:
        return False
    if one.min == other.min and {one.status, other.status} == {"civilian", "combatant"}:
        return True  # one side's civilians are the other side's fighters
    if one.status == other.status == "combatant":
        sides = [report.party_at(m.group_first, m.group_last) for m in (one, other)]
        if None not in sides and len({p.id for p in sides if p is not None}) > 1:
            return False  # the losses of two sides
    if one.max is None or other.max is None:
        return one.min != other.min and min(one.min, other.min) > 2
    return one.min != other.min
