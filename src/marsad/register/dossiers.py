"""Dossiers: the incidents of a register with all that counting needs of their claims."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from marsad.counting.dossier import Dossier, Told, told
from marsad.register import copygroups, incidents
from marsad.register.copies import load
from marsad.register.queries import ClaimRecord, claims

__all__ = ["aggregates", "dossiers"]


def dossiers(connection: Connection, rows: Iterable[incidents.IncidentRow]) -> list[Dossier]:
    """The dossiers of incidents, from claims as they stand: corrected, and without those that are rejected or no longer read."""
    wanted = list(rows)
    within = {claim for row in wanted for claim in row.claims}
    by_id = {t.id: t for t in _told(connection, [r for r in claims(connection) if r.id in within])}
    return [Dossier(row.id, tuple(by_id[c] for c in row.claims if c in by_id)) for row in wanted]


def aggregates(connection: Connection) -> list[Told]:
    """The tolls over several events that claims tell, to check sums against."""
    standing = [r for r in claims(connection) if r.current and r.verdict != "reject" and r.value["scope"] == "aggregate"]
    return _told(connection, standing)


def _told(connection: Connection, records: list[ClaimRecord]) -> list[Told]:
    values = [record.value for record in records]
    chains = copygroups.chains(connection, values)
    documents = {document.id: document for document, _ in load(connection, sorted({r.document_id for r in records}))}
    made = []
    for record, value, chain in zip(records, values, chains, strict=True):
        document = documents[record.document_id]
        made.append(
            told(value, published=document.published, publisher=document.publisher, language=document.language, found=chain)
        )
    return made
