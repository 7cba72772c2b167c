"""Claims that people add beside those of the machine, on both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import text

from marsad.errors import InputError
from marsad.gazetteer.gazetteer import default
from marsad.register import additions, dossiers, incidents, queries, searching
from marsad.register.errors import RegisterError
from marsad.register.queries import ClaimRecord
from marsad.register.request import Request
from marsad.register.store import Register
from tests.register.making import TEXT, capture, claim, read
from tests.shared import ROOT

VALUE: dict[str, Any] = {
    "type": "remote_explosive_ied",
    "trigger": ["تفجير"],
    "place": {"name": "السوق", "evidence": ["السوق"]},
    "harm": [{"kind": "injured", "min": 2, "max": 2, "evidence": ["أصيب اثنان"]}],
}


def add(register: Register, document: str, value: dict[str, Any] = VALUE, who: str = "Rana") -> str:
    return register.apply(lambda c: additions.add(c, document, value, who, ""), [document])


def claims(register: Register, **narrow: Any) -> list[ClaimRecord]:
    with register.snapshot() as connection:
        return queries.claims(connection, **narrow)


@pytest.fixture
def document(register: Register) -> str:
    return register.add(capture(), read(capture())).document_id


def test_an_added_claim_is_a_record_with_exact_evidence_and_shown_apart(register: Register, document: str) -> None:
    identifier = add(register, document)
    assert identifier == f"{document}.p1"
    machine, person = claims(register, document=document)
    assert (machine.added, person.added) == (False, True) and person.verdict == "add"
    for evidence in (*person.value["trigger"], *person.value["harm"][0]["evidence"]):
        assert TEXT[evidence["start"] : evidence["end"]] == evidence["text"]
    schema = json.loads((ROOT / "docs" / "claim.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(person.value)
    assert [e.action for e in register.log(subject=identifier)] == ["add"]
    assert register.verify().clean


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"type": "attack"}, "trigger: no words"),
        ({"trigger": ["تفجير"]}, "type: the kind"),
        (VALUE | {"trigger": ["انفجار"]}, "do not stand in the text"),
        (VALUE | {"harm": [{"kind": "injured"}]}, "no evidence"),
        (VALUE | {"colour": 1}, "no slot"),
    ],
)
def test_what_is_no_claim_is_refused(register: Register, document: str, value: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        add(register, document, value)
    with pytest.raises(InputError, match="no document"):
        add(register, "0" * 16)
    assert len(claims(register)) == 1


def test_it_is_decided_on_corrected_and_taken_back_like_any_other(register: Register, document: str) -> None:
    identifier = add(register, document)
    register.decide(f"{document}.1", "accept", None, "Rana", "")
    number = register.decide(identifier, "correct", {"status": "uncertain"}, "Omar", "the text leaves it open")
    assert number == 3, "one row of numbers for all decisions"
    found = claims(register, verdict="correct")[0]
    assert found.id == identifier and found.value["status"] == "uncertain" and found.body["status"] == "asserted"
    register.decide(identifier, "reject", None, "Omar", "it is the same event")
    assert [c.id for c in claims(register, verdict="reject")] == [identifier]
    register.undo(4, "Omar", "slip")
    with pytest.raises(RegisterError, match="nobody is overruled unseen"):
        register.decide_all([identifier], "reject", None, "Rana", "no")
    assert register.undo(1, "Rana", "read too fast") == 6
    assert [c.id for c in claims(register)] == [f"{document}.1"], "who added it took it back"
    with pytest.raises(InputError, match="no claim"):
        register.decide(identifier, "accept", None, "Omar", "")
    assert register.verify().clean


def test_it_is_found_listed_linked_and_counted(register: Register, document: str) -> None:
    identifier = add(register, document)
    with register.snapshot() as connection:
        assert queries.find(connection, identifier[:4] + ".p1") == ("claim", identifier)
        assert [c["id"] for c in incidents.gather(connection).claims] == [f"{document}.1", identifier]
        (hit,) = searching.search(connection, Request(type="remote_explosive_ied"), default()).hits
        assert [c.id for c in hit.holding] == [identifier]
        row = incidents.row_of("i1", "XX-1", 1, [c.value for c in queries.claims(connection)])
        (dossier,) = dossiers.dossiers(connection, [row])
        assert [t.id for t in dossier.claims] == [f"{document}.1", identifier]
        assert queries.lacking(connection)["coordinates"] == 1
    assert [c.id for c in claims(register, type="remote_explosive_ied", limit=1)] == [identifier]
    assert not claims(register, country="SY", type="remote_explosive_ied")
    assert register.status()["claims"] == 2 and register.status()["undecided"] == 1
    register.reindex()
    assert register.verify().clean


def test_another_text_loses_it_and_keeps_it(register: Register, document: str) -> None:
    identifier = add(register, document)
    other = capture(text="نفى المتحدث وقوع قصف على القرية.", collected=capture().collected.replace(year=2025))
    register.add(other, read(other, claim(document, other.text)))
    (lost,) = claims(register, state="lost")
    assert lost.id == identifier and not lost.current
    with pytest.raises(RegisterError, match="another text now"):
        register.decide(identifier, "accept", None, "Omar", "")
    with register.snapshot() as connection:
        assert [c["id"] for c in incidents.gather(connection).claims] == [f"{document}.1"]
    assert register.verify().clean


def test_a_changed_row_is_found(register: Register, document: str) -> None:
    add(register, document)

    def change(connection: Any) -> None:
        if register.where.file is None:
            connection.execute(text("set local session_replication_role = replica"))
        else:
            connection.execute(text("drop trigger addition_no_update"))
        connection.exec_driver_sql("update addition set value = replace(value, 'unknown', 'mixed')")

    register.apply(change)
    assert any("addition 1: is other" in problem for problem in register.verify().problems)
