"""Overview: how many there are of what, and what is to be done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, exists, func, select, union

from marsad.documents.language import packs
from marsad.register import additions, audit, decided, decisions, failures, pins, queries, rereading, schema
from marsad.register.rows import existing

__all__ = ["overview"]


def overview(connection: Connection, reader: str) -> dict[str, Any]:
    """Counts of a register.

    Args:
        connection: a transaction.
        reader: the reader of today.

    Returns:
        ``documents``, ``versions``, ``captures``, ``bytes`` (as collected), ``claims``, ``decided`` (claims that somebody decided
        on), ``pins``, ``incidents``; then what is to be done: ``failures`` (could not be taken in), ``undecided`` (claims), ``unread``
        (documents in a language that is read), ``foreign`` (documents in other languages), ``failed`` (documents that the
        reader failed on), ``to_reread``, ``doubts`` (incidents that may be one), ``unlinked`` (claims that were not put together with
        others since they were read; 0 where nothing was linked yet), ``decisions_changed`` and ``decisions_lost`` (whose claims are other now), the claims
        and documents ``without`` something; and ``log_entries`` and ``log_head``.
    """
    d, r, v = schema.document.c, schema.reading.c, schema.version.c

    def count(table: Any, *where: Any) -> int:
        return int(connection.scalar(select(func.count()).select_from(table).where(*where)) or 0)

    people = decided.decided(connection)
    added = additions.added(connection)
    read = schema.reading.join(schema.document, d.current_reading == r.id)
    now = schema.version.join(schema.document, (v.document_id == d.id) & (v.number == d.current_version))
    claims = int(connection.scalar(select(func.sum(r.claims)).select_from(read)) or 0)
    readable = v.language.is_(None) | v.language.in_(packs())
    number, seal = audit.head(connection)
    return {
        "documents": count(schema.document),
        "versions": count(schema.version),
        "captures": count(schema.capture),
        "bytes": int(connection.scalar(select(func.sum(schema.blob.c.size))) or 0),
        "claims": claims + sum(claim.current for claim in added),
        "decided": people.claims + len(added),
        "pins": len(pins.pins(connection)),
        "incidents": count(schema.incident, schema.incident.c.became.is_(None)),
        "failures": len(failures.failures(connection)),
        "undecided": claims - (people.claims - people.lost),
        "unread": count(now, d.current_reading.is_(None), readable),
        "foreign": count(now, d.current_reading.is_(None), ~readable),
        "failed": count(read, r.error.is_not(None)),
        "to_reread": rereading.count_due(connection, reader, languages=packs()),
        "doubts": count(schema.incident_doubt),
        "unlinked": _unlinked(connection),
        "decisions_changed": people.changed,
        "decisions_lost": people.lost + sum(not claim.current for claim in added),
        "without": queries.lacking(connection) | {
            "day": count(now, v.published.is_(None)),
            "language": count(now, v.language.is_(None)),
        },
        "log_entries": number,
        "log_head": seal,
    }  # fmt: skip


def _unlinked(connection: Connection) -> int:
    """Claims of current readings that linking has not seen, in a register where claims were linked before."""
    if connection.scalar(select(schema.incident.c.id).limit(1)) is None:
        return 0
    p, d, k, seen = schema.proposal.c, schema.document.c, schema.decision.c, schema.linked.c
    # Linking sees all claims of a reading that stand, so only those of readings that it has not seen are looked at, and those that
    # people rejected once.
    unseen = ~exists(select(seen.claim_id).where(seen.reading_id == d.current_reading).correlate(schema.document))
    fresh = p.reading_id.in_(select(d.current_reading).where(d.current_reading.is_not(None), unseen))
    once = select(k.claim_id).where(k.verdict == "reject")
    claims = [
        select(p.claim_id)
        .join(schema.document, d.current_reading == p.reading_id)
        .where(which, decided.not_in_incidents(), ~decided.rejected())
        for which in (fresh, p.claim_id.in_(once))
    ]
    found = union(*claims).subquery()
    return int(connection.scalar(select(func.count()).select_from(found)) or 0) + _added_unlinked(connection)


def _added_unlinked(connection: Connection) -> int:
    """Those that people added, of which there are few."""
    ids = [claim.id for claim in additions.added(connection) if claim.current]
    c, m, a = schema.linked.c, schema.incident_claim.c, schema.incident_alone.c
    seen = set[str]()
    for column in (c.claim_id, m.claim_id, a.claim_id):
        seen |= existing(connection, column, ids)
    verdicts = decisions.decisions_of(connection, ids)
    return sum(1 for i in ids if i not in seen and decisions.verdict_of(verdicts.get(i, ())) != "reject")
