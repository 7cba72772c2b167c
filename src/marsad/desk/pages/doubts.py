"""Doubts: pairs of incidents that may be one event, side by side, for people to decide."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from sqlalchemy import Connection
from starlette.responses import Response

from marsad.desk import pairs
from marsad.desk.context import Analyst, Reader
from marsad.desk.readers import namer
from marsad.desk.screens import Screen
from marsad.register import explaining, facelist, incidents

router = APIRouter()
SCREEN = Screen("doubts", "/doubts", 35)
# What is laid side by side, in this order; of lists the values, of numbers the range.
_SINGLE = ("first_day", "place", "country", "status")
_LISTS = ("types", "sites", "weapons", "perpetrators", "targets")
_HARM = ("killed", "injured")
_Code = Annotated[str, Form(max_length=80)]
_Why = Annotated[str, Form(max_length=2_000)]


@router.get("/doubts")
def listing(desk: Reader, at: Annotated[int, Query(ge=0, lt=10**6)] = 0) -> Response:
    """One pair at a time, the likeliest first, and how many there are."""
    named = namer(desk)
    with pairs.one_at_a_time, desk.snapshot() as connection:
        total = incidents.doubt_count(connection)
        pair = None
        if total:
            at = min(at, total - 1)
            (doubt,) = incidents.doubts(connection, offset=at, limit=1)
            sides = [facelist.face(connection, identifier) for identifier in (doubt.first, doubt.second)]
            if all(side is not None for side in sides):
                (explained,) = explaining.pairs(connection, [doubt])
                pair = {
                    "why": explained and pairs.shown(explained, desk.language, named),
                    "probability": doubt.probability, "reason": doubt.reason.text(desk.language, named, isolated=True), "sides": sides,
                    "rows": _rows(*(side or {} for side in sides)), "claims": list(doubt.claims),
                }  # fmt: skip
    data = {"pair": pair, "at": at, "total": total}
    return desk.page("doubts/list.html", data)


@router.post("/doubts/merge")
def merge(desk: Analyst, first: _Code, second: _Code, why: _Why = "", at: Annotated[int, Form(ge=0, lt=10**6)] = 0) -> Response:
    """Both are one event."""
    desk.apply(lambda c: incidents.merge(c, [first, second], desk.who, why))
    desk.say("doubts.merged")
    return desk.redirect(f"/doubts?at={at}")


@router.post("/doubts/part")
def part(desk: Analyst, first: _Code, second: _Code, why: _Why = "", at: Annotated[int, Form(ge=0, lt=10**6)] = 0) -> Response:
    """They are two events."""

    def work(connection: Connection) -> int:
        return incidents.part(connection, [first, second], desk.who, why)

    desk.apply(work)
    desk.say("doubts.parted")
    return desk.redirect(f"/doubts?at={at}")


def _rows(one: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    """The values of both, each with whether they agree; where one tells nothing they neither agree nor differ."""
    rows = []
    for name in _SINGLE:
        rows.append(_row(name, one.get(name), other.get(name), one.get(name) == other.get(name)))
    for name in _LISTS:
        mine, theirs = one.get(name) or [], other.get(name) or []
        rows.append(_row(name, mine, theirs, bool(set(mine) & set(theirs))))
    for name in _HARM:
        mine, theirs = _range(one, name), _range(other, name)
        rows.append(_row(name, mine, theirs, bool(mine and theirs) and mine[0] <= theirs[1] and theirs[0] <= mine[1]))
    return [row for row in rows if row["first"] or row["second"]]


def _range(side: dict[str, Any], name: str) -> list[int]:
    """From the least to the most; nothing where nothing is told."""
    low, high = side.get(f"{name}_min"), side.get(f"{name}_max")
    return [] if low is None else [low, low if high is None else high]


def _row(name: str, mine: Any, theirs: Any, agree: bool) -> dict[str, Any]:
    state = "open" if not mine or not theirs else "agree" if agree else "differ"
    return {"name": name, "first": mine, "second": theirs, "state": state}
