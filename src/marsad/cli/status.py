"""``marsad status``, ``failures`` and ``dismiss``: what is in the register, what could not be taken in, and what is to be done."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from marsad.cli.options import At, Json, Limit, Who, Why, opened_register, show_lines, show_table

__all__ = ["add_to"]

# What is to be done: the path to its count in the overview, what it counts, and the command that lists or does it.
_TO_DO = (
    (("failures",), "could not be taken in", "marsad failures"),
    (("failed",), "documents could not be read by a fault of the reader", "marsad documents --failed"),
    (("to_reread",), "documents were read by another reader than that of today, or not yet", "marsad reread"),
    (("decisions_changed",), "decisions are on claims that have other values now", "marsad claims --state changed"),
    (("decisions_lost",), "decisions are on claims that are not found any more", "marsad claims --state lost"),
    (("unlinked",), "claims were not put together with others yet", "marsad link"),
    (("doubts",), "pairs of incidents may be one", "marsad doubts"),
    (("undecided",), "claims nobody decided on", "marsad claims --verdict none"),
    (("without", "place"), "claims have no known place", "marsad claims --without place"),
    (("without", "coordinates"), "claims have a place without coordinates", "marsad claims --without coordinates"),
    (("without", "date"), "claims have no known date", "marsad claims --without date"),
    (("without", "day"), "documents have no known day of publication", "marsad documents --without day"),
    (("without", "language"), "documents are in a language that is not known", "marsad documents --without language"),
    (("foreign",), "documents are in a language that has no pack, and are not read", "marsad documents --without reading"),
)


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (status, failures, dismiss):
        app.command()(command)


def status(register: At = "", as_json: Json = False) -> None:
    """Show what is in the register, what is to be done and how, and the end of the log."""
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
        if found["incidents"]:
            typer.echo(f"{'incidents':12}{found['incidents']:,}")
        typer.echo(f"{'log':12}{found['log_entries']:,} entries, the last {found['log_head']}")
        name = "to do"
        for path, told, command in _TO_DO:
            number = found
            for key in path:
                number = number[key]
            if number:
                typer.echo(f"{name:12}{number:,} {told}: {command}")
                name = ""


def failures(
    register: At = "",
    every: Annotated[bool, typer.Option("--all", help="Also those that are solved.")] = False,
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List what could not be taken in, with the reason; what is taken in later, or dismissed, is solved."""
    with opened_register(register) as opened:
        from marsad.register import failures as failed
        from marsad.views.register import FAILURE, failure_row

        with opened.snapshot() as connection:
            found = failed.failures(connection, solved=every)[: limit or None]
        if as_json:
            show_lines(f.to_dict() for f in found)
        else:
            show_table(FAILURE, [failure_row(f) for f in found], "no failure")


def dismiss(
    numbers: Annotated[list[int], typer.Argument(metavar="FAILURE...", help="Numbers, as marsad failures lists them.")],
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Say that failures need no more looking after; all of them or none. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.errors import InputError
        from marsad.register.store import somebody
        from marsad.views.terminal import safe

        if not why.strip():
            raise InputError("a reason is needed to dismiss a failure: --why REASON")
        for failure in opened.dismiss(numbers, who or somebody(), why):
            typer.echo(safe(f"failure {failure.number} ({failure.where}): dismissed"))
