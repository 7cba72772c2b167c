"""Speakers: which party a source speaks for, so that an admission can be told from an accusation."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.model import Party, Source
from marsad.syndication.names import telling
from marsad.text.fold import fold

__all__ = ["parties_of", "same_camp", "speaks_for"]

_FEMININE = "ه"  # the folded ending by which an adjective agrees with "ministry", "forces"
_SHORT = 4


def _key(name: str) -> frozenset[str]:
    return frozenset(map(_plain, telling(name)))


def _plain(word: str) -> str:
    return word.removesuffix(_FEMININE) if len(word) > _SHORT else word


@lru_cache(maxsize=1)
def _aliases() -> tuple[tuple[frozenset[str], str], ...]:
    """Telling words of the names of each listed party, in all languages."""
    found = [(_key(row["alias"]), row["id"]) for row in read_table("ar/parties.tsv") if row["id"]]
    found += [(_key(word), row["id"]) for row in read_table("en/party_words.tsv") for word in row.list("words")]
    forces = {row["country"]: row.list("parties") for row in read_table("national_forces.tsv")}
    article = next(row["form"] for row in read_table("ar/clitics.tsv") if row["note"] == "article")
    for row in read_table("ar/lexicon/countries.tsv"):
        for party in forces.get(row["code"], ()):
            # With the article, as names of armies and ministries have it; without it a first letter may look like a joined one.
            found += [(_key(article + word), party) for word in row.list("demonyms")]
    return tuple({pair: None for pair in found})


@lru_cache(maxsize=4096)
def parties_of(name: str) -> frozenset[str]:
    """Ids of the parties that the name of a source may belong to: those whose longest name stands in it; none if none does."""
    # Words as they stand too, for a first letter that only looks like a joined one.
    words = _key(name) | {_plain(fold(word)) for word in name.split()}
    fits = [(len(alias), party) for alias, party in _aliases() if alias and alias <= words]
    longest = max((size for size, _ in fits), default=0)
    return frozenset(party for size, party in fits if size == longest)


def speaks_for(source: Source, party: Party) -> bool:
    """Whether a source is that party or its ministry, command or spokesman; False where it cannot be told."""
    if source.kind != "belligerent":
        return False
    known = parties_of(source.name)
    if party.id is not None and known:
        return party.id in known
    # "A spokesman of the coalition" where the report names "aircraft of the coalition": a word in common, other than one for a force.
    mine, own = _key(source.name), _key(party.name)
    return own <= mine or bool((mine & own) - _forces())


@lru_cache(maxsize=1)
def _forces() -> frozenset[str]:
    return frozenset().union(*(_key(row["word"]) for row in read_table("ar/lexicon/forces.tsv")))


@lru_cache(maxsize=1)
def _camps() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row.list("parties")) for row in read_table("party_camps.tsv"))


def same_camp(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether parties share one, or fight on one side, so that to name the one and to name the other is no contradiction."""
    ones, others = set(one), set(other)
    return bool(ones & others) or any(ones & camp and others & camp for camp in _camps())
