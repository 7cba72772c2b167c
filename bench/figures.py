"""Figures: the table that a bench makes, told row by row as it is measured, and put into the README of this folder."""

from __future__ import annotations

import platform
import re
import resource
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from marsad import compiled
from marsad.batch import cores

__all__ = ["README", "Row", "machine", "peak", "put", "show", "table"]

README = Path(__file__).with_name("README.md")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, the figure and a note."""

    what: str
    figure: str
    note: str = ""


def machine(more: str = "") -> Row:
    """On what it was measured."""
    python = f"{platform.system()}, Python {platform.python_version()}"
    reader = "reader compiled" if compiled.STATE == "compiled" else ""
    return Row("machine", f"{cores()} cores, {platform.machine()}", ", ".join(filter(None, (python, more, reader))))


def peak() -> float:
    """The most memory that this process had since its program began, in MB (10^6 bytes).

    On Linux what ``getrusage`` tells is no less than what the process had that started this one, although nothing of that is
    left (execve(2) keeps it, see getrusage(2)); so it is read from ``VmHWM`` of proc_pid_status(5) where that exists.
    """
    status = Path("/proc/self/status")
    found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text("utf-8"), re.MULTILINE) if status.exists() else None
    if found is not None:
        return int(found[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def table(rows: Sequence[Row]) -> str:
    """The table in Markdown."""
    return "\n".join(["| measure | figure | |", "| --- | --- | --- |", *(f"| {r.what} | {r.figure} | {r.note} |" for r in rows)])


def put(readme: Path, name: str, text: str) -> None:
    """Put a text between the marks of a bench in a README."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = readme.read_text("utf-8").split(begin)
    after = rest.split(end)[1]
    readme.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", "utf-8")


def show(rows: Iterable[Row], name: str, readme: Path | None) -> None:
    """Tell rows as they come, then the table, and put it into a README if one is given."""
    made = []
    for row in rows:
        made.append(row)
        print(f"{row.what:52}{row.figure:>26}  {row.note}", file=sys.stderr)
    text = table(made)
    print(text)
    if readme is not None:
        put(readme, name, text)
