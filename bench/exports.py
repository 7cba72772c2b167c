"""Measure exports: ``python bench/exports.py [--incidents N] [--register FOLDER] [--write]``.

Makes a register of synthetic incidents (``registers.py``: claims as they are told, put together by their truth, so that no linking
is needed) and exports it to every format by the commands that people use, each in a process of its own: time by the clock and of the processor,
memory, size. Beside it stands what one would write in an hour: one process that reads the claims and writes for each incident the
values of its first claim as CSV: no ranges, no counting, no origins, no profile.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from figures import README, Row, machine, show
from marsad.exports.formats import format_of, formats
from marsad.register import schema
from marsad.register.canonical import canonical
from marsad.register.rows import parts
from marsad.register.store import Register
from register import run
from registers import register

_MB = 1e6
# Promised for 100,000 incidents: seconds, and MB.
_PROMISED, _TIME, _MEMORY = 100_000, 60, 1_000
_AT = "2024-01-01T00:00:00.000000+00:00"
_PAGE = 5_000
# Claims of an incident at most, by turns: about as many as the sample reports have.
_HELD = (1, 1, 1, 1, 1, 1, 2, 2, 2, 4)


def filled(place: Path, incidents: int) -> tuple[int, int]:
    """A register with so many incidents, written past the log; returns how many incidents and claims there are."""
    made = register(incidents * 6)
    by_incident: dict[str, list[dict[str, Any]]] = {}
    for claim in made.claims:
        event = made.truth.get(claim["id"])
        if event is None or (event not in by_incident and len(by_incident) == incidents):
            continue
        held = by_incident.setdefault(event, [])
        if len(held) < _HELD[int(event.removeprefix("e")) % len(_HELD)]:
            held.append(claim)
    opened, _ = Register.create(str(place), who="bench")
    with opened:
        documents = sorted({c["document"] for held in by_incident.values() for c in held})
        numbers = {d: n for n, d in enumerate(documents, 1)}
        ids = {d: hashlib.sha256(d.encode()).hexdigest()[:16] for d in documents}
        for part in parts(documents, _PAGE):
            opened.apply(lambda c, part=part: _documents(c, part, ids, numbers, made.reports))
        given: Counter[str] = Counter()
        claims = []
        for incident, held in by_incident.items():
            for claim in held:
                given[claim["document"]] += 1
                claims.append((incident, claim, given[claim["document"]]))
        for part in parts(claims, _PAGE):
            opened.apply(lambda c, part=part: _claims(c, part, ids, numbers))
        opened.apply(lambda c: c.execute(schema.metadata.tables["setting"].insert(), [{"key": "bench", "value": "synthetic"}]))
    return len(by_incident), len(claims)


def _documents(connection: Any, part: list[str], ids: dict[str, str], numbers: dict[str, int], reports: Any) -> None:
    rows: dict[Any, list[dict[str, Any]]] = {
        t: []
        for t in (schema.blob, schema.text_body, schema.document, schema.version, schema.capture, schema.reading, schema.sketch)
    }
    for name in part:
        told, mine, key = reports[name], ids[name], hashlib.sha256(name.encode()).hexdigest()
        address = f"https://{name}.example.org/"
        rows[schema.blob].append({"sha256": key, "size": 0})
        rows[schema.text_body].append({"sha256": key, "length": 0, "body": ""})
        rows[schema.document].append({"id": mine, "identity": address, "current_version": 1, "current_reading": numbers[name]})
        rows[schema.version].append(
            {
                "document_id": mine, "number": 1, "fingerprint": key, "text_sha256": key, "title": name, "published": told.published,
                "publisher": told.publisher, "language": told.language,
            }
        )  # fmt: skip
        rows[schema.capture].append(
            {
                "id": numbers[name], "document_id": mine, "version": 1, "raw_sha256": key, "media_type": "text/html", "address": address,
                "collected": _AT, "method": "file", "collector": "bench", "settings": "{}", "extractor": "bench", "warnings": "[]",
            }
        )  # fmt: skip
        rows[schema.reading].append(
            {
                "id": numbers[name], "document_id": mine, "version": 1, "reader": "bench", "read_at": _AT, "claims": 1,
                "digest": key,
            }
        )  # fmt: skip
        rows[schema.sketch].append({"document_id": mine, "version": 1, "label": ids.get(told.group or "", mine), "hashes": "[]"})
    for where, given in rows.items():
        connection.execute(where.insert(), given)


def _claims(connection: Any, part: list[tuple[str, dict[str, Any], int]], ids: dict[str, str], numbers: dict[str, int]) -> None:
    claims, proposals, homes, incidents = [], [], [], {}
    for incident, claim, number in part:
        document, reading = ids[claim["document"]], numbers[claim["document"]]
        identifier = f"{document}.{number}"
        body = claim | {"id": identifier, "document": document}
        place, date = claim["place"], claim["date"]
        claims.append({"id": identifier, "document_id": document, "number": number, "first_reading": reading})
        proposals.append(
            {
                "reading_id": reading, "claim_id": identifier, "position": number, "type": claim["type"], "scope": claim["scope"],
                "status": claim["status"], "date_start": date["start"], "date_end": date["end"], "place": place["name"],
                "country": place["country"], "latitude": place["latitude"], "longitude": place["longitude"],
                "gazetteer": place["gazetteer"], "body": canonical(body), "why": "{}",
            }
        )  # fmt: skip
        homes.append({"claim_id": identifier, "incident_id": incident})
        incidents[incident] = {"id": incident, "code": f"XX-{incident.upper()}", "witnesses": 1, "became": None}
    there = set(connection.scalars(schema.incident.select().with_only_columns(schema.incident.c.id)))
    fresh = [row for i, row in incidents.items() if i not in there]
    for where, given in (
        (schema.incident, fresh),
        (schema.claim, claims),
        (schema.proposal, proposals),
        (schema.incident_claim, homes),
    ):
        if given:
            connection.execute(where.insert(), given)


def baseline(place: Path, out: Path) -> tuple[float, int]:
    """Seconds of the processor to write the first claim of each incident as CSV, and how many rows that is."""
    begun = time.process_time()
    seen: set[str] = set()
    with sqlite3.connect(place / "marsad.db") as database, out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        wanted = "select i.incident_id, p.body from incident_claim i join proposal p on p.claim_id = i.claim_id order by 1, 2"
        for incident, body in database.execute(wanted):
            if incident not in seen:
                seen.add(incident)
                claim = json.loads(body)
                killed = next((h["min"] for h in claim["harm"] if h["kind"] == "killed"), None)
                told = (claim["date"]["start"], claim["place"]["name"], claim["place"]["latitude"], claim["place"]["longitude"])
                writer.writerow([incident, claim["type"], *told, killed])
    database.close()
    return time.process_time() - begun, len(seen)


def measure(place: Path, folder: Path, wanted: Sequence[str]) -> Iterator[Row]:
    """The rows of the table."""
    with sqlite3.connect(place / "marsad.db") as database:
        count, claims = (database.execute(f"select count(*) from {t}").fetchone()[0] for t in ("incident", "incident_claim"))
    database.close()
    yield machine()
    yield Row("register", f"{count:,} incidents", f"{claims:,} claims, synthetic")
    fits = []
    for name in wanted:
        busy = os.getloadavg()[0]
        out = folder / f"out.{format_of(name).ending}"
        done = run("export", "--to", name, "--as-of", "2040-01-01", "--out", str(out), "--register", str(place))
        count = int(done.said.split(": ", 1)[1].split(" ")[0].replace(",", ""))
        size = out.stat().st_size / _MB
        peak = f"{done.peak:,.0f} MB at most" if done.peak is not None else "memory unknown"
        yield Row(
            name,
            f"{done.clock:.0f} s",
            f"{done.processor:.0f} s of processors, {peak}; {count:,} rows, {size:,.1f} MB; load before {busy:.1f}",
        )
        fits.append((done.clock, done.peak or 0))
        out.unlink()
    yield Row(
        "slowest, most memory",
        f"{max(t for t, _ in fits):.0f} s, {max(m for _, m in fits):,.0f} MB",
        f"{_TIME} s and {_MEMORY:,} MB are promised for {_PROMISED:,}",
    )
    seconds, rows = baseline(place, folder / "plain.csv")
    yield Row("baseline: first claim of each as CSV", f"{seconds:.0f} s", f"one processor, {rows:,} rows")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what exports cost.")
    parser.add_argument("--incidents", type=int, default=5_000, help="how many (default 5,000)")
    parser.add_argument("--register", type=Path, help="a folder in which the register is kept, and taken from if it is there")
    parser.add_argument("--formats", default="", help="only these, parted by commas")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    arguments = parser.parse_args()
    if arguments.incidents < 1:
        parser.error("--incidents must be 1 or more")
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as folder:
        place = arguments.register or Path(folder) / "register"
        if not (place / "marsad.db").is_file():
            filled(place, arguments.incidents)
        wanted = [f for f in arguments.formats.split(",") if f] or formats()
        show(measure(place, Path(folder), wanted), "exports", README if arguments.write else None)


if __name__ == "__main__":
    main()
