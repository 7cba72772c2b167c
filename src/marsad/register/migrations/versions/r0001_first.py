"""The first schema of the register.

It stands here in full and does not follow ``schema``, which moves on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marsad.register.guards import guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = (
    "blob", "blob_data", "text_body", "version", "capture", "reading", "confirmation", "claim", "proposal", "decision", "pin", "log",
)  # fmt: skip


def upgrade() -> None:
    """Make all tables and their guards."""
    _sources()
    _readings()
    _people()
    for statement in guards(op.get_bind().dialect.name, _APPEND_ONLY):
        op.execute(statement)


def _sources() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "blob_data",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob_data"),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name="fk_blob_data_sha256"),
    )
    op.create_table(
        "text_body",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_text_body"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("current_version", sa.Integer, nullable=False),
        sa.Column("current_reading", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("identity", name="uq_document_identity"),
    )
    op.create_table(
        "version",
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("published", sa.String(10)),
        sa.Column("published_from", sa.String(20)),
        sa.Column("publisher", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("language", sa.String(20)),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_version"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_version_document_id"),
        sa.ForeignKeyConstraint(["text_sha256"], ["text_body.sha256"], name="fk_version_text_sha256"),
        sa.UniqueConstraint("document_id", "fingerprint", name="uq_version_document_id_fingerprint"),
    )
    op.create_index("ix_version_text_sha256", "version", ["text_sha256"])
    op.create_index("ix_version_published", "version", ["published"])
    op.create_table(
        "capture",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("raw_sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("canonical", sa.Text),
        sa.Column("archived", sa.Text),
        sa.Column("key", sa.Text),
        sa.Column("collected", sa.String(40), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("collector", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("extractor", sa.Text, nullable=False),
        sa.Column("warnings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_capture"),
        sa.ForeignKeyConstraint(
            ["document_id", "version"], ["version.document_id", "version.number"], name="fk_capture_document_id_version"
        ),
        sa.ForeignKeyConstraint(["raw_sha256"], ["blob.sha256"], name="fk_capture_raw_sha256"),
        sa.UniqueConstraint("document_id", "version", "raw_sha256", name="uq_capture_document_id_version_raw_sha256"),
    )


def _readings() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("read_at", sa.String(40), nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.ForeignKeyConstraint(
            ["document_id", "version"], ["version.document_id", "version.number"], name="fk_reading_document_id_version"
        ),
    )
    op.create_index("ix_reading_document_id_version", "reading", ["document_id", "version"])
    op.create_table(
        "confirmation",
        sa.Column("reading_id", sa.Integer, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("read_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("reading_id", "reader", name="pk_confirmation"),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_confirmation_reading_id"),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("first_reading", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_claim_document_id"),
        sa.ForeignKeyConstraint(["first_reading"], ["reading.id"], name="fk_claim_first_reading"),
        sa.UniqueConstraint("document_id", "number", name="uq_claim_document_id_number"),
    )
    op.create_index("ix_claim_document_id", "claim", ["document_id"])
    op.create_table(
        "proposal",
        sa.Column("reading_id", sa.Integer, nullable=False),
        sa.Column("claim_id", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("date_start", sa.String(10)),
        sa.Column("date_end", sa.String(10)),
        sa.Column("place", sa.Text),
        sa.Column("country", sa.String(2)),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("gazetteer", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("reading_id", "claim_id", name="pk_proposal"),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name="fk_proposal_reading_id"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_proposal_claim_id"),
    )
    for column in ("claim_id", "type", "date_start", "country"):
        op.create_index(f"ix_proposal_{column}", "proposal", [column])


def _people() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("claim_id", sa.String(40), nullable=False),
        sa.Column("reading_id", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("undoes", sa.Integer),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("decided_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(
            ["reading_id", "claim_id"], ["proposal.reading_id", "proposal.claim_id"], name="fk_decision_reading_id_claim_id"
        ),
        sa.ForeignKeyConstraint(["undoes"], ["decision.id"], name="fk_decision_undoes"),
        sa.UniqueConstraint("undoes", name="uq_decision_undoes"),
    )
    op.create_index("ix_decision_claim_id", "decision", ["claim_id"])
    op.create_table(
        "pin",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("removes", sa.Integer),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("parent", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("pinned_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pin"),
        sa.ForeignKeyConstraint(["removes"], ["pin.id"], name="fk_pin_removes"),
        sa.UniqueConstraint("removes", name="uq_pin_removes"),
    )
    op.create_table(
        "log",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log"),
    )
    for column in ("at", "action", "subject"):
        op.create_index(f"ix_log_{column}", "log", [column])
