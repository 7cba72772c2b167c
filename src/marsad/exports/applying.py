"""Applying: an edited working table against the register: what differs, what is wrong with it, and storing it wholly or not at all."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from marsad.errors import InputError, MarsadError
from marsad.exports.cellvalues import corrected_slots, day_orders, same
from marsad.exports.material import Gathered, pages
from marsad.exports.tablefiles import TableRow, plain
from marsad.exports.worktable import cells_of, columns
from marsad.register import decisions, documentrecords, incidents, queries, schema
from marsad.register.assignments import Located
from marsad.register.audit import Event, append
from marsad.register.corrections import corrected
from marsad.register.decisions import verdict_of
from marsad.register.rows import parts

__all__ = ["Change", "Plan", "Problem", "apply", "planned"]

_m = schema.incident_claim.c
_VERDICTS = ("accept", "reject")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs from the register: ``before`` is what the register has."""

    row: int
    claim: str
    column: str
    before: str
    after: str

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a table cannot be applied: row and column as a spreadsheet shows them, and what to do."""

    row: int
    column: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class _Step:
    """What is done for one row: slots that are corrected, a verdict, an incident that the claim moves to."""

    row: int
    claim: str
    why: str
    values: dict[str, Any]
    verdict: str = ""
    incident: str = ""


@dataclass(slots=True)
class Plan:
    """What a table would change.

    Attributes:
        changes: cells that differ, in the order of the file. problems: why it cannot be applied.
        notes: what is passed over, in words. rows: how many rows were looked at.
        steps: what is done, row by row.
    """

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    steps: list[_Step] = field(default_factory=list)

    def documents(self) -> set[str]:
        """Ids of the documents whose claims are decided on."""
        return {step.claim.partition(".")[0] for step in self.steps}

    def to_dict(self) -> dict[str, Any]:
        """The plan as data for JSON."""
        return {
            "rows": self.rows, "changes": [c.to_dict() for c in self.changes], "problems": [p.to_dict() for p in self.problems],
            "notes": self.notes,
        }  # fmt: skip


def planned(connection: Connection, table: Sequence[TableRow], located: Located, why: str = "") -> Plan:
    """What a table would change.

    Args:
        connection: a transaction that sees one state.
        table: its rows.
        located: what the gazetteer knows of an id.
        why: reason for rows that give none.
    """
    return _Planning(connection, table, located, why).result()


def apply(
    connection: Connection, table: Sequence[TableRow], located: Located, who: str, why: str, file: str, sha256: str
) -> Plan:
    """Apply a table: all of it, or nothing and an error.

    Args:
        connection: a writing transaction, so that nobody changes anything between the check and the end.
        table, located, why: as of :func:`planned`.
        who: who decides. file, sha256: name and hash of the file, for the log.

    Raises:
        InputError: the table has problems. RegisterError: a decision cannot be stored.
    """
    plan = planned(connection, table, located, why)
    if plan.problems:
        first = plan.problems[0]
        raise InputError(f"{file}: row {first.row}, column {first.column}: {first.message}; nothing was applied")
    for step in plan.steps:
        if step.values:
            decisions.decide(connection, step.claim, "correct", step.values, who, step.why)
        if step.verdict:
            decisions.decide(connection, step.claim, step.verdict, None, who, step.why)
        if step.incident:
            incidents.move(connection, step.claim, step.incident, who, step.why)
    if plan.steps:
        detail = {"sha256": sha256, "rows": len(plan.steps), "cells": len(plan.changes)}
        append(connection, [Event("apply", file, detail)], who, why)
    return plan


class _Planning:
    def __init__(self, connection: Connection, table: Sequence[TableRow], located: Located, why: str) -> None:
        self.connection, self.table, self.located, self.why = connection, table, located, why
        self.plan = Plan(rows=len(table))
        self.there: dict[str, tuple[Gathered, dict[str, Any], str]] = {}

    def result(self) -> Plan:
        claims = [_claim(row) for row in self.table]
        self._gather(claims)
        orders = day_orders(
            [
                (plain(row.cells.get("date", "")), self._cells(claim)["date"])
                for row, claim in zip(self.table, claims, strict=True)
                if claim in self.there
            ]
        )
        known = {column.name for column in columns()}
        strange = dict.fromkeys(name for row in self.table[:1] for name in row.cells if name not in known)
        self.plan.notes += [f"column {name!r} is none of the table and is passed over" for name in strange]
        seen: dict[str, int] = {}
        for row, claim in zip(self.table, claims, strict=True):
            if claim in seen:
                self._problem(row, "claim", f"the claim stands in row {seen[claim]} already")
            elif claim not in self.there:
                self._problem(row, "claim", self._unknown(claim))
            else:
                self._row(row, claim, orders)
            seen.setdefault(claim, row.number)
        return self.plan

    def _problem(self, row: TableRow, column: str, message: str) -> None:
        self.plan.problems.append(Problem(row.number, column, message))

    def _gather(self, claims: Sequence[str]) -> None:
        homes: list[str] = []
        for part in parts(sorted(set(claims))):
            homes += self.connection.scalars(select(_m.incident_id).where(_m.claim_id.in_(part)))
        for page in pages(self.connection, sorted(set(homes))):
            for gathered in page:
                for body in gathered.claims:
                    self.there[body.id] = (gathered, body.value(), verdict_of(body.decisions))

    def _cells(self, claim: str) -> dict[str, str]:
        return cells_of(*self.there[claim])

    def _unknown(self, claim: str) -> str:
        if not claim:
            return "there is no id of a claim; rows cannot be added here"
        if queries.records(self.connection, [claim]):
            return f"the claim {claim} is in no incident now, or rejected; take it out of the table"
        return f"there is no claim {claim}; rows cannot be added here, and ids must stay as they were written"

    def _row(self, row: TableRow, claim: str, orders: set[str]) -> None:
        there = self._cells(claim)
        given = {name: plain(cell) for name, cell in row.cells.items()}
        changed = [
            column
            for column in columns()
            if column.edit
            and column.name in given
            and column.name != "why"
            and not same(column.name, given[column.name], plain(there[column.name]))
        ]
        fixed = [c.name for c in columns() if not c.edit and c.name not in ("claim", "version") and c.name in given]
        if moved := [name for name in fixed if given[name] != plain(there[name]) and not _mangled(given[name])]:
            self.plan.notes.append(f"row {row.number}: {', '.join(moved)} cannot be changed here and is passed over")
        if not changed:
            return
        if given["version"] != there["version"]:
            self._problem(
                row,
                "version",
                f"somebody changed claim {claim} since the table was written; write it anew and edit that row again",
            )
            return
        step = _Step(row.number, claim, row.cells.get("why", "").strip() or self.why, {})
        if not step.why.strip():
            self._problem(row, "why", "a reason is needed: write it here, or give one for all with --why")
        body = copy.deepcopy(self.there[claim][1])
        for column in changed:
            cell = given[column.name]
            self.plan.changes.append(Change(row.number, claim, column.name, there[column.name], cell))
            # Half a point is none: its halves are checked together when the second one has its turn.
            half = column.name == "latitude" and any(other.name == "longitude" for other in changed)
            try:
                self._cell(step, body, column.name, cell, orders, half)
            except MarsadError as error:
                self._problem(row, column.name, str(error))
        self.plan.steps.append(step)

    def _cell(self, step: _Step, body: dict[str, Any], column: str, cell: str, orders: set[str], half: bool) -> None:
        if column == "incident":
            step.incident = incidents.find(self.connection, cell) if cell else ""
            if not cell:
                raise InputError("an incident is needed; take a claim out of one with: marsad split, or reject it")
        elif column == "verdict":
            if cell.lower() not in _VERDICTS:
                raise InputError(f"{cell!r}: accept or reject is expected; decisions are taken back with: marsad undo")
            step.verdict = cell.lower()
        else:
            slots = corrected_slots(body, column, cell, self.located, orders)
            if not half:
                self._check(step.claim, slots, cell)
            body.update(slots)
            step.values.update(slots)

    def _check(self, claim: str, slots: dict[str, Any], cell: str) -> None:
        try:
            corrected(slots, documentrecords.text_of(self.connection, claim.partition(".")[0]))
        except InputError as error:
            bare = any(not entry["evidence"] for told in slots.values() if isinstance(told, list) for entry in told)
            # A spreadsheet has no field for evidence: it stands in the cell, behind the value.
            raise InputError(f"{error}; in the cell, behind what is new: {cell}@WORDS") if bare and "@" not in cell else error


def _claim(row: TableRow) -> str:
    return plain(row.cells["claim"]).removeprefix("c-")


def _mangled(cell: str) -> bool:
    """Whether a cell may be a day that a spreadsheet wrote in its own way."""
    return any(mark in cell for mark in "/.") and not any(c.isalpha() for c in cell)
