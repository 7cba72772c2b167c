"""Rule files: named sets of rules, as TOML files that come with Marsad and that a user can copy and change."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from marsad.errors import InputError
from marsad.lexicon.reasons import escaped, refusal
from marsad.lexicon.table import read_table, read_text

__all__ = ["RuleFiles"]


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """The files of one kind of rules.

    Attributes:
        folder: under ``marsad/packs``, with a table of its name that lists the files in order.
        word: what one is called, in the head of that table and in messages.
    """

    folder: str
    word: str

    def names(self) -> tuple[str, ...]:
        """Names of those that come with Marsad."""
        return tuple(row[self.word] for row in read_table(f"{self.folder}/{self.folder}.tsv"))

    def text(self, name: str) -> str:
        """The file of one that comes with Marsad, to be copied and changed.

        Raises:
            InputError: there is none of this name.
        """
        if name not in self.names():
            raise InputError(refusal("rules.none", word=self.word, name=escaped(name), names=self.names()))
        return read_text(f"{self.folder}/{name}.toml")

    def parsed(self, text: str, file: str, keys: Collection[str]) -> dict[str, Any]:
        """What a file says, by key.

        Args:
            text: its content.
            file: its name, for messages.
            keys: those that there are; another is refused, so that a misspelt rule is never silently without effect.

        Raises:
            InputError: it is no TOML, or has another key.
        """
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{file}: this is no TOML: {error}") from None
        for key in data:
            if key not in keys:
                raise InputError(f"{file}: no {self.word} has a key {key!r}; there are {', '.join(keys)}")
        return data
