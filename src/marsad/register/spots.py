"""Spots: where and when incidents happened and whom they harmed, for maps and for the lists beside them.

Read from what is kept of incidents for lists (``incident_face``), with limits, so that no question goes through all claims.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal
from marsad.register import schema
from marsad.register.rows import highest

__all__ = ["Choice", "Spot", "countries", "extent", "inside", "read_shape", "spot", "spots", "state"]

_f = schema.incident_face.c
# How well a place is known where it is drawn as the surroundings of one settlement.
_PRECISE = ("site", "settlement")
_DRAWN = (*_PRECISE, "area", "admin")
_CORNERS = 200
# The share of places at each side that a view need not hold, and its margin in degrees.
_FAR, _EDGE = 0.03, 0.3


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an incident happened, as far as its claims tell.

    Attributes:
        id, code: of the incident.
        type: the event type that most origins give, or the empty string.
        first, last: ISO days between which it lies, or None.
        place, country, precision: name in the language asked for, ISO 3166-1 alpha-2 code, and precision; empty where unknown.
        latitude, longitude: degrees of the middle of the area, or None.
        radius: kilometres within which it happened.
        low, high: people killed, at least and at most, or None; open: whether there may be more.
        injured: at most, or None.
    """

    id: str
    code: str
    type: str
    first: str | None
    last: str | None
    place: str
    country: str
    precision: str
    latitude: float | None
    longitude: float | None
    radius: float
    low: int | None
    high: int | None
    open: bool
    injured: int | None

    @property
    def drawn(self) -> bool:
        """Whether it can be drawn: the place is known better than by its country."""
        return self.latitude is not None and self.longitude is not None and self.precision in _DRAWN

    def to_dict(self) -> dict[str, Any]:
        """The spot as data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which incidents are asked for.

    Attributes:
        since, until: ISO days, both inclusive; an incident counts where it may lie between. One without a day counts only where
            neither is given.
        type: the event type that most origins give.
        country: where most origins put it.
        least: as many people killed, or more, at most.
        precise: whether the place must be a site or a settlement.
        shape: corners (longitude, latitude) of an area in which the middle of the place lies; empty for anywhere.
    """

    since: str = ""
    until: str = ""
    type: str = ""
    country: str = ""
    least: int = 0
    precise: bool = False
    shape: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        for day in (self.since, self.until):
            try:
                known = not day or date.fromisoformat(day).isoformat() == day
            except ValueError:
                known = False
            if not known:
                raise InputError(refusal("day.form", day=escaped(day)))


def state(connection: Connection) -> int:
    """A number that is another whenever anything in the register is."""
    return highest(connection, schema.log.c.number)


def spots(
    connection: Connection, language: str, by: Choice | None = None, *, limit: int | None = None, offset: int = 0
) -> tuple[list[Spot], int]:
    """Incidents with where they happened, the latest first, those without a day last.

    Args:
        connection: a transaction.
        language: ``ar`` or ``en``, for names of places.
        by: which are asked for; all if None.
        limit, offset: how many and after how many.

    Returns:
        The incidents, and how many there are without the limit.
    """
    by = by or Choice()
    asked = _narrowed(select(*_columns(language)), by)
    ordered = asked.order_by(_f.last_day.is_(None), _f.last_day.desc(), _f.code)
    if by.shape:
        # The box is asked of the database, the shape of what lies in it.
        found = [s for s in map(_spot, connection.execute(ordered)) if s.drawn and _within(s, by.shape)]
        return (found[offset:] if limit is None else found[offset : offset + limit]), len(found)
    if limit is None:
        found = [_spot(row) for row in connection.execute(ordered)]
        return found, len(found)
    total = int(connection.scalar(_narrowed(select(func.count()), by)) or 0)
    return [_spot(row) for row in connection.execute(ordered.limit(limit).offset(offset))], total


def spot(connection: Connection, incident: str, language: str) -> Spot | None:
    """Where one incident happened, by its id or its code; None where there is none."""
    row = connection.execute(
        select(*_columns(language)).where((_f.incident_id == incident) | (_f.code == incident.upper()))
    ).first()
    return None if row is None else _spot(row)


def extent(connection: Connection, by: Choice | None = None) -> tuple[float, float, float, float] | None:
    """West, south, east and north of a view that holds nearly all places of incidents; few that are far off do not widen it."""
    asked = _narrowed(select(_f.longitude, _f.latitude).distinct(), by or Choice())
    found = connection.execute(asked.where(_f.place_precision.in_(_DRAWN), _f.longitude.is_not(None))).all()
    if not found:
        return None
    away = int(len(found) * _FAR)
    (west, east), (south, north) = ((v[away], v[-1 - away]) for v in (sorted(row[n] for row in found) for n in (0, 1)))
    return west - _EDGE, south - _EDGE, east + _EDGE, north + _EDGE


def countries(connection: Connection) -> list[tuple[str, int]]:
    """The countries of incidents, each with how many; the most first."""
    number = func.count()
    asked = select(_f.country, number).where(_f.country.is_not(None)).group_by(_f.country).order_by(number.desc(), _f.country)
    return [(str(code), int(many)) for code, many in connection.execute(asked)]


def read_shape(text: str) -> tuple[tuple[float, float], ...]:
    """The corners of an area from "longitude latitude, longitude latitude, ...".

    Raises:
        InputError: it is no such list, has fewer than three corners or too many, or one that is not on the globe.
    """
    if not text.strip():
        return ()
    try:
        corners = tuple((float(x), float(y)) for x, y in (part.split() for part in text.split(",")))
    except ValueError:
        raise InputError(refusal("area.none", told=escaped(text[:60]))) from None
    if not 3 <= len(corners) <= _CORNERS:
        raise InputError(refusal("area.corners", most=_CORNERS, number=len(corners)))
    if not all(-360 <= x <= 360 and -90 <= y <= 90 for x, y in corners):
        raise InputError(refusal("area.globe"))
    return corners


def inside(longitude: float, latitude: float, ring: Sequence[tuple[float, float]]) -> bool:
    """Whether a point lies within a ring of corners (even and odd)."""
    within = False
    ax, ay = ring[-1]
    for bx, by in ring:
        if (by > latitude) != (ay > latitude) and longitude < (ax - bx) * (latitude - by) / (ay - by) + bx:
            within = not within
        ax, ay = bx, by
    return within


def _within(spot_: Spot, shape: Sequence[tuple[float, float]]) -> bool:
    return spot_.longitude is not None and spot_.latitude is not None and inside(spot_.longitude, spot_.latitude, shape)


def _columns(language: str) -> tuple[Any, ...]:
    name = _f.place_ar if language == "ar" else _f.place_en
    return (
        _f.incident_id, _f.code, _f.types, _f.first_day, _f.last_day, name.label("name"), _f.country, _f.place_precision, _f.latitude,
        _f.longitude, _f.radius, _f.killed_min, _f.killed_max, _f.killed_open, _f.injured_max,
    )  # fmt: skip


def _narrowed(asked: Select[Any], by: Choice) -> Select[Any]:
    asked = asked.select_from(schema.incident_face)
    if by.since:
        asked = asked.where(_f.last_day >= by.since)
    if by.until:
        asked = asked.where(_f.first_day <= by.until)
    if by.type:
        # Types are JSON with that of most origins first.
        asked = asked.where(_f.types.startswith(f'["{by.type}"', autoescape=True))
    if by.country:
        asked = asked.where(_f.country == by.country)
    if by.least:
        asked = asked.where(_f.killed_max >= by.least)
    if by.precise:
        asked = asked.where(_f.place_precision.in_(_PRECISE))
    if by.shape:
        xs, ys = [x for x, _ in by.shape], [y for _, y in by.shape]
        asked = asked.where(_f.longitude.between(min(xs), max(xs)), _f.latitude.between(min(ys), max(ys)))
    return asked


def _spot(row: Any) -> Spot:
    types = json.loads(row.types)
    return Spot(
        row.incident_id, row.code, types[0] if types else "", row.first_day, row.last_day, row.name or "", row.country or "",
        row.place_precision or "", row.latitude, row.longitude, row.radius or 0.0, row.killed_min, row.killed_max, bool(row.killed_open),
        row.injured_max,
    )  # fmt: skip
