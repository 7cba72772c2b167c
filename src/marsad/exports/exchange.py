"""Columns of other tools of the field: Atlos and Uwazi."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["RULES"]

# Characters of a description in Atlos.
_LINE = 240
# Characters that its further words may have.
_MORE = 3_000
_PARTED = {"comma": ", ", "bar": "|"}


def _bars(values: Iterable[Any]) -> str | None:
    """Values as a list that Uwazi reads: parted by bars, which no value may hold."""
    return "|".join(dict.fromkeys(str(v).replace("|", "/") for v in values if v)) or None


def _point(values: list[Any], told: str) -> str | None:
    """Latitude and longitude as one text, parted as the tool wants it."""
    place = values[0]
    return None if place is None or place["latitude"] is None else f"{place['latitude']}{_PARTED[told]}{place['longitude']}"


def _range(values: list[Any], told: str) -> str | None:
    """First and last day with slashes, parted by a colon."""
    date = values[0] or {}
    start, end = (str(date.get(key) or "").replace("-", "/") for key in ("start", "end"))
    return f"{start}:{end}" if start or end else None


def _day(values: list[Any], told: str) -> str | None:
    """The day, only where it is one."""
    date = values[0] or {}
    return date["start"] if date.get("start") and date["start"] == date.get("end") else None


def _sensitive(values: list[Any], told: str) -> str:
    killed = (values[0] or {}).get("killed.all")
    return "Graphic Violence" if killed and killed["high"] else "Not Sensitive"


def _more(values: list[Any], told: str) -> str:
    """What Atlos has no attribute for, in lines."""
    code, date, place, count, grade = values
    lines = [f"Code: {code}"]
    if date:
        lines.append(f"Days: {date['start'] or '?'} to {date['end'] or '?'} ({date['precision']})")
    if place and place["stated"]:
        lines.append(f"Coordinates: {place['stated']}")
    if count:
        killed = count["figures"].get("killed.all")
        number = f"{killed['low']} to {killed['high']}" if killed else "none counted"
        lines.append(f"Killed: {number}, by {count['policy']} {count['version']}")
    if grade and (found := grade["signed"] or grade["suggested"]):
        lines.append(f"Grade: {found} ({'signed' if grade['signed'] else 'suggested by the program'})")
    return "\n".join(lines)[:_MORE]


def _tags(values: list[Any], told: str) -> str | None:
    kind, sites, weapons = values
    return ", ".join(dict.fromkeys([*([kind] if kind else []), *(s["kind"] for s in sites or ()), *(weapons or ())])) or None


def _line(values: list[Any], told: str) -> str | None:
    """A line that is not longer than Atlos takes; what is cut ends with an ellipsis."""
    text = values[0]
    return None if not text else text if len(text) <= _LINE else f"{text[: _LINE - 1].rstrip()}\u2026"


RULES: dict[str, Callable[[list[Any], str], Any]] = {
    "bars": lambda values, told: _bars(values[0] or ()),
    "day": _day,
    "line": _line,
    "kinds": lambda values, told: _bars(item["kind"] for item in values[0] or ()),
    "more": _more,
    "parties": lambda values, told: _bars(p["name_en"] or p["name"] for p in values[0] or ()),
    "point": _point,
    "range": _range,
    "sensitive": _sensitive,
    "tags": _tags,
}
