"""What could not be taken in and what is to be done, on both databases."""

from __future__ import annotations

import pytest

from marsad.errors import InputError
from marsad.model import Date, Place
from marsad.register import documentrecords, failures, queries
from marsad.register.failures import Failed, Failure
from marsad.register.store import Register
from tests.register.making import capture, claim, read

PAGE, ROW = Failed("https://example.org/1", "list.txt:3: https://example.org/1", "404"), Failed("a.csv", "a.csv:7", "no text")


def standing(register: Register, *, solved: bool = False) -> list[Failure]:
    with register.snapshot() as connection:
        return failures.failures(connection, solved=solved)


def test_failures_are_kept_once_until_their_source_is_read_without_them(register: Register) -> None:
    register.note_failures([PAGE, ROW], ["a.csv"], who="Rana", why="daily round")
    register.note_failures([PAGE, ROW], ["a.csv"], who="Samir")
    assert [(f.who, f.source, f.where, f.reason) for f in standing(register)] == [
        ("Rana", "https://example.org/1", "list.txt:3: https://example.org/1", "404"), ("Rana", "a.csv", "a.csv:7", "no text"),
    ]  # fmt: skip
    assert register.status()["failures"] == 2
    # Read from elsewhere: where it stood before does not matter.
    register.note_failures([ROW], ["https://example.org/1", "a.csv"], who="Rana")
    assert [f.where for f in standing(register)] == ["a.csv:7"]
    register.note_failures([], ["a.csv"], who="Rana")
    assert standing(register) == [] and all(f.solved for f in standing(register, solved=True))
    assert [e.action for e in register.log(limit=4)] == ["solved", "solved", "refused", "refused"]
    assert register.verify().clean


def test_what_is_read_and_never_failed_leaves_no_entry(register: Register) -> None:
    before = register.status()["log_entries"]
    register.note_failures([], ["a.csv", "b.csv"], who="Rana")
    assert register.status()["log_entries"] == before


def test_another_reason_takes_the_place_of_the_one_before(register: Register) -> None:
    register.note_failures([PAGE], [], who="Rana")
    register.note_failures([Failed(PAGE.source, PAGE.where, "500")], [], who="Rana")
    assert [f.reason for f in standing(register)] == ["500"]
    assert [f.solved is None for f in standing(register, solved=True)] == [False, True]
    register.note_failures([], [PAGE.source], who="Rana")
    register.note_failures([PAGE], [], who="Rana")
    assert [f.reason for f in standing(register)] == ["404"], "what fails again is there again"


def test_failures_are_dismissed_with_a_reason(register: Register) -> None:
    register.note_failures([PAGE, ROW], [], who="Rana")
    first, second = (f.number for f in standing(register))
    for numbers, why in (([first], " "), ([first, 99], "gone"), ([1], "gone")):
        with pytest.raises(InputError):
            register.dismiss(numbers, "Rana", why)
    assert [f.where for f in register.dismiss([first, first], "Rana", "the site is gone")] == [PAGE.where]
    assert [f.number for f in standing(register)] == [second]
    assert standing(register, solved=True)[0].why == "the site is gone"


def test_long_names_are_kept_whole(register: Register) -> None:
    long = "https://example.org/" + "ط" * 1900
    register.note_failures([Failed(long, long, "404")], [], who="Rana")
    assert standing(register)[0].source == long


def test_what_claims_lack_is_counted_and_listed(register: Register) -> None:
    taken = capture(published=None, published_from=None, language=None)
    known = taken.document_id
    words = claim(known, taken.text).trigger
    made = [
        claim(known, taken.text),
        claim(known, taken.text, "تفجير", place=Place()),
        claim(known, taken.text, "أصيب", place=Place("السوق", evidence=words), date=Date()),
    ]
    register.add(taken, read(taken, *made))

    def lacking() -> dict[str, list[str]]:
        with register.snapshot() as connection:
            found = {what: [c.id for c in queries.claims(connection, without=what)] for what in queries.LACKS}
            assert queries.lacking(connection) == {what: len(ids) for what, ids in found.items()}
        assert {k: register.status()["without"][k] for k in found} == {what: len(ids) for what, ids in found.items()}
        return found

    second, third = f"{known}.2", f"{known}.3"
    assert lacking() == {"place": [second], "coordinates": [third], "date": [third]}
    # People may tell what is lacking, and what they reject lacks nothing.
    register.decide(second, "correct", {"place": {"name": "أم الورود", "latitude": 35.5, "longitude": 36.5}}, "Rana", "asked")
    number = register.decide(third, "reject", None, "Rana", "no event")
    assert lacking() == {"place": [], "coordinates": [], "date": []}
    register.undo(number, "Rana", "it is one")
    assert lacking() == {"place": [], "coordinates": [third], "date": [third]}
    register.decide(f"{known}.1", "correct", {"place": {}}, "Rana", "another village")
    assert lacking()["place"] == [f"{known}.1"]
    status = register.status()
    assert (status["without"]["day"], status["without"]["language"], status["undecided"]) == (1, 1, 1)
    with register.snapshot() as connection:
        assert [d.id for d in documentrecords.documents(connection, without="day")] == [known]
        assert documentrecords.documents(connection, without="reading") == []
