"""Direction: texts of both directions beside each other (Unicode Bidirectional Algorithm, UAX #9)."""

from __future__ import annotations

__all__ = ["isolated"]

# First strong isolate and its end.
_ISOLATE, _END = "\u2068", "\u2069"


def isolated(value: object) -> str:
    """A value as text that keeps its own direction and does not disturb that of the text around it."""
    return f"{_ISOLATE}{value}{_END}"
