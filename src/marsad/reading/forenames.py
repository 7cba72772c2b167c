"""Forenames: the given names of a language that are seldom other words."""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["given_names"]


@lru_cache(maxsize=4)
def given_names(language: str) -> frozenset[str]:
    """The folded given names of a language pack, without those that are only parts of names."""
    return frozenset(fold(row["name"]) for row in read_table(f"{language}/given_names.tsv") if not row["part"])
