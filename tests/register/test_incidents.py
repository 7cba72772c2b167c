"""Incidents are stored beside claims, keep their ids over runs, and obey what people judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text

from marsad.errors import InputError
from marsad.lexicon.reasons import reason
from marsad.linking import Contradiction, Doubt, Linking, link
from marsad.model import Date, Evidence, Harm, Place
from marsad.register import incidents, judgements, queries
from marsad.register.errors import RegisterError
from marsad.register.reversal import take_back
from marsad.register.store import Register
from tests.register.making import capture, claim, read, report

pytest.importorskip("splink", reason="needs the extra link")

_TOWNS = {"أم الورود": (35.5, 36.5), "كفر الزيتون": (33.1, 36.1)}


def taken(number: int, day: str, town: str, killed: int, body: str = "", **changes: Any) -> Any:
    """A capture of a report with a claim of a strike on a town."""
    body = f"{body or report(number)} {town}"
    made = capture(number, body, publisher=f"صحيفة {number}", published=day, **changes)
    words = (Evidence.of(body, 0, 3),)
    latitude, longitude = _TOWNS[town]
    told = claim(
        made.document_id,
        body,
        date=Date(day, day, "day", words),
        place=Place(town, "village", (), "SY", latitude, longitude, f"own:{town}", "settlement", None, words),
        harm=(Harm("killed", killed, killed, "civilian", None, (), words),),
    )
    return made, read(made, told)


@pytest.fixture
def claims(register: Register) -> list[str]:
    """Three reports of one strike, one of another town, one of another day."""
    made = [
        taken(1, "2024-05-05", "أم الورود", 7),
        taken(2, "2024-05-05", "أم الورود", 7),
        taken(3, "2024-05-06", "كفر الزيتون", 9),
        taken(4, "2024-03-01", "أم الورود", 2),
    ]
    return [f"{a.document_id}.1" for a in register.add_all(made, who="Rana")]


def linked(register: Register) -> Linking:
    with register.snapshot() as connection:
        material = incidents.gather(connection)
    outcome = link(material.claims, material.reports, constraints=material.constraints, known=material.known)
    register.apply(lambda c: incidents.store(c, material, outcome, "Rana", ""))
    return outcome


def groups(register: Register) -> dict[str, tuple[str, ...]]:
    with register.snapshot() as connection:
        return {row.id: tuple(sorted(row.claims)) for row in incidents.incidents(connection)}


def witnesses(register: Register) -> dict[str, int]:
    with register.snapshot() as connection:
        return {row.id: row.witnesses for row in incidents.incidents(connection)}


def home(register: Register, claim_id: str) -> str:
    return next(i for i, held in groups(register).items() if claim_id in held)


def together(register: Register, ids: Sequence[str]) -> bool:
    return len({home(register, c) for c in ids}) == 1


def test_claims_of_one_event_are_one_incident_and_keep_its_id(register: Register, claims: list[str]) -> None:
    linked(register)
    before = groups(register)
    assert together(register, claims[:2]) and len(before) == 3
    linked(register)
    assert groups(register) == before
    with register.snapshot() as connection:
        codes = {row.code for row in incidents.incidents(connection)}
    assert codes == {"SY-20240505-1", "SY-20240506-1", "SY-20240301-1"}
    assert register.verify().clean


def test_a_code_is_kept_when_the_incident_grows(register: Register, claims: list[str]) -> None:
    linked(register)
    first = home(register, claims[0])
    (added,) = register.add_all([taken(5, "2024-05-05", "أم الورود", 8)], who="Rana")
    linked(register)
    assert home(register, f"{added.document_id}.1") == first
    with register.snapshot() as connection:
        assert incidents.find(connection, "sy-20240505") == first


def test_a_merge_holds_over_the_next_run_and_the_old_id_leads_to_it(register: Register, claims: list[str]) -> None:
    linked(register)
    first, other = home(register, claims[0]), home(register, claims[2])
    made = register.apply(lambda c: incidents.merge(c, [first, other], "Samir", "one march of tanks"))
    assert made == first and together(register, claims[:3])
    linked(register)
    assert together(register, claims[:3])
    with register.snapshot() as connection:
        assert incidents.find(connection, other) == first
        assert [e.action for e in register.log(limit=3)] == ["link", "judgement", "link"]
    assert register.verify().clean


def test_a_split_holds_and_taking_it_back_joins_again(register: Register, claims: list[str]) -> None:
    linked(register)
    first = home(register, claims[0])
    made = register.apply(lambda c: incidents.split(c, first, [claims[1]], "Samir", "two strikes"))
    assert home(register, claims[1]) == made != first
    linked(register)
    assert not together(register, claims[:2])
    register.apply(lambda c: judgements.retract(c, 1, "Samir", "it was one after all"))
    linked(register)
    assert together(register, claims[:2])


def test_taking_back_puts_claims_doubts_and_numbers_where_they_were_without_linking(
    register: Register, claims: list[str]
) -> None:
    linked(register)
    first, other = home(register, claims[0]), home(register, claims[2])
    doubt = Doubt(
        *sorted((first, other)),
        (claims[0], claims[2]),
        0.6,
        reason("linking:doubt.narrow", why=reason("linking:excluded.days", days=2)),
    )
    register.apply(lambda c: incidents.insert_doubts(c, [doubt]))
    before, told = groups(register), witnesses(register)
    register.apply(lambda c: incidents.merge(c, [first, other], "Samir", "one march"))
    with register.snapshot() as connection:
        assert not incidents.doubts(connection)
    runs = len(register.log(action="link"))
    assert take_back(register, 1, "Samir", "a slip") == 2
    assert groups(register) == before and witnesses(register) == told
    with register.snapshot() as connection:
        assert incidents.find(connection, other) == other and incidents.doubts(connection) == [doubt]
    register.apply(lambda c: incidents.move(c, claims[1], other, "Samir", "told of that town"))
    take_back(register, 3, "Samir", "a slip")
    made = register.apply(lambda c: incidents.split(c, first, [claims[1]], "Samir", "two strikes"))
    take_back(register, 5, "Samir", "a slip")
    assert groups(register) == before and witnesses(register) == told
    with register.snapshot() as connection:
        assert incidents.find(connection, made) == first, "the id of what was split off leads to where its claim is"
    assert len(register.log(action="link")) == runs and register.verify().clean
    linked(register)
    assert groups(register) == before


def test_what_a_later_judgement_holds_stays_when_one_is_taken_back(register: Register, claims: list[str]) -> None:
    linked(register)
    first, other = home(register, claims[0]), home(register, claims[2])
    register.apply(lambda c: incidents.move(c, claims[1], other, "Samir", "told of that town"))
    made = register.apply(lambda c: incidents.split(c, other, [claims[1]], "Rana", "a third one"))
    take_back(register, 1, "Samir", "a slip")
    assert home(register, claims[1]) == made and home(register, claims[0]) == first


def test_a_judgement_that_does_not_tell_from_where_is_taken_back_by_linking(register: Register, claims: list[str]) -> None:
    linked(register)
    first = home(register, claims[0])
    before = groups(register)
    register.apply(lambda c: judgements.judge(c, "Samir", "two strikes", settled={first: [claims[0]], "iother": [claims[1]]}))
    linked(register)
    assert not together(register, claims[:2])
    take_back(register, 1, "Samir", "a slip")
    assert groups(register) == before


def test_witnesses_are_counted_after_every_change_and_copies_once(register: Register) -> None:
    told = "وقالت مصادر محلية إن قصف الحي استمر حتى الظهر وإن سبعة من سكانه قتلوا في بيوتهم."
    again = "أفاد ناشطون بأن الطيران عاود قصف السوق فقتل سبعة أشخاص كانوا يشترون الخبز."
    one, two, copy, other = (
        f"{made.document_id}.1"
        for made in register.add_all(
            [
                taken(1, "2024-05-05", "أم الورود", 7, told),
                taken(2, "2024-05-05", "أم الورود", 7, again),
                # The same words at another address are a copy: they are told by the same witness.
                taken(3, "2024-05-05", "أم الورود", 7, told),
                taken(4, "2024-05-06", "كفر الزيتون", 9, "وفي القرية قتل قصف مدفعي تسعة رعاة مع قطيعهم عند النبع."),
            ],
            who="Rana",
        )
    )
    linked(register)
    first, last = home(register, one), home(register, other)
    assert groups(register)[first] == tuple(sorted((one, two, copy))) and witnesses(register) == {first: 2, last: 1}
    register.apply(lambda c: incidents.merge(c, [first, last], "Samir", "one march"))
    assert witnesses(register) == {first: 3}
    made = register.apply(lambda c: incidents.split(c, first, [one, copy], "Samir", "two strikes"))
    assert witnesses(register) == {first: 2, made: 1}
    register.apply(lambda c: incidents.move(c, two, made, "Samir", "told of that strike"))
    assert witnesses(register) == {first: 1, made: 2}
    register.decide(two, "reject", None, "Samir", "an old report")
    assert witnesses(register) == {first: 1, made: 1}


def test_a_moved_claim_stays_where_it_was_put(register: Register, claims: list[str]) -> None:
    linked(register)
    there = home(register, claims[2])
    register.apply(lambda c: incidents.move(c, claims[1], there, "Samir", "told of that town"))
    linked(register)
    assert home(register, claims[1]) == there


def test_incidents_told_apart_are_never_joined_again(register: Register, claims: list[str]) -> None:
    linked(register)
    register.apply(lambda c: incidents.split(c, home(register, claims[0]), [claims[1]], "Samir", "two strikes"))
    one, two = home(register, claims[0]), home(register, claims[1])
    register.apply(lambda c: incidents.part(c, [one, two], "Samir", "I was there"))
    linked(register)
    assert {home(register, claims[0]), home(register, claims[1])} == {one, two}
    with register.snapshot() as connection:
        assert not incidents.doubts(connection), "nobody is asked again"


def test_what_contradicts_is_refused_with_the_chain_and_nothing_is_kept(register: Register, claims: list[str]) -> None:
    linked(register)
    register.apply(lambda c: judgements.judge(c, "Samir", "two strikes", parted=[(claims[0], claims[2])]))
    with pytest.raises(Contradiction, match=claims[0]):
        register.apply(lambda c: incidents.merge(c, [home(register, claims[0]), home(register, claims[2])], "Rana", "one"))
    assert not together(register, [claims[0], claims[2]])
    with register.snapshot() as connection:
        assert len(judgements.judgements(connection)) == 1


def test_rejected_claims_leave_and_corrected_ones_are_compared_as_corrected(register: Register, claims: list[str]) -> None:
    linked(register)
    register.decide(claims[0], "reject", None, "Samir", "an old report")
    linked(register)
    assert all(claims[0] not in held for held in groups(register).values())
    with register.snapshot() as connection:
        record = next(r for r in queries.claims(connection) if r.id == claims[1])
    date = record.body["date"] | {"start": "2024-04-01", "end": "2024-04-01"}
    register.decide(claims[1], "correct", {"date": date}, "Samir", "the day was misread")
    linked(register)
    with register.snapshot() as connection:
        row = next(r for r in incidents.incidents(connection) if claims[1] in r.claims)
    assert row.start == "2024-04-01"


def test_a_run_that_people_overtook_stores_nothing(register: Register, claims: list[str]) -> None:
    linked(register)
    with register.snapshot() as connection:
        material = incidents.gather(connection)
    outcome = link(material.claims, material.reports, constraints=material.constraints, known=material.known)
    first = home(register, claims[0])
    register.apply(lambda c: incidents.split(c, first, [claims[1]], "Samir", "two strikes"))
    with pytest.raises(RegisterError, match="in the meantime"):
        register.apply(lambda c: incidents.store(c, material, outcome, "Rana", ""))
    assert not together(register, claims[:2])


@pytest.mark.parametrize(
    ("told", "message"),
    [("zzz", "no incident zzz"), ("SY-2024", "several incidents")],
)
def test_what_is_no_incident_is_told(register: Register, claims: list[str], told: str, message: str) -> None:
    linked(register)
    with register.snapshot() as connection, pytest.raises(InputError, match=message):
        incidents.find(connection, told)


def test_reasons_are_needed_and_claims_must_be_there(register: Register, claims: list[str]) -> None:
    linked(register)
    first, other = home(register, claims[0]), home(register, claims[2])
    with pytest.raises(InputError, match="reason"):
        register.apply(lambda c: incidents.merge(c, [first, other], "Samir", " "))
    with pytest.raises(InputError, match="not in incident"):
        register.apply(lambda c: incidents.split(c, first, [claims[2]], "Samir", "why"))
    with pytest.raises(InputError, match="must stay"):
        register.apply(lambda c: incidents.split(c, first, claims[:2], "Samir", "why"))
    with pytest.raises(InputError, match="no judgement 9"):
        register.apply(lambda c: judgements.retract(c, 9, "Samir", "why"))


def test_a_changed_judgement_is_found(register: Register, claims: list[str]) -> None:
    linked(register)
    first, other = home(register, claims[0]), home(register, claims[2])
    register.apply(lambda c: incidents.merge(c, [first, other], "Samir", "one"))

    def tamper(connection: Any) -> None:
        if connection.dialect.name == "sqlite":
            connection.execute(text("drop trigger judgement_no_update"))
        else:
            connection.execute(text("alter table judgement disable trigger user"))
        connection.execute(text("update judgement set who = 'Nobody'"))

    register.apply(tamper)
    assert any("judgement 1" in problem for problem in register.verify().problems)
