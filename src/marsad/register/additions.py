"""Additions: claims that people add beside those of the machine, with what is decided on them.

An added claim is a public record like any other, with evidence that stands in the text to the letter. It has an id of its own kind
(``DOCUMENT.p1``) and a table of its own, so that what a machine read and what a person added are never taken for each other. Where
the document gets another text, the claim is lost like one that a later reader does not find: its evidence is of the past.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.canonical import canonical, now, row_digest
from marsad.register.corrections import recorded
from marsad.register.rows import highest, parts

__all__ = ["ADD", "AddedClaim", "add", "added", "insert_row", "is_added", "next_number", "rows", "text_at"]

# The verdict of the row by which a claim is added.
ADD = "add"
_MARK = "p"
_a, _d, _v, _t = schema.addition.c, schema.document.c, schema.version.c, schema.text_body.c


@dataclass(frozen=True, slots=True)
class AddedClaim:
    """A claim that a person added.

    Attributes:
        id, document_id: ids.
        body: the public record as it was added.
        current: whether the document still has the text that its evidence is of.
    """

    id: str
    document_id: str
    body: dict[str, Any]
    current: bool


def is_added(claim_id: str) -> bool:
    """Whether an id is that of a claim that a person added."""
    return claim_id.partition(".")[2].startswith(_MARK)


def add(connection: Connection, document: str, value: dict[str, Any], who: str, why: str) -> str:
    """Add a claim to a document in its current version.

    Args:
        connection: a writing transaction.
        document: id of the document.
        value: ``type`` and ``trigger`` and any other slots, in the form of the public record; what is left out is empty. Evidence
            is an object with ``start``, ``end`` and ``text``, or words that stand in the text.
        who, why: who adds it, and the reason, which may be empty.

    Returns:
        The id of the claim.

    Raises:
        InputError: there is no such document, or a value that is none.
    """
    found = connection.execute(
        select(_d.current_version, _t.body)
        .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
        .join(schema.text_body, _t.sha256 == _v.text_sha256)
        .where(_d.id == document)
    ).first()
    if found is None:
        raise InputError(refusal("document.none", document=document))
    version, text = found
    number = 1 + int(connection.scalar(select(func.count()).where(_a.document_id == document, _a.verdict == ADD)) or 0)
    claim = f"{document}.{_MARK}{number}"
    body = recorded(value, text) | {"id": claim, "document": document}
    insert_row(connection, claim, version, ADD, body, None, who, why)
    return claim


def added(
    connection: Connection, *, documents: Iterable[str] | None = None, claims: Iterable[str] | None = None
) -> list[AddedClaim]:
    """Claims that people added and nobody took back, document by document in the order in which they were added.

    Args:
        connection: a transaction.
        documents: only of these; None for all.
        claims: only these; None for all.
    """
    back = schema.addition.alias()
    then = schema.version.alias("then")
    wanted = (
        select(_a.claim_id, _a.document_id, _a.value, (then.c.text_sha256 == _v.text_sha256).label("current"))
        .join(schema.document, _d.id == _a.document_id)
        .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
        .join(then, (then.c.document_id == _a.document_id) & (then.c.number == _a.version))
        .outerjoin(back, back.c.undoes == _a.id)
        .where(_a.verdict == ADD, back.c.id.is_(None))
        .order_by(_a.document_id, _a.id)
    )
    found: list[Row[Any]] = []
    for column, within in ((_a.document_id, documents), (_a.claim_id, claims)):
        if within is not None:
            for part in parts(sorted(set(within))):
                found += connection.execute(wanted.where(column.in_(part))).all()
            break
    else:
        found += connection.execute(wanted).all()
    return [AddedClaim(r.claim_id, r.document_id, json.loads(r.value), bool(r.current)) for r in found]


def text_at(connection: Connection, claim_id: str) -> tuple[int, str, bool]:
    """Version and text that an added claim was read in, and whether that is the current text.

    Raises:
        InputError: there is no such claim.
    """
    wanted = (
        select(_a.version, _t.body, _v.text_sha256, _a.document_id)
        .join(schema.version, (_v.document_id == _a.document_id) & (_v.number == _a.version))
        .join(schema.text_body, _t.sha256 == _v.text_sha256)
        .where(_a.claim_id == claim_id, _a.verdict == ADD)
    )
    row = connection.execute(wanted).first()
    if row is None or not added(connection, claims=[claim_id]):
        raise InputError(refusal("claim.none", claim=claim_id))
    current = connection.scalar(
        select(_v.text_sha256)
        .join(schema.document, (_d.id == _v.document_id) & (_d.current_version == _v.number))
        .where(_d.id == row.document_id)
    )
    return row.version, row.body, current == row.text_sha256


def rows(
    connection: Connection, claims: Sequence[str] | None = None, documents: Sequence[str] | None = None
) -> Iterator[Row[Any]]:
    """All that was done to added claims, in order, each with ``current`` as of :class:`AddedClaim`; as many ids as one question holds."""
    then = schema.version.alias("then")
    wanted = (
        select(schema.addition, (then.c.text_sha256 == _v.text_sha256).label("current"))
        .join(schema.document, _d.id == _a.document_id)
        .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
        .join(then, (then.c.document_id == _a.document_id) & (then.c.number == _a.version))
        .order_by(_a.id)
    )
    if claims is not None:
        wanted = wanted.where(_a.claim_id.in_(claims))
    if documents is not None:
        wanted = wanted.where(_a.document_id.in_(documents))
    yield from connection.execute(wanted).all()


def next_number(connection: Connection) -> int:
    """The next number of a decision, on claims of machines or on added ones, under the writers' lock."""
    return 1 + max(highest(connection, schema.decision.c.id), highest(connection, _a.id))


def insert_row(
    connection: Connection,
    claim_id: str,
    version: int,
    verdict: str,
    value: dict[str, Any] | None,
    undoes: int | None,
    who: str,
    why: str,
) -> int:
    """Store one row and log it; returns its number."""
    number = next_number(connection)
    row = {
        "id": number, "claim_id": claim_id, "document_id": claim_id.partition(".")[0], "version": version, "verdict": verdict,
        "value": None if value is None else canonical(value), "undoes": undoes, "who": who, "why": why, "decided_at": now(),
    }  # fmt: skip
    connection.execute(schema.addition.insert(), row)
    detail = {"addition": number, "verdict": verdict, "digest": row_digest(row)} | ({} if undoes is None else {"undoes": undoes})
    action = "undo" if undoes is not None else ADD if verdict == ADD else "decision"
    append(connection, [Event(action, claim_id, detail)], who, why)
    return number
