"""Rows: the few ways in which the register writes and asks for many rows at once, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, func, inspect, select, text

__all__ = ["existing", "highest", "insert", "parts", "schema_of"]

# Values in one question; databases bound the number of parameters.
_SLICE = 500
_T = TypeVar("_T")


def parts(items: Iterable[_T], size: int = _SLICE) -> Iterator[list[_T]]:
    """Items in lists of a size, the last one shorter."""
    stream = iter(items)
    while part := list(islice(stream, size)):
        yield part


def insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, which all have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(table.insert(), rows)
        return
    # A statement of many rows: the driver sends each row of other statements by itself and waits for an answer.
    columns = len(rows[0])
    for part in parts(rows, max(1, min(_SLICE, 20_000 // columns))):
        connection.execute(table.insert().values(part))


def existing(connection: Connection, column: Column[Any], values: Iterable[Any]) -> set[Any]:
    """Which of the values are in a column."""
    found: set[Any] = set()
    for part in parts(sorted(set(values))):
        found.update(connection.scalars(select(column).where(column.in_(part))))
    return found


def highest(connection: Connection, column: Column[Any]) -> int:
    """The highest number in a column, 0 in an empty table. Under the writers' lock the next one is free."""
    return int(connection.scalar(select(func.max(column))) or 0)


def schema_of(connection: Connection) -> str | None:
    """The revision of the schema, without loading what migrates it; None where there is no register."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("select version_num from alembic_version"))
    return None if found is None else str(found)
