"""Beginnings: days that are told apart from what happened on them.

The day since which a toll was counted, where its sentence only points to what began then ("since the truce took hold", "since then");
the day at the head of a list; the stretch told before ("during the same period").
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from marsad.reading.dates import DateMention
from marsad.reading.joining import Event
from marsad.reading.listing import items_of
from marsad.reading.owndays import told_day
from marsad.reading.report import Report
from marsad.reading.ways import lemmas_of
from marsad.record import replace

__all__ = ["counted_since", "heading_day", "same_stretch"]

_SINCE, _THENCE = "since", "thence"  # ways of words
_PERIOD = frozenset({"period"})
_BEGIN = frozenset({"begin"})
_NAMED = 5  # tokens from "since" to what began, or to its day
_BEFORE, _BEHIND = 6, 4  # tokens between a word for beginning and its day
_HEAD, _FEWEST = 3, 2  # sentences at the head of a report, and items that make a list
_PASSAGE, _WORD = 2, 5  # sentences from a day to a toll that points back to it; letters of a word that tells what began
_LONG_AGO = timedelta(days=7)
_AGREED = "agree"
_RULE = "day on which what is told behind since began"


def counted_since(report: Report, event: Event, events: list[Event]) -> DateMention | None:
    """The stretch from the day on which what a toll was counted since began, as it is told elsewhere, to the day of the report.

    Args:
        report: the report.
        event: a toll without a day of its own.
        events: all events of the report.
    """
    at, published = _opening(report, event), report.published
    if at < 0 or published is None:
        return None
    first = event.first.anchor.index
    begun = bool(report.clauses.marked(_BEGIN, at + 1, at + 1 + _NAMED)) or report.way_at(at) != _SINCE
    days = [d for d in _begun(report) if _told_of(report, at, d)] if begun else list(_agreed(report, event, events))
    days = [d for d in days if d.since is not None and d.since < published]
    day = next((d for d in reversed(days) if d.last < first), None) or next((d for d in days if d.first > first), None)
    if day is None:
        return None
    precision = "days" if day.precision == "day" else day.precision
    return replace(day, until=published, duration=True, precision=precision, rule=_RULE)


def heading_day(report: Report, event: Event) -> DateMention | None:
    """The day, before that of the report, that stands alone on a line at the head of a list of what happened then, or None."""
    published, text = report.published, report.text
    if published is None or len(items_of(text)) < _FEWEST:
        return None
    for day in report.dates:
        if day.first >= event.first.anchor.index or text.tokens[day.first].sentence > _HEAD:
            return None
        low, high = text.sentences[text.tokens[day.first].sentence]
        alone = all(day.first <= at <= day.last for at in range(low, high) if text.tokens[at].kind in "wn")
        if alone and day.since is not None and day.since == day.until and timedelta(0) < published - day.since <= _LONG_AGO:
            return day
    return None


def same_stretch(report: Report, event: Event) -> DateMention | None:
    """The stretch told last before an event that is told to have been in the same one ("during the same period 47 attacks")."""
    for facts in event.facts:
        low, high = report.clauses.sentence(facts.anchor.index)
        marks = report.clauses.marked(_PERIOD, low, high)
        if marks:
            told = (d for d in reversed(report.dates) if d.last < marks[0] and d.since is not None and d.until is not None)
            return next((d for d in told if d.since != d.until and d.since != report.published and not d.background), None)
    return None


def _opening(report: Report, event: Event) -> int:
    """The word for "since" in a sentence of a toll, behind which no day stands, or for "since then"; -1 if there is none."""
    thence = lemmas_of(report.language, _THENCE)
    for facts in event.facts:
        low, high = report.clauses.sentence(facts.anchor.index)
        for at in range(low, high):
            if report.text.forms[at] in thence:
                return at
            if report.way_at(at) == _SINCE and not any(at < d.first <= at + 1 + _NAMED for d in report.dates):
                return at
    return -1


def _begun(report: Report) -> Iterator[DateMention]:
    """The days on which something is told to have begun."""
    for day in report.dates:
        low, high = report.clauses.sentence(day.first)
        # "Since Friday night" is no beginning of a campaign by itself.
        long_ago = day.since is not None and report.published is not None and report.published - day.since >= _LONG_AGO
        begins = long_ago or bool(report.clauses.marked(_BEGIN, low, high))
        near = report.clauses.marked(_BEGIN, max(low, day.first - _BEFORE), min(high, day.last + 1 + _BEHIND))
        if (
            day.precision != "year"
            and not day.future
            and ((day.rule == _SINCE and begins) or (near and day.precision == "day" and not day.duration))
        ):
            yield day


def _told_of(report: Report, at: int, day: DateMention) -> bool:
    """Whether a day is that of what is named behind a word for "since": told right before, or with the same word for what began."""
    if 0 <= report.clauses.sentences_apart(day.first, at) <= _PASSAGE:
        return True
    low, high = report.clauses.sentence(day.first)
    named = {form for form in report.text.forms[at + 1 : at + 1 + _NAMED] if len(form) >= _WORD}
    return not named.isdisjoint(report.text.forms[low:high])


def _agreed(report: Report, event: Event, events: list[Event]) -> Iterator[DateMention]:
    """The days of the agreements that a report tells."""
    for other in events:
        if other is not event and other.first.anchor.kind == _AGREED:
            day = told_day(report, other, aggregate=False)
            if day is not None and day.precision == "day" and not day.duration:
                yield day
