"""Grammar of date expressions: from tokens to what an expression says.

An expression is a frame (plain, since, until, ago, within, range ...) around one or two specifications or an amount of
time. A specification is filled slot by slot, left to right: part of day, weekday, relative day, day and month, year, units
with "last" or "next". A slot that is already filled ends it.
"""

from __future__ import annotations

from marsad.reading.dateatoms import Atoms
from marsad.reading.datespec import Convention, Spec
from marsad.reading.datewords import DateWords
from marsad.reading.numerals import Numerals
from marsad.record import record
from marsad.text.tokens import Text

__all__ = ["Amount", "Expression", "Grammar"]

_HALVES: dict[str, tuple[int | None, str]] = {
    "year": (6, "month"),
    "month": (15, "day"),
    "week": (3, "day"),
    "day": (12, "hour"),
    "hour": (30, "minute"),
}


_SHORT = frozenset({"hour", "minute"})
_REPEATED = 2  # tokens from "for the [third] time" to a stretch that tells no day
_FRAMES = frozenset({"from", "between", "dayafter", "last", "since", "until", "ago", "within", "after"})


@record(frozen=True, slots=True)
class Amount:
    """An amount of time: parts of number (None: several) and unit, whether it has the article, and its shift if any."""

    parts: tuple[tuple[int | None, str], ...]
    definite: bool
    shift: int | None


@record(frozen=True, slots=True)
class Expression:
    """A date expression: tokens ``first`` to ``last`` (included), its frame and what stands in it."""

    first: int
    last: int
    frame: str
    spec: Spec | None = None
    other: Spec | None = None
    amount: Amount | None = None


class Grammar(Atoms):
    """Reads the expressions of one text."""

    def __init__(self, text: Text, words: DateWords, numerals: Numerals, convention: Convention) -> None:
        super().__init__(text, words, numerals, convention)
        self._known: dict[int, Expression | None] = {}

    def expression(self, index: int) -> Expression | None:
        """The longest expression that begins at a token, or None; the same object for each call."""
        if index not in self._known:
            self._known[index] = self._expression(index)
        return self._known[index]

    def _expression(self, index: int) -> Expression | None:
        found = self._open_range(index, index, "range")
        for entry, after in self.readings(index):
            if (entry.definite and entry.cut) or entry.kind not in _FRAMES:
                continue
            candidate = self._framed(index, after, entry.kind)
            if candidate is not None and (found is None or candidate.last > found.last):
                found = candidate
        counts = self.tokens[index].kind == "n" or self.forms[index] in self.words.amounts
        stretch = self._stretch(index) if counts else None
        return stretch if stretch is not None and (found is None or stretch.last > found.last) else found

    def _framed(self, index: int, after: int, kind: str) -> Expression | None:
        if kind in ("from", "between"):
            return self._open_range(index, after, kind)
        if kind == "dayafter":
            # "the day after the attack": the attack lies a day before what the sentence is about.
            follows = after < len(self.tokens) and self.tokens[after].kind == "w" and self.simple(after) is None
            return Expression(index, after - 1, "after", amount=Amount(((1, "day"),), False, None)) if follows else None
        if kind == "last":
            amount = self.amount(after)
            if amount is not None and not amount[0].definite and amount[0].parts[0] != (1, amount[0].parts[0][1]):
                return Expression(index, amount[1] - 1, "within", amount=amount[0])
            return None
        if kind not in ("since", "until", "ago", "within", "after"):
            return None
        if kind == "within" and any(self.one_of(at, "repeat") for at in range(max(0, index - _REPEATED), index)):
            return None  # "for the third time within a week"
        amount = self.amount(after) if self._apart(after) else None
        if kind == "ago" and amount is not None and self._counted_from(amount[1], amount[0].parts[0][1] in _SHORT):
            return None
        if kind == "after" and amount is not None and not self.convention.bare:
            # "four days after the attack": the attack lies so much before what the sentence is about.
            if self.one_of(amount[1], "from", "to") is None or amount[0].shift is not None:
                return None
            return Expression(index, amount[1] - 1, "after", amount=amount[0])
        inner = self._open_range(after, after, "range") if kind in ("since", "within") else None
        plain = self.simple(after)
        if inner is not None and inner.frame == "range":
            return Expression(after if kind == "within" else index, inner.last, "range", spec=inner.spec, other=inner.other)
        if plain is not None and (amount is None or plain[1] >= amount[1]):
            frame = {"within": "plain", "ago": "before"}.get(kind, kind)
            first = after if kind == "within" else index
            return Expression(first, plain[1] - 1, frame, spec=plain[0])
        if amount is not None and kind == "since":
            now = self.one_of(amount[1], "now")
            if now is not None:
                return Expression(index, now[1] - 1, "ago", amount=amount[0])
        month = self._of_month(amount[1]) if amount is not None and kind == "within" else None
        if month is not None:
            return Expression(index, month[1] - 1, "plain", spec=month[0])  # "during four days of November 2019"
        if amount is not None and kind != "until":
            return Expression(index, amount[1] - 1, kind, amount=amount[0])
        return None

    def _of_month(self, index: int) -> tuple[Spec, int] | None:
        """The month that an amount of time is told to be of, and what follows it; None where none is."""
        link = self.one_of(index, "of", "from", "within")
        found = self.simple(link[1]) if link is not None else None
        if found is None or found[0].month is None or found[0].days or found[0].weekdays:
            return None
        return found

    def _apart(self, index: int) -> bool:
        """Whether a word can stand without a proclitic."""
        entries = self.entries.get(self.tokens[index].form, ()) if index < len(self.tokens) else ()
        return not entries or any(not e.proclitic for e in entries)

    def _counted_from(self, index: int, short: bool) -> bool:
        """Whether an event follows that an amount is counted from ("two days before the vote"); any word does for hours."""
        link = self.one_of(index, "from", "to")
        if link is None:
            return False
        if short:
            return self.one_of(index, "now") is None
        return self.one_of(link[1], "occasion", "this", "samehead", "month", "holiday") is not None

    def _stretch(self, index: int) -> Expression | None:
        """ "the last three days" without a preposition of time."""
        amount = self.amount(index)
        if amount is None or amount[0].shift is None:
            return None
        return Expression(index, amount[1] - 1, "within", amount=amount[0])

    def _open_range(self, index: int, begin: int, kind: str) -> Expression | None:
        """A specification, and the other end of a range if one follows."""
        left = self.simple(begin)
        if left is None and kind in ("from", "between", "range"):
            left = self.lone_number(begin)
            if left is None:
                return None
            lone = True
        elif left is None:
            return None
        else:
            lone = False
        spec, after = left
        right: tuple[Spec, int] | None = None
        joined = after < len(self.tokens) and self.joined(after)
        step = self.connector(after, conjunction=kind == "between" or spec.pair)
        if step is not None:
            right = self.simple(step)
        if right is None and joined and (kind == "between" or spec.pair):
            right = self.simple(after)
        if right is not None and _fits(spec, right[0], lone):
            while spec.pair and right[1] < len(self.tokens):
                # A list of years or months: the last one ends it.
                step = self.connector(right[1], conjunction=True) or (right[1] if self.joined(right[1]) else None)
                more = self.simple(step) if step is not None else None
                if more is None or not _fits(spec, more[0], False):
                    break
                right = more
            return Expression(index, right[1] - 1, "range", spec=spec, other=right[0])
        if lone:
            return None
        if kind != "range":
            return None if kind == "from" else Expression(begin, after - 1, "plain", spec=spec)
        return Expression(index, after - 1, "plain", spec=spec)

    # Amounts of time.

    def amount(self, index: int) -> tuple[Amount, int] | None:
        """An amount of time ("three weeks", "the last few days") and the index after it."""
        first = self._one_amount(index)
        if first is None:
            return None
        (number, unit, definite), after = first
        parts = [(number, unit)]
        single = number == 1 and not definite and not self.convention.bare
        shift, after = self._shift(after, definite, single)
        while shift is None and len(parts) < 3:
            step = self.plus(after)
            half = self.one_of(step, "fraction") if step is not None else None
            if half is not None and half[0].value == "half" and unit in _HALVES:
                parts.append(_HALVES[unit])
                again = self.one_of(half[1], "one")
                after = again[1] if again is not None and again[0].value == unit and not again[0].proclitic else half[1]
                break
            more = self._one_amount(step) if step is not None else None
            if more is None or more[0][1] == unit:
                break
            parts.append((more[0][0], more[0][1]))
            after = more[1]
        if shift is None:
            shift, after = self._shift(after, definite, single)
        return Amount(tuple(parts), definite, shift), after

    def _shift(self, index: int, definite: bool, single: bool = False) -> tuple[int | None, int]:
        for entry, after in self.readings(index):
            if entry.proclitic or (definite and not entry.definite and not entry.rest) or (single and entry.definite):
                continue
            if entry.kind in ("shift", "former") and entry.value in ("-1", "1"):
                return int(entry.value), after
            if entry.kind == "recent" and definite:
                return -1, after
        return None, index

    def _one_amount(self, index: int) -> tuple[tuple[int | None, str, bool], int] | None:
        at = self.skip(index, "approx")
        if any(e.kind == "daypart" and e.rest for e, _ in self.readings(at)):
            return None
        few = self.one_of(at, "few")
        if few is not None:
            unit = self.one_of(few[1], "many")
            return None if unit is None else ((None, unit[0].value, False), self.skip(unit[1], "whole"))
        definite = False
        if at < len(self.tokens) and self.tokens[at].form == self.words.article:
            definite, at = True, at + 1
        found = self.one_of(at, "many")
        if found is not None:
            entry, after = found
            number = self.cardinal(after + 1 if self.is_article(after) else after) if entry.definite else None
            if number is not None and number[0] <= 1000:
                return (number[0], entry.value, True), self.skip(number[1], "whole")
            return (None, entry.value, entry.definite), self.skip(after, "whole")
        found = self.one_of(at, "two")
        if found is not None:
            return (2, found[0].value, found[0].definite), self.skip(found[1], "whole")
        found = self.one_of(at, "one")
        if found is not None:
            single = found[0].value == "decade" and self.convention.bare
            if (found[0].definite or definite) and not single:
                return None
            if single:
                return (1, found[0].value, found[0].definite), found[1]
            return (1, found[0].value, False), self.skip(found[1], "whole")
        number = self.cardinal(at)
        if number is None or not 1 <= number[0] <= 1000:
            return None
        found = self.one_of(number[1], "many") or self.one_of(number[1], "one")
        if found is None or found[0].proclitic:
            return None
        if found[0].definite and found[0].kind == "one" and found[0].value != "hour":  # but "in the last 24 hours"
            return None
        return (number[0], found[0].value, definite or number[2] or found[0].definite), self.skip(found[1], "whole")


def _fits(left: Spec, right: Spec, lone: bool) -> bool:
    """Whether two specifications can be the ends of one range."""
    if lone:
        return bool(right.days) and (right.month is not None or right.month_shift is not None)
    if left.weekdays and not left.days and left.month is None:
        return bool(right.weekdays or right.offset is not None or right.days)
    if left.offset is not None or right.offset is not None:
        return True
    if left.days:
        return bool(right.days)
    if left.year is not None and left.month is None:
        return right.year is not None
    return left.month is None or right.month is not None
