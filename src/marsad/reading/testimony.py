"""Testimony: the sources of each event of a report.

A speech is a source of the events that it covers. It is one of an event told before too, if it covers no event itself and
goes on about that one ("an official said that three of the injured were children"). Condemnations and appeals tell
nothing of an event: they are its sources only where nobody else speaks. A claim of responsibility goes to the event told
nearest to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

from marsad.model import Evidence, Source
from marsad.reading.anchors import family
from marsad.reading.attribution import Attribution, sources_at
from marsad.reading.cores import core, cores_of
from marsad.reading.joining import Event
from marsad.reading.partywords import party_words
from marsad.reading.people import words_of
from marsad.reading.report import Report
from marsad.reading.speakers import SourceMention
from marsad.reading.speech import speech_words
from marsad.reading.triggers import Trigger
from marsad.text.fold import fold

__all__ = ["Testimony"]

_WORD = re.compile(r"\w+")
_CLAIMS, _THREATENS = "claims_responsibility", "threatens"
_WAR = frozenset({"shelling_artillery_missile", "armed_clash", "air_drone_strike"})
_FORCE = _WAR | {"disrupted_weapons_use", "chemical_weapon", "government_regains_territory"}
_OWN = "own"
_GENERAL = "general"
_COUNTRIES = frozenset({"country", "demonym", "capital"})
_COMMENTS = frozenset({"condemns", "urges"})
_OBJECT = 4  # tokens within which the object of a claim stands behind it
_CLAIMED = 2  # sentences between an event and the claim of it
_SHARED = 3  # content words that a speech shares with the event that it goes on about
_SHORT = 3
_NEAR = 8  # anchors back that tell what an event is about
_READ = 80  # tokens of a speech that are read for it
_FOLLOWED = 2  # sentences between an event and a speech about its victims
_TAKEN_UP = 3  # the same, where the speech names the event again
_AKIN = 1  # the same, where they share words only
_OTHER, _ADJECTIVE = frozenset({"other"}), 2  # tokens from a claim of responsibility to the adjective of what is claimed
_THEME = 12  # tokens of a speech within which that name stands


class Testimony:
    """Lays the speeches of a report over its events; costs grow with what the speeches cover, not with the report's square."""

    def __init__(self, report: Report, events: Sequence[Event]) -> None:
        self._report, self._read, self._language = report, report.text, report.language
        left_out = _comments(report.attributions)
        points = _Points(report, events)
        places = sorted({i for event in events for i in _indices(event)})
        self._telling: dict[int, list[Attribution]] = {}
        self._comments: dict[int, list[Attribution]] = {}
        self._later: dict[int, list[SourceMention]] = {}
        for attribution in report.attributions:
            event = None
            if attribution.stance == _CLAIMS or attribution.refers_back:
                other = report.clauses.marked(_OTHER, attribution.last + 1, attribution.last + _ADJECTIVE + 1)
                event = None if other else points.claimed(attribution)  # "had claimed a similar attack"
            else:
                over = self._comments if id(attribution) in left_out else self._telling
                for first, last in attribution.reach:
                    for index in places[bisect_left(places, first) : bisect_right(places, last)]:
                        over.setdefault(index, []).append(attribution)
                if over is self._telling:
                    event = points.followed(attribution)
            if event is not None:
                self._later.setdefault(id(event), []).extend(attribution.sources)

    def of(self, event: Event, kind: str, parties: Container[str | None] = ()) -> tuple[Source, ...]:
        """The sources of an event, origins first, each once.

        Args:
            event: the event.
            kind: its type; in a war the interior ministry speaks as one of its parties.
            parties: ids of its parties; a state that speaks of its own forces speaks as one of them.
        """
        own = _gathered(sources_at(self._telling.get(i, ()), i) for i in _indices(event))
        found = _gathered((own, self._later.get(id(event), ())))
        if not any(s.role == "origin" for s in found):
            found = _gathered((found, *(sources_at(self._comments.get(i, ()), i) for i in _indices(event))))
        found = self._spoken(_merged(found, self._language))
        found.sort(key=lambda s: s.role != "origin")
        kinds = [self._at_war(s) if kind in _WAR else s.kind for s in found]
        if kind in _FORCE:
            kinds = [
                "belligerent" if k == "government" and self._acts(s, parties) else k for s, k in zip(found, kinds, strict=True)
            ]
        return tuple(Source(s.name, k, s.role, (Evidence(s.start, s.end, s.name),)) for s, k in zip(found, kinds, strict=True))

    def _spoken(self, found: list[SourceMention]) -> list[SourceMention]:
        """Sources without a statement of nobody, where others tell who speaks."""
        nouns = speech_words(self._language).nouns
        heads = [nouns.at(self._read, s.first) if s.kind == "unnamed" else None for s in found]
        told = [s for s, head in zip(found, heads, strict=True) if head is None or not head.value.statement]
        return told if any(s.role == "origin" for s in told) else found

    def _acts(self, source: SourceMention, parties: Container[str | None]) -> bool:
        """Whether a source is a state whose forces are a party, or who commands them."""
        noun = speech_words(self._language).nouns.at(self._read, source.first)
        if noun is None or (noun.value.type != "country" and noun.value.war != _OWN):
            return False
        party = self._report.party_at(source.first, source.last)
        if party is not None and party.id in parties:
            return True
        return noun.value.war == _OWN and any(state in parties for state in self._states(source))

    def _states(self, source: SourceMention) -> Iterator[str]:
        """Ids of the state forces whose country the words of a source name ("the American president")."""
        words = party_words(self._language)
        for at in range(source.first, source.last + 1):
            match = words.book.at(self._read, at)
            for word in match.value.words if match is not None else ():
                if word.sort in _COUNTRIES:
                    yield from (i for i, known in words.known.items() if known.country and known.country in word.countries)
                if word.sort == "owner":
                    yield word.id

    def _at_war(self, source: SourceMention) -> str:
        nouns = speech_words(self._language).nouns
        found = (nouns.at(self._read, at) for at in range(source.first, source.last + 1))
        return next((m.value.war for m in found if m is not None and m.value.war not in ("", _OWN)), source.kind)


def _comments(attributions: Sequence[Attribution]) -> set[int]:
    """Identities of condemnations and appeals, and of what else is said by those who began with one."""
    found: set[int] = set()
    commenting: dict[SourceMention, bool] = {}
    for attribution in attributions:
        comment = attribution.stance in _COMMENTS
        origins = [s for s in attribution.sources if s.role == "origin"]
        for source in origins:
            commenting.setdefault(source, comment)
        if comment or (origins and all(commenting[s] for s in origins)):
            found.add(id(attribution))
    return found


def _indices(event: Event) -> list[int]:
    """The tokens of an event at which a source may speak: its anchors and the victims told with them."""
    return [i for f in event.facts for i in (f.anchor.index, *(m.victims for m in f.anchor.harm))]


def _gathered(groups: Iterable[Iterable[SourceMention]]) -> list[SourceMention]:
    found: list[SourceMention] = []
    for group in groups:
        for source in group:
            if all((source.name, source.role, source.kind) != (s.name, s.role, s.kind) for s in found):
                found.append(source)
    return found


def _merged(found: list[SourceMention], language: str) -> list[SourceMention]:
    """Sources without those named again in other words; an outlet that carries others is no origin beside them."""
    kept: list[SourceMention] = []
    words = {s: _words_of(s.name, language) for s in found}
    told = any(s.role == "origin" and s.kind != "news" for s in found)
    for source in found:
        carried = told and source.role == "origin" and source.kind == "news"
        others = [s for s in found if s.role == "carrier"] if carried else [s for s in kept if s.role == source.role]
        passing = source.role == "carrier" and source.kind != "news"
        if passing and any(o.role == "origin" and o.name == source.name for o in found):
            continue  # a monitor that counts itself too passes nothing on
        again = (words[source] <= words[o] or words[o] <= words[source] for o in others if o.kind == source.kind)
        if not any(again):
            kept.append(source)
    return kept


@lru_cache(maxsize=10_000)
def _words_of(name: str, language: str) -> frozenset[str]:
    """The words of a source's name without article and joined letters."""
    return frozenset([core(fold(word), language) for word in _WORD.findall(name)])


def _families(events: Iterable[Event]) -> set[str]:
    return {family(f.anchor.kind) for event in events for f in event.facts}


class _Points:
    """The anchors of a report's events in the order of the text."""

    def __init__(self, report: Report, events: Sequence[Event]) -> None:
        self._report = report
        found = sorted(((f.anchor, event) for event in events for f in event.facts), key=lambda p: p[0].index)
        self._at = [anchor.index for anchor, _ in found]
        self._definite = [anchor.definite for anchor, _ in found]
        self._events = [event for _, event in found]
        self._words: dict[int, frozenset[str]] = {}
        self._triggers = [trigger.index for trigger in report.triggers]

    def claimed(self, claim: Attribution) -> Event | None:
        """The event that a claim of responsibility or the blame for it is about.

        That is its object right behind it, else the last one told before in its sentence, else the first one behind it
        there, else the last one told in the sentences before; blame is laid for what is behind it only where that is known.
        """
        text = self._report.text
        sentence = text.tokens[claim.first].sentence
        first, end = text.sentences[sentence]
        low, high = bisect_left(self._at, first), bisect_left(self._at, end)
        before, behind = bisect_left(self._at, claim.first), bisect_right(self._at, claim.last)
        if claim.stance != _CLAIMS and low == before and behind < high and not self._definite[behind]:
            high = low  # what else the sentence tells
        if behind < high and (before <= low or self._at[behind] - claim.last <= _OBJECT):
            return self._events[behind]
        if low < high:
            return self._events[max(low, before - 1)]
        near = low > 0 and sentence - text.tokens[self._at[low - 1]].sentence <= _CLAIMED
        return self._events[low - 1] if near else None

    def followed(self, speech: Attribution) -> Event | None:
        """The event told before that a speech goes on about, if it covers no event of its own."""
        begin, end = speech.reach[0]
        covers = any(bisect_left(self._at, first) < bisect_right(self._at, last) for first, last in speech.reach)
        last = bisect_left(self._at, min(begin, speech.first)) - 1
        if covers or speech.stance == _THREATENS or not speech.sources or last < 0 or begin >= len(self._report.text.tokens):
            return None
        clauses, index = self._report.clauses, self._at[last]
        apart = clauses.sentences_apart(index, begin)
        if apart <= 0:
            return None
        if apart <= _TAKEN_UP and not clauses.turns(index, begin) and self._refers(begin, min(end, begin + _READ), last, apart):
            return self._events[last]
        return self._only(begin, end, last)

    def _themes(self, begin: int, end: int) -> list[Trigger]:
        """The definite nouns for events at the head of a stretch, its last token included."""
        low, high = bisect_left(self._triggers, begin), bisect_right(self._triggers, min(end, begin + _THEME - 1))
        return [t for t in self._report.triggers[low:high] if t.definite and not t.verb]

    def _only(self, begin: int, end: int, number: int) -> Event | None:
        """The only event told so far that a word at the head of a stretch can name again, however long ago it was told."""
        for trigger in self._themes(begin, end):
            if not trigger.plural:
                kind = family(trigger.kind)
                fit = {_GENERAL, kind} if kind != _GENERAL else _families(self._events[: number + 1])
                told = {id(e): e for e in self._events[: number + 1] if not fit.isdisjoint(_families((e,)))}
                if len(told) == 1:
                    return next(iter(told.values()))
        return None

    def _refers(self, begin: int, end: int, number: int, apart: int) -> bool:
        """Whether a stretch points to the event of an anchor told so many sentences before: by its victims, its name, or its words."""
        text, people = self._report.text, words_of(self._report.language)
        for token in text.tokens[begin : end + 1]:
            noun = people.noun(token.form) if token.kind == "w" else None
            if noun is not None and noun.definite and noun.kind and apart <= _FOLLOWED:
                return True
        event, near = self._events[number], range(max(0, number - _NEAR), number + 1)
        families = _families((event,)) | {_GENERAL}
        if any(family(trigger.kind) in families for trigger in self._themes(begin, end)):
            return True  # "the attack"
        told = {text.tokens[self._at[n]].sentence for n in near if self._events[n] is event}
        known = frozenset[str]().union(*(self._sentence(n) for n in told))
        return apart <= _AKIN and len(known & self._content(begin, end + 1)) >= _SHARED

    def _sentence(self, number: int) -> frozenset[str]:
        if number not in self._words:
            self._words[number] = self._content(*self._report.text.sentences[number])
        return self._words[number]

    def _content(self, first: int, end: int) -> frozenset[str]:
        tokens = self._report.text.tokens[first:end]
        words = [t.form for t in tokens if t.kind == "w" and len(t.form) > _SHORT]
        return frozenset(map(cores_of(self._report.language).__getitem__, words))
