"""Tables for what lists show of incidents, which follows from the claims, and for the grades that people sign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from marsad.register.guards import guards_of

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the guard of grades."""
    op.create_table(
        "incident_face",
        sa.Column("incident_id", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("first_day", sa.String(10)),
        sa.Column("last_day", sa.String(10)),
        sa.Column("day_precision", sa.String(10), nullable=False),
        sa.Column("country", sa.String(2)),
        sa.Column("unit", sa.Text),
        sa.Column("unit_ar", sa.Text),
        sa.Column("unit_en", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("place_ar", sa.Text),
        sa.Column("place_en", sa.Text),
        sa.Column("gazetteer", sa.Text),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("place_class", sa.String(20)),
        sa.Column("place_precision", sa.String(20)),
        sa.Column("radius", sa.Double),
        sa.Column("types", sa.Text, nullable=False),
        sa.Column("sites", sa.Text, nullable=False),
        sa.Column("weapons", sa.Text, nullable=False),
        sa.Column("perpetrators", sa.Text, nullable=False),
        sa.Column("targets", sa.Text, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("denied", sa.Integer, nullable=False),
        sa.Column("contested", sa.Integer, nullable=False),
        sa.Column("aggregate", sa.Integer, nullable=False),
        sa.Column("contradictions", sa.Integer, nullable=False),
        sa.Column("killed_min", sa.Integer),
        sa.Column("killed_max", sa.Integer),
        sa.Column("killed_open", sa.Integer, nullable=False),
        sa.Column("injured_min", sa.Integer),
        sa.Column("injured_max", sa.Integer),
        sa.Column("injured_open", sa.Integer, nullable=False),
        sa.Column("missing_min", sa.Integer),
        sa.Column("missing_max", sa.Integer),
        sa.Column("abducted_min", sa.Integer),
        sa.Column("abducted_max", sa.Integer),
        sa.Column("captured_min", sa.Integer),
        sa.Column("captured_max", sa.Integer),
        sa.Column("arrested_min", sa.Integer),
        sa.Column("arrested_max", sa.Integer),
        sa.Column("displaced_min", sa.Integer),
        sa.Column("displaced_max", sa.Integer),
        sa.Column("killed_civilians_min", sa.Integer),
        sa.Column("killed_civilians_max", sa.Integer),
        sa.Column("killed_women_min", sa.Integer),
        sa.Column("killed_women_max", sa.Integer),
        sa.Column("killed_children_min", sa.Integer),
        sa.Column("killed_children_max", sa.Integer),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("origins", sa.Integer, nullable=False),
        sa.Column("origins_open", sa.Integer, nullable=False),
        sa.Column("suggested", sa.String(12)),
        sa.Column("signed", sa.String(12)),
        sa.Column("stale", sa.Integer, nullable=False),
        sa.Column("title_ar", sa.Text, nullable=False),
        sa.Column("title_en", sa.Text, nullable=False),
        sa.Column("reported", sa.String(10)),
        sa.Column("changed", sa.String(40), nullable=False),
        sa.Column("seen", sa.String(64), nullable=False),
        sa.Column("inputs", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", name="pk_incident_face"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_incident_face_incident_id"),
    )
    for column in ("first_day", "last_day", "country", "unit", "gazetteer"):
        op.create_index(f"ix_incident_face_{column}", "incident_face", [column])
    op.create_table(
        "incident_mark",
        sa.Column("incident_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "kind", "value", name="pk_incident_mark"),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_incident_mark_incident_id"),
    )
    op.create_index("ix_incident_mark_kind", "incident_mark", ["kind", "value", "incident_id"])
    op.create_table(
        "grade",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("incident_id", sa.String(40), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("suggested", sa.String(12)),
        sa.Column("inputs", sa.Text, nullable=False),
        sa.Column("seen", sa.String(64), nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("graded_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_grade"),
        sa.ForeignKeyConstraint(["undoes"], ["grade.id"], name="fk_grade_undoes"),
        sa.UniqueConstraint("undoes", name="uq_grade_undoes"),
    )
    op.create_index("ix_grade_incident_id", "grade", ["incident_id"])
    for statement in guards_of(op.get_bind().dialect.name, "grade"):
        op.execute(statement)
