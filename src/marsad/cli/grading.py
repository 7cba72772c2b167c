"""``marsad grade``: a person signs a grade for an incident, with what they saw, or takes a signature back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.options import At, Json, Who, Why, opened_register, show_lines, show_table
from marsad.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(grade)


def grade(
    told: Annotated[str, typer.Argument(metavar="INCIDENT", help="Code or id, or the beginning of either.")],
    signed: Annotated[
        str,
        typer.Argument(
            metavar="[GRADE]", help="confirmed, fair, weak, contested or discounted; without it signatures are listed."
        ),
    ] = "",
    undo: Annotated[int, typer.Option("--undo", metavar="NUMBER", help="Take this signature back.")] = 0,
    register: At = "",
    who: Who = "",
    why: Why = "",
    as_json: Json = False,
) -> None:
    """Sign a grade for an incident, as a person who has looked at it; needs a reason (--why). What the program suggests is no grade."""
    if signed and undo:
        raise typer.BadParameter("sign a grade or take one back, not both")
    with opened_register(register) as opened:
        from marsad.register import grades, incidents, signing
        from marsad.register.store import somebody

        def work(connection: Connection) -> None:
            identifier = incidents.find(connection, told)
            if undo:
                if undo not in {s.id for s in grades.history(connection, [identifier])}:
                    raise InputError(f"{told} has no signature {undo}; list them by: marsad grade {told}")
                signing.undo(connection, undo, who or somebody(), why)
            else:
                signing.sign(connection, identifier, signed, who or somebody(), why)

        if signed or undo:
            opened.apply(work)
        with opened.snapshot() as connection:
            identifier = incidents.find(connection, told)
            found = grades.history(connection, [identifier])
            _, seen = signing.offered(connection, identifier)
        if as_json:
            show_lines(s.to_dict() | {"stale": s.seen != seen} for s in found)
            return
        rows: list[tuple[str, ...]] = [
            (str(s.id), s.grade, "taken back" if s.undone else "stands" if s.seen == seen else "stale", s.at[:10], s.who, s.why)
            for s in found
        ]
        show_table(
            ("number", "grade", "state", "day", "who", "why"),
            rows,
            "nobody signed a grade; sign one with: marsad grade INCIDENT GRADE --why",
        )
