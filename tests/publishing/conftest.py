"""A register of some sample reports and the site of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.making import run
from tests.shared import SAMPLES


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of some sample reports, put together; tests may only add entries to its log."""
    pytest.importorskip("splink", reason="needs the extra link")
    pytest.importorskip("jinja2", reason="needs the extra desk")
    made = tmp_path_factory.mktemp("register")
    run("init", str(made))
    reports = [str(SAMPLES / "reports" / f"s{n}.json") for n in ("01", "02", "03", "04", "34", "35", "36")]
    run("add", *reports, "--register", str(made), "--who", "Rana", "--link")
    return made


@pytest.fixture(scope="session")
def site(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published site of it."""
    folder = tmp_path_factory.mktemp("published") / "site"
    run("publish", str(folder), "--register", str(place), "--who", "Rana", "--release", "--as-of", "2030-01-01")
    return folder
