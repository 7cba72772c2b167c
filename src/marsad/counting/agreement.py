"""Agreement: numbers of people in words, with the form of the noun that the number takes; words are data of the packs."""

from __future__ import annotations

from functools import lru_cache

from marsad.errors import InputError
from marsad.lexicon.table import read_table

__all__ = ["LANGUAGES", "counted", "form", "known", "listed", "phrase", "ranged"]

LANGUAGES = ("ar", "en")


@lru_cache(maxsize=4)
def _rules(language: str) -> tuple[tuple[str, int, int, int], ...]:
    _check(language)
    rows = read_table(f"{language}/plurals.tsv")
    return tuple((row["form"], int(row["from"]), int(row["to"]), int(row["modulo"] or 0)) for row in rows)


@lru_cache(maxsize=4)
def _nouns(language: str) -> dict[str, dict[str, str]]:
    _check(language)
    return {row["key"]: row.cells for row in read_table(f"{language}/counted_nouns.tsv")}


@lru_cache(maxsize=4)
def _phrases(language: str) -> dict[str, str]:
    _check(language)
    return {row["key"]: row["text"] for row in read_table(f"{language}/summaries.tsv")}


def _check(language: str) -> None:
    if language not in LANGUAGES:
        raise InputError(f"there are no words in {language!r}; there are those of {', '.join(LANGUAGES)}")


def form(number: int, language: str) -> str:
    """The form of a noun that a number takes: ``one``, ``two``, ``few``, ``many`` or ``other``."""
    for name, first, last, modulo in _rules(language):
        if first <= (number % modulo if modulo else number) <= last:
            return name
    return "other"


def counted(number: int, noun: str, language: str, *, subject: bool = False) -> str:
    """A number of people in words: "3 civilians".

    Args:
        number: 0 or more.
        noun: key of ``counted_nouns.tsv``.
        language: one of ``LANGUAGES``.
        subject: whether they stand as a subject, where that has another form.
    """
    cells = _nouns(language)[noun]
    name = form(number, language)
    text = (cells.get(f"{name}_subject") if subject else None) or cells.get(name) or cells["other"]
    return text.format(n=number)


def ranged(low: int, high: int, noun: str, language: str, *, open: bool = False, subject: bool = False) -> str:
    """From ``low`` to ``high`` people in words; where there may be more, at least ``low``; from 0, up to ``high``."""
    words = _phrases(language)
    if open and low:
        return words["count.least"].format(low=counted(low, noun, language))
    if low == high:
        return counted(low, noun, language, subject=subject)
    if low == 0:
        return words["count.most"].format(high=counted(high, noun, language, subject=subject))
    if high == 2:
        both = [counted(n, noun, language, subject=subject) for n in (1, 2)]
        # Where the noun tells one and two by itself, both are nouns.
        return words["count.one_two"].format(low=1 if "1" in both[0] else both[0], high=both[1])
    return words["count.range"].format(first=low, high=counted(high, noun, language))


def phrase(key: str, language: str, /, **values: object) -> str:
    """A sentence or a part of one, with its words filled in.

    Raises:
        KeyError: no table has the key.
    """
    return _phrases(language)[key].format(**values)


def known(key: str, language: str) -> bool:
    """Whether there is a phrase of that key."""
    return key in _phrases(language)


def listed(names: list[str], language: str, most: int = 4) -> str:
    """Names as a list: "A, B and C"; of more than ``most`` the first and how many others."""
    if not names:
        return ""
    others = len(names) - most + 1 if len(names) > most else 0
    shown = names[: most - 1] if others else names[:-1] if len(names) > 1 else names
    text = shown[0]
    for name in shown[1:]:
        text = phrase("list.more", language, first=text, next=name)
    if others:
        return phrase("list.others", language, names=text, others=counted(others, "others", language))
    return phrase("list.last", language, first=text, last=names[-1]) if len(names) > 1 else text
