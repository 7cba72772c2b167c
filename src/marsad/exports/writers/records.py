"""JSON: whole records with their claims, as ``docs/export.schema.json`` describes them, one a line within one document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from marsad.exports.mapping import Column
from marsad.exports.writers.sheet import Row, Sheet, Writer

__all__ = ["JSON"]


def _piece(columns: tuple[Column, ...], rows: Sequence[Row]) -> str:
    return ",\n".join(json.dumps(fields, ensure_ascii=False) for fields, _ in rows)


def _write(path: Path, sheet: Sheet) -> None:
    """Write one document: what it is, and the incidents."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{"about": {json.dumps(sheet.about, ensure_ascii=False)},\n"incidents": [')
        for number, piece in enumerate(sheet.pieces):
            stream.write((",\n" if number else "\n") + piece)
        stream.write("\n]}\n")


JSON = Writer(_piece, _write)
