"""The commands of exports as a user types them, on sample reports; what comes out is read back and laid beside the register."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from marsad.cli.main import app
from marsad.exports.formats import formats
from tests.exports.making import run
from tests.shared import ROOT

runner = CliRunner()
pytestmark = pytest.mark.usefixtures("here")


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(name).read_text("utf-8"), newline="")))


def test_formats_are_listed_and_profiles_shown() -> None:
    assert [line.split("\t")[0] for line in run("export").splitlines()] == [*formats(), "table"]
    assert [line.split("\t")[0] for line in run("profiles").splitlines()] == ["internal", "partner", "public"]
    Path("ours.toml").write_text(run("profiles", "public").replace('name = "public"', 'name = "ours"'), "utf-8")
    run("export", "--to", "json", "--profile", "ours.toml", "--out", "a.json")
    assert json.loads(Path("a.json").read_text("utf-8"))["about"]["profile"] == "ours"


@pytest.mark.parametrize("profile", ["internal", "partner", "public"])
@pytest.mark.parametrize("form", formats())
def test_two_exports_are_the_same_to_the_byte_and_logged(form: str, profile: str) -> None:
    for name in ("one", "other"):
        run("export", "--to", form, "--profile", profile, "--out", name, "--why", "a test")
    made = Path("one").read_bytes()
    assert made == Path("other").read_bytes()
    entry = json.loads(run("log", "--action", "export", "--json").splitlines()[0])
    assert entry["subject"] == form and entry["why"] == "a test" and entry["who"] == "Rana"
    assert entry["detail"]["sha256"] == hashlib.sha256(made).hexdigest() and entry["detail"]["profile"] == profile
    assert not list(Path().glob(".*.part"))


@pytest.mark.parametrize("profile", ["internal", "partner", "public"])
def test_the_whole_record_fits_its_schema_and_the_register(profile: str) -> None:
    run("export", "--to", "json", "--profile", profile, "--out", "a.json")
    made = json.loads(Path("a.json").read_text("utf-8"))
    Draft202012Validator(json.loads((ROOT / "docs" / "export.schema.json").read_text("utf-8"))).validate(made)
    listed = {i["code"]: i for i in map(json.loads, run("incidents", "--json").splitlines())}
    assert {i["code"] for i in made["incidents"]} == set(listed)
    for incident in made["incidents"]:
        told = listed[incident["code"]]
        ids = {c["id"] for c in incident["claims"]}
        if profile == "public":
            assert incident["id"] == told["code"] and ids == {f"{told['code']}.{n + 1}" for n in range(len(told["claims"]))}
        else:
            assert incident["id"] == told["id"] and ids == set(told["claims"])
        assert incident["country"] == told["country"]
        if profile == "internal":
            shown = json.loads(run("incident", incident["code"], "--json"))["together"]
            assert incident["figures"].keys() == {f"{f['kind']}.{f['who']}" for f in shown["figures"]}
            assert incident["origins"]["count"] == shown["origins"]["count"]
            assert incident["contradictions"] == [c["slot"] for c in shown["contradictions"]]


def test_the_table_has_the_numbers_of_count() -> None:
    run("export", "--to", "acled", "--out", "a.csv")
    rows = table("a.csv")
    counts = json.loads(run("count", "--policy", "acled-conservative", "--format", "json"))["counts"]
    ids = {i["id"]: i["code"] for i in map(json.loads, run("incidents", "--json").splitlines())}
    told = {
        ids[c["incident"]]: next(f["best"] for f in c["figures"] if (f["kind"], f["who"]) == ("killed", "all"))
        for c in counts
        if c["standing"] != "left out"
    }
    assert rows and {r["event_id_cnty"]: int(r["fatalities"]) for r in rows} == {
        code: number for code, number in told.items() if code in {r["event_id_cnty"] for r in rows}
    }
    assert all(r["tags"].startswith("ACLED-compatible, not ACLED data") for r in rows)


def test_choice_narrows_and_is_told() -> None:
    run("export", "--to", "json", "--country", "YE", "--out", "a.json")
    made = json.loads(Path("a.json").read_text("utf-8"))
    assert made["about"]["choice"] == {"country": "YE"} and made["incidents"]
    assert {i["country"] for i in made["incidents"]} == {"YE"}
    run("export", "--to", "json", "--grade", "weak", "--out", "a.json")
    assert {i["grade"]["suggested"] for i in json.loads(Path("a.json").read_text("utf-8"))["incidents"]} <= {"weak"}
    run("export", "--to", "json", "--since", "2040-01-01", "--out", "a.json")
    assert json.loads(Path("a.json").read_text("utf-8"))["incidents"] == []


def test_the_preview_shows_what_leaves_and_writes_nothing() -> None:
    before = json.loads(run("log", "--json").splitlines()[0])["number"]
    lines = [json.loads(line) for line in run("export", "--to", "csv", "--preview", "--json").splitlines()]
    run("export", "--to", "csv", "--out", "a.csv")
    rows = table("a.csv")
    assert [line["code"] for line in lines[:-1]] == [row["code"] for row in rows]
    for line, row in zip(lines, rows, strict=False):
        assert line["leaves"]["title_ar"] == row["title_ar"] and {"field", "why", "why_ar"} == set(line["held"][0])
    assert lines[-1]["left"] == len(rows) and lines[-1]["held"]
    shown = runner.invoke(app, ["export", "--to", "ucdp", "--preview"])
    assert "held back: place: made coarser" in shown.stdout and "incidents would leave" in shown.stderr
    assert "not in it" in shown.stderr and "the policy does not count it" in shown.stderr
    assert json.loads(run("log", "--json").splitlines()[0])["number"] == before + 1, "the file, and neither preview"


def test_slips_are_told_and_leave_nothing_behind() -> None:
    assert "name the file to write with --out" in run("export", "--to", "csv", code=2)
    assert "there is no format 'xls'" in run("export", "--to", "xls", "--out", "a", code=2)
    assert "there is no profile 'press'" in run("export", "--to", "csv", "--profile", "press", "--out", "a", code=2)
    assert "there is no policy" in run("export", "--to", "csv", "--policy", "none", "--out", "a", code=2)
    assert "there is no folder nowhere" in run("export", "--to", "csv", "--out", "nowhere/a.csv", code=2)
    assert "is a folder" in run("export", "--to", "csv", "--out", ".", code=2)
    assert "--grade best: unknown" in run("export", "--to", "csv", "--grade", "best", "--out", "a", code=2)
    assert "there is no such day" in run("export", "--to", "csv", "--as-of", "2024-02-31", "--out", "a", code=2)
    assert not list(Path().iterdir())


@pytest.mark.parametrize("form", ["json", "xlsx", "parquet", "sqlite", "kml"])
def test_several_processes_let_out_the_same(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """Whatever the number of processes and the size of pages, and with the same told of what was held back."""
    one = json.loads(run("export", "--to", form, "--out", "one", "--json"))
    monkeypatch.setattr("marsad.exports.shaping._WORTH", 0)
    monkeypatch.setattr("marsad.exports.shaping.cores", lambda: 2)
    monkeypatch.setattr("marsad.exports.material.PAGE", 3)
    many = json.loads(run("export", "--to", form, "--out", "many", "--json"))
    assert Path("one").read_bytes() == Path("many").read_bytes()
    assert {k: v for k, v in one.items() if k != "file"} == {k: v for k, v in many.items() if k != "file"}
