"""Weights of words: how much single words around an event count where it is decided what it is.

They stand in ``packs/<language>/word_weights.tsv`` (part, where the word stands, the word without article and joined letters, its
weight) and are learned by ``tools/learn_weights.py`` from annotated reports. What a rule or a word list says is said there; these
weights hold what is only mostly so.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.table import read_table

__all__ = ["SIGN", "WordWeights", "word_weights"]

SIGN = "~"  # parts where a word stands from the word in the name of a sign
_NONE: dict[str, float] = {}


class WordWeights:
    """Weights by part, by where a word stands, and by word."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, dict[str, float]]] = {}

    def add(self, part: str, at: str, word: str, weight: float) -> None:
        self._parts.setdefault(part, {}).setdefault(at, {})[word] = weight

    def part(self, part: str) -> dict[str, dict[str, float]]:
        """The weights of a part: where words stand, with the weights of the words there."""
        return self._parts.get(part, {})

    def at(self, part: str, at: str) -> dict[str, float]:
        """The weights of the words at one place in a part."""
        return self.part(part).get(at, _NONE)


@lru_cache(maxsize=4)
def word_weights(language: str) -> WordWeights:
    """The weights of the words of a language.

    Raises:
        PackError: a weight is no number.
    """
    found = WordWeights()
    for row in read_table(f"{language}/word_weights.tsv"):
        try:
            found.add(row["part"], row["at"], row["word"], float(row["weight"]))
        except ValueError as error:
            raise row.fail(f"{row['weight']!r} is no number") from error
    return found
