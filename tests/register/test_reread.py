"""Reading again with another reader: claims keep their ids, and what people decided stays and says what became of its claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from marsad.batch import Reading
from marsad.model import Claim, Document, Evidence, Harm
from marsad.register import documentrecords, queries, store
from marsad.register.decisions import decisions_of
from marsad.register.store import Register
from tests.register.making import TEXT, capture, claim, read

Reader = Callable[[Document], list[Claim]]


@pytest.fixture
def other_reader(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Reader], None]:
    """Put another reader in place of the real one, under a name."""

    def put(name: str, reader: Reader) -> None:
        def read_all(documents: Iterable[Document], jobs: int = 0, **settings: Any) -> Iterator[Reading]:
            for document in documents:
                yield Reading(document, tuple(reader(document)))

        monkeypatch.setattr(store, "read_all", read_all)
        monkeypatch.setattr(store, "reader_name", lambda layers=(): name)

    return put


def shelling(document: Document, **changes: Any) -> Claim:
    return claim(document.id, document.text, **changes)


def blast(document: Document, **changes: Any) -> Claim:
    told: dict[str, Any] = {"type": "remote_explosive_ied", "harm": ()}
    return claim(document.id, document.text, "تفجير", **(told | changes))


def test_what_is_read_alike_is_noted_and_not_stored_again(
    register: Register, other_reader: Callable[[str, Reader], None]
) -> None:
    other_reader("old", lambda d: [shelling(d)])
    list(register.take_in([capture()]))
    before = register.status()
    other_reader("new", lambda d: [shelling(d)])
    assert register.status()["to_reread"] == 1
    (result,) = register.reread(who="Rana", why="new version")
    assert result.change is None
    after = register.status()
    assert (after["claims"], after["to_reread"], after["log_entries"]) == (1, 0, before["log_entries"] + 1)
    assert list(register.reread()) == []
    assert len(list(register.reread(every=True))) == 1
    assert register.verify().clean


def test_changes_are_told_by_claim_and_slot(register: Register, other_reader: Callable[[str, Reader], None]) -> None:
    other_reader("old", lambda d: [shelling(d), blast(d)])
    (added,) = register.take_in([capture()])
    number = (Harm("killed", 4, 4, "civilian", None, (), (Evidence.of(TEXT, 0, 3),)),)
    other_reader(
        "new", lambda d: [shelling(d, harm=number), claim(d.id, d.text, "أصيب", type="attack", harm=(), place=blast(d).place)]
    )
    (result,) = register.reread(who="Rana")
    assert result.change is not None
    first, second, third = (f"{added.document_id}.{n}" for n in (1, 2, 3))
    assert result.change.changed == ((first, ("harm",)),)
    assert (result.change.lost, result.change.new, result.change.same) == ((second,), (third,), 0)
    with register.snapshot() as connection:
        found = queries.claims(connection)
        story = documentrecords.history(connection, added.document_id)
    assert [(c.id, c.body["id"]) for c in found] == [(first, first), (third, third)]
    assert [r["reader"] for r in story["versions"][0]["readings"]] == ["old", "new"]
    (entry,) = register.log(action="reread")
    assert entry.detail["changed"] == {first: ["harm"]} and entry.detail["lost"] == [second]
    assert register.verify().clean


def test_decisions_stay_whatever_becomes_of_their_claims(register: Register, other_reader: Callable[[str, Reader], None]) -> None:
    other_reader("old", lambda d: [shelling(d), blast(d)])
    (added,) = register.take_in([capture()])
    first, second = (f"{added.document_id}.{n}" for n in (1, 2))
    kept = register.decide(first, "accept", None, "Rana", "")
    gone = register.decide(second, "correct", {"status": "uncertain"}, "Samir", "the text leaves it open")
    other_reader("new", lambda d: [shelling(d, status="denied")])
    (result,) = register.reread()
    assert {(d.id, d.state, d.changed) for d in result.decisions} == {(kept, "changed", ("status",)), (gone, "lost", ())}
    status = register.status()
    assert (status["decisions_changed"], status["decisions_lost"]) == (1, 1)
    with register.snapshot() as connection:
        (lost,) = queries.claims(connection, state="lost")
        (changed,) = queries.claims(connection, state="changed")
    assert (lost.id, lost.current, lost.verdict, lost.value["status"]) == (second, False, "correct", "uncertain")
    assert (changed.id, changed.verdict, changed.body["status"]) == (first, "accept", "denied")
    # A later reader finds the claim again: it is the same claim, and its decision holds again.
    other_reader("newest", lambda d: [shelling(d), blast(d)])
    list(register.reread())
    with register.snapshot() as connection:
        states = {i: ds[0].state for i, ds in decisions_of(connection).items()}
    assert states == {first: "holds", second: "holds"}
    assert register.verify().clean


def test_decisions_go_over_to_a_new_version_of_the_text(register: Register, other_reader: Callable[[str, Reader], None]) -> None:
    other_reader("old", lambda d: [shelling(d)])
    (added,) = register.take_in([capture()])
    register.decide(f"{added.document_id}.1", "accept", None, "Rana", "")
    (again,) = register.take_in([capture(text="صورة من المكان. " + TEXT)])
    assert again.version == 2
    with register.snapshot() as connection:
        (found,) = queries.claims(connection)
    assert (found.verdict, found.state) == ("accept", "holds")


def test_what_was_not_read_is_read_later(register: Register, other_reader: Callable[[str, Reader], None]) -> None:
    register.add(capture(), None)
    other_reader("new", lambda d: [shelling(d)])
    (result,) = register.reread()
    assert result.change is not None and len(result.change.new) == 1
    assert register.status()["unread"] == 0


def test_only_some_documents_are_read_again(register: Register, other_reader: Callable[[str, Reader], None]) -> None:
    other_reader("old", lambda d: [])
    first, _ = register.take_in([capture(1), capture(2)])
    other_reader("new", lambda d: [shelling(d)])
    (result,) = register.reread(ids=[first.document_id])
    assert result.document_id == first.document_id and register.status()["to_reread"] == 1


def test_a_version_that_came_in_while_it_was_read_is_left_to_the_next_time(
    register: Register, other_reader: Callable[[str, Reader], None]
) -> None:
    other_reader("old", lambda d: [shelling(d)])
    list(register.take_in([capture()]))
    newer = replace(capture(text="عاجل: " + TEXT))

    def slow(document: Document) -> list[Claim]:
        register.add(newer, read(newer))
        return []

    other_reader("new", slow)
    assert list(register.reread()) == []
    with register.snapshot() as connection:
        assert len(queries.claims(connection)) == 1
    assert register.verify().clean
