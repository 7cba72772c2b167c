"""Decided: on how many claims people decided and what came of it, asked of the database without going through all decisions.

``decisions`` says the same of single claims, and its rules hold here too: the last decision that stands is what holds. Conditions
are made for rows of ``proposal``, the claims of readings.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from marsad.register import schema
from marsad.register.decisions import UNDO, state_of

__all__ = ["Decided", "corrections", "decided", "lost", "not_in_incidents", "rejected", "standing", "undecided"]

_d, _k, _p = schema.document.c, schema.claim.c, schema.proposal.c
_DECISION, _LATER, _BACK = schema.decision, schema.decision.alias("later"), schema.decision.alias("back")


@dataclass(frozen=True, slots=True)
class Decided:
    """How many claims people decided on.

    Attributes:
        claims: those with a decision that stands.
        changed: of these, those that have other values now than when they were decided on last.
        lost: of these, those that the current reading does not have.
    """

    claims: int
    changed: int
    lost: int


def _stands(table: Any) -> ColumnElement[bool]:
    """Whether a decision stands: it is none that takes another back, and none takes it back."""
    back = _BACK.c
    return and_(table.c.verdict != UNDO, ~exists(select(back.id).where(back.undoes == table.c.id)))


def _last(table: Any = _DECISION) -> ColumnElement[bool]:
    """Whether a decision stands and none that stands comes after it."""
    later = _LATER.c
    return and_(
        _stands(table),
        ~exists(select(later.id).where(later.claim_id == table.c.claim_id, later.id > table.c.id, _stands(_LATER))),
    )


def standing() -> ColumnElement[bool]:
    """Whether people decided on the claim of a proposal."""
    c = _DECISION.c
    return exists(select(c.id).where(c.claim_id == _p.claim_id, _stands(_DECISION)).correlate(schema.proposal))


def undecided() -> ColumnElement[bool]:
    """Whether nobody decided on the claim of a proposal."""
    return ~standing()


def rejected() -> ColumnElement[bool]:
    """Whether people reject the claim of a proposal."""
    c = _DECISION.c
    return exists(
        select(c.id).where(c.claim_id == _p.claim_id, c.verdict == "reject", _last(_DECISION)).correlate(schema.proposal)
    )


def not_in_incidents() -> ColumnElement[bool]:
    """Whether linking has not seen the claim of a proposal: it is in no incident, and is not said to be alone."""
    m, a = schema.incident_claim.c, schema.incident_alone.c
    return and_(
        ~exists(select(m.claim_id).where(m.claim_id == _p.claim_id).correlate(schema.proposal)),
        ~exists(select(a.claim_id).where(a.claim_id == _p.claim_id).correlate(schema.proposal)),
    )


def decided(connection: Connection) -> Decided:
    """Count the claims that people decided on."""
    c = _DECISION.c
    claims = connection.scalar(select(func.count(c.claim_id.distinct())).where(_stands(_DECISION)))
    changed = missing = 0
    then, today = schema.proposal.alias("then"), schema.proposal.alias("today")
    # A decision on what the current reading says holds. The others are few: a later reader must have found something else.
    read_again = (
        select(then.c.body, today.c.reading_id, today.c.body)
        .select_from(_DECISION)
        .join(schema.claim, _k.id == c.claim_id)
        .join(schema.document, _d.id == _k.document_id)
        .join(then, (then.c.reading_id == c.reading_id) & (then.c.claim_id == c.claim_id))
        .outerjoin(today, (today.c.reading_id == _d.current_reading) & (today.c.claim_id == c.claim_id))
        .where(
            ~c.reading_id.in_(select(_d.current_reading).where(_d.current_reading.is_not(None))),
            today.c.body.is_(None) | (today.c.body != then.c.body),
            _last(),
        )
    )
    for before, reading, now in connection.execute(read_again):
        state = "lost" if reading is None else state_of(json.loads(before), json.loads(now))[0]
        changed += state == "changed"
        missing += state == "lost"
    return Decided(int(claims or 0), changed, missing)


def lost(connection: Connection, document: str = "") -> list[str]:
    """Ids of the claims with decisions, also such as were taken back, that the current reading does not have, in order.

    Args:
        connection: a transaction.
        document: only those of this document.
    """
    c = _DECISION.c
    there = select(_p.claim_id).where(_p.claim_id == c.claim_id, _p.reading_id == _d.current_reading)
    wanted = (
        select(c.claim_id)
        .distinct()
        .join(schema.claim, _k.id == c.claim_id)
        .join(schema.document, _d.id == _k.document_id)
        .where(~exists(there.correlate(_DECISION, schema.document)))
        .order_by(c.claim_id)
    )
    return list(connection.scalars(wanted.where(_k.document_id == document) if document else wanted))


def corrections(connection: Connection, slot: str) -> dict[str, Any]:
    """The value of a slot by claim, for the claims of current readings that people corrected in it and do not reject."""
    c = _DECISION.c
    wanted = (
        select(c.claim_id, c.value)
        .join(schema.claim, _k.id == c.claim_id)
        .join(schema.document, _d.id == _k.document_id)
        .join(schema.proposal, (_p.claim_id == c.claim_id) & (_p.reading_id == _d.current_reading))
        .where(c.verdict == "correct", _stands(_DECISION), ~rejected())
        .order_by(c.id)
    )
    found: dict[str, Any] = {}
    for claim, told in connection.execute(wanted):
        value = json.loads(told)
        if slot in value:
            found[claim] = value[slot]
    return found
