"""Linking only what is new gives what linking all would, moves nothing that stands, and says when it cannot."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.model import Date, Evidence, Harm, Place
from marsad.register import additions, incidents, linkage, queries, schema, weights
from marsad.register.errors import RegisterError
from marsad.register.linkage import link_register
from marsad.register.linked import Linked, changes
from marsad.register.store import Register
from tests.register.making import capture, claim, read

pytest.importorskip("splink", reason="needs the extra link")

_TOWNS = {"أم الورود": (35.5, 36.5), "كفر الزيتون": (33.1, 36.1), "تل الرمان": (34.2, 38.0)}

# Of reports that are no copies of each other.
_WORDS = (
    "أعلن فريق الدفاع أن قصف اليوم استهدف بيوت الأهالي بعد الفجر بقليل وأن الجرحى نقلوا إلى المشفى القريب",
    "ذكر مراسلنا في الريف أن المدفعية عادت إلى قصف الحارة الشرقية وأن السوق أغلق أبوابه طوال النهار",
    "روى سكان فروا من المنطقة كيف سمعوا أصوات قصف متتابع قبل أن تنقطع الكهرباء عن الأحياء كلها",
    "نشرت لجنة محلية قائمة بأضرار قصف جديد طال مخبزا ومدرسة وخزان المياه الوحيد في الناحية",
    "قالت مصادر طبية إن سيارات الإسعاف لم تصل إلا متأخرة بسبب قصف قطع الطريق الواصل بين القريتين",
    "وثق ناشطون مشاهد مصورة تظهر أعمدة دخان بعد قصف بعيد المدى لم تعرف الجهة التي نفذته بعد",
)


def taken(number: int, day: str | None, town: str, killed: int, **more: Any) -> Any:
    """A capture of a report with a claim of a strike on a town."""
    body = f"{_WORDS[number - 1]} {town}."
    made = capture(number, body, publisher=f"صحيفة {number}", published="2024-05-20", **more)
    words = (Evidence.of(body, 0, 3),)
    latitude, longitude = _TOWNS[town]
    told = claim(
        made.document_id,
        body,
        date=Date(day, day, "day" if day else "unknown", words),
        place=Place(town, "village", (), "SY", latitude, longitude, f"own:{town}", "settlement", None, words),
        harm=(Harm("killed", killed, killed, "civilian", None, (), words),),
    )
    return made, read(made, told)


def first(added: Any) -> str:
    return f"{added.document_id}.1"


def homes(register: Register) -> dict[str, str]:
    with register.snapshot() as connection:
        return {c: row.id for row in incidents.incidents(connection) for c in row.claims}


@pytest.fixture
def standing(register: Register) -> list[str]:
    """Two reports of one strike and one of another, linked."""
    made = [
        taken(1, "2024-05-05", "أم الورود", 7),
        taken(2, "2024-05-05", "أم الورود", 7),
        taken(3, "2024-05-06", "كفر الزيتون", 9),
    ]
    ids = [first(a) for a in register.add_all(made, who="Rana")]
    assert link_register(register, "Rana")["whole"]
    return ids


def test_a_claim_that_a_person_added_is_linked_like_the_others(register: Register, standing: list[str]) -> None:
    document = register.add(*taken(4, "2024-05-10", "تل الرمان", 2), who="Rana").document_id
    link_register(register, "Rana")
    words = "المدفعية" if "المدفعية" in _WORDS[3] else "قصف"
    latitude, longitude = _TOWNS["أم الورود"]
    place = {
        "name": "أم الورود", "class": "village", "country": "SY", "latitude": latitude, "longitude": longitude, "gazetteer": "own:أم الورود",
        "precision": "settlement", "evidence": [words],
    }  # fmt: skip
    value = {
        "type": "shelling_artillery_missile", "trigger": [words], "place": place,
        "date": {"start": "2024-05-05", "end": "2024-05-05", "precision": "day", "evidence": [words]},
        "harm": [{"kind": "killed", "min": 7, "max": 7, "status": "civilian", "evidence": [words]}],
    }  # fmt: skip
    added = register.apply(lambda c: additions.add(c, document, value, "Rana", "it was missed"), [document])
    assert register.status()["unlinked"] == 1
    link_register(register, "Rana")
    assert homes(register)[added] == homes(register)[standing[0]] and register.status()["unlinked"] == 0
    register.decide(added, "reject", None, "Omar", "another day is meant")
    link_register(register, "Rana")
    assert added not in homes(register)
    with register.snapshot() as connection:
        assert not len(changes(connection))


def test_new_claims_join_found_or_stay_alone_as_when_all_are_linked(register: Register, standing: list[str]) -> None:
    before = homes(register)
    joins, founds, undated = register.add_all(
        [taken(4, "2024-05-05", "أم الورود", 8), taken(5, "2024-04-01", "تل الرمان", 2), taken(6, None, "تل الرمان", 1)],
        who="Rana",
    )
    numbers = link_register(register, "Rana")
    assert "whole" not in numbers
    assert (numbers["new"], numbers["changed"], numbers["gone"]) == (3, 0, 0)
    now = homes(register)
    assert {c: now[c] for c in before} == before
    assert now[first(joins)] == before[standing[0]]
    assert now[first(founds)] not in before.values()
    with register.snapshot() as connection:
        assert [a.claim for a in incidents.alone(connection)] == [first(undated)]
        assert incidents.one(connection, now[first(joins)]).witnesses == 3
        alone, doubts = incidents.alone(connection), incidents.doubts(connection)
    again = link_register(register, "Rana", whole=True)
    assert homes(register) == now
    with register.snapshot() as connection:
        assert (incidents.alone(connection), incidents.doubts(connection)) == (alone, doubts)
    assert {k: again[k] for k in ("incidents", "claims", "doubts", "alone")} == {
        k: numbers[k] for k in ("incidents", "claims", "doubts", "alone")
    }
    assert register.verify().clean


def test_where_nothing_is_new_nothing_is_linked_and_nothing_changes(register: Register, standing: list[str]) -> None:
    before = homes(register)
    numbers = link_register(register, "Rana")
    assert (numbers["new"], numbers["changed"], numbers["gone"]) == (0, 0, 0)
    assert homes(register) == before


def test_what_people_settled_is_not_moved_by_what_is_new(register: Register, standing: list[str]) -> None:
    made = register.apply(lambda c: incidents.split(c, homes(register)[standing[0]], [standing[1]], "Samir", "two strikes"))
    (added,) = register.add_all([taken(4, "2024-05-05", "أم الورود", 7)], who="Rana")
    numbers = link_register(register, "Rana")
    now = homes(register)
    assert now[standing[1]] == made != now[standing[0]]
    assert numbers["doubts"] == 2, "it fits both, so it is left to a person"
    assert now[first(added)] not in (now[standing[0]], made)


def test_a_claim_that_is_corrected_moves_alone_and_one_that_is_rejected_leaves(register: Register, standing: list[str]) -> None:
    before = homes(register)
    with register.snapshot() as connection:
        record = next(r for r in queries.claims(connection) if r.id == standing[1])
    date = record.body["date"] | {"start": "2024-03-01", "end": "2024-03-01"}
    register.decide(standing[1], "correct", {"date": date}, "Samir", "the day was misread")
    register.decide(standing[2], "reject", None, "Samir", "an old report")
    numbers = link_register(register, "Rana")
    assert (numbers["new"], numbers["changed"], numbers["gone"]) == (0, 1, 1)
    now = homes(register)
    assert now[standing[0]] == before[standing[0]] != now[standing[1]]
    assert standing[2] not in now
    with register.snapshot() as connection:
        assert incidents.one(connection, before[standing[0]]).witnesses == 1
        assert len(changes(connection)) == 0
    register.undo(2, "Samir", "it was of that day")
    assert link_register(register, "Rana")["new"] == 1
    assert homes(register)[standing[2]] != ""


def test_the_only_claim_of_an_incident_keeps_its_id_when_it_changes(register: Register, standing: list[str]) -> None:
    before = homes(register)[standing[2]]
    with register.snapshot() as connection:
        record = next(r for r in queries.claims(connection) if r.id == standing[2])
    date = record.body["date"] | {"start": "2024-03-01", "end": "2024-03-01"}
    register.decide(standing[2], "correct", {"date": date}, "Samir", "the day was misread")
    link_register(register, "Rana")
    assert homes(register)[standing[2]] == before


def test_an_accepted_claim_has_not_changed(register: Register, standing: list[str]) -> None:
    register.decide(standing[0], "accept", None, "Samir", "")
    with register.snapshot() as connection:
        found = changes(connection)
    assert (len(found), found.same) == (0, [standing[0]])
    link_register(register, "Rana")
    with register.snapshot() as connection:
        assert changes(connection).same == []


def test_copies_that_come_later_are_no_further_witnesses(register: Register, standing: list[str]) -> None:
    text = f"{_WORDS[0]} أم الورود."
    body = claim_of_copy(text)
    register.add_all([body], who="Rana")
    link_register(register, "Rana")
    now = homes(register)
    assert now[f"{body[0].document_id}.1"] == now[standing[0]]
    with register.snapshot() as connection:
        added = incidents.one(connection, now[standing[0]])
    link_register(register, "Rana", whole=True)
    with register.snapshot() as connection:
        assert incidents.one(connection, now[standing[0]]) == added


def claim_of_copy(text: str) -> Any:
    """The report of the first claim once more, at another address."""
    made = capture(11, text, publisher="موقع آخر", published="2024-05-20")
    words = (Evidence.of(text, 0, 3),)
    latitude, longitude = _TOWNS["أم الورود"]
    told = claim(
        made.document_id,
        text,
        date=Date("2024-05-05", "2024-05-05", "day", words),
        place=Place("أم الورود", "village", (), "SY", latitude, longitude, "own:أم الورود", "settlement", None, words),
        harm=(Harm("killed", 7, 7, "civilian", None, (), words),),
    )
    return made, read(made, told)


def test_much_that_is_new_another_program_or_a_wish_link_the_whole(
    register: Register, standing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert link_register(register, "Rana", whole=True)["whole"]
    monkeypatch.setattr(weights, "_program", lambda: ["another"])
    assert link_register(register, "Rana")["whole"]
    monkeypatch.setattr(linkage, "FEW", 0)
    register.add_all([taken(4, "2024-05-05", "أم الورود", 8)], who="Rana")
    assert link_register(register, "Rana")["whole"]


def test_a_run_that_another_overtook_stores_nothing(register: Register, standing: list[str]) -> None:
    (added,) = register.add_all([taken(4, "2024-05-05", "أم الورود", 8)], who="Rana")
    with pytest.MonkeyPatch.context() as patch:
        # One entry of the log when it began, another when it would store.
        seen = iter((1, 2))
        patch.setattr(linkage, "_last", lambda connection: next(seen))
        with pytest.raises(RegisterError, match="in the meantime"):
            link_register(register, "Rana")
    assert first(added) not in homes(register)


def test_what_is_kept_of_claims_is_what_linking_knows(register: Register, standing: list[str]) -> None:
    with register.snapshot() as connection:
        rows = {r.claim_id: r for r in connection.execute(schema.linked.select())}
    assert set(rows) == set(standing)
    row = rows[standing[0]]
    assert (row.manner, row.country, row.latitude, row.placed) == ("dated", "SY", 35.5, True)
    assert row.first == row.last and row.names.startswith("|")


def test_of_claims_without_a_day_only_those_of_a_place_that_is_named_are_looked_at(register: Register) -> None:
    made = [taken(1, None, "أم الورود", 3), taken(2, None, "تل الرمان", 3), taken(3, "2024-05-19", "أم الورود", 3)]
    for one in made:
        register.add(*one, who="Rana")
    link_register(register, "Rana", "")
    with register.snapshot() as connection:
        standing = Linked(connection)
        keys = next(
            look.names for look in standing.open(frozenset(f"other {n}" for n in range(1000))) if look.id == first(made[0][0])
        )
        assert [look.id for look in standing.open(keys)] == [first(made[0][0])]
        assert standing.open(frozenset()) == []
