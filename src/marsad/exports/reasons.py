"""Reasons: why something stays or leaves in another form, in the languages of the interface (``packs/exports/reasons.tsv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from marsad.lexicon.table import read_table

__all__ = ["LANGUAGES", "Reason", "reason", "retold", "told_as"]

LANGUAGES = ("ar", "en")
_SLOT = re.compile(r"\{([a-z]+)\}")
# Sentences that are made in English: of counting, and of how coordinates are stated.
_ELSEWHERE = ("count", "stated")
_COMMA = {"ar": "\u060c ", "en": ", "}


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason: the key of its words, and what is filled into them (texts, reasons, or tuples of either)."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def text(self, language: str = "en") -> str:
        """Its words in a language."""
        values = dict(self.values)
        return _SLOT.sub(lambda m: told_as(values[m[1]], language), _words()[self.key][language])

    def __str__(self) -> str:
        return self.text()

    def to_dict(self) -> dict[str, str]:
        """The reason as data for JSON: ``why`` in English, and in the other languages with their codes."""
        return {"why": self.text()} | {f"why_{code}": self.text(code) for code in LANGUAGES if code != "en"}


def reason(key: str, **values: Any) -> Reason:
    """A reason of a key; lists become tuples."""
    return Reason(key, tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in values.items()))


def told_as(value: Any, language: str) -> str:
    """What is filled into words: reasons and values in their own words where the table has them, several as a list."""
    if isinstance(value, Reason):
        return value.text(language)
    if isinstance(value, tuple):
        return _COMMA[language].join(told_as(v, language) for v in value)
    row = _words().get(f"value.{value}")
    if row is not None or language == "en":
        return row[language] if row else str(value)
    for kind in _ELSEWHERE:
        value = retold(str(value), kind, language)
    return str(value)


def retold(text: str, kind: str, language: str) -> str:
    """A sentence that was made in English elsewhere, by its form in the rows whose keys begin with ``kind`` and a dot; one that has none
    there stays as it is."""
    for key, form in _forms(kind):
        if found := form.fullmatch(text):
            values = {
                name: tuple(re.split(r", | or ", told)) if name.endswith("s") else told
                for name, told in found.groupdict().items()
            }
            return Reason(key, tuple(values.items())).text(language)
    return text


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return {row["key"]: {language: row[language] for language in LANGUAGES} for row in read_table("exports/reasons.tsv")}


@lru_cache(maxsize=8)
def _forms(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for key, words in _words().items():
        if key.startswith(f"{kind}."):
            parts = _SLOT.split(words["en"])
            # Texts and names of slots by turns.
            form = "".join(re.escape(part) if n % 2 == 0 else f"(?P<{part}>.+?)" for n, part in enumerate(parts))
            made.append((key, len(words["en"]), re.compile(form)))
    # The longest first, since a sentence may be the end of another one.
    return tuple((key, form) for key, _, form in sorted(made, key=lambda m: (-m[1], m[0])))
