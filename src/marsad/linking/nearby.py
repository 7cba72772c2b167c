"""Nearby: which claims of a large register a few new ones are laid beside.

Making a claim comparable costs far more than looking at its day and country. So the register is looked through by these first, and
only claims that blocking could pair with a new one are taken, with all others of their incidents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from marsad.linking.blocking import LAID_OUT, SLACK
from marsad.linking.features import NEWS_DAYS, Features, Report
from marsad.linking.spots import BEARING, REACH, Spot, name_key

__all__ = ["near"]


def near(
    fresh: Sequence[Features], standing: Iterable[Mapping[str, Any]], reports: Mapping[str, Report], known: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    """Standing claims that may be compared with a new one, and all that are in incidents with these.

    Args:
        fresh: the new claims.
        standing: public records.
        reports: what is known of their documents.
        known: claim to incident.

    Returns:
        Records in the order in which they stand.
    """
    records = list(standing)
    fresh = [f for f in fresh if f.scope == "event" and f.status != "planned"]
    # Claims that tell of no day, or of a long stretch, are compared where they name one place, or where they tell the same.
    open_ = [f for f in fresh if f.last is None or f.last - (f.first or f.last) > LAID_OUT]
    dated = [f for f in fresh if f.last is not None and f not in open_]
    by_day: dict[int, list[Spot]] = {}
    for f in dated:
        for day in range(f.first or f.last or 0, (f.last or 0) + 1):
            by_day.setdefault(day, []).append(f.spot)
    names, open_names = _names(fresh), _names(open_)
    tolls = {f.killed_low for f in open_ if f.killed_low} - {1, 2, 3, 4}
    open_tolls = {f.killed_low for f in fresh if f.killed_low} - {1, 2, 3, 4}
    countries = {f.spot.country for f in fresh}
    groups = {f.group for f in fresh}
    chosen: list[int] = []
    for number, record in enumerate(records):
        report = reports.get(record["document"])
        if ((report and report.group) or record["document"]) in groups:
            chosen.append(number)
            continue
        place = record.get("place") or {}
        country = place.get("country") or ""
        if record["scope"] != "event" or (country and country not in countries and "" not in countries):
            continue
        told = record.get("date") or {}
        end = _ordinal(told.get("end"))
        if end is None:
            taken = _key(place) in names or _tells(record, open_tolls)
        else:
            start = _ordinal(told.get("start")) or end - NEWS_DAYS
            spots = [s for day in range(max(start, end - LAID_OUT), end + 1) for s in by_day.get(day, ())]
            taken = any(_near(place, s) for s in spots) or _key(place) in open_names or _tells(record, tolls)
        if taken:
            chosen.append(number)
    touched = {known[i] for n in chosen if (i := str(records[n]["id"])) in known}
    if touched:
        taken_already = set(chosen)
        chosen += [n for n, r in enumerate(records) if n not in taken_already and known.get(str(r["id"])) in touched]
    return [records[n] for n in sorted(chosen)]


@lru_cache(maxsize=50_000)
def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _near(place: Mapping[str, Any], spot: Spot) -> bool:
    """Whether a place may be near a spot, or one of them has no point to tell."""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if spot.country and place.get("country") and spot.country != place["country"]:
        return False
    if latitude is None or longitude is None or spot.latitude is None or spot.longitude is None:
        return True
    reach = (spot.reach + REACH.get(place.get("class") or "", 25.0) + (BEARING if place.get("bearing") else 0.0) + SLACK) / 111.2
    return bool(abs(latitude - spot.latitude) <= reach and abs(longitude - spot.longitude) <= 1.5 * reach)


def _names(claims: Iterable[Features]) -> frozenset[str]:
    return frozenset(key for f in claims for key in f.spot.keys)


def _key(place: Mapping[str, Any]) -> str:
    return name_key(place.get("name") or "")


def _tells(record: Mapping[str, Any], tolls: set[int]) -> bool:
    """Whether a claim tells of as many dead as a new one whose day or place is open."""
    return bool(tolls) and any(h["kind"] == "killed" and h["min"] in tolls for h in record["harm"])
