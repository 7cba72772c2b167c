"""Corrections: values that people put in place of those that were read, checked and completed to the form of the public record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from marsad.documents.language import packs
from marsad.errors import InputError
from marsad.gazetteer.entry import Entry
from marsad.lexicon.table import read_table
from marsad.model import Claim, Date, Harm, Including, Party, Place, Site, Source, Weapon
from marsad.register.errors import refusal
from marsad.register.matching import SLOTS
from marsad.vocabulary import (
    DATE_PRECISIONS,
    EVENT_TYPES,
    HARM_KINDS,
    HARM_STATUSES,
    INCLUDING,
    PLACE_CLASSES,
    PLACE_PRECISIONS,
    SCOPES,
    SITE_KINDS,
    SOURCE_KINDS,
    SOURCE_ROLES,
    STATUSES,
    WEAPON_KINDS,
)

__all__ = ["corrected", "located", "recorded"]

_WORDS = {"type": EVENT_TYPES, "scope": SCOPES, "status": STATUSES}
_OBJECTS = {"date": Date().to_dict(), "place": Place().to_dict()}
_LISTS = {
    "perpetrators": Party(None, "").to_dict(), "targets": Party(None, "").to_dict(), "sites": Site("", "").to_dict(),
    "weapons": Weapon("").to_dict(), "harm": Harm("").to_dict(), "sources": Source("", "", "").to_dict(),
}  # fmt: skip
_PART = Including("").to_dict()
# Closed lists, by slot and key; null only where the record is empty without the value.
_CLOSED: dict[tuple[str, str], tuple[str | None, ...]] = {
    ("date", "precision"): DATE_PRECISIONS, ("place", "class"): (None, *PLACE_CLASSES),
    ("place", "precision"): (None, *PLACE_PRECISIONS), ("sites", "kind"): SITE_KINDS, ("weapons", "kind"): WEAPON_KINDS,
    ("harm", "kind"): HARM_KINDS, ("harm", "status"): HARM_STATUSES, ("sources", "kind"): SOURCE_KINDS,
    ("sources", "role"): SOURCE_ROLES, ("including", "who"): INCLUDING,
}  # fmt: skip
# How exact a place of the gazetteer is, by its class; all others are settlements.
_PRECISIONS = {
    "country": "country", "governorate": "admin", "district": "admin", "subdistrict": "admin", "area": "area", "site": "site",
}  # fmt: skip
_NUMBERED = re.compile(r"(.+)#([1-9]\d*)", re.DOTALL)
_DAYS, _COUNTS, _DEGREES = ("start", "end"), ("min", "max"), {"latitude": 90.0, "longitude": 180.0}


def located(place: Mapping[str, Any], entry: Entry, within: Sequence[str]) -> dict[str, Any]:
    """The slot of a place as one of the gazetteer: the name stays as the text has it.

    Args:
        place: the slot as it was.
        entry: the place; ``within``: the labels of what it lies in, narrowest first.
    """
    return dict(place) | {
        "name": place["name"] or entry.label, "class": entry.kind, "within": list(within), "country": entry.country or None,
        "latitude": entry.latitude, "longitude": entry.longitude, "gazetteer": entry.id,
        "precision": _PRECISIONS.get(entry.kind, "settlement"),
    }  # fmt: skip


def corrected(value: dict[str, Any], text: str) -> dict[str, Any]:
    """The slots of a correction in the whole form of the public record.

    Args:
        value: slots with their new values; keys that are left out are empty. Evidence is an object with ``start``, ``end`` and
            ``text``, or only the words: they are found in the text if they stand there once, and ``words#2`` are those that
            stand there second. White space between words does not count.
        text: the text that evidence must stand in.

    Raises:
        InputError: an unknown slot, key or word, a value of the wrong kind, or evidence that is not in the text.
    """
    whole: dict[str, Any] = {}
    for slot, told in value.items():
        if slot not in SLOTS:
            raise InputError(f"{slot!r} is no slot of a claim; one of {', '.join(SLOTS)}")
        if slot in _WORDS:
            _word(slot, told, _WORDS[slot])
            whole[slot] = told
        elif slot in _OBJECTS:
            whole[slot] = _object(slot, told, _OBJECTS[slot], text)
        elif isinstance(told, list):
            whole[slot] = [_object(slot, item, _LISTS[slot], text) for item in told]
        else:
            raise InputError(f"{slot}: a list of objects is expected")
    return whole


def recorded(value: dict[str, Any], text: str) -> dict[str, Any]:
    """A claim of a person in the whole form of the public record, without an id.

    Args:
        value: as for :func:`corrected`, with ``type`` and ``trigger``, the words that name the event, as a list of evidence.
        text: the text that evidence must stand in.

    Raises:
        InputError: as for :func:`corrected`, or type or trigger is missing.
    """
    trigger = [_evidence("trigger", told, text) for told in _list("trigger", "evidence", value.get("trigger", []))]
    if not trigger:
        raise InputError(refusal("trigger.none"))
    if "type" not in value:
        raise InputError(refusal("type.none"))
    told = corrected({slot: item for slot, item in value.items() if slot != "trigger"}, text)
    return Claim("", "", told["type"], ()).to_dict() | told | {"trigger": trigger}


def _object(slot: str, told: Any, form: dict[str, Any], text: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise InputError(f"{slot}: an object is expected")
    if strange := told.keys() - form.keys():
        raise InputError(f"{slot}: {', '.join(sorted(strange))} is no key of it; there are {', '.join(form)}")
    whole = form | told
    for key, item in whole.items():
        if (slot, key) in _CLOSED:
            _word(f"{slot}: {key}", item, _CLOSED[slot, key])
        elif key == "evidence":
            whole[key] = [_evidence(slot, evidence, text) for evidence in _list(slot, key, item)]
        elif key == "including":
            whole[key] = [_object(key, part, _PART, text) for part in _list(slot, key, item)]
        elif key == "within":
            if not all(isinstance(name, str) for name in _list(slot, key, item)):
                raise InputError(f"{slot}: {key} is a list of names")
        elif reason := _wrong(key, item, form[key]):
            raise InputError(f"{slot}: {key} is {item!r}; {reason}")
    if reason := _at_odds(slot, whole):
        raise InputError(f"{slot}: {reason}")
    return whole


def _at_odds(slot: str, whole: dict[str, Any]) -> str:
    """Why values that are each right do not fit together, or do not exist; else the empty string."""
    for low, high in (("start", "end"), ("min", "max")):
        if None not in (first := whole.get(low), last := whole.get(high)) and first > last:  # type: ignore[operator]
            return f"{low} {first} lies behind {high} {last}"
    if slot in _LISTS and not whole["evidence"]:
        return f"no evidence for {whole.get('id') or whole.get('kind') or 'it'}; quote the words of the text that say it"
    if slot in _LISTS and whole.get("name") == "":
        return f"{whole.get('id') or whole.get('kind') or 'it'} has no name; give it as the text has it"
    if (whole.get("latitude") is None) != (whole.get("longitude") is None):
        return "latitude and longitude go together"
    if (country := whole.get("country")) is not None and not re.fullmatch("[A-Z]{2}", country):
        return f"country is {country!r}; a code of two capital letters is expected (ISO 3166-1)"
    for key in ("id", "group"):
        if (party := whole.get(key)) is not None and party not in _parties():
            return f"{key} {party!r} is no party; one of {', '.join(sorted(_parties()))}, or null for a party that is not listed"
    return ""


@cache
def _parties() -> frozenset[str]:
    """Ids of all parties of the language packs."""
    return frozenset(row["id"] for language in packs() for row in read_table(f"{language}/lexicon/party_ids.tsv"))


def _wrong(key: str, item: Any, empty: Any) -> str:
    """Why a plain value cannot stand under a key that is ``empty`` in an empty record, or the empty string."""
    number = isinstance(item, int | float) and not isinstance(item, bool)
    if item is None:
        return "" if empty is None else "a text is expected"
    if key in _DAYS:
        try:
            date.fromisoformat(item)
        except (TypeError, ValueError):
            return "an ISO day or null is expected"
        return ""
    if key in _COUNTS:
        return "" if isinstance(item, int) and number and item >= 0 else "a whole number or null is expected"
    if key in _DEGREES:
        return "" if number and abs(item) <= _DEGREES[key] else "degrees or null are expected"
    return "" if isinstance(item, str) else "a text or null is expected"


def _evidence(slot: str, told: Any, text: str) -> dict[str, Any]:
    if isinstance(told, dict) and told.keys() == {"text"}:
        told = told["text"]
    if isinstance(told, str):
        return _quoted(slot, told, text)
    if not isinstance(told, dict) or told.keys() != {"start", "end", "text"}:
        raise InputError(f"{slot}: evidence has start, end and text, or is a quotation of the text")
    start, end = told["start"], told["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end and text[start:end] == told["text"]):
        raise InputError(f"{slot}: the evidence {told['text']!r} does not stand at {start} in the text")
    return told


def _quoted(slot: str, told: str, text: str) -> dict[str, Any]:
    """Evidence from words of the text, and the number of the place where they stand if they stand there several times."""
    found = _places(told, text)
    number = 0
    if not found and (numbered := _NUMBERED.fullmatch(told)):
        told, number = numbered.group(1), int(numbered.group(2))
        found = _places(told, text)
    if not found:
        raise InputError(refusal("quote.none", slot=slot, words=told.strip()))
    if number > len(found) or (not number and len(found) > 1):
        times = {"times": len(found)} if len(found) > 1 else {}
        raise InputError(refusal("quote.many" if times else "quote.once", slot=slot, words=told.strip(), **times))
    start, end = found[number - 1 if number else 0]
    return {"start": start, "end": end, "text": text[start:end]}


def _places(words: str, text: str) -> list[tuple[int, int]]:
    """Where words stand in a text, whatever white space parts them; what begins or ends within a word counts too."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []


def _list(slot: str, key: str, told: Any) -> list[Any]:
    if not isinstance(told, list):
        raise InputError(f"{slot}: {key} is a list")
    return told


def _word(name: str, told: Any, known: tuple[str | None, ...]) -> None:
    if told not in known:
        raise InputError(f"{name}: {told!r} is no value of it; one of {', '.join(w for w in known if w)}")
