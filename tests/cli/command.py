"""Commands as a user types them, within the process of the tests."""

from __future__ import annotations

from typer.testing import CliRunner

from marsad.cli.main import app

__all__ = ["run"]


def run(*arguments: str, code: int = 0, stdin: str = "") -> str:
    """What a command writes, to its output and to where errors go, in the order in which it does; its exit code has to be ``code``."""
    result = CliRunner().invoke(app, list(arguments), input=stdin)
    assert result.exit_code == code, result.output
    return result.output
