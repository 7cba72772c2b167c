"""Errors that Marsad raises. Each says whose fault it is, where it is and what to do."""

from __future__ import annotations

__all__ = ["InputError", "MarsadError", "PackError"]


class MarsadError(Exception):
    """Base of all errors that Marsad raises on purpose."""


class InputError(MarsadError):
    """The user's input cannot be read: the message names the file (and line) and the reason."""


class PackError(MarsadError):
    """A data file of ours is wrong.

    Args:
        file: path of the data file, relative to its pack.
        line: 1-based line number, or 0 for the file as a whole.
        reason: what is wrong and what is expected.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason
