"""Which version of a document is current: what its latest collection gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from marsad.register import documentrecords, queries
from marsad.register.importing import Added
from marsad.register.provenance import Capture
from marsad.register.store import Register
from tests.register.making import TEXT, capture, claim, read

LATER = f"{TEXT} وارتفعت الحصيلة إلى أربعة."
START = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def at(hours: int, body: str = TEXT, **changes: Any) -> Capture:
    return capture(1, body, collected=START + timedelta(hours=hours), **changes)


def add(register: Register, *captures: Capture) -> list[Added]:
    return register.add_all([(c, read(c)) for c in captures], who="Rana")


def current(register: Register) -> str:
    with register.snapshot() as connection:
        return documentrecords.text_of(connection, capture().document_id)


def entries(register: Register) -> int:
    return int(register.status()["log_entries"])


@pytest.mark.parametrize("raw", [None, b"other bytes of the same text"])
def test_a_page_that_goes_back_shows_what_it_shows_now(register: Register, raw: bytes | None) -> None:
    add(register, at(0))
    add(register, at(1, LATER))
    back = at(2) if raw is None else at(2, raw=raw)
    (added,) = add(register, back)
    assert (added.back, added.new, added.version) == (True, False, 1) and current(register) == TEXT
    (entry,) = register.log(action="return")
    assert (entry.subject, entry.who) == (added.document_id, "Rana")
    assert (entry.detail["version"], entry.detail["before"]) == (1, 2)
    with register.snapshot() as connection:
        assert [c.current for c in queries.claims(connection)] == [True]
        assert queries.claims(connection)[0].body["document"] == added.document_id
    assert register.verify().clean
    # Again and forth: the same bytes as before each time.
    before = entries(register)
    add(register, back)
    assert entries(register) == before, "nothing new"
    assert add(register, at(3, LATER))[0].back and current(register) == LATER
    assert add(register, at(4))[0].back and current(register) == TEXT
    assert add(register, at(5, f"{LATER} وبعد ذلك."))[0].version == 3
    assert [e.detail["version"] for e in register.log(action="return")] == [1, 2, 1]
    assert register.verify().clean


def test_a_reading_of_what_came_back_is_told_against_what_was_current(register: Register) -> None:
    add(register, at(0))
    second = at(1, LATER)
    register.add(second, read(second, claim(second.document_id, LATER, "تفجير", type="remote_explosive_ied")))
    add(register, at(2))
    changes = [r.change for r in register.reread(1, every=True, who="Rana") if r.change is not None]
    assert all(f"{second.document_id}.2" not in change.lost for change in changes), "it was not current"
    assert register.verify().clean


def test_two_files_of_one_page_do_not_take_turns(register: Register) -> None:
    pages = [at(0, canonical="https://example.org/1", address="/a.html", method="file")]
    pages += [at(0, LATER, canonical="https://example.org/1", address="/b.html", method="file")]
    add(register, *pages)
    assert current(register) == LATER
    before = entries(register)
    for hours in (1, 2):
        for part in (pages, pages[:1], pages[1:]):
            assert not any(a.back for a in add(register, *(replace(p, collected=START + timedelta(hours=hours)) for p in part)))
    assert current(register) == LATER and entries(register) == before
    # The first file goes on, and then back itself.
    add(register, at(3, f"{LATER} تحديث.", canonical="https://example.org/1", address="/a.html", method="file"))
    (added,) = add(register, replace(pages[0], collected=START + timedelta(hours=4)))
    assert added.back and current(register) == TEXT


def test_one_file_that_holds_a_page_twice_changes_nothing_again(register: Register) -> None:
    rows = [at(0, body, method="record") for body in (TEXT, LATER)]
    add(register, *rows)
    before = entries(register)
    add(register, *(replace(row, collected=START + timedelta(hours=1)) for row in rows))
    assert entries(register) == before and current(register) == LATER


def test_a_feed_and_the_page_do_not_take_turns(register: Register) -> None:
    add(register, at(0, method="feed"))
    add(register, at(1, LATER, method="fetch"))
    add(register, at(2, method="feed"))
    assert current(register) == LATER


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("together", [True, False])
def test_of_archives_the_latest_capture_is_current_in_any_order(
    register: Register, order: tuple[int, int], together: bool
) -> None:
    archived = [at(0, method="warc"), at(24, LATER, method="warc")]
    chosen = [archived[n] for n in order]
    for part in [chosen] if together else [[c] for c in chosen]:
        add(register, *part)
    assert current(register) == LATER and register.verify().clean
    before = entries(register)
    add(register, *chosen)
    assert current(register) == LATER and entries(register) == before
    with register.snapshot() as connection:
        assert len(queries.claims(connection)) == 1


def test_a_pointer_that_nobody_logged_is_found(register: Register) -> None:
    add(register, at(0))
    add(register, at(1, LATER))
    register._database.write(lambda c: c.execute(text("update document set current_version = 1, current_reading = 1")))
    assert any("the log made current last" in problem for problem in register.verify().problems)
