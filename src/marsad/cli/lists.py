"""``marsad documents``, ``claims`` and ``show``: what is in the register, as lists and one by one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.options import At, Json, Limit, Since, Until, Who, Why, days, one_of, opened_register, show_lines, show_table
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.register.queries import ClaimRecord
    from marsad.register.store import Register

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (documents, claims, show):
        app.command()(command)


def documents(
    register: At = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Only of this publisher.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="Only in this language.")] = "",
    method: Annotated[str, typer.Option("--method", help="Only what was collected so: file, fetch, feed ...")] = "",
    since: Since = "",
    until: Until = "",
    without: Annotated[str, typer.Option("--without", help="Only those without a known day, language, or reading.")] = "",
    failed: Annotated[bool, typer.Option("--failed", help="Only those that the reader failed on.")] = False,
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List documents by day of publication, the latest first."""
    with opened_register(register) as opened:
        from marsad.register import documentrecords

        one_of("--without", without, documentrecords.WITHOUT)
        within = days(since, until) | {"without": without}
        with opened.snapshot() as connection:
            found = documentrecords.documents(
                connection, publisher=publisher, language=language, method=method, limit=0 if failed else limit, **within
            )  # fmt: skip
        if failed:
            found = [d for d in found if d.error is not None][: limit or None]
        if as_json:
            show_lines(d.to_dict() for d in found)
            return
        from marsad.views.register import DOCUMENT, document_row

        show_table(DOCUMENT, [document_row(d) for d in found], "no document")


def claims(
    register: At = "",
    document: Annotated[str, typer.Option("--document", metavar="ID", help="Only of this document.")] = "",
    type_: Annotated[str, typer.Option("--type", help="Only of this event type.")] = "",
    country: Annotated[str, typer.Option("--country", metavar="CODE", help="Only in this country.")] = "",
    since: Since = "",
    until: Until = "",
    verdict: Annotated[
        str, typer.Option("--verdict", help="accept, reject, correct, add (claims that people added), or none.")
    ] = "",
    state: Annotated[str, typer.Option("--state", help="Of decisions after rereading: holds, changed or lost.")] = "",
    without: Annotated[str, typer.Option("--without", help="Only those without a known place, coordinates, or date.")] = "",
    limit: Limit = 0,
    as_json: Json = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write JSON to this file; the log notes it.")] = None,
    who: Who = "",
    why: Why = "",
) -> None:
    """List claims by day of the event, with what people decided."""
    with opened_register(register) as opened:
        from marsad.register import queries
        from marsad.register.additions import ADD
        from marsad.register.decisions import VERDICTS
        from marsad.views.register import CLAIM, claim_row
        from marsad.vocabulary import EVENT_TYPES

        one_of("--verdict", verdict, (*VERDICTS, ADD, "none"))
        one_of("--state", state, ("holds", "changed", "lost"))
        one_of("--type", type_, EVENT_TYPES)
        one_of("--without", without, queries.LACKS)
        with opened.snapshot() as connection:
            whole = queries.find(connection, document)[1].partition(".")[0] if document else ""
            narrow = {
                "document": whole,
                "type": type_,
                "country": country.upper(),
                "verdict": verdict,
                "state": state,
                "without": without,
            }
            narrow |= days(since, until)
            found = queries.claims(connection, limit=limit, **narrow)
        if out is not None:
            _export(opened, found, {k: v for k, v in narrow.items() if v}, out, who, why)
        elif as_json:
            show_lines(c.to_dict() for c in found)
        else:
            show_table(CLAIM, [claim_row(c) for c in found], "no claim")


def show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Of a document or claim, or the beginning of it.")],
    register: At = "",
    text: Annotated[bool, typer.Option("--text", help="Only the text, which offsets refer to.")] = False,
    raw: Annotated[Path | None, typer.Option("--raw", metavar="FILE", help="Write the bytes as collected to this file.")] = None,
    as_json: Json = False,
) -> None:
    """Show a document with all that is known of where it comes from, or a claim with its evidence and decisions."""
    with opened_register(register) as opened:
        from marsad.register import copygroups, documentrecords, queries
        from marsad.register.signatures import signatures
        from marsad.views.copies import chain_lines, copy_line
        from marsad.views.register import CLAIM, claim_lines, claim_row, history_lines, named_line, signature_lines

        with opened.snapshot() as connection:
            kind, whole = queries.find(connection, identifier)
            document = whole.partition(".")[0]
            story = documentrecords.history(connection, document)
            body = documentrecords.text_of(connection, document)
            found = [c for c in queries.claims(connection, document=document) if kind == "document" or c.id == whole]
            group = copygroups.group_of(connection, document)
            related = copygroups.relations(connection, document)
            signed = signatures(connection, document)
            chains = copygroups.chains(connection, [c.value for c in found])
        if text:
            typer.echo(body)
        elif raw is not None:
            current = next(v for v in story["versions"] if v["current"])
            _write(raw, opened.raw(current["captures"][-1]["raw_sha256"]))
        elif as_json:
            told = [c.to_dict() | {"chain": ch.to_dict()} for c, ch in zip(found, chains, strict=True)]
            same = {"copies": group.to_dict() if group else None, "related": [r.to_dict() for r in related]}
            same |= {"signatures": [s.to_dict() for s in signed]}
            show_lines([story | same | {"text": body, "claims": told}] if kind == "document" else told)
        elif kind == "document":
            for line in history_lines(story):
                typer.echo(line)
            if same_text := copy_line(document, group):
                typer.echo(named_line("copies", same_text))
            for line in signature_lines(signed):
                typer.echo(line)
            show_table(CLAIM, [claim_row(c) for c in found], "no claim")
        elif not found:
            typer.echo(f"{whole}: the current reading of its document does not have it, and nobody decided on it")
        else:
            for line in claim_lines(found[0]):
                typer.echo(line)
            for name, value in chain_lines(chains[0], len(group.members) - 1 if group else 0):
                typer.echo(named_line(name, value))


def _export(opened: Register, found: Sequence[ClaimRecord], narrow: dict[str, str], out: Path, who: str, why: str) -> None:
    from marsad.cli.output import check_target
    from marsad.register.store import somebody

    check_target(out)
    data = "".join(json.dumps(c.to_dict(), ensure_ascii=False) + "\n" for c in found).encode()
    _write(out, data)
    detail = {"file": out.name, "claims": len(found), "narrow": narrow, "sha256": hashlib.sha256(data).hexdigest()}
    opened.exported("claims", detail, who or somebody(), why)
    typer.echo(f"{out}: {len(found):,} claims", err=True)


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as error:
        raise InputError(f"{target}: {error.strerror}") from error
