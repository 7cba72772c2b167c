"""Incident rows: what the claims of an incident say in one line, and the code that people call it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["FRESH", "IncidentRow", "code_of", "country_of", "fits", "row_of"]

# What a new incident has beside its id and code; its witnesses are counted with its face, in the same transaction.
FRESH: Final = {"witnesses": 0, "became": None}


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident in a list: what its claims say, as far as they agree or in ranges.

    Attributes:
        id, code: the stable id, and the code for people.
        claims: ids in order of the days of publication; witnesses: independent reports, copies counted once.
        start, end: ISO days, the earliest and the latest that a claim tells; country; places: names, the most told first.
        types, perpetrators: the most told first.
        killed: least and greatest number told of the dead, None where none is told.
        suggested, signed: grades, by the program and by a person, or None; stale: whether the claims have changed since it was signed.
    """

    id: str
    code: str
    claims: tuple[str, ...]
    witnesses: int
    start: str | None
    end: str | None
    country: str | None
    places: tuple[str, ...]
    types: tuple[str, ...]
    perpetrators: tuple[str, ...]
    killed: tuple[int, int] | None
    suggested: str | None = None
    signed: str | None = None
    stale: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


def code_of(values: Sequence[dict[str, Any]], taken: set[str]) -> str:
    """A code for people: country, first day and a number ("SY-20181216-2"); it stays when the claims change."""
    start, country = _days(values)[0], _most(v["place"]["country"] for v in values)
    front = f"{country[0] if country else 'XX'}-{(start or 'undated').replace('-', '')}".upper()
    number = 1
    while f"{front}-{number}" in taken:
        number += 1
    taken.add(f"{front}-{number}")
    return f"{front}-{number}"


def _days(values: Iterable[dict[str, Any]]) -> tuple[str | None, str | None]:
    told = [(v["date"]["start"] or v["date"]["end"], v["date"]["end"] or v["date"]["start"]) for v in values]
    starts, ends = sorted(a for a, _ in told if a), sorted(b for _, b in told if b)
    return (starts[0], ends[-1]) if starts and ends else (None, None)


def _most(told: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(value for value, _ in sorted(Counter(t for t in told if t).items(), key=lambda p: (-p[1], p[0])))


def country_of(values: Sequence[dict[str, Any]]) -> str | None:
    """The country that most claims (public records) give, of equals the first by letters."""
    told = _most([v["place"]["country"] for v in values])
    return told[0] if told else None


def row_of(incident: str, code: str, witnesses: int, values: Sequence[dict[str, Any]]) -> IncidentRow:
    """The row of an incident from the public records of its claims."""
    start, end = _days(values)
    numbers = [
        n
        for v in values
        for h in v["harm"]
        if h["kind"] == "killed" and h["min"] is not None
        for n in (h["min"], h["max"] or h["min"])
    ]
    return IncidentRow(
        incident, code, tuple(v["id"] for v in values), witnesses, start, end, country_of(values),
        _most(v["place"]["name"] for v in values), _most(v["type"] for v in values),
        _most(p["id"] or p["name"] for v in values for p in v["perpetrators"]), (min(numbers), max(numbers)) if numbers else None,
    )  # fmt: skip


def fits(row: IncidentRow, since: str, until: str, country: str, type: str) -> bool:
    """Whether an incident may lie between two days, and some claim gives the country and type; what is empty narrows nothing."""
    return (
        (not since or (row.end or "") >= since)
        and (not until or (row.start is not None and row.start <= until))
        and (not country or row.country == country.upper())
        and (not type or type in row.types)
    )
