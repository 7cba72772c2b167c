"""``marsad search`` as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.register.store import Register
from tests.register.making import capture, read

TEXT = "قصفت طائرات مسجدًا في بلدة الندى صباح الأحد، وقال السكان إن القصف استمر ساعات."


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    register, _ = Register.create(str(tmp_path / "cases"), who="Rana")
    with register:
        for number in (1, 2):
            taken = capture(number, f"{TEXT} {number}")
            register.add(taken, read(taken))
    return str(tmp_path / "cases")


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["search", *words])
    return done.exit_code, done.stdout, done.stderr


def test_reports_are_shown_with_the_words_marked_and_pages_go_on(place: str) -> None:
    code, out, _ = run("قصف", "المسجد", "--register", place, "--limit", "1")
    assert code == 0 and out.startswith("2 reports\n") and "[[قصفت]]" in out and "[[مسجدًا]]" in out
    after = out.split("--after ")[1].strip()
    assert after in out and after not in run("قصف المسجد", "--register", place, "--after", after)[1]


def test_json_has_offsets_into_the_text(place: str) -> None:
    code, out, err = run("قصف", "--register", place, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(rows) == 2 and json.loads(err)["count"] == 2
    assert [TEXT[h["start"] : h["end"]] for h in rows[0]["snippet"]["highlights"]] == ["قصفت", "القصف"]


def test_nothing_found_says_what_was_looked_for(place: str) -> None:
    code, out, _ = run("طائرة مسجدد", "--register", place)
    assert code == 0 and "nothing found" in out and "alone in 2 reports" in out and "مسجد" in out.splitlines()[-1]


def test_the_index_is_made_anew(place: str) -> None:
    code, out, err = run("--rebuild", "--register", place)
    assert code == 0 and out == "" and "made anew: 2 reports" in err


def test_nothing_asked_is_told(place: str) -> None:
    code, _, err = run("--register", place)
    assert code == 2 and "nothing is asked" in err
