"""Tables for people: accounts, and restrictions of who sees what, which are append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marsad.register.guards import guards_of

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the guard of restrictions."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("identity", sa.Text),
        sa.Column("disabled_at", sa.String(40)),
        sa.Column("renewed", sa.Integer, nullable=False),
        sa.Column("must_change", sa.Integer, nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("key", name="uq_account_key"),
        sa.UniqueConstraint("identity", name="uq_account_identity"),
    )
    op.create_table(
        "restriction",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("role", sa.String(10)),
        sa.Column("people", sa.Text, nullable=False),
        sa.Column("lifts", sa.Integer),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("restricted_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_restriction"),
        sa.ForeignKeyConstraint(["lifts"], ["restriction.id"], name="fk_restriction_lifts"),
        sa.UniqueConstraint("lifts", name="uq_restriction_lifts"),
    )
    op.create_index("ix_restriction_subject", "restriction", ["subject"])
    for statement in guards_of(op.get_bind().dialect.name, "restriction"):
        op.execute(statement)
