"""ACLED's columns of incidents whose values are derived by hand."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.exports.mapping import mapping
from marsad.model import Date, Place
from tests.counting.making import harm, say
from tests.exports.making import material, row

# The columns of the data set, in its order.
COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]


def one(*harms: Any, **changes: Any) -> dict[str, Any]:
    return row("acled", material(say("a", *harms, by="الدفاع المدني", **changes)))


def test_columns_are_those_of_the_data_set() -> None:
    assert [column.name for column in mapping("acled")] == COLUMNS


def test_an_air_strike_on_civilians_column_by_column() -> None:
    made = one(harm("killed", 3, 5, "civilian"), perpetrators=("russia",), targets=("civilians",), publisher="وكالة المثال")
    assert made == {
        "event_id_cnty": "SY-20240501-1",
        "event_date": "2024-05-01",
        "year": 2024,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Russian forces",
        "assoc_actor_1": None,
        "inter1": 8,
        "actor2": "Civilians (Syria)",
        "assoc_actor_2": None,
        "inter2": 7,
        "interaction": 78,
        "civilian_targeting": "Civilian targeting",
        "iso": 760,
        "region": "Middle East",
        "country": "Syria",
        "admin1": "حماة",
        "admin2": None,
        "admin3": None,
        "location": "تل الزيتون",
        "latitude": 35.0,
        "longitude": 36.5,
        "geo_precision": 1,
        "source": "وكالة المثال",
        "source_scale": None,
        "notes": "Air or drone strike, تل الزيتون, حماة, 1 May 2024: 3 to 5 civilians reported killed",
        "fatalities": 3,
        "tags": "ACLED-compatible, not ACLED data; fatalities by acled-conservative 1",
        "timestamp": None,
    }


@pytest.mark.parametrize(
    ("date", "day", "precision"),
    [
        (Date("2024-05-01", "2024-05-01", "day"), "2024-05-01", 1),
        (Date("2024-05-01", "2024-05-02", "days"), "2024-05-01", 2),
        (Date("2024-04-29", "2024-05-05", "week"), "2024-05-02", 2),
        (Date("2024-05-01", "2024-05-31", "month"), "2024-05-16", 3),
        (Date(None, "2024-05-02", "unknown"), "2024-05-02", 3),
    ],
)
def test_a_day_within_what_is_told(date: Date, day: str, precision: int) -> None:
    made = one(harm("killed", 1), date=date)
    assert (made["event_date"], made["time_precision"]) == (day, precision)


@pytest.mark.parametrize("date", [Date("2024-01-01", "2024-12-31", "year"), Date()])
def test_what_has_no_day_has_no_row(date: Date) -> None:
    assert one(harm("killed", 1), date=date) == {}


def test_what_only_a_denial_tells_has_no_row() -> None:
    assert one(harm("killed", 1), status="denied") == {}


def test_remote_violence_within_a_battle_is_the_battle() -> None:
    claims = [
        say("a", harm("killed", 4), type="shelling_artillery_missile", perpetrators=("syria_gov",), targets=("hts",)),
        say("b", harm("killed", 4), type="shelling_artillery_missile", perpetrators=("syria_gov",), targets=("hts",)),
        say("c", harm("killed", 4), type="armed_clash", perpetrators=("syria_gov",), targets=("hts",)),
    ]
    made = row("acled", material(*claims))
    assert (made["event_type"], made["sub_event_type"], made["interaction"]) == ("Battles", "Armed clash", 12)
    assert made["civilian_targeting"] is None


@pytest.mark.parametrize(
    ("harms", "sub"),
    [((harm("abducted", 2),), "Abduction/forced disappearance"), ((harm("abducted", 2), harm("killed", 1)), "Attack")],
)
def test_an_abduction_with_deaths_is_an_attack(harms: tuple[Any, ...], sub: str) -> None:
    made = one(*harms, type="abduction_forced_disappearance", perpetrators=("isis",), targets=("civilians",))
    assert (made["sub_event_type"], made["inter1"], made["civilian_targeting"]) == (sub, 2, "Civilian targeting")


def test_nobody_told_is_no_actor_and_a_sole_party_is_followed_by_zero() -> None:
    made = one(harm("injured", 2), targets=("civilians",), type="remote_explosive_ied")
    assert (made["actor1"], made["inter1"], made["actor2"], made["interaction"]) == (None, 0, "Civilians (Syria)", 70)
    assert made["fatalities"] == 0


def test_crowds_are_a_side_of_their_own() -> None:
    shot = one(harm("killed", 2), type="excessive_force_against_protesters", perpetrators=("police",), targets=("civilians",))
    assert (shot["actor1"], shot["actor2"], shot["interaction"]) == ("Police or security forces", "Protesters (Syria)", 16)
    assert shot["disorder_type"] == "Political violence; Demonstrations"
    quiet = one(type="peaceful_protest")
    assert (quiet["actor1"], quiet["inter1"], quiet["actor2"], quiet["interaction"]) == ("Protesters (Syria)", 6, None, 60)
    mob = one(type="mob_violence", targets=("civilians",))
    assert (mob["actor1"], mob["inter1"], mob["disorder_type"]) == ("Rioters (Syria)", 5, "Political violence")


@pytest.mark.parametrize(
    ("place", "precision"),
    [
        (Place("تل الزيتون", "town", ("حماة",), "SY", 35.0, 36.5, None, "settlement"), 1),
        (Place("تل الزيتون", "town", ("حماة",), "SY", 35.0, 36.5, None, "area", "قرب"), 2),
        (Place("حماة", "governorate", (), "SY", 35.1, 36.7, None, "admin"), 3),
    ],
)
def test_precision_of_a_place(place: Place, precision: int) -> None:
    assert one(harm("killed", 1), place=place)["geo_precision"] == precision


@pytest.mark.parametrize(("words", "number"), [("عشرات القتلى", 10), ("مئات القتلى", 100)])
def test_vague_numbers_are_those_of_the_policy(words: str, number: int) -> None:
    least = {10: 20, 100: 200}[number]
    assert one(harm("killed", least, None, words=words))["fatalities"] == number


def test_a_party_that_is_not_listed_has_a_name_and_no_code() -> None:
    claims = say("a", harm("killed", 1), perpetrators=())
    made = row("acled", material(claims))
    assert (made["actor1"], made["inter1"]) == (None, 0)
