"""Lists: lines that a sign or a number opens ("• On 9 January ..."), each of which tells of something else than the one before."""

from __future__ import annotations

from marsad.text.tokens import Text

__all__ = ["items_of"]

_FEWEST = 3  # lines that make a list
_SIGNS = frozenset("•▪▫●○◦‣·*-–—■□◾◽◆◇➢➤✓✔🔹🔸🔷🔶🔴🔵🟢🟡⚫⚪")
_DIGITS, _POINTS = 2, [[sign] for sign in "-–—.)"]  # digits of the number of a line, and what stands behind it
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
            elif token.kind == "n" and len(token.form) <= _DIGITS and text.forms[token.index + 1 : token.index + 2] in _POINTS:
                found.append(token.index + 2)  # "1- ...", "2. ..."
            opened = False
    return found if len(found) >= _FEWEST else []
