"""Make many reports of few by copying their rows in a register: other days, places, numbers and further sentences; always the same.

What is copied is text, version, capture, reading and claims; the index is then written as for any report. Copies have neither
sketches nor entries in the log, so such a register is good for measuring searches and for nothing else.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
import time
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Table, select

from marsad.register import schema
from marsad.register.rows import highest, insert
from marsad.register.store import Register

_BATCH, _FURTHER = 500, 6
_SENTENCE = re.compile(r"(?<=[.\n])\s*")


def multiply(register: Register, count: int) -> tuple[float, int]:
    """Copy the rows of a register until it holds a number of reports; seconds of processor that the index took, and how many came."""
    with register.snapshot() as connection:
        base = [_report(connection, row) for row in connection.execute(select(schema.document).order_by(schema.document.c.id))]
    places = [body["place"] for report in base for body, _, _ in report["claims"] if body["place"]["gazetteer"]]
    chance = random.Random(7)
    spent, there = 0.0, len(base)
    for number in range(there, count, _BATCH):
        made = [_copy(base[n % there], n, chance, base, places) for n in range(number, min(count, number + _BATCH))]

        def work(connection: Connection, made: list[dict[str, Any]] = made) -> tuple[float, Any]:
            _store(connection, made)
            begun = time.process_time()
            learnt = register._indexer.refresh(connection, [m["id"] for m in made])
            return time.process_time() - begun, learnt

        seconds, learnt = register._database.write(work)
        register._indexer.remember(learnt)
        spent += seconds
        print(f"\r{number + len(made):,}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return spent, max(0, count - there)


def _rows(connection: Connection, table: Table, **same: Any) -> list[dict[str, Any]]:
    wanted = select(table)
    for column, value in same.items():
        wanted = wanted.where(table.c[column] == value)
    return [dict(row) for row in connection.execute(wanted).mappings()]


def _report(connection: Connection, row: Any) -> dict[str, Any]:
    """All rows of a document that are copied; of its claims body, claim and proposal."""
    version = _rows(connection, schema.version, document_id=row.id, number=row.current_version)[0]
    readings = [] if row.current_reading is None else _rows(connection, schema.reading, id=row.current_reading)
    claims = {c["id"]: c for c in _rows(connection, schema.claim, document_id=row.id)}
    proposals = sorted(_rows(connection, schema.proposal, reading_id=row.current_reading), key=lambda p: p["position"])
    return {
        "version": version, "body": _rows(connection, schema.text_body, sha256=version["text_sha256"])[0]["body"],
        "capture": _rows(connection, schema.capture, document_id=row.id)[0], "reading": readings[0] if readings else None,
        "claims": [(json.loads(p["body"]), claims[p["claim_id"]], p) for p in proposals],
    }  # fmt: skip


def _copy(
    report: dict[str, Any], number: int, chance: random.Random, base: list[dict[str, Any]], places: list[dict[str, Any]]
) -> dict[str, Any]:
    """A report under another day, its claims at other places, sentences of another one behind its own."""
    shift = timedelta(days=chance.randrange(-900, 900))
    further = " ".join(_SENTENCE.split(chance.choice(base)["body"])[:_FURTHER])
    identifier = f"{number:016x}"
    claims = []
    for old, claim, proposal in report["claims"]:
        days, place = old["date"], old["place"]
        # A third stays where it is, so that places have claims that tell of them in the text too.
        if places and chance.random() < 0.67:
            place = {**chance.choice(places), "evidence": place["evidence"]}
        days = {**days, "start": _later(days["start"], shift), "end": _later(days["end"], shift)}
        name = f"{identifier}.{claim['number']}"
        body = {**old, "id": name, "document": identifier, "date": days, "place": place}
        claims.append((name, claim, proposal, body))
    published = _later(report["version"]["published"], shift)
    return {
        "id": identifier,
        "of": report,
        "published": published,
        "body": f"{report['body']}\n{number}. {further}",
        "claims": claims,
    }


def _later(day: str | None, shift: timedelta) -> str | None:
    return None if day is None else (date.fromisoformat(day) + shift).isoformat()


def _store(connection: Connection, made: list[dict[str, Any]]) -> None:
    """Write the rows of copies."""
    reading, capture = highest(connection, schema.reading.c.id), highest(connection, schema.capture.c.id)
    rows: dict[Table, list[dict[str, Any]]] = {}
    for step, copy in enumerate(made, 1):
        of, identifier = copy["of"], copy["id"]
        address = f"https://example.org/{identifier}"
        seal = hashlib.sha256(copy["body"].encode()).hexdigest()
        told: list[tuple[Table, dict[str, Any]]] = [
            (schema.text_body, {"sha256": seal, "length": len(copy["body"]), "body": copy["body"]}),
            (schema.document, {
                "id": identifier, "identity": address, "current_version": 1, "current_reading": reading + step if of["reading"] else None,
            }),
            (schema.version, of["version"] | {
                "document_id": identifier, "number": 1, "text_sha256": seal, "published": copy["published"],
            }),
            (schema.capture, of["capture"] | {"id": capture + step, "document_id": identifier, "version": 1, "address": address}),
        ]  # fmt: skip
        if of["reading"]:
            told.append((schema.reading, of["reading"] | {"id": reading + step, "document_id": identifier, "version": 1}))
        for name, claim, proposal, body in copy["claims"]:
            where = {key: body["place"][key] for key in ("country", "latitude", "longitude", "gazetteer")}
            days = {"date_start": body["date"]["start"], "date_end": body["date"]["end"]}
            told.append((schema.claim, claim | {"id": name, "document_id": identifier, "first_reading": reading + step}))
            told.append((schema.proposal, proposal | where | days | {
                "claim_id": name, "reading_id": reading + step, "place": body["place"]["name"],
                "body": json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
            }))  # fmt: skip
        for table, row in told:
            rows.setdefault(table, []).append(row)
    for table in (
        schema.text_body,
        schema.document,
        schema.version,
        schema.capture,
        schema.reading,
        schema.claim,
        schema.proposal,
    ):
        insert(connection, table, rows.get(table, []))
