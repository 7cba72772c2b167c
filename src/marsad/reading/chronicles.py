"""Chronicles: lists of what happened in other years ("1974 - clashes in the city"), each line opened by its year.

Pages on "this day in history" tell of the day of their publication in those years; other lists tell of the years alone, and
so does a page of 29 February of years that have no such day.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from marsad.reading.calendar import day_of, year_span
from marsad.reading.dates import DateMention
from marsad.reading.datewords import datewords_of
from marsad.text.tokens import Text

__all__ = ["opens_line", "with_chronicle"]

_FEWEST = 3  # lines that make a list
_DASHES = frozenset("-–—:")
_EARLIEST, _LATEST = 1000, 2100
_HEAD = 12  # tokens at the head of a text within which it is told to be on a day in history
_YEAR = "year"


def with_chronicle(
    text: Text, found: Sequence[DateMention], published: datetime.date | None, title: Text | None, language: str = "ar"
) -> list[DateMention]:
    """The date mentions of a text and the years that open the lines of a list, in their order.

    Args:
        text: the text.
        found: its date mentions.
        published: the day of publication, or None if unknown.
        title: its title, which may tell that it is on this day in other years.
        language: code of the language pack.
    """
    held = {i for d in found for i in range(d.first, d.last + 1)}
    years = [i for i in text.numbers if i not in held and _opens(text, i)]
    if len(years) < _FEWEST:
        return list(found)
    today = published if _of_today(text, title, language) else None
    return sorted([*found, *(_mention(text, i, today) for i in years)], key=lambda m: m.first)


def opens_line(text: Text, date: DateMention) -> bool:
    """Whether a date is a year that opens a line of a chronicle, of which each tells of something else."""
    return date.background and date.rule == _YEAR and _opens(text, date.first)


def _opens(text: Text, index: int) -> bool:
    """Whether a number is a year that opens a line and stands before a dash."""
    tokens = text.tokens
    if index and tokens[index - 1].kind != "b":
        return False
    form = tokens[index].form
    if len(form) != 4 or not form.isdecimal() or index + 1 >= len(tokens) or tokens[index + 1].form not in _DASHES:
        return False
    return _EARLIEST <= int(form) <= _LATEST


def _of_today(text: Text, title: Text | None, language: str) -> bool:
    """Whether a title, or the head of a text, names this day ("on this day in history")."""
    pairs = datewords_of(language).this_day
    heads = (text.forms[:_HEAD], title.forms if title is not None else ())
    return any(tuple(forms[at : at + 2]) in pairs for forms in heads for at in range(len(forms) - 1))


def _mention(text: Text, index: int, today: datetime.date | None) -> DateMention:
    token, year = text.tokens[index], int(text.tokens[index].form)
    span = year_span(year)
    since, until = span if span is not None else (None, None)
    day = day_of(year, today.month, today.day) if today is not None else None
    if day is not None:
        since = until = day
    precision = _YEAR if day is None else "day"
    return DateMention(index, index, token.start, token.end, since, until, precision, _YEAR, background=True)
