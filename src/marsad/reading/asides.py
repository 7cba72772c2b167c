"""Asides: what stands in a text and is no part of the report, and texts that only borrow the words of war.

Link lines, tags and requests to the reader are told by how they begin (``lexicon/asides.tsv``); sport by its words
(``lexicon/topics.tsv``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from marsad.lexicon.phrases import Phrasebook
from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["asides", "borrowed"]

_MANY = 4
# A heading is a line of so many tokens at most, without a stop, amid so many paragraphs of which so great a share ends with one. A longer
# line may be a sentence whose stop was forgotten, and what it tells would be lost.
_HEADING, _PARAGRAPHS, _STOPPED = 9, 4, 0.7
_LAST = 3  # tokens at the end of a line among which its stop stands ("... since .2014")
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
    out.update(_headings(text))
    return frozenset(out)


def _headings(text: Text) -> Iterator[int]:
    """Tokens of the short lines between paragraphs that are none: headings, and headlines of other reports."""
    tokens, lines, first = text.tokens, list[range](), 0
    for end in (*(t.index for t in tokens if t.kind == "b"), len(tokens)):
        if end > first:
            lines.append(range(first, end))
        first = end + 1
    if len(lines) < _PARAGRAPHS:
        return
    whole = [any(tokens[i].kind == "p" for i in line[-_LAST:]) for line in lines]
    if sum(whole) < _STOPPED * len(lines):
        return
    for line, stopped in list(zip(lines, whole, strict=True))[1:-1]:
        if not stopped and len(line) <= _HEADING:
            yield from line


def borrowed(text: Text, language: str = "ar") -> bool:
    """Whether the text is about a field that borrows the words of war, such as sport."""
    found = [text.forms[index] for index, _ in _topic_words(language).among(text)]
    return len(set(found)) >= _MANY and len(found) * _SHARE >= len(text.tokens)
