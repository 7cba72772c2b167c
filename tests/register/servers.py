"""A PostgreSQL server of our own for tests, in a folder that is thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import create_engine, text

__all__ = ["Server", "missing", "server"]

_ACCOUNTS = ("postgres", "nobody")


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]), reverse=True)
    if found:
        return found[0].parent
    there = shutil.which("initdb")
    return None if there is None else Path(there).resolve().parent


def missing() -> str:
    """Why there can be no server here, or the empty string."""
    if _programs() is None:
        return "PostgreSQL is not installed (Debian's package postgresql)"
    if os.name != "posix":
        return "the server of the tests needs a POSIX system"
    return ""


class Server:
    """A server that runs; databases are made on demand."""

    def __init__(self, folder: Path, port: int, prefix: list[str], *, forced: bool = False) -> None:
        self.folder = folder
        self.port = port
        self._prefix = prefix
        self._forced = forced
        self._made = 0

    def command(self, name: str, *arguments: str) -> None:
        programs = _programs()
        assert programs is not None
        subprocess.run([*self._prefix, str(programs / name), *arguments], check=True, capture_output=True, cwd=self.folder)

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        """Run a statement as the owner of the server, outside of any transaction."""
        engine = create_engine(f"postgresql+pg8000://marsad@127.0.0.1:{self.port}/postgres", isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                result = connection.execute(text(statement))
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            engine.dispose()

    def database(self) -> str:
        """The address of a new, empty database."""
        self._made += 1
        name = f"test_{os.getpid()}_{self._made}"
        self.sql(f"create database {name}")
        return f"postgresql://marsad@127.0.0.1:{self.port}/{name}"

    def fill(self, address: str, made: str) -> None:
        """Put a copy of another database, which nobody uses at the moment, in the place of an empty one."""
        name, template = (told.rpartition("/")[2] for told in (address, made))
        self.sql(f"drop database {name}")
        self.sql(f"create database {name} template {template}")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c max_connections=60 -c shared_buffers=16MB"
        if not self._forced:
            options += " -c fsync=off -c full_page_writes=off"
        self.command("pg_ctl", "-D", "data", "-w", "-l", "server.log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        self.command("pg_ctl", "-D", "data", "-w", "-m", mode, "stop")


@contextmanager
def server(*, forced: bool = False) -> Iterator[Server]:
    """Start a server; it ends, and its folder goes, with the block.

    Args:
        forced: Whether each write is forced to the disk, as by servers that keep something; others are spared the wait for it.
    """
    folder = Path(mkdtemp(prefix="marsad-pg-"))
    prefix: list[str] = []
    if os.geteuid() == 0:
        # The server refuses to run as root.
        names = {entry.pw_name for entry in pwd.getpwall()}
        account = next(a for a in _ACCOUNTS if a in names)
        prefix = ["setpriv", f"--reuid={account}", f"--regid={pwd.getpwnam(account).pw_gid}", "--clear-groups"]
        os.chown(folder, pwd.getpwnam(account).pw_uid, pwd.getpwnam(account).pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Server(folder, port, prefix, forced=forced)
    try:
        made.command("initdb", "-D", "data", "-U", "marsad", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        made.start()
        try:
            yield made
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
