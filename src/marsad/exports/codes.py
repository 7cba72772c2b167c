"""Codes: the tables that say how countries, parties and types of events are written in the formats."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from marsad.lexicon.table import Row, read_table

__all__ = ["country", "event", "label", "party"]


@lru_cache(maxsize=4096)
def country(code: str | None) -> dict[str, str]:
    """A country by its ISO code of two letters: ``name``, ``iso3``, ``number``, ``gwno``, ``acled`` and ``ucdp`` (regions); empty where
    it is not in the table."""
    return _by("exports/countries.tsv", "code").get(code or "", {})


@lru_cache(maxsize=4096)
def event(kind: str | None) -> dict[str, str]:
    """An event type: ``event``, ``sub``, ``disorder`` (ACLED), ``plover`` and ``mode``; empty where it is unknown."""
    return _by("exports/events.tsv", "type").get(kind or "", {})


@lru_cache(maxsize=4096)
def party(identifier: str | None) -> dict[str, str]:
    """A party: ``inter`` (ACLED's code at home), ``home`` (codes of countries) and ``kind``; empty where it is not listed."""
    return _by("exports/parties.tsv", "party").get(identifier or "", {})


@lru_cache(maxsize=4096)
def label(kind: str, key: str | None, language: str) -> str:
    """The words of a language for a value (``party``, ``event``), or the empty string."""
    table = {row["key"]: row["text"] for row in read_table(f"{language}/summaries.tsv")}
    text = table.get(f"{kind}.{key}", "")
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def _by(table: str, key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: _cells(row) for row in read_table(table)}


def _cells(row: Row) -> dict[str, str]:
    return dict(row.cells)
