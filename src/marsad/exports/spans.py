"""Spans: how long the time of an event is told to be, as the formats ask for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

__all__ = ["middle", "span"]


def span(told: dict[str, Any] | None) -> tuple[date, date] | None:
    """First and last day of a date (public record); of an open one the day that is told, twice; None where none is."""
    if told is None or not (told["start"] or told["end"]):
        return None
    return date.fromisoformat(told["start"] or told["end"]), date.fromisoformat(told["end"] or told["start"])


def middle(first: date, last: date) -> date:
    """The day in the middle, the earlier one of two."""
    return first + timedelta(days=(last - first).days // 2)
