"""Linking: claims into incidents.

``link`` puts a whole register together; ``add`` lets new claims join, found or wait without moving what stands. Both compare with
``scoring``, group with ``clustering`` and hold ``exclusions`` and ``constraints`` between all claims of an incident.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marsad.gazetteer import Gazetteer
from marsad.lexicon.reasons import Reason, reason
from marsad.linking.clustering import Settings, cluster, components
from marsad.linking.constraints import NONE, Constraints
from marsad.linking.exclusions import excluded, rivals_of
from marsad.linking.features import Features, Report, features_of
from marsad.linking.nearby import Shelf, Standing, near
from marsad.linking.parameters import Parameters, estimated, probability, shipped
from marsad.linking.results import Alone, Doubt, Incident, Linking
from marsad.linking.scoring import Scorer
from marsad.linking.slips import weighed

__all__ = ["add", "add_features", "link", "link_features"]

# From so many claims on, the weights are estimated anew on the register itself.
LARGE = 20_000
# Pairs below this weight are not kept; between it and ``Settings.join`` lies what people are asked about.
_DOUBT = -1.0
# Below this weight two claims speak against being one event: no such pair alone makes incidents one, or a doubt.
_FITS = 0.0
# To adapt the weights, one pair of so many is looked at, down to this weight.
_SAMPLED, _LEAST = 4, -30.0


def link(
    claims: Iterable[Mapping[str, Any]],
    reports: Mapping[str, Report],
    *,
    constraints: Constraints = NONE,
    known: Mapping[str, str] | None = None,
    parameters: Parameters | None = None,
    settings: Settings | None = None,
    gazetteer: Gazetteer | None = None,
) -> Linking:
    """Put all claims of a register together.

    Args:
        claims: public records of any documents, in any order.
        reports: what is known of their documents, by id.
        constraints: what people have decided.
        known: claim to incident of an earlier run; an incident keeps the id that most of its claims had.
        parameters: weights; None takes those that come with Marsad, estimated anew on a large register.
        settings: thresholds.
        gazetteer: where ids of places are looked up.

    Raises:
        Contradiction: decisions that cannot hold together.
        MarsadError: the extra ``link`` is not installed.
    """
    features = [features_of(c, reports.get(str(c["document"])), gazetteer=gazetteer) for c in claims]
    return link_features(features, constraints=constraints, known=known, parameters=parameters, settings=settings)


def link_features(
    features: Sequence[Features],
    *,
    constraints: Constraints = NONE,
    known: Mapping[str, str] | None = None,
    parameters: Parameters | None = None,
    settings: Settings | None = None,
) -> Linking:
    """The same for claims whose features are made already."""
    work = _Work(features, constraints, known or {}, settings or Settings())
    weights = parameters or shipped()
    scorer = Scorer(features, work.rivals)
    try:
        if parameters is None and len(features) >= LARGE:
            weights = work.adapted(scorer, weights)
        work.take(scorer.pairs(weights, work.settings.absent))
        work.slips = weighed(scorer, work.rivals, weights)
    finally:
        scorer.close()
    return work.outcome(weights)


def add(
    new: Iterable[Mapping[str, Any]],
    standing: Iterable[Mapping[str, Any]] | Shelf,
    reports: Mapping[str, Report],
    known: Mapping[str, str],
    *,
    constraints: Constraints = NONE,
    parameters: Parameters | None = None,
    settings: Settings | None = None,
    gazetteer: Gazetteer | None = None,
) -> Linking:
    """Let new claims join, found or wait, and move nothing that stands.

    Args:
        new: public records of claims that are in no incident yet.
        standing: public records of the claims that were linked before, or the shelf that they lie on: one that is kept saves
            looking at all of them each time.
        reports: what is known of the documents of the new ones (and of the others, where these come as records), by id.
        known: claim to incident, for all standing claims that are in one; of a new claim it tells where it was before it changed.

    Returns:
        The incidents that new claims joined or founded, whole; the doubts that concern them; the new claims that are left alone.
    """
    shelf = standing if isinstance(standing, Shelf) else Shelf(standing, reports, known, gazetteer)
    fresh = [features_of(c, reports.get(str(c["document"])), gazetteer=gazetteer) for c in new]
    return add_features(fresh, shelf, known, constraints=constraints, parameters=parameters, settings=settings)


def add_features(
    fresh: Sequence[Features],
    standing: Standing,
    known: Mapping[str, str],
    *,
    constraints: Constraints = NONE,
    parameters: Parameters | None = None,
    settings: Settings | None = None,
) -> Linking:
    """The same for new claims whose features are made already, and for claims that stand wherever they are kept."""
    weights, settings = parameters or shipped(), settings or Settings()
    ids = frozenset(f.id for f in fresh)
    beside = {f.id: f for f in standing.features(i for i in near(fresh, standing) if i not in ids)}
    rivals = rivals_of([*fresh, *beside.values()])
    scorer = Scorer([*fresh, *beside.values()], rivals, ids)
    try:
        pairs = {(scorer.claims[a].id, scorer.claims[b].id): weight for a, b, weight in scorer.pairs(weights, settings.absent)}
        narrow = weighed(scorer, rivals, weights, ids)
    finally:
        scorer.close()
    # What fits no new claim at all plays no part, nor do the claims that are in one incident with it.
    wanted = {i for pair, weight in pairs.items() if weight >= _FITS for i in pair if i not in ids}
    wanted |= {i for pair in narrow for i in pair if i not in ids}
    wanted |= constraints.reached(ids) - ids
    wanted |= set(standing.members(frozenset(known[i] for i in (*wanted, *constraints.reached(ids)) if i in known))) - ids
    wanted |= set(standing.members(frozenset(constraints.settled[i] for i in ids if i in constraints.settled))) - ids
    old = [beside[i] for i in wanted if i in beside] + standing.features(sorted(wanted - set(beside)))
    work = _Work([*fresh, *old], constraints, known, settings, fresh=ids, rivals=rivals)
    number = {f.id: n for n, f in enumerate(work.claims)}
    work.take((number[a], number[b], w) for (a, b), w in pairs.items() if a in number and b in number)
    work.slips = narrow
    return work.outcome(weights)


@dataclass(slots=True)
class _Work:
    """One run: the claims in order of their ids, and what becomes of them."""

    features: Sequence[Features]
    constraints: Constraints
    known: Mapping[str, str]
    settings: Settings
    fresh: frozenset[str] | None = None
    claims: tuple[Features, ...] = ()
    rivals: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: list[list[int]] = field(default_factory=list)
    weights: dict[tuple[int, int], float] = field(default_factory=dict)
    # Claims that stand for their copies, and the copies of each.
    copies: dict[int, list[int]] = field(default_factory=dict)
    held: list[str | None] = field(default_factory=list)
    different: frozenset[tuple[int, int]] = frozenset()
    forced: frozenset[int] = frozenset()
    # Incidents that are taken by claims which stand, and all that there were.
    theirs: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    # Pairs that exclude each other narrowly, by ids, with their weight and what keeps them apart.
    slips: Mapping[tuple[str, str], tuple[float, Reason]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.claims = tuple(sorted(self.features, key=lambda f: f.id))
        self.rivals = self.rivals or rivals_of(self.claims)
        number = {f.id: n for n, f in enumerate(self.claims)}
        pairs = ((number.get(a), number.get(b)) for a, b in self.constraints.different)
        self.different = frozenset((min(a, b), max(a, b)) for a, b in pairs if a is not None and b is not None)
        settled = self.constraints.settled
        # While claims are added, every incident that stands is left whole; else only those that people settled.
        fresh = self.fresh
        stands = {} if fresh is None else {f.id: i for f in self.claims if f.id not in fresh and (i := self.known.get(f.id))}
        self.held = [settled.get(f.id) or stands.get(f.id) for f in self.claims]
        if fresh is not None:
            self.theirs = frozenset(i for c, i in self.known.items() if c not in fresh)
        self.used = frozenset(self.known.values())

    def adapted(self, scorer: Scorer, parameters: Parameters) -> Parameters:
        """Parameters adapted to what the pairs of this register show that may be joined, a sample of them on a very large one."""
        pairs = [
            (a, b) for a, b, _ in scorer.pairs(parameters, _LEAST)
            if zlib.crc32(b"%d %d" % (a, b)) % _SAMPLED == 0
            and self.claims[a].group != self.claims[b].group and not self._exclude(a, b)
        ]  # fmt: skip
        return estimated(parameters, scorer.patterns(pairs)) if pairs else parameters

    def take(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        """Group by the weights of pairs: the smaller number first, and in order."""
        exclude = self._exclude
        for a, b, weight in pairs:
            if not exclude(a, b):
                self.weights[a, b] = weight
        start = self._start()
        self.forced = frozenset(
            n for g in start if len(g) > 1 and any(exclude(a, b) for i, a in enumerate(g) for b in g[i + 1 :]) for n in g
        )
        stands_for = self._twins(start)
        groups = [kept for g in start if (kept := [n for n in g if stands_for.get(n, n) == n])]
        inner = {pair: w for pair, w in self.weights.items() if pair[0] not in stands_for and pair[1] not in stands_for}
        strong = [pair for pair, w in inner.items() if w >= self.settings.join]
        links = strong + [(g[0], n) for g in groups for n in g[1:]]
        parts = components((n for g in groups for n in g), links)
        part_of = {n: p for p, part in enumerate(parts) for n in part}
        edges: list[dict[tuple[int, int], float]] = [{} for _ in parts]
        for pair, weight in inner.items():
            if part_of[pair[0]] == part_of[pair[1]]:
                edges[part_of[pair[0]]][pair] = weight
        begin: list[list[list[int]]] = [[] for _ in parts]
        for g in groups:
            begin[part_of[g[0]]].append(g)
        for own, known in zip(begin, edges, strict=True):
            found = own if len(own) == 1 else cluster(own, known, self._barred, self.settings)
            self.groups.extend(sorted(n for member in g for n in self._expanded(member)) for g in found)
        self.groups.sort()

    def _start(self) -> list[list[int]]:
        """Groups to begin with: what people put together, and incidents that are not to be moved."""
        number = {f.id: n for n, f in enumerate(self.claims)}
        groups = [[number[c] for c in g] for g in self.constraints.groups(number)]
        first: dict[str, int] = {}
        links = []
        for n, incident in enumerate(self.held):
            if incident is not None and first.setdefault(incident, n) != n:
                links.append((first[incident], n))
        links += [(g[0], n) for g in groups for n in g[1:]]
        return components(range(len(self.claims)), links)

    def _twins(self, start: Sequence[Sequence[int]]) -> dict[int, int]:
        """Claims of copies that only repeat another's: claim to the one that stands for it. A copy is no second witness."""
        bound = {n for g in start if len(g) > 1 for n in g} | {n for pair in self.different for n in pair}
        found: dict[int, int] = {}
        told: dict[tuple[Any, ...], list[int]] = {}
        for n, f in enumerate(self.claims):
            if f.scope == "event" and f.status != "planned" and n not in bound and self.held[n] is None:
                told.setdefault((f.group, f.trigger, f.type, f.status, f.killed, f.first, f.last, f.spot.keys), []).append(n)
        for numbers in told.values():
            for n in numbers[1:]:
                # Twice in one document is no copy.
                if self.claims[n].document != self.claims[numbers[0]].document and not self._exclude(numbers[0], n):
                    found[n] = numbers[0]
                    self.copies.setdefault(numbers[0], []).append(n)
        return found

    def _expanded(self, n: int) -> list[int]:
        return [n, *self.copies.get(n, ())]

    def _exclude(self, a: int, b: int) -> bool:
        return excluded(self.claims[a], self.claims[b], self.rivals) is not None

    def _barred(self, a: Sequence[int], b: Sequence[int]) -> bool:
        """Whether two groups must stay apart."""
        held = {self.held[n] for n in (*a, *b)} - {None}
        if len(held) > 1:
            return True
        ours, theirs = [m for n in a for m in self._expanded(n)], [m for n in b for m in self._expanded(n)]
        if self.different and any((min(x, y), max(x, y)) in self.different for x in ours for y in theirs):
            return True
        for one, other in ((ours, theirs), (theirs, ours)):
            if self.forced.intersection(other):
                # People joined what excludes itself: a claim is kept out only if it fits none of it.
                return any(all(self._exclude(x, y) for y in other) for x in one)
        return any(self._exclude(x, y) for x in ours for y in theirs)

    def outcome(self, weights: Parameters) -> Linking:
        """The groups as incidents, with doubts and what is left alone."""
        alone: list[Alone] = []
        names: dict[int, str] = {}
        incidents: list[Incident] = []
        taken: set[str] = set()
        founding = sorted((g for g in self.groups), key=lambda g: (-len(g), g))
        for group in founding:
            kind = self._alone(group)
            if kind:
                for n in group:
                    names[n] = self.claims[n].id
                    if self.fresh is None or self.claims[n].id in self.fresh:
                        alone.append(Alone(self.claims[n].id, kind, reason(f"linking:alone.{kind}")))
                continue
            identifier = self._identifier(group, taken)
            taken.add(identifier)
            names.update((n, identifier) for n in group)
            claims = tuple(self.claims[n].id for n in group)
            if self.fresh is None or self.fresh.intersection(claims):
                incidents.append(Incident(identifier, claims, len({self.claims[n].group for n in group})))
        doubts = self._doubts(names)
        return Linking(
            tuple(sorted(incidents, key=lambda i: i.claims)), doubts, tuple(sorted(alone, key=lambda a: a.claim)), weights.origin, weights
        )  # fmt: skip

    def _alone(self, group: Sequence[int]) -> str:
        """Why a group founds no incident; empty if it does."""
        claims = [self.claims[n] for n in group]
        if any(self.held[n] is not None for n in group):
            return ""
        if len(claims) == 1 and claims[0].scope != "event":
            return "aggregate"
        if all(c.status == "planned" for c in claims):
            return "planned"
        if all(c.denied for c in claims):
            return "denied"
        if len({c.group for c in claims}) == 1:
            if all(c.last is None for c in claims):
                return "undated"
            if not any(c.placed for c in claims):
                return "unplaced"
        return ""

    def _identifier(self, group: Sequence[int], taken: set[str]) -> str:
        """The id that most of the claims had, else one made of the first claim's id."""
        held = Counter(self.held[n] for n in group if self.held[n] is not None)
        had = held or Counter(self.known[c.id] for c in (self.claims[n] for n in group) if c.id in self.known)
        for identifier, _ in sorted(had.items(), key=lambda p: (-p[1], p[0] or "")):
            if identifier and identifier not in taken and (identifier in held or identifier not in self.theirs):
                return identifier
        first = min((self.claims[n] for n in group), key=lambda c: (c.published or 0, c.id))
        base = identifier = "i" + hashlib.sha256(first.id.encode("utf-8")).hexdigest()[:10]
        again = 1
        while identifier in taken or identifier in self.used:
            again += 1
            identifier = f"{base}-{again}"
        return identifier

    def _doubts(self, names: Mapping[int, str]) -> tuple[Doubt, ...]:
        """Pairs of groups that may be one event: no exclusion stands between them, and they fit nearly well enough."""
        home = {n: g for g, group in enumerate(self.groups) for n in group}
        sums: dict[tuple[int, int], tuple[float, int, float, tuple[int, int]]] = {}
        for (a, b), weight in self.weights.items():
            pair = (min(home[a], home[b]), max(home[a], home[b]))
            if pair[0] != pair[1]:
                total, count, best, claims = sums.get(pair, (0.0, 0, -99.0, (a, b)))
                sums[pair] = (total + min(weight, self.settings.most), count + 1, *max((best, claims), (weight, (a, b))))
        doubts = []
        for (g, h), (total, count, best, claims) in sorted(sums.items()):
            first, second = self.groups[g], self.groups[h]
            number = len(first) * len(second)
            mean = (total + self.settings.absent * (number - count)) / number
            if mean < _DOUBT or best < 0.0:
                continue
            held = {self.held[n] for n in (*first, *second)} - {None}
            if held in self.constraints.apart:
                continue
            if len(held) < 2 and self._barred([n for n in first], [n for n in second]):
                continue
            if self._apart(first, second):
                continue
            why = "stand" if len(held) > 1 else "better" if mean >= self.settings.join else "likely"
            one, other = (names[n] for n in claims)
            doubts.append(
                Doubt(
                    one,
                    other,
                    (self.claims[claims[0]].id, self.claims[claims[1]].id),
                    round(probability(mean), 4),
                    reason(f"linking:doubt.{why}"),
                )
            )
        return (*doubts, *self._narrow(names, home, {(d.first, d.second) for d in doubts}))

    def _narrow(self, names: Mapping[int, str], home: Mapping[int, int], told: set[tuple[str, str]]) -> Iterator[Doubt]:
        """What is kept apart by one thing that may be a slip, once for two incidents."""
        number = {f.id: n for n, f in enumerate(self.claims)}
        settled = self.constraints.settled
        for (a, b), (weight, why) in sorted(self.slips.items(), key=lambda p: (-p[1][0], p[0])):
            if a not in number or b not in number:
                continue
            first, second = names[number[a]], names[number[b]]
            groups = (self.groups[home[number[a]]], self.groups[home[number[b]]])
            if {(first, second), (second, first)} & told or first == second or (a in settled and b in settled):
                continue
            if any((min(x, y), max(x, y)) in self.different for x in groups[0] for y in groups[1]):
                continue
            told.add((first, second))
            yield Doubt(first, second, (a, b), round(probability(weight), 4), reason("linking:doubt.narrow", why=why))

    def _apart(self, first: Sequence[int], second: Sequence[int]) -> bool:
        """Whether people said so, or two claims exclude each other."""
        return any((min(x, y), max(x, y)) in self.different or self._exclude(x, y) for x in first for y in second)
