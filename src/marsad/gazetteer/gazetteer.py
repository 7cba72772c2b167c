"""The gazetteer: layers of places searched as one, the user's own before the packaged one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from marsad.gazetteer.embedded import embedded
from marsad.gazetteer.entry import Entry, Layer
from marsad.gazetteer.names import alike, is_arabic, plain_latin, skeleton
from marsad.gazetteer.spelling import meet
from marsad.text.fold import fold

__all__ = ["Gazetteer", "default"]

_RANK = {"country": 0, "governorate": 1, "city": 2, "area": 3, "district": 4, "town": 5, "subdistrict": 6}


class Gazetteer:
    """Layers of places, searched in their order.

    Args:
        layers: the strongest layer first; a place of a later layer that has the id of an earlier one is left out.
    """

    def __init__(self, layers: Iterable[Layer]) -> None:
        self.layers: tuple[Layer, ...] = tuple(layers)
        self._named: dict[str, tuple[Entry, ...]] = {}
        self._longest: dict[str, int] = {}
        self._countries: dict[str, Entry] = {}
        self._parents: dict[str, tuple[Entry, ...]] = {}

    def __len__(self) -> int:
        return sum(len(layer) for layer in self.layers)

    def named(self, form: str) -> tuple[Entry, ...]:
        """Places that have this folded Arabic name, own layers first, then units, then by population."""
        known = self._named.get(form)
        if known is None:
            if len(self._named) > 200_000:
                self._named.clear()
            known = self._named[form] = _unique(layer.named(form) for layer in self.layers)
        return known

    def longest(self, word: str) -> int:
        """Most words of a name that begins with this folded word; 0 if none does."""
        known = self._longest.get(word)
        if known is None:
            if len(self._longest) > 200_000:
                self._longest.clear()
            known = 0
            for layer in self.layers:
                known = max(known, layer.longest(word))
            self._longest[word] = known
        return known

    def seconds(self, word: str) -> frozenset[str]:
        """Second words of the names that begin with this folded word and go on."""
        return frozenset[str]().union(*(layer.seconds(word) for layer in self.layers))

    def get(self, identifier: str) -> Entry | None:
        """The place with this id."""
        for layer in self.layers:
            entry = layer.get(identifier)
            if entry is not None:
                return entry
        return None

    def country(self, code: str) -> Entry | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        if not self._countries:
            for layer in reversed(self.layers):
                self._countries.update({e.country: e for e in layer.countries()})
        return self._countries.get(code)

    def parents(self, entry: Entry) -> tuple[Entry, ...]:
        """The containing units, narrowest first, the country last."""
        known = self._parents.get(entry.id)
        if known is not None:
            return known
        found: list[Entry] = []
        seen = {entry.id}
        parent = entry.parent
        while parent and parent not in seen:
            seen.add(parent)
            unit = self.get(parent)
            if unit is None:
                break
            found.append(unit)
            parent = unit.parent
        if len(self._parents) > 100_000:
            self._parents.clear()
        known = self._parents[entry.id] = tuple(found)
        return known

    def search(self, name: str, limit: int = 10) -> list[tuple[Entry, float]]:
        """Places whose name is or may be ``name``, in any script; best first, with a likeness from 0 to 1."""
        plain = fold(name) if is_arabic(name) else plain_latin(name)
        exact = self.named(plain) if is_arabic(name) else _unique(layer.latin(plain) for layer in self.layers)
        found: dict[str, tuple[Entry, float]] = {e.id: (e, 1.0) for e in exact}
        key = skeleton(name)
        if len(key) >= 2 and len(found) < limit:
            for layer in self.layers:
                for entry in layer.skeleton(key):
                    if entry.id not in found:
                        likeness = max((_likeness(name, n) for n in (*entry.forms, *entry.latins)), default=0.0)
                        found[entry.id] = (entry, round(min(likeness, 0.99), 3))
        order = {layer.name: n for n, layer in enumerate(self.layers)}
        ranked = sorted(found.values(), key=lambda f: (-f[1], order.get(f[0].layer, 0), *_weight(f[0])))
        return [f for f in ranked if f[1] >= 0.6][:limit]


def _weight(entry: Entry) -> tuple[int, int, str]:
    return _RANK.get(entry.kind, 9), -entry.population, entry.id


def _likeness(name: str, other: str) -> float:
    return 0.98 if meet(name, other) else 0.8 * alike(name, other)


def _unique(groups: Iterable[tuple[Entry, ...]]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for group in groups:
        for entry in sorted(group, key=_weight):
            found.setdefault(entry.id, entry)
    return tuple(found.values())


@cache
def default() -> Gazetteer:
    """The packaged gazetteer alone."""
    return Gazetteer((embedded(),))
