"""Sheets: what a writer is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from marsad.exports.mapping import Cell, Column

__all__ = ["Sheet", "guarded"]

# What makes a spreadsheet take a text for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a writer is given.

    Attributes:
        columns: of the table, none where whole records are written.
        rows: what left of each incident and its cells, made one by one.
        about: what the file says of itself: format, label, profile, policy, choice.
    """

    columns: tuple[Column, ...]
    rows: Iterable[tuple[dict[str, Any], list[Cell]]]
    about: dict[str, Any]


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what could be one begins with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text
