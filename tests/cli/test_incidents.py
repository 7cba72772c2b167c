"""The commands for incidents, as a user types them, on the sample reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.shared import SAMPLES

pytest.importorskip("splink", reason="needs the extra link")

pytestmark = pytest.mark.usefixtures("here")


def test_from_reports_to_incidents_and_judgements(here: Path) -> None:
    run("init")
    files = [str(SAMPLES / "reports" / f"s{n}.json") for n in ("01", "02", "03", "04", "34", "35", "36")]
    run("add", *files)
    assert "incidents  " not in run("status")
    told = run("link")
    status = json.loads(run("status", "--json"))
    assert status["incidents"] > 0 and status["unlinked"] == 0
    assert "incidents of" in told
    rows = [json.loads(line) for line in run("incidents", "--json").splitlines()]
    large = max(rows, key=lambda row: len(row["claims"]))
    assert len(large["claims"]) > 1
    shown = run("incident", large["code"], "--explain")
    assert large["code"] in shown and "independent origins" in shown and "same day" in shown
    record = json.loads(run("incident", large["code"], "--json"))
    assert set(record["values"]) >= {"type", "date", "place"}
    assert record["words"]["en"]["summary"][:40] in shown.replace("\n", " ") and record["words"]["ar"]["title"]
    assert run("incidents", "--country", "YE") != run("incidents", "--country", "SY")

    out = large["claims"][0]
    made = run("split", large["code"], out, "--why", "another strike").split(":")[0]
    assert json.loads(run("incident", made, "--json"))["claims"] == [out]
    run("merge", large["code"], made, "--why", "the same strike")
    joined = json.loads(run("incident", large["code"], "--json"))
    assert out in joined["claims"] and joined["witnesses"] == large["witnesses"]
    assert len(run("judgements").splitlines()) == 2
    assert "taken back" in run("retract", "2", "--why", "a slip")
    assert json.loads(run("incident", made, "--json"))["claims"] == [out]
    assert "3 judgements" in run("verify")


def test_reports_are_taken_in_and_linked_at_once(here: Path) -> None:
    run("init")
    run("add", *(str(SAMPLES / "reports" / f"s{n}.json") for n in ("01", "02", "03")), "--link")
    before = {c: row["id"] for row in map(json.loads, run("incidents", "--json").splitlines()) for c in row["claims"]}
    told = run("add", str(SAMPLES / "reports" / "s04.json"), "--link")
    assert "new claims, 0 changed, 0 gone; now" in told
    after = {c: row["id"] for row in map(json.loads, run("incidents", "--json").splitlines()) for c in row["claims"]}
    assert {c: after[c] for c in before} == before and len(after) > len(before)
    assert "0 new claims" in run("link") and "new claims" not in run("link", "--all")


def test_claims_in_no_incident_are_listed_with_the_reason_and_can_be_put_into_one(here: Path) -> None:
    run("init")
    run("add", str(SAMPLES / "reports"), "--link")
    number = int(run("link").split(" claims in no incident")[0].split(" ")[-1])
    listed = [json.loads(line) for line in run("alone", "--json").splitlines()]
    assert len(listed) == number > 3 and all(one["reason"] for one in listed)
    kinds = {one["kind"] for one in listed}
    assert "aggregate" in kinds and len(run("alone", "--kind", "aggregate").splitlines()) < number
    assert "unknown" in run("alone", "--kind", "nothing", code=2)
    claim = next(one["claim"] for one in listed if one["kind"] != "aggregate")
    code = json.loads(run("incidents", "--json").splitlines()[0])["code"]
    run("move", claim, code, "--why", "told in the report")
    assert claim not in run("alone") and claim in json.loads(run("incident", code, "--json"))["claims"]
    run("retract", "1", "--why", "a slip")
    assert "returned" in next(line for line in run("alone").splitlines() if line.startswith(claim))


def test_what_cannot_be_done_is_told(here: Path) -> None:
    run("init")
    assert "no incident X" in run("incident", "X", code=2)
    assert "reason" in run("retract", "1", code=2) or "no judgement" in run("retract", "1", "--why", "x", code=2)
    assert "marsad link" in run("incidents")


def test_a_person_signs_a_grade_and_takes_it_back(here: Path) -> None:
    run("init")
    run("add", *[str(SAMPLES / "reports" / f"s{n}.json") for n in ("01", "02", "03")])
    run("link")
    code = json.loads(run("incidents", "--json").splitlines()[0])["code"]
    assert "a reason is needed" in run("grade", code, "weak", code=2)
    assert "is no grade" in run("grade", code, "certain", "--why", "x", code=2)
    assert "stands" in run("grade", code, "weak", "--why", "one source")
    told = json.loads(run("incident", code, "--json"))
    assert told["together"]["grade"]["signed"] == "weak" and told["signatures"][0]["why"] == "one source"
    assert "signed grade  weak, Rana" in run("incident", code) and "\tweak" in run("incidents")
    number = json.loads(run("grade", code, "--json"))["id"]
    assert "taken back" in run("grade", code, "--undo", str(number), "--why", "too early")
    assert json.loads(run("incident", code, "--json"))["together"]["grade"]["signed"] is None
    assert "signed grade" not in run("incident", code)


def test_rejected_claims_are_shown_and_stand_behind_no_number(here: Path) -> None:
    run("init")
    run("add", *[str(SAMPLES / "reports" / f"s{n}.json") for n in ("01", "02", "03", "04")])
    run("link")
    large = max(map(json.loads, run("incidents", "--json").splitlines()), key=lambda row: len(row["claims"]))
    before = json.loads(run("incident", large["code"], "--json"))
    alone = next(r for r in before["records"] if [s["document"] for s in before["records"]].count(r["document"]) == 1)
    run("reject", alone["id"], "--why", "an old report")
    after = json.loads(run("incident", large["code"], "--json"))
    assert after["witnesses"] == before["witnesses"] - 1 and after["origins"] <= before["origins"]
    assert after["origins"] == after["together"]["origins"]["count"]
    assert f"{len(after['claims'])} claims of {after['witnesses']} reports" in run("incident", large["code"])
