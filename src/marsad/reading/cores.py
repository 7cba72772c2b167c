"""Cores: folded words without article and joined letters, by which words are compared."""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.lookup import Lookup

__all__ = ["contents_of", "core", "cores_of"]

_LITTLE = 3  # letters of words that say little


@lru_cache(maxsize=10_000)
def core(form: str, language: str) -> str:
    """A folded word without article and joined letters, to compare words by."""
    bare = ""
    for cut in splits(form, language):
        if cut.enclitic:
            continue
        if cut.definite:
            return cut.core
        if not bare and len(cut.proclitic) == 1 and len(cut.core) > _LITTLE:
            bare = cut.core
    return bare or form


@lru_cache(maxsize=4)
def cores_of(language: str) -> Lookup[str]:
    """Folded words without article and joined letters, as ``core`` gives them."""
    return Lookup(lambda form: core(form, language))


@lru_cache(maxsize=4)
def contents_of(language: str) -> Lookup[str]:
    """What counts of a folded token where content is compared: numbers, and words of more than three letters as their core."""

    def content(form: str) -> str:
        if form[:1].isdecimal():
            return form
        return core(form, language) if len(form) > _LITTLE and form.isalnum() else ""

    return Lookup(content)
