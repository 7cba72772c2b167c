"""Lists: lines that a sign opens ("• On 9 January ..."), each of which tells of something else than the one before."""

from __future__ import annotations

from marsad.text.tokens import Text

__all__ = ["items_of"]

_FEWEST = 3  # lines that make a list
_SIGNS = frozenset("•▪▫●○◦‣·*-–—■□◾◽◆◇➢➤✓✔🔹🔸🔷🔶🔴🔵🟢🟡⚫⚪")
_LONGEST = 4  # characters before the first word of a line, spaces left out


def items_of(text: Text) -> list[int]:
    """First tokens of the lines of a list, in order; empty where there is none."""
    found, tokens, begin, opened = list[int](), text.tokens, 0, True
    for token in tokens:
        if token.kind == "b":
            begin, opened = token.end, True
        elif opened and token.kind in "wn":
            sign = "".join(text.source[begin : token.start].split())
            if 0 < len(sign) <= _LONGEST and not _SIGNS.isdisjoint(sign):
                found.append(token.index)
            opened = False
    return found if len(found) >= _FEWEST else []
