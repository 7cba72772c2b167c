"""Readers: what the pages of readers share: names and masks of values, the way on, and the form of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from marsad.desk import claimform, words
from marsad.desk.claimvalues import Named, Shown, rows
from marsad.desk.context import Desk
from marsad.desk.errors import MissingError
from marsad.errors import InputError
from marsad.gazetteer.entry import Entry
from marsad.gazetteer.records import entry_of
from marsad.lexicon.reasons import refusal
from marsad.register import pins, queues
from marsad.register.queries import ClaimRecord
from marsad.views.masking import masked

__all__ = [
    "alike",
    "back",
    "candidates",
    "edit_form",
    "known_queue",
    "locate",
    "mask",
    "named_candidates",
    "namer",
    "next_address",
]

_CANDIDATES, _ALIKE = 8, 20


def known_queue(desk: Desk, queue: str) -> None:
    if queue not in queues.QUEUES:
        raise InputError(desk.t("base.invalid", wrong=queue))


def mask(desk: Desk) -> Shown:
    """How texts of reports are shown: with names of people masked where that is wanted; programs get them as they are."""
    return masked if desk.masks and not desk.wants_json else str


def namer(desk: Desk) -> Named:
    """Names the values of vocabularies in the language of the page."""
    return partial(words.named, desk.language)


def next_address(desk: Desk, queue: str, behind: str) -> str:
    with desk.snapshot() as connection:
        found = queues.waiting(connection, queue, after=behind, limit=1) or queues.waiting(connection, queue, limit=1)
    return f"/reading/{found[0].id}?queue={queue}" if found else f"/reading?queue={queue}"


def back(desk: Desk, document: str, claim: str) -> Response:
    queue = str(desk.form.get("queue") or "first")
    told = {"queue": queue if queue in queues.QUEUES else "first"} | ({"claim": claim} if claim else {})
    return desk.redirect(f"/reading/{document}?{urlencode(told)}", {"claim": claim})


def edit_form(
    desk: Desk,
    document: str,
    records: list[ClaimRecord],
    claim: str,
    draft: dict[str, Any],
    last: int,
    why: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """The form of a claim with what was begun of it; ``why`` are the rules by which the reader found its values."""
    sure: dict[str, Any] = {}
    if claim == "new":
        value, seen = claimform.told("new", document), 0
    else:
        record = next((r for r in records if r.id == claim), None)
        if record is None:
            raise MissingError(refusal("claim.none", claim=claim))
        value, seen = record.value, last
        sure = {row["key"]: named_candidates(desk, row["sure"]) for row in rows(record, why, namer(desk))}
    shown = mask(desk)
    fields = {key: shown(item) if key.endswith(".quote") else item for key, item in claimform.fields(value).items()}
    begun = draft.get("claim") == claim and bool(draft.get("fields"))
    gone = [key for key in draft.get("fields", {}) if key.endswith(".gone")] if begun else []
    if begun:
        fields |= {key: item for key, item in draft["fields"].items() if key in fields}
    name = value["place"]["name"] or ""
    return {
        "claim": claim, "seen": seen, "fields": fields, "gone": gone, "begun": begun, "why": draft.get("why", "") if begun else "",
        "numbers": {slot: [*map(str, range(1, len(value[slot]) + 1)), "new"] for slot in claimform.LISTS},
        "places": _choices(desk, name, sure), "at": _point(value["place"]) if value["place"]["gazetteer"] is None else "",
        "parties": _parties(desk), "sure": sure,
    }  # fmt: skip


def named_candidates(desk: Desk, sure: dict[str, Any]) -> dict[str, Any]:
    """How sure a value is, with the candidates of a place as ``id``, ``name`` (with what it lies in) and ``chance``."""
    made = []
    for identifier, chance in sure["candidates"]:
        entry = desk.gazetteer.get(identifier)
        within = [] if entry is None else [p.label for p in desk.gazetteer.parents(entry)]
        made.append({"id": identifier, "name": "، ".join([entry.label if entry else identifier, *within]), "chance": chance})
    return sure | {"candidates": made}


def _choices(desk: Desk, name: str, sure: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a place may be: what the reader weighed, with ``chance`` and the likeliest first, then what else has such a name."""
    told = {c["id"]: c["chance"] for c in sure.get("place", {}).get("candidates", ())}
    found = {place["id"]: place for place in (candidates(desk, name) if name else ())}
    for identifier in told:
        entry = desk.gazetteer.get(identifier)
        if identifier not in found and entry is not None:
            found[identifier] = _candidate(desk, entry, 0.0)
    return sorted(({**place, "chance": told.get(i, 0.0)} for i, place in found.items()), key=lambda p: -p["chance"])


def _point(place: dict[str, Any]) -> str:
    """Coordinates that belong to no place of the gazetteer."""
    return "" if place["latitude"] is None else f"{place['latitude']:.3f}, {place['longitude']:.3f}"


def alike(desk: Desk, name: str) -> int:
    """How many places of the gazetteer are called so, up to a bound: how open it is which of them is meant."""
    return sum(1 for _, likeness in desk.gazetteer.search(name, _ALIKE) if likeness == 1.0) if name else 0


def candidates(desk: Desk, name: str) -> list[dict[str, Any]]:
    """Places that a name may mean, the most alike first."""
    return [_candidate(desk, entry, likeness) for entry, likeness in desk.gazetteer.search(name, _CANDIDATES)]


def _candidate(desk: Desk, entry: Entry, likeness: float) -> dict[str, Any]:
    within = [p.label for p in desk.gazetteer.parents(entry)]
    return {
        "id": entry.id, "name": entry.label, "latin": entry.latin, "class": entry.kind, "country": entry.country, "within": within,
        "latitude": entry.latitude, "longitude": entry.longitude, "likeness": likeness,
    }  # fmt: skip


def locate(desk: Desk, connection: Any) -> claimform.Located:
    def located(identifier: str) -> tuple[Entry, tuple[str, ...]] | None:
        pinned = next((r for r in pins.records(pins.pins(connection)) if r.id == identifier), None)
        entry = desk.gazetteer.get(identifier) if pinned is None else entry_of(pinned, "pins")
        return None if entry is None else (entry, tuple(p.label for p in desk.gazetteer.parents(entry)))

    return located


def _parties(desk: Desk) -> list[tuple[str, str]]:
    """The parties of the list with their names, by name."""
    table, start = words.table()[desk.language], "values.party."
    return sorted(
        ((key.removeprefix(start), told) for key, told in table.items() if key.startswith(start)), key=lambda p: p[1].casefold()
    )
