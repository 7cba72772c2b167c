"""Nearby: which claims of a large register a few new ones are laid beside.

Making a claim comparable costs far more than knowing its day and place. So claims that stand are kept by these alone (``Look``), in
memory (``Shelf``) or in a register, and only those that ``blocking`` could pair with a new one are made comparable. What is asked of
them is asked by day, by name and by report, never of all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from marsad.gazetteer import Gazetteer, default
from marsad.linking.blocking import LAID_OUT, SLACK
from marsad.linking.features import Features, Report, days_of, features_of
from marsad.linking.spots import Spot, spot_of

__all__ = ["Look", "Shelf", "Standing", "look_of", "near"]

_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Look:
    """What blocking asks of a claim of an event, without its words.

    Attributes:
        id: of the claim. group: the label of its report and the copies of it.
        first, last: proleptic days, both inclusive, or None.
        country: ISO code or the empty string. latitude, longitude: degrees or None. reach: kilometres.
        placed: whether a place is told that is narrower than a country.
        names: keys of the place. around: of what contains it.
    """

    id: str
    group: str
    first: int | None
    last: int | None
    country: str
    latitude: float | None
    longitude: float | None
    reach: float
    placed: bool
    names: frozenset[str]
    around: frozenset[str]

    @property
    def days(self) -> range:
        """The days that it may tell of; none where that is unknown."""
        return range(0) if self.last is None else range(self.last if self.first is None else self.first, self.last + 1)

    @property
    def open(self) -> bool:
        """Whether it tells of no day, or of a stretch of time that is not laid out day by day."""
        return self.last is None or len(self.days) > LAID_OUT + 1


def look_of(id: str, group: str, days: tuple[int | None, int | None], spot: Spot) -> Look:
    """The look of a claim from what its features say, or from what is cheap to make of a record."""
    return Look(
        id, group, *days, spot.country, spot.latitude, spot.longitude, spot.reach, spot.known and spot.level != "country",
        spot.keys, spot.inside,
    )  # fmt: skip


class Standing(Protocol):
    """Claims that were linked before."""

    def beside(self, look: Look) -> Iterable[Look]:
        """Claims that are not open, share a day with one that is not, and are not of another country; they may lie far away."""

    def open(self, keys: frozenset[str]) -> Iterable[Look]:
        """Claims without a day, or of a long stretch of time: all of places by one of these keys, and maybe others."""

    def named(self, keys: frozenset[str]) -> Iterable[Look]:
        """Claims of places by one of these keys."""

    def reported(self, groups: frozenset[str]) -> Iterable[str]:
        """Ids of all claims, of whatever scope, of these reports and their copies."""

    def members(self, incidents: frozenset[str]) -> Iterable[str]:
        """Ids of the claims of incidents."""

    def features(self, ids: Iterable[str]) -> list[Features]:
        """Claims made comparable."""


class Shelf:
    """Claims that stand, held in memory; made once, it serves for many additions.

    Args:
        claims: public records.
        reports: what is known of their documents.
        known: claim to incident.
        gazetteer: where ids of places are looked up.
    """

    def __init__(
        self,
        claims: Iterable[Mapping[str, Any]],
        reports: Mapping[str, Report],
        known: Mapping[str, str],
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self._gazetteer = gazetteer or default()
        self._reports, self._known = dict(reports), known
        self._claims: dict[str, Mapping[str, Any]] = {}
        self._looks: dict[str, Look] = {}
        self._days: dict[int, list[str]] = {}
        self._open: set[str] = set()
        self._names: dict[str, list[str]] = {}
        self._groups: dict[str, list[str]] = {}
        self._members: dict[str, list[str]] = {}
        self.take(claims, reports, known)

    def take(self, claims: Iterable[Mapping[str, Any]], reports: Mapping[str, Report], known: Mapping[str, str]) -> None:
        """Take in more claims, of which ``known`` tells the incidents."""
        self._reports.update(reports)
        for claim in claims:
            identifier, document = str(claim["id"]), str(claim["document"])
            report = self._reports.get(document)
            group = (report.group if report else None) or document
            self._claims[identifier] = claim
            self._groups.setdefault(group, []).append(identifier)
            if (incident := known.get(identifier)) is not None:
                self._members.setdefault(incident, []).append(identifier)
            if claim["scope"] == "event" and claim["status"] != "planned":
                first, last, _ = days_of(claim.get("date") or {})
                self._place(look_of(identifier, group, (first, last), spot_of(claim.get("place") or {}, self._gazetteer)))

    def _place(self, look: Look) -> None:
        self._looks[look.id] = look
        for key in look.names:
            self._names.setdefault(key, []).append(look.id)
        if look.open:
            self._open.add(look.id)
        else:
            for day in look.days:
                self._days.setdefault(day, []).append(look.id)

    def beside(self, look: Look) -> Iterable[Look]:
        found = {i for day in look.days for i in self._days.get(day, ())}
        others = (self._looks[i] for i in sorted(found))
        return [o for o in others if not look.country or not o.country or o.country == look.country]

    def open(self, keys: frozenset[str]) -> Iterable[Look]:
        return [look for look in self.named(keys) if look.id in self._open]

    def named(self, keys: frozenset[str]) -> Iterable[Look]:
        return [self._looks[i] for i in sorted({i for key in keys for i in self._names.get(key, ())})]

    def reported(self, groups: frozenset[str]) -> Iterable[str]:
        return [i for group in sorted(groups) for i in self._groups.get(group, ())]

    def members(self, incidents: frozenset[str]) -> Iterable[str]:
        return [i for incident in sorted(incidents) for i in self._members.get(incident, ())]

    def features(self, ids: Iterable[str]) -> list[Features]:
        told = [self._claims[i] for i in ids]
        return [features_of(c, self._reports.get(str(c["document"])), gazetteer=self._gazetteer) for c in told]


def near(fresh: Sequence[Features], standing: Standing) -> list[str]:
    """Ids of the standing claims that may be compared with a new one, in order."""
    part = [f for f in fresh if f.scope == "event" and f.status != "planned"]
    chosen = set(standing.reported(frozenset(f.group for f in fresh)))
    waiting = list(standing.open(frozenset().union(*(f.spot.keys for f in part)))) if part else []
    for f in part:
        look = look_of(f.id, f.group, (f.first, f.last), f.spot)
        if look.open:
            chosen.update(o.id for o in standing.named(look.names) if _may_be_one(look, o))
            continue
        if f.first == f.last and f.last is not None:
            # A day's slip is seen as a doubt (``slips``).
            look = replace(look, first=f.last - 1, last=f.last + 1)
        chosen.update(o.id for o in standing.beside(look) if _meets(look, o))
        chosen.update(o.id for o in waiting if o.names & look.names and _may_be_one(look, o))
    return sorted(chosen)


def _meets(a: Look, b: Look) -> bool:
    """Whether two claims of one day may lie near each other; where a place is missing their words may be the same."""
    if not a.placed or not b.placed:
        return True
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return bool(a.names & b.names or a.names & b.around or a.around & b.names)
    reach = (a.reach + b.reach + SLACK) / _DEGREE
    return abs(a.latitude - b.latitude) <= reach and abs(a.longitude - b.longitude) * _narrowed(a, b) <= reach


def _narrowed(a: Look, b: Look) -> float:
    """How long a degree of longitude is, as a share of one of latitude, where it is shorter of the two."""
    return min(math.cos(math.radians(look.latitude or 0.0)) for look in (a, b))


def _may_be_one(a: Look, b: Look) -> bool:
    """Whether nothing of time or country speaks against it; which place it is, is known to be the same."""
    if a.country and b.country and a.country != b.country:
        return False
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return True
    return a.first <= b.last and b.first <= a.last
