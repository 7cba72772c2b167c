"""``marsad count``, ``policies`` and ``sums``: numbers of incidents by named policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.options import (
    At,
    Json,
    Since,
    Until,
    days,
    one_of,
    opened_register,
    show_lines,
    show_rule_files,
    show_table,
    told_errors,
)
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.counting import Policy

__all__ = ["add_to", "policy_of"]

_FORMATS = ("table", "csv", "json", "svg")


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (count, policies, sums):
        app.command()(command)


def count(
    policy: Annotated[str, typer.Option("--policy", metavar="NAME|FILE", help="A policy; marsad policies lists them.")],
    by: Annotated[
        str, typer.Option("--by", metavar="WHAT,...", help="day, month, year, country, governorate, place, type, perpetrator.")
    ] = "",
    register: At = "",
    since: Since = "",
    until: Until = "",
    country: Annotated[str, typer.Option("--country", metavar="CODE", help="Only incidents there.")] = "",
    type: Annotated[str, typer.Option("--type", help="Only incidents of which a claim gives this type.")] = "",
    form: Annotated[
        str, typer.Option("--format", help="table, csv, json (with the claims used and left out, and why) or svg (a chart).")
    ] = "table",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write here and not to the standard output.")] = None,
) -> None:
    """Count incidents by a named policy. Which claims a number rests on, and why others are left out, stands in the JSON."""
    with opened_register(register) as opened:
        from marsad.counting import total
        from marsad.register.dossiers import dossiers
        from marsad.register.incidents import incidents
        from marsad.register.placenames import governorate
        from marsad.views.counts import count_csv, count_heads, count_rows, count_svg

        one_of("--format", form, _FORMATS)
        told = policy_of(policy)
        narrow = days(since, until)
        with opened.snapshot() as connection:
            rows = incidents(connection, **narrow, country=country, type=type)
            given = dossiers(connection, rows)
        if not given:
            typer.echo("no incidents; put claims together with: marsad link", err=True)
        apart = [name.strip() for name in by.split(",") if name.strip()]
        made = total(given, told, apart, {"governorate": governorate})
        if form == "table" and out is None:
            show_table(count_heads(made), count_rows(made), "")
            typer.echo(f"counted by {made.policy}, version {made.version}: {told.about}", err=True)
            return
        if form == "json":
            import json

            text = json.dumps(made.to_dict(), ensure_ascii=False, indent=2) + "\n"
        elif form == "svg":
            text = count_svg(made)
        elif form == "csv":
            text = count_csv(made)
        else:
            text = "\n".join("\t".join(row) for row in [count_heads(made), *count_rows(made)]) + "\n"
        from marsad.cli.output import check_target
        from marsad.cli.output import opened as target

        check_target(out)
        with target(out) as stream:
            stream.write(text)


def policies(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Show the file of this policy, to copy and change.")] = "",
) -> None:
    """List the policies of counting, or show one."""
    with told_errors():
        from marsad.counting import policies as names
        from marsad.counting import policy, policy_text

        if name:
            typer.echo(policy_text(name), nl=False)
            return
        show_rule_files("policy", "what it does", names(), policy)


def sums(register: At = "", as_json: Json = False) -> None:
    """Hold tolls over several events against the incidents that fall within them."""
    with opened_register(register) as opened:
        from marsad.counting import check_sums
        from marsad.register.dossiers import aggregates, dossiers
        from marsad.register.incidents import incidents
        from marsad.views.counts import sum_row

        with opened.snapshot() as connection:
            found = check_sums(aggregates(connection), dossiers(connection, incidents(connection)))
        if as_json:
            show_lines(check.to_dict() for check in found)
        else:
            heads = ("claim", "toll", "incidents", "they tell", "verdict", "why")
            show_table(heads, [sum_row(check) for check in found], "no claim tells a toll over several events")


def policy_of(told: str) -> Policy:
    """A policy by its name or the path of a file."""
    from marsad.counting import policy, read_policy

    path = Path(told)
    if path.suffix != ".toml" and not path.is_file():
        return policy(told)
    try:
        return read_policy(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or 'is no text in UTF-8'}") from error
