"""Dossiers: the incidents of a register with all that counting needs of their claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from marsad.counting.dossier import Dossier, Told, told
from marsad.register import copygroups, grades, schema
from marsad.register.incidentrows import IncidentRow
from marsad.register.linked import stands
from marsad.register.members import members_of
from marsad.register.queries import ClaimRecord, claims
from marsad.register.rows import parts

__all__ = ["aggregates", "dossiers", "told_of"]

_d, _v = schema.document.c, schema.version.c


def dossiers(connection: Connection, rows: Iterable[IncidentRow]) -> list[Dossier]:
    """The dossiers of incidents with the grades that people signed, from claims as they stand: corrected, and without those that
    are rejected or no longer read."""
    wanted = list(rows)
    held = members_of(connection, [claim for row in wanted for claim in row.claims])
    by_id = {t.id: t for t in told_of(connection, [r for r in held if stands(r)])}
    signed = grades.standing(connection, [row.id for row in wanted])
    return [
        Dossier(row.id, tuple(by_id[c] for c in row.claims if c in by_id), signed[row.id].grade if row.id in signed else None)
        for row in wanted
    ]


def aggregates(connection: Connection) -> list[Told]:
    """The tolls over several events that claims tell, to check sums against."""
    return told_of(connection, [r for r in claims(connection) if stands(r) and r.value["scope"] == "aggregate"])


def told_of(connection: Connection, held: Sequence[ClaimRecord]) -> list[Told]:
    """Claims with what is known of their reports, in order."""
    values = [record.value for record in held]
    chains = copygroups.chains(connection, values)
    reports: dict[str, tuple[str | None, str | None, str | None]] = {}
    for part in parts(sorted({record.document_id for record in held})):
        for identifier, published, publisher, language in connection.execute(
            select(_d.id, _v.published, _v.publisher, _v.language)
            .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
            .where(_d.id.in_(part))
        ):
            reports[identifier] = (published, publisher, language)
    made = []
    for record, value, found in zip(held, values, chains, strict=True):
        published, publisher, language = reports[record.document_id]
        made.append(told(value, published=published, publisher=publisher, language=language, found=found))
    return made
