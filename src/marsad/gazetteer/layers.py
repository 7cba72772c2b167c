"""The user's layers: one SQLite file each in a folder, written whole or not at all, read place by place.

The folder is ``gazetteer`` under the user's data folder of Marsad, or under ``MARSAD_HOME`` if that is set. The layer
``own`` (a project's pinned and learned places) comes before all others, the others by name, the packaged one last.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from marsad.errors import InputError
from marsad.gazetteer.embedded import embedded
from marsad.gazetteer.entry import Entry
from marsad.gazetteer.gazetteer import Gazetteer
from marsad.gazetteer.names import skeleton
from marsad.gazetteer.records import Record, check, entry_of

__all__ = ["OWN", "LayerFolder", "LayerInfo", "SqliteLayer", "home", "open_gazetteer"]

OWN = "own"
_FORMAT = "1"
_SCHEMA = """
create table meta (key text primary key, value text not null) without rowid;
create table place (number integer primary key, id text not null, name text, latin text, kind text, country text, parent text,
  latitude real, longitude real, population integer, radius integer, forms text, latins text);
create table form (form text, number integer, primary key (form, number)) without rowid;
create table latin (latin text, number integer, primary key (latin, number)) without rowid;
create table skeleton (skeleton text, number integer, primary key (skeleton, number)) without rowid;
create table start (word text primary key, longest integer) without rowid;
"""
_FIELDS = "id, name, latin, kind, country, parent, latitude, longitude, population, radius, forms, latins"


def home() -> Path:
    """Marsad's folder of user data: ``MARSAD_HOME`` if set, else the platform's place for it."""
    told = os.environ.get("MARSAD_HOME")
    if told:
        return Path(told)
    import typer

    return Path(typer.get_app_dir("marsad"))


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """What a layer says of itself."""

    name: str
    places: int
    source: str
    licence: str
    path: Path


class SqliteLayer:
    """A layer in an SQLite file; only what is asked for is read. Safe for one thread; open one per process.

    Raises:
        InputError: the file is damaged or of another format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        self._longest: dict[str, int] | None = None
        try:
            self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
            self.meta: dict[str, str] = dict(self._db.execute("select key, value from meta"))
        except sqlite3.DatabaseError as error:
            raise InputError(f"{path}: the layer is damaged ({error}); remove it and add its file again") from error
        if self.meta.get("format") != _FORMAT:
            raise InputError(f"{path}: the layer has another format; remove it and add its file again")

    def __len__(self) -> int:
        return int(self.meta["places"])

    def _where(self, sql: str, *values: object) -> tuple[Entry, ...]:
        rows = self._db.execute(sql, values).fetchall()
        return tuple(
            Entry(
                r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9],
                tuple(r[10].split("|")) if r[10] else (), tuple(r[11].split("|")) if r[11] else (), self.name,
            )
            for r in rows
        )  # fmt: skip

    def _by(self, table: str, value: str) -> tuple[Entry, ...]:
        return self._where(
            f"select {_FIELDS} from place where number in (select number from {table} where {table} = ?) order by number", value
        )

    def named(self, form: str) -> tuple[Entry, ...]:
        return self._by("form", form)

    def latin(self, plain: str) -> tuple[Entry, ...]:
        return self._by("latin", plain)

    def skeleton(self, skeleton_: str) -> tuple[Entry, ...]:
        return self._by("skeleton", skeleton_)

    def longest(self, word: str) -> int:
        # Every word of a text is asked for: one read of all first words costs less than a query for each.
        if self._longest is None:
            self._longest = dict(self._db.execute("select word, longest from start"))
        return self._longest.get(word, 0)

    def seconds(self, word: str) -> frozenset[str]:
        # All names between "word " and the character after the space.
        rows = self._db.execute("select form from form where form >= ? and form < ?", (word + " ", word + "!"))
        return frozenset(form.split(" ", 2)[1] for (form,) in rows)

    def get(self, identifier: str) -> Entry | None:
        return next(iter(self._where(f"select {_FIELDS} from place where id = ?", identifier)), None)

    def countries(self) -> tuple[Entry, ...]:
        return self._where(f"select {_FIELDS} from place where kind = 'country' order by number")

    def entries(self) -> tuple[Entry, ...]:
        """All places of the layer."""
        return self._where(f"select {_FIELDS} from place order by number")

    def close(self) -> None:
        """Close the file."""
        self._db.close()


class LayerFolder:
    """The folder of layers.

    Args:
        folder: the folder itself; ``home() / "gazetteer"`` by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home() / "gazetteer"

    def paths(self) -> list[Path]:
        """Files of the layers, the strongest first."""
        found = sorted(self.folder.glob("*.sqlite")) if self.folder.is_dir() else []
        return sorted(found, key=lambda p: (p.stem != OWN, p.stem))

    def layers(self) -> list[SqliteLayer]:
        """The layers, opened, the strongest first."""
        return [SqliteLayer(path) for path in self.paths()]

    def infos(self) -> list[LayerInfo]:
        """What there is."""
        found = []
        for layer in self.layers():
            found.append(LayerInfo(layer.name, len(layer), layer.meta["source"], layer.meta["licence"], layer.path))
            layer.close()
        return found

    def add(self, name: str, records: Iterable[Record], source: str, licence: str, *, replace: bool = False) -> LayerInfo:
        """Write a layer from records, wholly or not at all.

        Args:
            name: letters, digits, hyphen and underscore.
            records: as a reader gives them; they are checked while they are written.
            source, licence: kept with the layer and shown with its places.
            replace: whether a layer of this name may be replaced.

        Raises:
            InputError: a bad name, a layer that is there already, or a record that is not sound.
        """
        if not re.fullmatch(r"[\w-]{1,64}", name) or name == "marsad":
            raise InputError(f"{name!r} is no name for a layer: use letters, digits, - and _, and not 'marsad'")
        path = self.folder / f"{name}.sqlite"
        if path.exists() and not replace:
            raise InputError(f"there is a layer {name} already; remove it first or say --replace")
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".{name}.{os.getpid()}.part"
        draft.unlink(missing_ok=True)
        try:
            places = _write(draft, name, check(records, embedded().extents()), source, licence)
            if not places:
                raise InputError("no place in the input; nothing was added")
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        return LayerInfo(name, places, source, licence, path)

    def remove(self, name: str) -> None:
        """Delete a layer.

        Raises:
            InputError: there is none of this name.
        """
        path = self.folder / f"{name}.sqlite"
        if not path.exists():
            names = ", ".join(p.stem for p in self.paths()) or "none"
            raise InputError(f"there is no layer {name}; layers: {names}")
        path.unlink()


def open_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The packaged gazetteer under the user's layers."""
    return Gazetteer((*LayerFolder(folder).layers(), embedded()))


def _write(path: Path, name: str, records: Iterator[Record], source: str, licence: str) -> int:
    database = sqlite3.connect(path)
    longest: dict[str, int] = {}
    count = 0
    known = embedded()
    countries = {e.country: e.id for e in known.countries()}
    try:
        database.executescript("pragma journal_mode = off; pragma synchronous = off;" + _SCHEMA)
        for count, record in enumerate(records, start=1):
            entry = entry_of(record, name)
            parent = entry.parent or (countries.get(entry.country, "") if entry.kind != "country" else "")
            database.execute(
                f"insert into place (number, {_FIELDS}) values ({', '.join('?' * 13)})",
                (
                    count, entry.id, entry.name, entry.latin, entry.kind, entry.country, parent, entry.latitude, entry.longitude,
                    entry.population, entry.radius, "|".join(entry.forms), "|".join(entry.latins),
                ),
            )  # fmt: skip
            database.executemany("insert or ignore into form values (?, ?)", [(f, count) for f in entry.forms])
            database.executemany("insert or ignore into latin values (?, ?)", [(n, count) for n in entry.latins])
            keys = {k for k in map(skeleton, (*entry.forms, *entry.latins)) if k}
            database.executemany("insert or ignore into skeleton values (?, ?)", [(k, count) for k in sorted(keys)])
            for form in entry.forms:
                words = form.split(" ")
                longest[words[0]] = max(longest.get(words[0], 0), len(words))
        database.executemany("insert into start values (?, ?)", sorted(longest.items()))
        database.execute("create index place_id on place (id)")
        meta = {"format": _FORMAT, "places": str(count), "source": source, "licence": licence}
        database.executemany("insert into meta values (?, ?)", sorted(meta.items()))
        database.commit()
    finally:
        database.close()
    return count
