"""Documentation: links lead somewhere, and files, modules, commands and options that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from marsad.cli.main import app
from tests.shared import ROOT

PAGES = sorted(p for pattern in ("*.md", "docs/*.md", "bench/*.md") for p in ROOT.glob(pattern))
_NAMED = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|tsv|json|md))`")


def test_pages_are_there() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "claims.md", "places.md"} <= {p.name for p in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("#"):
            heading = target[1:].replace("-", " ")
            assert re.search(rf"^#+ {heading}$", text, re.MULTILINE | re.IGNORECASE), target
        elif "://" not in target:
            assert (page.parent / target.split("#")[0]).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_files_that_are_named_are_there(page: Path) -> None:
    files = {
        p.relative_to(ROOT).as_posix()
        for f in ("src", "tests", "tools", "bench", "docs", "samples")
        for p in (ROOT / f).rglob("*.*")
    }
    files |= {p.name for p in ROOT.iterdir()}
    for name in _NAMED.findall(page.read_text("utf-8")):
        assert any(file == name or file.endswith(f"/{name}") for file in files), f"{page.name} names {name}"


def commands() -> dict[str, set[str]]:
    """Options of each command of ``marsad``, by its words."""
    found: dict[str, set[str]] = {}

    def walk(command: object, words: str) -> None:
        found[words] = {option for parameter in command.params for option in parameter.opts}  # type: ignore[attr-defined]
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, f"{words} {name}".strip())

    walk(get_command(app), "")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_and_options_that_are_named_are_there(page: Path) -> None:
    known = commands()
    lines = re.findall(
        r"\bmarsad ((?!-)[a-z][^`#\n]*)", "\n".join(re.findall(r"^    .*|`[^`\n]+`", page.read_text("utf-8"), re.MULTILINE))
    )
    for line in lines:
        words = line.split()
        name = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in known), None)
        assert name is not None, f"{page.name}: there is no command marsad {line}"
        for option in re.findall(r"(?<!\S)(--[\w-]+)", line):
            assert option in known[name], f"{page.name}: marsad {name} has no {option}"


def test_targets_of_make_that_are_named_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        for target in re.findall(r"(?:^    |`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE):
            assert target in targets, f"{page.name}: make {target}"
