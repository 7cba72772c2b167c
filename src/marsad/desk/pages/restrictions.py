"""Restrictions: who may see a document or an incident."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from marsad.desk.context import Reviewer
from marsad.register import accounts, restrictions

router = APIRouter()
_Text = Annotated[str, Form(max_length=2000)]


@router.get("/restrictions")
def listing(
    desk: Reviewer, kind: Literal["document", "incident"] = "document", subject: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """All restrictions that stand, and the form for one."""
    with desk.snapshot() as connection:
        found = restrictions.restrictions(connection)
        people = [account.name for account in accounts.accounts(connection) if account.disabled is None]
    data = {
        "restrictions": [one.to_dict() for one in found],
        "kind": kind,
        "subject": subject,
        "roles": accounts.ROLES[1:],
        "people": people,
    }
    return desk.page("accounts/restrictions.html", data)


@router.post("/restrictions")
def restrict(
    desk: Reviewer,
    kind: Annotated[Literal["document", "incident"], Form()],
    subject: _Text,
    why: _Text,
    role: _Text = "",
    people: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Let only some see something."""
    desk.apply(lambda c: restrictions.restrict(c, kind, subject.strip(), role or None, people or [], desk.who, why))
    desk.say("accounts.restricted", subject=subject)
    return desk.redirect("/restrictions")


@router.post("/restrictions/lift")
def lift(desk: Reviewer, subject: _Text, why: _Text) -> Response:
    """Let everyone see something again."""
    desk.apply(lambda c: restrictions.lift(c, subject, desk.who, why))
    desk.say("accounts.lifted", subject=subject)
    return desk.redirect("/restrictions")
