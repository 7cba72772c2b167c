"""Shapes: land, borders, lakes and rivers of Natural Earth as lines of degrees, cut to a frame (``tools/build_shapes.py`` makes them)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

__all__ = ["LAYERS", "Frame", "Line", "clipped", "cut", "shapes_text"]

LAYERS = ("land", "lake", "river", "border")
_AREAS = ("land", "lake")

Line = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world in degrees."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Frame) -> bool:
        """Whether both have a part in common."""
        return self.west <= other.east and other.west <= self.east and self.south <= other.north and other.south <= self.north


def shapes_text() -> str:
    """The file as it is: JSON, by layer lines of hundredths of a degree, longitude and latitude by turns, as steps."""
    return files("marsad.publishing").joinpath("assets/shapes.json").read_text("utf-8")


def cut(layer: str, frame: Frame) -> Iterator[Line]:
    """The lines of a layer within a frame, longitude before latitude; areas are closed along its edges."""
    for line, around in _layers()[layer]:
        if around.meets(frame):
            if layer in _AREAS:
                if area := clipped(line, frame):
                    yield area
            else:
                yield from _pieces(line, frame)


@cache
def _layers() -> dict[str, list[tuple[Line, Frame]]]:
    return {layer: [_read(steps) for steps in lines] for layer, lines in json.loads(shapes_text()).items()}


def _read(steps: Sequence[int]) -> tuple[Line, Frame]:
    line: Line = []
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x / 100, y / 100))
    xs, ys = [p[0] for p in line], [p[1] for p in line]
    return line, Frame(min(xs), min(ys), max(xs), max(ys))


def clipped(ring: Line, frame: Frame) -> Line:
    """The part of an area within a frame, closed along its edges (Sutherland and Hodgman)."""
    made = ring
    for axis, bound, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        given, made = made, []
        for n, point in enumerate(given):
            before = given[n - 1]
            inside, was = (point[axis] - bound) * sign >= 0, (before[axis] - bound) * sign >= 0
            if inside != was:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                made.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                made.append(point)
    return made


def _pieces(line: Line, frame: Frame) -> Iterator[Line]:
    """The parts of a line within a frame, each with the points just outside, so that it reaches the edge."""
    part: Line = []
    for one, other in pairwise(line):
        box = Frame(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
        if box.meets(frame):
            part = part or [one]
            part.append(other)
        elif part:
            yield part
            part = []
    if part:
        yield part
