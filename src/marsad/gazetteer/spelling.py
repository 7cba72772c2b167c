"""Whether an Arabic and a Latin spelling, or two of one script, can be the same name.

An Arabic name is turned into a pattern of the Latin spellings that the press gives it: each letter with its usual
romanisations (``packs/ar/romanisation.tsv``), short vowels free, long vowels and consonants fixed, the article and its
assimilation optional. That tells Hajin from Hajjah, which a skeleton of consonants cannot do for short names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from marsad.gazetteer.names import article, is_arabic, is_latin, plain_latin, skeleton
from marsad.lexicon.table import read_table
from marsad.text.fold import fold

__all__ = ["meet"]

_HAMZA = "\u0621"
_SHORT = "[aeiou]{0,2}"
_LATIN_ARTICLE = re.compile(r"^(?:al|el|an|ar|as|at|az|ad|ash|er|es|et|ez|esh|en|ed) (?=\w)")
_ARTICLE = "(?:[aeu](?:l|sh|th|dh|[nrstdz]))?"


@lru_cache(maxsize=100_000)
def meet(first: str, second: str, language: str = "ar") -> bool:
    """Whether two spellings can be of one name.

    Args:
        first, second: names in Arabic or Latin letters.
        language: code of the language pack with the romanisation.
    """
    if is_arabic(first) and is_arabic(second):
        apart = (" " in first) != (" " in second)
        return _arabic_key(first, language, apart) == _arabic_key(second, language, apart)
    if is_arabic(second):
        first, second = second, first
    if is_arabic(first) and is_latin(second):
        return bool(_pattern(first, language).fullmatch(plain_latin(second).replace(" ", "")))
    return _latin_key(first) == _latin_key(second) or (
        len(skeleton(first)) > 2 and skeleton(first) == skeleton(second) and _vowels(first) == _vowels(second)
    )


@lru_cache(maxsize=4)
def _letters(language: str) -> dict[str, tuple[str, str, str]]:
    """Letter to its pattern in the middle, at the beginning and at the end of a word."""
    rows = read_table(f"{language}/romanisation.tsv")
    return {r["letter"]: (r["loose"], r["first"] or r["loose"], r["last"] or r["loose"]) for r in rows}


@lru_cache(maxsize=50_000)
def _pattern(name: str, language: str) -> re.Pattern[str]:
    letters = _letters(language)
    parts = []
    for word in fold(name).split():
        bare = _bare(word, language)
        parts.append(_ARTICLE if bare != word else "")
        for position, letter in enumerate(bare):
            middle, first, last = letters.get(letter, (re.escape(letter),) * 3)
            spelling = first if position == 0 else last if position == len(bare) - 1 else middle
            # Consonants may be doubled and be followed by a short vowel.
            double = "" if "[" in spelling else "{1,2}"
            parts.append(f"(?:{spelling}){double}")
            if position < len(bare) - 1:
                parts.append(_SHORT)
        parts.append("e?")
    return re.compile("".join(parts))


def _bare(word: str, language: str) -> str:
    told = article(language)
    return word[len(told) :] if told and word.startswith(told) and len(word) > len(told) + 1 else word


def _arabic_key(name: str, language: str, apart: bool) -> str:
    """Folded words without article and spaces; the endings that are written either way are one.

    ``apart``: whether the other name is written in another number of words, so that an article may stand inside.
    """
    joined = "".join(_bare(w, language) for w in fold(name).split())
    if apart:
        joined = joined.replace(article(language), "")
    joined = joined.removesuffix(_HAMZA) if len(joined) > 3 else joined
    endings = {r["letter"]: r["letters"] for r in read_table(f"{language}/name_endings.tsv")}
    return joined[:-1] + endings.get(joined[-1:], joined[-1:])


def _latin_key(name: str) -> str:
    plain = _LATIN_ARTICLE.sub("", plain_latin(name)).replace(" ", "")
    for spelling, sound in (("ou", "u"), ("oo", "u"), ("ee", "i")):
        plain = plain.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=[aei])h$", "", plain))


def _vowels(name: str) -> str:
    """The vowels as front, back and open ones, repeated ones once."""
    plain = re.sub(r"h\b", "", _LATIN_ARTICLE.sub("", plain_latin(name)))
    told = re.sub(r"[^aeiouwy]", "", plain).translate(str.maketrans("eiyouwa", "iiiuuua"))
    return re.sub(r"(.)\1+", r"\1", told)[-3:]
