"""Series of places: several that are told side by side as where one event took place, and what contains them."""

from __future__ import annotations

from collections.abc import Callable

from marsad.lexicon.clitics import pronouns
from marsad.reading.mentions import MARKS
from marsad.reading.placerecord import ResolvedPlace, unnamed
from marsad.reading.placewords import place_words
from marsad.reading.report import Report

__all__ = ["gathered", "inside", "may_lie", "several"]

_SERIES = 7  # tokens of a series between a place and what contains it
_SERIES_REACH = 10  # tokens from a place to what contains it and those told beside it
_BESIDE, _JOINED = 9, 3  # tokens from a building to the place told beside it, and letters of a word with more than "and" on it
_BRACKETS, _WHERE = frozenset("([{"), frozenset({"in", "on"})
_UNITS = frozenset({"governorate", "district", "subdistrict", "city"})


def several(report: Report, found: list[ResolvedPlace]) -> bool:
    return len(found) > 1 and len(_series(report, found)) > 1


def gathered(report: Report, found: list[ResolvedPlace], passage: Callable[[], ResolvedPlace | None]) -> ResolvedPlace:
    """The first place; of several told side by side, the place that contains them; ``passage`` gives that of the passage.

    What lies between two places, as a road does, is told of the first.
    """
    first, series = found[0], _series(report, found)
    early = min(series, key=lambda p: p.mention.first)
    if len(series) > 1 and report.text.forms[early.mention.opening - 1] in place_words(report.language).roles["between"]:
        return early
    if len(series) == 1:
        return _holder_of_series(report, first) or _holder_of_last(report, first) or _holder_of_both(report, first) or first
    told = next((report.places[p.container] for p in reversed(series) if p.container >= 0), None)
    if told is not None and told.place.kind != "country":
        return told  # "the towns of X and Y in Z"
    # Where an unlisted place lies is known by its company alone: it does not make the place that contains both any wider.
    known = [p for p in series if p.entry is not None] or series
    # A city that lies in no province but its own bears the name of what contains the others.
    seats = [p.place.name for p in known if p.place.kind == "city" and len(p.place.within) == 1 and len(known) > 1]
    names = [*seats, *known[0].place.within]
    common = next((n for n in names if n and all(n == p.place.name or n in p.place.within for p in known)), None)
    if common is None:
        return told or first
    around = _opening_around(report, series, common)
    if around is not None:
        return around
    if told is not None and (common == told.place.name or any(common not in p.place.within[:-1] for p in known)):
        return told  # "X and Y in the country": what contains both there, if anything, tells more
    if known is series and all(p.place.within[-1:] == (common,) for p in series):
        unit = told or _unit_of_series(report, series, passage)
        if unit is not None:
            return unit
    named = next((p for p in report.places if p.place.name == common), None)
    if named is not None:
        return named
    held = next(p for p in known if common in p.place.within)
    within = held.place.within[held.place.within.index(common) + 1 :]
    return unnamed(held, common, within, tuple(e for p in series for e in p.place.evidence))


def _opening_around(report: Report, series: list[ResolvedPlace], common: str) -> ResolvedPlace | None:
    """The area that the sentence of a series opens with, if it lies in what contains all of them ("In the north of X, ... the towns of Y
    and Z"), or None."""
    first = min(p.mention.first for p in series)
    before = report.places_between(report.clauses.sentence(first)[0], first)
    areas = (p for p in before if p.place.kind == "area" and p.mention.located and report.opens_with(p))
    return next((p for p in areas if p not in series and common in p.place.within), None)


def _series(report: Report, found: list[ResolvedPlace]) -> list[ResolvedPlace]:
    """The first place and those told side by side with it."""
    series, left = [found[0]], [p for p in found[1:] if p.place.kind != "country"]
    for place in [*left, *reversed(left)]:
        if place not in series and any(report.side_by_side(place.mention, p.mention) for p in series):
            series.append(place)
    return series


def _unit_of_series(
    report: Report, series: list[ResolvedPlace], passage: Callable[[], ResolvedPlace | None]
) -> ResolvedPlace | None:
    """Where a series of places lies that no gazetteer has: in the unit told behind it, or else in the place of the passage."""
    last, country = max(p.mention.last for p in series), series[0].place.country
    behind = (p for p in report.places if 0 < p.mention.opening - last <= _SERIES_REACH and p.mention.located)
    near = (p for p in behind if p.place.kind in _UNITS and p.mention.first not in report.passing)
    unit = next((p for p in near if report.clauses.same_sentence(last, p.mention.first)), None)
    if unit is None and all(len(p.place.within) <= 1 for p in series):
        unit = passage()
    return unit if unit is not None and unit.place.country == country and unit.place.kind not in ("country", "site") else None


def _holder_of_both(report: Report, place: ResolvedPlace) -> ResolvedPlace | None:
    """What contains a place that is told beside a building or camp that was hit with it ("on the camp and the quarter of X in Y"), or None."""
    tokens, opening = report.text.tokens, place.mention.opening
    if place.container < 0 or opening < 1:
        return None
    while opening > 0 and tokens[opening - 1].form in MARKS:
        opening -= 1
    attached = tokens[opening].form != report.conjunction and _joins(report, tokens[opening].form)
    if tokens[opening - 1].form != report.conjunction and not attached:
        return None
    begin = report.clauses.sentence(opening)[0]
    near = [s for s in report.sites if max(begin, opening - _BESIDE) <= s.first < opening]
    if not near or report.clauses.commas(near[-1].first, opening):
        return None
    parted = any(t.verb and near[-1].first < t.index < opening for t in report.triggers)
    return None if parted else report.places[place.container]


def _holder_of_series(report: Report, place: ResolvedPlace) -> ResolvedPlace | None:
    """What contains a series that goes on from a place with names that are no known places ("X and ... and ... in Z"), or None."""
    near = report.places_between(place.mention.last + 1, place.mention.last + 1 + _SERIES_REACH)
    behind = [p for p in near if p.mention.event_place]
    holder = next((p for p in behind if p.place.name in place.place.within), None)
    if holder is None or any(p.mention.located and not may_lie(p, holder) for p in behind[: behind.index(holder)]):
        return None
    between = report.text.tokens[place.mention.last + 1 : holder.mention.opening]
    tied = [t for t in between if _joins(report, t.form)]
    sites, ends = {s.head for s in report.sites}, pronouns(report.language)
    if any(t.index in sites and t.form.endswith(ends) for t in tied):
        return None  # "the town and its camp in Z"
    if not tied or len(between) > _SERIES or any(t.kind != "w" and t.form not in MARKS for t in between):
        return None
    parted = any(t.verb and place.mention.last < t.index < holder.mention.opening for t in report.triggers)
    return None if parted else holder


def _holder_of_last(report: Report, place: ResolvedPlace) -> ResolvedPlace | None:
    """What contains a series that ends in a place and begins with names that are no known places ("in ... and ... and X in Z"), or None."""
    tokens, at = report.text.tokens, place.mention.opening
    if place.container < 0 or not _joins(report, tokens[at].form):
        return None
    begin, sites = report.clauses.sentence(at)[0], {s.head for s in report.sites}
    for index in range(at - 1, max(begin, at - _SERIES) - 1, -1):
        token = tokens[index]
        named = token.kind == "w" and index not in sites and not report.triggers_between(index, index + 1)
        if not named or report.party_at(index, index) is not None:
            return None
        if not _joins(report, token.form):
            before = tokens[index - 1] if index > begin else None
            led = before is not None and (before.form in _BRACKETS or report.way_at(before.index) in _WHERE)
            return report.places[place.container] if led else None
    return None


def _joins(report: Report, form: str) -> bool:
    """Whether a word is "and", or has it written on it; class words may begin with the same letter ("the state of X")."""
    if form == report.conjunction:
        return True
    if not form.startswith(report.conjunction) or len(form) <= _JOINED:
        return False
    return all(cut for cut, _, _ in place_words(report.language).classes(form))


def may_lie(one: ResolvedPlace, other: ResolvedPlace) -> bool:
    """Whether a place lies in another, or can: what no gazetteer has can lie anywhere in its country."""
    return inside(one, other) or (one.entry is None and one.place.country == other.place.country)


def inside(one: ResolvedPlace, other: ResolvedPlace) -> bool:
    if other.place.kind == "country":
        return one.place.country == other.place.country
    return other.place.name in one.place.within
