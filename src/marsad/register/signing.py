"""Signing: a grade is signed for an incident as it is seen, and the rows of lists follow in the same transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from marsad.counting.dossier import Dossier
from marsad.counting.together import together
from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.register import faces, grades, schema
from marsad.register.dossiers import told_of
from marsad.register.linked import stands
from marsad.register.members import members_of

__all__ = ["offered", "sign", "undo"]

_m = schema.incident_claim.c


def offered(connection: Connection, incident: str) -> tuple[dict[str, Any], str]:
    """What a person who would sign a grade has to see: the suggestion with its reasons and inputs and the ids of the claims, and the
    hash of it.

    Raises:
        InputError: no claim of the incident stands.
    """
    held = members_of(connection, connection.scalars(select(_m.claim_id).where(_m.incident_id == incident)))
    told = told_of(connection, [record for record in held if stands(record)])
    if not told:
        raise InputError(refusal("incident.empty", incident=incident))
    dossier = Dossier(incident, tuple(told))
    view = together(dossier)
    return view.grade.to_dict() | {"claims": [t.id for t in dossier.claims]}, faces.seen_of(view, dossier.claims)


def sign(connection: Connection, incident: str, grade: str, who: str, why: str, *, seen: str = "") -> int:
    """Sign a grade; arguments and errors as of :func:`marsad.register.grades.sign`.

    Args:
        seen: hash of what the one who signs saw; the empty string for the incident as it is now.
    """
    inputs, current = offered(connection, incident)
    number = grades.sign(connection, incident, grade, who, why, inputs=inputs, seen=seen or current)
    faces.refresh(connection, [incident])
    return number


def undo(connection: Connection, number: int, who: str, why: str) -> str:
    """Take back a signature; as :func:`marsad.register.grades.undo`."""
    incident = grades.undo(connection, number, who, why)
    faces.refresh(connection, [incident])
    return incident
