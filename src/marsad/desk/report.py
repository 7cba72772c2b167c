"""Report: one report with its claims as the screen of readers shows it, gathered from the register in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from marsad.desk.claimvalues import Named, Shown, rows, spans
from marsad.desk.errors import MissingError
from marsad.desk.segments import paragraphs
from marsad.lexicon.reasons import recognised, refusal
from marsad.register import documentrecords, drafts, queries, schema, signatures
from marsad.register.copydecisions import copies_of
from marsad.register.decisions import Decision, last_entries
from marsad.register.queries import ClaimRecord
from marsad.register.queues import conflict

__all__ = ["ordered", "own_last", "report", "whys"]

# Decisions that are shown of a claim at once.
_MOST = 50


def report(
    connection: Connection, document: str, who: str, named: Named, *, claim: str = "", mask: Shown = str
) -> dict[str, Any]:
    """A report as plain data.

    Args:
        connection: a transaction.
        document: its id.
        who: the reader.
        named: names the values of closed lists.
        claim: id of the claim that is shown; the first undecided one else.
        mask: what is done to each text of the report before it is shown; it stays as long as it was.

    Raises:
        MissingError: there is no such document.
    """
    found = documentrecords.load(connection, [document])
    if not found:
        raise MissingError(refusal("document.none", document=document))
    (told, version, _, reading) = found[0]
    records = ordered(queries.claims(connection, document=document))
    shown = claim if claim in {r.id for r in records} else _first(records)
    rules = whys(connection, document)
    signed = signatures.signatures(connection, document)
    begun = drafts.drafts(connection, document)
    incidents = _incidents(connection, [record.id for record in records])
    entries = last_entries(connection, [record.id for record in records])
    return {
        "document": {
            "id": told.id, "title": mask(told.title), "published": told.published, "publisher": told.publisher, "language": told.language,
            "url": told.url if (told.url or "").startswith(("http://", "https://")) else None, "warnings": [recognised(w, "intake:warning.") for w in told.warnings],
            "version": version, "read": reading is not None,
        },
        "paragraphs": paragraphs(told.text, [s for r in records if r.current for s in spans(r)], shown, shown=mask(told.text)),
        "claims": [_claim(record, rules.get(record.id, {}), named, who, mask, entries.get(record.id, 0), incidents.get(record.id)) for record in records],
        "shown": shown,
        "signatures": [s.to_dict() for s in signed],
        "fresh": [s.part for s in signed if s.fresh],
        "seen": signatures.last(connection, document),
        "undecided": sum(1 for r in records if r.current and not r.verdict),
        "copies": len(copies_of(connection, document)),
        "others": [{"who": d.who, "at": d.at} for d in begun if d.who != who],
        "draft": next(({"at": d.at, **d.value} for d in begun if d.who == who), None),
    }  # fmt: skip


def ordered(records: Sequence[ClaimRecord]) -> list[ClaimRecord]:
    """Claims in the order of their triggers, those that are lost last."""

    def place(record: ClaimRecord) -> tuple[bool, int, str]:
        trigger = record.value["trigger"]
        return not record.current, trigger[0]["start"] if trigger else -1, record.id

    return sorted(records, key=place)


def own_last(records: Sequence[ClaimRecord], who: str) -> Decision | None:
    """The last decision of a person on some claims that stands and can be taken back."""
    own = [d for r in records for d in r.decisions if d.who == who and not d.undone]
    return max(own, key=lambda d: d.id, default=None)


def _first(records: Sequence[ClaimRecord]) -> str:
    undecided = [r.id for r in records if r.current and not r.verdict]
    return (undecided or [r.id for r in records] or [""])[0]


def _claim(
    record: ClaimRecord, why: Mapping[str, str], named: Named, who: str, mask: Shown, seen: int, incident: str | None
) -> dict[str, Any]:
    values = rows(record, why, named, mask)
    standing = [d for d in record.decisions if not d.undone]
    place, date, kind = (next(v for v in values if v["key"] == key) for key in ("place", "date", "type"))
    harm = next((v["text"] for v in values if v["slot"] == "harm"), "")
    return {
        "id": record.id, "current": record.current, "added": record.added, "verdict": record.verdict, "state": record.state,
        "conflict": conflict(record.decisions), "by": standing[-1].who if standing else "", "heading": {"type": kind["text"], "note": kind["note"], "place": place["text"], "name": record.value["place"]["name"] or "", "date": date["text"], "harm": harm},
        "values": values, "changed": sorted({slot for d in standing for slot in d.changed}),
        "decisions": [d.to_dict() for d in record.decisions[-_MOST:]],
        "seen": seen, "incident": incident,
        "own": next((d.id for d in reversed(standing) if d.who == who), None),
    }  # fmt: skip


def whys(connection: Connection, document: str) -> dict[str, dict[str, str]]:
    """By claim the rules by which the current reading of a document made its values."""
    p, d = schema.proposal.c, schema.document.c
    asked = select(p.claim_id, p.why).join(schema.document, d.current_reading == p.reading_id).where(d.id == document)
    return {claim: json.loads(why) for claim, why in connection.execute(asked)}


def _incidents(connection: Connection, claims: list[str]) -> dict[str, str]:
    """The codes of the incidents that claims are in."""
    m, i = schema.incident_claim.c, schema.incident.c
    wanted = select(m.claim_id, i.code).join(schema.incident, i.id == m.incident_id).where(m.claim_id.in_(claims))
    return {claim: code for claim, code in connection.execute(wanted)}
