"""Linked: what linking saw of each claim last, so that a run need look only at what is new, has changed or is gone.

A claim is new until linking has seen it; it has changed where it says something else now, its report has another text or day, or a
person decided otherwise on it; it is gone where the current reading has it no more or a person rejected it. That a person accepted it,
or that a later reader reads the same, changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, and_, delete, false, func, literal, or_, select

from marsad.gazetteer import default
from marsad.linking.blocking import LAID_OUT, SLACK
from marsad.linking.features import Features, Report, days_of, features_of
from marsad.linking.nearby import Look, look_of
from marsad.linking.spots import spot_of
from marsad.register import additions, schema
from marsad.register.additions import ADD
from marsad.register.copies import load
from marsad.register.queries import ClaimRecord, records
from marsad.register.rows import insert, parts

__all__ = ["Changes", "Linked", "Stamp", "changes", "forget", "remember", "reports_for", "stamps", "stands"]

_d, _p, _l, _s, _v = schema.document.c, schema.proposal.c, schema.linked.c, schema.sketch.c, schema.version.c
_m = schema.incident_claim.c
_ACCEPT = "accept"
# Names of places that are looked for in each row; with more of them it takes less to look at the rows themselves.
_FEW = 60
# Kilometres of a degree of latitude.
_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Stamp:
    """From what a claim stands as it does: the reading, the last decision on it (0: none), the version, the label of its copies."""

    reading: int
    decision: int
    version: int
    label: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise than linking saw it.

    Attributes:
        new, changed: claims that stand, as they stand.
        gone: ids of claims that stand no more.
        same: claims that say what they said, read or decided anew, or with other copies.
        stamps: of the claims of all three kinds.
    """

    new: list[ClaimRecord]
    changed: list[ClaimRecord]
    gone: list[str]
    same: list[str]
    stamps: dict[str, Stamp]

    def __len__(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


def stands(record: ClaimRecord) -> bool:
    """Whether a claim is linked: it is still read, and nobody rejected it."""
    return record.current and record.verdict != "reject"


def stamps(connection: Connection) -> dict[str, Stamp]:
    """The stamps of all claims of the current readings, and of those that people added."""
    return {r.claim_id: Stamp(r.reading_id, r.decision, r.version, r.label) for r in connection.execute(_now())}


def changes(connection: Connection) -> Changes:
    """What is new, has changed or is gone since linking ran last."""
    now = _now().subquery()
    other = or_(
        _l.claim_id.is_(None), _l.reading_id != now.c.reading_id, _l.decision_id != now.c.decision, _l.version != now.c.version,
        _l.label != now.c.label,
    )  # fmt: skip
    suspects = connection.execute(
        select(now, _l.claim_id.label("seen"), _l.reading_id.label("then"), _l.decision_id, _l.version.label("text_then"))
        .outerjoin(schema.linked, _l.claim_id == now.c.claim_id)
        .where(other)
    ).all()
    found = Changes([], [], _unread(connection), [], {})
    held = {record.id: record for record in records(connection, (r.claim_id for r in suspects))}
    bodies = _bodies(connection, [(r.then, r.claim_id) for r in suspects if r.seen is not None and r.then != r.reading_id])
    texts = _texts(connection, {r.document_id for r in suspects if r.seen is not None and r.text_then != r.version})
    for r in suspects:
        record = held[r.claim_id]
        found.stamps[r.claim_id] = Stamp(r.reading_id, r.decision, r.version, r.label)
        if not stands(record):
            if r.seen is not None:
                found.gone.append(r.claim_id)
            continue
        if r.seen is None:
            found.new.append(record)
        elif (
            bodies.get(r.claim_id, record.body) != record.body
            or any(d.id > r.decision_id and d.verdict != _ACCEPT or d.undone for d in record.decisions)
            or (r.text_then != r.version and texts[r.document_id, r.text_then] != texts[r.document_id, r.version])
        ):
            found.changed.append(record)
        else:
            found.same.append(r.claim_id)
    found.gone.sort()
    return found


def _now() -> CompoundSelect[Any]:
    decided = select(schema.decision.c.claim_id, func.max(schema.decision.c.id).label("id"))
    last = decided.group_by(schema.decision.c.claim_id).subquery()
    version, label = _d.current_version.label("version"), func.coalesce(_s.label, _d.id).label("label")
    read = (
        select(
            _p.claim_id, _d.id.label("document_id"), _p.reading_id, func.coalesce(last.c.id, 0).label("decision"), version, label,
        )
        .join(schema.document, _d.current_reading == _p.reading_id)
        .outerjoin(schema.sketch, _s.document_id == _d.id)
        .outerjoin(last, last.c.claim_id == _p.claim_id)
    )  # fmt: skip
    # Those that people added have no reading.
    a, then = schema.addition.c, schema.version.alias("then")
    other = schema.addition.alias("back").c
    back = select(other.undoes).where(other.undoes.is_not(None))
    entries = select(a.claim_id, func.max(a.id).label("id")).group_by(a.claim_id).subquery()
    added = (
        select(
            a.claim_id, _d.id.label("document_id"), literal(0).label("reading_id"), entries.c.id.label("decision"), version, label
        )
        .join(entries, entries.c.claim_id == a.claim_id)
        .join(schema.document, _d.id == a.document_id)
        .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
        .join(then, (then.c.document_id == a.document_id) & (then.c.number == a.version) & (then.c.text_sha256 == _v.text_sha256))
        .outerjoin(schema.sketch, _s.document_id == _d.id)
        .where(a.verdict == ADD, a.id.not_in(back))
    )
    return read.union_all(added)


def _unread(connection: Connection) -> list[str]:
    """Claims that were linked and that the current reading has no more, or people took back."""
    c = schema.claim.c
    wanted = (
        select(_l.claim_id)
        .outerjoin(schema.claim, c.id == _l.claim_id)
        .outerjoin(schema.document, _d.id == c.document_id)
        .outerjoin(schema.proposal, and_(_p.reading_id == _d.current_reading, _p.claim_id == _l.claim_id))
        .where(_p.claim_id.is_(None))
    )
    gone = list(connection.scalars(wanted))
    people = {c.id for c in additions.added(connection, claims=[i for i in gone if additions.is_added(i)]) if c.current}
    return [i for i in gone if i not in people]


def _bodies(connection: Connection, wanted: list[tuple[int, str]]) -> dict[str, Any]:
    """What earlier readings said of claims."""
    then = {claim: reading for reading, claim in wanted}
    found = {}
    for part in parts(sorted(then)):
        rows = connection.execute(select(_p.claim_id, _p.reading_id, _p.body).where(_p.claim_id.in_(part)))
        found.update({r.claim_id: json.loads(r.body) for r in rows if then[r.claim_id] == r.reading_id})
    return found


def _texts(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, int], tuple[Any, ...]]:
    """What linking goes by of the versions of documents."""
    found = {}
    for part in parts(sorted(ids)):
        for r in connection.execute(select(schema.version).where(_v.document_id.in_(part))):
            found[r.document_id, r.number] = (r.text_sha256, r.published, r.language)
    return found


def reports_for(connection: Connection, ids: Iterable[str]) -> dict[str, Report]:
    """What linking knows of documents."""
    wanted = sorted(set(ids))
    labels: dict[str, str] = {}
    for part in parts(wanted):
        rows = connection.execute(select(_s.document_id, _s.label).where(_s.document_id.in_(part)))
        labels.update((i, label) for i, label in rows)
    return {
        document.id: Report(
            document.id, document.published, document.publisher, document.language, labels.get(document.id), document.text
        )
        for document, _ in load(connection, wanted)
    }


# -- what is kept -----------------------------------------------------------------------------------------------


def remember(connection: Connection, claims: Iterable[Mapping[str, Any]], stamped: Mapping[str, Stamp]) -> None:
    """Keep what linking saw of claims, in place of what it saw before."""
    rows = [_row(claim, stamped[claim["id"]]) for claim in claims]
    forget(connection, [row["claim_id"] for row in rows])
    insert(connection, schema.linked, rows)


def forget(connection: Connection, ids: Iterable[str] | None) -> None:
    """Forget claims, or all."""
    if ids is None:
        connection.execute(delete(schema.linked))
        return
    for part in parts(ids):
        connection.execute(delete(schema.linked).where(_l.claim_id.in_(part)))


def _row(claim: Mapping[str, Any], stamp: Stamp) -> dict[str, Any]:
    first, last, _ = days_of(claim.get("date") or {})
    look = look_of(claim["id"], stamp.label, (first, last), spot_of(claim.get("place") or {}, default()))
    takes_part = claim["scope"] == "event" and claim["status"] != "planned"
    return {
        "claim_id": look.id, "reading_id": stamp.reading, "decision_id": stamp.decision, "version": stamp.version, "label": stamp.label,
        "manner": ("open" if look.open else "dated") if takes_part else "none", "first": look.first, "last": look.last,
        "country": look.country, "latitude": look.latitude, "longitude": look.longitude, "reach": look.reach, "placed": look.placed,
        "names": _joined(look.names), "around": _joined(look.around),
    }  # fmt: skip


def _joined(keys: Iterable[str]) -> str:
    return "".join(f"|{key}" for key in sorted(keys)) + "|"


def _named(keys: frozenset[str]) -> ColumnElement[bool]:
    """Whether a row is of a place by one of these keys."""
    return or_(false(), *(_l.names.contains(f"|{key}|", autoescape=True) for key in sorted(keys)))


class Linked:
    """Claims of the register that linking has seen, as ``marsad.linking.nearby.Standing``.

    Args:
        connection: a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beside(self, look: Look) -> list[Look]:
        first, last = look.days[0], look.days[-1]
        wanted = select(schema.linked).where(
            _l.manner == "dated", _l.first.between(first - LAID_OUT, last), _l.last >= first, self._country(look)
        )
        if look.placed and look.latitude is not None:
            far = func.abs(_l.latitude - look.latitude) * _DEGREE > _l.reach + look.reach + SLACK
            wanted = wanted.where(or_(_l.latitude.is_(None), _l.placed.is_(False), ~far))
        return self._looks(wanted)

    def _country(self, look: Look) -> Any:
        return True if not look.country else or_(_l.country == look.country, _l.country == "")

    def open(self, keys: frozenset[str]) -> list[Look]:
        wanted = select(schema.linked).where(_l.manner == "open")
        if len(keys) <= _FEW:
            wanted = wanted.where(_named(keys))
        return self._looks(wanted)

    def named(self, keys: frozenset[str]) -> list[Look]:
        if not keys:
            return []
        return self._looks(select(schema.linked).where(_l.manner != "none", _named(keys)))

    def _looks(self, wanted: Select[Any]) -> list[Look]:
        return [
            Look(
                r.claim_id, r.label, r.first, r.last, r.country, r.latitude, r.longitude, r.reach, r.placed,
                frozenset(r.names.split("|")) - {""}, frozenset(r.around.split("|")) - {""},
            )
            for r in self._connection.execute(wanted)
        ]  # fmt: skip

    def reported(self, groups: frozenset[str]) -> list[str]:
        return self._ids(_l.claim_id, _l.label, groups)

    def members(self, incidents: frozenset[str]) -> list[str]:
        return self._ids(_m.claim_id, _m.incident_id, incidents)

    def _ids(self, wanted: Any, key: Any, values: Iterable[str]) -> list[str]:
        return [i for part in parts(sorted(values)) for i in self._connection.scalars(select(wanted).where(key.in_(part)))]

    def features(self, ids: Iterable[str]) -> list[Features]:
        found = [record for record in records(self._connection, ids) if stands(record)]
        reports = reports_for(self._connection, (record.document_id for record in found))
        return [features_of(record.value, reports.get(record.document_id)) for record in sorted(found, key=lambda r: r.id)]
