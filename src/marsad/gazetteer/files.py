"""Files of places: which reader reads which file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from marsad.errors import InputError
from marsad.gazetteer import geonames, tables
from marsad.gazetteer.records import Record

__all__ = ["read_places"]


def read_places(path: Path, alternates: Path | None = None, country: str = "") -> Iterator[Record]:
    """Records of a GeoNames dump, an OCHA table or a plain table.

    Args:
        path: the file.
        alternates: a file of GeoNames alternate names for a dump.
        country: code for rows that do not tell theirs.

    Raises:
        InputError: there is no such file, or it cannot be read; the message names file and line.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such file")
    if path.stat().st_size == 0:
        raise InputError(f"{path}: the file is empty")
    if path.suffix.lower() == ".zip" or (path.suffix.lower() == ".txt" and geonames.is_dump(_first_line(path))):
        # The file of all countries' names has 18 million rows; those of this dump are kept.
        names = geonames.alternate_names(alternates, geonames.identifiers(path)) if alternates else None
        return geonames.read(path, names)
    return tables.read(path, country)


def _first_line(path: Path) -> str:
    with path.open("r", encoding="utf-8-sig", errors="replace") as lines:
        return lines.readline(100_000)
