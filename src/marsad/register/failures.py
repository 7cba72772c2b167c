"""Failures: what could not be taken in, and whether it was since.

They stand in the log: an entry ``refused`` when something is refused for the first time, or for another reason than before, and
an entry ``solved`` when its source was read again without it, or when somebody says that it needs no more looking after.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.lexicon.reasons import Told, recognised, refusal, remade
from marsad.register import schema
from marsad.register.audit import Event, append

__all__ = ["Failed", "Failure", "dismiss", "failures", "note"]

REFUSED, SOLVED = "refused", "solved"
# A subject is indexed, and databases bound the size of what they index; the whole stands in the details.
_SUBJECT = 300


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that could not be taken in now.

    Attributes:
        source: the file or address that was read.
        where: the same, and the place in it.
        reason: why, and what to do; where it is one of ``lexicon.reasons``, it is kept as such and can be told in every language.
    """

    source: str
    where: str
    reason: str

    def detail(self) -> dict[str, Any]:
        """What the log keeps of it: the words, and the reason with its values where it is one."""
        told = {"told": self.reason.reason.data()} if isinstance(self.reason, Told) else {}
        return {"source": self.source, "where": self.where, "reason": str(self.reason), **told}


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be taken in, as the register keeps it.

    Attributes:
        number: of its entry in the log.
        at, who: when it was refused first for this reason (ISO 8601 in UTC), and who took in.
        source, where, reason: as of :class:`Failed`.
        solved: when it was solved, or None as long as it is not.
        why: what the one said who dismissed it, or the empty string.
    """

    number: int
    at: str
    who: str
    source: str
    where: str
    reason: str
    solved: str | None = None
    why: str = ""

    def known(self) -> Failure:
        """The same, its reason as one that can be told in every language also where an earlier program kept only the words of it."""
        return replace(self, reason=recognised(self.reason, "intake:"))

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def failures(connection: Connection, *, solved: bool = False) -> list[Failure]:
    """Failures in the order in which they happened: those that are not solved, or with ``solved`` all."""
    log = schema.log.c
    rows = connection.execute(select(schema.log).where(log.action.in_((REFUSED, SOLVED))).order_by(log.number))
    every: dict[int, Failure] = {}
    last: dict[tuple[str, str], int] = {}
    for row in rows:
        detail = json.loads(row.detail)
        if row.action == SOLVED:
            for number in detail["failures"]:
                every[number] = replace(every[number], solved=row.at, why=row.why if detail.get("dismissed") else "")
            continue
        key = (detail["source"], detail["where"])
        if (before := last.get(key)) is not None and every[before].solved is None:
            # The same fails for another reason now.
            every[before] = replace(every[before], solved=row.at)
        last[key] = row.number
        every[row.number] = Failure(row.number, row.at, row.who, *key, remade(detail["reason"], detail.get("told")))
    return [f for f in every.values() if solved or f.solved is None]


def note(connection: Connection, failed: Iterable[Failed], read: Collection[str], who: str, why: str) -> None:
    """Note what was refused in a round of taking in, and what earlier failures that solves.

    Args:
        connection: a writing transaction.
        failed: all that was refused of the sources in ``read``, and what could not be read at all.
        read: sources that were read to their end; what failed in them before and does not now is solved.
        who, why: for the log.
    """
    now = {(f.source, f.where): f for f in failed}
    standing = {(f.source, f.where): f for f in failures(connection)}
    events = [
        Event(REFUSED, f.where[:_SUBJECT], f.detail())
        for key, f in now.items()
        if key not in standing or standing[key].reason != f.reason
    ]
    solved: dict[str, list[int]] = {}
    for key, f in standing.items():
        if f.source in read and key not in now:
            solved.setdefault(f.source, []).append(f.number)
    events += [Event(SOLVED, source[:_SUBJECT], {"failures": numbers}) for source, numbers in solved.items()]
    append(connection, events, who, why)


def dismiss(connection: Connection, numbers: Sequence[int], who: str, why: str) -> list[Failure]:
    """Say that failures need no more looking after; all of them or none.

    Returns:
        The failures, in order.

    Raises:
        InputError: no such failure, one that is solved, or no reason.
    """
    if not why.strip():
        raise InputError(refusal("why.failure"))
    standing = {f.number: f for f in failures(connection)}
    for number in numbers:
        if number not in standing:
            raise InputError(refusal("failure.none", number=number))
    done = [standing[number] for number in dict.fromkeys(numbers)]
    append(
        connection, [Event(SOLVED, f.source[:_SUBJECT], {"failures": [f.number], "dismissed": True}) for f in done], who, why
    )  # fmt: skip
    return done
