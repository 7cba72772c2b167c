"""Seasons, decades and feasts: days of date expressions that name no month."""

from __future__ import annotations

import datetime

from marsad.reading import calendar
from marsad.reading.datespec import Convention, Reading, Spec, interval

__all__ = ["of_decade", "of_feast", "of_season"]


def of_season(spec: Spec, ref: datetime.date | None, convention: Convention) -> Reading | None:
    assert spec.season is not None
    if spec.year is not None:
        span = calendar.season_span(spec.year, spec.season)
        return None if span is None else interval(*span, "season", False, "season")
    if ref is None:
        return Reading(None, None, "unknown", True, "season")
    if spec.year_shift is not None:
        span = calendar.season_span(ref.year + spec.year_shift, spec.season)
        return None if span is None else interval(*span, "season", True, "season")
    shift = spec.shift if spec.shift is not None else 0
    this = calendar.season_span(ref.year, spec.season)
    if spec.shift == 0 and this is not None and (spec.season < 4 or ref.month > 6):
        return interval(*this, "season", True, "season")
    years = (ref.year - 2, ref.year - 1, ref.year, ref.year + 1)
    spans = [s for s in (calendar.season_span(year, spec.season) for year in years if year > 0) if s is not None]
    if shift < 0:
        spans = [s for s in spans if s[1] < ref][-1:]
    elif shift > 0:
        spans = [s for s in spans if s[0] > ref][:1]
    else:
        spans = [s for s in spans if s[1] >= ref][:1] if convention.prefer == "future" else [s for s in spans if s[0] <= ref][-1:]
    return interval(*spans[0], "season", True, "season") if spans else None


def of_decade(decade: int, ref: datetime.date | None, convention: Convention) -> Reading | None:
    """ "the seventies": the latest ones that began before the publication, of the last century where it is unknown."""
    year = decade if decade > 1000 else 1900 + decade
    if ref is not None and decade < 1000:
        year = ref.year // 100 * 100 + decade
        if convention.prefer == "future":
            year += 100 if year < ref.year // 10 * 10 else 0
        elif year > ref.year:
            year -= 100
    first, last = calendar.year_span(year), calendar.year_span(year + 9)
    return None if first is None or last is None else interval(first[0], last[1], "year", ref is not None, "decade")


def of_feast(spec: Spec, ref: datetime.date | None, convention: Convention) -> Reading | None:
    hijri = spec.holiday[0] == "h"
    date, length = spec.holiday[1:].split("/")
    month, day = (int(n) for n in date.split("-"))
    year = spec.year
    first: datetime.date | None = None
    if year is None and spec.year_shift is not None and ref is not None:
        year = ref.year + spec.year_shift
    if year is not None:
        if hijri and year > 1900:
            # A Gregorian year: the Hijri year whose day falls into it.
            for candidate in (year - 580, year - 579, year - 578):
                found = calendar.day_of(candidate, month, day, hijri=True)
                if found is not None and found.year == year:
                    first = found
        else:
            first = calendar.day_of(year, month, day, hijri=hijri)
    elif ref is None:
        return Reading(None, None, "unknown", True, "holiday")
    else:
        base = calendar.hijri_of(ref) if hijri else (ref.year, ref.month, ref.day)
        if base is None:
            return None
        found_days = [calendar.day_of(base[0] + step, month, day, hijri=hijri) for step in (-1, 0, 1) if base[0] + step > 0]
        near = [d for d in found_days if d is not None]
        if convention.prefer == "future" and spec.shift is None:
            near = [d for d in near if d >= ref]
        if spec.shift is not None and spec.shift < 0:
            near = [d for d in near if d < ref]
        elif spec.shift is not None and spec.shift > 0:
            near = [d for d in near if d > ref]
        first = min(near, key=lambda d: (abs((d - ref).days), d)) if near else None
    if first is None:
        return None
    nth = spec.nth if spec.nth is not None and 1 <= spec.nth <= int(length) else None
    if nth is not None:
        first = calendar.shift_days(first, nth - 1)
        return interval(first, first, "day", spec.year is None, "holiday")
    last = first if convention.exact else calendar.shift_days(first, int(length) - 1)
    return interval(first, last, "days", spec.year is None, "holiday")
