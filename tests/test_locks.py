"""Locks pin what ``pyproject.toml`` asks for, with hashes, from no particular index."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shared import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN, DEVELOP = "requirements.lock", "requirements-dev.lock"


def text(lock: str) -> str:
    return (ROOT / lock).read_text("utf-8")


def pinned(lock: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.\-]+)==(\S+)", text(lock), re.MULTILINE)}


def wanted(lock: str) -> list[Requirement]:
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    if lock == DEVELOP:
        asked += [line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra]
    return [Requirement(line) for line in asked]


@pytest.mark.parametrize("lock", [RUN, DEVELOP])
def test_lock_holds_what_is_asked_for(lock: str) -> None:
    versions = pinned(lock)
    for requirement in wanted(lock):
        version = versions.get(canonicalize_name(requirement.name))
        assert version is not None, f"{lock} lacks {requirement}; make lock"
        assert requirement.specifier.contains(version), f"{lock} has {version} where {requirement} is asked for; make lock"


@pytest.mark.parametrize("lock", [RUN, DEVELOP])
def test_lock_has_hashes_and_no_address(lock: str) -> None:
    entries = re.split(r"\n(?=[\w.\-]+==)", text(lock))[1:]
    assert entries and all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text(lock) and "index-url" not in text(lock)


def test_both_locks_agree() -> None:
    run, develop = pinned(RUN), pinned(DEVELOP)
    assert run.items() <= develop.items()
