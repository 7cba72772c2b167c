"""``marsad init``, ``status``, ``log``, ``verify``, ``reread``, ``show``, ``documents`` and ``claims``: the register."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.output import needing
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.register.queries import ClaimRecord
    from marsad.register.rereading import Reread
    from marsad.register.store import Register

__all__ = ["At", "Who", "Why", "add_to", "opened_register"]

_VARIABLE = "MARSAD_REGISTER"
At = Annotated[
    str,
    typer.Option(
        "--register", envvar=_VARIABLE, metavar="PLACE", help="Folder, file or postgresql:// address; this folder else."
    ),
]
Who = Annotated[str, typer.Option("--who", envvar="MARSAD_WHO", help="Who does this, for the log; the account's name else.")]
Why = Annotated[str, typer.Option("--why", help="Why, for the log.")]
_Limit = Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 for all.")]
_Json = Annotated[bool, typer.Option("--json", help="Write JSON, a record a line.")]
_Since = Annotated[str, typer.Option("--since", metavar="DATE", help="From this day on (YYYY-MM-DD).")]
_Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Up to this day (YYYY-MM-DD).")]
_Jobs = Annotated[int, typer.Option("--jobs", min=0, help="Processes; 0 chooses.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (init, status, documents, claims, show, log, verify, reread):
        app.command()(command)


@contextmanager
def opened_register(place: str) -> Iterator[Register]:
    """The register that is meant; errors of ours become a message and exit code 2."""
    with _errors():
        from marsad.register.store import Register

        with Register.open(place) as register:
            yield register


def _errors() -> AbstractContextManager[None]:
    return needing("the register", "register", ("sqlalchemy", "alembic", "pg8000"))


def init(
    place: Annotated[
        str, typer.Argument(metavar="[PLACE]", envvar=_VARIABLE, help="Folder, file or postgresql://USER@HOST/DATABASE.")
    ] = "",
    who: Who = "",
) -> None:
    """Make a register, or bring one of an earlier version up to date."""
    with _errors():
        from marsad.register.store import Register

        register, done = Register.create(place, who=who)
        with register:
            typer.echo({
                "made": f"{register.where.name}: a new register",
                "upgraded": f"{register.where.name}: brought up to date",
                "nothing": f"{register.where.name}: is there already; nothing was changed",
            }[done])  # fmt: skip


def status(register: At = "", as_json: _Json = False) -> None:
    """Show what is in the register, what is to be done, and the end of the log."""
    with opened_register(register) as opened:
        found = opened.status()
        if as_json:
            typer.echo(json.dumps(found, ensure_ascii=False))
            return
        for name in ("register", "schema", "reader"):
            typer.echo(f"{name:12}{found[name]}")
        typer.echo(
            f"{'documents':12}{found['documents']:,} in {found['versions']:,} versions, {found['captures']:,} captures, "
            f"{found['bytes']:,} bytes as collected"
        )
        typer.echo(f"{'claims':12}{found['claims']:,}, decided on {found['decided']:,}; pinned places {found['pins']:,}")
        typer.echo(f"{'log':12}{found['log_entries']:,} entries, the last {found['log_head']}")
        for number, told in (
            (found["unread"], "documents were not read (their language has no pack, or reading was interrupted)"),
            (found["failed"], "documents could not be read by a fault of the reader: marsad documents --failed"),
            (found["to_reread"], "documents were read by another reader than that of today: marsad reread"),
            (found["decisions_changed"], "decisions are on claims that have other values now: marsad claims --state changed"),
            (found["decisions_lost"], "decisions are on claims that are not found any more: marsad claims --state lost"),
        ):
            if number:
                typer.echo(f"{'':12}{number:,} {told}")


def documents(
    register: At = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Only of this publisher.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="Only in this language.")] = "",
    method: Annotated[str, typer.Option("--method", help="Only what was collected so: file, fetch, feed ...")] = "",
    since: _Since = "",
    until: _Until = "",
    failed: Annotated[bool, typer.Option("--failed", help="Only those that the reader failed on.")] = False,
    limit: _Limit = 0,
    as_json: _Json = False,
) -> None:
    """List documents by day of publication, the latest first."""
    with opened_register(register) as opened:
        from marsad.register import queries

        days = _days(since, until)
        with opened.snapshot() as connection:
            found = queries.documents(
                connection, publisher=publisher, language=language, method=method, limit=0 if failed else limit, **days
            )  # fmt: skip
        if failed:
            found = [d for d in found if d.error is not None][: limit or None]
        if as_json:
            _lines(d.to_dict() for d in found)
            return
        from marsad.views.register import DOCUMENT, document_row

        _table(DOCUMENT, [document_row(d) for d in found], "no document")


def claims(
    register: At = "",
    document: Annotated[str, typer.Option("--document", metavar="ID", help="Only of this document.")] = "",
    type_: Annotated[str, typer.Option("--type", help="Only of this event type.")] = "",
    country: Annotated[str, typer.Option("--country", metavar="CODE", help="Only in this country.")] = "",
    since: _Since = "",
    until: _Until = "",
    verdict: Annotated[str, typer.Option("--verdict", help="accept, reject, correct, or none.")] = "",
    state: Annotated[str, typer.Option("--state", help="Of decisions after rereading: holds, changed or lost.")] = "",
    limit: _Limit = 0,
    as_json: _Json = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write JSON to this file; the log notes it.")] = None,
    who: Who = "",
    why: Why = "",
) -> None:
    """List claims by day of the event, with what people decided."""
    with opened_register(register) as opened:
        from marsad.register import queries
        from marsad.register.decisions import VERDICTS
        from marsad.views.register import CLAIM, claim_row
        from marsad.vocabulary import EVENT_TYPES

        _one_of("--verdict", verdict, (*VERDICTS, "none"))
        _one_of("--state", state, ("holds", "changed", "lost"))
        _one_of("--type", type_, EVENT_TYPES)
        with opened.snapshot() as connection:
            whole = queries.find(connection, document)[1].partition(".")[0] if document else ""
            narrow = {"document": whole, "type": type_, "country": country.upper(), "verdict": verdict, "state": state}
            narrow |= _days(since, until)
            found = queries.claims(connection, limit=limit, **narrow)
        if out is not None:
            _export(opened, found, {k: v for k, v in narrow.items() if v}, out, who, why)
        elif as_json:
            _lines(c.to_dict() for c in found)
        else:
            _table(CLAIM, [claim_row(c) for c in found], "no claim")


def show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Of a document or claim, or the beginning of it.")],
    register: At = "",
    text: Annotated[bool, typer.Option("--text", help="Only the text, which offsets refer to.")] = False,
    raw: Annotated[Path | None, typer.Option("--raw", metavar="FILE", help="Write the bytes as collected to this file.")] = None,
    as_json: _Json = False,
) -> None:
    """Show a document with all that is known of where it comes from, or a claim with its evidence and decisions."""
    with opened_register(register) as opened:
        from marsad.register import queries
        from marsad.views.register import CLAIM, claim_lines, claim_row, history_lines

        with opened.snapshot() as connection:
            kind, whole = queries.find(connection, identifier)
            document = whole.partition(".")[0]
            story = queries.history(connection, document)
            body = queries.text_of(connection, document)
            found = [c for c in queries.claims(connection, document=document) if kind == "document" or c.id == whole]
        if text:
            typer.echo(body)
        elif raw is not None:
            _write(raw, opened.raw(story["versions"][-1]["captures"][-1]["raw_sha256"]))
        elif as_json:
            record = story | {"text": body, "claims": [c.to_dict() for c in found]} if kind == "document" else None
            _lines([record] if record is not None else [c.to_dict() for c in found])
        elif kind == "document":
            for line in history_lines(story):
                typer.echo(line)
            _table(CLAIM, [claim_row(c) for c in found], "no claim")
        elif not found:
            typer.echo(f"{whole}: the current reading of its document does not have it, and nobody decided on it")
        else:
            for line in claim_lines(found[0]):
                typer.echo(line)


def log(
    register: At = "",
    action: Annotated[str, typer.Option("--action", help="Only this: import, reading, decision, export ...")] = "",
    who: Annotated[str, typer.Option("--who", help="Only what this person or program did.")] = "",
    subject: Annotated[str, typer.Option("--subject", metavar="ID", help="Only of this document or claim.")] = "",
    since: _Since = "",
    until: _Until = "",
    limit: _Limit = 50,
    as_json: _Json = False,
) -> None:
    """Show what was done, the latest first: when, by whom, what and why."""
    with opened_register(register) as opened:
        from marsad.register.audit import ACTIONS

        _one_of("--action", action, ACTIONS)
        found = opened.log(action=action, who=who, subject=subject, limit=limit, **_days(since, until))
        if as_json:
            _lines(e.to_dict() for e in found)
            return
        from marsad.views.register import ENTRY, entry_row

        _table(ENTRY, [entry_row(e) for e in found], "no entry")


def verify(
    register: At = "",
    head: Annotated[
        str, typer.Option("--head", metavar="HASH", help="A hash of the log noted elsewhere; must still be in it.")
    ] = "",
) -> None:
    """Check all that is stored against its hashes, the log and the texts; exit code 1 if anything is not as it was."""
    with opened_register(register) as opened:
        shown = sys.stderr.isatty()

        def tell(what: str, number: int) -> None:
            if shown and number % 500 == 0:
                typer.echo(f"\r\x1b[K{number:,} {what}", nl=False, err=True)

        found = opened.verify(head, tell)
        if shown:
            typer.echo("\r\x1b[K", nl=False, err=True)
        for problem in found.problems:
            typer.echo(f"problem: {problem}")
        for note in found.notes:
            typer.echo(f"note: {note}")
        typer.echo("checked: " + ", ".join(f"{number:,} {what}" for what, number in found.checked.items()))
        typer.echo(f"log: {found.head[0]:,} entries, the last {found.head[1]}")
        if not found.clean:
            typer.echo(f"error: {found.count:,} problems; what is stored is not what was stored", err=True)
            raise typer.Exit(1)
        typer.echo("all is as it was stored")


def reread(
    register: At = "",
    every: Annotated[bool, typer.Option("--all", help="Also what the reader of today has read.")] = False,
    document: Annotated[list[str] | None, typer.Option("--document", metavar="ID", help="Only this; may be repeated.")] = None,
    jobs: _Jobs = 0,
    who: Who = "",
    why: Why = "",
) -> None:
    """Read again what another reader read, and show what it changed; decisions of people stay."""
    with opened_register(register) as opened:
        from marsad.cli.output import Progress
        from marsad.register import queries

        with opened.snapshot() as connection:
            ids = [queries.find(connection, told)[1].partition(".")[0] for told in document] if document else None
        progress = Progress(shown=True)
        counts = dict.fromkeys(("documents", "same", "changed", "new", "lost", "failed"), 0)
        for result in opened.reread(jobs, every=every, ids=ids, who=who, why=why):
            counts["documents"] += 1
            if result.change is not None:
                progress.wipe()
                _changed(result, counts)
            progress.tell(counts["documents"], counts["new"] + counts["changed"])
        progress.wipe()
        typer.echo(
            f"{counts['documents']:,} documents read; claims changed {counts['changed']:,}, new {counts['new']:,}, "
            f"lost {counts['lost']:,}"
        )
        if counts["failed"]:
            raise typer.Exit(1)


def _changed(result: Reread, counts: dict[str, int]) -> None:
    """A line for each claim that is other than it was, and for each decision that this touches."""
    change = result.change
    if change is None:
        return
    counts["changed"] += len(change.changed)
    counts["new"] += len(change.new)
    counts["lost"] += len(change.lost)
    if result.error is not None:
        counts["failed"] += 1
        typer.echo(f"error: {result.document_id}: {result.error}", err=True)
    for identifier, slots in change.changed:
        typer.echo(f"{identifier}: changed: {', '.join(slots)}")
    for word, ids in (("new", change.new), ("lost", change.lost)):
        for identifier in ids:
            typer.echo(f"{identifier}: {word}")
    for held in result.decisions:
        what = "the claim is not found any more" if held.state == "lost" else f"other now: {', '.join(held.changed)}"
        typer.echo(f"{held.claim_id}: decision {held.id} ({held.verdict}, {held.who}) stays; {what}")


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


def _days(since: str, until: str) -> dict[str, str]:
    from marsad.documents.published import iso_day

    for option, told in (("--since", since), ("--until", until)):
        if told and iso_day(told) is None:
            raise InputError(f"{option} {told}: there is no such day; write YYYY-MM-DD")
    return {"since": (iso_day(since) or "") if since else "", "until": (iso_day(until) or "") if until else ""}


def _one_of(option: str, told: str, known: Sequence[str]) -> None:
    if told and told not in known:
        raise InputError(f"{option} {told}: unknown; one of {', '.join(known)}")


def _lines(records: Any) -> None:
    for record in records:
        typer.echo(json.dumps(record, ensure_ascii=False))


def _table(names: tuple[str, ...], rows: list[tuple[str, ...]], empty: str) -> None:
    """A table on a terminal, and tabs between the columns where a program reads it."""
    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(row))
    elif rows:
        from rich.console import Console
        from rich.table import Table

        table = Table(*names)
        for row in rows:
            table.add_row(*(cell.replace("[", "\\[") for cell in row))
        Console().print(table)
    if not rows:
        typer.echo(empty, err=True)
