"""``marsad search``: reports of the register by their words and by what their claims tell."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from marsad.cli.options import At, opened_register

__all__ = ["search"]


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help='Words in any form; "..." is a phrase, -word excludes (behind --, if it comes first), OR or | between two.',
        ),
    ] = None,
    register: At = "",
    place: Annotated[
        str, typer.Option("--place", help="Name in any script, id, or LATITUDE,LONGITUDE; with all that lies in it.")
    ] = "",
    within: Annotated[str, typer.Option("--within", metavar="DISTANCE", help="Also so far from the place: 20km.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="Events from this day on (YYYY-MM-DD).")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="Events up to this day.")] = "",
    party: Annotated[str, typer.Option("--party", help="Id or any name of a party that did it or was hit.")] = "",
    source: Annotated[str, typer.Option("--source", help="Kind, or words of the name, of who says so or publishes.")] = "",
    type_: Annotated[str, typer.Option("--type", help="Event type.")] = "",
    harm: Annotated[str, typer.Option("--harm", help="Kind of harm: killed, injured ...")] = "",
    site: Annotated[str, typer.Option("--site", help="Kind of site that was hit.")] = "",
    weapon: Annotated[str, typer.Option("--weapon", help="Kind of weapon.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="Reports in this language.")] = "",
    rejected: Annotated[bool, typer.Option("--rejected", help="Claims that people rejected count too.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many reports.")] = 10,
    after: Annotated[str, typer.Option("--after", metavar="ID", help="The page behind this document.")] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Write JSON, a report a line, with offsets of the words found.")
    ] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew, then search if anything is asked.")] = False,
) -> None:
    """Search reports: words with their forms, in text and places; filters hold of one claim. Best first, then newest."""
    with opened_register(register) as opened:
        from marsad.register.request import Request

        request = Request(
            " ".join(words or ()),
            place,
            within,
            first,
            last,
            party,
            source,
            type_,
            harm,
            site,
            weapon,
            language,
            rejected,
            limit,
            after,
        )
        if rebuild:
            typer.echo(f"index made anew: {opened.reindex():,} reports", err=True)
            if request == Request(limit=limit):
                return
        from marsad.gazetteer.layers import open_gazetteer
        from marsad.register.searching import Searcher
        from marsad.register.suggesting import parts_of
        from marsad.search.naming import has_latin

        with opened.snapshot() as connection:
            searcher = Searcher(connection, request, open_gazetteer() if place or has_latin(request.words) else None)
            found = searcher.page()
            parts = parts_of(searcher) if not found.hits and not after else []
        if as_json:
            typer.echo(json.dumps(found.to_dict(), ensure_ascii=False), err=True)
            for hit in found.hits:
                typer.echo(json.dumps(hit.to_dict(), ensure_ascii=False))
            return
        from marsad.cli.output import colour_wanted, screen_width
        from marsad.views.found import found_lines, nothing_lines
        from marsad.views.terminal import Screen

        screen = Screen(screen_width(), colour_wanted(sys.stdout), sys.stdout.isatty())
        for line in found_lines(found, screen) if found.hits else nothing_lines(found, parts, screen):
            typer.echo(line, color=screen.colour)
