"""Reasons: what the program says of its own steps, in every language of the interface.

A reason is a key of a table (``packs/reasons``) and the values that are filled into its words, so that it can be kept, compared and told
in any language. In the words ``{name}`` stands for a value and ``{name:vocabulary}`` for a value, or several, of a vocabulary
(``status``, ``type``, ``party`` ...). English names values as records do, unless it is told how; other languages by ``reasons/names.tsv``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from marsad.lexicon.table import read_table
from marsad.record import record
from marsad.text.direction import has_rtl, isolated

__all__ = [
    "LANGUAGES",
    "AnyOf",
    "Named",
    "Reason",
    "Sides",
    "Told",
    "escaped",
    "listed",
    "loaded",
    "name",
    "names",
    "reason",
    "recognised",
    "refusal",
    "remade",
    "retold",
    "texts",
    "why_of",
]

LANGUAGES = ("ar", "en")
# The name of a value of a vocabulary.
Named = Callable[[str, str], str]
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
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


@record(frozen=True, slots=True)
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
            named: names the values of vocabularies, in place of what is usual.
            isolated: whether each value is isolated from the direction of the text around it, for screens: a date within Arabic words is
                shown in its own order. In English that is only done where a value has letters from right to left.
        """
        values = dict(self.values)

        def told(match: re.Match[str]) -> str:
            return self._told(values[match[1]], match[2], _Telling(language, named, isolated))

        return _SLOT.sub(told, _words(self.table)[self.key][language])

    def __str__(self) -> str:
        return self.text()

    def told(self) -> Told:
        """Its English words, for records."""
        made = Told(self.text())
        made.reason = self
        return made

    def dumped(self) -> str:
        """The reason as JSON, to be kept and read again by ``loaded``."""
        return json.dumps(self.data(), ensure_ascii=False, sort_keys=True)

    def data(self) -> dict[str, Any]:
        """The reason as plain data, to be kept beside its English words and read again by ``remade``."""
        made: dict[str, Any] = _plain(self)
        return made

    def to_dict(self) -> dict[str, str]:
        """The reason as data for JSON: ``why`` in English, and in the other languages with their codes."""
        return {"why": self.text()} | {f"why_{code}": self.text(code) for code in LANGUAGES if code != "en"}

    def _told(self, value: Any, vocabulary: str | None, way: _Telling) -> str:
        if isinstance(value, Reason):
            return value.text(way.language, way.named, isolated=way.isolated)
        if isinstance(value, tuple):
            by = " / " if isinstance(value, Sides) else _COMMA[way.language]
            if isinstance(value, AnyOf):
                by = f" {_words('any')['or'][way.language]} "
            return by.join(self._told(v, vocabulary, way) for v in value)
        if isinstance(value, Told):
            return value.reason.text(way.language, way.named, isolated=way.isolated)
        told = str(value)
        if vocabulary and (way.named or way.language != "en"):
            told = way.named(vocabulary, told) if way.named else name(vocabulary, told, way.language)
        # Within words from left to right only those of the other direction disturb.
        return isolated(told) if way.isolated and (way.language != "en" or has_rtl(told)) else told


def loaded(text: str) -> Reason:
    """A reason that was kept; a text that is none of them, as earlier programs kept it, is told as it is."""
    if not text.startswith('{"reason"'):
        return Reason("any", "text", (("text", text),))
    made = _made(json.loads(text))
    assert isinstance(made, Reason)
    return made


def remade(text: str, data: Any) -> str:
    """A text that was kept, as the reason that was kept beside it; the text alone where none was, or one that is not known any more."""
    if not data:
        return text
    made = Told(text)
    try:
        made.reason = _made(data)
        for language in LANGUAGES:
            made.reason.text(language)
    except (AttributeError, FileNotFoundError, KeyError, TypeError, ValueError):
        return text
    return made


def recognised(text: str, group: str) -> str:
    """A text that was kept as mere words, as the reason whose English words they are; a reason, and words that are of none, as they are.

    Args:
        text: as kept.
        group: the table and how keys begin: ``intake:warning.``.
    """
    for key, words in () if isinstance(text, Told) else _shapes(group):
        if found := words.fullmatch(text):
            made = Told(text)
            made.reason = reason(key, **found.groupdict())
            return made
    return text


@cache
def _shapes(group: str) -> list[tuple[str, re.Pattern[str]]]:
    """For each key of a group what its English words look like with values filled in, those with the most words of their own first."""
    table, _, begins = group.partition(":")
    found = []
    for key, row in _words(table).items():
        if key.startswith(begins):
            parts = _SLOT.split(row["en"])
            if not any(c.isalpha() for own in parts[::3] for c in own):
                continue
            shape = re.escape(parts[0]) + "".join(
                f"(?P<{n}>.+?){re.escape(t)}" for n, t in zip(parts[1::3], parts[3::3], strict=True)
            )
            found.append((len("".join(parts[::3])), f"{table}:{key}", re.compile(shape, re.DOTALL)))
    return [(key, words) for _, key, words in sorted(found, key=lambda f: (-f[0], f[1]))]


def _plain(value: Any) -> Any:
    if isinstance(value, Told):
        value = value.reason
    if isinstance(value, Reason):
        return {"reason": [value.table, value.key, {name: _plain(v) for name, v in value.values}]}
    return [type(value).__name__, *map(_plain, value)] if isinstance(value, tuple) else value


def _made(value: Any) -> Any:
    if isinstance(value, dict):
        table, key, values = value["reason"]
        return Reason(table, key, tuple((name, _made(v)) for name, v in values.items()))
    if isinstance(value, list):
        kinds: dict[str, Callable[[Iterable[Any]], tuple[Any, ...]]] = {"AnyOf": AnyOf, "Sides": Sides, "tuple": tuple}
        return kinds[value[0]](map(_made, value[1:]))
    return value


def reason(told: str, /, **values: Any) -> Reason:
    """A reason by the name of its table, a colon and its key; lists become tuples.

    Raises:
        KeyError: there is no such key.
    """
    table, _, key = told.partition(":")
    _words(table)[key]
    return Reason(table, key, tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in values.items()))


class Told(str):
    """A reason in English, as it stands in a record, which can still be told in other languages (``retold``)."""

    reason: Reason


def refusal(key: str, /, **values: Any) -> Told:
    """Why something is refused, for the message of an error: in English, and in other languages for those who can tell them.

    Args:
        key: of ``reasons/refusals.tsv``, or of another table by its name and a colon before it.
        values: what is filled in; errors and paths by their texts.
    """
    plain = {n: v if isinstance(v, str | int | float | tuple | list | Reason) else str(v) for n, v in values.items()}
    return reason(key if ":" in key else f"refusals:{key}", **plain).told()


def why_of(error: Exception) -> str:
    """The message of an error, as a reason where it is one."""
    told = error.args[0] if error.args else ""
    return told if isinstance(told, Told) else str(error)


def escaped(told: str) -> str:
    """What somebody typed, for a message: in one line, and without signs that a terminal takes for orders."""
    return repr(told)[1:-1]


def retold(value: str, language: str, *, isolated: bool = False) -> str:
    """A text of a record in a language, if it is a reason; else as it is."""
    return value.reason.text(language, isolated=isolated) if isinstance(value, Told) else value


def name(vocabulary: str, value: str, language: str) -> str:
    """The name of a value of a vocabulary; the value where it has none."""
    row = _words("names").get(f"{vocabulary}.{value}")
    return row[language] if row else value


def listed(vocabulary: str, values: Iterable[str], language: str) -> str:
    """Values of a vocabulary as a list, named as in reasons."""
    return _COMMA[language].join(v if language == "en" else name(vocabulary, v, language) for v in values)


def names(language: str) -> dict[str, str]:
    """All names of values, by vocabulary and value parted by a dot."""
    return {key: row[language] for key, row in _words("names").items()}


def texts(reasons: Iterable[Reason]) -> list[Told]:
    """Reasons in English, as they stand in records."""
    return [r.told() for r in reasons]


@cache
def _words(table: str) -> dict[str, dict[str, str]]:
    return {row["key"]: {language: row[language] for language in LANGUAGES} for row in read_table(f"reasons/{table}.tsv")}
