"""A register of some sample reports, put together, for all tests of exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.making import run
from tests.shared import SAMPLES


@pytest.fixture(scope="session")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of some sample reports, put together; tests may only add entries to its log."""
    pytest.importorskip("splink", reason="needs the extra link")
    place = tmp_path_factory.mktemp("register")
    reports = [str(SAMPLES / "reports" / f"s{n}.json") for n in ("01", "02", "03", "04", "34", "35", "36")]
    run("init", str(place))
    run("add", *reports, "--register", str(place), "--who", "Rana")
    run("link", "--register", str(place), "--who", "Rana")
    return place


@pytest.fixture
def here(linked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder from which commands find the register."""
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MARSAD_REGISTER", str(linked))
    monkeypatch.setenv("MARSAD_WHO", "Rana")
    monkeypatch.chdir(tmp_path)
    return tmp_path
