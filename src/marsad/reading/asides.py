"""Asides: what stands in a text and is no part of the report, and texts that only borrow the words of war.

Link lines, tags and requests to the reader are told by how they begin (``lexicon/asides.tsv``); sport by its words
(``lexicon/topics.tsv``).
"""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.phrases import Phrasebook
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["asides", "borrowed"]

_MANY = 4
_SHARE = 60  # a text is about a topic if it has one of its words in so many


@lru_cache(maxsize=4)
def _book(language: str) -> Phrasebook[str]:
    rows = read_table(f"{language}/lexicon/asides.tsv")
    return Phrasebook(((row["phrase"], row["scope"]) for row in rows), language, shared=True)


@lru_cache(maxsize=4)
def _topic_words(language: str) -> Shared[bool]:
    words = frozenset(fold(row["word"]) for row in read_table(f"{language}/lexicon/topics.tsv"))
    return Shared(words.__contains__, words, False, language)


def asides(text: Text, language: str = "ar") -> frozenset[int]:
    """Indices of the tokens that are no part of the report."""
    out: set[int] = set()
    tokens = text.tokens
    for match in _book(language).find(text):
        first = match.first
        opens = first == 0 or tokens[first - 1].kind == "b" or (first >= 2 and tokens[first - 2].kind == "b")
        if match.value == "any":
            end = next((t.index for t in tokens[first:] if t.kind == "b"), len(tokens))
        elif not opens:
            continue
        elif match.value == "line":
            end = next((t.index for t in tokens[first:] if t.kind == "b"), len(tokens))
        else:
            end = len(tokens)
        out.update(range(first, end))
    return frozenset(out)


def borrowed(text: Text, language: str = "ar") -> bool:
    """Whether the text is about a field that borrows the words of war, such as sport."""
    found = [text.forms[index] for index, _ in _topic_words(language).among(text)]
    return len(set(found)) >= _MANY and len(found) * _SHARE >= len(text.tokens)
