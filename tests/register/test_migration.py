"""How a register is made, brought up to date, and refused."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from marsad.register import documentrecords, migration, queries, schema
from marsad.register.errors import RegisterError
from marsad.register.location import location
from marsad.register.store import Register
from tests.register.making import capture, read, report

FIRST = Path(__file__).with_name("first_schema.sql")
STEP = '''
"""A step of a later program."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade():
    op.add_column("setting", sa.Column("note", sa.Text))
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This program as it will be one step later."""
    folder = tmp_path / "migrations"
    shutil.copytree(migration._FOLDER, folder)
    (folder / "versions" / "r9999_note.py").write_text(STEP.format(before=schema.REVISION), "utf-8")
    monkeypatch.setattr(migration, "_FOLDER", folder)
    monkeypatch.setattr(schema, "REVISION", "9999")


def test_the_steps_end_with_the_schema_that_the_program_uses(register: Register) -> None:
    assert migration.newest() == schema.REVISION
    with register.snapshot() as connection:
        assert migration.current(connection) == schema.REVISION
        # Each database has the full-text index in a form of its own.
        opts = {"compare_type": True, "include_name": lambda name, kind, parents: not str(name).startswith("search_text")}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, schema.metadata) == []


def test_a_register_of_the_first_schema_is_brought_up_and_keeps_all(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "marsad.db")
    database.executescript(FIRST.read_text("utf-8"))
    database.close()
    register, done = Register.create(str(tmp_path), who="Samir")
    with register:
        assert done == ("nothing" if schema.REVISION == "0001" else "upgraded")
        register.blobs.prepare({c.raw_hash: c.raw for c in (capture(n, report(n)) for n in range(2))})
        found = register.verify()
        assert found.clean, found.problems
        with register.snapshot() as connection:
            assert len(documentrecords.documents(connection)) == 2
            (corrected,) = queries.claims(connection, verdict="correct")
        assert corrected.value["status"] == "uncertain" and corrected.decisions[0].who == "Rana"
        assert register.status()["pins"] == 1
        register.add(capture(2, report(2)), read(capture(2, report(2))))
        assert register.verify().clean


def test_a_later_program_brings_it_up_and_says_so_in_the_log(place: str, request: pytest.FixtureRequest) -> None:
    before = schema.REVISION
    register, _ = Register.create(place, who="Rana")
    before = schema.REVISION
    with register:
        register.add(capture(), read(capture()))
    request.getfixturevalue("later")
    with pytest.raises(RegisterError, match="marsad init"):
        Register.open(place)
    register, done = Register.create(place, who="Samir")
    with register:
        assert done == "upgraded" and register.verify().clean
        (entry,) = register.log(action="upgrade")
        assert (entry.who, entry.detail["before"], entry.detail["schema"]) == ("Samir", before, "9999")
        with register.snapshot() as connection:
            assert connection.execute(text("select note from setting where note is not null")).all() == []
    assert Register.create(place)[1] == "nothing"


def test_a_register_of_a_later_program_is_left_alone(place: str) -> None:
    register, _ = Register.create(place)
    with register:
        register._database.write(lambda c: c.execute(text("update alembic_version set version_num = '9999'")))
    with pytest.raises(RegisterError, match="later version of Marsad"):
        Register.create(place)
    with pytest.raises(RegisterError, match="another version of Marsad"):
        Register.open(place)


def test_a_step_that_fails_changes_nothing(place: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    Register.create(place)[0].close()
    request.getfixturevalue("later")
    step = tmp_path / "migrations" / "versions" / "r9999_note.py"
    step.write_text(step.read_text("utf-8") + '    op.execute("select nothing from nowhere")\n', "utf-8")
    with pytest.raises(RegisterError):
        Register.create(place)
    request.getfixturevalue("monkeypatch").undo()
    with Register.open(place) as register, register.snapshot() as connection:
        assert migration.current(connection) == schema.REVISION
        assert "note" not in connection.execute(schema.setting.select()).mappings().first()


def test_of_ten_who_make_the_same_register_at_once_one_does(place: str) -> None:
    start, done = threading.Barrier(10), []

    def make() -> None:
        start.wait()
        register, what = Register.create(place)
        register.close()
        done.append(what)

    threads = [threading.Thread(target=make) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["made", *["nothing"] * 9]
    with Register.open(place) as register:
        assert register.verify().clean and register.status()["log_entries"] == 1


def test_tables_of_others_are_left_alone(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "marsad.db")
    database.execute("create table mine (a)")
    database.close()
    with pytest.raises(RegisterError, match="holds tables that are no register"):
        Register.create(str(tmp_path))
    with pytest.raises(RegisterError, match="no register in it"):
        Register.open(str(tmp_path))


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("mysql://a@b/c", "not known"),
        ("postgresql://host", "names no database"),
        ("postgresql://host:port/x", "is no address"),
    ],
)
def test_addresses_that_are_none_are_told(told: str, reason: str) -> None:
    with pytest.raises(RegisterError, match=reason):
        location(told)


def test_places_of_registers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert location(str(tmp_path)).file == tmp_path / "marsad.db"
    assert location(str(tmp_path)).blobs == tmp_path / "marsad-blobs"
    assert location(str(tmp_path / "other.db")).file == tmp_path / "other.db"
    monkeypatch.setenv("MARSAD_REGISTER", str(tmp_path / "told.db"))
    assert location().file == tmp_path / "told.db"
    there = location("postgresql://rana:secret@db.example/cases")
    assert there.file is None and "secret" not in there.name and there.url.drivername == "postgresql+pg8000"
