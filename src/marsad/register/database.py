"""Database: connections, and transactions that either happen wholly or not at all.

Readers see one state of the register from begin to end. Writers take turns: each takes the one lock of all writers before it
looks at anything, so what it finds is still so when it writes, and no two of them can wait for each other. On SQLite that lock
is the database's own (``begin immediate``), on PostgreSQL an advisory lock that ends with the transaction.
"""

from __future__ import annotations

import os
import random
import struct
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, exc, text

from marsad.register.errors import BusyError, explain
from marsad.register.location import Location

__all__ = ["PATIENCE", "Database"]

PATIENCE = 30.0
# The writers' lock on a server: any number, the same for all programs that write to the register.
_LOCK = 0x4D617273
_T = TypeVar("_T")

_engines: weakref.WeakSet[Engine] = weakref.WeakSet()
_left: list[Any] = []


def _forget() -> None:
    # A forked process must neither use nor close the connections of its parent: closing would end the parent's.
    for engine in list(_engines):
        _left.append(engine.pool)
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


class Database:
    """The database of a register. May be shared by threads.

    Args:
        where: its place.
        patience: seconds to wait for other writers.
    """

    def __init__(self, where: Location, patience: float = PATIENCE) -> None:
        self.where = where
        self.patience = patience
        self.is_sqlite = where.file is not None
        if self.is_sqlite:
            self._engine = create_engine(where.url, connect_args={"timeout": patience, "check_same_thread": False})
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        else:
            self._engine = create_engine(
                where.url, connect_args={"tcp_keepalive": True, "application_name": "marsad"}, pool_pre_ping=True
            )
        _engines.add(self._engine)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state and writes nothing.

        Raises:
            RegisterError: the database cannot be reached or is damaged.
        """
        with self.begin_read() as connection:
            yield connection

    @contextmanager
    def begin_read(self, *, readonly: bool = True) -> Iterator[Connection]:
        """As :meth:`read`; where it is not ``readonly``, tables and views of the connection itself may be made in it."""
        with self._told(), self._engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=readonly)
            with connection.begin():
                yield connection

    def write(self, work: Callable[[Connection], _T]) -> _T:
        """Do work in one transaction under the writers' lock.

        Args:
            work: gets the connection; may be called again when the transaction failed for a reason that passes, so it must
                change nothing but the database.

        Returns:
            What the work returns; by then all of it is on disk.

        Raises:
            BusyError: other writers held the register for too long.
            RegisterError: full disk, lost connection and the like; nothing of the work was kept.
        """
        end = time.monotonic() + self.patience
        while True:
            try:
                with self._told():
                    return self._once(work)
            except BusyError:
                if time.monotonic() > end:
                    raise
            time.sleep(random.uniform(0.01, 0.1))

    def _once(self, work: Callable[[Connection], _T]) -> _T:
        with self._engine.connect() as connection:
            if self.is_sqlite:
                connection = connection.execution_options(marsad_writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"set local lock_timeout = {int(self.patience * 1000)}"))
                    connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
                return work(connection)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell errors of the database in our words."""
        try:
            yield
        except exc.SQLAlchemyError as error:
            raise explain(error, self.where.name) from error
        except (ConnectionError, TimeoutError, struct.error, self._engine.dialect.loaded_dbapi.Error) as error:
            # Some errors of the network come through as they are: from the driver, and when a connection is given back.
            if self.is_sqlite:
                raise
            raise explain(exc.InterfaceError("", None, error), self.where.name) from error

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _prepare_sqlite(connection: Any, record: Any) -> None:
    # The driver must begin no transaction by itself; ``_begin_sqlite`` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "recursive_triggers = on"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("marsad_writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")
