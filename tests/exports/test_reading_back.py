"""Files are read back by the readers that people use, and laid beside what the engine let out."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from marsad.exports.formats import format_of
from marsad.exports.mapping import Cell, Column
from marsad.exports.writers.delimited import CSV
from marsad.exports.writers.sheet import Sheet, Writer, sheet_of
from marsad.exports.writers.workbook import XLSX
from tests.exports.making import run

pytestmark = pytest.mark.usefixtures("here")


def exported(form: str, file: str, profile: str = "public") -> list[dict[str, Any]]:
    """Write a file; returns the rows that the preview shows."""
    arguments = ("export", "--to", form, "--profile", profile)
    run(*arguments, "--out", file)
    rows = [json.loads(line) for line in run(*arguments, "--preview", "--json").splitlines()][:-1]
    assert rows
    return [row["leaves"] for row in rows]


def kinds(form: str) -> dict[str, str]:
    mapper = format_of(form).mapper
    assert mapper is not None
    return {column.name: column.kind for column in mapper.columns}


@pytest.mark.parametrize("form", ["csv", "acled", "ucdp", "airwars", "atlos", "uwazi"])
def test_text_tables_by_duckdb(form: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    rows = exported(form, "a.csv")
    found = duckdb.sql(
        "select * from read_csv('a.csv', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"
    )
    assert found.columns == list(rows[0])
    for told, row in zip(found.fetchall(), rows, strict=True):
        for cell, (name, value) in zip(told, row.items(), strict=True):
            wanted = value if isinstance(value, str) else None if value is None else json.dumps(value)
            # A text that a spreadsheet would take for a formula begins with an apostrophe.
            assert cell == wanted or cell == f"'{wanted}", name


def test_parquet_by_duckdb_with_types() -> None:
    duckdb = pytest.importorskip("duckdb")
    rows = exported("parquet", "a.parquet")
    found = duckdb.sql("select * from 'a.parquet'")
    wanted = {"text": "VARCHAR", "int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN", "date": "DATE"}
    assert [str(t) for t in found.types] == [wanted[kind] for kind in kinds("parquet").values()]
    for told, row in zip(found.fetchall(), rows, strict=True):
        days = [cell.isoformat() if isinstance(cell, date) else cell for cell in told]
        assert dict(zip(found.columns, days, strict=True)) == row


def test_workbook_by_openpyxl() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = exported("xlsx", "a.xlsx")
    book = openpyxl.load_workbook("a.xlsx", read_only=True)
    heads, *told = book["incidents"].iter_rows(values_only=True)
    assert [dict(zip(heads, cells, strict=True)) for cells in told] == rows
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    assert about["profile"] == "public" and about["policy"] == "airwars-range"


def test_hxl_by_libhxl() -> None:
    hxl = pytest.importorskip("hxl")
    rows = exported("hxl", "a.csv")
    with hxl.data("a.csv", hxl.InputOptions(allow_local=True)) as source:
        found = [row.values for row in source]
        tags = source.display_tags
        heads = [column.header for column in source.columns]
    mapper = format_of("hxl").mapper
    assert mapper is not None and heads == list(rows[0]) and len(tags) == len(mapper.columns)
    wanted = [hxl.model.Column.parse(c.tag).display_tag for c in mapper.columns]
    assert tags == wanted
    for told, row in zip(found, rows, strict=True):
        assert [cell or None for cell in told] == [
            None if v is None else v if isinstance(v, str) else repr(v) for v in row.values()
        ]
    # What libhxl takes for days and numbers must be some.
    schema = [
        {"#valid_tag": "#date", "#valid_datatype": "date"},
        {"#valid_tag": "#affected", "#valid_datatype": "number"},
        {"#valid_tag": "#geo+lat", "#valid_datatype": "number"},
    ]
    table = [list(schema[0]), *[list(rule.values()) for rule in schema]]
    with hxl.data("a.csv", hxl.InputOptions(allow_local=True)) as source:
        assert source.validate(hxl.data(table))


@pytest.mark.parametrize("form", ["geojson", "kml"])
def test_maps_by_gdal(form: str) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    pytest.importorskip("pyarrow")
    rows = exported(form, f"a.{form}")
    assert pyogrio.read_info(f"a.{form}")["crs"] == "EPSG:4326"
    meta, table = pyogrio.read_arrow(f"a.{form}")
    found = table.to_pylist()
    assert len(found) == len(rows)
    run("export", "--to", "json", "--out", "a.json")
    places = {i["id"]: i["place"] for i in json.loads(Path("a.json").read_text("utf-8"))["incidents"]}
    for told, row in zip(found, rows, strict=True):
        for name, value in row.items():
            cell = told[name]
            # KML has texts only, and GDAL makes days of what looks like one.
            shown = cell.isoformat()[:10] if hasattr(cell, "isoformat") else str(cell)
            assert shown == str(value) if value is not None else cell in (None, ""), name
        place = places[row["id"]]
        point = told[meta.get("geometry_name") or "wkb_geometry"]
        if place is None or place["latitude"] is None:
            assert point is None
        else:
            import struct

            assert struct.unpack("<dd", point[5:21]) == (place["longitude"], place["latitude"])


def test_database_by_sqlite() -> None:
    rows = exported("sqlite", "a.db", "partner")
    assert stat.S_IMODE(os.stat("a.db").st_mode) == 0o444
    with closing(sqlite3.connect("file:a.db?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        assert database.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert not database.execute("pragma foreign_key_check").fetchall()
        for told, row in zip(database.execute("select * from incidents order by code"), rows, strict=True):
            assert dict(told) == {k: int(v) if isinstance(v, bool) else v for k, v in row.items()}
        run("export", "--to", "json", "--profile", "partner", "--out", "a.json")
        for incident in json.loads(Path("a.json").read_text("utf-8"))["incidents"]:
            mine = (incident["id"],)
            claims = database.execute("select record from claims where incident_id = ? order by rowid", mine)
            assert [json.loads(claim[0]) for claim in claims] == incident["claims"]
            figures = database.execute("select kind || '.' || who, low, high from figures where incident_id = ?", mine)
            assert {n: (low, high) for n, low, high in figures} == {
                n: (f["low"], f["high"]) for n, f in incident["figures"].items()
            }
            reports = database.execute("select address from reports where incident_id = ? order by number", mine)
            assert [r[0] for r in reports] == [r["address"] for r in incident["reports"]]
    meta = json.loads(Path("a.metadata.json").read_text("utf-8"))
    tables = meta["databases"]["a"]["tables"]
    assert tables["incidents"]["columns"].keys() == kinds("sqlite").keys() and "about" in tables
    shown = tables["incidents"]
    assert {shown["label_column"], shown["sort_desc"], *shown["facets"]} <= kinds("sqlite").keys()


def test_ranges_and_codes_of_atlos_and_uwazi() -> None:
    for form in ("atlos", "uwazi"):
        rows = exported(form, "a.csv")
        assert all(row.get("description") or row.get("title__en") for row in rows)
    (row, *_) = [r for r in exported("uwazi", "a.csv") if r["Geolocation"]]
    latitude, longitude = map(float, row["Geolocation"].split("|"))
    assert -90 <= latitude <= 90 and -180 <= longitude <= 180
    start, end = row["Date"].split(":")
    assert len(start) == len(end) == 10 and start.count("/") == 2
    (row, *_) = [r for r in exported("atlos", "a.csv") if r["location"]]
    assert all(float(part) for part in row["location"].split(", ")) and row["sensitive"] in (
        "Graphic Violence",
        "Not Sensitive",
    )


_TEXTS: list[Cell] = [
    "=1+1",
    "+49",
    "-1",
    "@x",
    "\tx",
    "\n=1",
    "＝1",
    "＠x",
    'a,b\n"c"',
    "عربي",
    "a\x0bb",
    "x" * 40_000,
    "'x",
    "007",
]


def odd(writer: Writer) -> Sheet:
    columns = (Column("a", ("id",), "same", "text", "", ""), Column("b", ("id",), "same", "int", "", ""))
    return sheet_of(writer, columns, [({"id": str(n)}, [text, -n]) for n, text in enumerate(_TEXTS)], {"format": "test"})


def test_no_text_is_a_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import csv

    CSV.write(tmp_path / "a.csv", odd(CSV))
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        (_, *rows) = list(csv.reader(stream))
    assert not [row for row in rows if row[0][:1] in tuple("=+-@\t\r\n＝＋－＠")]
    assert [row[1] for row in rows] == [str(-n) for n in range(len(_TEXTS))], "numbers stay numbers"
    XLSX.write(tmp_path / "a.xlsx", odd(XLSX))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["incidents"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert not [c for c in cells if c.data_type == "f"]
    assert [c.value for c in cells] == [t.replace("\x0b", "")[:32_767] for t in map(str, _TEXTS)]
