"""Sheets: what a writer is given, and what a writer is: one half makes pieces of rows, the other puts pieces into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.exports.mapping import Cell, Column

__all__ = ["Row", "Sheet", "Writer", "guarded", "sheet_of"]

# What left of an incident, and its cells.
Row = tuple[dict[str, Any], list[Cell]]
# What makes a spreadsheet take a text for a formula; some take the wide forms of Asian keyboards too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a writer puts into a file.

    Attributes:
        columns: of the table, none where whole records are written.
        pieces: rows as the writer's own ``piece`` made them, some at a time, none of them empty.
        about: what the file says of itself: format, label, profile, policy, choice.
    """

    columns: tuple[Column, ...]
    pieces: Iterable[Any]
    about: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Writer:
    """A writer in two halves, so that the first can run in several processes.

    Attributes:
        piece: makes of columns and rows what ``write`` wants of them; not all at once, but a list of rows at a time.
        write: makes the file of a sheet.
    """

    piece: Callable[[tuple[Column, ...], Sequence[Row]], Any]
    write: Callable[[Path, Sheet], None]


def sheet_of(writer: Writer, columns: tuple[Column, ...], rows: Sequence[Row], about: dict[str, Any]) -> Sheet:
    """A sheet of rows that are there."""
    return Sheet(columns, [writer.piece(columns, rows)] if rows else [], about)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what could be one begins with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text
