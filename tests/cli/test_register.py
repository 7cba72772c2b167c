"""The commands of the register, as a user types them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import marsad.register
from marsad.model import Date, Place
from marsad.register import store
from marsad.register.store import Register
from tests.cli.command import run
from tests.register.making import TEXT, capture, claim, read, report

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def filled(here: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A register in the working folder with two documents, one claim decided on; the id of the first document."""
    run("init")
    with Register.open() as register, monkeypatch.context() as earlier:
        earlier.setattr(store, "reader_name", lambda layers=(): "an earlier reader")
        for number in range(2):
            taken = capture(number, report(number), archived="https://archive.example/1", warnings=("odd\x1b[31m",))
            register.add(taken, read(taken), who="Rana", why="daily round")
        register.decide(f"{capture(0).document_id}.1", "correct", {"status": "uncertain"}, "Samir", "left open")
    return capture(0).document_id


def test_a_register_is_made_once(here: Path) -> None:
    assert "a new register" in run("init")
    assert (here / "marsad.db").is_file()
    assert "nothing was changed" in run("init")
    assert "a new register" in run("init", "cases")
    assert (here / "cases" / "marsad.db").is_file()


def test_without_a_register_the_way_to_one_is_told() -> None:
    for command in ("status", "log", "verify", "reread", "documents", "claims"):
        assert "make one with: marsad init" in run(command, code=2)


def test_the_register_is_told_by_option_or_environment(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", "cases")
    assert "cases" in run("status", "--register", "cases")
    monkeypatch.setenv("MARSAD_REGISTER", "cases")
    assert "cases" in run("status")


def test_status_counts(filled: str) -> None:
    told = run("status")
    assert "2 in 2 versions, 2 captures" in told and "2, decided on 1" in told
    assert "2 documents were read by another reader" in told
    assert "to do       2 documents were read by another reader" in told and "1 claims nobody decided on" in told
    assert "without" not in told, "what is not lacking is not named"
    assert json.loads(run("status", "--json"))["documents"] == 2


def test_each_thing_to_do_has_a_command_that_lists_it(here: Path) -> None:
    run("init")
    with Register.open() as register:
        for number, changes in enumerate(({"published": None, "published_from": None}, {"language": None}, {"language": "en"})):
            taken = capture(number, report(number), **changes)
            found = claim(taken.document_id, taken.text, place=Place() if number else Place("السوق"), date=Date())
            register.add(taken, None if number == 2 else read(taken, found), who="Rana")
    told = run("status")
    for part, rows in (
        ("claims --without place", 1), ("claims --without coordinates", 1), ("claims --without date", 2), ("claims --verdict none", 2),
        ("documents --without day", 1), ("documents --without language", 1), ("documents --without reading", 1),
    ):  # fmt: skip
        assert f"marsad {part}\n" in told
        assert len(run(*part.split()).splitlines()) == rows, part
    assert "unknown; one of" in run("claims", "--without", "sense", code=2)
    assert "unknown; one of" in run("documents", "--without", "sense", code=2)


def test_documents_are_listed(filled: str) -> None:
    lines = run("documents").splitlines()
    assert sorted(line.split("\t")[0] for line in lines) == sorted([filled, capture(1).document_id])
    assert json.loads(run("documents", "--json", "--limit", "1"))["claims"] == 1
    assert "no document" in run("documents", "--publisher", "nobody") and "no document" in run("documents", "--failed")


def test_claims_are_listed_with_decisions(filled: str) -> None:
    assert run("claims", "--document", filled[:6]).split("\t")[-1].strip() == "correct"
    record = json.loads(run("claims", "--verdict", "correct", "--json"))
    assert (record["status"], record["verdict"], record["decisions"][0]["who"]) == ("uncertain", "correct", "Samir")
    assert "no claim" in run("claims", "--state", "lost") and "no claim" in run("claims", "--country", "ye")


def test_an_export_is_logged_with_its_hash(here: Path, filled: str) -> None:
    run("claims", "--out", "claims.jsonl", "--why", "yearly report")
    data = (here / "claims.jsonl").read_bytes()
    assert len(data.splitlines()) == 2
    entry = json.loads(run("log", "--action", "export", "--json"))
    assert entry["detail"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert (entry["who"], entry["why"]) == ("Rana", "yearly report")


def test_a_document_is_shown_with_where_it_comes_from(here: Path, filled: str) -> None:
    told = run("show", filled[:8])
    for part in (filled, "https://archive.example/1", "fetch", capture(0, report(0)).raw_hash, f"{filled}.1", "metadata"):
        assert part in told
    assert "\x1b" not in told, "what steers a terminal is made harmless"
    assert run("show", filled, "--text").strip() == report(0)
    run("show", filled, "--raw", "page.html")
    assert (here / "page.html").read_bytes() == capture(0, report(0)).raw
    assert json.loads(run("show", filled, "--json"))["text"].startswith(TEXT)


def test_a_claim_is_shown_with_evidence_and_decisions(filled: str) -> None:
    told = run("show", f"{filled[:8]}.1")
    assert "قصف" in told and "corrected; read as asserted" in told and "correct by Samir" in told
    assert json.loads(run("show", f"{filled}.1", "--json"))["id"] == f"{filled}.1"
    assert "no claim" in run("show", f"{filled}.7", code=2)


def test_the_log_is_cut(filled: str) -> None:
    assert len(run("log").splitlines()) == 6
    assert "decision" in run("log", "--who", "Samir") and len(run("log", "--who", "Samir").splitlines()) == 1
    assert "daily round" in run("log", "--subject", filled, "--limit", "1", "--action", "import")
    assert "unknown; one of" in run("log", "--action", "dance", code=2)
    assert "no such day" in run("log", "--since", "2024-02-31", code=2)


def test_verify_finds_what_was_changed(here: Path, filled: str) -> None:
    told = run("verify")
    assert "all is as it was stored" in told
    head = json.loads(run("status", "--json"))["log_head"]
    assert "all is as it was stored" in run("verify", "--head", head)
    assert "is not in it" in run("verify", "--head", "f" * 64, code=1)
    stored = next(p for p in (here / "marsad-blobs").rglob("*") if p.is_file())
    stored.chmod(0o644)
    stored.write_bytes(b"other")
    assert "problem: blob" in run("verify", code=1)


def test_reread_shows_what_changed_and_which_decisions_it_touches(filled: str) -> None:
    told = run("reread", "--jobs", "1", "--why", "new version")
    assert "2 documents read" in told and f"{filled}.1" in told and "decision 1 (correct, Samir) stays" in told
    assert "0 documents read" in run("reread", "--jobs", "1")
    assert "1 documents read" in run("reread", "--jobs", "1", "--all", "--document", filled)
    assert "all is as it was stored" in run("verify")


def test_without_its_packages_the_register_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is imported meanwhile must not stay as the package's own.
    monkeypatch.setattr(marsad, "register", marsad.register)
    for name in [n for n in sys.modules if n.startswith(("marsad.register", "sqlalchemy"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)  # type: ignore[arg-type]
    assert "install marsad[register]" in run("status", code=2)


def test_other_commands_do_not_load_the_packages_of_the_register() -> None:
    script = "import sys, marsad.cli.main; print([m for m in ('sqlalchemy', 'alembic', 'pg8000') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.strip() == "[]"
