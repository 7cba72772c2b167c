"""Standing words: an origin speaks once. What it said earlier of the same people is superseded by what it said last.

Tolls rise as the dead are found, and a list that takes both numbers of one source takes its doubt for a disagreement. Days are those
on which a text was first said, so that a late copy is no news; claims of reports without a day supersede nothing and are not superseded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from marsad.counting.dossier import Told, origins_of, said_on
from marsad.counting.ranges import Tally

__all__ = ["Superseded", "covers", "replaces", "standing"]


@dataclass(frozen=True, slots=True)
class Superseded:
    """A claim that does not stand, the one that stands for it, and the name of their origin."""

    claim: str
    by: str
    origin: str


def statuses(tally: Tally) -> frozenset[str]:
    """The statuses that a tally tells people of."""
    told = {"civilian": tally.civilian, "combatant": tally.combatant, "open": tally.open}
    return frozenset(name for name, r in told.items() if r is not None)


def replaces(later: Tally, earlier: Tally) -> bool:
    """Whether a later number is no vaguer than the earlier one, so that it can stand for it."""
    return not later.all.open or earlier.all.open or later.all.low > earlier.all.high


def covers(later: Tally, earlier: Tally) -> bool:
    """Whether a later word also tells the status of all whose status the earlier one told."""
    return statuses(earlier) - {"open"} <= statuses(later) and replaces(later, earlier)


def standing(
    claims: Sequence[Told], tallies: Mapping[str, Tally], over: Callable[[Tally, Tally], bool] = covers
) -> tuple[list[Told], list[Superseded]]:
    """The claims that stand, in order, and those that are superseded.

    Args:
        claims: by day of publication.
        tallies: what they tell, by id; claims without one are left out of both lists.
        over: whether the later tally can stand for the earlier.
    """
    given = [t for t in claims if t.id in tallies]
    if len(given) < 2:
        return given, []
    days = said_on(given)
    groups = origins_of(given).groups
    order = {t.id: number for number, t in enumerate(given)}
    stands, fallen = [], []
    for t in given:
        day = days[t.id]
        found = []
        for group in groups:
            if t.id not in group.claims:
                continue
            later = [
                c for c in group.claims
                if day is not None and (days[c] or "") > day and over(tallies[c], tallies[t.id])
            ]  # fmt: skip
            found.append((max(later, key=lambda c: (days[c] or "", order[c])), group.name) if later else None)
        if found and all(f is not None for f in found):
            by, name = next(f for f in found if f is not None)
            fallen.append(Superseded(t.id, by, name))
        else:
            stands.append(t)
    return stands, fallen
