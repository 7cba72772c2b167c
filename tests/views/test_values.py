"""What a claim says in words."""

from __future__ import annotations

import pytest

from marsad.model import Claim, Date, Evidence, Harm, Including, Party, Place, Source
from marsad.views.values import KINDS, count, heading, values
from tests.views.records import SAMPLES, sample

TRIGGER = (Evidence(0, 5, "قصفوا"),)


def claim(**more: object) -> Claim:
    return Claim("a.1", "a", "armed_clash", TRIGGER, **more)  # type: ignore[arg-type]


def texts(told: Claim) -> dict[str, str]:
    return {value.slot: value.text for value in values(told)}


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ((7, 7), "7"),
        ((20, None), "at least 20"),
        ((10, 15), "10 to 15"),
        ((None, 4), "at most 4"),
        ((None, None), ""),
        ((0, 0), "0"),
        ((2000, None), "at least 2,000"),
    ],
)
def test_numbers_with_bounds(bounds: tuple[int | None, int | None], told: str) -> None:
    assert count(*bounds) == told


def test_only_what_is_known_is_a_value() -> None:
    assert [v.slot for v in values(claim())] == ["type"]
    assert heading(claim()) == "armed clash"


def test_status_and_scope_are_told_where_they_are_not_the_usual_ones() -> None:
    told = claim(status="denied", scope="aggregate")
    assert heading(told) == "armed clash, denied, aggregate"
    assert texts(told) == {"type": "armed clash", "status": "denied", "scope": "aggregate"}


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (Date("2020-01-02", "2020-01-02", "day"), "2020-01-02"),
        (Date("2020-01-02", "2020-01-03", "days"), "2020-01-02 to 2020-01-03 (days)"),
        (Date(None, "2020-01-03"), "by 2020-01-03"),
        (Date("2020-01-03", None), "since 2020-01-03"),
        (Date(None, None, "unknown", TRIGGER), "unknown day"),
    ],
)
def test_dates(date: Date, told: str) -> None:
    assert texts(claim(date=date))["date"] == told


def test_places_parties_harm_and_sources() -> None:
    told = claim(
        place=Place("الوادي", "area", ("تعز",), "YE", 13.5, 44.0, None, "area", "شمال"),
        perpetrators=(Party(None, "كتيبة"), Party("x", "جيش")),
        harm=(
            Harm("killed", 3, None, "civilian", None, (Including("aid_workers", 1, 1), Including("family"))),
            Harm("injured"),
            Harm("captured", 2, 2, "combatant", "x"),
        ),
        sources=(Source("شاهد", "witness", "origin"),),
        why={"perpetrators.1": "rule"},
    )
    found = {v.slot: v for v in values(told)}
    assert found["place"].text == "area, YE, 13.5000 44.0000 (area)" and found["place"].words == "شمال الوادي، تعز"
    assert found["perpetrators.0"].text == "not listed" and found["perpetrators.1"].why == "rule"
    assert found["harm.0"].text == "at least 3 killed, civilian (aid workers 1, family)"
    assert found["harm.1"].text == "injured, number unknown"
    assert found["harm.2"].text == "2 captured, combatant, x"
    assert found["sources.0"].text == "witness (origin)"


def test_all_sample_claims_have_values_of_known_kinds_in_order() -> None:
    for path in SAMPLES.glob("*.json"):
        for told in sample(path.stem)[1]:
            kinds = [KINDS.index(v.kind) for v in values(told)]
            assert kinds == sorted(kinds) and kinds[0] == 0
