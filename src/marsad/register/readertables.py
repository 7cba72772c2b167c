"""Tables of readers: claims that they add, what they sign, what they have begun, and which reports wait for them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, Text

from marsad.register.tables import metadata

__all__ = ["addition", "draft", "queued", "signature"]

# A claim that a person added beside those of the machine, and what people decide on it later: the public record (``add``) or slots
# (``correct``) in ``value``. Numbers are of one row with those of decisions. ``version`` is the text that evidence refers to.
addition = Table(
    "addition",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", String(40), nullable=False, index=True),
    Column("document_id", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("value", Text),
    Column("undoes", ForeignKey("addition.id"), unique=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("decided_at", String(40), nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["version.document_id", "version.number"]),
    Index("ix_addition_document_id", "document_id"),
)

# Who read a report and stands for its claims: the version and reading that were signed, and the last decision on its claims then
# (``decided``, 0 for none). ``undoes`` names the signature that is taken back.
signature = Table(
    "signature",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("document_id", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("reading_id", ForeignKey("reading.id")),
    Column("decided", Integer, nullable=False),
    Column("part", String(10), nullable=False),
    Column("undoes", ForeignKey("signature.id"), unique=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("signed_at", String(40), nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["version.document_id", "version.number"]),
    Index("ix_signature_document_id", "document_id"),
)

# What somebody has begun on a report and not stored yet (JSON), so that nobody loses work; no evidence, and not in the log.
draft = Table(
    "draft",
    metadata,
    Column("document_id", ForeignKey("document.id"), primary_key=True),
    Column("who", String(200), primary_key=True),
    Column("value", Text, nullable=False),
    Column("saved_at", String(40), nullable=False),
)

# Which documents wait for people, and for what (``register.queues``); ``day`` is that of publication or empty.
queued = Table(
    "queued",
    metadata,
    Column("queue", String(10), primary_key=True),
    Column("document_id", ForeignKey("document.id"), primary_key=True, index=True),
    Column("day", String(10), nullable=False),
    Index("ix_queued_queue", "queue", "day", "document_id"),
)
