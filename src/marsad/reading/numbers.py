"""Quantities: the numbers of a text with their bounds.

A quantity is a number told in digits or words, or an open one ("tens", "a number of"), with what bounds it: "at least",
"about", "between ... and ...". Ordinals, percentages, clock times, dates in digits and type designations are no quantities.
Bounding words are data (``lexicon/bounds.tsv``), number words too (``numbers.tsv``).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from marsad.lexicon.phrases import Phrasebook, PhraseMatch
from marsad.lexicon.table import read_table
from marsad.reading.numerals import Numeral, numerals_of
from marsad.record import record, replace
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["Quantity", "find"]

_OPEN, _CLOSE = frozenset("([«\"'“"), frozenset(")]»\"'”")
_DASHES = frozenset("-–—")
_COMMAS = frozenset("،,")
_REACH = 8


@record(frozen=True, slots=True)
class Quantity:
    """A number of a text with its bounds.

    Attributes:
        first, last: token indices, both included, of the number with the bounding words that touch it.
        start, end: source offsets of ``first`` to ``last``, without proclitics.
        number: index of the first token of the number itself; ``tail`` of the last.
        min, max: whole numbers; None where the text leaves the bound open.
        how: "exact", "atleast", "atmost", "about", "range", "to" (ends joined by "to"), "vague", "count".
        definite: whether the number carries the article ("the seven").
        digits: whether it is written in digits.
        whole: False for a number with a fraction; ``min`` and ``max`` are then rounded down and up.
    """

    first: int
    last: int
    start: int
    end: int
    number: int
    tail: int
    min: int | None
    max: int | None
    how: str
    definite: bool
    digits: bool
    whole: bool


_TENS = frozenset(range(20, 100, 10))  # the ages that are told by a ten


@lru_cache(maxsize=4)
def _dating(language: str) -> frozenset[str]:
    """The words behind which a number is a year: months by their last word, and "year"."""
    months = [form for row in read_table(f"{language}/months.tsv") for form in row.list("forms")]
    years = [
        form
        for row in read_table(f"{language}/dates.tsv")
        if (row["kind"], row["value"]) == ("one", "year")
        for form in row.list("forms")
    ]
    return frozenset(fold(form.split()[-1]) for form in (*months, *years))


@lru_cache(maxsize=4)
def _bounds(language: str) -> Phrasebook[tuple[str, str]]:
    rows = read_table(f"{language}/lexicon/bounds.tsv")
    return Phrasebook(((row["phrase"], (row["effect"], row["side"])) for row in rows), language, shared=True)


def find(text: Text, language: str = "ar") -> list[Quantity]:
    """The quantities of a text, in order, without overlap."""
    before: dict[int, PhraseMatch[tuple[str, str]]] = {}
    after: dict[int, PhraseMatch[tuple[str, str]]] = {}
    between: dict[int, str] = {}
    counts: list[PhraseMatch[tuple[str, str]]] = []
    aged: set[int] = set()
    for match in _bounds(language).find(text):
        effect, side = match.value
        if side == "between":
            between[match.first] = effect
        elif effect == "count":
            counts.append(match)
        elif effect == "age":
            aged.add(match.last + 1)
        elif side == "before":
            before[match.last] = match
        else:
            after[match.first] = match
    percents = {t for m in after.values() if m.value[0] == "percent" for t in range(m.first, m.last + 1)}
    numerals = [n for n in _numerals(text, language) if n.first not in percents and not (n.first in aged and _age(n))]
    found: list[Quantity] = []
    index = 0
    while index < len(numerals):
        numeral = numerals[index]
        follower = numerals[index + 1] if index + 1 < len(numerals) else None
        opener = _opener(text, numeral, before)
        quantity: Quantity | None = None
        if follower is not None:
            quantity = _range(text, numeral, follower, opener, between)
        if quantity is not None:
            index += 2
        else:
            quantity = _single(text, numeral, opener)
            index += 1
        closed = _closed(text, quantity, after, numerals[index] if index < len(numerals) else None)
        if closed is not None:
            found.append(closed)
    taken = {t for q in found for t in range(q.first, q.last + 1)}
    for match in counts:
        if not taken.intersection(range(match.first, match.last + 1)):
            found.append(
                Quantity(
                    match.first, match.last, match.start, match.end, match.first, match.last, 2, None, "count", False, False, True
                )
            )
    found.sort(key=lambda q: q.first)
    return found


def _numerals(text: Text, language: str) -> list[Numeral]:
    """Numerals of a text without ordinals, dates in digits, clock times and designations; repeats in brackets merged."""
    lexicon, tokens = numerals_of(language), text.tokens
    words = lexicon.words
    starts = text.numbers + [index for index, _ in lexicon.heads_in.among(text)]
    starts.sort()
    found: list[Numeral] = []
    behind = 0
    for index in starts:
        token = tokens[index]
        if index < behind:
            continue
        if token.kind == "n":
            if _designation(text, index) or _year(text, index, language):
                continue
        elif token.kind != "w":
            continue
        elif token.form in words and words[token.form].role == "ordinal":
            behind = index + 1
            while behind < len(tokens) and (word := words.get(tokens[behind].form)) is not None and word.role in ("ten", "tens"):
                behind += 1
            continue
        numeral = lexicon.at(text, index)
        if numeral is None:
            continue
        behind = numeral.last + 1
        if found and found[-1].value == numeral.value and _bracketed(text, found[-1].last, numeral.first):
            closing = behind < len(tokens) and tokens[behind].form in _CLOSE
            found[-1] = replace(found[-1], last=behind if closing else numeral.last)
            continue
        found.append(numeral)
    return found


def _age(numeral: Numeral) -> bool:
    """Whether a number is a definite ten in one word, as ages are told ("a man in the seventies")."""
    return numeral.definite and not numeral.digits and numeral.first == numeral.last and numeral.value in _TENS


def _bracketed(text: Text, last: int, first: int) -> bool:
    """Whether only brackets stand between two tokens: "(7) seven"."""
    between = text.tokens[last + 1 : first]
    return 0 < len(between) <= 2 and all(t.form in _OPEN or t.form in _CLOSE for t in between)


def _year(text: Text, index: int, language: str) -> bool:
    """Whether a digit token is the year of a date: four digits of our times right behind a month or "year"."""
    token = text.tokens[index]
    if token.end - token.start != 4 or not index or text.tokens[index - 1].form not in _dating(language):
        return False
    return text.source[token.start : token.end].isdecimal() and 1900 <= int(text.source[token.start : token.end]) <= 2100


def _designation(text: Text, index: int) -> bool:
    """Whether a digit token belongs to a date in digits, a clock time, a type designation or a percentage."""
    tokens, source = text.tokens, text.source
    token = tokens[index]
    if source[token.start - 1 : token.start] in ("/", ":", "-", "_", "–") and token.start >= 2:
        far = source[token.start - 2]
        sign = source[token.start - 1]
        if sign in "/:_" and far.isalnum():
            return True
        if sign in "-–" and far.isalpha():
            return True
    elif token.start and source[token.start - 1].isascii() and source[token.start - 1].isalpha():
        return True
    after = source[token.end : token.end + 2]
    if after[:1] in ("%", "٪", "\u2030") or (after[:1] in ("/", ":") and after[1:2].isdigit()):
        return True
    return _chain(text, index, 1) + _chain(text, index, -1) >= 2  # "2018-05-03"


def _chain(text: Text, index: int, step: int) -> int:
    """How many digit tokens, 2 at most, are joined by dashes without blanks to the one at ``index``, in one direction."""
    tokens, seen = text.tokens, 0
    while seen < 2 and 0 <= index + 2 * step < len(tokens):
        dash, number = tokens[index + step], tokens[index + 2 * step]
        if dash.form not in _DASHES or number.kind != "n" or abs(tokens[index].start - number.start) > 12:
            break
        left, right = (tokens[index], number) if step > 0 else (number, tokens[index])
        if left.end != dash.start or dash.end != right.start:
            break
        seen, index = seen + 1, index + 2 * step
    return seen


def _opener(text: Text, numeral: Numeral, before: dict[int, PhraseMatch[tuple[str, str]]]) -> PhraseMatch[tuple[str, str]] | None:
    """The bounding phrase that ends right before a numeral (an article or bracket written apart may stand between)."""
    index = numeral.first - 1
    for _ in range(2):
        if index < 0:
            return None
        if index in before:
            return before[index]
        token = text.tokens[index]
        if token.form not in _OPEN and not (token.kind == "w" and len(token.form) <= 2):
            return None
        index -= 1
    return None


def _low(value: Fraction) -> int:
    return value.numerator // value.denominator


def _high(value: Fraction) -> int:
    return -((-value.numerator) // value.denominator)


def _made(
    text: Text, first: int, numeral: Numeral, last: int, low: int | None, high: int | None, how: str, whole: bool
) -> Quantity:
    start, end = text.span(first, last)
    if first == numeral.first and numeral.cut:
        token = text.tokens[first]
        start = text.inside(token, numeral.cut, len(token.form))[0]
    return Quantity(first, last, start, end, numeral.first, last, low, high, how, numeral.definite, numeral.digits, whole)


def _single(text: Text, numeral: Numeral, opener: PhraseMatch[tuple[str, str]] | None) -> Quantity:
    low: int | None = _low(numeral.value)
    high: int | None = None if numeral.vague else _high(numeral.value)
    how = "vague" if numeral.vague else "exact"
    first = numeral.first
    if opener is not None and opener.value[0] != "between":
        how, first = opener.value[0], opener.first
        if how == "atleast":
            high = None
        elif how == "atmost":
            low, high = None, (high if high is not None else None)
    quantity = _made(text, first, numeral, numeral.last, low, high, how, numeral.value.denominator == 1)
    if opener is not None and first == opener.first:
        quantity = replace(quantity, start=opener.start)
    return quantity


def _range(
    text: Text, one: Numeral, two: Numeral, opener: PhraseMatch[tuple[str, str]] | None, between: dict[int, str]
) -> Quantity | None:
    """ "between 10 and 15", "10-15", "10 to 15", "three or four"."""
    if one.vague or two.vague or two.value <= one.value or one.value.denominator != 1 or two.value.denominator != 1:
        return None
    tokens, gap = text.tokens, two.first - one.last - 1
    how = ""
    first = one.first
    if opener is not None and opener.value[0] == "between" and gap <= 1:
        joined = gap == 1 and len(tokens[one.last + 1].form) == 1 and tokens[one.last + 1].kind == "w"
        if (gap == 0 and two.cut) or joined or between.get(one.last + 1) == "to":
            how, first = "range", opener.first
    elif gap == 1:
        middle = tokens[one.last + 1]
        years = one.digits and two.digits and 1900 <= one.value <= 2100 and 1900 <= two.value <= 2100
        if middle.form in _DASHES and not years:
            how = "range"
        elif middle.index in between and not years:
            how = "to" if between[middle.index] == "to" else "range"
            if how == "range" and two.value > 3 * one.value + 3:
                how = ""
    if not how:
        return None
    quantity = _made(text, first, one, two.last, _low(one.value), _high(two.value), how, True)
    if opener is not None and first == opener.first:
        quantity = replace(quantity, start=opener.start)
    return quantity


def _closed(
    text: Text, quantity: Quantity, after: dict[int, PhraseMatch[tuple[str, str]]], follower: Numeral | None
) -> Quantity | None:
    """The quantity with the bounding phrase that follows it ("20 people at least"); None when it is a percentage."""
    tokens = text.tokens
    reach = min(len(tokens), quantity.last + 1 + _REACH)
    if follower is not None:
        reach = min(reach, follower.first)
    for index in range(quantity.last + 1, reach):
        match = after.get(index)
        if match is None and tokens[index].form in _COMMAS and (aside := after.get(index + 1)) is not None:
            # "20 people, at least, ..."
            match = aside if aside.last + 1 < len(tokens) and tokens[aside.last + 1].form in _COMMAS else None
        if match is not None:
            effect = match.value[0]
            if effect == "percent":
                return None if index == quantity.last + 1 else quantity
            last = match.last if index == quantity.last + 1 else quantity.last
            end = match.end if index == quantity.last + 1 else quantity.end
            if effect == "atleast":
                return replace(quantity, max=None, how="atleast", last=last, end=end)
            if effect == "atmost":
                return replace(quantity, min=None, how="atmost", last=last, end=end)
            return replace(quantity, how="about", last=last, end=end)
        if tokens[index].kind in "pb":
            break
    return quantity
