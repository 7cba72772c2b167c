"""Verification: whether all that is stored is what was stored.

Everything is made again from the rows and the bytes: the hashes of blobs and texts, the chain of the log, the hashes of rows that
the log sealed, the evidence of all claims. What an interrupted import left behind (files that no row refers to) is a note and no
fault.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, func, select, text

from marsad.register import audit, copies, guards, indexstate, schema
from marsad.register.blobs import Blobs
from marsad.register.canonical import row_digest
from marsad.register.readings import columns_of, proposals_digest
from marsad.register.returning import RETURN

__all__ = ["Verified", "verify"]

_PAGE = 500
_MOST = 200


@dataclass(slots=True)
class Verified:
    """What was found.

    Attributes:
        problems: what is not as it was, in words; the first of them.
        count: how many problems there are.
        notes: what is odd but harmless.
        checked: how many of what were looked at.
        head: number and hash of the last entry of the log.
    """

    problems: list[str] = field(default_factory=list)
    count: int = 0
    notes: list[str] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)
    head: tuple[int, str] = (0, audit.START)

    @property
    def clean(self) -> bool:
        """Whether there is no problem."""
        return not self.count

    def problem(self, message: str) -> None:
        """Take down a problem."""
        self.count += 1
        if self.count <= _MOST:
            self.problems.append(message)

    def saw(self, what: str) -> None:
        """Count something that was looked at."""
        self.checked[what] = self.checked.get(what, 0) + 1


@dataclass(slots=True)
class _Sealed:
    """Hashes of rows as the log has them, by the key of the row; and by document the version that it made current last."""

    captures: dict[int, str] = field(default_factory=dict)
    versions: dict[tuple[str, int], str] = field(default_factory=dict)
    readings: dict[int, str] = field(default_factory=dict)
    confirmations: set[tuple[int, str]] = field(default_factory=set)
    decisions: dict[int, str] = field(default_factory=dict)
    additions: dict[int, str] = field(default_factory=dict)
    signatures: dict[int, str] = field(default_factory=dict)
    pins: dict[int, str] = field(default_factory=dict)
    judgements: dict[int, str] = field(default_factory=dict)
    grades: dict[int, str] = field(default_factory=dict)
    restrictions: dict[int, str] = field(default_factory=dict)
    disclosures: dict[int, str] = field(default_factory=dict)
    current: dict[str, int] = field(default_factory=dict)


def verify(connection: Connection, blobs: Blobs, head: str = "", tell: Callable[[str, int], None] | None = None) -> Verified:
    """Check all.

    Args:
        connection: a transaction that sees one state.
        blobs: where the bytes are.
        head: hash of an entry of the log that was noted elsewhere; it must still be in the chain.
        tell: called with what is looked at and how many of it so far.
    """
    found = Verified()
    _database(connection, found)
    sealed = _log(connection, found, head)
    tell = tell or (lambda what, number: None)
    _blobs(connection, blobs, found, tell)
    _sources(connection, found, sealed)
    _texts(connection, found, tell)
    _readings(connection, found, sealed, tell)
    _people(connection, found, sealed)
    for wrong in copies.check(connection):
        found.problem(f"{wrong}; nothing of the evidence is touched; find them anew with: marsad copies --rebuild")
    if lacking := indexstate.missing(connection):
        found.notes.append(f"search: the index lacks {lacking:,} documents; make it anew: marsad search --rebuild")
    return found


def _database(connection: Connection, found: Verified) -> None:
    """What the database itself can tell: pages, references and guards."""
    if connection.dialect.name == "sqlite":
        for (message,) in connection.execute(text("pragma integrity_check(20)")):
            if message != "ok":
                found.problem(f"database: {message}")
        for row in connection.execute(text("pragma foreign_key_check")):
            found.problem(f"database: a row of {row[0]} refers to one of {row[2]} that is missing")
        names = connection.scalars(text("select name from sqlite_master where type = 'trigger'")).all()
    else:
        names = connection.scalars(text("select tgname from pg_trigger where not tgisinternal and tgenabled <> 'D'")).all()
    for name in guards.unguarded(connection.dialect.name, names, schema.APPEND_ONLY):
        found.problem(f"database: the guard {name} is missing, so rows can be changed unseen")


def _log(connection: Connection, found: Verified, head: str) -> _Sealed:
    sealed, previous, number, seen = _Sealed(), audit.START, 0, not head
    for entry in audit.every(connection):
        found.saw("log entries")
        if wrong := audit.broken(entry, number + 1, previous):
            found.problem(f"log: {wrong}")
        number, previous = entry.number, entry.hash
        seen = seen or entry.hash == head
        _take(sealed, entry)
    found.head = (number, previous)
    if not seen:
        found.problem(f"log: the entry with the hash {head} is not in it; the log was cut off or is another one")
    return sealed


def _take(sealed: _Sealed, entry: audit.Entry) -> None:
    detail = entry.detail
    if entry.action == RETURN:
        sealed.current[entry.subject] = detail["version"]
    elif "capture" in detail:
        sealed.captures[detail["capture"]] = detail["digest"]
        if "version_digest" in detail:
            sealed.versions[entry.subject, detail["version"]] = detail["version_digest"]
            sealed.current[entry.subject] = detail.get("current", detail["version"])
    elif "reading" in detail:
        sealed.readings[detail["reading"]] = detail["digest"]
    elif "confirmed" in detail:
        sealed.confirmations.update((i, detail["reader"]) for i in detail["confirmed"])
    elif "decision" in detail:
        sealed.decisions[detail["decision"]] = detail["digest"]
    elif "addition" in detail:
        sealed.additions[detail["addition"]] = detail["digest"]
    elif "signature" in detail:
        sealed.signatures[detail["signature"]] = detail["digest"]
    elif "pin" in detail:
        sealed.pins[detail["pin"]] = detail["digest"]
    elif "judgement" in detail:
        sealed.judgements[detail["judgement"]] = detail["digest"]
    elif "grade" in detail:
        sealed.grades[detail["grade"]] = detail["digest"]
    elif "restriction" in detail:
        sealed.restrictions[detail["restriction"]] = detail["digest"]
    elif "disclosure" in detail:
        sealed.disclosures[detail["disclosure"]] = detail["digest"]


def _blobs(connection: Connection, blobs: Blobs, found: Verified, tell: Callable[[str, int], None]) -> None:
    for row in _rows(connection, schema.blob, schema.blob.c.sha256):
        found.saw("blobs")
        tell("blobs", found.checked["blobs"])
        if wrong := blobs.check(connection, row["sha256"], row["size"]):
            found.problem(f"blob {row['sha256']}: {wrong}")
    if strays := blobs.strays(connection):
        found.notes.append(
            f"{strays} files of an interrupted import, or of one that runs now, belong to no document; they do no harm"
        )


def _texts(connection: Connection, found: Verified, tell: Callable[[str, int], None]) -> None:
    t = schema.text_body.c
    for row in _rows(connection, schema.text_body, t.sha256):
        found.saw("texts")
        tell("texts", found.checked["texts"])
        if hashlib.sha256(row["body"].encode()).hexdigest() != row["sha256"] or len(row["body"]) != row["length"]:
            found.problem(f"text {row['sha256']}: is other than it was when it was stored")


def _sources(connection: Connection, found: Verified, sealed: _Sealed) -> None:
    d, r = schema.document.c, schema.reading.c
    for row in _rows(connection, schema.version, schema.version.c.document_id, schema.version.c.number):
        found.saw("versions")
        key = (row["document_id"], row["number"])
        _compare(found, sealed.versions.pop(key, None), row, f"version {key[1]} of document {key[0]}")
    for document, number in sealed.versions:
        found.problem(f"version {number} of document {document}: is in the log but is missing")
    for row in _rows(connection, schema.capture, schema.capture.c.id):
        found.saw("captures")
        _compare(found, sealed.captures.pop(row["id"], None), row, f"capture {row['id']} of document {row['document_id']}")
    for number in sealed.captures:
        found.problem(f"capture {number}: is in the log but is missing")
    newest: dict[tuple[str, int], int] = {}
    for document, version, reading in connection.execute(
        select(r.document_id, r.version, func.max(r.id)).group_by(r.document_id, r.version)
    ):
        newest[document, version] = reading
    for identifier, identity, version, reading in connection.execute(
        select(d.id, d.identity, d.current_version, d.current_reading)
    ):
        found.saw("documents")
        if hashlib.sha256(identity.encode()).hexdigest()[:16] != identifier:
            found.problem(f"document {identifier}: its address is other than it was")
        if version != sealed.current.get(identifier) or reading != newest.get((identifier, version)):
            found.problem(
                f"document {identifier}: does not point to the version that the log made current last, and its newest reading"
            )


def _readings(connection: Connection, found: Verified, sealed: _Sealed, tell: Callable[[str, int], None]) -> None:
    """Readings with their claims, page by page: a question for each would take most of the time."""
    v, t, p = schema.version.c, schema.text_body.c, schema.proposal.c
    for page in _pages(connection, schema.reading, schema.reading.c.id):
        hashes = {
            (row.document_id, row.number): row.text_sha256
            for row in connection.execute(
                select(v.document_id, v.number, v.text_sha256).where(v.document_id.in_({r["document_id"] for r in page}))
            )
        }
        texts: dict[str, str] = {}
        for sha256, body in connection.execute(select(t.sha256, t.body).where(t.sha256.in_(set(hashes.values())))):
            texts[sha256] = body
        proposals: dict[int, list[RowMapping]] = {}
        for row in connection.execute(
            select(schema.proposal)
            .where(p.reading_id >= page[0]["id"], p.reading_id <= page[-1]["id"])
            .order_by(p.reading_id, p.position)
        ).mappings():
            proposals.setdefault(row["reading_id"], []).append(row)
        for reading in page:
            found.saw("readings")
            name = f"reading {reading['id']} of document {reading['document_id']}"
            _compare(found, sealed.readings.pop(reading["id"], None), reading, name)
            rows = proposals.get(reading["id"], [])
            if proposals_digest((r["claim_id"], r["body"], r["why"]) for r in rows) != reading["digest"]:
                found.problem(f"{name}: its claims are other than they were")
            text_hash = hashes.get((reading["document_id"], reading["version"]), "")
            _claims(found, rows, texts.get(text_hash, ""))
            tell("claims", found.checked.get("claims", 0))
    for number in sealed.readings:
        found.problem(f"reading {number}: is in the log but is missing")
    there = {(row["reading_id"], row["reader"]) for row in connection.execute(select(schema.confirmation)).mappings()}
    for number, _ in there ^ sealed.confirmations:
        found.problem(f"reading {number}: the log and the table of confirmations differ")


def _claims(found: Verified, rows: Sequence[RowMapping], body: str) -> None:
    """Evidence and columns of the claims of a reading, against the text that was read."""
    for row in rows:
        found.saw("claims")
        record = json.loads(row["body"])
        name = f"claim {row['claim_id']} in reading {row['reading_id']}"
        if any(row[column] != value for column, value in columns_of(record).items()) or record["id"] != row["claim_id"]:
            found.problem(f"{name}: its columns are other than its record")
        for evidence in _evidence(record):
            if body[evidence["start"] : evidence["end"]] != evidence["text"]:
                found.problem(f"{name}: the evidence at {evidence['start']} is not what the text has there")


def _evidence(value: Any) -> Iterator[dict[str, Any]]:
    """All evidence in a record, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from _evidence(item)
    elif isinstance(value, dict):
        if value.keys() >= {"start", "end", "text"}:
            yield value
        for item in value.values():
            yield from _evidence(item)


def _people(connection: Connection, found: Verified, sealed: _Sealed) -> None:
    for table, seals, name in (
        (schema.decision, sealed.decisions, "decision"),
        (schema.addition, sealed.additions, "addition"),
        (schema.signature, sealed.signatures, "signature"),
        (schema.pin, sealed.pins, "pin"),
        (schema.judgement, sealed.judgements, "judgement"),
        (schema.grade, sealed.grades, "grade"),
        (schema.restriction, sealed.restrictions, "restriction"),
        (schema.disclosure, sealed.disclosures, "disclosure"),
    ):
        for row in _rows(connection, table, table.c.id):
            found.saw(f"{name}s")
            _compare(found, seals.pop(row["id"], None), row, f"{name} {row['id']}")
        for number in seals:
            found.problem(f"{name} {number}: is in the log but is missing")
    for row, body in _added(connection):
        if any(body[e["start"] : e["end"]] != e["text"] for e in _evidence(json.loads(row["value"]))):
            found.problem(f"addition {row['id']} to claim {row['claim_id']}: its evidence is not what the text has there")


def _added(connection: Connection) -> Iterator[tuple[dict[str, Any], str]]:
    """What people added and changed in it, each with the text of its version."""
    v, t = schema.version.c, schema.text_body.c
    for page in _pages(connection, schema.addition, schema.addition.c.id):
        keys = {(row["document_id"], row["version"]) for row in page}
        wanted = select(v.document_id, v.number, t.body).join(schema.text_body, t.sha256 == v.text_sha256)
        texts = {
            (row.document_id, row.number): row.body
            for row in connection.execute(wanted.where(v.document_id.in_({document for document, _ in keys})))
        }
        yield from ((row, texts.get((row["document_id"], row["version"]), "")) for row in page if row["value"] is not None)


def _compare(found: Verified, seal: str | None, row: dict[str, Any], name: str) -> None:
    if seal is None:
        found.problem(f"{name}: is not in the log")
    elif seal != row_digest(row):
        found.problem(f"{name}: is other than it was when it was stored")


def _rows(connection: Connection, table: Table, *key: Column[Any]) -> Iterator[dict[str, Any]]:
    """All rows of a table in the order of its key."""
    for page in _pages(connection, table, *key):
        yield from page


def _pages(connection: Connection, table: Table, *key: Column[Any]) -> Iterator[list[dict[str, Any]]]:
    """All rows of a table in the order of its key of one or two columns, held page by page."""
    wanted = select(table).order_by(*key).limit(_PAGE)
    condition = None
    while rows := connection.execute(wanted if condition is None else wanted.where(condition)).mappings().all():
        yield [dict(row) for row in rows]
        last = rows[-1]
        first = key[0]
        condition = first > last[first.name]
        if len(key) == 2:
            condition = condition | ((first == last[first.name]) & (key[1] > last[key[1].name]))
