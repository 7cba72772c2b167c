"""Resolution of places: the right bearer of a name, its chain and country, and abstention."""

from __future__ import annotations

import pytest

from marsad.gazetteer import Gazetteer, default
from marsad.gazetteer.embedded import EmbeddedLayer, embedded
from marsad.lexicon.table import Row, read_table
from marsad.reading.placerank import PlaceContext
from marsad.reading.places import ABSTAIN, ResolvedPlace, resolve
from marsad.reading.toponyms import find
from marsad.text.tokens import Text


def resolved(source: str, context: PlaceContext | None = None, gazetteer: Gazetteer | None = None) -> dict[str, ResolvedPlace]:
    text = Text(source)
    results = resolve(find(text, gazetteer), text, context, gazetteer)
    assert len(results) == len(find(text, gazetteer))
    return {r.mention.name: r for r in results}


def told(source: str) -> list[str]:
    """Each place as the examples write it."""
    text, found = Text(source), list[str]()
    for result in resolve(find(text), text):
        place, flags = result.place, sorted(result.mention.flags - {"list"})
        bearing = f"{place.bearing} + " if place.bearing else ""
        flagged = f" ({', '.join(flags)})" if flags else ""
        found.append(f"{bearing}{place.name}: {place.kind or '-'} {place.country or '-'}{flagged}")
    return found


@pytest.mark.parametrize("row", read_table("ar/examples/places.tsv"), ids=lambda row: str(row.line))
def test_examples(row: Row) -> None:
    assert told(row["text"]) == ([] if row["told"] == "-" else row["told"].split("; "))


def test_a_known_town_has_all_its_values() -> None:
    place = resolved("قتل مدنيان في بلدة هجين بدير الزور شرق سورية.")["هجين"].place
    assert (place.country, place.gazetteer, place.precision, place.kind) == ("SY", "geonames:174506", "settlement", "town")
    assert place.within == ("دير الزور", "سورية")
    assert place.latitude is not None and abs(place.latitude - 34.7) < 0.1
    assert place.evidence[0].text == "هجين"


def test_an_adjective_may_stand_between_a_place_and_what_contains_it() -> None:
    place = resolved("سقطت قذائف على ضاحية النسيم السكنية في حرستا قرب دمشق بسوريا.")["النسيم"].place
    assert place.within[0] == "حرستا"


@pytest.mark.parametrize(
    ("source", "name", "country"),
    [
        ("غارة روسية على دوما في الغوطة الشرقية بسوريا.", "دوما", "SY"),
        ("أحرق مستوطنون منزلا في قرية دوما جنوب نابلس بالضفة الغربية.", "دوما", "PS"),
        ("اشتباكات في طرابلس بين فصائل ليبية.", "طرابلس", "LY"),
        ("إطلاق نار في طرابلس شمال لبنان.", "طرابلس", "LB"),
        ("هجوم على حاجز للجيش المصري في رفح بشمال سيناء.", "رفح", "EG"),
        ("غارة إسرائيلية على رفح جنوب قطاع غزة.", "رفح", "PS"),
        ("انفجار لغم قرب بلدة عين الزنبق في محافظة تعز.", "عين الزنبق", "YE"),
        ("قصف حوثي على قرية بيت الريح في مديرية حيس.", "بيت الريح", "YE"),
        ("وصل الجنود إلى جبهة العلم. وانتشرت قوات يمنية في زنجبار وأبين ثم في لحج باليمن.", "العلم", "YE"),
    ],
)
def test_company_decides_the_country(source: str, name: str, country: str) -> None:
    assert resolved(source)[name].place.country == country


def test_an_unknown_village_takes_its_stated_unit() -> None:
    result = resolved("قصف على قرية أم الورود التابعة لناحية تل حميس.")["أم الورود"]
    assert result.entry is None and result.reason == "in no gazetteer"
    assert result.place.gazetteer is None and result.place.precision != "settlement"


def test_a_homonym_of_another_country_is_not_taken() -> None:
    result = resolved("انفجر لغم قرب قرية الحمدانية جنوب مدينة الباب في سوريا.")["الحمدانية"]
    assert result.entry is None and result.place.country == "SY"
    assert result.probability < ABSTAIN and "likelier" in result.reason


def test_the_report_s_country_helps_bare_names() -> None:
    assert resolved("هجوم في طرابلس.", PlaceContext(country="LB"))["طرابلس"].place.country == "LB"


def test_places_of_the_register_count() -> None:
    text = "هجوم في بلدة دوما."
    palestinian = next(e for e in default().named("دوما") if e.country == "PS")
    usual = resolved(text)["دوما"].candidates
    known = resolved(text, PlaceContext(earlier=frozenset([palestinian.id])))["دوما"].candidates
    share = {s.entry.id: s.probability for s in usual}
    assert next(s.probability for s in known if s.entry.id == palestinian.id) > share[palestinian.id]


def test_own_places_win() -> None:
    own = EmbeddedLayer("own", ["own:1\tvillage\tSY\t\t35.5\t36.5\t0\t0\tأم الورود\t\tام الورود\t"])
    result = resolved("قصف على قرية أم الورود في سوريا.", gazetteer=Gazetteer((own, embedded())))["أم الورود"]
    assert result.place.gazetteer == "own:1" and result.place.latitude == 35.5


def test_a_bearing_widens_the_precision() -> None:
    place = resolved("غارة جنوب بلدة هجين في سوريا.")["هجين"].place
    assert place.bearing == "جنوب" and place.precision == "area"


@pytest.mark.parametrize(
    ("source", "name", "precision"),
    [
        ("هجوم في سوريا.", "سوريا", "country"),
        ("هجوم في محافظة تعز.", "تعز", "admin"),
        ("هجوم في مدينة تعز.", "تعز", "settlement"),
    ],
)
def test_precision_follows_the_class(source: str, name: str, precision: str) -> None:
    assert resolved(source)[name].place.precision == precision


def test_probabilities_are_probabilities() -> None:
    for result in resolved("هجوم في دوما وطرابلس والرياض والزهراء وحلب.").values():
        assert 0 <= result.probability <= 1
        assert sum(s.probability for s in result.candidates) <= 1.001
        assert [s.probability for s in result.candidates] == sorted((s.probability for s in result.candidates), reverse=True)


def test_abstention_has_a_fixed_threshold() -> None:
    assert ABSTAIN == 0.35


def test_nothing_gives_nothing() -> None:
    assert resolve([], Text("")) == []


def test_a_town_spelled_like_a_country_lies_in_its_own() -> None:
    place = resolved("سيول في عمان ومادبا وإربد في الأردن.")["عمان"].place
    assert place.country == "JO" and place.within[-1] == "الأردن"


def test_regions_stand_between_a_unit_and_its_country() -> None:
    assert resolved("غارة على خان يونس.")["خان يونس"].place.within == ("قطاع غزة", "فلسطين")
    assert resolved("انفجار في مدينة زاخو.")["زاخو"].place.within == ("دهوك", "إقليم كردستان", "العراق")


def test_an_unknown_street_lies_in_the_town_told_before() -> None:
    source = "اندلعت مواجهات في مدينة تعز مساء. وسقطت قذائف على شارع القنديل، وأصيب ثلاثة."
    assert resolved(source)["شارع القنديل"].place.within == ("تعز", "اليمن")


def test_a_country_is_named_as_the_report_names_it() -> None:
    assert resolved("قصف في حلب شمال سورية.")["حلب"].place.within[-1] == "سورية"
    assert resolved("مقذوف من الأراضي اليمنية، واشتباك في صعدة.")["صعدة"].place.within[-1] == "اليمن"


def test_a_road_named_after_a_town_of_another_country_keeps_its_name() -> None:
    source = "انفجار في طريق مكة المكرمة بمقديشو. وقالت الشرطة الصومالية إن شرطيا صوماليا قتل في مقديشو."
    road = next(r for r in resolved(source).values() if "مكة" in r.mention.name)
    assert (road.place.name, road.place.country, road.place.gazetteer) == ("طريق مكة المكرمة", "SO", None)
    near = resolved("انفجار على طريق بيدوا في الصومال. وقالت الشرطة الصومالية إن شرطيا قتل في مقديشو.")["بيدوا"]
    assert (near.place.country, near.place.bearing) == ("SO", "طريق")
