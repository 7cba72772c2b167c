"""Queries: what is in the register, as lists and one by one. All functions take a transaction and change nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal
from marsad.register import additions, decided, schema
from marsad.register.decisions import Decision, decisions_of, effective, verdict_of
from marsad.register.rows import parts

__all__ = ["LACKS", "ClaimRecord", "claims", "find", "lacking", "records"]

_k = schema.claim.c.id
_d, _p = schema.document.c, schema.proposal.c
# What a claim may lack.
LACKS = ("place", "coordinates", "date")
_SLOT = {"place": "place", "coordinates": "place", "date": "date"}
# Claims up to which decisions are asked for by their ids, and not all of the register.
_MANY = 5_000


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim as it stands.

    Attributes:
        id, document_id: ids.
        body: the public record as the machine read it, or as a person added it.
        decisions: of people, the oldest first.
        current: whether the current reading has it, or the text that it was added to is the current one; ``body`` is otherwise
            what the last reading that had it says.
    """

    id: str
    document_id: str
    body: dict[str, Any]
    decisions: tuple[Decision, ...] = ()
    current: bool = True

    @property
    def verdict(self) -> str:
        """``accept``, ``reject``, ``correct``, ``add`` (a person added it, and that is all), or the empty string."""
        return verdict_of(self.decisions)

    @property
    def added(self) -> bool:
        """Whether a person added it, and no machine read it."""
        return additions.is_added(self.id)

    @property
    def state(self) -> str:
        """How the last decision that stands relates to the current reading; the empty string where there is none."""
        standing = [d.state for d in self.decisions if not d.undone]
        return standing[-1] if standing else ""

    @property
    def value(self) -> dict[str, Any]:
        """The public record with the corrections of people."""
        return effective(self.body, self.decisions)

    def lacks(self, what: str) -> bool:
        """Whether nobody and nothing tells one of ``LACKS``; what is rejected lacks nothing."""
        return self.verdict != "reject" and _told_nowhere(what, self.value[_SLOT[what]])

    def to_dict(self) -> dict[str, Any]:
        return self.value | {
            "added": self.added, "verdict": self.verdict, "state": self.state, "current": self.current,
            "decisions": [d.to_dict() for d in self.decisions],
        }  # fmt: skip


def claims(
    connection: Connection,
    *,
    document: str = "",
    type: str = "",
    country: str = "",
    since: str = "",
    until: str = "",
    verdict: str = "",
    state: str = "",
    without: str = "",
    limit: int = 0,
) -> list[ClaimRecord]:
    """Claims of the current readings with those that people added, and those with decisions that the current reading has no more.

    By date, what people added among the others.

    Args:
        connection: a transaction.
        document: id of a document.
        type, country: as the machine read them.
        since, until: ISO days of the event, both inclusive.
        verdict: ``accept``, ``reject``, ``correct``, ``add``, or ``none`` for what nobody decided on.
        state: of the decision: ``holds``, ``changed`` or ``lost``.
        without: only current claims of which neither the machine nor people told one of ``LACKS``, and which are not rejected.
        limit: at most so many; 0 for all.
    """
    narrow: list[Any] = []
    for column, value in ((schema.claim.c.document_id, document), (_p.type, type), (_p.country, country)):
        if value:
            narrow.append(column == value)
    if since:
        narrow.append(func.coalesce(_p.date_end, _p.date_start) >= since)
    if until:
        narrow.append(func.coalesce(_p.date_start, _p.date_end) <= until)
    if without:
        narrow.append(_lack(without) | _p.claim_id.in_(select(schema.decision.c.claim_id)))
    if verdict == "none":
        narrow.append(decided.undecided())
    # What else is decided is looked at after the rows are read, so only without it the database can stop early.
    early = 0 if verdict not in ("", "none") or state or without else limit
    found = [] if state == "lost" else _current(connection, narrow, early)
    people = [c for c in _added(connection, [document] if document else None) if _fits(c.body, type, country, since, until)]
    if state != "lost" and (among := [c for c in people if c.current]):
        found = sorted([*found, *among], key=_order)
        found = found[:early] if early else found
    if without:
        found = [c for c in found if c.lacks(without)]
    else:
        found += _lost(connection, narrow, document)
        found += [c for c in people if not c.current]
    if verdict:
        found = [c for c in found if c.verdict == ("" if verdict == "none" else verdict)]
    if state:
        found = [c for c in found if c.state == state]
    return found[:limit] if limit else found


def records(connection: Connection, ids: Iterable[str]) -> list[ClaimRecord]:
    """Claims by their ids, in no order; those that the current reading has no more, or whose text is another now, are left out."""
    found = []
    for part in parts(sorted(set(ids))):
        found += _current(connection, [schema.claim.c.id.in_(part)], 0, part)
        found += [c for c in _added(connection, None, [i for i in part if additions.is_added(i)]) if c.current]
    return found


def lacking(connection: Connection) -> dict[str, int]:
    """How many current claims lack each of ``LACKS``, as ``claims`` lists them."""
    current = schema.proposal.join(schema.document, _d.current_reading == _p.reading_id)
    touched, rejected = (
        select(schema.decision.c.claim_id).where(schema.decision.c.verdict == verdict) for verdict in ("correct", "reject")
    )
    told = {slot: decided.corrections(connection, slot) for slot in set(_SLOT.values())}
    people = [c for c in _added(connection, None) if c.current]
    counts = {}
    for what in LACKS:
        corrected = told[_SLOT[what]]
        lack = (_lack(what), ~decided.rejected())
        # Those that lack it are many, those of them that people rejected are few: counted apart, each goes by its own index.
        whole = select(func.count()).select_from(current).where(_lack(what))
        gone = whole.where(_p.claim_id.in_(rejected), decided.rejected())
        count = int(connection.scalar(whole) or 0) - int(connection.scalar(gone) or 0)
        if corrected:
            # Of these claims people say what the machine did not, or the other way round.
            both = connection.scalars(select(_p.claim_id).select_from(current).where(*lack, _p.claim_id.in_(touched)))
            count -= sum(1 for claim in both if claim in corrected)
        counts[what] = count + sum(1 for value in corrected.values() if _told_nowhere(what, value))
        counts[what] += sum(1 for claim in people if claim.lacks(what))
    return counts


def _told_nowhere(what: str, value: dict[str, Any]) -> bool:
    """Whether the value of a slot lacks one of ``LACKS``."""
    if what == "date":
        return value["start"] is None and value["end"] is None
    return value["name"] is None if what == "place" else value["name"] is not None and value["latitude"] is None


def _lack(what: str) -> Any:
    """What the machine did not tell, as a condition on proposals."""
    if what == "date":
        return func.coalesce(_p.date_start, _p.date_end).is_(None)
    return _p.place.is_(None) if what == "place" else _p.place.is_not(None) & _p.latitude.is_(None)


def _current(connection: Connection, narrow: list[Any], limit: int = 0, ids: list[str] | None = None) -> list[ClaimRecord]:
    wanted = (
        select(schema.claim.c.id, schema.claim.c.document_id, _p.body)
        .join(schema.proposal, _p.claim_id == schema.claim.c.id)
        .join(schema.document, (_d.id == schema.claim.c.document_id) & (_d.current_reading == _p.reading_id))
        .where(*narrow)
        .order_by(_p.date_start.is_(None), _p.date_start, schema.claim.c.document_id, _p.position)
    )
    rows = connection.execute(wanted.limit(limit) if limit else wanted).all()
    if ids is None and len(rows) < _MANY:
        ids = [row[0] for row in rows]
    made = decisions_of(connection, ids)
    return [ClaimRecord(i, d, json.loads(body), tuple(made.get(i, ()))) for i, d, body in rows]


def _added(connection: Connection, documents: list[str] | None, ids: list[str] | None = None) -> list[ClaimRecord]:
    """Claims that people added, with what was decided on them."""
    claims = additions.added(connection, documents=documents, claims=ids)
    made = decisions_of(connection, [claim.id for claim in claims])
    return [ClaimRecord(c.id, c.document_id, c.body, tuple(made.get(c.id, ())), c.current) for c in claims]


def _fits(body: dict[str, Any], type: str, country: str, since: str, until: str) -> bool:
    """What ``claims`` asks the database of proposals, of a claim that a person added."""
    first, last = body["date"]["start"] or body["date"]["end"], body["date"]["end"] or body["date"]["start"]
    return (
        (not type or body["type"] == type)
        and (not country or body["place"]["country"] == country)
        and (not since or (last or "") >= since)
        and (not until or (first is not None and first <= until))
    )


def _order(claim: ClaimRecord) -> tuple[bool, str, str, int]:
    """By day and document, those of machines first; the sort is stable, so these keep their order."""
    start = claim.body["date"]["start"]
    return start is None, start or "", claim.document_id, int(claim.added)


def _lost(connection: Connection, narrow: list[Any], document: str) -> list[ClaimRecord]:
    """Claims with decisions that the current reading does not have, as last read."""
    lost = decisions_of(connection, decided.lost(connection, document))
    found = []
    for part in parts(sorted(lost)):
        latest = (
            select(_p.claim_id, func.max(_p.reading_id).label("r")).where(_p.claim_id.in_(part)).group_by(_p.claim_id).subquery()
        )
        wanted = (
            select(schema.claim.c.id, schema.claim.c.document_id, _p.body)
            .join(latest, latest.c.claim_id == schema.claim.c.id)
            .join(schema.proposal, (_p.claim_id == latest.c.claim_id) & (_p.reading_id == latest.c.r))
            .where(*narrow)
            .order_by(schema.claim.c.document_id, schema.claim.c.number)
        )
        rows = connection.execute(wanted).all()
        found += [ClaimRecord(i, d, json.loads(body), tuple(lost[i]), False) for i, d, body in rows]
    return found


def find(connection: Connection, told: str) -> tuple[str, str]:
    """The id of a document or claim from its beginning.

    Returns:
        ``document`` or ``claim``, and the whole id.

    Raises:
        InputError: nothing or several things begin so.
    """
    beginning, dot, number = told.partition(".")
    if not beginning.isalnum():
        raise InputError(refusal("id.none", told=escaped(told)))
    found = connection.scalars(select(_d.id).where(_d.id.startswith(beginning, autoescape=True)).limit(4)).all()
    if not found:
        raise InputError(refusal("id.document", told=beginning))
    if len(found) > 1 and beginning not in found:
        raise InputError(refusal("id.many", told=beginning, found=tuple(found[:3])))
    identifier = beginning if beginning in found else found[0]
    if not dot:
        return "document", identifier
    claim = f"{identifier}.{number}"
    there = additions.added(connection, claims=[claim]) or connection.scalar(select(_k).where(_k == claim))
    if not there:
        raise InputError(refusal("id.claim", claim=claim, document=identifier))
    return "claim", claim
