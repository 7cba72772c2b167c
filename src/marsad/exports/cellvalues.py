"""Cells of the working table that people changed, as slots of a correction."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from marsad.errors import InputError
from marsad.exports.worktable import party_text
from marsad.register.assignments import Located, assigned
from marsad.vocabulary import HARM_KINDS

__all__ = ["corrected_slots", "day_orders", "same"]

_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: 0?0:00(?::00)?)?")
_REVERSED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_COUNT = re.compile(r"(\d+)|(\d+) ?\.\. ?(\d+)?|\?")
# What single columns change of a slot.
_ASSIGNED = {
    "scope": "scope", "status": "status", "type": "type", "date": "date", "place": "place.name", "place_id": "place",
    "country": "place.country", "latitude": "place.latitude", "longitude": "place.longitude",
}  # fmt: skip
_LISTS: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "perpetrators": ("id", party_text), "targets": ("id", party_text), "sites": ("kind", lambda e: str(e["kind"])),
    "weapons": ("kind", lambda e: str(e["kind"])),
}  # fmt: skip


def days_in(cell: str) -> dict[str, str]:
    """ISO days that a cell may be: by ``day`` first and by ``month`` first, where a spreadsheet wrote it with slashes."""
    if match := _REVERSED.fullmatch(cell):
        return {"day": day} if (day := _day(*match.groups())) else {}
    match = _SLASHED.fullmatch(cell)
    if match is None:
        return {}
    one, other, year = match.groups()
    year = year if len(year) == 4 else f"20{year}"
    found = {"day": _day(year, other, one), "month": _day(year, one, other)}
    return {order: day for order, day in found.items() if day}


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def day_orders(cells: Sequence[tuple[str, str]]) -> set[str]:
    """In which order a file writes days with slashes, as far as cells (with what the register has) tell it."""
    found = set()
    for cell, there in cells:
        orders = {order for order, day in days_in(cell).items() if day == there}
        if len(orders) == 1 and len(set(days_in(cell).values())) > 1:
            found |= orders
    return found


def same(column: str, cell: str, there: str) -> bool:
    """Whether a cell says what the register has, whatever a spreadsheet made of it."""
    if cell == there:
        return True
    if column == "date":
        return there in days_in(cell).values()
    if column in ("latitude", "longitude"):
        try:
            return float(cell.replace(",", ".")) == float(there)
        except ValueError:
            return False
    if column in _LISTS or column in HARM_KINDS:
        return [p.strip() for p in re.split("[,;]", cell)] == [p.strip() for p in re.split("[,;]", there)]
    return cell.casefold() == there.casefold() and column in ("country", "verdict", "scope", "status", "type")


def corrected_slots(body: dict[str, Any], column: str, cell: str, located: Located, orders: set[str]) -> dict[str, Any]:
    """The slots of a claim that a changed cell corrects, whole.

    Args:
        body: the claim as it stands, with what other cells of the row have changed.
        column, cell: the column, and the cell in plain form.
        located: what the gazetteer knows of an id.
        orders: of days with slashes in the file.

    Raises:
        InputError: the cell says nothing that the column can hold.
    """
    if column in HARM_KINDS:
        return {"harm": _harm(body["harm"], column, cell)}
    if column in _LISTS:
        return {column: _listed(copy.deepcopy(body[column]), column, cell)}
    if column == "date":
        cell = _date(cell, orders)
    elif column in ("latitude", "longitude"):
        cell = cell.replace(",", ".")
    elif column == "country":
        cell = cell.upper()
    elif column in ("scope", "status", "type"):
        cell = cell.lower()
    return assigned(body, [f"{_ASSIGNED[column]}={cell}"], located)


def _date(cell: str, orders: set[str]) -> str:
    days = days_in(cell)
    if not days:
        return cell
    if len(set(days.values())) == 1:
        return next(iter(days.values()))
    if len(orders) == 1:
        return days[next(iter(orders))]
    raise InputError(f"{cell} may be {' or '.join(sorted(days.values()))}; write the day as YYYY-MM-DD")


def _listed(old: list[dict[str, Any]], column: str, cell: str) -> list[dict[str, Any]]:
    """Entries by their ids or kinds; what was there keeps its words, what is new needs some."""
    key, text = _LISTS[column]
    made = []
    for token in (part.strip() for part in re.split("[,;]", cell)):
        word, _, words = token.partition("@")
        there = next((entry for entry in old if text(entry) == word.strip()), None)
        if there is not None and not words:
            old.remove(there)
            made.append(there)
        elif word.startswith("?") and key == "id":
            made.append({"id": None, "name": word[1:], "evidence": words.split("|") if words else []})
        elif word:
            entry: dict[str, Any] = {key: word.strip(), "evidence": words.split("|") if words else []}
            if column != "weapons":
                entry["name"] = words.split("|")[0].partition("#")[0]
            made.append(entry)
    return made


def _harm(old: list[dict[str, Any]], kind: str, cell: str) -> list[dict[str, Any]]:
    """The harm of a claim with other numbers of a kind; groups of people keep their status and parts."""
    mine = [h for h in old if h["kind"] == kind]
    tokens = [part.strip() for part in cell.split(";") if part.strip()]
    if not tokens:
        return [h for h in old if h["kind"] != kind]
    if mine and len(tokens) != len(mine):
        raise InputError(f"the claim tells of {len(mine)} groups; give {len(mine)} numbers parted by semicolons, or none")
    made = [h for h in old if h["kind"] != kind or mine]
    for number, token in enumerate(tokens):
        told, _, words = token.partition("@")
        match = _COUNT.fullmatch(told.strip())
        if match is None:
            raise InputError(f"{told!r}: a number is expected: 3, 3..5, 20.. for at least 20, or ? for unknown")
        exact, low, high = match.groups()
        low, high = (exact, exact) if exact else (low, high)
        bounds = {"min": None if low is None else int(low), "max": None if high is None else int(high)}
        entry = (mine[number] if mine else {"kind": kind, "evidence": []}) | bounds
        if words:
            entry["evidence"] = words.split("|")
        if mine:
            made[made.index(mine[number])] = entry
        else:
            made.append(entry)
    return made
