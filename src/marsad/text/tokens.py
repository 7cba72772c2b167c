"""Tokens and sentences of a text, with code point offsets into it.

A token is a word, a number or one punctuation mark. Words that were broken up to pass a platform's filter
("قـ.ـصف") are one token whose folded form is the plain word; the offsets still cover what is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from marsad.text.fold import fold, source_offset

__all__ = ["Text", "Token"]

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\u200b-\u200f\u2060\ufeff\u00ad"
_LETTERS = rf"(?:[^\W\d_]|[{_MARKS}])+"
_BREAK = r"[.*•·~|/\\\-]"
_WORD = rf"{_LETTERS}(?:(?<=\u0640)[ ]?{_BREAK}{{0,2}}[ ]?(?=\u0640){_LETTERS}|(?<=\u0640){_BREAK}{{1,2}}{_LETTERS}|{_BREAK}{{1,2}}(?=\u0640){_LETTERS}|(?<=[\u0621-\u064a])[*•·](?=[\u0621-\u064a]){_LETTERS})*"
_TOKEN = re.compile(rf"(?P<w>{_WORD})|(?P<n>\d+(?:[.,٫٬]\d+)*)|(?P<b>\n)|(?P<p>[^\s\w])|(?P<o>_)")
_ENDS = frozenset(".!?؟…۔")


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

    def __init__(self, index: int, start: int, end: int, form: str, kind: str) -> None:
        self.index = index
        self.start = start
        self.end = end
        self.form = form
        self.kind = kind
        self.sentence = 0

    def __repr__(self) -> str:
        return f"Token({self.index}, {self.start}, {self.end}, {self.form!r}, {self.kind!r})"


class Text:
    """A source text with its tokens and sentences.

    Attributes:
        source: the text as given; all offsets refer to it.
        tokens: all tokens in order, line breaks included.
        sentences: half-open ranges of token indices that cover all tokens.
        paragraphs: for each sentence, the number of its paragraph.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens: list[Token] = list(_tokens(source))
        self.sentences: list[tuple[int, int]] = []
        self.paragraphs: list[int] = []
        self._split()

    def _split(self) -> None:
        tokens, first, paragraph = self.tokens, 0, 0
        for token in tokens:
            if token.kind == "b" or (token.form in _ENDS and self._ends(token)):
                index = token.index
                if index + 1 < len(tokens) and token.form in _ENDS and tokens[index + 1].form in _ENDS:
                    continue
                if any(t.kind in "wn" for t in tokens[first : index + 1]):
                    self._close(first, index + 1, paragraph)
                    first = index + 1
                if token.kind == "b":
                    paragraph += 1
        if first < len(tokens):
            if any(t.kind in "wn" for t in tokens[first:]) or not self.sentences:
                self._close(first, len(tokens), paragraph)
            else:
                start = self.sentences[-1][0]
                self.sentences[-1] = (start, len(tokens))
                for token in tokens[first:]:
                    token.sentence = len(self.sentences) - 1

    def _close(self, first: int, last: int, paragraph: int) -> None:
        number = len(self.sentences)
        self.sentences.append((first, last))
        self.paragraphs.append(paragraph)
        for token in self.tokens[first:last]:
            token.sentence = number

    def _ends(self, mark: Token) -> bool:
        """Whether a stop ends a sentence: not after a single letter ("د."), and not inside a word or number."""
        if mark.form != ".":
            return True
        before = self.tokens[mark.index - 1] if mark.index else None
        if before is not None and before.kind == "w" and before.end == mark.start and len(before.form) == 1:
            return False
        follows = self.source[mark.end : mark.end + 1]
        return not follows.isalnum() or "\u0600" <= follows <= "\u06ff"

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Source offsets of the tokens ``first`` to ``last`` (both included)."""
        return self.tokens[first].start, self.tokens[last].end

    def inside(self, token: Token, start: int, end: int) -> tuple[int, int]:
        """Source offsets of the folded characters ``start`` to ``end`` (half open) of a token."""
        raw = self.source[token.start : token.end]
        if len(raw) == len(token.form):
            return token.start + start, token.start + end
        return token.start + source_offset(raw, start), token.start + (
            len(raw) if end >= len(token.form) else source_offset(raw, end)
        )


def _tokens(source: str) -> Iterator[Token]:
    index = 0
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or "p"
        raw = match.group()
        if kind == "w":
            form = fold(raw)
            if not form.isalpha():
                form = "".join(c for c in form if c.isalnum())
            if not form:
                continue
        elif kind == "n":
            form = fold(raw)
        elif kind == "o":
            continue
        else:
            form = raw
        yield Token(index, match.start(), match.end(), form, kind)
        index += 1
