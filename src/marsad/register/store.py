"""Store: the register as one object, for commands and for other parts of Marsad.

>>> with Register.open("somewhere") as register:
...     for added in register.take_in(captures, who="Rana"):
...         print(added.document_id, added.new)
"""

from __future__ import annotations

import getpass
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection

from marsad.batch import Reading, read_all
from marsad.documents.language import has_pack, packs
from marsad.gazetteer.layers import LayerFolder
from marsad.model import Document
from marsad.register import (
    audit,
    copies,
    decisions,
    documentrecords,
    faces,
    failures,
    importing,
    indexing,
    pins,
    queues,
    rereading,
    schema,
    signing,
    verification,
)
from marsad.register.audit import Entry, Event
from marsad.register.blobs import Blobs, FolderBlobs, TableBlobs
from marsad.register.canonical import digest
from marsad.register.database import PATIENCE, Database
from marsad.register.errors import RegisterError
from marsad.register.failures import Failed, Failure
from marsad.register.holding import heavy, looks
from marsad.register.importing import Added
from marsad.register.location import Location, location
from marsad.register.overview import overview
from marsad.register.pins import Pin
from marsad.register.provenance import Capture
from marsad.register.reader import reader_name
from marsad.register.rereading import Reread
from marsad.register.rows import parts, schema_of
from marsad.register.verification import Verified

__all__ = ["Register", "somebody"]

# Documents in one transaction: many enough that waiting for the disk costs little, few enough that others get their turn.
_BATCH = 300
_T = TypeVar("_T")


def somebody() -> str:
    """Who uses this program: the name of the account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class Register:
    """A register that is open. Threads may share it; forked processes must open their own.

    All methods that write need to be told who writes and take a reason; both go into the log.

    Args:
        where: its place.
        patience: seconds to wait for other writers.

    Raises:
        RegisterError: of all methods: the database or the disk fails, is full, or is held by others for too long. The message says
            what is left: always either all of the step or nothing.
    """

    def __init__(self, where: Location, patience: float = PATIENCE) -> None:
        self.where = where
        self._database = Database(where, patience)
        self._indexer = indexing.Indexer()
        self.blobs: Blobs = FolderBlobs(where.blobs) if where.blobs is not None else TableBlobs()

    @classmethod
    def create(cls, told: str = "", *, who: str = "", patience: float = PATIENCE) -> tuple[Self, str]:
        """Make a register, or bring an old one up to the schema of this program.

        Returns:
            The register, open, and what was done: ``made``, ``upgraded`` or ``nothing``.

        Raises:
            RegisterError: a later program made it, the folder cannot be made, or the address cannot be reached.
        """
        from marsad.register import founding

        where = location(told)
        if where.file is not None:
            try:
                where.file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise RegisterError(f"{where.file.parent}: {error.strerror}") from error
        register = cls(where, patience)

        def work(connection: Connection) -> str:
            return founding.found(connection, where.name, register._indexer, who or somebody())

        try:
            return register, register._database.write(work)
        except BaseException:
            register.close()
            raise

    @classmethod
    def open(cls, told: str = "", *, patience: float = PATIENCE) -> Self:
        """Open a register.

        Args:
            told: as for :func:`marsad.register.location.location`.
            patience: seconds to wait for other writers.

        Raises:
            RegisterError: there is none, or it has another schema than this program needs.
        """
        where = location(told)
        if where.file is not None and not where.file.is_file():
            raise RegisterError(f"{where.name}: there is no register; make one with: marsad init")
        register = cls(where, patience)
        try:
            with register._database.read() as connection:
                revision = schema_of(connection)
            if revision is None:
                raise RegisterError(f"{where.name}: there is no register in it; make one with: marsad init")
            if revision != schema.REVISION:
                later = "was made by another version of Marsad; bring it up with: marsad init, or bring Marsad up to date"
                raise RegisterError(f"{where.name}: {later}")
        except BaseException:
            register.close()
            raise
        return register

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that sees one state, for the functions of ``queries``, ``decisions``, ``pins`` and ``audit``."""
        with self._database.read() as connection:
            yield connection

    # Taking in and reading

    def add(self, capture: Capture, reading: Reading | None, *, who: str = "", why: str = "") -> Added:
        """Store one capture with its reading; see :meth:`add_all`."""
        return self.add_all([(capture, reading)], who=who, why=why)[0]

    def add_all(self, items: Sequence[tuple[Capture, Reading | None]], *, who: str = "", why: str = "") -> list[Added]:
        """Store captures with their readings, all or none of them, each only where it is new.

        Args:
            items: captures, each with what ``read_all`` made of ``capture.document()``, or None where it is not read.
            who, why: for the log.

        Returns:
            One for each item, in order.
        """
        with self.snapshot() as connection:
            known = importing.known(connection, [capture for capture, _ in items])
            reader = self._reader(pins.pins(connection))
        fresh = [item for item, there in zip(items, known, strict=True) if there is None]
        made: list[Added] = []
        if fresh:
            self.blobs.prepare({c.raw_hash: c.raw for c, _ in fresh})

            def work(connection: Connection) -> list[Added]:
                return importing.store(connection, self.blobs, fresh, reader=reader, who=who or somebody(), why=why)

            made = self._write(work, {capture.document_id for capture, _ in fresh})
        stored = iter(made)
        return [there if there is not None else next(stored) for there in known]

    def take_in(
        self, captures: Iterable[Capture], jobs: int = 0, *, who: str = "", why: str = "", batch: int = _BATCH
    ) -> Iterator[Added]:
        """Read and store captures; what is known already is not read again.

        What was yielded is on disk. Captures in languages that no pack reads are stored unread.

        Args:
            captures: any number; taken one by one, and only some hundred are held at once.
            jobs: reading processes; 0 chooses.
            who, why: for the log.
            batch: captures in one transaction.

        Yields:
            One for each capture; those that are known may come before others.
        """
        waiting: deque[Capture] = deque()
        unread: list[tuple[Capture, Reading | None]] = []
        done: deque[Added] = deque()

        def documents() -> Iterator[Document]:
            for part in looks(captures):
                with self.snapshot() as connection:
                    known = importing.known(connection, part)
                for capture, there in zip(part, known, strict=True):
                    if there is not None:
                        done.append(there)
                    elif capture.language is not None and not has_pack(capture.language):
                        unread.append((capture, None))
                    else:
                        waiting.append(capture)
                        yield capture.document()
                if len(unread) >= batch or heavy(c for c, _ in unread):
                    done.extend(self.add_all(unread, who=who, why=why))
                    unread.clear()

        items: list[tuple[Capture, Reading | None]] = []
        with self.snapshot() as connection:
            standing = pins.pins(connection)
        with pins.layer(standing) as layer:
            for reading in read_all(documents(), jobs, layers=True, own=layer, enough=lambda: heavy(waiting)):
                items.append((waiting.popleft(), reading))
                if len(items) >= batch or heavy(c for c, _ in items):
                    done.extend(self.add_all(items, who=who, why=why))
                    items = []
                while done:
                    yield done.popleft()
        done.extend(self.add_all([*unread, *items], who=who, why=why))
        yield from done

    def reread(
        self, jobs: int = 0, *, every: bool = False, ids: Iterable[str] | None = None, who: str = "", why: str = ""
    ) -> Iterator[Reread]:
        """Read again what another reader read, or what was not read yet.

        Args:
            jobs: reading processes; 0 chooses.
            every: also what the reader of today has read.
            ids: only these documents.
            who, why: for the log.

        Yields:
            What it brought, document by document; by then it is stored.
        """
        with self.snapshot() as connection:
            reader = self._reader(pins.pins(connection))
            due = rereading.due(connection, reader, languages=packs(), every=every)
        wanted = None if ids is None else set(ids)
        due = [i for i in due if wanted is None or i in wanted]
        with self.snapshot() as connection:
            standing = pins.pins(connection)
        with pins.layer(standing) as layer:
            told: deque[tuple[int, str]] = deque()

            def documents() -> Iterator[Document]:
                for part in parts(due, _BATCH):
                    with self.snapshot() as connection:
                        loaded = documentrecords.load(connection, part)
                    for document, version, text_hash, _ in loaded:
                        told.append((version, text_hash))
                        yield document

            readings = ((reading, *told.popleft()) for reading in read_all(documents(), jobs, layers=True, own=layer))
            for items in parts(readings, _BATCH):

                def work(connection: Connection, items: list[tuple[Reading, int, str]] = items) -> list[Reread]:
                    return rereading.store_rereadings(connection, items, reader=reader, who=who or somebody(), why=why)

                yield from self._write(work, {item[0].document.id for item in items})

    def reader(self) -> str:
        """The reader of today: program, data, and the layers of places that it is given here."""
        with self.snapshot() as connection:
            return self._reader(pins.pins(connection))

    def _reader(self, standing: list[Pin]) -> str:
        layers = [f"pins {digest([p.to_dict() for p in standing])}"] if standing else []
        layers += [f"{info.name} {info.places} {info.path.stat().st_size}" for info in LayerFolder().infos()]
        return reader_name(layers)

    def note_failures(self, failed: Iterable[Failed], read: Collection[str], *, who: str = "", why: str = "") -> None:
        """Keep what could not be taken in; see :func:`marsad.register.failures.note`."""
        told = list(failed)
        with self.snapshot() as connection:
            if not told and not any(f.source in read for f in failures.failures(connection)):
                return
        self._database.write(lambda c: failures.note(c, told, read, who or somebody(), why))

    def _write(self, work: Callable[[Connection], _T], touched: set[str], claims: Collection[str] = ()) -> _T:
        """Do work in one transaction, and bring what it touches up to date: documents in queues and index, and the rows of the incidents that
        these or, where ``claims`` are given, only those tell of."""

        def both(connection: Connection) -> tuple[_T, indexing.Learnt]:
            result = work(connection)
            near = faces.touched(connection, claims=claims, documents=() if claims else touched)
            faces.refresh(connection, near)
            queues.refresh(connection, touched)
            return result, self._indexer.refresh(connection, touched)

        result, learnt = self._database.write(both)
        self._indexer.remember(learnt)
        return result

    def reindex(self) -> int:
        """Make the index for searching anew from what is stored; returns how many documents it holds."""
        count, learnt = self._database.write(self._indexer.rebuild)
        self._indexer.remember(learnt)
        return count

    # People

    def dismiss(self, numbers: Sequence[int], who: str, why: str) -> list[Failure]:
        """Dismiss failures; see :func:`marsad.register.failures.dismiss`."""
        return self._database.write(lambda c: failures.dismiss(c, numbers, who, why))

    def decide(
        self, claim_id: str, verdict: str, value: dict[str, Any] | None, who: str, why: str, *, seen: int | None = None
    ) -> int:
        """Decide on a claim; see :func:`marsad.register.decisions.decide`."""
        document = claim_id.partition(".")[0]
        return self._write(lambda c: decisions.decide(c, claim_id, verdict, value, who, why, seen=seen), {document}, {claim_id})

    def decide_all(
        self, claims: Sequence[str], verdict: str, value: dict[str, Any] | None, who: str, why: str, *, seen: int | None = None
    ) -> list[tuple[int, bool]]:
        """Decide on claims, on all or none; see :func:`marsad.register.decisions.decide_all`."""
        touched = {claim.partition(".")[0] for claim in claims}
        return self._write(lambda c: decisions.decide_all(c, claims, verdict, value, who, why, seen=seen), touched, claims)

    def undo(self, decision_id: int, who: str, why: str) -> int:
        """Take back a decision; see :func:`marsad.register.decisions.undo`."""
        return self.undo_all([decision_id], who, why)[0]

    def undo_all(self, decision_ids: Sequence[int], who: str, why: str) -> list[int]:
        """Take back decisions, all or none."""

        def work(connection: Connection) -> list[int]:
            touched.update(decisions.documents_of(connection, decision_ids))
            return [decisions.undo(connection, number, who, why) for number in decision_ids]

        touched: set[str] = set()
        return self._write(work, touched)

    def sign(self, incident: str, grade: str, who: str, why: str, *, seen: str) -> int:
        """Sign a grade for an incident as it is seen; see :func:`marsad.register.signing.sign`."""
        return self._database.write(lambda c: signing.sign(c, incident, grade, who, why, seen=seen))

    def unsign(self, number: int, who: str, why: str) -> str:
        """Take back a signature; see :func:`marsad.register.signing.undo`."""
        return self._database.write(lambda c: signing.undo(c, number, who, why))

    def pin(self, names: Sequence[str], who: str, why: str, **place: Any) -> Pin:
        """Pin a place; see :func:`marsad.register.pins.pin`."""
        return self._database.write(lambda c: pins.pin(c, names, who, why, **place))

    def unpin(self, place: str, who: str, why: str) -> None:
        """Take a pin away; see :func:`marsad.register.pins.unpin`."""
        self._database.write(lambda c: pins.unpin(c, place, who, why))

    def apply(self, work: Callable[[Connection], _T], touched: Iterable[str] = ()) -> _T:
        """Do work in one transaction under the writers' lock, for functions that write and log themselves.

        ``touched`` are the documents whose claims or signatures it changes (``additions``, ``signatures``); ``incidents`` change none.
        """
        documents = set(touched)
        return self._write(work, documents) if documents else self._database.write(work)

    def exported(self, what: str, detail: dict[str, Any], who: str, why: str) -> None:
        """Log that something was given out.

        Args:
            what: the kind of export.
            detail: what was in it: the choice, how many, the hash of the file.
            who, why: for the log.
        """
        self._database.write(lambda c: audit.append(c, [Event("export", what, detail)], who, why))

    def regroup(self, who: str = "", why: str = "", tell: Callable[[str, int], None] | None = None) -> int:
        """Find the copies of all documents anew; see :func:`marsad.register.copies.rebuild`."""

        def work(connection: Connection) -> int:
            number = copies.rebuild(connection, tell)
            faces.rebuild(connection, tell)
            audit.append(connection, [Event("regroup", "", {"documents": number})], who or somebody(), why)
            return number

        return self._database.write(work)

    # Looking

    def verify(self, head: str = "", tell: Callable[[str, int], None] | None = None) -> Verified:
        """Check all that is stored; see :func:`marsad.register.verification.verify`."""
        with self.snapshot() as connection:
            return verification.verify(connection, self.blobs, head, tell)

    def log(self, **narrow: Any) -> list[Entry]:
        """Entries of the log, the latest first; see :func:`marsad.register.audit.entries`."""
        with self.snapshot() as connection:
            return audit.entries(connection, **narrow)

    def raw(self, sha256: str) -> bytes:
        """The bytes of a capture as they were collected, checked against their hash."""
        with self.snapshot() as connection:
            return self.blobs.load(connection, sha256)

    def status(self) -> dict[str, Any]:
        """What is in the register and what is to be done; see :func:`marsad.register.overview.overview`."""
        with self.snapshot() as connection:
            reader = self._reader(pins.pins(connection))
            return {"register": self.where.name, "schema": schema.REVISION, "reader": reader} | overview(connection, reader)
