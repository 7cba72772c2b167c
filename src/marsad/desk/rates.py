"""Rates: how many requests each program may make, so that one that runs wild leaves the desk to the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

__all__ = ["Rates"]


class Rates:
    """A bucket for each token: it fills at a rate and each request takes one. May be shared by threads.

    Args:
        each: requests in a minute.
        burst: requests that may come at once.
        clock: tells seconds.
    """

    def __init__(self, each: float = 600.0, burst: float = 120.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._speed, self._burst, self._clock = each / 60.0, burst, clock
        self._held: dict[int, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, token: int) -> int:
        """Count a request of a token; returns 0, or how many seconds it must wait."""
        now = self._clock()
        with self._lock:
            left, at = self._held.get(token, (self._burst, now))
            left = min(self._burst, left + (now - at) * self._speed)
            if left < 1.0:
                self._held[token] = (left, now)
                return int((1.0 - left) / self._speed) + 1
            self._held[token] = (left - 1.0, now)
            return 0
