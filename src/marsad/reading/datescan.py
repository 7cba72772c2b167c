"""Looking at a text for date expressions: the readings of its tokens, and its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.datespec import Convention
from marsad.reading.datewords import DateWords, Entry
from marsad.reading.numerals import Numerals
from marsad.text.tokens import Text

__all__ = ["Scanner"]

_DASHES = frozenset("-–—/")
_YEARS = (1800, 2100)
_HIJRI_YEARS = (1300, 1500)


class Scanner:
    """Looks words and numbers up in one text.

    Args:
        text: the text.
        words: date words of its language.
        numerals: number words of its language.
        convention: how doubtful expressions are meant.
    """

    def __init__(self, text: Text, words: DateWords, numerals: Numerals, convention: Convention) -> None:
        self.text = text
        self.tokens = text.tokens
        self.forms = text.forms
        self.count = len(text.forms)
        self.words = words
        self.entries = words.entries
        self.numerals = numerals
        self.convention = convention

    # Looking up.

    def readings(self, index: int) -> Sequence[tuple[Entry, int]]:
        """The readings of a token and the index after each, longest phrase first."""
        entries = self.words.readings.get(self.forms[index]) if index < self.count else None
        if entries is None:
            return ()
        found: list[tuple[Entry, int]] = []
        if entries.phrases and index + 1 < self.count:
            for entry in entries.phrases.get(self.forms[index + 1], ()):
                if len(entry.rest) == 1 or self._follows(index, entry.rest):
                    found.append((entry, index + 1 + len(entry.rest)))
        found += [(entry, index + 1) for entry in entries.single]
        return found

    def one_of(self, index: int, *kinds: str) -> tuple[Entry, int] | None:
        """The first reading of one of the kinds."""
        entries = self.entries.get(self.forms[index]) if index < self.count else None
        if entries is not None:
            for entry in entries:
                if entry.kind in kinds and (not entry.rest or self._follows(index, entry.rest)):
                    return entry, index + 1 + len(entry.rest)
        return None

    def _follows(self, index: int, rest: tuple[str, ...]) -> bool:
        """Whether the further words of a phrase stand behind its first one."""
        return tuple(self.forms[index + 1 : index + 1 + len(rest)]) == rest

    def skip(self, index: int, kind: str) -> int:
        """The index after the words of a kind."""
        while True:
            found = self.one_of(index, kind)
            if found is None:
                return index
            index = found[1]

    def is_article(self, index: int) -> bool:
        """Whether a token is an article written apart from its number."""
        return index < len(self.tokens) and self.tokens[index].form == self.words.article

    def joined(self, index: int) -> bool:
        """Whether a word carries "and"."""
        return self.forms[index] in self.words.joined

    def plus(self, index: int) -> int | None:
        """Where the second part of a sum begins: at a word with "and", or after a free-standing one."""
        if index >= len(self.tokens):
            return None
        if self.tokens[index].form == self.words.conjunction or (self.convention.bare and self.tokens[index].form in "،,"):
            return index + 1
        return index if self.joined(index) else None

    def connector(self, index: int, *, conjunction: bool) -> int | None:
        """Index after a word or mark that joins the ends of a range."""
        if index >= len(self.tokens):
            return None
        form = self.tokens[index].form
        if form in "،," and index + 1 < len(self.tokens):
            found = self.one_of(index + 1, "to")
            return found[1] if found is not None else None
        if form in _DASHES:
            return index + 1
        if conjunction and form == self.words.conjunction:
            return index + 1
        if form == self.words.conjunction:
            index += 1
        found = self.one_of(index, "to")
        return found[1] if found is not None else None

    # Numbers.

    def cardinal(self, index: int) -> tuple[int, int, bool] | None:
        """A whole number, the index after it and whether it has the article."""
        if index >= len(self.tokens) or self.tokens[index].kind not in "nw":
            return None
        numeral = self.numerals.at(self.text, index)
        if numeral is None or numeral.vague or numeral.value.denominator != 1:
            return None
        return int(numeral.value), numeral.last + 1, numeral.definite

    def ordinal(self, index: int) -> tuple[int, int, bool] | None:
        """An ordinal word up to 39, the index after it and whether it has the article."""
        tokens, numbers = self.tokens, self.words.numbers
        if index >= len(tokens):
            return None
        word = numbers.get(tokens[index].form)
        if word is None:
            return None
        if word.role == "tens" and word.definite:
            return int(word.value), index + 1, True
        if word.role != "ordinal":
            return None
        after = numbers.get(tokens[index + 1].form) if index + 1 < len(tokens) else None
        if after is not None and after.role == "ten" and not after.joined:
            return int(word.value) + 10, index + 2, word.definite
        if after is not None and after.role == "tens" and after.joined:
            return int(word.value) + int(after.value), index + 2, word.definite
        if index + 2 < len(tokens) and tokens[index + 1].form == self.words.conjunction:
            after = numbers.get(tokens[index + 2].form)
            if after is not None and after.role == "tens":
                return int(word.value) + int(after.value), index + 3, word.definite
        return int(word.value), index + 1, word.definite

    def day_number(self, index: int) -> tuple[int, int] | None:
        """A day of the month, in digits or words."""
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.kind == "n":
            return (
                (int(token.form), index + 1)
                if len(token.form) <= 2 and token.form.isdecimal() and 1 <= int(token.form) <= 31
                else None
            )
        found = self.ordinal(index)
        if found is not None:
            return (found[0], found[1]) if found[0] <= 31 else None
        number = self.cardinal(index) if token.form in self.words.numbers else None
        return (number[0], number[1]) if number is not None and 1 <= number[0] <= 31 else None

    def year_number(self, index: int, *, hijri: bool = False, wide: bool = False) -> tuple[int, int, bool] | None:
        """A year in digits or words, the index after it (and its era), and whether it is of the Hijri calendar."""
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        after = index + 1
        if token.kind == "n":
            if not token.form.isdecimal() or len(token.form) > 4:
                return None
            value = int(token.form)
        else:
            word = self.words.numbers.get(token.form)
            if word is None or word.role not in ("scale", "twoscale", "ten", "teen", "unit", "hundreds", "hundred"):
                return None
            numeral = self.cardinal(index)
            if numeral is None:
                return None
            value, after = numeral[0], numeral[1]
        era = self.one_of(after, "era")
        in_era = era is not None and era[0].value == "h"
        if in_era or (hijri and _HIJRI_YEARS[0] <= value <= _HIJRI_YEARS[1]):
            if not _HIJRI_YEARS[0] <= value <= _HIJRI_YEARS[1]:
                return None
            return value, era[1] if in_era and era is not None else after, True
        if self.convention.bare and wide and value < 100:
            return (2000 if value < 50 else 1900) + value, after, False
        if _YEARS[0] <= value <= _YEARS[1] or (self.convention.bare and 100 < value < 3000):
            return value, era[1] if era is not None else after, False
        return None
