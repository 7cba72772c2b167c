"""Anniversaries: the day of what is remembered ("the fourth anniversary of the blast" tells a blast of four years ago).

The words are those of the kinds ``anniversary`` and ``yearly`` in ``dates.tsv``. The day of the year is known only where the
sentence tells on which day it was remembered; else the year is.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from marsad.reading.calendar import day_of, year_span
from marsad.reading.dategrammar import Grammar
from marsad.reading.dates import DateMention
from marsad.reading.datespec import NEWS
from marsad.reading.datewords import datewords_of
from marsad.reading.numerals import numerals_of
from marsad.record import replace
from marsad.text.tokens import Text

__all__ = ["ANNIVERSARY", "with_anniversaries"]

ANNIVERSARY = "anniversary"  # the rule of such mentions
_DAYS = frozenset({"relative", "date"})  # it is often held on a weekday near the day itself
_MOST = 1500  # years back; more are no anniversary of an event of the news


def with_anniversaries(
    text: Text, found: Sequence[DateMention], published: datetime.date | None, language: str = "ar"
) -> list[DateMention]:
    """The date mentions of a text and those of anniversaries, in their order, without overlap.

    Args:
        text: the text.
        found: its date mentions (``dates.find``).
        published: the day of publication, or None if unknown: then no year can be told.
        language: code of the language pack.
    """
    words = datewords_of(language)
    if published is None or words.anniversaries.isdisjoint(text.forms):
        return list(found)
    grammar = Grammar(text, words, numerals_of(language), NEWS)
    held = {i for d in found for i in range(d.first, d.last + 1)}
    more = []
    for index, form in enumerate(text.forms):
        if form not in words.anniversaries:
            continue
        at = index + 1
        if at < len(text.forms) and text.forms[at] in words.yearly:
            at += 1
        number = grammar.ordinal(at) or grammar.cardinal(at)
        if number is None or not 0 < number[0] <= _MOST or held.intersection(range(index, number[1])):
            continue
        more.append(_mention(text, found, index, number[1] - 1, published, number[0]))
    return sorted([*found, *(m for m in more if m is not None)], key=lambda m: m.first)


def _mention(
    text: Text, found: Sequence[DateMention], first: int, last: int, published: datetime.date, years: int
) -> DateMention | None:
    token = text.tokens[first]
    year = year_span(published.year - years)
    if year is None:
        return None
    mention = DateMention(
        first, last, token.start, text.tokens[last].end, year[0], year[1], "year", ANNIVERSARY, anchored=True, background=True
    )
    for other in found:
        if other.since is None or other.since != other.until or text.tokens[other.first].sentence != token.sentence:
            continue
        if other.rule in _DAYS and not other.future and not other.background:
            day = day_of(other.since.year - years, other.since.month, other.since.day)
            if day is not None:
                return replace(mention, since=day, until=day, precision="day")
    return mention
