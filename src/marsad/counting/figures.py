"""Figures: what several claims together say of how many people came to harm, as ranges from the least to the most.

Where claims disagree whether the people were civilians, or leave it open, the least is 0 for civilians and for combatants alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from marsad.counting.dossier import Told
from marsad.counting.ranges import Range, Tally, added, hull
from marsad.record import record

__all__ = ["CLASHES", "Figure", "contested", "figure", "others", "people"]

# Where fighters die beside civilians: one claim of either and one of the other do not contradict each other.
CLASHES = frozenset(("armed_clash", "government_regains_territory", "non_state_actor_overtakes_territory"))


@record(frozen=True, slots=True)
class Figure:
    """A number of people of an incident.

    Attributes:
        kind: of harm, as in ``docs/claims.md``.
        who: ``all``, ``civilian``, ``combatant``, ``unknown``, ``side:`` and a party, or a part (``children``, ``women`` ...).
        low, high: from the least to the most; ``low <= best <= high``.
        best: the number that a policy settles on, or None where it gives a range.
        open: whether there may be more than ``high``.
        contested: whether claims disagree on the status of these people.
        claims: ids of the claims that it rests on.
    """

    kind: str
    who: str
    low: int
    high: int
    best: int | None = None
    open: bool = False
    contested: bool = False
    claims: tuple[str, ...] = ()

    def within(self, whole: Figure) -> Figure:
        """The same as a part of a whole: neither its least nor its most is more than that of the whole."""
        if self.low <= whole.low and self.high <= whole.high:
            return self
        return replace(self, low=min(self.low, whole.low), high=min(self.high, whole.high))

    def to_dict(self) -> dict[str, Any]:
        """The figure as data for JSON."""
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


def contested(claims: Iterable[Told], tallies: Mapping[str, Tally]) -> bool:
    """Whether one claim has only civilians where another has only combatants, other than in a clash."""
    given = [t for t in claims if t.id in tallies]
    if any(t.claim.type in CLASHES for t in given):
        return False
    told = [tallies[t.id] for t in given]
    civilian = any(t.civilian is not None and t.combatant is None and t.open is None for t in told)
    combatant = any(t.combatant is not None and t.civilian is None and t.open is None for t in told)
    return civilian and combatant


def others(claims: Sequence[Told], tallies: Mapping[str, Tally]) -> dict[str, dict[str, Range]]:
    """For each claim the dead of sides that it does not speak of, by party, as other claims tell them; "" for civilians.

    A claim that tells only of the fighters of one party says nothing of those of another, and in a clash nothing of civilians; a
    claim that has people of unknown status may have them among those, so nothing is added to it.
    """
    if len(claims) < 2:
        return {}
    clash = any(t.claim.type in CLASHES for t in claims)
    told: dict[str, list[Range]] = {}
    own: dict[str, frozenset[str]] = {}
    for t in claims:
        tally = tallies[t.id]
        parts = dict(tally.sides)
        fighters = tally.combatant.high if tally.combatant else 0
        whole = tally.open is None and sum(r.high for r in parts.values()) == fighters
        if clash and tally.civilian is not None:
            parts[""] = tally.civilian
        for key, r in parts.items():
            told.setdefault(key, []).append(r)
        if whole and (tally.civilian is None or clash):
            own[t.id] = frozenset(parts)
    sums = {key: hull(ranges) for key, ranges in told.items()}
    return {t.id: {k: r for k, r in sums.items() if t.id in own and k not in own[t.id]} for t in claims}


def people(
    kind: str, claims: Sequence[Told], tallies: Mapping[str, Tally], *, sides: bool = True, disputed: bool | None = None
) -> tuple[Figure, ...]:
    """Everybody, civilians and combatants as ranges over claims, then those of unknown status and parts.

    Args:
        kind: of harm.
        claims: those that stand and have a tally, by day of publication.
        tallies: what they tell, by id.
        sides: whether the dead of sides that different claims tell of are added.
        disputed: whether the status is contested; found out where it is None.

    Returns:
        Figures of those that any claim tells of; none where there is no claim.
    """
    if not claims:
        return ()
    more = others(claims, tallies) if sides else {}
    everybody = hull(added([tallies[t.id].all, *more.get(t.id, {}).values()]) for t in claims)
    if disputed is None:
        disputed = contested(claims, tallies)
    ids = tuple(t.id for t in claims)
    made = [figure(kind, "all", everybody, ids)]
    found = {who: _status(who, claims, tallies) for who in ("civilian", "combatant")}
    if disputed:
        found = dict.fromkeys(found, Range(0, everybody.high, everybody.open))
    for who, other in (("civilian", "combatant"), ("combatant", "civilian")):
        r, rest = found[who], found[other]
        if r is None:
            continue
        if not disputed and not everybody.open and rest is not None:
            r = r.within(Range(0, everybody.high - rest.low))
        speaking = tuple(t.id for t in claims if disputed or tallies[t.id].of(who) is not None)
        if r.high or any(tallies[t.id].stated(who) for t in claims):
            made.append(figure(kind, who, r, speaking, disputed=disputed).within(made[0]))
    names = {name for t in claims for name, _ in tallies[t.id].groups}
    names |= {f"side:{name}" for t in claims for name, _ in tallies[t.id].sides}
    if any(tallies[t.id].open is not None for t in claims):
        names.add("unknown")
    for who in sorted(names):
        said = {t.id: r for t in claims if (r := tallies[t.id].of(who)) is not None}
        r = hull(said.values())
        # Where one claim knows the status of all, there may be none of unknown status.
        least = 0 if who == "unknown" and len(said) < len(claims) else r.low
        made.append(figure(kind, who, Range(least, r.high, r.open), tuple(said)).within(made[0]))
    return tuple(made)


def figure(kind: str, who: str, r: Range, claims: tuple[str, ...], *, disputed: bool = False) -> Figure:
    """A range as a figure."""
    return Figure(kind, who, r.low, r.high, None, r.open, disputed, claims)


def _status(who: str, claims: Sequence[Told], tallies: Mapping[str, Tally]) -> Range | None:
    """People of a status: the least by the claims that tell of it, else 0; the most by these and by those that leave it open."""
    told = [tallies[t.id] for t in claims]
    found = [r for t in told if (r := t.of(who)) is not None]
    if not found:
        return None
    stated = [t.of(who) for t in told if t.stated(who)]
    least = min((r.low for r in stated if r is not None), default=0)
    all_of = hull(found)
    return Range(least, all_of.high, all_of.open)
