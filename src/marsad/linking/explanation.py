"""Explanations: why two claims are, or are not, of one event, in words and weights, and what the best alternative is.

Every explanation is made by the same comparison that decided (``scoring.Scorer``), with the same weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from marsad.lexicon.table import read_table
from marsad.linking.comparisons import COMPARISONS
from marsad.linking.exclusions import Rivals, excluded
from marsad.linking.features import Features
from marsad.linking.parameters import Parameters, probability, shipped
from marsad.linking.results import Linking
from marsad.linking.scoring import Scorer
from marsad.linking.spots import apart

__all__ = ["Explainer", "IncidentExplanation", "PairExplanation", "Reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparison says: its level, the weight in bits, and words with the values."""

    comparison: str
    level: str
    weight: float
    words: str


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
    reasons: tuple[Reason, ...]
    excluded: str | None

    @property
    def words(self) -> str:
        """The reasons in one line, those for it before those against it."""
        told = [r for r in self.reasons if r.comparison != "start"]
        speak = ", ".join(r.words for r in told if r.weight >= 0)
        against = ", ".join(r.words for r in told if r.weight < 0)
        line = f"{speak}; against: {against}" if speak and against else speak or f"against: {against}"
        return f"{line}; excluded: {self.excluded}" if self.excluded else line


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


class Explainer:
    """Explains pairs and incidents of given claims.

    Args:
        claims: features of the claims that may be asked about, and of what stands beside them.
        parameters: those that decided.
        language: of the words, ``en`` or ``ar``.
    """

    def __init__(self, claims: Iterable[Features], parameters: Parameters | None = None, language: str = "en") -> None:
        self._claims = {c.id: c for c in claims}
        self._parameters = parameters or shipped()
        self._language = language
        rivals = Rivals(self._claims.values())
        self._rivals = {c: rivals.of(f) for c, f in self._claims.items()}

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> list[PairExplanation]:
        """Explanations of pairs of claim ids, in the order given.

        Raises:
            KeyError: a claim that was not given.
        """
        wanted = {c for pair in pairs for c in pair}
        scorer = Scorer([self._claims[c] for c in sorted(wanted)], self._rivals)
        try:
            numbers = [tuple(sorted((scorer.number[a], scorer.number[b]))) for a, b in pairs]
            levels = scorer.compare([(a, b) for a, b in numbers], self._parameters)
        finally:
            scorer.close()
        return [self._pair(scorer.claims[a], scorer.claims[b], levels[a, b]) for a, b in numbers]

    def pair(self, first: str, second: str) -> PairExplanation:
        """Why two claims are or are not of one event."""
        return self.pairs([(first, second)])[0]

    def incident(self, linking: Linking, identifier: str, *, nearby: Iterable[str] = ()) -> IncidentExplanation:
        """Why an incident holds together, and the best alternative.

        Args:
            linking: the outcome that holds the incident.
            identifier: id of the incident.
            nearby: claims among which the alternative is looked for; by default all that were given and are in other incidents.

        Raises:
            KeyError: there is no such incident.
        """
        claims = next((i.claims for i in linking.incidents if i.id == identifier), None)
        if claims is None:
            raise KeyError(identifier)
        inner = [(a, b) for n, a in enumerate(claims) for b in claims[n + 1 :]]
        told = self.pairs(inner) if inner else []
        links = []
        for claim in claims[1:]:
            mine = [p for p in told if claim in p.claims]
            links.append(max(mine, key=lambda p: (p.weight, p.claims)))
        weakest = min(told, key=lambda p: (p.weight, p.claims), default=None)
        others = [c for c in (nearby or self._claims) if linking.by_claim.get(c, identifier) != identifier]
        alternative, against = self._alternative(claims, others, linking) if others else (None, None)
        return IncidentExplanation(identifier, tuple(links), weakest, alternative, against)

    def _alternative(
        self, claims: Sequence[str], others: Sequence[str], linking: Linking
    ) -> tuple[str | None, PairExplanation | None]:
        """The incident with the greatest mean weight against this one, and the pair that speaks most against joining them."""
        groups: dict[str, list[PairExplanation]] = {}
        for pair in self.pairs([(a, b) for a in claims for b in others]):
            other = next(c for c in pair.claims if c not in claims)
            groups.setdefault(linking.by_claim[other], []).append(pair)
        best = max(sorted(groups), key=lambda i: sum(p.weight for p in groups[i]) / len(groups[i]))
        return best, min(groups[best], key=lambda p: (p.excluded is None, p.weight, p.claims))

    def _pair(self, a: Features, b: Features, levels: Mapping[str, str]) -> PairExplanation:
        reasons = [Reason("start", "", round(self._parameters.start, 2), self._said("start"))]
        for comparison in COMPARISONS:
            level = levels[comparison.name]
            if level != "null":
                weight = round(self._parameters.weight(comparison.name, level), 2)
                reasons.append(Reason(comparison.name, level, weight, self._words(a, b, comparison.name, level)))
        total = round(sum(r.weight for r in reasons), 2)
        why = excluded(a, b, self._rivals)
        ordered = tuple(sorted(reasons, key=lambda r: (-abs(r.weight), r.comparison)))
        return PairExplanation((a.id, b.id), total, round(probability(total), 4), ordered, why.detail if why else None)

    def _said(self, key: str) -> str:
        return _phrases(self._language)[key]

    def _words(self, a: Features, b: Features, comparison: str, level: str) -> str:
        distance = apart(a.spot, b.spot)
        sets = {
            "perpetrator": (a.perpetrators, b.perpetrators), "target": (a.targets, b.targets), "weapon": (a.weapons, b.weapons),
            "site": (a.site_names, b.site_names) if level == "same_name" else (a.site_kinds, b.site_kinds),
        }.get(comparison, (frozenset[str](), frozenset[str]()))  # fmt: skip
        numbers = {"killed": (a.killed_low, b.killed_low), "injured": (a.injured, b.injured), "taken": (a.taken, b.taken)}
        told = numbers.get(comparison, (None, None))
        return self._said(f"{comparison}.{level}").format(
            day=_day(a.first),
            days=f"{_days(a)} / {_days(b)}",
            places=" / ".join(dict.fromkeys(n for n in (a.spot.name, b.spot.name) if n)),
            km="?" if distance is None else f"{distance:.1f}",
            type=a.type,
            types=f"{a.type} / {b.type}",
            shared=", ".join(sorted(n.removeprefix("name:") for n in sets[0] & sets[1])),
            both=" / ".join(", ".join(sorted(n.removeprefix("name:") for n in side)) for side in sets),
            numbers=" / ".join(str(n) if n is not None else "-" for n in dict.fromkeys(told)),
        )


def _day(day: int | None) -> str:
    return date.fromordinal(day).isoformat() if day else "?"


def _days(claim: Features) -> str:
    return _day(claim.first) if claim.first == claim.last else f"{_day(claim.first)} - {_day(claim.last)}"


@cache
def _phrases(language: str) -> dict[str, str]:
    return {row["key"]: row[language] for row in read_table("linking/phrases.tsv")}
