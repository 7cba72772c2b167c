"""Clauses: what parts and what ties the tokens of a text.

Words that open clauses, turn to another matter, bring about or come of something, or mark a party's role, are data
(``lexicon/clauses.tsv``). Between two tokens one can ask how many commas, openings and turns stand there, in constant time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable
from functools import lru_cache

from marsad.lexicon.phrases import Phrasebook
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.record import record
from marsad.text.tokens import Text

__all__ = ["Clauses", "Mark"]

_COMMAS = frozenset("،,;؛")
_SUPPORT, _HELPERS = frozenset({"support"}), 16  # tokens from "with the support of" to the comma behind who helps
_CHARGES = frozenset({"accuse", "heldfor"})
_PARTING = _COMMAS | frozenset(".!؟?:؛")


@record(frozen=True, slots=True)
class Mark:
    """A word of ``clauses.tsv`` in a text: token indices, both included, and its types."""

    first: int
    last: int
    types: frozenset[str]


@lru_cache(maxsize=4)
def _book(language: str) -> Phrasebook[frozenset[str]]:
    types: dict[str, set[str]] = {}
    for row in read_table(f"{language}/lexicon/clauses.tsv"):
        types.setdefault(row["phrase"], set()).add(row["type"])
    return Phrasebook(((phrase, frozenset(found)) for phrase, found in types.items()), language, shared=True)


@lru_cache(maxsize=4)
def _commas(language: str) -> Shared[bool]:
    return Shared(_COMMAS.__contains__, _COMMAS, False, language)


class Clauses:
    """The structure of one text.

    Attributes:
        text: the text.
        marks: the words of ``clauses.tsv`` by the index of their first token; types: the types of each.
    """

    def __init__(self, text: Text, language: str = "ar") -> None:
        self.text = text
        self.marks: dict[int, Mark] = {}
        self.types: dict[int, frozenset[str]] = {}
        self._of_type: dict[str, list[int]] = defaultdict(list)
        charged = -1  # the token behind a word for what somebody is charged with
        for first, last, types in _book(language).spans(text):
            if first == charged and types >= _SUPPORT:
                types = types - _SUPPORT  # "accused of doing it with the support of X" tells of no help in this
            charged = last + 1 if not types.isdisjoint(_CHARGES) else -1
            self.marks[first], self.types[first] = Mark(first, last, types), types
            for each in types:
                self._of_type[each].append(first)
        self._commas = [index for index, _ in _commas(language).among(text)]
        self._parting = self._commas
        self._aside: list[int] = []  # tokens of what is set aside between two commas, these included, sorted
        self._helped: list[int] = []  # commas around those who help
        self._marked: dict[frozenset[str], list[int]] = {}
        self._opens, self._shifts, self._details = self._at("open"), self._at("shift"), self._at("detail")
        self._turned = sorted(self._shifts + self._details)

    def set_aside(self, spans: Iterable[tuple[int, int]]) -> None:
        """Let the commas around each of these token spans part nothing ("were killed, on Friday, in X"), nor those inside it and on one
        side ("at dawn, on Friday, in X")."""
        forms, none, aside = self.text.forms, set[int](), set(self._aside)
        for first, last in spans:
            sides = [at for at in (first - 1, last + 1) if 0 <= at < len(forms) and forms[at] in _COMMAS]
            inside = [at for at in range(first, last) if forms[at] in _COMMAS]
            if len(sides) == 2 or (sides and inside):
                none.update(sides, inside)
            if len(sides) == 2:
                aside.update(range(first - 1, last + 2))
        if none:
            self._parting, self._aside = [index for index in self._commas if index not in none], sorted(aside)

    def set_aside_helpers(self, parted: Container[int]) -> None:
        """Let who helps between two commas not stand between a deed and its place ("the army, with the support of X, retook").

        Args:
            parted: tokens that cannot stand there.
        """
        forms, aside = self.text.forms, set(self._aside)
        for first in self.marked(_SUPPORT, 0, len(forms)):
            if not first or forms[first - 1] not in _COMMAS:
                continue
            limit = min(self.sentence(first)[1], first + _HELPERS)
            end = next((at for at in range(first, limit) if forms[at] in _COMMAS), -1)
            if end > first and not any(at in parted for at in range(first, end)):
                aside.update(range(first - 1, end + 1))
                self._helped += (at for at in (first - 1, end) if at in self._parting and at not in self._helped)
        self._aside = sorted(aside)

    def aside(self, low: int, high: int) -> int:
        """Tokens between two tokens that are set aside, the commas around them included."""
        at = self._aside
        return bisect_left(at, high) - bisect_left(at, low + 1) if at else 0

    def setting_commas(self, low: int, high: int) -> int:
        """Commas that part a deed from its setting: those around who helps do not."""
        at = self._helped
        return self.commas(low, high) - (bisect_left(at, high) - bisect_left(at, low) if at else 0)

    def commas(self, low: int, high: int) -> int:
        """Commas that part two tokens, ``low`` before ``high``."""
        at = self._parting
        return bisect_left(at, high) - bisect_left(at, low) if at else 0

    def all_commas(self, low: int, high: int) -> int:
        """Commas between two tokens, those around what is set aside too."""
        at = self._commas
        return bisect_left(at, high) - bisect_left(at, low) if at else 0

    def opens(self, low: int, high: int) -> int:
        """Clause openings in the tokens after ``low`` up to ``high``, both ends' own excluded at ``low``."""
        at = self._opens
        return bisect_left(at, high + 1) - bisect_left(at, low + 1) if at else 0

    def sentence(self, index: int) -> tuple[int, int]:
        """Half-open token range of the sentence of a token."""
        return self.text.sentences[self.text.tokens[index].sentence]

    def same_sentence(self, one: int, other: int) -> bool:
        return self.text.tokens[one].sentence == self.text.tokens[other].sentence

    def sentences_apart(self, low: int, high: int) -> int:
        return self.text.tokens[high].sentence - self.text.tokens[low].sentence

    def paragraph(self, index: int) -> int:
        """Number of the paragraph of a token."""
        return self.text.paragraphs[self.text.tokens[index].sentence]

    def turns(self, low: int, high: int) -> int:
        """Turns to another matter in the tokens after ``low`` up to ``high``."""
        at = self._shifts
        return bisect_left(at, high + 1) - bisect_left(at, low + 1) if at else 0

    def turns_and_details(self, low: int, high: int) -> int:
        """The sum of ``turns`` and ``details``."""
        at = self._turned
        return bisect_left(at, high + 1) - bisect_left(at, low + 1) if at else 0

    def details(self, low: int, high: int) -> int:
        """Turns from a summary to one of its events ("In X, then, ...") in the tokens after ``low`` up to ``high``."""
        at = self._details
        return bisect_left(at, high + 1) - bisect_left(at, low + 1) if at else 0

    def marked(self, types: frozenset[str], low: int, high: int) -> list[int]:
        """Tokens of a half-open range at which a mark of one of these types begins, in order."""
        at = self._marked.get(types)
        if at is None:
            at = self._begun(types)
        return at[bisect_left(at, low) : bisect_left(at, high)] if at else at

    def _begun(self, types: frozenset[str]) -> list[int]:
        """Tokens at which a mark of one of these types begins, in order; to be found in ``_marked`` from now on."""
        known = [found for each in types if (found := self._of_type.get(each))]
        at = self._marked[types] = known[0] if len(known) == 1 else sorted(set[int]().union(*known))
        return at

    def _at(self, kind: str) -> list[int]:
        """Tokens at which a mark of a type begins, in order."""
        return self._of_type.get(kind, [])

    def mark_before(self, index: int, reach: int, floor: int, types: frozenset[str]) -> Mark | None:
        """The nearest mark of a type that ends within so many tokens before a token and not before ``floor``."""
        begun = self._marked.get(types)
        if begun is None:
            begun = self._begun(types)
        if not begun:
            return None
        low, number, forms, behind = index - reach, bisect_left(begun, index), self.text.forms, index
        while number:
            number -= 1
            at = begun[number]
            if at < low or at < floor:
                return None
            # Nothing that parts stands behind it.
            if not _PARTING.isdisjoint(forms[at + 1 : behind]):
                return None
            mark = self.marks[at]
            if mark.last < index:
                return mark
            behind = at + 1
        return None

    def mark_ending(self, index: int) -> Mark | None:
        """The mark that ends at a token."""
        for at in range(index, max(-1, index - 4), -1):
            mark = self.marks.get(at)
            if mark is not None:
                return mark if mark.last == index else None
        return None
