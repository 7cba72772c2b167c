"""Habits: what parties do where a report tells no more, by ``party_habits.tsv``."""

from __future__ import annotations

from functools import cache

from marsad.lexicon.table import read_table

__all__ = ["parties_that"]


@cache
def parties_that(habit: str) -> frozenset[str]:
    """Ids of the parties with a habit: ``air`` (acts from the air where nothing else is told), ``army`` (calls its fighters the armed
    forces), ``flies`` (has an air force), ``governs`` (regains territory), ``polices`` (a group that rules and so arrests),
    ``afoot`` (has no aircraft, so that its raids are made on the ground)."""
    return frozenset(row["id"] for row in read_table("party_habits.tsv") if habit in row.list("habits"))
