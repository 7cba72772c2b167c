"""Clitics: which letters may stand written together with a word, before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from marsad.lexicon.table import read_table

__all__ = ["Split", "splits"]

_LEAST = 2


@dataclass(frozen=True, slots=True)
class Split:
    """One way to cut a folded word form into proclitic, core and enclitic.

    Attributes:
        core: the word without clitics and without the article.
        start, end: half-open offsets of the core in the folded form.
        proclitic: letters cut off in front, the article included ("وبال").
        enclitic: letters cut off behind.
        definite: whether the article was cut off.
        listed: the core with its article if it has one ("الجيش"), as a word list gives a definite name.
    """

    core: str
    start: int
    end: int
    proclitic: str
    enclitic: str
    definite: bool
    listed: str


@lru_cache(maxsize=4)
def _clitics(language: str) -> tuple[tuple[tuple[str, bool], ...], tuple[str, ...]]:
    rows = read_table(f"{language}/clitics.tsv")
    before = sorted(((r["form"], r["article"] == "yes") for r in rows if r["side"] == "pro"), key=lambda p: -len(p[0]))
    after = sorted((r["form"] for r in rows if r["side"] == "en"), key=lambda e: -len(e))
    return tuple(before), tuple(after)


@lru_cache(maxsize=200_000)
def splits(form: str, language: str = "ar", *, enclitics: bool = True) -> tuple[Split, ...]:
    """All ways to cut a folded form, the form as a whole first, then the shortest cuts first.

    Args:
        form: a folded word form.
        language: code of the language pack.
        enclitics: whether to cut pronouns off the end too.
    """
    before, after = _clitics(language)
    heads: list[tuple[int, str, bool]] = [(0, "", False)]
    heads += [(len(p), p, a) for p, a in before if form.startswith(p) and len(form) - len(p) >= _LEAST]
    tails: list[tuple[int, str]] = [(len(form), "")]
    if enclitics:
        tails += [(len(form) - len(e), e) for e in after if form.endswith(e) and len(form) - len(e) >= _LEAST]
    found: list[Split] = []
    for start, proclitic, definite in heads:
        for end, enclitic in tails:
            if end - start >= _LEAST or (start == 0 and end == len(form)):
                core = form[start:end]
                article = _article(language) if definite else ""
                found.append(Split(core, start, end, proclitic, enclitic, definite, article + core))
    found.sort(key=lambda s: (len(s.proclitic) + len(s.enclitic), len(s.enclitic)))
    return tuple(found)


@lru_cache(maxsize=4)
def _article(language: str) -> str:
    return next((r["restore"] for r in read_table(f"{language}/clitics.tsv") if r["restore"]), "")
