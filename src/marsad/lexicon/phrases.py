"""Phrases: find many fixed phrases in a text at once, with clitics before the first word.

A phrase is a few words ("تنظيم الدولة الإسلامية" in the Arabic pack). The first word may carry proclitics in the text;
quotation marks and brackets between its words are passed over. Look-up is one dictionary access per token.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from marsad.lexicon.clitics import splits
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["PhraseMatch", "Phrasebook"]

Value = TypeVar("Value")
_QUOTES = frozenset("\"'«»“”‘’()[]#<>‹›")


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[Value]):
    """A phrase found in a text.

    Attributes:
        first, last: token indices, both included.
        start, end: source offsets without the proclitics of the first word.
        proclitic: folded letters cut off before the first word, without its article.
        value: what the phrase was listed with.
    """

    first: int
    last: int
    start: int
    end: int
    proclitic: str
    value: Value


class Phrasebook(Generic[Value]):
    """Many phrases, each with a value.

    Args:
        phrases: pairs of a phrase as written and its value; a phrase listed twice keeps both values.
        language: code of the language pack whose clitics apply.
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]], language: str = "ar") -> None:
        self._language = language
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in phrases:
            words = tuple(w for w in (fold(w) for w in phrase.replace("_", " ").split()) if w)
            if words:
                self._by_first.setdefault(words[0], []).append((words[1:], value))
        for entries in self._by_first.values():
            entries.sort(key=lambda e: -len(e[0]))
        self._cache: dict[str, tuple[tuple[int, str, tuple[tuple[tuple[str, ...], Value], ...]], ...]] = {}

    def candidates(self, form: str) -> tuple[tuple[int, str, tuple[tuple[tuple[str, ...], Value], ...]], ...]:
        """For a folded form: (letters cut off, proclitic, phrases that may begin here), fewest cut letters first."""
        known = self._cache.get(form)
        if known is None:
            rows = []
            for split in splits(form, self._language, enclitics=False):
                # A listed word may hold its article; the article alone is not cut off a listed bare word.
                article = len(split.listed) - len(split.core)
                entries = self._by_first.get(split.listed)
                proclitic = split.proclitic
                if split.definite:
                    proclitic = proclitic[: len(proclitic) - article] if len(proclitic) >= article else ""
                if entries:
                    cut = split.start if not split.definite else max(0, split.start - article)
                    if split.definite and form[cut : cut + article] != split.listed[:article]:
                        cut = split.start
                    rows.append((cut, proclitic, tuple(entries)))
            known = tuple(rows)
            self._cache[form] = known
        return known

    def at(self, text: Text, index: int) -> PhraseMatch[Value] | None:
        """The longest phrase that begins at a token, or None."""
        tokens = text.tokens
        best: PhraseMatch[Value] | None = None
        for cut, proclitic, entries in self.candidates(tokens[index].form):
            for rest, value in entries:
                last = index
                for word in rest:
                    last += 1
                    while last < len(tokens) and tokens[last].form in _QUOTES:
                        last += 1
                    if last >= len(tokens) or tokens[last].form != word:
                        break
                else:
                    if best is None or last > best.last:
                        start = text.inside(tokens[index], cut, len(tokens[index].form))[0]
                        best = PhraseMatch(index, last, start, tokens[last].end, proclitic, value)
                    break
        return best

    def find(self, text: Text) -> list[PhraseMatch[Value]]:
        """All phrases of a text, leftmost longest, without overlap."""
        found: list[PhraseMatch[Value]] = []
        index, tokens, candidates = 0, text.tokens, self.candidates
        while index < len(tokens):
            token = tokens[index]
            if token.kind == "w" and candidates(token.form):
                match = self.at(text, index)
                if match is not None:
                    found.append(match)
                    index = match.last + 1
                    continue
            index += 1
        return found
