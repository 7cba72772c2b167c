"""Parquet: columns with types, days as days, in groups of rows of one size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.exports.mapping import Column
from marsad.exports.writers.sheet import Row, Sheet, Writer
from marsad.lexicon.reasons import refusal

__all__ = ["PARQUET"]

# Rows of a group, at least.
_GROUP = 20_000


def _piece(columns: tuple[Column, ...], rows: Sequence[Row]) -> list[list[Any]]:
    """Column by column, days as days."""
    made: list[list[Any]] = [list(column) for column in zip(*(cells for _, cells in rows), strict=True)]
    for number, column in enumerate(columns):
        if column.kind == "date":
            made[number] = [None if day is None else date.fromisoformat(day) for day in made[number]]
    return made


def _write(path: Path, sheet: Sheet) -> None:
    """Write a table; what it says of itself stands in its metadata under ``marsad``.

    Raises:
        InputError: the package that writes it is not there.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise InputError(refusal("format.package", package=error.name)) from error
    types = {
        "text": arrow.string(), "int": arrow.int64(), "float": arrow.float64(), "bool": arrow.bool_(), "date": arrow.date32(),
    }  # fmt: skip
    about = {"marsad": json.dumps(sheet.about, ensure_ascii=False)}
    schema = arrow.schema([(column.name, types[column.kind]) for column in sheet.columns], metadata=about)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(sheet.pieces):
            writer.write_table(arrow.table(group, schema=schema))


def _groups(pieces: Iterable[list[list[Any]]]) -> Iterator[list[list[Any]]]:
    group: list[list[Any]] = []
    for piece in pieces:
        if group:
            for held, more in zip(group, piece, strict=True):
                held += more
        else:
            group = piece
        if len(group[0]) >= _GROUP:
            yield group
            group = []
    if group:
        yield group


PARQUET = Writer(_piece, _write)
