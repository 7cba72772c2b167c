"""All numbers of a text, counts or not: signs, decimals, fractions, powers, dozens, with the words that say them.

Reports need counts of people (``numbers``); this reader serves whoever needs every number, and the conformance suites.
A number with a unit written onto it ("180ml") is a measure, not a number, and is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

from marsad.reading.numerals import Numeral, Numerals, numerals_of
from marsad.record import record
from marsad.text.tokens import Text

__all__ = ["Number", "parse"]

_M = "[\u200e\u200f\u202a-\u202e]*"
_GAP = "[ \u00a0\u202f]"
_PLAIN = (
    rf"\d{{1,3}}(?:{_M}[,\u060c\u066c]{_M}\d{{3}}(?!\d))+(?:{_M}[.,\u066b]{_M}\d+)?"
    rf"|\d{{1,3}}(?:{_GAP}\d{{3}}(?!\d))+(?:[.,\u066b]\d+)?"
    rf"|\d+{_M}[.,\u066b]{_M}\d+|\d+|(?<![\d.])[.,\u066b]\d+"
)
_NUMBER = re.compile(
    rf"(?P<sign>(?<![\w\d])-)?(?:(?P<whole>\d+)[ ])?(?P<over>\d+)/(?P<under>\d+)(?:[ ](?P<behind>\d+))?(?![\w/])"
    rf"|(?P<minus>(?<![\w\d])-)?(?P<plain>{_PLAIN})(?:(?P<e>[eE][+-]?\d+)|(?P<power>\^[+-]*\d+(?:[.,]\d+)?))?(?![^\W\d_])"
)
_CHAIN = re.compile(r"(?<!\d)\d++(?:(?:\.\d++){2,}|(?:/\d++){2,})")
_LONGEST = 400  # characters of a number
_SIGNS = 3  # "minus" before one number
_WESTERN = {0x0660 + d: 0x30 + d for d in range(10)} | {0x06F0 + d: 0x30 + d for d in range(10)}


@record(frozen=True, slots=True)
class Number:
    """A number of a text.

    Attributes:
        start, end: source offsets; text: the words themselves.
        value: exact value, or a float where a power is not exact.
    """

    start: int
    end: int
    text: str
    value: Fraction | float


def parse(source: str, language: str = "ar") -> list[Number]:
    """All numbers of a text, in order, without overlap.

    Args:
        source: any text.
        language: code of the language pack.
    """
    return _Parser(source, numerals_of(language)).run()


@dataclass(slots=True)
class _Item:
    """A number as read so far: token span, source offsets, value."""

    first: int
    last: int
    start: int
    end: int
    value: Fraction | float
    numeral: Numeral | None


class _Parser:
    def __init__(self, source: str, lexicon: Numerals) -> None:
        self.source, self.lexicon = source, lexicon
        self.text = Text(source)
        self.tokens = self.text.tokens
        self.starts = {t.start: t.index for t in self.tokens}
        self.further: dict[int, list[Number]] = {}
        self.digits = self._digits(source.translate(_WESTERN))

    def run(self) -> list[Number]:
        found: list[Number] = []
        index = 0
        while index < len(self.tokens):
            item = self._expression(index)
            if item is None:
                index += 1
                continue
            found.append(Number(item.start, item.end, self.source[item.start : item.end], item.value))
            for more in self.further.get(index, ()):
                found.append(Number(more.start, more.end, self.source[more.start : more.end], more.value))
            index = item.last + 1
        return found

    # Digits

    def _digits(self, western: str) -> dict[int, tuple[int, int, Fraction | float]]:
        """Numbers in digits by the index of their first token: start, end, value."""
        found: dict[int, tuple[int, int, Fraction | float]] = {}
        chains = [m.span() for m in _CHAIN.finditer(western)]
        for start, end in chains:
            for part in re.finditer(r"\d+", western[start:end]):
                if len(part.group()) > _LONGEST:
                    continue
                at = self._token(start + part.start())
                number = (start + part.start(), start + part.end(), Fraction(int(part.group())))
                if at in found:  # "192.168.1.2" is one token and four numbers
                    self.further.setdefault(at, []).append(Number(number[0], number[1], part.group(), number[2]))
                else:
                    found[at] = number
        position = chain = 0
        while (match := _NUMBER.search(western, position)) is not None:
            position = match.end()
            while chain < len(chains) and chains[chain][1] <= match.start():
                chain += 1
            if (chain < len(chains) and chains[chain][0] < match.end()) or match.end() - match.start() > _LONGEST:
                continue
            # A backtracked match inside a longer run of digits belongs to a measure ("180ml").
            follower = western[match.end() : match.end() + 1]
            if follower.isdigit() or (match.start() and western[match.start() - 1].isdigit()):
                continue
            value = self._value(match)
            if value is not None:
                found[self._token(match.start())] = (match.start(), match.end(), value)
        return found

    def _token(self, offset: int) -> int:
        index = self.starts.get(offset)
        if index is not None:
            return index
        index = bisect_right(self.tokens, offset, key=lambda t: t.start) - 1
        return index if index >= 0 and offset < self.tokens[index].end else index + 1

    @staticmethod
    def _value(match: re.Match[str]) -> Fraction | float | None:
        if match["over"]:
            if int(match["under"]) == 0:
                return None
            value = Fraction(int(match["over"]), int(match["under"])) + int(match["whole"] or match["behind"] or 0)
            return -value if match["sign"] else value
        plain = re.sub(rf"{_M}{_GAP}*", "", match["plain"])
        head = re.match(r"\d{1,3}(?:[,\u060c\u066c]\d{3})+(?!\d)", plain)
        # "0,250" is a fraction; "0,000,250" and the sign for thousands can only part groups.
        grouped = head is not None and (len(re.findall(r"[,\u060c\u066c]", head.group())) > 1 or "\u066c" in head.group())
        if head and (grouped or not plain.startswith("0")):
            plain = re.sub(r"[,\u060c\u066c]", "", head.group()) + plain[head.end() :]
        whole, point, part = re.sub(r"[,\u060c\u066b]", ".", plain).rpartition(".")
        plain = whole.replace(".", "") + point + part  # "0,000.5": only the last sign is the point
        value = Fraction(plain if not plain.startswith(".") else "0" + plain)
        if match["e"]:
            value *= Fraction(10) ** max(-300, min(300, int(match["e"][1:])))
        elif match["power"]:
            sign = -1 if match["power"].count("-") % 2 else 1
            exponent = sign * float(match["power"].lstrip("^+-").replace(",", "."))
            if abs(exponent) > 300 or value == 0:
                return None
            power: float = float(value) ** exponent
            return -power if match["minus"] else power
        return -value if match["minus"] else value

    # Words

    def _simple(self, index: int) -> _Item | None:
        """A number in digits or words that begins at a token, without operators."""
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        digits = self.digits.get(index)
        if digits is not None:
            start, end, value = digits
            last = index
            while last + 1 < len(self.tokens) and self.tokens[last + 1].start < end:
                last += 1
            item = _Item(index, last, start, end, value, None)
            numeral = self.lexicon.at(self.text, last) if self.tokens[last].kind == "n" and last == index else None
            if numeral is not None and numeral.last > last and isinstance(value, Fraction) and numeral.value != value:
                # "3 thousand", "1.5 million"; a thousands dot is not assumed here
                return _Item(
                    index, numeral.last, start, self.tokens[numeral.last].end, self._scaled(value, numeral, last), numeral
                )
            return item
        if token.kind != "w" or self.source[token.start - 1 : token.start].isdigit():
            return None
        word = self.lexicon.words.get(token.form)
        if word is not None and word.role == "zero":
            return _Item(index, index, token.start, token.end, Fraction(0), None)
        numeral = self.lexicon.at(self.text, index)
        if numeral is None or (numeral.vague and word is not None and word.role in ("vague", "few", "scales")):
            return None
        start = self.text.inside(token, numeral.cut, len(token.form))[0] if numeral.cut else token.start
        return _Item(index, numeral.last, start, self.tokens[numeral.last].end, numeral.value, numeral)

    def _scaled(self, value: Fraction, numeral: Numeral, last: int) -> Fraction:
        own = self.lexicon.words.get(self.tokens[last + 1].form)
        if value.denominator != 1 and own is not None and own.role in ("scale", "scales", "hundred"):
            return value * own.value
        return numeral.value

    def _operator(self, index: int) -> str:
        return self.lexicon.operators.get(self.tokens[index].form, "") if index < len(self.tokens) else ""

    def _expression(self, index: int, signs: int = 0) -> _Item | None:
        if index >= len(self.tokens):
            return None
        if self._operator(index) == "minus":
            item = self._expression(index + 1, signs + 1) if signs < _SIGNS else None
            if item is None:
                return None
            return _Item(index, item.last, self.tokens[index].start, item.end, -item.value, None)
        if self._operator(index) == "share" and self._operator(index + 1) == "outof":
            under = self._simple(index + 2)
            if under is not None and isinstance(under.value, Fraction) and under.value:
                return _Item(index, under.last, self.tokens[index].start, under.end, 1 / under.value, None)
        item = self._simple(index)
        part = self.lexicon.parts.get(self.tokens[index].form) if self.tokens[index].kind == "w" else None
        if part is not None and (item is None or (item.last == index and self._before_definite(index))):
            return self._part(index, part.value, part.role)
        if item is None or not isinstance(item.value, Fraction):
            return item
        return self._continued(item, item.value)

    def _before_definite(self, index: int) -> bool:
        """Whether a definite noun follows: "a fifth of the pie" and not "five pies"."""
        if index + 1 >= len(self.tokens):
            return False
        form = self.tokens[index + 1].form
        return self.lexicon.definite(form)

    def _part(self, index: int, value: Fraction, role: str) -> _Item | None:
        """A fraction or a dozen that stands alone ("half a dozen", "a fifth of the pie")."""
        token = self.tokens[index]
        last = index
        if role == "part":
            if self.lexicon.ambiguous(token.form) and not self._before_definite(index):
                return None
            follower = self.lexicon.parts.get(self.tokens[index + 1].form) if index + 1 < len(self.tokens) else None
            if follower is not None and follower.role == "dozen":
                value, last = value * follower.value, index + 1
        return _Item(index, last, token.start, self.tokens[last].end, value, None)

    def _continued(self, item: _Item, value: Fraction) -> _Item:
        """A number with what follows it: a decimal point, a fraction, a share, a dozen."""
        after = item.last + 1
        if after >= len(self.tokens):
            return item
        operator = self._operator(after)
        if operator == "point":
            digits = self._simple(after + 1)
            if digits is not None and isinstance(digits.value, Fraction) and digits.value.denominator == 1:
                tail = Fraction(int(digits.value), 10 ** len(str(int(digits.value))))
                return _Item(item.first, digits.last, item.start, digits.end, value + tail, None)
        if operator in ("over", "outof"):
            under = self._simple(after + 1)
            if under is not None and isinstance(under.value, Fraction) and under.value:
                return _Item(item.first, under.last, item.start, under.end, value / under.value, None)
        if operator == "share" and self._operator(after + 1) == "outof":
            under = self._simple(after + 2)
            if under is not None and isinstance(under.value, Fraction) and under.value:
                return _Item(item.first, under.last, item.start, under.end, self._share(value, under.value), None)
        joined, at = False, after
        if self.tokens[at].form == self.lexicon.conjunction:
            joined, at = True, at + 1
        part = self.lexicon.parts.get(self.tokens[at].form) if at < len(self.tokens) else None
        if part is not None and part.role == "dozen":
            total = value + part.value if joined or part.joined else value * part.value
            return _Item(item.first, at, item.start, self.tokens[at].end, total, None)
        if part is not None and part.role == "part":
            if joined or part.joined:
                return _Item(item.first, at, item.start, self.tokens[at].end, value + part.value, None)
            return _Item(item.first, at, item.start, self.tokens[at].end, self._times(item, value, part.value), None)
        follower = self._simple(at)
        if follower is not None and isinstance(follower.value, Fraction) and (joined or self._joined(at)):
            then = self.lexicon.parts.get(self.tokens[follower.last + 1].form) if follower.last + 1 < len(self.tokens) else None
            if then is not None and then.role == "part" and not then.joined and follower.value <= 10:
                end = self.tokens[follower.last + 1].end
                return _Item(item.first, follower.last + 1, item.start, end, value + follower.value * then.value, None)
        return item

    def _joined(self, index: int) -> bool:
        word = self.lexicon.words.get(self.tokens[index].form)
        return word is not None and word.joined

    def _times(self, item: _Item, value: Fraction, part: Fraction) -> Fraction:
        """ "a hundred and three quarters": the last unit counts the parts, the rest is whole."""
        word = self.lexicon.words.get(self.tokens[item.last].form)
        if word is not None and word.role == "unit" and word.joined and word.value < value:
            return value - word.value + word.value * part
        return value * part

    @staticmethod
    def _share(value: Fraction, under: Fraction) -> Fraction:
        """ "two hundred and three parts of a hundred" is 200.03."""
        if under in (10, 100, 1000) and value > under:
            whole = value // under * under
            return whole + (value - whole) / under
        return value / under
