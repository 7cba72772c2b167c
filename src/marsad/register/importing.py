"""Importing: captures and readings into the tables, many in one transaction, each only where it is new.

What is there already is left as it is: a document has the same id whoever adds it, a version is known by the fingerprint of what
is read, a capture by its bytes. So the same import may be repeated, by another process too, and changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, null, select, update

from marsad.batch import Reading
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.blobs import Blobs
from marsad.register.canonical import canonical, digest, now, row_digest
from marsad.register.copies import update_copies
from marsad.register.errors import RegisterError
from marsad.register.provenance import Capture
from marsad.register.readings import NewReading, insert_readings
from marsad.register.rows import existing, highest, insert, parts

__all__ = ["Added", "fingerprint", "known", "store"]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a capture did.

    Attributes:
        document_id: id of its document.
        new: whether this made a new document or a new version of one; false where its text and what is told of it were known.
        version: number of the version, from 1.
        address: as the capture gave it.
        claims: how many claims were stored of it now.
        error: why the reader failed, if it did; the document is stored all the same.
    """

    document_id: str
    new: bool
    version: int
    address: str = ""
    claims: int = 0
    error: str | None = None


def fingerprint(capture: Capture) -> str:
    """The hash of what a reader gets and of what is told of it; another one is another version."""
    return digest(
        [
            capture.text_hash, capture.title, capture.published, capture.published_from, capture.publisher, capture.author,
            capture.language,
        ]
    )  # fmt: skip


def known(connection: Connection, captures: Sequence[Capture]) -> list[Added | None]:
    """For each capture what adding it would do if that is nothing, or None where something of it is new or was not read yet."""
    state = _State.of(connection, [c.document_id for c in captures])
    found: list[Added | None] = []
    for capture in captures:
        identifier = capture.document_id
        number = state.versions.get((identifier, fingerprint(capture)))
        if (
            number is None
            or (identifier, number) not in state.read
            or (identifier, number, capture.raw_hash) not in state.captures
        ):
            found.append(None)
        else:
            found.append(Added(identifier, False, number, capture.address))
    return found


def store(
    connection: Connection,
    blobs: Blobs,
    items: Sequence[tuple[Capture, Reading | None]],
    *,
    reader: str,
    who: str,
    why: str,
) -> list[Added]:
    """Store captures with their readings and log it.

    Args:
        connection: a writing transaction.
        blobs: where the bytes go; those in a folder are there already.
        items: captures, each with its reading, or None where it is not read (yet).
        reader: name of the reader of all of them.
        who, why: for the log.

    Returns:
        One for each item, in order.

    Raises:
        RegisterError: a reading is of another text than its capture.
    """
    batch = _Batch(connection, _State.of(connection, [capture.document_id for capture, _ in items]))
    added = [batch.take(capture, reading) for capture, reading in items]
    batch.write(blobs, reader, who, why)
    return added


@dataclass(slots=True)
class _State:
    """What the register knows of some documents; grows with the batch."""

    current: dict[str, int] = field(default_factory=dict)
    versions: dict[tuple[str, str], int] = field(default_factory=dict)
    captures: set[tuple[str, int, str]] = field(default_factory=set)
    read: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, connection: Connection, ids: Iterable[str]) -> _State:
        state = cls()
        d, v, c, r = schema.document.c, schema.version.c, schema.capture.c, schema.reading.c
        for part in parts(sorted(set(ids))):
            for identifier, number in connection.execute(select(d.id, d.current_version).where(d.id.in_(part))):
                state.current[identifier] = number
            for identifier, seal, number in connection.execute(
                select(v.document_id, v.fingerprint, v.number).where(v.document_id.in_(part))
            ):
                state.versions[identifier, seal] = number
            for identifier, number, raw in connection.execute(
                select(c.document_id, c.version, c.raw_sha256).where(c.document_id.in_(part))
            ):
                state.captures.add((identifier, number, raw))
            for identifier, number in connection.execute(select(r.document_id, r.version).where(r.document_id.in_(part))):
                state.read.add((identifier, number))
        return state


@dataclass(slots=True)
class _Batch:
    """Rows gathered in order, then written table by table."""

    connection: Connection
    state: _State
    texts: dict[str, str] = field(default_factory=dict)
    raws: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    versions: list[dict[str, Any]] = field(default_factory=list)
    captures: list[dict[str, Any]] = field(default_factory=list)
    readings: list[tuple[Capture, int, Reading]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    last: int | None = None

    def take(self, capture: Capture, reading: Reading | None) -> Added:
        """Gather the rows of one capture."""
        identifier, seal = capture.document_id, fingerprint(capture)
        number = self.state.versions.get((identifier, seal))
        row = None
        if number is None:
            number = self.state.current.get(identifier, 0) + 1
            row = self._version(capture, number, seal)
        if (identifier, number, capture.raw_hash) not in self.state.captures:
            self._capture(capture, number, row)
        claims = 0
        if reading is not None and (identifier, number) not in self.state.read:
            if reading.document.text != capture.text:
                raise RegisterError(f"{capture.address}: the claims were read in another text than the one that is stored")
            self.state.read.add((identifier, number))
            self.readings.append((capture, number, reading))
            claims = len(reading.claims)
        return Added(identifier, row is not None, number, capture.address, claims, reading.error if reading is not None else None)

    def _version(self, capture: Capture, number: int, seal: str) -> dict[str, Any]:
        identifier = capture.document_id
        if identifier not in self.state.current:
            self.documents[identifier] = capture.identity
        elif identifier not in self.documents:
            self.moved.add(identifier)
        self.state.current[identifier] = number
        self.state.versions[identifier, seal] = number
        self.texts[capture.text_hash] = capture.text
        row = {
            "document_id": identifier, "number": number, "fingerprint": seal, "text_sha256": capture.text_hash,
            "title": capture.title, "published": capture.published, "published_from": capture.published_from,
            "publisher": capture.publisher, "author": capture.author, "language": capture.language,
        }  # fmt: skip
        self.versions.append(row)
        return row

    def _capture(self, capture: Capture, number: int, version: dict[str, Any] | None) -> None:
        """A capture, with the version if it made one: the log seals both."""
        self.last = (highest(self.connection, schema.capture.c.id) if self.last is None else self.last) + 1
        raw_hash = capture.raw_hash
        self.raws[raw_hash] = capture.raw
        row = {
            "id": self.last, "document_id": capture.document_id, "version": number, "raw_sha256": raw_hash,
            "media_type": capture.media_type, "address": capture.address, "canonical": capture.canonical,
            "archived": capture.archived, "key": capture.key, "collected": capture.collected_text, "method": capture.method,
            "collector": capture.collector, "settings": canonical(capture.settings), "extractor": capture.extractor,
            "warnings": canonical(list(capture.warnings)),
        }  # fmt: skip
        self.captures.append(row)
        self.state.captures.add((capture.document_id, number, raw_hash))
        detail = {
            "capture": self.last, "version": number, "raw": raw_hash, "size": len(capture.raw), "text": capture.text_hash,
            "address": capture.address, "digest": row_digest(row),
        }  # fmt: skip
        if version is not None:
            detail["version_digest"] = row_digest(version)
        self.events.append(Event("import", capture.document_id, detail))

    def write(self, blobs: Blobs, reader: str, who: str, why: str) -> None:
        """Write all that was gathered, what is referred to first."""
        connection, current = self.connection, self.state.current
        there = existing(connection, schema.text_body.c.sha256, self.texts)
        texts = {s: t for s, t in self.texts.items() if s not in there}
        there = existing(connection, schema.blob.c.sha256, self.raws)
        raws = {s: r for s, r in self.raws.items() if s not in there}
        insert(connection, schema.blob, [{"sha256": s, "size": len(r)} for s, r in raws.items()])
        blobs.insert(connection, raws)
        insert(connection, schema.text_body, [{"sha256": s, "length": len(t), "body": t} for s, t in texts.items()])
        insert(
            connection,
            schema.document,
            [{"id": i, "identity": n, "current_version": current[i]} for i, n in self.documents.items()],
        )
        insert(connection, schema.version, self.versions)
        insert(connection, schema.capture, self.captures)
        if self.moved:
            d = schema.document
            connection.execute(
                update(d)
                .where(d.c.id == bindparam("b_id"))
                .values(current_version=bindparam("b_version"), current_reading=null()),
                [{"b_id": i, "b_version": current[i]} for i in sorted(self.moved)],
            )
        made = [
            NewReading(
                c.document_id, number, c.text_hash, tuple(x.to_dict() for x in r.claims), tuple(dict(x.why) for x in r.claims),
                r.error, number == current[c.document_id],
            )
            for c, number, r in self.readings
        ]  # fmt: skip
        events, _ = insert_readings(connection, made, reader, now())
        update_copies(connection, list(dict.fromkeys(v["document_id"] for v in self.versions)))
        append(connection, [*self.events, *events], who, why)
