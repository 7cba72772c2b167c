"""SQLite: tables that Datasette shows well, in a file that nobody changes by a slip, and the metadata that it shows beside them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from marsad.exports.mapping import Cell, Column
from marsad.exports.writers.sheet import Row, Sheet, Writer

__all__ = ["SQLITE", "metadata"]

_TYPES = {"text": "text", "int": "integer", "float": "real", "bool": "integer", "date": "text"}
_TABLES = """
create table about (key text primary key, value text) without rowid;
create table claims (id text primary key, incident_id text not null references incidents(id), scope text, status text, event_type text,
  date_start text, date_end text, date_precision text, place text, country text, latitude real, longitude real, perpetrators text,
  targets text, published text, publisher text, language text, record text not null);
create table figures (incident_id text not null references incidents(id), kind text not null, who text not null, low integer not null,
  high integer not null, open integer not null, contested integer not null, primary key (incident_id, kind, who)) without rowid;
create table sources (incident_id text not null references incidents(id), number integer not null, name text, kind text,
  primary key (incident_id, number)) without rowid;
create table reports (incident_id text not null references incidents(id), number integer not null, published text, publisher text,
  language text, headline text, address text, primary key (incident_id, number)) without rowid;
"""
_INDEXES = """
create index incidents_date_start on incidents(date_start);
create index incidents_country on incidents(country);
create index incidents_event_type on incidents(event_type);
create index claims_incident_id on claims(incident_id);
"""
_ABOUT = {
    "incidents": "One row for each incident",
    "claims": "What single reports say of incidents; record is the whole claim as JSON",
    "figures": "People by kind of harm and whom, as ranges over what is told",
    "sources": "Who says so",
    "reports": "The reports that tell it",
    "about": "What this file is",
}


def _piece(columns: tuple[Column, ...], rows: Sequence[Row]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows by table."""
    made: dict[str, list[tuple[Any, ...]]] = {"incidents": [tuple(cells) for _, cells in rows]}
    for table, of in _PARTS.items():
        made[table] = [row for fields, _ in rows for row in of(fields)]
    return made


def _write(path: Path, sheet: Sheet) -> None:
    """Write the tables; the file may only be read."""
    path.unlink(missing_ok=True)
    columns = ", ".join(f'"{c.name}" {_TYPES[c.kind]}{" primary key" if c.name == "id" else ""}' for c in sheet.columns)
    with sqlite3.connect(path, isolation_level=None) as database:
        # The part file is put in place whole, so no journal is needed for it.
        database.execute("pragma journal_mode = off")
        database.execute("pragma synchronous = off")
        database.execute("pragma page_size = 4096")
        database.execute(f"create table incidents ({columns})")
        database.executescript(_TABLES)
        database.execute("begin")
        database.executemany("insert into about values (?, ?)", sorted((k, _text(v)) for k, v in sheet.about.items()))
        for piece in sheet.pieces:
            for table, rows in piece.items():
                if rows:
                    database.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
        database.execute("commit")
        database.executescript(_INDEXES)
        database.execute("vacuum")
    database.close()
    path.chmod(0o444)


def _claims(fields: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for claim in fields.get("claims") or ():
        yield (claim["id"], fields["id"], *_claim(claim))


def _figures(fields: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for name, f in (fields.get("figures") or {}).items():
        kind, _, who = name.partition(".")
        yield (fields["id"], kind, who, f["low"], f["high"], f["open"], f["contested"])


def _numbered(table: str, keys: tuple[str, ...]) -> Callable[[dict[str, Any]], Iterator[tuple[Any, ...]]]:
    def rows(fields: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        for number, item in enumerate(fields.get(table) or (), 1):
            yield (fields["id"], number, *(item.get(key) for key in keys))

    return rows


_PARTS: dict[str, Callable[[dict[str, Any]], Iterator[tuple[Any, ...]]]] = {
    "claims": _claims,
    "figures": _figures,
    "sources": _numbered("sources", ("name", "kind")),
    "reports": _numbered("reports", ("published", "publisher", "language", "headline", "address")),
}


def _claim(claim: dict[str, Any]) -> tuple[Cell, ...]:
    date, place = claim.get("date") or {}, claim.get("place") or {}
    parties = [_joined(p["id"] or p["name"] for p in claim.get(side) or ()) for side in ("perpetrators", "targets")]
    return (
        claim.get("scope"), claim.get("status"), claim.get("type"), date.get("start"), date.get("end"), date.get("precision"),
        place.get("name"), place.get("country"), place.get("latitude"), place.get("longitude"), *parties, claim.get("published"),
        claim.get("publisher"), claim.get("language"), json.dumps(claim, ensure_ascii=False),
    )  # fmt: skip


def _joined(values: Iterable[Any]) -> str | None:
    return "; ".join(str(v) for v in values if v) or None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def metadata(sheet: Sheet, name: str) -> str:
    """What Datasette shows of the database of a name: title, description, and what the columns hold."""
    about = sheet.about
    told = {
        "title": "Incidents of a Marsad register",
        "description": f"{about['about']}. Profile {about['profile']} {about['profile_version']}; counted by {about['policy']} "
        f"{about['policy_version']}.",
        "databases": {
            name: {
                "tables": {
                    table: {"description": text, **(_shown(sheet) if table == "incidents" else {})}
                    for table, text in _ABOUT.items()
                }
            }
        },
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _shown(sheet: Sheet) -> dict[str, Any]:
    """How the table of incidents is shown: claims and reports name an incident by its code, the latest come first."""
    return {
        "label_column": "code", "sort_desc": "date_start", "facets": ["country", "event_type", "status"],
        "columns": {c.name: c.about for c in sheet.columns},
    }  # fmt: skip


SQLITE = Writer(_piece, _write)
