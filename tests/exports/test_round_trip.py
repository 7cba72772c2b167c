"""The working table out and in again: what spreadsheets do to it changes nothing, what people do is applied wholly or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from marsad.model import Date, Evidence, Harm, Party, Place
from marsad.register import queries, schema
from marsad.register.rows import insert
from marsad.register.store import Register
from tests.exports.making import run
from tests.register.making import capture, claim, read, report

HEAD = [
    "incident",
    "claim",
    "version",
    "verdict",
    "scope",
    "status",
    "type",
    "date",
    "place",
    "place_id",
    "country",
    "latitude",
    "longitude",
    "perpetrators",
    "targets",
    "sites",
]
DAYS = ("2024-05-05", "2024-05-04", "2024-05-17")


@pytest.fixture(autouse=True)
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of three claims in two incidents, put together by hand, and a working folder."""
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MARSAD_REGISTER", str(tmp_path / "register"))
    monkeypatch.setenv("MARSAD_WHO", "Rana")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    register, _ = Register.create(str(tmp_path / "register"), who="Rana")
    with register:
        made = []
        for number, day in enumerate(DAYS):
            taken = capture(number, report(number), publisher="=cmd|' /C calc'!A0" if number == 2 else "وكالة المثال")
            words = (Evidence.of(taken.text, 0, 8),)
            told = claim(
                taken.document_id, taken.text, date=Date(day, day, "day", words),
                place=Place("أم الورود", "village", ("إدلب",), "SY", 35.5, 36.25 + number, "own:7", "settlement", None, words),
                harm=(Harm("killed", 3, 3, "civilian", None, (), words), Harm("killed", 1, None, "combatant", None, (), words)),
                perpetrators=(Party("russia", "روسيا", words), Party(None, "طيران مجهول", words)),
            )  # fmt: skip
            made.append((taken, read(taken, told)))
        claims = [f"{added.document_id}.1" for added in register.add_all(made, who="Rana")]
        rows = [("i1", "SY-20240504-1", sorted(claims[:2])), ("i2", "SY-20240517-1", claims[2:])]

        def work(connection: Any) -> None:
            insert(connection, schema.incident, [{"id": i, "code": code, "witnesses": 1, "became": None} for i, code, _ in rows])
            insert(connection, schema.incident_claim, [{"claim_id": c, "incident_id": i} for i, _, held in rows for c in held])

        register.apply(work)
    return tmp_path


def written(name: str = "t.csv") -> list[dict[str, str]]:
    run("export", "--to", "table", "--out", name)
    return list(csv.DictReader(io.StringIO(Path(name).read_text("utf-8-sig"), newline=""))) if name.endswith("csv") else []


def save(rows: list[dict[str, str]], name: str = "t.csv", *, delimiter: str = ",", encoding: str = "utf-8-sig") -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    Path(name).write_bytes(stream.getvalue().encode(encoding))
    return name


def plan(name: str = "t.csv", code: int = 0) -> dict[str, Any]:
    return dict(json.loads(run("apply", name, "--json", "--why", "a test", code=code).splitlines()[0]))


def value(number: int) -> dict[str, Any]:
    with Register.open() as register, register.snapshot() as connection:
        found = sorted(queries.claims(connection), key=lambda c: c.value["place"]["longitude"] or 0)
        return found[number].value


def test_the_table_has_marks_days_and_no_formulas() -> None:
    rows = written()
    raw = Path("t.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    assert list(rows[0])[:16] == HEAD
    first = next(r for r in rows if r["date"] == "2024-05-05")
    assert first["killed"] == "3; 1.." and first["perpetrators"] == "russia, ?طيران مجهول" and first["latitude"] == "35.5"
    assert first["version"].startswith("v") and first["claim"].startswith("c-")
    assert next(r for r in rows if r["date"] == "2024-05-17")["publisher"].startswith("'=cmd"), "guarded"
    entry = json.loads(run("log", "--action", "export", "--json").splitlines()[0])
    assert entry["subject"] == "table" and entry["detail"]["rows"] == 3


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_what_nobody_edited_differs_in_nothing(name: str) -> None:
    pytest.importorskip("openpyxl")
    written(name)
    made = plan(name)
    assert made == {"rows": 3, "changes": [], "problems": [], "notes": [], "applied": False}


def slashed(order: str) -> Callable[[dict[str, str]], dict[str, str]]:
    def spoil(row: dict[str, str]) -> dict[str, str]:
        return row | {"date": datetime.fromisoformat(row["date"]).strftime(order), "published": "05/05/2024"}

    return spoil


def arabic(row: dict[str, str]) -> dict[str, str]:
    digits = str.maketrans("0123456789,;", "٠١٢٣٤٥٦٧٨٩،؛")
    return row | {key: row[key].translate(digits) for key in ("date", "killed", "latitude", "perpetrators")}


@pytest.mark.parametrize(
    ("spoil", "how"),
    [
        (lambda row: row, {"delimiter": ";"}),
        (lambda row: row, {"delimiter": "\t", "encoding": "utf-16"}),
        (lambda row: row, {"encoding": "utf-8"}),
        (slashed("%d/%m/%Y"), {"delimiter": ";"}),
        (slashed("%m/%d/%Y"), {}),
        (slashed("%Y/%m/%d"), {}),
        (slashed("%d/%m/%y"), {}),
        (slashed("%d/%m/%Y 00:00"), {}),
        (arabic, {}),
        (lambda row: row | {key: f"'{row[key]}" for key in ("killed", "date", "claim", "version")}, {}),
        (lambda row: row | {key: f" {row[key]}\u200f\u00a0" for key in row}, {}),
        (
            lambda row: row | {"latitude": row["latitude"].replace(".", ","), "longitude": row["longitude"] + "0"},
            {"delimiter": ";"},
        ),
        (lambda row: row | {"country": "sy", "type": row["type"].upper()}, {}),
    ],
)
def test_what_spreadsheets_do_changes_nothing(spoil: Callable[[dict[str, str]], dict[str, str]], how: dict[str, str]) -> None:
    made = plan(save([spoil(row) for row in written()], **how))
    assert made["changes"] == [] and made["problems"] == []


def test_windows_1256_is_read() -> None:
    rows = [{k: v.replace("…", "") for k, v in row.items()} for row in written()]
    assert plan(save(rows, encoding="cp1256"))["problems"] == []


def test_days_with_slashes_are_read_in_the_order_of_the_file() -> None:
    rows = [slashed("%d/%m/%Y")(row) for row in written()]
    changed = next(row for row in rows if row["date"] == "05/05/2024")
    changed["date"] = "06/07/2024"
    (found,) = plan(save(rows))["changes"]
    assert found["column"] == "date" and found["after"] == "06/07/2024"
    run("apply", "t.csv", "--yes", "--why", "a test")
    assert value(0)["date"]["start"] == "2024-07-06", "04/05/2024 told that the day comes first"


def test_a_day_that_may_be_two_is_refused() -> None:
    (row,) = (r for r in written() if r["date"] == "2024-05-05")
    made = plan(save([row | {"date": "06/07/2024"}]), code=1)
    assert made["problems"] == [
        {"row": 2, "column": "date", "message": "06/07/2024 may be 2024-06-07 or 2024-07-06; write the day as YYYY-MM-DD"}
    ]


def edit(row: dict[str, str], **cells: str) -> None:
    row.update(cells)


def test_changes_are_shown_and_applied_as_decisions() -> None:
    rows = written()
    first, other = (next(r for r in rows if r["date"] == day) for day in DAYS[:2])
    edit(
        first, type="attack", date="2024-05", place="أم الورد", killed="4; 2..6", injured="2@وأصيب اثنان", perpetrators="russia, isis@قصف", sites="market@السوق",
        why="seen by two",
    )  # fmt: skip
    edit(other, verdict="accept", incident="sy-20240517-1")
    save(rows)
    before = run("log", "--json")
    shown = run("apply", "t.csv", "--why", "for all")
    assert "attack" in shown and run("log", "--json") == before, "nothing is stored without --yes"
    run("apply", "t.csv", "--why", "for all", "--yes")
    made = value(0)
    assert (made["type"], made["date"]["start"], made["date"]["end"], made["date"]["precision"]) == (
        "attack", "2024-05-01", "2024-05-31", "month",
    )  # fmt: skip
    assert made["place"]["name"] == "أم الورد" and made["place"]["gazetteer"] == "own:7"
    harm = [(h["kind"], h["min"], h["max"], h["status"]) for h in made["harm"]]
    assert harm == [("killed", 4, 4, "civilian"), ("killed", 2, 6, "combatant"), ("injured", 2, 2, "unknown")]
    assert [p["id"] for p in made["perpetrators"]] == ["russia", "isis"]
    assert made["sites"][0]["kind"] == "market" and made["sites"][0]["evidence"][0]["text"] == "السوق"
    decided = [json.loads(line) for line in run("decisions", "--json").splitlines()]
    assert sorted((d["verdict"], d["why"]) for d in decided) == [("accept", "for all"), ("correct", "seen by two")]
    incident = json.loads(run("incident", "SY-20240517-1", "--json"))
    assert len(incident["claims"]) == 2
    entry = json.loads(run("log", "--action", "apply", "--json").splitlines()[0])
    assert entry["subject"] == "t.csv" and entry["detail"]["rows"] == 2 and run("verify")
    assert plan(code=1)["problems"][0]["message"].startswith("somebody changed"), "the table is old now"
    written()
    assert plan()["changes"] == []


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("type", "strike", "no value"),
        ("status", "true", "no value"),
        ("date", "2024-02-31", "2024-02-31"),
        ("date", "soon", "a date is expected"),
        ("place_id", "geonames:0", "there is no place with this id"),
        ("country", "SYR", "two capital letters"),
        ("latitude", "95", "degrees"),
        ("latitude", "north", "a number is expected"),
        ("killed", "3", "the claim tells of 2 groups"),
        ("killed", "many; 1", "a number is expected"),
        ("killed", "5..2; 1", "lies behind"),
        ("injured", "2", "no evidence"),
        ("injured", "2@خمسة", "do not stand in the text"),
        ("perpetrators", "wagner@قصف", "is no party"),
        ("perpetrators", "isis", "no evidence"),
        ("sites", "castle@السوق", "no value"),
        ("verdict", "maybe", "accept or reject is expected"),
        ("verdict", "undo", "marsad undo"),
        ("incident", "SY-19990101-1", "there is no incident"),
        ("incident", "", "an incident is needed"),
        ("claim", "c-0123456789abcdef.1", "there is no claim"),
        ("claim", "", "rows cannot be added"),
        ("version", "v000000000000", ""),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(column: str, cell: str, reason: str) -> None:
    rows = written()
    edit(rows[0], type="attack")
    at = next(n for n, row in enumerate(rows) if row["date"] == DAYS[2])
    edit(rows[at], **{column: cell})
    if column == "version":
        edit(rows[at], type="attack")
    save(rows)
    made = plan(code=1)
    (problem,) = made["problems"]
    assert (problem["row"], problem["column"]) == (at + 2, column) and reason in problem["message"]
    said = run("apply", "t.csv", "--yes", "--why", "a test", code=1)
    assert f"t.csv: row {at + 2}, column {column}:" in said and "nothing was applied" in said
    assert not run("decisions", "--json"), "not even the row that is right"


def test_a_row_that_somebody_changed_since_is_refused() -> None:
    rows = written()
    mine = next(row for row in rows if row["date"] == DAYS[0])
    run("correct", mine["claim"].removeprefix("c-"), "status=denied", "--why", "they deny it", "--who", "Samir")
    edit(mine, type="attack")
    save(rows)
    (problem,) = plan(code=1)["problems"]
    assert problem["column"] == "version" and "somebody changed" in problem["message"]


def test_a_table_with_a_mistake_is_not_said_to_differ_in_nothing() -> None:
    rows = written()
    edit(rows[0], claim="c-ffff.9")
    save(rows)
    said = run("apply", "t.csv", code=1)
    assert "there is no claim ffff.9" in said and "1 problem; nothing was applied" in said and "nothing differs" not in said


def test_reasons_doubles_and_what_cannot_be_changed() -> None:
    rows = written()
    edit(rows[0], type="attack")
    save([*rows, rows[0]])
    said = run("apply", "t.csv", code=1)
    assert "column why: a reason is needed" in said and "row 5, column claim: the claim stands in row 2 already" in said
    edit(rows[0], quote="other words", why="x")
    rows[0]["mine"] = "a note"
    made = plan(save([{**row, "mine": row.get("mine", "")} for row in rows]))
    assert made["notes"] == [
        "column 'mine' is none of the table and is passed over", "row 2: quote cannot be changed here and is passed over",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "there must be one column 'claim'"),
        (b"a,b\n1,2\n", "there must be one column 'claim'"),
        (b"claim,version,claim\n", "there must be one column 'claim'"),
        (b"PK\x03\x04rest", "is no workbook"),
        (b"\xff\xfe\x00", "is neither UTF-8"),
    ],
)
def test_files_that_are_no_table_are_refused(data: bytes, reason: str) -> None:
    pytest.importorskip("openpyxl")
    Path("x").write_bytes(data)
    assert reason in run("apply", "x", code=2)
    assert "no such file" in run("apply", "nowhere.csv", code=2).lower()


def test_a_workbook_with_days_and_numbers_of_its_own(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    written("t.xlsx")
    book = openpyxl.load_workbook("t.xlsx")
    sheet = book["table"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, 5):
        day = sheet.cell(row, heads["date"])
        day.value = datetime.fromisoformat(day.value)
        sheet.cell(row, heads["latitude"]).value = 35.5
    sheet.cell(2, heads["type"]).value = "attack"
    book.save("t.xlsx")
    made = plan("t.xlsx")
    assert [c["column"] for c in made["changes"]] == ["type"] and made["problems"] == []


def test_a_point_is_set_by_both_its_cells_and_half_a_point_by_none() -> None:
    mine = next(row for row in written() if row["date"] == DAYS[0])
    run(
        "correct",
        mine["claim"].removeprefix("c-"),
        "place.latitude=",
        "place.longitude=",
        "--why",
        "another village of this name",
    )
    rows = written()
    row = next(row for row in rows if row["date"] == DAYS[0])
    edit(row, latitude="36.5", why="seen on a map")
    save(rows)
    (problem,) = plan(code=1)["problems"]
    assert problem["column"] == "latitude" and "go together" in problem["message"]
    edit(row, longitude="35.25")
    save(rows)
    run("apply", "t.csv", "--yes")
    place = value(0)["place"]
    assert (place["latitude"], place["longitude"]) == (36.5, 35.25)


@pytest.mark.parametrize(("column", "cell"), [("injured", "2"), ("perpetrators", "russia, isis")])
def test_where_words_are_wanted_the_message_shows_how_to_write_them(column: str, cell: str) -> None:
    rows = written()
    edit(rows[0], **{column: cell})
    save(rows)
    (problem,) = plan(code=1)["problems"]
    assert problem["message"].endswith(f"in the cell, behind what is new: {cell}@WORDS")


@pytest.mark.parametrize("asked", [["--profile", "public"], ["--profile", "partner"], ["--grade", "fair"], ["--preview"]])
def test_what_the_table_cannot_keep_to_is_refused(asked: list[str]) -> None:
    said = run("export", "--to", "table", "--out", "t.csv", *asked, code=2)
    assert "the working table" in said and not Path("t.csv").exists()
    run("export", "--to", "table", "--out", "t.csv", "--profile", "internal")
