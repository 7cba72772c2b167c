"""Sessions: signing in and out, and the lock of a screen that one leaves."""

from __future__ import annotations

from math import ceil
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from starlette.responses import Response

from marsad.desk import passwords
from marsad.desk.context import Anyone, Desk, Reader, is_local
from marsad.desk.errors import ForbiddenError, SignInError, WaitError
from marsad.register import accounts, audit, tokens
from marsad.register.accounts import Account

router = APIRouter()
_Text = Annotated[str, Form(max_length=300)]
_Back = Annotated[str, Query(max_length=2000)]


@router.get("/sign-in")
def sign_in_page(desk: Anyone, back: _Back = "") -> Response:
    """The form to sign in with."""
    if desk.role:
        return desk.redirect(back if is_local(back) else "/")
    return desk.page("session/sign_in.html", _form(desk, back))


@router.post("/sign-in")
def sign_in(desk: Anyone, name: _Text, password: _Text) -> Response:
    """Sign in with a password."""
    account = _checked(desk, name, password)
    if account is None:
        return desk.page("session/sign_in.html", _form(desk, str(desk.form.get("back", ""))), status=401)
    desk.enter(account, None)
    answer = desk.back("/")
    desk.begin(answer, account)
    _log(desk, "sign-in", account.name, account.name)
    return answer


@router.post("/sign-out")
def sign_out(desk: Anyone) -> Response:
    """Sign out at this browser."""
    if desk.account is not None:
        _log(desk, "sign-out", desk.account.name, desk.account.name)
    desk.state.sessions.end(desk.session)
    answer = desk.redirect("/sign-in" if desk.shared else "/")
    answer.delete_cookie(desk.state.cookie("session"), path="/")
    # Nothing of what was read stays in the browser.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@router.post("/lock")
def lock(desk: Anyone) -> Response:
    """Lock the screen: nothing is shown until the password is given."""
    desk.state.sessions.lock(desk.session)
    return desk.redirect("/locked")


@router.get("/locked")
def locked(desk: Anyone, back: _Back = "") -> Response:
    """The form to unlock with."""
    if desk.signed_in is None or not desk.signed_in.locked:
        return desk.redirect(back if is_local(back) else "/")
    return desk.page("session/locked.html", _form(desk, back))


@router.post("/unlock")
def unlock(desk: Anyone, password: _Text) -> Response:
    """Go on where one left, with the password of the same account."""
    if desk.account is None or desk.signed_in is None:
        raise SignInError(desk.t("base.sign_in"), "/sign-in")
    if _checked(desk, desk.account.name, password, "session.wrong_own") is None:
        return desk.page("session/locked.html", _form(desk, str(desk.form.get("back", ""))), status=401)
    answer = desk.back("/")
    desk.set_cookie(answer, "session", desk.state.sessions.unlock(desk.session))
    return answer


@router.get("/me")
def me(desk: Reader) -> Response:
    """One's own account."""
    return _me(desk)


@router.post("/me/tokens")
def make_token(desk: Reader, name: _Text, role: _Text, days: Annotated[int, Form(ge=1, le=tokens.LONGEST)] = 90) -> Response:
    """Make a token for a program; it is shown once."""
    owner = _own(desk)
    _, told = desk.apply(lambda c: tokens.make(c, owner, name, role, days, desk.who))
    return _me(desk, told)


@router.post("/me/tokens/{number}/revoke")
def revoke_token(desk: Reader, number: Annotated[int, Path(ge=1, lt=2**31)]) -> Response:
    """Let a token serve no more."""
    owner = _own(desk)
    desk.apply(lambda c: tokens.revoke(c, number, owner, desk.who))
    return desk.redirect("/me")


@router.get("/me/password")
def password_page(desk: Reader) -> Response:
    """The form for another password."""
    return desk.page("session/password.html", {"must": bool(desk.account and desk.account.must_change), "least": passwords.LEAST})


@router.post("/me/password")
def change_password(desk: Reader, password: _Text, fresh: _Text, again: _Text) -> Response:
    """Change one's own password; all other sessions of the account end."""
    if _own(desk) is None or desk.account is None:
        return desk.redirect("/")
    account = _checked(desk, desk.account.name, password, "session.wrong_own")
    if account is None:
        return desk.redirect("/me/password")
    number, name = account.id, account.name
    if fresh != again:
        desk.say("session.differ", kind="error")
        return desk.redirect("/me/password")
    passwords.check(fresh, name)
    stored = passwords.hashed(fresh)
    account = desk.apply(lambda c: accounts.set_password(c, number, stored, name))
    desk.say("session.changed")
    answer = desk.redirect("/me")
    desk.set_cookie(answer, "session", desk.state.sessions.renew(desk.session, account.renewed))
    return answer


@router.post("/me/sign-out-everywhere")
def sign_out_everywhere(desk: Reader) -> Response:
    """End all sessions of one's own account, this one too."""
    number, who = _own(desk), desk.who
    if number is not None:
        desk.apply(lambda c: accounts.end_sessions(c, number, who))
    return sign_out(desk)


def _form(desk: Desk, back: str) -> dict[str, object]:
    has_password = desk.account is not None and desk.account.password is not None
    return {"back": back, "name": desk.who, "has_password": has_password, "provider": desk.state.provider}


def _own(desk: Desk) -> int | None:
    """The number of one's own account.

    Raises:
        ForbiddenError: a program asks, which must not make itself or others more.
    """
    if desk.program is not None:
        raise ForbiddenError(desk.t("session.no_program"))
    return desk.account.id if desk.account else None


def _me(desk: Desk, told: str = "") -> Response:
    owner = desk.account.id if desk.account else None
    with desk.snapshot() as connection:
        found = tokens.tokens(connection, owner)
    data = {
        "account": desk.account.to_dict() if desk.account else None,
        "role": desk.role,
        "tokens": [token.to_dict() for token in found],
        "roles": [role for role in tokens.TOKEN_ROLES if desk.can(role)],
        "longest": tokens.LONGEST,
    }
    return desk.page("session/me.html", data, secret={"told": told})


def _checked(desk: Desk, name: str, password: str, wrong: str = "session.wrong") -> Account | None:
    """The account of a name and password; None where it is none, which is said to the person, but not which of both was wrong.

    Args:
        desk: the request.
        name, password: as told.
        wrong: the key of what is said; another one where the name is not the person's to tell.

    Raises:
        WaitError: too often it was none.
    """
    state, key = desk.state, f"{name.strip().casefold()[:120]}"
    address = desk.request.client.host if desk.request.client else ""
    if wait := max(state.attempts.wait(key), state.visits.wait(address)):
        raise WaitError(desk.t("session.wait", seconds=ceil(wait)), ceil(wait))
    with state.register.snapshot() as connection:
        account = accounts.named(connection, name)
    good = passwords.holds(account.password if account else None, password)
    if account is None or account.disabled is not None or not good:
        state.attempts.failed(key)
        state.visits.failed(address)
        _log(desk, "sign-in refused", account.name if account else "", "nobody")
        desk.say(wrong, kind="error")
        return None
    state.attempts.succeeded(key)
    return account


def _log(desk: Desk, action: str, subject: str, who: str) -> None:
    desk.state.register.apply(lambda c: audit.append(c, [audit.Event(action, subject)], who, ""))
