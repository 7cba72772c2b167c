"""Fetching: pages from the net, politely: robots.txt is heeded, each host is given time, and time, size and redirects are bounded."""

from __future__ import annotations

import logging
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import connection as sockets

from marsad.intake.addresses import checked_url, public_addresses
from marsad.intake.results import Refused, named_version
from marsad.lexicon.reasons import refusal

__all__ = ["Fetched", "Fetcher", "Manners"]

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_MOST_REDIRECTS = 5
_ROBOTS_BYTES = 500_000
_ROBOTS_AGE = 86_400.0
_CHUNK = 1 << 16
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_KINDS = re.compile(r"text/|application/(?:xhtml|xml|rss|atom|rdf|json|ld\+json|pdf|octet-stream|x-ndjson)|.*\+xml$")
_KEPT_HEADERS = ("Content-Type", "Date", "ETag", "Last-Modified", "Server")
_LONGEST_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class Manners:
    """How pages are asked for.

    Attributes:
        pause: seconds between two requests to a host, at least.
        timeout: seconds to wait for a connection, and between two pieces of an answer.
        whole: seconds that a whole answer may take.
        largest: bytes that an answer may have, unpacked.
        robots: whether robots.txt is heeded.
        local: whether this machine and its network may be asked; for tests and for archives of one's own.
    """

    pause: float = 2.0
    timeout: float = 20.0
    whole: float = 90.0
    largest: int = 16_000_000
    robots: bool = True
    local: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer.

    Attributes:
        address: as asked for.
        final: where redirects led.
        body: its bytes, unpacked.
        media_type, charset: as the server told.
        when: time of the answer, UTC.
        detail: status, redirects, headers and how we named ourselves, for provenance.
    """

    address: str
    final: str
    body: bytes
    media_type: str
    charset: str | None
    when: datetime
    detail: dict[str, Any]


@dataclass(slots=True)
class Fetcher:
    """Fetches pages one after the other.

    Args:
        manners: how.
        clock: seconds, for pauses.
        sleep: waits so many seconds.
    """

    manners: Manners = field(default_factory=Manners)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _manager: urllib3.PoolManager = field(init=False)
    _links: list[HTTPConnection] = field(init=False, default_factory=list)
    _robots: dict[str, tuple[float, RobotFileParser | None]] = field(init=False, default_factory=dict)
    _next: dict[str, float] = field(init=False, default_factory=dict)
    _validators: dict[str, dict[str, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._manager = _manager(self._links, self.manners.local)

    @property
    def name(self) -> str:
        """How we call ourselves."""
        return named_version("marsad").replace(" ", "/")

    def fetch(self, address: str, *, again: bool = False) -> Fetched | None:
        """The page at an address.

        Args:
            address: http or https.
            again: ask only for what changed since this fetcher got it; None where nothing did.

        Raises:
            Refused: it may not be fetched, is not there, or is beyond the bounds; the message says which.
        """
        # Where this fails, the next time asks for all.
        validators = self._validators.pop(address, {}) if again else {}
        at, hops = address, [checked_url(address, local=self.manners.local)]
        while True:
            at = hops[-1]
            if self.manners.robots:
                self._heed_robots(at)
            with self._answer(at, validators) as answer:
                if answer.status == 304 and validators:
                    self._validators[address] = validators
                    return None
                if answer.status in _REDIRECTS and answer.headers.get("Location"):
                    hops.append(self._redirected(at, str(answer.headers["Location"]), hops))
                    continue
                if answer.status != 200:
                    wait = answer.headers.get("Retry-After", "")
                    if wait.isdecimal():
                        raise Refused(refusal("intake:server.status.wait", status=answer.status, seconds=wait))
                    raise Refused(refusal("intake:server.status", status=answer.status))
                told_type = str(answer.headers.get("Content-Type") or "text/html")
                kind = told_type.partition(";")[0].strip().lower()
                if not _KINDS.match(kind):
                    raise Refused(refusal("intake:server.kind", kind=kind[:60]))
                body = self._body(answer, self.manners.largest)
            self._validators[address] = {
                ask: str(answer.headers[name])
                for ask, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
                if answer.headers.get(name)
            }
            charset = _CHARSET.search(told_type)
            detail: dict[str, Any] = {"named": self.name, "status": answer.status}
            detail["headers"] = {n: str(answer.headers[n])[:300] for n in _KEPT_HEADERS if answer.headers.get(n)}
            if len(hops) > 1:
                detail["redirects"] = hops
            return Fetched(address, at, body, kind, charset.group(1) if charset else None, datetime.now(UTC), detail)

    def _redirected(self, at: str, target: str, hops: list[str]) -> str:
        # Non-ASCII letters in a Location header arrive as Latin-1.
        try:
            target = target.encode("latin-1").decode("utf-8")
        except UnicodeError:
            pass
        target = checked_url(urljoin(at, target.strip()), local=self.manners.local)
        if target in hops:
            raise Refused(refusal("intake:redirects.circle"))
        if len(hops) > _MOST_REDIRECTS:
            raise Refused(refusal("intake:redirects.many", most=_MOST_REDIRECTS))
        return target

    def _heed_robots(self, address: str) -> None:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._robots.get(site)
        if known is None or known[0] + _ROBOTS_AGE < self.clock():
            known = self._robots[site] = (self.clock(), self._rules(site))
        rules = known[1]
        if rules is not None and not rules.can_fetch(self.name, address):
            raise Refused(refusal("intake:robots"))

    def _rules(self, site: str) -> RobotFileParser | None:
        """The robots.txt of a site, or None where there is none; see RFC 9309, also for what errors mean."""
        rules = RobotFileParser()
        at, hops = f"{site}/robots.txt", [f"{site}/robots.txt"]
        while True:
            with self._answer(at, {}) as answer:
                if answer.status in _REDIRECTS and answer.headers.get("Location"):
                    at = self._redirected(at, str(answer.headers["Location"]), hops)
                    hops.append(at)
                    continue
                if answer.status >= 500 or answer.status == 429:
                    raise Refused(refusal("intake:robots.unread", status=answer.status))
                if answer.status != 200:
                    return None
                body = self._body(answer, _ROBOTS_BYTES, cut=True)
            rules.parse(body.decode("utf-8", "replace").splitlines())
            return rules

    @contextmanager
    def _answer(self, address: str, headers: dict[str, str]) -> Iterator[urllib3.BaseHTTPResponse]:
        self._wait(address)
        asked = {
            "User-Agent": self.name,
            "Accept-Encoding": "gzip, deflate",
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
            **headers,
        }
        timeout = urllib3.Timeout(connect=self.manners.timeout, read=self.manners.timeout)
        late = threading.Event()
        # Beyond the bounds of each wait there is one for all: heads of answers can drip too.
        watch = threading.Timer(self.manners.whole + self.manners.timeout, _hang_up, (self._links, late))
        watch.daemon = True
        watch.start()
        try:
            answer = self._manager.request(
                "GET", address, headers=asked, preload_content=False, redirect=False, retries=False, timeout=timeout
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            watch.cancel()
            raise Refused(_plainly(error)) from error
        except BaseException:
            watch.cancel()
            raise
        try:
            # What broke off may look like a short head without a body.
            if not late.is_set():
                yield answer
            if late.is_set():
                raise Refused(refusal("intake:server.slow", seconds=f"{self.manners.whole:.0f}"))
        finally:
            watch.cancel()
            # What was not read is not waited for.
            answer.close()

    def _body(self, answer: urllib3.BaseHTTPResponse, most: int, *, cut: bool = False) -> bytes:
        told = answer.headers.get("Content-Length", "")
        if told.isdecimal() and int(told) > most and not cut:
            raise Refused(refusal("intake:large.told", most=f"{most // 1_000_000:,}", size=f"{int(told) // 1_000_000:,}"))
        # Pieces are taken as they arrive, since a server that sends a byte from time to time must not hold us for long.
        unpacked = _Unpacked(str(answer.headers.get("Content-Encoding") or ""))
        parts: list[bytes] = []
        left, begun = most, self.clock()
        try:
            while piece := answer.read1(_CHUNK, decode_content=False):
                for part in unpacked.of(piece, left + 1):
                    parts.append(part)
                    left -= len(part)
                    if left < 0 and cut:
                        return b"".join(parts)[:most]
                    if left < 0:
                        raise Refused(refusal("intake:large", most=f"{most // 1_000_000:,}"))
                if self.clock() - begun > self.manners.whole:
                    raise Refused(refusal("intake:server.slow", seconds=f"{self.manners.whole:.0f}"))
        except (urllib3.exceptions.HTTPError, OSError, zlib.error, HTTPException) as error:
            raise Refused(_plainly(error)) from error
        return b"".join(parts)

    def _wait(self, address: str) -> None:
        """Wait until a host may be asked again; longer where its robots.txt asks for that."""
        parts = urlsplit(address)
        _, rules = self._robots.get(f"{parts.scheme}://{parts.netloc}", (0.0, None))
        asked = rules.crawl_delay(self.name) if rules is not None else None
        pause = max(self.manners.pause, min(float(asked or 0), _LONGEST_DELAY))
        host = (parts.hostname or "").lower()
        if (left := self._next.get(host, 0.0) - self.clock()) > 0:
            self.sleep(left)
        self._next[host] = self.clock() + pause


class _Unpacked:
    """What pieces of a body become when unpacked, never more at once than is asked for.

    Args:
        coding: the Content-Encoding of the answer.

    Raises:
        Refused: a coding that we did not ask for.
    """

    def __init__(self, coding: str) -> None:
        coding = coding.strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Refused(refusal("intake:server.packed", coding=coding[:30]))
        # Either of the two forms; of a third, deflate without a head, no server that is asked for gzip makes use.
        self._inflate = zlib.decompressobj(wbits=47) if coding not in ("", "identity") else None

    def of(self, piece: bytes, most: int) -> Iterator[bytes]:
        """The parts of a piece, each of at most ``most`` bytes, all of them if the caller goes on."""
        if self._inflate is None:
            yield piece
            return
        while piece:
            yield self._inflate.decompress(piece, most)
            piece = self._inflate.unconsumed_tail


def _plainly(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError):
        return refusal("intake:server.silent")
    said = " ".join(str(error).split())
    if isinstance(error, urllib3.exceptions.SSLError) or "CERTIFICATE_VERIFY" in said:
        return refusal("intake:server.certificate", said=said[-120:])
    if isinstance(error, zlib.error):
        return refusal("intake:server.damaged")
    return refusal("intake:server.fault", said=said[-150:])


def _hang_up(links: list[HTTPConnection], late: threading.Event) -> None:
    """Break the connection that is open; whoever waits for it gets an error, or an end that comes early."""
    late.set()
    for link in links:
        try:
            if link.sock is not None:
                link.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue


def _manager(links: list[HTTPConnection], local: bool) -> urllib3.PoolManager:
    """Connections that go only to addresses which were checked: the name is looked up once, and what was found is what is asked.

    Args:
        links: holds the connection that was made last.
        local: as for :func:`public_addresses`.
    """

    def connected(link: HTTPConnection) -> socket.socket:
        links[:] = [link]
        port = int(link.port or 80)
        last: OSError | None = None
        for address in public_addresses(link.host, port, local=local):
            try:
                return sockets.create_connection((address, port), link.timeout, socket_options=link.socket_options)
            except OSError as error:
                last = error
        raise last or OSError("no address")

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connected(self)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connected(self)

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    # It logs what is said in our messages.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    manager = urllib3.PoolManager(num_pools=20, maxsize=1)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager
