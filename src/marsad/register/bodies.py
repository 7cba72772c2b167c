"""Bodies: claims as the database holds them, their records not yet read, so that much can be handed to other processes at little cost."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, select, union

from marsad.record import record
from marsad.register import additions, schema
from marsad.register.decisions import Decision, decisions_of, effective, verdict_of
from marsad.register.rows import parts

__all__ = ["Body", "standing", "touched"]

_k, _p, _d = schema.claim.c, schema.proposal.c, schema.document.c


@record(frozen=True, slots=True)
class Body:
    """A claim that a current reading has, or that a person added to a current text.

    Attributes:
        id, document_id: ids.
        text: the public record as the machine read it, or as a person added it, as JSON.
        decisions: of people, the oldest first.
    """

    id: str
    document_id: str
    text: str
    decisions: tuple[Decision, ...] = ()

    def value(self) -> dict[str, Any]:
        """The public record with the corrections of people."""
        return effective(json.loads(self.text), self.decisions)


def touched(connection: Connection) -> frozenset[str]:
    """Ids of all claims that people added or decided on."""
    return frozenset(connection.scalars(union(select(schema.decision.c.claim_id), select(schema.addition.c.claim_id))))


def standing(connection: Connection, ids: Iterable[str], few: Collection[str]) -> list[Body]:
    """Claims as they stand, in the order of ids, without those that are no longer read and those that somebody rejected.

    Args:
        connection: a transaction.
        ids: of claims.
        few: as :func:`touched` gives them in this transaction.
    """
    found = []
    for part in parts(sorted(set(ids))):
        wanted = (
            select(_k.id, _k.document_id, _p.body)
            .join(schema.proposal, _p.claim_id == _k.id)
            .join(schema.document, (_d.id == _k.document_id) & (_d.current_reading == _p.reading_id))
            .where(_k.id.in_(part))
        )
        rows = [tuple(row) for row in connection.execute(wanted)]
        decided = [i for i in part if i in few]
        own = additions.added(connection, claims=[i for i in decided if additions.is_added(i)])
        rows += [(c.id, c.document_id, json.dumps(c.body, ensure_ascii=False)) for c in own if c.current]
        made = decisions_of(connection, decided)
        for identifier, document, text in sorted(rows):
            decisions = tuple(made.get(identifier, ()))
            if verdict_of(decisions) != "reject":
                found.append(Body(identifier, document, text, decisions))
    return found
