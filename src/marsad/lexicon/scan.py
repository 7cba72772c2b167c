"""Scan: one walk over the tokens of a text for all look-ups that ask which of them are something.

Each component asks a question of its own of every word of a text, and most words are nothing to any of them. So what a form
is to all of them is found once and kept together, and a text is walked over once. A form that is met for the first time is
taken apart once too: its parts tell which of the look-ups can know it, and only their rules are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

from marsad.lexicon.clitics import splits
from marsad.lexicon.lookup import Lookup
from marsad.text.tokens import Text

__all__ = ["Shared"]

Value = TypeVar("Value")
_LIMIT = 100_000


class Shared(Lookup[Value]):
    """A look-up whose tokens are found in one walk with those of all others of its language; it is kept for good.

    Args:
        rule: value of a folded form; it must depend on the form alone.
        keys: folded forms; the rule gives a true value only for a form that is one of them, or that has one of them left
            when clitics are cut off, with or without its article.
        language: code of the language pack whose clitics apply.
    """

    __slots__ = ("_scan", "_slot")

    def __init__(self, rule: Callable[[str], Value], keys: Iterable[str], language: str) -> None:
        super().__init__(rule)
        self._scan = _scan(language)
        self._slot = self._scan.add(rule, keys)

    def among(self, text: Text) -> list[tuple[int, Value]]:
        """The tokens of a text, of all kinds, whose form has a value that is true: their indices, with the value."""
        return self._scan.found(text)[self._slot]


class _Scan(dict[str, tuple[tuple[int, Any], ...]]):
    """The true values of the look-ups of one language by form, each with the number of its look-up."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._rules: list[Callable[[str], Any]] = []
        self._askers: dict[str, int] = {}  # by key, a bit for each look-up that has it

    def add(self, rule: Callable[[str], Any], keys: Iterable[str]) -> int:
        """Takes a look-up in; returns its number."""
        number = len(self._rules)
        self._rules.append(rule)
        for key in keys:
            self._askers[key] = self._askers.get(key, 0) | 1 << number
        self.clear()
        return number

    def __missing__(self, form: str) -> tuple[tuple[int, Any], ...]:
        asked, askers = 0, self._askers
        for split in splits(form, self._language):
            asked |= askers.get(split.core, 0)
            if split.definite:
                asked |= askers.get(split.listed, 0)
        hits = []
        while asked:
            number = (asked & -asked).bit_length() - 1
            asked &= asked - 1
            value = self._rules[number](form)
            if value:
                hits.append((number, value))
        if len(self) >= _LIMIT:
            self.clear()
        known = self[form] = tuple(hits)
        return known

    def found(self, text: Text) -> list[list[tuple[int, Any]]]:
        """The tokens of a text by the number of the look-up; all are looked for when the first one is asked for."""
        found = text.scanned.get(self._language)
        if found is None or len(found) < len(self._rules):
            found = text.scanned[self._language] = [[] for _ in self._rules]
            for index, hits in enumerate(map(self.__getitem__, text.forms)):
                for number, value in hits:
                    found[number].append((index, value))
        return found


@cache
def _scan(language: str) -> _Scan:
    return _Scan(language)
