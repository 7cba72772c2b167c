"""The index of claims without a date, under a condition for which no database takes the index of dates instead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_WHERE = sa.text("coalesce(date_start, date_end) is null")


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index("ix_proposal_no_date", "proposal")
    op.create_index("ix_proposal_no_date", "proposal", ["reading_id", "claim_id"], sqlite_where=_WHERE, postgresql_where=_WHERE)
