"""Explaining: why claims of the register were held to tell of one event or of two, by the weights that decided."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.linking.explanation import Explainer, IncidentExplanation, PairExplanation
from marsad.linking.nearby import near
from marsad.linking.results import Doubt
from marsad.register import schema
from marsad.register.linked import Linked
from marsad.register.rows import parts
from marsad.register.weights import kept

__all__ = ["incident", "pairs"]

_m = schema.incident_claim.c


def incident(connection: Connection, identifier: str) -> IncidentExplanation:
    """Why an incident holds together, and which of those near it would fit next best.

    Args:
        connection: a transaction.
        identifier: id of a current incident.

    Raises:
        InputError: none of its claims stands and was seen by linking.
    """
    standing = Linked(connection)
    mine = standing.features(standing.members(frozenset([identifier])))
    if not mine:
        raise InputError(refusal("incident.unlinked", incident=identifier))
    held = {f.id for f in mine}
    known = dict.fromkeys(held, identifier)
    # Many that could be compared are in no incident; only those that are in one are made comparable, which takes long.
    for part in parts(i for i in near(mine, standing) if i not in held):
        known.update((c, i) for c, i in connection.execute(select(_m.claim_id, _m.incident_id).where(_m.claim_id.in_(part))))
    told = [*mine, *standing.features(c for c in known if c not in held)]
    return Explainer(told, kept(connection)).incident(known, identifier)


def pairs(connection: Connection, doubts: Sequence[Doubt]) -> list[PairExplanation | None]:
    """What speaks for and against the pair of claims that speaks most for each of some doubts; None where a claim stands no more."""
    standing = Linked(connection)
    told = {f.id: f for f in standing.features({claim for doubt in doubts for claim in doubt.claims})}
    there = [doubt.claims for doubt in doubts if set(doubt.claims) <= set(told)]
    explained = dict(zip(there, Explainer(told.values(), kept(connection)).pairs(there), strict=True)) if there else {}
    return [explained.get(doubt.claims) for doubt in doubts]
