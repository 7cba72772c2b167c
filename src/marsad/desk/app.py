"""App: the application of the desk, put together from the screens."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from marsad.desk import assets, screens
from marsad.desk.context import Desk
from marsad.desk.errors import InvalidError, SignInError, WaitError, key_of, message_of, status_of
from marsad.desk.files import BuiltFiles
from marsad.desk.invalid import why_invalid
from marsad.desk.security import Guard, TooLargeError
from marsad.desk.settings import Settings
from marsad.desk.state import State
from marsad.errors import MarsadError

__all__ = ["create_app"]

_log = logging.getLogger(__name__)


def create_app(settings: Settings) -> FastAPI:
    """The application.

    Args:
        settings: what it is started with.

    Raises:
        RegisterError: there is no register, or it cannot be opened.
    """
    state = State(settings)

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        yield
        state.close()

    app = FastAPI(title="Marsad", lifespan=living, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.desk = state
    if assets.built():
        app.mount("/static", BuiltFiles(assets.folder()), name="static")
    for module in screens.modules():
        app.include_router(module.router)
    app.add_exception_handler(MarsadError, _told)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told)
    app.add_middleware(Guard, settings=settings, limits=screens.body_limits(), known=_known, said=_said, fault=_told)
    return app


def _told(request: Request, error: Exception) -> Response:
    """An error as a page that says what happened and what to do, or as JSON."""
    desk = getattr(request.state, "desk", None) or _visitor(request)
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, WaitError) else {}
    if isinstance(error, SignInError) and not desk.wants_json:
        # After signing in one comes back to what was asked for; what was sent is not sent again.
        url = request.url
        came = f"?{urlencode({'back': url.path + (f'?{url.query}' if url.query else '')})}" if request.method == "GET" else ""
        return desk.redirect(error.address + (came if url.path != "/" else ""))
    if isinstance(error, RequestValidationError):
        error = InvalidError(why_invalid(error.errors()))
    if isinstance(error, MarsadError):
        status, message = status_of(error), message_of(error, desk.language, isolated=not desk.wants_json)
    elif isinstance(error, TooLargeError):
        status, message = 413, desk.t("base.too_large", limit=f"{error.limit:,}")
    elif isinstance(error, HTTPException):
        told = {400: "base.unreadable", 404: "base.missing", 405: "base.method"}.get(error.status_code)
        status, message = error.status_code, desk.t(told, said=error.detail) if told else str(error.detail)
    else:
        status, message = 500, desk.t("base.fault")
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if desk.wants_json:
        answer = desk.json({"error": {"status": status, "message": message} | key_of(error)}, status)
    else:
        answer = desk.page("error.html", {"status": status, "message": message}, status=status)
    answer.headers.update(headers)
    return answer


def _said(request: Request, key: str, **values: Any) -> str:
    """A text of the interface in the language of who asks, for answers that are no page."""
    return Desk(request).t(key, **values)


def _known(request: Request) -> bool:
    """Whether somebody who may work here asks."""
    return bool(_visitor(request).role)


def _visitor(request: Request) -> Desk:
    """Who asked for a page that is not there, as far as can be told."""
    desk = Desk(request)
    try:
        desk.identify()
    except MarsadError:
        _log.exception("who asks could not be told")
    return desk
