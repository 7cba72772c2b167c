"""Look-up: what a word form is, by a rule that is asked once for each form, and the tokens of a text that are something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from marsad.text.tokens import Text

__all__ = ["Lookup"]

Value = TypeVar("Value")
_LIMIT = 100_000


class Lookup(dict[str, Value]):
    """Remembers the value of a rule for each folded form: ``lookup[form]``.

    A component keeps one look-up for each question that it asks of words. Most words of a text are nothing to it, so it
    asks for those ``among`` them that are, instead of walking over all tokens.

    Args:
        rule: value of a folded form; it must depend on the form alone.
        limit: forms remembered; beyond it all are forgotten, so that memory stays bounded on any amount of text.
    """

    __slots__ = ("_limit", "_rule")

    def __init__(self, rule: Callable[[str], Value], limit: int = _LIMIT) -> None:
        super().__init__()
        self._rule = rule
        self._limit = limit

    def __missing__(self, form: str) -> Value:
        value = self._rule(form)
        if len(self) >= self._limit:
            self.clear()
        self[form] = value
        return value

    def among(self, text: Text) -> list[tuple[int, Value]]:
        """The tokens of a text, of all kinds, whose form has a value that is true: their indices, with the value."""
        return [(index, value) for index, form in enumerate(text.forms) if (value := self[form])]
