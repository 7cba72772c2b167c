"""``marsad account`` and ``marsad desk``: what they say and refuse before anything is served."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.desk import assets

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("MARSAD_REGISTER", str(tmp_path))
    monkeypatch.setenv("MARSAD_WHO", "Rana")

    def call(*words: str, code: int = 0, told: str = "") -> str:
        done = CliRunner().invoke(app, list(words), input=told)
        assert done.exit_code == code, done.output
        return done.output

    call("init")
    return call


def test_accounts_are_made_changed_and_listed(run: Run) -> None:
    assert "admin" in run("account", "add", "Huda", code=2)
    assert "to be changed at the first sign-in" in run("account", "add", "Rana", "--role", "admin")
    assert "to be changed" not in run("account", "add", "Huda", "--password-stdin", told="seven blue lanterns\n")
    assert "reviewer" in run("account", "role", "huda", "reviewer", "--why", "signs now")
    assert "may not sign in" in run("account", "disable", "Huda")
    found = [json.loads(line) for line in run("account", "list", "--json").splitlines()]
    assert [(a["name"], a["role"], a["disabled"] is None) for a in found] == [
        ("Huda", "reviewer", False),
        ("Rana", "admin", True),
    ]
    assert "argon2" not in json.dumps(found)
    assert "may sign in" in run("account", "enable", "Huda")
    assert "password was changed" in run("account", "password", "Huda")
    assert "no such account" in run("account", "disable", "Nobody", code=2)
    assert "only admin" in run("account", "disable", "Rana", code=2)
    assert "at least" in run("account", "password", "Huda", "--password-stdin", code=2, told="short\n")
    assert [json.loads(line)["detail"]["change"] for line in run("log", "--action", "account", "--json").splitlines()][
        -1
    ] == "made"


@pytest.mark.skipif(not assets.built(), reason="the front end is not built")
def test_others_are_let_in_only_with_accounts(run: Run) -> None:
    assert "make accounts first" in run("desk", "--host", "0.0.0.0", code=2)


def test_a_front_end_that_is_not_built_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "built", lambda: False)
    assert "make run" in run("desk", code=2)


def test_no_register_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "built", lambda: True)
    assert "marsad init" in run("desk", "--register", str(tmp_path / "none"), code=2)
