"""Counted: what a policy makes of every incident of a register, as far as charts add it up."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe

from sqlalchemy import Connection, select

from marsad.counting.count import count
from marsad.counting.dossier import Dossier
from marsad.counting.policy import Policy
from marsad.register import grades, schema
from marsad.register.dossiers import told_of
from marsad.register.linked import stands
from marsad.register.members import members_of
from marsad.register.restrictions import Hidden
from marsad.register.rows import parts
from marsad.register.spots import state

__all__ = ["Counted", "Face", "Whole", "apart", "counted", "faces", "inputs", "whole"]

_PAGE = 200
_f, _m = schema.incident_face.c, schema.incident_claim.c


@dataclass(frozen=True, slots=True)
class Counted:
    """What a policy makes of one incident.

    Attributes:
        incident: its id; standing: ``counted``, ``beside`` or ``left out``.
        low, high, best: the policy's one number, or None where it has none; open: whether there may be more than ``high``.
        origins: name and source kind of each independent origin; the name is empty where it has none.
    """

    incident: str
    standing: str
    low: int | None
    high: int | None
    best: int | None
    open: bool
    origins: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Face:
    """By what incidents are told apart: first day, first-level unit and country, and event type; None where unknown."""

    day: str | None
    unit: str | None
    country: str | None
    type: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """All incidents of one state of a register, counted.

    Attributes:
        at: the number of the state (:func:`marsad.register.spots.state`).
        counts: by incident. inputs: by incident the hash of what its numbers follow from.
    """

    at: int
    counts: Mapping[str, Counted]
    inputs: Mapping[str, str]


def whole(connection: Connection, policy: Policy, before: Whole | None = None) -> Whole:
    """Count all incidents by a policy; those that were counted before and have the same inputs are taken from there."""
    at, now = state(connection), inputs(connection)
    same = {}
    if before is not None:
        same = {i: before.counts[i] for i, made in now.items() if before.inputs.get(i) == made and i in before.counts}
    made = {c.incident: c for c in counted(connection, policy, now.keys() - same.keys())}
    return Whole(at, same | made, now)


def apart(place: str, hidden: Hidden, policy: Policy) -> Whole:
    """The same in a process of its own, so that who counts much does not slow down what else this one does.

    Args:
        place: the register, as for ``Register.open``.
        hidden: what is not seen of it.
        policy: by which is counted.

    Raises:
        EOFError: the process was ended from outside, most often for want of memory.
    """
    # Not forked: a process must not hold a connection of this one.
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(theirs, place, hidden, policy), daemon=True)
    process.start()
    theirs.close()
    try:
        found: Whole = ours.recv()
    finally:
        ours.close()
        process.join()
    return found


def _send(to: Pipe, place: str, hidden: Hidden, policy: Policy) -> None:
    from marsad.register.hiding import without
    from marsad.register.store import Register

    # Who stops the desk by the keyboard, or ends it, wants no account of what was not finished.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with Register.open(place) as register, without(register, hidden).snapshot() as connection:
        found = whole(connection, policy)
    with suppress(BrokenPipeError):
        to.send(found)


def inputs(connection: Connection) -> dict[str, str]:
    """By incident the hash of all that its numbers follow from; where it is the same, so are they."""
    return {incident: made for incident, made in connection.execute(select(_f.incident_id, _f.inputs))}


def counted(connection: Connection, policy: Policy, incidents: Iterable[str] | None = None) -> Iterator[Counted]:
    """Count incidents, or all of them, some hundred at a time."""
    ids = sorted(incidents) if incidents is not None else connection.scalars(select(_f.incident_id).order_by(_f.incident_id))
    for part in parts(list(ids), _PAGE):
        held = {c: i for c, i in connection.execute(select(_m.claim_id, _m.incident_id).where(_m.incident_id.in_(part)))}
        grouped: dict[str, list[object]] = {}
        dossiers = []
        for told in told_of(connection, [r for r in members_of(connection, held) if stands(r)]):
            grouped.setdefault(held[told.id], []).append(told)
        signed = grades.standing(connection, grouped)
        for incident, claims in sorted(grouped.items()):
            signature = signed.get(incident)
            dossiers.append(Dossier(incident, tuple(claims), signature.grade if signature else None))  # type: ignore[arg-type]
        for dossier in dossiers:
            made = count(dossier, policy)
            figure = made.figure(*policy.headline)
            origins = tuple(dict.fromkeys((o.name if o.named else "", o.kind) for o in dossier.origins().groups))
            if figure is None:
                yield Counted(dossier.id, made.standing, None, None, None, False, origins)
            else:
                yield Counted(dossier.id, made.standing, figure.low, figure.high, figure.best, figure.open, origins)


def faces(connection: Connection, language: str, *, since: str = "", until: str = "", country: str = "") -> dict[str, Face]:
    """By what the incidents of a time and a country are told apart, by id; names in a language."""
    unit = (_f.unit_ar if language == "ar" else _f.unit_en).label("name")
    asked = select(_f.incident_id, _f.first_day, unit, _f.country, _f.types)
    if since:
        asked = asked.where(_f.last_day >= since)
    if until:
        asked = asked.where(_f.first_day <= until)
    if country:
        asked = asked.where(_f.country == country)
    # Types are JSON, that of most origins first.
    return {
        row.incident_id: Face(row.first_day, row.name, row.country, row.types.split('"')[1] if '"' in row.types else None)
        for row in connection.execute(asked)
    }
