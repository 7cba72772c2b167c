"""Pins at the desk: a place is put on the map, reports are read with it, and it is taken away again; the small map of an incident."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from tests.desk.running import Visitor


def _fields(**other: str) -> dict[str, str]:
    return {
        "names": "الخيام\nKhiam",
        "kind": "town",
        "country": "LB",
        "latitude": "33.33",
        "longitude": "35.61",
        "why": "seen",
        **other,
    }


def test_a_pinned_place_is_read_with(visitor: Visitor) -> None:
    before = [i for i in visitor.json("/map")["incidents"] if i["place"] == "Khiam" or i["place"] == "الخيام"]
    answer = visitor.submit("/pins", _fields())
    page = visitor.json(answer.headers["location"])
    assert [p["names"][0] for p in page["pins"]] == ["الخيام"]
    assert page["anew"] and page["documents"] and before
    visitor.submit("/pins/read", {"document": page["documents"]})
    after = visitor.json(answer.headers["location"])["anew"]
    assert {(a["latitude"], a["longitude"]) for a in after} == {(33.33, 35.61)}
    visitor.submit("/pins/remove", {"place": page["pins"][0]["place"], "why": "wrong"})
    assert visitor.json("/pins")["pins"] == []


def test_wrong_pins_are_told(visitor: Visitor) -> None:
    for wrong in ({"latitude": "95"}, {"kind": "planet"}, {"why": " "}, {"names": " "}, {"country": "L"}):
        assert visitor.submit("/pins", _fields(**wrong), status=422 if "latitude" in wrong else 400).status_code >= 400


def test_the_form_is_filled_from_an_incident_and_from_the_gazetteer(visitor: Visitor) -> None:
    incident = visitor.json("/map")["incidents"][0]
    assert visitor.json(f"/pins?incident={incident['code']}")["filled"]["names"]
    near = visitor.json("/pins?search=Homs")["near"]
    assert near and visitor.json(f"/pins?like={near[0]['id']}")["filled"]["latitude"] == near[0]["latitude"]
    assert visitor.get("/pins?claim=0123456789abcdef.1").status_code == 404


def test_the_form_corrects_the_place_that_a_claim_has_and_leads_back(visitor: Visitor) -> None:
    spot = next(i for i in visitor.json("/map")["incidents"] if i["drawn"])
    claim = visitor.json(f"/incidents/{spot['code']}")["claims"][0]
    assert f"/pins?claim={claim['id']}" in visitor.get(f"/reading/{claim['document']}?claim={claim['id']}").text
    filled = visitor.json(f"/pins?claim={claim['id']}&latitude=10.5&longitude=20.5")["filled"]
    assert filled["place"] and (filled["latitude"], filled["longitude"]) == (10.5, 20.5)
    assert visitor.json(f"/pins?incident={spot['code']}")["filled"]["place"] == filled["place"]
    told = {key: str(value) for key, value in filled.items()} | {"why": "seen on the spot", "claim": claim["id"]}
    answer = visitor.submit("/pins", told)
    page = visitor.get(answer.headers["location"]).text
    assert f'href="/reading/{claim["document"]}?claim={claim["id"]}"' in page
    visitor.submit("/pins/read", {"document": [claim["document"]]})
    after = next(i for i in visitor.json("/map")["incidents"] if i["code"] == spot["code"])
    assert (after["latitude"], after["longitude"]) == (10.5, 20.5)
    assert visitor.json(f"/pins?claim={claim['id']}")["filled"]["place"] == filled["place"], "what is pinned is corrected again"


def test_the_place_of_an_added_claim_is_pinned_too(visitor: Visitor) -> None:
    document = visitor.json("/reading")["reports"][0]["id"]
    words = next(iter(visitor.json(f"/reading/{document}")["claims"]))["values"][0]["quotes"][0]
    fields = {"claim": "new", "type": "attack", "trigger.quote": words, "place.name": "قرية بلا اسم", "why": "missed"}
    visitor.submit(f"/reading/{document}/claims", fields)
    added = next(c for c in visitor.json(f"/reading/{document}")["claims"] if c["added"])
    assert visitor.json(f"/pins?claim={added['id']}")["filled"]["names"] == "قرية بلا اسم"


def test_an_incident_has_a_small_map(visitor: Visitor) -> None:
    incident = next(i for i in visitor.json("/map")["incidents"] if i["drawn"])
    answer = visitor.get(f"/map/small/{incident['code']}")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert len(list(ET.fromstring(answer.text).iter("{http://www.w3.org/2000/svg}circle"))) == 1
    assert visitor.get("/map/small/none").status_code == 404
