"""UCDP's columns of incidents whose values are derived by hand, and its sums and inequalities over random ones."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.exports.mapping import mapping
from marsad.model import Date, Place
from tests.counting.making import harm, say
from tests.exports.making import material, row

COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_name",
    "dyad_name",
    "side_a",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]


def test_columns_are_those_of_the_data_set() -> None:
    assert [column.name for column in mapping("ucdp")] == COLUMNS


def test_a_clash_column_by_column() -> None:
    claims = say(
        "a", harm("killed", 4, 4, "combatant", "hts"), harm("killed", 2, 2, "combatant", "syria_gov"), harm("killed", 1, 1, "civilian"),
        by="المرصد", kind="monitor", type="armed_clash", perpetrators=("syria_gov",), targets=("hts",), publisher="وكالة المثال",
    )  # fmt: skip
    made = row("ucdp", material(claims))
    assert made == {
        "id": "SY-20240501-1", "relid": "i1", "year": 2024, "active_year": None, "code_status": "Check", "type_of_violence": 1,
        "conflict_name": None, "dyad_name": "Syrian government forces (to December 2024) - Hayat Tahrir al-Sham",
        "side_a": "Syrian government forces (to December 2024)", "side_b": "Hayat Tahrir al-Sham", "number_of_sources": 1,
        "source_article": "وكالة المثال, 2024-05-02", "source_office": "وكالة المثال", "source_date": "2024-05-02",
        "source_headline": "خبر a", "source_original": "المرصد", "where_prec": 1, "where_coordinates": "تل الزيتون",
        "where_description": "as known", "adm_1": "حماة", "adm_2": None, "latitude": 35.0, "longitude": 36.5,
        "geom_wkt": "POINT (36.5 35.0)", "priogrid_gid": 180434, "country": "Syria", "country_id": 652, "region": "Middle East",
        "event_clarity": 1, "date_prec": 1, "date_start": "2024-05-01", "date_end": "2024-05-01", "deaths_a": 2, "deaths_b": 4,
        "deaths_civilians": 1, "deaths_unknown": 0, "best": 7, "high": 7, "low": 7, "gwnoa": 652, "gwnob": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("perpetrators", "targets", "kind"),
    [
        (("syria_gov",), ("hts",), 1),
        (("russia",), ("isis",), 1),
        (("hts",), ("isis",), 2),
        (("isis",), ("civilians",), 3),
        (("unidentified",), ("civilians",), None),
        ((), ("civilians",), None),
        (("isis",), (), None),
    ],
)
def test_kinds_of_violence(perpetrators: tuple[str, ...], targets: tuple[str, ...], kind: int | None) -> None:
    made = row("ucdp", material(say("a", harm("killed", 1), perpetrators=perpetrators, targets=targets)))
    assert made["type_of_violence"] == kind


@pytest.mark.parametrize(
    ("date", "precision"),
    [
        (Date("2024-05-01", "2024-05-01", "day"), 1),
        (Date("2024-05-01", "2024-05-02", "days"), 2),
        (Date("2024-05-01", "2024-05-06", "days"), 2),
        (Date("2024-04-29", "2024-05-05", "week"), 3),
        (Date("2024-05-01", "2024-05-31", "month"), 4),
        (Date("2024-01-01", "2024-12-31", "year"), 5),
    ],
)
def test_precision_of_days(date: Date, precision: int) -> None:
    assert row("ucdp", material(say("a", harm("killed", 1), date=date)))["date_prec"] == precision


@pytest.mark.parametrize(
    ("place", "precision"),
    [
        (Place("تل الزيتون", "town", (), "SY", 35.0, 36.5, None, "settlement"), 1),
        (Place("تل الزيتون", "town", (), "SY", 35.0, 36.5, None, "area", "قرب"), 2),
        (Place("جسر الشغور", "district", (), "SY", 35.8, 36.3, None, "admin"), 3),
        (Place("حماة", "governorate", (), "SY", 35.1, 36.7, None, "admin"), 4),
        (Place("سوريا", "country", (), "SY", None, None, None, "country"), 6),
    ],
)
def test_precision_of_a_place(place: Place, precision: int) -> None:
    assert row("ucdp", material(say("a", harm("killed", 1), place=place)))["where_prec"] == precision


@pytest.mark.parametrize("claims", [say("a", harm("injured", 4)), say("a", harm("killed", 2), status="uncertain")])
def test_without_a_death_that_is_asserted_there_is_no_row(claims: Any) -> None:
    assert row("ucdp", material(claims)) == {}


_harms = st.builds(
    lambda least, more, status, group: harm("killed", least, least + more, status, group if status == "combatant" else None),
    st.integers(0, 9), st.integers(0, 4), st.sampled_from(["civilian", "combatant", "unknown", "mixed"]),
    st.sampled_from([None, "hts", "syria_gov", "isis"]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_harms, max_size=3), min_size=1, max_size=4))
def test_deaths_add_up_and_low_is_not_above_high(told: list[list[Any]]) -> None:
    claims = [
        say(f"r{n}", *harms, by=f"مصدر {n}", type="armed_clash", perpetrators=("syria_gov",), targets=("hts",))
        for n, harms in enumerate(told)
    ]
    made = row("ucdp", material(*claims))
    if made:
        deaths = [made[f"deaths_{who}"] for who in ("a", "b", "civilians", "unknown")]
        assert all(n >= 0 for n in deaths) and sum(deaths) == made["best"] >= 1
        assert made["low"] <= made["best"] <= made["high"]
