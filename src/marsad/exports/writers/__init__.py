"""Writers: each makes a file of rows or records, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Callable

from marsad.exports.writers.columnar import PARQUET
from marsad.exports.writers.database import SQLITE, metadata
from marsad.exports.writers.delimited import CSV, HXL
from marsad.exports.writers.geographic import GEOJSON, KML
from marsad.exports.writers.records import JSON
from marsad.exports.writers.sheet import Sheet, Writer
from marsad.exports.writers.workbook import XLSX

__all__ = ["BESIDE", "WRITERS"]

WRITERS: dict[str, Writer] = {
    "csv": CSV, "geojson": GEOJSON, "hxl": HXL, "json": JSON, "kml": KML, "parquet": PARQUET, "sqlite": SQLITE, "xlsx": XLSX,
}  # fmt: skip
# What stands beside a file, by its writer: how its name ends, and its text.
BESIDE: dict[str, tuple[str, Callable[[Sheet, str], str]]] = {"sqlite": (".metadata.json", metadata)}
