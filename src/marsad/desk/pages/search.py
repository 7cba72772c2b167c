"""Search: reports by their words and by what their claims tell, as ``marsad search`` finds them. Its address is the search."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from marsad.desk.context import Reader
from marsad.desk.finding import hit_data, understood, why_nothing
from marsad.desk.readers import candidates, mask, namer
from marsad.desk.screens import Screen
from marsad.register.request import Request
from marsad.register.searching import Searcher
from marsad.register.suggesting import parts_of
from marsad.search.naming import has_latin
from marsad.search.parties import suggested
from marsad.vocabulary import EVENT_TYPES, HARM_KINDS, SITE_KINDS, SOURCE_KINDS, WEAPON_KINDS

router = APIRouter()
SCREEN = Screen("search", "/search", 20)
_PAGE, _SUGGESTED = 20, 12
_Word = Annotated[str, Query(max_length=300)]
_CHOICES = {
    "type": EVENT_TYPES, "harm": HARM_KINDS, "site": SITE_KINDS, "weapon": WEAPON_KINDS, "source": SOURCE_KINDS,
}  # fmt: skip


@router.get("/search")
def searching(
    desk: Reader,
    q: Annotated[str, Query(max_length=1000)] = "",
    place: _Word = "",
    within: Annotated[str, Query(max_length=20)] = "",
    since: _Word = "",
    until: _Word = "",
    party: _Word = "",
    source: _Word = "",
    type: _Word = "",
    harm: _Word = "",
    site: _Word = "",
    weapon: _Word = "",
    language: Annotated[str, Query(max_length=20)] = "",
    rejected: bool = False,
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Reports that have words, and a claim for which all filters hold."""
    asked: dict[str, str] = {
        "q": q.strip(), "place": place.strip(), "within": within.strip() if place.strip() else "", "since": desk.day(since),
        "until": desk.day(until), "party": party.strip(), "source": source.strip(), "type": type, "harm": harm, "site": site,
        "weapon": weapon, "language": language.strip(),
    }  # fmt: skip
    data: dict[str, Any] = {
        "asked": {**asked, "rejected": rejected},
        "choices": {name: list(values) for name, values in _CHOICES.items()},
        "found": None,
        "hits": [],
        "parts": [],
        "next": None,
    }
    if any(asked.values()):
        request = Request(
            asked["q"], asked["place"], asked["within"], asked["since"], asked["until"], asked["party"], asked["source"], type, harm, site,
            weapon, asked["language"], rejected, _PAGE, after,
        )  # fmt: skip
        # Loading the places takes time, so they are looked at only where one may be named.
        gazetteer = desk.gazetteer if asked["place"] or has_latin(asked["q"]) else None
        with desk.snapshot() as connection:
            searcher = Searcher(connection, request, gazetteer)
            found = searcher.page()
            parts = parts_of(searcher) if not found.hits and not after else []
        named, shown = namer(desk), mask(desk)
        data |= {
            "found": understood(found), "hits": [hit_data(hit, named, shown) for hit in found.hits], "parts": why_nothing(parts),
            "next": found.after or None,
        }  # fmt: skip
    return desk.page("search/search.html", data, part="search/_found.html")


@router.get("/search/names")
def names(desk: Reader, kind: Annotated[str, Query(pattern="^(place|party)$")], name: _Word = "") -> Response:
    """Places or parties whose name begins so, as JSON, for fields that suggest them."""
    told = name.strip()
    if kind == "party":
        return desk.json({"names": [{"value": label, "label": i} for label, i in suggested(told, _SUGGESTED)]})
    found = candidates(desk, told)[:_SUGGESTED] if len(told) >= 2 else []
    return desk.json({"names": [{"value": p["id"], "label": ", ".join([p["name"], *p["within"]])} for p in found]})
