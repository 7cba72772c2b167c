"""Naming: words in Latin letters that name a place or a party, with the names that Arabic reports give it.

Who types "Hodeidah" or "ISIS" looks for these names, which hardly any report in Arabic spells so. Other words stay as they are typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from marsad.gazetteer import Gazetteer
from marsad.gazetteer.names import is_arabic, is_latin
from marsad.lexicon.table import read_table
from marsad.search.parties import party_ids
from marsad.search.query import Query, Sought
from marsad.text.tokens import word_forms

__all__ = ["has_latin", "named"]

# Words of a name, letters of a place's, likeness from which on it is surely that name, and names that are looked for.
_LONGEST, _LEAST, _SURE = 5, 3, 0.97
_PLACES, _PARTIES, _FOUND = 3, 8, 12

_Group = tuple[Sought, ...]


def has_latin(typed: str) -> bool:
    """Whether a query has words that may be names in Latin letters."""
    return any(is_latin(part) for part in typed.split())


def named(query: Query, gazetteer: Gazetteer) -> Query:
    """The query with the Arabic names of what it names in Latin letters: one of them is enough, or none may be there."""
    groups: list[_Group] = []
    known: dict[str, tuple[str, ...]] = {}
    at = 0
    while at < len(query.every):
        for end in range(at + _width(query.every[at:]), at, -1):
            part = query.every[at:end]
            told = " ".join(group[0].typed for group in part)
            whole = Sought(tuple(form for group in part for form in group[0].forms), told)
            wider = [s for sought in (part[0] if len(part) == 1 else (whole,)) for s in _wider(sought, known, gazetteer)]
            if len(part) == 1 or len(wider) > 1:
                groups.append(tuple(dict.fromkeys(wider)))
                at = end
                break
    without = tuple(dict.fromkeys(s for sought in query.without for s in _wider(sought, known, gazetteer)))
    if not known:
        return query
    return replace(query, every=tuple(groups), without=without, row=(), named=tuple(known.items()))


def _width(groups: Sequence[_Group]) -> int:
    """How many groups from the first one on are one word or phrase in Latin letters each, and so may be one name; at least one."""
    latin = takewhile(lambda group: len(group) == 1 and is_latin(group[0].typed), groups[:_LONGEST])
    return max(1, sum(1 for _ in latin))


def _wider(sought: Sought, known: dict[str, tuple[str, ...]], gazetteer: Gazetteer) -> Iterator[Sought]:
    """What is sought, and the names of it; they are noted among the known ones."""
    yield sought
    if not is_latin(sought.typed):
        return
    names = tuple(dict.fromkeys((*_parties(sought.typed), *_places(sought.typed, gazetteer))))
    if names:
        known[sought.typed] = names
        yield from (Sought(forms, name) for name in names if (forms := tuple(word_forms(name))))


def _places(told: str, gazetteer: Gazetteer) -> list[str]:
    """Arabic names of the likeliest places of a name; the same name once."""
    if sum(map(str.isalpha, told)) < _LEAST:
        return []
    found = gazetteer.search(told, _FOUND)
    best = [entry for entry, likeness in found if likeness == 1.0] or [entry for entry, likeness in found if likeness >= _SURE]
    return list(dict.fromkeys(entry.name for entry in best if is_arabic(entry.name)))[:_PLACES]


def _parties(told: str) -> list[str]:
    """The shortest Arabic names of the parties of a name."""
    names = [name for identifier in party_ids(told) for name in _names().get(identifier, ())]
    return sorted(names, key=lambda name: (name.count(" "), len(name), name))[:_PARTIES]


@cache
def _names() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in read_table("ar/parties.tsv"):
        if row["id"] and row["class"] == "name" and row["strength"] == "strong" and not row["countries"]:
            found.setdefault(row["id"], []).append(row["alias"])
    return {identifier: tuple(names) for identifier, names in found.items()}
