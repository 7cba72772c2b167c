"""Places learned from a project's own sheet of incidents: each name with where its incidents were put."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from marsad.errors import InputError
from marsad.gazetteer.entry import kilometres
from marsad.gazetteer.gazetteer import Gazetteer
from marsad.gazetteer.names import is_arabic, plain_latin
from marsad.gazetteer.records import Record
from marsad.gazetteer.tables import read
from marsad.text.fold import fold

__all__ = ["learn"]

_NEAR, _APART = 20.0, 60.0


def learn(path: Path, gazetteer: Gazetteer, country: str = "") -> Iterator[Record]:
    """Places of an incident sheet that the gazetteer does not know where the sheet has them.

    Rows of one name are one place if they lie within 60 km of their median; a name that stands for several far places
    is left out, since the sheet cannot tell which one a later report means.

    Args:
        path: a table with columns of names and of coordinates, one row per incident.
        gazetteer: what is known already.
        country: code for rows that do not tell theirs.

    Raises:
        InputError: as ``tables.read``.
    """
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in read(path, country):
        if record.latitude is None or record.longitude is None or not record.names:
            continue
        groups.setdefault((record.country, _plain(record.names[0])), []).append(record)
    if not groups:
        raise InputError(f"{path}: no row with a place name and coordinates")
    for (code, plain), records in sorted(groups.items()):
        latitude = median(r.latitude for r in records if r.latitude is not None)
        longitude = median(r.longitude for r in records if r.longitude is not None)
        if any(kilometres(r.latitude or 0, r.longitude or 0, latitude, longitude) > _APART for r in records):
            continue
        first = records[0]
        known = [e for e, likeness in gazetteer.search(first.names[0], 20) if likeness == 1.0 and e.latitude is not None]
        if any(kilometres(e.latitude or 0, e.longitude or 0, latitude, longitude) <= _NEAR for e in known):
            continue
        names = tuple(dict.fromkeys(n for r in records for n in r.names))
        yield Record(
            first.file, first.line, f"own:{code.lower() or 'xx'}-{plain.replace(' ', '-')}", names, first.kind, code, "",
            round(latitude, 5), round(longitude, 5), max(r.population for r in records),
        )  # fmt: skip


def _plain(name: str) -> str:
    return fold(name) if is_arabic(name) else plain_latin(name)
