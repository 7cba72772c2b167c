"""Hits: the reports that a search found, with the stretches of text that show why and with the claims that hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select

from marsad.register import additions, schema
from marsad.register.decisions import decisions_of
from marsad.register.queries import ClaimRecord
from marsad.register.request import Filter
from marsad.register.rows import parts
from marsad.search.facets import REJECTED
from marsad.search.snippets import Highlight, Snippet, highlights, snippet

__all__ = ["Hit", "claims_of", "hits", "holds"]

_d, _v, _sd, _sc = schema.document.c, schema.version.c, schema.search_document.c, schema.search_claim.c
_MOST = 20
# Marks of a filter that the database looks for; more of them are told faster here.
_FEW = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found.

    Attributes:
        document_id, version, address, published, publisher, language: of the report.
        title, text: as stored; offsets refer to them.
        title_marks: words of the title that were looked for, as half-open offsets.
        snippet: the stretch of the text that shows best why; all of it is within the text.
        found: how many times words that were looked for, or without words those of the first claim, stand in the text.
        claims: how many claims the report has; ``holding`` those for which the filters hold, none without filters.
    """

    document_id: str
    version: int
    address: str
    published: str | None
    publisher: str | None
    language: str | None
    title: str
    text: str
    title_marks: tuple[tuple[int, int], ...]
    snippet: Snippet
    found: int
    claims: int
    holding: tuple[ClaimRecord, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data; the text is left out but for the snippet."""
        s = self.snippet
        return {
            "document": self.document_id, "version": self.version, "address": self.address, "published": self.published,
            "publisher": self.publisher, "language": self.language, "title": self.title,
            "title_highlights": [{"start": a, "end": b, "text": self.title[a:b]} for a, b in self.title_marks],
            "snippet": {
                "start": s.start, "end": s.end, "text": self.text[s.start : s.end],
                "highlights": [{"start": h.start, "end": h.end, "text": self.text[h.start : h.end]} for h in s.highlights],
            },
            "found": self.found, "claims": self.claims, "holding": [claim.to_dict() for claim in self.holding],
        }  # fmt: skip


def claims_of(connection: Connection, ranks: Iterable[int], filters: Sequence[Filter] = ()) -> list[Any]:
    """What the index has of the claims of reports: rank, claim id, days, marks, and the marks of the report.

    Args:
        connection: a transaction.
        ranks: of the reports.
        filters: claims for which one of them surely does not hold may be missing.
    """
    contains = func.instr if connection.dialect.name == "sqlite" else func.strpos
    narrow: list[ColumnElement[bool]] = []
    for wanted in filters:
        if wanted.days is not None:
            first, last = wanted.days
            narrow += [_sc.first != "", *([_sc.last >= first] if first else []), *([_sc.first <= last] if last else [])]
        elif len(wanted.marks) <= _FEW:
            # The mark may be the beginning of a longer one, so this only leaves out what cannot hold.
            columns = (_sc.marks, _sd.marks) if wanted.whole or any(m.startswith("u:") for m in wanted.marks) else (_sc.marks,)
            narrow.append(or_(*(contains(column, m) > 0 for m in wanted.marks for column in columns)))
    wanted_claims = (
        select(_sd.rank, _sc.claim_id, _sc.first, _sc.last, _sc.marks, _sd.marks.label("report"))
        .join(schema.search_claim, _sc.number == _sd.number)
        .where(_sd.rank.in_(bindparam("ranks", expanding=True, literal_execute=True)), *narrow)
        .order_by(_sc.number, _sc.position)
    )
    return [row for part in parts(ranks) for row in connection.execute(wanted_claims, {"ranks": part})]


def holds(row: Any, filters: Sequence[Filter]) -> bool:
    """Whether all filters hold of a claim as :func:`claims_of` gives it."""
    marks: set[str] | None = None
    for wanted in filters:
        if wanted.days is not None:
            first, last = wanted.days
            if not row.first or (last and row.first > last) or (first and row.last < first):
                return False
            if row.marks.startswith(REJECTED) and not any(m.startswith(REJECTED) for m in wanted.marks):
                return False
            continue
        if marks is None:
            marks = {*row.marks.split(" "), *row.report.split(" ")}
        if marks.isdisjoint(wanted.marks):
            return False
    return True


def hits(
    connection: Connection, ranks: Sequence[int], sought: Sequence[Sequence[frozenset[str]]], filters: Sequence[Filter]
) -> list[Hit]:
    """Reports by their ranks, in that order.

    Args:
        connection: a transaction.
        ranks: few.
        sought: what to highlight (``marsad.search.snippets``).
        filters: what claims must have to be shown.
    """
    if not ranks:
        return []
    first = schema.capture.alias("first")
    address = (
        select(func.min(first.c.id))
        .where(first.c.document_id == _d.id, first.c.version == _d.current_version)
        .correlate(schema.document)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            _sd.rank,
            _d.id,
            _v.number,
            schema.capture.c.address,
            _v.published,
            _v.publisher,
            _v.language,
            _v.title,
            schema.text_body.c.body,
        )
        .join(schema.document, _d.id == _sd.document_id)
        .join(schema.version, (_v.document_id == _d.id) & (_v.number == _sd.version))
        .join(schema.text_body, schema.text_body.c.sha256 == _v.text_sha256)
        .outerjoin(schema.capture, schema.capture.c.id == address)
        .where(_sd.rank.in_(list(ranks)))
    ).all()
    indexed: dict[int, list[Any]] = {}
    for row in claims_of(connection, ranks):
        indexed.setdefault(row.rank, []).append(row)
    holding = {
        rank: [c.claim_id for c in of if c.claim_id and holds(c, filters)] if filters else [] for rank, of in indexed.items()
    }
    records = _records(connection, [i for ids in holding.values() for i in ids[:_MOST]])
    made: dict[int, Hit] = {}
    for r in rows:
        told = [records[i] for i in holding.get(r.rank, ()) if i in records]
        inside = highlights(r.body, sought) if sought or not told else _evidence(told[0], r.body)
        made[r.rank] = Hit(
            r.id, r.number, r.address or "", r.published, r.publisher, r.language, r.title, r.body,
            tuple((h.start, h.end) for h in highlights(r.title, sought)), snippet(r.body, inside), len(inside),
            sum(1 for c in indexed.get(r.rank, ()) if c.claim_id),
            tuple(told),
        )  # fmt: skip
    return [made[rank] for rank in ranks if rank in made]


def _evidence(claim: ClaimRecord, body: str) -> list[Highlight]:
    """Where a claim is told: its trigger and the words of its place."""
    value = claim.value
    spans = {(e["start"], e["end"]): n for n, slot in enumerate((value["place"]["evidence"], value["trigger"])) for e in slot}
    apart: list[Highlight] = []
    for (start, end), number in sorted(spans.items()):
        if end <= len(body) and (not apart or start >= apart[-1].end):
            apart.append(Highlight(start, end, number))
    return apart


def _records(connection: Connection, ids: Sequence[str]) -> dict[str, ClaimRecord]:
    """Claims of the current readings, and those that people added, by their ids, with what people decided."""
    c, p = schema.claim.c, schema.proposal.c
    found: dict[str, ClaimRecord] = {}
    for part in parts(ids):
        decided = decisions_of(connection, part)
        rows = connection.execute(
            select(c.id, c.document_id, p.body)
            .join(schema.document, _d.id == c.document_id)
            .join(schema.proposal, (p.claim_id == c.id) & (p.reading_id == _d.current_reading))
            .where(c.id.in_(part))
        )
        for identifier, document, body in rows:
            found[identifier] = ClaimRecord(identifier, document, json.loads(body), tuple(decided.get(identifier, ())))
        for added in additions.added(connection, claims=part):
            found[added.id] = ClaimRecord(
                added.id, added.document_id, added.body, tuple(decided.get(added.id, ())), added.current
            )
    return found
