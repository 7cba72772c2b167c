"""Tables of incidents: what people say of them, and what follows from the claims and can be made again."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, String, Table, Text

from marsad.register.tables import metadata

__all__ = [
    "grade", "incident", "incident_alone", "incident_claim", "incident_doubt", "incident_face", "incident_mark", "judgement",
    "linked",
]  # fmt: skip

# What people say of incidents: which claims are of one event (``settle``) or of two (``part``), and which earlier entry is taken back
# (``retract``). ``value`` is JSON: incidents with their claims, or pairs of claims.
judgement = Table(
    "judgement",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("value", Text, nullable=False),
    Column("retracts", ForeignKey("judgement.id"), unique=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("judged_at", String(40), nullable=False),
)

# Incidents as they were put together last (``marsad.linking``). An incident that was joined to another, or is no more, stays with
# the id of the one that has most of its claims, so that what people noted of it is still found.
incident = Table(
    "incident",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("witnesses", Integer, nullable=False),
    Column("became", String(40), index=True),
)
incident_claim = Table(
    "incident_claim",
    metadata,
    Column("claim_id", String(40), primary_key=True),
    Column("incident_id", ForeignKey("incident.id"), nullable=False, index=True),
)
# What may be one event, for people to decide, and claims that are in no incident, with the reason.
incident_doubt = Table(
    "incident_doubt",
    metadata,
    Column("first", String(40), primary_key=True),
    Column("second", String(40), primary_key=True),
    Column("first_claim", String(40), nullable=False),
    Column("second_claim", String(40), nullable=False),
    Column("probability", Double, nullable=False),
    Column("reason", Text, nullable=False),
)
incident_alone = Table(
    "incident_alone",
    metadata,
    Column("claim_id", String(40), primary_key=True),
    Column("kind", String(20), nullable=False, index=True),
    Column("reason", Text, nullable=False),
)

# What linking saw of each claim last. From what it was made: the reading, the last decision (0: none), the version and the label of its
# copies; and, to look it up by, how its time is told (``dated``, ``open``, or ``none`` where it is compared with nothing), its days (proleptic,
# both inclusive), its place with the reach in kilometres, and keys of the names of the place and of what is around it, as "|one|two|".
linked = Table(
    "linked",
    metadata,
    Column("claim_id", String(40), primary_key=True),
    Column("reading_id", Integer, nullable=False, index=True),
    Column("decision_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("label", String(16), nullable=False, index=True),
    Column("manner", String(10), nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("country", String(2), nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("reach", Double, nullable=False),
    Column("placed", Boolean, nullable=False),
    Column("names", Text, nullable=False),
    Column("around", Text, nullable=False),
    Index("ix_linked_manner_first", "manner", "first"),
)
# What the claims of each incident say together, as far as lists, maps and charts are cut and sorted by it (``marsad.register.faces``):
# one row for each incident that has a claim which stands. Days, place and country are those that most origins give; ``radius`` is in
# kilometres. Numbers are ranges without a policy, null where none is told. Flags are 0 or 1. ``seen`` is the hash of what a person
# sees who signs a grade, ``inputs`` that of all that the row was made of.
incident_face = Table(
    "incident_face",
    metadata,
    Column("incident_id", ForeignKey("incident.id"), primary_key=True),
    Column("code", String(40), nullable=False),
    Column("first_day", String(10), index=True),
    Column("last_day", String(10), index=True),
    Column("day_precision", String(10), nullable=False),
    Column("country", String(2), index=True),
    Column("unit", Text, index=True),
    Column("unit_ar", Text),
    Column("unit_en", Text),
    Column("place", Text),
    Column("place_ar", Text),
    Column("place_en", Text),
    Column("gazetteer", Text, index=True),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("place_class", String(20)),
    Column("place_precision", String(20)),
    Column("radius", Double),
    Column("types", Text, nullable=False),
    Column("sites", Text, nullable=False),
    Column("weapons", Text, nullable=False),
    Column("perpetrators", Text, nullable=False),
    Column("targets", Text, nullable=False),
    Column("status", String(10), nullable=False),
    Column("denied", Integer, nullable=False),
    Column("contested", Integer, nullable=False),
    Column("aggregate", Integer, nullable=False),
    Column("contradictions", Integer, nullable=False),
    Column("killed_min", Integer),
    Column("killed_max", Integer),
    Column("killed_open", Integer, nullable=False),
    Column("injured_min", Integer),
    Column("injured_max", Integer),
    Column("injured_open", Integer, nullable=False),
    Column("missing_min", Integer),
    Column("missing_max", Integer),
    Column("abducted_min", Integer),
    Column("abducted_max", Integer),
    Column("captured_min", Integer),
    Column("captured_max", Integer),
    Column("arrested_min", Integer),
    Column("arrested_max", Integer),
    Column("displaced_min", Integer),
    Column("displaced_max", Integer),
    Column("killed_civilians_min", Integer),
    Column("killed_civilians_max", Integer),
    Column("killed_women_min", Integer),
    Column("killed_women_max", Integer),
    Column("killed_children_min", Integer),
    Column("killed_children_max", Integer),
    Column("claims", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("origins_open", Integer, nullable=False),
    Column("suggested", String(12)),
    Column("signed", String(12)),
    Column("stale", Integer, nullable=False),
    Column("title_ar", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("reported", String(10)),
    Column("changed", String(40), nullable=False),
    Column("seen", String(64), nullable=False),
    Column("inputs", String(64), nullable=False),
)
# Values that an incident may have several of: ``type``, ``site``, ``weapon``, ``perpetrator``, ``target``, ``publisher``, ``source``.
incident_mark = Table(
    "incident_mark",
    metadata,
    Column("incident_id", ForeignKey("incident.id"), primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("value", Text, primary_key=True),
    Index("ix_incident_mark_kind", "kind", "value", "incident_id"),
)
# A grade that a person signs for an incident: ``inputs`` is JSON, what they saw (the suggestion with its inputs and the ids of the
# claims), ``seen`` its hash, by which it is known whether claims have changed since. ``undoes`` names the signature taken back.
grade = Table(
    "grade",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("incident_id", String(40), nullable=False, index=True),
    Column("grade", String(12), nullable=False),
    Column("suggested", String(12)),
    Column("inputs", Text, nullable=False),
    Column("seen", String(64), nullable=False),
    Column("undoes", ForeignKey("grade.id"), unique=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("graded_at", String(40), nullable=False),
)
