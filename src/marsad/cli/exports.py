"""``marsad export`` and ``profiles``: what leaves the register, and what would."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.options import (
    At,
    Json,
    Since,
    Until,
    Who,
    Why,
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
    from sqlalchemy import Connection

    from marsad.exports.outgoing import Choice, Outcome
    from marsad.exports.profiles import Profile
    from marsad.register.store import Register

__all__ = ["add_to", "choice_of"]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (export, apply, profiles):
        app.command()(command)


def export(
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="A format; without it they are listed.")] = "",
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME|FILE", help="What may leave; marsad profiles lists them; public else.")
    ] = "",
    policy: Annotated[
        str, typer.Option("--policy", metavar="NAME|FILE", help="By which numbers are counted; that of the format else.")
    ] = "",
    register: At = "",
    since: Since = "",
    until: Until = "",
    country: Annotated[str, typer.Option("--country", metavar="CODE", help="Only incidents there.")] = "",
    type: Annotated[str, typer.Option("--type", help="Only incidents of which a claim gives this type.")] = "",
    grade: Annotated[str, typer.Option("--grade", help="Only of this grade: signed, or else suggested.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Day from which embargoes are counted; today else.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Write nothing; show what leaves and what is held back.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write this file; the log notes it.")] = None,
    as_json: Json = False,
    who: Who = "",
    why: Why = "",
) -> None:
    """Export incidents. Without --profile only what may be published leaves; the log notes what left, with the hash of the file."""
    with opened_register(register) as opened:
        from marsad.exports.formats import format_of, formats

        if not to:
            found: list[tuple[str, ...]] = [(name, format_of(name).policy, format_of(name).about) for name in formats()]
            found.append(("table", "", "The working table, to be edited in a spreadsheet: marsad apply"))
            show_table(("format", "counted by", "what it is"), found, "")
            return
        if to == "table":
            _whole(profile, grade, preview)
            narrow = days(since, until) | {"country": country, "type": type, "grade": ""}
            _table(opened, narrow, out, who, why)
            return
        choice = choice_of(
            to, profile or "public", policy, days(since, until) | {"country": country, "type": type, "grade": grade}, as_of
        )
        if preview:
            _preview(opened, choice, as_json)
            return
        if out is None:
            raise InputError("name the file to write with --out FILE, or look first with --preview")
        _written(opened, choice, out, who, why, as_json)


def apply(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The working table, edited: CSV or XLSX.")],
    yes: Annotated[bool, typer.Option("--yes", help="Apply it; without this only what differs is shown.")] = False,
    register: At = "",
    as_json: Json = False,
    who: Who = "",
    why: Why = "",
) -> None:
    """Show what an edited working table changes, check it, and with --yes apply it as decisions: all of it or nothing.

    Exit code 1 where something is wrong with it.
    """
    with opened_register(register) as opened:
        import hashlib

        from marsad.cli.decisions import gazetteer_of
        from marsad.exports import applying
        from marsad.exports.tablefiles import read_rows
        from marsad.register.store import somebody

        rows = read_rows(file)
        with opened.snapshot() as connection:
            plan = applying.planned(connection, rows, gazetteer_of(connection), why)
        if as_json:
            show_lines([plan.to_dict() | {"applied": yes and not plan.problems and bool(plan.steps)}])
        else:
            heads = ("row", "claim", "column", "register", "table")
            if plan.changes or not plan.problems:
                show_table(heads, [(str(c.row), c.claim, c.column, c.before, c.after) for c in plan.changes], "nothing differs")
            for note in plan.notes:
                typer.echo(note, err=True)
        for problem in plan.problems:
            typer.echo(f"{file}: row {problem.row}, column {problem.column}: {problem.message}", err=True)
        if plan.problems:
            number = len(plan.problems)
            typer.echo(f"{number:,} problem{'s' if number > 1 else ''}; nothing was applied", err=True)
            raise typer.Exit(1)
        if not plan.steps:
            return
        if not yes:
            typer.echo(f"{len(plan.changes):,} cells in {len(plan.steps):,} rows differ; apply them with --yes", err=True)
            return
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()

        def work(connection: Connection) -> applying.Plan:
            return applying.apply(connection, rows, gazetteer_of(connection), who or somebody(), why, file.name, sha256)

        made = opened.apply(work, plan.documents())
        typer.echo(f"{len(made.changes):,} cells in {len(made.steps):,} rows applied", err=True)


def profiles(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Show the file of this profile, to copy and change.")] = "",
) -> None:
    """List the profiles of exports, or show one."""
    with told_errors():
        from marsad.exports.profiles import profile, profile_text
        from marsad.exports.profiles import profiles as names

        if name:
            typer.echo(profile_text(name), nl=False)
            return
        show_rule_files("profile", "what it lets out", names(), profile)


def _whole(profile: str, grade: str, preview: bool) -> None:
    """Refuse what is asked of the working table and not kept to: it holds all of every claim."""
    if profile not in ("", "internal"):
        raise InputError(
            f"the working table holds all values and words of reports, so --profile {profile} cannot be kept to; "
            "leave it out, or export csv or xlsx to give away"
        )
    if grade:
        raise InputError("the working table is not narrowed by --grade; use --since, --until, --country and --type")
    if preview:
        raise InputError("the working table has no preview: all values of every claim are in it and nothing is held back")


def _table(opened: Register, narrow: dict[str, str], out: Path | None, who: str, why: str) -> None:
    """Write the working table; it is for the team's own hands, whatever the profile."""
    from marsad.exports.material import Filter
    from marsad.exports.outgoing import put
    from marsad.exports.worktable import rows, write_table
    from marsad.register.store import somebody

    if out is None:
        raise InputError("name the file to write with --out FILE: a name that ends in .xlsx for a workbook, else CSV")
    kind = "xlsx" if out.suffix.lower() == ".xlsx" else "csv"
    with opened.snapshot() as connection:
        count, sha256 = put(out, lambda part: write_table(part, rows(connection, Filter(**narrow)), kind))
    detail = {"format": "table", "file": out.name, "rows": count, "sha256": sha256, "choice": Filter(**narrow).to_dict()}
    opened.exported("table", detail, who or somebody(), why)
    typer.echo(f"{out}: {count:,} claims; edit it, and: marsad apply {out.name}", err=True)


def choice_of(to: str, profile: str, policy: str, narrow: dict[str, str], as_of: str) -> Choice:
    """What is exported and how, from what was typed."""
    from marsad.cli.counting import policy_of
    from marsad.counting.dossier import GRADES
    from marsad.exports.formats import format_of
    from marsad.exports.material import Filter
    from marsad.exports.outgoing import Choice
    from marsad.vocabulary import EVENT_TYPES

    one_of("--type", narrow["type"], EVENT_TYPES)
    one_of("--grade", narrow["grade"], GRADES)
    form = format_of(to)
    today = days(as_of, "")["since"] if as_of else date.today().isoformat()
    return Choice(form, _profile(profile), policy_of(policy or form.policy), Filter(**narrow), today)


def _profile(told: str) -> Profile:
    from marsad.exports.profiles import profile, read_profile

    path = Path(told)
    if path.suffix != ".toml" and not path.is_file():
        return profile(told)
    try:
        return read_profile(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or 'is no text in UTF-8'}") from error


def _written(opened: Register, choice: Choice, out: Path, who: str, why: str, as_json: bool) -> None:
    from marsad.exports.outgoing import written
    from marsad.register.store import somebody

    with opened.snapshot() as connection:
        outcome = written(connection, choice, out)
    detail = choice.about() | {"file": out.name, "incidents": outcome.left, "sha256": outcome.sha256}
    opened.exported(choice.format.name, detail, who or somebody(), why)
    if as_json:
        show_lines([outcome.to_dict() | {"file": str(out), "sha256": outcome.sha256}])
        return
    typer.echo(f"{out}: {outcome.left:,} incidents", err=True)
    _told(outcome)


def _preview(opened: Register, choice: Choice, as_json: bool) -> None:
    from marsad.exports.outgoing import Outcome, outgoing
    from marsad.exports.writers.delimited import cell_text

    outcome, mapper = Outcome(), choice.format.mapper
    with opened.snapshot() as connection:
        if as_json:
            names = mapper.names if mapper else ()
            for treated, cells in outgoing(connection, choice, outcome):
                leaves = dict(zip(names, cells, strict=True)) if mapper else treated.fields
                stays = [{"field": h.field} | h.why.to_dict() for h in treated.held]
                show_lines([{"code": treated.code, "leaves": leaves, "held": stays}])
            show_lines([choice.about() | outcome.to_dict()])
            return
        for treated, cells in outgoing(connection, choice, outcome):
            typer.echo(treated.code)
            shown = zip(mapper.names, cells, strict=True) if mapper else _plain(treated.fields or {})
            for name, cell in shown:
                if cell not in (None, "", [], {}):
                    typer.echo(f"  {name}: {cell_text(cell) if not isinstance(cell, list | dict) else cell}")
            for held in treated.held:
                typer.echo(f"  held back: {held.field}: {held.why}")
    typer.echo(f"{outcome.left:,} incidents would leave", err=True)
    _told(outcome)


def _plain(fields: dict[str, object]) -> list[tuple[str, str]]:
    import json

    return [(name, json.dumps(value, ensure_ascii=False)) for name, value in fields.items() if value not in (None, "", [], {})]


def _told(outcome: Outcome) -> None:
    """What was held back, on the standard error."""
    for name, why, number in outcome.listed():
        typer.echo(f"held back of {number:,}: {name}: {why}", err=True)
    reasons: dict[str, list[str]] = {}
    for code, why in outcome.stayed:
        reasons.setdefault(str(why), []).append(code)
    for told, codes in sorted(reasons.items()):
        typer.echo(f"not in it, {len(codes):,}: {told} ({', '.join(codes[:3])}{' ...' if len(codes) > 3 else ''})", err=True)
