"""Direction: texts of both directions beside each other (Unicode Bidirectional Algorithm, UAX #9)."""

from __future__ import annotations

import re

__all__ = ["apart", "has_rtl", "isolated"]

# First strong isolate and its end.
_ISOLATE, _END = "\u2068", "\u2069"
# Words written from right to left, with what joins them; commas do not, so that the names of a list stay in the order of the list.
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_WORDS = re.compile(rf"[«\"]?[{_RTL}][{_RTL}0-9]*(?:[ \u00a0«»\"'’/-]*[{_RTL}][{_RTL}0-9]*)*[»\"]?")
_STOPS = re.compile("[،؛؟]")
_LETTER = re.compile(f"[{_RTL}]")


def isolated(value: object) -> str:
    """A value as text that keeps its own direction and does not disturb that of the text around it."""
    return f"{_ISOLATE}{value}{_END}"


def has_rtl(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return _LETTER.search(text) is not None


def apart(text: str) -> str:
    """A text from left to right in which words of the other direction are isolated, so that lists and numbers beside them keep their order."""
    return _WORDS.sub(lambda m: m[0] if _STOPS.fullmatch(m[0]) else isolated(m[0]), text)
