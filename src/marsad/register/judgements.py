"""Judgements: what people say of incidents. Each is a row of its own that is never changed; taking one back is a row too.

A judgement settles claims in incidents (``settle``: merging, splitting, moving and signing are of this kind) or says of two claims
that they tell of two events (``part``). Linking goes by all that stand and never against one. Of two that settle one claim the later
holds.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.linking.constraints import Constraints
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.canonical import canonical, now, row_digest
from marsad.register.rows import highest
from marsad.register.undoing import entry_to_undo

__all__ = ["Judgement", "about", "constraints", "judge", "judgements", "last", "retract"]

_SETTLE, _PART, _RETRACT = "settle", "part", "retract"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement.

    Attributes:
        id: its number in the register.
        settled: incidents with the claims that are settled in them.
        parted: pairs of claims that tell of two events.
        who, why, at: who judged, the reason, and when (ISO 8601 in UTC).
        retracted: whether it was taken back.
    """

    id: int
    settled: dict[str, list[str]]
    parted: list[tuple[str, str]]
    who: str
    why: str
    at: str
    retracted: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def judge(
    connection: Connection,
    who: str,
    why: str,
    *,
    settled: Mapping[str, Sequence[str]] | None = None,
    parted: Iterable[tuple[str, str]] = (),
    before: Mapping[str, str] | None = None,
    doubts: Sequence[Mapping[str, Any]] = (),
) -> int:
    """Judge, wholly or not at all.

    Args:
        connection: a writing transaction.
        who, why: who judges and the reason, which may not be empty.
        settled: incidents with the claims that are settled in them.
        parted: pairs of claims that tell of two events.
        before: the incidents that claims are taken out of, the empty string for none; doubts: rows that are answered. They are kept
            to put all back (``reversal``).

    Returns:
        The number of the judgement.

    Raises:
        InputError: no reason is given.
        Contradiction: it cannot hold together with judgements that stand; the message has the chain of claims.
    """
    if not why.strip():
        raise InputError(refusal("why.judgement"))
    told = {incident: sorted(claims) for incident, claims in (settled or {}).items()}
    pairs = sorted(tuple(sorted(pair)) for pair in parted)
    number = highest(connection, schema.judgement.c.id) + 1
    value: dict[str, Any] = {"parted": [list(pair) for pair in pairs], "settled": told}
    if before is not None:
        value |= {"before": dict(before), "doubts": [dict(row) for row in doubts]}
    _insert(connection, number, _SETTLE if told else _PART, value, None, who, why)
    constraints(connection).groups(())
    return number


def retract(connection: Connection, number: int, who: str, why: str) -> int:
    """Take back a judgement by a new entry.

    Raises:
        InputError: there is no such judgement, it is taken back already, or no reason is given.
        Contradiction: those that then stand cannot hold together.
    """
    c = schema.judgement.c
    entry_to_undo(connection, schema.judgement, c.retracts, number, "judgement", why)
    made = highest(connection, c.id) + 1
    _insert(connection, made, _RETRACT, {}, number, who, why)
    constraints(connection).groups(())
    return made


def judgements(connection: Connection) -> list[Judgement]:
    """All judgements, the oldest first; entries that take others back are no judgements of their own."""
    rows = connection.execute(select(schema.judgement).order_by(schema.judgement.c.id)).all()
    back = {row.retracts for row in rows}
    found = []
    for row in rows:
        if row.kind != _RETRACT:
            value = json.loads(row.value)
            pairs = [(a, b) for a, b in value["parted"]]
            found.append(Judgement(row.id, value["settled"], pairs, row.who, row.why, row.judged_at, row.id in back))
    return found


def about(connection: Connection, incident: str, claims: Collection[str]) -> list[Judgement]:
    """The judgements on an incident or on two of which one is a claim of it, the oldest first."""
    return [
        j for j in judgements(connection) if incident in j.settled or any(c in claims for pair in j.parted for c in pair)
    ]  # fmt: skip


def last(connection: Connection) -> int:
    """The number of the last entry, 0 where there is none."""
    return highest(connection, schema.judgement.c.id)


def constraints(connection: Connection) -> Constraints:
    """What all judgements that stand say together."""
    settled: dict[str, str] = {}
    parted: set[tuple[str, str]] = set()
    apart: set[frozenset[str]] = set()
    for judgement in judgements(connection):
        if judgement.retracted:
            continue
        for incident, claims in judgement.settled.items():
            settled.update(dict.fromkeys(claims, incident))
        parted.update(judgement.parted)
        apart.update(frozenset(pair) for pair in combinations(sorted(judgement.settled), 2))
    return Constraints(different=tuple(sorted(parted)), settled=settled, apart=frozenset(apart))


def _insert(
    connection: Connection, number: int, kind: str, value: dict[str, Any], retracts: int | None, who: str, why: str
) -> None:
    row = {
        "id": number, "kind": kind, "value": canonical(value), "retracts": retracts, "who": who, "why": why, "judged_at": now(),
    }  # fmt: skip
    connection.execute(schema.judgement.insert(), row)
    detail = {"judgement": number, "kind": kind, "digest": row_digest(row)} | ({} if retracts is None else {"retracts": retracts})
    # The one that was judged on stands first, before one that was made of it.
    subject = next(iter(value.get("settled", {})), "") or "".join(pair[0] for pair in value.get("parted", [])[:1])
    append(connection, [Event("retract" if retracts is not None else "judgement", subject, detail)], who, why)
