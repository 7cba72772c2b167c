"""Incidents as rows and lines: what the claims of one event say, value by value, with who says it, and what contradicts.

A line holds at most one stretch of a text, at its end, so that it is readable whichever way the terminal sets Arabic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marsad.linking.explanation import IncidentExplanation, PairExplanation
from marsad.linking.results import Alone
from marsad.register.grades import Signature
from marsad.register.incidents import IncidentRow
from marsad.register.queries import ClaimRecord
from marsad.syndication.independence import Origins
from marsad.views.terminal import PLAIN, Screen, fit, safe

__all__ = [
    "ALONE",
    "DOUBT",
    "INCIDENT",
    "alone_row",
    "explanation_lines",
    "extent",
    "grade_cell",
    "incident_lines",
    "incident_row",
    "signature_line",
    "values",
]

# Heads of the columns of the rows.
INCIDENT = ("code", "days", "country", "place", "type", "killed", "claims", "witnesses", "grade")
DOUBT = ("chance", "first", "second", "why")
ALONE = ("claim", "kind", "day", "place", "type", "why")
_INDENT = 15
_SINGLE = ("type", "date", "place")
_MANY = ("perpetrators", "targets", "sites", "weapons", "harm")


def incident_row(row: IncidentRow) -> tuple[str, ...]:
    """An incident in a list."""
    days = "undated" if row.start is None else row.start if row.start == row.end else f"{row.start}..{row.end}"
    killed = "" if row.killed is None else extent(*row.killed)
    cells = (
        row.code, days, row.country or "", row.places[0] if row.places else "", _plain(row.types[0]) if row.types else "", killed,
        str(len(row.claims)), str(row.witnesses), grade_cell(row.suggested, row.signed, row.stale),
    )  # fmt: skip
    return tuple(safe(" ".join(cell.split())) for cell in cells)


def alone_row(told: Alone, record: ClaimRecord | None) -> tuple[str, ...]:
    """A claim in no incident as cells under the heads ``ALONE``."""
    value: dict[str, Any] = record.value if record else {"date": {"start": None}, "place": {"name": None}, "type": ""}
    cells = (
        told.claim, told.kind, value["date"]["start"] or "", value["place"]["name"] or "", _plain(value["type"]), told.reason.text(),
    )  # fmt: skip
    return tuple(safe(" ".join(cell.split())) for cell in cells)


def grade_cell(suggested: str | None, signed: str | None, stale: bool) -> str:
    """A grade in a list: as signed, "(stale)" where the claims have changed since, or what is suggested with a question mark."""
    if signed is not None:
        return f"{signed} (stale)" if stale else signed
    return f"{suggested}?" if suggested else ""


def signature_line(signature: Signature, stale: bool) -> str:
    """A signed grade in a line."""
    since = "  (claims have changed since: look again)" if stale else ""
    return f"signed grade  {signature.grade}, {safe(signature.who)} on {signature.at[:10]}: {safe(signature.why)}{since}"


def explanation_lines(explained: IncidentExplanation, codes: Mapping[str, str]) -> Iterator[str]:
    """Why an incident holds together, and what it would fit next best; ``codes`` are those of other incidents by id."""

    def pair(head: str, told: PairExplanation) -> Iterator[str]:
        yield ""
        yield f"{head}{told.claims[0]} and {told.claims[1]}: {told.probability:.0%}, {told.weight:+.1f} bits"
        for one in (*told.speaking, *told.against):
            yield f"  {one.weight:+6.1f}  {safe(one.why.text())}"
        if told.excluded is not None:
            yield f"          excluded: {safe(told.excluded.text())}"

    for link in dict.fromkeys(explained.links):
        yield from pair("", link)
    if explained.weakest is not None and explained.weakest not in explained.links:
        yield from pair("weakest pair  ", explained.weakest)
    if explained.alternative is not None and explained.against is not None:
        yield from pair(
            f"best alternative  {codes.get(explained.alternative, explained.alternative)}, against it: ", explained.against
        )


def values(records: Sequence[ClaimRecord]) -> dict[str, dict[str, list[str]]]:
    """What claims say: by slot each value in words, with the ids of the claims that say it, in their order; unknown values are left out."""
    told: dict[str, dict[str, list[str]]] = {}
    for record in records:
        for slot, value in _told(record.value):
            claims = told.setdefault(slot, {}).setdefault(value, [])
            if record.id not in claims:
                claims.append(record.id)
    return told


def incident_lines(
    row: IncidentRow, records: Sequence[ClaimRecord], origins: Origins, judged: Sequence[str], screen: Screen = PLAIN
) -> Iterator[str]:
    """An incident with all that its claims say.

    Args:
        row: the incident.
        records: its claims, the earliest published first.
        origins: the independent origins of these.
        judged: what people judged on it, in words.
        screen: what it is shown on.
    """
    yield f"{row.code}  ({row.id})"
    more = "at least " if origins.at_least else ""
    yield f"{len(row.claims)} claims of {row.witnesses} reports, {more}{origins.count} independent origins"
    letters = {record.id: _letter(number) for number, record in enumerate(records)}
    told = values(records)
    for slot in (*_SINGLE, *_MANY):
        if slot in told:
            yield ""
            apart = "  (the claims differ)" if slot in _SINGLE and len(told[slot]) > 1 else ""
            yield f"{slot}{apart}"
            for value, claims in told[slot].items():
                yield from fit(f"  {' '.join(letters[c] for c in claims):{_INDENT}} {screen.isolate(safe(value))}", screen.width)
    denied = [record for record in records if record.value["status"] == "denied"]
    if denied:
        yield ""
        yield f"denied by      {' '.join(letters[record.id] for record in denied)}"
    yield ""
    yield "claims"
    for record in records:
        said = ", ".join(s["name"] for s in record.value["sources"] if s["role"] == "origin") or "no source named"
        verdict = f" ({record.verdict})" if record.verdict else ""
        yield from fit(f"  {letters[record.id]:4}{record.id}{verdict}  {screen.isolate(safe(said))}", screen.width)
    if judged:
        yield ""
        yield "judged"
        for line in judged:
            yield from fit(f"  {safe(line)}", screen.width)


def _told(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "type", _plain(value["type"])
    start, end = value["date"]["start"], value["date"]["end"]
    if start or end:
        yield "date", start if start == end else f"{start or ''}..{end or ''}"
    if value["place"]["name"]:
        yield "place", value["place"]["name"]
    for slot in ("perpetrators", "targets"):
        for party in value[slot]:
            yield slot, party["id"] or party["name"]
    for slot in ("sites", "weapons"):
        for item in value[slot]:
            yield slot, _plain(item["kind"])
    for harm in value["harm"]:
        number = "?" if harm["min"] is None else extent(harm["min"], harm["max"])
        yield "harm", f"{number} {harm['kind']}, {harm['status']}" + (f" of {harm['group']}" if harm["group"] else "")


def extent(low: int, high: int | None) -> str:
    """A number of people from the least to the most; ``high`` is None where there may be any number more."""
    return f"{low}+" if high is None else str(low) if low == high else f"{low} to {high}"


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _letter(number: int) -> str:
    """A, B, ..., Z, A1, B1, ...: short names of claims within one incident."""
    return chr(ord("A") + number % 26) + (str(number // 26) if number >= 26 else "")
