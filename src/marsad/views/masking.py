"""Masking: texts without the names of people in them, and the passages of a text that are hard to look at.

Nothing is cut: a masked text has the length of the other, so that offsets hold in both. Names in Arabic are known by given names
(``packs/ar/given_names.tsv``, ``masked_names.tsv``) and by titles before them (``masked_titles.tsv``), names in Latin letters by the same in ``packs/en``
(``given_names.tsv``, ``name_words.tsv``); what is unsure is masked, but a name that has neither stays. It protects those whose names
stand in reports from who looks over a shoulder; it makes no text fit to be given out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from marsad.gazetteer import default
from marsad.gazetteer.names import plain_latin
from marsad.lexicon.table import read_table
from marsad.syndication.hints import name_ranges
from marsad.text.fold import fold
from marsad.text.tokens import Text, WordPlaces, word_forms

__all__ = ["MASK", "graphic_spans", "masked", "name_spans"]

MASK = "•"
_LETTER = re.compile(r"\w")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:[-'\u2019\u02bf\u02be][A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)*")
_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de\u1e00-\u1eff]")
_PACK, _LATIN_PACK = "ar", "en"
# Words of a name at most, and kinds of places whose names are never taken for one.
_WORDS = 6
_PLACES = frozenset({"country", "governorate", "district", "city", "town"})


def name_spans(text: str) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the names of people in a text, in order."""
    places = WordPlaces(text)
    found = [
        (places[first][0], places[end - 1][1]) for first, end in name_ranges(word_forms(text), _further(), titled=_titles())
    ]  # fmt: skip
    latin = list(_latin_spans(text)) if _CAPITAL.search(text) else []
    yield from sorted(found + latin)


def _latin_spans(text: str) -> Iterator[tuple[int, int]]:
    """Half-open offsets of names in Latin letters: words with capitals from a given name or title on, and words that join them."""
    given, roles = _given(), _roles()
    words = list(_LATIN.finditer(text))
    plains = [plain_latin(word[0]) for word in words]
    number = 0
    while number < len(words):
        first, role = number, roles.get(plains[number], "")
        if role == "title":
            first = number = number + 1
            if number == len(words) or not _beside(text, words[number - 1], words[number]):
                continue
            begins = _capital(words[number][0])
        else:
            begins = _capital(words[number][0]) and (role == "father" or _begins(plains[number], given))
        number += 1
        if not begins:
            continue
        end = number
        while number < len(words) and number - first < _WORDS and _beside(text, words[number - 1], words[number]):
            if _capital(words[number][0]):
                end = number + 1
            elif roles.get(plains[number]) not in ("link", "father"):
                break
            number += 1
        number = end
        if not _is_place(" ".join(plains[first:end])):
            yield words[first].start(), words[end - 1].end()


def _begins(plain: str, given: Container[str]) -> bool:
    """Whether a word is a given name, or one with the article before it or another name behind a hyphen."""
    return any(part in given for part in (plain, *plain.split()))


def _capital(word: str) -> bool:
    return word[0].isupper() or (word[:3].lower() in ("al-", "el-") and word[3:4].isupper())


def _beside(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two words follow each other with nothing but spaces, or the point of a title, between them."""
    between = text[one.end() : other.start()]
    return not between.strip(" .\u00a0") and ("." not in between or one[0].lower() in ("dr", "mr", "mrs", "ms"))


def _is_place(plain: str) -> bool:
    """Whether words are the name of a town or more, which names of people are not masked for."""
    return any(entry.kind in _PLACES for layer in default().layers for entry in layer.latin(plain))


def masked(text: str) -> str:
    """A text with a dot in place of each letter of the names of people; as long as before."""
    parts, end = [], 0
    for start, stop in name_spans(text):
        parts += [text[end:start], _LETTER.sub(MASK, text[start:stop])]
        end = stop
    return "".join((*parts, text[end:])) if parts else text


@cache
def _further() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in read_table(f"{_PACK}/masked_names.tsv"))


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold(row["form"]) for row in read_table(f"{_PACK}/masked_titles.tsv"))


@cache
def _given() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table(f"{_LATIN_PACK}/given_names.tsv"))


@cache
def _roles() -> dict[str, str]:
    return {row["form"]: row["role"] for row in read_table(f"{_LATIN_PACK}/name_words.tsv")}


@cache
def _graphic() -> frozenset[str]:
    return frozenset(fold(row["form"]) for row in read_table(f"{_PACK}/graphic_words.tsv"))


def graphic_spans(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the sentences that describe what was done to bodies, in order; those side by side are one passage."""
    read = Text(text)
    found: list[tuple[int, int]] = []
    for first, end in read.sentences:
        if not any(read.forms[n] in _graphic() for n in range(first, end)):
            continue
        start, stop = read.tokens[first].start, read.tokens[end - 1].end
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
    return found
