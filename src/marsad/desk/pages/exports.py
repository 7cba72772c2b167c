"""Exports: what leaves the register, chosen, looked at before, and taken away as a file; and what left before."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from sqlalchemy import Connection
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from marsad.counting import policies, policy
from marsad.counting.dossier import GRADES
from marsad.desk.context import Analyst, Desk
from marsad.desk.errors import ForbiddenError
from marsad.desk.screens import Screen
from marsad.errors import InputError
from marsad.exports.formats import format_of, formats
from marsad.exports.material import Filter
from marsad.exports.outgoing import Choice, Outcome, outgoing, written
from marsad.exports.profiles import profile, profiles
from marsad.exports.worktable import rows, write_table
from marsad.lexicon.reasons import refusal
from marsad.register import audit, facelist
from marsad.vocabulary import EVENT_TYPES

router = APIRouter()
SCREEN = Screen("exports", "/exports", 70, "analyst")
# Incidents in a preview, and exports in the list of those before.
_SHOWN, _BEFORE = 20, 50
# What any analyst may take away; other profiles need a reviewer.
_OPEN = "public"
_TABLE = "table"
_Word = Annotated[str, Query(max_length=200)]
_Text = Annotated[str, Form(max_length=200)]


@router.get("/exports")
def page(
    desk: Analyst,
    to: _Word = "csv",
    let: _Word = _OPEN,
    by: _Word = "",
    since: _Word = "",
    until: _Word = "",
    country: _Word = "",
    type: _Word = "",
    grade: _Word = "",
    after: _Word = "",
    preview: bool = False,
) -> Response:
    """The form, with what would leave where it is asked for, and what left before."""
    told = {"to": to, "let": let, "by": by, **_narrow(desk, since, until, country, type, grade)}
    data: dict[str, Any] = {
        "told": told,
        "formats": [{"name": name, "policy": format_of(name).policy} for name in formats()],
        "profiles": [name for name in profiles() if name == _OPEN or desk.can("reviewer")],
        "policies": policies(),
        "types": EVENT_TYPES,
        "grades": GRADES,
        "preview": None,
    }
    with desk.snapshot() as connection:
        if preview and to != _TABLE:
            data["preview"] = _preview(connection, _choice(desk, told), told, after)
        data["before"] = [_left(entry) for entry in audit.entries(connection, action="export", limit=_BEFORE)]
    return desk.page("exports/page.html", data)


@router.post("/exports/file")
def file(
    desk: Analyst,
    to: _Text,
    let: _Text = _OPEN,
    by: _Text = "",
    since: _Text = "",
    until: _Text = "",
    country: _Text = "",
    type: _Text = "",
    grade: _Text = "",
    why: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """The file, which the log notes with its hash."""
    told = {"to": to, "let": let, "by": by, **_narrow(desk, since, until, country, type, grade)}
    folder = Path(tempfile.mkdtemp(prefix="marsad-export-"))
    try:
        path, detail = _file(desk, told, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    desk.register.exported(to, {**detail, "file": path.name}, desk.who, why)
    return FileResponse(path, filename=path.name, background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True))


def _file(desk: Desk, told: dict[str, str], folder: Path) -> tuple[Path, dict[str, Any]]:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    if told["to"] == _TABLE:
        _allow(desk, "internal")
        path = folder / f"marsad-table-{stamp}.xlsx"
        with desk.snapshot() as connection:
            count = write_table(path, rows(connection, _filter(told)), "xlsx")
        return path, {"format": _TABLE, "rows": count, "choice": _filter(told).to_dict()}
    choice = _choice(desk, told)
    path = folder / f"marsad-{told['to']}-{told['let']}-{stamp}.{choice.format.ending}"
    with desk.snapshot() as connection:
        outcome = written(connection, choice, path)
    return path, choice.about() | {"incidents": outcome.left, "sha256": outcome.sha256}


def _narrow(desk: Desk, since: str, until: str, country: str, type: str, grade: str) -> dict[str, str]:
    return {
        "since": desk.day(since), "until": desk.day(until), "country": country.strip().upper(), "type": type, "grade": grade,
    }  # fmt: skip


def _filter(told: dict[str, str]) -> Filter:
    return Filter(told["since"], told["until"], told["country"], told["type"], told["grade"])


def _allow(desk: Desk, name: str) -> None:
    if name != _OPEN and not desk.can("reviewer"):
        raise ForbiddenError(desk.t("base.forbidden", role=desk.t("base.role.reviewer")))


def _choice(desk: Desk, told: dict[str, str]) -> Choice:
    """What is chosen, checked.

    Raises:
        InputError: one of the names is none. ForbiddenError: the person may not use that profile.
    """
    form, let = format_of(told["to"]), profile(told["let"])
    _allow(desk, let.name)
    for name, known in (("type", EVENT_TYPES), ("grade", GRADES)):
        if told[name] and told[name] not in known:
            raise InputError(refusal("export.word", told=told[name], known=known))
    return Choice(form, let, policy(told["by"] or form.policy), _filter(told), date.today().isoformat())


def _preview(connection: Connection, choice: Choice, told: dict[str, str], after: str) -> dict[str, Any]:
    """The first incidents of those that are chosen: what leaves of each, what is held back, and what stays."""
    narrow = facelist.Narrow(
        since=told["since"], until=told["until"], country=told["country"], type=told["type"], grade=told["grade"]
    )
    listed = facelist.faces(connection, narrow, "code", after, _SHOWN)
    outcome = Outcome()
    ids = [row["incident_id"] for row in listed.rows]
    mapper = choice.format.mapper
    shown = []
    for treated, cells in outgoing(connection, choice, outcome, jobs=1, ids=ids):
        values = dict(zip(mapper.names, cells, strict=True)) if mapper else dict(treated.fields or {})
        there = {name: value for name, value in values.items() if value not in (None, "", [], {})}
        shown.append(
            {"code": treated.code, "leaves": there, "held": [{"field": h.field} | h.why.to_dict() for h in treated.held]}
        )
    return {
        "incidents": shown, "stayed": [{"code": code} | why.to_dict() for code, why in outcome.stayed],
        "number": facelist.number(connection, narrow), "looked": len(ids), "next": listed.next,
    }  # fmt: skip


def _left(entry: audit.Entry) -> dict[str, Any]:
    detail = entry.detail
    return {
        "number": entry.number, "at": entry.at, "who": entry.who, "what": entry.subject, "why": entry.why,
        "profile": detail.get("profile", ""), "policy": detail.get("policy", ""), "file": detail.get("file", ""),
        "incidents": detail.get("incidents", detail.get("rows", detail.get("claims"))), "sha256": detail.get("sha256", ""),
    }  # fmt: skip
