"""Witnesses: of how many reports an incident is told, a report and its copies counted as one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select, update

from marsad.register import schema
from marsad.register.rows import parts

__all__ = ["recount"]

_i, _s = schema.incident.c, schema.sketch.c


def recount(connection: Connection, told: Mapping[str, Collection[str]]) -> None:
    """Store how many witnesses incidents have.

    Args:
        connection: a writing transaction.
        told: incidents with the documents of their claims that stand.
    """
    labels: dict[str, str] = {}
    for part in parts(sorted({document for documents in told.values() for document in documents})):
        labels.update(
            (document, label)
            for document, label in connection.execute(select(_s.document_id, _s.label).where(_s.document_id.in_(part)))
        )
    before: dict[str, int] = {}
    for part in parts(sorted(told)):
        before.update((i, n) for i, n in connection.execute(select(_i.id, _i.witnesses).where(_i.id.in_(part))))
    for incident, documents in sorted(told.items()):
        number = len({labels.get(document, document) for document in documents})
        if before.get(incident) != number:
            connection.execute(update(schema.incident).where(_i.id == incident).values(witnesses=number))
