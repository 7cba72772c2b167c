"""History: what became of a report with its claims, or of an incident, entry by entry of the log, each with what it changed.

Where a text was changed the differences are shown word by word; where values of a claim were changed, each before and after.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import Connection, select

from marsad.desk.claimvalues import Named, Shown, rows
from marsad.desk.errors import MissingError
from marsad.lexicon.reasons import refusal
from marsad.register import audit, documentrecords, incidents, queries, schema
from marsad.register.audit import Entry
from marsad.register.decisions import Decision, decisions_on
from marsad.register.queries import ClaimRecord

__all__ = ["differences", "of_document", "of_incident"]

# Words of each of two texts that are laid over each other; longer ones only tell that they differ.
_WORDS = 6_000
# Words that are shown around a difference.
_AROUND = 6


def of_document(
    connection: Connection, document: str, named: Named, mask: Shown = str, *, before: int = 0, limit: int = 100
) -> list[dict[str, Any]]:
    """Entries of the log on a document and its claims, the latest first, as plain data.

    Args:
        connection: a transaction.
        document: its id.
        named: names the values of closed lists.
        mask: what is done to each text before it is shown.
        before: only entries with a lower number; 0 for all.
        limit: at most so many.

    Each has ``number``, ``at``, ``who``, ``action``, ``subject`` and ``why``; ``changes``: values with ``claim``, ``slot``, ``before`` and
    ``after`` (empty where a value is new or gone); ``words``: pairs of ``same``, ``gone`` or ``new`` and words; ``verdict``; and ``joined``:
    codes of incidents that claims were taken from.

    Raises:
        MissingError: there is no such document.
    """
    if connection.scalar(select(schema.document.c.id).where(schema.document.c.id == document)) is None:
        raise MissingError(refusal("document.none", document=document))
    found = audit.entries(connection, subject=document, before=before, limit=limit)
    decided = decisions_on(connection, [document])
    steps = {d.id: (claim, number) for claim, told in decided.items() for number, d in enumerate(told)}
    return [
        _told(entry)
        | {
            "changes": [*_changes(connection, entry, decided, steps, named, mask)],
            "words": [*_words(connection, entry, mask)],
            "verdict": entry.detail.get("verdict", ""),
            "joined": [],
        }
        for entry in found
    ]


def of_incident(connection: Connection, told: str, *, before: int = 0, limit: int = 100) -> tuple[str, list[dict[str, Any]]]:
    """The code of an incident and the entries of the log on it, the latest first.

    Args:
        connection: a transaction.
        told: its code or id.
        before, limit: as for :func:`of_document`.

    Raises:
        MissingError: there is no such incident.
    """
    i = schema.incident.c
    row = connection.execute(select(i.id, i.code).where((i.id == told) | (i.code == told))).first()
    if row is None:
        raise MissingError(refusal("incident.gone", told=told))
    found = audit.entries(connection, subject=row.id, before=before, limit=limit)
    joined = _joined(connection, found)
    return row.code, [
        _told(entry)
        | {"changes": [], "words": [], "verdict": str(entry.detail.get("to", "")), "joined": joined.get(entry.number, [])}
        for entry in found
    ]


def _joined(connection: Connection, entries: Sequence[Entry]) -> dict[int, list[str]]:
    """By entry of a judgement, or of one taken back, the codes of the other incidents that it took claims from."""
    asked = {e.number: e.detail.get("retracts", e.detail["judgement"]) for e in entries if "judgement" in e.detail}
    j = schema.judgement.c
    values = {i: json.loads(v) for i, v in connection.execute(select(j.id, j.value).where(j.id.in_(set(asked.values()))))}
    left = {i: {*v.get("before", {}).values()} - set(v.get("settled", ())) for i, v in values.items()}
    codes = incidents.codes(connection, {incident for those in left.values() for incident in those})
    return {
        e.number: sorted(codes[i] for i in left[asked[e.number]] - {e.subject} if i in codes)
        for e in entries
        if asked.get(e.number) in left
    }


def _told(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("number", "at", "who", "action", "subject", "why")}


def _changes(
    connection: Connection,
    entry: Entry,
    decided: dict[str, list[Decision]],
    steps: dict[int, tuple[str, int]],
    named: Named,
    mask: Shown,
) -> Iterator[dict[str, str]]:
    """Values that an entry changed."""
    if "reading" in entry.detail:
        yield from _reread(connection, entry, named, mask)
        return
    step = steps.get(entry.detail.get("undoes", entry.detail.get("decision", 0)))
    if step is None:
        return
    claim, number = step
    told = decided[claim]
    if told[number].value is None:
        return
    body = _body(connection, claim, told[number])
    if body is None:
        return
    # As it was then: what was taken back later counts here.
    earlier = [_standing(d) for d in told[:number]]
    with_it = [*earlier, _standing(told[number])]
    pair = (with_it, earlier) if entry.action == "undo" else (earlier, with_it)
    first, second = (ClaimRecord(claim, entry.subject.partition(".")[0], body, tuple(d)) for d in pair)
    yield from _between(claim, first, second, named, mask)


def _standing(decision: Decision) -> Decision:
    return Decision(decision.id, decision.claim_id, decision.verdict, decision.value, decision.who, decision.why, decision.at)


def _body(connection: Connection, claim: str, decision: Decision) -> dict[str, Any] | None:
    """A claim as it was read when it was decided on."""
    d, p = schema.decision.c, schema.proposal.c
    found = connection.scalar(
        select(p.body)
        .join(schema.decision, (d.reading_id == p.reading_id) & (d.claim_id == p.claim_id))
        .where(d.id == decision.id, p.claim_id == claim)
    )
    if found is not None:
        return dict(json.loads(found))
    record = next((r for r in queries.claims(connection, document=claim.partition(".")[0]) if r.id == claim), None)
    return None if record is None else record.body


def _reread(connection: Connection, entry: Entry, named: Named, mask: Shown) -> Iterator[dict[str, str]]:
    """What a reading has other than the one before."""
    r, p = schema.reading.c, schema.proposal.c
    number, document = entry.detail["reading"], entry.subject
    before = connection.scalar(select(r.id).where(r.document_id == document, r.id < number).order_by(r.id.desc()).limit(1))
    if before is None:
        return
    bodies: dict[int, dict[str, dict[str, Any]]] = {before: {}, number: {}}
    for reading, claim, body in connection.execute(
        select(p.reading_id, p.claim_id, p.body).where(p.reading_id.in_((before, number))).order_by(p.position)
    ):
        bodies[reading][claim] = json.loads(body)
    for claim in dict.fromkeys((*bodies[before], *bodies[number])):
        one, other = (bodies[n].get(claim) for n in (before, number))
        records = [None if b is None else ClaimRecord(claim, document, b) for b in (one, other)]
        yield from _between(claim, records[0], records[1], named, mask)


def _between(
    claim: str, first: ClaimRecord | None, second: ClaimRecord | None, named: Named, mask: Shown
) -> Iterator[dict[str, str]]:
    one, other = (
        {} if r is None else {v["key"]: (v["slot"], _shown(v)) for v in rows(r, {}, named, mask)} for r in (first, second)
    )
    for key in dict.fromkeys((*one, *other)):
        slot = (one.get(key) or other[key])[0]
        before, after = (side.get(key, ("", ""))[1] for side in (one, other))
        if before != after:
            yield {"claim": claim, "slot": slot, "before": before, "after": after}


def _shown(value: dict[str, Any]) -> str:
    return " · ".join(part for part in (value["text"], value["note"]) if part)


def _words(connection: Connection, entry: Entry, mask: Shown) -> Iterator[tuple[str, str]]:
    """How the text of a version differs from that before."""
    number = entry.detail.get("version", 1)
    if "capture" not in entry.detail or number < 2:
        return
    one, other = (documentrecords.text_of(connection, entry.subject, n) for n in (number - 1, number))
    if one != other:
        yield from differences(mask(one), mask(other))


def differences(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Two texts word by word: pairs of ``same``, ``gone`` or ``new`` and the words; long passages that are the same are cut."""
    first, second = one.split(), other.split()
    if max(len(first), len(second)) > _WORDS:
        yield "gone", f"{len(first):,}"
        yield "new", f"{len(second):,}"
        return
    steps: Sequence[tuple[str, int, int, int, int]] = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            yield "same", _cut(first[a:b], start=number > 0, end=number + 1 < len(steps))
            continue
        if b > a:
            yield "gone", " ".join(first[a:b])
        if d > c:
            yield "new", " ".join(second[c:d])


def _cut(words: list[str], *, start: bool, end: bool) -> str:
    """A passage with only so many words beside differences."""
    head = words[:_AROUND] if start else []
    tail = words[-_AROUND:] if end else []
    if len(words) <= len(head) + len(tail):
        return " ".join(words)
    return " ".join((*head, "…", *tail))
