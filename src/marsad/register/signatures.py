"""Signatures: who read a report and stands for its claims as they are, the first reader and the second.

A signature names the version and the reading that were signed, and the last decision on the claims of the report then. Whatever
comes later, another text, another reading, a decision or a claim that somebody adds, leaves the signature as it is and makes it
stale. Everything that stands in a report that was signed twice was so seen by two people: what the second reader changes makes the
first signature stale, the second reader signs first, and somebody else second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.canonical import now, row_digest
from marsad.register.decisions import decide
from marsad.register.errors import UnseenError
from marsad.register.queries import claims
from marsad.register.rows import highest, parts
from marsad.register.undoing import entry_to_undo

__all__ = ["FIRST", "SECOND", "Signature", "last", "sign", "signatures", "signatures_of", "unsign"]

FIRST, SECOND = "first", "second"
_UNDO = "undo"
_s, _d = schema.signature.c, schema.document.c


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was not taken back, or was.

    Attributes:
        id: its number in the register.
        document_id, version, reading: what was signed; ``reading`` is None where no machine had read it.
        decided: the number of the last decision on the claims of the document then, 0 for none.
        part: ``first`` or ``second``.
        who, why, at: who signed, a note, and when (ISO 8601 in UTC).
        undone: whether it was taken back.
        fresh: whether the document is still as it was signed; of one that was taken back it is false.
    """

    id: int
    document_id: str
    version: int
    reading: int | None
    decided: int
    part: str
    who: str
    why: str
    at: str
    undone: bool
    fresh: bool

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def sign(connection: Connection, document: str, who: str, why: str = "", *, accept: bool = False, seen: int | None = None) -> str:
    """Sign a report as it stands: as its second reader where somebody else signed it first as it stands, else as its first.

    Args:
        connection: a writing transaction.
        document: id of the document.
        who: who signs.
        why: a note, which may be empty.
        accept: accept the claims that nobody decided on yet, in the same step.
        seen: number of the last decision on its claims that the reader knows of; if there is a later one, nothing is signed. None: do
            not look.

    Returns:
        ``first`` or ``second``.

    Raises:
        InputError: there is no such document, or claims are undecided.
        UnseenError: it is signed already, the first signature is one's own, or somebody decided in the meantime.
    """
    state = connection.execute(select(_d.current_version, _d.current_reading).where(_d.id == document)).first()
    if state is None:
        raise InputError(refusal("document.none", document=document))
    last = _last(connection, [document]).get(document, 0)
    if seen is not None and last > seen:
        raise UnseenError(refusal("signature.unseen", document=document, number=last))
    undecided = [c.id for c in claims(connection, document=document) if c.current and not c.verdict]
    if undecided and not accept:
        raise InputError(refusal("signature.undecided", document=document, number=len(undecided)))
    for claim in undecided:
        last = decide(connection, claim, "accept", None, who, why)
    standing = [s for s in signatures(connection, document) if s.fresh]
    part = FIRST
    if any(s.part == SECOND for s in standing):
        raise UnseenError(refusal("signature.both", document=document))
    if standing:
        if _person(standing[-1].who) == _person(who):
            raise UnseenError(refusal("signature.own", document=document, who=who))
        part = SECOND
    _insert(connection, document, state.current_version, state.current_reading, last, part, None, who, why)
    return part


def last(connection: Connection, document: str) -> int:
    """The number of the last entry on the claims of a document, for ``seen``; 0 where there is none."""
    return _last(connection, [document]).get(document, 0)


def unsign(connection: Connection, number: int, who: str, why: str) -> int:
    """Take back a signature by a new entry; returns its number.

    Raises:
        InputError: there is no such signature, it is taken back already, or no reason is given.
    """
    row = entry_to_undo(connection, schema.signature, _s.undoes, number, "signature", why)
    return _insert(connection, row.document_id, row.version, row.reading_id, row.decided, _UNDO, number, who, why)


def signatures(connection: Connection, document: str) -> list[Signature]:
    """All signatures of a document, the oldest first, with those that were taken back."""
    return signatures_of(connection, [document]).get(document, [])


def signatures_of(connection: Connection, documents: Iterable[str]) -> dict[str, list[Signature]]:
    """Signatures by document, the oldest first, with those that were taken back."""
    found: dict[str, list[Signature]] = {}
    for part in parts(sorted(set(documents))):
        wanted = select(schema.signature, _d.current_version, _d.current_reading).join(schema.document, _d.id == _s.document_id)
        rows = connection.execute(wanted.where(_s.document_id.in_(part)).order_by(_s.id)).all()
        if not rows:
            continue
        last = _last(connection, sorted({row.document_id for row in rows}))
        undone = {row.undoes for row in rows if row.undoes is not None}
        for row in rows:
            if row.part == _UNDO:
                continue
            fresh = (
                row.id not in undone
                and (row.version, row.reading_id) == (row.current_version, row.current_reading)
                and row.decided >= last.get(row.document_id, 0)
            )
            found.setdefault(row.document_id, []).append(
                Signature(
                    row.id, row.document_id, row.version, row.reading_id, row.decided, row.part, row.who, row.why, row.signed_at,
                    row.id in undone, fresh,
                )
            )  # fmt: skip
    return {document: _paired(made) for document, made in found.items()}


def _paired(made: list[Signature]) -> list[Signature]:
    """A second signature holds only as long as the first one before it does."""
    paired: list[Signature] = []
    for signature in made:
        firsts = [s for s in paired if s.part == FIRST and s.fresh and s.decided <= signature.decided]
        if signature.part == SECOND and signature.fresh and not firsts:
            signature = replace(signature, fresh=False)
        paired.append(signature)
    return paired


def _last(connection: Connection, documents: Sequence[str]) -> dict[str, int]:
    """The last entry on the claims of each document: decisions, added claims, and what was taken back."""
    c, a, k = schema.decision.c, schema.addition.c, schema.claim.c
    found: dict[str, int] = {}
    for part in parts(documents):
        on_read = select(k.document_id, func.max(c.id)).join(schema.decision, c.claim_id == k.id)
        on_added = select(a.document_id, func.max(a.id))
        for document, number in (
            *connection.execute(on_read.where(k.document_id.in_(part)).group_by(k.document_id)),
            *connection.execute(on_added.where(a.document_id.in_(part)).group_by(a.document_id)),
        ):
            found[document] = max(number, found.get(document, 0))
    return found


def _person(who: str) -> str:
    """Names of one person are one, however they are spaced and written large or small."""
    return " ".join(who.split()).casefold()


def _insert(
    connection: Connection,
    document: str,
    version: int,
    reading: int | None,
    decided: int,
    part: str,
    undoes: int | None,
    who: str,
    why: str,
) -> int:
    number = highest(connection, _s.id) + 1
    row = {
        "id": number, "document_id": document, "version": version, "reading_id": reading, "decided": decided, "part": part,
        "undoes": undoes, "who": who, "why": why, "signed_at": now(),
    }  # fmt: skip
    connection.execute(schema.signature.insert(), row)
    detail = {"signature": number, "part": part, "version": version, "decided": decided, "digest": row_digest(row)}
    event = Event("sign", document, detail) if undoes is None else Event("unsign", document, detail | {"undoes": undoes})
    append(connection, [event], who, why)
    return number
