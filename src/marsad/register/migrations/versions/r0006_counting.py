"""Indexes for counting what is to be done, and for lists, in a register of very many reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PARTIAL = (
    ("ix_proposal_no_place", "proposal", "place is null"),
    ("ix_proposal_no_coordinates", "proposal", "place is not null and latitude is null"),
    ("ix_proposal_no_date", "proposal", "date_start is null and date_end is null"),
    ("ix_reading_error", "reading", "error is not null"),
)


def upgrade() -> None:
    """Make the indexes; those of claims hold only what lacks something."""
    op.create_index("ix_document_current_reading", "document", ["current_reading"])
    op.create_index("ix_decision_verdict", "decision", ["verdict", "claim_id"])
    op.create_index("ix_linked_reading_id", "linked", ["reading_id"])
    for name, table, where in _PARTIAL:
        columns = ["reading_id", "claim_id"] if table == "proposal" else ["id"]
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
