"""CSV: UTF-8, commas, CRLF as RFC 4180 has it; texts that a spreadsheet would take for formulas are guarded."""

from __future__ import annotations

import csv
from pathlib import Path

from marsad.exports.mapping import Cell
from marsad.exports.writers.sheet import Sheet, guarded

__all__ = ["cell_text", "write_csv", "write_hxl"]


def write_csv(path: Path, sheet: Sheet) -> None:
    """Write a table with one line of heads."""
    _write(path, sheet, [[column.name for column in sheet.columns]])


def write_hxl(path: Path, sheet: Sheet) -> None:
    """Write a table with a line of heads and a line of hashtags."""
    _write(path, sheet, [[column.name for column in sheet.columns], [column.tag for column in sheet.columns]])


def _write(path: Path, sheet: Sheet, heads: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows(heads)
        writer.writerows([cell_text(cell) for cell in cells] for _, cells in sheet.rows)


def cell_text(cell: Cell) -> str:
    """A cell as text; nothing is the empty text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return guarded(cell) if isinstance(cell, str) else repr(cell)
