"""Undoing: entries that people make are never changed; one that takes another back is an entry too, and names it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Row, Table, select

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal

__all__ = ["entry_to_undo"]


def entry_to_undo(connection: Connection, table: Table, undoes: Column[Any], number: int, what: str, why: str) -> Row[Any]:
    """An entry that can be taken back.

    Args:
        connection: a transaction.
        table: with numbers in its column ``id``; undoes: its column with the number of the entry that one takes back.
        number: the entry to be taken back. what: the word for it in messages.
        why: the reason, which may not be empty.

    Raises:
        InputError: there is no such entry, it takes back another itself, it is taken back already, or no reason is given.
    """
    row = connection.execute(select(table).where(table.c.id == number)).first()
    if row is None or row._mapping[undoes.name] is not None:
        raise InputError(refusal("entry.none", what=what, number=number))
    if connection.scalar(select(table.c.id).where(undoes == number)) is not None:
        raise InputError(refusal("entry.undone", what=what, number=number))
    if not why.strip():
        raise InputError(refusal("why.entry", what=what))
    return row
