"""Restrictions: which documents and incidents only some may see, and what a person does not see by them.

A restriction is a row of its own that is never changed; lifting it is a row too. A document that a person may not see is hidden with
its claims and with every incident that has one of them, because what an incident says would tell it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.register import schema
from marsad.register.accounts import ROLES, at_least, named
from marsad.register.audit import Event, append
from marsad.register.canonical import canonical, now, row_digest
from marsad.register.rows import highest, parts

__all__ = ["NOTHING", "Hidden", "Restriction", "hidden", "last", "lift", "restrict", "restrictions"]

_r = schema.restriction.c


@dataclass(frozen=True, slots=True)
class Restriction:
    """A restriction.

    Attributes:
        id: its number.
        kind: ``document`` or ``incident``.
        subject: the id of the document or incident.
        role: the least role that sees it; None where only the people do.
        people: names of accounts that see it whatever their role.
        who, why, at: who restricted it, the reason, and when.
        lifted: whether it was lifted.
    """

    id: int
    kind: str
    subject: str
    role: str | None
    people: tuple[str, ...]
    who: str
    why: str
    at: str
    lifted: bool = False

    def lets(self, who: str, role: str) -> bool:
        """Whether a person may see what it is about."""
        return who in self.people or (self.role is not None and at_least(role, self.role))

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"people": list(self.people)}


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a person does not see: ids of documents; ids and codes of incidents."""

    documents: frozenset[str] = frozenset()
    incidents: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.documents or self.incidents)

    def has(self, told: str) -> bool:
        """Whether something is the id of a hidden document, of its claims, or the id or code of a hidden incident."""
        return told in self.incidents or told in self.codes or told.partition(".")[0] in self.documents


NOTHING = Hidden()


def restrict(connection: Connection, kind: str, subject: str, role: str | None, people: Sequence[str], who: str, why: str) -> int:
    """Let only some see a document or an incident, in place of what was restricted before.

    Args:
        connection: a writing transaction.
        kind: ``document`` or ``incident``.
        subject: its id, or the code of an incident.
        role: the least role that sees it; None for only the people.
        people: names of accounts that see it whatever their role.
        who, why: for the log; a reason is needed.

    Raises:
        InputError: there is no such thing, role or person, nobody is left who sees it, or no reason is given.
    """
    subject = _whole(connection, kind, subject)
    if not why.strip():
        raise InputError(refusal("why.restriction"))
    if role is not None and role not in ROLES:
        raise InputError(refusal("role.none", role=role, roles=ROLES))
    found = []
    for name in people:
        account = named(connection, name)
        if account is None:
            raise InputError(refusal("account.unknown", name=name))
        found.append(account.name)
    if role is None and not found:
        raise InputError(refusal("restriction.nobody"))
    for standing in restrictions(connection, subject):
        _insert(connection, kind, subject, None, (), standing.id, who, why)
    return _insert(connection, kind, subject, role, sorted(set(found)), None, who, why)


def lift(connection: Connection, subject: str, who: str, why: str) -> None:
    """Let everyone see a document or incident again.

    Raises:
        InputError: it is not restricted, or no reason is given.
    """
    if not why.strip():
        raise InputError(refusal("why.lift"))
    standing = restrictions(connection, subject)
    if not standing and (whole := connection.scalar(select(schema.incident.c.id).where(schema.incident.c.code == subject))):
        standing = restrictions(connection, whole)
    if not standing:
        raise InputError(refusal("restriction.none", subject=subject))
    for one in standing:
        _insert(connection, one.kind, one.subject, None, (), one.id, who, why)


def restrictions(connection: Connection, subject: str = "") -> list[Restriction]:
    """Restrictions that stand, the oldest first.

    Args:
        connection: a transaction.
        subject: only of this document or incident.
    """
    lifted = select(_r.lifts).where(_r.lifts.is_not(None))
    wanted = select(schema.restriction).where(_r.lifts.is_(None), _r.id.not_in(lifted)).order_by(_r.id)
    if subject:
        wanted = wanted.where(_r.subject == subject)
    return [
        Restriction(r.id, r.kind, r.subject, r.role, tuple(json.loads(r.people)), r.who, r.why, r.restricted_at)
        for r in connection.execute(wanted)
    ]


def last(connection: Connection) -> int:
    """The number of the last entry, 0 where there is none."""
    return highest(connection, _r.id)


def hidden(connection: Connection, who: str, role: str) -> Hidden:
    """What a person does not see.

    Args:
        connection: a transaction.
        who: the name of the account.
        role: of the person.
    """
    kept = [r for r in restrictions(connection) if not r.lets(who, role)]
    if not kept:
        return NOTHING
    documents = frozenset(r.subject for r in kept if r.kind == "document")
    incidents = {r.subject for r in kept if r.kind == "incident"} | set(_with_claims_of(connection, documents))
    codes: set[str] = set()
    for part in parts(sorted(incidents)):
        codes.update(connection.scalars(select(schema.incident.c.code).where(schema.incident.c.id.in_(part))))
    return Hidden(documents, frozenset(incidents), frozenset(codes))


def _whole(connection: Connection, kind: str, told: str) -> str:
    """The id of a document or an incident."""
    d, i = schema.document.c, schema.incident.c
    conditions = {"document": (d.id, d.id == told), "incident": (i.id, (i.id == told) | (i.code == told))}
    found = None
    if kind in conditions:
        column, condition = conditions[kind]
        found = connection.scalar(select(column).where(condition))
    if found is None:
        raise InputError(refusal("restriction.subject", kind=kind, told=told))
    return str(found)


def _with_claims_of(connection: Connection, documents: Iterable[str]) -> list[str]:
    c, i = schema.claim.c, schema.incident_claim.c
    found: list[str] = []
    for part in parts(sorted(documents)):
        wanted = select(i.incident_id).join(schema.claim, c.id == i.claim_id).where(c.document_id.in_(part)).distinct()
        found += connection.scalars(wanted)
    return found


def _insert(
    connection: Connection,
    kind: str,
    subject: str,
    role: str | None,
    people: Sequence[str],
    lifts: int | None,
    who: str,
    why: str,
) -> int:
    number = last(connection) + 1
    row = {
        "id": number, "kind": kind, "subject": subject, "role": role, "people": canonical(list(people)), "lifts": lifts,
        "who": who, "why": why, "restricted_at": now(),
    }  # fmt: skip
    connection.execute(schema.restriction.insert(), row)
    detail = {"restriction": number, "digest": row_digest(row)} | ({} if lifts is None else {"lifts": lifts})
    append(connection, [Event("lift" if lifts is not None else "restrict", subject, detail)], who, why)
    return number
