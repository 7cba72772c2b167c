"""Event places: which place each event has — one of its own words, one that it is taken up from, or that of the passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from marsad.reading.anchors import family
from marsad.reading.facts import Facts
from marsad.reading.joining import Event
from marsad.reading.placerank import SETTLED
from marsad.reading.placerecord import unnamed
from marsad.reading.places import ResolvedPlace
from marsad.reading.placeseries import gathered, inside, may_lie, several
from marsad.reading.placewords import place_words
from marsad.reading.raids import abroad, homes, land_of_victims, lands_of_raiders, struck_land
from marsad.reading.report import Report
from marsad.reading.scope import scope
from marsad.reading.totals import begun_long_ago, of_hours
from marsad.reading.ways import lemmas_of
from marsad.text.fold import fold

__all__ = ["events_with_places", "theatre"]

_UNNAMED, _DETAIL = 14, 4  # tokens from an event to the place of an unnamed one, and sentences to its name
_LEAD = 1  # sentences behind the first one that still belong to the lead
_PASSAGE = 3  # sentences that a place carries over
_ARRESTS = frozenset({"arrest", "seize"})
# Kinds of sources that tell of their own country; the others do so of what they detain.
_LOCAL, _RULING = frozenset({"monitor", "security", "medical", "rescuers"}), frozenset({"government", "belligerent"})
_GUARDING = frozenset({"defence", "arrest", "battle"})
_MANY = 2  # places of a country, and how often as many as of any other, that make it that of the report
_BATTLE, _OPERATION, _GROUND = "battle", "operation", "ground"
_WHOLE, _DEFENCE, _FLOWN = "whole", "defence", frozenset({"strike", "defence"})
_GREAT, _DEATHS = 1_000, frozenset({"killed", "displaced"})  # deaths that are those of a war
_WIDE = {"country": 5, "governorate": 4, "area": 3, "district": 3, "subdistrict": 2, "city": 1, "town": 1}


def events_with_places(report: Report, events: list[Event]) -> Iterator[tuple[Event, ResolvedPlace | None]]:
    """Each event with its place; a place may carry over from the event before."""
    places: dict[int, ResolvedPlace] = {}
    before: Event | None = None
    for event in events:
        place, carried = _place(report, event, events, places)
        if carried and place is not None and (scope(report, event, place) == "aggregate" or _since_begun(report, event)):
            place = _reach(report, event, place, before)
        if place is not None:
            places[id(event)] = place
        before = event
        yield event, place


def _since_begun(report: Report, event: Event) -> bool:
    """Whether a toll without a place of its own was counted since something began: that of the event before tells nothing of its extent."""
    undated = not any(f.dates or f.shared_date for f in event.facts)
    return undated and any(begun_long_ago(report, m) for m in event.harm) and scope(report, event, None) == "aggregate"


def _place(
    report: Report, event: Event, events: list[Event], places: dict[int, ResolvedPlace]
) -> tuple[ResolvedPlace | None, bool]:
    """The place of an event, and whether it is that of the passage.

    It is the narrowest one that the event's own sentences tell; else that of its sentence, its base or the passage; else the
    country of those who tell of it.
    """
    home = homes(report, event)
    named = abroad(report, event, home) if home else [f.places for f in event.facts]
    # A strike is not put where its rockets came from, nor an event where a place is told in passing, if anything else is told.
    flown = any(family(f.anchor.kind) in _FLOWN for f in event.facts)
    passed = next((p for n in named for p in n if _aside(report, p, flown)), None)
    if passed is not None:
        named = [[p for p in n if not _aside(report, p, flown)] for n in named]
    passage = partial(_carried_place, report, event, events, places, home)
    told = [gathered(report, n, passage) if n else f.anaphor for f, n in zip(event.facts, named, strict=True)]
    own = [place for place in told if place is not None]
    if own:
        best = own[0]
        first, its = next((f, n) for f, n, place in zip(event.facts, named, told, strict=True) if place is not None)
        if its and (best is not its[0] or several(report, its)):
            return best, False  # an event in several places is in none of them
        further = [(f, p, n) for f, p, n in zip(event.facts, told, named, strict=True) if p is not None][1:]
        for facts, place, its in further:
            taken = family(facts.anchor.kind) == _GROUND and place.place.kind in SETTLED
            if first.anchor.kind == _OPERATION and taken and place.place.name not in best.place.within:
                best = place  # "began an operation in the countryside of X and took the town of Y"
                break
            if not several(report, its) and _scattered(report, place, its):
                break  # what is told in detail took place in several
            if place.place.kind == "site" and best.place.kind in SETTLED:
                continue  # a port or airport told later is one point of several in the town
            called = best.entry.label if best.entry is not None else best.place.name  # "the Bank" is the West Bank
            if {best.place.name, called} & set(place.place.within) or (_width(place) < _width(best) and inside(place, best)):
                best = place
        for facts in event.facts:
            shared = facts.shared_place
            if shared is None or facts.anaphor is not None or shared.mention.first < facts.anchor.index:
                continue
            led = bool(facts.places) and _led(report, events, shared) and inside(shared, best)
            if shared.mention.located and (led or (not facts.places and _shares(report, event, events, shared, best))):
                best = shared
        return _detailed(report, event, events, _named_after(report, first, _called(report, best))), False
    beside = [p for f in event.facts if (p := f.shared_place) is not None and p.place.country not in home]
    sure = next((p for p in beside if not _aside(report, p, flown)), None)
    if sure is not None:
        return _named_after(report, event.first, sure), False
    if event.base is not None and id(event.base) in places:
        return places[id(event.base)], False
    carried, land = _carried_place(report, event, events, places, home), _land(report, event)
    if carried is None and (beside or passed is not None):
        if passed is not None and all(family(f.anchor.kind) == _DEFENCE for f in event.facts):
            return None, False
        aside = passed or beside[0]
        left = report.way_to(aside.mention) == "from"
        home_land = _land_of_guards(report, event) if left else None
        if left and event.harm and "away" in aside.mention.flags:
            home_land = home_land or struck_land(report, event) or _vague(report, event, home)
            if home_land is None:
                return None, False  # where a rocket was launched from is not where it fell
        return (home_land if home_land is not None and home_land.place.country != aside.place.country else aside), False
    struck = struck_land(report, event)
    if struck is not None and (carried is None or carried.place.country != struck.place.country):
        return struck, False
    vague = _vague(report, event, home)
    if home:
        victims = land_of_victims(report, event) if carried is None else None
        if victims is not None:
            return _only_one(events, places, victims), False
    elif land is not None and (carried is None or _outweighs(event, land, carried)):
        return _only_one(events, places, land), False
    if vague is None or (home and carried is not None):
        return carried, True
    return vague, False


def _land_of_guards(report: Report, event: Event) -> ResolvedPlace | None:
    """The country, told by an adjective, of those who were hit by who came from elsewhere, or who kept it out ("the Jordanian guard
    seized drugs that came from X")."""
    hit = land_of_victims(report, event)
    if hit is not None or family(event.first.anchor.kind) not in _GUARDING:
        return hit
    guards = [p for f in event.facts for p, _ in f.roles.agents if p.kind == "state_force"]
    return next((land for p in guards if (land := report.lands.within(p.first, p.last)) is not None), None)


def _aside(report: Report, place: ResolvedPlace, flown: bool) -> bool:
    """Whether a place is told in passing, or is where the rockets of a strike came from."""
    return place.mention.first in report.passing or (flown and report.way_to(place.mention) == "from")


def _scattered(report: Report, place: ResolvedPlace, found: list[ResolvedPlace]) -> bool:
    """Whether settlements are told beside a place that lie neither in it nor around it."""
    return any(
        p.place.kind in SETTLED and p.place.name != place.place.name and not inside(p, place) and not inside(place, p)
        for p in found
        if p.mention.located and not p.mention.bearing and report.way_to(p.mention) != "from"
    )


def _shares(report: Report, event: Event, events: list[Event], shared: ResolvedPlace, best: ResolvedPlace) -> bool:
    """Whether a place beside an event is the narrower one of the place that the event has.

    In a country it must be the place of no other event, and the event no toll.
    """
    if shared.mention.first in report.passing or not inside(shared, best) or shared.place.kind == "country":
        return False
    if best.place.kind != "country":
        return True
    elsewhere = any(shared in f.places for e in events if e is not event for f in e.facts)
    return not elsewhere and scope(report, event, best) == "event"


def _led(report: Report, events: list[Event], place: ResolvedPlace) -> bool:
    """Whether a place is that of what led to something told before ("took the province of Y after fighting in the town of X").

    Not one of several ("arrested 11 in the province of Y during raids on the towns of X and Z").
    """
    led = (f for e in events for f in e.facts if place in f.places and not several(report, f.places))
    return any(report.cause_before(f.anchor.first) for f in led)


def theatre(report: Report, event: Event) -> ResolvedPlace | None:
    """The country of an event that no words put anywhere: that of its report, or of those harmed, if places of the report lie there."""
    lands = {p.place.country for p in report.places if p.mention.event_place and p.place.country}
    if len(lands) > 1 and report.entry(event.first.anchor.index) >= 0:
        return None  # each line of a chronicle of the world is of somewhere else
    main = _main_land(report, event)
    if main is not None:
        return main
    victims = land_of_victims(report, event)
    told = victims is not None and any(p.mention.event_place and p.place.country == victims.place.country for p in report.places)
    return victims if told else None


def _main_land(report: Report, event: Event) -> ResolvedPlace | None:
    """The country in which most places of a report lie, or None.

    None too where its sentence tells of people of other countries alone, beside who did it and who says so. The evidence is the first place of that country.
    """
    home = homes(report, event)
    places = [p for p in report.places if p.mention.event_place and p.place.country and p.place.country not in home]
    counts = Counter(p.place.country for p in places).most_common(2)
    if not counts or counts[0][1] < _MANY or (len(counts) > 1 and counts[0][1] < _MANY * counts[1][1]):
        return None
    code = counts[0][0]
    theirs = {i for f in event.facts for p, _ in f.roles.agents for i in range(p.first, p.last + 1)}
    spans = [report.clauses.sentence(f.anchor.index) for f in event.facts]
    told = [told for begin, end in spans for told in report.lands.told_between(begin, end)]
    if code not in {c for _, c in told} and any(i not in theirs and not report.in_speaker(i, i) for i, _ in told):
        return None
    here = [p for p in places if p.place.country == code]
    land = next((p for p in here if p.place.kind == "country" and not p.mention.country), None)
    if land is None:
        land = _holder(report, here[0], -1)
    return land if land.place.kind == "country" else None


def _called(report: Report, place: ResolvedPlace) -> ResolvedPlace:
    """A capital that is told by an adjective ("the Libyan capital") under its name, where the report has that."""
    if not place.mention.country or place.entry is None or place.place.kind != "city":
        return place
    named = (p for p in report.places if p.entry is not None and p.entry.id == place.entry.id and not p.mention.country)
    return next((p for p in named if p.mention.event_place), place)


def _named_after(report: Report, facts: Facts, place: ResolvedPlace) -> ResolvedPlace:
    """The place that a later sentence names where an event is told in one without a name ("a village in X ... the village of Y").

    It is told with the same class word and lies in the place; the place itself where there is none, or more than one.
    """
    tokens, words = report.text.tokens, place_words(report.language)
    begin, end = facts.anchor.last + 1, place.mention.opening
    if not begin <= end <= begin + _UNNAMED:
        return place
    unnamed = next(
        (
            word.bare
            for token in tokens[begin:end]
            for _, word, definite in words.classes(token.form)
            if not definite and word.joins == "cut" and word.number == "s" and word.kind != "area"
            if all(p.mention.class_first != token.index for p in report.places)
        ),
        None,
    )
    if unnamed is None:
        return place
    found: dict[str, ResolvedPlace] = {}
    for other in report.places:
        mention = other.mention
        if mention.first < end or mention.class_first < 0 or not mention.event_place or not may_lie(other, place):
            continue
        if report.clauses.sentences_apart(begin, mention.first) > _DETAIL:
            break
        if any(word.bare == unnamed for _, word, _ in words.classes(tokens[mention.class_first].form)):
            if not found and report.clauses.sentences_apart(begin, mention.first) <= 1:
                return other
            found.setdefault(mention.form, other)
    return next(iter(found.values())) if len(found) == 1 else place


def _detailed(report: Report, event: Event, events: list[Event], place: ResolvedPlace) -> ResolvedPlace:
    """The one narrower place in that of the event of the lead that the sentences behind it name, before another event is told ("in the
    province of X ... The bomb had been laid in the town of Y")."""
    if (
        place.place.kind not in _WIDE
        or place.place.kind == "country"
        or any(f.anchor.total for f in event.facts)
        or event.first.anchor.status != "asserted"
    ):
        return place
    if report.clauses.sentences_apart(0, event.first.anchor.index) > _LEAD:
        return place
    last = max(f.anchor.last for f in event.facts)
    later = min((f.anchor.index for e in events if e is not event for f in e.facts if f.anchor.index > last), default=None)
    end = len(report.text.tokens) if later is None else report.clauses.sentence(later)[0]
    begin = report.clauses.sentence(last)[1]
    found, words = dict[str, ResolvedPlace](), place_words(report.language)
    for other in report.places:
        mention = other.mention
        if not begin <= mention.first < end or not mention.event_place or other.place.kind == "site":
            continue
        if not mention.located and not words.classes(report.text.forms[mention.opening - 1]):
            continue  # "in the territory X" has a class word that is none of the name
        if report.clauses.sentences_apart(last, mention.first) > _DETAIL or report.clauses.turns(last, mention.first):
            break
        if (
            mention.first in report.passing
            or report.way_to(mention) == "from"
            or fold(other.place.name) == fold(place.place.name)
        ):
            continue
        if place.place.name in other.place.within and _width(other) < _width(place):
            found.setdefault(mention.form, other)
    narrow = [p for p in found.values() if not any(p.place.name in q.place.within for q in found.values())]
    return narrow[0] if len(narrow) == 1 else place


def _carried_place(
    report: Report, event: Event, events: list[Event], places: dict[int, ResolvedPlace], home: frozenset[str]
) -> ResolvedPlace | None:
    """The place of the event told before in the passage, or the last place told in it; none in the countries of ``home``."""
    first = event.first.anchor.index
    for earlier in reversed([e for e in events if e.first.anchor.index < first and id(e) in places]):
        last = max(f.anchor.index for f in earlier.facts if f.anchor.index < first)
        if report.item(last) not in (-1, report.item(first)):
            continue  # each line of a list is of somewhere else
        if (
            last < report.entry(first)
            or report.clauses.turns(last, first)
            or report.clauses.sentences_apart(last, first) > _PASSAGE
        ):
            break
        place = places[id(earlier)]
        if place.place.country in home:
            continue
        if place.place.kind == "country" and scope(report, earlier, place) == "event":
            return _narrower(report, place, [e for e in events if e.first.anchor.index < first], places)
        return place
    return report.carried_place(first, home)


def _narrower(report: Report, country: ResolvedPlace, events: list[Event], places: dict[int, ResolvedPlace]) -> ResolvedPlace:
    """The last place told for events that is narrower than a country told in passing, if it lies there."""
    told = (places[id(e)] for e in reversed(events) if id(e) in places)
    place = next((p for p in told if p.place.kind != "country"), None)
    return place if place is not None and place.place.country == country.place.country else country


def _reach(report: Report, event: Event, place: ResolvedPlace, before: Event | None) -> ResolvedPlace:
    """What a toll without a place of its own reaches over, from the place of the passage.

    One of a war or a great one is told of the country, as is one of the last hours or days, one over years of the province of a town;
    one that goes on from a toll with a place of its own keeps that.
    """
    most, index = _most(event, place), event.first.anchor.index
    if most >= _GREAT and before is not None and _most(before, place) >= _GREAT and any(f.places for f in before.facts):
        return place
    if most >= _GREAT or report.way_in_sentence(index, "war"):
        # No country holds a sea: a great toll told behind what happened there is of the country of the report.
        return _land_of_war(report, place) if place.place.country is not None else theatre(report, event) or place
    dates = [d for f in event.facts for d in (*f.dates, *([f.shared_date] if f.shared_date else []))]
    if any(d.precision == "year" for d in dates) and place.place.kind in SETTLED:
        return _holder(report, place, -2)
    fought = any(family(f.anchor.kind) == _BATTLE for f in event.facts)
    begun = any(d.rule == "since" or report.opens_stretch(d) for d in dates)
    begun = begun or (not dates and report.way_in_sentence(index, "since"))
    if begun and place.place.kind in SETTLED | {"site"}:
        return _land_of_war(report, place)
    if place.place.country is not None and not fought and any(of_hours(report, m) for m in event.harm):
        return _land_of_war(report, place)
    return place


def _land_of_war(report: Report, place: ResolvedPlace) -> ResolvedPlace:
    """The country of a place, or the part of it that is told of as a land of its own ("the Gaza Strip")."""
    units = (place.place.name or "", *place.place.within)[:-1][-1:]
    if not any(fold(unit.split(" ")[0]) in lemmas_of(report.language, _WHOLE) for unit in units):
        return _holder(report, place, -1)
    return place if place.place.name in units else _holder(report, place, -2)


def _most(event: Event, place: ResolvedPlace) -> int:
    """The greatest toll of an event; those who were hurt count only for a place that is a town or village."""
    return max((m.min or 0 for m in event.harm if m.kind in _DEATHS or place.place.kind in SETTLED), default=0)


def _holder(report: Report, place: ResolvedPlace, number: int) -> ResolvedPlace:
    """What contains a place: its country at -1, the widest unit of that at -2; the place itself where that is not known."""
    names = place.place.within
    if len(names) < -number:
        return place
    name, within = names[number], names[len(names) + number + 1 :]
    named = next((p for p in report.places if p.place.name == name and p.mention.event_place), None)
    return named if named is not None else unnamed(place, name, within, place.place.evidence)


def _outweighs(event: Event, land: ResolvedPlace, carried: ResolvedPlace) -> bool:
    """Whether the country of those who tell of an event counts for more than the place of the passage, in another country.

    Not that of a state that acts in other lands, except in arrests.
    """
    return land.place.country != carried.place.country and (_detains(event) or land.place.country not in lands_of_raiders())


def _only_one(events: list[Event], places: dict[int, ResolvedPlace], land: ResolvedPlace) -> ResolvedPlace:
    """The one place of a country in which all earlier events there were put, or the country."""
    there = [p for e in events if (p := places.get(id(e))) is not None and p.place.country == land.place.country]
    return there[0] if there and len({p.mention.form for p in there}) == 1 else land


def _detains(event: Event) -> bool:
    return event.first.anchor.kind in _ARRESTS


def _land(report: Report, event: Event) -> ResolvedPlace | None:
    """The place or country of the authority that tells of an event, or that detains: police act in their own country."""
    detains = _detains(event)
    for facts in event.facts:
        spans = [(p.first, p.last) for p, _ in facts.roles.agents if detains and p.kind == "state_force"]
        spans += [(s.first, s.last) for s in facts.sources if s.kind in _LOCAL or (detains and s.kind in _RULING)]
        for first, last in spans:
            seat = next(
                (p for p in reversed(report.places) if first < p.mention.first and p.mention.last <= last and p.mention.located),
                None,
            )
            if seat is not None and not detains:
                return seat  # "the health ministry in Gaza"
            land = report.lands.within(first, last)
            if land is not None:
                return land
    return None


def _vague(report: Report, event: Event, home: frozenset[str]) -> ResolvedPlace | None:
    """The country that a sentence of an event tells without a place ("in the south of the country"), none of ``home``; or None."""
    if not report.vague_lands:
        return None
    tokens = report.text.tokens
    sentences = {tokens[f.anchor.index].sentence for f in event.facts}
    lands = (p for p in report.vague_lands if p.place.country not in home)
    return next((p for p in lands if tokens[p.mention.first].sentence in sentences), None)


def _width(place: ResolvedPlace) -> int:
    return _WIDE.get(place.place.kind or "", 0)
