"""Founding: a new register, or one of an earlier schema brought up to that of this program, with all that is made from its tables."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from marsad.register import audit, copies, faces, indexstate, migration, queues, schema
from marsad.register.audit import Event
from marsad.register.errors import RegisterError
from marsad.register.indexing import Indexer
from marsad.register.reader import program
from marsad.register.rows import schema_of

__all__ = ["found"]

# The step of the schema with which documents are grouped; what an earlier one holds is grouped with it.
_COPIES = "0002"
# That with which incidents have rows for lists.
_FACES = "0007"
# The step with which reports wait in queues.
_QUEUES = "0008"


def found(connection: Connection, name: str, indexer: Indexer, who: str) -> str:
    """Make the tables, or the steps that are missing.

    Args:
        connection: a writing transaction.
        name: of the register, for messages.
        indexer: of it.
        who: for the log.

    Returns:
        What was done: ``made``, ``upgraded`` or ``nothing``.

    Raises:
        RegisterError: a later program made it, or it holds tables that are no register.
    """
    before = schema_of(connection)
    if before == schema.REVISION:
        return "nothing"
    if before is None and inspect(connection).get_table_names():
        raise RegisterError(f"{name}: holds tables that are no register; choose another place")
    if before is not None and not migration.known(before):
        raise RegisterError(f"{name}: was made by a later version of Marsad; bring Marsad up to date")
    migration.upgrade(connection)
    if before is not None and before < _COPIES:
        copies.rebuild(connection)
    if before is not None and before < _FACES:
        faces.rebuild(connection)
    if before is not None and before < _QUEUES:
        queues.rebuild(connection)
    if not indexstate.state(connection):
        indexer.rebuild(connection)
    detail = {"program": program(), "schema": schema.REVISION, "before": before}
    audit.append(connection, [Event("upgrade" if before else "init", "", detail)], who, "")
    return "upgraded" if before else "made"
