"""Importing: captures and readings into the tables, many in one transaction, each only where it is new.

What is there already is left as it is: a document has the same id whoever adds it, a version is known by the fingerprint of what
is read, a capture by its bytes. So the same import may be repeated, by another process too, and changes nothing the second time.

The current version of a document is what its latest collection gave. A new version that was collected earlier than others (from an
old web archive) does not become current. A document goes back to a version that it had before where the place that is collected
now (the same address, by the same method) gave another one the last time; a place that gives what it gave the last time says
nothing new, so that two files of one page do not take turns. Going back is an entry of its own in the log (``return``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from marsad.batch import Reading
from marsad.lexicon.reasons import refusal
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.blobs import Blobs
from marsad.register.canonical import canonical, digest, now, row_digest
from marsad.register.copies import update_copies
from marsad.register.errors import RegisterError
from marsad.register.identity import believed
from marsad.register.provenance import Capture
from marsad.register.readings import NewReading, insert_readings
from marsad.register.returning import RETURN, Given, given, later, returns
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
        back: whether the document went back to this version, which it had before.
    """

    document_id: str
    new: bool
    version: int
    address: str = ""
    claims: int = 0
    error: str | None = None
    back: bool = False


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
    captures = believed(connection, captures)
    state = _State.of(connection, [c.document_id for c in captures])
    found: list[Added | None] = []
    for capture in captures:
        identifier = capture.document_id
        number = state.versions.get((identifier, fingerprint(capture)))
        back = number is not None and state.goes_back(connection, capture, number)
        if number is not None:
            # What comes behind is held against this.
            state.gave(capture, number)
            state.current[identifier] = number if back else state.current[identifier]
        if (
            number is None
            or back
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
    captures = believed(connection, [capture for capture, _ in items])
    batch = _Batch(connection, _State.of(connection, [capture.document_id for capture in captures]))
    added = [batch.take(capture, reading) for capture, (_, reading) in zip(captures, items, strict=True)]
    batch.write(blobs, reader, who, why)
    return added


@dataclass(slots=True)
class _State:
    """What the register knows of some documents; grows with the batch.

    ``latest`` is the time of the latest collection, ``given`` what places gave in this batch.
    """

    current: dict[str, int] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    given: dict[tuple[str, str, str], Given] = field(default_factory=dict)
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
                state.highest[identifier] = max(number, state.highest.get(identifier, 0))
            for identifier, number, raw, collected in connection.execute(
                select(c.document_id, c.version, c.raw_sha256, c.collected).where(c.document_id.in_(part))
            ):
                state.captures.add((identifier, number, raw))
                state.latest[identifier] = max(collected, state.latest.get(identifier, ""))
            for entry in returns(connection, part):
                state.latest[entry.subject] = max(entry.detail["collected"], state.latest.get(entry.subject, ""))
            for identifier, number in connection.execute(select(r.document_id, r.version).where(r.document_id.in_(part))):
                state.read.add((identifier, number))
        return state

    def is_latest(self, capture: Capture) -> bool:
        """Whether no collection of the document is later."""
        return capture.collected_text >= self.latest.get(capture.document_id, "")

    def goes_back(self, connection: Connection, capture: Capture, number: int) -> bool:
        """Whether a capture of a known version makes it current again."""
        identifier = capture.document_id
        if number == self.current[identifier] or not self.is_latest(capture):
            return False
        place = (identifier, capture.address, capture.method)
        _, last = later(given(connection, *place), self.given.get(place, ("", frozenset())))
        return bool(last) and number not in last

    def gave(self, capture: Capture, number: int) -> None:
        """Remember what a place gave."""
        place = (capture.document_id, capture.address, capture.method)
        now = (capture.collected_text, frozenset([number]))
        self.given[place] = later(self.given[place], now) if place in self.given else now


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
        back = number is not None and self.state.goes_back(self.connection, capture, number)
        if number is None:
            number = self.state.highest.get(identifier, 0) + 1
            row = self._version(capture, number, seal)
        if (identifier, number, capture.raw_hash) not in self.state.captures:
            self._capture(capture, number, row)
        if back:
            self._return(capture, number)
        self.state.gave(capture, number)
        claims = 0
        if reading is not None and (identifier, number) not in self.state.read:
            if reading.document.text != capture.text:
                raise RegisterError(refusal("capture.text", address=capture.address))
            self.state.read.add((identifier, number))
            self.readings.append((capture, number, reading))
            claims = len(reading.claims)
        error = reading.error if reading is not None else None
        return Added(identifier, row is not None, number, capture.address, claims, error, back)

    def _version(self, capture: Capture, number: int, seal: str) -> dict[str, Any]:
        identifier = capture.document_id
        if identifier not in self.state.current:
            self.documents[identifier] = capture.identity
        if self.state.is_latest(capture):
            self._point(identifier, number)
        self.state.highest[identifier] = number
        self.state.versions[identifier, seal] = number
        self.texts[capture.text_hash] = capture.text
        row = {
            "document_id": identifier, "number": number, "fingerprint": seal, "text_sha256": capture.text_hash,
            "title": capture.title, "published": capture.published, "published_from": capture.published_from,
            "publisher": capture.publisher, "author": capture.author, "language": capture.language,
        }  # fmt: skip
        self.versions.append(row)
        return row

    def _point(self, identifier: str, number: int) -> None:
        """Make a version current."""
        if identifier not in self.documents:
            self.moved.add(identifier)
        self.state.current[identifier] = number

    def _return(self, capture: Capture, number: int) -> None:
        """Make a version current that was there before, and log it."""
        identifier = capture.document_id
        detail = {
            "version": number, "before": self.state.current[identifier], "address": capture.address, "method": capture.method,
            "collected": capture.collected_text,
        }  # fmt: skip
        self.events.append(Event(RETURN, identifier, detail))
        self._point(identifier, number)
        self.state.latest[identifier] = capture.collected_text

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
        identifier = capture.document_id
        self.state.captures.add((identifier, number, raw_hash))
        self.state.latest[identifier] = max(capture.collected_text, self.state.latest.get(identifier, ""))
        detail = {
            "capture": self.last, "version": number, "raw": raw_hash, "size": len(capture.raw), "text": capture.text_hash,
            "address": capture.address, "digest": row_digest(row),
        }  # fmt: skip
        if version is not None:
            detail["version_digest"] = row_digest(version)
            if self.state.current[identifier] != number:
                # Collected earlier than what is there: it does not become current.
                detail["current"] = self.state.current[identifier]
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
        made = [
            NewReading(
                c.document_id, number, c.text_hash, tuple(x.to_dict() for x in r.claims), tuple(dict(x.why) for x in r.claims),
                r.error, number == current[c.document_id],
            )
            for c, number, r in self.readings
        ]  # fmt: skip
        events, _ = insert_readings(connection, made, reader, now())
        # After the readings: what they changed is told against what was current before.
        if self.moved:
            d, r = schema.document, schema.reading.c
            newest = select(func.max(r.id)).where(r.document_id == d.c.id, r.version == bindparam("b_version")).scalar_subquery()
            connection.execute(
                update(d)
                .where(d.c.id == bindparam("b_id"))
                .values(current_version=bindparam("b_version"), current_reading=newest),
                [{"b_id": i, "b_version": current[i]} for i in sorted(self.moved)],
            )
        # Copies are told by the texts that are current now.
        seen = dict.fromkeys(v["document_id"] for v in self.versions)
        update_copies(connection, list(seen | dict.fromkeys(sorted(self.moved))))
        append(connection, [*self.events, *events], who, why)
