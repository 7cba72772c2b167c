"""Reasons: what the program says of its own steps, in every language of the interface.

A reason is a key of a table (``packs/reasons``) and the values that are filled into its words, so that it can be kept, compared and told
in any language. In the words ``{name}`` stands for a value and ``{name:vocabulary}`` for a value, or several, of a vocabulary
(``status``, ``type``, ``party`` ...), which whoever shows it may name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from marsad.lexicon.table import read_table

__all__ = ["LANGUAGES", "AnyOf", "Named", "Reason", "Sides", "reason", "texts"]

LANGUAGES = ("ar", "en")
# The name of a value of a vocabulary.
Named = Callable[[str, str], str]
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
# First strong isolate and its end.
_ISOLATE, _END = "\u2068", "\u2069"
_COMMA = {"ar": "\u060c ", "en": ", "}


class _Telling(NamedTuple):
    """How values are told; see :meth:`Reason.text`."""

    language: str
    named: Named | None
    isolated: bool


class AnyOf(tuple[Any, ...]):
    """Values of which any one serves; told with "or" between them."""


class Sides(tuple[Any, ...]):
    """What stands on two sides; told with a stroke between them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason.

    Attributes:
        table: its table under ``packs/reasons``, without the ending; key: in that table.
        values: what is filled in, by name: texts, numbers, reasons, or tuples of these.
    """

    table: str
    key: str
    values: tuple[tuple[str, Any], ...] = ()

    def text(self, language: str = "en", named: Named | None = None, *, isolated: bool = False) -> str:
        """Its words.

        Args:
            language: one of ``LANGUAGES``.
            named: names the values of vocabularies; they are told as they are without it.
            isolated: whether each value is isolated from the direction of the text around it, for screens: a date within Arabic words is
                shown in its own order.
        """
        values = dict(self.values)

        def told(match: re.Match[str]) -> str:
            return self._told(values[match[1]], match[2], _Telling(language, named, isolated))

        return _SLOT.sub(told, _words(self.table)[self.key][language])

    def __str__(self) -> str:
        return self.text()

    def _told(self, value: Any, vocabulary: str | None, way: _Telling) -> str:
        if isinstance(value, Reason):
            return value.text(way.language, way.named, isolated=way.isolated)
        if isinstance(value, tuple):
            by = " / " if isinstance(value, Sides) else _COMMA[way.language]
            if isinstance(value, AnyOf):
                by = f" {_words('any')['or'][way.language]} "
            return by.join(self._told(v, vocabulary, way) for v in value)
        told = way.named(vocabulary, str(value)) if vocabulary and way.named else str(value)
        return f"{_ISOLATE}{told}{_END}" if way.isolated else told


def reason(told: str, /, **values: Any) -> Reason:
    """A reason by the name of its table, a colon and its key; lists become tuples.

    Raises:
        KeyError: there is no such key.
    """
    table, _, key = told.partition(":")
    _words(table)[key]
    return Reason(table, key, tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in values.items()))


def texts(reasons: Iterable[Reason]) -> list[str]:
    """Reasons in English, as they stand in records."""
    return [r.text() for r in reasons]


@cache
def _words(table: str) -> dict[str, dict[str, str]]:
    return {row["key"]: {language: row[language] for language in LANGUAGES} for row in read_table(f"reasons/{table}.tsv")}
