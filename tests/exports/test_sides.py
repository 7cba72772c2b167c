"""Sides of a clash that claims tell from either end."""

from __future__ import annotations

import pytest

from marsad.exports.sides import sides_of
from tests.counting.making import harm, say
from tests.exports.making import material, row


def parties(ids: str) -> list[dict[str, str | None]]:
    return [{"id": i, "name": i} if i.islower() else {"id": None, "name": i} for i in ids.split()]


@pytest.mark.parametrize(
    ("perpetrators", "targets", "kind", "one", "other"),
    [
        ("syria_gov hts", "hts syria_gov", "armed_clash", "syria_gov", "hts"),
        ("syria_gov", "hts syria_gov", "armed_clash", "syria_gov", "hts"),
        ("syria_gov hts", "syria_gov", "armed_clash", "hts", "syria_gov"),
        ("syria_gov hts", "syria_gov civilians", "armed_clash", "hts", "syria_gov civilians"),
        ("Sons Guards", "Guards Sons", "armed_clash", "Sons", "Guards"),
        ("syria_gov", "hts", "armed_clash", "syria_gov", "hts"),
        # Nothing says that these fought each other, or who stood with whom.
        ("syria_gov hts", "", "armed_clash", "syria_gov hts", ""),
        ("", "syria_gov hts", "armed_clash", "", "syria_gov hts"),
        ("syria_gov hts isis", "syria_gov isis", "armed_clash", "syria_gov hts isis", "syria_gov isis"),
        ("syria_gov", "syria_gov", "armed_clash", "syria_gov", "syria_gov"),
        ("civilians hts", "civilians", "armed_clash", "civilians hts", "civilians"),
        ("syria_gov hts", "hts syria_gov", "attack", "syria_gov hts", "hts syria_gov"),
        ("syria_gov hts", "hts syria_gov", None, "syria_gov hts", "hts syria_gov"),
    ],
)
def test_two_parties_of_a_clash_stand_on_a_side_each(
    perpetrators: str, targets: str, kind: str | None, one: str, other: str
) -> None:
    assert sides_of(parties(perpetrators), parties(targets), kind) == (parties(one), parties(other))


def test_an_incident_told_from_both_ends_is_a_clash_of_two_in_the_files() -> None:
    claims = [
        say("a", harm("killed", 4, 4, "combatant", "hts"), type="armed_clash", perpetrators=("syria_gov",), targets=("hts",)),
        say(
            "b", harm("killed", 2, 2, "combatant", "syria_gov"), type="armed_clash", perpetrators=("hts",), targets=("syria_gov",)
        ),
    ]
    acled, ucdp = (row(to, material(*claims)) for to in ("acled", "ucdp"))
    assert (acled["inter1"], acled["inter2"], acled["interaction"]) == (1, 2, 12)
    assert (acled["assoc_actor_1"], acled["assoc_actor_2"]) == (None, None)
    assert {ucdp["side_a"], ucdp["side_b"]} == {"Syrian government forces (to December 2024)", "Hayat Tahrir al-Sham"}
    assert ucdp["dyad_name"] == f"{ucdp['side_a']} - {ucdp['side_b']}"
    assert (ucdp["gwnoa"], ucdp["gwnob"]) == (652, None)
