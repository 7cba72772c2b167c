"""Reading: the queues, one report with its claims to be checked, and what readers do with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query
from starlette.responses import Response

from marsad.desk import claimform, words
from marsad.desk.claimvalues import Named, Shown
from marsad.desk.context import Analyst, Desk, Reader
from marsad.desk.copyview import copies
from marsad.desk.errors import ForbiddenError, MissingError
from marsad.desk.report import ordered, own_last, report
from marsad.desk.screens import Screen
from marsad.errors import InputError
from marsad.gazetteer.entry import Entry
from marsad.gazetteer.records import entry_of
from marsad.register import additions, decisions, drafts, pins, queries, queues, signatures
from marsad.register.copydecisions import copies_of, decide_copies
from marsad.register.queries import ClaimRecord
from marsad.views.masking import masked

router = APIRouter()
SCREEN = Screen("queue", "/reading", 10)

_PAGE, _ASIDE, _CANDIDATES = 50, 12, 8
_Id = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_Claim = Annotated[str, Path(pattern=r"^[0-9a-f]{16}\.p?[0-9]{1,9}$")]
_Queue = Annotated[str, Query(max_length=20)]
_Key = Annotated[str, Query(max_length=40)]
_T = TypeVar("_T")
_Why = Annotated[str, Form(max_length=2_000)]
_Seen = Annotated[int, Form(ge=0, lt=2**31)]


@router.get("/reading")
def listing(desk: Reader, queue: _Queue = "first", after: _Key = "") -> Response:
    """The queues, and the reports of one."""
    _known(desk, queue)
    with desk.snapshot() as connection:
        numbers = queues.counts(connection)
        found = queues.waiting(connection, queue, after=after, limit=_PAGE + 1)
        begun = drafts.latest(connection, desk.who, 5)
        titles = {d.id: d.title or d.address for d in queries.documents(connection, ids=[d.document_id for d in begun])}
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
    _known(desk, queue)
    return desk.redirect(_next(desk, queue, behind))


@router.get("/reading/places")
def places(desk: Reader, name: Annotated[str, Query(min_length=1, max_length=200)]) -> Response:
    """Places of the gazetteer that a name may mean, as JSON."""
    return desk.json({"places": _candidates(desk, name)})


@router.get("/reading/{document}")
def one(
    desk: Reader,
    document: _Id,
    queue: _Queue = "first",
    claim: _Key = "",
    edit: bool = False,
    add: bool = False,
    graphic: bool = False,
) -> Response:
    """A report with its claims."""
    _known(desk, queue)
    with desk.snapshot() as connection:
        data = report(connection, document, desk.who, _named(desk), claim=claim, mask=_mask(desk))
        records = queries.claims(connection, document=document)
        waiting = queues.waiting(connection, queue, limit=_ASIDE)
        numbers = queues.counts(connection)
    draft = data["draft"] or {}
    if not (edit or add) and draft.get("fields"):
        # What was begun goes on where it was.
        edit, add = draft.get("claim") != "new", draft.get("claim") == "new"
        data["shown"] = draft["claim"] if edit else data["shown"]
    data |= {
        "queue": queue, "counts": numbers, "waiting": [w.to_dict() for w in waiting], "graphic": graphic,
        "second": "first" in data["fresh"] and "second" not in data["fresh"],
        "edit": _edit(desk, document, records, "new" if add else data["shown"], draft, _seen(data)) if add or edit else None,
    }  # fmt: skip
    return desk.page("reading/report.html", data)


@router.get("/reading/{document}/edit")
def editing(desk: Analyst, document: _Id, claim: _Key = "new", start: int = 0, end: int = 0) -> Response:
    """The form of a claim, or of one that is to be added; its trigger may be given by offsets."""
    with desk.snapshot() as connection:
        records = queries.claims(connection, document=document)
        text = queries.text_of(connection, document)
        draft = next((d.value for d in drafts.drafts(connection, document) if d.who == desk.who), {})
        last = decisions.last_entries(connection, [claim]).get(claim, 0)
    made = _edit(desk, document, records, claim, draft, last)
    if claim == "new" and 0 <= start < end <= len(text):
        made["fields"] |= {"trigger.spans": f"{start}-{end}", "trigger.quote": " ".join(_mask(desk)(text)[start:end].split())}
    return (
        desk.json(made)
        if desk.wants_json
        else desk.part("reading/_edit.html", {"edit": made, "document": {"id": document}, "queue": ""})
    )


@router.post("/reading/{document}/claims/{claim}/accept")
def accept(desk: Analyst, document: _Id, claim: _Claim, seen: _Seen) -> Response:
    """Accept a claim as it stands."""
    return _decide(desk, document, claim, "accept", "", seen)


@router.post("/reading/{document}/claims/{claim}/reject")
def reject(desk: Analyst, document: _Id, claim: _Claim, seen: _Seen, why: _Why) -> Response:
    """Reject a claim, with a reason."""
    return _decide(desk, document, claim, "reject", why, seen)


@router.post("/reading/{document}/claims/{claim}/correct")
def correct(desk: Analyst, document: _Id, claim: _Claim, seen: _Seen, why: _Why = "") -> Response:
    """Correct the values of a claim that the form changes."""
    _visible(desk, document)
    form = _fields(desk)

    def work(connection: Any) -> None:
        record = _record(connection, document, claim)
        value = claimform.changed(form, record.value, queries.text_of(connection, document), _located(desk, connection))
        if "trigger" in value:
            raise InputError(desk.t("reading.trigger.fixed"))
        if not value:
            raise InputError(desk.t("reading.nothing"))
        decisions.decide(connection, claim, "correct", value, desk.who, why, seen=seen)
        drafts.forget(connection, document, desk.who)

    _kept(desk, document, work)
    desk.say("reading.corrected")
    return _back(desk, document, claim)


@router.post("/reading/{document}/claims")
def add(desk: Analyst, document: _Id, why: _Why = "") -> Response:
    """Add a claim that the machine missed."""
    _visible(desk, document)
    form = _fields(desk)

    def work(connection: Any) -> str:
        empty = claimform.told("new", document)
        value = claimform.changed(form, empty, queries.text_of(connection, document), _located(desk, connection))
        made = additions.add(connection, document, {"type": empty["type"]} | value, desk.who, why)
        drafts.forget(connection, document, desk.who)
        return made

    made = _kept(desk, document, work)
    desk.say("reading.added")
    return _back(desk, document, made)


@router.post("/reading/{document}/undo")
def undo(desk: Analyst, document: _Id, number: Annotated[int, Form(ge=0, lt=2**31)] = 0, why: _Why = "") -> Response:
    """Take back a decision on a claim of the report; one's own last one where none is named."""
    _visible(desk, document)
    reason = why.strip() or desk.t("reading.undo.reason")

    def work(connection: Any) -> str:
        records = queries.claims(connection, document=document)
        own = own_last(records, desk.who)
        known = {d.id: d for r in records for d in r.decisions if not d.undone}
        chosen = known.get(number) if number else own
        if chosen is None:
            raise InputError(desk.t("reading.undo.none"))
        decisions.undo(connection, chosen.id, desk.who, reason)
        return chosen.claim_id

    claim = desk.apply(work, [document])
    desk.say("reading.undone")
    return _back(desk, document, claim)


@router.post("/reading/{document}/sign")
def sign(
    desk: Analyst, document: _Id, seen: _Seen, accept: Annotated[bool, Form()] = False, queue: Annotated[str, Form(max_length=20)] = "first",
    why: _Why = "",
) -> Response:  # fmt: skip
    """Sign the report as it stands and go on to the next of the queue."""
    _known(desk, queue)

    def work(connection: Any) -> str:
        fresh = [s for s in signatures.signatures(connection, document) if s.fresh]
        if fresh and not desk.can("reviewer"):
            raise ForbiddenError(desk.t("base.forbidden", role=desk.t("base.role.reviewer")))
        part = signatures.sign(connection, document, desk.who, why, accept=accept, seen=seen)
        drafts.forget(connection, document, desk.who)
        return part

    with desk.snapshot() as connection:
        rows = queries.documents(connection, ids=[document])
        copied = bool(copies_of(connection, document))
    if not rows:
        raise MissingError(f"there is no document {document}")
    part = desk.apply(work, [document])
    desk.say(f"reading.signed.{part}")
    if copied:
        return desk.redirect(f"/reading/{document}/copies?{urlencode({'queue': queue})}", {"signed": part})
    return desk.redirect(_next(desk, queue, f"{rows[0].published or ''}:{document}"), {"signed": part})


@router.post("/reading/{document}/unsign")
def unsign(desk: Analyst, document: _Id, number: Annotated[int, Form(ge=1, lt=2**31)], why: _Why) -> Response:
    """Take back a signature."""
    with desk.snapshot() as connection:
        mine = [s for s in signatures.signatures(connection, document) if s.id == number]
    if not mine:
        raise InputError(desk.t("reading.unsign.none"))
    if mine[0].who != desk.who and not desk.can("reviewer"):
        raise ForbiddenError(desk.t("base.forbidden", role=desk.t("base.role.reviewer")))
    desk.apply(lambda c: signatures.unsign(c, number, desk.who, why), [document])
    desk.say("reading.unsigned")
    return _back(desk, document, "")


@router.get("/reading/{document}/copies")
def copied(desk: Reader, document: _Id, queue: _Queue = "first") -> Response:
    """The copies of a report with what differs, and what would be decided on them."""
    _known(desk, queue)
    with desk.snapshot() as connection:
        data = copies(connection, document, _named(desk), _mask(desk))
    return desk.page("reading/copies.html", data | {"queue": queue})


@router.post("/reading/{document}/copies")
def decide_on_copies(desk: Analyst, document: _Id, queue: Annotated[str, Form(max_length=20)] = "first") -> Response:
    """Decide on the same claims of copies as on those of the report, and sign those in which nothing is left."""
    _known(desk, queue)
    _visible(desk, document)
    with desk.snapshot() as connection:
        there = set(copies_of(connection, document))
    only = [told for item in desk.form.getlist("copy") if (told := str(item)) in there]
    made = desk.apply(lambda c: decide_copies(c, document, desk.who, only), [document, *only])
    desk.say("reading.copies.done", claims=sum(len(m.decided) for m in made), reports=sum(bool(m.signed) for m in made))
    return desk.redirect(_next(desk, queue, ""), {"copies": [m.to_dict() for m in made]})


@router.post("/reading/{document}/draft")
def keep(desk: Analyst, document: _Id, value: Annotated[str, Form(max_length=200_000)] = "") -> Response:
    """Keep what is begun on the report, or drop it where nothing is sent."""
    _visible(desk, document)
    told = _object(value) if value else None
    if told is None:
        desk.apply(lambda c: drafts.forget(c, document, desk.who))
    else:
        desk.apply(lambda c: drafts.keep(c, document, desk.who, told))
    return desk.json({"kept": told is not None}) if desk.wants_json else _back(desk, document, "")


def _visible(desk: Desk, document: str) -> None:
    """Refuse to write to a report that is not there for this person."""
    with desk.snapshot() as connection:
        if queries.find_document(connection, document) is None:
            raise MissingError(f"there is no document {document}")


def _known(desk: Desk, queue: str) -> None:
    if queue not in queues.QUEUES:
        raise InputError(desk.t("base.invalid", wrong=queue))


def _mask(desk: Desk) -> Shown:
    """How texts of reports are shown: with names of people masked where that is wanted; programs get them as they are."""
    return masked if desk.masks and not desk.wants_json else str


def _named(desk: Desk) -> Named:
    table = words.table()[desk.language]

    def named(vocabulary: str, value: str | None) -> str:
        return "" if value is None else table.get(f"values.{vocabulary}.{value}", value)

    return named


def _next(desk: Desk, queue: str, behind: str) -> str:
    with desk.snapshot() as connection:
        found = queues.waiting(connection, queue, after=behind, limit=1) or queues.waiting(connection, queue, limit=1)
    return f"/reading/{found[0].id}?queue={queue}" if found else f"/reading?queue={queue}"


def _back(desk: Desk, document: str, claim: str) -> Response:
    queue = str(desk.form.get("queue") or "first")
    told = {"queue": queue if queue in queues.QUEUES else "first"} | ({"claim": claim} if claim else {})
    return desk.redirect(f"/reading/{document}?{urlencode(told)}", {"claim": claim})


def _record(connection: Any, document: str, claim: str) -> ClaimRecord:
    for record in queries.claims(connection, document=document):
        if record.id == claim:
            return record
    raise MissingError(f"there is no claim {claim}")


def _decide(desk: Desk, document: str, claim: str, verdict: str, why: str, seen: int) -> Response:
    if claim.partition(".")[0] != document:
        raise MissingError(f"there is no claim {claim}")
    _visible(desk, document)

    def work(connection: Any) -> str:
        decisions.decide(connection, claim, verdict, None, desk.who, why, seen=seen)
        # On to the next one that nobody decided on, or else to stay.
        records = queries.claims(connection, document=document)
        order = [r for r in ordered(records) if r.current]
        at = next((n for n, r in enumerate(order) if r.id == claim), 0)
        return next((r.id for r in order[at + 1 :] + order[:at] if not r.verdict), claim)

    following = desk.apply(work, [document])
    desk.say(f"reading.{verdict}ed")
    return _back(desk, document, following)


def _kept(desk: Desk, document: str, work: Callable[[Any], _T]) -> _T:
    """Do work; where it is refused, what was filled in stays as a draft, so that nobody types it again."""
    try:
        return desk.apply(work, [document])
    except InputError:
        told = {"claim": str(desk.form.get("claim") or "new"), "fields": _fields(desk), "why": str(desk.form.get("why") or "")}
        desk.apply(lambda c: drafts.keep(c, document, desk.who, told))
        raise


def _fields(desk: Desk) -> dict[str, str]:
    """The fields of a claim that were sent; those that are not of a claim are passed over where they are read."""
    return {
        key: item[:20_000]
        for key, item in desk.form.items()
        if isinstance(item, str) and key not in ("csrf", "why", "seen", "queue", "claim")
    }


def _object(told: str) -> dict[str, Any]:
    try:
        found = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise InputError(f"draft: not JSON: {error}") from error
    if not isinstance(found, dict):
        raise InputError("draft: an object is expected")
    fields = found.get("fields") or {}
    if not isinstance(fields, dict):
        raise InputError("draft: fields are an object")
    kept = {str(k)[:80]: str(v) for k, v in fields.items()}
    return {"claim": str(found.get("claim") or "")[:40], "fields": kept, "why": str(found.get("why") or "")[:2_000]}


def _edit(desk: Desk, document: str, records: list[ClaimRecord], claim: str, draft: dict[str, Any], last: int) -> dict[str, Any]:
    """The form of a claim with what was begun of it."""
    if claim == "new":
        value, seen = claimform.told("new", document), 0
    else:
        record = next((r for r in records if r.id == claim), None)
        if record is None:
            raise MissingError(f"there is no claim {claim}")
        value, seen = record.value, last
    mask = _mask(desk)
    fields = {key: mask(item) if key.endswith(".quote") else item for key, item in claimform.fields(value).items()}
    begun = draft.get("claim") == claim and bool(draft.get("fields"))
    gone = [key for key in draft.get("fields", {}) if key.endswith(".gone")] if begun else []
    if begun:
        fields |= {key: item for key, item in draft["fields"].items() if key in fields}
    name = value["place"]["name"] or ""
    return {
        "claim": claim, "seen": seen, "fields": fields, "gone": gone, "begun": begun, "why": draft.get("why", "") if begun else "",
        "numbers": {slot: [*map(str, range(1, len(value[slot]) + 1)), "new"] for slot in claimform.LISTS},
        "places": _candidates(desk, name) if name else [], "located": value["place"]["latitude"] is not None,
        "parties": _parties(desk),
    }  # fmt: skip


def _seen(data: dict[str, Any]) -> int:
    """The last entry on the claim that is shown."""
    return next((int(c["seen"]) for c in data["claims"] if c["id"] == data["shown"]), 0)


def _candidates(desk: Desk, name: str) -> list[dict[str, Any]]:
    found = []
    for entry, likeness in desk.gazetteer.search(name, _CANDIDATES):
        within = [p.label for p in desk.gazetteer.parents(entry)]
        found.append(
            {
                "id": entry.id, "name": entry.label, "latin": entry.latin, "class": entry.kind, "country": entry.country, "within": within,
                "latitude": entry.latitude, "longitude": entry.longitude, "likeness": likeness,
            }
        )  # fmt: skip
    return found


def _located(desk: Desk, connection: Any) -> claimform.Located:
    def located(identifier: str) -> tuple[Entry, tuple[str, ...]] | None:
        pinned = next((r for r in pins.records(pins.pins(connection)) if r.id == identifier), None)
        entry = desk.gazetteer.get(identifier) if pinned is None else entry_of(pinned, "pins")
        return None if entry is None else (entry, tuple(p.label for p in desk.gazetteer.parents(entry)))

    return located


def _parties(desk: Desk) -> list[tuple[str, str]]:
    """The parties of the list with their names, by name."""
    table, start = words.table()[desk.language], "values.party."
    return sorted(
        ((key.removeprefix(start), told) for key, told in table.items() if key.startswith(start)), key=lambda p: p[1].casefold()
    )
