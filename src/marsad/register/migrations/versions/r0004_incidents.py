"""Tables for incidents: what people say of them, which is append-only, and what linking makes of the claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marsad.register.guards import guards_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the guard of judgements."""
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("retracts", sa.Integer),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("judged_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_judgement"),
        sa.ForeignKeyConstraint(["retracts"], ["judgement.id"], name="fk_judgement_retracts"),
        sa.UniqueConstraint("retracts", name="uq_judgement_retracts"),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("witnesses", sa.Integer, nullable=False),
        sa.Column("became", sa.String(40)),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
        sa.UniqueConstraint("code", name="uq_incident_code"),
    )
    op.create_index("ix_incident_became", "incident", ["became"])
    op.create_table(
        "incident_claim",
        sa.Column("claim_id", sa.String(40), nullable=False),
        sa.Column("incident_id", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_incident_claim"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_incident_claim_incident_id"),
    )
    op.create_index("ix_incident_claim_incident_id", "incident_claim", ["incident_id"])
    op.create_table(
        "incident_doubt",
        sa.Column("first", sa.String(40), nullable=False),
        sa.Column("second", sa.String(40), nullable=False),
        sa.Column("first_claim", sa.String(40), nullable=False),
        sa.Column("second_claim", sa.String(40), nullable=False),
        sa.Column("probability", sa.Double, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("first", "second", name="pk_incident_doubt"),
    )
    op.create_table(
        "incident_alone",
        sa.Column("claim_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_incident_alone"),
    )
    op.create_index("ix_incident_alone_kind", "incident_alone", ["kind"])
    for statement in guards_of(op.get_bind().dialect.name, "judgement"):
        op.execute(statement)
