"""Security: what holds for every request before a page sees it, and for every answer.

Only known host names are answered, so that a page elsewhere whose name is made to point here cannot talk to the desk. What changes
something must come from a page of the desk. Bodies have a limit. Answers say that nothing from elsewhere may run in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marsad.desk.settings import Settings

__all__ = ["POLICY", "SAFE", "Guard", "TooLargeError"]

SAFE = ("GET", "HEAD", "OPTIONS")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), autoplay=()",
}
# Reports and names must not stay in caches; what depends on who asks and how is told.
_PRIVATE = {"cache-control": "no-store", "vary": "Accept, Accept-Language, Cookie, HX-Request"}


class TooLargeError(HTTPException):
    """A body goes on beyond its limit, in bytes, whatever length it was said to have."""

    def __init__(self, limit: int) -> None:
        super().__init__(413)
        self.limit = limit


class Guard:
    """The outermost layer of the application.

    Args:
        app: what it guards.
        settings: of the desk.
        limits: bytes that a body may have, by the beginning of the address.
        known: whether somebody who is signed in asks; others may not send more than is usual.
        said: a text of the interface, by its key, in the language of who asks.
        fault: makes the answer where a page fails by a fault of ours.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        limits: Mapping[str, int],
        known: Callable[[Request], bool],
        said: Callable[..., str],
        fault: Callable[[Request, Exception], Response],
    ) -> None:
        self.app = app
        self.settings = settings
        self.known = known
        self.said = said
        self.fault = fault
        self.limits = sorted(limits.items(), key=lambda item: -len(item[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        if scope["method"] in SAFE:
            scope = {**scope, "query_string": _filled(scope["query_string"])}
        headers = Headers(scope=scope)
        limit = await self._limit(scope)
        refusal = self._refusal(scope, headers, limit)
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._seal(scope["path"], MutableHeaders(scope=message))
            await send(message)

        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        seen = 0

        async def receiving() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > limit:
                    raise TooLargeError(limit)
            return message

        try:
            await self.app(scope, receiving, sending)
        except Exception as error:
            if started:
                raise
            answer = await run_in_threadpool(self.fault, Request(scope), error)
            await answer(scope, receive, sending)

    def _refusal(self, scope: Scope, headers: Headers, limit: int) -> PlainTextResponse | None:
        """The answer to a request that no page may see, or None."""
        host = headers.get("host", "")
        if _name(host) not in self.settings.names:
            return PlainTextResponse(self.said(Request(scope), "base.host") + "\n", 421)
        if scope["method"] not in SAFE and not _own(headers, host):
            return PlainTextResponse(self.said(Request(scope), "base.foreign") + "\n", 403)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > limit:
            return PlainTextResponse(self.said(Request(scope), "base.too_large", limit=f"{limit:,}") + "\n", 413)
        return None

    async def _limit(self, scope: Scope) -> int:
        """Bytes that the body of a request may have."""
        usual = self.settings.body_limit
        limit = next((limit for start, limit in self.limits if scope["path"].startswith(start)), usual)
        if limit <= usual or scope["method"] in SAFE or await run_in_threadpool(self.known, Request(scope)):
            return limit
        return usual

    def _seal(self, path: str, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if not path.startswith("/static/"):
            for name, value in _PRIVATE.items():
                headers.setdefault(name, value)
        if self.settings.https:
            headers.setdefault("strict-transport-security", "max-age=31536000")


def _filled(query: bytes) -> bytes:
    """A query without what is left empty: a form sends the fields too that nobody filled in, and they mean what a missing one means."""
    return b"&".join(part for part in query.split(b"&") if not part.endswith(b"=") or b"=" in part[:-1])


def _name(host: str) -> str:
    """The name in a ``Host`` header, without the port."""
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _own(headers: Headers, host: str) -> bool:
    """Whether a request that changes something can come from a page of this desk.

    Browsers tell the origin; other programs tell neither and need a token all the same.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()
