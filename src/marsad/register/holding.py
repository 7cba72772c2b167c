"""Holding: how many captures are in memory at once, by number and by weight, since some are as large as a book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.register.provenance import Capture

__all__ = ["heavy", "looks"]

# Captures looked up at once, before they are read.
_LOOK = 64
# Bytes and characters of captures beyond which no other is held beside them.
_HEAVY = 32_000_000


def heavy(captures: Iterable[Capture]) -> bool:
    """Whether captures are so large together that they are stored before another is taken."""
    return sum(len(c.raw) + len(c.text) for c in captures) > _HEAVY


def looks(captures: Iterable[Capture]) -> Iterator[list[Capture]]:
    """Captures in lists to be looked up at once, taken one by one."""
    part: list[Capture] = []
    for capture in captures:
        part.append(capture)
        if len(part) == _LOOK or heavy(part):
            yield part
            part = []
    if part:
        yield part
