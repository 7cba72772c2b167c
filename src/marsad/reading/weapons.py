"""Weapons: words that tell with what an attack was made, with the weapon kind that they say.

Words and what changes their kind are data (``lexicon/weapons.tsv``, ``weapon_qualifiers.tsv``, ``phrase_words.tsv``). The
kind is that of the words alone: who fires a plain rocket is for the reader of events to weigh.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.clitics import splits
from marsad.lexicon.table import read_table
from marsad.reading.headphrases import mentions, phrase
from marsad.reading.headwords import Book, Reading
from marsad.record import record
from marsad.text.fold import fold
from marsad.text.tokens import Text
from marsad.vocabulary import WEAPON_KINDS

__all__ = ["WeaponMention", "find"]

_NONE = "-"
_LIMIT = 100_000
_COUNTING = frozenset(
    ("bound", "dozen", "few", "hundred", "hundreds", "scale", "scales", "teen", "ten", "tens", "twoscale", "unit", "vague")
)


@record(frozen=True, slots=True)
class WeaponMention:
    """A weapon as a text names it.

    Attributes:
        first, last: token indices, both included; start, end: half-open source offsets without the letters written before.
        kind: weapon kind of the claims vocabulary, by the words alone.
        head: token index of the head noun; proclitic: letters before it, without the article; definite: whether it has
            the article or a pronoun.
        count: whether a number stands right before it.
        carrier: whether it names the launcher, aircraft or shooter, and not what was fired.
        bare: whether it only points back at what was fired ("the shells").
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    head: int
    proclitic: str
    definite: bool
    count: bool
    carrier: bool
    bare: bool = False


@lru_cache(maxsize=4)
def _book(language: str) -> Book:
    return Book("weapons", "weapon_qualifiers", language, kinds=frozenset(WEAPON_KINDS))


def find(text: Text, language: str = "ar") -> list[WeaponMention]:
    """The weapons of a text, in order, without overlap.

    Args:
        text: the report.
        language: code of the language pack.
    """
    return list(mentions(text, _book(language), _mention))


def _mention(text: Text, book: Book, index: int, reading: Reading) -> WeaponMention | None:
    behind = phrase(text, book, index, reading)
    if behind is None or not behind.kind or behind.kind == _NONE:
        return None
    first, begin, last = index, reading.begin, behind.last
    if reading.head.needs and last > index + 1:  # "opened ... fire": the words between are someone else's
        first, begin = last, 0
    token = text.tokens[first]
    start = text.inside(token, begin, len(token.form))[0]
    definite = reading.definite or reading.owned
    carrier = "carrier" in reading.head.flags
    counted = _counted(text, first, book.language)
    bare = "bare" in reading.head.flags and reading.definite and not behind.told
    return WeaponMention(
        first, last, start, text.tokens[last].end, behind.kind, first, reading.proclitic, definite, counted, carrier, bare
    )


@lru_cache(maxsize=4)
def _numbers(language: str) -> frozenset[str]:
    rows = read_table(f"{language}/numbers.tsv")
    return frozenset(fold(form) for row in rows if row["role"] in _COUNTING for form in row.list("forms"))


@lru_cache(maxsize=_LIMIT)
def _numeral(form: str, language: str) -> bool:
    return any(split.core in _numbers(language) for split in splits(form, language, enclitics=False))


def _counted(text: Text, index: int, language: str) -> bool:
    before = text.tokens[index - 1] if index else None
    return before is not None and (before.kind == "n" or (before.kind == "w" and _numeral(before.form, language)))
