"""Dates: the date expressions of a text, and the days that they mean.

``find`` looks for words that only dates have (a weekday, a month, "yesterday", a number shaped like a date), reads the
expression around each by ``dategrammar`` and counts its days from the publication date by ``dateresolve``. Adjacent pieces
("yesterday, Friday, 31 July 2015") are one mention; where they contradict each other, the explicit date wins.

Where the publication date is unknown, relative expressions are mentions without days.
"""

from __future__ import annotations

import datetime

from marsad.reading.calendar import day_of
from marsad.reading.dateframes import framed, onset
from marsad.reading.dategrammar import Expression, Grammar
from marsad.reading.datespec import AGENDA, NEWS, Convention, Reading, Spec
from marsad.reading.datewords import DateWords, datewords_of
from marsad.reading.numerals import numerals_of
from marsad.record import record, replace
from marsad.text.tokens import Text

__all__ = ["AGENDA", "NEWS", "Convention", "DateMention", "find"]

_REACH = 9
_NEAR = 30
_JOINING = frozenset("/-.")
_QUOTES = frozenset("(«\"“'")
_BACKGROUND = datetime.timedelta(days=20)


@record(frozen=True, slots=True)
class DateMention:
    """A date expression and the days that it means.

    Attributes:
        first, last: token indices, both included.
        start, end: half-open source offsets, without the proclitics of the first word.
        since, until: the days, both included; None where open or unknown.
        precision: ``day``, ``days``, ``week``, ``month``, ``season``, ``year`` or ``unknown``.
        rule: name of the rule that counted the days.
        anchored: whether they were counted from the publication date.
        background: whether they lie clearly before the news (weeks before the publication, or a whole month or year).
        future: whether they lie after the publication.
        weekday_only: whether a weekday is all that is told.
        duration: whether it tells a stretch of time ("for three months", "since March", "in recent days").
        time: whether a part of day is told ("at dawn").
        back: whether it refers to a day told before ("the same day").
        onset: of a stretch with a told beginning ("for four months", "since March"), the days of its beginning.
    """

    first: int
    last: int
    start: int
    end: int
    since: datetime.date | None
    until: datetime.date | None
    precision: str
    rule: str
    anchored: bool = False
    background: bool = False
    future: bool = False
    weekday_only: bool = False
    duration: bool = False
    time: bool = False
    back: bool = False
    onset: tuple[datetime.date, datetime.date] | None = None

    @property
    def counted(self) -> bool:
        """Whether it is "so many days after" what is named right behind it, whose day it is."""
        return self.rule == "after" and self.until is not None


def find(
    text: Text, published: datetime.date | None, *, convention: Convention = NEWS, language: str = "ar"
) -> list[DateMention]:
    """The date expressions of a text, in their order, without overlap.

    Args:
        text: the text.
        published: the day of publication, or None if unknown.
        convention: how doubtful expressions are meant; ``NEWS`` unless told.
        language: code of the language pack.
    """
    words = datewords_of(language)
    grammar = Grammar(text, words, numerals_of(language), convention)
    found: list[DateMention] = []
    done = -1
    for core in _cores(text, words, convention):
        if core <= done:
            continue
        expression = _around(grammar, words, text, core, done)
        if expression is None:
            continue
        mention = _mention(text, words, expression, published, convention, found)
        if mention is not None:
            found.append(mention)
        done = expression.last
    return found


def _cores(text: Text, words: DateWords, convention: Convention) -> list[int]:
    """Tokens that can be the heart of a date expression."""
    forms, count = text.forms, len(text.forms)
    found = []
    for index, (follow,) in words.cores_in.among(text):
        if follow is None or (index + 1 < count and forms[index + 1] in follow):
            found.append(index)
    found += [index for index in text.numbers if len(forms[index]) >= 4]
    if len(found) * 4 < count or convention.bare:
        for index in text.numbers:
            if len(forms[index]) <= 2 and index + 1 < count and forms[index + 1] in _JOINING:
                found.append(index)
        if convention.bare:
            found += text.numbers
            found += [index for index, form in enumerate(forms) if form in words.starts]
        found = list(set(found))
    found.sort()
    return found


def _around(grammar: Grammar, words: DateWords, text: Text, core: int, done: int) -> Expression | None:
    """The longest expression that holds a token, the leftmost of equals."""
    tokens, starts = text.tokens, words.starts
    first = core
    while first - 1 > done and core - first < _REACH:
        before = tokens[first - 1]
        if before.form not in starts and before.kind != "n" and before.form not in words.inner:
            break
        first -= 1
    best: Expression | None = None
    for start in range(first, core + 1):
        token = tokens[start]
        if token.kind != "n" and token.form not in starts and token.form != words.article:
            continue
        candidate = grammar.expression(start)
        if candidate is None or candidate.last < core:
            continue
        if best is None or candidate.last > best.last:
            best = candidate
            if start < core and candidate.last >= core:
                break
    return best


def _mention(
    text: Text,
    words: DateWords,
    expression: Expression,
    published: datetime.date | None,
    convention: Convention,
    before: list[DateMention],
) -> DateMention | None:
    spec = expression.spec
    if _of_birth(text, words, expression):
        return None
    if spec is not None and spec.month is not None and spec.year is None and expression.first:
        before_it = expression.first - 1
        if before_it and text.tokens[before_it].kind == "p" and text.tokens[before_it].form in _QUOTES:
            before_it -= 1
        heads = words.entries.get(text.tokens[before_it].form, ())
        for entry in heads:
            if entry.kind == "event" and spec.days:
                named = datetime.date.fromisoformat(entry.value)
                if (named.month, named.day) == (spec.month, spec.days[0]) and (published is None or named <= published):
                    spec.year = named.year
        if spec.year is None and spec.shift is None and any(e.kind == "heads" and not e.definite for e in heads):
            return None
        if expression.last + 1 < len(text.tokens) and text.tokens[expression.last + 1].form in words.tails:
            return None
    if spec is not None and published is not None and expression.frame != "range":
        _recall(spec, words, published)
    reading: Reading | None
    if spec is not None and spec.back and not convention.bare:
        reading = _since_then(before, published) if expression.frame == "since" else _back(spec.back, spec.days, before)
    else:
        reading = framed(expression, published, convention, _told(text, expression, before))
    if reading is None:
        return None
    token = text.tokens[expression.first]
    cut = next((e.cut for e in words.entries.get(token.form, ()) if e.cut), 0) if token.kind == "w" else 0
    if cut and any(not e.cut for e in words.entries.get(token.form, ())):
        cut = 0
    start = text.inside(token, cut, len(token.form))[0] if cut else token.start
    begun = onset(expression, published, convention)
    if spec is not None and spec.back and expression.frame == "since":
        last = _told_last(before)
        begun = (last.since, last.until) if last is not None and last.since is not None and last.until is not None else None
    mention = DateMention(
        expression.first,
        expression.last,
        start,
        text.tokens[expression.last].end,
        reading.since,
        reading.until,
        reading.precision,
        reading.rule,
        anchored=reading.anchored,
        weekday_only=reading.rule == "weekday",
        duration=expression.frame != "plain" and expression.frame != "ago",
        time=spec is not None and spec.time,
        back=spec is not None and bool(spec.back),
        onset=begun,
    )
    return _placed(mention, published)


def _of_birth(text: Text, words: DateWords, expression: Expression) -> bool:
    """Whether an expression tells when somebody was born ("of those born in 2001"): no event is of that day."""
    at = expression.first - 1
    while at >= 0 and any(e.kind == "in" for e in words.entries.get(text.forms[at], ())):
        at -= 1
    return at >= 0 and any(e.kind == "born" for e in words.entries.get(text.forms[at], ()))


def _told(text: Text, expression: Expression, before: list[DateMention]) -> datetime.date | None:
    """The day told last in the sentence, and for "days after" in the sentence before it."""
    if expression.amount is None:
        return None
    sentence = text.tokens[expression.first].sentence - (expression.frame == "after")
    for mention in reversed(before):
        if text.tokens[mention.first].sentence < sentence:
            return None
        if mention.precision == "day" and mention.rule not in ("after", "since", "until"):
            return mention.until
    return None


def _recall(spec: Spec, words: DateWords, published: datetime.date) -> None:
    """Gives a day that is known by its day and month alone its year, if its day is not near anyway."""
    if spec.month is None or len(spec.days) != 1 or spec.hijri or spec.shift is not None or spec.weekdays:
        return
    famous = words.famous.get((spec.month, spec.days[0]))
    if famous is None or spec.year is not None or spec.year_shift is not None:
        return
    near = (day_of(year, famous.month, famous.day) for year in (published.year - 1, published.year))
    if famous <= published and not any(day is not None and 0 <= (published - day).days <= _NEAR for day in near):
        spec.year = famous.year


def _back(back: str, days: list[int], before: list[DateMention]) -> Reading:
    """A day counted from the day told last."""
    last = next((m for m in reversed(before) if m.until is not None and not m.duration), None)
    if last is None or last.since is None or last.until is None:
        return Reading(None, None, "unknown", last is None or last.anchored, "back")
    day: datetime.date | None
    if back == "month":
        try:
            day, until = last.since.replace(day=days[0]), last.since.replace(day=days[-1])
        except ValueError:
            return Reading(None, None, "unknown", last.anchored, "back")
        return Reading(day, until, "day" if day == until else "days", last.anchored, "back")
    if last.until - last.since > datetime.timedelta(days=1):
        return Reading(None, None, "unknown", last.anchored, "back")
    try:
        day = last.until + datetime.timedelta(days=int(back))
    except OverflowError:
        return Reading(None, None, "unknown", last.anchored, "back")
    since = last.since if back == "0" else day
    return Reading(since, day, "day" if since == day else "days", last.anchored, "back")


def _told_last(before: list[DateMention]) -> DateMention | None:
    """The days told last, those to come left out."""
    return next((m for m in reversed(before) if m.since is not None and not m.future), None)


def _since_then(before: list[DateMention], published: datetime.date | None) -> Reading:
    """From the days told last to the publication."""
    last = _told_last(before)
    if last is None or last.since is None:
        return Reading(None, None, "unknown", last is None or last.anchored, "since")
    precision = "days" if last.precision == "day" else last.precision
    return Reading(last.since, published, precision, last.anchored, "since")


def _placed(mention: DateMention, published: datetime.date | None) -> DateMention:
    """Whether the days lie before or after the news."""
    if published is None:
        return mention
    since, until = mention.since, mention.until
    if since is not None and since > published:
        return replace(mention, future=True)
    if until is None or until >= published:
        return mention
    if published - until > _BACKGROUND or mention.precision in ("month", "season", "year"):
        return replace(mention, background=True)
    return mention
