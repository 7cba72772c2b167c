"""Taking in: texts that are pasted and files that are dropped, looked at first, then stored."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.datastructures import UploadFile
from starlette.responses import Response

from marsad.desk import takingin
from marsad.desk.claimvalues import rows, spans
from marsad.desk.context import Analyst, Desk
from marsad.desk.errors import reader_fault
from marsad.desk.readers import mask, namer
from marsad.desk.screens import Screen
from marsad.desk.segments import paragraphs
from marsad.desk.takingin import Given
from marsad.errors import InputError
from marsad.intake.results import Refusal
from marsad.register.provenance import Capture
from marsad.register.queries import ClaimRecord

router = APIRouter()
SCREEN = Screen("add", "/add", 5, "analyst")
# All files that are sent at once; each has a limit of its own.
BODY_LIMITS = {"/add": 4 * takingin.FILE}
_FILES = 50
_Line = Annotated[str, Form(max_length=500)]
_Text = Annotated[str, Form(max_length=4 * takingin.TEXT)]


@router.get("/add")
def form(desk: Analyst) -> Response:
    """The form for texts and files."""
    return _page(desk)


@router.post("/add/preview")
def preview(
    desk: Analyst, text: _Text = "", title: _Line = "", published: _Line = "", publisher: _Line = "", address: _Line = ""
) -> Response:
    """What the reader finds in a text, and whether it is here already; nothing is stored."""
    given = _given(desk, title, published, publisher, address)
    items = takingin.pasted(takingin.checked(text), given)
    captures = [item for item in items if isinstance(item, Capture)][:20]
    readings = takingin.read(desk.register, captures)
    with desk.snapshot() as connection:
        there = takingin.here(connection, captures)
    data = {
        "documents": [
            _previewed(desk, c, [claim.to_dict() for claim in r.claims], r.error, same)
            for c, r, same in zip(captures, readings, there, strict=True)
        ],
        "refused": [{"where": i.where, "reason": i.reason} for i in items if isinstance(i, Refusal)],
    }
    if desk.wants_json:
        return desk.json(data)
    return desk.part("add/_preview.html", data) if desk.is_htmx else _page(desk, _told(desk), preview=data)


@router.post("/add")
def add(
    desk: Analyst,
    text: _Text = "",
    title: _Line = "",
    published: _Line = "",
    publisher: _Line = "",
    address: _Line = "",
    dayless: bool = Form(False),
    why: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Store what was pasted and dropped, and say what became of each."""
    given = _given(desk, title, published, publisher, address)
    files = [f for f in desk.form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    if not text.strip() and not files:
        raise InputError(desk.t("add.nothing"))
    if len(files) > _FILES:
        raise InputError(desk.t("add.many", number=_FILES))
    results: list[dict[str, Any]] = []
    if text.strip():
        items = takingin.pasted(takingin.checked(text), given)
        results.append({"name": desk.t("add.pasted"), "outcomes": _stored(desk, items, why, dayless)})
    for file in files:
        # One byte more than is taken tells that a file is too large.
        raw = file.file.read(takingin.FILE + 1)
        items = takingin.dropped(file.filename or "", raw, Given(given.published, given.publisher))
        results.append({"name": file.filename, "outcomes": _stored(desk, items, why, dayless)})
    asks = sum(o["outcome"] == "ask" for r in results for o in r["outcomes"])
    status = 422 if asks and not any(o["outcome"] in ("new", "version") for r in results for o in r["outcomes"]) else 200
    data = {"results": results, "asks": asks}
    if desk.wants_json:
        return desk.json(data, status)
    if desk.is_htmx:
        return desk.part("add/_results.html", data)
    return _page(desk, _told(desk) if asks else {}, status, results=results, asks=asks)


def _stored(desk: Desk, items: list[Capture | Refusal], why: str, dayless: bool) -> list[dict[str, Any]]:
    return takingin.store(desk.register, items, desk.who, why.strip(), dayless=dayless)


def _given(desk: Desk, title: str, published: str, publisher: str, address: str) -> Given:
    address = address.strip()
    if address and not address.startswith(("http://", "https://")):
        raise InputError(desk.t("add.no_address", address=address[:80]))
    return Given(desk.day(published.strip()), publisher.strip(), title.strip(), address)


def _told(desk: Desk) -> dict[str, str]:
    """What was typed, to be shown again."""
    return {name: value for name, value in desk.form.items() if isinstance(value, str) and name != "csrf"}


def _page(desk: Desk, typed: dict[str, str] | None = None, status: int = 200, **shown: Any) -> Response:
    fields = ("text", "title", "published", "publisher", "address", "why", "dayless")
    data = {"preview": None, "results": [], "asks": 0} | shown | {"typed": {f: (typed or {}).get(f, "") for f in fields}}
    return desk.page("add/form.html", data | {"megabytes": takingin.FILE // 1_000_000, "files": _FILES}, status=status)


def _previewed(desk: Desk, capture: Capture, claims: list[dict[str, Any]], error: str | None, same: str) -> dict[str, Any]:
    named, shown = namer(desk), mask(desk)
    records = [ClaimRecord(c["id"], capture.document_id, c) for c in claims]
    marked = [span for record in records for span in spans(record)]
    return {
        "title": shown(capture.title), "published": capture.published, "published_from": capture.published_from,
        "publisher": capture.publisher, "language": capture.language, "warnings": list(capture.warnings), "error": reader_fault(error), "same": same,
        "paragraphs": [
            [{"text": piece["text"], "marked": bool(piece["refs"])} for piece in paragraph]
            for paragraph in paragraphs(capture.text, marked, "", shown=shown(capture.text))
        ],
        "claims": [
            {"id": record.id, "rows": [{"slot": r["slot"], "text": r["text"], "quotes": r["quotes"]} for r in rows(record, {}, named, shown)]}
            for record in records
        ],
    }  # fmt: skip
