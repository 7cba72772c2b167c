"""Speakers: the noun phrase that names who says something, and what kind of source it is.

The kind follows the head noun and what stands behind it (a medical source, the spokesman of a ministry); a bare name
or a definite noun alone ("the source") is looked for among those who spoke before. Kinds are those of ``docs/claims.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.speech import Noun, SpeechWords
from marsad.text.tokens import Text

__all__ = ["Memory", "Phrase", "SourceMention", "addressed", "phrase_at"]

_OPEN = {"(": ")", "«": "»", "“": "”", "[": "]", "‹": "›"}
_PLAIN = frozenset("\"'”")
_COMMAS = frozenset("،,")
_LONGEST = 14
_QUOTED = 6
_BACK = 8
_HEADS = frozenset(("role", "sure", "body", "rank", "media", "outlet", "country"))
_ENDS = frozenset(("that", "words", "time", "stop", "from", "object", "according", "as", "relative", "responsibility", "not"))
_FINITE = frozenset(("that", "free", "claim"))


@dataclass(frozen=True, slots=True)
class SourceMention:
    """A source as the text names it.

    Attributes:
        name: as written, without proclitics.
        kind: source kind of ``docs/claims.md``.
        role: "origin" (makes the statement) or "carrier" (passes it on).
        first, last: token indices, both included.
        start, end: source offsets.
    """

    name: str
    kind: str
    role: str
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may name a speaker.

    Attributes:
        first, last: token indices, both included.
        start, end: source offsets without the proclitics of the first word.
        kind: source kind; empty if nothing in the phrase tells it.
        head, type: entry of the head noun and its type; empty for a bare name.
        bare: whether it is the head noun alone with its article ("the source").
        joined: index of the token where a further speaker joined by "and" begins, or -1.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    head: str
    type: str
    bare: bool
    joined: int


def phrase_at(text: Text, index: int, words: SpeechWords) -> Phrase | None:
    """The noun phrase that begins at a token, or None where none can begin."""
    tokens = text.tokens
    count = len(tokens)
    found: list[PhraseMatch[Noun]] = []
    at, last, joined, start = index, -1, -1, -1
    end = min(count, index + _LONGEST)
    while at < end:
        token = tokens[at]
        if token.kind == "p":
            close = _closed(text, at)
            if close < 0:
                break
            found += [m for m in (words.nouns.at(text, inside) for inside in range(at + 1, close)) if m is not None]
            if start < 0:
                start = tokens[at + 1].start
                last = close - 1
            else:
                last = close
            at = close + 1
            continue
        if token.kind != "w":
            break
        match = words.nouns.at(text, at)
        if match is None or match.last == at:
            mark = words.marks.at(text, at)
            if mark is not None and mark.value in _ENDS and (match is None or at > index or mark.last > at):
                break
        if match is None:
            if at > index:
                verb = words.verbs.at(text, at)
                if verb is not None and verb.value.frame in _FINITE and verb.value.feature[0] != "i":
                    break
            if start < 0:
                start = token.start
            last, at = at, at + 1
            continue
        if at > index and match.value.type in _HEADS:
            if match.proclitic in words.conjunctions:
                joined = at
                break
            if match.value.type in ("media", "outlet") and addressed(text, match, words):
                break
        found.append(match)
        if start < 0:
            start = match.start
        last, at = match.last, match.last + 1
    if last < index:
        return None
    head = next((m for m in found if m.value.type in _HEADS), None)
    if head is not None and head.first > index + 1:
        head = None
    return Phrase(
        index,
        last,
        start,
        tokens[last].end,
        kind_of([m.value for m in found]),
        head.value.lemma if head else "",
        head.value.type if head else "",
        head is not None and head.first == index and head.value.definite and last == head.last,
        joined,
    )


def addressed(text: Text, match: PhraseMatch[Noun], words: SpeechWords) -> bool:
    """Whether a noun is the one spoken to ("to the agency")."""
    if match.proclitic in words.recipients:
        return True
    tokens = text.tokens
    if not match.proclitic and match.start > tokens[match.first].start:
        return True
    before = match.first - 1
    while before >= 0 and tokens[before].form in _OPEN or before >= 0 and tokens[before].form in _PLAIN:
        before -= 1
    return before >= 0 and tokens[before].form in words.recipients


def kind_of(nouns: list[Noun]) -> str:
    """The source kind that the nouns of a phrase decide together, or the empty string for a bare name."""
    fallback = ""
    for noun in nouns:
        if noun.type in ("sure", "body", "sign"):
            return noun.kind
        if noun.type in ("media", "outlet"):
            return fallback or noun.kind
        if not fallback:
            fallback = noun.kind
    return fallback or ("unnamed" if nouns else "")


def _closed(text: Text, index: int) -> int:
    """Index of the mark that closes a short quotation or bracket opened at a token, or -1."""
    tokens = text.tokens
    mark = tokens[index].form
    closing = _OPEN.get(mark) or (mark if mark in _PLAIN else "")
    if not closing:
        return -1
    for at in range(index + 1, min(len(tokens), index + _QUOTED + 1)):
        form = tokens[at].form
        if form == closing or (closing in _PLAIN and form in _PLAIN):
            return at if at > index + 1 else -1
        if tokens[at].kind == "b" or form in _COMMAS:
            return -1
    return -1


@dataclass(frozen=True, slots=True)
class _Known:
    mention: SourceMention
    head: str
    type: str
    feminine: bool
    sentence: int
    words: frozenset[str]


class Memory:
    """Those who have spoken so far in a text; finds who "the source", a surname or a verb without subject means."""

    def __init__(self, text: Text, words: SpeechWords) -> None:
        self._text = text
        self._words = words
        self._known: list[_Known] = []

    def last(self, feminine: bool | None, sentence: int) -> SourceMention | None:
        """The last speaker, of fitting gender if one of the last few fits; None where too long ago."""
        recent = [k for k in self._known[-3:] if sentence - k.sentence <= _BACK]
        if feminine is not None:
            for known in reversed(recent):
                if known.feminine == feminine:
                    return known.mention
        return recent[-1].mention if recent else None

    def resolve(self, phrase: Phrase, sentence: int, until: int, feminine: bool) -> SourceMention:
        """The source that a phrase means: one who spoke before, or a new one.

        Args:
            phrase: the speaker's phrase.
            sentence: index of its sentence.
            until: token index before which a description of the speaker may still stand.
            feminine: gender of the verb.
        """
        tokens = self._text.tokens
        kind = phrase.kind
        if phrase.bare and phrase.type in ("role", "media", "body"):
            for known in reversed(self._known):
                if known.head == phrase.head or (phrase.type == "media" and known.mention.kind == "news"):
                    return self._again(known, sentence)
            if phrase.type == "role" and kind == "unnamed" and self._known:
                return self._again(self._known[-1], sentence)
        named = frozenset(t.form for t in tokens[phrase.first : phrase.last + 1] if t.kind == "w" and len(t.form) > 2)
        if not kind:
            surname = tokens[phrase.last].form
            for known in reversed(self._known):
                if surname in known.words or (named and named <= known.words):
                    return self._again(known, sentence)
            after = phrase.last + 1
            if after + 1 < len(tokens) and tokens[after].form in _COMMAS:
                described = phrase_at(self._text, after + 1, self._words)
                if described is not None:
                    kind = described.kind
        mention = SourceMention(
            self._text.source[phrase.start : phrase.end], kind or "other", "origin",
            phrase.first, phrase.last, phrase.start, phrase.end,
        )  # fmt: skip
        around = tokens[phrase.first : max(phrase.last + 1, min(until, phrase.last + _LONGEST))]
        words = frozenset(t.form for t in around if t.kind == "w" and len(t.form) > 2)
        self._known.append(_Known(mention, phrase.head, phrase.type, feminine, sentence, words))
        return mention

    def _again(self, known: _Known, sentence: int) -> SourceMention:
        self._known.append(replace(known, sentence=sentence))
        return known.mention
