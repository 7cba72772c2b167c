"""Rows of a gazetteer file on their way into a layer, and the checks that every row passes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from marsad.errors import InputError
from marsad.gazetteer.entry import Entry
from marsad.gazetteer.names import is_arabic, plain_latin
from marsad.lexicon.reasons import escaped, refusal
from marsad.text.fold import fold

__all__ = ["Extent", "Record", "RecordError", "check", "entry_of", "number", "undecodable"]

KINDS = (
    "country",
    "governorate",
    "area",
    "district",
    "subdistrict",
    "city",
    "town",
    "village",
    "neighbourhood",
    "site",
)
_MARGIN = 0.5  # degrees that a place may lie outside the extent of its country's known places
_LONGEST_NAME = 200
# South, north, west and east edge in degrees.
Extent = tuple[float, float, float, float]


def undecodable(path: Path) -> int:
    """Number of the first line of a file that is not UTF-8; the last line if all are."""
    number = 1
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                break
    return number


class RecordError(InputError):
    """A place is not sound; ``why`` is the reason without the file and the line.

    Args:
        where: file and line.
        why: the reason.
    """

    def __init__(self, where: str, why: str) -> None:
        super().__init__(refusal("record.at", where=where, why=why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Record:
    """One place as a file gives it.

    Attributes:
        file, line: where it stands; line 0 if the format has no lines.
        id: with its source, for example ``geonames:173480`` or ``pcode:SY0901``.
        names: all names in any script, the usual one first.
        kind: class of the claims vocabulary.
        country: ISO 3166-1 alpha-2 code or the empty string.
        parent: id of the containing unit or the empty string.
        latitude, longitude: degrees or None.
        population: inhabitants, 0 if unknown.
        radius: kilometres, 0 for a point.
    """

    file: str
    line: int
    id: str
    names: tuple[str, ...]
    kind: str
    country: str = ""
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    radius: int = 0

    def fail(self, key: str, /, **values: object) -> RecordError:
        """An error that names the file and line of this record; its key among the reasons of records, and what is filled in."""
        return RecordError(f"{self.file}:{self.line}", refusal(f"record.{key}", **values))


def number(text: str, file: str, line: int, column: str) -> float | None:
    """A decimal number of a cell, None if the cell is empty.

    Raises:
        InputError: the cell holds something else; the message names file, line and column.
    """
    cleaned = fold(text.strip()).replace("٫", ".").replace(",", ".")
    if not cleaned:
        return None
    try:
        value = float(cleaned)
    except ValueError:
        raise InputError(f"{file}:{line}: column {column} holds {text!r}, a number is expected") from None
    if not math.isfinite(value):
        raise InputError(f"{file}:{line}: column {column} holds {text!r}, a number is expected")
    return value


def check(records: Iterable[Record], extents: dict[str, Extent]) -> Iterator[Record]:
    """Pass on the records that are sound; stop at the first that is not.

    Args:
        records: as read.
        extents: country code to the extent of its places, to find swapped coordinates.

    Raises:
        InputError: an id that stands twice, no name, coordinates out of range or swapped, an unknown class.
    """
    seen: dict[str, int] = {}
    for record in records:
        if not record.names or not any(n.strip() for n in record.names):
            raise record.fail("nameless")
        if record.id in seen:
            raise record.fail("twice", id=record.id, line=seen[record.id])
        seen[record.id] = record.line
        if any(not n.isprintable() for n in record.names):
            raise record.fail("control")
        if any(len(n) > _LONGEST_NAME for n in record.names):
            raise record.fail("long", most=_LONGEST_NAME)
        if record.kind not in KINDS:
            raise record.fail("kind", kind=escaped(record.kind), kinds=KINDS)
        _check_point(record, extents)
        yield record


def _check_point(record: Record, extents: dict[str, Extent]) -> None:
    latitude, longitude = record.latitude, record.longitude
    if (latitude is None) != (longitude is None):
        raise record.fail("half")
    if latitude is None or longitude is None:
        return
    if abs(latitude) > 90 or abs(longitude) > 180:
        swapped = abs(longitude) <= 90 and abs(latitude) <= 180
        raise record.fail("range.swapped" if swapped else "range", latitude=latitude, longitude=longitude)
    extent = extents.get(record.country)
    if extent is None:
        return
    if not _inside(latitude, longitude, extent, _MARGIN) and _inside(longitude, latitude, extent, 0.0):
        raise record.fail("swapped", latitude=latitude, longitude=longitude, country=record.country)


def _inside(latitude: float, longitude: float, extent: Extent, margin: float) -> bool:
    south, north, west, east = extent
    return south - margin <= latitude <= north + margin and west - margin <= longitude <= east + margin


def entry_of(record: Record, layer: str) -> Entry:
    """The record as a place of a layer."""
    names = [n.strip() for n in record.names if n.strip()]
    arabic = [n for n in names if is_arabic(n)]
    latin = [n for n in names if not is_arabic(n)]
    return Entry(
        id=record.id,
        name=arabic[0] if arabic else "",
        latin=latin[0] if latin else "",
        kind=record.kind,
        country=record.country,
        parent=record.parent,
        latitude=record.latitude,
        longitude=record.longitude,
        population=record.population,
        radius=record.radius,
        forms=tuple(dict.fromkeys(f for f in (" ".join(fold(n).split()) for n in arabic) if f)),
        latins=tuple(dict.fromkeys(p for p in map(plain_latin, latin) if p)),
        layer=layer,
    )
