"""Terminal: text that stays readable where right-to-left script is reordered and where it is not.

Terminals differ: some reorder Arabic line by line (VTE, Konsole, mlterm, iTerm2), many show letters in the order in
which they come (Windows Terminal, xterm, kitty). So a line holds at most one stretch of Arabic and that stands at its
end, columns before it are Latin, lines are broken here and never by the terminal, and widths count cells, not code
points. On a screen that may reorder, a stretch is wrapped in marks of direction, so that digits and stops in it keep
their side; they have no width where they have no effect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.cells import cell_len

__all__ = ["PLAIN", "Screen", "fit", "line_ranges", "safe"]

_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RLI, _PDI = "\u2067", "\u2069"
_DIRECTION_MARKS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
# Of equal length, so that offsets stay right: control characters could steer the terminal, marks of direction in a
# report could turn what stands beside it.
_SAFE = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0))}
_SAFE |= {ord(c): " " for c in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85"} | {0x2028: " ", 0x2029: " "}
_SAFE |= dict.fromkeys(_DIRECTION_MARKS, "\u2060")
# Few colours, and none that is unreadable on black or on white.
_STYLES = {
    "bold": "1",
    "dim": "2",
    "mark": "1;7",
    "warning": "33",
    "type": "1",
    "date": "36",
    "place": "32",
    "perpetrators": "35",
    "targets": "35",
    "harm": "1;31",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output is written to.

    Attributes:
        width: cells in a line.
        colour: whether colours and other styles may be used.
        marks: whether Arabic is wrapped in marks of direction; only for terminals, never for files.
    """

    width: int = 100
    colour: bool = False
    marks: bool = False

    def style(self, text: str, name: str) -> str:
        """The text in the style of a name; as it is where there is none."""
        return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if self.colour and text and name in _STYLES else text

    def isolate(self, text: str) -> str:
        """The text with marks of direction around it, if it has right-to-left letters and the screen wants them."""
        return f"{_RLI}{text}{_PDI}" if self.marks and _RTL.search(text) else text

    def marked(self, text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
        """``text[start:end]`` in which the half-open spans stand out: in colour, else in brackets; not isolated yet."""
        parts, at = [], start
        for first, last in spans:
            first, last = max(first, start), min(last, end)
            if first >= last:
                continue
            words = text[first:last]
            parts += [text[at:first], self.style(words, "mark") if self.colour else f"[[{words}]]"]
            at = last
        return "".join((*parts, text[at:end]))


PLAIN = Screen()


def safe(text: str) -> str:
    """The text without characters that steer a terminal, on one line; as long as before."""
    return text.translate(_SAFE)


def fit(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells, broken between words and, where a word is longer, inside it."""
    return [text[start:end] for start, end in line_ranges(text, width)]


def line_ranges(text: str, width: int) -> list[tuple[int, int]]:
    """Half-open ranges of the lines of a text without line breaks; blanks at the breaks are in none of them."""
    width = max(width, 8)
    ranges: list[tuple[int, int]] = []
    line_start, line_end, cells = -1, -1, 0
    for match in re.finditer(r"\S+", text):
        for start, end in _pieces(text, match.start(), match.end(), width):
            wide = cell_len(text[start:end])
            gap = start - line_end
            if line_start >= 0 and cells + gap + wide <= width:
                line_end, cells = end, cells + gap + wide
                continue
            if line_start >= 0:
                ranges.append((line_start, line_end))
            line_start, line_end, cells = start, end, wide
    if line_start >= 0:
        ranges.append((line_start, line_end))
    return ranges


def _pieces(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    if cell_len(text[start:end]) <= width:
        return [(start, end)]
    pieces, first, cells = [], start, 0
    for index in range(start, end):
        wide = cell_len(text[index])
        if cells + wide > width:
            pieces.append((first, index))
            first, cells = index, 0
        cells += wide
    return [*pieces, (first, end)]
