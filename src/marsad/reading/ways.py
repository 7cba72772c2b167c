"""Ways: what single words around a token tell of it, by the words of ``ways.tsv`` (from the air, on the ground, "since", "war")."""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.reading.clauses import Clauses
from marsad.reading.cores import cores_of
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["Ways", "entries_of", "governing", "lemmas_of", "ways_of"]

_PREPOSITIONS = ("in", "on", "toward")  # ways of words behind which no verb stands


class Ways:
    """The ways of the words of one text.

    Attributes:
        text: the text.
        language: code of the language pack.
        clauses: the structure of the text.
    """

    def __init__(self, text: Text, language: str) -> None:
        self.text = text
        self.language = language
        self.clauses = Clauses(text, language)
        self._ways = ways_of(language)
        self._cores = cores_of(language)
        self._sentence_ways: dict[int, frozenset[str]] = {}

    def flown(self, index: int) -> bool:
        """Whether words for aircraft or the air stand right behind a token."""
        return self._way_among("air", index, index + 4)

    def flown_before(self, index: int) -> bool:
        """Whether words for aircraft or the air stand right before a token."""
        return self._way_among("air", max(self.clauses.sentence(index)[0], index - 2), index)

    def grounded(self, index: int) -> bool:
        """Whether words for artillery and the like stand right behind a token."""
        return self._way_among("ground", index, index + 4)

    def offensive(self, index: int) -> bool:
        """Whether words behind one for an attack make it one of troops on ground that is held ("a broad attack", "a ground attack")."""
        return self._way_among("offensive", index, index + 3) or self.grounded(index)

    def flown_first(self, index: int) -> bool:
        """Whether of words for aircraft and for artillery behind a token those for aircraft come first ("from the air and by guns")."""
        told = [self._ways[form] for form in self.text.forms[index : index + 4] if form in self._ways]
        return next((way for way in told if way in ("air", "ground")), "") == "air"

    def way_in_sentence(self, index: int, way: str) -> bool:
        """Whether a word of ``ways.tsv`` of that way stands in the sentence of a token."""
        return way in self.ways_in_sentence(index)

    def ways_in_sentence(self, index: int) -> frozenset[str]:
        """The ways of ``ways.tsv`` whose words stand in the sentence of a token."""
        sentence = self.text.tokens[index].sentence
        known = self._sentence_ways.get(sentence)
        if known is None:
            begin, end = self.clauses.sentence(index)
            told = _telling(self.language).intersection(self.text.forms[begin:end])
            known = frozenset([self._ways[form] for form in told])
            self._sentence_ways[sentence] = known
        return known

    def way_at(self, index: int) -> str:
        """The way of the word at a token (``ways.tsv``), or ""."""
        return self._ways.get(self.text.forms[index], "") if index >= 0 else ""

    def way_of_core(self, index: int) -> str:
        """The way of the word at a token without its article and joined letters, or ""."""
        return self._ways.get(self._cores[self.text.forms[index]], "")

    def way_before(self, index: int, way: str, reach: int = 3) -> bool:
        """Whether a word of that way stands right before a token."""
        return self._way_among(way, max(0, index - reach), index)

    def way_behind(self, index: int, way: str, reach: int) -> bool:
        """Whether a word of that way stands within so many tokens behind a token."""
        return self._way_among(way, index + 1, index + 1 + reach)

    def _way_among(self, way: str, low: int, high: int) -> bool:
        """Whether a word of that way stands in a half-open token range."""
        return not lemmas_of(self.language, way).isdisjoint(self.text.forms[low:high])


@lru_cache(maxsize=4)
def ways_of(language: str) -> dict[str, str]:
    """Folded words that tell by what way something came: ``air``, ``ground``, ``from``."""
    return {fold(row["word"]): row["way"] for row in read_table(f"{language}/lexicon/ways.tsv")}


@lru_cache(maxsize=4)
def _telling(language: str) -> frozenset[str]:
    """The words of ``ways.tsv``."""
    return frozenset(ways_of(language))


@lru_cache(maxsize=128)
def lemmas_of(language: str, way: str) -> frozenset[str]:
    """The words that ``ways.tsv`` lists for a way."""
    return frozenset(word for word, told in ways_of(language).items() if told == way)


@lru_cache(maxsize=4)
def governing(language: str) -> frozenset[str]:
    """Prepositions, behind which no verb stands."""
    return frozenset().union(*(lemmas_of(language, way) for way in _PREPOSITIONS))


@lru_cache(maxsize=128)
def entries_of(language: str, way: str) -> frozenset[str]:
    """The entries of ``events.tsv`` or ``harm.tsv`` that ``ways.tsv`` lists for a way, as they are written there."""
    return frozenset(row["word"] for row in read_table(f"{language}/lexicon/ways.tsv") if row["way"] == way)
