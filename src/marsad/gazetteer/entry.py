"""Places of a gazetteer and what a layer of it can do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Entry", "Layer", "kilometres"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place.

    Attributes:
        id: source and number, for example ``geonames:173480``.
        name: the name to show, in Arabic where there is one.
        latin: the name in Latin letters, or the empty string.
        kind: ``country``, ``governorate``, ``area``, ``district``, ``subdistrict``, ``city``, ``town``, ``village``,
            ``neighbourhood`` or ``site``.
        country: ISO 3166-1 alpha-2 code, or the empty string.
        parent: id of the containing unit, or the empty string.
        latitude, longitude: centre in degrees (WGS 84), or None.
        population: inhabitants, 0 if unknown.
        radius: typical distance of its points from the centre in kilometres, 0 for a point.
        forms: folded Arabic names.
        latins: plain Latin names (``names.plain_latin``).
        layer: name of the layer that it comes from.
    """

    id: str
    name: str
    latin: str
    kind: str
    country: str
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    radius: int = 0
    forms: tuple[str, ...] = ()
    latins: tuple[str, ...] = ()
    layer: str = ""

    @property
    def label(self) -> str:
        """The name to show: Arabic, else Latin."""
        return self.name or self.latin


class Layer(Protocol):
    """One source of places."""

    name: str

    def named(self, form: str) -> tuple[Entry, ...]:
        """Places with this folded Arabic name."""

    def longest(self, word: str) -> int:
        """Most words of a name that begins with this folded word; 0 if none does."""

    def seconds(self, word: str) -> frozenset[str]:
        """Second words of the names that begin with this folded word and go on."""

    def latin(self, plain: str) -> tuple[Entry, ...]:
        """Places with this plain Latin name."""

    def skeleton(self, skeleton: str) -> tuple[Entry, ...]:
        """Places one of whose names has this skeleton."""

    def countries(self) -> tuple[Entry, ...]:
        """The countries of the layer."""

    def get(self, identifier: str) -> Entry | None:
        """The place with this id."""

    def __len__(self) -> int: ...


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Distance of two points in degrees on the sphere, in kilometres."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))
