"""Options: what the commands of the register share: their options, opening it, and showing lists."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.output import needing
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.counting.policy import Policy
    from marsad.exports.profiles import Profile
    from marsad.register.store import Register

__all__ = [
    "VARIABLE", "At", "Jobs", "Json", "Limit", "Since", "Until", "Who", "Why", "days", "object_of", "one_of", "opened_register",
    "show_lines", "show_rule_files", "show_table", "told_errors",
]  # fmt: skip

VARIABLE = "MARSAD_REGISTER"
At = Annotated[
    str,
    typer.Option("--register", envvar=VARIABLE, metavar="PLACE", help="Folder, file or postgresql:// address; this folder else."),
]
Who = Annotated[str, typer.Option("--who", envvar="MARSAD_WHO", help="Who does this, for the log; the account's name else.")]
Why = Annotated[str, typer.Option("--why", help="Why, for the log.")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 for all.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON, a record a line.")]
Since = Annotated[str, typer.Option("--since", metavar="DATE", help="From this day on (YYYY-MM-DD).")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Up to this day (YYYY-MM-DD).")]
Jobs = Annotated[int, typer.Option("--jobs", min=0, help="Processes; 0 chooses.")]


@contextmanager
def opened_register(place: str) -> Iterator[Register]:
    """The register that is meant; errors of ours become a message and exit code 2."""
    with told_errors():
        from marsad.register.store import Register

        with Register.open(place) as register:
            yield register


def told_errors() -> AbstractContextManager[None]:
    """Errors of ours, and packages that are not there, as a message and exit code 2."""
    return needing("the register", "register", ("sqlalchemy", "alembic", "pg8000"))


def days(since: str, until: str) -> dict[str, str]:
    """The days of ``--since`` and ``--until``, checked; empty where none is given."""
    from marsad.documents.published import iso_day

    for option, told in (("--since", since), ("--until", until)):
        if told and iso_day(told) is None:
            raise InputError(f"{option} {told}: there is no such day; write YYYY-MM-DD")
    return {"since": (iso_day(since) or "") if since else "", "until": (iso_day(until) or "") if until else ""}


def one_of(option: str, told: str, known: Sequence[str]) -> None:
    """Refuse a value of an option that is none of the known ones."""
    if told and told not in known:
        raise InputError(f"{option} {told}: unknown; one of {', '.join(known)}")


def show_lines(records: Iterable[Any]) -> None:
    """Records as JSON Lines."""
    for record in records:
        typer.echo(json.dumps(record, ensure_ascii=False))


def show_rule_files(word: str, does: str, names: Sequence[str], one: Callable[[str], Policy | Profile]) -> None:
    """Named sets of rules with their versions and what they do."""
    show_table((word, "version", does), [(name, one(name).version, one(name).about) for name in names], "")


def object_of(file: Path, example: str) -> dict[str, Any]:
    """The JSON object of a file, or of the standard input for "-".

    Raises:
        InputError: the file cannot be read, is no JSON, or holds something else; ``example`` is shown then.
    """
    try:
        told = json.loads(sys.stdin.read() if str(file) == "-" else file.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file}: not JSON: {error}") from error
    if not isinstance(told, dict):
        raise InputError(f"{file}: an object of slots is expected, for example {example}")
    return told


def show_table(names: tuple[str, ...], rows: list[tuple[str, ...]], empty: str) -> None:
    """A table on a terminal, and tabs between the columns where a program reads it; ``empty`` is told where there is no row."""
    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(row))
    elif rows:
        from rich.console import Console
        from rich.table import Table

        table = Table(*names)
        for row in rows:
            table.add_row(*(cell.replace("[", "\\[") for cell in row))
        Console().print(table)
    if not rows:
        typer.echo(empty, err=True)
