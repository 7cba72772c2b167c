"""Charting: counts of all incidents by a policy, made beside the requests, and added up by month, place, source and kind.

Counting goes through all claims, which takes long in a large register. It is done once; after a change only those incidents are counted
anew whose claims, grade or copies are other than they were. Until the latest is there, what was counted before is shown, and said to be so.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from marsad.counting.policy import Policy
from marsad.desk.context import Desk
from marsad.desk.state import State
from marsad.register.counted import Counted, Face, Whole, apart, whole
from marsad.register.facelist import number
from marsad.register.spots import state
from marsad.views.charts import Bar

__all__ = ["Group", "Kept", "by_day", "by_name", "kept"]

_WAIT = 0.1
_MOST = 24
# Incidents above which they are counted in a process of their own.
_MANY = 1_000
_TABLES = 40
T = TypeVar("T")
_log = logging.getLogger(__name__)
_lock = Lock()
# One such process at a time.
_one = Lock()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was counted of a state of the register, and what was made of it."""

    of: Whole
    tables: OrderedDict[Any, Any] = field(default_factory=OrderedDict, compare=False)

    def table(self, key: Any, make: Callable[[], T]) -> T:
        """What was made of the counts under a key before, or is made now; a few are kept."""
        with _lock:
            there: T | None = self.tables.get(key)
        if there is None:
            there = make()
            with _lock:
                self.tables[key] = there
                while len(self.tables) > _TABLES:
                    self.tables.popitem(last=False)
        return there


@dataclass(slots=True)
class _Place:
    kept: Kept | None = None
    working: Event | None = None


_places: WeakKeyDictionary[State, OrderedDict[Any, _Place]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents that share something: how many are counted, and their numbers, minima and maxima summed apart."""

    label: str
    incidents: int
    low: int
    high: int
    best: int | None
    open: bool

    @property
    def text(self) -> str:
        """The number as it is written."""
        told = f"{self.low:,}" if self.low == self.high else f"{self.low:,}–{self.high:,}"
        return told + ("+" if self.open else "")

    def bar(self) -> Bar:
        """The group in a chart."""
        return Bar(self.label, self.low, self.high, self.best, self.text)

    def to_dict(self) -> dict[str, Any]:
        """The group as data for JSON."""
        return {name: getattr(self, name) for name in self.__slots__} | {"text": self.text}


def kept(desk: Desk, policy: Policy) -> tuple[Kept | None, bool]:
    """What was counted by a policy of what a person may see, and whether it is of this state of the register."""
    with desk.snapshot() as connection:
        now = state(connection)
    with _lock:
        places = _places.setdefault(desk.state, OrderedDict())
        place = places.setdefault((policy.name, policy.version, desk.hidden), _Place())
        places.move_to_end((policy.name, policy.version, desk.hidden))
        while len(places) > _MOST:
            places.popitem(last=False)
        if place.kept is not None and place.kept.of.at == now:
            return place.kept, True
        started = place.working is None
        done = place.working = place.working or Event()
    if started:
        Thread(target=_count, args=(desk, policy, place), daemon=True).start()
        # A change is counted in a moment; what takes longer is not waited for.
        done.wait(_WAIT)
    return place.kept, place.kept is not None and place.kept.of.at == now


def _count(desk: Desk, policy: Policy, place: _Place) -> None:
    done = place.working
    try:
        before = None if place.kept is None else place.kept.of
        with desk.snapshot() as connection:
            many = before is None and number(connection) > _MANY
            found = None if many else whole(connection, policy, before)
        if found is None:
            with _one:
                found = apart(desk.state.settings.register, desk.hidden, policy)
        place.kept = Kept(found)
    except EOFError:
        _log.warning("incidents were not counted by %s: the process that counts was ended from outside", policy.name)
    finally:
        with _lock:
            place.working = None
        if done is not None:
            done.set()


def by_name(
    counts: Mapping[str, Counted], faces: Mapping[str, Face], names: Callable[[Counted, Face], Iterable[str]], limit: int = 0
) -> list[Group]:
    """Counted incidents by names, the greatest first; one with several names stands under each."""
    groups: dict[str, list[Counted]] = {}
    for incident, face in faces.items():
        told = counts.get(incident)
        if told is not None and told.standing == "counted":
            for name in names(told, face):
                groups.setdefault(name, []).append(told)
    made = sorted((_group(name, told) for name, told in groups.items()), key=lambda g: (-g.high, -g.incidents, g.label))
    return made[:limit] if limit else made


def by_day(counts: Mapping[str, Counted], faces: Mapping[str, Face]) -> list[Group]:
    """Counted incidents by month, or by year where they span more than twelve; without gaps, and without those of no day."""
    days = sorted(f.day for i, f in faces.items() if f.day and (t := counts.get(i)) is not None and t.standing == "counted")
    if not days:
        return []
    length = 4 if int(days[-1][:4]) - int(days[0][:4]) > 12 else 7
    found = {g.label: g for g in by_name(counts, faces, lambda _, f: [f.day[:length]] if f.day else [])}
    return [found.get(step) or Group(step, 0, 0, 0, None, False) for step in _steps(days[0][:length], days[-1][:length])]


def _steps(first: str, last: str) -> list[str]:
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    start, stop = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, stop + 1)]


def _group(name: str, told: Sequence[Counted]) -> Group:
    bests = [c.best for c in told if c.best is not None]
    numbered = [c for c in told if c.low is not None]
    return Group(
        name, len(told), sum(c.low or 0 for c in told), sum(c.high or 0 for c in told),
        sum(bests) if bests and len(bests) == len(numbered) else None, any(c.open for c in told),
    )  # fmt: skip
