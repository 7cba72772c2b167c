"""Numerals: the value of digits and number words, composed into whole numbers.

The words are data (``numbers.tsv`` of a pack). A numeral is composed as Arabic does: units before tens, hundreds before
both, a scale word multiplies what stands before it and bounds what may follow it after "and".
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from marsad.lexicon.scan import Shared
from marsad.lexicon.table import read_table
from marsad.record import record
from marsad.text.fold import fold
from marsad.text.tokens import Text, Token

__all__ = ["Numeral", "Numerals", "numerals_of"]

_OPERATORS = frozenset({"minus", "point", "over", "outof", "share"})
_COUNTED = frozenset({"unit", "bound", "ten", "teen", "tens", "hundred", "hundreds", "scale", "scales", "twoscale"})
_UNUSUAL = ("question", "future", "so will")  # clitics of verbs
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[,.\u066c]\d{3})+")
_LONGEST = 18  # digits of a number
_THREE = re.compile(r"\d{3}")
_HEAD = re.compile(r"[1-9]\d{0,2}")


@record(frozen=True, slots=True)
class Word:
    """A number word as it stands in a text: its role and value, and the letters before it."""

    role: str
    value: Fraction
    joined: bool
    definite: bool
    cut: int


@record(frozen=True, slots=True)
class Numeral:
    """A number told in digits or words.

    Attributes:
        first, last: token indices, both included.
        value: the number; for a vague one ("tens") the least it can be.
        vague: whether it has no upper bound.
        definite: whether its first word carries the article.
        digits: whether it is written in digits (perhaps with a scale word).
        cut: letters of the first token that are proclitics.
    """

    first: int
    last: int
    value: Fraction
    vague: bool
    definite: bool
    digits: bool
    cut: int


def digits_value(form: str, *, thousands_dot: bool = True) -> Fraction | None:
    """Value of a folded digit token ("1,250", "3.5"); None when it is no plain number ("192.168.1.2").

    Args:
        form: folded token.
        thousands_dot: whether a dot before exactly three digits groups thousands, as in counts of people.
    """
    if form.isdecimal():
        return Fraction(int(form)) if len(form) <= _LONGEST else None
    if len(form) <= 2 * _LONGEST and _GROUPED.fullmatch(form) and (thousands_dot or "." not in form):
        return Fraction(int(re.sub(r"\D", "", form)))
    plain = form.replace("\u066c", "").replace("\u066b", ".")
    if plain.count(",") > 1 and plain.count(".") <= 1 or "," in plain and "." in plain:
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    if plain.count(".") <= 1 and plain.replace(".", "").isdecimal() and len(plain) <= 24:
        return Fraction(plain)
    return None


class Numerals:
    """The number words of a language pack, all forms folded and with the letters that may stand before them.

    Attributes:
        words: number words; parts: fractions and dozens; operators: "minus", "point" and the like with their role.
        heads: the forms with which a numeral in words may begin; heads_in: the same, to find them in a text.
        conjunction: the letter of "and".
    """

    def __init__(self, language: str = "ar") -> None:
        self.words: dict[str, Word] = {}
        self.parts: dict[str, Word] = {}
        self.operators: dict[str, str] = {}
        self._pairs: set[tuple[str, str]] = set()
        self.conjunction = ""
        rows = read_table(f"{language}/numbers.tsv")
        before: list[tuple[str, bool]] = [("", False)]
        for clitic in read_table(f"{language}/clitics.tsv"):
            if clitic["side"] == "pro" and not clitic["note"].endswith(_UNUSUAL):
                before.append((clitic["form"], clitic["article"] == "yes"))
        self.conjunction = next(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] == "and")
        for clitic_form, definite in sorted(before, key=lambda b: len(b[0])):
            joined = clitic_form.startswith(self.conjunction) and bool(clitic_form)
            for row in rows:
                if row["role"] in _OPERATORS:
                    if not clitic_form:
                        self.operators.update((fold(form), row["role"]) for form in row.list("forms"))
                    continue
                target = self.parts if row["role"] in ("part", "dozen") else self.words
                for form in row.list("forms"):
                    word = Word(row["role"], Fraction(row["value"]), joined, definite, len(clitic_form))
                    target.setdefault(clitic_form + fold(form), word)
        self._article = next(c["form"] for c in read_table(f"{language}/clitics.tsv") if c["note"] == "article")
        self._ambiguous = {form for form in self.parts if form in self.words}
        for row in read_table(f"{language}/lexicon/homographs.tsv"):
            if row["not"] == "fraction":
                self._ambiguous.add(fold(row["form"]))
            if row["not"] == "number":
                first, _, second = fold(row["form"]).partition(" ")
                if second:
                    self._pairs.add((first, second))
                else:
                    self.words.pop(first, None)
        self.heads = self.words.keys() | self.parts.keys()
        self.heads_in: Shared[bool] = Shared(self.heads.__contains__, self.heads, False, language)

    def definite(self, form: str) -> bool:
        """Whether a word begins with the article."""
        return form.startswith(self._article) and len(form) > len(self._article) + 2

    def ambiguous(self, form: str) -> bool:
        """Whether a fraction word is also another word or number ("price", "five")."""
        return form in self._ambiguous

    # The reading of one numeral from a token on.

    def at(self, text: Text, index: int) -> Numeral | None:
        """The longest numeral that begins at a token, or None."""
        tokens = text.tokens
        token = tokens[index]
        if token.kind == "n":
            return self._from_digits(text, index)
        word = self.words.get(token.form) if token.kind == "w" else None
        if word is None:
            part = self.parts.get(token.form)
            if part is not None and part.role == "part":
                return self._part_of_scale(text, index, part)
            return None
        if index and (tokens[index - 1].form, token.form) in self._pairs:
            return None
        if word.role in ("vague", "few"):
            return self._vague(text, index, word)
        if word.role not in _COUNTED:
            return None
        if word.role == "scales":
            return Numeral(index, index, 2 * word.value, True, word.definite, False, word.cut)
        composed = self._whole(text, index, None)
        if composed is None:
            return None
        last, value = composed
        last, value = self._with_part(text, last, value)
        return Numeral(index, last, value, False, word.definite, False, word.cut)

    def _next(self, tokens: list[Token], index: int) -> tuple[int, bool]:
        """Index of the next word after ``index`` and whether a free-standing "and" stands before it."""
        index += 1
        if index < len(tokens) and tokens[index].form == self.conjunction:
            return index + 1, True
        return index, False

    def _from_digits(self, text: Text, index: int) -> Numeral | None:
        tokens = text.tokens
        value = digits_value(tokens[index].form)
        if value is None:
            return None
        last = index
        # "40 000", "18،000": three-digit groups after a head of one to three digits.
        if _HEAD.fullmatch(tokens[index].form):
            grouped = tokens[index].form
            at = index
            while True:
                step = 1 if at + 1 < len(tokens) and tokens[at + 1].kind == "n" else 2
                follower = at + step
                if follower >= len(tokens) or not _THREE.fullmatch(tokens[follower].form) or len(grouped) > _LONGEST - 3:
                    break
                gap = text.source[tokens[at].end : tokens[follower].start]
                if not (len(gap) == 1 and (gap.isspace() or gap == "\u060c") and gap != "\n"):
                    break
                grouped += tokens[follower].form
                at = follower
            if at != index:
                last, value = at, Fraction(int(grouped))
        if last + 1 < len(tokens) and tokens[last + 1].form in self.words:
            composed = self._whole(text, index, (last, value))
            assert composed is not None
            last, value = self._with_part(text, *composed)
        return Numeral(index, last, value, False, False, True, 0)

    def _part_of_scale(self, text: Text, index: int, part: Word) -> Numeral | None:
        """ "half a million"."""
        follower = index + 1
        if follower < len(text.tokens):
            word = self.words.get(text.tokens[follower].form)
            if word is not None and word.role == "scale" and not word.joined:
                return Numeral(index, follower, part.value * word.value, False, part.definite, False, part.cut)
        return None

    def _with_part(self, text: Text, last: int, value: Fraction) -> tuple[int, Fraction]:
        """ "a million and a half (million)": a fraction of the scale that was just read."""
        tokens = text.tokens
        scale = self.words.get(tokens[last].form)
        if scale is None or scale.role not in ("scale", "scales", "twoscale"):
            return last, value
        unit = scale.value / 2 if scale.role == "twoscale" else scale.value
        follower, apart = self._next(tokens, last)
        part = self.parts.get(tokens[follower].form) if follower < len(tokens) else None
        if part is None or part.role != "part" or not (part.joined or apart) or part.value >= 1:
            return last, value
        if follower + 1 < len(tokens):
            again = self.words.get(tokens[follower + 1].form)
            if again is not None and again.role == "scale" and again.value == unit and not again.joined:
                follower += 1
        return follower, value + part.value * unit

    def _vague(self, text: Text, index: int, word: Word) -> Numeral | None:
        tokens, value, last = text.tokens, word.value, index
        follower = index + 1
        if follower < len(tokens):
            more = self.words.get(tokens[follower].form)
            if more is not None and not more.joined:
                if more.role in ("scales", "scale") and word.role == "vague":
                    value, last = value * more.value, follower
                elif more.role == "scales" and word.role == "few":
                    value, last = 2 * more.value, follower
                elif more.role == "vague" and word.role == "few":
                    value, last = more.value, follower
                    third = self.words.get(tokens[follower + 1].form) if follower + 1 < len(tokens) else None
                    if third is not None and third.role in ("scales", "scale") and not third.joined:
                        value, last = value * third.value, follower + 1
        return Numeral(index, last, value, True, word.definite, False, word.cut)

    def _whole(self, text: Text, index: int, digits: tuple[int, Fraction] | None) -> tuple[int, Fraction] | None:
        """Last token and value of the whole number that begins at ``index`` (with its digits if it begins with some)."""
        limit: Fraction | None = None
        total, last = Fraction(0), -1
        while True:
            segment = self._segment(text, index, digits)
            if segment is None:
                break
            end, value, scale = segment
            if limit is not None and value >= limit:
                break
            total, last = (value if limit is None else total + value), end
            if scale is None:
                break
            limit = scale
            follower, apart = self._next(text.tokens, end)
            if follower >= len(text.tokens):
                break
            token = text.tokens[follower]
            word = self.words.get(token.form) if token.kind == "w" else None
            if token.kind == "n" and apart:
                found = digits_value(token.form)
                if found is None or found.denominator != 1:
                    break
                digits = (follower, found)
            elif word is not None and (word.joined or apart) and word.role in _COUNTED and word.role != "scales":
                digits = None
            else:
                break
            index = follower
        return None if last < 0 else (last, total)

    def _segment(
        self, text: Text, index: int, digits: tuple[int, Fraction] | None
    ) -> tuple[int, Fraction, Fraction | None] | None:
        """A group below a thousand or digits, with the scale words after it: last token, value, scale."""
        tokens = text.tokens
        scale: Fraction | None = None
        if digits is not None:
            last, value = digits
        else:
            group = self._group(tokens, index)
            if group is not None:
                last, value = group
            else:
                word = self.words.get(tokens[index].form)
                if word is None or word.role not in ("scale", "twoscale"):
                    return None
                last, value = index, word.value
                scale = word.value / 2 if word.role == "twoscale" else word.value
        while last + 1 < len(tokens):
            word = self.words.get(tokens[last + 1].form)
            if word is None or word.joined or word.role not in ("scale", "scales", "hundred"):
                break
            if word.role == "hundred" and (scale is not None or (digits is None and not 11 <= value <= 99)):
                break
            if scale is not None and word.value <= scale:
                break
            value, scale, last = value * word.value, word.value, last + 1
        return last, value, scale

    def _group(self, tokens: list[Token], index: int) -> tuple[int, Fraction] | None:
        """Number words below a thousand: last token and value."""
        word = self.words.get(tokens[index].form)
        if word is None:
            return None
        last, value, role = index, word.value, word.role
        if role in ("unit", "bound"):
            follower = self.words.get(tokens[last + 1].form) if last + 1 < len(tokens) else None
            if role == "unit" and follower is not None and follower.role == "hundred" and not follower.joined:
                last, value, role = last + 1, value * 100, "hundred"
        total = Fraction(0)
        if role in ("hundred", "hundreds"):
            total = value
            after, apart = self._next(tokens, last)
            follower = self.words.get(tokens[after].form) if after < len(tokens) else None
            if (
                follower is None
                or follower.role not in ("unit", "bound", "ten", "teen", "tens")
                or follower.definite != word.definite
            ):
                return last, total
            if not (follower.joined or apart) and follower.role == "bound":
                return last, total
            below = self._below_hundred(tokens, after, follower)
            return (last, total) if below is None else (below[0], total + below[1])
        if role in ("ten", "teen", "tens", "unit", "bound"):
            return self._below_hundred(tokens, index, word)
        return None

    def _below_hundred(self, tokens: list[Token], index: int, word: Word) -> tuple[int, Fraction] | None:
        if word.role not in ("unit", "bound"):
            return index, word.value
        if index + 1 < len(tokens):
            follower = self.words.get(tokens[index + 1].form)
            if follower is not None and follower.role == "ten" and not follower.joined and not follower.definite:
                return index + 1, word.value + 10
        after, apart = self._next(tokens, index)
        follower = self.words.get(tokens[after].form) if after < len(tokens) else None
        if follower is not None and follower.role == "tens" and (follower.joined or apart):
            return after, word.value + follower.value
        return None if word.role == "bound" else (index, word.value)


@lru_cache(maxsize=4)
def numerals_of(language: str = "ar") -> Numerals:
    """The number words of a language pack, loaded once."""
    return Numerals(language)
