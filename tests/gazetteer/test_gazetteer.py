"""The packaged gazetteer and the stack of layers."""

from __future__ import annotations

import pytest

from marsad.gazetteer import Gazetteer, default, kilometres
from marsad.gazetteer.embedded import EmbeddedLayer, embedded
from marsad.text.fold import fold


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("هجين", "SY", 34.7, 40.8),
        ("دير الزور", "SY", 35.3, 40.1),
        ("عدن", "YE", 12.8, 45.0),
        ("الفلوجة", "IQ", 33.35, 43.8),
        ("الفاشر", "SD", 13.6, 25.3),
        ("باريس", "FR", 48.85, 2.35),
        ("مقديشو", "SO", 2.0, 45.3),
        ("كابول", "AF", 34.5, 69.2),
    ],
)
def test_known_places_stand_where_they_are(name: str, country: str, latitude: float, longitude: float) -> None:
    found = [e for e in default().named(fold(name)) if e.country == country and e.kind in ("city", "town")]
    assert any(kilometres(e.latitude or 0, e.longitude or 0, latitude, longitude) < 30 for e in found), found


@pytest.mark.parametrize("name", ["Deir ez-Zor", "Deir Ezzor", "Dayr az-Zawr", "دير الزور", "ديرالزور"])
def test_search_finds_all_spellings(name: str) -> None:
    found = default().search(name, 5)
    assert any(e.country == "SY" and fold("دير الزور") in e.forms for e, _ in found)


def test_parents_go_up_to_the_country() -> None:
    hajin = next(e for e in default().named("هجين") if e.country == "SY")
    names = [p.name for p in default().parents(hajin)]
    assert names[-1] == "سوريا" and "دير الزور" in names


@pytest.mark.parametrize(
    ("name", "code"), [("سوريا", "SY"), ("سورية", "SY"), ("أميركا", "US"), ("بريطانيا", "GB"), ("الإمارات", "AE")]
)
def test_countries_by_their_names(name: str, code: str) -> None:
    assert any(e.kind == "country" and e.country == code for e in default().named(fold(name)))


def test_every_parent_exists_and_no_chain_is_endless() -> None:
    gazetteer = default()
    layer = embedded()
    for number in range(0, len(layer), 97):
        entry = layer._entry(number)
        assert not entry.parent or gazetteer.get(entry.parent) is not None
        assert len(gazetteer.parents(entry)) <= 6


def test_coordinates_are_on_earth() -> None:
    layer = embedded()
    for number in range(len(layer)):
        entry = layer._entry(number)
        if entry.latitude is not None and entry.longitude is not None:
            assert -90 <= entry.latitude <= 90 and -180 <= entry.longitude <= 180


def test_an_earlier_layer_wins() -> None:
    line = "geonames:174506\ttown\tSY\t\t34.0\t40.0\t5\t0\tهجين\tHajin\tهجين\thajin"
    own = EmbeddedLayer("own", [line])
    gazetteer = Gazetteer((own, embedded()))
    first = gazetteer.named("هجين")[0]
    assert first.layer == "own" and first.latitude == 34.0
    assert sum(e.id == "geonames:174506" for e in gazetteer.named("هجين")) == 1


def test_unknown_names_give_nothing() -> None:
    assert default().named("لايوجدمكانكهذا") == ()
    assert default().get("geonames:0") is None
    assert default().country("ZZ") is None


def test_distance_of_two_cities() -> None:
    assert 300 < kilometres(33.51, 36.29, 36.20, 37.16) < 320
