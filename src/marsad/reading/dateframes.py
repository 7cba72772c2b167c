"""Frames of date expressions: since, until, ago, within, between, around a date or an amount of time."""

from __future__ import annotations

import datetime

from marsad.reading import calendar
from marsad.reading.dategrammar import Amount, Expression
from marsad.reading.dateresolve import resolve
from marsad.reading.datespec import Convention, Reading, Spec
from marsad.record import replace

__all__ = ["framed", "onset"]

_UNKNOWN = Reading(None, None, "unknown", True, "relative")
_PRECISION = {"month": "month", "year": "year", "decade": "year", "week": "week"}


def framed(
    expression: Expression, published: datetime.date | None, convention: Convention, told: datetime.date | None = None
) -> Reading | None:
    """The days that an expression means, or None if there are no such days.

    Args:
        expression: the expression.
        published: the publication date, or None if unknown.
        convention: how doubtful expressions are meant.
        told: the day that the sentence is about, if it tells one; "days after" and "the last hours" count back
            from it.
    """
    amount = expression.amount
    hours = amount is not None and expression.frame == "within" and amount.parts[0][1] == "hour" and amount.shift == -1
    counted = hours or (expression.frame == "after" and amount is not None)
    ref = told if told is not None and counted and not convention.bare else published
    if expression.amount is not None:
        if ref is None:
            return replace(_UNKNOWN, rule=expression.frame)
        if (
            expression.frame == "after"
            and not convention.bare
            and amount is not None
            and amount.parts[0][1] in ("hour", "minute")
        ):
            # "hours after": on the day that is told, if one is
            return replace(_UNKNOWN, rule="after") if told is None else Reading(told, told, "day", True, "after")
        if expression.frame == "after" and not convention.bare:
            found = _of_amount(expression.amount, "ago", ref, convention)
            return None if found is None else replace(found, rule="after")
        return _of_amount(expression.amount, expression.frame, ref, convention)
    spec = expression.spec
    assert spec is not None
    if expression.frame == "range":
        assert expression.other is not None
        return _range(spec, expression.other, ref, convention)
    found = resolve(spec, ref, convention)
    if found is None or expression.frame == "plain":
        return found
    since, until = found.since, found.until
    if expression.frame == "since":
        if since is None or (ref is not None and since > ref):
            return found
        precision = "days" if found.precision == "day" and since != ref else found.precision
        if spec.part == "mid" and found.rule == "part of month" and not convention.bare:
            since = since.replace(day=15)  # "since the middle of" a month
        return Reading(since, ref if ref is not None and ref >= since else None, precision, found.anchored, "since")
    if expression.frame == "until":
        return Reading(None, until, found.precision, found.anchored, "until")
    if expression.frame == "before":
        last = None if since is None else calendar.shift_days(since, -1)
        return Reading(None, last, "unknown", found.anchored, "before")
    if expression.frame == "after":
        return Reading(since, None, "unknown", found.anchored, "after")
    return found


def onset(expression: Expression, ref: datetime.date | None, convention: Convention) -> calendar.Span | None:
    """The days on which a stretch of time that lasts until now began."""
    if expression.frame != "since":
        return None
    if expression.spec is not None:
        found = resolve(expression.spec, ref, convention)
    elif expression.amount is not None and ref is not None and expression.amount.parts[0][0] is not None:
        found = _ago(expression.amount, ref, convention)
    else:
        return None
    return None if found is None or found.since is None or found.until is None else (found.since, found.until)


def _range(left: Spec, right: Spec, ref: datetime.date | None, convention: Convention) -> Reading | None:
    _complete(left, right)
    last = resolve(right, ref, convention)
    if last is None:
        return None
    first: Reading | None = None
    if left.weekdays and right.weekdays and not left.days and left.month is None and left.week_shift is None:
        # The weekday before the last one, not the one before the publication.
        if last.until is None:
            return replace(last, rule="range")
        before = calendar.shift_days(last.until, -1)
        day = None if before is None else calendar.weekday_from(before, left.weekdays[0])
        first = Reading(day, day, "day", True, "weekday")
    else:
        first = resolve(left, ref, convention)
    if first is None:
        return None
    if first.since is None or last.until is None:
        return Reading(first.since, None, "unknown", True, "range")
    since = first.since
    if since > last.until and left.year is None and left.month is not None and last.until.year > 1:
        left.year = last.until.year if not left.hijri else None
        for _ in range(2):
            first = resolve(left, ref, convention)
            if first is None or first.since is None or first.since <= last.until or left.year is None:
                break
            left.year -= 1
        if first is None or first.since is None:
            return None
        since = first.since
    if since > last.until:
        return None
    precision = first.precision if first.precision == last.precision and first.precision in ("month", "year") else "days"
    if since == last.until:
        precision = "day"
    return Reading(since, last.until, precision, first.anchored or last.anchored, "range")


def _complete(left: Spec, right: Spec) -> None:
    """What is told once holds for both ends."""
    if left.days and left.month is None and left.month_shift is None and not left.week_shift:
        left.month, left.hijri, left.month_shift = right.month, right.hijri, right.month_shift
        if right.days and left.days[0] > right.days[-1]:
            # "from 28 to 3 August": the month before.
            if left.month is not None:
                if left.month == 1:
                    left.month, left.year = 12, right.year - 1 if right.year is not None else None
                    return
                left.month -= 1
            elif left.month_shift is not None:
                left.month_shift -= 1
    if right.days and right.month is None and right.month_shift is None:
        right.month, right.hijri, right.month_shift, right.year = left.month, left.hijri, left.month_shift, left.year
    if left.year is None and left.year_shift is None and right.year is not None and left.month is not None:
        later = right.month is not None and left.month > right.month
        left.year = right.year - 1 if later else right.year
    elif right.year is None and right.year_shift is None and left.year is not None and right.month is not None:
        later = left.month is not None and left.month > right.month
        right.year = left.year + 1 if later else left.year
    elif left.year is None and left.year_shift is None and left.month is not None:
        left.year_shift = right.year_shift
        if left.shift is None and left.month == right.month:
            left.shift = right.shift
    if left.week_shift is None and left.weekdays and right.weekdays and right.week_shift is not None:
        left.week_shift = right.week_shift
    elif right.week_shift is None and left.weekdays and right.weekdays and left.week_shift is not None:
        right.week_shift = left.week_shift


def _moved(day: datetime.date, parts: tuple[tuple[int | None, str], ...], sign: int) -> datetime.date | None:
    """A day so much time later (sign 1) or earlier (sign -1)."""
    moved: datetime.date | None = day
    for number, unit in parts:
        if moved is None:
            return None
        count = sign * (3 if number is None else number)
        if unit in ("month", "year", "decade"):
            moved = calendar.add_months(moved, count * {"month": 1, "year": 12, "decade": 120}[unit])
        elif unit in ("hour", "minute"):
            hours = abs(count) if unit == "hour" else 0
            moved = calendar.shift_days(moved, sign * ((hours + 12) // 24))
        else:
            moved = calendar.shift_days(moved, count * (7 if unit == "week" else 1))
    return moved


def _of_amount(amount: Amount, frame: str, ref: datetime.date, convention: Convention) -> Reading | None:
    number, unit = amount.parts[0]
    precision = _PRECISION.get(unit, "days")
    vague = number is None
    if amount.shift is not None and amount.shift > 0 or (frame == "after" and convention.bare):
        return _coming(amount, frame, ref, convention)
    if frame in ("ago", "after"):
        return _ago(amount, ref, convention)
    if convention.exact and unit == "decade" and number is not None:
        return _decades(ref, -number, 0)
    if convention.exact and unit == "week" and number is not None:
        week = calendar.week_span(ref)
        since, until = (
            (None, None) if week is None else (calendar.shift_days(week[0], -7 * number), calendar.shift_days(week[0], -1))
        )
        return None if since is None else Reading(since, until, precision, True, "within")
    if convention.exact:
        since, until = _moved(ref, amount.parts, -1), calendar.shift_days(ref, -1)
        until = since if since is not None and until is not None and until < since else until
        return None if since is None else Reading(since, until, precision, True, "within")
    if unit in ("hour", "minute"):
        if vague and unit == "hour":
            return Reading(None, ref, "days", True, frame)  # "the last hours" may reach back into the day before
        since = _moved(ref, amount.parts, -1)
        return Reading(since, ref, "day" if since == ref else "days", True, "within")
    if vague:
        return Reading(None, ref, precision, True, frame)
    since = calendar.shift_days(ref, -6) if amount.parts == ((1, "week"),) else _moved(ref, amount.parts, -1)
    return None if since is None else Reading(since, ref, precision, True, frame)


def _decades(ref: datetime.date, begin: int, end: int) -> Reading | None:
    """Whole decades, counted from that of a day."""
    base = ref.year // 10 * 10
    first, last = calendar.year_span(base + 10 * begin), calendar.year_span(base + 10 * end - 1)
    return None if first is None or last is None else Reading(first[0], last[1], "year", True, "within")


def _ago(amount: Amount, ref: datetime.date, convention: Convention) -> Reading | None:
    number, unit = amount.parts[0]
    if number is None and not convention.exact:
        if unit in ("hour", "minute"):
            return Reading(
                calendar.shift_days(ref, -1 if unit == "hour" else 0), ref, "days" if unit == "hour" else "day", True, "ago"
            )
        return Reading(None, ref, _PRECISION.get(unit, "days"), True, "ago")
    day = _moved(ref, amount.parts, -1)
    if day is None:
        return None
    if convention.exact or unit in ("day", "hour", "minute", "night"):
        return Reading(day, day, "day", True, "ago")
    span = calendar.week_span(day) if unit == "week" else calendar.month_span(day.year, day.month)
    precision = unit
    if unit in ("year", "decade"):
        span, precision = calendar.year_span(day.year), "year"
    return None if span is None else Reading(*span, precision, True, "ago")


def _coming(amount: Amount, frame: str, ref: datetime.date, convention: Convention) -> Reading | None:
    until = _moved(ref, amount.parts, 1)
    if until is None:
        return None
    if frame == "after":
        return Reading(until, until, "day", True, "after")
    if amount.parts[0][0] is None and not convention.exact:
        return Reading(ref, None, "unknown", True, "coming")
    number, unit = amount.parts[0]
    week = calendar.week_span(ref)
    if convention.exact and unit == "week" and number is not None and week is not None:
        return Reading(calendar.shift_days(week[0], 7), calendar.shift_days(week[0], 7 * number + 6), "week", True, "coming")
    if convention.exact and unit == "decade" and number is not None:
        return _decades(ref, 1, number + 1)
    since = calendar.shift_days(ref, 1)
    return Reading(since, until, _PRECISION.get(amount.parts[0][1], "days"), True, "coming")
