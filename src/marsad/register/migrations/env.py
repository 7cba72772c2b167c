"""What Alembic runs: the steps that are missing, on the connection and in the transaction of the caller."""

from __future__ import annotations

from alembic import context

from marsad.register.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
