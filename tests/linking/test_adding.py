"""New claims join, found or wait; what stands is not moved."""

from __future__ import annotations

from itertools import combinations

import pytest

from marsad.linking import Constraints, Shelf, add, link
from marsad.linking.features import features_of
from marsad.linking.nearby import near
from tests.linking.making import claim, harm, place, reports
from tests.linking.measures import register


def test_a_new_claim_joins_its_incident() -> None:
    old, new = claim("a.1"), claim("b.1")
    outcome = add([new], [old], reports(old, new), {"a.1": "event-1"})
    assert outcome.by_claim == {"a.1": "event-1", "b.1": "event-1"}


def test_a_new_claim_founds_an_incident() -> None:
    old, new = claim("a.1"), claim("b.1", place=place("هجين", latitude=34.695, longitude=40.831))
    outcome = add([new], [old], reports(old, new), {"a.1": "event-1"})
    assert set(outcome.by_claim) == {"b.1"} and outcome.by_claim["b.1"] != "event-1"


def test_a_new_claim_waits_where_it_is_not_sure() -> None:
    old = claim("a.1", harm=[harm("killed", 2)])
    new = claim("b.1", perpetrators=[], type="shelling_artillery_missile")
    outcome = add([new], [old], reports(old, new), {"a.1": "event-1"})
    (doubt,) = outcome.doubts
    assert "event-1" in (doubt.first, doubt.second) and outcome.by_claim["b.1"] != "event-1"


def test_two_incidents_that_stand_are_not_joined_by_a_new_claim() -> None:
    one, two, new = claim("a.1"), claim("b.1"), claim("c.1")
    outcome = add([new], [one, two], reports(one, two, new), {"a.1": "event-1", "b.1": "event-2"})
    assert outcome.by_claim["c.1"] not in ("event-1", "event-2"), "it fits both, so it is left to a person"
    assert {n for d in outcome.doubts for n in (d.first, d.second)} == {"event-1", "event-2", outcome.by_claim["c.1"]}


def test_a_denial_that_waited_alone_is_taken_along() -> None:
    denial, new = claim("a.1", status="denied", harm=[]), claim("b.1")
    outcome = add([new], [denial], reports(denial, new), {})
    assert outcome.by_claim["a.1"] == outcome.by_claim["b.1"]


def test_decisions_hold_while_adding() -> None:
    old, new = claim("a.1"), claim("b.1")
    apart = Constraints(different=(("a.1", "b.1"),))
    outcome = add([new], [old], reports(old, new), {"a.1": "event-1"}, constraints=apart)
    assert outcome.by_claim["b.1"] != "event-1" and not outcome.doubts
    far = claim("c.1", place=place("هجين", latitude=34.695, longitude=40.831))
    bound = Constraints(together=(("a.1", "c.1"),))
    assert add([far], [old], reports(old, far), {"a.1": "event-1"}, constraints=bound).by_claim["c.1"] == "event-1"


def test_nothing_that_stands_is_moved() -> None:
    """Half of the reports of a register are linked, the rest is added in three parts: no claim changes its incident."""
    made = register(900, seed=21)
    names = sorted(made.reports)
    parts = [set(names[0::2]), set(names[1::6]), set(names[3::6]), set(names[5::6])]
    claims = [[c for c in made.claims if c["document"] in part] for part in parts]
    standing, known = list(claims[0]), dict(link(claims[0], made.reports).by_claim)
    for new in claims[1:]:
        outcome = add(new, standing, made.reports, known)
        assert all(outcome.by_claim[c] == known[c] for c in outcome.by_claim if c in known)
        fresh = {c["id"] for c in new}
        assert fresh == {c for c in outcome.by_claim if c in fresh} | {a.claim for a in outcome.alone}
        known.update(outcome.by_claim)
        standing += new
    truth = {c: e for c, e in made.truth.items() if c in known}
    wrong = sum(truth[a] != truth[b] for a, b in combinations(sorted(truth), 2) if known[a] == known[b])
    right = sum(truth[a] == truth[b] for a, b in combinations(sorted(truth), 2) if known[a] == known[b])
    assert right / (right + wrong) >= 0.93


def test_only_what_is_near_is_looked_at_and_the_outcome_is_that_of_looking_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    made = register(1200, seed=23)
    names = sorted(made.reports)
    late = set(names[::40])
    new = [c for c in made.claims if c["document"] in late]
    old = [c for c in made.claims if c["document"] not in late]
    known = {c["id"]: made.truth[c["id"]] for c in old if c["id"] in made.truth}
    shelf = Shelf(old, made.reports, known)
    found = add(new, shelf, made.reports, known)
    chosen = near([features_of(c, made.reports[c["document"]]) for c in new], shelf)
    assert len(chosen) < len(old) / 2
    monkeypatch.setattr("marsad.linking.linker.near", lambda fresh, standing: sorted(c["id"] for c in old))
    monkeypatch.setattr("marsad.linking.linker._FITS", -99.0)
    whole = add(new, shelf, made.reports, known)
    assert found == whole


def test_a_shelf_takes_what_was_added() -> None:
    first, second, third = claim("a.1"), claim("b.1"), claim("c.1")
    told = reports(first, second, third)
    shelf, known = Shelf([first], told, {"a.1": "event-1"}), {"a.1": "event-1"}
    known |= add([second], shelf, told, known).by_claim
    shelf.take([second], told, known)
    outcome = add([third], shelf, told, known)
    assert [i.claims for i in outcome.incidents] == [("a.1", "b.1", "c.1")]


def test_a_claim_that_changed_leaves_its_incident_and_the_others_keep_the_id() -> None:
    stays, changed = claim("a.1"), claim("b.1", "2018-03-09")
    known = {"a.1": "event-1", "b.1": "event-1"}
    outcome = add([changed], [stays], reports(stays, changed), known)
    assert outcome.by_claim["b.1"] != "event-1"
    settled = Constraints(settled=known)
    assert add([changed], [stays], reports(stays, changed), known, constraints=settled).by_claim["b.1"] == "event-1"
    assert add([changed], [], reports(changed), {"b.1": "event-1"}).by_claim == {"b.1": "event-1"}, "nobody else has the id"


def test_what_people_tie_to_a_new_claim_is_looked_at_however_far_it_is() -> None:
    old, far = claim("a.1"), claim("b.1", "2019-07-01", place=place("هجين", latitude=34.695, longitude=40.831))
    bound = Constraints(together=(("a.1", "b.1"),))
    assert add([far], [old], reports(old, far), {"a.1": "event-1"}, constraints=bound).by_claim["b.1"] == "event-1"
