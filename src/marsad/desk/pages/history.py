"""History: what became of a report or an incident, with each difference."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from marsad.desk import history
from marsad.desk.context import Desk, Reader
from marsad.desk.readers import mask, namer

router = APIRouter()
_PAGE = 100
_Id = Annotated[str, Path(max_length=80)]
_Before = Annotated[int, Query(ge=0, lt=2**31)]


@router.get("/history/reports/{document}")
def of_report(desk: Reader, document: _Id, before: _Before = 0) -> Response:
    """What became of a report and its claims."""
    with desk.snapshot() as connection:
        found = history.of_document(connection, document, namer(desk), mask(desk), before=before, limit=_PAGE + 1)
    return _page(desk, "report", document, found)


@router.get("/history/incidents/{code}")
def of_incident(desk: Reader, code: _Id, before: _Before = 0) -> Response:
    """What became of an incident."""
    with desk.snapshot() as connection:
        told, found = history.of_incident(connection, code, before=before, limit=_PAGE + 1)
    return _page(desk, "incident", told, found)


def _page(desk: Desk, kind: str, subject: str, found: list[dict[str, object]]) -> Response:
    data = {
        "kind": kind,
        "subject": subject,
        "entries": found[:_PAGE],
        "next": found[_PAGE - 1]["number"] if len(found) > _PAGE else None,
    }
    return desk.page("history/history.html", data)
