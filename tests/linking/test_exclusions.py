"""What can never be of one event is never joined, whatever else speaks for it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.linking import link
from marsad.linking.exclusions import Rivals, excluded
from marsad.linking.features import features_of
from tests.linking.making import claim, features, harm, party, place, reports, site

NONE: dict[str, frozenset[str]] = {}


def kind(a: dict[str, Any], b: dict[str, Any]) -> str | None:
    """Kind of the exclusion between two claims, which must hold in both directions."""
    one, other = features(a), features(b)
    rivals = Rivals([one, other])
    known = {f.id: rivals.of(f) for f in (one, other)}
    found, back = excluded(one, other, known), excluded(other, one, known)
    assert (found is None) == (back is None)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, None),
        ({"date": claim("x", "2018-02-04")["date"]}, "day"),
        ({"date": claim("x", "2018-02-02", "2018-02-04")["date"]}, None),
        ({"date": claim("x", "2018-02-01", "2018-02-28")["date"]}, None),
        ({"date": claim("x", None)["date"]}, None),
        ({"date": {"start": None, "end": "2018-02-02", "precision": "unknown", "evidence": []}}, "day"),
        ({"date": {"start": None, "end": "2018-02-05", "precision": "unknown", "evidence": []}}, None),
        ({"place": place("هجين", latitude=34.695, longitude=40.831)}, "place"),
        ({"place": place("هجين", latitude=34.695, longitude=40.831, bearing="شمال", precision="area")}, None),
        ({"place": place("دير الزور", "governorate", latitude=35.34, longitude=40.14, precision="admin", within=["سوريا"])}, None),
        ({"place": place("الرقة", "governorate", latitude=35.95, longitude=39.01, precision="admin", within=["سوريا"])}, "place"),
        ({"place": place("Ghranij", within=["Deir ez-Zor", "Syria"])}, None),
        ({"place": place(country="IQ")}, "place"),
        ({"place": None}, None),
        ({"perpetrators": [party("russia")]}, "party"),
        ({"perpetrators": [party("us")]}, None),
        ({"perpetrators": [party("unidentified")]}, None),
        ({"perpetrators": [party(None, "فصيل محلي")]}, None),
        ({"perpetrators": [party("russia")], "status": "denied"}, None),
        ({"scope": "aggregate"}, "scope"),
        ({"status": "planned"}, "scope"),
    ],
)  # fmt: skip
def test_what_excludes(more: dict[str, Any], expected: str | None) -> None:
    assert kind(claim("a.1"), claim("b.1") | more) == expected


def test_sites_by_different_names_exclude_each_other() -> None:
    one = claim("a.1", sites=[site("religious", "مسجد النور")])
    assert kind(one, claim("b.1", sites=[site("religious", "مسجد الفتح")])) == "site"
    assert kind(one, claim("b.1", sites=[site("religious", "مسجد")])) is None
    assert kind(one, claim("b.1", sites=[site("religious", "جامع النور")])) is None
    assert kind(one, claim("b.1", sites=[site("religious", "المسجد القديم")])) is None
    assert kind(one, claim("b.1", sites=[site("medical", "مستشفى الفتح")])) is None


def test_one_side_of_a_clash_does_not_exclude_the_other() -> None:
    clash = {"type": "armed_clash", "targets": []}
    one, other = claim("a.1", perpetrators=[party("isis")], **clash), claim("b.1", perpetrators=[party("sdf")], **clash)
    assert kind(one, other) is None
    both = claim("a.1", perpetrators=[party("isis")], type="armed_clash", targets=[party("iraq")])
    assert kind(both, other) == "party"


def test_parties_that_one_report_sets_against_each_other_do_not_exclude() -> None:
    blamed = claim("a.1", perpetrators=[party("lna")])
    denied = claim("b.1", perpetrators=[party("lna")], status="denied", harm=[])
    other = claim("b.2", perpetrators=[party("gna")])
    all_of = [features(c) for c in (blamed, denied, other)]
    rivals = Rivals(all_of)
    known = {f.id: rivals.of(f) for f in all_of}
    assert excluded(all_of[0], all_of[2], known) is None
    assert kind(blamed, other) == "party"


def test_claims_of_one_report_are_two_events_unless_one_is_a_version() -> None:
    local = [{"name": "مصادر محلية", "kind": "local", "role": "origin", "evidence": []}]
    medical = [{"name": "مصدر طبي", "kind": "medical", "role": "origin", "evidence": []}]
    assert kind(claim("a.1", sources=local), claim("a.2", sources=local, harm=[harm("killed", 3)])) == "document"
    assert kind(claim("a.1", sources=local), claim("a.2", sources=medical, harm=[harm("killed", 8)])) is None
    assert kind(claim("a.1", sources=local), claim("a.2", sources=local, status="denied", harm=[])) is None
    elsewhere = place("أبو حمام", latitude=34.8, longitude=40.7)
    assert kind(claim("a.1", sources=local), claim("a.2", sources=medical, place=elsewhere)) in ("document", "place")
    one, two = [site("market")], [site("educational")]
    assert kind(claim("a.1", sources=local, sites=one), claim("a.2", sources=medical, sites=two, harm=[])) == "document"


DAYS = st.sampled_from(["2018-02-03", "2018-02-04", "2018-02-05", None])
PLACES = st.sampled_from([
    place(), place("هجين", latitude=34.695, longitude=40.831), place("Ghranij", within=["Deir ez-Zor", "Syria"]),
    place("غرانيج", latitude=None, longitude=None), place("دير الزور", "governorate", precision="admin", within=["سوريا"]), None,
])  # fmt: skip
PARTIES = st.sampled_from([[], [party("coalition_isis")], [party("russia")], [party("us")], [party("unidentified")]])
SITES = st.sampled_from([[], [site("religious", "مسجد النور")], [site("religious", "مسجد الفتح")], [site("market")]])
CLAIMS = st.lists(
    st.tuples(
        DAYS, PLACES, PARTIES, SITES, st.sampled_from([0, 3, 7, 8]), st.sampled_from(["asserted", "asserted", "denied", "planned"]),
        st.sampled_from(["event", "event", "event", "aggregate"]), st.sampled_from(["air_drone_strike", "shelling_artillery_missile"]),
        st.integers(0, 5),
    ),
    min_size=2,
    max_size=10,
)  # fmt: skip


def made(rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [
        claim(
            f"d{document}.{n}", day, place=where, perpetrators=who, sites=sites, status=status, scope=scope, type=type_,
            harm=[harm("killed", killed)] if killed else [],
        )
        for n, (day, where, who, sites, killed, status, scope, type_, document) in enumerate(rows)
    ]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CLAIMS, st.randoms(use_true_random=False))
def test_no_incident_holds_an_exclusion_and_order_does_not_matter(rows: list[tuple[Any, ...]], chance: Any) -> None:
    claims = made(rows)
    known = reports(*claims)
    outcome = link(claims, known)
    told = {c["id"]: features_of(c, known[c["document"]]) for c in claims}
    rivals = Rivals(told.values())
    among = {c: rivals.of(f) for c, f in told.items()}
    for incident in outcome.incidents:
        for a, b in combinations(incident.claims, 2):
            assert excluded(told[a], told[b], among) is None
    placed = [c for i in outcome.incidents for c in i.claims] + [a.claim for a in outcome.alone]
    assert sorted(placed) == sorted(told), "each claim is in one incident or alone, and only once"
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert link(shuffled, known) == outcome
