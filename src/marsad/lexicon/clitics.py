"""Clitics: which letters may stand written together with a word, before and after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from marsad.lexicon.lookup import Lookup
from marsad.lexicon.table import read_table

__all__ = ["Letters", "Split", "letters_of", "pronouns", "splits"]

_LEAST = 2
_THIRD = frozenset({"his, it", "her, it", "their", "of both"})
_LIMIT = 40_000  # forms remembered; who asks often for the same form keeps what came of it


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


class Letters(NamedTuple):
    """The proclitics that mean something to who reads a clause.

    Attributes:
        conjunction, to: "and" and "to"; by: "by", with and without "and"; plain: those that change nothing; will: those of the future.
    """

    conjunction: str
    to: str
    by: frozenset[str]
    plain: frozenset[str]
    will: frozenset[str]


# As Split(...) would, without the cost of a call in Python: most cuts are of words that no text repeats.
_split: Callable[[tuple[str, int, int, str, str, bool, str]], Split] = partial(tuple.__new__, Split)


class _Cutter:
    """Cuts forms by the clitics of one language.

    Attributes:
        full: all cuts of a form; bare: those without enclitics.
    """

    def __init__(self, language: str) -> None:
        rows = sorted(read_table(f"{language}/clitics.tsv"), key=lambda r: len(r["form"]))
        # Clitics stand under their outer letter, the shortest first; of one length one at most fits a form.
        self._before: dict[str, list[tuple[int, str, bool]]] = {}
        self._after: dict[str, list[str]] = {}
        for row in rows:
            form = row["form"]
            if row["side"] == "pro":
                self._before.setdefault(form[0], []).append((len(form), form, row["article"] == "yes"))
            else:
                self._after.setdefault(form[-1], []).append(form)
        self._article = next((r["restore"] for r in read_table(f"{language}/clitics.tsv") if r["restore"]), "")
        self.full: Lookup[tuple[Split, ...]] = Lookup(self._cut, _LIMIT)
        self.bare: Lookup[tuple[Split, ...]] = Lookup(self._without, _LIMIT)

    def _cut(self, form: str) -> tuple[Split, ...]:
        size = len(form)
        whole = _split((form, 0, size, "", "", False, form))
        if size <= _LEAST:
            return (whole,)
        most = size - _LEAST  # letters that may be cut off
        heads = [head for head in self._before.get(form[0], ()) if head[0] <= most and form.startswith(head[1])]
        tails = [e for e in self._after.get(form[-1], ()) if len(e) <= most and form.endswith(e)]
        if not heads and not tails:
            return (whole,)
        # All cuts as letters cut off, those of them behind, proclitic, whether definite, enclitic.
        cuts = [(before, 0, proclitic, definite, "") for before, proclitic, definite in heads]
        if tails:
            cuts += [
                (before + len(tail), len(tail), proclitic, definite, tail)
                for before, proclitic, definite in [(0, "", False), *heads]
                for tail in tails
                if before + len(tail) <= most
            ]
            cuts.sort()
        found = [whole]
        for both, behind, proclitic, definite, enclitic in cuts:
            start, end = both - behind, size - behind
            core = form[start:end]
            found.append(_split((core, start, end, proclitic, enclitic, definite, self._article + core if definite else core)))
        return tuple(found)

    def _without(self, form: str) -> tuple[Split, ...]:
        full = self.full[form]
        bare = tuple([split for split in full if not split.enclitic])
        return bare if len(bare) < len(full) else full


@cache
def _cutter(language: str) -> _Cutter:
    return _Cutter(language)


def splits(form: str, language: str = "ar", *, enclitics: bool = True) -> tuple[Split, ...]:
    """All ways to cut a folded form, the form as a whole first, then the shortest cuts first.

    Args:
        form: a folded word form.
        language: code of the language pack.
        enclitics: whether to cut pronouns off the end too.
    """
    cutter = _cutter(language)
    return cutter.full[form] if enclitics else cutter.bare[form]


@cache
def letters_of(language: str) -> Letters:
    """The letters of a language by what they mean."""
    notes = {row["note"]: row["form"] for row in read_table(f"{language}/clitics.tsv") if row["side"] == "pro"}
    return Letters(
        notes["and"],
        notes["to"],
        frozenset({notes["with, by"], notes["and by"], notes["so by"]}),
        frozenset({"", notes["and"], notes["so"]}),
        frozenset({notes["future"], notes["and will"], notes["so will"]}),
    )


@cache
def pronouns(language: str) -> tuple[str, ...]:
    """Pronouns of the third person that may be written behind a verb."""
    return tuple(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["side"] == "en" and c["note"] in _THIRD)
