"""The working table: a row for each claim of an incident, to be edited in a spreadsheet and applied again (``applying``)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from marsad.exports.mapping import Cell
from marsad.exports.material import Filter, Gathered, codes, pages, values_of
from marsad.exports.writers.sheet import guarded
from marsad.exports.writers.workbook import workbook
from marsad.lexicon.table import read_table
from marsad.register.canonical import digest
from marsad.register.decisions import verdict_of
from marsad.vocabulary import HARM_KINDS

__all__ = ["TableColumn", "cells_of", "columns", "rows", "version_of", "write_table"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of the working table: whether changes are taken, and the slot of the claim that it is a value of, or the empty text."""

    name: str
    edit: bool
    slot: str
    about: str


@lru_cache(maxsize=1)
def columns() -> tuple[TableColumn, ...]:
    """The columns in their order."""
    return tuple(
        TableColumn(row["column"], row["edit"] == "yes", row["slot"], row["about"]) for row in read_table("exports/table.tsv")
    )


def rows(connection: Connection, narrow: Filter) -> Iterator[list[str]]:
    """The rows of incidents in the order of their codes, claim by claim."""
    for page in pages(connection, codes(connection)):
        for gathered in page:
            verdicts = {body.id: verdict_of(body.decisions) for body in gathered.claims}
            for value in values_of(gathered, narrow):
                told = cells_of(gathered, value, verdicts[value["id"]])
                yield [told[column.name] for column in columns()]


def cells_of(gathered: Gathered, value: dict[str, Any], verdict: str) -> dict[str, str]:
    """The cells of a claim with what people decided on it, by column."""
    report = gathered.reports[value["document"]]
    place = value["place"]
    made = {
        "incident": gathered.code,
        # With a letter in front, since a spreadsheet takes some ids for numbers.
        "claim": f"c-{value['id']}",
        "version": version_of(gathered.code, value, verdict),
        "verdict": verdict if verdict != "add" else "",
        "scope": value["scope"],
        "status": value["status"],
        "type": value["type"],
        "date": _date(value["date"]),
        "place": place["name"] or "",
        "place_id": place["gazetteer"] or "",
        "country": place["country"] or "",
        "latitude": _number(place["latitude"]),
        "longitude": _number(place["longitude"]),
        "perpetrators": ", ".join(map(party_text, value["perpetrators"])),
        "targets": ", ".join(map(party_text, value["targets"])),
        "sites": ", ".join(site["kind"] for site in value["sites"]),
        "weapons": ", ".join(weapon["kind"] for weapon in value["weapons"]),
        "why": "",
        "published": report.published or "",
        "publisher": report.publisher or "",
        "sources": "; ".join(source["name"] for source in value["sources"]),
        "quote": " … ".join(evidence["text"] for evidence in value["trigger"]),
    }
    for kind in HARM_KINDS:
        made[kind] = "; ".join(_count(h) for h in value["harm"] if h["kind"] == kind)
    return made


def version_of(code: str, value: dict[str, Any], verdict: str) -> str:
    """The mark of a row: another one wherever the claim, the decision on it or its incident is another."""
    return "v" + digest([code, value, verdict])[:12]


def party_text(party: dict[str, Any]) -> str:
    """A party as its cell has it."""
    return str(party["id"] or "?" + str(party["name"]).replace(",", " "))


def _date(date: dict[str, Any]) -> str:
    start, end = date["start"], date["end"]
    if start is None and end is None:
        return ""
    if start == end:
        return str(start)
    return f"{start or ''}..{end or ''}"


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def _count(harm: dict[str, Any]) -> str:
    low, high = harm["min"], harm["max"]
    if low is None:
        return "?"
    return f"{low}.." if high is None else str(low) if low == high else f"{low}..{high}"


def write_table(path: Path, made: Iterator[list[str]], kind: str) -> int:
    """Write the table as ``csv`` (with the mark by which Excel knows UTF-8) or ``xlsx``; returns how many rows it has."""
    heads = [column.name for column in columns()]
    count = 0

    def counted() -> Iterator[list[str]]:
        nonlocal count
        for row in made:
            count += 1
            yield row

    if kind == "xlsx":

        def sheet() -> Iterator[list[Cell]]:
            yield list(heads)
            for row in counted():
                yield [cell or None for cell in row]

        def about() -> Iterator[list[Cell]]:
            yield ["column", "about"]
            for column in columns():
                yield [column.name, column.about]

        workbook(path, [("table", sheet()), ("columns", about())])
        return count
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heads)
        writer.writerows([guarded(cell) for cell in row] for row in counted())
    return count
