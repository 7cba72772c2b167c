"""Joining: which anchors of a report tell of the same event.

Anchors are taken in the order of the text; each joins the event told before that it fits best, or begins one. Signs for and
against are weighed (``weights.tsv``): the kind of event, definiteness, nearness, turns of the report, place, day, parties and
tolls. An anchor that fits an event but gives another number by another speaker, or denies it, begins a *version* of it: a claim
of its own that takes over what it does not tell itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from marsad.reading.facts import Facts
from marsad.reading.fit import fit, points_at
from marsad.reading.harm import HarmMention
from marsad.reading.opposition import key
from marsad.reading.pairing import Pairing
from marsad.reading.report import Report
from marsad.reading.totals import running_total

__all__ = ["Event", "events_of"]

# An anchor is weighed against so many events told last; only compilations of many reports have more.
_REACH = 64
_AFTER, _OF = "after", 2  # rule of a day told as so many after something, and tokens from it to the word for that
_AFTERWARDS = frozenset({"advance", "cause"})
_PROTESTED = frozenset({"air", "attack", "bombard", "strike"})
_AGREE, _HURT = "agree", frozenset({"killed", "injured"})
_SINCE, _SOME_DAYS = "since", timedelta(days=4)  # rule of a stretch that goes on, and the least of one that is no event
_PRETEXT, _HELD_FOR = frozenset({"pretext"}), frozenset({"heldfor"})
_RELATIVE = frozenset({"relative"})
_MEETS, _ANSWER = frozenset({"meets"}), frozenset({"answer"})
_NEAR = 2  # tokens from "coincided with" or "in answer to" to the event
_CUSTODY = frozenset({"arrest", "seize"})
# Events without a toll, behind which that of the one before may be told.
_BLOODLESS = frozenset({"withdraw", "transfer", "agree"})
_NONE = (float("-inf"), 0)
_BEHIND = "stands behind it"
_BACK = "back"  # the class of words that only point back ("that")
_DOWNED = "shootdown"
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
        sure = (f for f in self.facts if f.anchor.trigger is not None and f.anchor.strength == "sure")
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
    pretexts = bool(report.clauses.marked(_PRETEXT, 0, len(report.text.tokens)))
    pairing = Pairing(report, len(facts))
    last = -1  # the anchor that joined an event last
    for before, item in enumerate(facts):
        if item.anchor.status == "none" and item.anchor.strength != "sure":
            continue
        begin = max(0, len(events) - _REACH)
        asserted = item.anchor.status == "asserted"
        known = events[begin:] if item.anchor.definite else ()
        meant = [e for e in known if e.base is None and points_at(report, item, e.facts)]
        ahead = _told_ahead(report, item)
        since = report.told_since(item.anchor.first) and not item.anchor.definite and item.anchor.kind not in _BLOODLESS
        scored = [
            (
                fit(report, event.facts, item, event.facts[-1].anchor.index >= last, meant == [event])
                + pairing.score(event.facts, item, before),
                -n,
            )
            for n, event in enumerate(events[begin:], begin)
            if event.base is None
            and not (pretexts and _pretext(report, event, item))
            and not _met(report, event, item)
            and not (asserted and _unreal(event))
            and not _done_by_hit(event, item)
            and not _another_toll(event, item)
            and not _arrested_for(event, item)
            and not _told_of_hit(report, event, item)
            and not since
            and not _over_days(report, event, item)
            and not _counted_from(report, event, item)
            and not _sworn_and_fallen(event, item)
            and not _protested_at(report, event, item)
            and not _shot_after(report, event, item)
            and not _told_within(event, *ahead)
            and not (event.facts[-1].anchor.kind in _CUSTODY and _held_for(report, event, item))
        ]
        if item.anchor.kind not in _BLOODLESS:
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
        elif (
            item.anchor.kind == _AGREE
            and not (item.anchor.verb or item.dates)
            and any(_sworn_and_fallen(e, item) for e in events[-1:])
        ):
            continue  # only told as when people fell ("before the truce began")
        elif any(_protested_at(report, e, item) for e in events[-1:]) and not (
            item.anchor.harm or any(p.mention.first > item.anchor.index for p in item.places)
        ):
            continue  # what is protested at, of which nothing else is told
        elif (
            item.anchor.kind != _DOWNED or item.anchor.strength != _BACK
        ):  # a crash of which nobody tells that it was a shooting down
            events.append(Event([item], likeness=best[0], nearest=events[-best[1]] if scored else None))
    return events


def _pretext(report: Report, event: Event, item: Facts) -> bool:
    """Whether an anchor names what an event was done for ("shot him, claiming that he had carried out an attack")."""
    told, index = event.facts[-1].anchor.index, item.anchor.index
    pretexts = report.clauses.marked(_PRETEXT, told, index)
    return bool(pretexts) and report.clauses.same_sentence(pretexts[0], index)


def _met(report: Report, event: Event, item: Facts) -> bool:
    """Whether an event only coincided with what an anchor names, or answered it ("the raids coincided with fights in which 40", "came in
    answer to the firing of rockets")."""
    anchor, floor = item.anchor, event.facts[-1].anchor.last + 1
    if report.clauses.mark_before(anchor.first, _NEAR, floor, _MEETS) is not None:
        return True
    if not anchor.definite and report.clauses.mark_before(anchor.first, _NEAR, floor, _ANSWER) is not None:
        return True
    told = report.clauses.marked(
        _RELATIVE, anchor.last + 1, anchor.last + 2
    )  # "in answer to attacks, above all the shelling that hit X"
    return bool(
        told and report.clauses.same_sentence(floor, anchor.first) and report.clauses.marked(_ANSWER, floor, anchor.first)
    )


def _done_by_hit(event: Event, item: Facts) -> bool:
    """Whether whoever was hit in an event is behind what an anchor names ("struck posts of X, which is behind the attack")."""
    behind = [key(p) for p, why in item.roles.agents if why == _BEHIND]
    return bool(behind) and any(key(p) in behind for f in event.facts for p, _ in f.roles.patients)


def _another_toll(event: Event, item: Facts) -> bool:
    """Whether an event told anew, on a day of its own, took another number of people ("one was killed in a raid ... On Saturday three were killed in a raid")."""
    if item.anchor.definite or item.date is None or item.date.duration or not item.anchor.harm:
        return False
    told = {m.kind: m.min for m in reversed(event.harm) if m.min is not None and not m.part}
    mine = [m for m in item.anchor.harm if m.kind in told and m.min is not None and not m.part and not m.corrected]
    return bool(mine) and all(m.min != told[m.kind] for m in mine) and all(f.date is not item.date for f in event.facts)


def _told_of_hit(report: Report, event: Event, item: Facts) -> bool:
    """Whether an anchor tells, in a clause on whoever was hit in an event, what he had done ("struck a post of the group that had fired")."""
    first = item.anchor.first
    if not item.anchor.verb or not report.clauses.marked(_RELATIVE, first - 1, first):
        return False
    hit = (p for f in event.facts for p, _ in f.roles.patients)
    return any(p.last == first - 2 and report.clauses.same_sentence(p.last, first) for p in hit)


def _arrested_for(event: Event, item: Facts) -> bool:
    """Whether an anchor tells of arrests behind an abduction, each with its people ("freed three who were abducted, and held two")."""
    held = item.anchor.kind == "arrest" and any(m.kind == "arrested" and m.min is not None for m in item.anchor.harm)
    return held and event.first.anchor.kind == "abduct" and any(m.kind == "abducted" and m.min is not None for m in event.harm)


def _over_days(report: Report, event: Event, item: Facts) -> bool:
    """Whether an anchor tells what went on since a day, and an event happened on one ("one was killed ... Since March 70 were killed")."""
    begun = item.date
    if not item.anchor.harm or begun is None or begun.since is None or not (begun.rule == _SINCE or report.opens_stretch(begun)):
        return False
    days = [d for f in event.facts for d in f.dates if d.until is not None]
    if not days or any(d.duration or d.rule == _SINCE or report.opens_stretch(d) for d in days):
        return False
    return any(d.until is not None and d.until - begun.since >= _SOME_DAYS for d in days)


def _counted_from(report: Report, event: Event, item: Facts) -> bool:
    """Whether an anchor names what a running total is counted from, to which the dead of an event are added ("three were killed, which
    brings the toll to 386 since the start of the attack")."""
    if not report.way_before(item.anchor.first, _SINCE):
        return False
    mine = (m for m in item.anchor.harm if m.voice == "toll" or m.corrected)
    return any(running_total(report, m, told) for m in mine for told in event.harm if told.kind == m.kind and told.last < m.first)


def _sworn_and_fallen(event: Event, item: Facts) -> bool:
    """Whether an agreement is told beside people who were killed or hurt: they fell in something else ("270 were killed since the truce")."""
    return (item.anchor.kind == _AGREE and any(m.kind in _HURT for m in event.harm)) or (
        any(m.kind in _HURT for m in item.anchor.harm) and all(f.anchor.kind == _AGREE for f in event.facts)
    )


def _protested_at(report: Report, event: Event, item: Facts) -> bool:
    """Whether an anchor names the attack that a protest is about ("demonstrated in protest at the attacks by")."""
    attack = item.anchor.kind in _PROTESTED and not item.anchor.verb and bool(item.roles.agents)
    told = event.facts[-1].anchor.index
    return (
        attack and report.clauses.same_sentence(told, item.anchor.index) and all(f.anchor.kind == "protest" for f in event.facts)
    )


def _shot_after(report: Report, event: Event, item: Facts) -> bool:
    """Whether an anchor names what shots followed, with people of its own who came to harm ("shot a man after a stabbing in which two were")."""
    anchor, told = item.anchor, event.facts[-1].anchor.index
    if anchor.verb or not anchor.harm or any(f.anchor.kind != "fire" or f.anchor.harm for f in event.facts):
        return False
    after = report.clauses.mark_before(anchor.first + 1, _NEAR, told, _AFTERWARDS)
    return report.clauses.same_sentence(told, anchor.index) and after is not None


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


def _held_for(report: Report, event: Event, item: Facts) -> bool:
    """Whether an anchor names what people were arrested for ("arrested a man on suspicion of the murder of an officer")."""
    told, anchor = event.facts[-1].anchor, item.anchor
    if anchor.kind in _CUSTODY or not report.clauses.same_sentence(told.index, anchor.index):
        return False
    return bool(report.clauses.marked(_HELD_FOR, told.index, anchor.index))


def _unreal(event: Event) -> bool:
    """Whether an event is only wished or feared."""
    for facts in event.facts:
        if facts.anchor.status != "none":
            return False
    return True


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
