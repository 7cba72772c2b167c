"""Facets: what a claim tells, as marks that stand in an index beside the words of its report.

A mark is a letter, a colon and a value: ``t:air_drone_strike``. Words have no colon, so the two never meet. Marks of claims that people rejected begin with ``!``. Of the
words of names (``a``, ``u``) the folded forms stand here; an index puts their terms in place of them.

| mark | of |
| --- | --- |
| ``t c k s w`` | event type, country, kinds of harm, sites, weapons |
| ``p a`` | id of a party; words of its name |
| ``g n`` | id of the place and of all that contain it; their names as written |
| ``q u`` | kind of source; words of its name, of the publisher and of its site |
| ``y m d i`` | year, month and day of its first day, and blocks of days; of publication where no claim tells a day |
| ``l x`` | language; every report |
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from marsad.text.tokens import word_forms

__all__ = [
    "EVERY",
    "REJECTED",
    "WORDED",
    "Facets",
    "claim_facets",
    "day_marks",
    "days_of",
    "mark",
    "name_mark",
    "report_marks",
    "stretch",
]

EVERY = "x:"
REJECTED = "!"
# Letters of marks that hold a word.
WORDED = ("a:", "u:")
_YEARS = (1950, 2099)
# The longest block has 2 ** 16 days, more than the years that count.
_LEVELS = 16
_UNFIT = re.compile(r"[^\w:.@+,-]")
_LETTERS = {"harm": "k", "sites": "s", "weapons": "w"}


class Facets(NamedTuple):
    """What one claim puts into an index.

    Attributes:
        marks: its marks but those of its days.
        words: folded words of names that the report need not spell out.
        first, last: ISO days of the event or of publication, both inclusive; empty where nothing is known.
    """

    marks: tuple[str, ...]
    words: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


@lru_cache(maxsize=20_000)
def _forms(name: str) -> tuple[str, ...]:
    """The folded words of a name; the same names come again and again."""
    return tuple(word_forms(name))


@lru_cache(maxsize=20_000)
def mark(letter: str, value: str) -> str:
    """A mark; equal values in another case are the same."""
    return f"{letter}:{_UNFIT.sub('_', value.casefold())}"


def name_mark(name: str) -> str:
    """The mark of the name of a place, as written."""
    return f"n:{'_'.join(_forms(name))}"


def claim_facets(claim: dict[str, Any], places: Iterable[str], names: Iterable[str], published: str) -> Facets:
    """What a claim puts into an index.

    Args:
        claim: the public record, with the corrections of people.
        places: ids of its place and of all that contain it.
        names: of its place, in any script.
        published: ISO day, or the empty string.
    """
    place = claim["place"]
    written = [name for name in (place["name"], *(place["within"] or ())) if name]
    first, last = days_of(claim["date"], published)
    marks = [mark("t", claim["type"])]
    marks += [mark("c", place["country"])] if place["country"] else []
    marks += [mark("g", identifier) for identifier in places]
    marks += [name_mark(name) for name in written]
    for slot, letter in _LETTERS.items():
        marks += [mark(letter, item["kind"]) for item in claim[slot]]
    parties = [*claim["perpetrators"], *claim["targets"]]
    marks += [mark("p", party["id"]) for party in parties if party["id"]]
    marks += [mark("p", harm["group"]) for harm in claim["harm"] if harm["group"]]
    marks += [f"a:{form}" for party in parties if party["name"] for form in _forms(party["name"])]
    for source in claim["sources"]:
        marks += [mark("q", source["kind"]), *(f"u:{form}" for form in _forms(source["name"] or ""))]
    words = [form for name in dict.fromkeys((*written, *names)) for form in _forms(name)]
    return Facets(tuple(dict.fromkeys(marks)), tuple(words), first, last)


def report_marks(language: str, publisher: str, identity: str) -> tuple[str, ...]:
    """The marks of a report itself; ``identity`` is its address."""
    host = re.sub(r"^[a-z]+://(?:www\.)?|[/:?#].*$", "", identity.casefold())
    told = [*_forms(publisher), *(_forms(host) if "." in host and " " not in host else ())]
    return (EVERY, *([mark("l", language)] if language else []), *dict.fromkeys(f"u:{form}" for form in told))


def days_of(told: dict[str, Any], published: str) -> tuple[str, str]:
    """First and last day of an event, or the day of publication; both may be empty."""
    start, end = told["start"], told["end"]
    return (start or end or published, end or start or published)


def day_marks(first: str, last: str) -> list[str]:
    """The marks of a stretch of days, both inclusive; none where a day is unknown.

    The first day is marked by year, month and day, and a stretch of several days by the fewest blocks that make it up: a block of
    a level is twice as long as one of the level below. So two stretches meet exactly if the first day of one is in the other.
    """
    a, b = _day(first), _day(last)
    if a is None or b is None:
        return []
    if b < a:
        a, b = b, a
    marks = [f"y:{a.year}", f"m:{a.year:04}{a.month:02}", f"d:{a.year:04}{a.month:02}{a.day:02}"]
    at, end = a.toordinal(), b.toordinal() + 1
    while a < b and at < end:
        level = 0
        while level < _LEVELS and at % (2 << level) == 0 and at + (2 << level) <= end:
            level += 1
        marks.append(f"i{level}:{at >> level}")
        at += 1 << level
    return marks


def stretch(first: str, last: str) -> list[str]:
    """The marks of which a claim has one exactly if its days meet a stretch; ISO days, both inclusive, empty: open."""
    a, b = _day(first) or date(_YEARS[0], 1, 1), _day(last) or date(_YEARS[1], 12, 31)
    if a > b:
        return []
    return [*_cover(a, b), *(f"i{level}:{a.toordinal() >> level}" for level in range(_LEVELS + 1))]


def _cover(a: date, b: date) -> Iterator[str]:
    """The fewest years, months and days that make up a stretch."""
    while True:
        month_end = date(a.year, a.month, monthrange(a.year, a.month)[1])
        if (a.month, a.day) == (1, 1) and date(a.year, 12, 31) <= b:
            yield f"y:{a.year}"
            end = date(a.year, 12, 31)
        elif a.day == 1 and month_end <= b:
            yield f"m:{a.year:04}{a.month:02}"
            end = month_end
        else:
            yield f"d:{a.year:04}{a.month:02}{a.day:02}"
            end = a
        if end >= b:
            return
        a = end + timedelta(1)


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
