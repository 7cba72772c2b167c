"""Document records: the documents of the register, as lists and one by one. All functions take a transaction and change nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.model import Document
from marsad.register import schema
from marsad.register.rows import parts

__all__ = ["WITHOUT", "DocumentRow", "collected", "documents", "find_document", "history", "load", "text_of"]

_d, _v, _c, _r = schema.document.c, schema.version.c, schema.capture.c, schema.reading.c
# What a document may lack.
WITHOUT = ("day", "language", "reading")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list: its current version, how many versions there are, and how many claims its current reading has.

    ``claims`` is None where the current version was not read; ``error`` is set where the reader failed.
    """

    id: str
    address: str
    title: str
    published: str | None
    publisher: str | None
    language: str | None
    collected: str
    method: str
    versions: int
    claims: int | None
    error: str | None

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def documents(
    connection: Connection,
    *,
    publisher: str = "",
    language: str = "",
    method: str = "",
    since: str = "",
    until: str = "",
    without: str = "",
    ids: Iterable[str] | None = None,
    limit: int = 0,
) -> list[DocumentRow]:
    """Documents by day of publication, the latest first, those without a day last.

    Args:
        connection: a transaction.
        publisher, language, method: exactly.
        since, until: ISO days of publication, both inclusive.
        without: only those without a known ``day`` of publication, without a known ``language``, or without a ``reading``.
        ids: only these.
        limit: at most so many; 0 for all.
    """
    # Asked for each row that is given back, and not of all documents.
    same, early = schema.version.alias("same"), schema.capture.alias("early")
    versions = select(func.count()).where(same.c.document_id == _d.id).correlate(schema.document).scalar_subquery()
    wanted: Select[Any] = (
        select(
            _d.id, _c.address, _v.title, _v.published, _v.publisher, _v.language, _c.collected, _c.method, versions, _r.claims,
            _r.error,
        )
        .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
        .join(schema.capture, _c.id == _first_capture(early))
        .outerjoin(schema.reading, _r.id == _d.current_reading)
        .order_by(_v.published.is_(None), _v.published.desc(), _d.id)
    )  # fmt: skip
    for column, value in ((_v.publisher, publisher), (_v.language, language), (_c.method, method)):
        if value:
            wanted = wanted.where(column == value)
    if since:
        wanted = wanted.where(_v.published >= since)
    if until:
        wanted = wanted.where(_v.published <= until)
    if without:
        lacking = {"day": _v.published, "language": _v.language, "reading": _d.current_reading}[without]
        wanted = wanted.where(lacking.is_(None))
    if limit:
        wanted = wanted.limit(limit)
    slices: Iterable[list[str] | None] = [None] if ids is None else parts(sorted(set(ids)))
    found = []
    for part in slices:
        rows = connection.execute(wanted if part is None else wanted.where(_d.id.in_(part)))
        found += [DocumentRow(*row) for row in rows]
    return found


def find_document(connection: Connection, document: str) -> int | None:
    """The current version of a document, or None where there is no document with this id."""
    return connection.scalar(select(_d.current_version).where(_d.id == document))


def history(connection: Connection, document: str) -> dict[str, Any]:
    """All that is known of where a document comes from: versions with their captures and readings, as plain data."""
    identity, current = connection.execute(select(_d.identity, _d.current_version).where(_d.id == document)).one()
    versions = []
    for v in connection.execute(select(schema.version).where(_v.document_id == document).order_by(_v.number)).mappings():
        of = {"document_id": document, "version": v["number"]}
        captures = connection.execute(
            select(schema.capture, schema.blob.c.size)
            .join(schema.blob, schema.blob.c.sha256 == _c.raw_sha256)
            .where(_c.document_id == document, _c.version == v["number"])
            .order_by(_c.id)
        ).mappings()
        readings = connection.execute(
            select(schema.reading).where(_r.document_id == document, _r.version == v["number"]).order_by(_r.id)
        ).mappings()
        versions.append(
            {k: x for k, x in v.items() if k != "document_id"}
            | {
                "current": v["number"] == current,
                "captures": [
                    {k: json.loads(x) if k in ("settings", "warnings") else x for k, x in c.items() if k not in of}
                    for c in captures
                ],
                "readings": [{k: x for k, x in r.items() if k not in of} for r in readings],
            }
        )
    return {"id": document, "identity": identity, "versions": versions}


def collected(connection: Connection, address: str) -> bool:
    """Whether a document was collected at an address, or names it as its own."""
    identifier = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:16]
    if connection.scalar(select(_d.id).where(_d.id == identifier)) is not None:
        return True
    return connection.scalar(select(_c.id).where(_c.address == address).limit(1)) is not None


def text_of(connection: Connection, document: str, version: int | None = None) -> str:
    """The text of a version, of the current one by default.

    Raises:
        InputError: there is none.
    """
    found = connection.scalar(
        select(schema.text_body.c.body)
        .join(schema.version, _v.text_sha256 == schema.text_body.c.sha256)
        .join(schema.document, _d.id == _v.document_id)
        .where(_d.id == document, _v.number == (_d.current_version if version is None else version))
    )
    if found is None:
        raise InputError(
            refusal(
                "document.version" if version else "document.none", document=document, **({"version": version} if version else {})
            )
        )
    return str(found)


def load(connection: Connection, ids: Iterable[str]) -> list[tuple[Document, int, str, int | None]]:
    """Documents for the reader, in the order of their ids.

    Returns:
        For each: the document, the number of its current version, the hash of its text, and its current reading if any.
    """
    found = []
    early = schema.capture.alias("early")
    for part in parts(sorted(set(ids))):
        rows = connection.execute(
            select(
                _d.id, _d.current_version, _d.current_reading, schema.text_body.c.body, schema.version, _c.address, _c.canonical,
                _c.warnings,
            )
            .join(schema.version, (_v.document_id == _d.id) & (_v.number == _d.current_version))
            .join(schema.text_body, schema.text_body.c.sha256 == _v.text_sha256)
            .join(schema.capture, _c.id == _first_capture(early))
            .where(_d.id.in_(part))
            .order_by(_d.id)
        )  # fmt: skip
        for r in rows:
            document = Document(
                r.id, r.body, r.title, r.published, r.canonical or r.address, r.publisher, r.language, tuple(json.loads(r.warnings)),
            )  # fmt: skip
            found.append((document, r.current_version, r.text_sha256, r.current_reading))
    return found


def _first_capture(early: Any) -> Any:
    """The number of the capture that made the current version of a document; ``early`` is an alias of the captures."""
    c = early.c
    wanted = select(func.min(c.id)).where(c.document_id == _d.id, c.version == _d.current_version)
    return wanted.correlate(schema.document).scalar_subquery()
