"""Testimony: the sources of each event of a report.

A speech is a source of the events that it covers. It is one of an event told before too, if it covers no event itself and
goes on about that one ("an official said that three of the injured were children"). Condemnations and appeals tell
nothing of an event: they are its sources only where nobody else speaks. A claim of responsibility goes to the event told
nearest to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from marsad.model import Evidence, Source
from marsad.reading.attribution import Attribution, sources_at
from marsad.reading.joining import Event
from marsad.reading.people import words_of
from marsad.reading.report import Report, core
from marsad.reading.speakers import SourceMention
from marsad.reading.speech import speech_words
from marsad.text.fold import fold

__all__ = ["Testimony"]

_WORD = re.compile(r"\w+")
_CLAIMS = "claims_responsibility"
_WAR = frozenset({"shelling_artillery_missile", "armed_clash", "air_drone_strike"})
_COMMENTS = frozenset({"condemns", "urges"})
_OBJECT = 4  # tokens within which the object of a claim stands behind it
_CLAIMED = 2  # sentences between an event and the claim of it
_SHARED = 3  # content words that a speech shares with the event that it goes on about
_SHORT = 3
_FOLLOWED = 2  # sentences between an event and a speech that goes on about it


class Testimony:
    """Lays the speeches of a report over its events."""

    def __init__(self, report: Report, events: Sequence[Event]) -> None:
        self._read, self._language = report.text, report.language
        self._comments = _comments(report.attributions)
        left_out = {id(a) for a in self._comments}
        self._telling = [a for a in report.attributions if a.stance != _CLAIMS and id(a) not in left_out]
        self._later: dict[int, list[SourceMention]] = {}
        points = sorted(
            ((f.anchor.index, f.anchor.first, f.anchor.last, event) for event in events for f in event.facts), key=lambda p: p[0]
        )
        for attribution in report.attributions:
            if attribution.stance == _CLAIMS:
                event = _claimed(report, attribution, points)
            elif id(attribution) in left_out:
                continue
            else:
                event = _followed(report, attribution, points)
            if event is not None:
                self._later.setdefault(id(event), []).extend(attribution.sources)

    def of(self, event: Event, kind: str) -> tuple[Source, ...]:
        """The sources of an event, origins first, each once.

        Args:
            event: the event.
            kind: its type; in a war the interior ministry speaks as one of its parties.
        """
        own = _gathered(sources_at(self._telling, i) for i in _indices(event))
        found = _gathered((own, self._later.get(id(event), ())))
        if not any(s.role == "origin" for s in found):
            found = _gathered((found, *(sources_at(self._comments, i) for i in _indices(event))))
        found = _merged(found, self._language)
        found.sort(key=lambda s: s.role != "origin")
        kinds = [self._at_war(s) if kind in _WAR else s.kind for s in found]
        return tuple(Source(s.name, k, s.role, (Evidence(s.start, s.end, s.name),)) for s, k in zip(found, kinds, strict=True))

    def _at_war(self, source: SourceMention) -> str:
        nouns = speech_words(self._language).nouns
        found = (nouns.at(self._read, at) for at in range(source.first, source.last + 1))
        return next((match.value.war for match in found if match is not None and match.value.war), source.kind)


def _comments(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Condemnations and appeals, and what else is said by those who began with one."""
    found: list[Attribution] = []
    commenting: dict[SourceMention, bool] = {}
    for attribution in attributions:
        comment = attribution.stance in _COMMENTS
        origins = [s for s in attribution.sources if s.role == "origin"]
        for source in origins:
            commenting.setdefault(source, comment)
        if comment or (origins and all(commenting[s] for s in origins)):
            found.append(attribution)
    return found


_Point = tuple[int, int, int, Event]


def _indices(event: Event) -> list[int]:
    """The tokens of an event at which a source may speak: its anchors and the victims told with them."""
    return [i for f in event.facts for i in (f.anchor.index, *(m.victims for m in f.anchor.harm))]


def _gathered(groups: Iterable[Iterable[SourceMention]]) -> list[SourceMention]:
    found: list[SourceMention] = []
    for group in groups:
        for source in group:
            if all((source.name, source.role) != (s.name, s.role) for s in found):
                found.append(source)
    return found


def _merged(found: list[SourceMention], language: str) -> list[SourceMention]:
    """Sources without those named again in other words; an outlet that carries others is no origin beside them."""
    kept: list[SourceMention] = []
    words = {s: frozenset(core(fold(w), language) for w in _WORD.findall(s.name)) for s in found}
    told = any(s.role == "origin" and s.kind != "news" for s in found)
    for source in found:
        carried = told and source.role == "origin" and source.kind == "news"
        others = [s for s in found if s.role == "carrier"] if carried else [s for s in kept if s.role == source.role]
        again = (words[source] <= words[o] or words[o] <= words[source] for o in others if o.kind == source.kind)
        if not any(again):
            kept.append(source)
    return kept


def _claimed(report: Report, claim: Attribution, points: Sequence[_Point]) -> Event | None:
    """The event that a claim of responsibility is about.

    That is its object right behind it, else the last one told before in its sentence, else the first one behind it there,
    else the last one told in the sentences before.
    """
    tokens = report.text.tokens
    sentence = tokens[claim.first].sentence
    mine = [p for p in points if tokens[p[0]].sentence == sentence]
    if mine:
        behind = [p for p in mine if p[0] > claim.last]
        before = [p for p in mine if p[0] < claim.first]
        if behind and (not before or behind[0][0] - claim.last <= _OBJECT):
            return behind[0][3]
        return (before or mine)[-1][3]
    before = [p for p in points if 0 < sentence - tokens[p[0]].sentence <= _CLAIMED]
    return before[-1][3] if before else None


def _followed(report: Report, speech: Attribution, points: Sequence[_Point]) -> Event | None:
    """The event told before that a speech goes on about, if it covers no event of its own."""
    begin, end = speech.reach[0]
    if any(speech.covers(p[0]) for p in points) or not speech.sources:
        return None
    before = [p for p in points if p[0] < min(begin, speech.first)]
    if not before:
        return None
    last = before[-1]
    if not _refers(report, begin, end, [p for p in points if p[3] is last[3]]):
        return None
    if not 0 < report.clauses.sentences_apart(last[0], begin) <= _FOLLOWED or report.clauses.turns(last[0], begin):
        return None
    return last[3]


def _refers(report: Report, begin: int, end: int, points: Sequence[_Point]) -> bool:
    """Whether a stretch points to an event told before: by its victims, or by enough of its words."""
    tokens, people = report.text.tokens, words_of(report.language)
    for token in tokens[begin : end + 1]:
        if token.kind == "w":
            noun = people.noun(token.form)
            if noun is not None and noun.definite and noun.kind:
                return True
    told = {tokens[p[0]].sentence for p in points}
    known = {w for s in told for w in _content(report, *report.text.sentences[s])}
    return len(known & set(_content(report, begin, end + 1))) >= _SHARED


def _content(report: Report, first: int, end: int) -> list[str]:
    tokens = report.text.tokens[first:end]
    return [core(t.form, report.language) for t in tokens if t.kind == "w" and len(t.form) > _SHORT]
