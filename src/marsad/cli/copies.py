"""``marsad copies``: reports that are copies of each other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.options import At, Json, Limit, Who, Why, opened_register, show_lines, show_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from marsad.register.copygroups import Group

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(copies)


def copies(
    identifier: Annotated[
        str, typer.Argument(metavar="[ID]", help="Of a document, or the beginning of it; all groups else.")
    ] = "",
    register: At = "",
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Find the copies of all documents anew, from their texts.")] = False,
    limit: Limit = 0,
    as_json: Json = False,
    who: Who = "",
    why: Why = "",
) -> None:
    """Show reports that are copies of each other: the earliest, who is credited, and what differs."""
    with opened_register(register) as opened:
        if rebuild:
            from marsad.cli.output import Progress

            progress = Progress(shown=True)
            number = opened.regroup(who=who, why=why, tell=lambda _, count: progress.tell(count, 0))
            progress.wipe()
            typer.echo(f"{number:,} documents compared")
            if not identifier:
                return
        from marsad.register import copygroups, queries
        from marsad.views.copies import GROUP, group_row

        with opened.snapshot() as connection:
            if identifier:
                _one(connection, queries.find(connection, identifier)[1].partition(".")[0], as_json)
                return
            found = copygroups.groups(connection, limit)
            if as_json:
                show_lines(_record(connection, group) for group in found)
            else:
                show_table(GROUP, [group_row(group) for group in found], "no document is a copy of another")


def _one(connection: Connection, document: str, as_json: bool) -> None:
    from marsad.cli.output import colour_wanted, screen_width
    from marsad.register import copygroups
    from marsad.views.copies import group_lines, relation_lines
    from marsad.views.terminal import Screen

    group, related = copygroups.group_of(connection, document), copygroups.relations(connection, document)
    if as_json:
        record: dict[str, Any] = {"document": document, "group": _record(connection, group) if group else None}
        show_lines([record | {"related": [r.to_dict() for r in related]}])
        return
    screen = Screen(screen_width(), colour_wanted(sys.stdout), sys.stdout.isatty())
    if group is None:
        typer.echo(f"{document}: has no copies here")
    else:
        first = group.earliest.row.id
        told = {m.row.id: copygroups.differences(connection, first, m.row.id) for m in group.members[1:]}
        for line in group_lines(group, told, screen):
            typer.echo(line)
    for line in relation_lines(related):
        typer.echo(line)


def _record(connection: Connection, group: Group) -> dict[str, Any]:
    """A group with the differences of each member from the earliest."""
    from marsad.register import copygroups
    from marsad.views.copies import difference_records

    record = group.to_dict()
    for member in record["members"][1:]:
        first, second, likeness = copygroups.differences(connection, group.earliest.row.id, member["id"])
        member |= {"shared_words": likeness.equal, "words": likeness.other_words, "words_of_earliest": likeness.one_words}
        member["differences"] = difference_records(first, second, likeness)
    return record
