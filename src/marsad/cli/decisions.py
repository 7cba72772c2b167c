"""``marsad accept``, ``reject``, ``correct``, ``undo`` and ``decisions``: what people decide on claims."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.options import (
    At,
    Json,
    Limit,
    Since,
    Until,
    Who,
    Why,
    days,
    object_of,
    one_of,
    opened_register,
    show_lines,
    show_table,
)
from marsad.errors import InputError
from marsad.register.assignments import assigned

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from marsad.gazetteer.entry import Entry
    from marsad.register.queries import ClaimRecord
    from marsad.register.store import Register

__all__ = ["add_to", "gazetteer_of"]

_Claims = Annotated[
    list[str],
    typer.Argument(
        metavar="CLAIM...", help="Ids, or their beginnings; - reads them from the standard input, first of each line."
    ),
]
_Seen = Annotated[
    int | None, typer.Option("--seen", min=0, metavar="DECISION", help="You know the decisions of others up to this number.")
]
_DONE = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (accept, reject, correct, undo, decisions):
        app.command()(command)


def accept(claims: _Claims, register: At = "", seen: _Seen = None, who: Who = "", why: Why = "", as_json: Json = False) -> None:
    """Accept claims as they are, with the corrections that stand; all of them or none."""
    _decide("accept", claims, register, seen, who, why, as_json)


def reject(claims: _Claims, register: At = "", seen: _Seen = None, who: Who = "", why: Why = "", as_json: Json = False) -> None:
    """Reject claims: no such event, a double, a misreading; all of them or none. Needs a reason (--why)."""
    _decide("reject", claims, register, seen, who, why, as_json)


def correct(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id, or its beginning.")],
    values: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SLOT=VALUE...",
            help="type=attack, date=2024-05-04, place=GAZETTEER-ID, harm.killed=3..5, harm.1.status=civilian, weapons=drone@WORDS, "
            "place.evidence=WORDS ...; nothing behind the = empties.",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="JSON", help="An object of slots with their values, as marsad show --json has them; - for stdin."
        ),
    ] = None,
    register: At = "",
    seen: _Seen = None,
    who: Who = "",
    why: Why = "",
    as_json: Json = False,
) -> None:
    """Correct values of a claim; what the machine read stays beside them. Needs a reason (--why).

    Evidence is given by quoting the text to the letter. Values are checked against the lists of docs/claims.md.
    """
    with opened_register(register) as opened:
        from marsad.register import queries
        from marsad.register.store import somebody

        person = who or somebody()
        with opened.snapshot() as connection:
            (whole,) = _claims(connection, [claim])
            (found,) = [c for c in queries.claims(connection, document=whole.partition(".")[0]) if c.id == whole]
            told = object_of(file, '{"type": "attack"}') if file is not None else {}
            changed = told | assigned(found.value, values or (), gazetteer_of(connection))
        if not changed:
            raise InputError("nothing to correct; write SLOT=VALUE, or name a file of values (--file)")
        _needs_reason("correct", why)
        if seen is None:
            # What others do between this look and the decision is unseen too.
            seen = max((d.id for d in found.decisions if d.who == person), default=0)
        ((number, new),) = opened.decide_all([whole], "correct", changed, person, why, seen=seen)
        _tell(opened, [(whole, number, new)], "correct", as_json)


def undo(
    numbers: Annotated[list[int], typer.Argument(metavar="DECISION...", help="Numbers, as marsad decisions lists them.")],
    register: At = "",
    who: Who = "",
    why: Why = "",
    as_json: Json = False,
) -> None:
    """Take back decisions, all of them or none; they stay in the register as taken back. Needs a reason (--why)."""
    with opened_register(register) as opened:
        from marsad.register.store import somebody

        _needs_reason("take back", why)
        made = opened.undo_all(list(dict.fromkeys(numbers)), who or somebody(), why)
        for number, entry in zip(dict.fromkeys(numbers), made, strict=True):
            if as_json:
                show_lines([{"decision": number, "undone_by": entry}])
            else:
                typer.echo(f"decision {number}: taken back (entry {entry})")


def decisions(
    register: At = "",
    claim: Annotated[str, typer.Option("--claim", metavar="ID", help="Only on this claim, or on claims of this document.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Only of this person.")] = "",
    verdict: Annotated[str, typer.Option("--verdict", help="accept, reject, correct or add.")] = "",
    state: Annotated[str, typer.Option("--state", help="holds, changed, lost, or undone for those that were taken back.")] = "",
    since: Since = "",
    until: Until = "",
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """List decisions, the latest first."""
    with opened_register(register) as opened:
        from marsad.register import queries
        from marsad.register.additions import ADD
        from marsad.register.decisions import VERDICTS, listed
        from marsad.views.register import DECISION, decision_row

        one_of("--verdict", verdict, (*VERDICTS, ADD))
        one_of("--state", state, ("holds", "changed", "lost", "undone"))
        with opened.snapshot() as connection:
            whole = queries.find(connection, claim)[1] if claim else ""
            found = listed(connection, subject=whole, who=by, verdict=verdict, state=state, limit=limit, **days(since, until))
        if as_json:
            show_lines(d.to_dict() for d in found)
        else:
            show_table(DECISION, [decision_row(d) for d in found], "no decision")


def _decide(verdict: str, claims: list[str], register: str, seen: int | None, who: str, why: str, as_json: bool) -> None:
    with opened_register(register) as opened:
        from marsad.register.store import somebody

        if verdict != "accept":
            _needs_reason(verdict, why)
        with opened.snapshot() as connection:
            whole = _claims(connection, list(_told(claims)))
        made = opened.decide_all(whole, verdict, None, who or somebody(), why, seen=seen)
        _tell(opened, [(c, number, new) for c, (number, new) in zip(whole, made, strict=True)], verdict, as_json)


def _told(claims: Sequence[str]) -> Iterator[str]:
    """Ids as given; those of the standard input stand first in their lines, as lists of claims have them."""
    for told in claims:
        if told != "-":
            yield told
            continue
        for line in sys.stdin:
            if line.lstrip().startswith("{"):
                try:
                    yield str(json.loads(line)["id"])
                except (ValueError, KeyError, TypeError) as error:
                    raise InputError(f"standard input: no claim in {line[:60].strip()!r}") from error
            elif line.strip():
                yield line.split()[0]


def _claims(connection: Connection, told: Sequence[str]) -> list[str]:
    """Whole ids of claims, each once."""
    from marsad.register import queries

    found = dict.fromkeys(queries.find(connection, t) for t in told)
    for kind, identifier in found:
        if kind != "claim":
            raise InputError(f"{identifier}: is a document; decide on its claims: marsad claims --document {identifier}")
    if not found:
        raise InputError("no claim is named")
    return [identifier for _, identifier in found]


def _needs_reason(what: str, why: str) -> None:
    if not why.strip():
        raise InputError(f"a reason is needed to {what}{' a claim' if what != 'take back' else ' a decision'}: --why REASON")


def gazetteer_of(connection: Connection) -> Any:
    """What the layers and the pinned places of the register know of an id."""
    from marsad.gazetteer.layers import open_gazetteer
    from marsad.gazetteer.records import entry_of
    from marsad.register import pins

    def located(identifier: str) -> tuple[Entry, tuple[str, ...]] | None:
        gazetteer = open_gazetteer()
        pinned = next((r for r in pins.records(pins.pins(connection)) if r.id == identifier), None)
        entry = gazetteer.get(identifier) if pinned is None else entry_of(pinned, "pins")
        return None if entry is None else (entry, tuple(p.label for p in gazetteer.parents(entry)))

    return located


def _tell(opened: Register, made: list[tuple[str, int, bool]], verdict: str, as_json: bool) -> None:
    """What was decided on what, so that a slip is seen."""
    from marsad.register import queries
    from marsad.views.register import changed_lines, claim_line

    if as_json:
        show_lines({"claim": c, "decision": number, "verdict": verdict, "new": new} for c, number, new in made)
        return
    with opened.snapshot() as connection:
        found: dict[str, ClaimRecord] = {}
        for document in dict.fromkeys(c.partition(".")[0] for c, _, _ in made):
            found |= {c.id: c for c in queries.claims(connection, document=document)}
    for identifier, number, new in made:
        again = "" if new else ", as before"
        typer.echo(f"{claim_line(found[identifier])}: {_DONE[verdict]}{again} (decision {number})")
        for line in changed_lines(found[identifier], number):
            typer.echo(line)
