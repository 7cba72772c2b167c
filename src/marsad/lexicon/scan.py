"""Scan: one walk over the tokens of a text for all look-ups that ask which of them are something.

Each component asks a question of its own of every word of a text, and most words are nothing to any of them. So what a form
is to all of them is found once and kept together, and a text is walked over once. A form that is met for the first time is
taken apart once too: its parts tell which of the look-ups can know it, and only their rules are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from functools import cache
from threading import RLock
from typing import Any, TypeVar

from marsad.lexicon.clitics import splits
from marsad.lexicon.lookup import Lookup
from marsad.text.tokens import Text

__all__ = ["Shared"]

Value = TypeVar("Value")
_LIMIT = 100_000


class Shared(Lookup[Value]):
    """A look-up that knows few forms; its tokens are found in one walk with those of all others of its language.

    It is kept for good, so it must belong to a language pack and not to a text.

    Args:
        rule: value of a folded form; it must depend on the form alone.
        keys: folded forms; the rule gives another value than ``nothing`` only for a form that is one of them, or that has one
            of them left when clitics are cut off, with or without its article.
        nothing: value of all other forms; it counts as false.
        language: code of the language pack whose clitics apply.
        more: further keys, so many that they are not copied; they must stay as they are.
    """

    __slots__ = ("_bit", "_number", "_scan", "language", "nothing", "rule")

    def __init__(
        self, rule: Callable[[str], Value], keys: Iterable[str], nothing: Value, language: str, more: Container[str] = ()
    ) -> None:
        super().__init__(rule)
        self._scan = _scan(language)
        self.rule, self.nothing, self.language = rule, nothing, language
        self._number = self._scan.enter(rule, keys, more)
        self._bit = 1 << self._number

    def __missing__(self, form: str) -> Value:
        if self._scan.asked[form] & self._bit:
            return super().__missing__(form)
        if len(self) >= _LIMIT:
            self.clear()
        self[form] = self.nothing
        return self.nothing

    def among(self, text: Text) -> list[tuple[int, Value]]:
        """The tokens of a text, of all kinds, whose form has a value that is true: their indices, with the value."""
        return self._scan.found(text, self._number)


class _Asked(dict[str, int]):
    """For each form the look-ups that may know it, as a bit each."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.by_key: dict[str, int] = {}
        self.more: list[tuple[int, Container[str]]] = []

    def __missing__(self, form: str) -> int:
        asked, by_key = 0, self.by_key
        for core, _, _, _, _, definite, listed in splits(form, self.language):
            asked |= by_key.get(core, 0)
            if definite:
                asked |= by_key.get(listed, 0)
            for bit, keys in self.more:
                if listed in keys or core in keys:
                    asked |= bit
        if len(self) >= _LIMIT:
            self.clear()
        self[form] = asked
        return asked


class _Scan(dict[str, tuple[tuple[int, Any], ...]]):
    """The true values of the look-ups of one language that are looked for in texts: by form, with the look-up's number.

    Attributes:
        asked: which look-ups may know a form.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.asked = _Asked(language)
        self._language = language
        self._rules: list[Callable[[str], Any]] = []
        self._sought = 0  # a bit for each look-up that is looked for
        self._state = object()  # another one as soon as others are looked for
        # Several threads may read; none takes a look-up in while another walks over a text.
        self._walking = RLock()

    def enter(self, rule: Callable[[str], Any], keys: Iterable[str], more: Container[str]) -> int:
        """Takes a look-up in; returns its number."""
        with self._walking:
            number = len(self._rules)
            self._rules.append(rule)
            for key in keys:
                self.asked.by_key[key] = self.asked.by_key.get(key, 0) | 1 << number
            if more:
                self.asked.more.append((1 << number, more))
            self.asked.clear()
            return number

    def __missing__(self, form: str) -> tuple[tuple[int, Any], ...]:
        asked = self.asked[form] & self._sought
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

    def found(self, text: Text, number: int) -> list[tuple[int, Any]]:
        """The tokens of a text that a look-up knows; those of all others are looked for with them."""
        with self._walking:
            if not self._sought >> number & 1:
                self._sought |= 1 << number
                self._state = object()
                self.clear()
            state, found = text.scanned.get(self._language, (None, []))
            if state is not self._state:
                state, found = self._state, [[] for _ in self._rules]
                text.scanned[self._language] = state, found
                for index, piece in enumerate(text.pieces):
                    if piece.scanned is not state:
                        # Kept beside the form too, as a look into a table of so many forms takes longer.
                        piece.hits, piece.scanned = self[piece.form], state
                    for hit, value in piece.hits:
                        found[hit].append((index, value))
            return found[number]


@cache
def _scan(language: str) -> _Scan:
    return _Scan(language)
