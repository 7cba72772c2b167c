"""``marsad publish``: what may leave as a static site in Arabic and English, and releases of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from marsad.cli.options import At, Json, Since, Until, Who, Why, opened_register, show_lines
from marsad.errors import MarsadError

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(publish)


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the site: a new one, an empty one, or a site.")],
    register: At = "",
    profile: Annotated[str, typer.Option("--profile", metavar="NAME|FILE", help="What may leave.")] = "public",
    policy: Annotated[str, typer.Option("--policy", metavar="NAME|FILE", help="By which numbers are counted.")] = "airwars-range",
    since: Since = "",
    until: Until = "",
    country: Annotated[str, typer.Option("--country", metavar="CODE", help="Only incidents there.")] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="Day of the site, from which embargoes are counted.")
    ] = "",
    release: Annotated[
        bool, typer.Option("--release", help="Write a manifest of hashes, what changed, and one archive beside the folder.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="DIR|FILE", help="The release before: its folder or manifest.")
    ] = None,
    licence: Annotated[
        str, typer.Option("--licence", metavar="TEXT", help="Under which the data is given, for the method page.")
    ] = "",
    as_json: Json = False,
    who: Who = "",
    why: Why = "",
) -> None:
    """Write a site of incidents that opens from a folder or any host. Only what may be published is in it, unless told otherwise."""
    with opened_register(register) as opened:
        try:
            from marsad.publishing.site import Texts
            from marsad.publishing.site import publish as write
        except ImportError as error:
            raise MarsadError(
                f"publishing needs the extra 'desk' ({error}); install it with: pip install 'marsad[desk]'"
            ) from error
        from marsad.cli.exports import choice_of
        from marsad.register.store import somebody

        narrow = {"since": since, "until": until, "country": country, "type": "", "grade": ""}
        choice = choice_of("json", profile, policy, narrow, as_of)
        texts = Texts(_policy_text(policy), _profile_text(profile), licence)
        with opened.snapshot() as connection:
            made = write(connection, choice, folder, texts, release=release or against is not None, against=against)
        detail = choice.about() | {"folder": folder.name, "incidents": made.outcome.left}
        if made.changes is not None:
            detail |= {"sha256": made.sha256, "release": choice.today}
        opened.exported("site", detail, who or somebody(), why)
        if as_json:
            told = made.outcome.to_dict() | {"folder": str(folder), "day": choice.today}
            if made.changes is not None:
                told |= {"changes": made.changes.to_dict(), "bundle": str(made.bundle), "sha256": made.sha256}
            show_lines([told])
            return
        typer.echo(f"{folder / 'index.html'}: {made.outcome.left:,} incidents; {len(made.outcome.stayed):,} stayed")
        if made.changes is not None:
            counts = f"{len(made.changes.added):,} added, {len(made.changes.changed):,} changed, {len(made.changes.withdrawn):,} withdrawn"
            typer.echo(f"release of {choice.today}: {counts} since {made.changes.since or 'nothing'}")
            typer.echo(f"{made.bundle}: SHA-256 {made.sha256}")


def _policy_text(told: str) -> str:
    from marsad.counting.policy import policy_text

    return _file(told) or policy_text(told)


def _profile_text(told: str) -> str:
    from marsad.exports.profiles import profile_text

    return _file(told) or profile_text(told)


def _file(told: str) -> str:
    path = Path(told)
    return path.read_text("utf-8") if path.suffix == ".toml" or path.is_file() else ""
