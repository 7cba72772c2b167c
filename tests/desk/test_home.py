"""Home, the list of reports, and failures: what is to be done, and the ways to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.desk import takingin
from marsad.desk.pages import documents
from marsad.desk.pages.home import subject_of
from marsad.register import documentlist, documentrecords, queries
from marsad.register.documentlist import Narrow
from marsad.register.failures import Failed
from marsad.register.store import Register
from tests.desk.running import Visitor
from tests.register.making import TEXT, capture, read, report


def test_home_says_what_waits_and_leads_there(visitor: Visitor, place: Path) -> None:
    with Register.open(str(place)) as register:
        register.note_failures([Failed("/in/a.pdf", "/in/a.pdf", "a PDF without text")], (), who="Rana")
        expected = register.status()
    told = visitor.json("/")
    assert told["status"] == expected
    tasks = {task["key"]: task for task in told["tasks"]}
    assert tasks["failures"]["count"] == 1 and tasks["undecided"]["count"] == expected["undecided"] > 0
    page = visitor.get("/").text
    assert 'href="/failures"' in page and "a PDF without text" in page
    for task in told["tasks"]:
        assert task["address"] or task["command"]
        if task["address"]:
            assert visitor.get(task["address"]).status_code == 200


def test_home_counts_anew_after_something_was_done(visitor: Visitor, place: Path) -> None:
    before = visitor.json("/")["status"]["undecided"]
    with Register.open(str(place)) as register:
        with register.snapshot() as connection:
            claim = queries.claims(connection, limit=1)[0].id
        register.decide(claim, "accept", None, "Rana", "")
    assert visitor.json("/")["status"]["undecided"] == before - 1


def test_all_reports_are_listed_page_by_page(visitor: Visitor, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_PAGE", 7)
    seen, after = [], 0
    while after is not None:
        told = visitor.json(f"/documents?after={after}")
        seen += [(row["published"] or "", row["id"]) for row in told["documents"]]
        after = told["next"]
    with Register.open(str(place)) as register, register.snapshot() as connection:
        every = {row.id for row in documentrecords.documents(connection)}
    days = [day for day, _ in seen]
    assert {i for _, i in seen} == every and len(seen) == len(every) and days == sorted(days, reverse=True)
    assert visitor.get("/documents?without=nothing").status_code == 400
    assert visitor.get("/documents?since=2024-02-31").status_code == 400


def test_what_is_listed_is_narrowed_as_by_a_plain_look(place: Path) -> None:
    with Register.open(str(place)) as register:
        register.add(c := capture(1, report(1), published=None, published_from=None, method="paste", publisher="صحيفة"), read(c))
        with register.snapshot() as connection:
            every = documentrecords.documents(connection)
            day = sorted(d.published for d in every if d.published)[len(every) // 2]
            for narrow, holds in (
                (Narrow(since=day), lambda d: (d.published or "") >= day),
                (Narrow(until=day), lambda d: d.published is not None and d.published <= day),
                (Narrow(method="paste"), lambda d: d.method == "paste"),
                (Narrow(publisher="صحيفة"), lambda d: d.publisher == "صحيفة"),
                (Narrow(without="day"), lambda d: d.published is None),
                (Narrow(without="reading"), lambda d: d.claims is None),
                (Narrow(without="failed"), lambda d: d.error is not None),
                (Narrow(language="ar"), lambda d: d.language == "ar"),
            ):
                found, _ = documentlist.page(connection, narrow, limit=1000)
                assert {d.id for d in found} == {d.id for d in every if holds(d)}, narrow


def test_failures_are_dismissed_with_a_reason(visitor: Visitor, place: Path) -> None:
    with Register.open(str(place)) as register:
        register.note_failures([Failed(f"/in/{n}.pdf", f"/in/{n}.pdf", "no text") for n in range(3)], (), who="Rana")
    found = visitor.json("/failures")["failures"]
    assert [f["reason"] for f in found] == ["no text"] * 3
    one, two = found[0]["number"], found[1]["number"]
    visitor.submit("/failures/dismiss", {"number": [one, two], "why": " "}, status=400)
    visitor.submit("/failures/dismiss", {"number": [one, two], "why": "scanned pages"})
    assert [f["number"] for f in visitor.json("/failures")["failures"]] == [found[2]["number"]]
    assert "scanned pages" in visitor.get("/failures?every=1").text
    visitor.submit("/failures/dismiss", {"number": one, "why": "again"}, status=400)


def test_a_file_is_tried_again_and_what_it_holds_is_taken_in(visitor: Visitor, place: Path, tmp_path: Path) -> None:
    path = tmp_path / "late.txt"
    with Register.open(str(place)) as register:
        register.note_failures(
            [Failed(str(path), str(path), "empty"), Failed("https://a.example/1", "https://a.example/1", "404")], (), who="Rana"
        )
        before = register.status()["documents"]
    page, file = visitor.json("/failures")["failures"]
    visitor.submit("/failures/retry", {"number": file["number"]})
    assert len(visitor.json("/failures")["failures"]) == 2, "the file is not there yet"
    path.write_text(TEXT, "utf-8")
    answer = visitor.submit("/failures/retry", {"number": visitor.json("/failures")["failures"][1]["number"]})
    assert answer.headers["location"] == "/failures"
    assert [f["number"] for f in visitor.json("/failures")["failures"]] == [page["number"]]
    assert visitor.json("/")["status"]["documents"] == before + 1
    # Nothing is asked of the net from the desk.
    assert "marsad add" in visitor.submit("/failures/retry", {"number": page["number"]}, status=400).text


def test_nothing_is_fetched_for_what_was_dropped() -> None:
    (found,) = takingin.dropped("links.txt", b"https://a.example/1\n", takingin.Given())
    assert "marsad add https://a.example/1" in str(found)


def test_what_was_done_last_leads_to_what_it_was_done_on() -> None:
    assert subject_of("i0", {"i0": "SY-20240504-1"}) == ("SY-20240504-1", "/incidents/SY-20240504-1")
    assert subject_of("0123456789abcdef.p2", {})[1] == "/reading/0123456789abcdef?claim=0123456789abcdef.p2"
    assert subject_of("0123456789abcdef", {})[1] == "/reading/0123456789abcdef"
    assert subject_of("https://example.org/a", {}) == ("https://example.org/a", "")
