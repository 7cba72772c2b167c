"""Datelines: the day of publication where only the words of a page tell it, by the reader of dates.

Only a whole date counts, with day, month and year. A month or a year alone is no day, and a missing day is never made the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from marsad.intake.chrome import folded, page_words
from marsad.reading import dates
from marsad.text.tokens import Text

__all__ = ["dateline_of", "day_of_line", "only_date"]

_LONGEST = 160
_LINES = 4
# A date is a dateline where little else stands in its line: the place, the agency, the weekday. More words make a sentence, whose
# date is that of an event.
_BESIDE, _BESIDE_LABEL, _BESIDE_LAST = 4, 9, 1
_NUMERIC = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
# A day without its year has no date where the day of publication is not known, so that lines without digits need no look.
_YEAR = re.compile(r"\d{4}")
_WORD = re.compile(r"[^\W\d_]+")
# Between the place and the text of an agency's first line ("Tripoli, 3 May 2021 (X) -").
_DASH = re.compile(r"\s[-\u2013\u2014]{1,2}\s")


def day_of_line(line: str, language: str = "ar") -> str | None:
    """The one day that a line tells in full, as ISO day; None where it tells none, or several.

    Args:
        line: a line of a page, for example "Published on Saturday 4 May 2024 at 10:15".
        language: code of the language pack that reads it.
    """
    line = line[:_LONGEST]
    if not _YEAR.search(line):
        return None
    found = set()
    for match in _NUMERIC.finditer(line):
        try:
            found.add(date(*map(int, match.groups())))
        except ValueError:
            return None
    found |= _named(line)
    rest = _NUMERIC.sub(" ", line)
    for mention in dates.find(Text(rest), None, language=language):
        # Without a day of publication only a date told with its year has days.
        if mention.precision == "day" and mention.since is not None and not mention.anchored:
            found.add(mention.since)
    return found.pop().isoformat() if len(found) == 1 else None


def only_date(line: str, language: str = "ar") -> bool:
    """Whether a line holds a date, whole or in part, and besides it nothing but words that stand before a date."""
    left = _without_dates(line[:_LONGEST], language)
    return len(left) < len(folded(line)) and not left


def _without_dates(line: str, language: str) -> str:
    """The words of a line, folded, without its dates, numbers, and the words that stand before a date."""
    rest = list(_NUMERIC.sub(lambda m: " " * len(m.group()), line))
    for mention in dates.find(Text("".join(rest)), None, language=language):
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    left = page_words().label.sub(" ", folded("".join(rest)))
    months = page_words().months
    return " ".join(w for w in _WORD.findall(left) if w not in months)


def _named(line: str) -> set[date]:
    """Days by the month names of languages that no pack reads dates of: "May 4, 2024", "4 May 2024"."""
    words, months, found = folded(line).replace(",", " ").replace(".", " ").split(), page_words().months, set()
    for index, word in enumerate(words):
        if word not in months:
            continue
        before = words[index - 1] if index else ""
        after = words[index + 1 : index + 3]
        day, year = (before, after[0]) if before.isdigit() and after else (after[0], after[1]) if len(after) == 2 else ("", "")
        day = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", day)
        if day.isdecimal() and len(year) == 4 and year.isdecimal():
            try:
                found.add(date(int(year), months[word], int(day)))
            except ValueError:
                continue
    return found


def dateline_of(beside: Iterable[str], text: str, language: str = "ar") -> str | None:
    """The day of publication by the lines beside a text, then by its first lines, then by its last.

    Args:
        beside: lines of the page outside the main text that may hold a date, the nearest first.
        text: the main text.
        language: of the text.
    """
    for line in beside:
        if day := _dateline(line, _BESIDE, language):
            return day
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[:_LINES]:
        if day := _dateline(line, _BESIDE, language):
            return day
    head = lines[0][:_LONGEST] if lines else ""
    cut = _DASH.search(head)
    if cut is not None and (day := _dateline(head[: cut.start()], _BESIDE, language)):
        return day
    return _dateline(lines[-1], _BESIDE_LAST, language) if len(lines) > 1 else None


def _dateline(line: str, most: int, language: str) -> str | None:
    """The day of a line that has no more words than ``most`` beside its dates; words that stand before a day make a dateline of more."""
    most = _BESIDE_LABEL if page_words().dated(line) else most
    if len(line) > _LONGEST or not _YEAR.search(line) or len(_without_dates(line, language).split()) > most:
        return None
    return day_of_line(line, language)
