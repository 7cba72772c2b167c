"""``marsad token``: tokens by which programs ask the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.options import At, Json, Who, Why, opened_register, show_lines, show_table
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.register.store import Register

__all__ = ["app"]

_Account = Annotated[
    str,
    typer.Option(
        "--account", metavar="NAME", help="The account in whose name the program comes, where the register has accounts."
    ),
]
app = typer.Typer(help="Make and revoke tokens by which programs ask the desk; each has a role and an end.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for.")],
    role: Annotated[str, typer.Option("--role", help="reader, analyst or reviewer.")] = "reader",
    days: Annotated[int, typer.Option("--days", help="After how many days it ends.")] = 90,
    account: _Account = "",
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Make a token; it is shown once and kept nowhere."""
    with opened_register(register) as opened:
        from marsad.register import tokens
        from marsad.register.store import somebody

        owner = _owner(opened, account)
        made, secret = opened.apply(lambda c: tokens.make(c, owner, name, role, days, who or somebody(), why))
        typer.echo(f"token {made.id} ({made.name}): {made.role}, until {made.until[:10]}", err=True)
        typer.echo(secret)


@app.command("list")
def list_(account: _Account = "", register: At = "", as_json: Json = False) -> None:
    """List tokens, the latest first; their secrets are not kept."""
    with opened_register(register) as opened:
        from marsad.register import tokens

        owner = _owner(opened, account)
        with opened.snapshot() as connection:
            found = tokens.tokens(connection, owner)
        if as_json:
            show_lines(token.to_dict() for token in found)
            return
        rows: list[tuple[str, ...]] = [
            (str(t.id), t.name, t.role, t.until[:10], "revoked" if t.revoked else "" if t.holds else "over") for t in found
        ]
        show_table(("number", "name", "role", "until", "state"), rows, "no token")


@app.command()
def revoke(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As marsad token list shows it.")],
    account: _Account = "",
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Let a token open nothing any more."""
    with opened_register(register) as opened:
        from marsad.register import tokens
        from marsad.register.store import somebody

        owner = _owner(opened, account)
        done = opened.apply(lambda c: tokens.revoke(c, number, owner, who or somebody(), why))
        typer.echo(f"token {done.id} ({done.name}): revoked")


def _owner(register: Register, name: str) -> int | None:
    """The number of the account of a name; None in a register without accounts."""
    from marsad.register import accounts

    with register.snapshot() as connection:
        if not accounts.there_are(connection):
            return None
        found = accounts.named(connection, name) if name else None
    if found is None:
        raise InputError(f"--account {name}: name the account in whose name the program comes; see: marsad account list")
    return found.id
