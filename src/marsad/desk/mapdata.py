"""Map data: the incidents of a register as compact GeoJSON and, for the map of the desk, as columns; made once for each state of the
register. And the lines of the base map."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from marsad.desk import assets
from marsad.desk.context import Desk
from marsad.desk.state import State
from marsad.register.restrictions import Hidden
from marsad.register.spots import Spot, spots, state
from marsad.vocabulary import EVENT_TYPES

__all__ = ["FAMILIES", "baselines", "columns", "families", "family", "geojson", "packed"]

# Kinds of events that share a colour on the map, in the order of the legend.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "air": ("air_drone_strike",),
    "shelling": ("shelling_artillery_missile",),
    "explosive": ("remote_explosive_ied", "suicide_bomb", "grenade", "chemical_weapon"),
    "clash": (
        "armed_clash", "government_regains_territory", "non_state_actor_overtakes_territory", "non_violent_transfer_of_territory",
    ),
    "violence": (
        "attack", "abduction_forced_disappearance", "sexual_violence", "excessive_force_against_protesters", "mob_violence",
    ),
    "other": (),
}  # fmt: skip

_lock, _making = Lock(), Lock()
_kept: WeakKeyDictionary[State, dict[tuple[str, str, Hidden], tuple[int, bytes]]] = WeakKeyDictionary()


def family(type_: str) -> str:
    """The family of an event type; ``other`` for those in none."""
    return next((name for name, types in FAMILIES.items() if type_ in types), "other")


def families() -> dict[str, str]:
    """The family of every event type."""
    return {type_: family(type_) for type_ in EVENT_TYPES}


def geojson(found: Iterable[Spot]) -> dict[str, Any]:
    """Incidents as GeoJSON with short names, what is unknown or nothing left out.

    Of each feature: ``c`` code, ``t`` type, ``d`` first and ``e`` last day (if another), ``p`` place, ``n`` country, ``u`` precision,
    ``r`` radius in kilometres, ``k`` and ``m`` people killed at least and at most (if more), ``o`` 1 where there may be more, ``i``
    injured at most. Where no coordinates are known, the geometry is null.
    """
    return {"type": "FeatureCollection", "features": [_feature(spot) for spot in found]}


def _feature(spot: Spot) -> dict[str, Any]:
    told = {
        "c": spot.code, "t": spot.type, "d": spot.first, "e": spot.last if spot.last != spot.first else None, "p": spot.place,
        "n": spot.country, "u": spot.precision, "r": round(spot.radius, 1), "k": spot.low,
        "m": spot.high if spot.high != spot.low else None, "o": int(spot.open), "i": spot.injured,
    }  # fmt: skip
    at = None
    if spot.latitude is not None and spot.longitude is not None:
        at = {"type": "Point", "coordinates": [round(spot.longitude, 4), round(spot.latitude, 4)]}
    return {"type": "Feature", "geometry": at, "properties": {key: value for key, value in told.items() if value}}


def columns(found: Iterable[Spot]) -> dict[str, list[Any]]:
    """Incidents as columns, a quarter of what GeoJSON takes: kinds and places stand once, and rows name them by their position.

    ``types`` are kinds; ``places`` are lists of name, country, precision, radius in kilometres, longitude and latitude (null where unknown).
    The other columns are as long as there are incidents: ``code``, ``type``, ``place``, ``first``, ``last`` (empty where it is the first),
    ``low``, ``high``, ``open`` and ``hurt``, with 0 and the empty string for what is unknown.
    """
    types: dict[str, int] = {}
    places: dict[tuple[Any, ...], int] = {}
    rows = []
    for s in found:
        at = (None, None) if s.latitude is None or s.longitude is None else (round(s.longitude, 4), round(s.latitude, 4))
        place = (s.place, s.country, s.precision, round(s.radius, 1), *at)
        rows.append((
            s.code, types.setdefault(s.type, len(types)), places.setdefault(place, len(places)), s.first or "",
            (s.last or "") if s.last != s.first else "", s.low or 0, s.high or s.low or 0, int(s.open), s.injured or 0,
        ))  # fmt: skip
    names = ("code", "type", "place", "first", "last", "low", "high", "open", "hurt")
    told = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    return {"types": list(types), "places": [list(place) for place in places], **told}


def packed(desk: Desk, make: Callable[[Iterable[Spot]], Mapping[str, Any]] = geojson) -> bytes:
    """All incidents that a person may see, as data packed by gzip; made anew only after something in the register has changed."""
    key = (make.__name__, desk.language, desk.hidden)
    # Made by one for all: it takes much memory for a moment, and many may ask after a change.
    with _making, desk.snapshot() as connection:
        now = state(connection)
        with _lock:
            kept = _kept.get(desk.state, {}).get(key)
        if kept is not None and kept[0] == now:
            return kept[1]
        found, _ = spots(connection, desk.language)
        text = json.dumps(make(found), ensure_ascii=False, separators=(",", ":"))
        data = gzip.compress(text.encode(), compresslevel=4, mtime=0)
        with _lock:
            there = _kept.setdefault(desk.state, {})
            # What is hidden changes seldom; of what was, and of earlier states, nothing need be kept.
            for old in [k for k, (at, _) in there.items() if at != now]:
                del there[old]
            there[key] = (now, data)
    return data


@lru_cache(maxsize=1)
def baselines() -> Sequence[Mapping[str, Any]]:
    """The features of the base map, for maps that are drawn here; none where the front end is not built."""
    name = assets.asset("basemap.json").rpartition("/")[2]
    if not name:
        return ()
    found: list[dict[str, Any]] = json.loads((assets.folder() / name).read_text("utf-8"))["features"]
    return found
