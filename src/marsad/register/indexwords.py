"""Index words: the forms of texts as the index has them, and the few ways in which it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, select, text

from marsad.register import schema
from marsad.register.rows import insert, parts
from marsad.text.tokens import word_forms

__all__ = ["forms_of", "insert_new", "insert_pairs", "many", "shortened", "texts_of"]

_LONGEST, _MOST, _VALUES = 60, 200_000, 5_000  # letters of a form that count, words of a text, values in one question
_vc = schema.version.c


def shortened(form: str) -> str:
    """The letters of a form that count."""
    return form[:_LONGEST]


def forms_of(told: str) -> list[str]:
    """The folded forms of the words of a text, in order, as far as they are indexed."""
    forms = word_forms(told)[:_MOST]
    return forms if max(map(len, forms), default=0) <= _LONGEST else [shortened(form) for form in forms]


def texts_of(connection: Connection, pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[list[str], list[str]]]:
    """The forms of title and text of versions."""
    wanted = set(pairs)
    found: dict[tuple[str, int], tuple[list[str], list[str]]] = {}
    rows = connection.execute(
        select(_vc.document_id, _vc.number, _vc.title, schema.text_body.c.body)
        .join(schema.text_body, schema.text_body.c.sha256 == _vc.text_sha256)
        .where(_vc.document_id.in_({i for i, _ in wanted}))
    )
    for document, number, title, body in rows:
        if (document, number) in wanted:
            found[document, number] = forms_of(title), forms_of(body)
    return found


def insert_new(connection: Connection, key: Column[Any], rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    there: set[Any] = set()
    for part in parts([row[key.name] for row in rows], _VALUES):
        there.update(connection.scalars(select(key).where(key.in_(part))))
    insert(connection, key.table, [row for row in rows if row[key.name] not in there])


def insert_pairs(connection: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Store words with the terms under which they may be found, where they are not stored yet."""
    if connection.dialect.name == "sqlite":
        many(connection, "insert or ignore into search_word (lemma, term) values (?, ?)", pairs)
        return
    for part in parts(pairs, _VALUES):
        connection.execute(
            text(
                "insert into search_word (lemma, term) select * from unnest(cast(:a as text[]), cast(:b as text[])) on conflict do nothing"
            ),
            {"a": [lemma for lemma, _ in part], "b": [term for _, term in part]},
        )


def many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement of SQLite once for each row."""
    if rows:
        connection.exec_driver_sql(statement, list(rows))
