"""Places: what a person means who names a place, and which marks the place of a claim has.

A name is looked up in every script and spelling. If several places have it, all of them are meant; a name behind a comma says
which unit they must lie in ("Hajin, Deir ez-Zor"). A place includes all that lies in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marsad.errors import InputError
from marsad.gazetteer import Gazetteer
from marsad.gazetteer.entry import Entry, kilometres
from marsad.lexicon.reasons import refusal
from marsad.search.facets import mark, name_mark

__all__ = ["Meant", "PlaceBook", "box", "kilometres_of", "meant", "near", "place_id"]

_MOST = 60
# Two spellings are surely of one name from this likeness on; below, they are what may have been meant.
_SURE = 0.97
_POINT = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,،; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(km|mi|m)?\s*", re.IGNORECASE)
_UNITS = {"km": 1.0, "": 1.0, "m": 0.001, "mi": 1.609344}
_UNIT_KINDS = ("country", "governorate", "district", "subdistrict", "area")


@dataclass(frozen=True, slots=True)
class Meant:
    """What is meant by a place.

    Attributes:
        told: as it was typed.
        places: all that may be meant, the likeliest first; of none, only the name as written is looked for.
        points: latitude and longitude of the centres that a distance counts from.
        marks: of the places and of the name; any one is enough.
        near: names of the gazetteer that are written nearly so, where none is written so.
    """

    told: str
    places: tuple[Entry, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    marks: tuple[str, ...] = ()
    near: tuple[Entry, ...] = ()


def meant(told: str, gazetteer: Gazetteer) -> Meant:
    """What a name, an id of a place or a pair of degrees means.

    Raises:
        InputError: nothing is named, or degrees that are none.
    """
    told = " ".join(told.split())
    if not told:
        raise InputError(refusal("ask.place.empty"))
    if point := _POINT.fullmatch(told):
        latitude, longitude = float(point[1]), float(point[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise InputError(refusal("ask.place.degrees", told=told))
        return Meant(told, points=((latitude, longitude),))
    if ":" in told and (entry := gazetteer.get(told)) is not None:
        return _of(told, [entry], (mark("g", entry.id),), ())
    name, _, unit = (part.strip() for part in re.sub("[،,]", ",", told).partition(","))
    found = gazetteer.search(name, _MOST)
    # An id stands for one place; spellings in other scripts count where none is written just so.
    best = [entry for entry, likeness in found if likeness == 1.0] or [entry for entry, likeness in found if likeness >= _SURE]
    if unit:
        units = {entry.id for entry, likeness in gazetteer.search(unit, _MOST) if likeness >= _SURE}
        best = [entry for entry in best if units.intersection(parent.id for parent in gazetteer.parents(entry))]
        if not best:
            raise InputError(refusal("ask.place.unit", told=told, name=name, unit=unit))
    marks = tuple(mark("g", entry.id) for entry in best)
    if not unit:
        marks += (name_mark(name),)
    return _of(told, best, marks, () if best else tuple(entry for entry, _ in found[:5]))


def _of(told: str, places: list[Entry], marks: tuple[str, ...], near: tuple[Entry, ...]) -> Meant:
    # The middle of a province is no place that somebody wants to be near to, if a town has its name.
    settled = [p for p in places if p.kind not in _UNIT_KINDS] or places
    points = tuple((p.latitude, p.longitude) for p in settled if p.latitude is not None and p.longitude is not None)
    return Meant(told, tuple(places), points, marks, near)


def kilometres_of(told: str) -> float:
    """A distance in kilometres: ``20km``, ``20``, ``500m``.

    Raises:
        InputError: it is none, or longer than half the way round the earth.
    """
    match = _LENGTH.fullmatch(told)
    if match is None or not 0 < float(match[1]) * _UNITS.get((match[2] or "").lower(), 1.0) <= 20_000:
        raise InputError(refusal("ask.within.distance", told=told))
    return float(match[1]) * _UNITS.get((match[2] or "").lower(), 1.0)


def box(latitude: float, longitude: float, distance: float) -> tuple[float, float, float, float]:
    """South, north, west and east of all points within a distance in kilometres; the whole circle near a pole."""
    high = distance / 110.574
    narrowest = math.cos(math.radians(min(89.9, abs(latitude) + high)))
    wide = 180.0 if abs(latitude) + high >= 89.0 else min(180.0, distance / (111.320 * narrowest))
    west, east = longitude - wide, longitude + wide
    if west < -180.0 or east > 180.0:
        west, east = -180.0, 180.0
    return latitude - high, latitude + high, west, east


def place_id(place: dict[str, Any]) -> str:
    """The id that the place of a claim has in an index: that of the gazetteer, else its point, else none."""
    if place["gazetteer"]:
        return str(place["gazetteer"])
    if place["latitude"] is None or place["longitude"] is None:
        return ""
    return f"@{place['latitude']:.4f},{place['longitude']:.4f}"


class PlaceBook:
    """The places of claims in a gazetteer; each is looked up once.

    Args:
        gazetteer: of all layers.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def of(self, place: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """For the place of a claim: its id with those of all that contain it, and the names of its own in other scripts."""
        identifier = place_id(place)
        if not identifier:
            return (), ()
        known = self._known.get(identifier)
        if known is None:
            entry = self._gazetteer.get(identifier)
            ids = (identifier,) if entry is None else (entry.id, *(parent.id for parent in self._gazetteer.parents(entry)))
            known = self._known[identifier] = (ids, () if entry is None else tuple(_names(entry)))
        return known


def _names(entry: Entry) -> Iterator[str]:
    if entry.name:
        yield entry.name
    if entry.latin:
        yield entry.latin


def near(points: tuple[tuple[float, float], ...], distance: float, latitude: float, longitude: float) -> bool:
    """Whether a point is within a distance in kilometres of any of some."""
    return any(kilometres(*point, latitude, longitude) <= distance for point in points)
