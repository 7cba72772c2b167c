"""Place names: what places of claims are called in the languages of the interface, and in which first-level unit they lie."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from marsad.counting.dossier import Dossier
from marsad.counting.totals import UNKNOWN, around, first_told
from marsad.gazetteer import Entry, default
from marsad.gazetteer.names import is_arabic
from marsad.text.fold import fold

__all__ = ["governorate", "in_language", "titled", "unit"]

_UNIT = "governorate"


def in_language(place: Mapping[str, Any], language: str) -> str | None:
    """The name of a place (public record) in a language: by the gazetteer where the report writes it in other letters, else as it is."""
    name, identifier = place.get("name"), place.get("gazetteer")
    entry = default().get(identifier) if identifier else None
    if name is not None and is_arabic(name) == (language == "ar"):
        return str(name)
    known = entry and (entry.name if language == "ar" else entry.latin)
    return known or name


def titled(place: Mapping[str, Any], language: str) -> str | None:
    """The name of a place for a title: in Latin letters by the gazetteer with the unit that it lies in; None: as the reports write it."""
    identifier = place.get("gazetteer")
    entry = default().get(identifier) if identifier and language == "en" else None
    if entry is None or not entry.latin:
        return None
    around_it = [u.latin for u in default().parents(entry) if u.kind == _UNIT and u.latin]
    return ", ".join([entry.latin, *around_it[:1]])


def unit(place: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """The first-level unit that a place lies in, or that it is.

    Returns:
        Its id, or its name as the reports write it where no gazetteer knows it; its Arabic and its Latin name, each the other where it
        is missing. None where it is unknown.
    """
    entry = default().get(place["gazetteer"]) if place.get("gazetteer") else None
    found = None
    if entry is not None:
        found = next((e for e in (entry, *default().parents(entry)) if e.kind == _UNIT), None)
    name = around(place) if found is None and place.get("name") else None
    if found is None and name:
        found = _named(fold(name), place.get("country") or "")
    if found is not None:
        return found.id, found.name or found.latin, found.latin or found.name
    return (name, name, name) if name else None


def governorate(dossier: Dossier) -> str:
    """The first-level unit in which an incident lies, one name for all who write it, in whatever language, where a gazetteer knows it."""
    place = first_told(dossier, "place")
    found = unit(place) if place else None
    return found[1] if found else UNKNOWN


@lru_cache(maxsize=4096)
def _named(form: str, country: str) -> Entry | None:
    """The unit with a folded name, if there is one in the country."""
    found = [e for e in default().named(form) if e.kind == _UNIT and e.country == country]
    return found[0] if len(found) == 1 else None
