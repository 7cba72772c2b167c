"""What all tests of the register share: both databases, and an own folder of places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

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


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register in a folder, to be copied: making the tables by all migrations is what takes the time."""
    folder = tmp_path_factory.mktemp("new") / "register"
    Register.create(str(folder), who="Rana")[0].close()
    return folder


@pytest.fixture(scope="session")
def new_database(postgresql: Server) -> str:
    """The same in a database."""
    address = postgresql.database()
    Register.create(address, who="Rana")[0].close()
    return address


@pytest.fixture
def register(place: str, request: pytest.FixtureRequest) -> Iterator[Register]:
    """A new register."""
    if "://" in place:
        running: Server = request.getfixturevalue("postgresql")
        running.fill(place, request.getfixturevalue("new_database"))
    else:
        copytree(request.getfixturevalue("new_folder"), place)
    with Register.open(place) as made:
        yield made
