"""Decisions: what people decide on claims. Each is a row of its own that is never changed; undoing one is a row too.

A decision is made on a claim as one reading proposed it, or as a person added it (``additions``). When a later reader finds other values or no longer finds the claim, the
decision stays and its ``state`` says so: ``holds``, ``changed`` or ``lost``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from marsad.errors import InputError
from marsad.lexicon.reasons import Told, escaped, refusal
from marsad.register import additions, schema
from marsad.register.additions import is_added
from marsad.register.audit import Event, append
from marsad.register.canonical import canonical, now, row_digest
from marsad.register.corrections import corrected
from marsad.register.errors import RegisterError, UnseenError
from marsad.register.matching import slots_that_differ
from marsad.register.rows import parts

__all__ = [
    "UNDO",
    "VERDICTS",
    "Decision",
    "decide",
    "decide_all",
    "decisions_of",
    "decisions_on",
    "documents_of",
    "effective",
    "last_entries",
    "listed",
    "state_of",
    "undo",
    "verdict_of",
]

VERDICTS = ("accept", "reject", "correct")
# What stands of a claim that a person added and nobody decided on since is ``additions.ADD``.
UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision.

    Attributes:
        id: its number in the register.
        claim_id: the claim.
        verdict: ``accept``, ``reject`` or ``correct``; ``add`` where the claim was added by this.
        value: of a correction the slots with their new values, else None.
        who, why, at: who decided, the reason, and when (ISO 8601 in UTC).
        undone: whether it was taken back.
        state: against the current reading: ``holds``; ``changed``: the claim has other values now; ``lost``: it is not found any
            more.
        changed: where ``state`` is ``changed``, the slots with other values.
    """

    id: int
    claim_id: str
    verdict: str
    value: dict[str, Any] | None
    who: str
    why: str
    at: str
    undone: bool = False
    state: str = "holds"
    changed: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


def decide(
    connection: Connection,
    claim_id: str,
    verdict: str,
    value: dict[str, Any] | None,
    who: str,
    why: str,
    *,
    seen: int | None = None,
) -> int:
    """Decide on a claim as it is read now.

    Args:
        connection: a writing transaction.
        claim_id: the claim; it must be in the current reading of its document.
        verdict: one of ``VERDICTS``.
        value: of a correction the slots (``matching.SLOTS``) with their new values in the form of the public record; keys that
            are left out are empty, and evidence must be words of the text.
        who, why: who decides and the reason, which only ``accept`` may leave out.
        seen: id of the last decision on the claim that the one who decides knows of, 0 for none. If there is a later one, nothing
            is decided, so that two people do not decide against each other unseen. None: do not look.

    Returns:
        The id of the decision.

    Raises:
        InputError: an unknown claim or verdict, a reason that is missing, or a value that is none.
        RegisterError: the claim is no longer current, or somebody else decided in the meantime.
    """
    if verdict not in VERDICTS:
        raise InputError(refusal("verdict.none", verdict=escaped(verdict), verdicts=VERDICTS))
    if verdict != "accept" and not why.strip():
        raise InputError(refusal("why.verdict", verdict=verdict))
    if (verdict == "correct") != bool(value):
        raise InputError(refusal("correction.empty"))
    where, text = _current(connection, claim_id)
    if value is not None:
        value = corrected(value, text)
    if seen is not None and (unseen := _later(connection, claim_id, seen)):
        raise UnseenError(_told(claim_id, unseen))
    return _insert(connection, claim_id, where, verdict, value, None, who, why)


def decide_all(
    connection: Connection,
    claims: Sequence[str],
    verdict: str,
    value: dict[str, Any] | None,
    who: str,
    why: str,
    *,
    seen: int | None = None,
) -> list[tuple[int, bool]]:
    """Decide on claims, on all or on none, as people do who look at a list.

    Nobody overrules unseen what others decided: where somebody else decided last, and otherwise, ``seen`` must say so. Whoever
    repeats a decision of their own that stands makes no second one.

    Args:
        connection, verdict, value, who, why: as for :func:`decide`.
        claims: ids, each once.
        seen: the highest number of a decision that the one who decides knows of; None: those up to the own last one on the claim.

    Returns:
        For each claim the id of the decision, and whether it is new.

    Raises:
        InputError, RegisterError: as for :func:`decide`.
    """
    made, conflicts = [], []
    for claim_id in claims:
        rows = _rows(connection, claim_id)
        known = max((row.id for row in rows if row.who == who), default=0) if seen is None else seen
        unseen = [row for row in rows if row.id > known]
        # Two who accept, or reject, are of one mind.
        if any(row.verdict != verdict or verdict == "correct" for row in unseen):
            conflicts.append(_told(claim_id, unseen))
        own = _repeated(connection, claim_id, verdict, value, who)
        made.append((own, False) if own else (decide(connection, claim_id, verdict, value, who, why), True))
    if conflicts:
        more = {"more": f"{len(conflicts) - 1:,}"} if len(conflicts) > 1 else {}
        raise UnseenError(refusal("unseen.more" if more else "unseen.nothing", first=conflicts[0], **more))
    return made


def undo(connection: Connection, decision_id: int, who: str, why: str) -> int:
    """Take back a decision by a new entry.

    Returns:
        The id of the new entry.

    Raises:
        InputError: there is no such decision, it is taken back already, or no reason is given.
    """
    for table, where in ((schema.decision, "reading_id"), (schema.addition, "version")):
        row = connection.execute(select(table).where(table.c.id == decision_id)).first()
        if row is not None:
            break
    if row is None or row.verdict == UNDO:
        raise InputError(refusal("decision.none", number=decision_id))
    if connection.scalar(select(table.c.id).where(table.c.undoes == decision_id)) is not None:
        raise InputError(refusal("decision.undone", number=decision_id))
    if not why.strip():
        raise InputError(refusal("why.decision"))
    return _insert(connection, row.claim_id, getattr(row, where), UNDO, None, decision_id, who, why)


def decisions_of(connection: Connection, claims: Iterable[str] | None = None) -> dict[str, list[Decision]]:
    """Decisions by claim, the oldest first, with their states; entries that undo others are no decisions of their own.

    Args:
        connection: a transaction.
        claims: ids of claims; None for all.
    """
    found: dict[str, list[Decision]] = {}
    for part in [None] if claims is None else parts(sorted(set(claims))):
        for decision in _decisions(connection, part):
            found.setdefault(decision.claim_id, []).append(decision)
    return found


def decisions_on(connection: Connection, documents: Iterable[str]) -> dict[str, list[Decision]]:
    """Decisions on the claims of documents, as :func:`decisions_of` gives them."""
    found: dict[str, list[Decision]] = {}
    for part in parts(sorted(set(documents))):
        narrow = schema.claim.c.document_id.in_(part)
        for decision in (*_on_proposals(connection, narrow), *_on_additions(additions.rows(connection, documents=part))):
            found.setdefault(decision.claim_id, []).append(decision)
    return found


def last_entries(connection: Connection, claims: Iterable[str]) -> dict[str, int]:
    """The number of the last entry on each claim that has one, for ``seen``: a decision, or what took one back."""
    found: dict[str, int] = {}
    for part in parts(sorted(set(claims))):
        for table in (schema.decision, schema.addition):
            wanted = select(table.c.claim_id, func.max(table.c.id)).where(table.c.claim_id.in_(part)).group_by(table.c.claim_id)
            found.update((claim, number) for claim, number in connection.execute(wanted))
    return found


def listed(
    connection: Connection,
    *,
    subject: str = "",
    who: str = "",
    verdict: str = "",
    state: str = "",
    since: str = "",
    until: str = "",
    limit: int = 0,
) -> list[Decision]:
    """Decisions, the latest first.

    Args:
        connection: a transaction.
        subject: id of a claim, or of a document for all its claims.
        who, verdict: exactly.
        state: ``holds``, ``changed`` or ``lost``, of those that stand, or ``undone``.
        since, until: ISO days in UTC, both inclusive.
        limit: at most so many; 0 for all.
    """
    claims = None
    if subject:
        c = schema.claim.c
        claims = [subject] if "." in subject else list(connection.scalars(select(c.id).where(c.document_id == subject)))
        if "." not in subject:
            claims += [claim.id for claim in additions.added(connection, documents=[subject])]
    found = [
        d
        for group in decisions_of(connection, claims).values()
        for d in group
        if (not who or d.who == who)
        and (not verdict or d.verdict == verdict)
        and (not state or ("undone" if d.undone else d.state) == state)
        and (not since or d.at[:10] >= since)
        and (not until or d.at[:10] <= until)
    ]
    found.sort(key=lambda d: -d.id)
    return found[: limit or None]


def documents_of(connection: Connection, decision_ids: Iterable[int]) -> set[str]:
    """The documents whose claims some decisions are on."""
    ids = list(decision_ids)
    tables = (schema.decision, schema.addition)
    claims = [claim for t in tables for claim in connection.scalars(select(t.c.claim_id).where(t.c.id.in_(ids)))]
    return {claim.partition(".")[0] for claim in claims}


def verdict_of(decisions: Iterable[Decision]) -> str:
    """What holds: ``accept``, ``reject``, ``correct``, ``add``, or the empty string where nothing is decided."""
    standing = [d.verdict for d in decisions if not d.undone]
    return standing[-1] if standing else ""


def effective(body: dict[str, Any], decisions: Iterable[Decision]) -> dict[str, Any]:
    """A claim with all corrections that stand, in their order."""
    for decision in decisions:
        if decision.value is not None and not decision.undone:
            body = body | decision.value
    return body


def _current(connection: Connection, claim_id: str) -> tuple[int, str]:
    """The current reading that proposes a claim, or the version that it was added to, and the text."""
    if is_added(claim_id):
        version, text, current = additions.text_at(connection, claim_id)
        if not current:
            raise RegisterError(refusal("claim.retold", claim=claim_id))
        return version, text
    d, c, p, r, v, t = (
        schema.document.c, schema.claim.c, schema.proposal.c, schema.reading.c, schema.version.c, schema.text_body.c,
    )  # fmt: skip
    row = connection.execute(
        select(p.reading_id, t.body)
        .join(schema.claim, c.id == p.claim_id)
        .join(schema.document, (d.id == c.document_id) & (d.current_reading == p.reading_id))
        .join(schema.reading, r.id == p.reading_id)
        .join(schema.version, (v.document_id == r.document_id) & (v.number == r.version))
        .join(schema.text_body, t.sha256 == v.text_sha256)
        .where(p.claim_id == claim_id)
    ).first()
    if row is not None:
        return row[0], row[1]
    if connection.scalar(select(c.id).where(c.id == claim_id)) is None:
        raise InputError(refusal("claim.none", claim=claim_id))
    raise RegisterError(refusal("claim.lost", claim=claim_id))


def _rows(connection: Connection, claim_id: str) -> Sequence[Row[Any]]:
    table = schema.addition if is_added(claim_id) else schema.decision
    return connection.execute(select(table).where(table.c.claim_id == claim_id).order_by(table.c.id)).all()


def _later(connection: Connection, claim_id: str, seen: int) -> list[Row[Any]]:
    return [row for row in _rows(connection, claim_id) if row.id > seen]


def _repeated(connection: Connection, claim_id: str, verdict: str, value: dict[str, Any] | None, who: str) -> int:
    """The decision that stands last on a claim, if the same person decided the same on the same values; else 0."""
    standing = [d for d in decisions_of(connection, [claim_id]).get(claim_id, ()) if not d.undone]
    if not standing or (standing[-1].verdict, standing[-1].who, standing[-1].state) != (verdict, who, "holds"):
        return 0
    if value is not None and corrected(value, _current(connection, claim_id)[1]) != standing[-1].value:
        return 0
    return standing[-1].id


def _told(claim_id: str, unseen: Sequence[Row[Any]]) -> Told:
    last = unseen[-1]
    values = {"claim": claim_id, "who": last.who, "number": last.id}
    if last.verdict == UNDO:
        return refusal("unseen.undone", why=last.why, **values)
    reasons = {"why": last.why} if last.why else {}
    return refusal("unseen.decided.why" if reasons else "unseen.decided", verdict=last.verdict, **values, **reasons)


def _insert(
    connection: Connection,
    claim_id: str,
    where: int,
    verdict: str,
    value: dict[str, Any] | None,
    undoes: int | None,
    who: str,
    why: str,
) -> int:
    """Store a decision; ``where`` as ``_current`` gives it."""
    if is_added(claim_id):
        return additions.insert_row(connection, claim_id, where, verdict, value, undoes, who, why)
    number = additions.next_number(connection)
    row = {
        "id": number, "claim_id": claim_id, "reading_id": where, "verdict": verdict,
        "value": None if value is None else canonical(value), "undoes": undoes, "who": who, "why": why, "decided_at": now(),
    }  # fmt: skip
    connection.execute(schema.decision.insert(), row)
    detail = {"decision": number, "verdict": verdict, "digest": row_digest(row)} | ({} if undoes is None else {"undoes": undoes})
    append(connection, [Event("undo" if undoes is not None else "decision", claim_id, detail)], who, why)
    return number


def _decisions(connection: Connection, claims: list[str] | None) -> Iterable[Decision]:
    if claims is None:
        yield from _on_proposals(connection, None)
        yield from _on_additions(additions.rows(connection))
        return
    if read := [claim for claim in claims if not is_added(claim)]:
        yield from _on_proposals(connection, schema.decision.c.claim_id.in_(read))
    if added := [claim for claim in claims if is_added(claim)]:
        yield from _on_additions(additions.rows(connection, added))


def _on_proposals(connection: Connection, narrow: ColumnElement[bool] | None) -> Iterable[Decision]:
    """Decisions on what machines read."""
    c, d, k = schema.decision.c, schema.document.c, schema.claim.c
    then, today = schema.proposal.alias("then"), schema.proposal.alias("today")
    p, q = then.c, today.c
    wanted = (
        select(schema.decision, p.body.label("body_then"), q.reading_id.label("reading_now"), q.body.label("body_now"))
        .join(schema.claim, k.id == c.claim_id)
        .join(schema.document, d.id == k.document_id)
        .join(then, (p.reading_id == c.reading_id) & (p.claim_id == c.claim_id))
        .outerjoin(today, (q.reading_id == d.current_reading) & (q.claim_id == c.claim_id))
        .order_by(c.id)
    )
    rows = connection.execute(wanted if narrow is None else wanted.where(narrow)).all()
    undone = {row.undoes for row in rows if row.undoes is not None}
    for row in rows:
        if row.verdict != UNDO:
            yield _decision(row, row.id in undone, *_state(row))


def _on_additions(rows: Iterable[Row[Any]]) -> Iterable[Decision]:
    """The adding of claims by people, and decisions on these."""
    told = list(rows)
    undone = {row.undoes for row in told if row.undoes is not None}
    for row in told:
        if row.verdict != UNDO:
            yield _decision(row, row.id in undone, "holds" if row.current else "lost", ())


def _decision(row: Row[Any], undone: bool, state: str, changed: tuple[str, ...]) -> Decision:
    value = None if row.value is None or row.verdict == additions.ADD else json.loads(row.value)
    return Decision(
        row.id, row.claim_id, row.verdict, value, row.who, row.why, row.decided_at, undone, state, changed
    )  # fmt: skip


def _state(row: Row[Any]) -> tuple[str, tuple[str, ...]]:
    if row.body_now is None:
        return "lost", ()
    if row.reading_now == row.reading_id:
        return "holds", ()
    return state_of(json.loads(row.body_then), json.loads(row.body_now))


def state_of(then: dict[str, Any], today: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """What became of a claim since it was decided on, ``holds`` or ``changed``, and the slots with other values.

    Args:
        then, today: public records of it, as it was read then and as the current reading has it.
    """
    slots = slots_that_differ(then, today)
    if [e["text"] for e in then["trigger"]] != [e["text"] for e in today["trigger"]]:
        slots = ("trigger", *slots)
    return ("changed", slots) if slots else ("holds", ())
