"""Tables of people who work at the desk: accounts, and restrictions of who sees what."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from marsad.register.tables import metadata

__all__ = ["account", "disclosure", "restriction"]

# Who may work at the desk (``accounts``). Changed in place, so that no old hash of a password stays; the log has what was changed.
account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", String(120), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("password", Text),
    Column("identity", Text, unique=True),
    Column("disabled_at", String(40)),
    Column("renewed", Integer, nullable=False),
    Column("must_change", Integer, nullable=False),
    Column("made_at", String(40), nullable=False),
)

# Who alone may see a document or incident: those of a role and above, and people (JSON list of names); ``lifts`` names the restriction
# that is taken back.
restriction = Table(
    "restriction",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("subject", String(40), nullable=False, index=True),
    Column("role", String(10)),
    Column("people", Text, nullable=False),
    Column("lifts", ForeignKey("restriction.id"), unique=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("restricted_at", String(40), nullable=False),
)

# What people decided to let out or to keep beside what profiles of exports say (``register.disclosures``): names of victims of an
# incident, an incident that is withheld, a source that is protected. ``value`` is JSON; ``undoes`` names the entry that is taken back.
disclosure = Table(
    "disclosure",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("subject", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("undoes", ForeignKey("disclosure.id"), unique=True),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("disclosed_at", String(40), nullable=False),
)

# What programs show to be let in as an account (``tokens``): only the hash; ``role`` is that of the account or a lower one.
token = Table(
    "token",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("account_id", ForeignKey("account.id"), index=True),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("made_at", String(40), nullable=False),
    Column("until", String(40), nullable=False),
    Column("revoked_at", String(40)),
)
