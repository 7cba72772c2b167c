"""The map page without a browser: filters, the list, and the data that scripts are given."""

from __future__ import annotations

import gzip
import html
import json
import re
from pathlib import Path

import pytest

from marsad.desk import mapdata
from marsad.errors import InputError
from marsad.register.spots import inside, read_shape
from marsad.register.store import Register
from marsad.vocabulary import EVENT_TYPES
from tests.desk.running import Visitor


def test_the_list_and_the_data_hold_the_same_incidents(visitor: Visitor) -> None:
    listed = visitor.json("/map")
    features = visitor.get("/map/incidents.json").json()["features"]
    assert listed["total"] == len(features) > 20
    assert [i["code"] for i in listed["incidents"]] == [f["properties"]["c"] for f in features][:100]
    days = [i["last"] for i in listed["incidents"] if i["last"]]
    assert days == sorted(days, reverse=True)


def test_a_place_known_only_by_its_country_is_not_drawn(visitor: Visitor) -> None:
    found = visitor.json("/map")["incidents"]
    assert {i["drawn"] for i in found} == {True, False}
    for incident in found:
        assert incident["drawn"] == (incident["latitude"] is not None and incident["precision"] not in ("", "country"))
        assert incident["radius"] > 0 or not incident["drawn"]


@pytest.mark.parametrize("name", ["type", "country", "since", "until", "least", "precise", "within"])
def test_each_filter_narrows(visitor: Visitor, name: str) -> None:
    every = visitor.json("/map")["incidents"]
    some = next(i for i in every if i["drawn"] and i["type"] and i["country"] and i["first"])
    x, y = some["longitude"], some["latitude"]
    value = {
        "since": some["last"], "until": some["first"], "least": 3, "precise": "true",
        "within": f"{x - 1} {y - 1},{x + 1} {y - 1},{x + 1} {y + 1},{x - 1} {y + 1}",
    }.get(name, some.get(name))  # fmt: skip
    found = visitor.json(f"/map?{name}={value}")["incidents"]
    assert 0 < len(found) < len(every)
    holds = {
        "type": lambda i: i["type"] == value,
        "country": lambda i: i["country"] == value,
        "since": lambda i: i["last"] >= value,
        "until": lambda i: i["first"] <= value,
        "least": lambda i: i["high"] >= 3,
        "precise": lambda i: i["precision"] in ("site", "settlement"),
        "within": lambda i: abs(i["longitude"] - x) <= 1 and abs(i["latitude"] - y) <= 1,
    }[name]
    assert all(map(holds, found))
    assert [i["code"] for i in every if i["drawn"] or name != "within"] != [i["code"] for i in found]


@pytest.mark.parametrize("wrong", ["since=yesterday", "within=1 2,3 4", "within=a b,c d,e f", "within=1 2,3 99,5 6", "least=-1"])
def test_wrong_filters_are_told(visitor: Visitor, wrong: str) -> None:
    assert visitor.get(f"/map?{wrong}").status_code in (400, 422)


def test_data_is_made_anew_only_after_a_change(visitor: Visitor, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    real = mapdata.spots
    monkeypatch.setattr(mapdata, "spots", lambda *a, **k: made.append(1) or real(*a, **k))
    first = visitor.get("/map/incidents.json").content
    assert visitor.get("/map/incidents.json").content == first
    assert len(made) == 1
    with Register.open(str(place)) as register:
        register.exported("csv", {}, "Rana", "so that the log grows")
    visitor.get("/map/incidents.json")
    assert len(made) == 2


def test_what_the_page_is_told_holds_no_markup(visitor: Visitor) -> None:
    page = visitor.get("/map?within=&type=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    told = re.search(r'data-told="([^"]*)"', page)
    assert told
    words = json.loads(html.unescape(told[1]))
    assert set(words["families"]) == set(EVENT_TYPES) and set(words["types"]) == set(EVENT_TYPES)


def test_the_packed_data_is_small(visitor: Visitor) -> None:
    answer = visitor.get("/map/incidents.json")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(answer.content)) < 120 * len(answer.json()["features"])


def test_columns_tell_what_the_features_tell(visitor: Visitor) -> None:
    told = visitor.get("/map/spots.json").json()
    features = visitor.get("/map/incidents.json").json()["features"]
    assert told["code"] == [f["properties"]["c"] for f in features] and len(told["places"]) < len(features)
    for n, feature in enumerate(features):
        p, place = feature["properties"], told["places"][told["place"][n]]
        assert place[:4] == [p.get("p", ""), p.get("n", ""), p.get("u", ""), p.get("r", 0)]
        assert place[4:] == (feature["geometry"]["coordinates"] if feature["geometry"] else [None, None])
        assert told["types"][told["type"][n]] == p.get("t", "")
        assert [told[name][n] for name in ("first", "last", "low", "high", "open", "hurt")] == [
            p.get("d", ""), p.get("e", ""), p.get("k", 0), p.get("m", p.get("k", 0)), p.get("o", 0), p.get("i", 0),
        ]  # fmt: skip


def test_shapes_are_read_and_hold_what_lies_within() -> None:
    bent = read_shape("0 0, 4 0, 4 4, 2 1, 0 4")
    assert inside(0.5, 1.0, bent) and inside(3.5, 1.0, bent)
    assert not inside(2.0, 3.0, bent) and not inside(5.0, 1.0, bent)
    with pytest.raises(InputError, match="3 to 200 corners"):
        read_shape("0 0, 1 1")
