"""Words of the site in both languages: its own (``words/site.tsv``), and the names of values (``lexicon.reasons``)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.errors import PackError
from marsad.lexicon.reasons import LANGUAGES, name
from marsad.text.direction import isolated

__all__ = ["LANGUAGES", "text", "value"]

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
    return _SLOT.sub(lambda m: isolated(values[m[1]]) if m[1] in values else m[0], _table()[language][key])


def value(language: str, kind: str, key: str | None) -> str:
    """The words for a value of a vocabulary (``type``, ``party``, ``siteKind`` ...); the key itself where there are none."""
    told = name(kind, key or "", language)
    return told.replace("_", " ") if told == key else told
