"""Datings: the days of an event — told by its own sentences, shared with them, carried over from the passage, or the day of the news.

Conventions 3 and 5 of ``docs/claims.md``: an event told as news without any date ends on the publication day, also an older one that
is only recalled; a stretch of time dates a toll over it, and an event only where nothing nearer does. The day on which somebody spoke
dates what was told then only where no other day does, and nothing that is doubted or only planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from marsad.model import Date, Evidence
from marsad.reading.beginnings import counted_since, heading_day, same_stretch
from marsad.reading.carrying import Carrying, recalled
from marsad.reading.dates import DateMention
from marsad.reading.fit import fit_signs
from marsad.reading.joining import Event
from marsad.reading.owndays import told_day, told_last
from marsad.reading.report import Report
from marsad.reading.scope import part_of, scope
from marsad.record import replace

__all__ = ["date_of"]

# Kinds of events that are over at once: since when they last is when they were.
_MOMENTS = frozenset({"abduct", "missing", "arrest", "kill", "explosion", "suicide", "shootdown", "capture"})
_FEW_DAYS = timedelta(days=3)
_FRONT = 3  # tokens at the head of a sentence
_NEAR = 3  # sentences that a day carries over
_EARLIER = 3  # events looked back at
# Days by which a stretch told in such units can miss the day on which it began.
_ROUGH = {"week": 3, "month": 15, "year": 366}
_FINENESS = ("day", "days", "week", "month", "season", "year", "unknown")
_MID = (11, 20)
_DAYS_AGO = timedelta(days=14)  # as far back as "days ago" goes
_ALIKE = frozenset({"same", "same_family", "same_kind", "same_lemma", "compatible"})
_LEAD = 1  # sentences behind the first one that still belong to the lead
_UNLIKE = frozenset({"incompatible", "other_agents", "other_patients", "other_place", "other_toll"})
_OTHERS = frozenset({"incompatible", "other_patients"})


def date_of(
    report: Report, event: Event, events: list[Event], carrying: Carrying, extent: str, status: str = "asserted"
) -> tuple[Date, str]:
    """The dating of an event and the rule that made it.

    Args:
        report: the report.
        event: the event.
        events: all events of the report, in order.
        carrying: weighs the days told before.
        extent: whether the claim is an ``event`` or an ``aggregate``.
        status: whether it is asserted, denied, uncertain or planned.
    """
    aggregate = extent == "aggregate"
    if status == "planned":
        ahead = next((d for f in event.facts for d in f.dates if d.future), None)
        return (Date(), "what is only planned has no day") if ahead is None else (_record(report, ahead, aggregate), ahead.rule)
    own = same_stretch(report, event) or told_day(report, event, aggregate)
    if status == "uncertain" and (own is None or own.first < event.first.anchor.index):
        return Date(), "nothing tells when what is doubted was"
    if own is not None:
        if not aggregate and own.onset is not None and event.first.anchor.kind in _MOMENTS:
            begun, last = own.onset  # "missing for ten days"
            own = replace(own, since=begun, until=last, duration=False, precision="day" if begun == last else own.precision)
        own = _exact(report, own) if aggregate else _day_within(report, event, events, _night(report, own))
        return _record(report, own, aggregate), own.rule
    if event.base is not None:
        return date_of(report, event.base, events, carrying, extent, status)
    first = event.first.anchor.index
    older = report.is_background(first) and not any(a.covers(first) for a in report.attributions)
    older = older or event.first.anchor.total  # a running total is of more days than what is told before it
    weighed = None
    if aggregate:
        carried = counted_since(report, event, events) or _of_toll(report, event, None if older else events)
    else:
        carried = None if older else _of_parts(report, event, events)
        weighed = carrying.before(event) if carried is None and not event.first.anchor.total else None
        if weighed is not None and carrying.carries(event, *weighed):
            carried = weighed[1]
        if carried is None and not older and status == "asserted":
            carried = _opening(report, event, events) or heading_day(report, event)
    if carried is not None:
        return _record(report, carried, aggregate), f"{carried.rule}, told before in the passage"
    after = None if older or aggregate else _announced(report, event, events)
    if after is not None:
        return _record(report, after, aggregate), f"{after.rule}, told behind the lead"
    stretch = _stretch(report, event, events)
    if stretch is not None:
        return _record(report, stretch, aggregate), stretch.rule
    led = None if older or aggregate or status != "asserted" else _led(report, event, events)
    if led is not None and (weighed is None or weighed[1] is not led):
        return _record(report, led, aggregate), f"{led.rule}, told in the lead"
    if report.published is not None:
        return Date(None, report.published.isoformat(), "unknown"), "told as news"
    return Date(), "no day is told"


def _of_toll(report: Report, event: Event, events: list[Event] | None) -> DateMention | None:
    """The days of the toll that one is a part of, or of the toll told just before in the passage if the report has not turned elsewhere."""
    whole = part_of(report, event)
    day = told_day(report, whole, aggregate=True) if whole is not None else None
    if day is not None or events is None:
        return day
    for earlier in _passage(report, event, events):
        day = told_day(report, earlier, aggregate=True)
        if day is not None and day.rule != "after":  # "the day after the visit": that of the visit
            return day if scope(report, earlier, None) == "aggregate" else None
    return None


def _passage(report: Report, event: Event, events: list[Event]) -> Iterator[Event]:
    """The events told before one in its passage, the last one first: up to where the report turns or is silent for long."""
    first = event.first.anchor.index
    for earlier in told_last(events, event, _EARLIER):
        last = max(f.anchor.index for f in earlier.facts if f.anchor.index < first)
        if report.clauses.turns(last, first) or report.clauses.sentences_apart(last, first) > _NEAR:
            return
        yield earlier


def _of_parts(report: Report, event: Event, events: list[Event]) -> DateMention | None:
    """The few days of the toll told just before in the passage, of which an event tells a part ("in the last two days ... Of them four")."""
    for earlier in _passage(report, event, events):
        if told_day(report, earlier, aggregate=False) is not None:
            return None
        stretch = _stretch(report, earlier, events)
        if stretch is not None and _brief(stretch) and _part(report, earlier, event):
            return stretch
    return None


def _opening(report: Report, event: Event, events: list[Event]) -> DateMention | None:
    """The day that the lead tells with no event of its own, where no other day stands between it and the event."""
    first, told = event.first.anchor.index, None
    if event.first.anchor.definite:
        return None
    for day in report.dates:
        if day.first >= first:
            break
        if day.future or not day.until or day.rule == "after" or (day.rule == "date" and day.until == report.published):
            continue  # the last is that of a dateline
        if told is not None and (day.since, day.until) != (told.since, told.until):
            return None
        told = told or day
    if told is None or told.background or (told.duration and not _brief(told)) or told.since is None:
        return None
    if report.clauses.sentences_apart(0, told.first) > _LEAD or report.clauses.turns(told.first, first):
        return None
    if not 0 < report.clauses.sentences_apart(told.first, first) <= _NEAR:
        return None
    owned = any(told in f.dates or f.shared_date is told for e in events for f in e.facts)
    return None if owned else told


def _announced(report: Report, event: Event, events: list[Event]) -> DateMention | None:
    """The day told right behind a lead that announces its event without one."""
    last = event.facts[-1].anchor.index
    if event is not events[0] or report.published is None or report.clauses.sentences_apart(0, event.first.anchor.index):
        return None
    for later in events[1:_EARLIER]:
        first = later.first.anchor.index
        if first < last:
            continue
        if report.clauses.turns(last, first) or report.clauses.sentences_apart(last, first) >= _NEAR:
            return None
        day = told_day(report, later, aggregate=False)
        if day is not None:
            turned = day.first - report.clauses.sentence(day.first)[0] < _FRONT  # "And on Saturday ...": something else happened
            turned = turned or "other_place" in fit_signs(report, event.facts, later.first, True)
            turned = turned or later.first.anchor.other  # "a similar attack last week"
            turned = turned or day.background or day.duration or (day.precision != "day" and _other_people(event, later))
            return None if turned or _apart(report, event, later) else day
    return None


def _other_people(event: Event, later: Event) -> bool:
    """Whether two events tell of the same harm to other numbers of people."""
    told = {m.kind: m.min for m in event.harm if m.min is not None}
    return any(m.min is not None and told.get(m.kind, m.min) != m.min for m in later.harm)


def _led(report: Report, event: Event, events: list[Event]) -> DateMention | None:
    """The day of the event of the lead, where this one is of a kind that goes with it or points to it ("the attack"), however much stands between."""
    first = event.first.anchor
    for lead in events[:_EARLIER]:
        begun = lead.first.anchor.index
        if begun >= first.index or report.clauses.sentences_apart(0, begun) > _LEAD or report.clauses.turns(begun, first.index):
            break
        day = told_day(report, lead, aggregate=False)
        if day is None or day.background or day.duration or day.since is None or day.until != day.since or recalled(report, day):
            continue
        signs = set(fit_signs(report, lead.facts, event.first, True))
        alike = not signs.isdisjoint(_ALIKE) and signs.isdisjoint(_OTHERS) and "other_place" not in signs
        if alike or (first.definite and "no_place" in signs):
            return None if _moved_on(report, day, first.index) else day
    return None


def _moved_on(report: Report, day: DateMention, index: int) -> bool:
    """Whether the report tells of another day right before a token, or in its sentence."""
    days = (d for d in report.dates if d.until and not d.duration)
    others = (d for d in days if not (d.since == day.since and d.until == day.until))
    return any(0 <= report.clauses.sentences_apart(d.first, index) <= _NEAR for d in others if d.first > day.last)


def _part(report: Report, toll: Event, event: Event) -> bool:
    """Whether an event is of the kind of one told before and its toll a part of that one's."""
    signs = set(fit_signs(report, toll.facts, event.first, True))
    if signs.isdisjoint(_ALIKE):
        return False
    whole = {m.kind: m.min for f in toll.facts for m in f.anchor.harm if m.min is not None}
    return any(m.min is not None and m.min < whole.get(m.kind, 0) for f in event.facts for m in f.anchor.harm)


def _stretch(report: Report, event: Event, events: list[Event]) -> DateMention | None:
    """The stretch of time that an event is told with, where nothing nearer dates it; a brief one also far off in a sentence of its own."""
    own = next((d for f in event.facts for d in f.dates if d.duration and d.until and not d.background), None)
    if own is not None:
        return own
    far = next((d for f in event.facts if (d := f.shared_date) is not None and _brief(d)), None)
    if far is None:
        return None
    first, end = report.clauses.sentence(far.first)
    alone = all(e is event or not any(first <= f.anchor.index < end for f in e.facts) for e in events)
    return far if alone else None


def _brief(day: DateMention) -> bool:
    """Whether a stretch is of so few days that all that is told with it happened then ("in the last two days")."""
    if not day.duration or day.background or day.since is None or day.until is None:
        return False
    return day.until - day.since <= _FEW_DAYS


def _apart(report: Report, earlier: Event, event: Event) -> bool:
    """Whether an event is another matter than the one told before: of another kind, or against others, and not by the same party."""
    signs = set(fit_signs(report, earlier.facts, event.first, True))
    return "same_agents" not in signs and not signs.isdisjoint(_OTHERS)


def _night(report: Report, night: DateMention) -> DateMention:
    """A night told as the last one, counted from the day on which somebody spoke of it ("said on Saturday that overnight ...")."""
    if night.rule != "night" or night.until != report.published or report.published is None:
        return night
    begin = report.clauses.sentence(night.first)[0]
    days = [d for d in report.dates if begin <= d.first < night.first and d.since is not None and d.since == d.until]
    spoken = next((d.since for d in reversed(days) if report.told_with_speech(d.first, night.first)), None)
    if spoken is None or not timedelta(0) < report.published - spoken <= _DAYS_AGO:
        return night
    return replace(night, since=spoken - timedelta(days=1), until=spoken)


def _exact(report: Report, toll: DateMention) -> DateMention:
    """The stretch that begins exactly where one told roughly begins ("in three weeks", and elsewhere "since 18 February")."""
    begun, published = toll.since, report.published
    if begun is None or published is None or toll.until not in (published, None) and not report.opens_stretch(toll):
        return toll
    rough = _ROUGH.get(toll.precision, 0) if toll.duration else 10 * (toll.rule == "part of month")
    found = [(abs((d.since - begun).days), d) for d in report.dates if d.rule == "since" and d.since and d.until == published]
    finer = [f for f in found if _FINENESS.index(f[1].precision) < _FINENESS.index(toll.precision) or not toll.duration]
    return min((f for f in finer if f[0] <= rough), key=lambda f: f[0], default=(0, toll))[1]


def _day_within(report: Report, event: Event, events: list[Event], rough: DateMention) -> DateMention:
    """The day of an event that is told roughly here ("the attack last week") and exactly elsewhere ("on Tuesday"), not that of the news."""
    days_ago = rough.rule == "ago" and rough.since is None
    if rough.duration or rough.until is None or not (days_ago or rough.precision in ("week", "month")):
        return rough
    begun, known = rough.since or rough.until - min(_DAYS_AGO, rough.until - date.min), dict[date, DateMention]()
    for other in (event, *events):
        days = ((f, d) for f in other.facts for d in f.dates if d.precision == "day" and not d.duration)
        day = next((d for f, d in days if not report.spoken_on(d.first, f.anchor.index)), None)
        if day is None or day.since is None or not begun <= day.since <= rough.until or day.since == report.published:
            continue
        if other is event:
            return day
        signs = set(fit_signs(report, other.facts, event.first, True))
        if not signs.isdisjoint(_ALIKE) and signs.isdisjoint(_UNLIKE):
            known[day.since] = day
    return next(iter(known.values())) if len(known) == 1 else rough


def _record(report: Report, date: DateMention, aggregate: bool) -> Date:
    since, until, precision = date.since, date.until, date.precision
    published = report.published
    begun = aggregate and report.begins_stretch(date)
    if begun and published is not None and since is not None and date.rule == "ago" and precision == "week":
        since, precision = since + timedelta(days=published.weekday()), "days"  # "began two weeks ago": on that day
    if (
        published is not None
        and (until is None or begun or (aggregate and report.opens_stretch(date)))
        and since is not None
        and since <= published
    ):
        if date.rule == "part of month" and until is not None and (since.day, until.day) == _MID:
            since = since.replace(day=15)  # "since it broke out in the middle of the month"
        until = published  # "since" a day: up to the report
        precision = "days" if precision == "day" else precision
    if aggregate and published is not None and since is not None and until is not None and since <= published < until:
        until = published  # "this year": what was counted so far
    if not aggregate and date.until is None and date.duration and date.since is None:
        return Date()
    return Date(
        since.isoformat() if since else None,
        until.isoformat() if until else None,
        precision,
        (Evidence.of(report.document.text, date.start, date.end),),
    )
