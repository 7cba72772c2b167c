"""Calendar arithmetic: spans of days by month, week, season and year, Gregorian and Hijri.

A span is a pair of days, both included. A function returns None where a day does not exist (31 February) or lies
outside of what its calendar covers (the Umm al-Qura tables cover 1343 to 1500 AH).
"""

from __future__ import annotations

import calendar
import datetime
from functools import lru_cache

__all__ = [
    "Span",
    "add_months",
    "day_of",
    "hijri_of",
    "month_span",
    "nth_weekday",
    "season_span",
    "shift_days",
    "week_span",
    "weekday_from",
    "year_span",
]

Span = tuple[datetime.date, datetime.date]
_DAY = datetime.timedelta(days=1)


def shift_days(day: datetime.date, days: int) -> datetime.date | None:
    """The day so many days later (or earlier); None beyond the years 1 to 9999."""
    try:
        return day + days * _DAY
    except OverflowError:
        return None


def day_of(year: int, month: int, day: int, *, hijri: bool = False) -> datetime.date | None:
    """A Gregorian day from year, month and day of either calendar, or None if there is no such day."""
    if not hijri:
        try:
            return datetime.date(year, month, day)
        except ValueError:
            return None
    return _hijri_day(year, month, day)


def month_span(year: int, month: int, *, hijri: bool = False) -> Span | None:
    """First and last day of a month."""
    first = day_of(year, month, 1, hijri=hijri)
    if first is None:
        return None
    if not hijri:
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    last = _hijri_day(year, month, 30) or _hijri_day(year, month, 29)
    return None if last is None else (first, last)


def year_span(year: int, *, hijri: bool = False) -> Span | None:
    """First and last day of a year."""
    first, last = month_span(year, 1, hijri=hijri), month_span(year, 12, hijri=hijri)
    return None if first is None or last is None else (first[0], last[1])


def season_span(year: int, season: int) -> Span | None:
    """Spring (1) is March to May, and so on; the winter (4) of a year begins in its December."""
    first = month_span(year, 3 * season)
    last = month_span(year, 3 * season + 2) if season < 4 else month_span(year + 1, 2)
    return None if first is None or last is None else (first[0], last[1])


def week_span(day: datetime.date) -> Span | None:
    """Monday to Sunday around a day."""
    first = shift_days(day, -day.weekday())
    last = None if first is None else shift_days(first, 6)
    return None if first is None or last is None else (first, last)


def add_months(day: datetime.date, months: int) -> datetime.date | None:
    """The same day so many months later (or earlier), or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def weekday_from(day: datetime.date, weekday: int, *, step: int = -1) -> datetime.date | None:
    """The nearest such weekday (1 is Monday) from a day on, itself included, backwards (step -1) or forwards (step 1)."""
    distance = (day.isoweekday() - weekday) % 7 if step < 0 else (weekday - day.isoweekday()) % 7
    return shift_days(day, step * distance)


def nth_weekday(span: Span, weekday: int, nth: int) -> datetime.date | None:
    """The nth (from 1; -1 is the last) such weekday in a span."""
    if nth < 0:
        return weekday_from(span[1], weekday)
    first = weekday_from(span[0], weekday, step=1)
    found = None if first is None else shift_days(first, 7 * (nth - 1))
    return found if found is not None and found <= span[1] else None


@lru_cache(maxsize=4096)
def _hijri_day(year: int, month: int, day: int) -> datetime.date | None:
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return datetime.date(found.year, found.month, found.day)


@lru_cache(maxsize=4096)
def hijri_of(day: datetime.date) -> tuple[int, int, int] | None:
    """Hijri year, month and day of a Gregorian day."""
    from hijridate import Gregorian

    try:
        found = Gregorian(day.year, day.month, day.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return found.year, found.month, found.day
