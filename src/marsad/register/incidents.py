"""Incidents of a register: linking its claims, what is stored of it, and what people change.

Claims go into linking as they stand: with the corrections of people, and without what they reject. What linking makes is stored
beside the claims and can be made again; what people judge (``judgements``) is kept and holds over every run. Whoever merges, splits
or moves changes the incidents at once; the next run keeps to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from marsad.errors import InputError
from marsad.lexicon.reasons import loaded, refusal
from marsad.linking.constraints import Constraints
from marsad.linking.features import Report
from marsad.linking.results import Alone, Doubt, Linking
from marsad.register import faces, judgements, schema
from marsad.register.audit import Event, append
from marsad.register.canonical import digest
from marsad.register.copies import load
from marsad.register.errors import RegisterError
from marsad.register.incidentrows import FRESH, IncidentRow, code_of, fits, row_of
from marsad.register.linked import Stamp, forget, remember, reports_for, stamps, stands
from marsad.register.members import members_of
from marsad.register.queries import ClaimRecord, claims
from marsad.register.rows import insert, parts

__all__ = [
    "IncidentRow",
    "Material",
    "alone",
    "alone_counts",
    "alone_row",
    "codes",
    "doubt_count",
    "doubts",
    "find",
    "gather",
    "incidents",
    "insert_doubts",
    "members",
    "merge",
    "move",
    "one",
    "part",
    "split",
    "store",
]

_i, _m, _x = schema.incident.c, schema.incident_claim.c, schema.incident_doubt.c


@dataclass(frozen=True, slots=True)
class Material:
    """What linking works on: one state of the register.

    Attributes:
        claims: public records as they stand, without rejected ones; reports: what is known of their documents.
        constraints: what people have judged; judged: the last entry of these.
        known: claim to incident of the last run.
        stamps: from what each claim stands as it does.
    """

    claims: list[dict[str, Any]]
    reports: dict[str, Report]
    constraints: Constraints
    judged: int
    known: dict[str, str]
    stamps: dict[str, Stamp]


def gather(connection: Connection) -> Material:
    """All that linking needs, from one transaction."""
    standing = [record for record in claims(connection) if stands(record)]
    reports = reports_for(connection, (record.document_id for record in standing))
    seen = stamps(connection)
    return Material(
        [record.value for record in standing],
        reports,
        judgements.constraints(connection),
        judgements.last(connection),
        _known(connection),
        {record.id: seen[record.id] for record in standing},
    )


def store(connection: Connection, material: Material, outcome: Linking, who: str, why: str) -> dict[str, int]:
    """Store what linking made of a state of the register.

    Returns:
        How many incidents, claims in them, doubts and claims alone there are now.

    Raises:
        RegisterError: people judged in the meantime; nothing is stored.
    """
    if judgements.last(connection) != material.judged:
        raise RegisterError(refusal("link.judged"))
    values = {claim["id"]: claim for claim in material.claims}
    before = codes(connection)
    _clear(connection)
    taken = set(before.values())
    fresh = []
    for incident in outcome.incidents:
        if incident.id not in before:
            fresh.append({"id": incident.id, "code": code_of([values[c] for c in incident.claims], taken), **FRESH})
    for part in parts(i.id for i in outcome.incidents if i.id in before):
        connection.execute(update(schema.incident).where(_i.id.in_(part)).values(became=None))
    insert(connection, schema.incident, fresh)
    rows = [{"claim_id": c, "incident_id": i.id} for i in outcome.incidents for c in i.claims]
    insert(connection, schema.incident_claim, rows)
    _remember(connection, material.known, {row["claim_id"]: row["incident_id"] for row in rows}, set(before))
    insert_doubts(connection, outcome.doubts)
    insert(connection, schema.incident_alone, [alone_row(a) for a in outcome.alone])
    forget(connection, None)
    remember(connection, material.claims, material.stamps)
    faces.rebuild(connection)
    numbers = {
        "incidents": len(outcome.incidents), "claims": len(rows), "doubts": len(outcome.doubts), "alone": len(outcome.alone),
    }  # fmt: skip
    append(connection, [Event("link", "", numbers | {"weights": outcome.parameters})], who, why)
    return numbers


def insert_doubts(connection: Connection, found: Iterable[Doubt], *, anew: bool = True) -> None:
    """Store doubts; where not all are made anew, in place of what was in doubt of the same two."""
    rows = [
        {
            "first": d.first, "second": d.second, "first_claim": d.claims[0], "second_claim": d.claims[1],
            "probability": d.probability, "reason": d.reason.dumped(),
        }
        for d in found
    ]  # fmt: skip
    if not anew:
        for row in rows:
            pair = (row["first"], row["second"])
            connection.execute(delete(schema.incident_doubt).where(_x.first.in_(pair), _x.second.in_(pair)))
    insert(connection, schema.incident_doubt, rows)


def alone_row(told: Alone) -> dict[str, str]:
    """A claim in no incident, as it is stored."""
    return {"claim_id": told.claim, "kind": told.kind, "reason": told.reason.dumped()}


def find(connection: Connection, told: str) -> str:
    """The id of an incident from its id, code, or the beginning of either; earlier ids lead to what has become of them.

    Raises:
        InputError: there is none, or several begin so.
    """
    rows = connection.execute(
        select(_i.id, _i.code, _i.became).where(
            _i.id.startswith(told, autoescape=True) | _i.code.startswith(told.upper(), autoescape=True)
        )
    ).all()
    exact = [row for row in rows if told in (row.id, row.code) or told.upper() == row.code]
    standing = exact or [row for row in rows if row.became is None] or rows
    if not standing:
        raise InputError(refusal("incident.none", told=told))
    if len(standing) > 1:
        raise InputError(refusal("incident.many", told=told, codes=[row.code for row in standing[:3]]))
    row, seen = standing[0], set[str]()
    while row.became is not None and row.id not in seen:
        seen.add(row.id)
        row = connection.execute(select(_i.id, _i.code, _i.became).where(_i.id == row.became)).one()
    return str(row.id)


def members(connection: Connection, incident: str) -> list[ClaimRecord]:
    """The claims of an incident as they stand, by day of publication."""
    found = members_of(connection, _claims(connection, incident))
    days = {document.id: document.published or "" for document, _ in load(connection, {r.document_id for r in found})}
    return sorted(found, key=lambda r: (days.get(r.document_id, ""), r.id))


def one(connection: Connection, incident: str) -> IncidentRow:
    """An incident as a list has it.

    Raises:
        InputError: none of its claims stands any more.
    """
    row = connection.execute(select(schema.incident).where(_i.id == incident)).one()
    standing = [record.value for record in members_of(connection, _claims(connection, incident)) if stands(record)]
    if not standing:
        raise InputError(refusal("incident.empty", incident=incident))
    return row_of(row.id, row.code, row.witnesses, standing)


def incidents(
    connection: Connection, *, since: str = "", until: str = "", country: str = "", type: str = ""
) -> list[IncidentRow]:
    """Incidents by day, the latest first, those without a day last.

    Args:
        connection: a transaction.
        since, until: ISO days, both inclusive; an incident counts where a claim of it may lie there.
        country, type: as a claim of it tells.
    """
    there = {record.id: record for record in claims(connection) if stands(record)}
    grouped: dict[str, list[ClaimRecord]] = {}
    for claim, incident in connection.execute(select(_m.claim_id, _m.incident_id).order_by(_m.claim_id)):
        if claim in there:
            grouped.setdefault(incident, []).append(there[claim])
    found = []
    f = schema.incident_face.c
    graded = {i: told for i, *told in connection.execute(select(f.incident_id, f.suggested, f.signed, f.stale))}
    for row in connection.execute(select(schema.incident).where(_i.became.is_(None))):
        if row.id in grouped:
            made = row_of(row.id, row.code, row.witnesses, [record.value for record in grouped[row.id]])
            suggested, signed, stale = graded.get(row.id, (None, None, 0))
            made = replace(made, suggested=suggested, signed=signed, stale=bool(stale))
            if fits(made, since, until, country, type):
                found.append(made)
    return sorted(found, key=lambda r: (r.start is not None, r.start or "", r.code), reverse=True)


def doubts(connection: Connection, incident: str = "", *, offset: int = 0, limit: int = 0) -> list[Doubt]:
    """What may be one event, the likeliest first.

    Args:
        connection: a transaction.
        incident: only what may be one with this incident.
        offset: so many are passed over. limit: at most so many; 0 for all.
    """
    wanted = select(schema.incident_doubt).order_by(_x.probability.desc(), _x.first, _x.second).offset(offset)
    wanted = wanted.where((_x.first == incident) | (_x.second == incident)) if incident else wanted
    rows = connection.execute(wanted.limit(limit) if limit else wanted)
    return [Doubt(r.first, r.second, (r.first_claim, r.second_claim), r.probability, loaded(r.reason)) for r in rows]


def doubt_count(connection: Connection) -> int:
    """How many doubts there are."""
    return int(connection.scalar(select(func.count()).select_from(schema.incident_doubt)) or 0)


def codes(connection: Connection, ids: Iterable[str] | None = None) -> dict[str, str]:
    """The codes of incidents by their ids, of all where none are named."""
    wanted = select(_i.id, _i.code)
    if ids is None:
        return {i: code for i, code in connection.execute(wanted)}
    return {i: code for part in parts(sorted(set(ids))) for i, code in connection.execute(wanted.where(_i.id.in_(part)))}


def alone(connection: Connection, kind: str = "", *, after: str = "", limit: int = 0) -> list[Alone]:
    """Claims that are in no incident, with the reason, by their ids.

    Args:
        connection: a transaction.
        kind: only these; see ``marsad.linking.results.Alone``.
        after: only those behind this claim.
        limit: at most so many; 0 for all.
    """
    c = schema.incident_alone.c
    wanted = select(schema.incident_alone).order_by(c.claim_id).where(c.claim_id > after)
    wanted = wanted.where(c.kind == kind) if kind else wanted
    return [Alone(r.claim_id, r.kind, loaded(r.reason)) for r in connection.execute(wanted.limit(limit) if limit else wanted)]


def alone_counts(connection: Connection) -> dict[str, int]:
    """How many claims are in no incident, by kind."""
    c = schema.incident_alone.c
    return {kind: n for kind, n in connection.execute(select(c.kind, func.count()).group_by(c.kind).order_by(c.kind))}


# -- what people change -----------------------------------------------------------------------------------------


def merge(connection: Connection, told: Sequence[str], who: str, why: str) -> str:
    """Make one incident of several, under the id of the first; the other ids lead to it. Returns its id."""
    first, *others = dict.fromkeys(find(connection, t) for t in told)
    if not others:
        raise InputError(refusal("merge.two"))
    held = {incident: _claims(connection, incident) for incident in (first, *others)}
    judgements.judge(
        connection, who, why, settled={first: [c for claims in held.values() for c in claims]},
        before={c: incident for incident in others for c in held[incident]}, doubts=_doubts_of(connection, held),
    )  # fmt: skip
    connection.execute(update(schema.incident_claim).where(_m.incident_id.in_(others)).values(incident_id=first))
    connection.execute(update(schema.incident).where(_i.id.in_(others)).values(became=first))
    _forget_doubts(connection, {first, *others})
    faces.refresh(connection, (first, *others))
    return first


def split(connection: Connection, told: str, claim_ids: Sequence[str], who: str, why: str) -> str:
    """Take claims out of an incident into one of their own. Returns the id of the new one."""
    incident = find(connection, told)
    held = _claims(connection, incident)
    out = sorted(set(claim_ids))
    if strange := [c for c in out if c not in held]:
        raise InputError(refusal("incident.strange", claim=strange[0], incident=incident))
    rest = [c for c in held if c not in out]
    if not rest or not out:
        raise InputError(refusal("split.some"))
    made = "i" + digest([incident, *out])[:10]
    judgements.judge(
        connection, who, why, settled={incident: rest, made: out}, before=dict.fromkeys(out, incident),
        doubts=_doubts_of(connection, (incident,)),
    )  # fmt: skip
    _found(connection, made, out)
    connection.execute(update(schema.incident_claim).where(_m.claim_id.in_(out)).values(incident_id=made))
    _forget_doubts(connection, {incident, made})
    faces.refresh(connection, (incident, made))
    return made


def move(connection: Connection, claim_id: str, told: str, who: str, why: str) -> str:
    """Put a claim into an incident, out of the one that it is in. Returns the id of the incident.

    Raises:
        InputError: no such incident or claim, the claim is in it already, or no reason.
    """
    incident = find(connection, told)
    before = connection.scalar(select(_m.incident_id).where(_m.claim_id == claim_id))
    if before is None and not members_of(connection, [claim_id]):
        raise InputError(refusal("claim.none", claim=claim_id))
    if before == incident:
        raise InputError(refusal("incident.already", claim=claim_id, incident=incident))
    held = _claims(connection, incident)
    judgements.judge(
        connection, who, why, settled={incident: [*held, claim_id]}, before={claim_id: before or ""},
        doubts=_doubts_of(connection, (incident, before or claim_id)),
    )  # fmt: skip
    connection.execute(delete(schema.incident_claim).where(_m.claim_id == claim_id))
    connection.execute(delete(schema.incident_alone).where(schema.incident_alone.c.claim_id == claim_id))
    insert(connection, schema.incident_claim, [{"claim_id": claim_id, "incident_id": incident}])
    if before is not None and not _claims(connection, before):
        connection.execute(update(schema.incident).where(_i.id == before).values(became=incident))
    _forget_doubts(connection, {incident, before or claim_id})
    faces.refresh(connection, [i for i in (incident, before) if i])
    return incident


def part(connection: Connection, told: Sequence[str], who: str, why: str) -> int:
    """Say of incidents that they are different ones; returns the number of the judgement."""
    ids = list(dict.fromkeys(find(connection, t) for t in told))
    if len(ids) < 2:
        raise InputError(refusal("part.two"))
    number = judgements.judge(
        connection, who, why, settled={i: _claims(connection, i) for i in ids}, before={},
        doubts=_doubts_of(connection, ids, within=True),
    )  # fmt: skip
    _forget_doubts(connection, set(ids), within=True)
    faces.refresh(connection, ids)
    return number


# -- rows -------------------------------------------------------------------------------------------------------


def _known(connection: Connection) -> dict[str, str]:
    return {c: i for c, i in connection.execute(select(_m.claim_id, _m.incident_id))}


def _claims(connection: Connection, incident: str) -> list[str]:
    return list(connection.scalars(select(_m.claim_id).where(_m.incident_id == incident).order_by(_m.claim_id)))


def _clear(connection: Connection) -> None:
    for table in (schema.incident_claim, schema.incident_doubt, schema.incident_alone):
        connection.execute(delete(table))


def _remember(connection: Connection, known: Mapping[str, str], now: Mapping[str, str], before: set[str]) -> None:
    """Let incidents that are no more lead to the one that has most of their claims."""
    gone: dict[str, Counter[str]] = {i: Counter() for i in before - set(now.values())}
    for claim, incident in known.items():
        if incident in gone and claim in now:
            gone[incident][now[claim]] += 1
    for incident, into in sorted(gone.items()):
        if into:
            heir = min(into.items(), key=lambda p: (-p[1], p[0]))[0]
            connection.execute(update(schema.incident).where(_i.id == incident).values(became=heir))


def _forget_doubts(connection: Connection, ids: set[str], *, within: bool = False) -> None:
    """Drop the doubts that a judgement answers: all that name an incident, or those between incidents that were told apart."""
    connection.execute(delete(schema.incident_doubt).where(_naming(ids, within)))


def _doubts_of(connection: Connection, ids: Iterable[str], *, within: bool = False) -> list[dict[str, Any]]:
    """The doubts that ``_forget_doubts`` would drop."""
    rows = connection.execute(select(schema.incident_doubt).where(_naming(ids, within)).order_by(_x.first, _x.second))
    return [dict(row) for row in rows.mappings()]


def _naming(ids: Iterable[str], within: bool) -> ColumnElement[bool]:
    told = sorted(ids)
    first, second = _x.first.in_(told), _x.second.in_(told)
    return (first & second) if within else (first | second)


def _found(connection: Connection, incident: str, claim_ids: Sequence[str]) -> None:
    taken = set(connection.scalars(select(_i.code)))
    held = members_of(connection, claim_ids)
    there = connection.scalar(select(_i.id).where(_i.id == incident))
    if there is None:
        insert(connection, schema.incident, [{"id": incident, "code": code_of([r.value for r in held], taken), **FRESH}])
    else:
        connection.execute(update(schema.incident).where(_i.id == incident).values(became=None))
