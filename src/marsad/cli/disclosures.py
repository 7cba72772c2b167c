"""``marsad release``, ``withhold``, ``protect``, ``disclosures`` and ``revoke``: what people let out or keep, beside what profiles say."""

from __future__ import annotations

from typing import Annotated

import typer

from marsad.cli.options import At, Json, Who, Why, opened_register, show_lines, show_table

__all__ = ["add_to"]

_Incident = Annotated[str, typer.Argument(metavar="INCIDENT", help="Code or id, or the beginning of either.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (release, withhold, protect, disclosures, revoke):
        app.command()(command)


def release(
    incident: _Incident,
    name: Annotated[list[str] | None, typer.Option("--name", metavar="NAME", help="Of a victim; repeat it for more.")] = None,
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Let names of victims of an incident leave with its exports. Needs a reason (--why): who agreed, or where they are public."""
    with opened_register(register) as opened:
        from marsad.register import disclosures as stored
        from marsad.register.store import somebody

        number = opened.apply(lambda c: stored.release(c, incident, name or [], who or somebody(), why))
        typer.echo(f"disclosure {number}: {len(name or []):,} names may leave")


def withhold(incident: _Incident, register: At = "", who: Who = "", why: Why = "") -> None:
    """Keep an incident from leaving with any profile but internal. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register import disclosures as stored
        from marsad.register.store import somebody

        number = opened.apply(lambda c: stored.withhold(c, incident, who or somebody(), why))
        typer.echo(f"disclosure {number}: withheld")


def protect(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Name of a source or outlet, as reports write it.")],
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Let a source be told by its kind alone in exports. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register import disclosures as stored
        from marsad.register.store import somebody

        number = opened.apply(lambda c: stored.protect(c, source, who or somebody(), why))
        typer.echo(f"disclosure {number}: protected")


def disclosures(register: At = "", as_json: Json = False) -> None:
    """List what people decided on what leaves, the latest first."""
    with opened_register(register) as opened:
        from marsad.register import disclosures as stored
        from marsad.register.incidents import codes

        with opened.snapshot() as connection:
            found = stored.disclosures(connection)[::-1]
            names = codes(connection)
        if as_json:
            show_lines(d.to_dict() for d in found)
            return
        rows: list[tuple[str, ...]] = [
            (
                str(d.id), d.at[:10], d.who, "taken back" if d.undone else "stands", d.kind, names.get(d.subject, d.subject),
                "; ".join(d.value) if d.kind == stored.VICTIMS else "", d.why,
            )
            for d in found
        ]  # fmt: skip
        show_table(("number", "day", "who", "state", "what", "of", "names", "why"), rows, "nobody decided on what leaves")


def revoke(
    number: Annotated[int, typer.Argument(metavar="DISCLOSURE", help="Its number, as marsad disclosures lists it.")],
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Take back a release, a withholding or a protection. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register import disclosures as stored
        from marsad.register.store import somebody

        opened.apply(lambda c: stored.undo(c, number, who or somebody(), why))
        typer.echo(f"disclosure {number}: taken back")
