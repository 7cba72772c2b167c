"""Parquet: columns with types, days as days, in groups of rows of one size."""

from __future__ import annotations

import json
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.exports.writers.sheet import Sheet

__all__ = ["write_parquet"]

_GROUP = 20_000


def write_parquet(path: Path, sheet: Sheet) -> None:
    """Write a table; what it says of itself stands in its metadata under ``marsad``.

    Raises:
        InputError: the package that writes it is not there.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise InputError(f"parquet needs the package {error.name}; install marsad[link]") from error
    types = {
        "text": arrow.string(), "int": arrow.int64(), "float": arrow.float64(), "bool": arrow.bool_(), "date": arrow.date32(),
    }  # fmt: skip
    about = {"marsad": json.dumps(sheet.about, ensure_ascii=False)}
    schema = arrow.schema([(column.name, types[column.kind]) for column in sheet.columns], metadata=about)
    days = [column.kind == "date" for column in sheet.columns]
    rows = (cells for _, cells in sheet.rows)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            columns: list[list[Any]] = [list(column) for column in zip(*group, strict=True)]
            for number, is_day in enumerate(days):
                if is_day:
                    columns[number] = [None if day is None else date.fromisoformat(day) for day in columns[number]]
            writer.write_table(arrow.table(columns, schema=schema))
