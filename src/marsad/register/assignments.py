"""Assignments: ``SLOT=VALUE`` as people type it on a command line, to the slots of a correction.

type=attack                     a word of its list; so scope and status
date=2024-05-04                 a day; 2024-05-01..2024-05-04, 2024-05 and 2024 are several days, a month, a year
place=geonames:173480           class, country, coordinates ... of a place of the gazetteer; the name stays as the text has it
place.name=NAME                 one value of the slot; so date.KEY
harm.killed=3                   the number of that kind; 3..5, 20.. (at least 20) and ? (unknown) too
harm.2.status=civilian          one value of the second entry of a list; harm.2= takes the entry away
weapons=drone,mortar            entries by kind; so sites; perpetrators and targets by id of the party
weapons=drone@WORDS             with the words of the text that say it
sources=[{"name": ...}]         any slot as JSON in the form of the public record
place.evidence=WORDS            words of the text; several are parted by |, and WORDS#2 is where they stand second
weapons=                        nothing
"""

from __future__ import annotations

import copy
import json
import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal, why_of
from marsad.model import Date, Harm, Place
from marsad.vocabulary import HARM_KINDS

if TYPE_CHECKING:
    from marsad.gazetteer.entry import Entry

__all__ = ["Located", "assigned"]

# What the gazetteer knows of an id: the place and the labels of what it lies in, narrowest first; None where it has none.
Located = Callable[[str], "tuple[Entry, tuple[str, ...]] | None"]
_WORDS = ("type", "scope", "status")
_EMPTY: dict[str, Any] = {"date": Date().to_dict(), "place": Place().to_dict()}
# Entries of these lists are told by this key alone.
_TOLD_BY = {"perpetrators": "id", "targets": "id", "sites": "kind", "weapons": "kind"}
_COUNT = re.compile(r"(\d+)|(\d+)\.\.(\d+)?|\?")
_DAY, _MONTH, _YEAR = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d", r"\d{4}"


def assigned(body: Mapping[str, Any], told: Sequence[str], located: Located) -> dict[str, Any]:
    """The slots that assignments change, whole, with their new values.

    Args:
        body: the claim as it stands, a public record; what is not told stays as it is there.
        told: assignments, in order; what they say is checked in part only, the rest by whoever stores the correction.
        located: what the gazetteer knows.

    Raises:
        InputError: no assignment, or one that names what is not there.
    """
    made: dict[str, Any] = {}
    for assignment in told:
        path, equals, value = assignment.partition("=")
        slot, *keys = path.strip().split(".")
        if not equals or slot not in body or slot in ("id", "document", "trigger"):
            raise InputError(refusal("assign.form", told=escaped(assignment)))
        try:
            made[slot] = _slot(slot, keys, value.strip(), copy.deepcopy(made.get(slot, body[slot])), located)
        except InputError as error:
            raise InputError(refusal("assign.wrong", told=escaped(assignment), why=why_of(error))) from error
    return made


def _slot(slot: str, keys: list[str], value: str, old: Any, located: Located) -> Any:
    if not keys and value[:1] in ("[", "{"):
        return _json(value)
    if slot in _WORDS:
        if keys:
            raise InputError(refusal("assign.key", slot=slot, key=".".join(keys)))
        return value
    if slot in _EMPTY:
        if keys:
            return old | {_key(keys, old): _value(keys[0], value)}
        return _date(value, old) if slot == "date" else _place(value, old, located)
    return _list(slot, keys, value, old)


def _list(slot: str, keys: list[str], value: str, old: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not keys:
        if not value:
            return []
        if slot not in _TOLD_BY:
            raise InputError(refusal("assign.list", slot=slot))
        return [_entry(slot, part.strip(), old) for part in value.split(",")]
    if slot == "harm" and keys[0] in HARM_KINDS:
        keys = [str(_number_of(keys[0], old)), *keys[1:]]
        if len(keys) == 1 and value:
            return _counted(old, int(keys[0]) - 1, value)
    if not keys[0].isdecimal() or not 1 <= int(keys[0]) <= len(old):
        there = {"number": len(old)} if old else {}
        raise InputError(refusal("assign.entry" if old else "assign.empty", slot=slot, entry=escaped(keys[0]), **there))
    number = int(keys[0]) - 1
    if len(keys) == 1:
        return [*old[:number], *([_json(value)] if value else []), *old[number + 1 :]]
    old[number] |= {_key(keys[1:], old[number]): _value(keys[1], value)}
    return old


def _entry(slot: str, told: str, old: list[dict[str, Any]]) -> dict[str, Any]:
    """An entry by its kind or party; what is there already keeps its name and evidence."""
    word, _, quoted = told.partition("@")
    key = _TOLD_BY[slot]
    entry = next((e for e in old if e[key] == word), {key: word or None})
    if quoted:
        entry = entry | {"evidence": quoted.split("|")}
        if "kind" not in entry or slot == "sites":
            entry["name"] = quoted.split("|")[0].partition("#")[0]
    return entry


def _number_of(kind: str, old: list[dict[str, Any]]) -> int:
    """The number of the harm of a kind, from 1; a new one is made where there is none."""
    found = [n for n, harm in enumerate(old, 1) if harm["kind"] == kind]
    if len(found) > 1:
        raise InputError(refusal("assign.several", kind=kind, entries=tuple(f"harm.{n}" for n in found)))
    if not found:
        old.append(Harm(kind).to_dict())
    return found[0] if found else len(old)


def _counted(old: list[dict[str, Any]], number: int, value: str) -> list[dict[str, Any]]:
    told, _, quoted = value.partition("@")
    match = _COUNT.fullmatch(told)
    if match is None:
        raise InputError(refusal("assign.count"))
    exact, low, high = match.groups()
    low, high = (exact, exact) if exact else (low, high)
    old[number] |= {"min": None if low is None else int(low), "max": None if high is None else int(high)}
    if quoted:
        old[number]["evidence"] = quoted.split("|")
    return old


def _key(keys: list[str], entry: Mapping[str, Any]) -> str:
    if len(keys) != 1 or keys[0] not in entry:
        raise InputError(refusal("assign.unknown", key=".".join(keys), keys=tuple(entry)))
    return keys[0]


def _value(key: str, value: str) -> Any:
    """One value of an entry: numbers where numbers stand, lists where lists stand, nothing for nothing."""
    if value[:1] in ("[", "{"):
        return _json(value)
    if key == "evidence":
        return value.split("|") if value else []
    if key in ("within", "including"):
        return [part.strip() for part in re.split("[,\u060c]", value) if part.strip()]
    if not value or value == "null":
        return None
    try:
        if key in ("min", "max"):
            return int(value)
        if key in ("latitude", "longitude"):
            return float(value)
    except ValueError:
        raise InputError(refusal("assign.number")) from None
    return value


def _date(value: str, old: dict[str, Any]) -> dict[str, Any]:
    if not value:
        return dict(_EMPTY["date"])
    first, dots, last = value.partition("..")
    precision = "days" if dots else "day"
    if not dots:
        last = first
        if re.fullmatch(_MONTH, value) and 1 <= int(value[5:]) <= 12:
            precision, first, last = "month", f"{value}-01", f"{value}-{monthrange(int(value[:4]), int(value[5:]))[1]}"
        elif re.fullmatch(_YEAR, value):
            precision, first, last = "year", f"{value}-01-01", f"{value}-12-31"
    if not re.fullmatch(_DAY, first) or not re.fullmatch(_DAY, last):
        raise InputError(refusal("assign.date"))
    return old | {"start": first, "end": last, "precision": precision}


def _place(value: str, old: dict[str, Any], located: Located) -> dict[str, Any]:
    if not value:
        return dict(_EMPTY["place"])
    found = located(value)
    if found is None:
        raise InputError(refusal("assign.place"))
    from marsad.register.corrections import located as as_place

    return as_place(old, *found)


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise InputError(refusal("json.none", said=error)) from error
