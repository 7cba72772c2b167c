"""Reading: the queues, one report with its claims to be checked, and its copies."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from marsad.desk.context import Analyst, Reader
from marsad.desk.copyview import copies
from marsad.desk.readers import alike, candidates, edit_form, known_queue, mask, named_candidates, namer, next_address
from marsad.desk.report import report, whys
from marsad.desk.screens import Screen
from marsad.desk.status import queue_counts
from marsad.register import decisions, documentrecords, drafts, queries, queues

router = APIRouter()
SCREEN = Screen("queue", "/reading", 10)

_PAGE, _ASIDE = 50, 12
_Id = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_Queue = Annotated[str, Query(max_length=20)]
_Key = Annotated[str, Query(max_length=40, pattern=r"^([0-9-]{0,10}:[0-9a-f]{16})?$")]
_Claim = Annotated[str, Query(max_length=40, pattern=r"^(new|[0-9a-f]{16}\.p?[0-9]{1,9})?$")]


@router.get("/reading")
def listing(desk: Reader, queue: _Queue = "first", after: _Key = "") -> Response:
    """The queues, and the reports of one."""
    known_queue(desk, queue)
    with desk.snapshot() as connection:
        numbers = queue_counts(desk, connection)
        found = queues.waiting(connection, queue, after=after, limit=_PAGE + 1)
        begun = drafts.latest(connection, desk.who, 5)
        titles = {d.id: d.title or d.address for d in documentrecords.documents(connection, ids=[d.document_id for d in begun])}
    shown = found[:_PAGE]
    data = {
        "queue": queue, "counts": numbers, "reports": [w.to_dict() for w in shown],
        "next": shown[-1].key if len(found) > _PAGE else None,
        "begun": [{"document": d.document_id, "title": titles.get(d.document_id, d.document_id), "at": d.at} for d in begun],
    }  # fmt: skip
    return desk.page("reading/list.html", data)


@router.get("/reading/next")
def following(desk: Reader, queue: _Queue = "first", behind: _Key = "") -> Response:
    """On to the first report of a queue, or to the one behind another."""
    known_queue(desk, queue)
    return desk.redirect(next_address(desk, queue, behind))


@router.get("/reading/places")
def places(desk: Reader, name: Annotated[str, Query(min_length=1, max_length=200)]) -> Response:
    """Places of the gazetteer that a name may mean, as JSON."""
    return desk.json({"places": candidates(desk, name)})


@router.get("/reading/{document}")
def one(
    desk: Reader,
    document: _Id,
    queue: _Queue = "first",
    claim: _Claim = "",
    edit: bool = False,
    add: bool = False,
    graphic: bool = False,
) -> Response:
    """A report with its claims."""
    known_queue(desk, queue)
    with desk.snapshot() as connection:
        begun = next((d.value for d in drafts.drafts(connection, document) if d.who == desk.who), {})
        data = report(connection, document, desk.who, namer(desk), claim=claim or begun.get("claim", ""), mask=mask(desk))
        records = queries.claims(connection, document=document)
        rules = whys(connection, document)
        waiting = queues.waiting(connection, queue, limit=_ASIDE)
        numbers = queue_counts(desk, connection)
    draft = data["draft"] or {}
    for told in data["claims"]:
        for value in told["values"]:
            if value["slot"] == "place":
                value |= {"alike": alike(desk, told["heading"]["name"]), "sure": named_candidates(desk, value["sure"])}
    if not (edit or add) and draft.get("fields"):
        # What was begun goes on where it was.
        edit, add = draft.get("claim") != "new", draft.get("claim") == "new"
        data["shown"] = draft["claim"] if edit else data["shown"]
    data |= {
        "queue": queue, "counts": numbers, "waiting": [w.to_dict() for w in waiting], "graphic": graphic,
        "second": "first" in data["fresh"] and "second" not in data["fresh"],
        "edit": None,
    }  # fmt: skip
    if add or edit:
        claim = "new" if add else data["shown"]
        data["edit"] = edit_form(desk, document, records, claim, draft, _seen(data), rules.get(claim, {}))
    return desk.page("reading/report.html", data)


@router.get("/reading/{document}/edit")
def editing(desk: Analyst, document: _Id, claim: _Claim = "new", start: int = 0, end: int = 0) -> Response:
    """The form of a claim, or of one that is to be added; its trigger may be given by offsets."""
    with desk.snapshot() as connection:
        records = queries.claims(connection, document=document)
        text = documentrecords.text_of(connection, document)
        draft = next((d.value for d in drafts.drafts(connection, document) if d.who == desk.who), {})
        last = decisions.last_entries(connection, [claim]).get(claim, 0)
        why = whys(connection, document).get(claim, {})
    made = edit_form(desk, document, records, claim, draft, last, why)
    if claim == "new" and 0 <= start < end <= len(text):
        made["fields"] |= {"trigger.spans": f"{start}-{end}", "trigger.quote": " ".join(mask(desk)(text)[start:end].split())}
    return (
        desk.json(made)
        if desk.wants_json
        else desk.part("reading/_edit.html", {"edit": made, "document": {"id": document}, "queue": ""})
    )


@router.get("/reading/{document}/copies")
def copied(desk: Reader, document: _Id, queue: _Queue = "first") -> Response:
    """The copies of a report with what differs, and what would be decided on them."""
    known_queue(desk, queue)
    with desk.snapshot() as connection:
        data = copies(connection, document, namer(desk), mask(desk))
    return desk.page("reading/copies.html", data | {"queue": queue})


def _seen(data: dict[str, Any]) -> int:
    """The last entry on the claim that is shown."""
    return next((int(c["seen"]) for c in data["claims"] if c["id"] == data["shown"]), 0)
