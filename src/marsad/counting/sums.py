"""Sums: a toll over several events beside the incidents of its area and time. It is checked against them and never added to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.counting.dossier import Dossier, Told
from marsad.counting.figures import Figure
from marsad.counting.ranges import Range, Tally, added, tally
from marsad.counting.speakers import same_camp
from marsad.counting.together import tolls
from marsad.lexicon.reasons import Reason, reason
from marsad.model import Place
from marsad.syndication.names import script
from marsad.text.fold import fold
from marsad.vocabulary import HARM_KINDS

__all__ = ["SumCheck", "check_sums"]

_AREAS = ("subdistrict", "district", "governorate", "country")


@dataclass(frozen=True, slots=True)
class SumCheck:
    """An aggregate against the incidents that fall within it.

    Attributes:
        aggregate: id of its claim. kind, who: what is compared: everybody, or civilians or combatants where it tells only of them.
        low, high, open: its toll.
        inside: ids of incidents that lie wholly in its area and time; perhaps: of those that may, or lie in it only in part.
        sum_low, sum_high: what the incidents inside tell together; perhaps_high: the most that those that may lie in it add.
        verdict: ``fits``; ``short`` (the incidents tell of fewer: some are missing here); ``over`` (they tell of more: an incident may
            be here twice, or the aggregate leaves some out); ``nothing`` to compare.
        reason: of the verdict.
    """

    aggregate: str
    kind: str
    who: str
    low: int
    high: int
    open: bool
    inside: tuple[str, ...]
    perhaps: tuple[str, ...]
    sum_low: int
    sum_high: int
    perhaps_high: int
    verdict: str
    reason: Reason

    def to_dict(self) -> dict[str, Any]:
        """The check as data for JSON, its reason in English."""
        plain = {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}
        return plain | {"reason": self.reason.text()}


def check_sums(aggregates: Iterable[Told], dossiers: Sequence[Dossier]) -> tuple[SumCheck, ...]:
    """Check aggregates against incidents.

    Args:
        aggregates: claims of scope ``aggregate``; others are passed over.
        dossiers: of all incidents that may fall within.

    Returns:
        One check for each aggregate and kind of harm of which it tells a number, in the order given.
    """
    given = sorted(dossiers, key=lambda d: d.id)
    # The figures of an incident are asked for each aggregate and made once.
    figures: dict[tuple[str, str], tuple[Figure, ...]] = {}

    def of(incident: str, kind: str) -> tuple[Figure, ...]:
        key = (incident, kind)
        if key not in figures:
            figures[key] = tolls(by_id[incident], kind)
        return figures[key]

    by_id = {d.id: d for d in given}
    made = []
    for t in aggregates:
        if t.claim.scope != "aggregate":
            continue
        tallies = {kind: r for kind in HARM_KINDS if (r := tally(t.claim, kind)) is not None}
        if not tallies:
            continue
        falls = {d.id: _falls(t, d) for d in given}
        inside = [i for i, falling in falls.items() if falling]
        perhaps = [i for i, falling in falls.items() if falling is None]
        made += [_check(t.id, kind, r, inside, perhaps, of) for kind, r in tallies.items()]
    return tuple(made)


def _check(
    claim: str,
    kind: str,
    told: Tally,
    inside: Sequence[str],
    perhaps: Sequence[str],
    of: Callable[[str, str], tuple[Figure, ...]],
) -> SumCheck:
    who = "all"
    if told.open is None and (told.civilian is None or told.combatant is None):
        who = "civilian" if told.civilian is not None else "combatant"

    def ranges(ids: Sequence[str]) -> dict[str, Range]:
        return {i: Range(f.low, f.high, f.open) for i in ids for f in of(i, kind) if f.who == who}

    certain, doubtful = ranges(inside), ranges(perhaps)
    total, more, r = added(certain.values()), added(doubtful.values()), told.all
    if not certain and not doubtful:
        verdict = "nothing"
    elif total.low > r.high and not r.open:
        verdict = "over"
    elif total.high + more.high < r.low and not (total.open or more.open):
        verdict = "short"
    else:
        verdict = "fits"
    why = reason(
        f"sums:{verdict}{'.perhaps' if verdict == 'short' and doubtful else ''}", incidents=len(certain), kind=kind,
        sums=_extent(total), number=_extent(r), others=len(doubtful), most=more.high,
    )  # fmt: skip
    return SumCheck(
        claim, kind, who, r.low, r.high, r.open, tuple(certain), tuple(doubtful), total.low, total.high, more.high, verdict, why
    )  # fmt: skip


def _extent(r: Range) -> int | Reason:
    return r.low if r.low == r.high else reason("sums:range", low=r.low, high=r.high)


def _falls(aggregate: Told, dossier: Dossier) -> bool | None:
    """Whether an incident lies in the area and time of an aggregate; None where it may, or in part."""
    claims = [t for t in dossier.claims if t.claim.scope == "event" and t.claim.status == "asserted"]
    if not claims:
        return False
    ids = {p.id for p in aggregate.claim.perpetrators if p.id}
    others = {p.id for t in claims for p in t.claim.perpetrators if p.id} - {"unidentified"}
    if ids and others and not same_camp(ids, others):
        return False
    ways = [_during(aggregate, claims), _contains(aggregate.claim.place, [t.claim.place for t in claims])]
    return False if False in ways else None if None in ways else True


def _during(aggregate: Told, claims: Sequence[Told]) -> bool | None:
    period = aggregate.claim.date
    if period.start is None or period.end is None:
        return None
    starts = [t.claim.date.start for t in claims if t.claim.date.start and t.claim.date.end]
    ends = [t.claim.date.end for t in claims if t.claim.date.start and t.claim.date.end]
    if not starts or not ends:
        return None
    first, last = min(s for s in starts if s), max(e for e in ends if e)
    if last < period.start or first > period.end:
        return False
    return True if period.start <= first and last <= period.end else None


def _contains(area: Place, places: Sequence[Place]) -> bool | None:
    if area.name is None:
        return None
    found = [_inside(area, p) for p in places if p.name is not None]
    if True in found:
        return True
    return False if found and all(f is False for f in found) else None


def _inside(area: Place, place: Place) -> bool | None:
    if area.country and place.country and area.country != place.country:
        return False
    if area.kind == "country" or area.precision == "country":
        return True if area.country and area.country == place.country else None
    if area.gazetteer and area.gazetteer == place.gazetteer:
        return True
    names = [n for n in (place.name, *place.within) if n]
    name = area.name or ""
    if fold(name) in {fold(n) for n in names}:
        return True
    # A place that tells what contains it, up to the country, is not in an area that it does not tell.
    whole = area.kind in _AREAS and place.country and len(place.within) > 1
    return False if whole and script(name) == script(names[0]) else None
