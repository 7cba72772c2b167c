"""Duties: what each word of a text does in telling harm, looked up once for all that ask."""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.scan import Shared
from marsad.reading.people import words_of
from marsad.reading.predicates import predicates_of

__all__ = ["duties_of"]

_BEGINNINGS = frozenset({"member", "other", "other1", "other2"})
_ROLES = frozenset({"losses", "toll", "listed", "ruins", "next", "same", "among", "all"})


@lru_cache(maxsize=4)
def duties_of(language: str) -> Shared[tuple[str, bool] | None]:
    """What a form does in telling harm, and whether a group of people may begin with it; None for most forms.

    It does as "predicate", "noun" (that tells harm by itself) or by a role of ``_ROLES``, or nothing ("").
    """
    words, predicates = words_of(language), predicates_of(language)

    def duty(form: str) -> tuple[str, bool] | None:
        role, noun = words.role(form)[0], words.noun(form)
        does = "noun" if noun is not None and noun.kind else ""
        does = "predicate" if predicates.at(form) else role if role in _ROLES else does
        person = noun is not None or role in _BEGINNINGS or words.pair(form) is not None
        return (does, person) if does or person else None

    return Shared(duty, words.keys() | predicates.keys(), None, language)
