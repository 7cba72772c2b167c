"""Home: where the day begins: what is in the register, what is to be done, and what was done last."""

from __future__ import annotations

import re

from fastapi import APIRouter
from starlette.responses import Response

from marsad.desk.context import Reader
from marsad.desk.screens import Screen
from marsad.desk.status import status, tasks
from marsad.register import audit, failures, incidents

router = APIRouter()
SCREEN = Screen("home", "/", 0)
_LAST = 8
_CLAIM = re.compile(r"([0-9a-f]{16})(\.p?[0-9]+)?")


def subject_of(subject: str, codes: dict[str, str]) -> tuple[str, str]:
    """What an entry of the log is on, as people know it, and its page; without a page the empty string."""
    if code := codes.get(subject):
        return code, f"/incidents/{code}"
    if found := _CLAIM.fullmatch(subject):
        return subject, f"/reading/{found[1]}" + (f"?claim={subject}" if found[2] else "")
    return subject, ""


@router.get("/")
def home(desk: Reader) -> Response:
    """What is at this desk."""
    found = status(desk)
    with desk.snapshot() as connection:
        failed = failures.failures(connection)[-_LAST:] if found["failures"] else []
        last = audit.entries(connection, limit=_LAST)
        codes = incidents.codes(connection, {entry.subject for entry in last})
    data = {
        "status": found,
        "tasks": [task.to_dict() for task in tasks(found)],
        "failed": [failure.known().to_dict() for failure in reversed(failed)],
        "last": [entry.to_dict() | {"detail": {}} for entry in last],
    }
    return desk.page("home/home.html", data, secret={"subjects": {e.subject: subject_of(e.subject, codes) for e in last}})
