"""A table for what people decide to let out or to keep, which is append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marsad.register.guards import guards_of

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and its guard."""
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("disclosed_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure"),
        sa.ForeignKeyConstraint(["undoes"], ["disclosure.id"], name="fk_disclosure_undoes"),
        sa.UniqueConstraint("undoes", name="uq_disclosure_undoes"),
    )
    for statement in guards_of(op.get_bind().dialect.name, "disclosure"):
        op.execute(statement)
