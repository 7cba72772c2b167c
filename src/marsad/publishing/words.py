"""Words of the site in both languages: its own (``words/site.tsv``), and those of the desk for values."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.desk import words
from marsad.errors import PackError

__all__ = ["LANGUAGES", "text", "value"]

LANGUAGES = words.LANGUAGES
# First strong isolate and its end: a day stays in order among words that are read from the right.
_ISOLATE, _END = "\u2068", "\u2069"
_SLOT = re.compile(r"\{([a-z]+)\}")


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    lines = files("marsad.publishing").joinpath("words/site.tsv").read_text("utf-8").splitlines()
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells):
            raise PackError("publishing/words/site.tsv", number, "a row has the three cells key, ar, en, separated by tabs")
        for language, told in zip(LANGUAGES, cells[1:], strict=True):
            found[language][cells[0]] = told
    return found


def text(language: str, key: str, **values: Any) -> str:
    """The text of a key with its values filled in.

    Raises:
        KeyError: there is no such key.
    """
    return _SLOT.sub(lambda m: f"{_ISOLATE}{values[m[1]]}{_END}" if m[1] in values else m[0], _table()[language][key])


def value(language: str, kind: str, key: str | None) -> str:
    """The words for a value of a vocabulary (``type``, ``party``, ``siteKind`` ...); the key itself where there are none."""
    told = words.table()[language].get(f"values.{kind}.{key}")
    return told or (key or "").replace("_", " ")
