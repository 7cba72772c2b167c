"""Utterances: each verb of saying or marker of a text with its speakers, while its reach is still open.

``attribution`` turns them into attributions. How the parts are found: the verb or marker first, then its speaker behind
or before it ("surroundings", "speakers"), then who passed it on, then where its content begins and who speaks next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from marsad.lexicon.clitics import splits
from marsad.lexicon.phrases import PhraseMatch
from marsad.reading.speakers import Memory, Phrase, SourceMention, addressed, phrase_at
from marsad.reading.speech import MARK, MARKED, NOUN, SPOKEN, SpeechWords, Verb
from marsad.reading.surroundings import CLOSING, COMMAS, OPENING, PLAIN, Surroundings
from marsad.text.tokens import Text

__all__ = ["Utterance", "Utterances"]

_QUOTATION = 12
_SPOKEN = 30
_NAMED = 12
_COUNTING = frozenset(("monitor", "un", "ngo", "news", "medical", "rescuers", "local", "correspondent"))
_BODIES = frozenset(("body", "outlet", "rank"))
_OBJECTS = frozenset(("accuses", "condemns", "urges", "threatens"))
_SPEAKING = frozenset(("role", "org", "sure", "media"))


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
    leading: bool = True
    refers_back: bool = False
    again: bool = False
    explicit: bool = True


class Utterances:
    """Walks the sentences of a text and keeps in mind who has spoken."""

    def __init__(self, text: Text, words: SpeechWords) -> None:
        self.text = text
        self.words = words
        self.memory = Memory(text, words)
        self.around = Surroundings(text, words)

    def sentence(self, number: int, first: int, end: int) -> list[Utterance]:
        """Drafts of one sentence, their reaches settled against each other."""
        tokens, words = self.text.tokens, self.words
        seen, flags = words.seen, words.flags
        drafts: list[Utterance] = []
        at = first
        while at < end:
            token = tokens[at]
            draft = None
            if token.kind == "w":
                kind = seen.get(token.form)
                if kind is None:
                    kind = flags(token.form)
                if kind & MARKED:
                    mark = words.marks.at(self.text, at)
                    if mark is not None and mark.value in ("according", "as"):
                        draft = self._marked(number, first, end, mark, drafts)
                if draft is None and kind & SPOKEN:
                    verb = words.verbs.at(self.text, at)
                    if verb is not None:
                        draft = self._spoken(number, first, end, verb, drafts)
            if draft is None:
                at += 1
            else:
                drafts.append(draft)
                at = max(at, draft.last, draft.mark) + 1
        self._settle(drafts, first, end)
        return drafts

    def _spoken(self, number: int, first: int, end: int, match: PhraseMatch[Verb], drafts: list[Utterance]) -> Utterance | None:
        """A verb of saying with what stands around it."""
        at, verb = match.first, match.value
        if at > first and verb.feature.startswith("impf") and self.around.mark(at - 1) == "that":
            return None
        if (match.proclitic and match.proclitic not in self.words.conjunctions) or self.around.negated(at, first):
            return None
        participle = verb.feature.startswith("participle")
        masdar = verb.feature == "masdar"
        content = self.around.content(at + 1, end)
        subject = None if participle else self.around.subject_after(at, end)
        # "said" is followed by its speaker or by what was said; other verbs by their object too.
        named = _SPOKEN if verb.frame == "that" else _NAMED
        if subject is not None and not subject.kind and not -1 < content <= subject.last + named:
            if self.text.tokens[subject.first].form.startswith(self.words.article):
                return None
            subject = None
        clause = at
        if not participle and not masdar:
            before = None
            if subject is None or subject.type not in _SPEAKING or subject.first > at + 1:
                before = self.around.subject_before(at, first, _floor(drafts))
            opened = before is not None and before.first > first and self.around.mark(before.first - 1) == "open"
            if before is not None and (opened or not match.proclitic) and (subject is None or before.last >= at - 2):
                subject, clause = before, before.first
            elif before is None and not match.proclitic and self._inside(at, first):
                # In the middle of a clause what follows is the object, unless it plainly is a speaker.
                plain = subject is not None and subject.type in _SPEAKING | _BODIES and verb.stance not in _OBJECTS
                if not plain:
                    subject = self._name_before(at, first)
                    clause = at if subject is None else at - 1
                    if subject is None and not self.around.takes_up(at, first, False):
                        return None
        if masdar:
            if subject is None or not subject.type or subject.first != at + 1:
                return None
            behind = subject.last + 1
            if content != behind and not self.around.responsible(behind, min(end, behind + 2)):
                return None
        if verb.stance == "condemns" and at > first and self.around.mark(at - 1) == "relative":
            return None
        if verb.frame in ("that", "strict", "near") and content < 0 and (verb.stance != "adds" or verb.frame != "that"):
            known_speaker = subject is not None and bool(subject.kind)
            if verb.frame != "that" or not known_speaker or not self._behind(match, subject.last + 1 if subject else end, end):
                return None
        if verb.frame == "near":
            starts = match.proclitic or at == first or self.text.tokens[at - 1].kind == "p"
            if not starts or subject is None or subject.first != at + 1 or subject.type not in _SPEAKING:
                return None
        if verb.frame in ("near", "strict") and subject is not None and content > subject.last + _NAMED:
            return None
        if verb.frame in ("strict", "near", "counted", "learn") and (subject is None or not subject.kind):
            return None
        if verb.frame == "counted" and subject is not None and subject.kind not in _COUNTING:
            return None
        beside = self.around.mark(at + 1) if at + 1 < end else ""
        loose = participle and not at < content <= at + 4 and beside not in ("stop", "from")
        if loose and verb.stance != "condemns":
            return None
        if subject is None and not participle and not self.around.takes_up(at, first, bool(match.proclitic)):
            return None
        until = content if content >= 0 else end
        origins: list[SourceMention] = []
        carriers: list[SourceMention] = []
        begin = at + 1
        if subject is not None:
            for phrase in self.around.joined(subject):
                origins.append(self.memory.resolve(phrase, number, until, verb.feminine))
                if phrase.also and phrase.also != origins[-1].kind:
                    origins.append(replace(origins[-1], kind=phrase.also))
                begin = max(begin, phrase.last + 1)
        elif participle and drafts and not drafts[-1].trailing:
            origins += [s for s in drafts[-1].sources if s.role == "origin"]
        elif participle:
            main = self.around.first_speaker(first, at)
            known = self.memory.resolve(main, number, at, False) if main else self.memory.last(None, number)
            origins += [known] if known else []
        elif verb.frame not in ("relay", "claim"):
            known = self.memory.last(verb.feminine if verb.feature != "also" else None, number)
            origins += [known] if known else []
        if verb.frame == "relay":
            passed = self._passed_on(at, min(end, at + _SPOKEN), number, relay=True)
            if not passed and (content < 0 or not origins):
                return None
            carriers = [replace(o, role="carrier") for o in origins]
            if passed:
                origins, begin = [p[0] for p in passed], max(p[1] for p in passed) + 1
            else:
                carriers = []
        elif verb.frame == "claim" and subject is None:
            subject = self.around.late_subject(at, end)
            if subject is None:
                return None
            origins.append(self.memory.resolve(subject, number, until, verb.feminine))
        elif not participle:
            passed = self._passed_on(begin, min(end, until, begin + _SPOKEN), number)
            if passed:
                carriers = [replace(o, role="carrier") for o in origins]
                origins = [p[0] for p in passed]
                begin = max(p[1] for p in passed) + 1
        if not origins:
            return None
        limit = until if content >= 0 else min(end, begin + 14)
        left = self.around.clause_start(clause, first, _floor(drafts))
        taken = {(o.first, o.last) for o in origins + carriers}
        if subject is not None:
            taken.add((subject.first, subject.last))
        carriers += self._recipients(left, limit, taken)
        stance, back = verb.stance, verb.frame == "claim"
        if verb.frame == "counted":
            origins = [replace(o, kind="correspondent") if o.kind == "news" else o for o in origins]
        if stance in ("denies", "admits") and subject is not None and subject.type == "country":
            origins = [replace(o, kind="belligerent") for o in origins]
        if stance == "announces" and self.around.responsible(begin, min(end, begin + 4)):
            stance, back = "claims_responsibility", True
        last = max(at, begin - 1)
        draft = Utterance(min(at, clause), last, at, stance, origins + carriers, begin, end - 1, left)
        draft.refers_back = back
        draft.again = subject is None
        draft.explicit = subject is not None
        if back:
            draft.begin = first
        elif content < 0 and subject is not None and at > first and self._behind(match, begin, end):
            draft.trailing, draft.begin, draft.finish = True, first, at
        return draft

    def _inside(self, at: int, first: int) -> bool:
        """Whether a plain word stands before a verb: neither punctuation nor an opening word."""
        return at > first and self.text.tokens[at - 1].kind == "w" and not self.around.mark(at - 1)

    def _name_before(self, at: int, first: int) -> Phrase | None:
        """A bare name directly before its verb, if it is known from the text so far."""
        token = self.text.tokens[at - 1]
        name = Phrase(at - 1, at - 1, token.start, token.end, "", "", "", False, -1)
        return name if self.memory.knows(name) else None

    def _behind(self, match: PhraseMatch[Verb], begin: int, end: int) -> bool:
        """Whether a verb of saying closes its sentence, behind what was said."""
        return (
            match.value.frame in ("that", "free")
            and not match.proclitic
            and self.text.tokens[match.first - 1].form in COMMAS
            and self.around.ends_soon(begin, end)
        )

    def _marked(self, number: int, first: int, end: int, mark: PhraseMatch[str], drafts: list[Utterance]) -> Utterance | None:
        """A marker with its speaker: "according to X", "as X said"."""
        tokens, words = self.text.tokens, self.words
        at = mark.last + 1
        stance, feminine = "says", False
        if at >= end:
            return None
        if mark.value == "as":
            verb = next((v for v in (self._verb(i) for i in range(at, min(end, at + 3))) if v is not None), None)
            if verb is None or verb.value.feature.startswith("participle"):
                return None
            starts = all(t.kind != "w" for t in tokens[first : mark.first])
            if starts and self.around.content(verb.last + 1, end) >= 0 and mark.first == mark.last and not mark.proclitic:
                return None
            at, stance, feminine = verb.last + 1, verb.value.stance, verb.value.feminine
            if stance in ("adds", "announces", "confirms", "relays", "counts", "learns"):
                stance = "says"
        while at < end and self.around.mark(at) == "time":
            at += 1
        phrase = phrase_at(self.text, at, words) if at < end else None
        sources: list[SourceMention] = []
        last = at - 1
        if phrase is not None and phrase.kind:
            for part in self.around.joined(phrase):
                sources.append(self.memory.resolve(part, number, end, feminine))
                if part.also and part.also != sources[-1].kind:
                    sources.append(replace(sources[-1], kind=part.also))
                last = max(last, part.last)
        elif phrase is not None and (mark.value == "according" or mark.first == mark.last):
            known = self.memory.resolve(phrase, number, end, False)
            if known.first == phrase.first:
                return None
            sources.append(known)
            last = phrase.last
        elif mark.value == "as" and mark.first != mark.last:
            known_last = self.memory.last(feminine, number)
            sources += [known_last] if known_last else []
        if not sources:
            return None
        limit = min(end, last + 10)
        passed = self._passed_on(last + 1, limit, number)
        if passed:
            sources = [replace(s, role="carrier") for s in sources] + [p[0] for p in passed]
            sources.sort(key=lambda s: s.role != "origin")
            last = max(p[1] for p in passed)
        taken = {(s.first, s.last) for s in sources}
        stop = next((i for i in range(last + 1, limit) if tokens[i].form in COMMAS), limit)
        sources += self._recipients(mark.first, stop, taken)
        draft = Utterance(mark.first, last, mark.last, stance, sources, last + 1, end - 1, mark.first)
        before = [t for t in tokens[first : mark.first] if t.kind in "wn"]
        draft.trailing = bool(before) and not (mark.proclitic and tokens[mark.first - 1].form in COMMAS)
        if draft.trailing:
            draft.begin, draft.finish = first, mark.first
        elif number and self.around.ends_soon(last - 1, end):
            # A sentence of its own behind a quotation or a report: it covers what stands before it.
            closing = number == len(self.text.sentences) - 1 and sources[0].kind == "news"
            draft.trailing, draft.begin = True, 0 if closing else self.text.sentences[number - 1][0]
            draft.finish = mark.first
        return draft

    def _verb(self, at: int) -> PhraseMatch[Verb] | None:
        """The verb of saying at a token, with a pronoun behind it too ("as X said it")."""
        found = self.words.verbs.at(self.text, at)
        if found is not None or self.text.tokens[at].kind != "w":
            return found
        for split in splits(self.text.tokens[at].form):
            if split.enclitic and not split.proclitic:
                for _, proclitic, entries in self.words.verbs.candidates(split.core):
                    if not proclitic:
                        token = self.text.tokens[at]
                        return PhraseMatch(at, at, token.start, token.end, "", entries[0][1])
        return None

    def _settle(self, drafts: list[Utterance], first: int, end: int) -> None:
        """Cut each speech of a sentence where the next speaker takes over."""
        for number, draft in enumerate(drafts):
            if draft.trailing:
                earlier = [d.last for d in drafts[:number] if d.trailing]
                if draft.begin >= first:
                    draft.begin = max([draft.begin, *(e + 1 for e in earlier)])
                if number + 1 == len(drafts):
                    draft.finish = end - 1
                continue
            if draft.refers_back:
                continue
            for later in drafts[number + 1 :]:
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

    def _goes_on(self, end: int) -> int:
        """Last token of a speech whose next sentence says by its first word that it goes on."""
        tokens = self.text.tokens
        begin = next((i for i in range(end, min(len(tokens), end + 3)) if tokens[i].kind == "w"), -1)
        if begin >= 0 and self.around.mark(begin) == "goes_on":
            return self.text.sentences[tokens[begin].sentence][1] - 1
        return end - 1

    def _quotation(self, begin: int, end: int) -> int:
        """Last token of a speech that goes on in an open quotation behind its sentence."""
        tokens, text = self.text.tokens, self.text
        depth, plain = 0, 0
        for token in tokens[begin:end]:
            if token.form in OPENING:
                depth += 1
            elif token.form in CLOSING:
                depth -= 1
            elif token.form in PLAIN:
                plain ^= 1
        if depth <= 0 and not plain:
            return end - 1
        sentence = tokens[end - 1].sentence
        limit = text.sentences[min(len(text.sentences) - 1, sentence + _QUOTATION)][1]
        for token in tokens[end:limit]:
            if (depth > 0 and token.form in CLOSING) or (depth <= 0 and token.form in PLAIN):
                return token.index
            if depth > 0 and token.form in OPENING:
                break
        return end - 1

    def _passed_on(self, at: int, end: int, number: int, relay: bool = False) -> list[tuple[SourceMention, int]]:
        """Speakers behind "from" ("relayed from X", "quoting X") with their last token."""
        words = self.words
        for i in range(at, end):
            if self.text.tokens[i].kind == "p" and self.text.tokens[i].form not in '«»"()“”،,':
                break
            if self.text.tokens[i].kind != "w" or not words.flags(self.text.tokens[i].form) & MARK:
                continue
            mark = words.marks.at(self.text, i)
            if mark is None:
                continue
            if mark.value == "that":
                break
            quoting = mark.value == "according" and mark.last > mark.first
            if quoting or (relay and mark.value == "from"):
                phrase = phrase_at(self.text, mark.last + 1, words) if mark.last + 1 < end else None
                if phrase is not None and phrase.kind:
                    return [(self.memory.resolve(p, number, end, False), p.last) for p in self.around.joined(phrase)]
                if mark.value == "from" and phrase is not None and self.around.content(phrase.last + 1, end + 6) >= 0:
                    return [(self.memory.resolve(phrase, number, end, False), phrase.last)]
        return []

    def _recipients(self, first: int, end: int, taken: set[tuple[int, int]]) -> list[SourceMention]:
        """Outlets that are spoken to: "to the agency", "in a talk with the channel"."""
        tokens, words = self.text.tokens, self.words
        found: list[SourceMention] = []
        i = first
        while i < end:
            noun = tokens[i].kind == "w" and words.flags(tokens[i].form) & NOUN
            match = words.nouns.at(self.text, i) if noun else None
            if match is None:
                i += 1
                continue
            i = match.last + 1
            if match.value.type not in ("media", "outlet") or any(a <= match.first <= b for a, b in taken):
                continue
            near = 3 if match.value.type == "media" else 1
            if not addressed(self.text, match, words) and not any(
                self.around.mark(j) in ("stop", "carried") or self._addressee(j)
                for j in range(max(first, match.first - near), match.first)
            ):
                continue
            phrase = phrase_at(self.text, match.first, words)
            if phrase is not None:
                name = self.text.source[phrase.start : phrase.end]
                found.append(SourceMention(name, "news", "carrier", phrase.first, phrase.last, phrase.start, phrase.end))
                i = phrase.last + 1
        return found

    def _addressee(self, at: int) -> bool:
        match = self.words.nouns.at(self.text, at)
        return match is not None and match.value.kind == "correspondent" and addressed(self.text, match, self.words)


def _floor(drafts: list[Utterance]) -> int:
    """First token behind the attributions found so far."""
    return max((d.last + 1 for d in drafts), default=0)
