"""Blobs: bytes as collected, under the name of their SHA-256, written once and never changed.

Beside a database file they lie in a folder, ``ab/cd/abcd...``, each written under another name, flushed to the disk, made
read-only and only then given its name: a file with the name of a hash is whole. On a server they lie in a table.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, func, select

from marsad.lexicon.reasons import refusal
from marsad.register import schema
from marsad.register.errors import RegisterError, no_room

__all__ = ["Blobs", "FolderBlobs", "TableBlobs"]

_READ_ONLY = 0o444
_PART = ".part"
# Flushing waits for the disk, not for the processor; some at once let the disk gather the work.
_FLUSHERS = 8


class Blobs(Protocol):
    """Where bytes are kept."""

    def prepare(self, items: Mapping[str, bytes]) -> None:
        """Keep bytes by their hash before the transaction that refers to them."""

    def insert(self, connection: Connection, items: Mapping[str, bytes]) -> None:
        """Keep bytes by their hash within the transaction; rows of ``blob`` are there."""

    def load(self, connection: Connection, sha256: str) -> bytes:
        """The bytes of a hash.

        Raises:
            RegisterError: they are missing or other than they were.
        """

    def check(self, connection: Connection, sha256: str, size: int) -> str:
        """What is wrong with stored bytes, or the empty string."""

    def strays(self, connection: Connection) -> int:
        """How many files belong to no row: what an interrupted import left behind."""


class FolderBlobs:
    """Bytes in a folder.

    Args:
        folder: made on first use.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """The file of a hash."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def prepare(self, items: Mapping[str, bytes]) -> None:
        """Write what is not there yet; all of it is on the disk on return.

        Raises:
            RegisterError: no room, or no right to write; files begun are taken away.
        """
        missing = {sha256: raw for sha256, raw in items.items() if not self._is_there(sha256, len(raw))}
        if not missing:
            return
        try:
            shards = {self.path(sha256).parent for sha256 in missing}
            # The names of new folders must be on the disk too, up to the folder of the register.
            parents = {p for shard in shards for p in (shard.parent, self.folder, self.folder.parent) if not shard.exists()}
            for shard in shards:
                shard.mkdir(parents=True, exist_ok=True)
            with ThreadPoolExecutor(_FLUSHERS) as pool:
                list(pool.map(self._write, missing.items()))
                list(pool.map(_flush_folder, sorted(shards | parents)))
        except OSError as error:
            if no_room(error):
                raise RegisterError(refusal("blobs.full", folder=self.folder)) from error
            raise RegisterError(refusal("blobs.unwritten", folder=self.folder, said=error.strerror or error)) from error

    def insert(self, connection: Connection, items: Mapping[str, bytes]) -> None:
        """Nothing to do: the files are there."""

    def _is_there(self, sha256: str, size: int) -> bool:
        try:
            return self.path(sha256).stat().st_size == size
        except OSError:
            return False

    def _write(self, item: tuple[str, bytes]) -> None:
        sha256, raw = item
        target = self.path(sha256)
        part = target.with_name(f".{sha256}.{os.urandom(4).hex()}{_PART}")
        try:
            with part.open("xb") as stream:
                stream.write(raw)
                stream.flush()
                os.fchmod(stream.fileno(), _READ_ONLY)
                os.fsync(stream.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def load(self, connection: Connection, sha256: str) -> bytes:
        try:
            raw = self.path(sha256).read_bytes()
        except OSError as error:
            raise RegisterError(refusal("blobs.unread", path=self.path(sha256), said=error.strerror)) from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise RegisterError(refusal("blobs.other", path=self.path(sha256)))
        return raw

    def check(self, connection: Connection, sha256: str, size: int) -> str:
        path = self.path(sha256)
        try:
            there = path.stat().st_size
            if there != size:
                return f"has {there:,} bytes; {size:,} were stored"
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            return "is missing"
        except OSError as error:
            return f"cannot be read ({error.strerror})"
        return "" if found == sha256 else "is other than it was when it was stored"

    def strays(self, connection: Connection) -> int:
        known = set(connection.scalars(select(schema.blob.c.sha256)))
        return sum(1 for name in self._names() if name not in known)

    def _names(self) -> Iterator[str]:
        for _, _, files in os.walk(self.folder):
            yield from files


class TableBlobs:
    """Bytes in the table ``blob_data``."""

    def prepare(self, items: Mapping[str, bytes]) -> None:
        """Nothing to do: the bytes are stored with the rows that refer to them."""

    def insert(self, connection: Connection, items: Mapping[str, bytes]) -> None:
        if items:
            connection.execute(schema.blob_data.insert(), [{"sha256": s, "data": raw} for s, raw in items.items()])

    def load(self, connection: Connection, sha256: str) -> bytes:
        raw = self._data(connection, sha256)
        if raw is None or hashlib.sha256(raw).hexdigest() != sha256:
            raise RegisterError(refusal("blobs.gone", blob=sha256))
        return raw

    def check(self, connection: Connection, sha256: str, size: int) -> str:
        raw = self._data(connection, sha256)
        if raw is None:
            return "is missing"
        if len(raw) != size:
            return f"has {len(raw):,} bytes; {size:,} were stored"
        return "" if hashlib.sha256(raw).hexdigest() == sha256 else "is other than it was when it was stored"

    def strays(self, connection: Connection) -> int:
        return int(connection.scalar(select(func.count()).select_from(schema.blob_data)) or 0) - int(
            connection.scalar(select(func.count()).select_from(schema.blob)) or 0
        )

    def _data(self, connection: Connection, sha256: str) -> bytes | None:
        found = connection.scalar(select(schema.blob_data.c.data).where(schema.blob_data.c.sha256 == sha256))
        return None if found is None else bytes(found)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
