"""Linking a whole register: copies, doubts, what stays alone, decisions of people, stable ids, nothing from the network."""

from __future__ import annotations

import socket
import sys
from typing import Any

import pytest

from marsad.errors import MarsadError
from marsad.linking import Constraints, Contradiction, add, link
from marsad.linking.constraints import NONE
from tests.linking.making import claim, harm, party, place, reports, site
from tests.linking.measures import bcubed, over_merged, pairwise, register


def together(outcome: Any, *claims: str) -> bool:
    return len({outcome.by_claim.get(c, c) for c in claims}) == 1


def test_a_toll_that_rises_is_one_event() -> None:
    first, later = claim("a.1", harm=[harm("killed", 4)]), claim("b.1", harm=[harm("killed", 6)])
    outcome = link([first, later], reports(first, later, published={"a": "2018-02-03", "b": "2018-02-05"}))
    assert together(outcome, "a.1", "b.1")


def test_the_next_village_is_another_event() -> None:
    one, next_ = claim("a.1"), claim("b.1", place=place("البحرة", latitude=34.7355, longitude=40.7762))
    assert not together(link([one, next_], reports(one, next_)), "a.1", "b.1")


def test_distant_claims_are_not_chained() -> None:
    """Three places in a row: the middle one, told by a direction, may be either; the outer two exclude each other."""
    west = claim("a.1", place=place(latitude=34.70, longitude=40.60))
    middle = claim("b.1", place=place("هجين", latitude=34.70, longitude=40.70, bearing="بين", precision="area"))
    east = claim("c.1", place=place("الشعفة", latitude=34.70, longitude=40.80))
    outcome = link([west, middle, east], reports(west, middle, east))
    assert not together(outcome, "a.1", "c.1")


def test_copies_are_one_witness() -> None:
    trigger = [{"start": 0, "end": 4, "text": "word"}]
    claims = [claim(f"{d}.1", trigger=trigger) for d in "abc"] + [claim("e.1")]
    outcome = link(claims, reports(*claims, groups={"a": "a", "b": "a", "c": "a"}))
    (incident,) = outcome.incidents
    assert incident.claims == ("a.1", "b.1", "c.1", "e.1") and incident.witnesses == 2


def test_what_has_no_date_or_place_is_linked_only_on_strong_other_evidence() -> None:
    plain, undated = claim("a.1"), claim("b.1", None)
    unplaced = claim("c.1", place=None, harm=[harm("killed", 3)])
    outcome = link([plain, undated, unplaced], reports(plain, undated, unplaced))
    assert {a.claim: a.kind for a in outcome.alone} == {"b.1": "undated", "c.1": "unplaced"}
    assert all(a.reason for a in outcome.alone)
    rich: dict[str, Any] = {
        "harm": [harm("killed", 31), harm("injured", 57)], "sites": [site("market")],
        "weapons": [{"kind": "barrel_bomb", "evidence": []}],
    }  # fmt: skip
    told, also = claim("a.1", **rich), claim("b.1", place=None, **rich)
    assert together(link([told, also], reports(told, also)), "a.1", "b.1")


def test_a_denial_joins_its_event_and_founds_none() -> None:
    event, denial = claim("a.1"), claim("b.1", status="denied", harm=[])
    assert together(link([event, denial], reports(event, denial)), "a.1", "b.1")
    outcome = link([denial], reports(denial))
    assert not outcome.incidents and outcome.alone[0].kind == "denied"


def test_what_is_not_sure_enough_is_a_doubt() -> None:
    one = claim("a.1", harm=[harm("killed", 2)])
    other = claim("b.1", perpetrators=[], type="shelling_artillery_missile")
    outcome = link([one, other], reports(one, other))
    assert not together(outcome, "a.1", "b.1")
    (doubt,) = outcome.doubts
    assert doubt.claims == ("a.1", "b.1") and 0.3 < doubt.probability < 0.7 and doubt.reason
    assert {doubt.first, doubt.second} == {i.id for i in outcome.incidents}


def test_people_join_and_part() -> None:
    one, same, other = claim("a.1"), claim("b.1"), claim("c.1", place=place("هجين", latitude=34.695, longitude=40.831))
    claims, known = [one, same, other], reports(one, same, other)
    assert together(link(claims, known), "a.1", "b.1")
    assert not together(link(claims, known, constraints=Constraints(different=(("a.1", "b.1"),))), "a.1", "b.1")
    joined = link(claims, known, constraints=Constraints(together=(("a.1", "c.1"),)))
    assert together(joined, "a.1", "c.1")


def test_settled_incidents_are_never_joined_and_keep_their_ids() -> None:
    one, same, third = claim("a.1"), claim("b.1"), claim("c.1")
    settled = Constraints(settled={"a.1": "event-1", "b.1": "event-2"})
    outcome = link([one, same, third], reports(one, same, third), constraints=settled)
    assert outcome.by_claim["a.1"] == "event-1" and outcome.by_claim["b.1"] == "event-2"
    assert outcome.by_claim["c.1"] not in ("event-1", "event-2"), "it fits both, so it is left to a person"
    assert len(outcome.doubts) >= 2


@pytest.mark.parametrize(
    ("constraints", "chain"),
    [
        (Constraints(together=(("a", "b"), ("b", "c")), different=(("a", "c"),)), ("a", "b", "c")),
        (Constraints(together=(("a", "b"),), settled={"a": "one", "b": "two"}), ("a", "b")),
        (Constraints(different=(("a", "b"),), settled={"a": "one", "b": "one"}), ("a", "b")),
    ],
)
def test_decisions_that_contradict_are_refused_with_their_chain(constraints: Constraints, chain: tuple[str, ...]) -> None:
    with pytest.raises(Contradiction, match="take back") as caught:
        constraints.groups(["a", "b", "c"])
    assert caught.value.chain == chain
    assert NONE.groups(["b", "a"]) == [("a",), ("b",)]


def test_ids_stay_while_most_claims_stay_together() -> None:
    claims = [claim(f"{d}.1") for d in "abc"]
    first = link(claims, reports(*claims))
    more = [claim("0.1"), *claims]
    again = link(more, reports(*more), known=first.by_claim)
    assert again.by_claim["0.1"] == first.by_claim["a.1"]
    parted = link(
        claims, reports(*claims), known=first.by_claim, constraints=Constraints(different=(("a.1", "c.1"), ("b.1", "c.1")))
    )
    assert parted.by_claim["a.1"] == first.by_claim["a.1"] != parted.by_claim["c.1"]


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("linking opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    claims = [claim("a.1"), claim("b.1")]
    assert together(link(claims, reports(*claims)), "a.1", "b.1")


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(MarsadError, match=r"marsad\[link\]"):
        link([claim("a.1")], reports(claim("a.1")))


def test_a_synthetic_register_is_linked_well() -> None:
    made = register(2_000, seed=3)
    assert made.claims == register(2_000, seed=3).claims
    outcome = link(made.claims, made.reports)
    precision, recall = pairwise(made.truth, outcome.by_claim)
    assert precision >= 0.96 and recall >= 0.8, (precision, recall)
    assert bcubed(made.truth, outcome.by_claim) >= 0.9
    assert over_merged(made.truth, outcome.by_claim) <= 0.05 * len(outcome.incidents)


def test_no_claims_give_no_incidents() -> None:
    outcome = link([], {})
    assert not outcome.incidents and not outcome.doubts and not outcome.alone


def test_parties_and_dates_of_two_reports_do_not_leak() -> None:
    one, other = claim("a.1"), claim("b.1", perpetrators=[party("russia")])
    outcome = link([one, other], reports(one, other))
    assert not together(outcome, "a.1", "b.1") and not outcome.doubts


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"day": "2018-02-04"}, "1 day apart"),
        ({"day": "2018-02-13"}, "10 days apart"),
        ({"perpetrators": [party("syria_gov")]}, "by coalition_isis and by syria_gov"),
    ],
)
def test_what_a_slip_may_have_set_apart_is_a_doubt_and_not_joined(other: dict[str, Any], why: str) -> None:
    rich = {"harm": [harm("killed", 14), harm("injured", 31)]}
    one, same = claim("a.1", **rich), claim("b.1", **(rich | other))
    known = reports(one, same)
    outcome = link([one, same], known)
    assert not together(outcome, "a.1", "b.1")
    (doubt,) = outcome.doubts
    assert set(doubt.claims) == {"a.1", "b.1"} and why in doubt.reason.text()
    assert not link([one, same], known, constraints=Constraints(different=(("a.1", "b.1"),))).doubts
    if why != "10 days apart":
        (again,) = add([same], [one], known, {"a.1": "event-1"}).doubts
        assert (again.claims, again.reason) == (doubt.claims, doubt.reason)


@pytest.mark.parametrize(
    "other", [{"day": "2018-02-05"}, {"day": "2018-02-04", "harm": [harm("killed", 13), harm("injured", 31)]}]
)
def test_what_differs_in_more_than_a_slip_is_two_events(other: dict[str, Any]) -> None:
    rich = {"harm": [harm("killed", 14), harm("injured", 31)]}
    one, same = claim("a.1", "2018-03-08", **rich), claim("b.1", **(rich | other))
    assert not link([one, same], reports(one, same)).doubts
