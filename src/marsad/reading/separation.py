"""Separation: what tells that an anchor is of another event than one told before, however much alike they are.

Two events of a kind in one place are joined by ``joining`` unless the words say that they are two: one answered the other or was the
pretext for it, one is a sum and the other a day's, who was hit in one did the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from marsad.reading.facts import Facts
from marsad.reading.harm import HarmMention
from marsad.reading.opposition import key
from marsad.reading.report import Report
from marsad.reading.totals import running_total

__all__ = ["apart", "only_when"]

_AFTERWARDS = frozenset({"advance", "cause"})
_PROTESTED = frozenset({"air", "attack", "bombard", "strike"})
_AGREE, _HURT = "agree", frozenset({"killed", "injured"})
_SINCE, _SOME_DAYS = "since", timedelta(days=4)  # rule of a stretch that goes on, and the least of one that is no event
_PRETEXT, _HELD_FOR = frozenset({"pretext"}), frozenset({"heldfor"})
_RELATIVE, _UNNAMED = frozenset({"relative"}), "unidentified"
_MEETS, _ANSWER = frozenset({"meets"}), frozenset({"answer"})
_FRONT = 2  # tokens from the start of a sentence to "in answer to"
_NEAR = 2  # tokens from "coincided with" or "in answer to" to the event
_CUSTODY = frozenset({"arrest", "seize"})
_BEHIND = "stands behind it"


def apart(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor tells of another event than one.

    Args:
        report: the report.
        facts: what is told of the event, in the order of the text.
        item: what is told of the anchor, which stands behind them.
    """
    return (
        _pretext(report, facts, item)
        or _met(report, facts, item)
        or (item.anchor.status == "asserted" and _unreal(facts))
        or _done_by_hit(facts, item)
        or _another_toll(facts, item)
        or _arrested_for(facts, item)
        or _told_of_hit(report, facts, item)
        or _over_days(report, facts, item)
        or _counted_from(report, facts, item)
        or _sworn_and_fallen(facts, item)
        or _protested_at(report, facts, item)
        or _shot_after(report, facts, item)
        or (facts[-1].anchor.kind in _CUSTODY and _held_for(report, facts, item))
    )


def only_when(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor only names when or why the event before it was, and tells no event ("before the truce began", "in protest at the
    attacks")."""
    if item.anchor.kind == _AGREE and not (item.anchor.verb or item.dates) and _sworn_and_fallen(facts, item):
        return True
    more = item.anchor.harm or any(p.mention.first > item.anchor.index for p in item.places)
    return not more and _protested_at(report, facts, item)


def _harm(facts: Sequence[Facts]) -> list[HarmMention]:
    return [m for f in facts for m in f.anchor.harm]


def _pretext(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor names what an event was done for ("shot him, claiming that he had carried out an attack")."""
    told, index = facts[-1].anchor.index, item.anchor.index
    pretexts = report.clauses.marked(_PRETEXT, told, index)
    return bool(pretexts) and report.clauses.same_sentence(pretexts[0], index)


def _met(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an event only coincided with what an anchor names, or answered it ("the raids coincided with fights in which 40", "came in
    answer to the firing of rockets")."""
    anchor, floor = item.anchor, facts[-1].anchor.last + 1
    if report.clauses.mark_before(anchor.first, _NEAR, floor, _MEETS) is not None:
        return True
    if not anchor.definite and report.clauses.mark_before(anchor.first, _NEAR, floor, _ANSWER) is not None:
        return True
    last, begin = facts[-1].anchor, report.clauses.sentence(anchor.index)[0]
    fronted = report.clauses.mark_before(last.first, _NEAR, begin, _ANSWER) if last.index >= begin else None
    if fronted is not None and fronted.first - begin <= _FRONT and report.clauses.commas(last.last, anchor.first):
        return True  # "in its answer to an attack on X, the army shelled"
    told = report.clauses.marked(
        _RELATIVE, anchor.last + 1, anchor.last + 2
    )  # "in answer to attacks, above all the shelling that hit X"
    return bool(
        told and report.clauses.same_sentence(floor, anchor.first) and report.clauses.marked(_ANSWER, floor, anchor.first)
    )


def _done_by_hit(facts: Sequence[Facts], item: Facts) -> bool:
    """Whether whoever was hit in an event is behind what an anchor names ("struck posts of X, which is behind the attack")."""
    behind = [key(p) for p, why in item.roles.agents if why == _BEHIND]
    return bool(behind) and any(key(p) in behind for f in facts for p, _ in f.roles.patients)


def _another_toll(facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an event told anew, on a day of its own, took another number of people ("one was killed in a raid ... On Saturday three were killed in a raid")."""
    if item.anchor.definite or item.date is None or item.date.duration or not item.anchor.harm:
        return False
    told = {m.kind: m.min for m in reversed(_harm(facts)) if m.min is not None and not m.part}
    mine = [m for m in item.anchor.harm if m.kind in told and m.min is not None and not m.part and not m.corrected]
    return bool(mine) and all(m.min != told[m.kind] for m in mine) and all(f.date is not item.date for f in facts)


def _told_of_hit(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor tells, in a clause on whoever was hit in an event, what he had done ("struck a post of the group that had fired", or,
    of gunmen told of without article, right behind them)."""
    first, trigger = item.anchor.first, item.anchor.trigger
    if not item.anchor.verb or trigger is None or trigger.proclitic:
        return False
    who = bool(report.clauses.marked(_RELATIVE, first - 1, first))
    hit = [p for f in facts for p, _ in f.roles.patients if who or p.id == _UNNAMED]
    return any(p.last == first - 1 - who and report.clauses.same_sentence(p.last, first) for p in hit)


def _arrested_for(facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor tells of arrests behind an abduction, each with its people ("freed three who were abducted, and held two")."""
    held = item.anchor.kind == "arrest" and any(m.kind == "arrested" and m.min is not None for m in item.anchor.harm)
    return held and facts[0].anchor.kind == "abduct" and any(m.kind == "abducted" and m.min is not None for m in _harm(facts))


def _over_days(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor tells what went on since a day, and an event happened on one ("one was killed ... Since March 70 were killed")."""
    begun = item.date
    if not item.anchor.harm or begun is None or begun.since is None or not (begun.rule == _SINCE or report.opens_stretch(begun)):
        return False
    days = [d for f in facts for d in f.dates if d.until is not None]
    if not days or any(d.duration or d.rule == _SINCE or report.opens_stretch(d) for d in days):
        return False
    return any(d.until is not None and d.until - begun.since >= _SOME_DAYS for d in days)


def _counted_from(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor names what a running total is counted from, to which the dead of an event are added ("three were killed, which
    brings the toll to 386 since the start of the attack")."""
    if not report.way_before(item.anchor.first, _SINCE):
        return False
    mine = (m for m in item.anchor.harm if m.voice == "toll" or m.corrected)
    return any(
        running_total(report, m, told) for m in mine for told in _harm(facts) if told.kind == m.kind and told.last < m.first
    )


def _sworn_and_fallen(facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an agreement is told beside people who were killed or hurt: they fell in something else ("270 were killed since the truce")."""
    return (item.anchor.kind == _AGREE and any(m.kind in _HURT for m in _harm(facts))) or (
        any(m.kind in _HURT for m in item.anchor.harm) and all(f.anchor.kind == _AGREE for f in facts)
    )


def _protested_at(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor names the attack that a protest is about ("demonstrated in protest at the attacks by")."""
    attack = item.anchor.kind in _PROTESTED and not item.anchor.verb and bool(item.roles.agents)
    told = facts[-1].anchor.index
    return attack and report.clauses.same_sentence(told, item.anchor.index) and all(f.anchor.kind == "protest" for f in facts)


def _shot_after(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor names what shots followed, with people of its own who came to harm ("shot a man after a stabbing in which two were")."""
    anchor, told = item.anchor, facts[-1].anchor.index
    if anchor.verb or not anchor.harm or any(f.anchor.kind != "fire" or f.anchor.harm for f in facts):
        return False
    after = report.clauses.mark_before(anchor.first + 1, _NEAR, told, _AFTERWARDS)
    return report.clauses.same_sentence(told, anchor.index) and after is not None


def _held_for(report: Report, facts: Sequence[Facts], item: Facts) -> bool:
    """Whether an anchor names what people were arrested for ("arrested a man on suspicion of the murder of an officer")."""
    told, anchor = facts[-1].anchor, item.anchor
    if anchor.kind in _CUSTODY or not report.clauses.same_sentence(told.index, anchor.index):
        return False
    return bool(report.clauses.marked(_HELD_FOR, told.index, anchor.index))


def _unreal(facts: Sequence[Facts]) -> bool:
    """Whether an event is only wished or feared."""
    return all(f.anchor.status == "none" for f in facts)
