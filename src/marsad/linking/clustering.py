"""Clustering: pairs into groups, so that every claim of a group fits every other.

Groups grow from single claims, always by the two that fit best on the average of all their pairs, and never when any two of their
claims exclude each other. A pair that was not compared, or weighs too little to be kept, counts as one that speaks against: two
groups are not joined by one strong link between two of many claims, as a chain would be.

The order in which claims come does not matter: of equal fits the one with the smallest claims is taken first.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Settings", "cluster", "components"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights in bits.

    Attributes:
        join: groups are joined when the mean over their pairs is at least this.
        absent: what a pair counts for that was not kept.
        margin: a group that fits two others, which exclude each other, must fit the better one by so much more, or it joins neither.
        most: a pair counts for no more than this, so that two near copies do not carry strangers along.
    """

    join: float = 1.0
    absent: float = -6.0
    most: float = 10.0
    margin: float = 0.5
    veto: float = -2.5


def components(nodes: Iterable[int], edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Sets of nodes that edges connect, each sorted, in the order of their smallest."""
    parent = {n: n for n in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in edges:
        a, b = root(a), root(b)
        if a != b:
            parent[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for node in sorted(parent):
        found.setdefault(root(node), []).append(node)
    return list(found.values())


def cluster(
    start: Sequence[Sequence[int]],
    weights: dict[tuple[int, int], float],
    barred: Callable[[Sequence[int], Sequence[int]], bool],
    settings: Settings,
) -> list[list[int]]:
    """Groups of one component.

    Args:
        start: groups to begin with: single nodes, and what must stay together.
        weights: of pairs (smaller node first) that were kept.
        barred: whether two groups must stay apart, because two of their nodes exclude each other.
        settings: weights at which groups are joined.

    Returns:
        The groups, each sorted, in the order of their smallest nodes.
    """
    members: dict[int, list[int]] = {min(g): sorted(g) for g in start}
    home = {node: key for key, group in members.items() for node in group}
    # Sum, number and least of the kept pairs between two groups, by their keys; in both directions.
    links: dict[int, dict[int, tuple[float, int, float]]] = {key: {} for key in members}
    for (a, b), weight in sorted(weights.items()):
        a, b = home[a], home[b]
        if a != b:
            total, count, least = links[a].get(b, (0.0, 0, 0.0))
            links[a][b] = links[b][a] = (total + min(weight, settings.most), count + 1, min(least, weight))
    heap: list[tuple[float, int, int, int, int]] = []
    apart: dict[int, set[int]] = {key: set() for key in members}

    def fit(a: int, b: int) -> float:
        total, count, least = links[a][b]
        if least < settings.veto:
            return -99.0
        pairs = len(members[a]) * len(members[b])
        return (total + settings.absent * (pairs - count)) / pairs

    def torn(a: int, b: int, least: float) -> bool:
        """Whether ``a`` fits another group about as well as ``b``, and these two exclude each other."""
        for c in links[a]:
            if c != b and c not in apart[a] and fit(a, c) >= least and not keep_apart(a, c) and keep_apart(b, c):
                return True
        return False

    def keep_apart(a: int, b: int) -> bool:
        if b in apart[a]:
            return True
        if barred(members[a], members[b]):
            apart[a].add(b)
            apart[b].add(a)
            return True
        return False

    def offer(a: int, b: int) -> None:
        if b in apart[a]:
            return
        a, b = min(a, b), max(a, b)
        mean = fit(a, b)
        if mean >= settings.join:
            heapq.heappush(heap, (-round(mean, 6), a, b, len(members[a]), len(members[b])))

    for a in sorted(links):
        for b in sorted(links[a]):
            if a < b:
                offer(a, b)
    while heap:
        mean, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b) or b in apart[a]:
            continue
        if keep_apart(a, b):
            continue
        least = max(settings.join, -mean - settings.margin)
        if torn(a, b, least) or torn(b, a, least):
            continue
        members[a] = sorted(members[a] + members.pop(b))
        for c in apart.pop(b):
            apart[c].discard(b)
            apart[c].add(a)
            apart[a].add(c)
        for c, (total, count, low) in links.pop(b).items():
            del links[c][b]
            if c != a:
                kept, number, lower = links[a].get(c, (0.0, 0, 0.0))
                links[a][c] = links[c][a] = (kept + total, number + count, min(low, lower))
        for c in sorted(links[a]):
            offer(a, c)
    return [members[key] for key in sorted(members)]
