"""Columns of other tools of the field: Atlos and Uwazi."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["RULES"]


def _point(values: list[Any], told: str) -> str | None:
    """Latitude and longitude as one text, parted as the tool wants it."""
    place = values[0]
    return None if place is None or place["latitude"] is None else f"{place['latitude']}{told}{place['longitude']}"


def _range(values: list[Any], told: str) -> str | None:
    """First and last day with slashes, parted by a colon."""
    date = values[0] or {}
    start, end = (str(date.get(key) or "").replace("-", "/") for key in ("start", "end"))
    return f"{start}:{end}" if start or end else None


def _day(values: list[Any], told: str) -> str | None:
    """The day, only where it is one."""
    date = values[0] or {}
    return date["start"] if date.get("start") and date["start"] == date.get("end") else None


RULES: dict[str, Callable[[list[Any], str], Any]] = {"day": _day, "point": _point, "range": _range}
