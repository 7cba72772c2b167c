"""``marsad pin``, ``unpin`` and ``pins``: places that people put on the map of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.options import At, Json, Who, Why, opened_register, show_lines, show_table
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.register.pins import Pin
    from marsad.register.store import Register

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (pin, unpin, pins):
        app.command()(command)


def pin(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="All names and spellings of one place, the usual one first.")
    ],
    register: At = "",
    at: Annotated[str, typer.Option("--at", metavar="LAT,LON", help="Degrees, such as 35.51,36.42.")] = "",
    country: Annotated[str, typer.Option("--country", metavar="CODE", help="Such as SY.")] = "",
    class_: Annotated[str, typer.Option("--class", help="village, town, city, neighbourhood, site, area, district ...")] = "",
    within: Annotated[str, typer.Option("--within", metavar="ID", help="Id of the unit that contains it.")] = "",
    like: Annotated[
        str,
        typer.Option(
            "--like", metavar="ID", help="It is this place of the gazetteer or pin: takes from it what is not told here."
        ),
    ] = "",
    who: Who = "",
    why: Why = "",
    as_json: Json = False,
) -> None:
    """Pin a place, so that reports in this register are read with it; it comes before all other places.

    With --like a name is added to a known place, or the place is moved.
    """
    with opened_register(register) as opened:
        from marsad.register.store import somebody

        place: dict[str, Any] = _like(opened, like) if like else {"names": ()}
        told = {"kind": class_, "country": country.upper(), "parent": within}
        place |= {key: value for key, value in told.items() if value}
        if at:
            place["latitude"], place["longitude"] = _point(at)
        if not place.get("kind"):
            raise InputError("say what it is: --class village (or town, city, neighbourhood, site ...)")
        if place.get("latitude") is None:
            raise InputError("say where it is: --at LAT,LON, or which known place it is: --like ID")
        every = tuple(dict.fromkeys((*names, *place.pop("names"))))
        made = opened.pin(every, who or somebody(), why, **place)
        if as_json:
            show_lines([made.to_dict()])
            return
        typer.echo(f"{_line(made)}: pinned")
        _due(opened)


def unpin(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="Its id, or one of its names.")],
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Take a pin away; the place is again what the other layers say of it."""
    with opened_register(register) as opened:
        from marsad.register import pins as pinned
        from marsad.register.store import somebody

        with opened.snapshot() as connection:
            standing = pinned.pins(connection)
        found = [p for p in standing if p.place == place] or [p for p in standing if place in p.names]
        if len(found) > 1:
            raise InputError(f"{place}: several pins have this name; take one by its id: {', '.join(p.place for p in found)}")
        if not found:
            raise InputError(f"{place}: is not pinned; pins are listed by: marsad pins")
        opened.unpin(found[0].place, who or somebody(), why)
        typer.echo(f"{_line(found[0])}: taken away")
        _due(opened)


def pins(register: At = "", as_json: Json = False) -> None:
    """List the pinned places."""
    with opened_register(register) as opened:
        from marsad.register import pins as pinned
        from marsad.views.register import PIN, pin_row

        with opened.snapshot() as connection:
            found = pinned.pins(connection)
        if as_json:
            show_lines(p.to_dict() for p in found)
        else:
            show_table(PIN, [pin_row(p) for p in found], "no pin")


def _like(opened: Register, identifier: str) -> dict[str, Any]:
    """A place of a layer, or a pin, as a pin."""
    from marsad.gazetteer.layers import open_gazetteer
    from marsad.register import pins as pinned

    with opened.snapshot() as connection:
        there = next((p for p in pinned.pins(connection) if p.place == identifier), None)
    if there is not None:
        found = {name: getattr(there, name) for name in ("names", "kind", "country", "parent", "latitude", "longitude")}
        return found | {"place": identifier}
    entry = open_gazetteer().get(identifier)
    if entry is None:
        raise InputError(f"--like {identifier}: there is no such place; find its id with: marsad gazetteer search NAME")
    # All spellings go along: under those that stay behind the place would still be found where it was.
    names = tuple(n for n in (entry.name, entry.latin, *entry.forms, *entry.latins) if n)
    return {
        "names": names, "kind": entry.kind, "country": entry.country, "parent": entry.parent, "latitude": entry.latitude,
        "longitude": entry.longitude, "place": identifier,
    }  # fmt: skip


def _point(told: str) -> tuple[float, float]:
    from marsad.text.fold import fold

    parts = fold(told).replace("\u066b", ".").replace("\u060c", ",").replace(",", " ").split()
    try:
        latitude, longitude = map(float, parts)
    except ValueError:
        raise InputError(f"--at {told}: write latitude and longitude in degrees, such as 35.51,36.42") from None
    return latitude, longitude


def _line(made: Pin) -> str:
    from marsad.views.register import pin_line

    return pin_line(made)


def _due(opened: Register) -> None:
    due = opened.status()["to_reread"]
    if due:
        typer.echo(f"{due:,} documents were read without this; read them again with: marsad reread")
