"""``marsad link``, ``incidents``, ``incident``, ``doubts``, ``alone``, and what people judge: ``merge``, ``split``, ``move``, ``part``, ``retract``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.options import At, Json, Limit, Since, Until, Who, Why, days, one_of, opened_register, show_lines, show_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection


__all__ = ["add_to", "linked_line"]

_Incident = Annotated[str, typer.Argument(metavar="INCIDENT", help="Code or id, or the beginning of either.")]
_Incidents = Annotated[list[str], typer.Argument(metavar="INCIDENT INCIDENT...", help="Codes or ids, or their beginnings.")]
_Claims = Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Ids of claims, or their beginnings.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (link, incidents, incident, doubts, alone, merge, split, move, part, judgements, retract):
        app.command()(command)


def link(
    register: At = "",
    who: Who = "",
    why: Why = "",
    everything: Annotated[bool, typer.Option("--all", help="Link all claims anew, also where little is new.")] = False,
    as_json: Json = False,
) -> None:
    """Put the claims of reports together into incidents. What people judged holds, and incidents keep their ids.

    Where little is new, only that is linked, and every incident stays as it is; --all links the whole."""
    with opened_register(register) as opened:
        from marsad.register.linkage import link_register
        from marsad.register.store import somebody

        numbers = link_register(opened, who or somebody(), why, whole=everything)
        if as_json:
            show_lines([numbers])
        else:
            typer.echo(linked_line(numbers))


def linked_line(numbers: Mapping[str, Any]) -> str:
    """What a run of linking gave, in one line."""
    found = (
        f"{numbers['incidents']:,} incidents of {numbers['claims']:,} claims; {numbers['doubts']:,} doubts; "
        f"{numbers['alone']:,} claims in no incident"
    )
    if numbers.get("whole"):
        return found
    return f"{numbers['new']:,} new claims, {numbers['changed']:,} changed, {numbers['gone']:,} gone; now {found}"


def incidents(
    register: At = "",
    since: Since = "",
    until: Until = "",
    country: Annotated[str, typer.Option("--country", metavar="CODE", help="Where a claim says that it was.")] = "",
    type: Annotated[str, typer.Option("--type", help="A type that a claim gives.")] = "",
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List incidents, the latest first."""
    with opened_register(register) as opened:
        from marsad.register import incidents as stored
        from marsad.views.incidents import INCIDENT, incident_row

        with opened.snapshot() as connection:
            found = stored.incidents(connection, **days(since, until), country=country, type=type)[: limit or None]
        if as_json:
            show_lines(row.to_dict() for row in found)
        else:
            show_table(INCIDENT, [incident_row(row) for row in found], "no incidents; put claims together with: marsad link")


def incident(
    told: _Incident,
    register: At = "",
    explain: Annotated[bool, typer.Option("--explain", help="Say why the claims are held to tell of one event.")] = False,
    as_json: Json = False,
) -> None:
    """Show an incident: every value with who says it, contradictions, sources, and what people judged."""
    with opened_register(register) as opened:
        from marsad.cli.output import colour_wanted, screen_width
        from marsad.counting import summary, title, together
        from marsad.register import explaining, facelist, grades, judgements
        from marsad.register import incidents as stored
        from marsad.register.dossiers import dossiers
        from marsad.register.placenames import titled
        from marsad.views.counts import together_lines
        from marsad.views.incidents import explanation_lines, incident_lines, signature_line, values
        from marsad.views.terminal import Screen, fit, safe

        with opened.snapshot() as connection:
            identifier = stored.find(connection, told)
            row = stored.one(connection, identifier)
            records = stored.members(connection, identifier)
            dossier = dossiers(connection, [row])[0]
            told_together = together(dossier)
            said = told_together.origins
            signed = [s for s in grades.history(connection, [identifier]) if not s.undone][-1:]
            stale = bool((facelist.face(connection, identifier) or {}).get("stale"))
            words = {
                code: {
                    "title": title(dossier, code, view=told_together, names=titled),
                    "summary": summary(dossier, code, view=told_together, names=titled),
                }
                for code in ("ar", "en")
            }
            judged = [
                f"{j.at[:10]} {j.who}: {'taken back: ' if j.retracted else ''}{j.why} (judgement {j.id})"
                for j in judgements.about(connection, identifier, {r.id for r in records})
            ]
            explained = explaining.incident(connection, identifier) if explain else None
            codes = stored.codes(connection, [explained.alternative]) if explained and explained.alternative else {}
        if as_json:
            record: dict[str, Any] = row.to_dict() | {"values": values(records), "records": [r.to_dict() for r in records]}
            record |= {"origins": said.count, "at_least": said.at_least, "judged": judged}
            record |= {"explanation": explained.to_dict()} if explained else {}
            record["signatures"] = [signature.to_dict() | {"stale": stale} for signature in signed]
            show_lines([record | {"words": words, "together": told_together.to_dict()}])
            return
        screen = Screen(screen_width(), colour_wanted(sys.stdout), sys.stdout.isatty())
        for code in ("ar", "en"):
            for line in fit(screen.isolate(safe(words[code]["summary"])), screen.width):
                typer.echo(line)
            typer.echo("")
        for line in incident_lines(row, records, said, judged, screen):
            typer.echo(line)
        typer.echo("")
        for line in together_lines(told_together):
            typer.echo(line)
        for signature in signed:
            typer.echo(signature_line(signature, stale))
        if explained is not None:
            for line in explanation_lines(explained, codes):
                typer.echo(line)


def doubts(register: At = "", limit: Limit = 0, as_json: Json = False) -> None:
    """List incidents that may be one event, the likeliest first, with what speaks for and against it; decide with merge or part."""
    with opened_register(register) as opened:
        from marsad.register import explaining
        from marsad.register import incidents as stored
        from marsad.views.incidents import DOUBT
        from marsad.views.terminal import safe

        with opened.snapshot() as connection:
            found = stored.doubts(connection, limit=limit)
            codes = stored.codes(connection, (side for d in found for side in (d.first, d.second)))
            pairs = explaining.pairs(connection, found)
        if as_json:
            show_lines(
                {
                    "first": d.first, "second": d.second, "claims": list(d.claims), "probability": d.probability, "reason": d.reason.text(),
                    "explanation": pair and pair.to_dict(),
                }
                for d, pair in zip(found, pairs, strict=True)
            )  # fmt: skip
        else:
            rows: list[tuple[str, ...]] = [
                (
                    f"{d.probability:.0%}",
                    codes.get(d.first, d.first),
                    codes.get(d.second, d.second),
                    safe(f"{d.reason}: {pair.words()}" if pair else d.reason.text()),
                )
                for d, pair in zip(found, pairs, strict=True)
            ]
            show_table(DOUBT, rows, "no doubts")


def alone(
    register: At = "",
    kind: Annotated[
        str, typer.Option("--kind", help="Only these: undated, unplaced, denied, planned, aggregate or returned.")
    ] = "",
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List claims that are in no incident, with the reason; put one into an incident with: marsad move CLAIM INCIDENT."""
    with opened_register(register) as opened:
        from marsad.linking.results import ALONE_KINDS
        from marsad.register import incidents as stored
        from marsad.register.members import members_of
        from marsad.views.incidents import ALONE, alone_row

        one_of("--kind", kind, ALONE_KINDS)
        with opened.snapshot() as connection:
            found = stored.alone(connection, kind, limit=limit)
            records = {record.id: record for record in members_of(connection, [a.claim for a in found])}
        if as_json:
            show_lines({"claim": a.claim, "kind": a.kind, "reason": a.reason.text()} for a in found)
        else:
            rows = [alone_row(a, records.get(a.claim)) for a in found]
            show_table(ALONE, rows, "no claim is left alone; put claims together with: marsad link")


def merge(told: _Incidents, register: At = "", who: Who = "", why: Why = "") -> None:
    """Make one incident of several; the others' ids lead to the first. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register import incidents as stored
        from marsad.register.store import somebody

        made = opened.apply(lambda c: stored.merge(c, told, who or somebody(), why))
        typer.echo(f"{made}: merged")


def split(told: _Incident, claims: _Claims, register: At = "", who: Who = "", why: Why = "") -> None:
    """Take claims out of an incident into one of their own. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register import incidents as stored
        from marsad.register.store import somebody

        with opened.snapshot() as connection:
            ids = [_claim(connection, claim) for claim in claims]
        made = opened.apply(lambda c: stored.split(c, told, ids, who or somebody(), why))
        typer.echo(f"{made}: a new incident")


def move(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id, or its beginning.")],
    told: _Incident,
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Put a claim into another incident. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register import incidents as stored
        from marsad.register.store import somebody

        with opened.snapshot() as connection:
            identifier = _claim(connection, claim)
        made = opened.apply(lambda c: stored.move(c, identifier, told, who or somebody(), why))
        typer.echo(f"{identifier}: moved to {made}")


def part(told: _Incidents, register: At = "", who: Who = "", why: Why = "") -> None:
    """Say that incidents are different events, so that they are never joined. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register import incidents as stored
        from marsad.register.store import somebody

        number = opened.apply(lambda c: stored.part(c, told, who or somebody(), why))
        typer.echo(f"judgement {number}: kept apart")


def judgements(register: At = "", as_json: Json = False) -> None:
    """List what people judged on incidents, the latest first."""
    with opened_register(register) as opened:
        from marsad.register.judgements import judgements as stored

        with opened.snapshot() as connection:
            found = stored(connection)[::-1]
        if as_json:
            show_lines(j.to_dict() for j in found)
            return
        rows: list[tuple[str, ...]] = [
            (str(j.id), j.at[:10], j.who, "taken back" if j.retracted else "stands", " ".join(j.settled), j.why) for j in found
        ]
        show_table(("number", "day", "who", "state", "incidents", "why"), rows, "nobody judged on incidents")


def retract(
    number: Annotated[int, typer.Argument(metavar="JUDGEMENT", help="Its number, as marsad judgements lists it.")],
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Take back a judgement; its claims and doubts are where they were. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register.reversal import take_back
        from marsad.register.store import somebody

        touched = take_back(opened, number, who or somebody(), why)
        typer.echo(f"judgement {number}: taken back; {touched:,} incidents are touched")


def _claim(connection: Connection, told: str) -> str:
    from marsad.errors import InputError
    from marsad.register import queries

    kind, identifier = queries.find(connection, told)
    if kind != "claim":
        raise InputError(f"{told}: is a document; give a claim, as in {identifier}.1")
    return identifier
