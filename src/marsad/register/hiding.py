"""Hiding: a register as a person sees it who may not see all of it.

Whatever reads within a transaction of such a register finds views in place of the tables, under the same names, without the rows that
are hidden. So no function that asks the register needs to know of restrictions, and none can forget them. What is written goes to the
tables themselves.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, text

from marsad.register import schema
from marsad.register.database import Database
from marsad.register.hidden import DOCUMENTS, INCIDENTS, MARK, RANKS
from marsad.register.restrictions import Hidden
from marsad.register.store import Register

__all__ = ["without"]

# Columns that name a document, a claim or an incident under another name than most do.
_DOCUMENT = {"document": ("id",), "likeness": ("one", "other"), "log": ("subject",), "restriction": ("subject",)}
_CLAIM = {"incident_doubt": ("first_claim", "second_claim"), "log": ("subject",)}
_INCIDENT = {
    "disclosure": ("subject",),
    "incident": ("id",),
    "incident_doubt": ("first", "second"),
    "log": ("subject",),
    "restriction": ("subject",),
}
# Columns that name documents, claims and incidents within a longer text.
_WITHIN = {"disclosure": ("value",), "judgement": ("value",)}
# Tables that say nothing of a document, or only to who knows a hash or a number from a table that is seen through.
LEFT = frozenset({
    "setting", "blob", "blob_data", "text_body", "account", "token", "confirmation", "pin", "search_form", "search_word", "search_place",
})  # fmt: skip


def without(register: Register, hidden: Hidden) -> Register:
    """A register in which all that reads does not see what is hidden; it shares the connections of the other."""
    if not hidden:
        return register
    seen = copy.copy(register)
    seen._database = _Hiding(register._database, hidden)
    return seen


class _Hiding(Database):
    """The database of another register, read without what is hidden."""

    def __init__(self, database: Database, hidden: Hidden) -> None:
        self.__dict__.update(database.__dict__)
        self._hidden = hidden
        self._views = _views(self.is_sqlite)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        # Making the views writes to the connection's own schema, so the transaction may write on a server.
        with self.begin_read(readonly=False) as connection:
            try:
                self._make(connection)
                connection.info[MARK] = True
                yield connection
            finally:
                connection.info.pop(MARK, None)
                self._drop(connection)

    def _make(self, connection: Connection) -> None:
        for table, ids in ((DOCUMENTS, self._hidden.documents), (INCIDENTS, self._hidden.incidents | self._hidden.codes)):
            connection.execute(text(f"create temporary table {table} (id varchar(80) primary key)"))
            if ids:
                connection.execute(text(f"insert into {table} (id) values (:id)"), [{"id": i} for i in sorted(ids)])
        connection.execute(text(f"create temporary table {RANKS} (rank bigint primary key)"))
        ranks = f"select rank from search_document where document_id in (select id from {DOCUMENTS})"
        connection.execute(text(f"insert into {RANKS} {ranks}"))
        main = "main" if self.is_sqlite else str(connection.scalar(text("select current_schema()")))
        for name, condition in self._views.items():
            connection.execute(text(f'create temporary view "{name}" as select * from "{main}"."{name}" where {condition}'))

    def _drop(self, connection: Connection) -> None:
        # A transaction that failed is rolled back, and the views with it; on a connection that is kept none may stay.
        transaction = connection.get_transaction()
        if transaction is not None and transaction.is_active and not connection.invalidated:
            if self.is_sqlite:
                for name in self._views:
                    connection.execute(text(f'drop view temp."{name}"'))
                for table in (DOCUMENTS, INCIDENTS, RANKS):
                    connection.execute(text(f"drop table temp.{table}"))
            else:
                transaction.rollback()


def _views(sqlite: bool) -> dict[str, str]:
    """By table, what its rows must fulfil to be seen."""
    found = {}
    for table in schema.metadata.sorted_tables:
        if table.name not in LEFT and (conditions := [*_conditions(table, sqlite)]):
            found[table.name] = " and ".join(conditions)
    return found


def _conditions(table: Table, sqlite: bool) -> Iterator[str]:
    names = set(table.columns.keys())
    if table.name == "search_claim":
        yield "number in (select number from search_document)"
    for column in _WITHIN.get(table.name, ()):
        for hidden in (DOCUMENTS, INCIDENTS):
            there = f'instr("{column}", h.id)' if sqlite else f'position(h.id in "{column}")'
            yield f"not exists (select 1 from {hidden} h where {there} > 0)"
    for column in (*_DOCUMENT.get(table.name, ()), *({"document_id"} & names)):
        yield f"coalesce(\"{column}\", '') not in (select id from {DOCUMENTS})"
    for column in (*_CLAIM.get(table.name, ()), *({"claim_id"} & names)):
        told = f"coalesce(\"{column}\", '')"
        document = f"substr({told}, 1, instr({told} || '.', '.') - 1)" if sqlite else f"split_part({told}, '.', 1)"
        yield f"{document} not in (select id from {DOCUMENTS})"
    for column in (*_INCIDENT.get(table.name, ()), *({"incident_id"} & names)):
        yield f"coalesce(\"{column}\", '') not in (select id from {INCIDENTS})"
