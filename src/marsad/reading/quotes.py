"""Quotation marks of a text: where they stand, and how many stay open in a stretch."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from marsad.lexicon.scan import Shared
from marsad.text.tokens import Text

__all__ = ["CLOSING", "OPENING", "PLAIN", "Quotes"]

OPENING, CLOSING = frozenset("«“"), frozenset("»”")
PLAIN = frozenset('"')
_MARKS = OPENING | CLOSING | PLAIN


@lru_cache(maxsize=4)
def _marks(language: str) -> Shared[bool]:
    return Shared(_MARKS.__contains__, _MARKS, False, language)


class Quotes:
    """The quotation marks of one text; a stretch costs the logarithm of their number, however long it is."""

    def __init__(self, text: Text, language: str = "ar") -> None:
        self._at = [index for index, _ in _marks(language).among(text)]
        # Sums over the marks before each one: opening less closing marks, and plain ones.
        self._depth, self._plain = [0], [0]
        for index in self._at:
            form = text.forms[index]
            self._depth.append(self._depth[-1] + (form in OPENING) - (form in CLOSING))
            self._plain.append(self._plain[-1] + (form in PLAIN))

    def opened(self, first: int, end: int) -> tuple[int, bool]:
        """How many more marks open than close from a token to another (excluded), and whether a plain mark has no partner."""
        low, high = bisect_left(self._at, first), bisect_left(self._at, end)
        if high <= low:
            return 0, False
        return self._depth[high] - self._depth[low], (self._plain[high] - self._plain[low]) % 2 == 1

    def inside(self, first: int, at: int) -> bool:
        """Whether a token stands in a quotation that opens at another one or behind it."""
        depth, plain = self.opened(first, at)
        return depth > 0 or plain

    def within(self, first: int, end: int) -> list[int]:
        """Indices of the marks from a token to another (excluded)."""
        return self._at[bisect_left(self._at, first) : bisect_left(self._at, end)]
