"""The report: one document with all that was recognised in it, before anything is put together."""

from __future__ import annotations

import datetime
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from marsad.gazetteer import Gazetteer
from marsad.lexicon.clitics import letters_of
from marsad.model import Document
from marsad.reading import attribution, dates, harm, modality, numbers, parties, sites, toponyms, triggers, weapons
from marsad.reading.anniversaries import with_anniversaries
from marsad.reading.asides import asides, borrowed
from marsad.reading.chronicles import opens_line, with_chronicle
from marsad.reading.cores import contents_of
from marsad.reading.dates import DateMention
from marsad.reading.lands import Lands, lies
from marsad.reading.listing import items_of
from marsad.reading.mentions import Mentions
from marsad.reading.modality import Cue
from marsad.reading.officers import officers, their_parties
from marsad.reading.ownarms import own_aircraft, own_arms, own_soldiers
from marsad.reading.partyfound import QUOTES
from marsad.reading.passing import passing_places
from marsad.reading.people import words_of
from marsad.reading.placeanaphors import anaphors
from marsad.reading.placemention import PlaceMention
from marsad.reading.places import PlaceContext, ResolvedPlace, resolve
from marsad.reading.placewords import place_words
from marsad.reading.predicates import predicates_of
from marsad.reading.quotes import Quotes
from marsad.reading.sites import SiteMention
from marsad.reading.speakernames import whole_names
from marsad.reading.steps import Steps, finished
from marsad.reading.strongholds import seats
from marsad.reading.taken import at_place
from marsad.reading.tollrows import rows_of
from marsad.reading.triggers import Trigger
from marsad.reading.ways import entries_of, lemmas_of
from marsad.reading.weapons import WeaponMention
from marsad.reading.weights import weights
from marsad.record import replace
from marsad.text.tokens import Text, Token

__all__ = ["TOLD_SINCE", "Report", "is_sign", "report_of", "report_steps"]

_BASE = 5  # tokens between "from" and what the base lies in that aircraft came from
_AT = frozenset({"on", "toward"})
_AROUND = 14
# Tokens before a date within which "since" opens a stretch; the second where no comma stands between ("since the protests on the border
# of X began in March").
_SINCE, _BEGUN = 6, 14
_BEGIN, _SOME_DAYS = frozenset({"begin"}), 3
_CAUSE = frozenset({"cause"})
_BAR, _SIGNS = "|", frozenset({"So", "Sk"})  # Unicode categories of the signs with which lines of posts begin
_BACKED = frozenset({"backed", "support", "led"})
_ASIDE = frozenset({"aside"})
TOLD_SINCE = "day of what is told behind since"  # the rule of such a date
_HELD = frozenset({"abducted", "arrested", "captured"})
_UNARMED = frozenset({"civilians", "state", "tribe"})  # sorts of parties whose people are not fighters by that alone


class Report(Mentions):
    """A document's text and its mentions, each list in the order of the text."""

    def __init__(self, document: Document, text: Text, found: Sequence[Trigger], language: str) -> None:
        super().__init__(text, language)
        self.document = document
        self.published = datetime.date.fromisoformat(document.published) if document.published else None
        self.triggers = list(found)

    def recognise(self, left_out: frozenset[int], gazetteer: Gazetteer | None) -> Iterator[None]:
        """Recognises all that the text names, one kind of mention after another, with a pause after each.

        Args:
            left_out: tokens that are no part of the report.
            gazetteer: where places are looked up.
        """
        document, text, language = self.document, self.text, self.language
        self.conjunction, self.to, self.by, self.plain, self.will = letters_of(language)
        found = dates.find(text, self.published, language=language)
        title = Text(document.title) if document.title else None
        remembered = with_anniversaries(text, found, self.published, language)
        self.dates: list[DateMention] = with_chronicle(text, remembered, self.published, title, language)
        yield
        self._settle_days()
        tolls = (self.clauses.marks[at] for at in self.clauses.marked(_ASIDE, 0, len(text.tokens)))
        self.clauses.set_aside([*((d.first, d.last) for d in self.dates), *((m.first, m.last) for m in tolls)])
        self.clauses.set_aside_helpers({t.index for t in self.triggers})
        named = parties.look(text, document.published, language)
        yield
        lands, rows = named.lands(language), rows_of(text, language)
        mentions = [
            replace(m, flags=m.flags | {"away"}) if self._launched_from(m) else m
            for m in toponyms.find(text, gazetteer, language, lands, rows)
        ]
        yield
        self.places = resolve(mentions, text, PlaceContext(lands=lands), gazetteer, language)
        yield
        away = frozenset(p.mention.first for p in self.places if "away" in p.mention.flags)
        self.countries: list[str] = _countries([p for p in self.places if p.mention.first not in away] or self.places)
        self.parties = parties.find(text, document.published, self.countries, title, language, away, named)
        yield
        armed = {i for p in self.parties if p.sort not in _UNARMED for i in range(p.first, p.last + 1)}
        self._settle_names(armed)
        self.lands = Lands(text, self.places, gazetteer, language)
        # Places told by words that name none, each group in the order of the text.
        self.anaphors: list[ResolvedPlace] = [*anaphors(text, self.places, language), *self.lands.throughout()]
        yield
        self.vague_lands: list[ResolvedPlace] = self.lands.vague()
        self._party_firsts = [p.first for p in self.parties]
        inside = {i for p in self.parties if p.sort != "civilians" for i in range(p.first + 1, p.last + 1)}
        # No event is named inside the name of a party.
        self.triggers = [
            t
            for t in self.triggers
            if t.index not in inside
            and (t.then != triggers.AT_PLACE or at_place(t, self.places, self.parties, self.dates, self.clauses))
        ]
        self.quantities = numbers.find(text, language)
        yield
        self.counted = frozenset(q.tail for q in self.quantities if not q.definite)  # last tokens of indefinite numbers
        events = {t.index for t in self.triggers if t.kind == "attack"}
        # Who is named by an attack ("the Saudi aggression") does not lend its name to the victims of it.
        attacks = {i for p in self.parties if p.first in events for i in range(p.first, p.last + 1)}
        mentions_of_harm = harm.find(text, self.quantities, armed - attacks, language)
        left = [h for h in mentions_of_harm if h.victims not in left_out]
        self.harm = officers(left, self.parties, self.triggers, self, self.clauses)
        self.parties = their_parties(self.parties, self.harm)
        yield
        opened = {p.mention.opening for p in self.places}
        self.rows = rows if any(row.first in opened for row in rows) else []  # of a list of tolls by place
        towns = _towns(self.places)
        # Tokens of names of places that are no sites.
        self.named = frozenset(
            i for p in self.places if p.mention.kind != "site" for i in range(p.mention.first, p.mention.last + 1)
        )
        people = {h.victims for h in self.harm}  # "a farmer was killed" is written like "farms"
        self.sites: list[SiteMention] = [s for s in sites.find(text, language) if s.head not in towns and s.head not in people]
        self.seats = seats(text, self.clauses, self.places, language)  # words that only tell whose stronghold a place is
        self.sites = [s for s in self.sites if s.head not in self.seats]
        yield
        located = {p.mention.first for p in self.places if p.mention.located and p.mention.kind != "site"}
        self.weapons: list[WeaponMention] = [w for w in weapons.find(text, language) if w.first not in located]
        things = {s.head for s in self.sites} | {w.first for w in self.weapons}
        # "Held three lorries": nobody was arrested.
        self.harm = [h for h in self.harm if h.head >= 0 or h.kind not in _HELD or h.last + 1 not in things]
        yield
        # "Aircraft believed to be Russian": in doubt is who, not whether.
        self.cues: list[Cue] = [c for c in modality.find(text, language) if c.first not in towns and c.first not in inside]
        yield
        said = attribution.find(text, document.published, document.publisher, language)
        self.attributions = whole_names(said, self.parties, text)
        yield
        self.parties = own_arms(self.parties, self.attributions, self.clauses)
        self.parties = own_aircraft(self.parties, self.attributions, self.clauses)
        self.parties = own_soldiers(self.parties, self.attributions)
        speakers = sorted((a.first, a.last) for a in self.attributions)
        self._speaker_firsts = [first for first, _ in speakers]
        # The last token of all speakers that begin at one or before it.
        self._speaker_lasts = list(accumulate((last for _, last in speakers), max))
        self.title_lemmas = frozenset([t.lemma for t in triggers.find(title, language)] if title is not None else ())
        self.weights = weights()
        # Kept by the module that compares anchors: profiles by the identity of their facts, events by that of their first facts.
        self.profiles: dict[int, object] = {}
        self.together: dict[int, object] = {}
        self.by_letters = tuple(letters for letters in self.by if letters)
        outlets = {i for a in self.attributions for s in a.sources if s.kind == "news" for i in range(s.first, s.last + 1)}
        speaking = {(s.first, s.last) for a in said for s in a.sources}
        if speaking:
            # "Aden Tomorrow" is a paper, and no place; "Tel Aviv disclosed": its government.
            self.places = [
                replace(p, mention=replace(p.mention, flags=p.mention.flags | {"source"}))
                if p.mention.first in outlets or (p.mention.first, p.mention.last) in speaking
                else p
                for p in self.places
            ]
        told = {a.last for a in self.attributions}
        # "sources told the site X": an outlet, and no position.
        self.sites = [s for s in self.sites if s.proclitic != self.to or s.first - 1 not in told]
        self._contents = contents_of(language)
        self._around: dict[int, frozenset[str]] = {}
        self.states = entries_of(language, "state")
        self.expulsions = entries_of(language, "expel")
        self.onto = entries_of(language, "onto")
        self.losses = entries_of(language, "lose")
        self.seizures = entries_of(language, "overrun")
        self.happenings = entries_of(language, "happens")
        self.boasts = entries_of(language, "boast")
        self.own_deeds = entries_of(language, "deed")
        self.mournings = entries_of(language, "mourn")
        self.killings = entries_of(language, "killing")
        self.remains = entries_of(language, "remains")

    def _settle_days(self) -> None:
        """Part the words that a part of day shares with a verb: "at dawn today" is no "he blew up today"."""
        days = {i for d in self.dates for i in range(d.first, d.last + 1)}
        self.triggers = [t for t in self.triggers if not (t.verb and t.index in days)]

    def _settle_names(self, armed: Container[int]) -> None:
        """Part the words that a place shares with an event word or with the name of an armed party."""
        verbs = {t.index for t in self.triggers if t.verb}
        places = {r.mention.first for r in self.places if r.mention.located or r.mention.class_first >= 0}
        self.triggers = [t for t in self.triggers if not ((t.verb or t.kind == "munition") and t.index in places)]
        wholes = lemmas_of(self.language, "whole")
        whole = {
            r.mention.form.removeprefix(self.text.tokens[r.mention.first].form + " "): r
            for r in reversed(self.places)
            if self.text.tokens[r.mention.first].form in wholes and r.mention.last > r.mention.first
        }
        # Kept in the list, where others point to them by number, but as no place of an event.
        self.places = [
            replace(r, mention=replace(r.mention, flags=r.mention.flags | {"org"}))
            if r.mention.first in armed
            or (r.mention.first in verbs and r.mention.first not in places)
            or self.clauses.mark_before(r.mention.first, 2, r.mention.first - 2, _BACKED)
            else replace(whole[r.mention.form], mention=r.mention)
            if r.mention.form in whole and r.mention.class_first < 0
            else r
            for r in self.places
        ]

    def opens_stretch(self, date: DateMention) -> bool:
        """Whether a word for "since" stands before a date that tells no stretch itself."""
        return self.stretch_opening(date) >= 0

    def stretch_opening(self, date: DateMention) -> int:
        """The word for "since" before a date that tells no stretch itself, or -1."""
        if date.duration or date.rule == TOLD_SINCE:
            return -1
        low = max(0, date.first - _BEGUN)
        if lemmas_of(self.language, "since").isdisjoint(self.text.forms[low : date.first]):
            return -1
        at = next(at for at in range(date.first - 1, low - 1, -1) if self.way_at(at) == "since")
        return at if date.first - at <= _SINCE or not self.clauses.commas(at, date.first) else -1

    def told_since(self, index: int) -> bool:
        """Whether a token begins what something is counted from or compared with ("the worst attack since [that] the group lost X")."""
        return self.way_before(index, "since", 2)

    def dates_beginning(self, date: DateMention) -> bool:
        """Whether a date is that of the beginning of something named behind "since" ("since the war broke out in 2011")."""
        opened = self.stretch_opening(date)
        return opened >= 0 and bool(self.clauses.marked(_BEGIN, opened + 1, date.first))

    def begins_stretch(self, date: DateMention) -> bool:
        """Whether a verb of beginning stands right before a date some days old ("the operation that began two weeks ago")."""
        if date.duration or date.until is None or self.published is None or (self.published - date.until).days < _SOME_DAYS:
            return False
        return bool(self.clauses.marked(_BEGIN, max(date.first - _SINCE, self.clauses.sentence(date.first)[0]), date.first))

    def way_to(self, mention: PlaceMention) -> str:
        """The way of the word before a place and its bearings ("from X", "from the south of X": "from"), or "".

        In "parts of X", "each of X and Y", "not far from X" and "the southern regions of X" nothing came from there.
        """
        if "away" in mention.flags:
            return "from"
        forms, at = self.text.forms, mention.opening - 1
        inner = place_words(self.language).inner
        while at >= 0 and forms[at] in inner:
            at -= 1
        way = self.way_at(at)
        bears = mention.bearing is not None and at >= 0 and self.text.tokens[at].start >= mention.bearing_start
        bears = bears or (at > 0 and forms[at - 1] in place_words(self.language).roles["direction"])
        return "" if way == "from" and (bears or self.way_before(at, "part", 2)) else way

    @cached_property
    def passing(self) -> frozenset[int]:
        """First tokens of the places that are told in passing only."""
        return passing_places(self.text, self.places, {s.head for s in self.sites}, self.side_by_side, self.language)

    def _launched_from(self, mention: PlaceMention) -> bool:
        """Whether rockets or aircraft came from a place, or from a base in it: what is told then took place elsewhere."""
        at = mention.opening - 1
        if self.way_to(mention) == "from":
            return self.way_before(at, "launched")
        if self.way_at(at) != "in":
            return False
        begin = max(self.text.sentences[self.text.tokens[at].sentence][0], at - _BASE)
        for index in range(at - 1, begin - 1, -1):
            form = self.text.forms[index]
            if form.startswith(self.conjunction) or (self.text.tokens[index].kind != "w" and form not in QUOTES):
                return False
            if self.way_at(index) in _AT:
                return False  # "fired from X at a house in Y"
            if self.way_at(index) == "from":
                return self.way_before(index, "launched")
        return False

    def cause_before(self, index: int) -> bool:
        """Whether a word that makes what follows a cause or a time stands right before a token ("after", "during")."""
        mark = self.clauses.mark_before(index, 2, max(0, index - 2), _CAUSE)
        return mark is not None

    def around(self, index: int) -> frozenset[str]:
        """Content words around a token, in its sentence, without clitics; and numbers."""
        known = self._around.get(index)
        if known is None:
            begin, end = self.clauses.sentence(index)
            forms = self.text.forms[max(begin, index - _AROUND) : min(end, index + _AROUND + 1)]
            known = self._around[index] = frozenset(filter(None, map(self._contents.__getitem__, forms)))
        return known

    @cached_property
    def _entries(self) -> list[int]:
        """Years that open the lines of a chronicle."""
        return [d.first for d in self.dates if opens_line(self.text, d)]

    @cached_property
    def _items(self) -> list[int]:
        return items_of(self.text)

    def item(self, index: int) -> int:
        """The first token of the line of a list in which a token stands, -1 where there is none."""
        at = bisect_right(self._items, index)
        first = self._items[at - 1] if at else -1
        return first if at and self.clauses.paragraph(first) == self.clauses.paragraph(index) else -1

    def entry(self, index: int) -> int:
        """The year that opens the line of a chronicle in which a token stands, -1 where there is none."""
        at = bisect_right(self._entries, index)
        return self._entries[at - 1] if at else -1

    def carried_place(self, index: int, home: frozenset[str]) -> ResolvedPlace | None:
        """The place of the passage: the last one told before a token in its paragraph or the one before, outside some countries.

        Of one and what contains it, told in one sentence, it is the narrower.
        """
        paragraph, entry, best = self.clauses.paragraph(index), self.entry(index), None
        item = self.item(index)
        listed = self.clauses.paragraph(self._items[0]) if item >= 0 else paragraph
        for resolved in self.places:
            mention = resolved.mention
            if mention.first > index:
                break
            if (
                mention.first > entry
                and mention.event_place
                and self.item(mention.first) in (-1, item)
                and min(paragraph, listed) - self.clauses.paragraph(mention.first) <= 1
                and not self.in_speaker(mention.first, mention.last)
                and mention.first not in self.passing
                and resolved.place.country not in home
                and not (best and self.clauses.same_sentence(best.mention.first, mention.first) and lies(best, resolved))
            ):
                best = resolved
        return best

    @cached_property
    def _quotes(self) -> Quotes:
        return Quotes(self.text, self.language)

    def quoted(self, index: int) -> bool:
        """Whether a token stands in a quotation that begins in its sentence."""
        depth, open_mark = self._quotes.opened(self.clauses.sentence(index)[0], index)
        return depth > 0 or open_mark

    def is_posted(self, index: int) -> bool:
        """Whether the line of a token begins with a sign or is one of a list, as in posts, which tell what happened in the present tense."""
        if self.item(index) >= 0:
            return True
        tokens, at = self.text.tokens, self.clauses.sentence(index)[0]
        while at < index and tokens[at].kind == "b":
            at += 1
        opening = tokens[at]
        begins = not at or tokens[at - 1].kind == "b"
        return begins and is_sign(opening)

    def is_background(self, index: int) -> bool:
        """Whether the sentence of a token recalls something older."""
        begin, end = self.clauses.sentence(index)
        while begin < end and self.text.tokens[begin].kind == "b":
            begin += 1  # the break that ends the line before
        mark = self.clauses.marks.get(begin)
        return mark is not None and "before" in mark.types


def is_sign(token: Token) -> bool:
    """Whether a token is a sign that stands for no word, as posts have them before a line or between its parts."""
    return token.kind == "p" and (token.form == _BAR or unicodedata.category(token.form[0]) in _SIGNS)


def report_of(document: Document, gazetteer: Gazetteer | None = None, language: str = "ar") -> Report | None:
    """The report of a document, or None if nothing in it can name an event or tell of harm."""
    return finished(report_steps(document, gazetteer, language))


def report_steps(document: Document, gazetteer: Gazetteer | None, language: str) -> Steps[Report | None]:
    """Makes what ``report_of`` gives in steps."""
    text = Text(document.text)
    yield
    left_out = asides(text, language)
    yield
    found = [t for t in triggers.find(text, language, at_places=True) if t.index not in left_out]
    if borrowed(text, language):
        return None
    if not found and not _tells_harm(text, language):
        return None
    report = Report(document, text, found, language)
    yield from report.recognise(left_out, gazetteer)
    return report


def _tells_harm(text: Text, language: str) -> bool:
    at, role = predicates_of(language).at, words_of(language).role
    words = [token.form for token in text.tokens if token.kind == "w"]
    return any(any(p.kind for p in at(form)) or role(form)[0] == "toll" for form in words)


def _towns(places: Sequence[ResolvedPlace]) -> set[int]:
    """Tokens that are the whole name of a known place behind its class word or in a list: the name is no word there."""
    return {
        m.first
        for m in (place.mention for place in places)
        if m.first == m.last and m.candidates and (0 <= m.class_first < m.first or "list" in m.flags)
    }


def _countries(places: Sequence[ResolvedPlace]) -> list[str]:
    counts = Counter(p.place.country for p in places if p.place.country)
    first = {p.place.country: -n for n, p in reversed(list(enumerate(places)))}
    return [c for c, _ in sorted(counts.items(), key=lambda item: (-item[1], -first[item[0]]))]
