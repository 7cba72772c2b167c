"""Passwords: their hashes (argon2id), what a password must be, and how often one may guess."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal

__all__ = ["LEAST", "MOST", "Attempts", "check", "hashed", "holds", "invented"]

LEAST, MOST = 12, 200
_hasher = PasswordHasher()
# Hashing takes 64 MiB each time; so many at once and no more.
_at_once = threading.BoundedSemaphore(2)
# The hash of nothing anybody knows: an account that is not there takes as long to refuse as a wrong password.
_nobody = _hasher.hash(secrets.token_hex(16))


def check(password: str, name: str = "") -> None:
    """Refuse a password that is easily guessed.

    Args:
        password: as given.
        name: of the account.

    Raises:
        InputError: it is too short or too long, is the name, or has too few different letters.
    """
    if not LEAST <= len(password) <= MOST:
        raise InputError(refusal("password.length", least=LEAST, most=MOST))
    if name and password.casefold().replace(" ", "") in (name.casefold().replace(" ", "") * 20)[:MOST]:
        raise InputError(refusal("password.name"))
    if len(set(password.casefold())) < 5:
        raise InputError(refusal("password.letters"))


def invented() -> str:
    """A password to be given to someone, who changes it: 80 bits, in groups that can be read out."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def hashed(password: str) -> str:
    """The hash of a password, with its salt and costs."""
    with _at_once:
        return _hasher.hash(password)


def holds(stored: str | None, password: str) -> bool:
    """Whether a password is that of a hash; takes as long where there is none."""
    with _at_once:
        try:
            return _hasher.verify(stored or _nobody, password[: MOST + 1]) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


class Attempts:
    """How often somebody may guess: after some failures one waits, twice as long each time.

    Args:
        free: failures without waiting.
        first, longest: seconds to wait after the first failure beyond, and at most.
        clock: tells seconds.
    """

    _KEPT = 10_000

    def __init__(
        self, free: int = 5, first: float = 15.0, longest: float = 900.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.free, self.first, self.longest, self.clock = free, first, longest, clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, *keys: str) -> float:
        """Seconds until one may try again; 0 for now. Keys are what failed before: the name, the address."""
        with self._lock:
            return max((self._wait(key) for key in keys), default=0.0)

    def _wait(self, key: str) -> float:
        failures, last = self._failed.get(key, (0, 0.0))
        if failures < self.free:
            return 0.0
        pause = min(self.longest, self.first * 2.0 ** min(failures - self.free, 30))
        return max(0.0, last + pause - self.clock())

    def failed(self, *keys: str) -> None:
        """Take down a failure."""
        with self._lock:
            for key in keys:
                failures, last = self._failed.get(key, (0, 0.0))
                # What lies long back is forgiven.
                failures = 0 if self.clock() - last > 2 * self.longest else failures
                self._failed[key] = (failures + 1, self.clock())
                self._failed.move_to_end(key)
            while len(self._failed) > self._KEPT:
                self._failed.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures of a name."""
        with self._lock:
            self._failed.pop(key, None)
