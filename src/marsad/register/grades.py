"""Grades: what people sign for incidents, with the inputs that they saw. Each is a row of its own that is never changed.

A signature holds until it is taken back or a later one takes its place. When the claims of its incident, or who stands behind them, are
other than they were, it is ``stale``: it still holds, and somebody should look at it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from marsad.counting.dossier import GRADES
from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.canonical import canonical, now, row_digest
from marsad.register.errors import UnseenError
from marsad.register.rows import highest, parts
from marsad.register.undoing import entry_to_undo

__all__ = ["Signature", "history", "sign", "standing", "undo"]

_UNDO = "undo"
_g = schema.grade.c


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed grade.

    Attributes:
        id: its number in the register. incident: id of the incident that it was signed for.
        grade: one of ``marsad.counting.GRADES``. suggested: what the program suggested then, or None.
        inputs: what the one who signed saw: the suggestion with its inputs, and the claims by id.
        seen: hash of that, as the incident's row has it (``faces``).
        who, why, at: who signed, the reason, and when (ISO 8601 in UTC).
        undone: whether it was taken back.
    """

    id: int
    incident: str
    grade: str
    suggested: str | None
    inputs: dict[str, Any]
    seen: str
    who: str
    why: str
    at: str
    undone: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def sign(connection: Connection, incident: str, grade: str, who: str, why: str, *, inputs: dict[str, Any], seen: str) -> int:
    """Sign a grade.

    Args:
        connection: a writing transaction.
        incident: id of a current incident.
        grade: one of ``marsad.counting.GRADES``.
        who, why: who signs and the reason, which may not be empty.
        inputs: the suggestion that the one who signs saw (``suggested``, ``reasons``, ``inputs``, ``claims``).
        seen: hash of what they saw. If the incident has another one now, nothing is signed.

    Returns:
        The number of the signature.

    Raises:
        InputError: another grade, no reason, or no such incident.
        UnseenError: the claims are other than those that were seen.
    """
    if grade not in GRADES:
        raise InputError(refusal("grade.none", grade=escaped(grade), grades=GRADES))
    if not why.strip():
        raise InputError(refusal("why.grade"))
    f = schema.incident_face.c
    current = connection.scalar(select(f.seen).where(f.incident_id == incident))
    if current is None:
        raise InputError(refusal("incident.none", told=incident))
    if current != seen:
        raise UnseenError(refusal("grade.unseen"))
    return _insert(connection, incident, grade, inputs, seen, None, who, why)


def undo(connection: Connection, number: int, who: str, why: str) -> str:
    """Take back a signature by a new entry.

    Returns:
        The id of the incident that it was signed for.

    Raises:
        InputError: there is no such signature, it is taken back already, or no reason is given.
    """
    row = entry_to_undo(connection, schema.grade, _g.undoes, number, "signature", why)
    _insert(connection, row.incident_id, _UNDO, {}, "", number, who, why)
    return str(row.incident_id)


def history(connection: Connection, incidents: Iterable[str]) -> list[Signature]:
    """All signatures for some incidents, the oldest first."""
    rows: list[Row[Any]] = []
    for part in parts(sorted(set(incidents))):
        rows += connection.execute(select(schema.grade).where(_g.incident_id.in_(part)))
    rows.sort(key=lambda r: r.id)
    undone = {row.undoes for row in rows}
    return [
        Signature(
            r.id, r.incident_id, r.grade, r.suggested, json.loads(r.inputs), r.seen, r.who, r.why, r.graded_at, r.id in undone
        )
        for r in rows
        if r.grade != _UNDO
    ]  # fmt: skip


def standing(connection: Connection, incidents: Iterable[str]) -> dict[str, Signature]:
    """The signature that holds for each of some incidents: the last one that was not taken back."""
    return {s.incident: s for s in history(connection, incidents) if not s.undone}


def _insert(
    connection: Connection, incident: str, grade: str, inputs: dict[str, Any], seen: str, undoes: int | None, who: str, why: str
) -> int:
    number = highest(connection, _g.id) + 1
    row = {
        "id": number, "incident_id": incident, "grade": grade, "suggested": inputs.get("suggested"), "inputs": canonical(inputs),
        "seen": seen, "undoes": undoes, "who": who, "why": why, "graded_at": now(),
    }  # fmt: skip
    connection.execute(schema.grade.insert(), row)
    detail = {"grade": number, "signed": grade, "digest": row_digest(row)} | ({} if undoes is None else {"undoes": undoes})
    append(connection, [Event("ungrade" if undoes is not None else "grade", incident, detail)], who, why)
    return number
