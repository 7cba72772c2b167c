"""Places of leaving records: names and units around them by the gazetteer, and coordinates made coarser by rule, never at random."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import Any

from marsad.counting.totals import around
from marsad.gazetteer.entry import Entry
from marsad.gazetteer.gazetteer import Gazetteer
from marsad.lexicon.reasons import Told, reason
from marsad.text.fold import fold

__all__ = ["AS_KNOWN", "UNITS", "Atlas", "Coarse", "coarse", "is_pinned", "nameless"]

AS_KNOWN = reason("exports:stated.known").told()
UNITS = ("governorate", "district", "subdistrict")
_LEVELS = {"governorate": "admin1", "district": "admin2", "subdistrict": "admin3"}
_EMPTY: dict[str, Any] = {
    "name": None, "name_en": None, "class": None, "admin1": None, "admin1_en": None, "admin2": None, "admin2_en": None, "admin3": None,
    "admin3_en": None, "country": None, "latitude": None, "longitude": None, "precision": None, "bearing": None, "gazetteer": None,
    "pcode": None, "admin1_pcode": None, "admin2_pcode": None, "admin3_pcode": None, "stated": None, "grid": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coarse:
    """A rule by which places are made coarser.

    Attributes:
        sites: kinds of sites of the incidents that it holds for; empty: for all others. own: whether it holds for incidents of which
            people pinned a place; precise: for places that are known better than by their settlement.
        unit: ``exact``, ``grid``, or one of ``UNITS``: the centre of that unit stands for the place, and its name.
        degrees: side of a grid cell; its centre stands for the place.
        name: whether the place keeps its name on a grid.
    """

    sites: tuple[str, ...] = ()
    own: bool = False
    precise: bool = False
    unit: str = "exact"
    degrees: float = 0.0
    name: bool = True

    def holds(self, place: dict[str, Any], sites: Iterable[str], pinned: bool) -> bool:
        """Whether the rule is for a place of an incident with kinds of sites, of which somebody pinned a place or nobody did."""
        if self.own and (pinned or is_pinned(place["gazetteer"])):
            return True
        if self.precise and place["precision"] == "site":
            return True
        if self.own or self.precise:
            return bool(self.sites) and not set(self.sites).isdisjoint(sites)
        return not self.sites or not set(self.sites).isdisjoint(sites)


def is_pinned(gazetteer: str | None) -> bool:
    """Whether a person said where a place is, by the id of the place."""
    return (gazetteer or "").startswith("own:")


class Atlas:
    """What the gazetteer knows of the places of claims; asked once for each id."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._around = lru_cache(maxsize=50_000)(self._asked)

    def place(self, told: dict[str, Any]) -> dict[str, Any]:
        """The place of a claim (public record) as a leaving record has it."""
        found = _EMPTY | {
            key: told[key] for key in ("name", "class", "country", "latitude", "longitude", "precision", "bearing", "gazetteer")
        }
        found |= self._around(told["gazetteer"]) if told["gazetteer"] else {}
        if not found["admin1"]:
            found["admin1"] = around(told)
        found["stated"] = AS_KNOWN if told["latitude"] is not None else None
        return found

    def governs(self, place: dict[str, Any]) -> bool:
        """Whether the first-level unit of a leaving place is known as one, and is not only what a report names around the place."""
        known = (
            place["admin1_en"] or place["admin1_pcode"] or (place["class"] == "governorate" and place["admin1"] == place["name"])
        )
        return bool(known) or bool(place["admin1"] and self._named(fold(place["admin1"]), place["country"]))

    def _named(self, form: str, country: str | None) -> bool:
        return any(e.kind == "governorate" and country in (None, e.country) for e in self._gazetteer.named(form))

    def unit(self, identifier: str | None, kind: str) -> Entry | None:
        """The unit of a kind that a place lies in, or the place itself if it is one."""
        entry = self._gazetteer.get(identifier) if identifier else None
        if entry is None:
            return None
        return next((e for e in (entry, *self._gazetteer.parents(entry)) if e.kind == kind), None)

    def _asked(self, identifier: str) -> dict[str, Any]:
        entry = self._gazetteer.get(identifier)
        if entry is None:
            return {}
        found: dict[str, Any] = {"name_en": entry.latin or None, "pcode": _pcode(entry)}
        for unit in (entry, *self._gazetteer.parents(entry)):
            level = _LEVELS.get(unit.kind)
            if level and level not in found:
                found |= {level: unit.name or None, f"{level}_en": unit.latin or None, f"{level}_pcode": _pcode(unit)}
        return found


def coarse(place: dict[str, Any], rule: Coarse, atlas: Atlas) -> dict[str, Any]:
    """A place made coarser by a rule; what cannot be said at that unit is left empty."""
    if rule.unit == "exact":
        return place
    if place["admin1"] and not atlas.governs(place):
        # A street or a house may be what a report names last.
        place = place | {"admin1": None}
    if rule.unit == "grid":
        return _gridded(place, rule)
    unit = atlas.unit(place["gazetteer"], rule.unit)
    if unit is None and rule.unit != "governorate":
        unit = atlas.unit(place["gazetteer"], "governorate")
    if unit is None:
        # Without the unit only its name may be known.
        told = _EMPTY | {key: place[key] for key in ("country", "admin1", "admin1_en", "admin1_pcode")}
        name, kind = place["admin1"] or None, "governorate" if place["admin1"] else "country"
        return told | {
            "name": name, "name_en": place["admin1_en"], "class": kind, "precision": "admin" if name else "country",
            "stated": _stated("exports:stated.withheld"),
        }  # fmt: skip
    kept = _EMPTY | {"country": place["country"]}
    for kind in UNITS:
        level = _LEVELS[kind]
        kept |= {key: place[key] for key in (level, f"{level}_en", f"{level}_pcode")}
        if kind == unit.kind:
            break
    return kept | {
        "name": unit.label, "name_en": unit.latin or None, "class": unit.kind, "precision": "admin", "latitude": unit.latitude,
        "longitude": unit.longitude, "gazetteer": unit.id, "pcode": _pcode(unit), "stated": _stated("exports:stated.unit", unit=unit.kind),
    }  # fmt: skip


@lru_cache(maxsize=256)
def _stated(told: str, **values: str) -> Told:
    return reason(told, **values).told()


def nameless(place: dict[str, Any]) -> dict[str, Any]:
    """A place that is called by its first-level unit."""
    return place | {"name": place["admin1"], "name_en": place["admin1_en"], "class": "governorate" if place["admin1"] else None}


def _gridded(place: dict[str, Any], rule: Coarse) -> dict[str, Any]:
    made = place | {"gazetteer": None, "pcode": None, "bearing": None}
    if not rule.name:
        made = nameless(made)
    if place["latitude"] is None or place["precision"] in ("admin", "country"):
        made |= {"gazetteer": place["gazetteer"] if place["precision"] in ("admin", "country") else None}
        if place["latitude"] is not None and place["class"] in (*UNITS, "country"):
            # Known by its unit alone: the point is that of the unit, and says so.
            made["stated"] = _stated("exports:stated.unit", unit=place["class"])
        return made
    cell = [round((floor(place[key] / rule.degrees) + 0.5) * rule.degrees, 6) for key in ("latitude", "longitude")]
    stated = _stated("exports:stated.cell", degrees=f"{rule.degrees:g}")
    return made | {"latitude": cell[0], "longitude": cell[1], "stated": stated, "grid": rule.degrees}


def _pcode(entry: Entry) -> str | None:
    return entry.id.removeprefix("pcode:") if entry.id.startswith("pcode:") else None
