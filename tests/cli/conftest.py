"""A working folder in which nobody has worked yet, for commands that are tried as a user types them."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder; registers and layers are made in it, and Rana works there."""
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MARSAD_REGISTER", raising=False)
    monkeypatch.setenv("MARSAD_WHO", "Rana")
    monkeypatch.chdir(tmp_path)
    return tmp_path
