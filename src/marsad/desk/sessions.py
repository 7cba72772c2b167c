"""Sessions: which browser a request comes from, who is signed in there, and the tokens that forms carry.

A browser has a random number in a cookie. The token of its forms is made from it with a secret of this process, so no other page
can know it. Who is signed in is held in this process by the hash of the number and nowhere on a disk: a restart of the desk ends all
sessions. At each signing in and out the browser gets another number, so that nobody can give it one that he knows.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Session", "Sessions", "Tokens", "new_id"]


def new_id() -> str:
    """A number for a browser: 256 bits, for a cookie."""
    return secrets.token_urlsafe(32)


class Tokens:
    """Tokens of forms."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def token(self, session: str) -> str:
        """The token of a browser's forms."""
        return hmac.new(self._secret, session.encode("utf-8", "replace"), "sha256").hexdigest()

    def holds(self, session: str, told: str) -> bool:
        """Whether a token is that of a browser."""
        return bool(session) and hmac.compare_digest(self.token(session).encode(), told.encode("utf-8", "replace"))


@dataclass(slots=True)
class Session:
    """Someone who is signed in at a browser.

    Attributes:
        account: the number of the account.
        renewed: of the account, when it signed in; where the account has another now, the session is over.
        began, seen: when it signed in and when it last asked for something, in seconds of the clock.
        locked: whether the password is needed to go on.
    """

    account: int
    renewed: int
    began: float
    seen: float
    locked: bool = False


class Sessions:
    """All sessions of this desk. May be shared by threads.

    Args:
        idle: seconds without a request after which a session locks.
        longest: seconds after which a session ends.
        clock: tells seconds.
    """

    _EACH = 20

    def __init__(self, idle: float, longest: float = 12 * 3600.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.idle, self.longest, self.clock = idle, longest, clock
        self._held: dict[str, Session] = {}
        self._lock = threading.Lock()

    def begin(self, account: int, renewed: int) -> str:
        """Sign an account in; returns the number for the cookie of the browser."""
        number, now = new_id(), self.clock()
        with self._lock:
            self._forget(now)
            own = sorted((s.seen, key) for key, s in self._held.items() if s.account == account)
            for _, key in own[: max(0, len(own) - self._EACH + 1)]:
                del self._held[key]
            self._held[_hash(number)] = Session(account, renewed, now, now)
        return number

    def find(self, number: str, *, touch: bool = True) -> Session | None:
        """Who is signed in at a browser; where it was idle for long, the session is locked now.

        Args:
            number: of the cookie.
            touch: whether this request counts as something that the person does.
        """
        if not number:
            return None
        now = self.clock()
        with self._lock:
            found = self._held.get(_hash(number))
            if found is None:
                return None
            if now - found.began > self.longest:
                del self._held[_hash(number)]
                return None
            if now - found.seen > self.idle:
                found.locked = True
            if touch and not found.locked:
                found.seen = now
            return found

    def lock(self, number: str) -> None:
        """Lock the session of a browser."""
        with self._lock:
            if (found := self._held.get(_hash(number))) is not None:
                found.locked = True

    def unlock(self, number: str) -> str:
        """Go on with a locked session, under another number, which is returned; empty where there is none."""
        with self._lock:
            found = self._held.pop(_hash(number), None)
            if found is None:
                return ""
            fresh = new_id()
            found.locked, found.seen = False, self.clock()
            self._held[_hash(fresh)] = found
            return fresh

    def renew(self, number: str, renewed: int) -> str:
        """Let a session go on after its account ended all others; returns its other number."""
        with self._lock:
            found = self._held.pop(_hash(number), None)
            if found is None:
                return ""
            found.renewed = renewed
            fresh = new_id()
            self._held[_hash(fresh)] = found
            return fresh

    def end(self, number: str) -> None:
        """Sign out at a browser."""
        with self._lock:
            self._held.pop(_hash(number), None)

    def _forget(self, now: float) -> None:
        for key in [key for key, s in self._held.items() if now - s.began > self.longest]:
            del self._held[key]


def _hash(number: str) -> str:
    return hashlib.sha256(number.encode("utf-8", "replace")).hexdigest()
