"""Log: all that was done in the register, the latest first, page by page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from marsad.desk.context import Reader
from marsad.desk.screens import Screen
from marsad.register import audit

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
    """Entries of the log, narrowed by what was done, by whom, on what and when."""
    narrow = {"action": action, "who": who, "subject": subject, "since": desk.day(since), "until": desk.day(until)}
    with desk.snapshot() as connection:
        # One more than is shown tells whether there are more.
        found = audit.entries(connection, **narrow, before=before, limit=_PAGE + 1)
        last, seal = audit.head(connection)
    shown = found[:_PAGE]
    data = {
        "entries": [entry.to_dict() for entry in shown],
        "next": shown[-1].number if len(found) > _PAGE else None,
        "narrow": narrow,
        "actions": sorted(audit.ACTIONS),
        "head": {"number": last, "hash": seal},
    }
    return desk.page("log/list.html", data, part="log/_entries.html")
