"""Answers: what each page gives as JSON, described for programs from the table ``answers.tsv``.

A row tells of an address (``GET /log``), or of a shape that several have (``$entry``). Shapes are written short: ``string``, ``integer``,
``number``, ``boolean`` and ``any``, two of them with ``|`` between; ``[string]`` a list; ``{id: string, note~: string}`` an object, where
``~`` stands behind what may be missing; ``{*: integer}`` an object with any names; ``$entry`` another shape. A ``?`` behind a shape
says that it may be null.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.errors import PackError

__all__ = ["answer", "components", "rows", "schema"]

_FILE = "desk/answers.tsv"
_HEAD = "address\tanswer"
_MARK = re.compile(r"\s*([{}\[\]|?,]|[^{}\[\]|?,:]+~?:|[^{}\[\]|?,:\s]+)")
_PLAIN = ("string", "integer", "number", "boolean")


@cache
def rows() -> dict[str, str]:
    """Shapes by address or name.

    Raises:
        PackError: the table is not well formed.
    """
    found: dict[str, str] = {}
    lines = files("marsad.desk").joinpath("answers.tsv").read_text("utf-8").splitlines()
    if lines[0] != _HEAD:
        raise PackError(_FILE, 1, "the columns must be address and answer")
    for number, line in enumerate(lines[1:], 2):
        address, tab, told = line.partition("\t")
        if not (tab and address and told):
            raise PackError(_FILE, number, "a row has the cells address and answer, separated by a tab")
        if found and address <= next(reversed(found)):
            raise PackError(_FILE, number, f"{address} stands too late; rows are sorted by address and addresses differ")
        found[address] = told
    return found


def answer(method: str, path: str) -> dict[str, Any]:
    """The answer of an address where all went well, as OpenAPI has it; what changes something tells where one goes on."""
    told = rows().get(f"{method.upper()} {path}", "{location~: string}")
    if "/" in told and "{" not in told:
        # Not JSON: the kind of file.
        return {"description": "The file.", "content": {told: {"schema": {"type": "string"}}}}
    return {"description": "The data of the page.", "content": {"application/json": {"schema": schema(told)}}}


def components() -> dict[str, Any]:
    """The shapes that several addresses have, by name."""
    return {name.removeprefix("$"): schema(told) for name, told in rows().items() if name.startswith("$")}


def schema(told: str) -> dict[str, Any]:
    """A shape as a schema of JSON.

    Raises:
        PackError: it is not well formed.
    """
    marks = _Marks([found[1].strip() for found in _MARK.finditer(told)])
    try:
        made = _shape(marks)
        if marks.left():
            raise ValueError(marks.left())
    except (IndexError, ValueError) as error:
        raise PackError(_FILE, 0, f"{told[:60]!r} is no shape: {error}") from error
    return made


class _Marks:
    """Marks that are read one after the other."""

    def __init__(self, marks: list[str]) -> None:
        self._marks, self._at = marks, 0

    def next(self) -> str:
        self._at += 1
        return self._marks[self._at - 1]

    def take(self, mark: str) -> bool:
        """Go over a mark where it comes next."""
        there = self._at < len(self._marks) and self._marks[self._at] == mark
        self._at += there
        return there

    def left(self) -> str:
        return " ".join(self._marks[self._at :])


def _shape(marks: _Marks) -> dict[str, Any]:
    made = [_one(marks)]
    while marks.take("|"):
        made.append(_one(marks))
    if len(made) > 1:
        made = [{"anyOf": made}]
    (only,) = made
    if not marks.take("?") or not only:
        return only
    return {"type": [only["type"], "null"]} if set(only) == {"type"} else {"anyOf": [only, {"type": "null"}]}


def _one(marks: _Marks) -> dict[str, Any]:
    if marks.take("["):
        made = {"type": "array", "items": _shape(marks)}
        if not marks.take("]"):
            raise ValueError("a list is not closed")
        return made
    if marks.take("{"):
        return _object(dict(_fields(marks)))
    word = marks.next()
    if word.startswith("$") and word in rows():
        return {"$ref": f"#/components/schemas/{word[1:]}"}
    if word == "any":
        return {}
    if word not in _PLAIN:
        raise ValueError(f"{word} is no kind of value")
    return {"type": word}


def _fields(marks: _Marks) -> Iterator[tuple[str, dict[str, Any]]]:
    while not marks.take("}"):
        key = marks.next()
        if not key.endswith(":"):
            raise ValueError(f"{key} has no value")
        yield key[:-1], _shape(marks)
        marks.take(",")


def _object(fields: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if set(fields) == {"*"}:
        return {"type": "object", "additionalProperties": fields["*"] or True}
    return {
        "type": "object",
        "required": [key for key in fields if not key.endswith("~")],
        "properties": {key.removesuffix("~"): shape for key, shape in fields.items()},
    }
