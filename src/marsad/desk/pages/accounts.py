"""Accounts: who may work at the desk and as what, for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path
from starlette.responses import Response

from marsad.desk import passwords
from marsad.desk.context import Admin, Desk
from marsad.desk.screens import Screen
from marsad.register import accounts
from marsad.register.accounts import ROLES, Account

router = APIRouter()
SCREEN = Screen("accounts", "/accounts", 95, "admin")
_Text = Annotated[str, Form(max_length=300)]
_Number = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/accounts")
def listing(desk: Admin) -> Response:
    """All accounts, and the form for another."""
    return _page(desk)


@router.post("/accounts")
def create(desk: Admin, name: _Text, role: _Text, identity: _Text = "", why: _Text = "") -> Response:
    """Make an account with a password that is shown once and must be changed."""
    password = passwords.invented()
    stored = passwords.hashed(password)
    first = desk.account is None
    # Who makes the first account knows no other password, so that it need not be changed; from now on one must sign in.
    made = desk.apply(
        lambda c: accounts.create(c, name, role, stored, desk.who, why, identity=identity or None, must_change=not first)
    )
    if first:
        desk.shared = True
        desk.enter(made, None)
    answer = _page(desk, made, password)
    if first:
        desk.begin(answer, made)
    return answer


@router.post("/accounts/{number}/role")
def role(desk: Admin, number: _Number, to: _Text, why: _Text = "") -> Response:
    """Change what an account may do."""
    changed = desk.apply(lambda c: accounts.set_role(c, number, to, desk.who, why))
    desk.say("accounts.changed", name=changed.name)
    return desk.redirect("/accounts")


@router.post("/accounts/{number}/disable")
def disable(desk: Admin, number: _Number, why: _Text = "") -> Response:
    """Let an account sign in no more."""
    changed = desk.apply(lambda c: accounts.disable(c, number, desk.who, why))
    desk.say("accounts.disabled", name=changed.name)
    return desk.redirect("/accounts")


@router.post("/accounts/{number}/enable")
def enable(desk: Admin, number: _Number, why: _Text = "") -> Response:
    """Let an account sign in again."""
    changed = desk.apply(lambda c: accounts.enable(c, number, desk.who, why))
    desk.say("accounts.changed", name=changed.name)
    return desk.redirect("/accounts")


@router.post("/accounts/{number}/password")
def password(desk: Admin, number: _Number, why: _Text = "") -> Response:
    """Give an account another password, shown once, that must be changed; its sessions end."""
    told = passwords.invented()
    stored = passwords.hashed(told)
    changed = desk.apply(lambda c: accounts.set_password(c, number, stored, desk.who, why, must_change=True))
    return _page(desk, changed, told)


def _page(desk: Desk, given: Account | None = None, password: str = "") -> Response:
    with desk.snapshot() as connection:
        found = accounts.accounts(connection)
    data = {
        "accounts": [account.to_dict() for account in found],
        "roles": ROLES,
        "own": desk.account.id if desk.account else None,
        "given": given.name if given else None,
    }
    return desk.page("accounts/list.html", data, secret={"password": password})
