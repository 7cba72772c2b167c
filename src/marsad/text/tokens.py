"""Tokens and sentences of a text, with code point offsets into it.

A token is a word, a number or one punctuation mark. Words that were broken up to pass a platform's filter
("قـ.ـصف") are one token whose folded form is the plain word; the offsets still cover what is written.

A text is cut into pieces that cover it without a gap: a token with the blank before it, or white space. What a piece is
depends on its characters alone, so it is worked out once for each spelling and remembered (``_Pieces``).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cached_property
from itertools import accumulate, compress
from sys import intern
from typing import Any

from marsad.text.fold import fold, source_offset

__all__ = ["Piece", "Text", "Token", "WordPlaces", "word_forms", "word_spans"]

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\u200b-\u200f\u2060\ufeff\u00ad"
# The usual letters stand in a class of their own, which is matched much faster than any letter of Unicode.
# No group is possessive: Python before 3.11.5 matches such groups wrongly.
_LETTERS = rf"(?:[\u0621-\u064aa-zA-Z{_MARKS}]++|[^\W\d_])+"
_BREAK = r"[.*•·~|/\\\-]"
_WORD = rf"{_LETTERS}(?:(?<=\u0640)[ ]?{_BREAK}{{0,2}}[ ]?(?=\u0640){_LETTERS}|(?<=\u0640){_BREAK}{{1,2}}{_LETTERS}|{_BREAK}{{1,2}}(?=\u0640){_LETTERS}|(?<=[\u0621-\u064a])[*•·](?=[\u0621-\u064a]){_LETTERS})*"
# Most words are plain ones before a blank, which are told at once.
_PIECE = re.compile(rf"[ ]?[\u0621-\u063a\u0641-\u064a]++(?=[ \n])|[ ]?(?:{_WORD}|\d++(?:[.,٫٬]\d++)*|[^\s\w]|_)|\n|[^\S\n]+")
_MARK = re.compile(rf"[{_MARKS}]")
_SELECTORS = frozenset("\u061c\u200d\u20e3\ufe0e\ufe0f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"  # no part of a word that they stand before or behind
_ENDS = frozenset(".!?؟…۔")
_BREAKS = _ENDS | {"\n"}
_LIMIT = 150_000  # spellings remembered
_WORDS = frozenset("wn")
# Kinds of tokens: those of words and numbers, of numbers, and of what a sentence can end with.
_WORDED, _NUMBER, _MAY_BREAK = re.compile("[wn]"), re.compile("n"), re.compile("[pb]")


class Token:
    """One token.

    Attributes:
        index: position in ``Text.tokens``.
        start, end: half-open code point offsets into the source.
        form: folded form (digits in ASCII; broken-up words joined).
        kind: ``w`` word, ``n`` number, ``p`` punctuation, ``b`` line break.
        sentence: index of the sentence.
    """

    __slots__ = ("end", "form", "index", "kind", "sentence", "start")

    # Made by the thousand: to set attributes one by one costs less than a call with arguments.
    index: int
    start: int
    end: int
    form: str
    kind: str
    sentence: int

    def __repr__(self) -> str:
        return f"Token({self.index}, {self.start}, {self.end}, {self.form!r}, {self.kind!r})"


class Piece:
    """What a piece of text is, whatever text it stands in.

    Attributes:
        form, kind: folded form and kind of its token; both are empty where there is none.
        length: from the token's start to the end of the piece; trail: what of that stands behind the token.
        hits: what ``marsad.lexicon.scan`` found in the form; it holds as long as ``scanned`` is what it sought.
    """

    __slots__ = ("form", "hits", "kind", "length", "scanned", "trail")

    def __init__(self, form: str, kind: str, length: int, trail: int = 0) -> None:
        self.form, self.kind, self.length, self.trail = form, kind, length, trail
        self.scanned: object = None
        self.hits: tuple[tuple[int, Any], ...] = ()


class _Pieces(dict[str, Piece]):
    """The pieces seen so far, by how they are written."""

    def __missing__(self, piece: str) -> Piece:
        if len(self) >= _LIMIT:
            self.clear()
        raw = piece.removeprefix(" ")
        kind = "w" if raw.isalpha() else _kind(raw)
        form = raw if kind in "pb" else fold(raw)
        if kind == "w" and not form.isalpha():
            form = "".join(c for c in form if c.isalnum())
        length, trail = len(raw), 0
        if not raw.isprintable() and kind == "w" and form:
            length, trail = len(raw.lstrip(_UNSEEN)), len(raw) - len(raw.rstrip(_UNSEEN))
        known = self[piece] = Piece(intern(form), kind if form else "", length, trail)
        return known


def _kind(raw: str) -> str:
    """Kind of the token that a piece without its blank is, or the empty string where it is none."""
    first = raw[:1]
    if first.isdecimal():
        return "n"
    if first in _SELECTORS:
        return ""  # only says how the signs beside it are drawn
    if first.isalnum() or _MARK.match(first):
        return "w"
    if first == "\n":
        return "b"
    return "" if not first or first == "_" or first.isspace() else "p"


_pieces = _Pieces()


class _Words(dict[str, str]):
    """Folded form of the word or number in each piece of text seen so far; empty for none."""

    def __missing__(self, piece: str) -> str:
        if len(self) >= _LIMIT:
            self.clear()
        known = _pieces[piece]
        word = self[piece] = known.form if known.kind in _WORDS else ""
        return word


_words = _Words()


def word_forms(source: str) -> list[str]:
    """The folded words and numbers of a text in order: the forms of the tokens of ``Text`` of these kinds, at less cost."""
    return list(filter(None, map(_words.__getitem__, _PIECE.findall(source))))


class WordPlaces:
    """Where the words and numbers that ``word_forms`` gives stand.

    Args:
        source: the text.
    """

    __slots__ = ("_ends", "_pieces")

    def __init__(self, source: str) -> None:
        pieces = _PIECE.findall(source)
        words = list(map(_words.__getitem__, pieces))
        self._ends = list(compress(accumulate(map(len, pieces)), words))
        self._pieces = list(compress(pieces, words))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> tuple[int, int]:
        """Half-open offsets of a word, by its number."""
        end, known = self._ends[number], _pieces[self._pieces[number]]
        return end - known.length, end - known.trail


def word_spans(source: str, wanted: Container[str]) -> Iterator[tuple[int, int, int, str]]:
    """The words and numbers of a text that have one of some forms: their number among all, half-open offsets and form, in order."""
    end = number = 0
    for piece in _PIECE.findall(source):
        known = _pieces[piece]
        end += len(piece)
        if known.kind in _WORDS:
            if known.form in wanted:
                yield number, end - known.length, end - known.trail, known.form
            number += 1


class Text:
    """A source text with its tokens and sentences.

    Attributes:
        source: the text as given; all offsets refer to it.
        tokens: all tokens in order, line breaks included.
        forms, pieces: the form and the piece of each token; kinds: their kinds, a letter each.
        sentences: half-open ranges of token indices that cover all tokens.
        paragraphs: for each sentence, the number of its paragraph.
        scanned: what look-ups found in it, by language; kept by ``marsad.lexicon.scan``.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.sentences: list[tuple[int, int]] = []
        self.paragraphs: list[int] = []
        self.scanned: dict[str, tuple[object, list[list[tuple[int, Any]]]]] = {}
        written = _PIECE.findall(source)
        self.pieces, ends = list(map(_pieces.__getitem__, written)), list(accumulate(map(len, written)))
        kinds = [piece.kind for piece in self.pieces]
        self.kinds = "".join(kinds)
        if len(self.kinds) < len(kinds):
            self.pieces, ends = list(compress(self.pieces, kinds)), list(compress(ends, kinds))
        self.forms = [piece.form for piece in self.pieces]
        self._split(ends)
        self.tokens = self._made(ends)

    @cached_property
    def numbers(self) -> list[int]:
        """Indices of the tokens in digits, in order."""
        return [found.start() for found in _NUMBER.finditer(self.kinds)]

    def altered(self, token: Token) -> bool:
        """Whether the last letter of a token is folded into another one, and so no letter of a pronoun."""
        return self.source[token.end - 1] != token.form[-1]

    def _made(self, ends: list[int]) -> list[Token]:
        """The tokens, of which it is known where they end and to which sentences they belong."""
        made, index = list[Token](), 0
        for number, (first, last) in enumerate(self.sentences):
            for piece, end in zip(self.pieces[first:last], ends[first:last], strict=True):
                token = Token()
                token.index = index
                token.start = end - piece.length
                token.end = end - piece.trail
                token.form = piece.form
                token.kind = piece.kind
                token.sentence = number
                made.append(token)
                index += 1
        return made

    def _split(self, ends: list[int]) -> None:
        """Finds the sentences, of pieces whose ends are given."""
        forms, kinds, count = self.forms, self.kinds, len(self.forms)
        first = paragraph = looked = 0
        for mark in _MAY_BREAK.finditer(kinds):
            index = mark.start()
            form = forms[index]
            if form not in _BREAKS or (form == "." and not self._ends(index, ends)):
                continue
            if index + 1 < count and form in _ENDS and forms[index + 1] in _ENDS:
                continue
            # Tokens once looked at in vain are not looked at again, however many marks follow each other.
            if _WORDED.search(kinds, max(first, looked), index):
                self.sentences.append((first, index + 1))
                self.paragraphs.append(paragraph)
                first = index + 1
            looked = index
            if kinds[index] == "b":
                paragraph += 1
        if first < count:
            if not self.sentences or _WORDED.search(kinds, first):
                self.sentences.append((first, count))
                self.paragraphs.append(paragraph)
            else:
                self.sentences[-1] = (self.sentences[-1][0], count)

    def _ends(self, at: int, ends: list[int]) -> bool:
        """Whether a stop ends a sentence: not after a single letter ("د."), and not inside a word or number."""
        if at and self.kinds[at - 1] == "w" and ends[at - 1] == ends[at] - 1 and len(self.forms[at - 1]) == 1:
            return False
        follows = self.source[ends[at] : ends[at] + 1]
        return not follows.isalnum() or "\u0600" <= follows <= "\u06ff"

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Source offsets of the tokens ``first`` to ``last`` (both included)."""
        return self.tokens[first].start, self.tokens[last].end

    def inside(self, token: Token, start: int, end: int) -> tuple[int, int]:
        """Source offsets of the folded characters ``start`` to ``end`` (half open) of a token."""
        length = token.end - token.start
        if length == len(token.form):
            return token.start + start, token.start + end
        raw = self.source[token.start : token.end]
        return token.start + source_offset(raw, start), token.start + (
            length if end >= len(token.form) else source_offset(raw, end)
        )
