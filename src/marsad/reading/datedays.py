"""Days, months and years: the parts of a date that are numbers, and dates written in digits."""

from __future__ import annotations

from marsad.reading.datescan import Scanner
from marsad.reading.datespec import Spec

__all__ = ["Days"]

_OPEN, _CLOSE = frozenset("([«"), frozenset(")]»")
_SEPARATORS = frozenset("/-.–")
_LISTED = 20  # years in one list
_BEFORE_YEARS = frozenset(
    ["pair", "two", "many", "of", "since", "until", "from", "to", "between", "heads", "event", "ago", "after", "within", "part"]
)
_FRACTIONS = {"half": 2, "quarter": 4}


class Days(Scanner):
    """Reads days of months, years and digit dates of one text into a specification."""

    def _set_year(self, spec: Spec, year: tuple[int, int, bool]) -> int | None:
        if (spec.offset is not None and spec.month is None) or spec.nights is not None or spec.back:
            return None
        if spec.month is not None and year[2] and not spec.hijri:
            return None
        if (
            spec.week_shift is not None
            or spec.month_shift is not None
            or (spec.weekdays and spec.month is None and spec.nth is None)
        ):
            return None
        spec.year, spec.hijri_year = year[0], year[2]
        spec.hijri = spec.hijri or year[2]
        return year[1]

    def _year(self, spec: Spec, index: int, between: str) -> int | None:
        if spec.year is not None or spec.year_shift is not None:
            return None
        alone = spec.month is None and spec.season is None and not spec.part and not spec.holiday and spec.nth is None
        if alone and (spec.dated() or not self._year_stands(index)):
            return None
        year = self.year_number(index, hijri=spec.hijri, wide=bool(spec.days))
        return None if year is None else self._set_year(spec, year)

    def _year_stands(self, index: int) -> bool:
        """Whether a lone number of four digits is a year: after a preposition of time or an event word, or in brackets.

        A year joined to one before it ("2014 and 2015") is one if the first of them is.
        """
        for at in range(index, max(-1, index - 2 * _LISTED), -2):
            stands = self._year_alone(at)
            if stands is not None:
                return stands
        return False

    def _year_alone(self, index: int) -> bool | None:
        """The same for one number; None where the number joined to it before decides."""
        if self.tokens[index].kind == "n" and len(self.tokens[index].form) != 4:
            return False
        if self.convention.bare:
            return True
        era = self.one_of(index + 1, "era")
        if era is not None and era[0].value == "h":
            return True
        if not index or self.tokens[index].kind != "n":
            return False
        before = self.tokens[index - 1].form
        if before in _OPEN:
            return index + 1 < len(self.tokens) and self.tokens[index + 1].form in _CLOSE
        if (before == self.words.conjunction or before in _SEPARATORS) and index > 1:
            return None if self.tokens[index - 2].kind == "n" else False
        if any(
            e.kind == "approx" and after == index for back in (2, 3) if index >= back for e, after in self.readings(index - back)
        ):
            return False
        kinds = {e.kind for e in self.entries.get(before, ())}
        if "from" in kinds:
            return self.connector(index + 1, conjunction=False) is not None
        return not kinds.isdisjoint(_BEFORE_YEARS)

    def _day_of_month(self, spec: Spec, index: int) -> int | None:
        if spec.days or spec.month is not None or spec.year is not None or spec.nights is not None or spec.back:
            return self._day_after_month(spec, index)
        found = self.day_number(index)
        if found is None:
            return None
        days, after = [found[0]], found[1]
        while len(days) < 6:
            step = self.connector(after, conjunction=True)
            if step is None and after < len(self.tokens) and (self.joined(after) or self.tokens[after].form in "،,"):
                step = after if self.joined(after) else after + 1
            more = self.day_number(step) if step is not None else None
            if more is None:
                break
            days.append(more[0])
            after = more[1]
        if days[-1] < days[0]:
            return None
        follows = self._month_after(spec, after)
        if follows is not None:
            spec.days = days
            return follows
        if self.convention.bare and not spec.dated() or (self.convention.bare and spec.weekdays):
            at = index - 1
            if (
                at >= 0
                and spec.offset is None
                and (spec.weekdays or self.one_of(at, "of", "to", "one") is not None or self.tokens[index].kind == "w")
            ):
                spec.days = days
                return after
        return None

    def _day_after_month(self, spec: Spec, index: int) -> int | None:
        """ "January 22, 2018"."""
        if spec.month is None or spec.days or spec.year is not None:
            return None
        found = self.day_number(index)
        if found is None:
            return None
        days, after = [found[0]], found[1]
        step = self.connector(after, conjunction=False)
        more = self.day_number(step) if step is not None else None
        if more is not None and more[0] > days[0]:
            days, after = [days[0], more[0]], more[1]
        mark = after < len(self.tokens) and self.tokens[after].form in "،,"
        if self.convention.bare or (mark and self.year_number(after + 1) is not None):
            spec.days = days
            return after
        return None

    def _month_after(self, spec: Spec, index: int) -> int | None:
        """The month of a day number, by name or as "of this month"; the index after it."""
        at = index
        if at < len(self.tokens) and self.tokens[at].form in "./-–،,":
            at += 1
        of = self.one_of(at, "from", "of") if self.convention.bare else self.one_of(at, "from")
        if of is not None and not of[0].rest:
            at = of[1]
        named = self.one_of(at, "one")
        if (
            named is not None
            and named[0].value == "month"
            and not named[0].definite
            and self.one_of(named[1], "month") is not None
        ):
            at, spec.month_named = named[1], True
        for entry, after in self.readings(at):
            if entry.kind == "month" and not entry.proclitic:
                if entry.definite and not entry.rest and entry.cut:
                    continue
                spec.month, spec.hijri = int(entry.value[1:]), entry.value[0] == "h"
                return after
        if spec.offset is not None or spec.week_shift is not None:
            return None
        this = self.one_of(at, "this")
        if this is not None:
            unit = self.one_of(this[1], "one")
            if unit is not None and unit[0].value == "month" and unit[0].definite:
                spec.month_shift = 0
                return unit[1]
        current = self.one_of(at, "shift")
        if current is not None and current[0].value == "0" and current[0].definite:
            spec.month_shift = 0  # "the 19th of the current one"
            return current[1]
        unit = self.one_of(at, "one")
        if unit is not None and unit[0].value == "month":
            if unit[0].definite:
                same = self.one_of(unit[1], "same")
                if same is not None:
                    spec.back = "month"
                    return same[1]
                shifted = self._shifted(spec, "month", at, unit[1])
                if shifted is not None:
                    return shifted
            number = (self.ordinal(unit[1]) or self.cardinal(unit[1])) if self.convention.bare else None
            if number is not None and 1 <= number[0] <= 12:
                spec.month = number[0]
                return number[1]
        return None

    def _shifted(self, spec: Spec, unit: str, index: int, after: int) -> int | None:
        for entry, follows in self.readings(after):
            if entry.proclitic or not (entry.definite or entry.rest):
                continue
            if entry.kind == "former" and unit == "year" and not spec.dated() and self._definite_before(index):
                continue
            if entry.kind in ("shift", "former"):
                return follows if self._set_shift(spec, unit, int(entry.value)) else None
            if entry.kind == "next" and self.convention.bare:
                return follows if self._set_shift(spec, unit, 1) else None
        return None

    def _definite_before(self, index: int) -> bool:
        """Whether a definite noun stands before "general" (which is also "year"): "the secretary general"."""
        if not index:
            return False
        before = self.tokens[index - 1]
        return before.kind == "w" and self.words.article in before.form[:3] and before.form not in self.entries

    @staticmethod
    def _set_shift(spec: Spec, unit: str, shift: int) -> bool:
        if spec.offset is not None or spec.nights is not None or spec.back:
            return False
        if unit == "week" and spec.week_shift is None and spec.month is None and not spec.days:
            spec.week_shift = shift
        elif unit == "month" and spec.month_shift is None and spec.month is None:
            if spec.weekdays and not spec.days and spec.nth is None:
                return False
            spec.month_shift = shift
        elif unit == "year" and spec.year_shift is None and spec.year is None and spec.shift is None:
            if spec.weekdays and spec.month is None and spec.nth is None:
                return False
            spec.year_shift = shift
        else:
            return False
        return True

    # Dates in digits.

    def _numeric(self, spec: Spec, index: int) -> int | None:
        """ "16-12-2018", "2018/12/16", "16.12.2018", "12/2018", and the like."""
        if spec.days or spec.month is not None or spec.year is not None or spec.nights is not None or spec.back:
            return None
        parts, after = self._parts(index)
        if len(parts) == 3:
            found = self._three(parts)
            if found is None:
                return None
            spec.year, spec.month, day = found
            spec.days = [day]
            era = self.one_of(after, "era")
            spec.hijri = spec.hijri_year = spec.year < 1600
            return era[1] if era is not None else after
        if len(parts) == 2:
            return after if self._two(spec, parts, index, after) else None
        return None

    def _parts(self, index: int) -> tuple[list[str], int]:
        """Numbers that one separator joins, and the index after them."""
        tokens = self.tokens
        form = tokens[index].form
        if not form.isdecimal():
            parts = form.split(".")
            return (parts, index + 1) if all(p.isdecimal() for p in parts) and len(parts) <= 3 else ([], index + 1)
        parts, at, mark = [form], index, ""
        while len(parts) < 4 and at + 2 < len(tokens) and tokens[at + 2].kind == "n" and tokens[at + 2].form.isdecimal():
            separator = tokens[at + 1]
            if separator.form not in _SEPARATORS or (mark and separator.form != mark):
                break
            mark = separator.form
            parts.append(tokens[at + 2].form)
            at += 2
        if len(parts) == 2 and (tokens[index + 1].start != tokens[index].end or tokens[index + 2].start != tokens[index + 1].end):
            return [], index + 1
        return parts, at + 1

    def _three(self, parts: list[str]) -> tuple[int, int, int] | None:
        if any(len(p) > 4 or len(p) == 3 for p in parts):
            return None
        a, b, c = (int(p) for p in parts)
        if len(parts[0]) == 4 and len(parts[1]) <= 2 and len(parts[2]) <= 2:
            year, month, day = a, b, c
        elif len(parts[2]) == 4 and len(parts[0]) <= 2 and len(parts[1]) <= 2:
            year, month, day = c, b, a
        elif self.convention.bare and all(len(p) <= 2 for p in parts):
            year, month, day = (2000 + c, b, a) if a > 12 and c <= 31 and c < a else (2000 + a, b, c)
            if parts[2] and a > 31:
                year = 1900 + a
        else:
            return None
        if month > 12 >= day:
            month, day = day, month
        if not (1 <= month <= 12 and 1 <= day <= 31) or not (1300 <= year <= 1500 or 1800 <= year <= 2100):
            return None
        return year, month, day

    def _two(self, spec: Spec, parts: list[str], index: int, after: int) -> bool:
        if max(map(len, parts)) > 4:
            return False
        a, b = int(parts[0]), int(parts[1])
        year, month = (a, b) if len(parts[0]) == 4 else (b, a)
        if len(parts[0]) + len(parts[1]) <= 6 and 4 in (len(parts[0]), len(parts[1])):
            if 1 <= month <= 12 and 1900 <= year <= 2100:
                spec.year, spec.month = year, month
                return True
            return False
        if len(parts[0]) == 4 and len(parts[1]) == 4:
            if 1800 <= a < b <= 2100 and (self.convention.bare or self._year_stands(index)):
                spec.year, spec.last_year = a, b
                return True
            return False
        if len(parts[0]) > 2 or len(parts[1]) > 2 or not (self.convention.bare or spec.weekdays or self._after_day_word(index)):
            return False
        day, month = (a, b) if b <= 12 else (b, a)
        if not (1 <= month <= 12 and 1 <= day <= 31) or (spec.offset is not None):
            return False
        if self.one_of(after, "month") is not None or self._month_after(Spec(), after) is not None:
            return False
        spec.days, spec.month = [day], month
        mark = after < len(self.tokens) and self.tokens[after].form in "،,"
        if self.convention.bare and mark and self.year_number(after + 1, wide=True) is not None:
            spec.month, spec.days = (a, [b]) if a <= 12 else (b, [a])
        return True

    def _after_day_word(self, index: int) -> bool:
        """Whether "day" stands right before."""
        return index > 0 and any(e.kind == "one" and e.value == "day" for e in self.entries.get(self.tokens[index - 1].form, ()))

    # The nth day, weekday, week, half or quarter.

    def _nth(self, spec: Spec, index: int) -> int | None:
        """ "the first week of", "the last Tuesday of", "the second half of"; the specification goes on after "of"."""
        if spec.dated() or spec.nth is not None:
            return None
        unit = self.one_of(index, "one", "weekday", "fraction", "many")
        if unit is not None and not unit[0].rest:
            return self._nth_after(spec, unit[0].kind, unit[0].value, unit[0].definite, unit[1])
        months = self._first_months(spec, index)
        if months is not None:
            return months
        first = self.ordinal(index)
        last = self.one_of(index, "last")
        if first is not None and not first[2]:
            number, at = first[0], first[1]
        elif last is not None and not last[0].proclitic:
            number, at = -1, last[1]
        else:
            return None
        unit = self.one_of(at, "one", "many")
        if unit is not None and unit[0].value == "day" and not unit[0].definite:
            holiday = self.one_of(unit[1], "holiday")
            if holiday is not None and number > 0:
                spec.nth, spec.nth_unit, spec.holiday = number, "day", holiday[0].value
                return holiday[1]
            at = unit[1] if self.one_of(unit[1], "weekday") is not None else at
        weekday = self.one_of(at, "weekday")
        if weekday is not None and number <= 5:
            return self._counted(spec, number, "weekday", weekday[0].value, weekday[1])
        if unit is not None and unit[0].value in ("day", "week") and not unit[0].definite and unit[0].kind == "one":
            return self._counted(spec, number, unit[0].value, "", unit[1])
        return None

    def _first_months(self, spec: Spec, index: int) -> int | None:
        """ "the six first months of"."""
        number = self.cardinal(index) if self.tokens[index].form in self.words.numbers else None
        unit = self.one_of(number[1], "many") if number is not None and number[2] else None
        ordinal = self.ordinal(unit[1]) if unit is not None and unit[0].value == "month" else None
        if number is None or ordinal is None or ordinal[0] != 1 or not 2 <= number[0] <= 11:
            return None
        return self._counted(spec, number[0], "months", "", ordinal[1])

    def _nth_after(self, spec: Spec, kind: str, value: str, definite: bool, at: int) -> int | None:
        if not definite:
            return None
        if kind == "many":
            amount = self.cardinal(at)
            ordinal = self.ordinal(amount[1]) if amount is not None and value == "month" else None
            if amount is None or ordinal is None or ordinal[0] != 1 or not 2 <= amount[0] <= 11:
                return None
            return self._counted(spec, amount[0], "months", "", ordinal[1])
        ordinal = self.ordinal(at)
        recent = self.one_of(at, "recent")
        if ordinal is not None and (ordinal[2] or self.convention.bare):
            number, at = ordinal[0], ordinal[1]
        elif recent is not None and recent[0].definite:
            number, at = -1, recent[1]
        else:
            return None
        if kind == "fraction":
            return self._counted(spec, number, value, "", at) if 1 <= number <= _FRACTIONS[value] else None
        if kind == "weekday":
            return self._counted(spec, number, "weekday", value, at) if number <= 5 else None
        return self._counted(spec, number, value, "", at) if value in ("day", "week") else None

    def _counted(self, spec: Spec, number: int, unit: str, weekday: str, at: int) -> int | None:
        """Fills the slots if a month or year follows that the counted thing belongs to."""
        of = self.one_of(at, "from", "of")
        follows = of[1] if of is not None else at
        owner = self.one_of(follows, "month", "one", "this") or self.year_number(follows)
        if owner is None or (of is None and isinstance(owner[0], int) and unit == "day"):
            if not (self.convention.bare and unit == "weekday"):
                return None
            follows = at
            spec.month_shift = 0
        spec.nth, spec.nth_unit = number, unit
        if weekday:
            spec.weekdays = [int(weekday)]
        return follows
