"""Writers: each makes a file of rows or records, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from marsad.exports.writers.delimited import write_csv
from marsad.exports.writers.geographic import write_geojson
from marsad.exports.writers.records import write_json
from marsad.exports.writers.sheet import Sheet

__all__ = ["WRITERS", "Writer"]

Writer = Callable[[Path, Sheet], None]
WRITERS: dict[str, Writer] = {"csv": write_csv, "geojson": write_geojson, "json": write_json}
