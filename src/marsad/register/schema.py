"""Tables of the register, as they are now; ``migrations`` holds how they came to be.

What machines read (``reading``, ``proposal``), what people decide (``decision``), the claims that people add (``addition``), what
readers sign (``signature``) and the places that people pin (``pin``) stand in tables of their own. All tables are append-only, held
by triggers (``guards``), but for ``setting``, ``account``, ``token``, the two pointers of ``document``, ``draft``, and what follows
from other tables and can be made again (``DERIVED`` and the ``search_`` tables). Values in JSON are texts in canonical form, and times
are ISO 8601 in UTC, so that both databases hold the same bytes and the hashes of the log can be made again from what is stored.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from marsad.register.incidenttables import (
    grade,
    incident,
    incident_alone,
    incident_claim,
    incident_doubt,
    incident_face,
    incident_mark,
    judgement,
    linked,
)
from marsad.register.peopletables import account, disclosure, restriction, token
from marsad.register.readertables import addition, draft, queued, signature
from marsad.register.tables import metadata

__all__ = [
    "APPEND_ONLY",
    "DERIVED",
    "REVISION",
    "account",
    "addition",
    "blob",
    "blob_data",
    "capture",
    "claim",
    "confirmation",
    "decision",
    "disclosure",
    "document",
    "draft",
    "grade",
    "incident",
    "incident_alone",
    "incident_claim",
    "incident_doubt",
    "incident_face",
    "incident_mark",
    "judgement",
    "likeness",
    "linked",
    "log",
    "metadata",
    "pin",
    "proposal",
    "queued",
    "reading",
    "restriction",
    "search_claim",
    "search_document",
    "search_form",
    "search_place",
    "search_word",
    "setting",
    "signature",
    "sketch",
    "sketch_value",
    "text_body",
    "token",
    "version",
]

# The last step of ``migrations``.
REVISION = "0012"


def _holding(name: str, columns: tuple[str, ...], where: str) -> Index:
    """An index of the rows for which something holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


# How the register is kept: "blobs" is "folder" or "table".
setting = Table("setting", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False))

# Bytes as collected, by their SHA-256; the bytes lie in a folder or in ``blob_data``.
blob = Table("blob", metadata, Column("sha256", String(64), primary_key=True), Column("size", BigInteger, nullable=False))
blob_data = Table(
    "blob_data",
    metadata,
    Column("sha256", ForeignKey("blob.sha256"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# Extracted texts by the SHA-256 of their UTF-8; ``length`` in code points, which offsets count.
text_body = Table(
    "text_body",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("length", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# A document is what one address (and key in a container) gives; the pointers tell what is current.
document = Table(
    "document",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("identity", Text, nullable=False, unique=True),
    Column("current_version", Integer, nullable=False),
    Column("current_reading", Integer, index=True),
)

# One text with what was told about it; another text, title, day ... of the same document is another version.
version = Table(
    "version",
    metadata,
    Column("document_id", ForeignKey("document.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(64), nullable=False),
    Column("text_sha256", ForeignKey("text_body.sha256"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("published", String(10), index=True),
    Column("published_from", String(20)),
    Column("publisher", Text),
    Column("author", Text),
    Column("language", String(20)),
    UniqueConstraint("document_id", "fingerprint"),
)

# One act of collecting: bytes, where from, when, by what and how. Several captures may give the same version.
capture = Table(
    "capture",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("document_id", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("raw_sha256", ForeignKey("blob.sha256"), nullable=False),
    Column("media_type", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("canonical", Text),
    Column("archived", Text),
    Column("key", Text),
    Column("collected", String(40), nullable=False),
    Column("method", String(40), nullable=False),
    Column("collector", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("warnings", Text, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["version.document_id", "version.number"]),
    UniqueConstraint("document_id", "version", "raw_sha256"),
)

# One reading of a version by a reader that found other claims than the reading before, or the first.
reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("document_id", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("reader", Text, nullable=False),
    Column("read_at", String(40), nullable=False),
    Column("claims", Integer, nullable=False),
    Column("error", Text),
    Column("digest", String(64), nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["version.document_id", "version.number"]),
    Index("ix_reading_document_id_version", "document_id", "version"),
    _holding("ix_reading_error", ("id",), "error is not null"),
)

# A later reader found in the same version the same claims.
confirmation = Table(
    "confirmation",
    metadata,
    Column("reading_id", ForeignKey("reading.id"), primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("read_at", String(40), nullable=False),
)

# The identity of a claim, which readings and decisions share.
claim = Table(
    "claim",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("document_id", ForeignKey("document.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("first_reading", ForeignKey("reading.id"), nullable=False),
    UniqueConstraint("document_id", "number"),
)

# What one reading says of a claim: the public record in ``body``, and of it the columns that lists are cut by.
proposal = Table(
    "proposal",
    metadata,
    Column("reading_id", ForeignKey("reading.id"), primary_key=True),
    Column("claim_id", ForeignKey("claim.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("type", String(60), nullable=False, index=True),
    Column("scope", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("date_start", String(10), index=True),
    Column("date_end", String(10)),
    Column("place", Text),
    Column("country", String(2), index=True),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("gazetteer", Text),
    Column("body", Text, nullable=False),
    Column("why", Text, nullable=False),
    _holding("ix_proposal_no_place", ("reading_id", "claim_id"), "place is null"),
    _holding("ix_proposal_no_coordinates", ("reading_id", "claim_id"), "place is not null and latitude is null"),
    _holding("ix_proposal_no_date", ("reading_id", "claim_id"), "coalesce(date_start, date_end) is null"),
)

# A verdict of a person on a claim as a reading proposed it; ``undo`` names the decision that it takes back.
decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", String(40), nullable=False),
    Column("reading_id", Integer, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("value", Text),
    Column("undoes", ForeignKey("decision.id"), unique=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("decided_at", String(40), nullable=False),
    ForeignKeyConstraint(["reading_id", "claim_id"], ["proposal.reading_id", "proposal.claim_id"]),
    Index("ix_decision_claim_id", "claim_id"),
    Index("ix_decision_verdict", "verdict", "claim_id"),
)

# A place as people pinned it; ``removes`` names the pin that is taken back.
pin = Table(
    "pin",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("removes", ForeignKey("pin.id"), unique=True),
    Column("place", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("country", String(2), nullable=False),
    Column("parent", Text, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("pinned_at", String(40), nullable=False),
)

# Of the current version of each document the lowest hashes (``marsad.syndication``; JSON) and the group of copies that it is in: the
# id of one of its documents, its own where it is in none.
sketch = Table(
    "sketch",
    metadata,
    Column("document_id", String(16), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("label", String(16), nullable=False, index=True),
    Column("hashes", Text, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["version.document_id", "version.number"]),
)

# The documents by each of these hashes, up to a number for each, to find copies by.
sketch_value = Table(
    "sketch_value",
    metadata,
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Column("document_id", ForeignKey("sketch.document_id"), primary_key=True),
    sqlite_with_rowid=False,
)

# Two documents that have much in common: how (``copy``, ``pattern``, ``passages``), how many words, which passages (JSON lists of
# half-open code point offsets). Not of all such pairs: of a group, enough to hold it together.
likeness = Table(
    "likeness",
    metadata,
    Column("one", ForeignKey("sketch.document_id"), primary_key=True),
    Column("other", ForeignKey("sketch.document_id"), primary_key=True, index=True),
    Column("kind", String(10), nullable=False),
    Column("equal", Integer, nullable=False),
    Column("one_words", Integer, nullable=False),
    Column("other_words", Integer, nullable=False),
    Column("one_spans", Text, nullable=False),
    Column("other_spans", Text, nullable=False),
)

# All that was done, each entry sealed by the hash of the one before.
log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("action", String(20), nullable=False, index=True),
    Column("subject", Text, nullable=False, index=True),
    Column("why", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# What is searched, made from the other tables. One row for each document, of its current version and reading: ``rank`` rises with
# the day of publication and is the key of the full-text index ``search_text``, which each database has in its own form and so is
# not here: a table of FTS5 without its texts, or rank and tsvector.
search_document = Table(
    "search_document",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document_id", ForeignKey("document.id"), nullable=False, unique=True),
    Column("rank", BigInteger, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("marks", Text, nullable=False),
)
# Each claim that stands, with its marks and further words (``marsad.search.facets``); days as they are searched.
search_claim = Table(
    "search_claim",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", String(40)),
    Column("first", String(10), nullable=False),
    Column("last", String(10), nullable=False),
    Column("marks", Text, nullable=False),
)
# Under which term each word form stands, and under which terms each word may be found (``marsad.search.words``).
search_form = Table(
    "search_form", metadata, Column("form", Text, primary_key=True), Column("term", Text, nullable=False, index=True)
)
search_word = Table("search_word", metadata, Column("lemma", Text, primary_key=True), Column("term", Text, primary_key=True))
# Where the places of claims lie, for distances.
search_place = Table(
    "search_place",
    metadata,
    Column("id", Text, primary_key=True),
    Column("latitude", Double, nullable=False),
    Column("longitude", Double, nullable=False),
)

APPEND_ONLY = (
    "blob", "blob_data", "text_body", "version", "capture", "reading", "confirmation", "claim", "proposal", "decision", "addition",
    "signature", "pin", "judgement", "grade", "restriction", "disclosure", "log",
)  # fmt: skip
# What follows from the other tables and can be made again from them.
DERIVED = (
    "sketch", "sketch_value", "likeness", "incident", "incident_claim", "incident_doubt", "incident_alone", "incident_face",
    "incident_mark", "linked", "queued",
)  # fmt: skip
