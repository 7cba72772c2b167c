"""Outlets: who passes a speech on — the one spoken to, the one that published it, the one that a correspondent works for."""

from __future__ import annotations

from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.publishers import published_by
from marsad.reading.quotes import CLOSING, OPENING, PLAIN
from marsad.reading.speakers import Phrase, SourceMention, phrase_at
from marsad.reading.speakers import addressed as spoken_to
from marsad.reading.speech import NOUN, Noun, Talk
from marsad.record import replace

__all__ = ["Outlets"]

_QUOTED = OPENING | PLAIN
_COMMAS = frozenset("،,")
# Quotation marks are written the wrong way round too.
_NAMING, _CLOSED = OPENING | CLOSING | PLAIN | frozenset("("), OPENING | CLOSING | frozenset(")")
_NAME = 6
_WEAK = frozenset(("country", "sign"))  # may begin the name of a paper too


class Outlets:
    """The outlets of one text as carriers; keeps in mind which agency or channel was named last."""

    def __init__(self, talk: Talk, publisher: str | None = None) -> None:
        self._talk, self._publisher = talk, publisher
        self._known: dict[str, SourceMention] = {}  # by their class noun

    def remember(self, phrase: Phrase, mention: SourceMention) -> None:
        """Keeps an outlet that speaks, to know it again by its class noun."""
        self._known[phrase.head] = replace(mention, role="carrier")

    def named(self, phrase: Phrase) -> SourceMention | None:
        """The outlet named before that a class noun with its article means ("the agency added"), or None."""
        return self._known.get(phrase.head) if phrase.bare and phrase.type == "media" else None

    def addressed(self, first: int, end: int, taken: set[tuple[int, int]], told_at: int = -1) -> list[SourceMention]:
        """Outlets that are spoken to: "to the agency", "in a talk with the channel".

        Args:
            first, end: token range of the clause up to what is said, the end excluded.
            taken: token spans of those who speak.
            told_at: first token behind the subject of a verb with a content, where its object may stand; else -1.
        """
        tokens, forms, words = self._talk.tokens, self._talk.forms, self._talk.words
        found: list[SourceMention] = []
        i = first
        while i < end:
            form = forms[i]
            if form in words.recipients and (quoted := self._quoted(i + 1, end)) is not None:
                tied = i > first and self._talk.mark(i - 1) == "tied"  # "which borders on «X»"
                if not tied and not any(a <= quoted.first <= b for a, b in taken):
                    found.append(quoted)
                i = quoted.last + 2
                continue
            if form in _NAMING and self._seen(i, first) and (quoted := self._quoted(i, end)) is not None:
                if not any(a <= quoted.first <= b for a, b in taken):
                    found.append(quoted)
                i = quoted.last + 2
                continue
            match = self._talk.noun(i) if words.flags[form] & NOUN and tokens[i].kind == "w" else None
            if match is None:
                i += 1
                continue
            i = match.last + 1
            if match.value.kind != "news" or any(a <= match.first <= b for a, b in taken):
                continue
            if match.value.type in ("media", "outlet"):
                front = match.first - (tokens[match.first - 1].form in _QUOTED if match.first > first else 0)
                near = 3 if match.value.type == "media" else 1
                told = (
                    spoken_to(self._talk, match)
                    or self._object(match, front, told_at)
                    or any(
                        self._toward(j, front) or self._published(j, first) or self._addressee(j)
                        for j in range(max(first, front - near), front)
                    )
                )
            else:
                told = match.first > first and self._published(match.first - 1, first)
                told = told or self._site(match)
            phrase = phrase_at(self._talk, match.first) if told else None
            if phrase is not None and (phrase.kind in ("news", "") or match.value.type in ("media", "outlet")):
                found.append(self._outlet(phrase))
                i = phrase.last + 1
        return found

    def _site(self, match: PhraseMatch[Noun]) -> bool:
        """Whether a site with a name in quotation marks is spoken to ("to the site «X»"), not people of the press."""
        behind, forms = match.last + 1, self._talk.forms
        return not match.value.person and spoken_to(self._talk, match) and behind < len(forms) and forms[behind] in _QUOTED

    def _quoted(self, at: int, end: int) -> SourceMention | None:
        """An outlet of any name in quotation marks or brackets behind "to"; None for what is known as something else."""
        forms, tokens = self._talk.forms, self._talk.tokens
        if at >= end or forms[at] not in _NAMING:
            return None
        close = next(
            (j for j in range(at + 1, min(end + 1, len(forms), at + _NAME)) if forms[j] in _NAMING or forms[j] in _CLOSED), -1
        )
        if close < at + 2 or tokens[at + 1].kind != "w" or any(tokens[j].kind not in "wn" for j in range(at + 1, close)):
            return None
        match = self._talk.noun(at + 1)
        if match is not None and match.value.kind != "news" and (match.value.type not in _WEAK or match.last == close - 1):
            return None
        start, stop = tokens[at + 1].start, tokens[close - 1].end
        return SourceMention(self._talk.text.source[start:stop], "news", "carrier", at + 1, close - 1, start, stop)

    def _object(self, match: PhraseMatch[Noun], front: int, told_at: int) -> bool:
        """Whether an outlet is the object of "told": right behind its subject, or behind the comma that closes it."""
        if told_at < 0 or match.proclitic or front < told_at:
            return False
        return front == told_at or self._talk.forms[front - 1] in _COMMAS

    def _toward(self, at: int, outlet: int) -> bool:
        """Whether a preposition at a token stands right before an outlet ("in a talk with the channel")."""
        mark = self._talk.mark_at(at)
        return mark is not None and mark.value == "stop" and mark.last == outlet - 1

    def _addressee(self, at: int) -> bool:
        match = self._talk.noun(at)
        return match is not None and match.value.kind == "correspondent" and spoken_to(self._talk, match)

    def _published(self, at: int, first: int) -> bool:
        """Whether a token says that an outlet published what is told, not what is told of ("what the channel aired")."""
        return self._talk.mark(at) in ("carried", "made") and not (at > first and self._talk.mark(at - 1) in ("stop", "object"))

    def _seen(self, at: int, first: int) -> bool:
        """Whether what stands before a quoted name says that its bearer published or was given what is told ("which «X» has seen")."""
        if at > first and self._published(at - 1, first):
            return True
        return at > first + 1 and self._talk.mark(at - 1) == "time" and self._published(at - 2, first)

    def _outlet(self, phrase: Phrase) -> SourceMention:
        """The outlet that a phrase means, as carrier: with its article alone, the one of that kind named before."""
        known = self._known.get(phrase.head) if phrase.bare else None
        if known is not None:
            return known
        name = self._talk.text.source[phrase.start : phrase.end]
        mention = SourceMention(name, "news", "carrier", phrase.first, phrase.last, phrase.start, phrase.end)
        if not phrase.bare:
            self._known[phrase.head] = mention
        return mention

    def employer(self, phrase: Phrase) -> list[SourceMention]:
        """The outlet that a correspondent or sources work for, as named in their phrase.

        Sources told by the name of an outlet alone are its own; it tells of another's by a class noun ("sources of the channel X"). A
        correspondent's outlet carries nothing in its own report, and where nobody knows who published that.
        """
        others = phrase.kind == phrase.own == "unnamed"
        if phrase.kind != "correspondent" and not others:
            return []
        for at in range(phrase.first + 1, phrase.last + 1):
            match = self._talk.noun(at)
            if match is not None and match.value.type in ("media", "outlet"):
                own = others or published_by(match.value.lemma, self._publisher, self._talk.words.language) is not False
                if match.value.type == "outlet" and own:
                    return []
                outlet = phrase_at(self._talk, match.first)
                return [self._outlet(outlet)] if outlet is not None and outlet.last <= phrase.last else []
        return []
