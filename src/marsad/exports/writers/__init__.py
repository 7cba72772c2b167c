"""Writers: each makes a file of rows or records, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from marsad.exports.writers.columnar import write_parquet
from marsad.exports.writers.database import metadata, write_sqlite
from marsad.exports.writers.delimited import write_csv, write_hxl
from marsad.exports.writers.geographic import write_geojson, write_kml
from marsad.exports.writers.records import write_json
from marsad.exports.writers.sheet import Sheet
from marsad.exports.writers.workbook import write_xlsx

__all__ = ["BESIDE", "WRITERS", "Writer"]

Writer = Callable[[Path, Sheet], None]
WRITERS: dict[str, Writer] = {
    "csv": write_csv, "geojson": write_geojson, "hxl": write_hxl, "json": write_json, "kml": write_kml, "parquet": write_parquet,
    "sqlite": write_sqlite, "xlsx": write_xlsx,
}  # fmt: skip
# What stands beside a file, by its writer: how its name ends, and its text.
BESIDE: dict[str, tuple[str, Callable[[Sheet, str], str]]] = {"sqlite": (".metadata.json", metadata)}
