"""Ranking: how well each place of a name fits the report it stands in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from marsad.gazetteer import Entry, Gazetteer, kilometres
from marsad.reading.placeforms import prominent
from marsad.reading.placemention import PlaceMention
from marsad.reading.placewords import PlaceWords
from marsad.record import record
from marsad.text.tokens import Text

__all__ = ["SETTLED", "WEIGHTS", "Container", "PlaceContext", "Ranker", "Report", "Scored", "report_of", "together"]

WEIGHTS = {
    "country": 3.0,
    "other_country": -1.5,
    "unit": 2.5,
    "stated": 4.0,
    "stated_apart": -7.0,
    "stated_far": -5.0,
    "class": 2.0,
    "class_apart": -1.2,
    "near": 1.5,
    "far": -0.8,
    "size": 0.22,
    "unit_kind": 0.6,
    "beside_great": -4.0,
    "own": 6.0,
    "earlier": 1.5,
}
SETTLED = frozenset({"city", "town", "village", "neighbourhood"})
_FAR = "far from what is stated"
_PACKAGED = ("marsad", "")  # layers of no user
_UNITS = frozenset({"governorate", "district", "subdistrict"})
_LESSER = SETTLED | _UNITS | {"area"}
_KNOWN_CITY, _WELL_KNOWN, _GREAT_CITY = 40_000, 300_000, 2_000_000
_ELSEWHERE = frozenset({"metonym", "org", "source", "dateline", "away"})  # flags of names that need not lie where the report does
_UNLISTED = 0.3
_NEAR = 150.0
_TOWN = 20  # kilometres from the middle of a town to its quarters


@record(frozen=True, slots=True)
class PlaceContext:
    """What is known beside the text.

    Attributes:
        country: code of the report's theatre, if the caller knows it.
        earlier: ids of places that the register holds already; they count a little more.
        lands: countries where the parties that the text names fight, by code, with how often they are named.
    """

    country: str | None = None
    earlier: frozenset[str] = frozenset()
    lands: Mapping[str, int] = field(default_factory=dict)


@record(frozen=True, slots=True)
class Scored:
    """A candidate with its probability and the reasons for its weight (reason, weight)."""

    entry: Entry
    probability: float
    reasons: tuple[tuple[str, float], ...]

    @property
    def elsewhere(self) -> bool:
        """Whether it lies far from the town that the place is told to be a quarter of, and no user has put it there."""
        return self.entry.layer in _PACKAGED and (_FAR, WEIGHTS["stated_apart"]) in self.reasons


@record(frozen=True, slots=True)
class Container:
    """What the text says a place lies in: the place, if it was resolved, and its country."""

    entry: Entry | None
    country: str | None


@dataclass(slots=True)
class Report:
    """What a report's mentions tell together.

    Attributes:
        countries: weight of each country code.
        alone: of that, what each name of places of one country tells, by the country and the name.
        units: ids of the places that are named beyond doubt.
        points: id to centre of these, without countries.
        main: the weightiest country.
    """

    countries: Counter[str] = field(default_factory=Counter)
    alone: Counter[tuple[str, str]] = field(default_factory=Counter)
    units: set[str] = field(default_factory=set)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    main: str | None = None


def report_of(mentions: Sequence[PlaceMention], text: Text, context: PlaceContext, words: PlaceWords) -> Report:
    """What the mentions and demonyms of a report tell together."""
    report = Report()
    if context.country:
        report.countries[context.country] += 6
    report.countries.update(words.demonyms(text))
    report.countries.update(context.lands)
    lone = len([m for m in mentions if m.candidates]) == 1
    for mention in mentions:
        entries = mention.candidates or mention.inner
        if mention.country:
            report.countries[mention.country] += 2
        if not entries:
            continue
        lands = {e.country for e in entries}
        weight = 1 if mention.flags & _ELSEWHERE else 3
        if entries[0].kind == "country":
            report.countries[entries[0].country] += weight
        elif len(codes := lands - {""}) == 1:
            report.countries[next(iter(codes))] += weight
            report.alone[next(iter(codes)), mention.form] += weight
        else:
            # An ambiguous name speaks a little for the country of its weightiest bearer, of those where the parties fight if any is.
            # A quarter told of alone is rather one that is known as a quarter than a village.
            quarters = [e for e in entries if lone and e.kind == mention.kind == "neighbourhood"]
            bearer = next((e for e in entries if e.country in context.lands), (quarters or entries)[0])
            report.countries[bearer.country] += 1
        if len(lands) == 1:
            report.units.update([e.id for e in entries])
            entry = entries[0]
            if entry.latitude is not None and entry.longitude is not None and entry.kind != "country":
                report.points.setdefault(entry.id, (entry.latitude, entry.longitude))
    if report.countries:
        report.main = min(report.countries, key=lambda c: (-report.countries[c], c))
    return report


class Ranker:
    """Ranks the candidates of a report's mentions."""

    def __init__(self, report: Report, context: PlaceContext, gazetteer: Gazetteer) -> None:
        self.report, self.context, self.gazetteer = report, context, gazetteer
        self._total = sum(report.countries.values())
        self._near: dict[tuple[str, str, bool], bool] = {}
        self._ranked: dict[tuple[int, str | None, str | None, str | None], tuple[Scored, ...]] = {}

    def rank(self, mention: PlaceMention, outer: Container | None) -> tuple[Scored, ...]:
        """Candidates with probabilities, best first.

        Args:
            mention: the mention.
            outer: what the text says it lies in.
        """
        if not mention.candidates:
            return ()
        # A report names the same places again and again; the tuple of candidates is one object for each name.
        key = (
            id(mention.candidates),
            mention.kind if mention.class_first >= 0 else None,
            outer.entry.id if outer and outer.entry else None,
            outer.country or "" if outer else None,
        )
        known = self._ranked.get(key)
        if known is None:
            known = self._ranked[key] = self._rank(mention, outer)
        return known

    def _rank(self, mention: PlaceMention, outer: Container | None) -> tuple[Scored, ...]:
        weights = [(entry, self._reasons(mention, entry, outer)) for entry in mention.candidates]
        sums = [sum([w for _, w in reasons]) for _, reasons in weights]
        top = max(sums)
        powers = [math.exp(s - top) for s in sums]
        # What is left is the chance that the name means a place that no gazetteer has.
        total = sum(powers) + math.exp(_UNLISTED - top) + 0.03
        found = [
            Scored(entry, round(power / total, 4), tuple(reasons))
            for (entry, reasons), power in zip(weights, powers, strict=True)
        ]
        return tuple(sorted(found, key=lambda s: (-s.probability, s.entry.id)))

    def _reasons(self, mention: PlaceMention, entry: Entry, outer: Container | None) -> list[tuple[str, float]]:
        report, found = self.report, list[tuple[str, float]]()
        parents = self.gazetteer.parents(entry)
        settled = entry.kind != "country"
        quarter = mention.class_first >= 0 and mention.kind == "neighbourhood"
        # The name of a lesser place is no support for itself.
        lesser = entry.kind in _LESSER and not prominent(entry) and not self._seat(mention, entry)
        own = report.alone[entry.country, mention.form] if lesser else 0
        if self._total > own:
            share = (report.countries[entry.country] - own) / (self._total - own)
            found.append(("country of the report", round(WEIGHTS["country"] * share, 3)))
            if not share and settled:
                weak = entry.kind in SETTLED and entry.population < _KNOWN_CITY
                found.append(("country not told of", WEIGHTS["other_country"] * (2 if weak else 1)))
        if settled:
            for unit in parents:
                if unit.id in report.units and unit.kind != "country" and set(entry.forms).isdisjoint(unit.forms):
                    found.append(("its unit is named", WEIGHTS["unit"]))
                    break
        if outer is not None:
            wide = outer.entry
            if wide is not None and any(_same(wide, p) for p in parents):
                found.append(("stated to lie in it", WEIGHTS["stated"]))
            elif outer.country and entry.country and outer.country != entry.country:
                found.append(("another country is stated", WEIGHTS["stated_apart"]))
            elif wide is not None and _far_off(entry, parents, wide, quarter):
                inside = quarter and wide.kind in SETTLED  # it lies in the town, and nowhere else
                found.append((_FAR, WEIGHTS["stated_apart" if inside else "stated_far"]))
            elif outer.country and outer.country == entry.country:
                found.append(("country stated", WEIGHTS["stated"] / 2))
        if mention.class_first >= 0 and mention.kind:
            if mention.kind == "area" or (mention.kind == "site" and entry.kind in SETTLED):
                pass  # "the area of X" is said of all kinds, and barracks are called by the village beside them
            elif _fits(mention.kind, entry.kind) and not (mention.kind == "village" and entry.population >= _KNOWN_CITY):
                found.append(("class word fits", WEIGHTS["class"]))
            else:
                # "The quarter X" is not the great city X of another country; a camp may be called by the town beside it.
                abroad = quarter and report.main not in (None, entry.country)
                found.append(("class word does not fit", WEIGHTS["class_apart"] * (3 if abroad else 1)))
        elif entry.kind in ("city", "governorate", "country"):
            found.append(("prominent kind", WEIGHTS["unit_kind"]))
        elif entry.kind in _UNITS and any(e.population >= _GREAT_CITY and e.country != entry.country for e in mention.candidates):
            found.append(("unit named like a great city", WEIGHTS["beside_great"]))
        if settled and report.points and entry.latitude is not None and entry.longitude is not None:
            near = self._near_others(mention, entry)
            found.append(("near other places", WEIGHTS["near"]) if near else ("far from other places", WEIGHTS["far"]))
        if entry.population:
            found.append(("inhabitants", _size(entry.population)))
        if entry.layer not in _PACKAGED:
            found.append(("in a layer of the user", WEIGHTS["own"]))
        if entry.id in self.context.earlier:
            found.append(("in the register", WEIGHTS["earlier"]))
        return found

    def _seat(self, mention: PlaceMention, entry: Entry) -> bool:
        """Whether a place is told by its class word, and a greater one of its country has its name ("the city of X" in the governorate X)."""
        if mention.class_first < 0 or not mention.kind or not _fits(mention.kind, entry.kind):
            return False
        return any(other.country == entry.country and prominent(other) for other in mention.candidates if other is not entry)

    def _near_others(self, mention: PlaceMention, entry: Entry) -> bool:
        """Whether a place lies within ``_NEAR`` km of an unambiguous place of the report of another name, or no other is told of."""
        elsewhere = bool(mention.flags & _ELSEWHERE)
        known = self._near.get((entry.id, mention.form, elsewhere))
        if known is None:
            # The name of a town may be that of one far away that no list has; one that all know, or a unit, is no less likely for being
            # told of alone.
            towns = not elsewhere and all(e.kind in SETTLED and e.population < _WELL_KNOWN for e in mention.candidates)
            own = {e.id for e in mention.candidates} if towns else set[str]()
            others = [point for other, point in self.report.points.items() if other not in own]
            spot = _point(entry)
            known = not others or any(_beside(spot, point) for point in others)
            self._near[entry.id, mention.form, elsewhere] = known
        return known


def _point(entry: Entry) -> tuple[float, float]:
    assert entry.latitude is not None and entry.longitude is not None
    return entry.latitude, entry.longitude


def _beside(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two points lie within ``_NEAR`` km of each other; most are ruled out by a glance, with bounds that hold up to 70 degrees north."""
    return abs(one[0] - other[0]) < 2 and abs(one[1] - other[1]) < 4 and kilometres(*one, *other) < _NEAR


@lru_cache(maxsize=50_000)
def _size(population: int) -> float:
    return round(WEIGHTS["size"] * math.log10(population), 3)


@lru_cache(maxsize=1000)
def _fits(said: str, kind: str) -> bool:
    if said == kind:
        return True
    if said in SETTLED and kind in SETTLED:
        return said != "neighbourhood" or kind in ("neighbourhood", "village")
    if said in _UNITS and kind in _UNITS:
        return said != "governorate" or kind == "governorate"
    return False


def _same(one: Entry, other: Entry) -> bool:
    if one.id == other.id:
        return True
    return one.country == other.country and bool(set(one.forms) & set(other.forms))


def _far_off(entry: Entry, parents: Sequence[Entry], wide: Entry, quarter: bool) -> bool:
    """Whether a place lies well outside a unit, or far from a place, that is said to contain or neighbour it; quarters lie in their towns.

    A place without coordinates lies somewhere in the narrowest unit that has some.
    """
    placed = next((p for p in (entry, *parents) if p.latitude is not None and p.kind != "country"), None)
    if wide.kind == "country" or placed is None or placed.latitude is None or wide.latitude is None:
        return False
    assert placed.longitude is not None and wide.longitude is not None
    reach = _TOWN if quarter and wide.kind in SETTLED else 60
    around = 0.0 if placed is entry else 1.5 * placed.radius
    return kilometres(placed.latitude, placed.longitude, wide.latitude, wide.longitude) > reach + around + 1.5 * wide.radius


def together(one: Entry, other: Entry) -> bool:
    if one.id == other.id:
        return True
    if one.country != other.country or one.latitude is None or other.latitude is None:
        return False
    assert one.longitude is not None and other.longitude is not None
    return kilometres(one.latitude, one.longitude, other.latitude, other.longitude) <= 30 + one.radius + other.radius
