"""What linking saw of each claim last: from what it was made, and where and when it lies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the next run of linking fills it."""
    op.create_table(
        "linked",
        sa.Column("claim_id", sa.String(40), nullable=False),
        sa.Column("reading_id", sa.Integer, nullable=False),
        sa.Column("decision_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("label", sa.String(16), nullable=False),
        sa.Column("manner", sa.String(10), nullable=False),
        sa.Column("first", sa.Integer),
        sa.Column("last", sa.Integer),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("reach", sa.Double, nullable=False),
        sa.Column("placed", sa.Boolean, nullable=False),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("around", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_linked"),
    )
    op.create_index("ix_linked_manner_first", "linked", ["manner", "first"])
    op.create_index("ix_linked_label", "linked", ["label"])
