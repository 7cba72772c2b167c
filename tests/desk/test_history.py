"""The history of a report and of an incident: entries with what each changed."""

from __future__ import annotations

import pytest

from marsad.desk.history import differences
from marsad.register import queries, schema
from marsad.register.provenance import Capture
from marsad.register.store import Register
from tests.desk.running import Visitor
from tests.register.making import capture, read


@pytest.fixture
def register(visitor: Visitor) -> Register:
    found: Register = visitor.app.state.desk.register  # type: ignore[attr-defined]
    return found


def test_decisions_tell_each_value_before_and_after(visitor: Visitor, register: Register) -> None:
    with register.snapshot() as connection:
        claim = queries.claims(connection, limit=1)[0]
    register.decide(claim.id, "accept", None, "Huda", "seen")
    number = register.decide(claim.id, "correct", {"status": "denied"}, "Samir", "it was denied")
    register.undo(number, "Samir", "a slip")
    entries = visitor.json(f"/history/reports/{claim.document_id}")["entries"]
    undone, corrected, accepted = entries[:3]
    assert (accepted["action"], accepted["verdict"], accepted["who"], accepted["changes"]) == ("decision", "accept", "Huda", [])
    (change,) = corrected["changes"]
    assert change["slot"] == "type" and "denied" in change["after"] and "denied" not in change["before"]
    (back,) = undone["changes"]
    assert (back["before"], back["after"]) == (change["after"], change["before"]) and undone["why"] == "a slip"
    page = visitor.get(f"/history/reports/{claim.document_id}").text
    assert "<ins>" in page and "<del>" in page and "it was denied" in page


def again(text: str, **changes: object) -> Capture:
    return capture(1, text, raw=text.encode(), **changes)


def test_a_text_that_changed_is_shown_word_by_word(visitor: Visitor, register: Register) -> None:
    before = "قتل ثلاثة مدنيين في قصف على قرية النخيل صباح الأحد، وفق مصدر طبي تحدث إلى المراسل من مكان الحادث"
    for text in (before, before.replace("ثلاثة", "أربعة")):
        taken = again(text)
        register.add(taken, read(taken), who="Rana")
    entries = visitor.json(f"/history/reports/{taken.document_id}")["entries"]
    words = next(e["words"] for e in entries if e["action"] == "import" and e["words"])
    assert ["gone", "ثلاثة"] in words and ["new", "أربعة"] in words and words[-1][1].endswith("…")


def test_an_incident_has_its_history_by_code_and_id(visitor: Visitor, register: Register) -> None:
    with register.snapshot() as connection:
        incident = connection.execute(schema.incident.select()).first()
    for told in (incident.code, incident.id):
        assert visitor.json(f"/history/incidents/{told}")["subject"] == incident.code
    assert visitor.get("/history/incidents/none").status_code == visitor.get("/history/reports/none").status_code == 404


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("a b c", "a x c", [("same", "a"), ("gone", "b"), ("new", "x"), ("same", "c")]),
        ("a", "a", [("same", "…")]),
        ("", "a", [("new", "a")]),
        ("a " * 20 + "b", "a " * 20 + "c", [("same", "… a a a a a a"), ("gone", "b"), ("new", "c")]),
    ],
)
def test_differences(one: str, other: str, told: list[tuple[str, str]]) -> None:
    assert list(differences(one, other)) == told


def test_texts_that_are_very_long_only_tell_that_they_differ() -> None:
    assert [kind for kind, _ in differences("a " * 7000, "b " * 10)] == ["gone", "new"]
