"""``marsad status``: what is in the register, and what is to be done."""

from __future__ import annotations

import json

import typer

from marsad.cli.options import At, Json, opened_register

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(status)


def status(register: At = "", as_json: Json = False) -> None:
    """Show what is in the register, what is to be done, and the end of the log."""
    with opened_register(register) as opened:
        found = opened.status()
        if as_json:
            typer.echo(json.dumps(found, ensure_ascii=False))
            return
        for name in ("register", "schema", "reader"):
            typer.echo(f"{name:12}{found[name]}")
        typer.echo(
            f"{'documents':12}{found['documents']:,} in {found['versions']:,} versions, {found['captures']:,} captures, "
            f"{found['bytes']:,} bytes as collected"
        )
        typer.echo(f"{'claims':12}{found['claims']:,}, decided on {found['decided']:,}; pinned places {found['pins']:,}")
        typer.echo(f"{'log':12}{found['log_entries']:,} entries, the last {found['log_head']}")
        for number, told in (
            (found["unread"], "documents were not read (their language has no pack, or reading was interrupted)"),
            (found["failed"], "documents could not be read by a fault of the reader: marsad documents --failed"),
            (found["to_reread"], "documents were read by another reader than that of today: marsad reread"),
            (found["decisions_changed"], "decisions are on claims that have other values now: marsad claims --state changed"),
            (found["decisions_lost"], "decisions are on claims that are not found any more: marsad claims --state lost"),
        ):
            if number:
                typer.echo(f"{'':12}{number:,} {told}")
