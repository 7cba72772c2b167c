"""Sheets: rows of CSV and XLSX files, each a report or a link to one, by columns that are known by name or that the user maps.

Known are those of the sheets that Bellingcat's auto-archiver fills, of the CSV that Atlos exports, and plain names
(``columns.tsv`` of each language pack).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from marsad.documents.published import iso_day
from marsad.errors import InputError
from marsad.intake.chrome import folded
from marsad.intake.dateline import day_of_line
from marsad.intake.decoding import plain_text
from marsad.intake.fragments import report_of_text
from marsad.intake.making import capture_of
from marsad.intake.results import Item, Link, Origin, Refusal, Refused, Settings
from marsad.intake.xmltrees import ENTITIES
from marsad.intake.zips import names, opened_zip, stream_of
from marsad.lexicon.reasons import reason, refusal, why_of
from marsad.lexicon.table import read_table

__all__ = ["FIELDS", "items_of_csv", "items_of_xlsx"]

FIELDS = ("text", "more", "link", "source", "title", "published", "publisher", "author", "archived", "key")
# Only an address in the row itself makes it the same document again; a number of a row changes when one is put in above.
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_SAMPLE = 8192
_HEAD = 4096
_LONGEST_CELL = 1_000_000
_MOST_SHEETS = 50
_MOST_COLUMNS = 200
_MOST_EMPTY = 5000


def items_of_csv(stream: BinaryIO, origin: Origin, settings: Settings) -> Iterator[Item]:
    """The rows of a CSV file, whichever of comma, semicolon and tab separates its cells.

    Raises:
        Refused: no table, or none of its columns is known.
    """
    data = stream.read(settings.limits.file + 1)
    if len(data) > settings.limits.file:
        raise Refused(refusal("intake:table.large", most=f"{settings.limits.file // 1_000_000:,}"))
    text = plain_text(data).text
    try:
        dialect: Any = csv.Sniffer().sniff(text[:_SAMPLE].partition("\n")[0], delimiters=",;\t")
        delimiter = dialect.delimiter
    except csv.Error:
        delimiter = ","
    csv.field_size_limit(_LONGEST_CELL)
    yield from _items(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), "", origin, settings)


def items_of_xlsx(stream: BinaryIO, origin: Origin, settings: Settings) -> Iterator[Item]:
    """The rows of all sheets of an XLSX file that have a column which is known.

    Raises:
        Refused: damaged, beyond the bounds, or no sheet has a column that is known.
    """
    with opened_zip(stream, settings.limits) as packed:
        if sum(info.file_size for info in packed.infolist()) > settings.limits.unpacked:
            raise Refused(refusal("intake:table.unpacked", most=f"{settings.limits.unpacked // 1_000_000:,}"))
        for name in names(packed):
            # Sheets are read row by row; all else, the texts of cells too, is held at once.
            if "worksheets/" not in name and packed.getinfo(name).file_size > settings.limits.file:
                raise Refused(refusal("intake:table.part", name=name, most=f"{settings.limits.file // 1_000_000:,}"))
            if name.lower().endswith((".xml", ".rels")):
                _without_entities(packed, name)
    stream.seek(0)
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # openpyxl raises whatever its parser happens to meet.
        raise Refused(
            refusal("intake:table.damaged", name=type(error).__name__, said=" ".join(str(error).split())[:100])
        ) from error
    refused: list[Refused] = []
    sheets = book.worksheets[:_MOST_SHEETS]
    for sheet in sheets:
        name = sheet.title if len(sheets) > 1 else ""
        rows = ([_cell(value) for value in row] for row in _rows(sheet))
        try:
            yield from _items(rows, name, origin, settings)
        except Refused as error:
            refused.append(error)
    if len(refused) == len(sheets):
        raise refused[0] if refused else Refused(refusal("intake:table.sheets"))


def _without_entities(packed: ZipFile, name: str) -> None:
    """Refuse a part that declares entities; openpyxl expands none, but says of some only that it cannot read on."""
    with stream_of(packed, name) as part:
        try:
            head = part.read(_HEAD)
        except (BadZipFile, zlib.error, EOFError, OSError) as error:
            raise Refused(refusal("intake:table.damaged", name=name, said=error)) from error
    if b"<!ENTITY" in head.replace(b"\x00", b""):
        raise Refused(refusal(ENTITIES))


def _rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    """The rows of a sheet, whatever size it says it has: that may be a million rows of sixteen thousand empty cells."""
    sheet.reset_dimensions()
    empty = 0
    for row in sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS):
        empty = 0 if any(value is not None for value in row) else empty + 1
        if empty > _MOST_EMPTY:
            return
        yield row


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _items(rows: Iterable[list[str]], sheet: str, origin: Origin, settings: Settings) -> Iterator[Item]:
    stream = iter(rows)
    try:
        header = next(stream, [])
    except csv.Error as error:
        raise Refused(refusal("intake:table.none", said=error)) from error
    header = [cell.strip().lstrip("\ufeff") for cell in header]
    columns = _columns(header, settings.columns)
    number, found = 1, False
    while True:
        number += 1
        if number > settings.limits.records:
            yield Refusal(origin.where, refusal("intake:table.rows", most=f"{settings.limits.records:,}"))
            return
        place = f"{sheet}!{number}" if sheet else str(number)
        try:
            row = next(stream, None)
        except csv.Error as error:
            yield Refusal(f"{origin.where}:{place}", refusal("intake:table.row", said=error))
            continue
        if row is None:
            if not found:
                yield Refusal(f"{origin.where}:{sheet}" if sheet else origin.where, refusal("intake:table.empty"))
            return
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if name and cell.strip()}
        if cells:
            found = True
            yield from _of_row(cells, columns, place, origin, settings)


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Field and rank of each column name that is known, folded; names of a lower rank win."""
    found: dict[str, tuple[str, int]] = {}
    for pack in sorted(files("marsad").joinpath("packs").iterdir(), key=lambda p: p.name):
        if pack.is_dir() and pack.joinpath("columns.tsv").is_file():
            for row in read_table(f"{pack.name}/columns.tsv"):
                if row["field"] not in FIELDS:
                    raise row.fail(f"field {row['field']!r}; one of {', '.join(FIELDS)}")
                found[folded(row["name"].replace("_", " "))] = (row["field"], int(row["rank"]))
    return found


def _columns(header: list[str], told: Mapping[str, str]) -> dict[str, str]:
    """Our field to the column of a table.

    Raises:
        Refused: a column that the user named is not there, or there is neither text nor link.
    """
    if told:
        by_name = {name.casefold(): name for name in header}
        missing = [name for name in told.values() if name.casefold() not in by_name]
        if missing:
            raise Refused(refusal("intake:table.column", name=repr(missing[0]), header=", ".join(h for h in header if h)[:300]))
        return {field: by_name[name.casefold()] for field, name in told.items()}
    ranked: dict[str, tuple[int, str]] = {}
    for name in header:
        field, rank = _known().get(folded(name.replace("_", " ")), ("", 0))
        if field and (field not in ranked or rank < ranked[field][0]):
            ranked[field] = (rank, name)
    if not ranked.keys() & {"text", "link", "source"}:
        shown = ", ".join(h for h in header if h)[:300]
        raise Refused(refusal("intake:table.columns", header=shown or reason("intake:none")))
    return {field: name for field, (_, name) in ranked.items()}


def _of_row(cells: dict[str, str], columns: dict[str, str], place: str, origin: Origin, settings: Settings) -> Iterator[Item]:
    told = {field: cells.get(name, "") for field, name in columns.items()}
    where = f"{origin.where}:{place}"
    address = _URL.match(told.get("link", ""))
    link = address.group() if address else ""
    archived = _URL.match(told.get("archived", ""))
    day = _day(told.get("published", ""))
    text = "\n".join(part for part in (told.get("text", ""), told.get("more", "")) if part)
    if not text:
        # A source stands beside a text of its own, and in its place only where there is none.
        link = link or (match.group() if (match := _URL.match(told.get("source", ""))) else "")
        if link:
            yield Link(
                link,
                where,
                title=told.get("title", ""),
                published=day,
                published_from="given",
                publisher=told.get("publisher") or None,
                archived=archived.group() if archived else None,
            )
        else:
            yield Refusal(where, refusal("intake:row.empty"), minor=True)
        return
    raw = json.dumps(cells, ensure_ascii=False, sort_keys=True).encode()
    detail = {**origin.detail, "sheet": origin.address, "row": place, "columns": columns}
    sources = [url for cell in cells.values() if (url := _URL.fullmatch(cell))]
    if sources:
        detail["links"] = sorted({url.group() for url in sources})
    key = told.get("key") or place
    part = replace(
        origin,
        address=link or origin.address,
        method="sheet",
        key=None if link else key,
        archived=archived.group() if archived else None,
        detail=detail,
    )
    try:
        found = report_of_text(text)
        found = replace(
            found,
            title=told.get("title") or found.title,
            published=day or found.published,
            published_from="given" if day else found.published_from,
            publisher=told.get("publisher") or found.publisher,
            author=told.get("author") or None,
        )
        yield capture_of(raw, "application/json", part, found, settings)
    except InputError as error:
        yield Refusal(where, why_of(error), getattr(error, "minor", False))


def _day(told: str) -> str | None:
    return (iso_day(told) or day_of_line(told)) if told else None
