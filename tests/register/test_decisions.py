"""What people decide and pin, on both databases."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from marsad.errors import InputError
from marsad.register import pins, queries
from marsad.register.errors import RegisterError
from marsad.register.queries import ClaimRecord
from marsad.register.store import Register
from tests.register.making import TEXT, capture, read
from tests.shared import ROOT


@pytest.fixture
def decided_on(register: Register) -> str:
    """The id of a claim."""
    taken = capture()
    return f"{register.add(taken, read(taken)).document_id}.1"


def current_of(register: Register, claim: str) -> ClaimRecord:
    with register.snapshot() as connection:
        return next(c for c in queries.claims(connection) if c.id == claim)


def current(register: Register) -> ClaimRecord:
    with register.snapshot() as connection:
        (found,) = queries.claims(connection)
    return found


def test_the_last_decision_that_stands_holds(register: Register, decided_on: str) -> None:
    assert current(register).verdict == ""
    register.decide(decided_on, "accept", None, "Rana", "")
    second = register.decide(decided_on, "reject", None, "Samir", "it is an older event")
    assert current(register).verdict == "reject"
    register.undo(second, "Rana", "the date was misread")
    found = current(register)
    assert found.verdict == "accept" and [d.undone for d in found.decisions] == [False, True]
    assert [e.action for e in register.log(subject=decided_on)] == ["undo", "decision", "decision"]
    assert register.verify().clean


def test_corrections_add_up_and_leave_what_the_machine_read(register: Register, decided_on: str) -> None:
    start = TEXT.index("ثلاثة")
    words = [{"start": start, "end": start + 5, "text": "ثلاثة"}]
    register.decide(decided_on, "correct", {"type": "air_drone_strike"}, "Rana", "warplanes are named")
    second = register.decide(
        decided_on, "correct", {"harm": [{"kind": "killed", "min": 3, "max": 3, "evidence": words}]}, "Rana", "-"
    )
    found = current(register)
    assert found.value["harm"][0].keys() == found.body["harm"][0].keys(), "what was left out is there, empty"
    assert found.body["type"] == "shelling_artillery_missile"
    assert found.value["type"] == "air_drone_strike" and found.value["harm"][0]["evidence"] == words
    register.undo(second, "Rana", "wrong words")
    assert current(register).value["harm"] == found.body["harm"]


@pytest.mark.parametrize(
    ("verdict", "value", "why", "told"),
    [
        ("maybe", None, "x", "no verdict"),
        ("reject", None, " ", "a reason is needed"),
        ("correct", None, "x", "needs the slots"),
        ("accept", {"type": "attack"}, "x", "other verdicts"),
        ("correct", {"colour": 1}, "x", "no slot"),
        ("correct", {"type": "rumour"}, "x", "no value of it"),
        ("correct", {"harm": {}}, "x", "a list"),
        ("correct", {"place": []}, "x", "an object"),
        ("correct", {"place": {"evidence": [{"start": 0, "end": 3, "text": "???"}]}}, "x", "does not stand"),
        ("correct", {"place": {"evidence": [{"start": 0}]}}, "x", "evidence has"),
        ("correct", {"place": {"class": "planet"}}, "x", "no value of it"),
        ("correct", {"place": {"latitude": 95}}, "x", "degrees"),
        ("correct", {"place": {"within": [1]}}, "x", "list of names"),
        ("correct", {"date": {"start": "2024-13-01"}}, "x", "ISO day"),
        ("correct", {"harm": [{"kind": "killed", "min": -1}]}, "x", "whole number"),
        ("correct", {"harm": [{"kind": "killed", "including": [{"who": "pets"}]}]}, "x", "no value of it"),
        ("correct", {"targets": [{"id": "isis", "name": None}]}, "x", "a text"),
        ("correct", {"sites": [{"colour": "red"}]}, "x", "no key of it"),
        ("correct", {"date": {"start": "2024-05-06", "end": "2024-05-05"}}, "x", "lies behind"),
        ("correct", {"harm": [{"kind": "killed", "min": 4, "max": 3, "evidence": ["قصف"]}]}, "x", "lies behind"),
        ("correct", {"place": {"latitude": 35.5}}, "x", "go together"),
        ("correct", {"place": {"country": "Syria"}}, "x", "two capital letters"),
        ("correct", {"targets": [{"id": "martians", "name": "a", "evidence": ["قصف"]}]}, "x", "no party"),
        ("correct", {"harm": [{"kind": "killed", "group": "martians", "evidence": ["قصف"]}]}, "x", "no party"),
        ("correct", {"weapons": [{"kind": "mortar"}]}, "x", "quote the words"),
        ("correct", {"sites": [{"kind": "market", "evidence": ["السوق"]}]}, "x", "no name"),
        ("correct", {"place": {"evidence": ["أم القرى"]}}, "x", "do not stand in the text"),
        ("correct", {"place": {"evidence": ["في"]}}, "x", "stand 2 times in the text"),
        ("correct", {"place": {"evidence": ["في#4"]}}, "x", "stand 2 times in the text"),
        ("correct", {"place": {"evidence": [" "]}}, "x", "do not stand in the text"),
    ],
)
def test_decisions_that_are_none_are_refused(
    register: Register, decided_on: str, verdict: str, value: dict[str, object] | None, why: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        register.decide(decided_on, verdict, value, "Rana", why)
    assert current(register).decisions == ()


def test_evidence_is_found_by_its_words(register: Register, decided_on: str) -> None:
    told = ["أم  الورود", {"text": "صباح"}, "في#2"]
    register.decide(decided_on, "correct", {"place": {"name": "أم الورود", "evidence": told}}, "Rana", "-")
    found = current(register).value["place"]["evidence"]
    assert [e["text"] for e in found] == ["أم الورود", "صباح", "في"]
    assert all(TEXT[e["start"] : e["end"]] == e["text"] for e in found)
    assert found[2]["start"] == TEXT.index("في", TEXT.index("في") + 1)


def test_a_corrected_claim_is_a_record_of_the_public_format(register: Register, decided_on: str) -> None:
    schema = json.loads((ROOT / "docs" / "claim.schema.json").read_text("utf-8"))
    value = {
        "date": {"start": "2024-05-04"}, "place": {"name": "أم الورود", "country": "SY"},
        "targets": [{"name": "مدنيين", "evidence": ["مدنيين"]}], "sites": [{"kind": "market", "name": "السوق", "evidence": ["السوق"]}],
        "weapons": [{"kind": "other", "evidence": ["تفجير"]}], "sources": [],
        "harm": [{"kind": "killed", "evidence": ["ثلاثة"], "including": [{"who": "children", "min": 1}]}],
    }  # fmt: skip
    register.decide(decided_on, "correct", value, "Rana", "-")
    Draft202012Validator(schema).validate(current(register).value)


def test_many_are_decided_on_or_none(register: Register, decided_on: str) -> None:
    taken = capture(2)
    other = f"{register.add(taken, read(taken)).document_id}.1"
    with pytest.raises(InputError, match="no claim 0000"):
        register.decide_all([decided_on, "0000.1"], "accept", None, "Rana", "")
    assert current_of(register, decided_on).decisions == ()
    assert register.decide_all([decided_on, other], "accept", None, "Rana", "") == [(1, True), (2, True)]
    assert register.decide_all([decided_on, other], "accept", None, "Rana", "") == [(1, False), (2, False)], "repeated"
    register.undo_all([1, 2], "Rana", "slip")
    with pytest.raises(InputError, match="taken back already"):
        register.undo_all([1, 2], "Rana", "slip")
    assert register.decide_all([other], "accept", None, "Rana", "") == [(5, True)]


def test_a_correction_that_is_repeated_is_one(register: Register, decided_on: str) -> None:
    value = {"status": "uncertain"}
    assert register.decide_all([decided_on], "correct", value, "Rana", "-") == [(1, True)]
    assert register.decide_all([decided_on], "correct", value, "Rana", "-") == [(1, False)]
    assert register.decide_all([decided_on], "correct", {"status": "denied"}, "Rana", "-") == [(2, True)]


def test_nobody_overrules_others_unseen(register: Register, decided_on: str) -> None:
    register.decide_all([decided_on], "accept", None, "Rana", "")
    assert register.decide_all([decided_on], "accept", None, "Samir", "") == [(2, True)], "two of one mind"
    with pytest.raises(RegisterError, match=r"Samir decided on it \(accept\).*--seen 2; nothing was decided"):
        register.decide_all([decided_on], "reject", None, "Rana", "a double")
    assert register.decide_all([decided_on], "reject", None, "Rana", "a double", seen=2) == [(3, True)]
    register.undo(3, "Samir", "no double")
    with pytest.raises(RegisterError, match="Samir took back a decision"):
        register.decide_all([decided_on], "correct", {"status": "denied"}, "Rana", "-")


def test_a_decision_needs_a_claim_and_somebody(register: Register, decided_on: str) -> None:
    with pytest.raises(InputError, match="no claim"):
        register.decide("0000.1", "accept", None, "Rana", "")
    with pytest.raises(RegisterError, match="who"):
        register.decide(decided_on, "accept", None, " ", "")
    assert current(register).decisions == ()


def test_nobody_decides_against_what_they_have_not_seen(register: Register, decided_on: str) -> None:
    first = register.decide(decided_on, "accept", None, "Rana", "", seen=0)
    with pytest.raises(RegisterError, match="Rana decided on it .*overruled unseen"):
        register.decide(decided_on, "reject", None, "Samir", "a double", seen=0)
    register.decide(decided_on, "reject", None, "Samir", "a double", seen=first)
    assert current(register).verdict == "reject"


def test_what_is_taken_back_cannot_be_taken_back_again(register: Register, decided_on: str) -> None:
    number = register.decide(decided_on, "accept", None, "Rana", "")
    with pytest.raises(InputError, match="reason"):
        register.undo(number, "Rana", "")
    back = register.undo(number, "Rana", "slip")
    for identifier in (number, back, 99):
        with pytest.raises(InputError):
            register.undo(identifier, "Rana", "again")


def test_lists_are_cut_by_verdict(register: Register, decided_on: str) -> None:
    register.decide(decided_on, "reject", None, "Rana", "a double")
    with register.snapshot() as connection:
        assert len(queries.claims(connection, verdict="reject", limit=1)) == 1
        assert queries.claims(connection, verdict="none") == queries.claims(connection, verdict="accept") == []


def test_pinned_places_are_read_first(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    plain = register.reader()
    (before,) = register.take_in([capture(1)], jobs=1)
    made = register.pin(
        ["أم الورود", "Umm al-Wurud"], "Rana", "asked locally", kind="village", country="SY", latitude=35.5, longitude=36
    )
    assert register.reader() != plain and register.status()["to_reread"] == 1
    list(register.reread(jobs=1))
    with register.snapshot() as connection:
        places = [c.body["place"] for c in queries.claims(connection, document=before.document_id)]
    assert {(p["gazetteer"], p["latitude"], p["longitude"]) for p in places if p["name"] == "أم الورود"} == {
        (made.place, 35.5, 36.0)
    }
    register.unpin(made.place, "Rana", "wrong village")
    assert register.reader() == plain and register.status()["pins"] == 0
    assert [e.action for e in register.log(subject=made.place)] == ["unpin", "pin"]
    assert register.verify().clean
    assert list(folder.iterdir()) == [], "the files of the pins stayed behind"


def test_a_pin_takes_the_place_of_the_one_before(register: Register) -> None:
    first = register.pin(["أم الورود"], "Rana", "", kind="village", country="SY", latitude=35.5, longitude=36.5)
    register.pin(["أم الورود"], "Samir", "moved", kind="town", country="SY", latitude=35.6, longitude=36.5, place=first.place)
    with register.snapshot() as connection:
        (there,) = pins.pins(connection)
    assert (there.kind, there.latitude, there.who) == ("town", 35.6, "Samir")
    register.unpin(first.place, "Rana", "gone")
    with register.snapshot() as connection:
        assert pins.pins(connection) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"names": [" "]},
        {"kind": "planet"},
        {"country": "Syria"},
        {"latitude": 91.0},
        {"longitude": None},
        {"latitude": 44.2, "longitude": 15.3, "country": "YE"},
    ],
)
def test_pins_that_are_no_places_are_refused(register: Register, changes: dict[str, object]) -> None:
    told: dict[str, object] = {"names": ["أ"], "kind": "village", "country": "SY", "latitude": 35.5, "longitude": 36.5}
    names = (told | changes).pop("names")
    place = {k: v for k, v in (told | changes).items() if k != "names"}
    with pytest.raises(InputError):
        register.pin(names, "Rana", "", **place)  # type: ignore[arg-type]
    assert register.status()["pins"] == 0
