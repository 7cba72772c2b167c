"""Shaping: material into what leaves, on one core or on several, always in the same order.

Most of the time of an export goes into laying side by side what claims say. Processes are given pages of what was gathered and never the
register itself, so all of them see one state of it.
"""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from typing import Any

from marsad.batch import cores
from marsad.counting.policy import Policy
from marsad.errors import MarsadError
from marsad.exports.formats import format_of
from marsad.exports.mapping import Cell
from marsad.exports.material import Gathered, material_of
from marsad.exports.places import Atlas
from marsad.exports.profiles import Profile
from marsad.exports.record import leaving
from marsad.exports.treatment import Ruling, Treated, treat
from marsad.gazetteer.layers import open_gazetteer

__all__ = ["Shaping", "shape", "shaped"]

# Incidents above which starting further processes saves more than it costs.
_WORTH = 3_000
# Pages handed out for each process.
_AHEAD = 2
# What profiles look at beside what a format needs.
_LOOKED = ("date", "place", "reported", "sites", "status")

# What is made here holds no circles, so garbage need seldom be looked for; thresholds of the module ``gc``.
_COLLECTED = (50_000, 20, 100)

Shaped = tuple[Treated, str, list[Cell]]


@dataclass(frozen=True, slots=True)
class Shaping:
    """How material is shaped; plain data, so that processes can be told.

    Attributes:
        format: its name. profile, policy: what may leave, and by which is counted.
        grade: only incidents of this one; empty for any.
        today: ISO day from which embargoes are counted.
        ruling: what people decided.
    """

    format: str
    profile: Profile
    policy: Policy
    grade: str
    today: str
    ruling: Ruling


def shaped(pages: Iterable[list[Gathered]], count: int, how: Shaping, jobs: int = 0) -> Iterator[Shaped]:
    """Shape pages of what was gathered.

    Args:
        pages: taken one by one, never all held at once.
        count: about how many incidents there are.
        how: what is wanted.
        jobs: processes; 0 means one for few incidents and all cores for many.

    Yields:
        For each incident what is left of it, why it has no row or the empty string, and its cells.

    Raises:
        MarsadError: a process was ended from outside, most often for want of memory.
    """
    jobs = jobs or (cores() if count > _WORTH else 1)
    if jobs <= 1:
        for page in pages:
            yield from shape(page, how)
        return
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTED)
    try:
        yield from _on_many(pages, how, jobs)
    finally:
        gc.set_threshold(*before)


def _on_many(pages: Iterable[list[Gathered]], how: Shaping, jobs: int) -> Iterator[Shaped]:
    # Not forked: a process must not hold a connection of this one.
    with ProcessPoolExecutor(jobs, get_context("spawn"), _prepare) as pool:
        waiting: deque[Future[list[Shaped]]] = deque()
        try:
            for page in pages:
                waiting.append(pool.submit(shape, page, how))
                while len(waiting) > _AHEAD * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise MarsadError("a process of the export was ended from outside (too little memory?); try again") from error
        finally:
            for future in waiting:
                future.cancel()


def shape(page: list[Gathered], how: Shaping) -> list[Shaped]:
    """Shape a page."""
    form, atlas = format_of(how.format), _atlas()
    wanted = frozenset(form.fields or how.profile.fields) | frozenset(_LOOKED) | ({"grade"} if how.grade else set())
    made: list[Shaped] = []
    for gathered in page:
        record = leaving(material_of(gathered), how.policy, atlas, wanted)
        if how.grade and how.grade != _grade(record.fields["grade"]):
            continue
        treated = treat(record, how.profile, how.ruling, atlas, how.today)
        if treated.fields is None:
            made.append((treated, treated.held[0].why, []))
            continue
        why = form.leaves(record.fields)
        made.append((treated, why, form.mapper.row(treated.fields) if form.mapper and not why else []))
    return made


def _grade(told: dict[str, Any]) -> Any:
    return told["signed"] or told["suggested"]


@lru_cache(maxsize=1)
def _atlas() -> Atlas:
    return Atlas(open_gazetteer())


def _prepare() -> None:
    # An interrupt from the keyboard reaches all processes; the first one alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*_COLLECTED)
