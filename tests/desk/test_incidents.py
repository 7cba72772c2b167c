"""Incidents at the desk: the list, one incident with all that is said of it, doubts, and what people decide."""

from __future__ import annotations

import pytest

from marsad.register import incidents as stored
from marsad.register.linkage import link_register
from marsad.register.store import Register
from tests.desk.running import Visitor


@pytest.fixture
def linked(visitor: Visitor, settings: object) -> Visitor:
    with Register.open(settings.register) as register:  # type: ignore[attr-defined]
        link_register(register, "Rana", "first", whole=True)
    return visitor


def _codes(visitor: Visitor) -> list[str]:
    return [row["code"] for row in visitor.json("/incidents")["incidents"]]


def test_lists_narrow_and_count(linked: Visitor) -> None:
    whole = linked.json("/incidents")
    assert whole["total"] > len(whole["incidents"]) == 50
    rest = linked.get("/incidents", params={"after": whole["next"], "format": "json"}).json()["incidents"]
    assert len({row["code"] for row in whole["incidents"] + rest}) == whole["total"]
    country = whole["facets"]["country"][0]
    narrowed = linked.json(f"/incidents?country={country['value']}")
    assert narrowed["total"] == country["count"] < whole["total"]
    assert {row["country"] for row in narrowed["incidents"]} == {country["value"]}
    days = [row["first_day"] or "" for row in whole["incidents"]]
    assert days == sorted(days, reverse=True)
    assert linked.get("/incidents?order=nothing").status_code == 400
    assert linked.json("/incidents?words=no-such-word-anywhere")["total"] == 0


def test_shows_each_value_with_the_words_that_say_it(linked: Visitor) -> None:
    rows = linked.json("/incidents?order=reports")["incidents"]
    told = linked.json(f"/incidents/{rows[0]['code']}")
    slots = {slot["slot"]: slot for slot in told["values"]}
    assert {"type", "place", "killed"} <= set(slots)
    text = linked.get(f"/incidents/{rows[0]['code']}").text
    for value in slots["killed"]["values"]:
        assert all(claim["quote"] for claim in value["claims"])
        for claim in value["claims"]:
            assert f"/reading/{claim['document']}?claim={claim['id']}" in text
    assert told["count"]["policy"] == "airwars-range"
    other = linked.json(f"/incidents/{rows[0]['code']}?by=aoav-strict")
    assert other["count"]["policy"] == "aoav-strict"
    assert set(other["count"]["used"]) | {x["claim"] for x in other["count"]["left_out"]} == {c["id"] for c in told["claims"]}
    assert linked.get("/incidents/no-such-code").status_code == 404
    assert linked.get(f"/incidents/{rows[0]['code']}?by=nothing").status_code == 400


def test_merges_splits_and_takes_back(linked: Visitor) -> None:
    first, second = _codes(linked)[:2]
    before = {code: {c["id"] for c in linked.json(f"/incidents/{code}")["claims"]} for code in (first, second)}
    linked.submit(f"/incidents/{first}/merge", {"others": second}, status=400)
    linked.submit(f"/incidents/{first}/merge", {"others": second, "why": "one event"})
    merged = linked.json(f"/incidents/{first}")
    assert {c["id"] for c in merged["claims"]} == before[first] | before[second]
    assert linked.json(f"/incidents/{second}")["code"] == first, "an earlier code leads to what became of it"
    assert linked.json(f"/history/incidents/{first}")["entries"][0]["joined"] == [second]
    assert f'href="/incidents/{second}"' in linked.get(f"/history/incidents/{first}").text
    logged = linked.json(f"/log?subject={first}")["entries"]
    assert (logged[0]["action"], logged[0]["code"]) == ("judgement", first)
    assert first in linked.get("/log?action=judgement").text
    out = sorted(before[second])
    linked.submit(f"/incidents/{first}/split", {"claim": out, "why": "two events"})
    assert {c["id"] for c in linked.json(f"/incidents/{first}")["claims"]} == before[first]
    assert [e["why"] for e in linked.json(f"/history/incidents/{first}")["entries"]][:2] == ["two events", "one event"]
    assert len(linked.json("/log?action=judgement")["entries"]) == 2
    judged = linked.json(f"/incidents/{first}")["judged"]
    assert [j["why"] for j in judged] == ["one event", "two events"]
    for judgement in reversed(judged):
        linked.submit(f"/incidents/{first}/retract", {"number": judgement["id"], "why": "by mistake"})
    again = linked.json(f"/incidents/{first}")
    assert {c["id"] for c in again["claims"]} == before[first] and all(j["retracted"] for j in again["judged"])


def test_moves_a_claim_of_its_own_only(linked: Visitor) -> None:
    first, second = _codes(linked)[:2]
    mine, theirs = ([c["id"] for c in linked.json(f"/incidents/{code}")["claims"]] for code in (first, second))
    linked.submit(f"/incidents/{first}/move", {"claim": theirs[0], "to": second, "why": "x"}, status=400)
    linked.submit(f"/incidents/{first}/move", {"claim": mine[0], "to": second, "why": "of that event"})
    assert mine[0] in {c["id"] for c in linked.json(f"/incidents/{second}")["claims"]}


def test_a_person_signs_a_grade_of_what_was_seen(linked: Visitor) -> None:
    code = next(row["code"] for row in linked.json("/incidents")["incidents"] if row["suggested"])
    told = linked.json(f"/incidents/{code}")
    linked.submit(f"/incidents/{code}/grade", {"grade": "weak", "seen": "0" * 64, "why": "one source"}, status=409)
    linked.submit(f"/incidents/{code}/grade", {"grade": "weak", "seen": told["grade"]["seen"], "why": "one source"})
    signed = linked.json(f"/incidents/{code}")
    assert signed["grade"]["signed"] == "weak" and signed["signatures"][0]["why"] == "one source"
    assert not signed["signatures"][0]["stale"]
    assert [row["code"] for row in linked.json("/incidents?flag=signed")["incidents"]] == [code]
    linked.submit(f"/incidents/{code}/ungrade", {"number": signed["signatures"][0]["id"], "why": "too early"})
    assert linked.json(f"/incidents/{code}")["grade"]["signed"] is None


def test_doubts_are_laid_side_by_side_and_decided(linked: Visitor, settings: object) -> None:
    assert linked.get("/doubts").status_code == 200
    with Register.open(settings.register) as register, register.snapshot() as connection:  # type: ignore[attr-defined]
        count = len(stored.doubts(connection))
    told = linked.json("/doubts")
    assert told["total"] == count
    if told["pair"] is None:
        pytest.skip("linking leaves no doubt in the samples")
    one, other = (side["code"] for side in told["pair"]["sides"])
    assert {row["state"] for row in told["pair"]["rows"]} <= {"agree", "differ", "open"}
    linked.submit("/doubts/part", {"first": one, "second": other, "why": "other streets"})
    assert linked.json("/doubts")["total"] == count - 1
    linked.submit("/doubts/merge", {"first": one, "second": other, "why": "one street after all"})
    assert linked.json(f"/incidents/{other}")["code"] == one


@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_have_all_their_words(linked: Visitor, language: str) -> None:
    for address in ("/incidents", f"/incidents/{_codes(linked)[0]}", "/doubts"):
        text = linked.get(address, headers={"accept-language": language}).text
        assert "\u27e6" not in text
        assert f'lang="{language}"' in text


def test_claims_in_no_incident_are_listed_and_put_into_one(linked: Visitor) -> None:
    told = linked.json("/incidents/alone")
    assert told["total"] == sum(told["counts"].values()) >= len(told["alone"]) > 3
    kind, number = next(iter(told["counts"].items()))
    assert len(linked.json(f"/incidents/alone?kind={kind}")["alone"]) == number
    assert linked.get("/incidents/alone?kind=nothing").status_code == 400
    claim, code = next(a["claim"] for a in told["alone"] if a["kind"] != "aggregate"), _codes(linked)[0]
    assert claim in linked.get("/incidents/alone").text
    linked.submit("/incidents/alone", {"claim": claim, "to": code}, status=400)
    linked.submit("/incidents/alone", {"claim": claim, "to": code, "why": "told in the report"})
    assert claim in {c["id"] for c in linked.json(f"/incidents/{code}")["claims"]}
    assert claim not in {a["claim"] for a in linked.json("/incidents/alone")["alone"]}


def test_says_in_the_language_of_the_page_why_it_is_one_event_and_what_is_not_counted(linked: Visitor) -> None:
    code = linked.json("/incidents?order=reports")["incidents"][0]["code"]
    for language, words in (("en", "same place"), ("ar", "المكان نفسه")):
        linked.headers["accept-language"] = language
        told = linked.json(f"/incidents/{code}/why")
        assert told["code"] == code and len(told["links"]) > 1 and told["alternative"] != code
        assert any(r["words"].startswith(words) for link in told["links"] for r in link["speaking"])
        for link in told["links"]:
            weights = [r["weight"] for side in ("speaking", "against") for r in link[side]]
            assert all(r["weight"] >= 0 for r in link["speaking"]) and sum(weights) == pytest.approx(link["weight"], abs=2.5)
        doubt = linked.json("/doubts")["pair"]["why"]
        assert doubt["speaking"] and doubt["claims"]
        assert doubt["speaking"][0]["words"] in linked.get("/doubts").text
    page = linked.json(f"/incidents/{code}?by=aoav-strict")
    said = [*page["grade"]["reasons"], page["count"]["about"], *(x["reason"] for x in page["count"]["left_out"])]
    assert said and not [s for s in said if not any("\u0621" <= c <= "\u064a" for c in s)], "all is told in Arabic"
    assert linked.get("/incidents/no-such-code/why").status_code == 404


def test_countries_are_named_and_not_coded(linked: Visitor) -> None:
    page = linked.get("/incidents", headers={"accept-language": "ar", "accept": "text/html"}).text
    assert "<bdi>سوريا</bdi>" in page and "<bdi>SY</bdi>" not in page
    assert "<bdi>Syria</bdi>" in linked.get("/incidents", headers={"accept": "text/html"}).text
