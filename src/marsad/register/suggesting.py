"""Suggesting: why a search found nothing: what each part of it finds alone, what the rest finds without it, and words like those typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import func, select

from marsad.register import schema
from marsad.register.searching import Searcher
from marsad.search.expression import But, Either, Every, Expression, Row
from marsad.search.query import Sought
from marsad.search.words import analyse

__all__ = ["Part", "parts_of"]

_LEAST, _TRIED, _SHOWN = 0.6, 12, 4


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a search that found nothing.

    Attributes:
        kind: ``words``, ``without`` or the name of a filter; ``told`` as it was typed.
        count: how many reports have it alone; of an exclusion, how many it takes away.
        rest: how many have all other parts.
        near: words of the register that are written nearly so, with their reports, most like first; only where ``count`` is 0.
    """

    kind: str
    told: str
    count: int
    rest: int
    near: tuple[tuple[str, int], ...] = ()


def parts_of(searcher: Searcher) -> list[Part]:
    """The parts of a search, in order."""
    found = []
    narrow = [searcher.narrowed(f) for f in searcher.filters]
    for number, (group, words) in enumerate(zip(searcher.query.every, searcher.words, strict=True)):
        count = searcher.count(words)
        others = [w for n, w in enumerate(searcher.words) if n != number]
        near = () if count else tuple(_near(searcher, [form for sought in group for form in sought.forms]))
        told = " OR ".join(_shown(sought) for sought in group)
        found.append(Part("words", told, count, _count(searcher, [*others, *narrow]), near))
    for filter_, words in zip(searcher.filters, narrow, strict=True):
        others = [w for w in narrow if w is not words]
        found.append(Part(filter_.name, filter_.told, searcher.count(words), _count(searcher, [*searcher.words, *others])))
    for sought, words in zip(searcher.query.without, searcher.without, strict=True):
        if positive := [*searcher.words, *narrow]:
            found.append(Part("without", _shown(sought), searcher.count(words), searcher.count(Every(tuple(positive)))))
    return found


def _count(searcher: Searcher, told: list[Expression]) -> int:
    if not told:
        return 0
    whole: Expression = Every(tuple(told))
    return searcher.count(But(whole, Either(tuple(searcher.without))) if searcher.without else whole)


def _shown(sought: Sought) -> str:
    return f'"{sought.typed}"' if len(sought.forms) > 1 else sought.typed


def _near(searcher: Searcher, forms: list[str]) -> Iterator[tuple[str, int]]:
    """Words like those that no report has, with the number of reports that have them."""
    c = schema.search_word.c
    for form in forms:
        if searcher.count(Row((searcher.terms(form),))):
            continue
        core = min(analyse(form).lemmas, key=len)
        lengths = select(c.lemma).distinct().where(func.length(c.lemma).between(max(2, len(core) - 2), len(form) + 2))
        words = searcher.connection.scalars(lengths).all()
        likely = process.extract(form, words, scorer=OSA.normalized_similarity, limit=_TRIED, score_cutoff=_LEAST)
        if core != form:
            likely += process.extract(core, words, scorer=OSA.normalized_similarity, limit=_TRIED, score_cutoff=_LEAST)
        counted = {word: (-round(score, 2), -searcher.count(Row((searcher.terms(word),)))) for word, score, _ in likely}
        # Of forms of one word the likest says it all.
        once: dict[tuple[str, ...], tuple[str, int]] = {}
        for order, word in sorted((order, word) for word, order in counted.items() if order[1]):
            once.setdefault(searcher.terms(word), (word, -order[1]))
        yield from list(once.values())[:_SHOWN]
