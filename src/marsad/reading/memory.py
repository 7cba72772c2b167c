"""Memory: who has spoken so far in a text, and whom "the source", a surname or a verb without subject means."""

from __future__ import annotations

from marsad.lexicon.clitics import Split, splits
from marsad.reading.speakers import HEADS, Phrase, SourceMention, phrase_at
from marsad.reading.speech import Noun, Talk
from marsad.record import record, replace
from marsad.text.fold import fold

__all__ = ["Memory"]

_COMMAS = frozenset("،,")
_FEMININE = "\u0629"  # folded like a pronoun
_LONGEST = 14
_BACK = 8
_SHORT = 3
_NEAR = 6
_VAGUE = frozenset(("unnamed", "other"))
_ROLES = frozenset(("role", "sure", "rank"))
_SEEN = 500
_APART = 4
_KEPT = 60
_QUOTES = frozenset("\"'«»“”")
_NO_KINDS = frozenset(("", "other"))


@record(frozen=True, slots=True)
class _Known:
    mention: SourceMention
    head: str
    type: str
    own: str
    feminine: bool
    sentence: int
    words: frozenset[str]


def _drawn_up(noun: Noun) -> bool:
    """Whether a noun is a statement, a toll or a report, which somebody issued or drew up."""
    return not noun.person and noun.kind in _NO_KINDS and (noun.statement or (noun.type == "role" and noun.kind == "other"))


class Memory:
    """Those who have spoken so far in a text; finds who "the source", a surname or a verb without subject means."""

    def __init__(self, talk: Talk) -> None:
        self._talk, self._text = talk, talk.text
        self._known: list[_Known] = []
        self._doubled = {letter * 2 for letter in talk.words.recipients}

    def last(self, feminine: bool | None, sentence: int) -> SourceMention | None:
        """The last speaker, of fitting gender if one of the last few fits; None where too long ago."""
        recent = [k for k in self._known[-3:] if sentence - k.sentence <= _BACK]
        if feminine is not None:
            for known in reversed(recent):
                if known.feminine == feminine:
                    return known.mention
        return recent[-1].mention if recent else None

    def now(self) -> list[_Known]:
        """Who has spoken so far, to go back to."""
        return list(self._known)

    def back_to(self, known: list[_Known]) -> None:
        """Forgets who has spoken since: those whom a speaker quotes do not go on where he does."""
        self._known = known

    def knows(self, phrase: Phrase) -> bool:
        """Whether a bare name belongs to someone who has spoken or was named with a title."""
        name = self._text.tokens[phrase.last].form
        if len(name) <= _SHORT:
            return False
        return any(name in known.words for known in self._known) or bool(self._seen(phrase))

    def resolve(self, phrase: Phrase, sentence: int, until: int, feminine: bool, goes_on: bool = False) -> SourceMention:
        """The source that a phrase means: one who spoke before, or a new one.

        Args:
            phrase: the speaker's phrase.
            sentence: index of its sentence.
            until: token index before which a description of the speaker may still stand.
            feminine: gender of the verb.
            goes_on: whether the verb goes on with a speech ("added"), so that a new name is that of who has spoken.
        """
        tokens = self._text.tokens
        kind = phrase.kind
        if phrase.bare and phrase.type in ("role", "org", "media", "body"):
            statement = phrase.type == "role" and phrase.own in ("", "other") and not phrase.plural
            spoken = self._spoken_as(phrase) if statement else None
            if spoken is not None:
                return self._again(spoken, sentence)
            issuer = self._named(phrase, nearest=True) if statement else ""
            if statement and not issuer and self._recent(sentence):
                return self._again(self._known[-1], sentence)
            kind = issuer or kind
            word = fold(phrase.head)
            named = self._talk.words.article + word
            for known in reversed(self._known if not issuer else []):
                if (
                    known.head == phrase.head
                    or word in (known.words if phrase.type != "body" else self._name(known))
                    or tokens[known.mention.first].form == named
                    or (phrase.type == "media" and known.mention.kind == "news")
                ):
                    return self._again(known, sentence)
            if phrase.type == "role" and kind == "unnamed" and not issuer and self._recent(sentence) and not phrase.plural:
                return self._again(self._known[-1], sentence)
            if phrase.type in ("role", "org") and phrase.own == kind:
                kind = self._named(phrase) or kind
        elif phrase.kind in _VAGUE and self._official(phrase) and (spoken := self._last_as(phrase)) is not None:
            return self._again(spoken, sentence)
        elif phrase.last > phrase.first and (institution := self._institution(phrase)):
            kind = institution
        elif phrase.type == "role" and self._recent(sentence) and (self._owned(phrase.first) or self._named_for(phrase)):
            kind = self._known[-1].mention.kind  # "its director", "a spokesman in its name"
        elif phrase.first == phrase.last and phrase.own == kind == "unnamed" and not phrase.plural and self._recent(sentence):
            # "A source said" behind "security sources": one of them.
            kind = self._known[-1].mention.kind if self._known[-1].own == "unnamed" else kind
        alone = phrase.first == phrase.last
        named = kind if phrase.type == "sure" and alone else ""
        if not kind or named or (alone and self._adjective(phrase.first)):
            short = _SHORT if phrase.last > phrase.first else _SHORT - 1
            name = [t.form for t in tokens[phrase.first : min(phrase.last, phrase.first + 2) + 1] if len(t.form) > short]
            for known in reversed(self._known):
                if known.words.intersection(name) and named in ("", known.mention.kind):
                    return self._again(known, sentence)
        if not kind:
            after = phrase.last + 1
            if after + 1 < len(tokens) and tokens[after].form in _COMMAS:
                described = phrase_at(self._talk, after + 1)
                if described is not None:
                    kind = described.kind
            kind = kind or self._seen(phrase) or (self._untold(sentence) if goes_on else "")
        first, start = self._issuer(phrase)
        mention = SourceMention(
            self._text.source[start : phrase.end], kind or "other", "origin", first, phrase.last, start, phrase.end
        )
        # Behind a group stands no name of its own, but whom it quotes or tells of.
        own = phrase.head and not self._personal(phrase)
        told = phrase.last + 1 if own else max(phrase.last + 1, min(until, phrase.last + _LONGEST))
        around = tokens[phrase.first : told]
        words = frozenset(t.form for t in around if t.kind == "w" and len(t.form) > 2)
        self._keep(_Known(mention, phrase.head, phrase.type, phrase.own, feminine, sentence, words))
        return mention

    def _name(self, known: _Known) -> frozenset[str]:
        """The words of a speaker's own name: a group named beside it may be the one that it accuses."""
        return frozenset(self._text.forms[known.mention.first : known.mention.last + 1])

    def _seen(self, phrase: Phrase) -> str:
        """Kind of a person who was named with a title before without speaking."""
        tokens = self._text.tokens
        surname = tokens[phrase.last].form
        if len(surname) <= _SHORT - 1:
            return ""
        for at in self._before(phrase, surname):
            for title in range(at - 1, max(-1, at - _NEAR), -1):
                match = self._talk.noun(title) if tokens[title].kind == "w" else None
                if match is not None and (match.value.type in _ROLES or match.value.person):
                    named = phrase_at(self._talk, title)
                    if named is not None and named.last >= at - _APART:
                        return named.kind
        return ""

    def _untold(self, sentence: int) -> str:
        """Kind of the last speaker, where that is a person or a group told by a title alone."""
        last = self._known[-1] if self._recent(sentence) else None
        return last.mention.kind if last is not None and last.type in _ROLES | {"body"} else ""

    def _recent(self, sentence: int) -> bool:
        return bool(self._known) and sentence - self._known[-1].sentence <= _BACK

    def _institution(self, phrase: Phrase) -> str:
        """Kind of the institution told before that a phrase is about ("the spokesman of the ministry")."""
        for at in range(phrase.first + 1, phrase.last + 1):
            match = self._talk.noun(at)
            if match is None or not match.value.definite or match.value.person or match.value.type not in ("role", "org"):
                continue
            inner = phrase_at(self._talk, at)
            if inner is not None and inner.own == phrase.kind:
                return self._named(inner)
        return ""

    def _adjective(self, at: int) -> bool:
        """Whether an adjective stands for a person, or is a surname."""
        match = self._talk.noun(at)
        return match is not None and match.value.type == "sign"

    def _named_for(self, phrase: Phrase) -> bool:
        """Whether a spokesman is told of as another's by a pronoun alone."""
        head = self._talk.noun(phrase.first)
        if (
            phrase.kind not in _VAGUE
            or head is None
            or not head.value.statement
            or not head.value.person
            or head.last == phrase.last
        ):
            return False
        if self._text.forms[phrase.last].startswith(self._talk.words.article):
            return False  # what follows an article bears no pronoun
        return any(cut.proclitic for cut in self._pronouns(phrase.last))

    def _personal(self, phrase: Phrase) -> bool:
        """Whether a person's name may stand in or behind a phrase with a head noun."""
        nouns = (self._talk.noun(at) for at in range(phrase.first, phrase.last + 1))
        return any(match is not None and match.value.person for match in nouns)

    def _owned(self, at: int) -> bool:
        """Whether the noun at a token is written with a pronoun."""
        nouns = self._talk.words.nouns
        return any(not cut.proclitic and nouns.candidates(cut.core) for cut in self._pronouns(at))

    def _pronouns(self, at: int) -> list[Split]:
        """How a token can be cut into a word and a pronoun written on it."""
        if self._text.source[self._text.tokens[at].end - 1] == _FEMININE:
            return []
        return [cut for cut in splits(self._text.forms[at], self._talk.words.language) if cut.enclitic]

    def _official(self, phrase: Phrase) -> bool:
        """Whether a phrase is a spokesman with the article but not told whose ("the official spokesman")."""
        head = self._talk.noun(phrase.first)
        return head is not None and head.value.statement and head.value.person and head.value.definite

    def _last_as(self, phrase: Phrase) -> _Known | None:
        return next((k for k in reversed(self._known) if k.head == phrase.head), None)

    def _issuer(self, phrase: Phrase) -> tuple[int, int]:
        """Token and offset where the name of a source begins: of a statement, who issued it."""
        heads = (self._talk.noun(at) for at in range(phrase.first, min(phrase.first + 1, phrase.last) + 1))  # "the latest toll"
        head = next((match for match in heads if match is not None), None)
        if head is not None and _drawn_up(head.value):
            for at in range(head.last + 1, phrase.last + 1):
                match = self._talk.noun(at)
                if match is not None and match.value.type in HEADS:
                    token = self._text.tokens[at]
                    hidden = match.start > token.start and match.value.definite
                    if hidden or token.form[:2] in self._doubled:
                        break  # a letter before the article hides it: the name would not be whole
                    before = self._text.tokens[at - 1]
                    quoted = before.form in _QUOTES and not _QUOTES.isdisjoint(self._text.forms[at + 1 : phrase.last + 1])
                    return (at - 1, before.start) if quoted else (at, match.start)
        return phrase.first, phrase.start

    def _spoken_as(self, phrase: Phrase) -> _Known | None:
        """The speaker whose own phrase holds the nearest such word ("the spokesman" behind "a spokesman of the army")."""
        nearest = next(iter(self._before(phrase, fold(phrase.head))), -1)
        return next((k for k in reversed(self._known) if k.mention.first <= nearest <= k.mention.last), None)

    def _named(self, phrase: Phrase, nearest: bool = False) -> str:
        """Kind of the institution, or of the statement's issuer, that was named in full before ("the ministry")."""
        for at in self._before(phrase, fold(phrase.head)):
            named = phrase_at(self._talk, at)
            if named is not None and named.kind and named.kind not in _VAGUE:
                return named.kind
            if nearest:
                break
        return ""

    def _before(self, phrase: Phrase, form: str) -> list[int]:
        """Where a form stood not too long before a phrase, the nearest first."""
        first = max(0, phrase.first - _SEEN + 1)
        forms, found, at = self._text.forms, list[int](), first - 1
        for _ in range(forms[first : phrase.first].count(form)):
            at = forms.index(form, at + 1)
            found.append(at)
        found.reverse()
        return found

    def _again(self, known: _Known, sentence: int) -> SourceMention:
        self._keep(replace(known, sentence=sentence))
        return known.mention

    def _keep(self, known: _Known) -> None:
        self._known.append(known)
        del self._known[:-_KEPT]
