"""GeoJSON (RFC 7946) and KML: points with what is told of them. An incident without coordinates has no geometry."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from marsad.exports.mapping import Column
from marsad.exports.writers.sheet import Row, Sheet, Writer

__all__ = ["GEOJSON", "KML"]

# What XML cannot hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _features(columns: tuple[Column, ...], rows: Sequence[Row]) -> str:
    names = [column.name for column in columns]
    return ",\n".join(
        _json(
            {
                "type": "Feature",
                "id": fields["id"],
                "geometry": _point(fields),
                "properties": dict(zip(names, cells, strict=True)),
            }
        )
        for fields, cells in rows
    )


def _write_geojson(path: Path, sheet: Sheet) -> None:
    """Write a collection of features, one a line."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(f'{{"type": "FeatureCollection", "about": {_json(sheet.about)}, "features": [')
        for number, piece in enumerate(sheet.pieces):
            stream.write((",\n" if number else "\n") + piece)
        stream.write("\n]}\n")


def _placemarks(columns: tuple[Column, ...], rows: Sequence[Row]) -> str:
    names, made = [column.name for column in columns], []
    for fields, cells in rows:
        told = dict(zip(names, cells, strict=True))
        made.append(f"<Placemark id={quoteattr(fields['id'])}>\n<name>{_xml(str(told.get('title_en', fields['code'])))}</name>\n")
        made.append(_span(fields.get("date")) + _data(told) + "\n")
        if (point := _point(fields)) is not None:
            longitude, latitude = point["coordinates"]
            made.append(f"<Point><coordinates>{longitude},{latitude}</coordinates></Point>\n")
        made.append("</Placemark>\n")
    return "".join(made)


def _write_kml(path: Path, sheet: Sheet) -> None:
    """Write a document of placemarks with time spans and all properties as extended data."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
        stream.write(f"<name>{_xml(str(sheet.about.get('about', '')))}</name>\n{_data(sheet.about)}\n")
        stream.writelines(sheet.pieces)
        stream.write("</Document>\n</kml>\n")


def _span(date: dict[str, Any] | None) -> str:
    ends = [(mark, (date or {}).get(key)) for mark, key in (("begin", "start"), ("end", "end"))]
    inner = "".join(f"<{mark}>{day}</{mark}>" for mark, day in ends if day)
    return f"<TimeSpan>{inner}</TimeSpan>\n" if inner else ""


def _data(told: dict[str, Any]) -> str:
    inner = "".join(f"<Data name={quoteattr(name)}><value>{_xml(_text(value))}</value></Data>" for name, value in told.items())
    return f"<ExtendedData>{inner}</ExtendedData>"


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else _json(value)


def _xml(text: str) -> str:
    return escape(_CONTROL.sub("", text))


def _point(fields: dict[str, Any]) -> dict[str, Any] | None:
    place = fields.get("place")
    if place is None or place["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [float(place["longitude"]), float(place["latitude"])]}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


GEOJSON, KML = Writer(_features, _write_geojson), Writer(_placemarks, _write_kml)
