"""Files of the working table as people give them back: CSV and XLSX with all that spreadsheets do to them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from marsad.errors import InputError

__all__ = ["TableRow", "plain", "read_rows"]

# Digits and marks of Arabic as ASCII, and spaces that cannot be told from others.
_PLAIN = {
    **{ord(a): str(n) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, a in enumerate(digits)},
    **dict(zip(map(ord, "،؛٫٬؟"), (",", ";", ".", "", "?"), strict=True)),
    **dict.fromkeys(map(ord, "\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"), ""),
    0xA0: " ", 0x202F: " ",
}  # fmt: skip
_MOST_COLUMNS, _MOST_EMPTY = 200, 1_000
_WHOLE = re.compile(r"-?\d+\.0+")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a file: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: dict[str, str]


def plain(text: str) -> str:
    """A cell with ASCII digits and marks, without what cannot be seen."""
    return " ".join(text.translate(_PLAIN).split())


def read_rows(path: Path) -> list[TableRow]:
    """The rows of a file.

    Raises:
        InputError: it cannot be read, is no table, or lacks a column.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    lines = _workbook(path, raw) if raw[:2] == b"PK" else _delimited(path, raw)
    heads = [plain(cell).lower() for cell in lines[0]] if lines else []
    for needed in ("claim", "version"):
        if heads.count(needed) != 1:
            raise InputError(f"{path}: row 1: there must be one column {needed!r}; make the table with: marsad export --to table")
    if doubled := [h for h in heads if h and heads.count(h) > 1]:
        raise InputError(f"{path}: row 1: the column {doubled[0]!r} stands twice")
    return [
        TableRow(number, {head: _unguarded(cell) for head, cell in zip(heads, line, strict=False) if head})
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that guards it, or that a spreadsheet puts before texts."""
    return cell.removeprefix("'")


def _delimited(path: Path, raw: bytes) -> list[list[str]]:
    text = _decoded(path, raw)
    first = text.split("\n", 1)[0]
    if first.lower().startswith("sep="):
        text, first = text.split("\n", 1)[1], text.split("\n", 2)[1]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: is no table: {error}") from error


def _decoded(path: Path, raw: bytes) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    told = [encoding for mark, encoding in marks.items() if raw.startswith(mark)]
    for encoding in told or ("utf-8", "cp1256"):
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    raise InputError(f"{path}: is neither UTF-8 nor UTF-16 nor Windows-1256; save it as CSV UTF-8")


def _workbook(path: Path, raw: bytes) -> list[list[str]]:
    try:
        import openpyxl  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise InputError(
            f"{path}: a workbook needs the package {error.name}; install marsad[tables], or save it as CSV"
        ) from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # The size that a sheet says it has may be a million rows of empty cells.
        sheet.reset_dimensions()
        lines: list[list[str]] = []
        empty = 0
        for row in sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS):
            empty = 0 if any(cell is not None for cell in row) else empty + 1
            if empty > _MOST_EMPTY:
                break
            lines.append([_text(cell) for cell in row])
        return lines
    except Exception as error:  # openpyxl raises whatever a broken part of the file raises
        raise InputError(f"{path}: is no workbook that can be read ({type(error).__name__}: {error})") from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    return text.partition(".")[0] if isinstance(cell, float) and _WHOLE.fullmatch(text) else text
