"""Words: the texts of the interface in its languages, from the tables in ``words``, and the names of values (``lexicon.reasons``) under ``values``.

A key is ``screen.name``; forms for numbers are further keys ``screen.name#one`` with the categories of CLDR (``zero``, ``one``,
``two``, ``few``, ``many``, ``other``). ``{name}`` stands for a value, which is isolated from the direction of the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.errors import PackError
from marsad.lexicon.reasons import LANGUAGES, name, names
from marsad.text.direction import isolated

__all__ = ["DIRECTIONS", "LANGUAGES", "category", "chosen", "named", "phrase", "table", "text"]

DIRECTIONS = {"ar": "rtl", "en": "ltr"}
_HEAD = ("key", *LANGUAGES)
_SLOT = re.compile(r"\{([a-z_]+)\}")


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Texts by language and key.

    Raises:
        PackError: a table is not well formed.
    """
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for file in sorted(files("marsad.desk").joinpath("words").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".tsv"):
            _load(file.name, file.read_text("utf-8"), found)
    for language, told in found.items():
        told.update({f"values.{key}": word for key, word in names(language).items()})
    return found


def _load(name: str, content: str, found: dict[str, dict[str, str]]) -> None:
    stem, previous = name.removesuffix(".tsv"), ""
    where = f"desk/words/{name}"
    for number, line in enumerate(content.splitlines(), 1):
        cells = line.split("\t")
        if number == 1:
            if tuple(cells) != _HEAD:
                raise PackError(where, 1, f"the columns must be {', '.join(_HEAD)}")
            continue
        if len(cells) != len(_HEAD) or not all(cells):
            raise PackError(
                where, number, f"a row has the {len(_HEAD)} cells {', '.join(_HEAD)}, separated by tabs; none may be empty"
            )
        key = cells[0]
        if not key.startswith(f"{stem}."):
            raise PackError(where, number, f"keys of this table begin with {stem}.; this is {key}")
        if key <= previous:
            raise PackError(where, number, f"{key} must stand before {previous}; rows are sorted by key and keys differ")
        previous = key
        for language, told in zip(LANGUAGES, cells[1:], strict=True):
            found[language][key] = told


def text(language: str, key: str, **values: Any) -> str:
    """The text of a key; a key that is not known is shown as it is, in brackets that tests look for."""
    told = table()[language].get(key)
    if told is None:
        return f"\u27e6{key}\u27e7"
    if not values:
        return told
    return _SLOT.sub(lambda m: isolated(values[m[1]]) if m[1] in values else m[0], told)


def named(language: str, vocabulary: str, value: str | None) -> str:
    """A value of a vocabulary in a language: as it is where it has no name, the empty string for None."""
    return "" if value is None else name(vocabulary, value, language)


def phrase(language: str, key: str, number: int, **values: Any) -> str:
    """The text of a key for a number of things, with ``{number}`` in it."""
    forms = table()[language]
    for form in (category(language, number), "other"):
        if f"{key}#{form}" in forms:
            return text(language, f"{key}#{form}", number=f"{number:,}", **values)
    return text(language, key, number=f"{number:,}", **values)


def category(language: str, number: int) -> str:
    """The category of CLDR that a whole number takes in a language."""
    if language != "ar":
        return "one" if number == 1 else "other"
    if number in (0, 1, 2):
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def chosen(wish: str, header: str) -> str:
    """The language of a page.

    Args:
        wish: what the person chose before; empty or unknown where nothing was.
        header: ``Accept-Language`` of the request.
    """
    if wish in LANGUAGES:
        return wish
    weighed = []
    for position, part in enumerate(header[:500].split(",")):
        code, _, weight = part.partition(";q=")
        try:
            weighed.append((-float(weight or 1), position, code.strip().lower().partition("-")[0]))
        except ValueError:
            continue
    return next((code for _, _, code in sorted(weighed) if code in LANGUAGES), "en")
