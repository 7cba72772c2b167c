"""``marsad queue``, ``add``, ``sign`` and ``unsign``: which reports wait for readers, claims that they add, and what they sign."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from marsad.cli.options import At, Json, Limit, Who, Why, object_of, one_of, opened_register, show_lines, show_table
from marsad.errors import InputError

__all__ = ["add_to"]

_Document = Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id, or its beginning.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (queue, sign, unsign):
        app.command()(command)
    app.command("add-claim")(add_claim)


def queue(
    name: Annotated[str, typer.Argument(metavar="[QUEUE]", help="first, second, renewed, conflict, place or empty.")] = "",
    register: At = "",
    after: Annotated[str, typer.Option("--after", metavar="KEY", help="Those behind this one, as --json gives keys.")] = "",
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """How many reports wait for readers and for what, or the reports of one queue; copies are shown once."""
    with opened_register(register) as opened:
        from marsad.register import queues

        one_of("queue", name, queues.QUEUES)
        with opened.snapshot() as connection:
            numbers = queues.counts(connection)
            found = queues.waiting(connection, name, after=after, limit=limit or 1_000_000) if name else []
        if not name and as_json:
            show_lines([numbers])
        elif not name:
            show_table(("queue", "reports"), [(q, f"{n}") for q, n in numbers.items()], "nothing waits")
        elif as_json:
            show_lines(w.to_dict() | {"key": w.key} for w in found)
        else:
            from marsad.views.terminal import safe

            rows = [
                tuple(
                    safe(c)
                    for c in (w.id, w.day, str(w.claims or 0), str(len(w.copies)), w.publisher or "", " ".join(w.title.split()))
                )
                for w in found
            ]
            show_table(("id", "published", "claims", "copies", "publisher", "title"), rows, "nothing waits")


def add_claim(
    document: _Document,
    file: Annotated[Path, typer.Argument(metavar="JSON", help="An object with type, trigger and other slots; - for stdin.")],
    register: At = "",
    who: Who = "",
    why: Why = "",
    as_json: Json = False,
) -> None:
    """Add a claim that the machine missed; evidence is given by quoting the text to the letter."""
    with opened_register(register) as opened:
        from marsad.register import additions
        from marsad.register.store import somebody

        whole = _document(opened, document)
        value = object_of(file, '{"type": "attack", "trigger": ["WORDS"]}')
        made = opened.apply(lambda c: additions.add(c, whole, value, who or somebody(), why), [whole])
        if as_json:
            show_lines([{"claim": made}])
        else:
            typer.echo(f"{made}: added")


def sign(
    document: _Document,
    register: At = "",
    accept: Annotated[bool, typer.Option("--accept-rest", help="Accept the claims that nobody decided on yet.")] = False,
    copies: Annotated[
        bool, typer.Option("--copies", help="Decide likewise on the same claims of its copies, and sign these.")
    ] = False,
    who: Who = "",
    why: Why = "",
    as_json: Json = False,
) -> None:
    """Sign a report as its first reader, or as its second where somebody else signed it first."""
    with opened_register(register) as opened:
        from marsad.register import signatures
        from marsad.register.copydecisions import Copied, copies_of, decide_copies
        from marsad.register.store import somebody

        whole, person = _document(opened, document), who or somebody()
        with opened.snapshot() as connection:
            others = copies_of(connection, whole) if copies else []

        def work(connection: Any) -> tuple[str, list[Copied]]:
            part = signatures.sign(connection, whole, person, why, accept=accept)
            return part, decide_copies(connection, whole, person, others) if others else []

        part, made = opened.apply(work, [whole, *others])
        if as_json:
            show_lines([{"document": whole, "signed": part, "copies": [c.to_dict() for c in made]}])
            return
        typer.echo(f"{whole}: signed as {part} reader")
        for copy in made:
            left = f"left for a reader: {', '.join(claim for claim, _ in copy.left)}" if copy.left else ""
            done = f"signed as {copy.signed} reader" if copy.signed else ""
            typer.echo(
                f"{copy.document_id}: a copy, {len(copy.decided)} claims decided; {done or left or 'signed by you before'}"
            )


def unsign(
    number: Annotated[int, typer.Argument(metavar="SIGNATURE", help="Number, as marsad show and marsad log tell it.")],
    register: At = "",
    who: Who = "",
    why: Why = "",
) -> None:
    """Take back a signature; it stays in the register as taken back. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from sqlalchemy import select

        from marsad.register import schema, signatures
        from marsad.register.store import somebody

        with opened.snapshot() as connection:
            document = connection.scalar(select(schema.signature.c.document_id).where(schema.signature.c.id == number))
        opened.apply(lambda c: signatures.unsign(c, number, who or somebody(), why), [document] if document else [])
        typer.echo(f"signature {number}: taken back")


def _document(opened: Any, told: str) -> str:
    from marsad.register import queries

    with opened.snapshot() as connection:
        kind, whole = queries.find(connection, told)
    if kind != "document":
        raise InputError(f"{told}: is a claim; name its document: {whole.partition('.')[0]}")
    return str(whole)
