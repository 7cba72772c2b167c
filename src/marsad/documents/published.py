"""Publication dates: a day that exists, or none and a warning; never a guess."""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = ["iso_day", "publication_day"]

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[Tt ])", re.ASCII)
# Newspapers are younger than this; machines write years like 1 or 1900 for "unknown".
_EARLIEST = 1901


def iso_day(value: str) -> str | None:
    """The ISO day of ``YYYY-MM-DD``, alone or followed by a time, which is not looked at; None if there is no such day."""
    match = _ISO.match(value.strip())
    if match is None:
        return None
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        return None
    return day.isoformat() if day.year >= _EARLIEST else None


def publication_day(value: object, *, today: date | None = None) -> tuple[str | None, tuple[str, ...]]:
    """A publication date as a day, and what is odd about it.

    Args:
        value: what the document says; None and the empty string are unknown.
        today: the day after which dates lie in the future; the machine's by default.

    Returns:
        ISO day or None, and warnings. An impossible date is treated as unknown; one in the future is kept.
    """
    if value is None or value == "":
        return None, ()
    day = iso_day(value) if isinstance(value, str) else None
    if day is None:
        return None, (f"publication date {value!r} is no day that exists, written YYYY-MM-DD; treated as unknown",)
    # A day of grace: it may be tomorrow already where the report was published.
    if date.fromisoformat(day) > (today or date.today()) + timedelta(days=1):
        return day, (f"publication date {day} lies in the future",)
    return day, ()
