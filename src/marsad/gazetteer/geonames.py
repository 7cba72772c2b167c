"""GeoNames country dumps (``SY.txt``, ``SY.zip``) with their alternate names (``alternateNamesV2``)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from marsad.errors import InputError
from marsad.gazetteer.records import Record, number, undecodable

__all__ = ["alternate_names", "identifiers", "is_dump", "open_text", "read"]

COLUMNS = 19
_SETTLEMENTS = {"PPLX": "neighbourhood", "PPLL": "village", "PPLF": "village", "PPLC": "city", "PPLA": "city"}
_UNITS = {
    "PCLI": "country",
    "PCL": "country",
    "ADM1": "governorate",
    "ADM2": "district",
    "ADM3": "subdistrict",
    "ADM4": "subdistrict",
}
_SITES = frozenset(["AIRP", "AIRB", "AIRF", "PRN", "DAM", "INSM", "MILB", "CAMP", "REFC", "STNB", "OILR", "OILF", "PS", "BDG"])
_AREAS = frozenset("LTHV")
_LANGUAGES = frozenset(["ar", "en", "fr", "ku", "fa", "tr", "he", ""])
_LARGEST = 4_000_000_000
_CITY, _TOWN = 100_000, 8_000


@contextmanager
def open_text(path: Path, member: str = "") -> Iterator[IO[str]]:
    """A text file, or the table inside a ZIP archive, as UTF-8 lines.

    Raises:
        InputError: the archive is damaged, holds no table or unpacks to more than 4 GB.
    """
    if path.suffix.lower() != ".zip":
        with path.open("r", encoding="utf-8-sig", newline="\n") as plain:
            yield plain
        return
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [i for i in archive.infolist() if i.filename.lower().endswith((".txt", ".tsv", ".csv"))]
            inside = [i for i in inside if "readme" not in i.filename.lower()]
            inside.sort(key=lambda i: (i.filename != (member or f"{path.stem}.txt"), i.filename))
            if not inside:
                raise InputError(f"{path}: no table in the archive; a GeoNames archive holds {path.stem}.txt")
            if inside[0].file_size > _LARGEST:
                raise InputError(f"{path}: {inside[0].filename} unpacks to {inside[0].file_size / 1e9:.1f} GB, more than allowed")
            with archive.open(inside[0]) as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="\n") as text:
                yield text
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise InputError(f"{path}: the archive is damaged or not complete ({error}); fetch it again") from error


def is_dump(line: str) -> bool:
    """Whether a line looks like one of a GeoNames dump."""
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) == COLUMNS and cells[0].isdigit() and len(cells[6]) <= 1


def identifiers(path: Path) -> frozenset[str]:
    """The GeoNames numbers of a dump's rows."""
    with open_text(path) as lines:
        return frozenset(line.split("\t", 1)[0] for line in _decoded(lines, path))


def alternate_names(path: Path, wanted: frozenset[str] | None = None) -> dict[str, list[str]]:
    """GeoNames id to names in Arabic, Kurdish, Persian, Turkish and European spellings, the preferred ones first."""
    found: dict[str, list[tuple[bool, int, str]]] = {}
    with open_text(path) as lines:
        for line_number, line in enumerate(_decoded(lines, path), start=1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) < 4 or not cells[1].isdigit():
                raise InputError(f"{path}:{line_number}: not a row of alternateNamesV2 (id, geonameid, language, name, ...)")
            if cells[2] in _LANGUAGES and (wanted is None or cells[1] in wanted):
                preferred = len(cells) > 4 and cells[4] == "1"
                found.setdefault(cells[1], []).append((not preferred, line_number, cells[3]))
    return {identifier: [n for _, _, n in sorted(names)] for identifier, names in found.items()}


def read(path: Path, alternates: dict[str, list[str]] | None = None) -> Iterator[Record]:
    """Records of a dump: settlements, units, areas and some kinds of sites; units first.

    Raises:
        InputError: a row with another number of columns, a bad number, a damaged archive or another encoding.
    """
    rows: list[tuple[int, list[str]]] = []
    units: dict[tuple[str, ...], str] = {}
    with open_text(path) as lines:
        for line_number, line in enumerate(_decoded(lines, path), start=1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) != COLUMNS:
                hint = "; the file may be cut off" if len(cells) < COLUMNS else ""
                raise InputError(f"{path}:{line_number}: {len(cells)} columns where a GeoNames dump has {COLUMNS}{hint}")
            if not cells[0].isdigit():
                raise InputError(f"{path}:{line_number}: id {cells[0]!r} is no GeoNames number")
            kind = _kind(cells)
            if not kind:
                continue
            # Keep what is needed; a country has hundreds of thousands of rows.
            rows.append((line_number, [cells[i] for i in (0, 1, 3, 4, 5, 8, 10, 11, 12, 14)] + [kind]))
            level = {"governorate": 1, "district": 2, "subdistrict": 3}.get(kind)
            if level:
                units[(cells[8], *cells[10 : 10 + level])] = f"geonames:{cells[0]}"
    if not rows:
        raise InputError(f"{path}: no place in it; is it a GeoNames country dump?")
    for line_number, cells in rows:
        identifier, name, others, latitude, longitude, country, *admin, population, kind = cells
        names = [*(alternates or {}).get(identifier, ()), name, *(n for n in others.split(",") if n)]
        own = f"geonames:{identifier}"
        parent = next((units[k] for k in ((country, *admin[:n]) for n in (3, 2, 1)) if all(k) and units.get(k, own) != own), "")
        yield Record(
            str(path),
            line_number,
            own,
            tuple(dict.fromkeys(names)),
            kind,
            country,
            parent,
            number(latitude, str(path), line_number, "latitude"),
            number(longitude, str(path), line_number, "longitude"),
            int(number(population, str(path), line_number, "population") or 0),
        )


def _kind(cells: list[str]) -> str:
    feature, code = cells[6], cells[7]
    if feature == "P":
        if code in _SETTLEMENTS:
            return _SETTLEMENTS[code]
        population = int(cells[14]) if cells[14].isdigit() else 0
        return "city" if population >= _CITY else "town" if population >= _TOWN or code.startswith("PPLA") else "village"
    if feature == "A":
        return _UNITS.get(code, "")
    if feature == "S":
        return "site" if code in _SITES else ""
    return "area" if feature in _AREAS else ""


def _decoded(lines: IO[str], path: Path) -> Iterator[str]:
    """The lines, with a message that names the first line that is not UTF-8."""
    read_lines = 0
    try:
        for line in lines:
            read_lines += 1
            yield line
    except UnicodeDecodeError as error:
        line = f"{read_lines + 1} or soon after" if path.suffix.lower() == ".zip" else str(undecodable(path))
        raise InputError(f"{path}:{line}: not UTF-8; save it as UTF-8") from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise InputError(f"{path}:{read_lines + 1}: the archive is damaged ({error}); fetch it again") from error
