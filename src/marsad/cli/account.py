"""``marsad account``: who may work at the desk and as what."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.options import At, Json, Who, Why, opened_register, show_lines, show_table
from marsad.cli.output import needing

if TYPE_CHECKING:
    from marsad.register.store import Register

__all__ = ["app"]

app = typer.Typer(
    help="Say who may work at the desk and as what. Without accounts, whoever can open the register may do everything."
)
_Name = Annotated[str, typer.Argument(metavar="NAME", help="Of the account.")]
_Role = Annotated[str, typer.Option("--role", help="reader, analyst, reviewer or admin.")]


def _needed() -> AbstractContextManager[None]:
    return needing("accounts", "desk,register", ("argon2", "sqlalchemy", "alembic", "pg8000"))


@app.command()
def add(
    name: _Name,
    role: _Role = "analyst",
    register: At = "",
    identity: Annotated[str, typer.Option("--identity", help="What the identity provider calls them (a mail address).")] = "",
    stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from the standard input.")] = False,
    who: Who = "",
    why: Why = "",
) -> None:
    """Make an account; the first must be an admin's. The password is asked for, or invented and shown where there is no terminal."""
    with _needed(), opened_register(register) as opened:
        from marsad.desk import passwords
        from marsad.register import accounts
        from marsad.register.store import somebody

        password, told = _password(name, stdin)
        stored = passwords.hashed(password)
        made = opened.apply(
            lambda c: accounts.create(
                c, name, role, stored, who or somebody(), why, identity=identity or None, must_change=bool(told)
            )
        )
        typer.echo(f"{made.name}: {made.role}")
        if told:
            typer.echo(f"password, to be changed at the first sign-in: {told}")


@app.command("list")
def list_(register: At = "", as_json: Json = False) -> None:
    """List accounts by name."""
    with _needed(), opened_register(register) as opened:
        from marsad.register import accounts

        with opened.snapshot() as connection:
            found = accounts.accounts(connection)
        if as_json:
            show_lines(account.to_dict() for account in found)
            return
        rows: list[tuple[str, ...]] = [
            (a.name, a.role, "disabled" if a.disabled else "", a.identity or "", a.made[:10]) for a in found
        ]
        show_table(
            ("name", "role", "state", "identity", "made"), rows, "no account: whoever can open the register may do everything"
        )


@app.command()
def role(
    name: _Name, role: Annotated[str, typer.Argument(metavar="ROLE")], register: At = "", who: Who = "", why: Why = ""
) -> None:
    """Change what an account may do."""
    with _needed(), opened_register(register) as opened:
        from marsad.register import accounts
        from marsad.register.store import somebody

        number = _number(opened, name)
        changed = opened.apply(lambda c: accounts.set_role(c, number, role, who or somebody(), why))
        typer.echo(f"{changed.name}: {changed.role}")


@app.command()
def password(
    name: _Name,
    register: At = "",
    stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from the standard input.")] = False,
    who: Who = "",
    why: Why = "",
) -> None:
    """Give an account another password and end its sessions."""
    with _needed(), opened_register(register) as opened:
        from marsad.desk import passwords
        from marsad.register import accounts
        from marsad.register.store import somebody

        number = _number(opened, name)
        given, told = _password(name, stdin)
        stored = passwords.hashed(given)
        opened.apply(lambda c: accounts.set_password(c, number, stored, who or somebody(), why, must_change=bool(told)))
        typer.echo(f"{name}: the password was changed")
        if told:
            typer.echo(f"password, to be changed at the next sign-in: {told}")


@app.command()
def disable(name: _Name, register: At = "", who: Who = "", why: Why = "") -> None:
    """Let an account sign in no more, and end its sessions."""
    _switch(name, register, who, why, on=False)


@app.command()
def enable(name: _Name, register: At = "", who: Who = "", why: Why = "") -> None:
    """Let an account sign in again."""
    _switch(name, register, who, why, on=True)


def _switch(name: str, register: str, who: str, why: str, *, on: bool) -> None:
    with _needed(), opened_register(register) as opened:
        from marsad.register import accounts
        from marsad.register.store import somebody

        number = _number(opened, name)
        work = accounts.enable if on else accounts.disable
        changed = opened.apply(lambda c: work(c, number, who or somebody(), why))
        typer.echo(f"{changed.name}: {'may sign in' if on else 'may not sign in any more'}")


def _number(opened: Register, name: str) -> int:
    from marsad.errors import InputError
    from marsad.register import accounts

    with opened.snapshot() as connection:
        found = accounts.named(connection, name)
    if found is None:
        raise InputError(f"{name}: there is no such account; marsad account list shows them")
    return found.id


def _password(name: str, stdin: bool) -> tuple[str, str]:
    """A password that is allowed, and the same again where it was invented and must be told."""
    from marsad.desk import passwords

    if stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        given = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        given = passwords.invented()
        return given, given
    passwords.check(given, name)
    return given, ""
