"""Incidents: the list with filters and facets, one incident with all that is said of it, and what people decide on it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query
from sqlalchemy import Connection
from starlette.responses import Response

from marsad.counting import policies, policy
from marsad.desk import incidentview, pairs
from marsad.desk.context import Analyst, Desk, Reader, Reviewer
from marsad.desk.errors import MissingError
from marsad.desk.pages.map import told as map_told
from marsad.desk.readers import namer
from marsad.desk.screens import Screen
from marsad.desk.status import remembered
from marsad.errors import InputError
from marsad.linking.explanation import PairExplanation
from marsad.linking.results import ALONE_KINDS
from marsad.register import audit, explaining, grades, incidents, judgements, signing
from marsad.register import facelist as lists
from marsad.register.facelist import Facet, Narrow
from marsad.register.linkage import link_register
from marsad.register.members import members_of
from marsad.register.reversal import take_back

router = APIRouter()
SCREEN = Screen("incidents", "/incidents", 30)
_PAGE = 50
_DEFAULT = "airwars-range"
_SHOWN = ("country", "unit", "type", "perpetrator", "target", "site", "weapon", "grade")
_FLAGS = ("contradictions", "denied", "contested", "aggregate", "signed", "unsigned", "stale", "placeless", "undated")
_Word = Annotated[str, Query(max_length=300)]
_Told = Annotated[str, Path(max_length=80)]
_Why = Annotated[str, Form(max_length=2_000)]


@router.get("/incidents")
def listing(
    desk: Reader,
    words: _Word = "",
    since: _Word = "",
    until: _Word = "",
    country: _Word = "",
    unit: _Word = "",
    type: _Word = "",
    perpetrator: _Word = "",
    target: _Word = "",
    site: _Word = "",
    weapon: _Word = "",
    grade: _Word = "",
    flag: _Word = "",
    killed: Annotated[int, Query(ge=0, lt=10**6)] = 0,
    order: _Word = "day",
    after: _Word = "",
) -> Response:
    """Incidents, the latest first if nothing else is asked for."""
    narrow = Narrow(
        since=desk.day(since), until=desk.day(until), country=country, unit=unit, type=type, perpetrator=perpetrator, target=target,
        site=site, weapon=weapon, grade=grade, killed=killed, flags=(flag,) if flag else (), words=words.strip(),
    )  # fmt: skip
    with desk.snapshot() as connection:
        found = lists.settled(connection, narrow)
        page = lists.faces(connection, found, order, after, _PAGE)
        total = lists.number(connection, found)
        counted = _facets(desk, connection, found)
    chosen = {name: getattr(narrow, name) for name in ("words", "since", "until", "killed", *_SHOWN)}
    data = {
        "incidents": list(page.rows), "next": page.next, "total": total, "order": order, "orders": list(lists.ORDERS),
        "facets": {
            name: [{"value": f.value, "count": f.count, "name_ar": f.name_ar, "name_en": f.name_en} for f in found]
            for name, found in counted.items()
        },
        "chosen": chosen | {"flag": flag}, "flags": list(_FLAGS),
    }  # fmt: skip
    return desk.page("incidents/list.html", data, part="incidents/_rows.html")


@router.post("/incidents/link")
def link(desk: Analyst) -> Response:
    """Put the claims that are new or have changed into incidents."""
    numbers = link_register(desk.state.register, desk.who, desk.t("incidents.link.reason"))
    desk.say("incidents.linked", incidents=numbers["incidents"], claims=numbers["claims"])
    return desk.redirect("/incidents")


@router.get("/incidents/alone")
def alone(desk: Reader, kind: _Word = "", after: _Word = "") -> Response:
    """Claims that are in no incident, with the reason, page by page."""
    if kind and kind not in ALONE_KINDS:
        raise InputError(desk.t("base.invalid", wrong=kind[:40]))
    named = namer(desk)
    with desk.snapshot() as connection:
        found = incidents.alone(connection, kind, after=after, limit=_PAGE + 1)
        there = {record.id: record for record in members_of(connection, [a.claim for a in found[:_PAGE]])}
        counts = incidents.alone_counts(connection)
    rows = []
    for one in found[:_PAGE]:
        value = there[one.claim].value if one.claim in there else {}
        rows.append({
            "claim": one.claim, "document": one.claim.partition(".")[0], "kind": one.kind,
            "reason": one.reason.text(desk.language, named, isolated=True), "type": value.get("type"),
            "date": incidentview.value_text("date", value["date"], named) if value else "",
            "place": incidentview.value_text("place", value["place"], named) if value else "",
        })  # fmt: skip
    more = found[_PAGE - 1].claim if len(found) > _PAGE else ""
    data = {"alone": rows, "counts": counts, "kind": kind, "total": sum(counts.values()), "next": more}
    return desk.page("incidents/alone.html", data)


@router.post("/incidents/alone")
def place(
    desk: Analyst,
    claim: Annotated[str, Form(max_length=60)],
    to: Annotated[str, Form(max_length=80)],
    why: _Why = "",
) -> Response:
    """Put a claim that is in no incident into one."""
    made = desk.apply(lambda c: incidents.move(c, claim, to, desk.who, why))
    desk.say("incidents.moved")
    return desk.redirect(f"/incidents/{made}")


@router.get("/incidents/{told}")
def one(desk: Reader, told: _Told, by: _Word = _DEFAULT) -> Response:
    """One incident: every value with who says it, its numbers by a policy, its grade, its reports and what was judged."""
    if by not in policies():
        raise InputError(desk.t("base.invalid", wrong=by[:40]))
    with desk.snapshot() as connection:
        _there(desk, connection, told)
        data = incidentview.incident(connection, told, policy(by), desk.language, namer(desk))
    data |= {"policies": list(policies()), "by": by}
    return desk.page("incidents/incident.html", data, part="incidents/_counts.html", secret={"map": map_told(desk)})


@router.get("/incidents/{told}/why")
def why(desk: Reader, told: _Told) -> Response:
    """Why its claims are held to tell of one event, and which other incident they would fit next best."""
    named = namer(desk)
    with pairs.one_at_a_time, desk.snapshot() as connection:
        _there(desk, connection, told)
        identifier = incidents.find(connection, told)
        explained = explaining.incident(connection, identifier)
        codes = incidents.codes(connection, [i for i in (identifier, explained.alternative) if i])

    def shown(pair: PairExplanation | None) -> dict[str, Any] | None:
        return None if pair is None else pairs.shown(pair, desk.language, named)

    weakest = explained.weakest if explained.weakest not in explained.links else None
    data = {
        "code": codes[identifier], "links": [shown(p) for p in dict.fromkeys(explained.links)], "weakest": shown(weakest),
        "alternative": codes.get(explained.alternative or ""), "against": shown(explained.against),
    }  # fmt: skip
    return desk.page("incidents/why.html", data)


@router.post("/incidents/{told}/merge")
def merge(desk: Analyst, told: _Told, others: Annotated[str, Form(max_length=2_000)], why: _Why = "") -> Response:
    """Make one incident of this and others."""
    named = others.replace(",", " ").split()
    made = desk.apply(lambda c: incidents.merge(c, [told, *named], desk.who, why))
    desk.say("incidents.merged")
    return desk.redirect(f"/incidents/{made}")


@router.post("/incidents/{told}/split")
def split(desk: Analyst, told: _Told, why: _Why = "") -> Response:
    """Take claims out into an incident of their own."""
    chosen = [v for k, v in desk.form.multi_items() if k == "claim" and isinstance(v, str)]
    made = desk.apply(lambda c: incidents.split(c, told, chosen, desk.who, why))
    desk.say("incidents.was_split")
    return desk.redirect(f"/incidents/{made}")


@router.post("/incidents/{told}/move")
def move(
    desk: Analyst,
    told: _Told,
    claim: Annotated[str, Form(max_length=60)],
    to: Annotated[str, Form(max_length=80)],
    why: _Why = "",
) -> Response:
    """Put one of its claims into another incident."""

    def work(connection: Connection) -> str:
        held = {r.id for r in incidents.members(connection, incidents.find(connection, told))}
        if claim not in held:
            raise InputError(desk.t("incidents.not_in", claim=claim))
        return incidents.move(connection, claim, to, desk.who, why)

    made = desk.apply(work)
    desk.say("incidents.moved")
    return desk.redirect(f"/incidents/{made}")


@router.post("/incidents/{told}/part")
def part(desk: Analyst, told: _Told, other: Annotated[str, Form(max_length=80)], why: _Why = "") -> Response:
    """Say that this and another one are two events."""
    desk.apply(lambda c: incidents.part(c, [told, other], desk.who, why))
    desk.say("incidents.parted")
    return desk.back(f"/incidents/{told}")


@router.post("/incidents/{told}/retract")
def retract(desk: Analyst, told: _Told, number: Annotated[int, Form(ge=1, lt=2**31)], why: _Why = "") -> Response:
    """Take back a judgement on it: its claims and doubts are again where they were."""
    with desk.snapshot() as connection:
        identifier = incidents.find(connection, told)
        held = {r.id for r in incidents.members(connection, identifier)}
        if number not in {j.id for j in judgements.about(connection, identifier, held)}:
            raise InputError(desk.t("base.invalid", wrong=number))
    # Whoever may take it back takes back the whole of it, also where it holds claims that are hidden from them.
    take_back(desk.state.register, number, desk.who, why)
    desk.say("incidents.taken_back")
    with desk.snapshot() as connection:
        identifier = incidents.find(connection, told)
        code = incidents.codes(connection, [identifier]).get(identifier, told)
    return desk.redirect(f"/incidents/{code}")


@router.post("/incidents/{told}/grade")
def grade(
    desk: Reviewer,
    told: _Told,
    grade: Annotated[str, Form(max_length=20)],
    seen: Annotated[str, Form(max_length=64)],
    why: _Why = "",
) -> Response:
    """Sign a grade, of what was seen."""

    def work(connection: Connection) -> None:
        identifier = incidents.find(connection, told)
        signing.sign(connection, identifier, grade, desk.who, why, seen=seen)

    desk.apply(work)
    desk.say("incidents.graded")
    return desk.redirect(f"/incidents/{told}#grade")


@router.post("/incidents/{told}/ungrade")
def ungrade(desk: Reviewer, told: _Told, number: Annotated[int, Form(ge=1, lt=2**31)], why: _Why = "") -> Response:
    """Take back a signature."""

    def work(connection: Connection) -> None:
        identifier = incidents.find(connection, told)
        if number not in {s.id for s in grades.history(connection, [identifier])}:
            raise InputError(desk.t("base.invalid", wrong=number))
        signing.undo(connection, number, desk.who, why)

    desk.apply(work)
    desk.say("incidents.taken_back")
    return desk.redirect(f"/incidents/{told}#grade")


def _facets(desk: Desk, connection: Connection, narrow: Narrow) -> dict[str, tuple[Facet, ...]]:
    """The facets of a list; those of the whole list, with which everybody begins, are counted anew only after something was done."""

    def count() -> dict[str, tuple[Facet, ...]]:
        return lists.facets(connection, narrow, _SHOWN, 15)

    return count() if narrow != Narrow() else remembered(desk, ("facets", audit.head(connection)), count)


def _there(desk: Desk, connection: Connection, told: str) -> None:
    """A page of an incident that is none is missing, and no fault of who asked."""
    try:
        incidents.find(connection, told)
    except InputError as error:
        raise MissingError(*error.args) from error
