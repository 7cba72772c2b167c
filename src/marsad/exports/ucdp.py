"""UCDP's columns: kinds of violence, precisions and deaths by side, made of a leaving record. What comes out is no UCDP data."""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import Any

from marsad.exports.codes import country, party
from marsad.exports.sides import sides_of
from marsad.exports.spans import span
from marsad.lexicon.reasons import Reason, reason

__all__ = ["RULES", "leaves", "violence"]

_YEAR = 366


def leaves(fields: dict[str, Any]) -> Reason | None:
    """Why an incident has no row, or None where it has one."""
    days = span(fields.get("date"))
    if days is None:
        return reason("exports:no_day")
    if (days[1] - days[0]).days >= _YEAR:
        return reason("exports:too_long.year")
    if not fields.get("country"):
        return reason("exports:no_country")
    count = fields.get("count")
    if not count or count["standing"] != "counted":
        return reason("exports:policy.uncounted", reasons=count["reasons"] if count else reason("exports:no_count"))
    if not (count["figures"].get("killed.all") or {}).get("best"):
        return reason("exports:no_death")
    return None


def violence(perpetrators: list[dict[str, Any]], targets: list[dict[str, Any]]) -> int | None:
    """1 where a state is one of two armed sides, 2 where none is, 3 where civilians are the target; None where a side is not known."""
    sides = [{party(p["id"]).get("side", "") for p in told if p["id"] != "unidentified"} for told in (perpetrators, targets)]
    armed = [side - {"civilians", ""} for side in sides]
    if armed[0] and sides[1] == {"civilians"}:
        return 3
    if not (armed[0] and armed[1]):
        return None
    return 1 if {"state", "external"} & (armed[0] | armed[1]) else 2


def _side(values: list[Any], told: str) -> str | None:
    side = sides_of(*values)[int(told) - 1]
    return "; ".join(dict.fromkeys(p["name_en"] or p["name"] or "" for p in side)).strip("; ") or None


def _dyad(values: list[Any], told: str) -> str | None:
    sides = [_side(values, told) for told in ("1", "2")]
    return " - ".join(side for side in sides if side) if all(sides) else None


def _date_prec(values: list[Any], told: str) -> int | None:
    days = span(values[0])
    if days is None:
        return None
    if not (values[0]["start"] and values[0]["end"]):
        return 5
    length = (days[1] - days[0]).days + 1
    return 1 if length == 1 else 2 if length <= 6 else 3 if length == 7 else 4 if length <= 31 else 5


def _deaths(values: list[Any], told: str) -> int | None:
    """Deaths of one of four groups, which add up to the best number: fighters of side a, civilians, as counted; unknown is what is left where
    the sides of fighters are not told, and of side b are all others."""
    count = values[0]
    if not count:
        return None
    figures = count["figures"]
    best = {who: (figures.get(f"killed.{who}") or {}).get("best") or 0 for who in ("all", "civilian", "unknown")}
    if told == "civilians":
        return int(min(best["civilian"], best["all"]))
    sides = {name.partition("side:")[2]: f["best"] or 0 for name, f in figures.items() if name.startswith("killed.side:")}
    room = best["all"] - min(best["civilian"], best["all"])
    mine = {p["id"] for p in sides_of(*values[1:])[0]}
    a = min(room, sum(n for side, n in sides.items() if side in mine))
    b = min(room - a, sum(n for side, n in sides.items() if side not in mine))
    return int({"a": a, "b": b, "unknown": room - a - b}[told])


def _cell(values: list[Any], told: str) -> int | None:
    place = values[0]
    if place is None or place["latitude"] is None:
        return None
    row, cell = floor((float(place["latitude"]) + 90) * 2), floor((float(place["longitude"]) + 180) * 2)
    return row * 720 + cell + 1


def _point(values: list[Any], told: str) -> str | None:
    place = values[0]
    return None if place is None or place["latitude"] is None else f"POINT ({place['longitude']} {place['latitude']})"


def _gwno(values: list[Any], told: str) -> int | None:
    for p in sides_of(*values)[int(told) - 1]:
        known = party(p["id"])
        if known.get("side") == "state" and (number := country(known["home"].partition("|")[0]).get("gwno")):
            return int(number)
    return None


def _articles(values: list[Any], told: str) -> str | None:
    told_by = [", ".join(filter(None, (r["publisher"], r["published"]))) for r in values[0] or ()]
    return "; ".join(dict.fromkeys(filter(None, told_by))) or None


RULES: dict[str, Callable[[list[Any], str], Any]] = {
    "articles": _articles,
    "cell": _cell,
    "clarity": lambda values, told: 1,
    "code_status": lambda values, told: "Clear" if (values[0] or {}).get("signed") else "Check",
    "date_prec": _date_prec,
    "deaths": _deaths,
    "dyad": _dyad,
    "gwno": _gwno,
    "point": _point,
    "side": _side,
    "violence": lambda values, told: violence(*sides_of(*values)),
    "where": lambda values, told: (values[0] or {}).get("stated"),
    "year": lambda values, told: days[0].year if (days := span(values[0])) else None,
}
