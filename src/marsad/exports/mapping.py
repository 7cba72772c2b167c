"""Mapping tables: what each column of a format is made from, as data (``packs/exports``). The engine runs them and the documentation is made of
them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from marsad.errors import PackError
from marsad.exports.record import field_names
from marsad.exports.rules import RULES
from marsad.lexicon.reasons import Told
from marsad.lexicon.table import read_table

__all__ = ["KINDS", "Cell", "Column", "Mapper", "mapping"]

Cell = str | int | float | bool | None
KINDS = ("text", "int", "float", "bool", "date")
_TYPES: dict[str, tuple[type, ...]] = {"text": (str,), "int": (int,), "float": (float, int), "bool": (bool,), "date": (str,)}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a format.

    Attributes:
        name: its head. source: fields of the leaving record that it is made from.
        how: the name of a rule, and after a colon what the rule is told.
        kind: one of ``KINDS``; dates are ISO days.
        about, rule: what it holds, and where that rule is from, for the documentation.
        tag: of HXL, or the empty string.
    """

    name: str
    source: tuple[str, ...]
    how: str
    kind: str
    about: str
    rule: str
    tag: str = ""


@lru_cache(maxsize=64)
def mapping(name: str) -> tuple[Column, ...]:
    """The columns of a mapping table.

    Raises:
        PackError: a row names a field, a rule or a kind that there is not.
    """
    made = []
    for row in read_table(f"exports/{name}.tsv"):
        column = Column(
            row["column"], row.list("from"), row["how"], row["kind"], row["about"], row["rule"], row.cells.get("tag", "")
        )
        if strange := [f for f in column.source if f not in field_names()]:
            raise row.fail(f"{strange[0]} is no field of a leaving record")
        if column.how.partition(":")[0] not in RULES:
            raise row.fail(f"{column.how.partition(':')[0]} is no rule")
        if column.kind not in KINDS:
            raise row.fail(f"{column.kind} is none of {', '.join(KINDS)}")
        made.append(column)
    if not made:
        raise PackError(f"exports/{name}.tsv", 1, "no column")
    return tuple(made)


class Mapper:
    """Makes rows of leaving records.

    Args:
        columns: of a mapping table.
    """

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns = tuple(columns)
        self.names = tuple(column.name for column in self.columns)
        self.fields = frozenset(field for column in self.columns for field in column.source)
        self._work = [_compiled(c) for c in self.columns]

    def row(self, fields: Mapping[str, Any]) -> list[Cell]:
        """The cells of a record; what did not leave is None.

        Raises:
            TypeError: a rule gave a value of another kind than its column says.
        """
        get, made = fields.get, list[Cell]()
        for column, work, told, source, types in self._work:
            cell = work([get(name) for name in source] if len(source) != 1 else [get(source[0])], told)
            if cell is not None:
                if type(cell) is Told:
                    cell = str(cell)
                if type(cell) not in types:
                    raise TypeError(f"column {column.name} is {column.kind}, and its rule gave {cell!r}")
                if column.kind == "float":
                    cell = float(cell)
            made.append(cell)
        return made


def _compiled(column: Column) -> tuple[Column, Callable[[list[Any], str], Any], str, tuple[str, ...], tuple[type, ...]]:
    name, _, told = column.how.partition(":")
    return column, RULES[name], told, column.source, _TYPES[column.kind]
