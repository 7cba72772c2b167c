"""Rereading: documents through the reader of today, where the one that read them was another.

Where it finds the same, that is noted; where it finds other claims, a new reading stands beside the old one. Decisions of people
are left alone: they say themselves what became of the claim that they were made on (``decisions``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from marsad.batch import Reading
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.canonical import now
from marsad.register.decisions import Decision, decisions_of
from marsad.register.readings import Change, NewReading, insert_readings, without_id
from marsad.register.rows import existing, insert, parts

__all__ = ["Reread", "count_due", "due", "store_rereadings"]


@dataclass(frozen=True, slots=True)
class Reread:
    """What rereading a document brought.

    Attributes:
        document_id: the document.
        change: what is other in its claims, or None where nothing is.
        decisions: those that stand on claims which have other values now or are lost.
        error: why the reader failed, or None.
    """

    document_id: str
    change: Change | None
    decisions: tuple[Decision, ...] = ()
    error: str | None = None


def due(connection: Connection, reader: str, *, languages: Sequence[str], every: bool = False) -> list[str]:
    """Ids of the documents that a reader has not read in their current version, in order.

    Args:
        connection: a transaction.
        reader: its name.
        languages: codes that it reads; documents in others are left out, those whose language is unknown are not.
        every: also those that it has read.
    """
    d = schema.document.c
    wanted = _readable(select(d.id), languages).order_by(d.id)
    return list(connection.scalars(wanted if every else wanted.where(*_other(reader))))


def count_due(connection: Connection, reader: str, *, languages: Sequence[str]) -> int:
    """How many documents a reader has not read in their current version; see :func:`due`."""
    wanted = _readable(select(func.count()).select_from(schema.document), languages)
    return int(connection.scalar(wanted.where(*_other(reader))) or 0)


def _readable(wanted: Select[Any], languages: Sequence[str]) -> Select[Any]:
    """Documents that may be read, in a question for them."""
    d, v = schema.document.c, schema.version.c
    return wanted.join(schema.version, (v.document_id == d.id) & (v.number == d.current_version)).where(
        v.language.is_(None) | v.language.in_(languages)
    )


def _other(reader: str) -> Sequence[ColumnElement[bool]]:
    """What holds of documents that a reader has not read."""
    d, r, c = schema.document.c, schema.reading.c, schema.confirmation.c
    same = select(r.id).where(r.id == d.current_reading, r.reader == reader)
    confirmed = select(c.reading_id).where(c.reading_id == d.current_reading, c.reader == reader)
    return (~exists(same.correlate(schema.document)), ~exists(confirmed.correlate(schema.document)))


def store_rereadings(
    connection: Connection, items: Sequence[tuple[Reading, int, str]], *, reader: str, who: str, why: str
) -> list[Reread]:
    """Store readings of documents that were read before, or not yet.

    Args:
        connection: a writing transaction.
        items: readings, each with the version and the hash of the text that was read. If the document has another version by
            now, the reading is left out: it is of the past.
        reader: name of the reader of all of them.
        who, why: for the log.

    Returns:
        One for each item that was stored, in order.
    """
    state = _state(connection, [reading.document.id for reading, _, _ in items])
    fresh, confirmed = [], []
    order: list[str] = []
    for reading, version, text_hash in items:
        identifier = reading.document.id
        current, current_reading, bodies, error = state[identifier]
        if current != version:
            continue
        order.append(identifier)
        made = tuple(claim.to_dict() for claim in reading.claims)
        if current_reading is not None and error == reading.error and [without_id(b) for b in made] == bodies:
            confirmed.append(current_reading)
        else:
            fresh.append(
                NewReading(identifier, version, text_hash, made, tuple(dict(c.why) for c in reading.claims), reading.error, True)
            )
    at = now()
    c = schema.confirmation.c
    done = {
        i for i in existing(connection, c.reading_id, confirmed)
        if connection.scalar(select(c.reader).where(c.reading_id == i, c.reader == reader)) is not None
    }  # fmt: skip
    added = [i for i in confirmed if i not in done]
    insert(connection, schema.confirmation, [{"reading_id": i, "reader": reader, "read_at": at} for i in added])
    events, changes = insert_readings(connection, fresh, reader, at, action="reread")
    if added:
        events.append(Event("reread", "", {"reader": reader, "confirmed": added}))
    append(connection, events, who, why)
    return _results(connection, order, {c.document_id: c for c in changes}, {n.document_id: n.error for n in fresh})


def _state(connection: Connection, ids: list[str]) -> dict[str, tuple[int, int | None, list[dict[str, Any]], str | None]]:
    """For each document its current version and reading, the claims of that without ids, and its error."""
    d, r, p = schema.document.c, schema.reading.c, schema.proposal.c
    found: dict[str, tuple[int, int | None, list[dict[str, Any]], str | None]] = {}
    for part in parts(sorted(set(ids))):
        for identifier, version, reading, error in connection.execute(
            select(d.id, d.current_version, d.current_reading, r.error)
            .outerjoin(schema.reading, r.id == d.current_reading)
            .where(d.id.in_(part))
        ):
            found[identifier] = (version, reading, [], error)
        for identifier, body in connection.execute(
            select(d.id, p.body)
            .join(schema.proposal, p.reading_id == d.current_reading)
            .where(d.id.in_(part))
            .order_by(d.id, p.position)
        ):
            found[identifier][2].append(without_id(json.loads(body)))
    return found


def _results(connection: Connection, order: list[str], changes: dict[str, Change], errors: dict[str, str | None]) -> list[Reread]:
    touched = [i for change in changes.values() for i in (*(c for c, _ in change.changed), *change.lost)]
    decided = decisions_of(connection, touched)
    results = []
    for identifier in order:
        change = changes.get(identifier)
        if change is None:
            results.append(Reread(identifier, None))
            continue
        of = (*(c for c, _ in change.changed), *change.lost)
        held = tuple(d for i in of for d in decided.get(i, ()) if not d.undone and d.state != "holds")
        results.append(Reread(identifier, change, held, errors[identifier]))
    return results
