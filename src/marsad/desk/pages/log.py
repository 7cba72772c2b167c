"""Log: all that was done in the register, the latest first, page by page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select
from starlette.responses import Response

from marsad.desk.context import Reader
from marsad.desk.screens import Screen
from marsad.register import audit, incidents, schema

router = APIRouter()
SCREEN = Screen("log", "/log", 90)
_PAGE = 100
_Word = Annotated[str, Query(max_length=200)]


@router.get("/log")
def listing(
    desk: Reader,
    action: _Word = "",
    who: _Word = "",
    subject: _Word = "",
    since: _Word = "",
    until: _Word = "",
    before: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Response:
    """Entries of the log, narrowed by what was done, by whom, on what and when; an incident is named by its code or its id."""
    narrow = {"action": action, "who": who, "since": desk.day(since), "until": desk.day(until)}
    with desk.snapshot() as connection:
        i = schema.incident.c
        wanted = subject and connection.scalar(select(i.id).where(i.code == subject)) or subject
        # One more than is shown tells whether there are more.
        found = audit.entries(connection, **narrow, subject=wanted, before=before, limit=_PAGE + 1)
        shown = found[:_PAGE]
        codes = incidents.codes(connection, {entry.subject for entry in shown})
        last, seal = audit.head(connection)
    data = {
        "entries": [entry.to_dict() | {"code": codes.get(entry.subject, "")} for entry in shown],
        "next": shown[-1].number if len(found) > _PAGE else None,
        "narrow": narrow | {"subject": subject},
        "actions": sorted(audit.ACTIONS),
        "head": {"number": last, "hash": seal},
    }
    return desk.page("log/list.html", data, part="log/_entries.html")
