"""Tables of places: OCHA administrative boundaries and populated places, and plain CSV or TSV, also as XLSX and GeoJSON."""

from __future__ import annotations

import csv
import json
import math
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.gazetteer.embedded import embedded
from marsad.gazetteer.entry import kilometres
from marsad.gazetteer.names import is_arabic, plain_latin
from marsad.gazetteer.records import KINDS, Record, number, undecodable
from marsad.text.fold import fold

__all__ = ["read"]

Row = tuple[int, dict[str, str], tuple[float, float, int] | None]
_LARGEST_GEOJSON = 600_000_000
_LEVELS = {0: "country", 1: "governorate", 2: "district", 3: "subdistrict", 4: "village"}
# Header cells, without case and signs, of the columns that are understood.
_COLUMNS = {
    "name": ("name", "namear", "arabic", "place", "featurenamear", "featurenaar", "pplnamear", "settlementnamear", "location"),
    "latin": (
        "latin",
        "nameen",
        "english",
        "asciiname",
        "featurenameen",
        "featurenam",
        "featurenaen",
        "pplnameen",
        "pplname",
        "nameenglish",
    ),
    "names": ("names", "aliases", "alternatenames", "othernames", "altname", "featurealt", "variants"),
    "id": ("id", "pcode", "featurepcode", "featurepcod", "pplpcode", "code", "placeid", "geonameid"),
    "kind": ("kind", "class", "type", "featureclass", "placetype", "category"),
    "country": ("country", "countrycode", "iso", "iso2", "cc", "adm0pcode", "admin0pcode"),
    "within": ("within", "parent", "admin", "governorate", "parentid"),
    "latitude": ("latitude", "lat", "y", "centerlat", "ycoord", "pointy", "latdd"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "centerlon", "xcoord", "pointx", "londd"),
    "population": ("population", "pop", "inhabitants"),
}
_ADMIN = re.compile(r"adm(?:in)?([0-4])(?:name)?(en|ar|pcode|name|fr|altar|alten|ref|name1|name2|)$")


def read(path: Path, country: str = "") -> Iterator[Record]:
    """Records of a table.

    Args:
        path: ``.csv``, ``.tsv``, ``.txt``, ``.xlsx``, ``.geojson`` or ``.json``.
        country: code for rows that do not tell theirs.

    Raises:
        InputError: unknown columns, bad numbers, damage; the message names file and line (or feature).
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        rows = _xlsx(path)
    elif suffix in (".geojson", ".json"):
        rows = _geojson(path)
    elif suffix in (".csv", ".tsv", ".txt"):
        rows = _delimited(path)
    else:
        raise InputError(
            f"{path}: files of kind {suffix or 'without ending'} are not understood; use csv, tsv, xlsx, geojson or zip"
        )
    first = next(rows, None)
    if first is None:
        raise InputError(f"{path}: no rows in it")
    header = {_plain(k): k for k in first[1]}
    levels = sorted({int(m.group(1)) for k in header if (m := _ADMIN.match(k)) and m.group(2) != "ref"})
    plain = {role: header[c] for role, names in _COLUMNS.items() for c in reversed(names) if c in header}

    def chained() -> Iterator[Row]:
        yield first
        yield from rows

    if "name" in plain or "latin" in plain:
        yield from _places(path, chained(), plain, header, levels, country)
    elif levels:
        yield from _units(path, chained(), header, levels, plain, country)
    else:
        raise InputError(
            f"{path}:1: no column of names; found {', '.join(first[1]) or 'nothing'}; expected name or latin, or admin1Name_ar and the like"
        )


def _plain(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", header.casefold())


def _places(
    path: Path, rows: Iterator[Row], plain: dict[str, str], header: dict[str, str], levels: list[int], country: str
) -> Iterator[Record]:
    units: dict[str, Record] = {}
    for line, cells, point in rows:
        if not any(cells.values()):
            continue
        get = {role: cells.get(column, "").strip() for role, column in plain.items()}
        names = [get.get("name", ""), get.get("latin", ""), *re.split(r"[|;]", get.get("names", ""))]
        names = [n.strip() for n in names if n.strip()]
        chain = _chain(path, line, cells, header, levels)
        for unit in chain:
            units.setdefault(unit.id, unit)
        code = _country(get.get("country", ""), get.get("id", ""), chain, country)
        latitude = number(get.get("latitude", ""), str(path), line, "latitude")
        longitude = number(get.get("longitude", ""), str(path), line, "longitude")
        if latitude is None and longitude is None and point is not None:
            latitude, longitude, _ = point
        kind = get.get("kind", "").casefold() or "village"
        identifier = get.get("id", "")
        if not identifier:
            # Without a code, the name with its country and unit is the id: two rows of one name are one mistake.
            identifier = "-".join(p for p in (code.lower(), get.get("within", ""), names[0] if names else "") if p).replace(
                " ", "_"
            )
        yield Record(
            str(path),
            line,
            f"{'pcode' if 'pcode' in _plain(plain.get('id', '')) else 'own'}:{identifier}",
            tuple(dict.fromkeys(names)),
            kind if kind in KINDS else _guess_kind(kind),
            code,
            chain[-1].id if chain else (f"own:{get['within']}" if get.get("within") else ""),
            latitude,
            longitude,
            int(number(get.get("population", ""), str(path), line, "population") or 0),
        )
    yield from units.values()


def _units(
    path: Path, rows: Iterator[Row], header: dict[str, str], levels: list[int], plain: dict[str, str], country: str
) -> Iterator[Record]:
    found: dict[str, Record] = {}
    deepest: dict[str, int] = {}
    for line, cells, point in rows:
        if not any(cells.values()):
            continue
        chain = _chain(path, line, cells, header, levels)
        if not chain:
            raise InputError(f"{path}:{line}: no unit in this row; a name and a P-code are expected")
        latitude = number(cells.get(plain.get("latitude", ""), ""), str(path), line, "latitude")
        longitude = number(cells.get(plain.get("longitude", ""), ""), str(path), line, "longitude")
        radius = 0
        if point is not None and latitude is None:
            latitude, longitude, radius = point
        last = chain[-1]
        if last.id in deepest:
            raise InputError(
                f"{path}:{line}: P-code {last.id[6:]} stands in line {deepest[last.id]} already; P-codes must be unique"
            )
        deepest[last.id] = line
        for unit in chain[:-1]:
            found.setdefault(unit.id, unit)
        found[last.id] = Record(
            str(path), line, last.id, last.names, last.kind, last.country or country, last.parent, latitude, longitude, 0, radius
        )
    yield from found.values()


def _chain(path: Path, line: int, cells: dict[str, str], header: dict[str, str], levels: list[int]) -> list[Record]:
    """The units that a row names, the widest first; the country itself is left out."""
    chain: list[Record] = []
    for level in levels:
        values = {
            m.group(2): cells.get(raw, "").strip()
            for k, raw in header.items()
            if (m := _ADMIN.match(k)) and int(m.group(1)) == level
        }
        names = [values[k] for k in ("ar", "name1", "altar", "name2", "en", "name", "", "fr", "alten") if values.get(k)]
        code = values.get("pcode", "")
        if not names or level == 0:
            continue
        identifier = f"pcode:{code}" if code else f"unit:{plain_latin(names[-1]) or names[0]}-{level}"
        chain.append(
            Record(
                str(path), line, identifier, tuple(dict.fromkeys(names)), _LEVELS[level], code[:2].upper() if code[:2].isalpha() else "",
                chain[-1].id if chain else "",
            )
        )  # fmt: skip
    return chain


def _country(told: str, code: str, chain: list[Record], default: str) -> str:
    """The country's two letters from two or three letters or its name; else from the code of the place or of its unit."""
    if len(told) == 2 and told.isalpha():
        return told.upper()
    if told:
        named = embedded().named(fold(told)) if is_arabic(told) else embedded().latin(plain_latin(told))
        for entry in named:
            if entry.kind == "country":
                return entry.country
    if chain and chain[-1].country:
        return chain[-1].country
    return code[:2].upper() if re.match(r"[A-Za-z]{2}\d", code) else default.upper()


def _guess_kind(word: str) -> str:
    for kind, marks in (
        ("neighbourhood", ("neighb", "quarter", "suburb")),
        ("city", ("city", "capital")),
        ("town", ("town",)),
        ("site", ("camp", "site", "facility")),
        ("governorate", ("admin1", "province")),
        ("district", ("admin2", "district")),
        ("subdistrict", ("admin3",)),
    ):
        if any(m in word for m in marks):
            return kind
    return "village"


def _delimited(path: Path) -> Iterator[Row]:
    try:
        with path.open("r", encoding="utf-8-sig", newline="") as lines:
            head = lines.readline()
            if not head.strip():
                return
            delimiter = "\t" if "\t" in head else ";" if head.count(";") > head.count(",") else ","
            lines.seek(0)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            header: list[str] = []
            try:
                for cells in reader:
                    if not header:
                        header = [c.strip().lstrip("\ufeff") for c in cells]
                        continue
                    if not cells or cells[0].startswith("#") and len(cells) == 1:
                        continue
                    if len(cells) != len(header):
                        raise InputError(f"{path}:{reader.line_num}: {len(cells)} cells where the header has {len(header)}")
                    yield reader.line_num, dict(zip(header, cells, strict=True)), None
            except csv.Error as error:
                raise InputError(
                    f"{path}:{reader.line_num}: {error}; is the file cut off or a quotation mark left open?"
                ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}:{undecodable(path)}: not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def _xlsx(path: Path) -> Iterator[Row]:
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError:
        raise InputError(f"{path}: reading XLSX needs openpyxl: pip install 'marsad[tables]', or save the sheet as CSV") from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise InputError(f"{path}: not a readable XLSX file ({error}); is it complete?") from error
    sheet = max(book.worksheets, key=lambda s: (s.max_row or 0) * (s.max_column or 0))
    header: list[str] = []
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = ["" if v is None else str(v) for v in values]
        if not header:
            if any(cells):
                header = cells
            continue
        yield line, dict(zip(header, cells, strict=False)), None


def _geojson(path: Path) -> Iterator[Row]:
    try:
        if path.stat().st_size > _LARGEST_GEOJSON:
            raise InputError(
                f"{path}: larger than {_LARGEST_GEOJSON // 10**6} MB; simplify the boundaries first or use the table"
            )
        data: Any = json.loads(path.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: no valid JSON ({error.msg}); is the file cut off?") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise InputError(f"{path}:1: no FeatureCollection; GeoJSON of places is expected")
    keys = sorted({k for f in features if isinstance(f, dict) for k in (f.get("properties") or {})})
    for position, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise InputError(f"{path}:{position}: feature {position} has no properties")
        cells = {k: "" if (v := feature["properties"].get(k)) is None else str(v) for k in keys}
        yield position, cells, _centre(path, position, feature.get("geometry"))


def _centre(path: Path, position: int, geometry: Any) -> tuple[float, float, int] | None:
    """Centre and radius of a geometry: the middle of its points, and how far the farthest quarter lies."""
    if geometry is None:
        return None
    points: list[tuple[float, float]] = []

    def walk(item: Any) -> None:
        if isinstance(item, list) and len(item) >= 2 and all(isinstance(v, int | float) for v in item[:2]):
            points.append((float(item[1]), float(item[0])))
        elif isinstance(item, list):
            for part in item:
                walk(part)
        else:
            raise InputError(f"{path}:{position}: feature {position} has a broken geometry")

    walk(geometry.get("coordinates") if isinstance(geometry, dict) else None)
    if not points or any(math.isnan(a) or math.isnan(b) for a, b in points):
        raise InputError(f"{path}:{position}: feature {position} has no coordinates")
    low, high = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    latitude, longitude = (low + high) / 2, (west + east) / 2
    radius = round(kilometres(latitude, longitude, high, east)) if len(points) > 1 and abs(high) <= 90 else 0
    return round(latitude, 5), round(longitude, 5), radius
