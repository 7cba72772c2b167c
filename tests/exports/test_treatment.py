"""What a profile does to an incident: what stays, what is made coarser, and that each is told with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from marsad.exports.places import Coarse, coarse
from marsad.exports.profiles import profile
from marsad.exports.treatment import Ruling, Treated
from marsad.model import Party, Place, Site, Source
from marsad.syndication.names import telling
from tests.counting.making import WORDS, harm, say
from tests.exports.making import ATLAS, leaves, material

PUBLIC = profile("public")
IDLIB = next(iter(ATLAS._gazetteer.search("Idlib")))[0]


def reasons(treated: Treated, field: str) -> list[str]:
    return [str(held.why) for held in treated.held if held.field == field]


def told(treated: Treated) -> dict[str, Any]:
    assert treated.fields is not None
    return treated.fields


def test_internal_holds_nothing_back() -> None:
    made = leaves(material(say("a", harm("killed", 1), by="ابو سامر", kind="witness")))
    assert made.held == () and told(made)["sources"] == [{"name": "ابو سامر", "kind": "witness"}]


def test_people_who_speak_are_told_by_their_kind() -> None:
    made = leaves(material(say("a", harm("killed", 1), by="ابو سامر", kind="witness")), PUBLIC)
    assert told(made)["sources"] == [{"name": None, "kind": "witness"}]
    assert "names of sources of the kind witness" in reasons(made, "sources")
    monitor = leaves(material(say("a", harm("killed", 1), by="المرصد", kind="monitor")), PUBLIC)
    assert told(monitor)["sources"] == [{"name": "المرصد", "kind": "monitor"}] and not reasons(monitor, "sources")


def test_a_protected_source_or_outlet_is_named_nowhere() -> None:
    ruling = Ruling(protected=frozenset({telling("المرصد المحلي"), telling("شبكة الحي")}))
    given = material(say("a", harm("killed", 1), by="المرصد المحلي", kind="monitor", publisher="شبكة الحي"))
    made = leaves(given, PUBLIC, ruling)
    assert "المحلي" not in str(told(made)) and "الحي" not in str(told(made)) and "example.org" not in str(told(made))
    assert "المحلي" in str(told(leaves(given, PUBLIC)))


def test_names_that_only_reports_give_stay() -> None:
    claim = say("a", harm("killed", 1), by="المرصد", kind="monitor", perpetrators=("russia",))
    value = replace(
        claim.claim, targets=(Party(None, "عائلة سين", WORDS),), sites=(Site("residential", "منزل سين", WORDS),)
    )  # fmt: skip
    made = leaves(material(replace(claim, claim=value)), PUBLIC)
    assert "سين" not in str(told(made))
    assert told(made)["targets"] == [{"id": None, "name": None, "name_en": None, "name_ar": None}]
    assert told(made)["sites"] == [{"kind": "residential", "name": None}]
    assert reasons(made, "targets") and reasons(made, "sites")


def test_words_of_reports_stay_and_are_counted_as_held() -> None:
    made = leaves(material(say("a", harm("killed", 1))), PUBLIC)
    (claim,) = told(made)["claims"]
    assert "evidence" not in str(claim) and "trigger" not in claim and "document" not in claim
    assert reasons(made, "claims") == ["the words of reports"] and reasons(made, "reports")
    assert claim["harm"][0]["min"] == 1


@pytest.mark.parametrize(
    ("address", "site", "plain"),
    [
        ("https://user:geheim@www.example.org/a/b?token=geheim#geheim", "www.example.org", "https://www.example.org/a/b"),
        ("file:///home/rana/geheim.txt", None, None),
        ("http://10.0.0.5/geheim", None, None),
        ("http://wiki.internal/geheim", None, None),
        ("http://geheim/x", None, None),
        ("http://[::1]/geheim", None, None),
        ("http://[geheim/", None, None),
    ],
)
def test_addresses_leave_without_what_opens_doors(address: str, site: str | None, plain: str | None) -> None:
    given = material(say("a", harm("killed", 1)))
    reports = {key: replace(report, address=address) for key, report in given.reports.items()}
    given = replace(given, reports=reports)
    assert [r["address"] for r in told(leaves(given, PUBLIC))["reports"]] == [site]
    assert [r["address"] for r in told(leaves(given, profile("partner")))["reports"]] == [plain]


def test_the_embargo_runs_from_the_last_day() -> None:
    given = material(say("a", harm("killed", 1)))
    early = leaves(given, PUBLIC, today="2024-05-14")
    assert early.fields is None and reasons(early, "incident") == ["embargo of 14 days: until 2024-05-15"]
    assert leaves(given, PUBLIC, today="2024-05-15").fields is not None
    undated = material(
        say("a", harm("killed", 1), day=None, date=replace(given.dossier.claims[0].claim.date, start=None, end=None))
    )
    assert leaves(undated, PUBLIC).fields is None


@pytest.mark.parametrize(("status", "out"), [("asserted", True), ("denied", True), ("uncertain", False), ("planned", False)])
def test_what_is_doubted_or_planned_stays(status: str, out: bool) -> None:
    assert (leaves(material(say("a", harm("killed", 1), status=status)), PUBLIC).fields is not None) == out


def test_what_somebody_withholds_stays() -> None:
    made = leaves(material(say("a", harm("killed", 1))), PUBLIC, Ruling(withheld=frozenset({"i1"})))
    assert made.fields is None and reasons(made, "incident") == ["somebody decided to withhold it"]


def test_names_of_victims_leave_only_where_somebody_released_them() -> None:
    given = material(say("a", harm("killed", 1)))
    assert told(leaves(given, PUBLIC))["victims"] == []
    assert told(leaves(given, PUBLIC, Ruling(victims={"i1": ("سين",)})))["victims"] == ["سين"]


def village(**changes: Any) -> Place:
    made = Place("تفتناز", "town", ("إدلب", "سوريا"), "SY", 35.998123, 36.785456, None, "settlement")
    return replace(made, **changes)


def test_a_cell_stands_for_the_point_and_says_so() -> None:
    made = leaves(material(say("a", harm("killed", 1), place=village())), PUBLIC)
    place = told(made)["place"]
    assert (place["latitude"], place["longitude"], place["grid"]) == (35.975, 36.775, 0.05)
    assert place["stated"] == "centre of a cell of 0.05 degrees" and place["name"] == "تفتناز"
    assert reasons(made, "place") == ["made coarser for places: centre of a cell of 0.05 degrees"]
    assert "35.998123" not in str(told(made))
    assert leaves(material(say("a", harm("killed", 1), place=village())), PUBLIC) == made, "nothing is moved at random"


def test_sites_in_need_of_protection_are_told_by_their_unit() -> None:
    place = village(gazetteer=IDLIB.id, name=IDLIB.name, latitude=35.93, longitude=36.63)
    made = leaves(material(say("a", harm("killed", 1), place=place, sites=("medical",))), PUBLIC)
    found = told(made)["place"]
    assert found["stated"].startswith("centre of the ") and found["precision"] == "admin"
    assert found["class"] in ("district", "governorate") and found["gazetteer"] != IDLIB.id or IDLIB.kind == found["class"]
    assert (found["latitude"], found["longitude"]) != (35.93, 36.63)
    assert reasons(made, "place")[0].startswith("made coarser for medical")


def test_titles_name_the_place_as_it_leaves() -> None:
    made = leaves(material(say("a", harm("killed", 1), place=village(), sites=("displacement_site",))), PUBLIC)
    assert "تفتناز" not in str(told(made)), "the village would tell where the camp is"
    assert "إدلب" in told(made)["title_ar"]
    assert "تفتناز" in str(told(leaves(material(say("a", harm("killed", 1), place=village())), PUBLIC))["title_ar"])


def test_what_somebody_pinned_is_told_by_its_governorate() -> None:
    made = leaves(material(say("a", harm("killed", 1), place=village(gazetteer="own:7", name="بيت المخبر"))), PUBLIC)
    place = told(made)["place"]
    assert (place["name"], place["latitude"], place["gazetteer"]) == ("إدلب", None, None)
    assert "المخبر" not in str(told(made)) and "own:7" not in str(told(made))


@pytest.mark.parametrize(("latitude", "longitude", "cell"), [(-0.01, -0.01, (-0.05, -0.05)), (35.1, 36.0, (35.15, 36.05))])
def test_cells_are_the_same_everywhere(latitude: float, longitude: float, cell: tuple[float, float]) -> None:
    place = ATLAS.place(village(latitude=latitude, longitude=longitude).to_dict())
    made = coarse(place, Coarse(unit="grid", degrees=0.1), ATLAS)
    assert (made["latitude"], made["longitude"]) == cell


def test_a_source_without_a_name_stays_as_it_is() -> None:
    claim = say("a", harm("killed", 1))
    value = replace(claim.claim, sources=(Source("", "unnamed", "origin", WORDS),))
    assert told(leaves(material(replace(claim, claim=value)), PUBLIC))["claims"][0]["sources"][0]["name"] == ""


def test_what_is_known_by_its_unit_says_so() -> None:
    given = material(say("a", harm("killed", 1), place=Place("إدلب", "governorate", ("سوريا",), "SY", 35.8, 36.6, None, "admin")))
    place = told(leaves(given, PUBLIC))["place"]
    assert (place["latitude"], place["longitude"], place["stated"]) == (35.8, 36.6, "centre of the governorate")


def test_a_site_that_only_a_report_names_is_no_name_of_a_place() -> None:
    """A house may be the most exact that a report tells; then the place is called by its governorate, in titles too."""
    house = Place("منزل سين", "site", ("حارة جيم", "إدلب"), "SY", 35.998123, 36.785456, None, "site")
    for place in (house, replace(house, latitude=None, longitude=None, precision=None), replace(house, precision="settlement")):
        made = leaves(material(say("a", harm("killed", 1), place=place)), PUBLIC)
        assert "سين" not in str(told(made)) and "جيم" not in str(told(made)) and told(made)["place"]["name"] == "إدلب"
        assert "names of sites, as reports write them" in reasons(made, "place")
    known = replace(house, name="مطار تفتناز", gazetteer=IDLIB.id)
    assert "مطار تفتناز" in str(told(leaves(material(say("a", harm("killed", 1), place=known)), PUBLIC)))


def test_what_a_report_names_around_a_place_is_no_governorate_unless_it_is_one() -> None:
    for sites in ((), ("medical",)):
        place = village(within=("بستان جيم", "سوريا"))
        made = leaves(material(say("a", harm("killed", 1), place=place, sites=sites)), PUBLIC)
        assert "جيم" not in str(told(made))


def test_one_claim_that_tells_of_a_shelter_or_was_pinned_makes_the_place_of_all_coarse() -> None:
    """The others would tell where it is; also where the one denies it."""
    denial = say("b", place=village(), sites=("medical",), status="denied", by="الوزارة", kind="government")
    pinned = say("b", harm("killed", 2), place=village(gazetteer="own:1"))
    for other in (denial, pinned):
        made = leaves(material(say("a", harm("killed", 1), place=village()), other), PUBLIC)
        assert "تفتناز" not in str(told(made)) and told(made)["place"]["latitude"] is None


def test_what_is_made_of_an_address_stays_with_it() -> None:
    """Ids of documents, and so of claims and incidents, are hashes of addresses: who guesses one would have proof of it."""
    given = material(
        say("a", harm("killed", 1), by="المرصد", kind="monitor"), say("b", harm("killed", 3), by="ناشط", kind="local")
    )
    made = told(leaves(given, PUBLIC))
    assert made["id"] == "SY-20240501-1" and [c["id"] for c in made["claims"]] == ["SY-20240501-1.1", "SY-20240501-1.2"]
    assert {*made["count"]["used"], *(x["claim"] for x in made["count"]["left_out"])} == {c["id"] for c in made["claims"]}
    assert [c["id"] for c in told(leaves(given, profile("partner")))["claims"]] == ["a.1", "b.1"]


def test_a_site_can_be_protected_by_its_address() -> None:
    made = leaves(material(say("a", harm("killed", 1))), PUBLIC, Ruling(protected=frozenset({telling("example.org")})))
    assert [r["address"] for r in told(made)["reports"]] == [None]
    assert "the name of an outlet that is protected" in reasons(made, "reports")


def test_no_summary_leaves_that_names_more_than_the_profile() -> None:
    ours = replace(PUBLIC, fields=(*PUBLIC.fields, "summary_en", "summary_ar"))
    quiet = material(say("a", harm("killed", 1), by="المرصد المحلي", kind="monitor"))
    assert "summary_en" in told(leaves(quiet, ours))
    protected = leaves(quiet, ours, Ruling(protected=frozenset({telling("المرصد المحلي")})))
    witness = leaves(material(say("a", harm("killed", 1), by="ابو سامر", kind="witness")), ours)
    for made in (protected, witness):
        assert "summary_en" not in told(made) and reasons(made, "summary_ar")
