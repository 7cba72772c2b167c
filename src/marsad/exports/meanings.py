"""Meanings: what fields, columns and formats hold, in the languages of the documentation (``packs/exports/meanings.tsv``)."""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.table import read_table

__all__ = ["meaning"]


def meaning(text: str, language: str) -> str:
    """An explanation of the tables of exports, which stand in English, in a language; as it is where the table lacks it."""
    return text if language == "en" else _arabic().get(text, text)


@lru_cache(maxsize=1)
def _arabic() -> dict[str, str]:
    return {row["en"]: row["ar"] for row in read_table("exports/meanings.tsv")}
