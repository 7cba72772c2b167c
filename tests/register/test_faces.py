"""Rows of incidents follow from the claims, whatever is done in between, and lists are cut, sorted and counted by them."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import delete, select

from marsad.errors import InputError
from marsad.register import facelist, faces, grades, incidents, judgements, schema
from marsad.register.decisions import listed
from marsad.register.facelist import Narrow
from marsad.register.store import Register
from tests.register.making import capture
from tests.register.test_incidents import claims, home, linked, taken

__all__ = ["claims"]

pytest.importorskip("splink", reason="needs the extra link")


def stored(register: Register) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    with register.snapshot() as connection:
        both = []
        for table in (schema.incident_face, schema.incident_mark):
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
            both.append([dict(row) for row in rows])
    return both[0], both[1]


def fresh(register: Register) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows made anew from nothing."""

    def anew(connection: Any) -> None:
        connection.execute(delete(schema.incident_mark))
        connection.execute(delete(schema.incident_face))
        faces.rebuild(connection)

    register.apply(anew)
    return stored(register)


def rows(register: Register, narrow: Narrow | None = None, order: str = "day") -> list[dict[str, Any]]:
    with register.snapshot() as connection:
        return list(facelist.faces(connection, narrow or Narrow(), order, limit=0).rows)


def test_a_row_says_what_the_claims_say(register: Register, claims: list[str]) -> None:
    linked(register)
    row = next(r for r in rows(register) if r["incident_id"] == home(register, claims[0]))
    assert (row["code"], row["first_day"], row["last_day"], row["day_precision"]) == (
        "SY-20240505-1",
        "2024-05-05",
        "2024-05-05",
        "day",
    )
    assert (row["country"], row["latitude"], row["longitude"], row["place_precision"]) == ("SY", 35.5, 36.5, "settlement")
    assert (row["killed_min"], row["killed_max"], row["killed_civilians_max"], row["injured_max"]) == (7, 7, 7, None)
    assert (row["claims"], row["reports"], row["types"]) == (2, 2, ["shelling_artillery_missile"])
    assert (row["suggested"], row["signed"], row["stale"], row["status"], row["denied"]) == ("weak", None, 0, "asserted", 0)
    assert "7" in row["title_en"] and "7" in row["title_ar"] and row["title_ar"] != row["title_en"]


def test_rows_are_those_made_anew_after_whatever_people_did(register: Register, claims: list[str]) -> None:
    more = [taken(n, f"2024-05-0{n % 4 + 3}", ("أم الورود", "كفر الزيتون")[n % 2], n % 5) for n in range(10, 24)]
    ids = [*claims, *(f"{a.document_id}.1" for a in register.add_all(more, who="Rana"))]
    linked(register)
    chance = random.Random(7)
    for step in range(30):
        act = chance.choice(("reject", "correct", "undo", "merge", "split", "move", "part", "sign", "add", "link"))
        try:
            done(register, act, chance, ids, step)
        except InputError:
            continue
        assert stored(register) == fresh(register), act
    assert register.verify().clean


def done(register: Register, act: str, chance: random.Random, ids: list[str], step: int) -> None:
    """Let somebody do something, if it can be done."""
    claim = chance.choice(ids)
    with register.snapshot() as connection:
        held = {row.id: list(row.claims) for row in incidents.incidents(connection)}
        decided = [d.id for d in listed(connection) if not d.undone]
        seen = {r["incident_id"]: r["seen"] for r in facelist.faces(connection, limit=0).rows}
    one, other = chance.sample(sorted(held), 2)
    if act == "reject":
        register.decide(claim, "reject", None, "Samir", "twice")
    elif act == "correct":
        register.decide(claim, "correct", {"status": chance.choice(("denied", "asserted", "uncertain"))}, "Samir", "misread")
    elif act == "undo" and decided:
        register.undo(chance.choice(decided), "Samir", "a slip")
    elif act == "merge":
        register.apply(lambda c: incidents.merge(c, [one, other], "Samir", "one"))
    elif act == "split" and len(held[one]) > 1:
        register.apply(lambda c: incidents.split(c, one, held[one][:1], "Samir", "two"))
    elif act == "move":
        register.apply(lambda c: incidents.move(c, claim, other, "Samir", "there"))
    elif act == "part":
        register.apply(lambda c: incidents.part(c, [one, other], "Samir", "two"))
    elif act == "sign":
        register.sign(one, "fair", "Samir", "read all", seen=seen[one])
    elif act == "add":
        register.add_all([taken(100 + step, "2024-05-05", "أم الورود", 7)], who="Rana")
    elif act == "link":
        linked(register)


def test_a_copy_that_comes_in_is_seen(register: Register, claims: list[str]) -> None:
    linked(register)
    first = capture(1)
    register.add(capture(50, first.text, publisher="ناقل", address="https://example.org/copy"), None)
    assert stored(register) == fresh(register)


def test_an_incident_without_claims_has_no_row(register: Register, claims: list[str]) -> None:
    linked(register)
    only = home(register, claims[2])
    register.decide(claims[2], "reject", None, "Samir", "an old report")
    assert only not in {r["incident_id"] for r in rows(register)}
    assert stored(register) == fresh(register)


@pytest.mark.parametrize(
    ("narrow", "codes"),
    [
        (Narrow(), ["SY-20240506-1", "SY-20240505-1", "SY-20240301-1"]),
        (Narrow(since="2024-05-06"), ["SY-20240506-1"]),
        (Narrow(until="2024-04-01"), ["SY-20240301-1"]),
        (Narrow(killed=7), ["SY-20240506-1", "SY-20240505-1"]),
        (Narrow(type="shelling_artillery_missile", country="SY", killed=9), ["SY-20240506-1"]),
        (Narrow(type="arrests"), []),
        (Narrow(publisher="صحيفة 2"), ["SY-20240505-1"]),
        (Narrow(words="sy-202403"), ["SY-20240301-1"]),
        (Narrow(box=(36.0, 33.0, 36.2, 34.0)), ["SY-20240506-1"]),
        (Narrow(flags=("unsigned",), grade="weak"), ["SY-20240506-1", "SY-20240505-1", "SY-20240301-1"]),
        (Narrow(flags=("signed",)), []),
    ],
)
def test_lists_are_narrowed(register: Register, claims: list[str], narrow: Narrow, codes: list[str]) -> None:
    linked(register)
    assert [r["code"] for r in rows(register, narrow)] == codes
    with register.snapshot() as connection:
        assert facelist.number(connection, narrow) == len(codes)
        assert facelist.number(connection, facelist.settled(connection, narrow)) == len(codes)


@pytest.mark.parametrize(("few", "words"), [(3, ""), (1, "sy")])
def test_words_are_looked_up_once_where_few_have_them(
    register: Register, claims: list[str], monkeypatch: pytest.MonkeyPatch, few: int, words: str
) -> None:
    linked(register)
    monkeypatch.setattr(facelist, "_FEW", few)
    with register.snapshot() as connection:
        found = facelist.settled(connection, Narrow(words="sy"))
        assert (found.words, len(found.ids)) == (words, 0 if words else 3)
        assert facelist.facets(connection, found, ("type",)) == facelist.facets(connection, Narrow(words="sy"), ("type",))
        assert facelist.number(connection, facelist.settled(connection, Narrow(words="nowhere"))) == 0


@pytest.mark.parametrize("order", list(facelist.ORDERS))
def test_pages_by_key_are_the_list(register: Register, claims: list[str], order: str) -> None:
    linked(register)
    whole = [r["code"] for r in rows(register, order=order)]
    after, paged = "", []
    for _ in range(9):
        with register.snapshot() as connection:
            page = facelist.faces(connection, Narrow(), order, after, 1)
        paged += [r["code"] for r in page.rows]
        if page.next is None:
            break
        after = page.next
    assert paged == whole and len(whole) == 3


def test_facets_count_what_the_other_choices_leave(register: Register, claims: list[str]) -> None:
    linked(register)
    with register.snapshot() as connection:
        told = facelist.facets(connection, Narrow(publisher="صحيفة 2", until="2024-05-05"))
    assert [(f.value, f.count) for f in told["type"]] == [("shelling_artillery_missile", 1)]
    assert {f.value: f.count for f in told["publisher"]} == {"صحيفة 1": 1, "صحيفة 2": 1, "صحيفة 4": 1}
    assert [(f.value, f.count) for f in told["grade"]] == [("weak", 1)] and told["weapon"] == ()


@pytest.mark.parametrize(
    "told",
    [{"order": "beauty"}, {"after": "x"}, {"after": '[1, "i"]'}, {"after": "[]"}, {"narrow": Narrow(flags=("fine",))}],
)
def test_what_cannot_be_asked_is_told(register: Register, told: dict[str, Any]) -> None:
    with register.snapshot() as connection, pytest.raises(InputError):
        facelist.faces(connection, **told)


def test_grouping_copies_anew_keeps_incidents(register: Register, claims: list[str]) -> None:
    linked(register)
    before = rows(register)
    register.regroup()
    assert [r["code"] for r in rows(register)] == [r["code"] for r in before]
    assert stored(register) == fresh(register)
    with register.snapshot() as connection:
        assert judgements.judgements(connection) == [] and grades.history(connection, [home(register, claims[0])]) == []
