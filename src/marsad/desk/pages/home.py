"""Home: where the day begins: what is in the register, what is to be done, and what was done last."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from marsad.desk.context import Reader
from marsad.desk.screens import Screen
from marsad.desk.status import status, tasks
from marsad.register import audit, failures

router = APIRouter()
SCREEN = Screen("home", "/", 0)
_LAST = 8


@router.get("/")
def home(desk: Reader) -> Response:
    """What is at this desk."""
    found = status(desk)
    with desk.snapshot() as connection:
        failed = failures.failures(connection)[-_LAST:] if found["failures"] else []
        last = audit.entries(connection, limit=_LAST)
    data = {
        "status": found,
        "tasks": [task.to_dict() for task in tasks(found)],
        "failed": [failure.to_dict() for failure in reversed(failed)],
        "last": [entry.to_dict() | {"detail": {}} for entry in last],
    }
    return desk.page("home/home.html", data)
