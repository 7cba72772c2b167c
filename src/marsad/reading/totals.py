"""Totals: tolls of a war, of a stretch of time, or of all that fell since some day, which no one event beside them took."""

from __future__ import annotations

from datetime import timedelta

from marsad.reading.anchors import Anchor, family
from marsad.reading.harm import HarmMention
from marsad.reading.report import Report

__all__ = [
    "adds_to_whole",
    "begun_long_ago",
    "counted_since",
    "immense",
    "names_war",
    "of_hours",
    "of_period",
    "of_war",
    "onset",
    "running_total",
]

_WAR, _WITHIN = "war", "within"
_DAYS = timedelta(days=4)
_PERIOD = 3  # tokens between a stretch of time and the toll of it
_IMMENSE = 5_000  # killed
_WHOLES = frozenset({"since", "war", "campaign"})
_SUM, _SINCE = 14, 8  # tokens before and behind the number of a running total in which it is told since when, or of what, it is


def immense(mention: HarmMention) -> bool:
    """Whether a toll is beyond what any one event takes, whatever event word stands beside it."""
    return mention.kind == "killed" and (mention.min or 0) >= _IMMENSE


def running_total(report: Report, mention: HarmMention, before: HarmMention) -> bool:
    """Whether a toll is the running total since some day, or of a war, that fewer people told right before it are added to; those of the
    last hours are never the whole."""
    if not (mention.corrected or mention.voice == "toll"):
        return False
    if before.min is None or mention.min is None or before.min >= mention.min or before.negated:
        return False
    if of_hours(report, before) and mention.corrected:
        return True
    start, end = report.clauses.sentence(mention.victims)
    begin = max(start, before.last + 1, mention.victims - _SUM)
    end = min(end, mention.last + _SINCE)  # not farther, however long the sentence is
    end = next((at for at in range(mention.last + 1, end) if report.clauses.commas(at - 1, at + 1)), end)
    return any(report.way_at(at) in _WHOLES for at in range(begin, end))


def of_war(report: Report, mention: HarmMention) -> bool:
    """Whether a toll is told as that of a war ("the war in X has left thousands dead"), and so of no event beside it."""
    verb = mention.cause_before if mention.cause_before >= 0 else mention.predicate if mention.voice == "carrier" else -1
    return verb >= 0 and report.way_at(verb + 1) == _WAR


def of_period(report: Report, mention: HarmMention) -> bool:
    """Whether a toll is told as that of some stretch of time ("the toll of March was 30 dead"), whatever stands before it."""
    begin = report.clauses.sentence(mention.first)[0]
    near = [d for d in report.dates if begin < d.first and 0 < mention.first - d.last <= _PERIOD and d.since != d.until]
    return bool(near) and report.way_at(near[-1].first - 1) == "toll"


def of_hours(report: Report, mention: HarmMention) -> bool:
    """Whether a toll is told as that of the last hours or days ("34 dead reached the hospitals in the last 24 hours")."""
    begin, end = report.clauses.sentence(mention.victims)
    near = (d for d in report.dates if begin <= d.first < end and d.rule == _WITHIN and d.duration)
    return any(abs(d.first - mention.last) <= _SUM for d in near)


def counted_since(report: Report, mention: HarmMention) -> bool:
    """Whether a toll is a sum that was counted since a day some days ago ("the number of the displaced since May reached 40,000")."""
    if mention.voice != "toll":
        return False
    begin = report.clauses.sentence(mention.first)[0]
    near = (d for d in report.dates if begin <= d.first <= mention.last)
    since = (d for d in near if d.since is not None and (d.rule == "since" or report.opens_stretch(d)))
    return report.published is not None and any(report.published - d.since >= _DAYS for d in since if d.since is not None)


def begun_long_ago(report: Report, mention: HarmMention) -> bool:
    """Whether a toll is told of all that fell since something began ("since the truce began 270 have been killed"), some days ago if a day is
    told."""
    begin, end = report.clauses.sentence(mention.victims)
    near = range(max(begin, mention.first - _SUM), min(end, mention.last + _SINCE))
    opening = next((at for at in near if report.way_at(at) == "since"), -1)
    if opening < 0 or mention.kind not in ("killed", "injured"):
        return False
    days = [d.since for d in report.dates if opening <= d.first <= opening + _SINCE and d.since is not None]
    return not days or report.published is None or report.published - days[0] >= _DAYS


def names_war(anchor: Anchor) -> bool:
    """Whether an anchor names "the aggression" as a whole."""
    return anchor.kind == "attack" and anchor.strength == "weak"


def onset(report: Report, anchor: Anchor, told: Anchor) -> bool:
    """Whether an event like the one told before is what a stretch of time began with ("since the start of the shelling")."""
    return family(anchor.kind) == family(told.kind) and report.way_before(anchor.first, "since")


def adds_to_whole(report: Report, anchor: Anchor, mention: HarmMention) -> bool:
    """Whether a toll with a verb of its own is told before a whole, to which it only adds ("..., which brings the toll of the war to")."""
    own = mention.predicate >= 0 and mention.voice in ("passive", "active") and mention.cause_before < 0
    return own and mention.last < anchor.index and report.clauses.commas(max(mention.last, mention.cause_after), anchor.index) > 0
