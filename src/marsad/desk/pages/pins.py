"""Pins: places that people put on the map or correct; reports are read with them before all other places."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query
from sqlalchemy import Connection, select
from starlette.responses import Response

from marsad.desk import mapdata
from marsad.desk.context import Analyst, Desk, Reader
from marsad.desk.errors import MissingError
from marsad.desk.pages.map import told
from marsad.errors import InputError
from marsad.register import pins, schema
from marsad.register.spots import spot
from marsad.views.placemap import Area, area_map
from marsad.vocabulary import PLACE_CLASSES

router = APIRouter()
_MOST, _READ = 200, 40
_Word = Annotated[str, Query(max_length=200)]
_Text = Annotated[str, Form(max_length=2000)]


@router.get("/pins")
def listing(
    desk: Reader, claim: _Word = "", incident: _Word = "", like: _Word = "", search: _Word = "", pinned: _Word = ""
) -> Response:
    """The places that are pinned, and the form for one; filled in from a claim, an incident or a place of the gazetteer."""
    with desk.snapshot() as connection:
        standing = pins.pins(connection)
        filled = _filled(desk, connection, claim, incident, like)
        anew = _anew(connection, next((p.names for p in standing if p.place == pinned), ()))
    name = search or filled["names"]
    near = desk.gazetteer.search(name.splitlines()[0], 8) if name else []
    data = {
        "pins": [p.to_dict() for p in standing],
        "filled": filled,
        "near": [
            {
                "id": e.id, "name": e.label, "latin": e.latin, "kind": e.kind, "country": e.country,
                "latitude": e.latitude, "longitude": e.longitude,
            }
            for e, _ in near
        ],
        "pinned": pinned,
        "anew": anew,
        "documents": sorted({a["document"] for a in anew})[:_READ],
    }  # fmt: skip
    return desk.page("pins/pins.html", data | {"told": told(desk), "classes": list(PLACE_CLASSES), "search": search})


@router.post("/pins")
def pin(
    desk: Analyst,
    names: _Text,
    kind: Annotated[str, Form(max_length=20)],
    latitude: Annotated[float, Form(ge=-90, le=90)],
    longitude: Annotated[float, Form(ge=-180, le=180)],
    why: _Text,
    country: Annotated[str, Form(max_length=2)] = "",
    parent: Annotated[str, Form(max_length=80)] = "",
    place: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Pin a place, or correct one."""
    if kind not in PLACE_CLASSES:
        raise InputError(desk.t("base.invalid", wrong=kind))
    if not why.strip():
        raise InputError(desk.t("pins.reason"))
    made = desk.register.pin(
        names.splitlines(), desk.who, why.strip(), kind=kind, country=country.strip().upper(), latitude=latitude, longitude=longitude,
        place=place.strip(), parent=parent.strip(),
    )  # fmt: skip
    desk.say("pins.done", name=made.names[0])
    return desk.redirect(f"/pins?pinned={made.place}", {"place": made.place})


@router.post("/pins/remove")
def remove(desk: Analyst, place: Annotated[str, Form(max_length=80)], why: _Text) -> Response:
    """Take a pin away."""
    if not why.strip():
        raise InputError(desk.t("pins.reason"))
    desk.register.unpin(place, desk.who, why.strip())
    desk.say("pins.removed")
    return desk.redirect("/pins")


@router.post("/pins/read")
def read(desk: Analyst, document: Annotated[list[str], Form(max_length=_READ)]) -> Response:
    """Read reports again with the places that are pinned now."""
    results = list(desk.register.reread(1, ids=document[:_READ], who=desk.who, why="places were pinned"))
    changed = sum(len(r.change.changed) for r in results if r.change is not None)
    desk.say("pins.reread", documents=len(results), claims=changed)
    return desk.back("/pins", {"documents": len(results), "claims": changed})


@router.get("/map/small/{incident}")
def small(desk: Reader, incident: Annotated[str, Path(max_length=80)]) -> Response:
    """A small map of one incident as a picture, which needs no script."""
    with desk.snapshot() as connection:
        found = spot(connection, incident, desk.language)
    if found is None:
        raise MissingError(desk.t("base.missing"))
    areas = []
    if found.drawn and found.latitude is not None and found.longitude is not None:
        areas = [Area(found.place, found.latitude, found.longitude, found.radius)]
    drawn = area_map(areas, mapdata.baselines(), title=found.place, nothing=desk.t("map.undrawn"))
    return Response(drawn, media_type="image/svg+xml")


def _filled(desk: Desk, connection: Connection, claim: str, incident: str, like: str) -> dict[str, Any]:
    """What the form holds at first."""
    empty = {"names": "", "kind": "village", "country": "", "parent": "", "latitude": None, "longitude": None, "place": ""}
    entry = desk.gazetteer.get(like) if like else None
    if entry is not None:
        names = dict.fromkeys(n for n in (entry.name, entry.latin, *entry.forms, *entry.latins) if n)
        return {
            "names": "\n".join(names), "kind": entry.kind, "country": entry.country, "parent": entry.parent,
            "latitude": entry.latitude, "longitude": entry.longitude, "place": entry.id,
        }  # fmt: skip
    if claim:
        p, d = schema.proposal.c, schema.document.c
        asked = select(p.place, p.country, p.latitude, p.longitude).join(schema.document, d.current_reading == p.reading_id)
        row = connection.execute(asked.where(p.claim_id == claim)).first()
        if row is None:
            raise MissingError(desk.t("base.missing"))
        return empty | {
            "names": row.place or "",
            "country": row.country or "",
            "latitude": row.latitude,
            "longitude": row.longitude,
        }
    if incident:
        found = spot(connection, incident, "ar")
        if found is None:
            raise MissingError(desk.t("base.missing"))
        return empty | {"names": found.place, "country": found.country, "latitude": found.latitude, "longitude": found.longitude}
    return empty


def _anew(connection: Connection, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Claims whose place has one of these names, which a pin may resolve otherwise."""
    if not names:
        return []
    p, d = schema.proposal.c, schema.document.c
    asked = (
        select(p.claim_id, d.id, p.place, p.gazetteer, p.latitude, p.longitude)
        .join(schema.document, d.current_reading == p.reading_id)
        .where(p.place.in_(names))
        .order_by(p.claim_id)
        .limit(_MOST)
    )
    return [
        {
            "claim": row.claim_id, "document": row.id, "place": row.place, "gazetteer": row.gazetteer, "latitude": row.latitude,
            "longitude": row.longitude,
        }
        for row in connection.execute(asked)
    ]  # fmt: skip
