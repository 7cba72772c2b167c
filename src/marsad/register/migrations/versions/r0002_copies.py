"""Which documents are copies of each other.

All of it follows from the texts and can be made again from them, so these tables have no guards and the log does not seal them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, empty; who upgrades a register fills them."""
    op.create_table(
        "sketch",
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("label", sa.String(16), nullable=False),
        sa.Column("hashes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_sketch"),
        sa.ForeignKeyConstraint(
            ["document_id", "version"], ["version.document_id", "version.number"], name="fk_sketch_document_id_version"
        ),
    )
    op.create_index("ix_sketch_label", "sketch", ["label"])
    op.create_table(
        "sketch_value",
        sa.Column("value", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("value", "document_id", name="pk_sketch_value"),
        sa.ForeignKeyConstraint(["document_id"], ["sketch.document_id"], name="fk_sketch_value_document_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "likeness",
        sa.Column("one", sa.String(16), nullable=False),
        sa.Column("other", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("equal", sa.Integer, nullable=False),
        sa.Column("one_words", sa.Integer, nullable=False),
        sa.Column("other_words", sa.Integer, nullable=False),
        sa.Column("one_spans", sa.Text, nullable=False),
        sa.Column("other_spans", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name="pk_likeness"),
        sa.ForeignKeyConstraint(["one"], ["sketch.document_id"], name="fk_likeness_one"),
        sa.ForeignKeyConstraint(["other"], ["sketch.document_id"], name="fk_likeness_other"),
    )
    op.create_index("ix_likeness_other", "likeness", ["other"])
