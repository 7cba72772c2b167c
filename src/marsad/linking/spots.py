"""Spots: where a claim lies, with how far its words reach and the names that it goes by.

``reach`` is how far from its point, in kilometres, an event may lie that is told with the place: little for a site, some for a
town, much for a governorate. Two spots exclude each other when they lie further apart than both reach together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from marsad.gazetteer import Gazetteer, kilometres
from marsad.gazetteer.names import is_arabic, skeleton
from marsad.text.fold import fold

__all__ = ["BEARING", "NOWHERE", "REACH", "Spot", "apart", "name_key", "spot_of", "within"]

# Kilometres by class of place.
REACH = {
    "site": 1.5, "neighbourhood": 1.5, "village": 2.0, "town": 3.0, "city": 8.0, "area": 25.0, "subdistrict": 15.0, "district": 30.0,
    "governorate": 150.0, "country": 1500.0,
}  # fmt: skip
# "South of the town", "in the steppe of": the point of the town is not that of the event.
BEARING = 12.0
_BROAD = frozenset(("subdistrict", "district", "governorate", "country"))
# Two gazetteers put one town so far apart, in kilometres.
SAME_NAME = 15.0
# The folded ending that romanisations write as a vowel, and the class of the skeleton that they leave out at the end.
_ENDING, _DROPPED = "\u0647", "h"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place made comparable.

    Attributes:
        level: ``point`` (a settlement or narrower), ``area``, ``unit`` (up to a district), ``region`` (a governorate),
            ``country``, or the empty string if no place is told.
        name: as told, to be shown. country: ISO code or the empty string.
        latitude, longitude: degrees or None. reach: kilometres.
        gazetteer: id or the empty string.
        keys: skeletons of its names. spellings: its names as told or known.
        inside: skeletons of the names of what contains it, without the country.
        city: whether it is a city as a whole, where several events may happen on one day.
        bearing: whether it is told by a direction from the named place.
    """

    level: str = ""
    name: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reach: float = 0.0
    gazetteer: str = ""
    keys: frozenset[str] = frozenset()
    spellings: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    city: bool = False
    bearing: bool = False

    @property
    def known(self) -> bool:
        """Whether anything is told of the place."""
        return bool(self.level)

    @property
    def broad(self) -> bool:
        """Whether it is a unit that holds many settlements."""
        return self.level in ("unit", "region", "country")


NOWHERE = Spot()
_Known = tuple[tuple[str, ...], frozenset[str], int, tuple[float | None, float | None]]
_UNKNOWN: _Known = ((), frozenset(), 0, (None, None))


def spot_of(place: Mapping[str, Any], gazetteer: Gazetteer) -> Spot:
    """The spot of a claim's place; ``NOWHERE`` if it has neither name nor point."""
    name, identifier = place.get("name") or "", place.get("gazetteer") or ""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if not name and latitude is None and not identifier:
        return NOWHERE
    kind, precision = place.get("class") or "", place.get("precision") or ""
    names, inside, radius, point = _known(gazetteer, identifier) if identifier else _UNKNOWN
    if latitude is None or longitude is None:
        latitude, longitude = point
    level = _level(kind, precision)
    reach = max(REACH.get(kind, 25.0 if level == "area" else 3.0), min(float(radius), 8.0) if level == "point" else float(radius))
    bearing = bool(place.get("bearing"))
    if bearing and level in ("point", "area"):
        reach = max(reach, BEARING)
    spellings = frozenset(filter(None, (name, *names)))
    country = place.get("country") or ""
    containing = [w for w in place.get("within") or ()]
    # The last of the containing names is the country's; it says less than its code.
    told = {name_key(w) for w in (containing[:-1] if country else containing)}
    keys = frozenset(k for k in map(name_key, spellings) if len(k) > 1 or (k and not names))
    around = frozenset(filter(None, told)) | inside
    return Spot(
        level,
        name,
        country,
        latitude,
        longitude,
        reach,
        identifier,
        keys,
        spellings,
        around,
        kind == "city" and level == "point",
        bearing,
    )


def _level(kind: str, precision: str) -> str:
    if kind == "country" or precision == "country":
        return "country"
    if kind == "governorate":
        return "region"
    if precision == "admin" or kind in _BROAD:
        return "unit"
    if kind == "area":
        return "area"
    return "point"


@lru_cache(maxsize=100_000)
def _known(gazetteer: Gazetteer, identifier: str) -> _Known:
    """Names, skeletons of the containing units, radius and point of a place of the gazetteer."""
    entry = gazetteer.get(identifier)
    if entry is None:
        return _UNKNOWN
    units = [u for u in gazetteer.parents(entry) if u.kind != "country"]
    inside = frozenset(k for u in units for k in map(name_key, _names(u.forms, u.latins)) if k)
    return _names(entry.forms, entry.latins), inside, entry.radius, (entry.latitude, entry.longitude)


def _names(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(n for group in groups for n in group)


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """The skeleton of a name without the endings that one script writes and the other leaves out."""
    if is_arabic(name):
        name = " ".join(w.removesuffix(_ENDING) if len(w) > 3 else w for w in fold(name).split())
    return skeleton(name).rstrip(_DROPPED)


def apart(a: Spot, b: Spot) -> float | None:
    """Kilometres between two spots, None if one has no point."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    # A degree of latitude is 111 km: far points need no sines.
    if abs(a.latitude - b.latitude) > 30:
        return 111.2 * math.fabs(a.latitude - b.latitude)
    return kilometres(a.latitude, a.longitude, b.latitude, b.longitude)


def within(a: Spot, b: Spot) -> bool:
    """Whether one of two spots is told or known to lie in the other."""
    return bool(a.keys & b.inside or b.keys & a.inside)
