"""Date specifications: what a date expression says, how doubtful ones are meant, and the days that came of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from marsad.record import record

__all__ = ["AGENDA", "NEWS", "Convention", "Reading", "Spec", "interval"]


@record(frozen=True, slots=True)
class Convention:
    """How doubtful expressions are meant.

    Attributes:
        prefer: ``past``: a date without a year is the latest one not after the publication, as in news; ``future``: the
            next one, as in appointments.
        ahead: under ``past``, a day and month that comes so many days after the publication is still the coming one, if
            the one before lies nearly a year back.
        bare: the text is known to be a date expression: a lone number may be a day of the month, a year may have two
            digits, the month may come first, an indefinite weekday is one.
        exact: "two weeks ago" is one day and not that week, the first week of a month begins on its first Monday, a
            holiday is its first day.
        halves: early and late are halves of what they are a part of, and not thirds.
    """

    prefer: str = "past"
    ahead: int = 45
    bare: bool = False
    exact: bool = False
    halves: bool = False


NEWS = Convention()
AGENDA = Convention(prefer="future", bare=True, exact=True)


@record(frozen=True, slots=True)
class Reading:
    """Days that an expression means; ``anchored`` if they were counted from the publication date."""

    since: datetime.date | None
    until: datetime.date | None
    precision: str
    anchored: bool
    rule: str


@dataclass(slots=True)
class Spec:
    """What an expression says; unset parts are None or empty. Shifts are -1 for last, 0 for this, 1 for next."""

    offset: int | None = None
    nights: int | None = None
    night: str = ""
    weekdays: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    month: int | None = None
    hijri: bool = False
    hijri_year: bool = False
    year: int | None = None
    shift: int | None = None
    week_shift: int | None = None
    month_shift: int | None = None
    year_shift: int | None = None
    season: int | None = None
    holiday: str = ""
    part: str = ""
    nth: int | None = None
    nth_unit: str = ""
    named: str = ""
    decade: int | None = None
    last_year: int | None = None
    month_named: bool = False
    pair: bool = False
    time: bool = False
    back: str = ""

    def dated(self) -> bool:
        """Whether enough is said to mean a date."""
        return (
            self.offset is not None
            or self.nights is not None
            or bool(self.weekdays)
            or self.month is not None
            or bool(self.days)
            or self.year is not None
            or self.week_shift is not None
            or self.month_shift is not None
            or self.year_shift is not None
            or bool(self.holiday or self.named or self.back)
            or self.decade is not None
            or (self.season is not None and (self.shift is not None))
        )


def interval(
    since: datetime.date | None, until: datetime.date | None, precision: str, anchored: bool, rule: str
) -> Reading | None:
    """A reading with both ends, or None if one of them does not exist; one day is a day."""
    if since is None or until is None:
        return None
    if precision == "days" and since == until:
        precision = "day"
    return Reading(since, until, precision, anchored, rule)
