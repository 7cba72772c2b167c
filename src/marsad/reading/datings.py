"""Datings: the days of an event — told by its own sentences, shared with them, carried over from the passage, or the day of the news.

Conventions 3 and 5 of ``docs/claims.md``: an event told as news without any date ends on the publication day; an older event that is
only recalled stays open; a stretch of time dates a toll over it, and an event only where nothing nearer does.
"""

from __future__ import annotations

from marsad.model import Date, Evidence
from marsad.reading.dates import DateMention
from marsad.reading.joining import Event
from marsad.reading.report import Report

__all__ = ["date_of"]

_NEAR = 3  # sentences that a day carries over
_EARLIER = 3  # events looked back at
_SINCE = 6  # tokens before a date within which "since" opens a stretch


def date_of(report: Report, event: Event, events: list[Event], scope: str) -> tuple[Date, str]:
    """The dating of an event and the rule that made it.

    Args:
        report: the report.
        event: the event.
        events: all events of the report, in order.
        scope: whether the claim is an ``event`` or an ``aggregate``.
    """
    aggregate = scope == "aggregate"
    own = _told(event, aggregate)
    if own is not None:
        return _record(report, own, aggregate), own.rule
    if event.base is not None:
        return date_of(report, event.base, events, scope)
    first = event.first.anchor.index
    if report.is_background(first):
        return Date(), "an older event without a day"
    carried = _carried(report, event, events, aggregate)
    if carried is not None:
        return _record(report, carried, aggregate), f"{carried.rule}, told before in the passage"
    stretch = next((d for f in event.facts for d in f.dates if d.duration and d.until and not d.background), None)
    if stretch is not None:
        return _record(report, stretch, aggregate), stretch.rule
    if report.published is not None:
        return Date(None, report.published.isoformat(), "unknown"), "told as news"
    return Date(), "no day is told"


def _told(event: Event, aggregate: bool) -> DateMention | None:
    """The day that the event's own sentences tell."""
    own = [d for f in event.facts for d in f.dates[:2] if d.until or d.since]
    if aggregate:
        stretch = next((d for d in own if d.duration), None)
        if stretch is not None:
            return stretch
    day = next((d for d in own if not d.duration), None) or next((d for d in own if d.until), None)
    if day is not None:
        return day
    if aggregate and own:
        return own[0]
    shared = [f.shared_date for f in event.facts if f.shared_date is not None]
    return next((d for d in shared if (d.until or d.since) and (aggregate or not d.duration)), None)


def _carried(report: Report, event: Event, events: list[Event], aggregate: bool) -> DateMention | None:
    """The day of the event told just before in the passage, if the report has not turned elsewhere."""
    first = event.first.anchor.index
    before = [e for e in events if e.first.anchor.index < first and e is not event]
    for earlier in reversed(before[-_EARLIER:]):
        last = max(f.anchor.index for f in earlier.facts if f.anchor.index < first)
        if report.clauses.turns(last, first) or report.clauses.sentences_apart(last, first) > _NEAR:
            return None
        day = _told(earlier, aggregate)
        if day is not None:
            return None if not aggregate and (day.background or day.duration) else day
    return None


def _record(report: Report, date: DateMention, aggregate: bool) -> Date:
    since, until, precision = date.since, date.until, date.precision
    published = report.published
    if (
        published is not None
        and (until is None or (aggregate and _opens(report, date)))
        and since is not None
        and since <= published
    ):
        until = published  # "since" a day: up to the report
        precision = "days" if precision == "day" else precision
    if not aggregate and date.until is None and date.duration and date.since is None:
        return Date()
    return Date(
        since.isoformat() if since else None,
        until.isoformat() if until else None,
        precision,
        (Evidence.of(report.document.text, date.start, date.end),),
    )


def _opens(report: Report, date: DateMention) -> bool:
    """Whether a word for "since" stands shortly before the date."""
    return not date.duration and report.way_before(date.first, "since", _SINCE)
