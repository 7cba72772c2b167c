"""``marsad account`` and ``marsad desk``: what they say and refuse before anything is served."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.desk import assets

Run = Callable[..., str]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


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
def test_others_are_let_in_only_with_accounts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: [socket.close() for socket in sockets])
    port = str(free_port())
    assert "make accounts first" in run("desk", "--host", "0.0.0.0", "--port", port, code=2)
    assert f"http://127.0.0.1:{port}/" in run("desk", "--port", port)
    run("account", "add", "Rana", "--role", "admin")
    assert "only under names" in run("desk", "--host", "0.0.0.0", "--port", port)
    assert f"http://desk.example:{port}/" in run("desk", "--host", "0.0.0.0", "--port", port, "--name", "desk.example")


def test_a_port_that_is_taken_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "built", lambda: True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "choose another" in run("desk", "--port", str(taken.getsockname()[1]), code=2)


def test_a_front_end_that_is_not_built_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "built", lambda: False)
    assert "make run" in run("desk", code=2)


def test_no_register_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "built", lambda: True)
    assert "marsad init" in run("desk", "--register", str(tmp_path / "none"), code=2)
