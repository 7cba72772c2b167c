"""Slips: claims that exclude each other only narrowly and are alike in all else.

A day's slip, another digit in the date, another party blamed or another name of a site may be a mistake of one report. Such claims are
never joined, but they are shown to people as a doubt. Only what is told exactly is looked at: one day, one place, one toll.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from marsad.lexicon.reasons import Reason
from marsad.linking.exclusions import Exclusion, excluded, same_place
from marsad.linking.features import Features
from marsad.linking.parameters import Parameters
from marsad.linking.scoring import Scorer

__all__ = ["slips", "weighed"]

# A toll that may be the same by chance, and one that hardly is.
_FEW, _MANY = 3, 8
_WORDS = 10
# Bits from which on they are shown.
_LEAST = -4.0


def slips(
    claims: Sequence[Features], rivals: Mapping[str, frozenset[str]], fresh: frozenset[str] | None = None
) -> Iterator[tuple[int, int, Exclusion]]:
    """Pairs of claims that only one thing told slightly otherwise keeps apart.

    Args:
        claims: sorted by id.
        rivals: see ``exclusions.rivals_of``.
        fresh: only pairs with one of these claims.

    Yields:
        Indices into ``claims``, the smaller first, and what keeps them apart.
    """
    alike: dict[tuple[str, int, str], dict[int, list[int]]] = {}
    for n, f in enumerate(claims):
        if f.scope != "event" or f.status != "asserted" or f.news or f.first is None or f.first != f.last:
            continue
        if f.killed_low is None or f.killed_low < _FEW or f.killed_open or f.spot.level not in ("point", "area"):
            continue
        for key in f.spot.keys:
            alike.setdefault((key, f.killed_low, f.family), {}).setdefault(f.first, []).append(n)
    found: dict[tuple[int, int], Exclusion] = {}
    for days in alike.values():
        for a, b in _pairs(days):
            if fresh is not None and claims[a].id not in fresh and claims[b].id not in fresh:
                continue
            if (a, b) not in found and _alike(claims[a], claims[b]):
                why = excluded(claims[a], claims[b], rivals)
                if why is not None and why.kind in ("day", "party", "site"):
                    found[a, b] = why
    for (a, b), why in sorted(found.items()):
        yield a, b, why


def weighed(
    scorer: Scorer, rivals: Mapping[str, frozenset[str]], parameters: Parameters, fresh: frozenset[str] | None = None
) -> dict[tuple[str, str], tuple[float, Reason]]:
    """Slips by the ids of both claims: their weight in bits, and what keeps them apart."""
    found = {(a, b): why for a, b, why in slips(scorer.claims, rivals, fresh)}
    told = {}
    for (a, b), levels in scorer.compare(list(found)).items():
        weight = parameters.start + sum(parameters.weight(name, level) for name, level in levels.items())
        if weight >= _LEAST:
            told[scorer.claims[a].id, scorer.claims[b].id] = (weight, found[a, b].why)
    return told


def _pairs(days: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int]]:
    known = sorted(days)
    told = {day: date.fromordinal(day).isoformat() for day in known}
    for n, day in enumerate(known):
        here = days[day]
        yield from ((min(a, b), max(a, b)) for k, a in enumerate(here) for b in here[k + 1 :])
        for other in known[n + 1 :]:
            if other - day == 1 or _one_digit(told[day], told[other]):
                yield from ((min(a, b), max(a, b)) for a in here for b in days[other])


def _one_digit(a: str, b: str) -> bool:
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _alike(a: Features, b: Features) -> bool:
    """Whether more than place, type and toll is the same."""
    if a.group == b.group or not same_place(a.spot, b.spot) or not _agree(a.targets, b.targets):
        return False
    return (
        (a.killed_low or 0) >= _MANY
        or (a.injured is not None and a.injured == b.injured and a.injured >= _FEW)
        or bool(a.site_names & b.site_names)
        or (bool(a.site_kinds & b.site_kinds) and bool(a.perpetrators & b.perpetrators))
        or _words(a, b)
    )


def _agree(a: Iterable[str], b: Iterable[str]) -> bool:
    ours, theirs = set(a), set(b)
    return not ours or not theirs or bool(ours & theirs)


def _words(a: Features, b: Features) -> bool:
    """Whether half of the words around the evidence are the same."""
    least = min(len(a.words), len(b.words))
    return a.language == b.language and least >= _WORDS and len(a.words & b.words) >= 0.5 * least
