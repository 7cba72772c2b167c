"""Document list: documents the newest first, page by page, from a register of any size.

The index for searching numbers all documents by day of publication; along these numbers a page is found without sorting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from marsad.register import documentrecords, schema
from marsad.register.documentrecords import DocumentRow
from marsad.register.indexing import rank_of

__all__ = ["WITHOUT", "Narrow", "page"]

# What a document may lack, and ``failed`` for those that the reader failed on.
WITHOUT = (*documentrecords.WITHOUT, "failed")
_d, _v, _r, _c, _s = schema.document.c, schema.version.c, schema.reading.c, schema.capture.c, schema.search_document.c


@dataclass(frozen=True, slots=True)
class Narrow:
    """What documents are listed; empty values narrow nothing.

    Attributes:
        publisher, language, method: exactly.
        since, until: ISO days of publication, both inclusive.
        without: one of ``WITHOUT``.
    """

    publisher: str = ""
    language: str = ""
    method: str = ""
    since: str = ""
    until: str = ""
    without: str = ""


def page(connection: Connection, narrow: Narrow, *, after: int = 0, limit: int = 50) -> tuple[list[DocumentRow], int]:
    """Documents by day of publication, the latest first, those without a day last.

    Args:
        connection: a transaction.
        narrow: which.
        after: where the page begins, as the one before told; 0 for the first.
        limit: at most so many.

    Returns:
        The documents, and where the next page begins, 0 where there is none.
    """
    wanted = (
        select(_s.rank, _d.id)
        .join(schema.document, _d.id == _s.document_id)
        .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
        .order_by(_s.rank.desc())
        .limit(limit + 1)
    )
    if after:
        wanted = wanted.where(_s.rank < after)
    for column, value in ((_v.publisher, narrow.publisher), (_v.language, narrow.language)):
        if value:
            wanted = wanted.where(column == value)
    if narrow.method:
        collected = select(_c.id).where(_c.document_id == _d.id, _c.version == _d.current_version, _c.method == narrow.method)
        wanted = wanted.where(collected.correlate(schema.document).exists())
    if narrow.since:
        wanted = wanted.where(_s.rank >= rank_of(narrow.since, 0))
    if narrow.until:
        behind = (date.fromisoformat(narrow.until) + timedelta(days=1)).isoformat()
        wanted = wanted.where(_s.rank < rank_of(behind, 0), _v.published.is_not(None))
    if narrow.without == "failed":
        wanted = wanted.where(_d.current_reading.in_(select(_r.id).where(_r.error.is_not(None))))
    elif narrow.without:
        lacking = {"day": _v.published, "language": _v.language, "reading": _d.current_reading}[narrow.without]
        wanted = wanted.where(lacking.is_(None))
    ranks = connection.execute(wanted).all()
    shown = ranks[:limit]
    rows = {row.id: row for row in documentrecords.documents(connection, ids=[row.id for row in shown])}
    return [rows[row.id] for row in shown if row.id in rows], shown[-1].rank if len(ranks) > limit else 0
