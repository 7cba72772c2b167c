"""Own days: the day that an event's own sentences tell, before the day on which somebody spoke of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from marsad.reading.anchors import Anchor
from marsad.reading.dates import DateMention
from marsad.reading.joining import Event
from marsad.reading.report import Report
from marsad.record import replace

__all__ = ["told_day", "told_last"]

_LASTING = timedelta(days=3)  # of a fight of which both ends are told
_RELATIVE = 5  # tokens behind an event within which the clause on it begins
# Tokens from a verb of beginning to its day, and from an event to such a verb that tells of something else.
_BEGIN, _BEGUN, _CAMPAIGN = frozenset({"begin"}), 6, 2


def told_day(report: Report, event: Event, aggregate: bool) -> DateMention | None:
    """The day that the event's own sentences tell, before the day on which somebody spoke of it."""
    found = [(f, d) for f in event.facts for d in f.dates[:2] if (d.until or d.since) and not d.future]
    if not aggregate:
        found = [(f, d) for f, d in found if not report.dates_beginning(d) and not _of_campaign(report, f.anchor, d)]
    late = [report.spoken_on(d.first, f.anchor.index) for f, d in found]
    own = [d for f, d in found if not d.duration and _clause_tells(report, f.anchor, d)]
    own = own or [d for (_, d), its in zip(found, late, strict=True) if not its]
    shared = [(f, d) for f in event.facts if (d := f.shared_date) is not None and (d.until or d.since) and not d.future]
    if not aggregate:
        shared = [(f, d) for f, d in shared if not report.dates_beginning(d) and not _of_campaign(report, f.anchor, d)]
    if aggregate:  # on what day somebody counted says nothing of the days counted
        own += [d for f, d in shared if not report.spoken_on(d.first, f.anchor.index)]
        stretch = next((d for d in own if d.duration and d.rule != "after"), None)
        if stretch is not None:
            return stretch
    own = own or [d for _, d in found if not aggregate]
    day = next((d for d in own if not d.duration), None) or next((d for d in own if d.until), None)
    if day is not None:
        return _lasting(event, day)
    if aggregate and own:
        return own[0]
    return next((d for _, d in shared if not aggregate and not d.duration), None)


def told_last(events: list[Event], event: Event, most: int) -> Iterator[Event]:
    """The events told before one, the last one first, so many at most."""
    first = event.first.anchor.index
    before = [e for e in events if e.first.anchor.index < first and e is not event]
    return reversed(before[-most:])


def _of_campaign(report: Report, anchor: Anchor, day: DateMention) -> bool:
    """Whether a day is that on which something told behind an event began ("retook the town in a campaign that began in March")."""
    if not report.begins_stretch(day):
        return False
    begun = report.clauses.marked(_BEGIN, max(anchor.last + 1, day.first - _BEGUN), day.first)
    return bool(begun) and begun[-1] - anchor.last > _CAMPAIGN and not report.clauses.opens(anchor.last, begun[-1])


def _lasting(event: Event, day: DateMention) -> DateMention:
    """A day with the end of the event, where that is told apart ("on Saturday night ..., and lasted until Sunday")."""
    if day.duration or day.since is None:
        return day
    ends = [d for f in event.facts for d in (*f.dates, f.shared_date) if d is not None and d.rule == "until"]
    end = next((d for d in ends if d.until and timedelta(0) < d.until - day.since <= _LASTING), None)
    return day if end is None else replace(day, until=end.until, precision="days")


def _clause_tells(report: Report, anchor: Anchor, day: DateMention) -> bool:
    """Whether a day stands in the clause on a known event ("the attack that hit the town on Friday")."""
    if not anchor.definite or anchor.verb or day.first < anchor.last:
        return False
    marks = [report.clauses.marks.get(i) for i in range(anchor.index + 1, anchor.last + _RELATIVE)]
    return any(mark is not None and "relative" in mark.types for mark in marks)
