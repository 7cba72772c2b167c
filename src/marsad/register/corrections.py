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
from marsad.lexicon.reasons import Reason, Told, escaped, reason, refusal
from marsad.lexicon.table import read_table
from marsad.model import Claim, Date, Harm, Including, Party, Place, Site, Source, Weapon
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
# Of which vocabulary is that which tells entries of a list apart.
_CALLED = {
    "perpetrators": "party", "targets": "party", "sites": "siteKind", "weapons": "weaponKind", "harm": "harmKind", "sources": "sourceKind",
}  # fmt: skip
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
            raise InputError(refusal("slot.none", slot=escaped(slot), slots=SLOTS))
        if slot in _WORDS:
            _word(slot, "", told, _WORDS[slot])
            whole[slot] = told
        elif slot in _OBJECTS:
            whole[slot] = _object(slot, told, _OBJECTS[slot], text)
        elif isinstance(told, list):
            whole[slot] = [_object(slot, item, _LISTS[slot], text) for item in told]
        else:
            raise InputError(refusal("slot.list", slot=slot))
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
        raise InputError(refusal("slot.object", slot=slot))
    if strange := told.keys() - form.keys():
        raise InputError(refusal("slot.keys", slot=slot, strange=tuple(sorted(strange)), keys=tuple(form)))
    whole = form | told
    for key, item in whole.items():
        if (slot, key) in _CLOSED:
            _word(slot, key, item, _CLOSED[slot, key])
        elif key == "evidence":
            whole[key] = [_evidence(slot, evidence, text) for evidence in _list(slot, key, item)]
        elif key == "including":
            whole[key] = [_object(key, part, _PART, text) for part in _list(slot, key, item)]
        elif key == "within":
            if not all(isinstance(name, str) for name in _list(slot, key, item)):
                raise InputError(refusal("slot.names", slot=slot, key=key))
        elif why := _wrong(key, item, form[key]):
            raise InputError(refusal("slot.value", slot=slot, key=key, value=repr(item), why=why))
    if why := _at_odds(slot, whole):
        raise InputError(refusal("slot.odds", slot=slot, why=why))
    return whole


def _at_odds(slot: str, whole: dict[str, Any]) -> Told | None:
    """Why values that are each right do not fit together, or do not exist; else None."""
    for low, high in (("start", "end"), ("min", "max")):
        if None not in (first := whole.get(low), last := whole.get(high)) and first > last:  # type: ignore[operator]
            return refusal("odds.behind", low=low, first=first, high=high, last=last)
    if slot in _LISTS and not whole["evidence"]:
        return refusal("odds.evidence", what=_called(slot, whole))
    if slot in _LISTS and whole.get("name") == "":
        return refusal("odds.name", what=_called(slot, whole))
    if (whole.get("latitude") is None) != (whole.get("longitude") is None):
        return refusal("odds.degrees")
    if (country := whole.get("country")) is not None and not re.fullmatch("[A-Z]{2}", country):
        return refusal("odds.country", country=escaped(country))
    for key in ("id", "group"):
        if (party := whole.get(key)) is not None and party not in _parties():
            return refusal("odds.party", key=key, party=escaped(party), parties=tuple(sorted(_parties())))
    return None


def _called(slot: str, whole: dict[str, Any]) -> Reason | str:
    """What an entry is, for messages."""
    value = whole.get("id") or whole.get("kind")
    return reason(f"any:{_CALLED[slot]}", value=value) if value else reason("refusals:odds.it")


@cache
def _parties() -> frozenset[str]:
    """Ids of all parties of the language packs."""
    return frozenset(row["id"] for language in packs() for row in read_table(f"{language}/lexicon/party_ids.tsv"))


def _wrong(key: str, item: Any, empty: Any) -> Told | None:
    """Why a plain value cannot stand under a key that is ``empty`` in an empty record, or None."""
    number = isinstance(item, int | float) and not isinstance(item, bool)
    if item is None:
        return None if empty is None else refusal("wanted.text")
    if key in _DAYS:
        try:
            date.fromisoformat(item)
        except (TypeError, ValueError):
            return refusal("wanted.day")
        return None
    if key in _COUNTS:
        return None if isinstance(item, int) and number and item >= 0 else refusal("wanted.number")
    if key in _DEGREES:
        return None if number and abs(item) <= _DEGREES[key] else refusal("wanted.degrees")
    return None if isinstance(item, str) else refusal("wanted.text.perhaps")


def _evidence(slot: str, told: Any, text: str) -> dict[str, Any]:
    if isinstance(told, dict) and told.keys() == {"text"}:
        told = told["text"]
    if isinstance(told, str):
        return _quoted(slot, told, text)
    if not isinstance(told, dict) or told.keys() != {"start", "end", "text"}:
        raise InputError(refusal("quote.form", slot=slot))
    start, end = told["start"], told["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end and text[start:end] == told["text"]):
        raise InputError(refusal("quote.there", slot=slot, words=escaped(str(told["text"])), start=start))
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
        raise InputError(refusal("slot.key.list", slot=slot, key=key))
    return told


def _word(slot: str, key: str, told: Any, known: tuple[str | None, ...]) -> None:
    if told not in known:
        words = {"value": repr(told), "known": tuple(w for w in known if w)}
        raise InputError(
            refusal("slot.word.key", slot=slot, key=key, **words) if key else refusal("slot.word", slot=slot, **words)
        )
