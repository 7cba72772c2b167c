"""Material: the incidents of a register page by page, with all that a leaving record is made from. Nothing is held but one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.counting.dossier import Dossier, told
from marsad.register import grades, schema
from marsad.register.copygroups import copied_in
from marsad.register.decisions import Decision
from marsad.register.incidentrows import IncidentRow, fits, row_of
from marsad.register.linked import stands
from marsad.register.queries import ClaimRecord, records
from marsad.register.rows import parts

__all__ = ["PAGE", "Filter", "Gathered", "Material", "Report", "codes", "material_of", "pages"]

# Incidents asked for at once.
PAGE = 400
_i, _m, _d, _v, _c = schema.incident.c, schema.incident_claim.c, schema.document.c, schema.version.c, schema.capture.c


@dataclass(frozen=True, slots=True)
class Filter:
    """Which incidents leave; what is empty narrows nothing. Days are ISO; ``grade`` is the signed one, else the suggested."""

    since: str = ""
    until: str = ""
    country: str = ""
    type: str = ""
    grade: str = ""

    def to_dict(self) -> dict[str, str]:
        """Only what narrows."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}

    def takes(self, row: IncidentRow) -> bool:
        """Whether an incident may lie there; the grade is asked elsewhere."""
        return fits(row, self.since, self.until, self.country, self.type)


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a claim: ``address`` is its own where it names one, else where it was collected."""

    id: str
    title: str
    published: str | None
    publisher: str | None
    language: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Material:
    """One incident.

    Attributes:
        row: as a list has it; earlier: codes of incidents that were joined to it.
        dossier: its claims as they stand, with their chains.
        records: their public records with the corrections of people, by id; reports: by id of the document.
        decisions: of people on its claims, by id of the claim.
    """

    row: IncidentRow
    dossier: Dossier
    records: dict[str, dict[str, Any]]
    reports: dict[str, Report]
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the register knows of an incident, as plain data that costs little to hand to another process.

    Attributes:
        id, code, witnesses: of its row.
        values: public records of its claims as they stand, by id; keys: for each what its passage was copied in.
        reports: by id of the document. grade: that a person signed, or None.
        decisions, earlier: as of :class:`Material`.
    """

    id: str
    code: str
    witnesses: int
    values: list[dict[str, Any]]
    keys: list[list[str]]
    reports: dict[str, Report]
    grade: str | None
    decisions: dict[str, tuple[Decision, ...]]
    earlier: tuple[str, ...]


def codes(connection: Connection) -> list[str]:
    """Ids of all incidents that stand, in the order of their codes, which is that of every export."""
    # Sorted here, since databases put letters and marks in orders of their own.
    rows = connection.execute(select(_i.code, _i.id).where(_i.became.is_(None)))
    return [identifier for _, identifier in sorted((row.code, row.id) for row in rows)]


def pages(connection: Connection, ids: Sequence[str], narrow: Filter | None = None) -> Iterator[list[Gathered]]:
    """What is known of incidents, a list for each page of ids.

    Args:
        connection: a transaction that sees one state.
        ids: of incidents, in the order wanted; those without claims that stand are passed over.
        narrow: which of them.
    """
    joined = connection.scalar(select(func.count()).select_from(schema.incident).where(_i.became.is_not(None))) or 0
    for part in parts(ids, PAGE):
        yield _page(connection, part, narrow or Filter(), bool(joined))


def _page(connection: Connection, ids: list[str], narrow: Filter, joined: bool) -> list[Gathered]:
    home = {c: i for c, i in connection.execute(select(_m.claim_id, _m.incident_id).where(_m.incident_id.in_(ids)))}
    by_incident: dict[str, list[ClaimRecord]] = {}
    for record in sorted(records(connection, home), key=lambda r: r.id):
        if stands(record):
            by_incident.setdefault(home[record.id], []).append(record)
    heads = {r.id: r for r in connection.execute(select(_i.id, _i.code, _i.witnesses).where(_i.id.in_(ids)))}
    wanted: dict[str, list[ClaimRecord]] = {}
    values: dict[str, list[dict[str, Any]]] = {}
    for identifier in (i for i in ids if i in by_incident):
        held, head = by_incident[identifier], heads[identifier]
        said = [record.value for record in held]
        if not narrow.to_dict() or narrow.takes(row_of(identifier, head.code, head.witnesses, said)):
            wanted[identifier], values[identifier] = held, said
    every = [value for said in values.values() for value in said]
    keys = {value["id"]: found for value, found in zip(every, copied_in(connection, every), strict=True)}
    reports = _reports(connection, sorted({value["document"] for value in every}))
    signed = grades.standing(connection, list(wanted))
    earlier = _earlier(connection, list(wanted)) if joined else {}
    return [
        Gathered(
            i, heads[i].code, heads[i].witnesses, values[i], [keys[v["id"]] for v in values[i]],
            {v["document"]: reports[v["document"]] for v in values[i]}, signed[i].grade if i in signed else None,
            {r.id: r.decisions for r in held if r.decisions}, earlier.get(i, ()),
        )
        for i, held in wanted.items()
    ]  # fmt: skip


def material_of(gathered: Gathered) -> Material:
    """The material of what was gathered."""
    claims = []
    for value, keys in zip(gathered.values, gathered.keys, strict=True):
        report = gathered.reports[value["document"]]
        claims.append(told(value, published=report.published, publisher=report.publisher, language=report.language, copies=keys))
    row = row_of(gathered.id, gathered.code, gathered.witnesses, gathered.values)
    dossier = Dossier(gathered.id, tuple(claims), gathered.grade)
    return Material(row, dossier, {v["id"]: v for v in gathered.values}, gathered.reports, gathered.decisions, gathered.earlier)


def _reports(connection: Connection, ids: list[str]) -> dict[str, Report]:
    found: dict[str, Report] = {}
    for part in parts(ids):
        first = (
            select(_c.document_id, _c.version, func.min(_c.id).label("id"))
            .where(_c.document_id.in_(part))
            .group_by(_c.document_id, _c.version)
            .subquery()
        )
        rows = connection.execute(
            select(_d.id, _v.title, _v.published, _v.publisher, _v.language, _c.canonical, _c.address)
            .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
            .join(first, (first.c.document_id == _d.id) & (first.c.version == _d.current_version))
            .join(schema.capture, _c.id == first.c.id)
            .where(_d.id.in_(part))
        )
        found.update((r.id, Report(r.id, r.title, r.published, r.publisher, r.language, r.canonical or r.address)) for r in rows)
    return found


def _earlier(connection: Connection, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """The codes of incidents that have become these, as far as one step leads."""
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(select(_i.code, _i.became).where(_i.became.in_(ids)).order_by(_i.code)):
        found[row.became] = (*found.get(row.became, ()), row.code)
    return found
