"""Search as a page: the same reports as the command, why nothing is found, and nothing that breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad.desk.finding import pieces
from marsad.register.request import Request
from marsad.register.searching import search
from marsad.register.store import Register
from tests.desk.running import Visitor


def test_finds_what_the_command_finds_page_by_page(visitor: Visitor, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.desk.pages import search as page

    monkeypatch.setattr(page, "_PAGE", 4)
    with Register.open(str(place)) as register, register.snapshot() as connection:
        expected = search(connection, Request("قصف", limit=1000))
    seen, after = [], ""
    while after is not None:
        told = visitor.json(f"/search?q=قصف&after={after}")
        assert told["found"]["count"] == expected.count
        seen += [hit["document"] for hit in told["hits"]]
        after = told["next"]
    assert seen == [hit.document_id for hit in expected.hits] and len(seen) > 4
    html = visitor.get("/search?q=قصف").text
    assert "<mark>" in html and 'rel="next"' in html and "after=" in html


def test_marks_stand_where_the_words_stand(visitor: Visitor, place: Path) -> None:
    hit = visitor.json("/search?q=قصف")["hits"][0]
    marked = [p["text"] for p in hit["snippet"]["pieces"] if p["marked"]]
    assert marked and all("قصف" in word for word in marked)
    with Register.open(str(place)) as register, register.snapshot() as connection:
        text = search(connection, Request("قصف", limit=1)).hits[0].text
    told = "".join(p["text"] for p in hit["snippet"]["pieces"])
    assert told == text[hit["snippet"]["start"] : hit["snippet"]["end"]]


def test_filters_show_the_claims_that_hold(visitor: Visitor) -> None:
    told = visitor.json("/search?harm=killed")
    assert told["hits"] and all(hit["holding"] for hit in told["hits"])
    page = visitor.get("/search?harm=killed").text
    assert f"claim={told['hits'][0]['holding'][0]['id']}" in page


def test_says_why_nothing_is_found(visitor: Visitor) -> None:
    told = visitor.json("/search?q=قصف زمخشرلوب")
    assert told["hits"] == [] and [(p["told"], bool(p["count"])) for p in told["parts"]] == [("قصف", True), ("زمخشرلوب", False)]
    assert "Why nothing was found" in visitor.get("/search?q=قصف زمخشرلوب").text
    near = visitor.json("/search?place=حلبب&q=قصف")
    assert near["found"]["place"]["known"] is False


def test_names_are_suggested(visitor: Visitor) -> None:
    parties = visitor.json("/search/names?kind=party&name=داع")["names"]
    assert any(p["value"].startswith("داعش") for p in parties)
    assert visitor.json("/search/names?kind=place&name=حلب")["names"]
    assert visitor.get("/search/names?kind=person&name=x").status_code == 422


@pytest.mark.parametrize(
    "value",
    [
        "'",
        '"',
        "'; drop table document; --",
        "a* OR b",
        "NEAR(a b)",
        "title:x",
        "%",
        "_",
        "\\",
        "(((",
        '"قصف',
        "-",
        "OR",
        "{}",
        "\x00",
        "٣" * 300,
    ],
)
@pytest.mark.parametrize("field", ["q", "place", "within", "since", "party", "source", "type", "language", "after"])
def test_no_field_reaches_the_language_of_the_database(visitor: Visitor, field: str, value: str) -> None:
    answer = visitor.get("/search", params={"place": "حلب", "q": "قصف"} | {field: value})
    assert answer.status_code in (200, 400, 422), answer.text


def test_pieces_cover_the_stretch_once() -> None:
    text = "abcdefghij"
    assert "".join(p["text"] for p in pieces(text, 2, 8, [(2, 4), (6, 8)])) == "cdefgh"
    assert [p["marked"] for p in pieces(text, 2, 8, [(2, 4), (6, 8)])] == [True, False, True]
    assert pieces(text, 3, 3, []) == []
