"""The commands that count incidents, as a user types them, on the sample reports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from marsad.cli.main import app
from tests.shared import SAMPLES

pytest.importorskip("splink", reason="needs the extra link")
runner = CliRunner()


def run(*arguments: str, code: int = 0) -> str:
    result = runner.invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture
def linked(here: Path) -> Path:
    """A working folder with a register of some sample reports, put together."""
    run("init")
    run("add", *[str(SAMPLES / "reports" / f"s{n}.json") for n in ("01", "02", "03", "04", "34", "35", "36")])
    run("link")
    return here


def test_every_policy_counts_and_names_itself(linked: Path) -> None:
    names = [line.split("\t")[0] for line in run("policies").splitlines()]
    assert len(names) == 5
    for name in names:
        made = json.loads(run("count", "--policy", name, "--by", "month,governorate", "--format", "json"))
        assert made["policy"] == name and made["version"]
        for told in made["counts"]:
            claims = {c["claim"] for c in told["left_out"]} | set(told["used"])
            incident = json.loads(run("incident", told["incident"], "--json"))
            assert claims == set(incident["claims"])
            assert all(c["reason"] for c in told["left_out"])


def test_csv_table_and_chart_tell_the_same(linked: Path) -> None:
    arguments = ("count", "--policy", "ucdp-best-low-high", "--by", "country")
    made = json.loads(run(*arguments, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))
    total = next(s for s in made["all"]["sums"] if (s["kind"], s["who"]) == ("killed", "all"))
    (line,) = [r for r in rows if (r["country"], r["kind"], r["who"]) == ("all", "killed", "all")]
    assert [line["low"], line["best"], line["high"]] == [str(total[k]) for k in ("low", "best", "high")]
    assert {row.split("\t")[0] for row in run(*arguments).splitlines()} == {"SY", "YE", "all"} | {
        "SA" for r in made["rows"] if r["key"] == ["SA"]
    }
    run(*arguments, "--format", "svg", "--out", "chart.svg")
    chart = ElementTree.parse(linked / "chart.svg")
    words = {e.text for e in chart.iter("{http://www.w3.org/2000/svg}text")}
    assert {"SY", "YE"} <= words


def test_a_policy_can_be_copied_and_changed(linked: Path) -> None:
    text = run("policies", "airwars-range").replace('name = "airwars-range"', 'name = "ours"')
    (linked / "ours.toml").write_text(text.replace('kinds = ["killed", "injured"]', 'kinds = ["killed"]'), "utf-8")
    made = json.loads(run("count", "--policy", "ours.toml", "--format", "json"))
    assert made["policy"] == "ours"
    assert all(s["kind"] == "killed" for s in made["all"]["sums"])


def test_sums_hold_tolls_of_many_events_against_incidents(linked: Path) -> None:
    checks = [json.loads(line) for line in run("sums", "--json").splitlines()]
    assert checks and all(c["verdict"] in ("fits", "short", "over", "nothing") and c["reason"] for c in checks)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--policy", "nobody"), "no policy 'nobody'"),
        (("--policy", "missing.toml"), "missing.toml"),
        (("--policy", "airwars-range", "--by", "colour"), "'colour'"),
        (("--policy", "airwars-range", "--format", "pdf"), "pdf"),
        (("--policy", "airwars-range", "--since", "2020-13-01"), "no such day"),
    ],
)
def test_what_cannot_be_counted_is_told(linked: Path, arguments: tuple[str, ...], message: str) -> None:
    result = runner.invoke(app, ["count", *arguments])
    assert result.exit_code == 2 and message in result.output
