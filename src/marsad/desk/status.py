"""Status: what is in the register and what is to be done, each with the page or command that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from marsad.desk import screens
from marsad.desk.context import Desk
from marsad.desk.state import State
from marsad.register import audit, queues

__all__ = ["Task", "queue_counts", "remembered", "status", "tasks"]

_T = TypeVar("_T")
# What is remembered of a register at once.
_KEPT = 20
_seen: WeakKeyDictionary[State, dict[Any, Any]] = WeakKeyDictionary()
_lock = Lock()
# The path to a count in the overview, the address that lists what it counts, and the command that does something about it.
_TASKS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("failures",), "/failures", ""),
    (("failed",), "/documents?without=failed", ""),
    (("undecided",), "/reading", ""),
    (("decisions_changed",), "/reading?queue=renewed", ""),
    (("decisions_lost",), "/reading?queue=renewed", ""),
    (("doubts",), "/doubts", "marsad doubts"),
    (("unlinked",), "", "marsad link"),
    (("to_reread",), "", "marsad reread"),
    (("without", "place"), "/reading?queue=place", ""),
    (("without", "coordinates"), "/reading?queue=place", ""),
    (("without", "date"), "", "marsad claims --without date"),
    (("without", "day"), "/documents?without=day", ""),
    (("without", "language"), "/documents?without=language", ""),
    (("foreign",), "/documents?without=reading", ""),
)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done: its key, how many wait, the page that lists them or else the command that does it."""

    key: str
    count: int
    address: str
    command: str

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def status(desk: Desk) -> dict[str, Any]:
    """The status of the register as the person sees it; counted anew only after something was done."""
    with desk.snapshot() as connection:
        head = audit.head(connection)
    return remembered(desk, ("status", head, desk.register.reader()), desk.register.status)


def queue_counts(desk: Desk, connection: Connection) -> dict[str, int]:
    """How many reports wait in each queue; counted anew only after something was done."""
    return remembered(desk, ("queues", audit.head(connection)), lambda: queues.counts(connection))


def remembered(desk: Desk, key: Any, make: Callable[[], _T]) -> _T:
    """What was made for a key, or is made now; for people who do not see all of the register always anew."""
    if desk.hidden:
        return make()
    with _lock:
        known = _seen.setdefault(desk.state, {})
        if key in known:
            found: _T = known[key]
            return found
    found = make()
    with _lock:
        while len(known) >= _KEPT:
            known.pop(next(iter(known)))
        known[key] = found
    return found


def tasks(found: dict[str, Any]) -> Iterator[Task]:
    """What is to be done, in the order in which it is done best."""
    pages = {route.path for module in screens.modules() for route in module.router.routes}
    for path, address, command in _TASKS:
        number: Any = found
        for name in path:
            number = number[name]
        if number:
            there = address if address.partition("?")[0] in pages else ""
            yield Task("_".join(path), int(number), there, "" if there else command)
