"""Context: what a page is given with each request, and what makes its answers.

A page names the least role that it needs by the type of its first parameter: ``Anyone``, ``Reader``, ``Analyst``, ``Reviewer`` or
``Admin``. What changes something is let through only with the token of the browser's forms. What the person may not see is not there
for the page (``marsad.register.hiding``), and an address or form that names it is answered as if it were not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from fastapi import Depends, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from marsad.desk import words
from marsad.desk.errors import ForbiddenError, MissingError, SignInError, StaleError, WaitError
from marsad.desk.security import SAFE
from marsad.desk.sessions import Session
from marsad.desk.state import State
from marsad.documents.published import iso_day
from marsad.errors import InputError
from marsad.gazetteer.gazetteer import Gazetteer
from marsad.register import accounts, restrictions, tokens
from marsad.register.accounts import ROLES, Account
from marsad.register.hiding import without
from marsad.register.restrictions import NOTHING, Hidden
from marsad.register.store import Register
from marsad.register.tokens import Token

__all__ = ["ROLES", "Admin", "Analyst", "Anyone", "Desk", "Needs", "Reader", "Reviewer"]

# Where one may go with a session that is locked, or with a password that must be changed first.
ALWAYS = ("/sign-in", "/sign-out", "/locked", "/lock", "/unlock", "/me/password", "/preferences/", "/oidc/")
_MONTH = 30 * 24 * 3600
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_T = TypeVar("_T")


class Desk:
    """One request at the desk.

    Attributes:
        request: as it came.
        form: the fields that were sent; empty where none were.
        account: of the person who is signed in; None at a desk without accounts, and for nobody.
        signed_in: the session of the person, or None.
        role: of the person; empty for nobody.
        who: of the person, as the log shall name them.
        hidden: what the person may not see.
        shared: whether the register has accounts, so that one must sign in.
        program: the token that a program showed, or None.
    """

    def __init__(self, request: Request, form: FormData | None = None) -> None:
        self.request = request
        self.form = form if form is not None else FormData()
        self.state: State = request.app.state.desk
        self.account: Account | None = None
        self.signed_in: Session | None = None
        self.role = ""
        self.who = ""
        self.hidden: Hidden = NOTHING
        self.shared = True
        self.program: Token | None = None
        self._flashes: list[dict[str, str]] = []

    def identify(self) -> None:
        """Find out who asks, and what they may not see."""
        shown = self.bearer
        signed_in = None if shown else self.state.sessions.find(self.session)
        with self.state.register.snapshot() as connection:
            self.shared = accounts.there_are(connection)
            if shown:
                self._identify_program(connection, shown)
                return
            if not self.shared:
                self.role, self.who = "admin", self.state.who
                return
            if signed_in is None:
                return
            account = accounts.account(connection, signed_in.account)
            if account is None or account.disabled is not None or account.renewed != signed_in.renewed:
                self.state.sessions.end(self.session)
                return
            self.enter(account, signed_in)
            self.hidden = restrictions.hidden(connection, self.who, self.role)

    @property
    def bearer(self) -> str:
        """What a program shows; the empty string where a browser asks."""
        kind, _, told = self.request.headers.get("authorization", "").partition(" ")
        return told.strip() or "-" if kind.lower() == "bearer" else ""

    def _identify_program(self, connection: Connection, shown: str) -> None:
        found = tokens.find(connection, shown)
        if found is None or (found.account is None) is self.shared:
            return
        if seconds := self.state.rates.take(found.id):
            raise WaitError(self.t("base.wait", seconds=seconds), seconds)
        if found.account is None:
            self.program, self.role, self.who = found, found.role, self.state.who
            return
        account = accounts.account(connection, found.account)
        if account is not None and account.disabled is None:
            self.program, self.account, self.who = found, account, account.name
            # The lower of both, should the account have lost its role since.
            self.role = min(found.role, account.role, key=ROLES.index)
            self.hidden = restrictions.hidden(connection, self.who, self.role)

    def enter(self, account: Account, signed_in: Session | None) -> None:
        """Take this request as that of an account; one whose session is locked is nobody until it is unlocked."""
        self.account, self.signed_in, self.who = account, signed_in, account.name
        self.role = "" if signed_in is not None and signed_in.locked else account.role

    # The register

    @cached_property
    def register(self) -> Register:
        """The register, open for as long as the desk runs; what the person may not see is not in it for who reads."""
        return without(self.state.register, self.hidden)

    def snapshot(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state; do not open another within it."""
        return self.register.snapshot()

    def apply(self, work: Callable[[Connection], _T], touched: Iterable[str] = ()) -> _T:
        """Do work in one transaction under the writers' lock; the work logs itself.

        ``touched`` are the documents whose claims or signatures it changes.
        """
        return self.register.apply(work, touched)

    @property
    def gazetteer(self) -> Gazetteer:
        """The places that the reader knows, loaded when first asked for."""
        return self.state.gazetteer

    def land(self, code: str) -> str:
        """The name of a country (ISO 3166-1 alpha-2) in the language of the page; its code where it has none."""
        entry = self.gazetteer.country(code)
        return (entry and (entry.name if self.language == "ar" else entry.latin)) or code

    # The person

    def can(self, role: str) -> bool:
        """Whether the person has a role, or a higher one."""
        return accounts.at_least(self.role, role)

    @property
    def masks(self) -> bool:
        """Whether names of victims are masked on pages that several people may look at; so by default, and remembered."""
        return self.request.cookies.get(self.state.cookie("names"), "") != "shown"

    @cached_property
    def session(self) -> str:
        """The number of the browser; empty where it has none yet."""
        return self.request.cookies.get(self.state.cookie("session"), "")

    @cached_property
    def fresh_session(self) -> str:
        """The number of the browser, a new one where it has none; answers that hold a form set it."""
        return self.session or self.state.new_session()

    @property
    def token(self) -> str:
        """What forms carry in the field ``csrf``, and scripts in the header ``X-CSRF-Token``."""
        return self.state.tokens.token(self.fresh_session)

    @cached_property
    def language(self) -> str:
        """``ar`` or ``en``."""
        wish = self.request.cookies.get(self.state.cookie("language"), "")
        return words.chosen(wish, self.request.headers.get("accept-language", ""))

    def t(self, key: str, **values: Any) -> str:
        """A text of the interface in the language of the page."""
        return words.text(self.language, key, **values)

    def n(self, key: str, number: int, **values: Any) -> str:
        """A text of the interface for a number of things."""
        return words.phrase(self.language, key, number, **values)

    def day(self, told: str) -> str:
        """A day that was typed, in ISO form; empty where none was.

        Raises:
            InputError: there is no such day.
        """
        found = iso_day(told) if told else ""
        if found is None:
            raise InputError(self.t("base.no_day", day=told[:40]))
        return found

    # Answers

    @cached_property
    def wants_json(self) -> bool:
        """Whether the answer is to be JSON: ``?format=json``, an ``Accept`` that names JSON and not HTML, or a program that asks."""
        if self.bearer:
            return True
        told = self.request.query_params.get("format")
        accept = self.request.headers.get("accept", "")
        return told == "json" if told else "application/json" in accept and "text/html" not in accept

    @cached_property
    def is_htmx(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return self.request.headers.get("hx-request") == "true" and "hx-boosted" not in self.request.headers

    def page(
        self,
        template: str,
        data: Mapping[str, Any],
        *,
        part: str = "",
        status: int = 200,
        secret: Mapping[str, Any] | None = None,
    ) -> Response:
        """A page, or its data as JSON at the same address.

        Args:
            template: of the whole page.
            data: plain: what JSON can hold.
            part: the template of what htmx is given instead of the whole page, where it asks for a part.
            status: of HTTP.
            secret: what only the page shows.
        """
        if self.wants_json:
            return self.json(data, status)
        if part and self.is_htmx and self.request.headers.get("hx-request-type") != "full":
            return self.part(part, data, status=status)
        flashes = [*self.state.flashes(self.request.cookies.get(self.state.cookie("said"), "")), *self._flashes]
        html = self.state.render(template, self, {**data, **(secret or {}), "flashes": flashes})
        answer = HTMLResponse(html, status)
        if not self.session:
            self.set_cookie(answer, "session", self.fresh_session)
        if self.state.cookie("said") in self.request.cookies:
            answer.delete_cookie(self.state.cookie("said"), path="/")
        return answer

    def part(self, template: str, data: Mapping[str, Any], *, status: int = 200) -> Response:
        """A part of a page, for htmx."""
        return HTMLResponse(self.state.render(template, self, data), status)

    def json(self, data: Any, status: int = 200) -> Response:
        """Data as JSON."""
        return Response(json.dumps(data, ensure_ascii=False), status, media_type="application/json")

    def redirect(self, address: str, data: Mapping[str, Any] | None = None) -> Response:
        """On to another page after something was done.

        Args:
            address: at this desk.
            data: what who asks for JSON is told besides the address.
        """
        if self.wants_json:
            return self.json({"location": address, **(data or {})})
        if self.is_htmx:
            answer = Response(status_code=204, headers={"HX-Redirect": address})
        else:
            answer = Response(status_code=303, headers={"Location": address})
        if self._flashes:
            self.set_cookie(answer, "said", self.state.sealed(self._flashes), age=120)
        return answer

    def back(self, otherwise: str, data: Mapping[str, Any] | None = None) -> Response:
        """Back to the page that the form names in ``back``, or that it was sent from, or to another."""
        told = self.form.get("back")
        if isinstance(told, str) and is_local(told):
            return self.redirect(told, data)
        return self.redirect(self.came or otherwise, data)

    @property
    def came(self) -> str:
        """The address at this desk of the page that one comes from; empty where that is not told, or lies elsewhere."""
        told = urlsplit(self.request.headers.get("referer", ""))
        address = told.path + (f"?{told.query}" if told.query else "")
        return address if told.netloc and told.netloc == self.request.headers.get("host") and is_local(address) else ""

    def say(self, key: str, *, kind: str = "done", **values: Any) -> None:
        """Tell the person something at the top of the next page.

        Args:
            key: of the text.
            kind: ``done``, ``warning`` or ``error``.
            values: of its slots.
        """
        self._flashes.append({"kind": kind, "text": self.t(key, **values)})

    def begin(self, answer: Response, account: Account) -> None:
        """Sign an account in at this browser, under a number that nobody had before."""
        self.state.sessions.end(self.session)
        self.set_cookie(answer, "session", self.state.sessions.begin(account.id, account.renewed))

    def set_cookie(self, answer: Response, name: str, value: str, *, age: int | None = _MONTH * 12, lax: bool = False) -> None:
        """Set a cookie of this desk; scripts cannot read it and no other site makes browsers send it, but ``lax`` ones by a link."""
        secure = self.state.settings.https
        same: Literal["lax", "strict"] = "lax" if lax else "strict"
        answer.set_cookie(self.state.cookie(name), value, max_age=age, path="/", httponly=True, samesite=same, secure=secure)


def is_local(address: str) -> bool:
    """Whether an address is a path at this desk and leads nowhere else."""
    parts = urlsplit(address) if address.isprintable() else None
    return parts is not None and address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc


async def _form(request: Request) -> FormData | None:
    """The fields that were sent, if any."""
    if request.method in SAFE or not request.headers.get("content-type", "").startswith(_FORMS):
        return None
    return await request.form()


class Needs:
    """What a page depends on: a person with at least a role, a token where something is changed, and nothing hidden that is named.

    Args:
        role: the least role; empty where nobody need be signed in.
    """

    def __init__(self, role: str) -> None:
        self.role = role

    def __call__(self, request: Request, form: Annotated[FormData | None, Depends(_form)]) -> Desk:
        desk = Desk(request, form)
        request.state.desk = desk
        desk.identify()
        path = request.url.path
        if not path.startswith(ALWAYS):
            if desk.signed_in is not None and desk.signed_in.locked:
                raise SignInError(desk.t("base.locked"), "/locked")
            if desk.account is not None and desk.account.must_change and desk.program is None:
                raise SignInError(desk.t("base.must_change"), "/me/password")
        if self.role and not desk.role:
            raise SignInError(desk.t("base.sign_in"), "/sign-in")
        if self.role and not desk.can(self.role):
            raise ForbiddenError(desk.t("base.forbidden", role=desk.t(f"base.role.{self.role}")))
        # No other site can make a browser show a token; what shows one needs no token of forms.
        if request.method not in SAFE and desk.program is None:
            told = desk.form.get("csrf") or request.headers.get("x-csrf-token", "")
            if not isinstance(told, str) or not desk.state.tokens.holds(desk.session, told):
                raise StaleError(desk.t("base.stale"))
        if desk.hidden:
            # Several may be named in one value.
            named = [
                *request.path_params.values(),
                *(v for _, v in request.query_params.multi_items()),
                *(v for _, v in desk.form.multi_items()),
            ]
            if any(desk.hidden.has(word) for value in named if isinstance(value, str) for word in re.split(r"[\s,;|]+", value)):
                raise MissingError(desk.t("base.missing"))
        return desk


Anyone = Annotated[Desk, Depends(Needs(""))]
Reader = Annotated[Desk, Depends(Needs("reader"))]
Analyst = Annotated[Desk, Depends(Needs("analyst"))]
Reviewer = Annotated[Desk, Depends(Needs("reviewer"))]
Admin = Annotated[Desk, Depends(Needs("admin"))]
