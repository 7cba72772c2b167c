"""Alignment: which gold claim each predicted claim stands for."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["align"]


def align(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The one-to-one assignment of rows to columns whose total weight is greatest.

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957), O(n^3); documents have a few dozen claims at most.

    Args:
        weights: one row per gold claim, one column per predicted claim; all at least 0.

    Returns:
        Pairs of row and column, each at most once, in the order of columns.
    """
    if not weights or not weights[0]:
        return []
    rows, columns = len(weights), len(weights[0])
    size = max(rows, columns)
    # Square matrix of costs, 1-based; missing rows and columns cost nothing.
    cost = [[0.0] * (size + 1) for _ in range(size + 1)]
    for i in range(rows):
        for j in range(columns):
            cost[i + 1][j + 1] = -weights[i][j]
    row_potential, column_potential = [0.0] * (size + 1), [0.0] * (size + 1)
    owner = [0] * (size + 1)
    for row in range(1, size + 1):
        path = _shortest_path(row, cost, row_potential, column_potential, owner)
        column = path[0]
        while column:
            before = path[column]
            owner[column] = owner[before]
            column = before
        owner[0] = 0
    return [(owner[j] - 1, j - 1) for j in range(1, columns + 1) if 1 <= owner[j] <= rows]


def _shortest_path(
    row: int, cost: list[list[float]], row_potential: list[float], column_potential: list[float], owner: list[int]
) -> list[int]:
    """The cheapest way from ``row`` to a free column: each column's predecessor; entry 0 names the column reached."""
    size = len(owner) - 1
    owner[0] = row
    least, seen, before = [float("inf")] * (size + 1), [False] * (size + 1), [0] * (size + 1)
    column = 0
    while True:
        seen[column] = True
        here, step, nearest = owner[column], float("inf"), 0
        for j in range(1, size + 1):
            if seen[j]:
                continue
            reduced = cost[here][j] - row_potential[here] - column_potential[j]
            if reduced < least[j]:
                least[j], before[j] = reduced, column
            if least[j] < step:
                step, nearest = least[j], j
        for j in range(size + 1):
            if seen[j]:
                row_potential[owner[j]] += step
                column_potential[j] -= step
            else:
                least[j] -= step
        column = nearest
        if owner[column] == 0:
            before[0] = column
            return before
