"""Proper names of sites: "the mosque of X" as against "a mosque", so that two mosques by name are not taken for one.

Only kinds whose sites go by names are looked at. In Arabic the words behind the head noun that no table knows as a mere
description are the name; in Latin letters capitals tell it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from marsad.gazetteer.names import article, is_arabic, skeleton
from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["NAMED", "proper_names"]

NAMED = frozenset(("religious", "medical", "educational", "displacement_site", "detention", "public_building", "cultural"))
_CAPITAL = re.compile(r"\b[A-Z][\w'’-]+")
_LATIN_PLAIN = frozenset(("the", "al", "el", "a", "an"))


@lru_cache(maxsize=50_000)
def proper_names(kind: str, name: str, places: tuple[str, ...] = ()) -> frozenset[str]:
    """Skeletons of the words of a site's own name; empty where it has none.

    Args:
        kind: site kind.
        name: as told, with its class word.
        places: names of the place that it stands in, which are no name of the site ("the mosque of the town").
    """
    if kind not in NAMED:
        return frozenset()
    taken = {skeleton(w) for p in places for w in (p, *p.split())}
    if is_arabic(name):
        words = fold(name).split()[1:]
        told = [w for w in words if len(w) > 2 and not w.isdigit() and _bare(w) not in _plain()]
    else:
        told = [w for w in _CAPITAL.findall(name)[:6] if w.casefold() not in _plain() | _LATIN_PLAIN]
    return frozenset(k for k in map(skeleton, told) if len(k) > 1 and k not in taken)


def _bare(word: str) -> str:
    told = article()
    return word[len(told) :] if word.startswith(told) and len(word) > len(told) + 1 else word


@cache
def _plain() -> frozenset[str]:
    """Words that describe a site and are no name, folded and without article."""
    words: set[str] = set()
    for row in read_table("linking/site_words.tsv"):
        words.add(row["word"])
    for row in read_table("ar/lexicon/sites.tsv"):
        words.update((row["word"], *row.list("plural")))
    for row in read_table("ar/lexicon/site_qualifiers.tsv"):
        words.update((row["word"], row["word"] + "\u0629", *row.list("plural")))
    for row in read_table("ar/lexicon/place_classes.tsv"):
        words.update(row.list("forms"))
    return frozenset(_bare(fold(w)) for phrase in words for w in phrase.split())
