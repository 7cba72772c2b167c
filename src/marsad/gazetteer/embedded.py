"""The gazetteer that comes with Marsad: one packed table, read once when it is first needed."""

from __future__ import annotations

import gzip
from collections.abc import Container, Iterable
from functools import cache
from importlib.resources import files

from marsad.gazetteer.entry import Entry
from marsad.gazetteer.names import skeleton

__all__ = ["EmbeddedLayer", "embedded"]


_JOINED_LEAST = 7


class EmbeddedLayer:
    """Places of a packed table (columns as in ``tools/build_gazetteer.py``), as a layer.

    Rows stay text until they are asked for; only the index of folded names is built on loading.
    """

    def __init__(self, name: str, lines: list[str]) -> None:
        self.name = name
        self._lines = lines
        self._entries: dict[int, Entry] = {}
        self._forms: dict[str, list[int]] = {}
        self._longest: dict[str, int] = {}
        self._seconds: dict[str, set[str]] | None = None
        self._ids: dict[str, int] | None = None
        self._latin: dict[str, list[int]] | None = None
        self._skeletons: dict[str, list[int]] | None = None
        forms, longest = self._forms, self._longest
        for number, line in enumerate(lines):
            for form in line.rsplit("\t", 2)[1].split("|"):
                if form in forms:
                    forms[form].append(number)
                else:
                    forms[form] = [number]
        forms.pop("", None)
        # Hashtags and hasty writers join the words of a name.
        for form in [f for f in forms if " " in f and len(f) >= _JOINED_LEAST]:
            forms.setdefault(form.replace(" ", ""), forms[form])
        for form in forms:
            words = form.count(" ") + 1
            first = form if words == 1 else form[: form.index(" ")]
            if words > longest.get(first, 0):
                longest[first] = words

    def __len__(self) -> int:
        return len(self._lines)

    def _entry(self, number: int) -> Entry:
        known = self._entries.get(number)
        if known is None:
            cells = self._lines[number].split("\t")
            known = self._entries[number] = Entry(
                id=cells[0],
                kind=cells[1],
                country=cells[2],
                parent=self._lines[int(cells[3])].split("\t", 1)[0] if cells[3] else "",
                latitude=float(cells[4]) if cells[4] else None,
                longitude=float(cells[5]) if cells[5] else None,
                population=int(cells[6]),
                radius=int(cells[7]),
                name=cells[8],
                latin=cells[9],
                forms=tuple(f for f in cells[10].split("|") if f),
                latins=tuple(n for n in cells[11].split("|") if n),
                layer=self.name,
            )
        return known

    def _entries_of(self, numbers: Iterable[int]) -> tuple[Entry, ...]:
        return tuple(self._entry(number) for number in numbers)

    def named(self, form: str) -> tuple[Entry, ...]:
        numbers = self._forms.get(form)
        return self._entries_of(numbers) if numbers else ()

    def longest(self, word: str) -> int:
        return self._longest.get(word, 0)

    @property
    def firsts(self) -> Container[str]:
        """The first words of all names, folded."""
        return self._longest.keys()

    def seconds(self, word: str) -> frozenset[str]:
        if self._seconds is None:
            self._seconds = {}
            for form in self._forms:
                if " " in form:
                    first, second = form.split(" ", 2)[:2]
                    self._seconds.setdefault(first, set()).add(second)
        return frozenset(self._seconds.get(word, ()))

    def latin(self, plain: str) -> tuple[Entry, ...]:
        if self._latin is None:
            self._latin = {}
            for number, line in enumerate(self._lines):
                for name in line.rsplit("\t", 1)[1].split("|"):
                    self._latin.setdefault(name, []).append(number)
            self._latin.pop("", None)
        return self._entries_of(self._latin.get(plain, ()))

    def skeleton(self, skeleton_: str) -> tuple[Entry, ...]:
        if self._skeletons is None:
            self._skeletons = {}
            for number, line in enumerate(self._lines):
                cells = line.split("\t")
                names = {skeleton(n) for cell in cells[10:12] for n in cell.split("|") if n}
                for name in sorted(names):
                    self._skeletons.setdefault(name, []).append(number)
            self._skeletons.pop("", None)
        return self._entries_of(self._skeletons.get(skeleton_, ()))

    def extents(self) -> dict[str, tuple[float, float, float, float]]:
        """Country code to the south, north, west and east edge of its places, in degrees."""
        points: dict[str, tuple[list[float], list[float]]] = {}
        for line in self._lines:
            _, kind, country, _, latitude, longitude, _ = line.split("\t", 6)
            if latitude and kind != "country":
                south_north, west_east = points.setdefault(country, ([], []))
                south_north.append(float(latitude))
                west_east.append(float(longitude))
        return {c: (min(a), max(a), min(o), max(o)) for c, (a, o) in points.items()}

    def countries(self) -> tuple[Entry, ...]:
        found = []
        for number, line in enumerate(self._lines):  # countries come first
            if line.split("\t", 2)[1] != "country":
                break
            found.append(number)
        return self._entries_of(found)

    def get(self, identifier: str) -> Entry | None:
        if self._ids is None:
            self._ids = {line.split("\t", 1)[0]: number for number, line in enumerate(self._lines)}
        number = self._ids.get(identifier)
        return None if number is None else self._entry(number)


@cache
def embedded() -> EmbeddedLayer:
    """The packaged layer; loaded on the first call."""
    data = files("marsad").joinpath("gazetteer", "data", "places.tsv.gz").read_bytes()
    lines = gzip.decompress(data).decode("utf-8").split("\n")
    return EmbeddedLayer("marsad", [line for line in lines[1:] if line])
