"""Reversal: what people judged on incidents taken back at once, claims and doubts where they were, without linking anew.

A judgement keeps where the claims were that it moved, and which doubts it answered. What linking has put elsewhere since stays there,
and so does what another judgement holds.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, select, update

from marsad.lexicon.reasons import reason
from marsad.linking.results import Alone
from marsad.register import faces, incidents, judgements, schema
from marsad.register.linkage import link_register
from marsad.register.rows import existing, insert, parts
from marsad.register.store import Register

__all__ = ["take_back"]

_i, _m, _x, _a = schema.incident.c, schema.incident_claim.c, schema.incident_doubt.c, schema.incident_alone.c


def take_back(register: Register, number: int, who: str, why: str) -> int:
    """Take back a judgement, and put the claims that it moved back where they were.

    A judgement of an earlier program does not tell where they were; then all is linked anew by what stands.

    Args:
        register: an open register.
        number: of the judgement.
        who, why: who takes it back and the reason, which may not be empty.

    Returns:
        How many incidents have, or had, claims of the judgement.

    Raises:
        InputError, Contradiction: as of :func:`marsad.register.judgements.retract`; nothing is changed.
    """

    def work(connection: Connection) -> tuple[int, bool]:
        judgements.retract(connection, number, who, why)
        value = json.loads(connection.scalar(select(schema.judgement.c.value).where(schema.judgement.c.id == number)) or "{}")
        touched = _reverse(connection, value, why) if "before" in value else set(value["settled"])
        return len(touched), "before" in value

    touched, kept = register.apply(work)
    if not kept:
        link_register(register, who, f"judgement {number} was taken back", whole=True)
    return touched


def _reverse(connection: Connection, value: dict[str, Any], why: str) -> set[str]:
    """Put back the claims that a judgement moved; returns the incidents that are touched."""
    put = {claim: incident for incident, claims in value["settled"].items() for claim in claims}
    held = judgements.constraints(connection).settled
    touched = set(put.values())
    for claim, before in sorted(value["before"].items()):
        now = connection.scalar(select(_m.incident_id).where(_m.claim_id == claim))
        target = held.get(claim, before)
        if now != put.get(claim) or now == target:
            continue
        touched.update({now, target} - {"", None})
        connection.execute(delete(schema.incident_claim).where(_m.claim_id == claim))
        if target:
            insert(connection, schema.incident_claim, [{"claim_id": claim, "incident_id": target}])
        else:
            told = Alone(claim, "returned", reason("linking:alone.returned", why=why))
            insert(connection, schema.incident_alone, [incidents.alone_row(told)])
    _follow(connection, touched, value)
    _reopen(connection, value["doubts"])
    faces.refresh(connection, touched)
    return touched


def _follow(connection: Connection, touched: set[str], value: dict[str, Any]) -> None:
    """Incidents that have claims stand; those that have none lead to where theirs went."""
    full = existing(connection, _m.incident_id, touched)
    for part in parts(sorted(full)):
        connection.execute(update(schema.incident).where(_i.id.in_(part)).values(became=None))
    for incident in sorted(touched - full):
        went = [value["before"].get(c) for c in value["settled"].get(incident, ())]
        heir = next((w for w in went if w and w in full), None)
        if heir is not None:
            connection.execute(update(schema.incident).where(_i.id == incident).values(became=heir))


def _reopen(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Doubts that a judgement answered are open again, where both of their sides still stand."""
    sides = {side for row in rows for side in (row["first"], row["second"])}
    standing = existing(connection, _m.incident_id, sides) | existing(connection, _a.claim_id, sides)
    for row in rows:
        pair = (row["first"], row["second"])
        if set(pair) <= standing:
            connection.execute(delete(schema.incident_doubt).where(_x.first.in_(pair), _x.second.in_(pair)))
            insert(connection, schema.incident_doubt, [row])
