"""CSV: UTF-8, commas, CRLF as RFC 4180 has it; texts that a spreadsheet would take for formulas are guarded."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from marsad.exports.mapping import Cell, Column
from marsad.exports.writers.sheet import Row, Sheet, Writer, guarded

__all__ = ["CSV", "HXL", "cell_text"]


def _piece(columns: tuple[Column, ...], rows: Sequence[Row]) -> str:
    stream = io.StringIO(newline="")
    texts = [_TEXTS.get(column.kind, cell_text) for column in columns]
    csv.writer(stream).writerows([text(cell) for text, cell in zip(texts, cells, strict=True)] for _, cells in rows)
    return stream.getvalue()


def _write_csv(path: Path, sheet: Sheet) -> None:
    """Write a table with one line of heads."""
    _write(path, sheet, [[column.name for column in sheet.columns]])


def _write_hxl(path: Path, sheet: Sheet) -> None:
    """Write a table with a line of heads and a line of hashtags."""
    _write(path, sheet, [[column.name for column in sheet.columns], [column.tag for column in sheet.columns]])


def _write(path: Path, sheet: Sheet, heads: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(heads)
        stream.writelines(sheet.pieces)


def cell_text(cell: Cell) -> str:
    """A cell as text; nothing is the empty text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return guarded(cell) if isinstance(cell, str) else repr(cell)


# By the kind of a column: a number and a day are no formulas, nothing is the empty text.
_TEXTS: dict[str, Callable[[Cell], str]] = {
    "text": lambda cell: guarded(cell) if cell is not None else "",  # type: ignore[arg-type]
    "int": lambda cell: str(cell) if cell is not None else "",
    "float": lambda cell: repr(cell) if cell is not None else "",
    "date": lambda cell: str(cell) if cell is not None else "",
}
CSV, HXL = Writer(_piece, _write_csv), Writer(_piece, _write_hxl)
