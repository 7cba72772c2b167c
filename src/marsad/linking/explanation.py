"""Explanations: why two claims are, or are not, of one event, in words and weights, and what the best alternative is.

Every explanation is made by the same comparison that decided (``scoring.Scorer``), with the same weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from marsad.lexicon.reasons import Named, Reason, Sides
from marsad.linking.comparisons import COMPARISONS
from marsad.linking.exclusions import Rivals, excluded
from marsad.linking.features import Features
from marsad.linking.parameters import Parameters, probability, shipped
from marsad.linking.scoring import Scorer
from marsad.linking.spots import apart

__all__ = ["Explainer", "IncidentExplanation", "PairExplanation", "Weighed"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one comparison says: its level, the weight in bits, and why, with the values."""

    comparison: str
    level: str
    weight: float
    why: Reason


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """Why two claims are or are not of one event.

    Attributes:
        claims: ids, in order.
        weight: sum of the reasons, in bits. probability: the chance that stands for it.
        reasons: the heaviest first; ``start`` is what every pair begins with.
        excluded: why they cannot be of one event whatever the weight, or None.
    """

    claims: tuple[str, str]
    weight: float
    probability: float
    reasons: tuple[Weighed, ...]
    excluded: Reason | None

    @property
    def speaking(self) -> tuple[Weighed, ...]:
        """What speaks for one event."""
        return tuple(r for r in self.reasons if r.weight >= 0 and r.comparison != "start")

    @property
    def against(self) -> tuple[Weighed, ...]:
        """What speaks against it."""
        return tuple(r for r in self.reasons if r.weight < 0 and r.comparison != "start")

    def words(self, language: str = "en", named: Named | None = None) -> str:
        """The reasons in one line, those for it before those against it.

        Args:
            language: ``en`` or ``ar``.
            named: names the values of vocabularies; they are told as they are without it.
        """
        speak, against = ([r.why for r in side] for side in (self.speaking, self.against))
        told = Reason("linking", "for_and_against", (("speak", tuple(speak)), ("against", tuple(against))))
        if not speak:
            told = Reason("linking", "against", (("reasons", tuple(against)),))
        elif not against:
            told = Reason("linking", "for", (("reasons", tuple(speak)),))
        if self.excluded is not None:
            told = Reason("linking", "excluded", (("words", told), ("why", self.excluded)))
        return told.text(language, named)

    def to_dict(self) -> dict[str, Any]:
        """The explanation as plain data, its words in English."""
        return {
            "claims": list(self.claims), "weight": self.weight, "probability": self.probability, "words": self.words(),
            "reasons": [
                {"comparison": r.comparison, "level": r.level, "weight": r.weight, "words": r.why.text()} for r in self.reasons
            ],
            "excluded": None if self.excluded is None else self.excluded.text(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class IncidentExplanation:
    """Why an incident holds together.

    Attributes:
        id: of the incident.
        links: for each claim but the first its best pair with another claim of the incident.
        weakest: the pair of the incident that speaks least for it, or None for a single claim.
        alternative: the incident that any of its claims would fit next best, or None. ``against`` is the pair that decides against
            it: one that excludes itself if there is one, else the one with the least weight.
        against: see ``alternative``.
    """

    id: str
    links: tuple[PairExplanation, ...]
    weakest: PairExplanation | None
    alternative: str | None
    against: PairExplanation | None

    def to_dict(self) -> dict[str, Any]:
        """The explanation as plain data, its words in English."""
        plain = {name: told and told.to_dict() for name in ("weakest", "against") for told in [getattr(self, name)]}
        return plain | {"id": self.id, "links": [p.to_dict() for p in self.links], "alternative": self.alternative}


class Explainer:
    """Explains pairs and incidents of given claims.

    Args:
        claims: features of the claims that may be asked about, and of what stands beside them.
        parameters: those that decided.
    """

    def __init__(self, claims: Iterable[Features], parameters: Parameters | None = None) -> None:
        self._claims = {c.id: c for c in claims}
        self._parameters = parameters or shipped()
        rivals = Rivals(self._claims.values())
        self._rivals = {c: rivals.of(f) for c, f in self._claims.items()}

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> list[PairExplanation]:
        """Explanations of pairs of claim ids, in the order given.

        Raises:
            KeyError: a claim that was not given.
        """
        levels = self._levels(pairs)
        return [self._pair(pair, levels[pair]) for pair in ((min(p), max(p)) for p in pairs)]

    def _levels(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Mapping[str, str]]:
        """The level of each comparison of pairs; the ids of each pair in order."""
        wanted = {c for pair in pairs for c in pair}
        scorer = Scorer([self._claims[c] for c in sorted(wanted)], self._rivals)
        try:
            numbers = [tuple(sorted((scorer.number[a], scorer.number[b]))) for a, b in pairs]
            levels = scorer.compare([(a, b) for a, b in numbers])
        finally:
            scorer.close()
        return {(scorer.claims[a].id, scorer.claims[b].id): levels[a, b] for a, b in numbers}

    def pair(self, first: str, second: str) -> PairExplanation:
        """Why two claims are or are not of one event."""
        return self.pairs([(first, second)])[0]

    def incident(self, known: Mapping[str, str], identifier: str) -> IncidentExplanation:
        """Why an incident holds together, and the best alternative among the other incidents of the claims that were given.

        Args:
            known: claims and the incidents that they are in.
            identifier: id of the incident.

        Raises:
            KeyError: none of the claims that were given is in it.
        """
        claims = [c for c in sorted(self._claims) if known.get(c) == identifier]
        if not claims:
            raise KeyError(identifier)
        others = [c for c in sorted(self._claims) if known.get(c, identifier) != identifier]
        inner = [(a, b) for n, a in enumerate(claims) for b in claims[n + 1 :]]
        outer = [(min(a, b), max(a, b)) for a in claims for b in others]
        # Compared at once: the claims are laid out for it, which takes longer than to compare them. Only those shown are put in words.
        levels = self._levels([*inner, *outer]) if inner or outer else {}
        weights = {pair: self._total(told) for pair, told in levels.items()}
        links = [max((p for p in inner if claim in p), key=lambda p: (weights[p], p)) for claim in claims[1:]]
        weakest = min(inner, key=lambda p: (weights[p], p), default=None)
        alternative, beside = _alternative(known, identifier, weights, outer) if outer else (None, [])
        return IncidentExplanation(
            identifier,
            tuple(self._pair(p, levels[p]) for p in links),
            weakest and self._pair(weakest, levels[weakest]),
            alternative,
            min((self._pair(p, levels[p]) for p in beside), key=lambda p: (p.excluded is None, p.weight, p.claims), default=None),
        )

    def _total(self, levels: Mapping[str, str]) -> float:
        """The weight of a pair: the sum of what its reasons weigh, each as it is shown."""
        told = (round(self._parameters.weight(name, level), 2) for name, level in levels.items() if level != "null")
        return round(sum(told, round(self._parameters.start, 2)), 2)

    def _pair(self, pair: tuple[str, str], levels: Mapping[str, str]) -> PairExplanation:
        a, b = (self._claims[c] for c in pair)
        reasons = [Weighed("start", "", round(self._parameters.start, 2), Reason("linking", "start"))]
        for comparison in COMPARISONS:
            level = levels[comparison.name]
            if level != "null":
                weight = round(self._parameters.weight(comparison.name, level), 2)
                reasons.append(Weighed(comparison.name, level, weight, _why(a, b, comparison.name, level)))
        total = self._total(levels)
        why = excluded(a, b, self._rivals)
        ordered = tuple(sorted(reasons, key=lambda r: (-abs(r.weight), r.comparison)))
        return PairExplanation((a.id, b.id), total, round(probability(total), 4), ordered, why.why if why else None)


def _alternative(
    known: Mapping[str, str], incident: str, weights: Mapping[tuple[str, str], float], pairs: Sequence[tuple[str, str]]
) -> tuple[str, list[tuple[str, str]]]:
    """Of the incidents that pairs lead to the one with the greatest mean weight, and the pairs with it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for a, b in pairs:
        groups.setdefault(known[b] if known[a] == incident else known[a], []).append((a, b))
    best = max(sorted(groups), key=lambda i: sum(weights[p] for p in groups[i]) / len(groups[i]))
    return best, groups[best]


def _why(a: Features, b: Features, comparison: str, level: str) -> Reason:
    distance = apart(a.spot, b.spot)
    sets = {
        "perpetrator": (a.perpetrators, b.perpetrators), "target": (a.targets, b.targets), "weapon": (a.weapons, b.weapons),
        "site": (a.site_names, b.site_names) if level == "same_name" else (a.site_kinds, b.site_kinds),
    }.get(comparison, (frozenset[str](), frozenset[str]()))  # fmt: skip
    numbers = {"killed": (a.killed_low, b.killed_low), "injured": (a.injured, b.injured), "taken": (a.taken, b.taken)}
    told = numbers.get(comparison, (None, None))
    values = {
        "day": _day(a.first), "days": Sides((_days(a), _days(b))),
        "places": Sides(dict.fromkeys(n for n in (a.spot.name, b.spot.name) if n)),
        "km": "?" if distance is None else f"{distance:.1f}",
        "type": a.type, "types": Sides((a.type, b.type)),
        "shared": _plain(sets[0] & sets[1]), "both": Sides(_plain(side) for side in sets),
        "numbers": Sides(n if n is not None else "-" for n in dict.fromkeys(told)),
    }  # fmt: skip
    return Reason("linking", f"{comparison}.{level}", tuple(values.items()))


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(n.removeprefix("name:") for n in names))


def _day(day: int | None) -> str:
    return date.fromordinal(day).isoformat() if day else "?"


def _days(claim: Features) -> str:
    return _day(claim.first) if claim.first == claim.last else f"{_day(claim.first)} - {_day(claim.last)}"
