"""Drafts: what people have begun on a report and not stored yet. They are nobody else's work, no evidence and not in the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.register import schema
from marsad.register.canonical import canonical, now

__all__ = ["Draft", "drafts", "forget", "keep", "latest"]

# Characters of a draft: a claim with all its fields has some thousand.
_MOST = 200_000
_c = schema.draft.c


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has begun on a document: ``value`` as the screen gave it, ``at`` when (ISO 8601 in UTC)."""

    document_id: str
    who: str
    value: dict[str, Any]
    at: str


def keep(connection: Connection, document: str, who: str, value: dict[str, Any]) -> None:
    """Keep a draft in place of the one before.

    Raises:
        InputError: there is no such document, or the draft is too large.
    """
    told = canonical(value)
    if len(told) > _MOST:
        raise InputError(refusal("draft.large", document=document))
    if connection.scalar(select(schema.document.c.id).where(schema.document.c.id == document)) is None:
        raise InputError(refusal("document.none", document=document))
    forget(connection, document, who)
    connection.execute(schema.draft.insert(), {"document_id": document, "who": who, "value": told, "saved_at": now()})


def forget(connection: Connection, document: str, who: str) -> None:
    """Drop a draft, if there is one."""
    connection.execute(delete(schema.draft).where(_c.document_id == document, _c.who == who))


def drafts(connection: Connection, document: str) -> list[Draft]:
    """All drafts on a document."""
    rows = connection.execute(select(schema.draft).where(_c.document_id == document).order_by(_c.who))
    return [Draft(r.document_id, r.who, json.loads(r.value), r.saved_at) for r in rows]


def latest(connection: Connection, who: str, limit: int = 10) -> list[Draft]:
    """The drafts of a person, the latest first."""
    rows = connection.execute(select(schema.draft).where(_c.who == who).order_by(_c.saved_at.desc(), _c.document_id).limit(limit))
    return [Draft(r.document_id, r.who, json.loads(r.value), r.saved_at) for r in rows]
