"""Shaping: material into what leaves, on one core or on several, always in the same order.

Most of the time of an export goes into laying side by side what claims say. Processes are given pages of what was gathered and never the
register itself, so all of them see one state of it; they give back what the file is made of, and not the records.
"""

from __future__ import annotations

import gc
import signal
from collections import Counter, deque
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
from marsad.exports.material import Filter, Gathered, material_of, values_of
from marsad.exports.places import Atlas
from marsad.exports.profiles import Profile
from marsad.exports.record import leaving
from marsad.exports.treatment import Held, Ruling, Treated, treat
from marsad.gazetteer.layers import open_gazetteer
from marsad.lexicon.reasons import Reason, refusal

__all__ = ["Shaped", "Shaping", "shape", "shaped"]

# Incidents above which starting further processes saves more than it costs.
_WORTH = 3_000
# Pages handed out for each process.
_AHEAD = 2
# What profiles look at beside what a format needs.
_LOOKED = ("date", "place", "reported", "sites", "status")

# What is made here holds no circles, so garbage need seldom be looked for; thresholds of the module ``gc``.
_COLLECTED = (200_000, 50, 1_000)


@dataclass(frozen=True, slots=True)
class Shaping:
    """How material is shaped; plain data, so that processes can be told.

    Attributes:
        format: its name. profile, policy: what may leave, and by which is counted.
        narrow: which incidents.
        today: ISO day from which embargoes are counted.
        ruling: what people decided.
        rows: whether rows are wanted as they are, and not as what the format's writer makes of them.
    """

    format: str
    profile: Profile
    policy: Policy
    narrow: Filter
    today: str
    ruling: Ruling
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Shaped:
    """What became of a page.

    Attributes:
        piece: what the format's writer makes of its rows, None without any; rows: these, with what was held back, where they are wanted.
        left: how many have a row; stayed: code and reason of those that have none.
        held: how often what was held back of those that left.
    """

    piece: Any
    rows: list[tuple[Treated, list[Cell]]]
    left: int
    stayed: list[tuple[str, Reason]]
    held: dict[Held, int]


def shaped(pages: Iterable[list[Gathered]], count: int, how: Shaping, jobs: int = 0) -> Iterator[Shaped]:
    """Shape pages of what was gathered.

    Args:
        pages: taken one by one, never all held at once.
        count: about how many incidents there are.
        how: what is wanted.
        jobs: processes; 0 means one for few incidents and all cores for many.

    Raises:
        MarsadError: a process was ended from outside, most often for want of memory.
    """
    jobs = jobs or (cores() if count > _WORTH else 1)
    if jobs <= 1:
        for page in pages:
            yield shape(page, how)
        return
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTED)
    try:
        yield from _on_many(pages, how, jobs)
    finally:
        gc.set_threshold(*before)


def _on_many(pages: Iterable[list[Gathered]], how: Shaping, jobs: int) -> Iterator[Shaped]:
    # Not forked: a process must not hold a connection of this one.
    with ProcessPoolExecutor(jobs, get_context("spawn"), _prepare, (how,)) as pool:
        waiting: deque[Future[Shaped]] = deque()
        try:
            for page in pages:
                waiting.append(pool.submit(_shape, page))
                while len(waiting) > _AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise MarsadError(refusal("export.ended")) from error
        finally:
            for future in waiting:
                future.cancel()


def shape(page: list[Gathered], how: Shaping) -> Shaped:
    """Shape a page."""
    form, atlas, grade = format_of(how.format), _atlas(), how.narrow.grade
    wanted = frozenset(form.fields or how.profile.fields) | frozenset(_LOOKED) | ({"grade"} if grade else set())
    made: list[tuple[Treated, list[Cell]]] = []
    stayed: list[tuple[str, Reason]] = []
    held: Counter[Held] = Counter()
    for gathered in page:
        values = values_of(gathered, how.narrow)
        if not values:
            continue
        record = leaving(material_of(gathered, values), how.policy, atlas, wanted)
        if grade and grade != _grade(record.fields["grade"]):
            continue
        treated = treat(record, how.profile, how.ruling, atlas, how.today)
        why = treated.held[0].why if treated.fields is None else form.leaves(record.fields)
        if treated.fields is None or why is not None:
            assert why is not None
            stayed.append((treated.code, why))
            continue
        made.append((treated, form.mapper.row(treated.fields) if form.mapper else []))
        held.update(treated.held)
    left = len(made)
    if how.rows:
        return Shaped(None, made, left, stayed, dict(held))
    columns = form.mapper.columns if form.mapper else ()
    piece = form.writer.piece(columns, [(treated.fields or {}, cells) for treated, cells in made]) if made else None
    return Shaped(piece, [], left, stayed, dict(held))


def _grade(told: dict[str, Any]) -> Any:
    return told["signed"] or told["suggested"]


@lru_cache(maxsize=1)
def _atlas() -> Atlas:
    return Atlas(open_gazetteer())


# What a process of its own was told to shape by.
_told: list[Shaping] = []


def _shape(page: list[Gathered]) -> Shaped:
    return shape(page, _told[0])


def _prepare(how: Shaping) -> None:
    _told[:] = [how]
    # An interrupt from the keyboard reaches all processes; the first one alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*_COLLECTED)
