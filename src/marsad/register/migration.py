"""Migration: which schema a register has, and bringing it up to the one that this program needs."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

__all__ = ["current", "known", "newest", "upgrade"]

_FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    # No file of settings: what Alembic needs stands here.
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """The revision of the schema that this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return head or ""


def known(revision: str) -> bool:
    """Whether this program knows a revision; it does not know those of later programs."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def current(connection: Connection) -> str | None:
    """The revision of a register's schema; None where there is no register yet."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the steps that a register lacks, within the transaction of the caller.

    Args:
        connection: a writing transaction.
        revision: the step to end with.
    """
    config = _config()
    script = ScriptDirectory.from_config(config)
    config.attributes["connection"] = connection
    steps = EnvironmentContext(config, script, fn=lambda rev, _: script._upgrade_revs(revision, rev), destination_rev=revision)
    with steps:
        script.run_env()
