"""Phrases: find many fixed phrases in a text at once, with clitics before the first word.

A phrase is a few words ("تنظيم الدولة الإسلامية" in the Arabic pack). The first word may carry proclitics in the text;
quotation marks and brackets between its words are passed over. Look-up is one dictionary access per token.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Generic, TypeVar

from marsad.lexicon.clitics import splits
from marsad.lexicon.lookup import Lookup
from marsad.lexicon.scan import Shared
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["PhraseMatch", "Phrasebook", "Span"]

Value = TypeVar("Value")
_QUOTES = frozenset("\"'«»“”‘’()[]#<>‹›/")


class PhraseMatch(Generic[Value]):
    """A phrase found in a text; it does not change.

    Attributes:
        first, last: token indices, both included.
        start, end: source offsets without the proclitics of the first word.
        proclitic: folded letters cut off before the first word, without its article.
        value: what the phrase was listed with.
    """

    # Generic records are beyond mypyc, so this is a class like any other.
    __slots__ = ("end", "first", "last", "proclitic", "start", "value")

    def __init__(self, first: int, last: int, start: int, end: int, proclitic: str, value: Value) -> None:
        self.first: Final = first
        self.last: Final = last
        self.start: Final = start
        self.end: Final = end
        self.proclitic: Final = proclitic
        self.value: Final = value

    def valued(self, value: Value) -> PhraseMatch[Value]:
        """The same words with another value."""
        return PhraseMatch(self.first, self.last, self.start, self.end, self.proclitic, value)


# The further words of phrases with their values.
_Entries = tuple[tuple[tuple[str, ...], Value], ...]
# A way that a phrase may begin: letters cut off, proclitic, the further words of each phrase with its value.
Start = tuple[int, str, _Entries[Value]]
# The last token of a phrase, the letters cut off its first word, its proclitic, its value.
Span = tuple[int, int, str, Value]


class _Beginning(Generic[Value]):
    """The phrases that begin with a word.

    Attributes:
        entries: the further words of each with its value, the longest first.
        sizes: how many further words those have that go on with a form, the longest first.
        values: the value of each by its further words.
        alone: the value of the phrase that the word is by itself, as the only one or none.
    """

    __slots__ = ("alone", "entries", "sizes", "values")

    def __init__(
        self,
        entries: _Entries[Value],
        sizes: dict[str, tuple[int, ...]],
        values: dict[tuple[str, ...], Value],
        alone: tuple[Value, ...],
    ) -> None:
        self.entries: Final = entries
        self.sizes: Final = sizes
        self.values: Final = values
        self.alone: Final = alone


def _beginning(found: list[tuple[tuple[str, ...], Value]]) -> _Beginning[Value]:
    entries = tuple(sorted(found, key=lambda e: -len(e[0])))
    values: dict[tuple[str, ...], Value] = {}
    sizes: dict[str, dict[int, None]] = {}
    for rest, value in entries:
        values.setdefault(rest, value)
        if rest:
            sizes.setdefault(rest[0], {})[len(rest)] = None
    alone = tuple([value for rest, value in entries if not rest][:1])
    return _Beginning(entries, {second: tuple(told) for second, told in sizes.items()}, values, alone)


class _Head(Generic[Value]):
    """What may begin with a form.

    Attributes:
        starts: the ways, as letters cut off, proclitic and what begins so; fewest cut letters first.
        follow: the forms that may stand behind it in a phrase of several words, quotation marks included.
        alone: letters cut off, proclitic and value of the phrase that it is by itself, or None.
    """

    __slots__ = ("alone", "follow", "starts")

    def __init__(
        self, starts: tuple[tuple[int, str, _Beginning[Value]], ...], follow: frozenset[str], alone: tuple[int, str, Value] | None
    ) -> None:
        self.starts: Final = starts
        self.follow: Final = follow
        self.alone: Final = alone


class Phrasebook(Generic[Value]):
    """Many phrases, each with a value.

    Args:
        phrases: pairs of a phrase as written and its value; a phrase listed twice keeps both values.
        language: code of the language pack whose clitics apply.
        shared: whether they are looked for in one walk with those of other books (see ``Shared``).
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]], language: str = "ar", *, shared: bool = False) -> None:
        self._language = language
        by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in phrases:
            words = tuple(w for w in (fold(w) for w in phrase.replace("_", " ").split()) if w)
            if words:
                by_first.setdefault(words[0], []).append((words[1:], value))
        self._by_first = {first: _beginning(entries) for first, entries in by_first.items()}
        self._heads: Lookup[_Head[Value] | None] = (
            Shared(self._head, self._by_first, None, language) if shared else Lookup(self._head)
        )

    @property
    def heads(self) -> Iterable[str]:
        """The folded first words of the phrases."""
        return self._by_first.keys()

    def candidates(self, form: str) -> tuple[Start[Value], ...]:
        """For a folded form: (letters cut off, proclitic, phrases that may begin here), fewest cut letters first.

        What comes of it is not remembered here; who asks often keeps it.
        """
        head = self._head(form)
        return tuple([(cut, proclitic, begun.entries) for cut, proclitic, begun in head.starts]) if head is not None else ()

    def _head(self, form: str) -> _Head[Value] | None:
        rows: list[tuple[int, str, _Beginning[Value]]] = []
        alone: tuple[int, str, Value] | None = None
        follow = frozenset[str]()
        for split in splits(form, self._language, enclitics=False):
            begun = self._by_first.get(split.listed)
            if begun is None:
                continue
            cut, proclitic = split.start, split.proclitic
            if split.definite:
                # A listed word may hold its article; the article alone is not cut off a listed bare word.
                article = len(split.listed) - len(split.core)
                proclitic = proclitic[: len(proclitic) - article] if len(proclitic) >= article else ""
                whole = max(0, split.start - article)
                if form[whole : whole + article] == split.listed[:article]:
                    cut = whole
            rows.append((cut, proclitic, begun))
            if begun.alone and alone is None:
                alone = (cut, proclitic, begun.alone[0])
            if begun.sizes:
                follow = follow.union(begun.sizes, _QUOTES)
        return _Head(tuple(rows), follow, alone) if rows else None

    def at(self, text: Text, index: int) -> PhraseMatch[Value] | None:
        """The longest phrase that begins at a token, or None."""
        head, forms = self._heads[text.forms[index]], text.forms
        if head is None:
            return None
        if index + 1 < len(forms) and forms[index + 1] in head.follow:
            span = _longest(forms, index, head)
            return _made(text, index, *span) if span is not None else None
        return _made(text, index, index, *head.alone) if head.alone is not None else None

    def matches(self, text: Text) -> dict[int, PhraseMatch[Value]]:
        """The longest phrase that begins at each token where one does, by the token's index; they may overlap."""
        return {index: _made(text, index, *span) for index, span in self.spans_at(text).items()}

    def spans_at(self, text: Text) -> dict[int, Span[Value]]:
        """What ``matches`` finds, each still without its offsets; ``match`` makes it."""
        found: dict[int, Span[Value]] = {}
        forms, end = text.forms, len(text.forms) - 1
        for index, head in self._heads.among(text):
            assert head is not None  # what is nothing is not among them
            if index < end and forms[index + 1] in head.follow:
                span = _longest(forms, index, head)
                if span is not None:
                    found[index] = span
            elif head.alone is not None:
                found[index] = (index, *head.alone)
        return found

    @staticmethod
    def match(text: Text, index: int, span: Span[Value]) -> PhraseMatch[Value]:
        """The phrase of a span that begins at a token."""
        return _made(text, index, *span)

    def find(self, text: Text) -> list[PhraseMatch[Value]]:
        """All phrases of a text that begin with a word, leftmost longest, without overlap."""
        return [_made(text, *span) for span in self._spans(text)]

    def spans(self, text: Text) -> list[tuple[int, int, Value]]:
        """First token, last token and value of what ``find`` finds."""
        return [(index, last, value) for index, last, _, _, value in self._spans(text)]

    def _spans(self, text: Text) -> list[tuple[int, int, int, str, Value]]:
        found: list[tuple[int, int, int, str, Value]] = []
        kinds, forms, end, behind = text.kinds, text.forms, len(text.forms) - 1, 0
        for index, head in self._heads.among(text):
            assert head is not None
            if index < behind or kinds[index] != "w":
                continue
            if index < end and forms[index + 1] in head.follow:
                span = _longest(forms, index, head)
                if span is not None:
                    found.append((index, *span))
                    behind = span[0] + 1
            elif head.alone is not None:
                found.append((index, index, *head.alone))
        return found


def _longest(forms: Sequence[str], index: int, head: _Head[Value]) -> Span[Value] | None:
    """The longest phrase at a token behind which the second word of one, or a quotation mark, stands."""
    first, count = index + 1, len(forms)
    while first < count and forms[first] in _QUOTES:
        first += 1
    best: Span[Value] | None = None
    for cut, proclitic, begun in head.starts:
        for size in begun.sizes.get(forms[first], ()) if first < count else ():
            last = first + size - 1
            if last >= count:
                continue
            rest = tuple(forms[first : last + 1])
            if not _QUOTES.isdisjoint(rest):
                rest, last = _unquoted(forms, first, size)
                if not rest:
                    continue  # the text ends before so many words; no words would be the first one alone
            if rest in begun.values:
                if best is None or last > best[0]:
                    best = (last, cut, proclitic, begun.values[rest])
                break
        else:
            if begun.alone and best is None:
                best = (index, cut, proclitic, begun.alone[0])
    return best


def _unquoted(forms: Sequence[str], first: int, size: int) -> tuple[tuple[str, ...], int]:
    """So many forms from a token on, quotation marks passed over, and the token of the last; none where the text ends before."""
    found: list[str] = []
    for at in range(first, len(forms)):
        if forms[at] not in _QUOTES:
            found.append(forms[at])
            if len(found) == size:
                return tuple(found), at
    return (), -1


def _made(text: Text, index: int, last: int, cut: int, proclitic: str, value: Value) -> PhraseMatch[Value]:
    """The match of a phrase from one token to another, of which letters in front are cut off."""
    tokens = text.tokens
    token = tokens[index]
    start = token.start
    if cut:
        start = start + cut if token.end - start == len(token.form) else text.inside(token, cut, len(token.form))[0]
    return PhraseMatch(index, last, start, tokens[last].end, proclitic, value)
