"""Charts as SVG: bars of ranges by name, and columns of ranges over time.

Numbers are ranges: what is sure stands in full colour, what may be in a lighter one, and a best number, where a policy has one, as
a mark across. Names begin where a language begins to be read, so bars are mirrored for Arabic; time runs from left to right in
both, as Arabic newspapers, statistical offices and school books print it, and its scale stands on the side where reading begins.
Colours are attributes that style sheets may override by class; nothing needs a script or an inline style.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from marsad.text.direction import isolated

__all__ = ["Bar", "bar_chart", "column_chart"]

_WIDTH = 760
_LABEL, _NUMBER, _ROW, _THICK = 210, 120, 28, 16
_HEIGHT, _AXIS, _FOOT, _TOP = 260, 52, 40, 14
_LONGEST = 30
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of people from the least to the most.

    Attributes:
        label: the name, or of a column the month (``2024-05``), the year or the day.
        low, high: None where nothing is told.
        best: the best number, or None.
        text: the number in words, as it stands beside the bar.
        link: an address that the bar leads to, or the empty string.
    """

    label: str
    low: int | None
    high: int | None
    best: int | None = None
    text: str = ""
    link: str = ""


def bar_chart(title: str, bars: Sequence[Bar], *, mirrored: bool = False) -> str:
    """A bar for each name.

    Args:
        title: what is shown, for those who hear the page.
        bars: in the order in which they stand, the first on top.
        mirrored: whether names stand at the right and bars grow to the left.
    """
    height = _ROW * len(bars) + 8
    room = _WIDTH - _LABEL - _NUMBER
    most = max((b.high for b in bars if b.high), default=0) or 1
    lines = [_head(title, _WIDTH, height, "bars")]
    for number, bar in enumerate(bars):
        y = 4 + _ROW * number
        shapes = []
        if bar.low is not None and bar.high is not None:
            low, high = room * bar.low / most, room * bar.high / most
            shapes += _stretch(0, low, y + (_ROW - _THICK) / 2, "least", mirrored)
            shapes += _stretch(low, high, y + (_ROW - _THICK) / 2, "most", mirrored)
            if bar.best is not None and bar.low != bar.high:
                x = _at(room * bar.best / most, mirrored)
                shapes.append(f'<path class="best" d="M{x:.1f} {y + 3}v{_ROW - 6}" stroke="#1f1b16" stroke-width="2"/>')
            shapes.append(_text(_at(high + 8, mirrored), y + 19, bar.text, "end" if mirrored else "start", "figure"))
        shapes.append(_text(_at(-10, mirrored), y + 19, _short(bar.label), "start" if mirrored else "end", "name"))
        lines.append(_linked(bar, f"<g><title>{escape(_told(bar))}</title>{''.join(shapes)}</g>"))
    return "".join(lines) + "</svg>\n"


def column_chart(title: str, columns: Sequence[Bar], *, mirrored: bool = False) -> str:
    """A column for each month, year or day, the earliest at the left.

    Args:
        title: what is shown, for those who hear the page.
        columns: in the order of time, without gaps.
        mirrored: whether the scale of numbers stands at the right.
    """
    most = max((c.high for c in columns if c.high), default=0)
    scale = _scale(most)
    top = scale[-1]
    room, floor = _WIDTH - _AXIS - 12, _HEIGHT - _FOOT
    left = 12 if mirrored else _AXIS
    step = room / max(1, len(columns))
    wide = max(1.0, min(34.0, step * 0.72))
    lines = [_head(title, _WIDTH, _HEIGHT, "columns")]
    for value in scale:
        y = floor - (floor - _TOP) * value / top
        lines.append(f'<path class="grid" d="M{left} {y:.1f}h{room}" stroke="#ddd6ca"/>')
        lines.append(
            _text(left + room + 6 if mirrored else left - 6, y + 4, f"{value:,}", "start" if mirrored else "end", "tick")
        )
    for number, column in enumerate(columns):
        x = left + step * number + (step - wide) / 2
        parts = []
        if column.low is not None and column.high is not None:
            low = (floor - _TOP) * column.low / top
            high = (floor - _TOP) * column.high / top
            parts.append(_rect(x, floor - low, wide, low, "least"))
            parts.append(_rect(x, floor - high, wide, high - low, "most"))
            if column.best is not None and column.low != column.high:
                y = floor - (floor - _TOP) * column.best / top
                parts.append(f'<path class="best" d="M{x - 2:.1f} {y:.1f}h{wide + 4:.1f}" stroke="#1f1b16" stroke-width="2"/>')
        # What is touched is the whole height, so that a low column is found as easily as a high one.
        parts.append(
            f'<rect class="touch" x="{left + step * number:.1f}" y="{_TOP}" width="{step:.1f}" height="{floor - _TOP}" fill-opacity="0"/>'
        )
        lines.append(_linked(column, f"<g><title>{escape(_told(column))}</title>{''.join(parts)}</g>"))
    lines.append(f'<path class="axis" d="M{left} {floor}h{room}" stroke="#8a8171"/>')
    lines.extend(_times([c.label for c in columns], left, step, floor))
    return "".join(lines) + "</svg>\n"


def _head(title: str, width: int, height: int, kind: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {kind}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" direction="ltr" font-family="Noto Sans Arabic Variable, Noto Sans, sans-serif" '
        f'font-size="13" fill="#1f1b16"><title>{escape(title)}</title>'
    )


def _at(along: float, mirrored: bool) -> float:
    """Where a point along the bars lies in the picture."""
    return _WIDTH - _LABEL - along if mirrored else _LABEL + along


def _stretch(start: float, stop: float, y: float, kind: str, mirrored: bool) -> list[str]:
    if stop <= start and not (kind == "least" and stop == 0):
        return []
    wide = max(1.0, stop - start)
    return [_rect(_at(start, mirrored) - (wide if mirrored else 0), y, wide, _THICK, kind)]


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    colour = "#8c3b2b" if kind == "least" else "#dcab9b"
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(0.0, height):.1f}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(_apart(text))}</text>'


def _linked(bar: Bar, shape: str) -> str:
    return f'<a href="{escape(bar.link)}">{shape}</a>' if bar.link else shape


def _told(bar: Bar) -> str:
    return f"{_apart(bar.label)}: {_apart(bar.text or '0')}"


def _apart(text: str) -> str:
    return text if text.isascii() else isolated(text)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"


def _scale(most: int) -> list[int]:
    """Round numbers from 0 to at least the most, four or so."""
    step = 1
    for step in (n * 10**power for power in range(12) for n in (1, 2, 5)):
        if step * _TICKS >= most:
            break
    return [step * n for n in range(max(1, -(-most // step)) + 1)]


def _times(labels: Sequence[str], left: float, step: float, floor: float) -> Iterator[str]:
    """Names below the columns: each year once, and months or days where there is room."""
    every = next((n for n in (1, 2, 3, 6, 12) if n * step >= 24), 0)
    year, last = "", -100.0
    for number, label in enumerate(labels):
        x = left + step * (number + 0.5)
        own, _, rest = label.partition("-")
        if own != year:
            # A first year of a month or two leaves its place to the next.
            if x - last >= 44:
                yield f'<path class="grid" d="M{left + step * number:.1f} {floor}v6" stroke="#8a8171"/>'
                yield _text(left + step * number + 2, floor + 34, own, "start", "year")
                last = x
            year = own
        if rest and every and number % every == 0:
            yield _text(x, floor + 17, rest.lstrip("0") if rest.isdigit() else rest.replace("-", "/"), "middle", "tick")
