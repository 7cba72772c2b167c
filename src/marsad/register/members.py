"""Members: the claims of incidents as they stand, asked for by their ids, those that are no longer read among them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from marsad.register import schema
from marsad.register.decisions import decisions_of
from marsad.register.queries import ClaimRecord, records
from marsad.register.rows import parts

__all__ = ["members_of"]

_k, _p = schema.claim.c, schema.proposal.c


def members_of(connection: Connection, ids: Iterable[str]) -> list[ClaimRecord]:
    """Claims in the order of their ids.

    Those that the current reading has no more are given as the last reading that had them says, if somebody decided on them, else
    left out.
    """
    wanted = sorted(set(ids))
    there = {record.id: record for record in records(connection, wanted)}
    for part in parts(i for i in wanted if i not in there):
        decided = decisions_of(connection, part)
        latest = (
            select(_p.claim_id, func.max(_p.reading_id).label("r"))
            .where(_p.claim_id.in_(sorted(decided)))
            .group_by(_p.claim_id)
            .subquery()
        )
        last = (
            select(_k.id, _k.document_id, _p.body)
            .join(latest, latest.c.claim_id == _k.id)
            .join(schema.proposal, (_p.claim_id == latest.c.claim_id) & (_p.reading_id == latest.c.r))
        )
        for i, d, body in connection.execute(last):
            there[i] = ClaimRecord(i, d, json.loads(body), tuple(decided[i]), False)
    return [there[i] for i in wanted if i in there]
