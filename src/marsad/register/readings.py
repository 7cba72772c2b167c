"""Readings: what a reader found in a version of a document, as rows, with the ids of claims that were known before.

A claim keeps its id through all readings of its document (``matching``), also one that an earlier reading had and the last one
had not. What a reading proposed is never changed; a later reading stands beside it, and the document points to the current one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from marsad.register import schema
from marsad.register.audit import Event
from marsad.register.canonical import canonical, digest, row_digest
from marsad.register.matching import match, slots_that_differ
from marsad.register.rows import highest, insert, parts

__all__ = ["Change", "NewReading", "columns_of", "insert_readings", "proposals_digest", "without_id"]


@dataclass(frozen=True, slots=True)
class NewReading:
    """A reading to store.

    Attributes:
        document_id, version: what was read.
        text_sha256: the text that offsets refer to.
        bodies: claims as public records, in order; ids in them are replaced.
        whys: for each the rules behind its values.
        error: why the reader failed, or None.
        current: whether the version is the current one.
    """

    document_id: str
    version: int
    text_sha256: str
    bodies: tuple[dict[str, Any], ...]
    whys: tuple[dict[str, str], ...]
    error: str | None
    current: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a reading changed in the claims of a document, by the ids of claims.

    Attributes:
        document_id: the document.
        same: how many claims are as they were.
        changed: claims with the slots whose values are others now.
        new, lost: claims that the reading before did not have, and that this one has not.
    """

    document_id: str
    same: int
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    new: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "same": self.same, "changed": {i: list(slots) for i, slots in self.changed}, "new": list(self.new),
            "lost": list(self.lost),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """A claim of a document as the last reading that had it proposed it; ``current`` if that is the current one."""

    id: str
    body: dict[str, Any]
    text_sha256: str
    current: bool


def columns_of(body: dict[str, Any]) -> dict[str, Any]:
    """The columns of ``proposal`` that lists are cut by, from the public record."""
    date, place = body["date"], body["place"]
    return {
        "type": body["type"], "scope": body["scope"], "status": body["status"], "date_start": date["start"],
        "date_end": date["end"], "place": place["name"], "country": place["country"], "latitude": _float(place["latitude"]),
        "longitude": _float(place["longitude"]), "gazetteer": place["gazetteer"],
    }  # fmt: skip


def without_id(body: dict[str, Any]) -> dict[str, Any]:
    """A claim without its ids, to compare what two readers found."""
    return {key: value for key, value in body.items() if key not in ("id", "document")}


def proposals_digest(rows: Iterable[tuple[str, str, str]]) -> str:
    """The hash of the proposals of a reading, in order: id, body and reasons of each claim."""
    return digest([list(row) for row in rows])


def insert_readings(
    connection: Connection, items: Sequence[NewReading], reader: str, at: str, *, action: str = "reading"
) -> tuple[list[Event], list[Change]]:
    """Insert readings with their claims and point the documents to them.

    Args:
        connection: a writing transaction; the versions are there.
        items: in order; of a document several where it has several versions.
        reader: name of the reader of all of them.
        at: time of reading.
        action: for the log.

    Returns:
        Events to log and what each changed, both in order.
    """
    known, last = _known(connection, {i.document_id for i in items})
    number = highest(connection, schema.reading.c.id) if items else 0
    readings: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    proposals: list[dict[str, Any]] = []
    pointers, events, changes = [], [], []
    for item in items:
        number += 1
        before = known.setdefault(item.document_id, [])
        pairs = match(
            [k.body for k in before], item.bodies, same_text=[k.text_sha256 == item.text_sha256 for k in before]
        )  # fmt: skip
        made, rows = [], []
        for position, (body, why) in enumerate(zip(item.bodies, item.whys, strict=True)):
            identifier = before[pairs[position]].id if position in pairs else ""
            if not identifier:
                next_number = last[item.document_id] = last.get(item.document_id, 0) + 1
                identifier = f"{item.document_id}.{next_number}"
                claims.append({"id": identifier, "document_id": item.document_id, "number": next_number, "first_reading": number})
            body = body | {"id": identifier, "document": item.document_id}
            made.append(body)
            rows.append((identifier, canonical(body), canonical(why)))
            proposals.append(
                {
                    "reading_id": number,
                    "claim_id": identifier,
                    "position": position,
                    **columns_of(body),
                    "body": rows[-1][1],
                    "why": rows[-1][2],
                }
            )
        row = {
            "id": number, "document_id": item.document_id, "version": item.version, "reader": reader, "read_at": at,
            "claims": len(rows), "error": item.error, "digest": proposals_digest(rows),
        }  # fmt: skip
        readings.append(row)
        change = _change(item.document_id, before, made, pairs)
        changes.append(change)
        now = {body["id"]: _Known(body["id"], body, item.text_sha256, True) for body in made}
        known[item.document_id] = [*(replace(k, current=False) for k in before if k.id not in now), *now.values()]
        detail: dict[str, Any] = {
            "reading": number,
            "version": item.version,
            "reader": reader,
            "claims": len(rows),
            "digest": row_digest(row),
        }
        if item.error is not None:
            detail["error"] = item.error
        if before:
            detail |= change.to_dict()
        events.append(Event(action, item.document_id, detail))
        if item.current:
            pointers.append({"b_id": item.document_id, "b_reading": number})
    insert(connection, schema.reading, readings)
    insert(connection, schema.claim, claims)
    insert(connection, schema.proposal, proposals)
    if pointers:
        d = schema.document
        connection.execute(update(d).where(d.c.id == bindparam("b_id")).values(current_reading=bindparam("b_reading")), pointers)
    return events, changes


def _known(connection: Connection, documents: set[str]) -> tuple[dict[str, list[_Known]], dict[str, int]]:
    """The claims of documents in the order of their numbers, and the last number of each document."""
    c, p, r, v, d = schema.claim.c, schema.proposal.c, schema.reading.c, schema.version.c, schema.document.c
    known: dict[str, list[_Known]] = {}
    last: dict[str, int] = {}
    for part in parts(sorted(documents)):
        latest = (
            select(p.claim_id, func.max(p.reading_id).label("reading_id"))
            .join(schema.claim, c.id == p.claim_id)
            .where(c.document_id.in_(part))
            .group_by(p.claim_id)
            .subquery()
        )
        # The reading that is current; where the current version was not read, the last of all.
        newest = (
            select(r.document_id, func.coalesce(func.max(d.current_reading), func.max(r.id)).label("reading_id"))
            .join(schema.document, d.id == r.document_id)
            .where(r.document_id.in_(part))
            .group_by(r.document_id)
            .subquery()
        )
        wanted = (
            select(c.id, c.document_id, c.number, p.body, v.text_sha256, (newest.c.reading_id == p.reading_id).label("current"))
            .join(latest, latest.c.claim_id == c.id)
            .join(schema.proposal, (p.claim_id == c.id) & (p.reading_id == latest.c.reading_id))
            .join(schema.reading, r.id == p.reading_id)
            .join(schema.version, (v.document_id == r.document_id) & (v.number == r.version))
            .join(newest, newest.c.document_id == c.document_id)
            .order_by(c.document_id, c.number)
        )
        for row in connection.execute(wanted):
            known.setdefault(row.document_id, []).append(_Known(row.id, json.loads(row.body), row.text_sha256, bool(row.current)))
            last[row.document_id] = row.number
    return known, last


def _change(document: str, before: list[_Known], made: list[dict[str, Any]], pairs: dict[int, int]) -> Change:
    same, changed, new = 0, [], []
    for position, body in enumerate(made):
        old = before[pairs[position]] if position in pairs else None
        if old is None or not old.current:
            new.append(body["id"])
        elif slots := slots_that_differ(old.body, body):
            changed.append((body["id"], slots))
        else:
            same += 1
    kept = {body["id"] for body in made}
    lost = tuple(k.id for k in before if k.current and k.id not in kept)
    return Change(document, same, tuple(changed), tuple(new), lost)


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
