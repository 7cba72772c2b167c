"""Tables for searching; they are filled when a register is made or brought up to date (``marsad.register.indexing``)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the full-text index."""
    op.create_table(
        "search_document",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("rank", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("marks", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_search_document"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_search_document_document_id"),
        sa.UniqueConstraint("document_id", name="uq_search_document_document_id"),
        sa.UniqueConstraint("rank", name="uq_search_document_rank"),
    )
    op.create_table(
        "search_claim",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("claim_id", sa.String(40)),
        sa.Column("first", sa.String(10), nullable=False),
        sa.Column("last", sa.String(10), nullable=False),
        sa.Column("marks", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", "position", name="pk_search_claim"),
    )
    op.create_table(
        "search_form",
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("form", name="pk_search_form"),
    )
    op.create_index("ix_search_form_term", "search_form", ["term"])
    op.create_table(
        "search_word",
        sa.Column("lemma", sa.Text, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("lemma", "term", name="pk_search_word"),
    )
    op.create_table(
        "search_place",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double, nullable=False),
        sa.Column("longitude", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_place"),
    )
    if op.get_bind().dialect.name == "sqlite":
        # Terms come folded and parted by blanks, so the simplest tokenizer does; the texts themselves stand in text_body.
        op.execute(
            "create virtual table search_text using fts5(title, body, claims, content='', columnsize=0, "
            "tokenize=\"ascii tokenchars '_:.@+,-!'\")"
        )
        op.execute("insert into search_text(search_text, rank) values('automerge', 8)")
        return
    op.execute("create table search_text (rank bigint primary key, tokens tsvector not null)")
    # Terms lie beside the rows, which are then few pages to walk through.
    op.execute("alter table search_text alter column tokens set storage external")
    op.execute("alter table search_text set (toast_tuple_target = 128)")
    op.execute("create index ix_search_text_tokens on search_text using gin (tokens)")
