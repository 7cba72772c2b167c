"""``marsad places``: what was recognised in a text, how it was resolved and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from marsad.errors import InputError, MarsadError

if TYPE_CHECKING:
    from marsad.reading.places import ResolvedPlace

__all__ = ["places"]


def places(
    text: Annotated[str, typer.Argument(help="A text, a file of one, or - for the standard input.")],
    map_file: Annotated[Path | None, typer.Option("--map", help="Write a map of the choices (SVG).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON Lines instead of a table.")] = False,
    candidates: Annotated[int, typer.Option("--candidates", min=1, max=50, help="Candidates shown of each.")] = 3,
) -> None:
    """Show the places of a text: mentions, candidates with probability and reasons, and a map."""
    from marsad.gazetteer.layers import open_gazetteer
    from marsad.reading import parties, toponyms
    from marsad.reading.places import PlaceContext, resolve
    from marsad.text.tokens import Text

    try:
        source = Text(_read(text))
        gazetteer = open_gazetteer()
        context = PlaceContext(lands=parties.look(source).lands())
        results = resolve(toponyms.find(source, gazetteer), source, context, gazetteer)
        if map_file is not None:
            _write_map(map_file, results)
    except MarsadError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
    if as_json:
        for result in results:
            typer.echo(json.dumps(_record(result, candidates), ensure_ascii=False))
        return
    table = Table("place", "class", "country", "within", "precision", "p", "flags", "candidates and reasons")
    for result in results:
        place = result.place
        name = f"{place.bearing} {place.name}" if place.bearing else place.name or ""
        lines = [
            f"{s.entry.id} {s.entry.label} ({s.entry.kind}, {s.entry.country}) {s.probability:.2f}: "
            + ", ".join(f"{reason} {weight:+.1f}" for reason, weight in s.reasons)
            for s in result.candidates[:candidates]
        ]
        table.add_row(
            name, place.kind or "", place.country or "", "، ".join(place.within), place.precision or "",
            f"{result.probability:.2f}", " ".join(sorted(result.mention.flags)), "\n".join(lines) or result.reason,
        )  # fmt: skip
    Console().print(table)
    if not results:
        typer.echo("no place found", err=True)


def _read(text: str) -> str:
    if text == "-":
        return sys.stdin.read()
    # A short argument may be a file; a text of several words is none.
    if len(text) < 1000 and "\n" not in text and Path(text).is_file():
        try:
            return Path(text).read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{text}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    if len(text.split()) == 1 and text.lower().endswith((".txt", ".md")):
        raise InputError(f"{text}: there is no such file")
    return text


def _write_map(path: Path, results: list[ResolvedPlace]) -> None:
    from marsad.views.placemap import svg_map

    points = {
        (r.place.name or "", r.entry.latitude, r.entry.longitude): r.probability
        for r in results
        if r.entry is not None and r.entry.latitude is not None and r.entry.longitude is not None and r.entry.kind != "country"
    }
    path.write_text(svg_map([(n, a or 0.0, o or 0.0, p) for (n, a, o), p in points.items()]), "utf-8")


def _record(result: ResolvedPlace, candidates: int) -> dict[str, object]:
    mention = result.mention
    return {
        "place": result.place.to_dict(),
        "start": mention.start,
        "end": mention.end,
        "flags": sorted(mention.flags),
        "probability": result.probability,
        "reason": result.reason,
        "candidates": [
            {
                "id": s.entry.id,
                "name": s.entry.label,
                "country": s.entry.country,
                "probability": s.probability,
                "reasons": s.reasons,
            }
            for s in result.candidates[:candidates]
        ],
    }
