"""What all tests of the register share: both databases, and an own folder of places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.register.store import Register
from tests.register.servers import Server


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MARSAD_REGISTER", raising=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new register may be made: a folder, or an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "register")
    running: Server = request.getfixturevalue("postgresql")
    return running.database()


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    """A new register."""
    made, _ = Register.create(place, who="Rana")
    with made:
        yield made
