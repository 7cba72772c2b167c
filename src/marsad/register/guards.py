"""Guards: triggers that forbid to change or delete what is append-only, on both databases.

They stop slips and careless tools. Who owns the database can take them away; the hash chain of the log shows what was done then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["guards", "guards_of", "unguarded"]

_FUNCTION = """
create or replace function marsad_append_only() returns trigger language plpgsql as $$
begin raise exception 'the table % of the register is append-only', tg_table_name; end $$
"""


def guards(dialect: str, tables: Iterable[str]) -> Iterator[str]:
    """Statements that make the guards.

    Args:
        dialect: ``sqlite`` or ``postgresql``.
        tables: that nobody may update or delete from; ``document`` is told apart, as its pointers move.
    """
    if dialect == "sqlite":
        for table in tables:
            yield from guards_of(dialect, table)
        yield _sqlite("document_no_update", "update of id, identity on document", "document")
        yield _sqlite("document_no_delete", "delete on document", "document")
        return
    yield _FUNCTION
    for table in tables:
        yield from guards_of(dialect, table)
    yield _postgresql("document_append_only", "update of id, identity or delete", "document", "row")
    yield _postgresql("document_no_truncate", "truncate", "document", "statement")


def guards_of(dialect: str, table: str) -> Iterator[str]:
    """Statements that guard one more table, in a register that has the others."""
    if dialect == "sqlite":
        for act in ("update", "delete"):
            yield _sqlite(f"{table}_no_{act}", f"{act} on {table}", table)
        return
    yield _postgresql(f"{table}_append_only", "update or delete", table, "row")
    yield _postgresql(f"{table}_no_truncate", "truncate", table, "statement")


def unguarded(dialect: str, names: Iterable[str], tables: Iterable[str]) -> list[str]:
    """Which guards are missing.

    Args:
        dialect: ``sqlite`` or ``postgresql``.
        names: the triggers that there are.
        tables: as for :func:`guards`.
    """
    ends = ("no_update", "no_delete") if dialect == "sqlite" else ("append_only", "no_truncate")
    there = set(names)
    return [f"{table}_{end}" for table in (*tables, "document") for end in ends if f"{table}_{end}" not in there]


def _sqlite(name: str, act: str, table: str) -> str:
    message = f"the table {table} of the register is append-only"
    return f"create trigger {name} before {act} begin select raise(abort, '{message}'); end"


def _postgresql(name: str, act: str, table: str, each: str) -> str:
    return f"create trigger {name} before {act} on {table} for each {each} execute function marsad_append_only()"
