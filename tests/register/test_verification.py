"""Verification finds what was changed behind the register's back, and the guards forbid most of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Integer, text
from sqlalchemy.exc import DBAPIError

from marsad.register import additions, judgements, schema, signatures
from marsad.register.blobs import FolderBlobs
from marsad.register.errors import RegisterError
from marsad.register.store import Register
from tests.register.making import capture, read, report

Change = Callable[[str], None]


@pytest.fixture
def filled(register: Register) -> Register:
    """A register with something in every table."""
    for number in range(3):
        taken = capture(number, report(number))
        register.add(taken, read(taken))
    first = f"{capture(0).document_id}.1"
    register.decide(first, "accept", None, "Rana", "")
    register.pin(["أم الورود"], "Rana", "", kind="village", country="SY", latitude=35.5, longitude=36.5)
    list(register.reread(jobs=1))
    # A place that no report names: another reader, the same claims.
    register.pin(["قصر الغزلان البعيد"], "Rana", "", kind="village", country="SY", latitude=34.5, longitude=38.5)
    assert {r.change for r in register.reread(jobs=1)} == {None}
    assert register.verify().clean
    return register


@pytest.fixture
def change(filled: Register) -> Change:
    """Run a statement as one does who owns the database: without guards."""

    def run(statement: str) -> None:
        def work(connection: Connection) -> None:
            if filled.where.file is None:
                connection.execute(text("set local session_replication_role = replica"))
                connection.exec_driver_sql(statement)
                return
            guards = connection.execute(text("select name, sql from sqlite_master where type = 'trigger'")).all()
            for name, _ in guards:
                connection.execute(text(f"drop trigger {name}"))
            connection.exec_driver_sql(statement)
            for _, sql in guards:
                connection.exec_driver_sql(sql)

        filled._database.write(work)

    return run


def _added_and_signed(connection: Connection) -> None:
    document = str(connection.scalar(text("select id from document order by id limit 1")))
    words = str(connection.scalar(text("select body from text_body limit 1"))).split()[0]
    additions.add(connection, document, {"type": "attack", "trigger": [f"{words}#1"]}, "Samir", "")
    signatures.sign(connection, document, "Samir", accept=True)


@pytest.mark.parametrize("table", [*schema.APPEND_ONLY, "document"])
def test_guards_forbid_to_change_and_delete(filled: Register, table: str) -> None:
    column = "identity" if table == "document" else next(c.name for c in schema.metadata.tables[table].columns)
    row = f"(select {column} from {table} limit 1)"
    filled._database.write(
        lambda c: c.execute(text(f"insert into blob values ('{'0' * 64}', 1)")) if table == "blob_data" else None
    )
    if table == "blob_data":
        filled._database.write(lambda c: c.execute(schema.blob_data.insert(), [{"sha256": "0" * 64, "data": b"1"}]))
    if table in ("addition", "signature"):
        filled.apply(lambda c: _added_and_signed(c))
    if table == "judgement":
        filled.apply(lambda c: judgements.judge(c, "Samir", "two villages", parted=[("a.1", "b.1")]))
    if table in ("grade", "restriction", "disclosure"):
        needed = [c for c in schema.metadata.tables[table].columns if not c.nullable]
        told = {c.name: 1 if isinstance(c.type, Integer) else "x" for c in needed}
        filled._database.write(lambda c: c.execute(schema.metadata.tables[table].insert(), [told]))
    for statement in (
        f"update {table} set {column} = {column} where {column} = {row}",
        f"delete from {table} where {column} = {row}",
    ):
        with pytest.raises((RegisterError, DBAPIError), match="append-only"):
            filled._database.write(lambda c, s=statement: c.execute(text(s)))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("update log set why = 'nothing' where number = 3", "entry 3 was changed"),
        ("update log set who = 'Samir' where number = 3", "entry 3 was changed"),
        ("delete from log where number = 3", "entry 3 is missing"),
        ("delete from log where number = (select max(number) from log)", "is not in the log|differ"),
        ("update text_body set body = body || ' '", "text .* is other"),
        ("update version set title = 'x'", "version 1 .* is other"),
        ("update version set published = null", "version 1 .* is other"),
        ("update capture set collected = '2020-01-01T00:00:00+00:00' where id = 2", "capture 2 .* is other"),
        ("delete from capture where id = 3", "capture 3: is in the log but is missing"),
        ("update reading set reader = 'x' where id = 1", "reading 1 .* is other"),
        ("update proposal set body = replace(body, '\"min\":3', '\"min\":30')", "its claims are other"),
        ("update proposal set country = 'YE' where reading_id = 1", "its columns are other"),
        ("delete from proposal where reading_id = 2", "its claims are other"),
        ("update decision set verdict = 'reject'", "decision 1: is other"),
        ("delete from decision", "decision 1: is in the log but is missing"),
        ("update pin set latitude = 35.6", "pin 1: is other"),
        ("update document set current_reading = 1", "does not point to the version"),
        ("update document set identity = identity || 'x'", "its address is other"),
    ],
)
def test_what_was_changed_is_found(filled: Register, change: Change, statement: str, told: str) -> None:
    change(statement)
    found = filled.verify()
    assert not found.clean
    assert any(re.search(told, problem) for problem in found.problems), found.problems


def test_a_row_that_nobody_logged_is_found(filled: Register, change: Change) -> None:
    change(
        "insert into decision (id, claim_id, reading_id, verdict, who, why, decided_at)"
        " select 9, claim_id, reading_id, 'reject', 'nobody', '', decided_at from decision"
    )
    assert "decision 9: is not in the log" in filled.verify().problems


def test_missing_guards_are_found(filled: Register) -> None:
    statement = "drop trigger log_no_delete" if filled.where.file is not None else "drop trigger log_append_only on log"
    filled._database.write(lambda c: c.execute(text(statement)))
    assert any("guard log_" in problem for problem in filled.verify().problems)


def test_a_log_that_was_cut_off_is_found_by_a_hash_noted_elsewhere(filled: Register, change: Change) -> None:
    noted = filled.status()["log_head"]
    assert filled.verify(noted).clean
    filled.exported("claims", {}, "Rana", "")
    assert filled.verify(noted).clean
    filled_entries = filled.status()["log_entries"]
    change(f"delete from log where number >= {filled_entries - 1}")
    assert filled.verify().problems != filled.verify(noted).problems
    assert any("cut off" in problem for problem in filled.verify(noted).problems)


def test_changed_and_missing_bytes_are_found(filled: Register) -> None:
    if not isinstance(filled.blobs, FolderBlobs):
        filled._database.write(
            lambda c: c.execute(text("set local session_replication_role = replica")) and c.execute(schema.blob_data.delete())
        )
        assert any("is missing" in problem for problem in filled.verify().problems)
        return
    first, second, third = (filled.blobs.path(capture(n, report(n)).raw_hash) for n in range(3))
    assert first.stat().st_mode & 0o777 == 0o444, "stored bytes are read-only"
    first.unlink()
    second.chmod(0o644)
    second.write_bytes(b"#" + second.read_bytes()[1:])
    third.chmod(0o644)
    third.write_bytes(b"")
    problems = " ".join(filled.verify().problems)
    assert "is missing" in problems and "is other than it was when" in problems and "has 0 bytes" in problems
    with pytest.raises(RegisterError, match="other than they were"):
        filled.raw(capture(1, report(1)).raw_hash)


def test_files_of_an_interrupted_import_are_no_fault(tmp_path: Path) -> None:
    register, _ = Register.create(str(tmp_path))
    with register:
        register.blobs.prepare({capture().raw_hash: capture().raw})
        found = register.verify()
        assert found.clean and "1 files" in found.notes[0]
        register.add(capture(), None)
        assert register.verify().notes == []


def test_evidence_that_is_not_in_the_text_is_found(register: Register) -> None:
    taken = capture()
    wrong = read(taken)
    (only,) = wrong.claims
    shifted = tuple(type(e)(e.start + 1, e.end + 1, e.text) for e in only.trigger)
    register.add(taken, replace(wrong, claims=(replace(only, trigger=shifted),)))
    assert any("the evidence at" in problem for problem in register.verify().problems)


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "marsad.db"
    file.write_bytes(os.urandom(8192))
    with pytest.raises(RegisterError, match="is no register, or a damaged one"):
        Register.open(str(tmp_path))
