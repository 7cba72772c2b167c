"""Location: where a register lies, from what the user says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from marsad.register.errors import RegisterError

__all__ = ["VARIABLE", "Location", "location"]

VARIABLE = "MARSAD_REGISTER"
_FILE = "marsad.db"
_BLOBS = "marsad-blobs"


@dataclass(frozen=True, slots=True)
class Location:
    """A register's place.

    Attributes:
        url: of the database, for SQLAlchemy.
        name: to show; never holds a password.
        file: the database's file, or None on a server.
    """

    url: URL
    name: str
    file: Path | None = None

    @property
    def blobs(self) -> Path | None:
        """The folder of the bytes as collected, beside the file; None on a server, where they lie in a table."""
        return None if self.file is None else self.file.with_name(_BLOBS)


def location(told: str = "") -> Location:
    """The place that is meant.

    Args:
        told: a folder, a file, or the address of a PostgreSQL database (``postgresql://USER@HOST/DATABASE``). Empty: what
            ``MARSAD_REGISTER`` says, else the working folder.

    Raises:
        RegisterError: an address of another kind.
    """
    told = told or os.environ.get(VARIABLE, "") or "."
    if "://" in told:
        return _server(told)
    path = Path(told)
    file = path if path.suffix in (".db", ".sqlite") and not path.is_dir() else path / _FILE
    return Location(URL.create("sqlite+pysqlite", database=str(file.absolute())), str(file), file.absolute())


def _server(told: str) -> Location:
    try:
        url = make_url(told)
    except (ArgumentError, ValueError) as error:
        raise RegisterError(f"{told.split('@')[-1]}: is no address; write postgresql://USER@HOST/DATABASE") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise RegisterError(
            f"{url.drivername}: this kind of database is not known; use a file or postgresql://USER@HOST/DATABASE"
        )
    if not url.database:
        raise RegisterError("the address names no database; write postgresql://USER@HOST/DATABASE")
    name = f"postgresql://{url.host or 'localhost'}{f':{url.port}' if url.port else ''}/{url.database}"
    return Location(url.set(drivername="postgresql+pg8000"), name)
