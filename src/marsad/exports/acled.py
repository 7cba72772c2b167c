"""ACLED's columns: its event types, days, actors and codes, made of a leaving record. What comes out is no ACLED data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marsad.exports.codes import country, event, party
from marsad.exports.sides import sides_of
from marsad.exports.spans import middle, span
from marsad.lexicon.reasons import Reason, reason

__all__ = ["RULES", "actors", "kind_of", "leaves"]

LABEL = "ACLED-compatible, not ACLED data"
UNLISTED = "Party not listed"
# Days beyond which an event has no month of its own.
_MONTH = 31
_CIVILIANS, _PROTESTERS, _RIOTERS, _EXTERNAL = 7, 6, 5, 8
_ORDER = ("Battles", "Explosions/Remote violence")
_CROWDS = {
    "peaceful_protest": _PROTESTERS, "protest_with_intervention": _PROTESTERS, "excessive_force_against_protesters": _PROTESTERS,
    "violent_demonstration": _RIOTERS, "mob_violence": _RIOTERS,
}  # fmt: skip
_NAMES = {_CIVILIANS: "Civilians", _PROTESTERS: "Protesters", _RIOTERS: "Rioters"}


def leaves(fields: dict[str, Any]) -> Reason | None:
    """Why an incident has no row, or None where it has one."""
    days = span(fields.get("date"))
    if days is None:
        return reason("exports:no_day.acled")
    if (days[1] - days[0]).days >= _MONTH:
        return reason("exports:too_long.month")
    if not fields.get("country"):
        return reason("exports:no_country")
    count = fields.get("count")
    if count and count["standing"] == "left out":
        return reason("exports:policy.out", reasons=count["reasons"])
    return None


def kind_of(kind: str | None, types: list[str] | None, figures: dict[str, Any] | None) -> str | None:
    """The event type of an incident by ACLED's rules.

    Remote violence within a battle is the battle; an abduction in which people are killed or injured is an attack.
    """
    if kind is None:
        return None
    battles = [t for t in types or () if event(t).get("event") == _ORDER[0]]
    if event(kind).get("event") == _ORDER[1] and battles:
        return battles[0]
    harmed = [f for name, f in (figures or {}).items() if name in ("killed.all", "injured.all") and f["high"]]
    return "attack" if kind == "abduction_forced_disappearance" and harmed else kind


def actors(
    perpetrators: list[dict[str, Any]] | None, targets: list[dict[str, Any]] | None, kind: str | None, where: str | None
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Names and codes of both sides, the first actor of each first; crowds are a side of their own."""
    sides = [[_actor(p, where) for p in parties] for parties in sides_of(perpetrators, targets, kind)]
    crowd = _CROWDS.get(kind or "")
    if crowd is not None:
        mine = (_general(crowd, where), crowd)
        # Who uses force against a crowd is the other side of it.
        forces, hit = sides
        hit = [a for a in hit if a[1] != _CIVILIANS]
        return ([mine], [*forces, *hit]) if kind not in ("excessive_force_against_protesters",) else (forces, [mine])
    return sides[0], sides[1]


def _actor(told: dict[str, Any], where: str | None) -> tuple[str, int]:
    known = party(told["id"])
    if not known:
        # Who they are is not known here, so no code is made up for them.
        return told["name_en"] or told["name"] or UNLISTED, 0
    code = int(known["inter"])
    if code == _CIVILIANS:
        return _general(_CIVILIANS, where), code
    home = [c for c in known["home"].split("|") if c]
    if code == 1 and home and where not in home:
        code = _EXTERNAL
    return told["name_en"] or told["name"], code


def _general(code: int, where: str | None) -> str:
    name = country(where).get("name")
    return f"{_NAMES[code]} ({name})" if name else _NAMES[code]


def _event(values: list[Any], told: str) -> str | None:
    return event(kind_of(*values)).get(told) or None


def _day(values: list[Any], told: str) -> str | None:
    days = span(values[0])
    return middle(*days).isoformat() if days else None


def _time_precision(values: list[Any], told: str) -> int | None:
    days = span(values[0])
    if days is None:
        return None
    if not (values[0]["start"] and values[0]["end"]):
        # Told as news of a day, without saying how long before it.
        return 3
    length = (days[1] - days[0]).days + 1
    return 1 if length == 1 else 2 if length <= 7 else 3


def _codes(values: list[Any]) -> tuple[int, int]:
    one, other = actors(*values)
    return (one[0][1] if one else 0), (other[0][1] if other else 0)


def _interaction(values: list[Any], told: str) -> int:
    one, other = sorted(_codes(values))
    return other * 10 if one == 0 else one * 10 + other


def _side(values: list[Any], told: str) -> list[tuple[str, int]]:
    return actors(*values)[int(told) - 1]


def _associated(values: list[Any], told: str) -> str | None:
    return "; ".join(dict.fromkeys(name for name, _ in _side(values, told)[1:])) or None


def _targeting(values: list[Any], told: str) -> str | None:
    perpetrators, targets, kind, where, types, figures = values
    told_kind = kind_of(kind, types, figures)
    known = event(told_kind)
    hit = [code for _, code in actors(perpetrators, targets, told_kind, where)[1]]
    direct = known.get("event") == "Violence against civilians" or told_kind == "excessive_force_against_protesters"
    remote = known.get("event") == _ORDER[1] and bool(hit) and set(hit) == {_CIVILIANS}
    return "Civilian targeting" if direct or remote else None


def _label(values: list[Any], told: str) -> str:
    count = values[0]
    return f"{LABEL}; fatalities by {count['policy']} {count['version']}" if count else LABEL


RULES: dict[str, Callable[[list[Any], str], Any]] = {
    "actor": lambda values, told: side[0][0] if (side := _side(values, told)) else None,
    "associated": _associated,
    "civilian_targeting": _targeting,
    "day": _day,
    "event": _event,
    "inter": lambda values, told: _codes(values)[int(told) - 1],
    "interaction": _interaction,
    "label": _label,
    "time_precision": _time_precision,
    "year": lambda values, told: int(day[:4]) if (day := _day(values, told)) else None,
}
