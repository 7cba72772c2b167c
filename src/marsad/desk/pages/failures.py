"""Failures: what could not be taken in and why; it is tried again, or dismissed with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from marsad.desk import takingin
from marsad.desk.context import Analyst, Desk, Reader
from marsad.desk.screens import Screen
from marsad.errors import InputError
from marsad.lexicon.reasons import Told, retold
from marsad.register import failures
from marsad.register.failures import Failure

router = APIRouter()
SCREEN = Screen("failures", "/failures", 60)
_PAGE = 100
_Number = Annotated[int, Query(ge=0, lt=2**31)]


@router.get("/failures")
def listing(desk: Reader, every: bool = False, before: _Number = 0) -> Response:
    """Failures, the latest first: those that are not solved, or all."""
    with desk.snapshot() as connection:
        found = [f for f in reversed(failures.failures(connection, solved=every)) if not before or f.number < before]
    shown = found[:_PAGE]
    data = {
        "failures": [_row(f) for f in shown], "next": shown[-1].number if len(found) > _PAGE else None, "every": every,
        "count": len(found),
    }  # fmt: skip
    return desk.page("failures/list.html", data)


@router.post("/failures/dismiss")
def dismiss(desk: Analyst, number: Annotated[list[int], Form()], why: Annotated[str, Form(max_length=2000)] = "") -> Response:
    """Say that failures need no more looking after."""
    if not why.strip():
        raise InputError(desk.t("failures.why_needed"))
    done = desk.register.dismiss([n for n in number if 0 < n < 2**31], desk.who, why.strip())
    desk.say("failures.dismissed", number=len(done))
    return desk.redirect("/failures", {"dismissed": [f.number for f in done]})


@router.post("/failures/retry")
def retry(desk: Analyst, number: Annotated[int, Form(ge=1, lt=2**31)]) -> Response:
    """Read the file of a failure again; addresses are not asked for from the desk."""
    failure = _standing(desk, number)
    if not _is_file(failure):
        raise InputError(desk.t("failures.no_file", where=failure.where))
    outcome = takingin.again(desk.register, failure.source, desk.who, desk.t("failures.again_why"))
    taken = [o for o in outcome if o["outcome"] != "refused"]
    refused = next((o["reason"] for o in outcome if o["outcome"] == "refused"), "")
    if refused:
        desk.say("failures.again_refused", kind="warning", reason=retold(refused, desk.language, isolated=True))
    else:
        desk.say("failures.again_taken", number=len(taken))
    return desk.redirect("/failures", {"outcome": outcome})


def _standing(desk: Desk, number: int) -> Failure:
    with desk.snapshot() as connection:
        for failure in failures.failures(connection):
            if failure.number == number:
                return failure
    raise InputError(desk.t("failures.gone", number=number))


def _is_file(failure: Failure) -> bool:
    """Whether a failure is of a file or folder on the disk, which can be read again."""
    return Path(failure.source).is_absolute()


def _row(failure: Failure) -> dict[str, Any]:
    failure = failure.known()
    told = failure.to_dict() | {"file": _is_file(failure)}
    key = {"key": failure.reason.reason.key} if isinstance(failure.reason, Told) else {}
    return told | key | {"address": failure.source if failure.source.startswith(("http://", "https://")) else None}
