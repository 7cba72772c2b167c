"""What tests of the desk share: a register of the samples, and visitors of a desk over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad.desk.settings import Settings
from tests.desk.running import Visitor, copied, make_register
from tests.desk.team import make_team


@pytest.fixture(scope="session")
def samples_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with all samples, to be copied and not to be changed."""
    folder = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MARSAD_HOME", str(folder / "home"))
        return make_register(folder / "register")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MARSAD_REGISTER", raising=False)


@pytest.fixture
def place(samples_register: Path, tmp_path: Path) -> Path:
    """A register with all samples, for one test."""
    return copied(samples_register, tmp_path / "register")


@pytest.fixture
def settings(place: Path) -> Settings:
    return Settings(register=str(place), who="Rana")


@pytest.fixture
def visitor(settings: Settings) -> Iterator[Visitor]:
    """Someone at a desk without accounts, in English."""
    with Visitor(settings) as visiting:
        yield visiting


@pytest.fixture
def team(settings: Settings) -> Iterator[Visitor]:
    """A desk with an account of each role (``tests.desk.team``); nobody is signed in."""
    make_team(settings.register)
    with Visitor(settings) as visiting:
        yield visiting
