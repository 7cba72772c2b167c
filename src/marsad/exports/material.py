"""Material: the incidents of a register page by page, with all that a leaving record is made from. Nothing is held but one page.

A page is asked for in few statements and holds the records of claims as text, so that it costs little to make and to hand over; what the
claims say is read from it where the records are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.counting.dossier import Dossier, told
from marsad.record import record
from marsad.register import bodies, grades, schema
from marsad.register.bodies import Body
from marsad.register.copygroups import Passage, keys_of, passages
from marsad.register.decisions import Decision
from marsad.register.incidentrows import IncidentRow, country_of, fits, row_of
from marsad.register.rows import parts

__all__ = ["PAGE", "Filter", "Gathered", "Material", "Report", "codes", "material_of", "pages", "values_of"]

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


@record(frozen=True, slots=True)
class Report:
    """The report of a claim: ``address`` is its own where it names one, else where it was collected."""

    id: str
    title: str
    published: str | None
    publisher: str | None
    language: str | None
    address: str


@record(frozen=True, slots=True)
class Material:
    """One incident.

    Attributes:
        id, code: of the incident; country: that most claims give; earlier: codes of incidents that were joined to it.
        dossier: its claims as they stand, with their chains.
        records: their public records with the corrections of people, by id; reports: by id of the document.
        decisions: of people on its claims, by id of the claim.
    """

    id: str
    code: str
    country: str | None
    dossier: Dossier
    records: dict[str, dict[str, Any]]
    reports: dict[str, Report]
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    earlier: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Gathered:
    """What the register knows of an incident, as plain data that costs little to hand to another process.

    Attributes:
        id, code, witnesses: of its row.
        claims: as they stand, their records not yet read.
        shared: of those of its documents that share text with others, what they share.
        reports: by id of the document. grade: that a person signed, or None.
        earlier: as of :class:`Material`.
    """

    id: str
    code: str
    witnesses: int
    claims: tuple[Body, ...]
    shared: dict[str, list[Passage]]
    reports: dict[str, Report]
    grade: str | None
    earlier: tuple[str, ...]


def codes(connection: Connection) -> list[str]:
    """Ids of all incidents that stand, in the order of their codes, which is that of every export."""
    # Sorted here, since databases put letters and marks in orders of their own.
    rows = connection.execute(select(_i.code, _i.id).where(_i.became.is_(None)))
    return [identifier for _, identifier in sorted((row.code, row.id) for row in rows)]


def pages(connection: Connection, ids: Sequence[str]) -> Iterator[list[Gathered]]:
    """What is known of incidents, a list for each page of ids.

    Args:
        connection: a transaction that sees one state.
        ids: of incidents, in the order wanted; those without claims that stand are passed over.
    """
    few = _Few(connection)
    for part in parts(ids, PAGE):
        yield _page(connection, part, few)


class _Few:
    """What few incidents have, so that only these are asked for it. Ids of what is there: incidents that were joined to others or bear a
    signed grade, documents that share text with others."""

    def __init__(self, connection: Connection) -> None:
        self.joined = set(connection.scalars(select(_i.became).where(_i.became.is_not(None)).distinct()))
        self.signed = set(connection.scalars(select(schema.grade.c.incident_id).distinct()))
        likeness = schema.likeness.c
        self.sharing = {d for column in (likeness.one, likeness.other) for d in connection.scalars(select(column).distinct())}
        self.touched = bodies.touched(connection)


def _page(connection: Connection, ids: list[str], few: _Few) -> list[Gathered]:
    home = {c: i for c, i in connection.execute(select(_m.claim_id, _m.incident_id).where(_m.incident_id.in_(ids)))}
    held: dict[str, list[Body]] = {}
    for body in bodies.standing(connection, home, few.touched):
        held.setdefault(home[body.id], []).append(body)
    heads = {r.id: r for r in connection.execute(select(_i.id, _i.code, _i.witnesses).where(_i.id.in_(ids)))}
    documents = sorted({body.document_id for claims in held.values() for body in claims})
    reports = _reports(connection, documents)
    shared = passages(connection, [d for d in documents if d in few.sharing])
    signed = grades.standing(connection, [i for i in held if i in few.signed])
    earlier = _earlier(connection, [i for i in held if i in few.joined])
    made = []
    for identifier in (i for i in ids if i in held):
        claims, head, signature = tuple(held[identifier]), heads[identifier], signed.get(identifier)
        mine = dict.fromkeys(body.document_id for body in claims)
        made.append(
            Gathered(
                identifier, head.code, head.witnesses, claims, {d: shared[d] for d in mine if d in shared}, {d: reports[d] for d in mine},
                signature.grade if signature else None, earlier.get(identifier, ()),
            )
        )  # fmt: skip
    return made


def values_of(gathered: Gathered, narrow: Filter) -> list[dict[str, Any]]:
    """The public records of its claims; none where the filter does not take the incident."""
    values = [body.value() for body in gathered.claims]
    if narrow.to_dict() and not narrow.takes(row_of(gathered.id, gathered.code, gathered.witnesses, values)):
        return []
    return values


def material_of(gathered: Gathered, values: list[dict[str, Any]]) -> Material:
    """The material of what was gathered, given the public records of its claims."""
    claims = []
    for value in values:
        report, shared = gathered.reports[value["document"]], gathered.shared.get(value["document"])
        keys = keys_of(value, shared) if shared else ()
        claims.append(told(value, published=report.published, publisher=report.publisher, language=report.language, copies=keys))
    dossier = Dossier(gathered.id, tuple(claims), gathered.grade)
    decisions = {body.id: body.decisions for body in gathered.claims if body.decisions}
    return Material(
        gathered.id,
        gathered.code,
        country_of(values),
        dossier,
        {v["id"]: v for v in values},
        gathered.reports,
        decisions,
        gathered.earlier,
    )


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
    for row in connection.execute(select(_i.code, _i.became).where(_i.became.in_(ids)).order_by(_i.code)) if ids else ():
        found[row.became] = (*found.get(row.became, ()), row.code)
    return found
