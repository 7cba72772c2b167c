"""Checking: what readers do with a report: they accept, reject, correct and add claims, sign, and decide on copies."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path
from starlette.responses import Response

from marsad.desk import claimform
from marsad.desk.context import Analyst, Desk
from marsad.desk.errors import ForbiddenError, MissingError, message_of
from marsad.desk.readers import back, known_queue, locate, next_address
from marsad.desk.report import ordered, own_last
from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.register import additions, decisions, documentrecords, drafts, queries, signatures
from marsad.register.copydecisions import copies_of, decide_copies
from marsad.register.errors import UnseenError
from marsad.register.queries import ClaimRecord

router = APIRouter()

_Id = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_Claim = Annotated[str, Path(pattern=r"^[0-9a-f]{16}\.p?[0-9]{1,9}$")]
_T = TypeVar("_T")
_TOLD = 400
_Why = Annotated[str, Form(max_length=2_000)]
_Seen = Annotated[int, Form(ge=0, lt=2**31)]


@router.post("/reading/{document}/claims/{claim}/accept")
def accept(desk: Analyst, document: _Id, claim: _Claim, seen: _Seen) -> Response:
    """Accept a claim as it stands."""
    return _tried(desk, document, claim, lambda: _decide(desk, document, claim, "accept", "", seen))


@router.post("/reading/{document}/claims/{claim}/reject")
def reject(desk: Analyst, document: _Id, claim: _Claim, seen: _Seen, why: _Why) -> Response:
    """Reject a claim, with a reason."""
    return _tried(desk, document, claim, lambda: _decide(desk, document, claim, "reject", why, seen))


@router.post("/reading/{document}/claims/{claim}/correct")
def correct(desk: Analyst, document: _Id, claim: _Claim, seen: _Seen, why: _Why = "") -> Response:
    """Correct the values of a claim that the form changes."""
    _visible(desk, document)
    form = _fields(desk)

    def work(connection: Any) -> None:
        record = _record(connection, document, claim)
        value = claimform.changed(form, record.value, documentrecords.text_of(connection, document), locate(desk, connection))
        if "trigger" in value:
            raise InputError(desk.t("reading.trigger.fixed"))
        if not value:
            raise InputError(desk.t("reading.nothing"))
        decisions.decide(connection, claim, "correct", value, desk.who, why, seen=seen)
        drafts.forget(connection, document, desk.who)

    def act() -> Response:
        _kept(desk, document, work)
        desk.say("reading.corrected")
        return back(desk, document, claim)

    return _tried(desk, document, claim, act)


@router.post("/reading/{document}/claims")
def add(desk: Analyst, document: _Id, why: _Why = "") -> Response:
    """Add a claim that the machine missed."""
    _visible(desk, document)
    form = _fields(desk)

    def work(connection: Any) -> str:
        empty = claimform.told("new", document)
        value = claimform.changed(form, empty, documentrecords.text_of(connection, document), locate(desk, connection))
        made = additions.add(connection, document, {"type": empty["type"]} | value, desk.who, why)
        drafts.forget(connection, document, desk.who)
        return made

    def act() -> Response:
        made = _kept(desk, document, work)
        desk.say("reading.added")
        return back(desk, document, made)

    return _tried(desk, document, "", act)


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

    def act() -> Response:
        claim = desk.apply(work, [document])
        desk.say("reading.undone")
        return back(desk, document, claim)

    return _tried(desk, document, "", act)


@router.post("/reading/{document}/sign")
def sign(
    desk: Analyst, document: _Id, seen: _Seen, accept: Annotated[bool, Form()] = False, queue: Annotated[str, Form(max_length=20)] = "first",
    why: _Why = "",
) -> Response:  # fmt: skip
    """Sign the report as it stands and go on to the next of the queue."""
    known_queue(desk, queue)

    def work(connection: Any) -> str:
        fresh = [s for s in signatures.signatures(connection, document) if s.fresh]
        if fresh and not desk.can("reviewer"):
            raise ForbiddenError(desk.t("base.forbidden", role=desk.t("base.role.reviewer")))
        part = signatures.sign(connection, document, desk.who, why, accept=accept, seen=seen)
        drafts.forget(connection, document, desk.who)
        return part

    with desk.snapshot() as connection:
        rows = documentrecords.documents(connection, ids=[document])
        copied = bool(copies_of(connection, document))
    if not rows:
        raise MissingError(refusal("document.none", document=document))

    def act() -> Response:
        part = desk.apply(work, [document])
        desk.say(f"reading.signed.{part}")
        if copied:
            return desk.redirect(f"/reading/{document}/copies?{urlencode({'queue': queue})}", {"signed": part})
        return desk.redirect(next_address(desk, queue, f"{rows[0].published or ''}:{document}"), {"signed": part})

    return _tried(desk, document, "", act)


@router.post("/reading/{document}/unsign")
def unsign(desk: Analyst, document: _Id, number: Annotated[int, Form(ge=1, lt=2**31)], why: _Why) -> Response:
    """Take back a signature."""
    with desk.snapshot() as connection:
        mine = [s for s in signatures.signatures(connection, document) if s.id == number]
    if not mine:
        raise InputError(desk.t("reading.unsign.none"))
    if mine[0].who != desk.who and not desk.can("reviewer"):
        raise ForbiddenError(desk.t("base.forbidden", role=desk.t("base.role.reviewer")))

    def act() -> Response:
        desk.apply(lambda c: signatures.unsign(c, number, desk.who, why), [document])
        desk.say("reading.unsigned")
        return back(desk, document, "")

    return _tried(desk, document, "", act)


@router.post("/reading/{document}/copies")
def decide_on_copies(desk: Analyst, document: _Id, queue: Annotated[str, Form(max_length=20)] = "first") -> Response:
    """Decide on the same claims of copies as on those of the report, and sign those in which nothing is left."""
    known_queue(desk, queue)
    _visible(desk, document)
    with desk.snapshot() as connection:
        there = set(copies_of(connection, document))
    only = [told for item in desk.form.getlist("copy") if (told := str(item)) in there]

    def act() -> Response:
        made = desk.apply(lambda c: decide_copies(c, document, desk.who, only, language=desk.language), [document, *only])
        desk.say("reading.copies.done", claims=sum(len(m.decided) for m in made), reports=sum(bool(m.signed) for m in made))
        return desk.redirect(next_address(desk, queue, ""), {"copies": [m.to_dict() for m in made]})

    return _tried(desk, document, "", act)


@router.post("/reading/{document}/draft")
def keep(desk: Analyst, document: _Id, value: Annotated[str, Form(max_length=200_000)] = "") -> Response:
    """Keep what is begun on the report, or drop it where nothing is sent."""
    _visible(desk, document)
    told = _object(value) if value else None
    if told is None:
        desk.apply(lambda c: drafts.forget(c, document, desk.who))
    else:
        desk.apply(lambda c: drafts.keep(c, document, desk.who, told))
    return desk.json({"kept": told is not None}) if desk.wants_json else back(desk, document, "")


def _tried(desk: Desk, document: str, claim: str, act: Callable[[], Response]) -> Response:
    """Do something; where it is refused, go back to the report and say why, so that nobody is left on a page without a way on."""
    try:
        return act()
    except (InputError, UnseenError) as error:
        if desk.wants_json:
            raise
        # The message goes into a cookie, which holds little.
        desk.say("reading.refused", kind="error", why=message_of(error, desk.language)[:_TOLD])
        return back(desk, document, claim)


def _visible(desk: Desk, document: str) -> None:
    """Refuse to write to a report that is not there for this person."""
    with desk.snapshot() as connection:
        if documentrecords.find_document(connection, document) is None:
            raise MissingError(refusal("document.none", document=document))


def _record(connection: Any, document: str, claim: str) -> ClaimRecord:
    for record in queries.claims(connection, document=document):
        if record.id == claim:
            return record
    raise MissingError(refusal("claim.none", claim=claim))


def _decide(desk: Desk, document: str, claim: str, verdict: str, why: str, seen: int) -> Response:
    if claim.partition(".")[0] != document:
        raise MissingError(refusal("claim.none", claim=claim))
    _visible(desk, document)

    def work(connection: Any) -> str:
        decisions.decide_all(connection, [claim], verdict, None, desk.who, why, seen=seen)
        # On to the next one that nobody decided on, or else to stay.
        records = queries.claims(connection, document=document)
        order = [r for r in ordered(records) if r.current]
        at = next((n for n, r in enumerate(order) if r.id == claim), 0)
        return next((r.id for r in order[at + 1 :] + order[:at] if not r.verdict), claim)

    following = desk.apply(work, [document])
    desk.say(f"reading.{verdict}ed")
    return back(desk, document, following)


def _kept(desk: Desk, document: str, work: Callable[[Any], _T]) -> _T:
    """Do work; where it is refused, what was filled in stays as a draft, so that nobody types it again."""
    try:
        return desk.apply(work, [document])
    except InputError:
        told = {"claim": str(desk.form.get("claim") or "new"), "fields": _fields(desk), "why": _plain(desk.form.get("why") or "")}
        desk.apply(lambda c: drafts.keep(c, document, desk.who, told))
        raise


def _fields(desk: Desk) -> dict[str, str]:
    """The fields of a claim that were sent; those that are not of a claim are passed over where they are read."""
    return {
        key: _plain(item[:20_000])
        for key, item in desk.form.items()
        if isinstance(item, str) and key not in ("csrf", "why", "seen", "queue", "claim")
    }


def _plain(told: object) -> str:
    """A text that every database can hold: without the letter of number 0 and without halves of letters."""
    return str(told).replace("\0", "").encode("utf-8", "replace").decode()


def _object(told: str) -> dict[str, Any]:
    try:
        found = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise InputError(refusal("draft.json", said=error)) from error
    if not isinstance(found, dict):
        raise InputError(refusal("draft.object"))
    fields = found.get("fields") or {}
    if not isinstance(fields, dict):
        raise InputError(refusal("draft.fields"))
    kept = {_plain(k)[:80]: _plain(v) for k, v in fields.items()}
    return {"claim": _plain(found.get("claim") or "")[:40], "fields": kept, "why": _plain(found.get("why") or "")[:2_000]}
