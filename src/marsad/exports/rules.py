"""Rules of columns by their names. A rule gets the values of the fields that its column names, None where one did not leave, and what is told
after its name; it sees nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from marsad.exports import acled, airwars, exchange, ucdp
from marsad.exports.codes import country, event
from marsad.gazetteer.precision import precision_codes
from marsad.model import Place

__all__ = ["RULES", "joined"]

Rule = Callable[[list[Any], str], Any]


def joined(values: Iterable[Any], by: str = "; ") -> str | None:
    """Values that are there as one text, each once."""
    return by.join(dict.fromkeys(str(v) for v in values if v not in (None, ""))) or None


def _key(values: list[Any], told: str) -> Any:
    return None if values[0] is None else values[0].get(told)


def _figure(part: str) -> Rule:
    def rule(values: list[Any], told: str) -> Any:
        figure = (values[0] or {}).get(told)
        return None if figure is None else figure[part]

    return rule


def _counted(part: str) -> Rule:
    def rule(values: list[Any], told: str) -> Any:
        figure = ((values[0] or {}).get("figures") or {}).get(told)
        return None if figure is None else figure[part]

    return rule


def _headline(values: list[Any], told: str) -> Any:
    return _counted(told)(values, values[0]["headline"]) if values[0] else None


def _latin(values: list[Any], told: str) -> str | None:
    """A name in Latin letters where it is known, else as it is."""
    place = values[0] or {}
    return place.get(f"{told}_en") or place.get(told)


def _precision(values: list[Any], told: str) -> Any:
    place = values[0]
    if place is None:
        return None
    if place["grid"]:
        # The centre of a cell is near the place and not the place.
        return {"acled": 2, "ucdp": 2, "airwars": f"Within a cell of {place['grid']:g} degrees"}[told]
    told_place = Place(place["name"], place["class"], precision=place["precision"], bearing=place["bearing"])
    return getattr(precision_codes(told_place), told)


def _party(values: list[Any], told: str) -> str | None:
    return joined(p["name_en"] or p["name"] for p in values[0] or ())


RULES: dict[str, Rule] = {
    "best": _counted("best"),
    "count_high": _counted("high"),
    "count_low": _counted("low"),
    "country": lambda values, told: country(values[0]).get(told) or None,
    "country_number": lambda values, told: int(n) if (n := country(values[0]).get(told)) else None,
    "each": lambda values, told: joined(item.get(told) for item in values[0] or ()),
    "event": lambda values, told: event(values[0]).get(told) or None,
    "headline": _headline,
    "high": _figure("high"),
    "key": _key,
    "latin": _latin,
    "list": lambda values, told: joined(values[0] or (), told or "; "),
    "low": _figure("low"),
    "nothing": lambda values, told: None,
    "open": _figure("open"),
    "party": _party,
    "precision": _precision,
    "same": lambda values, told: values[0] or None,
    "size": lambda values, told: None if values[0] is None else len(values[0]),
    "words": lambda values, told: told,
} | {f"{module}.{name}": rule for module, rules in (
    ("acled", acled.RULES), ("airwars", airwars.RULES), ("exchange", exchange.RULES), ("ucdp", ucdp.RULES),
) for name, rule in rules.items()}  # fmt: skip
