"""From what a date expression says to the days that it means, counted from the publication date.

The rules are those of the claims format: a relative day counts from the publication, a weekday alone is the latest one
not after it, a month or day "last" lies before that of the publication, a week is Monday to Sunday.
"""

from __future__ import annotations

import datetime

from marsad.reading import calendar
from marsad.reading.datefeasts import of_decade, of_feast, of_season
from marsad.reading.datespec import NEWS, Convention, Reading, Spec, interval

__all__ = ["resolve"]

_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "later": (16, 31)}
_HALVES = {"early": (1, 15), "mid": (10, 20), "late": (16, 31), "later": (16, 31)}
_MONTHS = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "later": (7, 12)}
_HALF_YEARS = {"early": (1, 6), "mid": (4, 9), "late": (7, 12), "later": (7, 12)}
_WEEK = {"early": (-2, 1), "mid": (2, 3), "late": (5, 6), "later": (3, 6), "weekend": (5, 6)}
_HALF_WEEKS = {"early": (0, 2), "mid": (1, 4), "late": (3, 6), "later": (3, 6), "weekend": (5, 6)}


def resolve(spec: Spec, ref: datetime.date | None, convention: Convention = NEWS) -> Reading | None:
    """The days that a specification means.

    Args:
        spec: a specification that is ``dated``.
        ref: the publication date, or None if unknown.
        convention: how doubtful expressions are meant.

    Returns:
        A reading; without days if they hang on an unknown publication date. None if there is no such day.
    """
    if spec.named:
        first, last = spec.named.split("/")
        since, until = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
        return Reading(since, until, "day" if since == until else "days", False, "named")
    if spec.holiday:
        return of_feast(spec, ref, convention)
    if spec.month is not None:
        return _in_month(spec, ref, convention)
    if spec.season is not None:
        return of_season(spec, ref, convention)
    if spec.year is not None:
        return _year(spec, ref, convention)
    if spec.decade is not None:
        return of_decade(spec.decade, ref, convention)
    if ref is None:
        return Reading(None, None, "unknown", True, "relative")
    if spec.back in ("-1", "0", "1"):
        day = calendar.shift_days(ref, int(spec.back))
        return interval(day, day, "day", True, "relative")
    if spec.nth is not None:
        return _nth(spec, ref, convention)
    if spec.days:
        return _days_of_shifted_month(spec, ref, convention)
    if spec.nights is not None or spec.offset is not None:
        return _relative(spec, ref, convention)
    if spec.weekdays:
        return _weekdays(spec, ref, convention)
    return _unit(spec, ref, convention)


def _relative(spec: Spec, ref: datetime.date, convention: Convention) -> Reading | None:
    if spec.nights is not None:
        first = calendar.shift_days(ref, spec.nights)
        return interval(first, calendar.shift_days(ref, spec.nights + 1), "days", True, "night")
    assert spec.offset is not None
    day = calendar.shift_days(ref, spec.offset)
    if day is None:
        return None
    if len(spec.weekdays) == 1 and day.isoweekday() != spec.weekdays[0]:
        # The weekday is the surer of both: the publication date may be that of the collection.
        day = calendar.weekday_from(max(day, ref) if spec.offset <= 0 else day, spec.weekdays[0])
    elif spec.night == "late" and spec.offset < 0 and not spec.weekdays and not convention.bare:
        return interval(day, calendar.shift_days(day, 1), "days", True, "night")  # "after midnight yesterday": today by the clock
    return interval(day, day, "day", True, "relative")


def _weekdays(spec: Spec, ref: datetime.date, convention: Convention) -> Reading | None:
    if spec.week_shift is not None:
        week = calendar.week_span(ref)
        first = None if week is None else calendar.shift_days(week[0], 7 * spec.week_shift)
        if first is None:
            return None
        found = [calendar.shift_days(first, weekday - 1) for weekday in spec.weekdays]
        return interval(found[0], found[-1], "days", True, "weekday of week")
    last = _weekday(spec.weekdays[-1], spec.shift, ref, convention)
    if last is None:
        return None
    first = last
    for weekday in reversed(spec.weekdays[:-1]):
        before = calendar.shift_days(first, -1)
        first = calendar.weekday_from(before, weekday) if before is not None else None
        if first is None:
            return None
    if spec.night == "eve" and len(spec.weekdays) == 1:
        first = calendar.shift_days(last, -1)
    return interval(first, last, "days", True, "weekday")


def _weekday(weekday: int, shift: int | None, ref: datetime.date, convention: Convention) -> datetime.date | None:
    if shift is not None and shift < 0:
        before = calendar.shift_days(ref, -1)
        found = None if before is None else calendar.weekday_from(before, weekday)
        return found if shift == -1 or found is None else calendar.shift_days(found, 7 * (shift + 1))
    if shift is not None and shift > 0 or (shift is None and convention.prefer == "future") or (shift == 0 and convention.bare):
        after = calendar.shift_days(ref, 1)
        if after is not None and shift and convention.bare:
            week = calendar.week_span(ref)
            after = None if week is None else calendar.shift_days(week[0], 7 * shift)
        return None if after is None else calendar.weekday_from(after, weekday, step=1)
    return calendar.weekday_from(ref, weekday)


def _days_of_shifted_month(spec: Spec, ref: datetime.date, convention: Convention) -> Reading | None:
    if spec.month_shift is None and spec.weekdays:
        return _fitting_day(spec, ref)
    if spec.month_shift is None:
        for step in range(-1, 3) if convention.prefer == "future" else range(0, -3, -1):
            start = calendar.add_months(ref.replace(day=1), step)
            day = None if start is None else calendar.day_of(start.year, start.month, spec.days[0])
            if day is not None and (day >= ref if convention.prefer == "future" else day <= ref):
                return interval(day, day, "day", True, "day of month")
        return None
    start = calendar.add_months(ref.replace(day=1), spec.month_shift)
    if start is None:
        return None
    first = calendar.day_of(start.year, start.month, min(spec.days))
    last = calendar.day_of(start.year, start.month, max(spec.days))
    return interval(first, last, "days", True, "day of month")


def _fitting_day(spec: Spec, ref: datetime.date) -> Reading | None:
    """The nearest day of a month that falls on the weekday told ("Thursday 21")."""
    for step in (0, -1, 1, -2, 2):
        start = calendar.add_months(ref.replace(day=1), step)
        day = None if start is None else calendar.day_of(start.year, start.month, spec.days[0])
        if day is not None and day.isoweekday() == spec.weekdays[0]:
            return interval(day, day, "day", True, "day of month")
    return None


def _unit(spec: Spec, ref: datetime.date, convention: Convention) -> Reading | None:
    span: calendar.Span | None
    if spec.week_shift is not None:
        day = calendar.shift_days(ref, 7 * spec.week_shift)
        span = None if day is None else calendar.week_span(day)
        if span is not None and spec.part == "rest":
            return interval(ref, span[1], "days", True, "part of week")
        if span is not None and spec.part:
            a, b = (_HALF_WEEKS if convention.halves else _WEEK)[spec.part]
            first, last = calendar.shift_days(span[0], a), calendar.shift_days(span[0], b)
            if (
                spec.part == "weekend"
                and not convention.exact
                and convention.prefer == "past"
                and first is not None
                and last is not None
                and first > ref
            ):
                first, last = calendar.shift_days(first, -7), calendar.shift_days(last, -7)
            return interval(first, last, "days", True, "part of week")
        return None if span is None else interval(*span, "week", True, "week")
    if spec.month_shift is not None:
        start = calendar.add_months(ref.replace(day=1), spec.month_shift)
        if start is None:
            return None
        whole = calendar.month_span(start.year, start.month)
        if spec.part == "rest" and whole is not None:
            return interval(ref, whole[1], "days", True, "part of month")
        return _month_part(start.year, start.month, spec, True, convention)
    if spec.year_shift is not None:
        year = ref.year + spec.year_shift
        if spec.part == "rest" and 1 <= year <= 9999:
            return interval(ref, datetime.date(year, 12, 31), "month", True, "part of year")
        return _year_part(year, spec, True, convention)
    return None


def _month_part(year: int, month: int, spec: Spec, anchored: bool, convention: Convention) -> Reading | None:
    span = calendar.month_span(year, month, hijri=spec.hijri)
    if span is None:
        return None
    if spec.part in _THIRDS:
        a, b = (_HALVES if convention.halves else _THIRDS)[spec.part]
        last = calendar.shift_days(span[0], b - 1)
        if last is None or spec.part in ("late", "later"):
            last = span[1]
        return interval(calendar.shift_days(span[0], a - 1), last, "days", anchored, "part of month")
    return interval(*span, "month", anchored, "month")


def _year_part(year: int, spec: Spec, anchored: bool, convention: Convention) -> Reading | None:
    span = calendar.year_span(year, hijri=spec.hijri)
    if span is None:
        return None
    if spec.part in _MONTHS and not spec.hijri:
        a, b = (_HALF_YEARS if convention.halves else _MONTHS)[spec.part]
        first, last = calendar.month_span(year, a), calendar.month_span(year, b)
        if first is not None and last is not None:
            return interval(first[0], last[1], "month", anchored, "part of year")
    return interval(*span, "year", anchored, "year")


def _year(spec: Spec, ref: datetime.date | None, convention: Convention) -> Reading | None:
    assert spec.year is not None
    if spec.nth is not None:
        return _nth(spec, ref, convention)
    if spec.last_year is not None:
        first, last = calendar.year_span(spec.year, hijri=spec.hijri), calendar.year_span(spec.last_year, hijri=spec.hijri)
        return None if first is None or last is None else interval(first[0], last[1], "year", False, "years")
    return _year_part(spec.year, spec, False, convention)


def _nth(spec: Spec, ref: datetime.date | None, convention: Convention) -> Reading | None:
    """The nth weekday or week of a month or year."""
    assert spec.nth is not None
    anchored = spec.year is None
    span: calendar.Span | None
    if spec.month is not None:
        base = _month_of(spec, ref, convention)
        span = base
    elif spec.year is not None:
        span = calendar.year_span(spec.year)
    elif ref is None:
        return Reading(None, None, "unknown", True, "nth")
    elif spec.year_shift is not None:
        span = calendar.year_span(ref.year + spec.year_shift)
    else:
        start = calendar.add_months(ref.replace(day=1), spec.month_shift or 0)
        span = None if start is None else calendar.month_span(start.year, start.month)
    if span is None:
        return None
    if spec.nth_unit == "quarter":
        begin, end = calendar.month_span(span[0].year, 3 * spec.nth - 2), calendar.month_span(span[0].year, 3 * spec.nth)
        return None if begin is None or end is None else interval(begin[0], end[1], "month", anchored, "quarter")
    if spec.nth_unit == "half":
        begin, end = calendar.month_span(span[0].year, 6 * spec.nth - 5), calendar.month_span(span[0].year, 6 * spec.nth)
        return None if begin is None or end is None else interval(begin[0], end[1], "month", anchored, "half")
    if spec.nth_unit == "months":
        last = calendar.month_span(span[0].year, spec.nth)
        return None if last is None else interval(span[0], last[1], "month", anchored, "first months")
    if spec.nth_unit == "day":
        day = span[1] if spec.nth < 0 else calendar.shift_days(span[0], spec.nth - 1)
        return interval(day, day, "day", anchored, "nth day")
    if spec.nth_unit == "week":
        return _nth_week(span, spec.nth, anchored, convention)
    if not spec.weekdays:
        return None
    found = calendar.nth_weekday(span, spec.weekdays[0], spec.nth)
    return interval(found, found, "day", anchored, "nth weekday")


def _nth_week(span: calendar.Span, nth: int, anchored: bool, convention: Convention) -> Reading | None:
    """A week of a year as ISO counts them; of a month seven days from its first on, or from its first Monday."""
    if nth < 0 and (span[1] - span[0]).days <= 31 and convention.exact:
        sunday = calendar.nth_weekday(span, 7, -1)
        week = None if sunday is None else calendar.week_span(sunday)
    elif (span[1] - span[0]).days > 31 or convention.exact:
        day = calendar.nth_weekday(span, 4 if (span[1] - span[0]).days > 31 else 1, nth)
        week = None if day is None else calendar.week_span(day)
    elif nth < 0:
        first = calendar.shift_days(span[1], -6)
        week = None if first is None else (first, span[1])
    else:
        first, last = calendar.shift_days(span[0], 7 * nth - 7), calendar.shift_days(span[0], 7 * nth - 1)
        week = None if first is None or last is None or first > span[1] else (first, last)
    return None if week is None else interval(*week, "week", anchored, "nth week")


def _month_of(spec: Spec, ref: datetime.date | None, convention: Convention) -> calendar.Span | None:
    whole = Spec(month=spec.month, hijri=spec.hijri, year=spec.year, year_shift=spec.year_shift, shift=spec.shift)
    found = _in_month(whole, ref, convention)
    return None if found is None or found.since is None or found.until is None else (found.since, found.until)


def _in_month(spec: Spec, ref: datetime.date | None, convention: Convention) -> Reading | None:
    assert spec.month is not None
    if spec.nth is not None:
        if spec.year is None and ref is None:
            return Reading(None, None, "unknown", True, "nth")
        return _nth(spec, ref, convention)
    if spec.year is not None and spec.hijri and not spec.hijri_year:
        # A Hijri month of a Gregorian year ("Ramadan 2014"): the one that begins in it.
        readings = (_month_or_days(spec, spec.year + step, False, convention) for step in (-580, -579, -578))
        return next((r for r in readings if r is not None and r.since is not None and r.since.year == spec.year), None)
    if spec.year is not None:
        return _month_or_days(spec, spec.year, False, convention)
    if ref is None:
        return Reading(None, None, "unknown", True, "month")
    base = calendar.hijri_of(ref) if spec.hijri else (ref.year, ref.month, ref.day)
    if base is None:
        return None
    if spec.year_shift is not None:
        return _month_or_days(spec, base[0] + spec.year_shift, True, convention)
    if spec.shift == 0:
        return _month_or_days(spec, base[0], True, convention)
    years = range(base[0] - 8, base[0] + 9) if spec.days == [29] else range(base[0] - 2, base[0] + 3)
    found = [r for r in (_month_or_days(spec, year, True, convention) for year in years if year > 0) if r is not None]
    if len(spec.weekdays) == 1 and len(spec.days) == 1 and spec.shift is None:
        fitting = [r for r in found if r.since is not None and r.since.isoweekday() == spec.weekdays[0]]
        found = [r for r in fitting if r.since is not None and abs((r.since - ref).days) < 400] or found
    return _choose(found, spec, ref, convention)


def _choose(found: list[Reading], spec: Spec, ref: datetime.date, convention: Convention) -> Reading | None:
    """The year that is meant, among the same days in neighbouring years."""
    dated = [(r.since, r) for r in found if r.since is not None and r.until is not None]
    month_first = ref.replace(day=1)
    if spec.shift is not None and spec.shift < 0:
        limit = ref if spec.days else month_first
        before = [r for since, r in dated if since < limit]
        return before[-1] if before else None
    future = (spec.shift is not None and spec.shift > 0) or (spec.shift is None and convention.prefer == "future")
    if future:
        limit = ref if spec.days else month_first
        later = [r for since, r in dated if (since > limit if spec.shift else since >= limit)]
        return later[0] if later else None
    past = [(since, r) for since, r in dated if since <= ref]
    coming = next(((since, r) for since, r in dated if since > ref), None)
    if spec.days and coming is not None and (coming[0] - ref).days <= convention.ahead:
        # "on 3 August" in a report of 30 July.
        return coming[1]
    return past[-1][1] if past else None


def _month_or_days(spec: Spec, year: int, anchored: bool, convention: Convention) -> Reading | None:
    assert spec.month is not None
    if not spec.days:
        return _month_part(year, spec.month, spec, anchored, convention)
    first = calendar.day_of(year, spec.month, spec.days[0], hijri=spec.hijri)
    last = calendar.day_of(year, spec.month, spec.days[-1], hijri=spec.hijri)
    if first is None or last is None:
        return None
    if spec.night == "eve" and len(spec.days) == 1:
        first = calendar.shift_days(last, -1)
    return interval(min(first or last, last), max(first or last, last), "days", anchored, "date")
