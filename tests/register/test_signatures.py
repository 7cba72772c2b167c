"""Readers sign reports, on both databases: first and second, and what makes a signature stale."""

from __future__ import annotations

import pytest

from marsad.batch import Reading
from marsad.errors import InputError
from marsad.model import Evidence, Source
from marsad.register import queues, signatures
from marsad.register.copydecisions import Copied, decide_copies
from marsad.register.errors import RegisterError
from marsad.register.provenance import Capture
from marsad.register.signatures import Signature
from marsad.register.store import Register
from tests.register.making import capture, claim, read, report

LONG = (
    "قالت مصادر محلية إن طائرات مسيرة استهدفت سوق القرية ظهر السبت بينما كان الباعة يغلقون محالهم قبل صلاة العصر، وهرعت "
    "فرق الإسعاف إلى المكان ونقلت المصابين إلى المشفى الميداني في أطراف البلدة، ثم عادت لتبحث تحت الركام عن عالقين حتى المساء."
)


def sign(register: Register, document: str, who: str, **told: bool) -> str:
    return register.apply(lambda c: signatures.sign(c, document, who, **told), [document])


def signed(register: Register, document: str) -> list[Signature]:
    with register.snapshot() as connection:
        return signatures.signatures(connection, document)


def waits(register: Register, document: str) -> set[str]:
    with register.snapshot() as connection:
        return {q for q in queues.QUEUES if document in {w.id for w in queues.waiting(connection, q, among=[document])}}


@pytest.fixture
def document(register: Register) -> str:
    return register.add(capture(), read(capture())).document_id


def test_first_and_second_reader_are_two_people(register: Register, document: str) -> None:
    assert waits(register, document) == {"first"}
    with pytest.raises(InputError, match="1 of its claims are undecided"):
        sign(register, document, "Rana")
    assert sign(register, document, "Rana", accept=True) == "first"
    assert waits(register, document) == {"second"}
    for same in ("Rana", " rana"):
        with pytest.raises(RegisterError, match="somebody else"):
            sign(register, document, same)
    assert sign(register, document, "Omar") == "second"
    assert waits(register, document) == set()
    with pytest.raises(RegisterError, match="two readers signed it"):
        sign(register, document, "Laila")
    assert [(s.part, s.who, s.decided, s.fresh) for s in signed(register, document)] == [
        ("first", "Rana", 1, True), ("second", "Omar", 1, True),
    ]  # fmt: skip
    assert [e.action for e in register.log(subject=document)][:3] == ["sign", "sign", "decision"]
    assert register.verify().clean


def test_what_the_second_reader_changes_must_be_read_by_another(register: Register, document: str) -> None:
    sign(register, document, "Rana", accept=True)
    register.decide(f"{document}.1", "correct", {"status": "uncertain"}, "Omar", "the text leaves it open")
    assert waits(register, document) == {"renewed"} and not signed(register, document)[0].fresh
    assert sign(register, document, "Omar") == "first"
    with pytest.raises(RegisterError, match="somebody else"):
        sign(register, document, "Omar")
    assert sign(register, document, "Rana") == "second"


def test_another_text_or_reading_makes_it_stale(register: Register, document: str) -> None:
    sign(register, document, "Rana", accept=True)
    sign(register, document, "Omar")
    other = capture(title="عنوان جديد", collected=capture().collected.replace(year=2025))
    register.add(other, read(other))
    assert [s.fresh for s in signed(register, document)] == [False, False]
    assert waits(register, document) == {"renewed"}


def test_a_signature_is_taken_back_with_a_reason(register: Register, document: str) -> None:
    sign(register, document, "Rana", accept=True)
    sign(register, document, "Omar")
    with pytest.raises(InputError, match="reason"):
        register.apply(lambda c: signatures.unsign(c, 1, "Rana", " "))
    register.apply(lambda c: signatures.unsign(c, 1, "Rana", "read too fast"), [document])
    assert [(s.undone, s.fresh) for s in signed(register, document)] == [(True, False), (False, False)], (
        "no second without a first"
    )
    assert waits(register, document) == {"renewed"}
    with pytest.raises(InputError, match="taken back already"):
        register.apply(lambda c: signatures.unsign(c, 1, "Rana", "again"))
    assert register.log()[0].action == "unsign" and register.verify().clean


def test_who_did_not_see_what_others_decided_does_not_sign(register: Register, document: str) -> None:
    register.decide(f"{document}.1", "accept", None, "Omar", "")
    with pytest.raises(RegisterError, match="in the meantime"):
        register.apply(lambda c: signatures.sign(c, document, "Rana", seen=0), [document])
    assert register.apply(lambda c: signatures.sign(c, document, "Rana", seen=1), [document]) == "first"


def copied(register: Register) -> tuple[str, str]:
    """Two copies with a claim each that is the same."""
    ids = []
    for number, tail in ((1, ""), (2, " وأكد شهود ذلك.")):
        taken = capture(number, LONG + tail)
        ids.append(register.add(taken, read(taken, claim(taken.document_id, taken.text, "استهدفت"))).document_id)
    return ids[0], ids[1]


def test_copies_are_one_in_the_queue_and_decided_together(register: Register) -> None:
    one, other = copied(register)
    with register.snapshot() as connection:
        (row,) = queues.waiting(connection, "first")
        assert queues.counts(connection)["first"] == 1
        assert {row.id, *row.copies} == {one, other}
    with pytest.raises(InputError, match="undecided"):
        register.apply(lambda c: decide_copies(c, one, "Rana"))
    register.decide(f"{one}.1", "correct", {"place": {"name": "القرية", "evidence": ["القرية"]}}, "Rana", "no such village known")
    sign(register, one, "Rana")
    made = register.apply(lambda c: decide_copies(c, one, "Rana"), [other])
    assert made == [Copied(other, (f"{other}.1",), (), "first")]
    (found,) = [c for c in register.log(subject=f"{other}.1") if c.action == "decision"]
    assert found.why == f"a copy of {one}: no such village known"
    assert waits(register, other) | waits(register, one) >= {"second", "place"}
    assert register.verify().clean


def test_a_copy_that_differs_is_left_for_a_reader(register: Register) -> None:
    one, other = copied(register)
    third = capture(3, LONG + " وفق الأهالي.")
    register.add(third, read(third, claim(third.document_id, third.text, "استهدفت", status="uncertain")))
    sign(register, one, "Rana", accept=True)
    made = register.apply(lambda c: decide_copies(c, one, "Rana", [third.document_id]), [third.document_id])
    (left,) = made
    assert (left.decided, left.signed) == ((), "") and left.left[0] == (f"{third.document_id}.1", ("status",))
    assert waits(register, third.document_id) == {"first"}
    with pytest.raises(InputError, match="is no copy"):
        register.apply(lambda c: decide_copies(c, one, "Rana", ["0" * 16]))
    assert other not in {left.document_id}


@pytest.mark.parametrize(("role", "done"), [("carrier", True), ("origin", False)])
def test_another_carrier_makes_no_difference_and_another_origin_does(register: Register, role: str, done: bool) -> None:
    one, _ = copied(register)
    third = capture(3, LONG + " وفق الأهالي.")
    start = third.text.index("الأهالي")
    source = Source("الأهالي", "local", role, (Evidence.of(third.text, start, start + 7),))
    register.add(third, read(third, claim(third.document_id, third.text, "استهدفت", sources=(source,))))
    sign(register, one, "Rana", accept=True)
    (made,) = register.apply(lambda c: decide_copies(c, one, "Rana", [third.document_id]), [third.document_id])
    assert bool(made.signed) is done


def test_queues_by_page_and_for_conflicts_places_and_empty_reports(register: Register) -> None:
    for number in range(5):
        taken = capture(number, report(number) if number else "خبر بلا حدث عن الطقس اليوم", published=f"2024-05-0{number + 1}")
        text = taken.text
        register.add(taken, read(taken, claim(taken.document_id, text)) if number else read_nothing(taken))
    with register.snapshot() as connection:
        rows = queues.waiting(connection, "first", limit=1)
        assert rows[0].day == "2024-05-02" and len(rows[0].copies) == 3, "one text with another number at its end, four times"
        assert [w.day for w in queues.waiting(connection, "empty")] == ["2024-05-01"]
        assert not queues.waiting(connection, "first", after=queues.waiting(connection, "first", limit=9)[-1].key)
    document = rows[0].id
    register.decide(f"{document}.1", "accept", None, "Rana", "")
    register.decide(f"{document}.1", "reject", None, "Omar", "an older event")
    assert waits(register, document) >= {"conflict"}
    register.decide(f"{document}.1", "reject", None, "Laila", "indeed")
    assert "conflict" not in waits(register, document)
    with register.snapshot() as connection:
        before = {q: [w.id for w in queues.waiting(connection, q)] for q in queues.QUEUES}
    register.apply(queues.rebuild)
    with register.snapshot() as connection:
        assert {q: [w.id for w in queues.waiting(connection, q)] for q in queues.QUEUES} == before


@pytest.mark.parametrize(("verdict", "waiting"), [("accept", True), ("reject", False)])
def test_a_decision_on_a_claim_that_is_read_no_more_is_looked_at_again(
    register: Register, document: str, verdict: str, waiting: bool
) -> None:
    register.decide(f"{document}.1", verdict, None, "Rana", "an older event")
    other = capture(text="لا حدث في هذا الخبر عن الطقس.", collected=capture().collected.replace(year=2025))
    register.add(other, read_nothing(other))
    assert ("conflict" in waits(register, document)) is waiting
    if waiting:
        register.undo(1, "Rana", "it is told no more")
        assert "conflict" not in waits(register, document)


def read_nothing(taken: Capture) -> Reading:
    return Reading(taken.document(), ())
