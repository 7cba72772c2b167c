"""Documents: all reports of the register, the newest first, narrowed and page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from marsad.desk.context import Reader
from marsad.desk.errors import reader_fault
from marsad.desk.screens import Screen
from marsad.errors import InputError
from marsad.lexicon.reasons import names
from marsad.register import documentlist
from marsad.register.documentlist import Narrow

router = APIRouter()
SCREEN = Screen("documents", "/documents", 15)
_PAGE = 50
_Word = Annotated[str, Query(max_length=300)]


@router.get("/documents")
def listing(
    desk: Reader,
    publisher: _Word = "",
    language: _Word = "",
    method: _Word = "",
    since: _Word = "",
    until: _Word = "",
    without: _Word = "",
    after: Annotated[int, Query(ge=0, lt=2**62)] = 0,
) -> Response:
    """Reports by day of publication."""
    if without and without not in documentlist.WITHOUT:
        raise InputError(desk.t("base.invalid", wrong=without))
    narrow = Narrow(publisher.strip(), language.strip(), method.strip(), desk.day(since), desk.day(until), without)
    with desk.snapshot() as connection:
        found, behind = documentlist.page(connection, narrow, after=after, limit=_PAGE)
    data = {
        "documents": [row.to_dict() | {"error": reader_fault(row.error)} for row in found],
        "next": behind or None,
        "narrow": {name: getattr(narrow, name) for name in narrow.__slots__},
        "without": list(documentlist.WITHOUT),
    }
    known = {name: list(_values(name, getattr(narrow, name))) for name in ("language", "method")}
    return desk.page("documents/list.html", data, part="documents/_rows.html", secret={"known": known})


def _values(vocabulary: str, chosen: str) -> Iterator[str]:
    """The values that have a name, and the one that is chosen should it have none."""
    told = [key.partition(".")[2] for key in names("en") if key.startswith(f"{vocabulary}.")]
    yield from told
    if chosen and chosen not in told:
        yield chosen
