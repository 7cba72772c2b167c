"""Query: what a person types to look for, as words that must and must not stand in a report.

Words are looked for in all their forms, all of them. Quotation marks make a phrase, a minus before a word or phrase excludes it,
``OR``, ``|`` or the word for "or" between two says that one is enough. Everything else (brackets, stars, marks of a query language)
is no part of a word and means nothing. What is typed without a blank ("ISIS-K") is a phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.search.lexemes import small_words, words_between
from marsad.text.fold import fold
from marsad.text.tokens import word_forms

__all__ = ["MOST_WORDS", "Query", "Sought", "parse"]

MOST_WORDS = 48
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂", '"'))
_PART = re.compile(r'(?<!\S)([-−]?)"([^"]*)"?|(\|)|([^\s"|]+)|"')
_OR = "OR"


@dataclass(frozen=True, slots=True)
class Sought:
    """A word, or a phrase of several; folded forms in order, and as it was typed."""

    forms: tuple[str, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query.

    Attributes:
        every: groups; of each group one must be there.
        without: none of these may be there.
        left_out: small words that are not looked for, since there are others.
        row: the forms of all words in order if the query is nothing but several words: reports that have them side by side come first.
        named: names in Latin letters with the Arabic ones that are looked for too (``marsad.search.naming``).
    """

    every: tuple[tuple[Sought, ...], ...] = ()
    without: tuple[Sought, ...] = ()
    left_out: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def sought(self) -> tuple[Sought, ...]:
        """All that must be there, in order."""
        return tuple(sought for group in self.every for sought in group)


def parse(typed: str, language: str = "ar") -> Query:
    """Read a query.

    Args:
        typed: any text.
        language: of the small words.

    Raises:
        InputError: it has more words than a search can have.
    """
    groups: list[list[Sought]] = []
    without: list[Sought] = []
    joins, count = False, 0
    between = words_between(language)
    for match in _PART.finditer(typed.translate(_QUOTES)):
        minus, phrase, bar, word = match.groups()
        if bar or word == _OR or (word and fold(word) in between):
            joins = bool(groups)
            continue
        if word and word[0] in "-−" and len(word) > 1:
            minus, word = word[0], word[1:]
        text = phrase if phrase is not None else word or ""
        forms = tuple(word_forms(text))
        count += len(forms)
        if not forms:
            continue
        if count > MOST_WORDS:
            raise InputError(refusal("ask.words", most=MOST_WORDS))
        sought = Sought(forms, " ".join(text.split()))
        if minus:
            without.append(sought)
        elif joins:
            groups[-1].append(sought)
        else:
            groups.append([sought])
        joins = False
    small = small_words(language)
    light = [g for g in groups if len(g) == 1 and len(g[0].forms) == 1 and g[0].forms[0] in small]
    kept = [tuple(g) for g in groups if g not in light] if len(light) < len(groups) else [tuple(g) for g in groups]
    left_out = tuple(g[0].typed for g in light) if len(light) < len(groups) else ()
    plain = len(light) < len(groups) and not without and all(len(group) == 1 and " " not in group[0].typed for group in groups)
    row = tuple(form for group in groups for form in group[0].forms) if plain else ()
    # What is typed twice, in whatever spelling, is looked for once.
    once = {tuple(sought.forms for sought in group): group for group in reversed(kept)}
    never = {sought.forms: sought for sought in reversed(without)}
    return Query(tuple(reversed(once.values())), tuple(reversed(never.values())), left_out, row if len(row) > 1 else ())
