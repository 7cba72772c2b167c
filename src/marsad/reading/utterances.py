"""Utterances: each verb of saying or marker of a text with its speakers, while its reach is still open.

``attribution`` turns them into attributions. How the parts are found: the verb or marker first, then its speaker behind
or before it ("surroundings", "speakers"), then who passed it on, then where its content begins and who speaks next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from marsad.lexicon.clitics import splits
from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.memory import Memory
from marsad.reading.outlets import Outlets
from marsad.reading.quotes import CLOSING, OPENING, PLAIN, Quotes
from marsad.reading.saying import Saying, closes, saying_at
from marsad.reading.speakers import Phrase, SourceMention, phrase_at
from marsad.reading.speech import MARK, MARKED, SPOKEN, SpeechWords, Talk, Verb
from marsad.reading.surroundings import COMMAS, Surroundings
from marsad.record import replace
from marsad.text.tokens import Text

__all__ = ["Utterance", "Utterances"]

_QUOTATION = 12
_SPOKEN = 30
_SETTING = 14
_OWNS_UP = frozenset({"announces", "claims", "admits"})
_CLAIMING = 8  # tokens behind a speaker within which "its responsibility" makes what he announces or admits a claim
_BACK = frozenset(("claim", "blame", "ascribe"))  # what is claimed or laid on someone is told elsewhere
_OWN = frozenset(("denies", "confirms", "admits", "accuses"))  # said on one's own account, whoever is quoted
_ALSO = frozenset(("accuses", "condemns", "urges", "threatens", "denies", "claims_responsibility"))
_OUTLETS = frozenset(("news", "correspondent"))
_VAGUE = frozenset(("unnamed", "other"))
_PEOPLE = _VAGUE | {"local", "witness", "relative"}  # who hears from others is no outlet
_CLAUSE = 30
_TURNS = 40
_SPOKEN_OF = 3  # tokens before a relative clause that hold the noun it is said of
_ACTION = 3  # tokens that a clause on what somebody did has at least


@dataclass(slots=True)
class Utterance:
    """An attribution while its reach is still open."""

    first: int
    last: int
    mark: int
    stance: str
    sources: list[SourceMention]
    begin: int
    finish: int
    clause: int
    trailing: bool = False
    refers_back: bool = False
    explicit: bool = True
    marker: bool = False


class Utterances:
    """Walks the sentences of a text and keeps in mind who has spoken."""

    def __init__(self, text: Text, words: SpeechWords, publisher: str | None = None) -> None:
        self.text = text
        self.words = words
        self.talk = Talk(text, words)
        self.memory = Memory(self.talk)
        self.around = Surroundings(self.talk)
        self._quotes = Quotes(text, words.language)
        self._outlets = Outlets(self.talk, publisher)
        self._floor = 0  # first token behind the utterances found so far in a sentence
        self._before: tuple[int, list[SourceMention]] = (-1, [])  # sentence and sources of the utterance found last

    def all(self) -> list[Utterance]:
        """Drafts of all sentences, in order."""
        drafts, tokens = list[Utterance](), self.text.tokens
        starts = (index for index, _ in self.words.starts.among(self.text))
        heads = {number: list(found) for number, found in groupby(starts, key=lambda index: tokens[index].sentence)}
        for number, (first, end) in enumerate(self.text.sentences):
            opened = self._headed(number, first, end)
            if opened is not None or number in heads:
                drafts += self._sentence(number, first, end, heads.get(number, ()), opened)
        return drafts

    def _headed(self, number: int, first: int, end: int) -> Utterance | None:
        """The speech of a sentence that begins with its speaker and a colon."""
        found = self.around.heading(first, end)
        if found is None:
            return None
        phrase, colon = found
        sources, last = self._resolved(phrase, number, colon, False)
        sources += self._outlets.addressed(phrase.last + 1, colon, {(s.first, s.last) for s in sources})
        self._before = (number, sources)
        return Utterance(phrase.first, max(last, colon - 1), colon, "says", sources, colon + 1, end - 1, phrase.first)

    def _sentence(self, number: int, first: int, end: int, heads: Iterable[int], opened: Utterance | None) -> list[Utterance]:
        """Drafts of one sentence, their reaches settled against each other; they can begin at the heads, behind the one that opens it."""
        drafts = [opened] if opened is not None else []
        behind = self._floor = opened.mark + 1 if opened is not None else 0
        for at in heads:
            if at < behind or self.text.tokens[at].kind != "w":
                continue
            draft, kind = None, self.talk.flags(at)
            speech = next((d for d in reversed(drafts) if not d.trailing), None)
            before = self.memory.now() if speech is not None and self._quotes.inside(speech.begin, at) else None
            if kind & MARKED:
                mark = self.talk.mark_at(at)
                if mark is not None and mark.value in ("according", "as"):
                    draft = self._marked(number, first, end, mark)
            if draft is None and kind & SPOKEN:
                verb = self.talk.verb(at)
                if verb is not None:
                    draft = self._spoken(number, first, end, verb, drafts)
            if before is not None:
                self.memory.back_to(before)
            if draft is not None:
                drafts.append(draft)
                self._before = (number, draft.sources) if before is None else self._before
                self._floor = max(self._floor, draft.last + 1)
                behind = max(at, draft.last, draft.mark) + 1
        self._settle(drafts, first, end)
        return drafts

    def _spoken(self, number: int, first: int, end: int, match: PhraseMatch[Verb], drafts: list[Utterance]) -> Utterance | None:
        """A verb of saying with its speakers, or None where it is none."""
        saying = saying_at(self.around, self.memory, match, first, end, self._floor)
        if saying is None:
            return None
        at, subject, content = match.first, saying.subject, saying.content
        voices = self._voices(saying, number, first, end, drafts)
        if voices is None:
            return None
        origins, carriers, begin = voices
        limit = content if content >= 0 else min(end, begin + _SETTING)
        left = self.around.clause_start(saying.clause, first, self._floor)
        taken = {(o.first, o.last) for o in origins + carriers}
        if subject is not None:
            taken.add((subject.first, subject.last))
        told_at = begin if content >= 0 and subject is not None else -1
        carriers += self._outlets.addressed(left, limit, taken, told_at)
        stance, back = saying.verb.stance, saying.verb.frame in _BACK
        if saying.verb.frame == "counted":
            # An outlet that counts or watches does so by its own reporters.
            origins = [replace(o, kind="correspondent") if o.kind == "news" else o for o in origins]
        if stance in ("denies", "admits", "threatens") and origins and self._state(origins[0]):
            origins = [replace(o, kind="belligerent") for o in origins]
        if stance in _OWNS_UP and self.around.responsible(begin, min(end, begin + _CLAIMING)):
            stance, back = "claims_responsibility", True
        draft = Utterance(min(at, saying.clause), max(at, begin - 1), at, stance, origins + carriers, begin, end - 1, left)
        draft.refers_back, draft.explicit = back, subject is not None
        if back:
            draft.begin = first
        elif saying.relative:
            draft.begin = left  # what it is said of stands before the verb
        elif content > begin and subject is not None and saying.verb.frame == "that":
            draft.begin = content
        elif content < 0 and subject is not None and closes(self.around, saying, begin, first, end):
            draft.trailing, draft.begin, draft.finish = True, first, at
        return draft

    def _voices(
        self, saying: Saying, number: int, first: int, end: int, drafts: list[Utterance]
    ) -> tuple[list[SourceMention], list[SourceMention], int] | None:
        """Origins and carriers of a verb of saying and the first token behind them, or None where nobody speaks."""
        at, verb, subject = saying.match.first, saying.verb, saying.subject
        until = saying.content if saying.content >= 0 else end
        begin = at + 1
        origins: list[SourceMention] = []
        if verb.frame == "claim" and subject is None:
            subject = self.around.late_subject(at, end)
            if subject is None or subject.kind != "belligerent":
                return None
            return [self.memory.resolve(subject, number, until, verb.feminine)], [], begin
        if subject is not None:
            origins, last = self._resolved(subject, number, until, verb.feminine, verb.stance == "adds")
            begin = max(begin, last + 1)
            if verb.stance == "adds" and subject.bare and (quoted := self._quoted(origins, number)):
                return quoted, [replace(o, role="carrier") for o in origins], begin
        elif saying.participle and drafts and not drafts[-1].trailing:
            origins = [s for s in drafts[-1].sources if s.role == "origin"]
        elif saying.participle:
            main = self.around.first_speaker(first, at)
            known = self.memory.resolve(main, number, at, False) if main else self.memory.last(None, number)
            origins = [known] if known else []
        elif verb.frame != "relay" and not drafts and (main := self._acting(saying, first)) is not None:
            origins = [self.memory.resolve(main, number, at, False)]
        elif verb.frame != "relay":
            known = self.memory.last(verb.feminine if verb.feature != "also" else None, number)
            origins = [known] if known else []
        passed: list[tuple[SourceMention, int]] = []
        if verb.frame == "relay":
            passed = self._passed_on(at, min(end, at + _SPOKEN), number, relay=True)
            if not passed and not 0 <= saying.content <= begin + 1:
                return None
        elif not saying.participle:
            passed = self._passed_on(begin, min(end, until, begin + _SPOKEN), number)
        if passed:
            if origins and origins[0].kind not in _OUTLETS and all(p[0].kind in _VAGUE | {origins[0].kind} for p in passed):
                return origins, [], max(p[1] for p in passed) + 1  # "the police, in the words of its spokesman"
            if origins and origins[0].kind != "news" and verb.stance in _OWN:
                return origins + [p[0] for p in passed], [], max(p[1] for p in passed) + 1
            carriers = [replace(o, role="carrier") for o in origins if o.kind not in _PEOPLE]
            return [p[0] for p in passed], carriers, max(p[1] for p in passed) + 1
        return (origins, [], begin) if origins else None

    def _quoted(self, origins: list[SourceMention], number: int) -> list[SourceMention]:
        """Whom an outlet that goes on ("the agency added") has just quoted; nobody where it speaks itself."""
        sentence, sources = self._before
        names = {s.name for s in sources if s.role == "carrier"}
        if number - sentence > 1 or not all(o.kind == "news" and o.name in names for o in origins):
            return []
        return [s for s in sources if s.role == "origin" and s.kind != "news"]

    def _state(self, source: SourceMention) -> bool:
        """Whether a source is a country, told as such or by its capital."""
        noun = self.talk.noun(source.first)
        return noun is not None and noun.value.type == "country"

    def _acting(self, saying: Saying, first: int) -> Phrase | None:
        """Who acts in a sentence that goes on by "and said that" or "a statement in which it said", so that no one told before speaks."""
        at = saying.match.first
        joined = at > first + 2 and (saying.match.proclitic and at > first + _ACTION or self.around.issued(at))
        return self.around.first_speaker(first, at) if joined else None

    def _resolved(
        self, phrase: Phrase, number: int, until: int, feminine: bool, goes_on: bool = False
    ) -> tuple[list[SourceMention], int]:
        """The sources that a phrase and those joined to it mean, and their last token."""
        found: list[SourceMention] = []
        last = phrase.last
        for part in self.around.joined(phrase):
            mention = self.memory.resolve(part, number, until, feminine, goes_on)
            if mention.first == part.first and (named := self._outlets.named(part)) is not None:
                mention = replace(named, role="origin")
            found.append(mention)
            if part.type in ("media", "outlet") and part.kind == "news" and not part.bare:
                self._outlets.remember(part, found[-1])
            found += self._outlets.employer(part)
            if part.also and part.also != found[-1].kind:
                found.append(replace(found[-1], kind=part.also))
            last = max(last, part.last)
        return found, last

    def _marked(self, number: int, first: int, end: int, mark: PhraseMatch[str]) -> Utterance | None:
        """A marker with its speaker: "according to X", "as X said"."""
        tokens = self.text.tokens
        at = mark.last + 1
        stance, feminine, relay = "says", False, False
        if at >= end:
            return None
        if mark.value == "as":
            verb = next((v for v in (self._verb(i) for i in range(at, min(end, at + 3))) if v is not None), None)
            if verb is None or verb.value.feature.startswith("participle"):
                return None
            if verb.value.frame == "near" and verb.first > at:
                return None  # "as clashes went on between them": a word of other meanings
            starts = all(tokens[i].kind != "w" for i in range(first, mark.first))
            also = verb.value.stance in _ALSO or self.around.content(verb.last + 1, end) >= 0
            if starts and also and mark.first == mark.last and not mark.proclitic:
                return None  # "X also said that", "X also accused Y of"
            at, stance, feminine = verb.last + 1, verb.value.stance, verb.value.feminine
            relay = verb.value.frame == "relay"
            if stance in ("adds", "announces", "confirms", "relays", "counts", "learns"):
                stance = "says"
        while at < end and (self.around.mark(at) in ("time", "some") or tokens[at].form in self.words.recipients):
            passed_by = self.talk.mark_at(at)
            at = passed_by.last + 1 if passed_by is not None else at + 1
        phrase = self.around.described(phrase_at(self.talk, at)) if at < end else None
        sources: list[SourceMention] = []
        last = at - 1
        if phrase is not None and phrase.kind:
            sources, last = self._resolved(phrase, number, end, feminine)
        elif phrase is not None and (mark.value == "according" or mark.first == mark.last):
            if not self.memory.knows(phrase):
                return None
            sources.append(self.memory.resolve(phrase, number, end, False))
            last = phrase.last
        elif mark.value == "as" and mark.first != mark.last:
            known_last = self.memory.last(feminine, number)
            sources += [known_last] if known_last else []
        if not sources:
            return None
        limit = min(end, last + 10)
        passed = self._passed_on(last + 1, limit, number, relay)
        if passed:
            sources = [replace(s, role="carrier") for s in sources] + [p[0] for p in passed]
            sources.sort(key=lambda s: s.role != "origin")
            last = max(p[1] for p in passed)
        taken = {(s.first, s.last) for s in sources}
        stop = next((i for i in range(last + 1, limit) if tokens[i].form in COMMAS), limit)
        sources += self._outlets.addressed(
            mark.first, max(stop, min(end, last + 2)), taken, last + 1 if mark.value == "as" else -1
        )
        draft = Utterance(mark.first, last, mark.last, stance, sources, last + 1, end - 1, mark.first, marker=True)
        before = any(tokens[i].kind in "wn" for i in range(first, mark.first))
        draft.trailing = before and not (mark.proclitic and tokens[mark.first - 1].form in COMMAS)
        if draft.trailing:
            draft.begin, draft.finish = first, mark.first
            if last + 1 < end and tokens[last + 1].kind == "w":  # inside a clause: "the raid that, by medics, killed"
                opened = next(
                    (i for i in range(mark.first - 1, max(first, mark.first - _TURNS), -1) if self.around.mark(i) == "relative"),
                    first,
                )
                draft.begin = max(first, opened - _SPOKEN_OF)
        elif number and self.around.ends_soon(last - 1, end):
            # A sentence of its own behind a quotation or a report: it covers what stands before it.
            closing = number == len(self.text.sentences) - 1 and sources[0].kind == "news"
            draft.trailing, draft.begin = True, 0 if closing else self.text.sentences[number - 1][0]
            draft.finish = mark.first
        return draft

    def _verb(self, at: int) -> PhraseMatch[Verb] | None:
        """The verb of saying at a token, with a pronoun behind it too ("as X said it")."""
        found = self.talk.verb(at)
        if found is not None or self.text.tokens[at].kind != "w":
            return found
        for split in splits(self.text.tokens[at].form):
            if split.enclitic and not split.proclitic:
                for _, proclitic, entries in self.words.verbs.candidates(split.core):
                    if not proclitic and entries[0][1].frame not in ("near", "strict"):  # "among them" is no verb
                        token = self.text.tokens[at]
                        return PhraseMatch(at, at, token.start, token.end, "", entries[0][1])
        return None

    def _settle(self, drafts: list[Utterance], first: int, end: int) -> None:
        """Cut each speech of a sentence where the next speaker takes over."""
        behind = first
        for number, draft in enumerate(drafts):
            if draft.trailing:
                if draft.begin >= first:
                    draft.begin = max(draft.begin, behind)
                    if number and self._told(drafts[number - 1], draft):
                        opened = self._opened(draft)
                        if opened > max(draft.begin, drafts[number - 1].last):
                            draft.begin, drafts[number - 1].finish = opened, min(drafts[number - 1].finish, opened - 1)
                if number + 1 == len(drafts):
                    draft.finish = end - 1
                if self._bounds(draft.last + 1, end):
                    behind = max(behind, draft.last + 1)
                continue
            if draft.refers_back:
                continue
            for later in drafts[number + 1 : number + 1 + _TURNS]:
                if later.trailing or not later.explicit or later.clause <= draft.begin + 2:
                    continue
                if set(later.sources) & set(draft.sources):
                    continue
                draft.finish = max(draft.begin, later.clause - 1)
                break
            if draft.finish == end - 1:
                draft.finish = self._quotation(draft.begin, end)
                if draft.finish == end - 1:
                    draft.finish = self._goes_on(end)

    @staticmethod
    def _told(earlier: Utterance, later: Utterance) -> bool:
        """Whether another speaker has begun to tell what stands before a marker."""
        return not earlier.trailing and earlier.explicit and not set(earlier.sources) & set(later.sources)

    def _opened(self, draft: Utterance) -> int:
        """Where the last clause before a marker begins that a word opens ("while ..., according to"), or -1."""
        marks = (at for at in range(draft.mark - 2, max(draft.begin, draft.mark - _CLAUSE), -1))
        return next((at for at in marks if self.around.mark(at) == "open"), -1)

    def _bounds(self, at: int, end: int) -> bool:
        """Whether a clause ends before a token: a marker in the middle of a clause bounds nothing."""
        return at >= end or self.text.tokens[at].kind != "w" or self.around.mark(at) == "open"

    def _goes_on(self, end: int) -> int:
        """Last token of a speech whose next sentence says by its first word that it goes on."""
        tokens = self.text.tokens
        begin = next((i for i in range(end, min(len(tokens), end + 3)) if tokens[i].kind == "w"), -1)
        if begin >= 0 and self.around.mark(begin) == "goes_on":
            return self.text.sentences[tokens[begin].sentence][1] - 1
        return end - 1

    def _quotation(self, begin: int, end: int) -> int:
        """Last token of a speech that goes on in an open quotation behind its sentence."""
        text = self.text
        if 0 < begin < end and text.forms[begin] in PLAIN:
            before = text.tokens[begin - 1]
            begin += before.kind == "w" and before.end == text.tokens[begin].start  # it closes the name of the speaker
        depth, plain = self._quotes.opened(begin, end)
        if depth <= 0 and not plain:
            return end - 1
        sentence = text.tokens[end - 1].sentence
        limit = text.sentences[min(len(text.sentences) - 1, sentence + _QUOTATION)][1]
        for at in self._quotes.within(end, limit):
            form = text.forms[at]
            if (depth > 0 and form in CLOSING) or (depth <= 0 and form in PLAIN):
                return at
            if depth > 0 and form in OPENING:
                break
        return end - 1

    def _passed_on(self, at: int, end: int, number: int, relay: bool = False) -> list[tuple[SourceMention, int]]:
        """Speakers behind "from" ("relayed from X", "quoting X") with their last token."""
        words = self.words
        for i in range(at, end):
            if self.text.tokens[i].kind == "p" and self.text.tokens[i].form not in '«»"()“”،,':
                break
            if self.text.tokens[i].kind != "w" or not words.flags[self.text.tokens[i].form] & MARK:
                continue
            mark = self.talk.mark_at(i)
            if mark is None:
                continue
            if mark.value == "that":
                break
            quoting = mark.value == "according" and mark.last > mark.first
            if quoting or (relay and mark.value == "from"):
                phrase = phrase_at(self.talk, mark.last + 1) if mark.last + 1 < end else None
                if phrase is not None and phrase.kind:
                    return [(self.memory.resolve(p, number, end, False), p.last) for p in self.around.joined(phrase)]
                if mark.value == "from" and phrase is not None and self.around.content(phrase.last + 1, end + 6) >= 0:
                    return [(self.memory.resolve(phrase, number, end, False), phrase.last)]
        return []
