"""Atoms of date expressions: the words that fill a ``Spec``, each read at one place of a text."""

from __future__ import annotations

from marsad.reading.datedays import Days
from marsad.reading.datespec import Spec
from marsad.reading.datewords import Entry

__all__ = ["Atoms"]

_BELOW = "\u0625"  # alef with a hamza below
_NIGHTS = frozenset(("night", "late"))  # parts of day that two weekdays may stand behind
_OPEN, _CLOSE = frozenset("([«"), frozenset(")]»")
_MARKS = frozenset("،,/-–—.:") | _OPEN


class Atoms(Days):
    """Reads the atoms of one text into a specification."""

    def simple(self, index: int) -> tuple[Spec, int] | None:
        """A specification that begins at a token, and the index after it."""
        if index < self.count and self.tokens[index].kind == "w" and self.forms[index] not in self.words.specs:
            return None
        spec, end, at, opened = Spec(), -1, index, False
        while at < len(self.tokens):
            after = self.atom(spec, at, "")
            if after is None:
                step, between = self.gap(at) if at > index else (None, "")
                if step is None:
                    break
                after = self.atom(spec, step, between)
                if after is None:
                    break
                opened = between[:1] in _OPEN and between != ""
            at = after
            if opened and at < len(self.tokens) and self.tokens[at].form in _CLOSE:
                at, opened = at + 1, False
            if spec.dated():
                end = at
        return (spec, end) if end >= 0 else None

    def gap(self, index: int) -> tuple[int | None, str]:
        """Index after marks and small words that may stand inside an expression, and what they were."""
        at, seen = index, ""
        while at < len(self.tokens) and at - index < 3:
            token = self.tokens[at]
            if token.form in _MARKS or token.form in _CLOSE:
                seen += token.form
                at += 1
                continue
            found = self.one_of(at, "of", "filler")
            if found is None or found[0].proclitic:
                break
            seen += found[0].kind[0]
            at = found[1]
        return (at, seen) if at > index and at < len(self.tokens) else (None, "")

    def atom(self, spec: Spec, index: int, between: str) -> int | None:
        """Fills the next slot of a specification from a token on; the index after it, or None."""
        token = self.tokens[index]
        if token.kind == "n":
            return self._numeric(spec, index) or self._day_of_month(spec, index) or self._year(spec, index, between)
        if token.kind != "w" or token.form not in self.words.starts or token.form not in self.words.specs:
            return None
        if token.form in self.words.nths:
            after = self._nth(spec, index)
            if after is not None:
                return after
        for entry, follows in self.readings(index):
            reader = getattr(self, "_on_" + entry.kind, None)
            apart = entry.proclitic and (entry.kind not in ("one", "month") or entry.proclitic.startswith(self.words.conjunction))
            if reader is not None and (not apart or not spec.dated() or entry.kind == "weekday"):
                found: int | None = reader(spec, index, follows, entry, between)
                if found is not None:
                    return found
        return self._day_of_month(spec, index) or self._year(spec, index, between)

    def lone_number(self, index: int) -> tuple[Spec, int] | None:
        """A day number without its month, the left end of a range."""
        found = self.day_number(index)
        return None if found is None else (Spec(days=[found[0]]), found[1])

    def _head_before(self, index: int, value: str = "") -> bool:
        """Whether the word before makes a name of what follows ("street", "newspaper")."""
        if index < 1:
            return False
        heads = self.entries.get(self.tokens[index - 1].form, ())
        return any(e.kind == "heads" and not e.definite and (not value or e.value == value) for e in heads)

    def _on_day(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.offset is not None or spec.nights is not None or spec.month is not None or spec.weekdays or spec.back:
            return None
        if after - index == 1 and entry.definite:
            if index and any(
                e.kind == "todayhead" and e.value == entry.value for e in self.entries.get(self.tokens[index - 1].form, ())
            ):
                return None
            if self._head_before(index):
                return None
            if index > 1 and self.one_of(index - 1, "this") is not None and self.one_of(index - 2, "samehead") is not None:
                return None
            if entry.value == "0":
                moved = self._moved_day(spec, index, after)
                if moved is not None:
                    return moved if moved > 0 else None
        elif index and self.one_of(index - 1, "samehead") is not None:
            return None
        spec.offset = int(entry.value)
        return after

    def _moved_day(self, spec: Spec, index: int, after: int) -> int | None:
        """ "the same day", "the next day": the index after it; -1 for "the third day"; None for today."""
        follower = self.one_of(after, "same", "next", "former", "shift")
        if follower is not None and not follower[0].proclitic:
            if follower[0].kind == "same":
                spec.back = "0"
            elif follower[0].kind == "next":
                spec.back = "1"
            elif follower[0].value in ("-1", "1"):
                spec.back = follower[0].value
            else:
                return None
            return follower[1]
        if index and self.one_of(index - 1, "samehead") is not None:
            spec.back = "0"
            return after
        ordinal = self.ordinal(after)
        return -1 if ordinal is not None and ordinal[2] and not self.joined(after) else None

    def _on_then(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        """ "Since then": the day told last; elsewhere "at that time" tells no day."""
        if spec.dated() or not index or self.one_of(index - 1, "since") is None:
            return None
        spec.back = "0"
        return after

    def _on_back(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        """ "A day before that": counted from the day told last."""
        if spec.dated():
            return None
        spec.back = entry.value
        return after

    def _on_night(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.dated():
            return None
        spec.nights = int(entry.value)
        return after

    def _on_daypart(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.dated() or entry.definite:
            return None
        spec.time = True
        spec.night = entry.value or spec.night
        return after

    def _on_adverb(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if not spec.dated() or between or entry.proclitic:
            return None
        spec.time = True
        return after

    def _on_weekday(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if self._head_before(index, "weekday"):
            return None
        after_day = index > 0 and any(
            e.kind == "one" and e.value == "day" for e in self.entries.get(self.tokens[index - 1].form, ())
        )
        week = self._week_of(after) if not entry.definite and not after_day else None
        if not entry.definite and not after_day and week is None:
            return None
        weekday = int(entry.value)
        if spec.weekdays:
            both = entry.proclitic.startswith(self.words.conjunction) and entry.proclitic == self.words.conjunction
            marks = between != "" and set(between) <= set("/-–—(f")
            if not (both or marks or (spec.night in _NIGHTS and not between)) or spec.offset is not None:
                return None
            if weekday in spec.weekdays or spec.days or spec.month is not None or spec.shift is not None:
                return None
        elif entry.proclitic and spec.dated() or spec.nights is not None or spec.back or spec.days:
            return None
        spec.weekdays.append(weekday)
        return after

    def _week_of(self, index: int) -> int | None:
        """Index after a week with its shift ("last week") that follows an indefinite weekday."""
        found = self.one_of(index, "one", "this")
        return (
            index
            if found is not None
            and (found[0].value == "week" or found[0].kind == "this")
            and (found[0].definite or found[0].kind == "this")
            else None
        )

    def _on_month(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        hijri, month = entry.value[0] == "h", int(entry.value[1:])
        if spec.month is not None:
            same = spec.month == month and spec.hijri == hijri
            return after if same and spec.year is None and not entry.proclitic else None
        if spec.year is not None or spec.season is not None or spec.holiday or spec.back or spec.month_shift is not None:
            return None
        if entry.definite and not entry.rest and not (hijri and index + 1 == after and entry.cut == 0):
            return None
        if not spec.days and self._head_before(index):
            return None
        if entry.needs and not self._supported(spec, index, after, entry):
            return None
        if spec.dated() and not spec.days and not between and not spec.month_named and spec.nth is None:
            return None
        spec.month, spec.hijri = month, hijri
        return after

    def _supported(self, spec: Spec, index: int, after: int, entry: Entry) -> bool:
        """Whether what stands beside a doubtful month name shows that it is one."""
        if spec.days or spec.month_named or spec.part or spec.nth is not None:
            return True
        if self.year_number(after, hijri=entry.value[0] == "h") is not None or self.one_of(after, "shift") is not None:
            return True
        if after + 1 < len(self.tokens) and self.tokens[after].form in "/(":
            alias = self.one_of(after + 1, "month")
            if alias is not None and alias[0].value == entry.value:
                return True
        before = self.tokens[index - 1].form if index else ""
        if self.text.source[self.tokens[index].start :].startswith(_BELOW):
            return False  # no month begins so, but a town is written like one otherwise
        if entry.needs != "any":
            return any(e.kind == "in" for e in self.entries.get(before, ()))
        return any(
            e.kind in ("of", "since", "until", "from", "to", "between", "within", "this") for e in self.entries.get(before, ())
        )

    def _on_one(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        unit = entry.value
        if unit == "day" and not entry.definite:
            follower = self.one_of(after, "weekday", "day") or self.day_number(after)
            return after if follower is not None else None
        if unit == "month" and not entry.definite and self.one_of(after, "month") is not None and spec.month is None:
            spec.month_named = True
            return after
        if unit == "month" and self.convention.bare and spec.month is None:
            number = self.ordinal(after) or self.cardinal(after)
            if number is not None and 1 <= number[0] <= 12:
                spec.month = number[0]
                return number[1]
        if unit == "year":
            year = self.year_number(after, hijri=spec.hijri)
            if year is not None and spec.year is None and spec.year_shift is None:
                return self._set_year(spec, year)
        if not entry.definite or unit not in ("week", "month", "year"):
            return None
        if spec.part and not spec.dated() and self.one_of(after, "shift", "former", "next", "same") is None:
            return after if self._set_shift(spec, unit, 0) else None
        shifted = self._shifted(spec, unit, index, after)
        if shifted is None and self.convention.bare and not spec.dated() and unit == "week" and after >= len(self.tokens):
            return after if self._set_shift(spec, unit, 0) else None
        return shifted

    def _on_this(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        found = self.one_of(after, "one")
        if found is not None and found[0].definite and not found[0].proclitic and found[0].value in ("week", "month", "year"):
            if found[0].value == "week" and spec.part == "late":
                spec.part = "weekend"
            return found[1] if self._set_shift(spec, found[0].value, 0) else None
        season = self.one_of(after, "season")
        if season is not None and season[0].definite and not spec.dated():
            spec.season, spec.shift = int(season[0].value), 0
            return season[1]
        if self.convention.bare:
            month = self.one_of(after, "month")
            if month is not None and spec.month is None:
                spec.shift = 0
                return after
            if self.one_of(after, "weekday", "one") is not None and spec.shift is None:
                spec.shift = 0
                return after
        return None

    def _on_shift(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.shift is not None or entry.proclitic or not (entry.definite or entry.rest) or (between and between != ")"):
            return None
        if spec.year is not None or spec.year_shift is not None or spec.week_shift is not None:
            return None
        if spec.month is None and not spec.weekdays and spec.season is None and not spec.holiday:
            return None
        spec.shift = int(entry.value)
        return after

    def _on_former(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        return self._on_shift(spec, index, after, entry, between)

    def _on_part(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.dated() or spec.part:
            return None
        at = after
        found = self.one_of(at, "month", "one", "season", "this", "decade") or self.year_number(at)
        if found is None:
            return None
        spec.part = entry.value
        return after

    def _on_season(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.dated() or spec.season is not None:
            return None
        spec.season = int(entry.value)
        return after

    def _on_holiday(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.holiday or spec.month is not None or spec.days or spec.nights is not None:
            return None
        spec.holiday = entry.value
        return after

    def _on_named(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.dated():
            return None
        spec.named = entry.value
        return after

    def _on_decade(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.dated() or self.one_of(after, "age") is not None:
            return None
        spec.decade = int(entry.value)
        century = self.one_of(after, "century")
        if century is None:
            return after
        spec.decade += 1900
        return century[1]

    def _on_two(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        return self._on_pair(spec, index, after, entry, between) if entry.value == "year" else None

    def _on_many(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        return self._on_two(spec, index, after, entry, between)

    def _on_pair(self, spec: Spec, index: int, after: int, entry: Entry, between: str) -> int | None:
        if spec.dated():
            return None
        if entry.value == "year":
            year = self.year_number(after)
            spec.pair = year is not None
            return None if year is None else self._set_year(spec, year)
        spec.pair = entry.value != "day"
        return after
