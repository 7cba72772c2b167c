"""Pins: places that people put on the map; together they are the register's layer of the gazetteer, which comes before all others.

A pin is a row that is never changed. Pinning the same place again puts the new pin in place of the old one; removing one is a
row too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.gazetteer.embedded import embedded
from marsad.gazetteer.layers import OWN, LayerFolder
from marsad.gazetteer.records import Record, RecordError, check
from marsad.lexicon.reasons import escaped, refusal
from marsad.register import schema
from marsad.register.audit import Event, append
from marsad.register.canonical import canonical, now, row_digest
from marsad.register.rows import highest

__all__ = ["Pin", "layer", "pin", "pins", "records", "unpin"]


@dataclass(frozen=True, slots=True)
class Pin:
    """A place as pinned.

    Attributes:
        id: number of the pin in the register.
        place: id of the place: that of a place of another layer to correct it, or ``own:...``.
        names: all names in any script, the usual one first.
        kind: class of the claims vocabulary.
        country: ISO 3166-1 alpha-2 code or the empty string.
        parent: id of the containing unit or the empty string.
        latitude, longitude: degrees (WGS 84), or None.
        who, why, at: who pinned it, the reason, and when (ISO 8601 in UTC).
    """

    id: int
    place: str
    names: tuple[str, ...]
    kind: str
    country: str
    parent: str
    latitude: float | None
    longitude: float | None
    who: str
    why: str
    at: str

    def to_dict(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


def pin(
    connection: Connection,
    names: Sequence[str],
    who: str,
    why: str,
    *,
    kind: str,
    country: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    place: str = "",
    parent: str = "",
) -> Pin:
    """Pin a place.

    Args:
        connection: a writing transaction.
        names, kind, country, latitude, longitude, parent: as of :class:`Pin`.
        place: id of a place to correct or to pin anew; empty for a new place.
        who, why: for the log.

    Raises:
        InputError: no name, an unknown class, or coordinates that are none.
    """
    number = highest(connection, schema.pin.c.id) + 1
    place = place or f"own:{number}"
    clean = tuple(" ".join(n.split()) for n in names if n.strip())
    if not clean:
        raise InputError(refusal("pin.name"))
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):
        raise InputError(refusal("pin.country", country=escaped(country)))
    made = Pin(
        number, place, clean, kind, country, parent, None if latitude is None else float(latitude),
        None if longitude is None else float(longitude), who, why, now(),
    )  # fmt: skip
    # What a layer would refuse must be refused now.
    try:
        list(check(records([made]), embedded().extents()))
    except RecordError as error:
        raise InputError(refusal("pin.place", name=clean[0], why=error.why)) from error
    _insert(connection, made, next((p.id for p in pins(connection) if p.place == place), None), "pin")
    return made


def unpin(connection: Connection, place: str, who: str, why: str) -> None:
    """Take a pin away.

    Raises:
        InputError: the place is not pinned.
    """
    there = next((p for p in pins(connection) if p.place == place), None)
    if there is None:
        raise InputError(refusal("pin.none", place=place))
    gone = Pin(highest(connection, schema.pin.c.id) + 1, place, (), "", "", "", None, None, who, why, now())
    _insert(connection, gone, there.id, "unpin")


def pins(connection: Connection) -> list[Pin]:
    """The pins that stand, in the order of their numbers."""
    rows = connection.execute(select(schema.pin).order_by(schema.pin.c.id)).all()
    removed = {row.removes for row in rows}
    return [
        Pin(
            r.id, r.place, tuple(json.loads(r.names)), r.kind, r.country, r.parent, r.latitude, r.longitude, r.who, r.why,
            r.pinned_at,
        )
        for r in rows
        if r.id not in removed and r.kind
    ]  # fmt: skip


def records(standing: Sequence[Pin]) -> list[Record]:
    """Pins as rows of a layer of the gazetteer."""
    return [
        Record("pins", p.id, p.place, p.names, p.kind, p.country, p.parent, p.latitude, p.longitude) for p in standing
    ]  # fmt: skip


@contextmanager
def layer(standing: Sequence[Pin]) -> Iterator[Path | None]:
    """Pins as a layer of the gazetteer, in a file for as long as it is needed; None where there is no pin."""
    if not standing:
        yield None
        return
    with TemporaryDirectory(prefix="marsad-") as folder:
        yield LayerFolder(Path(folder)).add(OWN, records(standing), "pins of the register", "own work").path


def _insert(connection: Connection, made: Pin, removes: int | None, action: str) -> None:
    row = {
        "id": made.id, "removes": removes, "place": made.place, "names": canonical(list(made.names)), "kind": made.kind,
        "country": made.country, "parent": made.parent, "latitude": made.latitude, "longitude": made.longitude, "who": made.who,
        "why": made.why, "pinned_at": made.at,
    }  # fmt: skip
    connection.execute(schema.pin.insert(), row)
    detail = {"pin": made.id, "digest": row_digest(row)} | ({} if removes is None else {"removes": removes})
    append(connection, [Event(action, made.place, detail)], made.who, made.why)
