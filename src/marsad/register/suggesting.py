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
from marsad.search.lexemes import lexemes
from marsad.search.query import Sought
from marsad.search.words import analyse

__all__ = ["Part", "parts_of"]

# Letters of a word of which only one may be other; words that are tried and shown.
_SHORT, _TRIED, _SHOWN = 4, 24, 4


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
    c = schema.search_form.c
    for form in forms:
        if searcher.count(Row((searcher.terms(form),))):
            continue
        core = min(analyse(form).lemmas, key=len)
        # Words as reports write them: what they may come from need be no word at all.
        lengths = select(c.form).where(func.length(c.form).between(max(2, len(core) - 2), len(form) + 2))
        words = searcher.connection.scalars(lengths).all()
        likely: dict[str, int] = {}
        for told in dict.fromkeys((form, core)):
            most = 1 if len(told) <= _SHORT else 2
            for word, edits, _ in process.extract(told, words, scorer=OSA.distance, limit=_TRIED, score_cutoff=most):
                likely[word] = min(int(edits), likely.get(word, most))
        # A dictionary form says more than another one that is as like, and of forms of one word the likest says it all.
        listed = lexemes()
        ordered = sorted(likely, key=lambda word: (likely[word], word not in listed.of(word), len(word), word))
        counted: list[tuple[int, bool, int, str]] = []
        seen: set[str] = set()
        for word in ordered:
            terms = searcher.terms(word)
            if seen.isdisjoint(terms) and (count := searcher.count(Row((terms,)))):
                seen.update(terms)
                counted.append((likely[word], word not in listed.of(word), -count, word))
        yield from [(word, -count) for _, _, count, word in sorted(counted)[:_SHOWN]]
