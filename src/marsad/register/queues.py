"""Queues: which reports wait for people, and for what, kept with what is stored, in the same transaction.

| queue | reports |
| --- | --- |
| ``first`` | with claims that no reader signed yet |
| ``empty`` | without claims, that no reader signed yet |
| ``second`` | that a first reader signed as they stand |
| ``renewed`` | that were signed and are other now: another text, reading or decision |
| ``conflict`` | on a claim of which two people decided against each other, or whose decision is on other values than are read now |
| ``place`` | with a claim whose place is named and not found |

They follow from the other tables and can be made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select

from marsad.register import additions, schema
from marsad.register.decisions import Decision, decisions_on, verdict_of
from marsad.register.queries import claims
from marsad.register.rows import insert, parts
from marsad.register.signatures import FIRST, SECOND, Signature, signatures_of

__all__ = ["QUEUES", "Waiting", "conflict", "counts", "rebuild", "refresh", "waiting"]

QUEUES = ("first", "second", "renewed", "conflict", "place", "empty")
# Documents at once; rows of the index that are looked at together; characters of a text that stand for a title.
_BATCH, _LEAST, _OPENING = 300, 100, 90
_q, _s, _d, _v, _r, _p = (
    schema.queued.c, schema.sketch.c, schema.document.c, schema.version.c, schema.reading.c, schema.proposal.c,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report in a queue; the others of the queue that are its copies are told with it and not shown themselves.

    ``day`` is that of publication or the empty string, ``title`` the beginning of the text where there is none, ``copies`` the ids of
    its copies in the queue.
    """

    id: str
    day: str
    title: str
    publisher: str | None
    language: str | None
    claims: int | None
    copies: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Where the page behind it begins, for ``after``."""
        return f"{self.day}:{self.id}"

    def to_dict(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


def counts(connection: Connection) -> dict[str, int]:
    """How many reports wait in each queue, copies counted once."""
    wanted = (
        select(_q.queue, func.count(func.distinct(func.coalesce(_s.label, _q.document_id))))
        .outerjoin(schema.sketch, _s.document_id == _q.document_id)
        .group_by(_q.queue)
    )
    found = {queue: number for queue, number in connection.execute(wanted)}
    return {queue: int(found.get(queue, 0)) for queue in QUEUES}


def waiting(
    connection: Connection, queue: str, *, after: str = "", limit: int = 50, among: Sequence[str] | None = None
) -> list[Waiting]:
    """Reports of a queue, the latest day first, those without a day last; of copies the one that was published first.

    Args:
        connection: a transaction.
        queue: one of ``QUEUES``.
        after: ``key`` of the last one of the page before.
        limit: at most so many.
        among: only these documents, copies or not.
    """
    keys: list[str] = []
    copies: dict[str, tuple[str, ...]] = {}
    behind = after
    while len(keys) < limit:
        # In the order of the index, some more than wanted: most are no copies of another.
        wanted = select(_q.document_id, _q.day).where(_q.queue == queue).order_by(_q.day.desc(), _q.document_id.desc())
        if among is not None:
            wanted = wanted.where(_q.document_id.in_(list(among)))
        if behind:
            day, _, identifier = behind.rpartition(":")
            wanted = wanted.where(or_(_q.day < day, and_(_q.day == day, _q.document_id < identifier)))
        rows = connection.execute(wanted.limit(max(limit, _LEAST))).all()
        groups = _groups(connection, queue, [row.document_id for row in rows])
        for row in rows:
            group = groups.get(row.document_id, [row.document_id])
            if among is not None or group[0] == row.document_id:
                keys.append(row.document_id)
                copies[row.document_id] = tuple(i for i in group if i != row.document_id)
        if len(rows) < max(limit, _LEAST):
            break
        behind = f"{rows[-1].day}:{rows[-1].document_id}"
    return _shown(connection, keys[:limit], copies)


def _groups(connection: Connection, queue: str, ids: Sequence[str]) -> dict[str, list[str]]:
    """For documents that have copies in a queue: all of the group that wait there, by day and id."""
    labels: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for part in parts(ids):
        labels.update(
            (i, label) for i, label in connection.execute(select(_s.document_id, _s.label).where(_s.document_id.in_(part)))
        )
    members: dict[str, str] = {}
    for part in parts(sorted(set(labels.values()))):
        members.update((i, label) for i, label in connection.execute(select(_s.document_id, _s.label).where(_s.label.in_(part))))
    there: list[tuple[str, str]] = []
    for part in parts(sorted(members)):
        wanted = select(_q.day, _q.document_id).where(_q.queue == queue, _q.document_id.in_(part))
        there += [(day, i) for day, i in connection.execute(wanted)]
    for _, identifier in sorted(there):
        groups.setdefault(members[identifier], []).append(identifier)
    return {i: groups[label] for i, label in labels.items() if label in groups}


def _shown(connection: Connection, ids: Sequence[str], copies: Mapping[str, tuple[str, ...]]) -> list[Waiting]:
    """Documents of a queue as a list shows them, in the order of their ids."""
    t, found = schema.text_body.c, dict[str, Waiting]()
    for part in parts(ids):
        rows = connection.execute(
            select(
                _d.id,
                _v.published,
                _v.title,
                func.substr(t.body, 1, _OPENING).label("opening"),
                _v.publisher,
                _v.language,
                _r.claims,
            )
            .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
            .join(schema.text_body, t.sha256 == _v.text_sha256)
            .outerjoin(schema.reading, _r.id == _d.current_reading)
            .where(_d.id.in_(part))
        )
        for r in rows:
            title = r.title.strip() or " ".join(r.opening.split())
            found[r.id] = Waiting(r.id, r.published or "", title, r.publisher, r.language, r.claims, copies[r.id])
    return [found[i] for i in ids if i in found]


def refresh(connection: Connection, ids: Iterable[str]) -> None:
    """Put documents into the queues in which they are by now, in a writing transaction."""
    for part in parts(sorted(set(ids)), _BATCH):
        connection.execute(delete(schema.queued).where(_q.document_id.in_(part)))
        insert(connection, schema.queued, list(_rows(connection, part)))


def rebuild(connection: Connection) -> int:
    """Fill the queues anew, in a writing transaction; returns how many documents there are."""
    connection.execute(delete(schema.queued))
    ids = connection.scalars(select(_d.id).order_by(_d.id)).all()
    for part in parts(ids, _BATCH):
        insert(connection, schema.queued, list(_rows(connection, part)))
    return len(ids)


def conflict(decisions: Sequence[Decision]) -> bool:
    """Whether the decisions on one claim need somebody to look at them again.

    Two people decided against each other, and nobody else is of the mind of the later one; or the values that were decided on are
    read otherwise now, or not at all.
    """
    standing = [d for d in decisions if not d.undone]
    if not standing:
        return False
    last = standing[-1]
    if last.state != "holds":
        # What was rejected and is not read any more needs nobody.
        return (last.state, last.verdict) != ("lost", "reject")
    minds = {d.who: d.verdict == "reject" for d in standing}
    return len(set(minds.values())) > 1 and not any(who != last.who and mind == minds[last.who] for who, mind in minds.items())


def _rows(connection: Connection, ids: Sequence[str]) -> Iterable[dict[str, Any]]:
    documents = connection.execute(
        select(_d.id, _v.published, _r.claims)
        .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
        .outerjoin(schema.reading, _r.id == _d.current_reading)
        .where(_d.id.in_(ids))
    ).all()
    signed = signatures_of(connection, ids)
    decided = _by_document(decisions_on(connection, ids))
    people = {claim.document_id for claim in additions.added(connection, documents=ids) if claim.current}
    unplaced = _unplaced(connection, ids, decided)
    for row in documents:
        for queue in _queues(row, signed.get(row.id, ()), decided.get(row.id, {}), row.id in people):
            yield _row(queue, row)
        if row.id in unplaced:
            yield _row("place", row)


def _row(queue: str, row: Any) -> dict[str, Any]:
    return {"queue": queue, "document_id": row.id, "day": row.published or ""}


def _queues(row: Any, signed: Sequence[Signature], decided: Mapping[str, list[Decision]], people: bool) -> Iterable[str]:
    fresh = {s.part for s in signed if s.fresh}
    if FIRST in fresh:
        if SECOND not in fresh:
            yield "second"
    elif any(not s.undone for s in signed):
        yield "renewed"
    else:
        yield "first" if row.claims or people else "empty"
    if any(conflict(made) for made in decided.values()):
        yield "conflict"


def _unplaced(connection: Connection, ids: Sequence[str], decided: Mapping[str, Mapping[str, list[Decision]]]) -> set[str]:
    """Documents with a claim, of those that stand, whose place has a name and no coordinates."""
    wanted = (
        select(_d.id, _p.claim_id)
        .join(schema.proposal, _p.reading_id == _d.current_reading)
        .where(_d.id.in_(ids), _p.place.is_not(None), _p.latitude.is_(None))
    )
    found = {document for document, claim in connection.execute(wanted) if claim not in decided.get(document, {})}
    for document in decided:
        records = claims(connection, document=document)
        if any(r.current and r.lacks("coordinates") for r in records if verdict_of(r.decisions)):
            found.add(document)
    return found


def _by_document(decided: Mapping[str, list[Decision]]) -> dict[str, dict[str, list[Decision]]]:
    found: dict[str, dict[str, list[Decision]]] = {}
    for claim, made in decided.items():
        found.setdefault(claim.partition(".")[0], {})[claim] = made
    return found
