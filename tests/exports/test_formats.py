"""Columns of the other formats, of incidents whose values are derived by hand."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.exports.mapping import mapping
from marsad.exports.material import Material
from marsad.exports.profiles import profile
from marsad.exports.rules import RULES
from marsad.model import Date, Place
from tests.counting.making import harm, say
from tests.exports.making import material, row


def strike(**changes: Any) -> Material:
    """Two origins tell of a strike on a town, with other numbers; a third report denies it."""
    town = Place("تفتناز", "town", ("إدلب", "سوريا"), "SY", 36.0, 36.75, None, "settlement")
    told: dict[str, Any] = {"place": town, "perpetrators": ("russia",), "targets": ("civilians",), "sites": ("market",)}
    claims = [
        say("a", harm("killed", 3, 3, "civilian", children=1), harm("injured", 10, 10, "civilian"), by="الدفاع المدني", **told),
        say("b", harm("killed", 5, 5, "civilian", women=2), by="المرصد", kind="monitor", day="2024-05-03", **told),
    ]
    return material(*claims, **({"earlier": ("SY-20240501-9",)} | changes))


def test_airwars_column_by_column() -> None:
    made = row("airwars", strike())
    given = {name: value for name, value in made.items() if value is not None}
    assert given == {
        "unique_reference_code": "SY-20240501-1", "previous_codes": "SY-20240501-9", "incident_date": "2024-05-01",
        "incident_date_end": "2024-05-01", "date_type": "day",
        "title": "Air or drone strike, تفتناز, إدلب, 1 May 2024: 3 to 5 civilians (including 1 child and 2 women) reported killed and "
        "10 civilians reported injured",
        "country": "Syria", "region": "إدلب", "location_name": "تفتناز", "location_name_arabic": "تفتناز", "latitude": 36.0,
        "longitude": 36.75, "geolocation_accuracy": "Town", "geolocation_stated": "as known", "belligerents": "Russian forces",
        "belligerent_type": "Suspected", "civilian_harm_status": "Fair", "civilian_harm_status_by": "suggested by the program",
        "strike_status": "Likely strike", "infrastructure": "market",
        "civilian_non_combatants_killed_min": 3, "civilian_non_combatants_killed_max": 5, "civilian_non_combatants_injured_min": 10,
        "civilian_non_combatants_injured_max": 10, "children_killed_min": 1, "children_killed_max": 1, "women_killed_min": 2,
        "women_killed_max": 2, "policy": "airwars-range", "policy_version": "1", "counted": "counted",
        "sources": "موقع الخبر a; موقع الخبر b", "source_urls": "https://example.org/a; https://example.org/b",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ([say("a", harm("killed", 1, 1, "civilian"), by="الدفاع المدني", perpetrators=("russia",))], "Single source claim"),
        (
            [say("a", harm("killed", 1, 1, "civilian"), by="وزارة الدفاع الروسية", kind="belligerent", perpetrators=("russia",))],
            "Declared strike",
        ),
        (
            [
                say("a", harm("killed", 1, 1, "civilian"), by="الدفاع المدني", perpetrators=("russia",)),
                say("b", status="denied", by="وزارة الدفاع الروسية", kind="belligerent", perpetrators=("russia",)),
            ],
            "Contested strike",
        ),
        (
            [
                say("a", harm("killed", 1, 1, "civilian"), by="الدفاع المدني", perpetrators=("russia",)),
                say("b", harm("killed", 1, 1, "civilian"), by="المرصد", kind="monitor", perpetrators=("hts",)),
            ],
            "Contested strike",
        ),
    ],
)
def test_status_of_a_strike(claims: list[Any], status: str) -> None:
    assert row("airwars", material(*claims))["strike_status"] == status


def test_a_signed_grade_stands_before_the_suggested_one() -> None:
    made = row("airwars", material(say("a", harm("killed", 1, 1, "civilian")), grade="confirmed"))
    assert (made["civilian_harm_status"], made["civilian_harm_status_by"]) == ("Confirmed", "signed")
    assert row("csv", material(say("a", harm("killed", 1)), grade="confirmed"))["grade_signed"] == "confirmed"


def test_without_a_grade_airwars_has_no_row() -> None:
    assert row("airwars", material(say("a", type="agreement"))) == {}


def test_hxl_column_by_column() -> None:
    given = {name: value for name, value in row("hxl", strike()).items() if value is not None}
    title = given.pop("description")
    assert title.startswith("Air or drone strike, تفتناز") and given.pop("description_ar").endswith("10 مدنيين")
    assert given == {
        "incident_id": "i1", "incident_code": "SY-20240501-1", "event_type": "air_drone_strike",
        "acled_sub_event_type": "Air/drone strike", "status": "asserted", "date_start": "2024-05-01", "date_end": "2024-05-01",
        "date_precision": "day", "date_reported": "2024-05-02", "country": "Syria", "country_code": "SYR", "adm1_name_ar": "إدلب",
        "place_ar": "تفتناز", "latitude": 36.0, "longitude": 36.75, "geo_precision": "settlement", "coordinates_stated": "as known",
        "alleged_perpetrators": "Russian forces", "targets": "civilians", "sites": "market", "killed_min": 3, "killed_max": 5,
        "killed_children_min": 1, "killed_children_max": 1, "killed_women_min": 2, "killed_women_max": 2, "injured_min": 10,
        "injured_max": 10, "sources": "موقع الخبر a; موقع الخبر b", "urls": "https://example.org/a; https://example.org/b",
    }  # fmt: skip


def test_atlos_column_by_column() -> None:
    made = row("atlos", strike())
    assert made.pop("description").startswith("Air or drone strike, تفتناز, إدلب, 1 May 2024")
    assert made == {
        "status": "To Do",
        "sensitive": "Graphic Violence",
        "date": "2024-05-01",
        "location": "36.0, 36.75",
        "more_info": "Code: SY-20240501-1\nDays: 2024-05-01 to 2024-05-01 (day)\nCoordinates: as known\n"
        "Killed: 3 to 5, by airwars-range 1\nGrade: fair (suggested by the program)",
        "tags": "air_drone_strike, market",
    }
    week = material(say("a", harm("injured", 1), date=Date("2024-04-29", "2024-05-05", "week")))
    assert (row("atlos", week)["date"], row("atlos", week)["sensitive"]) == (None, "Not Sensitive")


# What its import takes of single and multiple choices ("Not Sensitive" alone); to set the last two of a status takes a manager.
ATLOS_STATUS = ("To Do", "In Progress", "Help Needed", "Ready for Review", "Completed", "Cancelled")
ATLOS_SENSITIVE = (
    "Not Sensitive",
    "Personal Information Visible",
    "Graphic Violence",
    "Deleted by Source",
    "Deceptive or Misleading",
)


def test_atlos_takes_each_row() -> None:
    """What its import asks of a row: attributes by their names, values of its lists, a description of 8 to 240 characters, a pair for the
    location."""
    many = [say(f"c{n}", harm("killed", n + 1, None, children=1, women=1), by=f"المرصد {n}") for n in range(9)]
    for given in (strike(), material(*many), material(say("a"))):
        made = row("atlos", given)
        assert set(made) == {"status", "description", "sensitive", "date", "location", "more_info", "tags"}
        assert made["status"] in ATLOS_STATUS[:4] and made["sensitive"] in ATLOS_SENSITIVE
        assert 8 <= len(made["description"]) <= 240 and len(made["more_info"]) <= 3000
        assert all(part.strip() for part in (made["tags"] or "none").split(","))
    long = RULES["exchange.line"](["x" * 300], "")
    assert len(long) == 240 and long.endswith("\u2026")


def test_uwazi_does_not_mix_columns_with_and_without_a_language() -> None:
    """Its import refuses a file with a property in both forms, and one whose languages lack that of the collection."""
    names = [column.name for column in mapping("uwazi")]
    languages = {name.partition("__")[0] for name in names if "__" in name}
    assert languages == {"title"} and not languages & {name.lower() for name in names}
    assert {"title__en", "title__ar"} <= set(names)


def test_uwazi_column_by_column() -> None:
    given = {name: value for name, value in row("uwazi", strike()).items() if value is not None}
    assert given.pop("title__en") and given.pop("title__ar")
    assert given == {
        "Code": "SY-20240501-1", "Event type": "air_drone_strike", "Date": "2024/05/01:2024/05/01", "Date precision": "day",
        "Country": "Syria", "Governorate": "إدلب", "Place": "تفتناز", "Geolocation": "36.0|36.75", "Coordinates stated": "as known",
        "Alleged perpetrators": "Russian forces", "Targets": "civilians", "Sites": "market", "Killed min": 3, "Killed max": 5,
        "Injured min": 10, "Injured max": 10, "Grade": "Fair", "Grade by": "suggested by the program",
        "Outlets": "موقع الخبر a|موقع الخبر b",
    }  # fmt: skip
    open_end = material(say("a", date=Date(None, "2024-05-05", "unknown")))
    assert row("uwazi", open_end)["Date"] == ":2024/05/05"


def test_the_table_column_by_column() -> None:
    given = {name: value for name, value in row("csv", strike()).items() if value is not None}
    assert given.pop("title_en") and given.pop("title_ar")
    assert given == {
        "id": "i1", "code": "SY-20240501-1", "earlier_codes": "SY-20240501-9", "status": "asserted", "event_type": "air_drone_strike",
        "acled_event_type": "Explosions/Remote violence", "acled_sub_event_type": "Air/drone strike", "plover_type": "ASSAULT",
        "plover_mode": "aerial", "date_start": "2024-05-01", "date_end": "2024-05-01", "date_precision": "day",
        "first_reported": "2024-05-02", "last_reported": "2024-05-03", "country": "SY", "country_name": "Syria", "admin1": "إدلب",
        "place": "تفتناز", "place_class": "town", "place_precision": "settlement", "latitude": 36.0, "longitude": 36.75,
        "coordinates_stated": "as known", "perpetrators": "Russian forces", "perpetrator_ids": "russia", "targets": "civilians",
        "target_ids": "civilians", "sites": "market", "killed_min": 3, "killed_max": 5, "killed_open": False,
        "killed_civilians_min": 3, "killed_civilians_max": 5, "killed_children_min": 1, "killed_children_max": 1,
        "killed_women_min": 2, "killed_women_max": 2, "injured_min": 10, "injured_max": 10, "policy": "airwars-range",
        "policy_version": "1", "counted": "counted", "counted_min": 3, "counted_max": 5, "grade_suggested": "fair", "origins": 2,
        "origins_at_least": False, "source_kinds": "rescuers; monitor", "sources": "الدفاع المدني; المرصد",
        "publishers": "موقع الخبر a; موقع الخبر b", "addresses": "https://example.org/a; https://example.org/b",
        "contradictions": "killed",
    }  # fmt: skip


def test_precision_follows_a_place_made_coarser() -> None:
    public = profile("public")
    assert row("acled", strike(), let=public)["geo_precision"] == 2
    assert row("ucdp", strike(), let=public)["where_prec"] == 2
    made = row("airwars", strike(), let=public)
    assert made["geolocation_accuracy"] == "Within a cell of 0.05 degrees" and (made["latitude"], made["longitude"]) == (
        36.025,
        36.775,
    )
