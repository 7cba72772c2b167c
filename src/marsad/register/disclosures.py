"""Disclosures: what people decide to let out or to keep, beside what profiles of exports say.

Names of victims leave only where somebody released them for that incident; an incident that is withheld leaves with no profile that
goes by decisions, nor does any that has one of its claims, so that neither splitting nor linking anew lets it out; a source that is
protected is told by its kind alone. Each is a row of its own that is never changed; taking one back is a row too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal
from marsad.register import incidents, schema
from marsad.register.audit import Event, append
from marsad.register.canonical import canonical, now, row_digest
from marsad.register.restrictions import restrictions
from marsad.register.rows import highest, parts
from marsad.syndication.names import telling

__all__ = [
    "PROTECT",
    "VICTIMS",
    "WITHHOLD",
    "Disclosure",
    "disclosures",
    "kept",
    "protect",
    "protected",
    "release",
    "undo",
    "victims",
    "withhold",
]

VICTIMS, WITHHOLD, PROTECT = "victims", "withhold", "protect"
_UNDO = "undo"
_c, _i, _m = schema.disclosure.c, schema.incident.c, schema.incident_claim.c


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A decision on what leaves.

    Attributes:
        id: its number.
        kind: ``victims``, ``withhold`` or ``protect``.
        subject: id of the incident, or the name of the source.
        value: names of victims, or the claims of the incident that is withheld.
        who, why, at: who decided, the reason, and when.
        undone: whether it was taken back.
    """

    id: int
    kind: str
    subject: str
    value: tuple[str, ...]
    who: str
    why: str
    at: str
    undone: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"value": list(self.value)}


def release(connection: Connection, told: str, names: Sequence[str], who: str, why: str) -> int:
    """Let names of victims of an incident leave; later ones are added to earlier ones.

    Args:
        connection: a writing transaction.
        told: id or code of the incident, or its beginning.
        names: as they shall stand.
        who, why: who decides and the reason, which may not be empty: that they are public already, or who agreed.

    Raises:
        InputError: no such incident, no name, or no reason.
    """
    given = [" ".join(name.split()) for name in names]
    if not given or not all(given):
        raise InputError(refusal("disclosure.names"))
    return _insert(connection, VICTIMS, incidents.find(connection, told), list(dict.fromkeys(given)), None, who, why)


def withhold(connection: Connection, told: str, who: str, why: str) -> int:
    """Keep an incident, and whatever is told by one of its claims, from leaving.

    Raises:
        InputError: no such incident, or no reason.
    """
    identifier = incidents.find(connection, told)
    claims = list(connection.scalars(select(_m.claim_id).where(_m.incident_id == identifier).order_by(_m.claim_id)))
    return _insert(connection, WITHHOLD, identifier, claims, None, who, why)


def protect(connection: Connection, name: str, who: str, why: str) -> int:
    """Let a source be told by its kind alone, by whatever longer name it is called.

    Raises:
        InputError: the name has no word by which anybody is known, or no reason is given.
    """
    if not telling(name):
        raise InputError(refusal("disclosure.name", name=escaped(name)))
    return _insert(connection, PROTECT, " ".join(name.split()), [], None, who, why)


def undo(connection: Connection, number: int, who: str, why: str) -> int:
    """Take back a disclosure by a new entry; returns its number.

    Raises:
        InputError: there is none of that number, it is taken back already, or no reason is given.
    """
    row = connection.execute(select(schema.disclosure).where(_c.id == number)).first()
    if row is None or row.kind == _UNDO:
        raise InputError(refusal("disclosure.none", number=number))
    if connection.scalar(select(_c.id).where(_c.undoes == number)) is not None:
        raise InputError(refusal("disclosure.undone", number=number))
    return _insert(connection, _UNDO, row.subject, [], number, who, why)


def disclosures(connection: Connection) -> list[Disclosure]:
    """All of them, the oldest first; entries that take others back are none of their own."""
    rows = connection.execute(select(schema.disclosure).order_by(_c.id)).all()
    back = {row.undoes for row in rows}
    return [
        Disclosure(r.id, r.kind, r.subject, tuple(json.loads(r.value)), r.who, r.why, r.disclosed_at, r.id in back)
        for r in rows
        if r.kind != _UNDO
    ]


def victims(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Names of victims that may leave, by the id of the incident that stands now."""
    found: dict[str, tuple[str, ...]] = {}
    for one in _standing(connection, VICTIMS):
        mine = _became(connection, one.subject)
        found[mine] = tuple(dict.fromkeys((*found.get(mine, ()), *one.value)))
    return found


def kept(connection: Connection) -> frozenset[str]:
    """Ids of incidents that leave with no profile that goes by decisions: withheld ones, and those that only some may see."""
    given = _standing(connection, WITHHOLD)
    found = {_became(connection, one.subject) for one in given}
    found |= set(_homes(connection, {claim for one in given for claim in one.value}))
    for restriction in restrictions(connection):
        if restriction.kind == "incident":
            found.add(_became(connection, restriction.subject))
        else:
            inside = _m.claim_id.startswith(f"{restriction.subject}.", autoescape=True)
            found.update(connection.scalars(select(_m.incident_id).where(inside)))
    return frozenset(found)


def protected(connection: Connection) -> tuple[str, ...]:
    """Names of the sources that are protected."""
    return tuple(dict.fromkeys(one.subject for one in _standing(connection, PROTECT)))


def _standing(connection: Connection, kind: str) -> list[Disclosure]:
    return [one for one in disclosures(connection) if one.kind == kind and not one.undone]


def _homes(connection: Connection, claims: Iterable[str]) -> list[str]:
    return [i for part in parts(sorted(claims)) for i in connection.scalars(select(_m.incident_id).where(_m.claim_id.in_(part)))]


def _became(connection: Connection, identifier: str) -> str:
    """The incident that one was joined to, or itself."""
    seen = set[str]()
    while identifier not in seen:
        seen.add(identifier)
        identifier = connection.scalar(select(_i.became).where(_i.id == identifier)) or identifier
    return identifier


def _insert(connection: Connection, kind: str, subject: str, value: list[str], undoes: int | None, who: str, why: str) -> int:
    if not why.strip():
        raise InputError(refusal("why.disclosure"))
    number = highest(connection, _c.id) + 1
    row = {
        "id": number, "kind": kind, "subject": subject, "value": canonical(value), "undoes": undoes, "who": who, "why": why,
        "disclosed_at": now(),
    }  # fmt: skip
    connection.execute(schema.disclosure.insert(), row)
    detail = {"disclosure": number, "kind": kind, "digest": row_digest(row)} | ({} if undoes is None else {"undoes": undoes})
    append(connection, [Event("disclose", subject if kind != PROTECT else "", detail)], who, why)
    return number
