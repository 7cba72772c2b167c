"""The commands for what people decide and pin, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from marsad.register.store import Register
from tests.cli.command import run
from tests.register.making import capture, read, report

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def claims(here: Path) -> list[str]:
    """The ids of the claims of a register in the working folder, one of each of three documents."""
    with Register.create()[0] as register:
        captures = [capture(n, report(n)) for n in range(3)]
        register.add_all([(c, read(c)) for c in captures], who="Rana")
    return [f"{c.document_id}.1" for c in captures]


def test_claims_are_accepted_and_rejected(claims: list[str]) -> None:
    told = run("accept", claims[0], f"{claims[1][:10]}.1")
    assert told.count("accepted (decision") == 2 and "shelling artillery missile, 2024-05-05" in told
    assert "accepted, as before (decision 1)" in run("accept", claims[0])
    assert "--why REASON" in run("reject", claims[2], code=2)
    assert "rejected (decision 3)" in run("reject", claims[2], "--why", "a double")
    assert run("claims", "--verdict", "accept").count("\n") == 2
    assert "all is as it was stored" in run("verify")


def test_all_claims_of_a_command_are_decided_on_or_none(claims: list[str]) -> None:
    assert "there is no document ffff" in run("accept", claims[0], "ffff.1", code=2)
    assert "is a document; decide on its claims" in run("accept", claims[0], claims[1][:16], code=2)
    assert "no decision" in run("decisions")


def test_claims_come_from_a_list(claims: list[str]) -> None:
    listed = run("claims")
    assert run("accept", "-", stdin=listed).count("accepted (decision") == 3
    lines = [json.loads(line) for line in run("accept", "-", "--json", stdin=run("claims", "--json")).splitlines()]
    assert {line["claim"] for line in lines} == set(claims) and not any(line["new"] for line in lines)
    assert "no claim is named" in run("accept", "-", stdin="\n", code=2)


def test_values_are_corrected_and_shown(claims: list[str]) -> None:
    told = run("correct", claims[0], "status=uncertain", "harm.killed=4..6@ثلاثة", "--why", "left open")
    assert "corrected (decision 1)" in told and "asserted -> uncertain" in told
    assert "3 killed, civilian  قصف -> 4 to 6 killed, civilian  ثلاثة" in told
    shown = run("show", claims[0])
    assert "harm.1" in shown and "4 to 6 killed, civilian  ثلاثة   (corrected; read as 3 killed, civilian  قصف)" in shown
    record = json.loads(run("claims", "--verdict", "correct", "--json"))
    assert (record["harm"][0]["min"], record["harm"][0]["evidence"][0]["text"]) == (4, "ثلاثة")
    assert "corrected, as before (decision 1)" in run(
        "correct", claims[0], "status=uncertain", "harm.killed=4..6@ثلاثة", "--why", "left open"
    )


def test_values_are_corrected_from_a_file(here: Path, claims: list[str]) -> None:
    (here / "values.json").write_text(json.dumps({"weapons": [{"kind": "artillery", "evidence": ["قصف"]}]}))
    assert "nothing -> artillery  قصف" in run("correct", claims[0], "type=attack", "--file", "values.json", "--why", "x")
    assert "decision 2" in run("correct", claims[0], "--file", "-", "--why", "x", stdin='{"scope": "aggregate"}')
    for content, reason in (("[1]", "an object of slots"), ("{", "not JSON"), ('{"weapons": [{"kind": "x"}]}', "no value of it")):
        (here / "values.json").write_text(content)
        assert reason in run("correct", claims[0], "--file", "values.json", "--why", "x", code=2)
    assert "No such file" in run("correct", claims[0], "--file", "none.json", "--why", "x", code=2)


def test_a_place_comes_from_the_gazetteer_or_a_pin(claims: list[str]) -> None:
    place = json.loads(run("pin", "دار الياسمين", "--class", "town", "--country", "SY", "--at", "35.1,36.1", "--json"))["place"]
    run("correct", claims[0], f"place={place}", "--why", "asked")
    found = json.loads(run("show", claims[0], "--json"))["place"]
    assert (found["name"], found["class"], found["latitude"], found["gazetteer"]) == ("أم الورود", "town", 35.1, place)
    run("correct", claims[0], "place=geonames:173480", "--why", "asked")
    assert json.loads(run("show", claims[0], "--json"))["place"]["gazetteer"] == "geonames:173480"


def test_corrections_that_are_none_are_told(claims: list[str]) -> None:
    assert "nothing to correct" in run("correct", claims[0], "--why", "x", code=2)
    assert "--why REASON" in run("correct", claims[0], "type=attack", code=2)
    assert "no value of it; one of air_drone_strike" in run("correct", claims[0], "type=war", "--why", "x", code=2)
    assert "do not stand in the text" in run("correct", claims[0], "weapons=drone@طائرة", "--why", "x", code=2)
    assert "no decision" in run("decisions")


def test_what_others_decided_is_not_overruled_unseen(claims: list[str]) -> None:
    run("accept", claims[0], claims[1], "--who", "Samir", "--why", "called them")
    told = run("reject", claims[0], claims[1], "--why", "a double", code=2)
    assert "Samir decided on it (accept): called them" in told and "and 1 other claims" in told
    assert f"marsad show {claims[0]}" in told and "--seen 1" in told
    assert "Samir" in run("correct", claims[0], "type=attack", "--why", "x", code=2)
    assert run("reject", claims[0], claims[1], "--why", "a double", "--seen", "2").count("rejected") == 2
    # What one has decided oneself is known.
    assert "accepted" in run("accept", claims[0])


def test_decisions_are_listed_and_taken_back(claims: list[str]) -> None:
    run("accept", *claims)
    run("correct", claims[0], "type=attack", "--why", "no front near", "--who", "Samir", "--seen", "3")
    assert "there is no decision 9" in run("undo", "1", "9", "--why", "slip", code=2)
    assert "--why REASON" in run("undo", "1", code=2)
    assert run("undo", "1", "2", "--why", "slip").count("taken back") == 2
    rows = [line.split("\t") for line in run("decisions").splitlines()]
    assert [row[0] for row in rows] == ["4", "3", "2", "1"]
    assert [row[5] for row in rows] == ["holds", "holds", "undone", "undone"]
    assert rows[0][2:5] == ["Samir", "correct", claims[0]] and rows[0][7] == "type: attack"
    assert len(run("decisions", "--state", "undone").splitlines()) == 2
    assert len(run("decisions", "--claim", claims[0]).splitlines()) == 2
    assert len(run("decisions", "--claim", claims[0][:16], "--by", "Samir").splitlines()) == 1
    assert json.loads(run("decisions", "--verdict", "correct", "--json"))["value"] == {"type": "attack"}
    assert "no decision" in run("decisions", "--since", "2999-01-01") and "no decision" in run(
        "decisions", "--until", "2001-01-01"
    )
    assert "unknown; one of" in run("decisions", "--state", "odd", code=2)


def test_places_are_pinned_listed_and_taken_away(claims: list[str]) -> None:
    told = run("pin", "أم الورود", "Umm al-Wurud", "--class", "village", "--country", "sy", "--at", "٣٥٫٥ ٣٦٫٥", "--why", "asked")
    assert "own:1 (village, SY, 35.5 36.5, أم الورود): pinned" in told and "3 documents were read without this" in told
    (row,) = run("pins").splitlines()
    assert row.split("\t")[:5] == ["own:1", "village", "SY", "35.5 36.5", "Rana"] and "Umm al-Wurud" in row
    run("pin", "أم الورود", "--like", "own:1", "--at", "35.6,36.5", "--who", "Samir")
    found = json.loads(run("pins", "--json"))
    assert (found["latitude"], found["kind"], found["names"]) == (35.6, "village", ["أم الورود", "Umm al-Wurud"])
    assert "taken away" in run("unpin", "Umm al-Wurud", "--why", "wrong village")
    assert "no pin" in run("pins") and "is not pinned" in run("unpin", "own:1", code=2)


def test_a_name_is_added_to_a_known_place(claims: list[str]) -> None:
    run("pin", "الميادين العتيقة", "--like", "geonames:173480")
    found = json.loads(run("pins", "--json"))
    assert found["place"] == "geonames:173480" and found["names"][0] == "الميادين العتيقة" and "الميادين" in found["names"]


def test_pins_that_are_no_places_are_told(claims: list[str]) -> None:
    for told, reason in (
        (("--at", "35,36"), "--class village"),
        (("--class", "village"), "--at LAT,LON"),
        (("--class", "village", "--at", "35"), "write latitude and longitude"),
        (("--class", "planet", "--at", "35,36"), "is unknown; use one of"),
        (("--class", "village", "--at", "95,36"), "look swapped"),
        (("--class", "village", "--country", "YE", "--at", "44.2,15.3"), "look swapped"),
        (("--class", "village", "--country", "Syria", "--at", "35,36"), "two capital letters"),
        (("--like", "own:7"), "there is no such place"),
    ):
        assert reason in run("pin", "أم", *told, code=2)
    run("pin", "أم", "--class", "village", "--at", "35,36")
    run("pin", "أم", "--class", "village", "--at", "36,36")
    assert "several pins have this name; take one by its id: own:1, own:2" in run("unpin", "أم", code=2)
