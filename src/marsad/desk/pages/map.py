"""Map: where and when incidents happened; a map with a slider of time, and a list of the same that needs no map."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from marsad.desk import mapdata
from marsad.desk.assets import asset
from marsad.desk.context import Desk, Reader
from marsad.desk.screens import Screen
from marsad.register.spots import Choice, countries, extent, read_shape, spots
from marsad.vocabulary import EVENT_TYPES

router = APIRouter()
SCREEN = Screen("map", "/map", 40)
_PAGE = 100
_Word = Annotated[str, Query(max_length=200)]
_WORDS = (
    "count", "drawarea", "drawbox", "kilometres", "killed", "marker", "metres", "several", "title", "undated", "undrawn", "unknown", "zoomIn",
    "zoomOut",
)  # fmt: skip


@router.get("/map")
def page(
    desk: Reader,
    since: _Word = "",
    until: _Word = "",
    type: _Word = "",
    country: _Word = "",
    least: Annotated[int, Query(ge=0, le=10**6)] = 0,
    precise: bool = False,
    within: Annotated[str, Query(max_length=6000)] = "",
    offset: Annotated[int, Query(ge=0, le=10**7, alias="from")] = 0,
) -> Response:
    """Incidents by day, place, kind and harm, narrowed by each of these and by an area that is drawn."""
    by = Choice(since, until, type, country, least, precise, read_shape(within))
    with desk.snapshot() as connection:
        found, total = spots(connection, desk.language, by, limit=_PAGE, offset=offset)
        there = countries(connection)
        view = None if desk.wants_json else extent(connection, by)
    data: dict[str, Any] = {
        "incidents": [spot.to_dict() | {"drawn": spot.drawn} for spot in found],
        "total": total,
        "narrow": {
            "since": since, "until": until, "type": type, "country": country, "least": least, "precise": precise, "within": within,
        },
        "from": offset,
        "next": offset + _PAGE if offset + _PAGE < total else None,
    }  # fmt: skip
    if desk.wants_json:
        return desk.json(data)
    named = [{"code": code, "number": number, "name": desk.land(code)} for code, number in there]
    choices = {"countries": named, "types": list(EVENT_TYPES)}
    shown = {"told": told(desk) | {"view": view}, "families": list(mapdata.FAMILIES)}
    return desk.page("map/map.html", data | choices | shown)


@router.get("/map/incidents.json")
def incidents(desk: Reader) -> Response:
    """All incidents as compact GeoJSON; what its names mean stands in ``docs/desk.md``."""
    data = mapdata.packed(desk)
    return Response(data, media_type="application/geo+json", headers={"content-encoding": "gzip"})


@router.get("/map/spots.json")
def columns(desk: Reader) -> Response:
    """All incidents as the map of the desk asks for them: in columns (``docs/desk.md``)."""
    data = mapdata.packed(desk, mapdata.columns)
    return Response(data, media_type="application/json", headers={"content-encoding": "gzip"})


def told(desk: Desk) -> dict[str, Any]:
    """What the scripts of the map are told: where files lie, and words."""
    addresses = {name: asset(f"{name}.json") for name in ("world", "basemap")} | {"worker": asset("mapworker.js")}
    addresses |= {name: asset(f"{name}.{desk.language}.json") for name in ("places", "towns", "villages")}
    return {
        **addresses,
        "incidents": "/map/spots.json",
        "words": {name: desk.t(f"map.{name.lower()}") for name in _WORDS},
        "types": {kind: desk.t(f"values.type.{kind}") for kind in EVENT_TYPES},
        "families": mapdata.families(),
    }
