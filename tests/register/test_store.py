"""Adding, finding and listing, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from marsad.batch import Reading
from marsad.errors import InputError
from marsad.register import documentrecords, queries
from marsad.register.audit import Entry
from marsad.register.errors import RegisterError
from marsad.register.provenance import Capture
from marsad.register.store import Register
from tests.register.making import TEXT, capture, claim, read, report


def stored(register: Register) -> dict[str, object]:
    status = register.status()
    return {k: status[k] for k in ("documents", "versions", "captures", "claims", "log_entries", "bytes")}


def test_what_is_added_is_found_as_it_was(register: Register) -> None:
    taken = capture(settings={"timeout": 3}, warnings=("odd",), archived="https://archive.example/1", key="a")
    added = register.add(taken, read(taken), who="Rana", why="daily round")
    assert (added.new, added.version, added.claims) == (True, 1, 1)
    with register.snapshot() as connection:
        assert documentrecords.text_of(connection, added.document_id) == TEXT
        (row,) = documentrecords.documents(connection)
        (found,) = queries.claims(connection)
        story = documentrecords.history(connection, added.document_id)
    assert (row.id, row.title, row.published, row.claims, row.versions) == (added.document_id, "خبر 1", "2024-05-05", 1, 1)
    assert found.id == f"{added.document_id}.1" and found.body["harm"][0]["min"] == 3
    (version,) = story["versions"]
    (source,) = version["captures"]
    assert source["settings"] == {"timeout": 3} and source["warnings"] == ["odd"] and source["archived"] == taken.archived
    assert source["collected"] == "2024-05-06T07:08:09+00:00" and source["size"] == len(taken.raw)
    assert register.raw(source["raw_sha256"]) == taken.raw
    assert register.verify().clean


def test_adding_again_changes_nothing(register: Register) -> None:
    taken = capture()
    register.add(taken, read(taken))
    before = stored(register)
    again = register.add(replace(taken, collected=datetime(2025, 1, 1, tzinfo=UTC)), read(taken))
    assert (again.new, again.version, again.claims) == (False, 1, 0)
    assert stored(register) == before


def test_one_batch_may_hold_the_same_twice(register: Register) -> None:
    taken = capture()
    first, second = register.add_all([(taken, read(taken)), (taken, read(taken))])
    assert (first.new, second.new) == (True, False)
    assert stored(register)["captures"] == 1 and register.verify().clean


def test_other_bytes_of_the_same_text_are_a_capture_and_no_version(register: Register) -> None:
    taken = capture()
    register.add(taken, read(taken))
    other = register.add(replace(taken, raw=taken.raw + b"<!-- an advertisement -->"), read(taken))
    assert (other.new, other.version) == (False, 1)
    assert stored(register) | {"bytes": 0, "log_entries": 0} == {
        "documents": 1, "versions": 1, "captures": 2, "claims": 1, "bytes": 0, "log_entries": 0,
    }  # fmt: skip
    assert register.verify().clean


def test_another_text_is_another_version_and_the_old_one_stays(register: Register) -> None:
    first = capture()
    identifier = register.add(first, read(first)).document_id
    longer = "عاجل: " + TEXT
    second = capture(text=longer)
    again = register.add(second, read(second))
    assert (again.document_id, again.new, again.version) == (identifier, True, 2)
    with register.snapshot() as connection:
        assert documentrecords.text_of(connection, identifier, 1) == TEXT
        assert documentrecords.text_of(connection, identifier) == longer
        (found,) = queries.claims(connection)
    # The claim is known again by its words though it stands elsewhere.
    assert found.id == f"{identifier}.1" and found.body["trigger"][0]["start"] == longer.index("قصف")
    assert register.verify().clean


def test_two_versions_in_one_batch(register: Register) -> None:
    first, second = capture(), capture(text="عاجل: " + TEXT)
    made = register.add_all([(first, read(first)), (second, read(second))])
    assert [(a.version, a.new) for a in made] == [(1, True), (2, True)]
    with register.snapshot() as connection:
        assert [c.id for c in queries.claims(connection)] == [f"{first.document_id}.1"]
    assert register.verify().clean


def test_a_new_version_that_is_not_read_shows_no_old_claims(register: Register) -> None:
    first, second = capture(), capture(text="عاجل: " + TEXT)
    register.add(first, read(first))
    register.add(second, None)
    with register.snapshot() as connection:
        assert queries.claims(connection) == []
    assert register.status()["unread"] == 1 and register.verify().clean
    later = register.add(second, read(second))
    assert (later.new, later.claims) == (False, 1)
    with register.snapshot() as connection:
        assert [c.id for c in queries.claims(connection)] == [f"{first.document_id}.1"]


def test_a_reading_that_failed_is_kept_with_its_reason(register: Register) -> None:
    taken = capture()
    added = register.add(taken, Reading(taken.document(), (), "a fault of the reader"))
    assert added.error == "a fault of the reader" and register.status()["failed"] == 1


def test_claims_of_another_text_are_refused_and_nothing_is_kept(register: Register) -> None:
    taken = capture()
    with pytest.raises(RegisterError, match="another text"):
        register.add_all([(capture(2), read(capture(2))), (taken, read(capture(1, "غير ذلك قصف")))])
    assert stored(register)["documents"] == 0 and register.verify().clean


def test_captures_are_read_and_stored_and_known_ones_are_not_read_again(register: Register) -> None:
    captures = [capture(n, report(n)) for n in range(5)] + [capture(9, "The village was shelled at dawn.", language="en")]
    added = list(register.take_in(captures, jobs=1, who="Rana", why="test", batch=2))
    assert len(added) == 6 and all(a.new for a in added)
    status = register.status()
    assert (status["documents"], status["foreign"], status["failed"]) == (6, 1, 0) and status["claims"] >= 5
    entries = register.log(action="reading")
    assert len(entries) == 5 and {e.who for e in entries} == {"Rana"} and {e.why for e in entries} == {"test"}
    assert not any(a.new for a in register.take_in(captures, jobs=1))
    assert register.status() == status | {"log_entries": status["log_entries"]}
    assert register.verify().clean


def test_captures_are_read_by_several_processes(register: Register) -> None:
    captures = [capture(n, report(n)) for n in range(40)]
    assert len(list(register.take_in(captures, jobs=2, batch=10))) == 40
    # The connections of this process have outlived the reading processes.
    assert register.status()["documents"] == 40 and register.verify().clean


def test_lists_are_cut(register: Register) -> None:
    early = capture(1, published="2023-01-01", publisher="جريدة أخرى", method="file")
    late = capture(2, report(2))
    for taken in (early, late):
        register.add(taken, read(taken))
    with register.snapshot() as connection:

        def ids(**narrow: object) -> list[str]:
            return [d.id for d in documentrecords.documents(connection, **narrow)]  # type: ignore[arg-type]

        assert ids() == [late.document_id, early.document_id]
        assert ids(until="2023-12-31") == ids(method="file") == ids(publisher="جريدة أخرى") == [early.document_id]
        assert ids(since="2024-01-01") == ids(limit=1) == ids(ids=[late.document_id]) == [late.document_id]
        assert len(queries.claims(connection, country="SY", type="shelling_artillery_missile")) == 2
        assert queries.claims(connection, country="YE") == queries.claims(connection, since="2024-05-06") == []
        assert len(queries.claims(connection, document=early.document_id, until="2024-05-05", limit=3)) == 1


def test_ids_are_found_from_their_beginning(register: Register) -> None:
    taken = capture()
    identifier = register.add(taken, read(taken)).document_id
    with register.snapshot() as connection:
        assert queries.find(connection, identifier[:6]) == ("document", identifier)
        assert queries.find(connection, f"{identifier[:6]}.1") == ("claim", f"{identifier}.1")
        for told in ("ffff", f"{identifier}.2", "%"):
            with pytest.raises(InputError):
                queries.find(connection, told)


def test_the_log_says_who_did_what_when_and_why(register: Register) -> None:
    taken = capture()
    identifier = register.add(taken, read(taken), who="Rana", why="daily round").document_id
    register.exported("claims", {"claims": 1}, "Samir", "for the yearly report")

    def actions(entries: list[Entry]) -> list[str]:
        return [e.action for e in entries]

    assert actions(register.log()) == ["export", "reading", "import", "init"]
    assert actions(register.log(who="Samir")) == ["export"]
    assert actions(register.log(subject=identifier)) == ["reading", "import"]
    assert actions(register.log(action="import", limit=1)) == ["import"]
    today = register.log()[0].at[:10]
    assert len(register.log(since=today, until=today)) == 4
    assert register.log(since="2999-01-01") == register.log(until="2000-01-01") == []
    (entry,) = register.log(action="import")
    assert entry.detail["raw"] == taken.raw_hash and entry.detail["address"] == taken.address
    assert (entry.who, entry.why) == ("Rana", "daily round")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": " \n"}, "no text"),
        ({"text": "a\x00b"}, "null"),
        ({"title": "\ud800"}, "surrogate"),
        ({"collected": datetime(2024, 1, 1)}, "time zone"),
        ({"published": "05/05/2024"}, "ISO day"),
        ({"published_from": "guess"}, "published_from"),
    ],
)
def test_captures_that_cannot_be_stored_are_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        capture(1, **changes)  # type: ignore[arg-type]


def test_a_document_is_known_by_its_own_address_and_key() -> None:
    plain = capture()
    assert capture(canonical=plain.address).document_id == plain.document_id
    assert capture(key="7").document_id != plain.document_id
    assert isinstance(plain, Capture) and plain.document().id == plain.document_id


def test_claims_are_told_apart_within_a_document(register: Register) -> None:
    taken = capture()
    both = (claim("x", TEXT), claim("x", TEXT, "تفجير", type="remote_explosive_ied"))
    register.add(taken, read(taken, *both))
    with register.snapshot() as connection:
        assert [c.id for c in queries.claims(connection)] == [f"{taken.document_id}.{n}" for n in (1, 2)]


def test_large_captures_are_stored_before_many_are_held(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.register.holding._HEAVY", 3 * len(TEXT.encode()))
    given = 0

    def stream() -> Iterator[Capture]:
        nonlocal given
        for number in range(20):
            given += 1
            yield capture(number, report(number))

    taken = register.take_in(stream(), jobs=1)
    assert next(taken).new and given <= 8, "not all twenty"
    assert sum(a.new for a in taken) == 19 and register.verify().clean
