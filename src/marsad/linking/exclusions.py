"""Exclusions: why two claims cannot be of one event, however alike they are otherwise.

They hold between every two claims of an incident, not only between those that were compared: an incident is never a chain. Only
what people decide stands above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.gazetteer.names import is_arabic
from marsad.lexicon.reasons import Reason
from marsad.linking.features import Features
from marsad.linking.spots import SAME_NAME, Spot, apart, within

__all__ = ["Exclusion", "Rivals", "excluded", "is_version", "rivals_of", "same_place"]

# News without a date tells of an event some days old at most, unless it says so.
_STALE = 30
# Whose toll is of another size: neither rises to the other.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why two claims exclude each other: ``kind`` is ``day``, ``place``, ``party``, ``site``, ``document``, ``scope`` or
    ``people``; ``why`` says it with the values."""

    kind: str
    why: Reason


def _because(kind: str, key: str, /, **values: Any) -> Exclusion:
    return Exclusion(kind, Reason("linking", f"excluded.{key}", tuple(values.items())))


class Rivals:
    """Which parties the same report (or a copy of it) names for an event: who is accused, and who denies.

    Two claims that name different parties tell of two events, unless one of their reports tells that the responsibility is
    disputed, by a denial or by another party that is named for the same day and place.
    """

    def __init__(self, claims: Iterable[Features]) -> None:
        self._groups: dict[str, list[Features]] = {}
        for claim in claims:
            if claim.perpetrators and claim.scope == "event":
                self._groups.setdefault(claim.group, []).append(claim)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, claim: Features) -> frozenset[str]:
        """Other parties that the claim's report names for the same day and place."""
        known = self._known.get(claim.id)
        if known is None:
            others: set[str] = set()
            for other in self._groups.get(claim.group, ()):
                if (
                    other.id != claim.id
                    and other.family == claim.family
                    and _same_time(claim, other)
                    and _same_spot(claim, other)
                ):
                    others |= other.perpetrators
            known = self._known[claim.id] = frozenset(others - claim.perpetrators)
        return known


def rivals_of(claims: Sequence[Features]) -> dict[str, frozenset[str]]:
    """By claim id the parties that its report names beside its own, where it names any."""
    rivals = Rivals(claims)
    return {f.id: told for f in claims if (told := rivals.of(f))}


def excluded(a: Features, b: Features, rivals: Mapping[str, frozenset[str]]) -> Exclusion | None:
    """Why two claims cannot be of one event, or None if they can.

    Args:
        rivals: by claim id the parties that its report names beside its own, see ``Rivals``.
    """
    if a.scope != "event" or b.scope != "event":
        return _because("scope", "aggregate")
    if "planned" in (a.status, b.status):
        return _because("scope", "planned")
    return (
        _day(a, b)
        or _place(a.spot, b.spot)
        or _document(a, b)
        or _party(a, b, rivals.get(a.id, frozenset()), rivals.get(b.id, frozenset()))
        or _site(a, b)
    )


def _day(a: Features, b: Features) -> Exclusion | None:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    if a.last >= b.first and b.last >= a.first:
        return None
    gap = max(a.first - b.last, b.first - a.last)
    for news, dated in ((a, b), (b, a)):
        # News without a date may tell of a day before the few that it is taken for, but of none after its publication.
        if news.news and 0 < (news.first or 0) - (dated.last or 0) <= _STALE:
            return None
    return _because("day", "day" if gap == 1 else "days", days=gap)


def _place(a: Spot, b: Spot) -> Exclusion | None:
    if not a.known or not b.known:
        return None
    if a.country and b.country and a.country != b.country:
        return _because("place", "countries", one=a.country, other=b.country)
    distance = apart(a, b)
    same = bool(a.keys & b.keys)
    if distance is not None:
        limit = a.reach + b.reach
        if same and not (a.gazetteer and b.gazetteer and a.gazetteer != b.gazetteer):
            limit = max(limit, SAME_NAME)
        if distance > limit and not (within(a, b) and (a.broad or b.broad)):
            return _because("place", "far", km=f"{distance:.1f}")
        return None
    if within(a, b) or a.broad or b.broad:
        return None
    # One name of two places, as far as the containing units tell; spelt in two scripts these need not meet.
    if a.inside and b.inside and not a.inside & b.inside and not (same and _scripts(a) != _scripts(b)):
        return _because("place", "units", one=a.name, other=b.name)
    return None


def _scripts(spot: Spot) -> bool:
    return is_arabic(spot.name)


def _document(a: Features, b: Features) -> Exclusion | None:
    """Claims of one report, or of a report and its copy, are different events unless one is a version of the other."""
    if a.group != b.group or is_version(a, b):
        return None
    return _because("document", "report")


def is_version(a: Features, b: Features) -> bool:
    """Whether two claims of one report, or of a report and its copy, can be two tellings of one event."""
    if a.document != b.document and a.trigger == b.trigger and a.type == b.type and a.killed == b.killed:
        return True  # the same claim in both copies
    if not (_same_time(a, b) and same_place(a.spot, b.spot)):
        return False
    if a.denied or b.denied:
        return a.family == b.family or bool(a.perpetrators & b.perpetrators)
    if a.document == b.document and a.origins == b.origins:
        return False
    if a.type != b.type and not _alike_tolls(a, b):
        return False
    # A party that says what it hit itself contradicts others; two neutral sources that name different sites tell of two events.
    apart_sites = bool(a.site_kinds and b.site_kinds and not a.site_kinds & b.site_kinds)
    return not apart_sites or a.belligerent != b.belligerent or _alike_tolls(a, b)


def _party(a: Features, b: Features, rivals: frozenset[str], others: frozenset[str]) -> Exclusion | None:
    if a.denied or b.denied or a.group == b.group:
        return None
    ours, theirs = _listed(a.perpetrators), _listed(b.perpetrators)
    if not ours or not theirs or ours & theirs or a.allies & theirs:
        return None
    if (a.one_side and len(theirs) == 1) or (b.one_side and len(ours) == 1):
        return None
    if rivals & theirs or others & ours:
        return None
    return _because("party", "parties", ours=tuple(sorted(ours)), theirs=tuple(sorted(theirs)))


def _listed(parties: frozenset[str]) -> frozenset[str]:
    """Parties known by id: two unlisted names may be names of one party."""
    return frozenset(p for p in parties if not p.startswith("name:") and p != "civilians")


def _site(a: Features, b: Features) -> Exclusion | None:
    if not a.site_names or not b.site_names or a.site_names & b.site_names:
        return None
    kinds = {n.split(":")[0] for n in a.site_names} & {n.split(":")[0] for n in b.site_names}
    if not kinds or (a.language != b.language and a.language and b.language):
        return None  # translated names do not meet letter by letter
    return _because("site", "site", kind=kinds.pop()) if len(kinds) == 1 else _because("site", "sites")


def _same_time(a: Features, b: Features) -> bool:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return a.last >= b.first and b.last >= a.first


def same_place(a: Spot, b: Spot) -> bool:
    """Whether two spots are told as one place, or one as lying in the other."""
    if not a.known or not b.known:
        return not a.known and not b.known
    return bool(a.keys & b.keys or (a.gazetteer and a.gazetteer == b.gazetteer)) or within(a, b)


def _same_spot(a: Features, b: Features) -> bool:
    return same_place(a.spot, b.spot)


def _alike_tolls(a: Features, b: Features) -> bool:
    """Whether both tell of dead, or of people taken, in numbers that may be of one event."""
    for ours, theirs in ((a.killed_low, b.killed_low), (a.taken, b.taken)):
        if ours is not None and theirs is not None and abs(ours - theirs) <= max(1, _FEW * max(ours, theirs) // 10):
            return True
    return False
