"""Tables for the readers at the desk: claims that they add, what they sign, what they have begun, and what waits for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marsad.register.guards import guards_of

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the guards of those that are append-only."""
    op.create_table(
        "addition",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("claim_id", sa.String(40), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("undoes", sa.Integer),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("decided_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_addition"),
        sa.ForeignKeyConstraint(
            ["document_id", "version"], ["version.document_id", "version.number"], name="fk_addition_document_id_version"
        ),
        sa.ForeignKeyConstraint(["undoes"], ["addition.id"], name="fk_addition_undoes"),
        sa.UniqueConstraint("undoes", name="uq_addition_undoes"),
    )
    op.create_index("ix_addition_claim_id", "addition", ["claim_id"])
    op.create_index("ix_addition_document_id", "addition", ["document_id"])
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reading_id", sa.Integer),
        sa.Column("decided", sa.Integer, nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("signed_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signature"),
        sa.ForeignKeyConstraint(
            ["document_id", "version"], ["version.document_id", "version.number"], name="fk_signature_document_id_version"
        ),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_signature_reading_id"),
        sa.ForeignKeyConstraint(["undoes"], ["signature.id"], name="fk_signature_undoes"),
        sa.UniqueConstraint("undoes", name="uq_signature_undoes"),
    )
    op.create_index("ix_signature_document_id", "signature", ["document_id"])
    op.create_table(
        "draft",
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "who", name="pk_draft"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_draft_document_id"),
    )
    op.create_table(
        "queued",
        sa.Column("queue", sa.String(10), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("queue", "document_id", name="pk_queued"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_queued_document_id"),
    )
    op.create_index("ix_queued_document_id", "queued", ["document_id"])
    op.create_index("ix_queued_queue", "queued", ["queue", "day", "document_id"])
    for table in ("addition", "signature"):
        for statement in guards_of(op.get_bind().dialect.name, table):
            op.execute(statement)
