"""``marsad init``, ``log``, ``verify`` and ``reread``: the register as a whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.options import (
    VARIABLE,
    At,
    Jobs,
    Json,
    Limit,
    Since,
    Until,
    Who,
    Why,
    days,
    one_of,
    opened_register,
    show_lines,
    show_table,
    told_errors,
)  # fmt: skip

if TYPE_CHECKING:
    from marsad.register.rereading import Reread

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (init, log, verify, reread):
        app.command()(command)


def init(
    place: Annotated[
        str, typer.Argument(metavar="[PLACE]", envvar=VARIABLE, help="Folder, file or postgresql://USER@HOST/DATABASE.")
    ] = "",
    who: Who = "",
) -> None:
    """Make a register, or bring one of an earlier version up to date."""
    with told_errors():
        from marsad.register.store import Register

        register, done = Register.create(place, who=who)
        with register:
            typer.echo({
                "made": f"{register.where.name}: a new register",
                "upgraded": f"{register.where.name}: brought up to date",
                "nothing": f"{register.where.name}: is there already; nothing was changed",
            }[done])  # fmt: skip


def log(
    register: At = "",
    action: Annotated[str, typer.Option("--action", help="Only this: import, reading, decision, export ...")] = "",
    who: Annotated[str, typer.Option("--who", help="Only what this person or program did.")] = "",
    subject: Annotated[str, typer.Option("--subject", metavar="ID", help="Only of this document or claim.")] = "",
    since: Since = "",
    until: Until = "",
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """Show what was done, the latest first: when, by whom, what and why."""
    with opened_register(register) as opened:
        from marsad.register.audit import ACTIONS

        one_of("--action", action, ACTIONS)
        found = opened.log(action=action, who=who, subject=subject, limit=limit, **days(since, until))
        if as_json:
            show_lines(e.to_dict() for e in found)
            return
        from marsad.views.register import ENTRY, entry_row

        show_table(ENTRY, [entry_row(e) for e in found], "no entry")


def verify(
    register: At = "",
    head: Annotated[
        str, typer.Option("--head", metavar="HASH", help="A hash of the log noted elsewhere; must still be in it.")
    ] = "",
) -> None:
    """Check all that is stored against its hashes, the log and the texts; exit code 1 if anything is not as it was."""
    with opened_register(register) as opened:
        shown = sys.stderr.isatty()

        def tell(what: str, number: int) -> None:
            if shown and number % 500 == 0:
                typer.echo(f"\r\x1b[K{number:,} {what}", nl=False, err=True)

        found = opened.verify(head, tell)
        if shown:
            typer.echo("\r\x1b[K", nl=False, err=True)
        for problem in found.problems:
            typer.echo(f"problem: {problem}")
        for note in found.notes:
            typer.echo(f"note: {note}")
        typer.echo("checked: " + ", ".join(f"{number:,} {what}" for what, number in found.checked.items()))
        typer.echo(f"log: {found.head[0]:,} entries, the last {found.head[1]}")
        if not found.clean:
            typer.echo(f"error: {found.count:,} problems; what is stored is not what was stored", err=True)
            raise typer.Exit(1)
        typer.echo("all is as it was stored")


def reread(
    register: At = "",
    every: Annotated[bool, typer.Option("--all", help="Also what the reader of today has read.")] = False,
    document: Annotated[list[str] | None, typer.Option("--document", metavar="ID", help="Only this; may be repeated.")] = None,
    jobs: Jobs = 0,
    who: Who = "",
    why: Why = "",
) -> None:
    """Read again what another reader read, and show what it changed; decisions of people stay."""
    with opened_register(register) as opened:
        from marsad.cli.output import Progress
        from marsad.register import queries

        with opened.snapshot() as connection:
            ids = [queries.find(connection, told)[1].partition(".")[0] for told in document] if document else None
        progress = Progress(shown=True)
        counts = dict.fromkeys(("documents", "same", "changed", "new", "lost", "failed"), 0)
        for result in opened.reread(jobs, every=every, ids=ids, who=who, why=why):
            counts["documents"] += 1
            if result.change is not None:
                progress.wipe()
                _changed(result, counts)
            progress.tell(counts["documents"], counts["new"] + counts["changed"])
        progress.wipe()
        typer.echo(
            f"{counts['documents']:,} documents read; claims changed {counts['changed']:,}, new {counts['new']:,}, "
            f"lost {counts['lost']:,}"
        )
        if counts["failed"]:
            raise typer.Exit(1)


def _changed(result: Reread, counts: dict[str, int]) -> None:
    """A line for each claim that is other than it was, and for each decision that this touches."""
    change = result.change
    if change is None:
        return
    counts["changed"] += len(change.changed)
    counts["new"] += len(change.new)
    counts["lost"] += len(change.lost)
    if result.error is not None:
        counts["failed"] += 1
        typer.echo(f"error: {result.document_id}: {result.error}", err=True)
    for identifier, slots in change.changed:
        typer.echo(f"{identifier}: changed: {', '.join(slots)}")
    for word, ids in (("new", change.new), ("lost", change.lost)):
        for identifier in ids:
            typer.echo(f"{identifier}: {word}")
    for held in result.decisions:
        what = "the claim is not found any more" if held.state == "lost" else f"other now: {', '.join(held.changed)}"
        typer.echo(f"{held.claim_id}: decision {held.id} ({held.verdict}, {held.who}) stays; {what}")
