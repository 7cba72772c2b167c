"""Audit: the log of all that was done, each entry sealed by the hash of the one before.

An entry says when, who, what (``action`` on a ``subject``), why, and in ``detail`` what is needed to tell later that what was
stored then is stored still: the hashes of the rows. Its own hash covers all of it and the hash of the entry before, so that no
entry can be changed, taken out or put in without all later hashes changing. Who notes the last hash elsewhere can tell later
that the end was not cut off either.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.register.canonical import canonical, digest, now
from marsad.register.errors import RegisterError
from marsad.register.schema import log

__all__ = ["ACTIONS", "START", "Entry", "Event", "append", "broken", "entries", "every", "head", "named"]

ACTIONS = (
    "init",
    "import",
    "reading",
    "reread",
    "decision",
    "undo",
    "add",
    "sign",
    "unsign",
    "pin",
    "unpin",
    "export",
    "upgrade",
    "refused",
    "solved",
    "return",
    "regroup",
    "link",
    "judgement",
    "retract",
    "grade",
    "ungrade",
    "account",
    "restrict",
    "lift",
    "disclose",
    "apply",
    "sign-in",
    "sign-in refused",
    "sign-out",
)
START = "0" * 64
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done, before it is logged: what, on what, with details that JSON can hold."""

    action: str
    subject: str = ""
    detail: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log; ``at`` is ISO 8601 in UTC, the hashes are SHA-256 in hexadecimal."""

    number: int
    at: str
    who: str
    action: str
    subject: str
    why: str
    detail: dict[str, Any]
    previous: str
    hash: str

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def append(connection: Connection, events: Sequence[Event], who: str, why: str) -> None:
    """Log what was done.

    Args:
        connection: a writing transaction, which holds the lock of all writers.
        events: in order.
        who, why: of all of them.

    Raises:
        RegisterError: nobody is named.
    """
    if not who.strip():
        raise RegisterError(refusal("who.none"))
    number, previous = head(connection)
    at, rows = now(), []
    for event in events:
        number += 1
        detail = canonical(event.detail or {})
        seal = _seal(number, at, who, event.action, event.subject, why, detail, previous)
        rows.append(
            {
                "number": number, "at": at, "who": who, "action": event.action, "subject": event.subject, "why": why,
                "detail": detail, "previous": previous, "hash": seal,
            }
        )  # fmt: skip
        previous = seal
    if rows:
        connection.execute(log.insert(), rows)


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry; 0 and ``START`` where there is none."""
    row = connection.execute(select(log.c.number, log.c.hash).order_by(log.c.number.desc()).limit(1)).first()
    return (row[0], row[1]) if row else (0, START)


def entries(
    connection: Connection,
    *,
    action: str = "",
    who: str = "",
    subject: str = "",
    since: str = "",
    until: str = "",
    before: int = 0,
    limit: int = 0,
) -> list[Entry]:
    """Entries, the latest first.

    Args:
        connection: a transaction.
        action, who: exactly.
        subject: the id of a document, with its claims, or of a claim.
        since, until: ISO days or times in UTC, both inclusive; a day is the whole day.
        before: only entries with a lower number; 0 for all.
        limit: at most so many; 0 for all.

    Raises:
        InputError: ``until`` is no day.
    """
    wanted = select(log).order_by(log.c.number.desc())
    for column, value in ((log.c.action, action), (log.c.who, who)):
        if value:
            wanted = wanted.where(column == value)
    if subject:
        # Its claims lie between "ID." and the character behind the dot, where texts are ordered by their bytes and the index is used.
        ordered = (log.c.subject > f"{subject}.") & (log.c.subject < f"{subject}/")
        plain = log.c.subject.startswith(f"{subject}.", autoescape=True)
        wanted = wanted.where((log.c.subject == subject) | (ordered if connection.dialect.name == "sqlite" else plain))
    if since:
        wanted = wanted.where(log.c.at >= since)
    if until:
        wanted = wanted.where(log.c.at < _day_after(until) if len(until) == 10 else log.c.at <= until)
    if before:
        wanted = wanted.where(log.c.number < before)
    if limit:
        wanted = wanted.limit(limit)
    return [_entry(row) for row in connection.execute(wanted)]


def named(connection: Connection, actions: Sequence[str], subjects: Sequence[str]) -> list[Entry]:
    """Entries of some actions on some subjects, exactly, in order; as many subjects as one question may name."""
    wanted = select(log).where(log.c.subject.in_(subjects), log.c.action.in_(actions)).order_by(log.c.number)
    return [_entry(row) for row in connection.execute(wanted)]


def every(connection: Connection) -> Iterator[Entry]:
    """All entries in order, held page by page."""
    last = 0
    while rows := connection.execute(select(log).where(log.c.number > last).order_by(log.c.number).limit(_PAGE)).all():
        for row in rows:
            yield _entry(row)
        last = rows[-1].number


def broken(entry: Entry, number: int, previous: str) -> str:
    """What is wrong with an entry where ``number`` and the hash ``previous`` are expected, or the empty string."""
    if entry.number != number:
        return f"entry {number} is missing"
    if entry.previous != previous:
        return f"entry {number} does not follow the one before it"
    detail = canonical(entry.detail)
    if _seal(number, entry.at, entry.who, entry.action, entry.subject, entry.why, detail, previous) != entry.hash:
        return f"entry {number} was changed"
    return ""


def _day_after(day: str) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError) as error:
        raise InputError(refusal("day.none", day=day)) from error


def _seal(*parts: Any) -> str:
    return digest(list(parts))


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        row.number, row.at, row.who, row.action, row.subject, row.why, json.loads(row.detail), row.previous, row.hash
    )  # fmt: skip
