"""Hidden: the temporary tables in which a transaction has what its person may not see (``hiding`` makes them)."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["DOCUMENTS", "INCIDENTS", "MARK", "RANKS", "hides"]

# Ids of documents; ids and codes of incidents; ranks of the documents in the index.
DOCUMENTS, INCIDENTS, RANKS = "hidden_document", "hidden_incident", "hidden_rank"
# In the notes of a connection, as long as it has these tables.
MARK = "marsad_hides"


def hides(connection: Connection) -> bool:
    """Whether something is hidden in this transaction."""
    return bool(connection.info.get(MARK))
