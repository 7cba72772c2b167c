"""Totals: the numbers of many incidents by one policy, together and by month, place or whatever else tells incidents apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from marsad.counting.count import Count, count
from marsad.counting.dossier import Dossier
from marsad.counting.policy import Policy
from marsad.counting.values import said
from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal
from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["BY", "UNKNOWN", "Row", "Sum", "Total", "around", "first_told", "governorate", "total"]

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sum:
    """People of the incidents that are counted: minima, best numbers and maxima summed apart.

    ``best`` is None where the policy gives ranges; ``open`` says that there may be more than ``high``; ``incidents`` is how many of the
    incidents tell of such people.
    """

    kind: str
    who: str
    low: int
    high: int
    best: int | None
    open: bool
    incidents: int

    def to_dict(self) -> dict[str, Any]:
        """The sum as data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Row:
    """Incidents that share the values of ``key``: how many are counted, stand beside and are left out, and the sums of the counted."""

    key: tuple[str, ...]
    counted: int
    beside: int
    left_out: int
    sums: tuple[Sum, ...]

    def sum(self, kind: str, who: str) -> Sum | None:
        """The sum of a kind of harm and of some people, or None if no incident that is counted tells of any."""
        return next((s for s in self.sums if (s.kind, s.who) == (kind, who)), None)

    def to_dict(self) -> dict[str, Any]:
        """The row as data for JSON."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"key": list(self.key), "sums": [s.to_dict() for s in self.sums]}


@dataclass(frozen=True, slots=True)
class Total:
    """Numbers of many incidents by a policy.

    Attributes:
        policy, version: of the policy; headline: its one number, as kind and people.
        by: names of what the rows are told apart by.
        rows: in order, unknown last; all: all incidents together, with an empty key.
        counts: that of each incident, by id, with the claims used and left out.
    """

    policy: str
    version: str
    headline: tuple[str, str]
    by: tuple[str, ...]
    rows: tuple[Row, ...]
    all: Row
    counts: tuple[Count, ...]

    def to_dict(self) -> dict[str, Any]:
        """The total as data for JSON."""
        return {
            "policy": self.policy, "version": self.version, "headline": list(self.headline), "by": list(self.by),
            "rows": [r.to_dict() for r in self.rows], "all": self.all.to_dict(), "counts": [c.to_dict() for c in self.counts],
        }  # fmt: skip


def total(
    dossiers: Iterable[Dossier],
    policy: Policy,
    by: Sequence[str] = (),
    ways: Mapping[str, Callable[[Dossier], str]] | None = None,
) -> Total:
    """Count incidents by a policy.

    Args:
        dossiers: one for each incident.
        policy: the policy.
        by: names of ``BY`` or of ``ways``, in the order of the columns.
        ways: further ways to tell incidents apart, by name; they go before those of ``BY``.

    Names that differ in spelling alone are one, shown as most incidents have it.

    Raises:
        InputError: a name of ``by`` is not known.
    """
    known = {**BY, **(ways or {})}
    for name in by:
        if name not in known:
            raise InputError(refusal("totals.by", name=escaped(name), known=tuple(known)))
    given = sorted(dossiers, key=lambda d: d.id)
    counts = [count(d, policy) for d in given]
    groups: dict[tuple[str, ...], list[Count]] = {}
    columns = [_spelled_alike([known[name](dossier) for dossier in given]) for name in by]
    if by:
        for key, made in zip(zip(*columns, strict=True), counts, strict=True):
            groups.setdefault(key, []).append(made)
    keys = sorted(groups, key=lambda key: tuple((part == UNKNOWN, part) for part in key))
    rows = tuple(_row(key, groups[key]) for key in keys)
    return Total(policy.name, policy.version, policy.headline, tuple(by), rows, _row((), counts), tuple(counts))


def _spelled_alike(names: Sequence[str]) -> list[str]:
    """The same names, each as most spell it; of equals the first by letters."""
    spelled: dict[str, Counter[str]] = {}
    for name in names:
        spelled.setdefault(fold(name), Counter())[name] += 1
    shown = {form: min(told, key=lambda name: (-told[name], name)) for form, told in spelled.items()}
    return [shown[fold(name)] for name in names]


def _row(key: tuple[str, ...], counts: Sequence[Count]) -> Row:
    counted = [c for c in counts if c.standing == "counted"]
    names = dict.fromkeys((f.kind, f.who) for c in counted for f in c.figures)
    sums = []
    for kind, who in names:
        given = [f for c in counted if (f := c.figure(kind, who)) is not None]
        bests = [f.best for f in given if f.best is not None]
        best = sum(bests) if len(bests) == len(given) else None
        low, high = sum(f.low for f in given), sum(f.high for f in given)
        sums.append(Sum(kind, who, low, high, best, any(f.open for f in given), len(given)))
    standings = [c.standing for c in counts]
    sums.sort(key=lambda s: (s.kind != "killed", s.kind, s.who != "all", s.who))
    return Row(key, len(counted), standings.count("beside"), standings.count("left out"), tuple(sums))


def first_told(dossier: Dossier, slot: str) -> Any:
    """The value of a slot that most origins give, of claims that are asserted if there are any."""
    claims = [t for t in dossier.claims if t.claim.scope == "event"]
    asserted = [t for t in claims if t.claim.status == "asserted"]
    told = said(asserted or claims, (slot,)).get(slot)
    return told[0].value if told else None


def _period(length: int) -> Callable[[Dossier], str]:
    def period(dossier: Dossier) -> str:
        date = first_told(dossier, "date")
        if date is None:
            return UNKNOWN
        start, end = ((date[name] or "")[:length] for name in ("start", "end"))
        return f"{start}/{end}" if start and end and start != end else end or start or UNKNOWN

    return period


def _country(dossier: Dossier) -> str:
    place = first_told(dossier, "place")
    return (place and place["country"]) or UNKNOWN


def governorate(dossier: Dossier) -> str:
    """The governorate as the reports write it: the widest place that contains the incident's and is no country."""
    place = first_told(dossier, "place")
    return (place and around(place)) or UNKNOWN


def around(place: Mapping[str, Any]) -> str | None:
    """The widest place that contains a place (public record) and is no country: itself if it is a governorate; None if unknown."""
    if place["class"] == "country":
        return None
    if place["class"] == "governorate":
        return str(place["name"])
    names = [name for name in place["within"] if fold(name) not in _countries()]
    return str(names[-1]) if names else None


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    rows = read_table("ar/lexicon/countries.tsv")
    return frozenset(fold(name) for row in rows for column in ("names", "latin") for name in row.list(column))


def _place(dossier: Dossier) -> str:
    place = first_told(dossier, "place")
    return (place and place["name"]) or UNKNOWN


def _perpetrator(dossier: Dossier) -> str:
    party = first_told(dossier, "perpetrators")
    return (party and (party["id"] or party["name"])) or UNKNOWN


def _type(dossier: Dossier) -> str:
    return first_told(dossier, "type") or UNKNOWN


BY: dict[str, Callable[[Dossier], str]] = {
    "day": _period(10),
    "month": _period(7),
    "year": _period(4),
    "country": _country,
    "governorate": governorate,
    "place": _place,
    "type": _type,
    "perpetrator": _perpetrator,
}
