"""Pins: places that people put on the map or correct; reports are read with them before all other places."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query
from sqlalchemy import Connection, select
from starlette.responses import Response

from marsad.desk import mapdata
from marsad.desk.context import Analyst, Desk, Reader
from marsad.desk.errors import MissingError
from marsad.desk.pages.map import told
from marsad.desk.readers import candidates
from marsad.errors import InputError
from marsad.gazetteer.names import plain_latin
from marsad.register import pins, queries, schema
from marsad.register.spots import spot
from marsad.text.fold import fold
from marsad.views.placemap import Area, area_map
from marsad.vocabulary import PLACE_CLASSES

router = APIRouter()
_MOST, _READ = 200, 40
_CLAIM = r"^([0-9a-f]{16}\.p?[0-9]{1,9})?$"
_Word = Annotated[str, Query(max_length=200)]
_Text = Annotated[str, Form(max_length=2000)]


@router.get("/pins")
def listing(
    desk: Reader,
    claim: Annotated[str, Query(max_length=40, pattern=_CLAIM)] = "",
    incident: _Word = "",
    like: _Word = "",
    search: _Word = "",
    pinned: _Word = "",
    latitude: Annotated[float | None, Query(ge=-90, le=90)] = None,
    longitude: Annotated[float | None, Query(ge=-180, le=180)] = None,
) -> Response:
    """The places that are pinned, and the form for one; filled in from a claim, an incident, a place of the gazetteer or a point."""
    with desk.snapshot() as connection:
        standing = pins.pins(connection)
        filled = _filled(desk, connection, claim, incident, like)
        anew = _anew(connection, next((p.names for p in standing if p.place == pinned), ()))
    if latitude is not None and longitude is not None:
        filled |= {"latitude": latitude, "longitude": longitude}
    name = search or filled["names"]
    near = candidates(desk, name.splitlines()[0]) if name else []
    data = {
        "pins": [p.to_dict() for p in standing],
        "filled": filled,
        "near": near,
        "from": {"claim": claim, "document": claim.rpartition(".")[0], "incident": incident},
        "pinned": pinned,
        "anew": anew,
        "documents": sorted({a["document"] for a in anew})[:_READ],
    }  # fmt: skip
    return desk.page("pins/pins.html", data, secret={"told": told(desk), "classes": list(PLACE_CLASSES), "search": search})


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
    claim: Annotated[str, Form(max_length=40, pattern=_CLAIM)] = "",
    incident: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Pin a place, or correct one; ``claim`` and ``incident`` say where one came from, to lead back there."""
    if kind not in PLACE_CLASSES:
        raise InputError(desk.t("base.invalid", wrong=kind))
    if not why.strip():
        raise InputError(desk.t("pins.reason"))
    made = desk.register.pin(
        names.splitlines(), desk.who, why.strip(), kind=kind, country=country.strip().upper(), latitude=latitude, longitude=longitude,
        place=place.strip(), parent=parent.strip(),
    )  # fmt: skip
    desk.say("pins.done", name=made.names[0])
    came = {"claim": claim, "incident": incident}
    on = urlencode({"pinned": made.place} | {key: value for key, value in came.items() if value})
    return desk.redirect(f"/pins?{on}", {"place": made.place})


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
    results = list(desk.register.reread(1, ids=document[:_READ], who=desk.who, why=desk.t("pins.reread.why")))
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
    if like and (known := _known(desk, connection, like)):
        return known
    if claim:
        record = next((r for r in queries.claims(connection, document=claim.rpartition(".")[0]) if r.id == claim), None)
        if record is None:
            raise MissingError(desk.t("base.missing"))
        place = record.value["place"]
        return _known(desk, connection, place["gazetteer"]) or empty | {
            "names": place["name"] or "", "country": place["country"] or "", "latitude": place["latitude"],
            "longitude": place["longitude"], "kind": place["class"] if place["class"] in PLACE_CLASSES else "village",
        }  # fmt: skip
    if incident:
        found = spot(connection, incident, "ar")
        if found is None:
            raise MissingError(desk.t("base.missing"))
        f = schema.incident_face.c
        face = connection.execute(select(f.gazetteer, f.place_class, f.place).where(f.code == found.code)).one()
        return _known(desk, connection, face.gazetteer) or empty | {
            "names": face.place or found.place, "country": found.country, "latitude": found.latitude, "longitude": found.longitude,
            "kind": face.place_class if face.place_class in PLACE_CLASSES else "village",
        }  # fmt: skip
    return empty


def _known(desk: Desk, connection: Connection, identifier: str | None) -> dict[str, Any] | None:
    """A place that is pinned or in the gazetteer, as the form holds it; None where there is none."""
    pinned = next((p for p in pins.pins(connection) if p.place == identifier), None)
    if pinned is not None:
        return {
            "names": "\n".join(pinned.names), "kind": pinned.kind, "country": pinned.country, "parent": pinned.parent,
            "latitude": pinned.latitude, "longitude": pinned.longitude, "place": pinned.place,
        }  # fmt: skip
    entry = desk.gazetteer.get(identifier) if identifier else None
    if entry is None:
        return None
    # The other names are kept in plain spelling; those that are the first ones in it are no other names.
    plain = {fold(entry.name), plain_latin(entry.latin)}
    others = [n for n in (*entry.forms, *entry.latins) if n not in plain]
    names = dict.fromkeys(n for n in (entry.name, entry.latin, *others) if n)
    return {
        "names": "\n".join(names), "kind": entry.kind, "country": entry.country, "parent": entry.parent,
        "latitude": entry.latitude, "longitude": entry.longitude, "place": entry.id,
    }  # fmt: skip


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
