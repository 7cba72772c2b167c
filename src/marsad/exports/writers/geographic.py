"""GeoJSON (RFC 7946) and KML: points with what is told of them. An incident without coordinates has no geometry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from marsad.exports.writers.sheet import Sheet

__all__ = ["write_geojson"]


def write_geojson(path: Path, sheet: Sheet) -> None:
    """Write a collection of features, one a line."""
    names = [column.name for column in sheet.columns]
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{"type": "FeatureCollection", "about": {_json(sheet.about)}, "features": [')
        for number, (fields, cells) in enumerate(sheet.rows):
            feature = {
                "type": "Feature", "id": fields["id"], "geometry": _point(fields), "properties": dict(zip(names, cells, strict=True)),
            }  # fmt: skip
            stream.write((",\n" if number else "\n") + _json(feature))
        stream.write("\n]}\n")


def _point(fields: dict[str, Any]) -> dict[str, Any] | None:
    place = fields.get("place")
    if place is None or place["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [float(place["longitude"]), float(place["latitude"])]}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
