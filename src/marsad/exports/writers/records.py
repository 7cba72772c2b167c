"""JSON: whole records with their claims, as ``docs/export.schema.json`` describes them, one a line within one document."""

from __future__ import annotations

import json
from pathlib import Path

from marsad.exports.writers.sheet import Sheet

__all__ = ["write_json"]


def write_json(path: Path, sheet: Sheet) -> None:
    """Write one document: what it is, and the incidents."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{"about": {json.dumps(sheet.about, ensure_ascii=False)},\n"incidents": [')
        for number, (fields, _) in enumerate(sheet.rows):
            stream.write((",\n" if number else "\n") + json.dumps(fields, ensure_ascii=False))
        stream.write("\n]}\n")
