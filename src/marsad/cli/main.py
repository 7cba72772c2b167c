"""``marsad``: the command line. Each command is a module of this package and loads what it needs when it is called."""

from __future__ import annotations

import signal
import sys
from typing import Annotated, NoReturn

import typer

from marsad.cli.account import app as account
from marsad.cli.copies import add_to as add_copies
from marsad.cli.counting import add_to as add_counting
from marsad.cli.decisions import add_to as add_decisions
from marsad.cli.desk import add_to as add_desk
from marsad.cli.disclosures import add_to as add_disclosures
from marsad.cli.evaluate import evaluate
from marsad.cli.exports import add_to as add_exports
from marsad.cli.gazetteer import app as gazetteer
from marsad.cli.grading import add_to as add_grading
from marsad.cli.incidents import add_to as add_incidents
from marsad.cli.intake import add_to as add_intake
from marsad.cli.lists import add_to as add_lists
from marsad.cli.pins import add_to as add_pins
from marsad.cli.places import places
from marsad.cli.publishing import add_to as add_publishing
from marsad.cli.read import read
from marsad.cli.reading import add_to as add_reading
from marsad.cli.register import add_to as add_register
from marsad.cli.search import search
from marsad.cli.status import add_to as add_status
from marsad.cli.token import app as token

__all__ = ["app", "run"]

app = typer.Typer(
    help="Read news reports of armed conflict into claims that point to the words that say them.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(read)
app.command()(evaluate)
app.command()(places)
app.command()(search)
app.add_typer(gazetteer, name="gazetteer")
app.add_typer(account, name="account")
app.add_typer(token, name="token")
for add_to in (
    add_register, add_status, add_intake, add_lists, add_copies, add_incidents, add_grading, add_counting, add_exports, add_publishing,
    add_disclosures, add_decisions, add_reading,
    add_pins, add_desk,
):  # fmt: skip
    add_to(app)


# What ``--version`` says of a compiled reader.
_READER = {
    "": "",
    "compiled": ", reader compiled",
    "outdated": ", compiled reader not used: it is of other sources (make fast, or python -m marsad.compiling, compiles these)",
    "refused": ", compiled reader not used: MARSAD_PURE is set",
}


def _version() -> str:
    from importlib.metadata import version

    from marsad import compiled

    return f"marsad {version('marsad')}{_READER[compiled.STATE]}"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(_version())
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)] = False,
) -> None:
    """Read news reports of armed conflict into claims that point to the words that say them."""


@app.command("version")
def version_() -> None:
    """Show the version."""
    typer.echo(_version())


def run() -> None:
    """Entry point of the ``marsad`` command.

    Exit codes: 0 done; 1 some input failed; 2 wrong usage; 130 and 143 when interrupted or ended.
    """
    # Reports are UTF-8 whatever the locale; names of files may hold bytes that are none.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _end)
    app()


def _end(number: int, frame: object) -> NoReturn:
    """An orderly end, so that files half written are taken away."""
    sys.exit(128 + number)
