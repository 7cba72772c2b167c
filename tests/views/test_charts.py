"""Charts: where bars and columns stand, in both directions of reading, and that nothing of a name becomes markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from marsad.views.charts import Bar, bar_chart, column_chart

_SVG = "{http://www.w3.org/2000/svg}"
_BARS = (Bar("Homs", 10, 20, 12, "10 to 20"), Bar("حلب", 5, 5, None, "5"), Bar("unknown", None, None))


def _rects(chart: str, kind: str) -> list[tuple[float, float, float, float]]:
    found = [e for e in ET.fromstring(chart).iter(f"{_SVG}rect") if e.get("class") == kind]
    return [tuple(float(e.get(k) or 0) for k in ("x", "y", "width", "height")) for e in found]  # type: ignore[misc]


def test_bars_reach_from_the_least_to_the_most() -> None:
    sure, may = _rects(bar_chart("t", _BARS), "least"), _rects(bar_chart("t", _BARS), "most")
    assert [round(r[2]) for r in sure] == [round(may[0][2]), round(sure[0][2] / 2)]
    assert may[0][0] == sure[0][0] + sure[0][2]
    assert len(may) == 1


def test_bars_grow_to_the_left_where_reading_begins_at_the_right() -> None:
    plain, mirrored = _rects(bar_chart("t", _BARS), "least"), _rects(bar_chart("t", _BARS, mirrored=True), "least")
    width = 760
    assert [round(x) for x, *_ in mirrored] == [round(width - x - wide) for x, _, wide, _ in plain]
    names = [e for e in ET.fromstring(bar_chart("t", _BARS, mirrored=True)).iter(f"{_SVG}text") if e.get("class") == "name"]
    assert all(float(e.get("x") or 0) > mirrored[0][0] and e.get("text-anchor") == "start" for e in names)


def test_a_best_number_is_a_mark_only_where_the_number_is_a_range() -> None:
    both = bar_chart("t", (Bar("a", 1, 9, 4), Bar("b", 4, 4, 4)))
    assert both.count('class="best"') == 1


def test_time_runs_from_left_to_right_in_both_directions_of_reading() -> None:
    months = [Bar(f"2024-{n:02}", n, n + 1, None, str(n)) for n in range(1, 13)]
    for mirrored in (False, True):
        heights = [h for *_, h in sorted(_rects(column_chart("t", months, mirrored=mirrored), "least"))]
        assert heights == sorted(heights)
    ticks = [
        float(e.get("x") or 0)
        for e in ET.fromstring(column_chart("t", months, mirrored=True)).iter(f"{_SVG}text")
        if e.text == "15"
    ]
    assert ticks == [] or min(ticks) > 700


def test_the_scale_of_numbers_stands_where_reading_begins() -> None:
    def side(*, mirrored: bool) -> float:
        texts = ET.fromstring(column_chart("t", [Bar("2024", 8, 8)], mirrored=mirrored)).iter(f"{_SVG}text")
        return next(float(e.get("x") or 0) for e in texts if e.text == "0")

    assert side(mirrored=False) < 100 and side(mirrored=True) > 660


def test_years_and_months_are_named_once() -> None:
    chart = column_chart("t", [Bar(f"{y}-{m:02}", 1, 1) for y in (2022, 2023) for m in range(1, 13)])
    words = [e.text for e in ET.fromstring(chart).iter(f"{_SVG}text") if e.get("class") == "year"]
    assert words == ["2022", "2023"]


def test_charts_without_numbers_are_drawn() -> None:
    ET.fromstring(column_chart("t", []))
    ET.fromstring(column_chart("t", [Bar("2024-01", None, None), Bar("2024-02", 0, 0)]))
    ET.fromstring(bar_chart("t", []))


def test_names_are_no_markup_and_nothing_needs_a_style_or_a_script() -> None:
    name = '"><script>alert(1)</script>'
    for chart in (bar_chart(name, [Bar(name, 1, 2, None, name, link=name)]), column_chart(name, [Bar(name, 1, 2, None, name)])):
        ET.fromstring(chart)
        assert "<script" not in chart and "style=" not in chart
