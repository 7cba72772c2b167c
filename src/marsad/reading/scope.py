"""Scope: whether a claim tells one event, or a toll over several events or a stretch of time.

A toll over a stretch must never be counted as an incident. The signs are weighed (``scope.*`` in ``packs/weights.tsv``, learned by
``tools/learn_weights.py``).
"""

from __future__ import annotations

import math

from marsad.reading.anchors import family
from marsad.reading.fit import fit_signs
from marsad.reading.joining import Event
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import Report
from marsad.reading.weights import present

__all__ = ["part_of", "scope", "scope_signs"]

_LONG = 3
_NEAR = 2  # sentences from a toll to its parts
_TIES, _LOOSE = frozenset({"same_kind", "same_family", "harm_only", "same_source"}), frozenset({"compatible", "no_place"})
_APART = frozenset({"other_place", "recalled"})
_IMMENSE = {"killed": 1_000, "injured": 3_000, "displaced": 100_000}
_NEVER = 10**12
_STRETCHED = frozenset({"begun", "duration", "plural", "range", "series_word", "span", "stretch_word", "toll_word"})
_FEW, _MANY, _HUGE = 3, 20, 150
_WIDE = frozenset({"country", "governorate", "area"})
_NARROW = frozenset({"site", "neighbourhood", "village", "town"})
_SINCE = "since"  # the rule of a stretch of time that began on a day that is told
_SPANS = frozenset({"month", "season", "year", "week"})


def scope(report: Report, event: Event, place: ResolvedPlace | None) -> str:
    """``aggregate`` or ``event``; a toll beyond what one event takes is an aggregate where no single day is told with it."""
    told = scope_signs(report, event, place)
    if "day" not in told and any(m.min is not None and m.min >= _IMMENSE.get(m.kind, _NEVER) for m in event.harm):
        return "aggregate"
    if event.first.anchor.until >= 0 and "span" in told:
        return "aggregate"  # a toll that is told by whom people fell, or a part of it
    if "day" in told and "agent" in told and told.keys().isdisjoint(_STRETCHED):
        return "event"  # what one party did on one day
    return "aggregate" if report.weights.score("scope", told) >= 0 or part_of(report, event) is not None else "event"


def part_of(report: Report, event: Event) -> Event | None:
    """The toll over a stretch of time, told right before, of which an event is a part or another figure; None if it is none."""
    toll = event.nearest
    if toll is None or any(f.dates for f in event.facts) or all(m.min is None for m in event.harm) or event.first.anchor.total:
        return None  # a running total holds what was told right before it
    summed = any(d.rule == _SINCE for f in toll.facts for d in f.dates)
    if summed and {m.kind for m in event.harm}.isdisjoint(m.kind for m in toll.harm):
        return None  # who was arrested is none of those who died since the war began
    last, first = toll.facts[-1].anchor.index, event.first.anchor.index
    if last > first or report.clauses.turns(last, first) or report.clauses.sentences_apart(last, first) > _NEAR:
        return None
    signs = set(fit_signs(report, toll.facts, event.first, True))
    if (signs.isdisjoint(_TIES) and not signs >= _LOOSE) or not signs.isdisjoint(_APART):
        return None
    told = scope_signs(report, toll, None)
    long = ("range" in told or "duration" in told) and report.weights.score("scope", told) >= 0
    if long:
        return toll
    return part_of(report, toll) if harmed_alone(event) and harmed_alone(toll) else None  # "X with 15, Y with 11, Z with 9"


def harmed_alone(event: Event) -> bool:
    """Whether an event is told by tolls alone."""
    return all(f.anchor.trigger is None for f in event.facts)


def scope_signs(report: Report, event: Event, place: ResolvedPlace | None) -> dict[str, float]:
    """The signs by name, each with its strength (1, or the size of the toll in powers of ten); absent ones are left out."""
    found: dict[str, object] = {"always": 1.0}
    harm, first = event.harm, event.first.anchor
    numbers = [m.min for m in harm if m.min is not None]
    dates = [d for f in event.facts for d in (*f.dates, *([f.shared_date] if f.shared_date else []))]
    found["harm"] = harm
    found["agent"] = any(f.roles.agents for f in event.facts)
    found["many"] = numbers and max(numbers) >= _MANY
    found["huge"] = numbers and max(numbers) >= _HUGE
    found["few"] = numbers and max(numbers) <= _FEW
    found["no_number"] = not numbers
    if numbers and max(numbers) > 1:
        found["size"] = math.log10(max(numbers))
    found["harm_only"] = all(f.anchor.trigger is None for f in event.facts)
    found["plural"] = first.plural
    found["definite_plural"] = first.plural and first.definite
    found["counted_plural"] = first.plural and any(q.tail == first.index - 1 for q in report.quantities)
    opened = [d for d in dates if report.opens_stretch(d)]
    if dates:
        found["begun"] = any(report.begins_stretch(d) for d in dates)
        found["duration"] = opened or any(d.duration for d in dates)
        found["span"] = any(d.precision in _SPANS for d in dates)
        found["range"] = any(d.since and d.until and (d.until - d.since).days >= _LONG for d in dates)
        found["day"] = any(d.since and d.since == d.until and d not in opened for d in dates)
    ways = frozenset[str]().union(*[report.ways_in_sentence(f.anchor.index) for f in event.facts])
    found["stretch_word"] = "stretch" in ways or "since" in ways
    found["toll_word"] = "toll" in ways
    found["series_word"] = any(report.way_before(f.anchor.index, "series") for f in event.facts)
    found["wide"] = place is not None and place.place.kind in _WIDE
    found["narrow"] = place is not None and place.place.kind in _NARROW
    found["country"] = place is not None and place.place.kind == "country"
    found["lead"] = report.text.tokens[first.index].sentence == 0
    found["counter"] = any(s.kind in ("un", "ngo", "monitor") for f in event.facts for s in f.sources)
    found["weapon"] = any(f.weapons for f in event.facts)
    found["site"] = any(f.sites for f in event.facts)
    found[f"kind_{family(first.kind)}"] = True
    return present(found)
