"""Parties: which party is meant by an id of the list or by any of its names, in Arabic or Latin letters."""

from __future__ import annotations

from functools import cache

from marsad.gazetteer.names import is_arabic, plain_latin
from marsad.lexicon.table import read_table
from marsad.search.lexemes import article
from marsad.text.tokens import word_forms

__all__ = ["party_ids", "suggested"]


def party_ids(told: str) -> tuple[str, ...]:
    """Ids of the parties of the list that a name may mean; none if it is no name of any."""
    key = told.strip().casefold().replace("-", "_").replace(" ", "_")
    if key in _ids():
        return (key,)
    names = _arabic() if is_arabic(told) else _latin()
    return names.get(_plain(told), ())


def suggested(told: str, most: int) -> list[tuple[str, str]]:
    """Names of parties, each with an id, in which words begin as what was typed; in the script of that, the shortest first."""
    key = _plain(told)
    if not key:
        return []
    table = "ar/parties.tsv" if is_arabic(told) else "en/parties.tsv"
    found: dict[str, str] = {}
    for row in read_table(table):
        plain = _plain(row["alias"]) if row["id"] else ""
        if plain and (plain.startswith(key) or f" {key}" in plain):
            found.setdefault(row["alias"], row["id"])
    return sorted(found.items(), key=lambda item: (len(item[0]), item[0]))[:most]


def _plain(name: str) -> str:
    if is_arabic(name):
        return " ".join(form.removeprefix(article()) for form in word_forms(name))
    return plain_latin(name)


@cache
def _ids() -> frozenset[str]:
    return frozenset(row["id"] for row in read_table("ar/lexicon/party_ids.tsv"))


@cache
def _arabic() -> dict[str, tuple[str, ...]]:
    return _named("ar/parties.tsv")


@cache
def _latin() -> dict[str, tuple[str, ...]]:
    return _named("en/parties.tsv")


def _named(table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row in read_table(table):
        if row["id"]:
            found.setdefault(_plain(row["alias"]), {})[row["id"]] = None
    return {name: tuple(ids) for name, ids in found.items()}
