"""Hints: what single words may tell, so that reports are read only where numbers, days and places can differ.

To read a whole report costs ten times what it costs to lay it over another one. Most words that differ in copies are wording, which
a word by itself already tells. Names of people are known here as well: nothing reads them, but given names and titles show them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.reading import dates, numbers, toponyms
from marsad.syndication.names import stem
from marsad.text.fold import fold
from marsad.text.tokens import Text

__all__ = ["DAY_WORD", "NUMBER_WORD", "PLACE_WORD", "hints", "learn", "name_ranges", "people", "tells"]

NUMBER_WORD, DAY_WORD, PLACE_WORD = 1, 2, 4
_CLASS_WORD = 8  # announces a place by whatever word follows
_PACK = "ar"
_LIMIT = 150_000  # words remembered
_TOGETHER = 40  # words learned at once
_NAMES = 5  # words of a person's name at most
_ARTICLE = 2  # letters; behind a name even a usual short word that has it is of the name
_SHORT = 3  # letters of words that join names or are none


_hints: dict[str, int] = {}


def learn(forms: Iterable[str]) -> None:
    """Find out what words may tell that were not met before; for many at once, since each reading has its price."""
    if len(_hints) >= _LIMIT:
        _hints.clear()
    new = [form for form in dict.fromkeys(forms) if form not in _hints]
    if not new:
        return
    text, told = Text("\n".join(new)), dict[int, int]()
    for q in (q for q in numbers.find(text) if q.min is not None or q.max is not None):
        told[q.start] = NUMBER_WORD | DAY_WORD
    for day in dates.find(text, None):
        told[day.start] = told.get(day.start, 0) | DAY_WORD
    start = 0
    for form in new:
        found = NUMBER_WORD | DAY_WORD if form.isdigit() else 0
        for at in range(start, start + len(form)):
            found |= told.get(at, 0)
        place = toponyms.beginnings(form, _PACK)
        if place is not None:
            found |= (PLACE_WORD if place.starts else 0) | (_CLASS_WORD if place.classes else 0)
        _hints[form] = found
        start += len(form) + 1


def tells(forms: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each of some folded words with what it may tell by itself: bits of ``NUMBER_WORD``, ``DAY_WORD`` and ``PLACE_WORD``."""
    for first in range(0, len(forms), _TOGETHER):
        part = forms[first : first + _TOGETHER]
        if not all(map(_hints.__contains__, part)):
            learn(part)
        for form in part:
            yield form, _hints[form]


def hints(forms: Sequence[str], first: int, end: int, around: int = 0) -> int:
    """What a half-open range of folded words may tell where it stands, as bits.

    Args:
        forms: all words of a report; a name may have begun before the range.
        first, end: the range; not empty.
        around: words on both sides that may belong to a day.
    """
    found = day = 0
    for _, hint in tells(forms[first:end]):
        found |= hint
    if not found & PLACE_WORD and first:
        before = toponyms.beginnings(forms[first - 1], _PACK)
        if before is not None and (before.classes or forms[first] in before.seconds):
            found |= PLACE_WORD
    if around:
        for _, hint in tells([*forms[max(0, first - around) : first], *forms[end : end + around]]):
            day |= hint & DAY_WORD
    return (found | day) & (NUMBER_WORD | DAY_WORD | PLACE_WORD)


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in read_table(f"{_PACK}/given_names.tsv") if not row["part"])


@lru_cache(maxsize=1)
def _servant() -> str:
    return next(fold(row["name"]) for row in read_table(f"{_PACK}/given_names.tsv") if row["part"] == "servant")


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Titles, behind which a name stands; and words that are in no name."""
    roles: dict[str, set[str]] = {}
    for row in read_table(f"{_PACK}/lexicon/place_context.tsv"):
        roles.setdefault(row["role"], set()).update(map(fold, row.list("forms")))
    common = {row["form"] for row in read_table(f"{_PACK}/lexicon/common_words.tsv")}
    small = roles["in"] | roles["at"] | roles["stop"]
    # Short ones are parts of names ("son of"), and some names look like prepositions once they are folded.
    titles = frozenset(form for form in roles["person"] - small - _given() if len(form) > _SHORT)
    return titles, frozenset(common | small | titles)


def people(forms: Sequence[str], first: int, end: int) -> frozenset[str]:
    """The words of names of people in a half-open range of folded words, without joined letters.

    A name begins with a given name or behind a title and goes on while words are unusual. Names that begin with "servant of" are
    left out, as are their other halves: they are written in one word and in two.
    """
    titles, usual = _words()
    within = first > 0 and forms[first - 1] in titles
    found, joined = set[str](), False
    for form in forms[first:end]:
        bare = stem(form)
        if bare in _given():
            within = True
        elif form in titles:
            within, joined = True, False
            continue
        elif len(bare) <= _SHORT or form in usual or bare in usual or form.isdigit():
            within = within and len(bare) <= _SHORT
            joined = form == _servant()
            continue
        if within and not joined and not form.startswith(_servant()):
            found.add(bare)
        joined = False
    return frozenset(found)


def name_ranges(
    forms: Sequence[str], further: Container[str] = (), *, titled: frozenset[str] | None = None
) -> Iterator[tuple[int, int]]:
    """Half-open ranges of folded words that are names of people, in order.

    Args:
        forms: all words of a text.
        further: given names besides those of the table.
        titled: if given, unusual words behind a title are a name too; titles besides those of the table.

    A name begins with a given name, or with one behind "servant", which is none where it stands behind the word for a kind of place or
    within the name of one. It goes on with given names, with short words that join two names, and with words that are unusual: all
    that have joined letters, but only one that has none, since that may be the verb behind.
    """
    titles, usual = _words()
    behind = frozenset() if titled is None else titles | titled
    number, last = 0, len(forms)
    while number < last:
        end = _name_at(forms, number, further)
        told = number > 0 and forms[number - 1] in behind
        if not end and told and _unusual(forms[number], usual):
            end = number + 1
        if not end or (_in_place(forms, number) and not told):
            number += 1
            continue
        first, names, plain = number, 1, 0
        number = end
        while number < last and names < _NAMES:
            form = forms[number]
            bare = stem(form)
            if end := _name_at(forms, number, further):
                number = end
            elif len(bare) <= _SHORT and form not in usual and _name_at(forms, number + 1, further):
                number += 1
                continue
            elif _ends(form, usual) and not (told and names < 3 and _unusual(form, usual)):
                break
            elif form != bare or not plain:
                number, plain = number + 1, plain + (form == bare)
            else:
                break
            names += 1
        yield first, number


def _unusual(form: str, usual: Container[str]) -> bool:
    """Whether a word behind a title is a name: none that is usual or tells a number or a day, and none with the article, which is an
    adjective there. Many names of people are names of villages too."""
    bare = stem(form)
    if (
        form in usual
        or bare in usual
        or form.isdigit()
        or (form != bare and len(bare) <= _SHORT)
        or len(form) - len(bare) == _ARTICLE
    ):
        return False
    return not any(hint & (NUMBER_WORD | DAY_WORD) for _, hint in tells([form, bare]))


def _ends(form: str, usual: Container[str]) -> bool:
    """Whether a name cannot go on with a word: it is a number, or a usual word of the language."""
    bare = stem(form)
    return (
        form in usual
        or form.isdigit()
        or _known(form, form)
        or len(form) - len(bare) != _ARTICLE
        and (len(bare) <= _SHORT or bare in usual or _known(form, bare))
        or len(bare) > _SHORT
        and (bare in usual or _known(form, bare))
    )


def _name_at(forms: Sequence[str], number: int, further: Container[str]) -> int:
    """The end of a given name that begins with a word, or 0; a word that is more often another is none."""
    if number >= len(forms):
        return 0
    form, servant = forms[number], _servant()
    bare = stem(form)
    if form not in _no_names() and any(name in _given() or name in further for name in (form, bare)):
        return number + 1
    if servant in (form, bare):
        return min(number + 2, len(forms))
    # Both words written in one.
    return number + 1 if form.startswith(servant) and len(form) > len(servant) + _SHORT else 0


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """Words that begin no name, though some are given names."""
    rows = read_table(f"{_PACK}/lexicon/place_context.tsv")
    return frozenset(fold(form) for row in rows if row["role"] in ("in", "at", "stop") for form in row.list("forms"))


def _in_place(forms: Sequence[str], number: int) -> bool:
    """Whether the word before announces a place, or makes the name of one with this word."""
    before = toponyms.beginnings(forms[number - 1], _PACK) if number else None
    return before is not None and bool(before.classes or forms[number] in before.seconds)


def _known(form: str, bare: str) -> bool:
    """Whether a word tells a number, a day or a place by itself."""
    return any(hint for _, hint in tells([form, bare]))
