"""Workbooks (XLSX) by hand: row by row into the archive, with fixed times, so that much fits in little memory and two are the same.

Texts are texts whatever they begin with: no cell is a formula. Days are ISO texts, which no program takes for others.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from marsad.exports.mapping import Cell, Column
from marsad.exports.writers.sheet import Row, Sheet, Writer

__all__ = ["LONGEST", "XLSX", "workbook"]

# Characters that a cell can hold.
LONGEST = 32_767
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _piece(columns: tuple[Column, ...], rows: Sequence[Row]) -> bytes:
    return b"".join(_row(cells) for _, cells in rows)


def _write(path: Path, sheet: Sheet) -> None:
    """Write a workbook with the table on its first sheet and what it says of itself on its second."""
    heads: list[Cell] = [column.name for column in sheet.columns]
    about: list[list[Cell]] = [[key, str(value)] for key, value in sheet.about.items()]
    _workbook(path, [("incidents", _joined(_row(heads), sheet.pieces)), ("about", map(_row, about))])


def workbook(path: Path, sheets: list[tuple[str, Iterator[list[Cell]]]]) -> None:
    """Write sheets by name, each with a head in its first row, which stays in sight."""
    _workbook(path, [(name, map(_row, rows)) for name, rows in sheets])


def _workbook(path: Path, sheets: list[tuple[str, Iterator[bytes]]]) -> None:
    names = [name for name, _ in sheets]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in _parts(names):
            archive.writestr(_info(name), _HEAD + text, zipfile.ZIP_DEFLATED, 6)
        for number, (_, rows) in enumerate(sheets, 1):
            with archive.open(_info(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as stream:
                view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
                stream.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{view}<sheetData>'.encode())
                for row in rows:
                    stream.write(row)
                stream.write(b"</sheetData></worksheet>")


def _joined(heads: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    yield heads
    yield from pieces


def _row(cells: list[Cell]) -> bytes:
    return f"<row>{''.join(map(_cell, cells))}</row>".encode()


def _info(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    made.create_system, made.external_attr = 3, 0o600 << 16
    return made


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, bool):
        return f'<c t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, str):
        text = escape(_CONTROL.sub("", cell)[:LONGEST])
        return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c><v>{cell!r}</v></c>"


def _parts(names: list[str]) -> Iterator[tuple[str, str]]:
    """All parts but the sheets."""
    numbers = range(1, len(names) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )  # fmt: skip
    kinds = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    )
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{kinds}{types}</Types>'
    root = f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True)
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>'
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )  # fmt: skip
    yield "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'


XLSX = Writer(_piece, _write)
