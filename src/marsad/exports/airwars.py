"""Airwars' columns: ranges by category, the grade, and the status of a strike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marsad.lexicon.reasons import Reason, reason

__all__ = ["RULES", "leaves"]

_FAIR = 2


def leaves(fields: dict[str, Any]) -> Reason | None:
    """Why an incident has no row, or None where it has one."""
    grade = fields.get("grade") or {}
    if not (grade.get("signed") or grade.get("suggested")):
        return reason("exports:no_grade")
    return None


def _grade(values: list[Any], told: str) -> str | None:
    grade = values[0] or {}
    found = grade.get("signed") or grade.get("suggested")
    return found.capitalize() if found else None


def _strike(values: list[Any], told: str) -> str | None:
    """A party declares it; parties compete or one denies; one credible origin tells of it; more do."""
    strike = values[0]
    if not strike:
        return None
    if strike["declared"]:
        return "Declared strike"
    if strike["competing"] or strike["denied"]:
        return "Contested strike"
    return "Likely strike" if strike["origins"] >= _FAIR else "Single source claim"


def _armed(values: list[Any], told: str) -> str | None:
    names = (p["name_en"] or p["name"] for p in values[0] or () if p["id"] != "civilians")
    return "; ".join(dict.fromkeys(name for name in names if name)) or None


RULES: dict[str, Callable[[list[Any], str], Any]] = {
    "armed": _armed,
    "grade": _grade,
    "signed": lambda values, told: "signed" if (values[0] or {}).get("signed") else "suggested by the program",
    "strike": _strike,
}
