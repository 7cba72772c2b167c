"""Values: each value that claims give for a slot, with who says it, and which values exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Any

from marsad.counting.dossier import Told, origins_of
from marsad.counting.figures import CLASHES
from marsad.counting.speakers import same_camp
from marsad.lexicon.reasons import Reason, reason
from marsad.model import Date, Harm, Party, Place
from marsad.record import record
from marsad.text.fold import fold
from marsad.vocabulary import HARM_KINDS

__all__ = ["SLOTS", "Contradiction", "Said", "contradictions", "distance", "said", "same_place"]

SLOTS = ("status", "type", "date", "place", "perpetrators", "targets", "sites", "weapons", *HARM_KINDS)
# Points of one place that sources of coordinates set so far apart, in kilometres.
_NEAR = 5.0
_EARTH = 6371.0


@record(frozen=True, slots=True)
class Said:
    """One value of a slot and who says it.

    Attributes:
        slot: one of ``SLOTS``.
        value: as in the public record, without evidence; of harm the list of entries of the kind.
        claims: ids of the claims that say it, by day of publication; days: the days of publication, as far as known.
        origins: names of the origins that say it; count, at_least: how many independent ones there are.
    """

    slot: str
    value: Any
    claims: tuple[str, ...]
    days: tuple[str, ...]
    origins: tuple[str, ...]
    count: int
    at_least: bool

    def to_dict(self) -> dict[str, Any]:
        """The value as data for JSON."""
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


# Days, names of origins, how many there are, and whether there may be more.
_Saying = tuple[tuple[str, ...], tuple[str, ...], int, bool]


@record(frozen=True, slots=True)
class Contradiction:
    """Values of a slot that cannot all be true, side by side, those of most origins first; and why."""

    slot: str
    values: tuple[Said, ...]
    reason: Reason

    def to_dict(self) -> dict[str, Any]:
        """The contradiction as data for JSON."""
        return {"slot": self.slot, "values": [v.to_dict() for v in self.values], "reason": self.reason.text()}


def said(claims: Sequence[Told], slots: Sequence[str] = SLOTS) -> dict[str, tuple[Said, ...]]:
    """All values of all slots, by slot in the order of ``SLOTS``; of a slot those of most origins first, of these the earliest.

    Args:
        claims: of one incident, by day of publication.
        slots: those that are wanted.
    """
    found: dict[str, tuple[Said, ...]] = {}
    # Most values are told by the same claims as others, so what follows from these is found once.
    known: dict[tuple[str, ...], _Saying] = {}
    for slot in slots:
        groups: dict[Hashable, tuple[Any, list[Told]]] = {}
        for t in claims:
            for key, value in _values(t, slot):
                telling = groups.setdefault(key, (value, []))[1]
                if not telling or telling[-1] is not t:
                    telling.append(t)
        made = [_said(slot, value, telling, known) for value, telling in groups.values()]
        if made:
            found[slot] = tuple(sorted(made, key=lambda s: -s.count) if len(made) > 1 else made)
    return found


def contradictions(claims: Sequence[Told], known: Mapping[str, tuple[Said, ...]] | None = None) -> tuple[Contradiction, ...]:
    """Slots whose values exclude each other: whether it happened, other days, other places, parties of other camps, tolls without a
    number in common, and whether the dead were civilians or combatants. Silence is no contradiction.

    Args:
        claims: of one incident, by day of publication.
        known: what :func:`said` gives of them, for the slots that were asked for already.
    """
    if len(claims) < 2:
        return ()
    values = dict(known or {})
    harmed = {h.kind for t in claims for h in t.claim.harm}
    values |= said(claims, [slot for slot, _, _ in _APART if slot not in values and (slot not in HARM_KINDS or slot in harmed)])
    by_id = {t.id: t for t in claims}
    made = []
    for slot, apart, key in _APART:
        told = values.get(slot, ())
        clashing = {
            number
            for (one, a), (other, b) in combinations(enumerate(told), 2)
            if apart([by_id[c] for c in a.claims], [by_id[c] for c in b.claims])
            for number in (one, other)
        }
        if clashing:
            made.append(
                Contradiction(
                    slot, tuple(v for number, v in enumerate(told) if number in clashing), reason(f"counting:apart.{key}")
                )
            )
    return tuple(made)


def _said(slot: str, value: Any, telling: list[Told], known: dict[tuple[str, ...], _Saying]) -> Said:
    ids = tuple([t.claim.id for t in telling])
    saying = known.get(ids)
    if saying is None:
        found = origins_of(telling)
        names = tuple(dict.fromkeys(g.name for g in found.groups if g.name))
        days = tuple(dict.fromkeys(t.published for t in telling if t.published))
        saying = known[ids] = (days, names, found.count, found.at_least)
    return Said(slot, value, ids, *saying)


def _values(t: Told, slot: str) -> Iterable[tuple[Hashable, Any]]:
    claim = t.claim
    if slot in ("status", "type"):
        value = getattr(claim, slot)
        yield value, value
    elif slot == "date":
        date = claim.date
        if date.start or date.end:
            yield (date.start, date.end, date.precision), _plain(date)
    elif slot == "place":
        if claim.place.name:
            yield _place_key(claim.place), _plain(claim.place)
    elif slot in ("perpetrators", "targets"):
        parties: tuple[Party, ...] = getattr(claim, slot)
        for party in parties:
            yield party.id or ("name", fold(party.name)), _plain(party)
    elif slot == "sites":
        for site in claim.sites:
            yield (site.kind, fold(site.name)), _plain(site)
    elif slot == "weapons":
        for weapon in claim.weapons:
            yield weapon.kind, _plain(weapon)
    else:
        entries = [h for h in claim.harm if h.kind == slot]
        if entries:
            yield tuple(sorted(map(_harm_key, entries))), [_plain(h) for h in entries]


def _plain(part: Any) -> Any:
    record = part.to_dict()
    record.pop("evidence", None)
    return record


def _harm_key(harm: Harm) -> tuple[str, ...]:
    parts = sorted((i.who, str(i.min), str(i.max)) for i in harm.including)
    return (str(harm.min), str(harm.max), harm.status, harm.group or "", str(parts))


def _place_key(place: Place) -> Hashable:
    return place.gazetteer or (fold(place.name or ""), place.kind)


def distance(one: Place, other: Place) -> float | None:
    """Kilometres between two places, or None where one has no coordinates."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    a, b = radians(one.latitude or 0.0), radians(other.latitude or 0.0)
    across = radians((other.longitude or 0.0) - (one.longitude or 0.0))
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(sqrt(min(1.0, h)))


def same_place(one: Place, other: Place) -> bool | None:
    """Whether two places are one or one contains the other; None where it cannot be told, as for names in other scripts."""
    if one.country and other.country and one.country != other.country:
        return False
    if one.gazetteer and one.gazetteer == other.gazetteer:
        return True
    names = [frozenset(fold(n) for n in (p.name, *p.within) if n) for p in (one, other)]
    if fold(one.name or "") in names[1] or fold(other.name or "") in names[0]:
        return True
    wide = ("admin", "country", "area")
    apart = distance(one, other)
    if apart is None or one.precision in wide or other.precision in wide:
        return None
    return apart <= _NEAR


def _status_apart(one: list[Told], other: list[Told]) -> bool:
    pair = {one[0].claim.status, other[0].claim.status}
    return pair == {"asserted", "denied"}


def _dates_apart(one: list[Told], other: list[Told]) -> bool:
    a, b = one[0].claim.date, other[0].claim.date
    return _before(a, b) or _before(b, a)


def _before(one: Date, other: Date) -> bool:
    return one.end is not None and other.start is not None and one.end < other.start


def _places_apart(one: list[Told], other: list[Told]) -> bool:
    return same_place(one[0].claim.place, other[0].claim.place) is False


def _parties_apart(one: list[Told], other: list[Told]) -> bool:
    """Whether claims name parties of other camps, and none of them names both."""
    if {t.id for t in one} & {t.id for t in other} or any(t.claim.type in CLASHES for t in [*one, *other]):
        return False
    asserted = [[t for t in group if t.claim.status == "asserted"] for group in (one, other)]
    if not all(asserted):
        return False
    first, second = ({p.id for t in group for p in t.claim.perpetrators if p.id} - {"unidentified"} for group in asserted)
    return bool(first and second) and not same_camp(first, second)


def _tolls_apart(kind: str) -> Callable[[list[Told], list[Told]], bool]:
    def bounds(t: Told) -> tuple[int, int | None] | None:
        entries = [h for h in t.claim.harm if h.kind == kind]
        if any(h.min is None for h in entries):
            return None
        most = None if any(h.max is None for h in entries) else sum(h.max or 0 for h in entries)
        return sum(h.min or 0 for h in entries), most

    def statuses(t: Told) -> set[str]:
        return {h.status for h in t.claim.harm if h.kind == kind}

    def apart(one: list[Told], other: list[Told]) -> bool:
        clash = any(t.claim.type in CLASHES for t in (one[0], other[0]))
        if not clash and [{"civilian"}, {"combatant"}] in (
            [statuses(one[0]), statuses(other[0])],
            [statuses(other[0]), statuses(one[0])],
        ):
            return True
        a, b = bounds(one[0]), bounds(other[0])
        if a is None or b is None:
            return False
        return (a[1] is not None and a[1] < b[0]) or (b[1] is not None and b[1] < a[0])

    return apart


_APART: tuple[tuple[str, Callable[[list[Told], list[Told]], bool], str], ...] = (
    ("status", _status_apart, "status"),
    ("date", _dates_apart, "date"),
    ("place", _places_apart, "place"),
    ("perpetrators", _parties_apart, "perpetrators"),
    *((kind, _tolls_apart(kind), "harm") for kind in HARM_KINDS),
)  # fmt: skip
