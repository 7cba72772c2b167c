"""Linkage: linking the claims of a register, wholly or only what is new, and storing what came out.

Where little is new, only that is laid beside what is near it, and every incident that stands is left as it is. The whole is linked where
nothing was linked yet, where much is new, where another version of the program or of its weights did it last, or when asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from marsad.lexicon.reasons import refusal
from marsad.linking.features import features_of
from marsad.linking.linker import add_features, link
from marsad.linking.parameters import Parameters
from marsad.linking.results import Linking
from marsad.register import faces, incidents, judgements, schema, weights
from marsad.register.audit import Event, append
from marsad.register.errors import RegisterError
from marsad.register.incidentrows import FRESH, code_of
from marsad.register.linked import Changes, Linked, changes, forget, remember, reports_for
from marsad.register.queries import ClaimRecord, records
from marsad.register.rows import insert, parts
from marsad.register.store import Register

__all__ = ["link_register"]

_i, _m, _x, _a = schema.incident.c, schema.incident_claim.c, schema.incident_doubt.c, schema.incident_alone.c
# As long as so many claims, or such a share of those that stand, are new, only these are linked.
FEW, SHARE = 200, 0.05


def link_register(register: Register, who: str, why: str = "", *, whole: bool = False) -> dict[str, Any]:
    """Link what is new, or the whole.

    Args:
        register: an open register.
        who, why: for the log.
        whole: link all claims, however few are new.

    Returns:
        How many ``incidents``, ``claims`` in them, ``doubts`` and claims ``alone`` there are now; and ``whole``, or how many claims were
        ``new``, ``changed`` and ``gone``.

    Raises:
        RegisterError: people judged, or somebody linked, in the meantime; nothing is stored.
        MarsadError: the extra ``link`` is not installed.
    """
    with register.snapshot() as connection:
        news = None if whole else _news(connection)
        if news is None:
            material = incidents.gather(connection)
        else:
            outcome = _added(connection, news)
    if news is None:
        outcome = link(material.claims, material.reports, constraints=material.constraints, known=material.known)

        def all_of_it(connection: Connection) -> dict[str, Any]:
            numbers = incidents.store(connection, material, outcome, who, why)
            weights.keep(connection, outcome.weights)
            return {**numbers, "whole": True}

        return register.apply(all_of_it)
    return register.apply(lambda connection: _store(connection, news, outcome, who, why))


@dataclass(frozen=True, slots=True)
class _News:
    """What is new, with the state of the register in which it is."""

    changes: Changes
    known: dict[str, str]
    parameters: Parameters
    judged: int
    linked: int


def _news(connection: Connection) -> _News | None:
    """What is new; None where the whole is to be linked."""
    kept = weights.kept(connection)
    before = connection.scalar(select(func.count()).select_from(schema.linked)) or 0
    if kept is None or not before:
        return None
    found = changes(connection)
    if len(found) > max(FEW, SHARE * before):
        return None
    known = {c: i for c, i in connection.execute(select(_m.claim_id, _m.incident_id))}
    return _News(found, known, kept, judgements.last(connection), _last(connection))


def _last(connection: Connection) -> int:
    """The number of the last entry of a run in the log."""
    log = schema.log.c
    return int(connection.scalar(select(func.max(log.number)).where(log.action == "link")) or 0)


def _added(connection: Connection, news: _News) -> Linking:
    fresh = [*news.changes.new, *news.changes.changed]
    reports = reports_for(connection, (record.document_id for record in fresh))
    gone = set(news.changes.gone)
    return add_features(
        [features_of(record.value, reports.get(record.document_id)) for record in fresh],
        Linked(connection),
        {claim: incident for claim, incident in news.known.items() if claim not in gone},
        constraints=judgements.constraints(connection),
        parameters=news.parameters,
    )


def _store(connection: Connection, news: _News, outcome: Linking, who: str, why: str) -> dict[str, Any]:
    if judgements.last(connection) != news.judged or _last(connection) != news.linked:
        raise RegisterError(refusal("link.outdone"))
    told = news.changes
    fresh = {record.id: record for record in (*told.new, *told.changed)}
    leaving = [*(record.id for record in told.changed), *told.gone]
    before = {c: news.known[c] for c in leaving if c in news.known}
    for part in parts(leaving):
        connection.execute(delete(schema.incident_claim).where(_m.claim_id.in_(part)))
        connection.execute(delete(schema.incident_alone).where(_a.claim_id.in_(part)))
        connection.execute(delete(schema.incident_doubt).where(_x.first_claim.in_(part) | _x.second_claim.in_(part)))
    _join(connection, outcome, fresh)
    _empty(connection, before, outcome.by_claim)
    incidents.insert_doubts(connection, outcome.doubts, anew=False)
    insert(connection, schema.incident_alone, [incidents.alone_row(a) for a in outcome.alone])
    again = {record.id: record.value for record in records(connection, told.same)}
    remember(connection, [*(record.value for record in fresh.values()), *again.values()], told.stamps)
    forget(connection, told.gone)
    touched = {*before.values(), *(i.id for i in outcome.incidents), *(news.known[c] for c in told.same if c in news.known)}
    faces.refresh(connection, touched)
    numbers = {
        "incidents": _count(connection, select(func.count(_m.incident_id.distinct()))), "claims": _count(connection, select(func.count(_m.claim_id))),
        "doubts": _count(connection, select(func.count(_x.first))), "alone": _count(connection, select(func.count(_a.claim_id))),
        "new": len(told.new), "changed": len(told.changed), "gone": len(told.gone),
    }  # fmt: skip
    append(connection, [Event("link", "", numbers | {"weights": outcome.parameters})], who, why)
    return numbers


def _join(connection: Connection, outcome: Linking, fresh: Mapping[str, ClaimRecord]) -> None:
    """Put claims that are in no incident into those that came out."""
    joined = {c: i for c, i in outcome.by_claim.items()}
    there = {}
    for part in parts(sorted(joined)):
        there.update({c: i for c, i in connection.execute(select(_m.claim_id, _m.incident_id).where(_m.claim_id.in_(part)))})
    outside = sorted(set(joined) - set(there))
    values = {i: record.value for i, record in fresh.items()}
    values |= {record.id: record.value for record in records(connection, set(outside) - set(values))}
    codes = incidents.codes(connection)
    taken, made = set(codes.values()), []
    for incident in outcome.incidents:
        if incident.id not in codes:
            made.append({"id": incident.id, "code": code_of([values[c] for c in incident.claims], taken), **FRESH})
    insert(connection, schema.incident, made)
    revived = [i.id for i in outcome.incidents if i.id in codes]
    for part in parts(revived):
        connection.execute(update(schema.incident).where(_i.id.in_(part)).values(became=None))
    insert(connection, schema.incident_claim, [{"claim_id": c, "incident_id": joined[c]} for c in outside])
    for part in parts(outside):
        connection.execute(delete(schema.incident_alone).where(_a.claim_id.in_(part)))
        # What was in doubt by itself is in an incident now.
        connection.execute(delete(schema.incident_doubt).where(_x.first.in_(part) | _x.second.in_(part)))


def _empty(connection: Connection, before: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Let incidents that lost all their claims lead to where most of these went."""
    lost: dict[str, Counter[str]] = {}
    for claim, incident in before.items():
        lost.setdefault(incident, Counter()).update([now[claim]] if claim in now else [])
    held: set[str] = set()
    for part in parts(sorted(lost)):
        held.update(connection.scalars(select(_m.incident_id).where(_m.incident_id.in_(part))))
    for incident, into in sorted(lost.items()):
        if incident in held:
            continue
        connection.execute(delete(schema.incident_doubt).where((_x.first == incident) | (_x.second == incident)))
        if into:
            heir = min(into.items(), key=lambda p: (-p[1], p[0]))[0]
            connection.execute(update(schema.incident).where(_i.id == incident).values(became=heir))


def _count(connection: Connection, wanted: Any) -> int:
    return int(connection.scalar(wanted) or 0)
