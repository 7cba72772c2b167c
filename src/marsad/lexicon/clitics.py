"""Clitics: which letters may stand written together with a word, before and after it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from marsad.lexicon.lookup import Lookup
from marsad.lexicon.table import read_table

__all__ = ["Split", "splits"]

_LEAST = 2
_LIMIT = 20_000  # forms remembered; who asks often for the same form keeps what came of it


class Split(NamedTuple):
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


class _Cutter:
    """Cuts forms by the clitics of one language."""

    def __init__(self, language: str, enclitics: bool) -> None:
        # Clitics stand under their outer letter, the longest first.
        self._before: dict[str, list[tuple[str, bool]]] = {}
        self._after: dict[str, list[str]] = {}
        for row in sorted(read_table(f"{language}/clitics.tsv"), key=lambda r: -len(r["form"])):
            form = row["form"]
            if row["side"] == "pro":
                self._before.setdefault(form[0], []).append((form, row["article"] == "yes"))
            elif row["side"] == "en" and enclitics:
                self._after.setdefault(form[-1], []).append(form)
        self._article = next((r["restore"] for r in read_table(f"{language}/clitics.tsv") if r["restore"]), "")

    def cut(self, form: str) -> tuple[Split, ...]:
        size = len(form)
        whole = Split(form, 0, size, "", "", False, form)
        if size <= _LEAST:
            return (whole,)
        before, after = self._before.get(form[0]), self._after.get(form[-1])
        if before is None and after is None:
            return (whole,)
        heads = [("", False)]
        heads += [p for p in before or () if form.startswith(p[0]) and size - len(p[0]) >= _LEAST]
        tails = [""]
        tails += [e for e in after or () if form.endswith(e) and size - len(e) >= _LEAST]
        found: list[Split] = []
        for proclitic, definite in heads:
            start = len(proclitic)
            for enclitic in tails:
                end = size - len(enclitic)
                if end - start >= _LEAST:
                    core = form[start:end]
                    listed = self._article + core if definite else core
                    found.append(Split(core, start, end, proclitic, enclitic, definite, listed))
        found.sort(key=lambda s: (len(s.proclitic) + len(s.enclitic), len(s.enclitic)))
        return tuple(found)


@cache
def _cuts(language: str, enclitics: bool) -> Lookup[tuple[Split, ...]]:
    return Lookup(_Cutter(language, enclitics).cut, _LIMIT)


def splits(form: str, language: str = "ar", *, enclitics: bool = True) -> tuple[Split, ...]:
    """All ways to cut a folded form, the form as a whole first, then the shortest cuts first.

    Args:
        form: a folded word form.
        language: code of the language pack.
        enclitics: whether to cut pronouns off the end too.
    """
    return _cuts(language, enclitics)[form]
