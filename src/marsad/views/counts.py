"""Counts as rows, CSV and a chart: the numbers of many incidents by a policy."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from marsad.counting import Figure, SumCheck, Together, Total
from marsad.counting.totals import Row, Sum
from marsad.lexicon.reasons import texts
from marsad.views.charts import Bar, bar_chart
from marsad.views.incidents import extent
from marsad.views.terminal import safe

__all__ = ["count_csv", "count_heads", "count_rows", "count_svg", "sum_row", "together_lines"]


def count_heads(total: Total) -> tuple[str, ...]:
    """The heads of the columns of ``count_rows``."""
    return (*total.by, "incidents", " ".join(reversed(total.headline)), "injured", "beside", "left out")


def count_rows(total: Total) -> list[tuple[str, ...]]:
    """A row for each group and one for all together, which names the policy."""
    rows = [_cells(row, row.key, total) for row in total.rows]
    blank = ("all", *[""] * (len(total.by) - 1)) if total.by else ()
    return [*rows, _cells(total.all, blank, total)]


def count_csv(total: Total) -> str:
    """All sums as CSV: a line for each group, kind and people, each with the policy that counted them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "policy",
            "version",
            *total.by,
            "kind",
            "who",
            "low",
            "best",
            "high",
            "open",
            "incidents",
            "counted",
            "beside",
            "left_out",
        ]
    )
    for row in (*total.rows, total.all):
        key = row.key or ("all",) * len(total.by)
        for s in row.sums:
            writer.writerow(
                [
                    total.policy, total.version, *map(_plain, key), s.kind, s.who, s.low, "" if s.best is None else s.best, s.high,
                    "yes" if s.open else "", s.incidents, row.counted, row.beside, row.left_out,
                ]
            )  # fmt: skip
    return out.getvalue()


def count_svg(total: Total) -> str:
    """A chart of the headline number: a bar for each group, from its least to its most, with the best number as a mark."""
    rows = [(", ".join(row.key), row.sum(*total.headline)) for row in total.rows] or [("all", total.all.sum(*total.headline))]
    bars = [
        Bar(label, None, None) if told is None else Bar(label, told.low, told.high, told.best, _sum(told)) for label, told in rows
    ]  # fmt: skip
    return bar_chart(f"{', '.join(total.headline)} (policy {total.policy}, version {total.version})", bars)


def sum_row(check: SumCheck) -> tuple[str, ...]:
    """An aggregate against the incidents that fall within it."""
    toll = f"{extent(check.low, None if check.open else check.high)} {check.kind}"
    inside = extent(check.sum_low, check.sum_high)
    return check.aggregate, toll, str(len(check.inside)), inside, check.verdict, safe(check.reason.text())


def together_lines(told: Together) -> Iterator[str]:
    """What an incident's claims say together: numbers, tolls by day, who is said to have done it, and the suggested grade."""
    figures = [f for f in told.figures if f.who in ("all", "civilian", "combatant") or f.who.isalpha()]
    if figures:
        yield "numbers"
        for figure in figures:
            yield f"  {figure.kind:12} {figure.who.replace('_', ' '):16} {_figure(figure)}{'  (status contested)' if figure.contested else ''}"
    if len({(p.day, p.low, p.high) for p in told.timeline}) > 1:
        yield "tolls by day of publication"
        for point in told.timeline:
            number = extent(point.low, None if point.open else point.high)
            yield f"  {point.day or 'unknown':12} {point.kind:12} {number:10} {safe(', '.join(point.origins))}"
    if told.allegations:
        yield "said to have done it"
        for allegation in told.allegations:
            by = f"by {allegation.count}{'+' if allegation.at_least else ''} origins" if allegation.count else ""
            own = "says so itself" if allegation.admitted else ""
            yield f"  {allegation.party or safe(allegation.name):16} {', '.join(part for part in (by, own) if part)}"
    for contradiction in told.contradictions:
        yield f"contradiction in {contradiction.slot}: {safe(contradiction.reason.text())}"
    if told.grade.grade is not None:
        yield f"suggested grade  {told.grade.grade}, for a person to sign: {safe('; '.join(texts(told.grade.reasons)))}"
    for warning in told.warnings:
        yield f"check  {safe(warning.text())}"


def _cells(row: Row, key: tuple[str, ...], total: Total) -> tuple[str, ...]:
    headline, injured = row.sum(*total.headline), row.sum("injured", "all")
    cells = (
        *key, str(row.counted), "" if headline is None else _sum(headline), "" if injured is None else _sum(injured),
        str(row.beside), str(row.left_out),
    )  # fmt: skip
    return tuple(safe(cell) for cell in cells)


def _sum(told: Sum) -> str:
    best = "" if told.best is None or told.low == told.high else f" (best {told.best})"
    return extent(told.low, told.high) + ("+" if told.open else "") + best


def _figure(told: Figure) -> str:
    return extent(told.low, told.high) + (" or more" if told.open else "")


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t" else cell
