"""Charts: harm by month, place, source and kind under a named policy, each with a table behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.responses import Response

from marsad.counting import policies, policy
from marsad.desk import charting
from marsad.desk.context import Desk, Reader
from marsad.desk.screens import Screen
from marsad.errors import InputError
from marsad.register.counted import Counted, Face, faces
from marsad.register.spots import Choice, countries
from marsad.views.charts import bar_chart, column_chart

router = APIRouter()
SCREEN = Screen("charts", "/charts", 45)
_LIMIT = 20
_Made = tuple[Mapping[str, Sequence[charting.Group]], Mapping[str, int]]
_Word = Annotated[str, Query(max_length=100)]


@router.get("/charts")
def page(
    desk: Reader,
    by: Annotated[str, Query(max_length=100, alias="policy")] = "airwars-range",
    since: _Word = "",
    until: _Word = "",
    country: _Word = "",
) -> Response:
    """The numbers of a policy by month, place, source and kind."""
    Choice(since, until)
    if by not in policies():
        raise InputError(desk.t("base.invalid", wrong=by))
    told = policy(by)
    found, latest = charting.kept(desk, told)
    with desk.snapshot() as connection:
        lands = [{"code": code, "name": desk.land(code)} for code, _ in countries(connection)]
    made: _Made = _tables(desk, {}, {})
    if found is not None:
        counts = found.of.counts

        def make() -> _Made:
            with desk.snapshot() as connection:
                return _tables(desk, counts, faces(connection, desk.language, since=since, until=until, country=country))

        # Faces change only with what is counted, or with a grade, so those of now belong to the counts of this state.
        made = found.table((desk.language, since, until, country), make) if latest else make()
    tables, incidents = made
    data = {
        "policy": {
            "name": told.name,
            "version": told.version,
            "headline": list(told.headline),
            "about": told.told(desk.language),
        },
        "narrow": {"since": since, "until": until, "country": country},
        "latest": latest,
        "ready": found is not None,
        "incidents": {name: incidents.get(name, 0) for name in ("counted", "beside", "left out")},
        "tables": {name: [group.to_dict() for group in groups] for name, groups in tables.items()},
    }
    if desk.wants_json:
        return desk.json(data)
    mirrored = desk.language == "ar"
    charts = {}
    for name, groups in tables.items():
        draw = column_chart if name == "month" else bar_chart
        # Escaped where it is drawn.
        charts[name] = Markup(draw(desk.t(f"charts.{name}"), [g.bar() for g in groups], mirrored=mirrored))
    return desk.page("charts/charts.html", data | {"charts": charts, "policies": list(policies()), "countries": lands})


def _tables(desk: Desk, counts: Mapping[str, Counted], apart: Mapping[str, Face]) -> _Made:
    """The groups of each chart, and how many incidents are counted or not."""
    unknown = desk.t("base.unknown")

    def source(counted: Counted, _: Face) -> Iterable[str]:
        return [name or f"{desk.t('charts.unnamed')}: {_named(desk, 'sourceKind', kind)}" for name, kind in counted.origins]

    tables = {
        "month": charting.by_day(counts, apart),
        "place": charting.by_name(counts, apart, lambda _, f: [f.unit or unknown], _LIMIT),
        "source": charting.by_name(counts, apart, source, _LIMIT),
        "kind": charting.by_name(counts, apart, lambda _, f: [_named(desk, "type", f.type or "") or unknown]),
    }
    return tables, Counter(counts[i].standing for i in apart if i in counts)


def _named(desk: Desk, vocabulary: str, value: str) -> str:
    return desk.t(f"values.{vocabulary}.{value}") if value else ""
