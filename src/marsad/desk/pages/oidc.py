"""OIDC: signing in at the team's identity provider, where the desk was told of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from marsad.desk.context import Anyone, is_local
from marsad.desk.errors import ForbiddenError, MissingError
from marsad.register import accounts, audit

router = APIRouter()
_Word = Annotated[str, Query(max_length=4000)]


@router.get("/oidc/begin")
def begin(desk: Anyone, back: _Word = "") -> Response:
    """On to the provider."""
    client = desk.state.oidc
    if client is None:
        raise MissingError(desk.t("base.missing"))
    url = desk.request.url
    redirect = f"{'https' if desk.state.settings.https else 'http'}://{url.netloc}/oidc/callback"
    begun = client.begin(redirect, back if is_local(back) else "/")
    answer = Response(status_code=303, headers={"Location": begun.address})
    # The provider's page sends the browser back, which a strict cookie would not survive.
    desk.set_cookie(answer, "oidc", begun.binding, age=600, lax=True)
    return answer


@router.get("/oidc/callback")
def callback(desk: Anyone, state: _Word = "", code: _Word = "", error: _Word = "") -> Response:
    """Back from the provider."""
    client = desk.state.oidc
    if client is None:
        raise MissingError(desk.t("base.missing"))
    if error or not code:
        raise ForbiddenError(desk.t("session.provider_refused", error=error[:200] or "-"))
    person = client.finish(desk.request.cookies.get(desk.state.cookie("oidc"), ""), state, code)
    account = desk.state.register.apply(lambda c: accounts.bind(c, person.told, person.identity))
    if account is None or account.disabled is not None:
        subject = account.name if account else ""
        desk.state.register.apply(lambda c: audit.append(c, [audit.Event("sign-in refused", subject)], "nobody", "provider"))
        raise ForbiddenError(desk.t("session.no_account", name=person.told or person.identity))
    desk.state.register.apply(lambda c: audit.append(c, [audit.Event("sign-in", account.name)], account.name, "provider"))
    # A page of the desk leads on, so that its strict cookies are sent again.
    answer = desk.page("session/arrived.html", {"to": person.back})
    desk.begin(answer, account)
    answer.delete_cookie(desk.state.cookie("oidc"), path="/")
    return answer
