"""Batches: many documents through the reader, on one core or on several, always in the same order."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from marsad.errors import MarsadError
from marsad.lexicon.reasons import refusal, why_of
from marsad.model import Claim, Document

if TYPE_CHECKING:
    from marsad.gazetteer import Gazetteer

__all__ = ["Reading", "cores", "read_all"]

_CHUNK = 16
# Characters of a chunk, and of all that are handed out, beyond which no other document is added: some files hold whole books.
_LONG, _LONG_AHEAD = 200_000, 8_000_000
# Below this many documents starting further processes costs more than it saves.
_WORTH = 64
# Chunks handed out for each process: enough that none waits, few enough that memory stays flat.
_AHEAD = 4
# Thresholds of the garbage collection while a batch is read (see the module ``gc``): reading makes no garbage in circles to speak of, and each
# search walks over all that was made since the last one.
_COLLECTED = (1_000_000, 10, 10)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its claims, or with the reason why reading it failed.

    ``error`` is set only when the reader itself has a fault; bad input is refused before.
    """

    document: Document
    claims: tuple[Claim, ...] = ()
    error: str | None = None


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(
    documents: Iterable[Document],
    jobs: int = 0,
    *,
    layers: bool = False,
    own: Path | None = None,
    enough: Callable[[], bool] = lambda: False,
) -> Iterator[Reading]:
    """Read documents.

    Args:
        documents: any number; taken a few at a time, which are read side by side, never all held at once.
        jobs: processes; 0 means one for few documents and all cores for many.
        layers: whether places are looked up in the user's layers too, or, so that all users get the same, only in the
            packaged gazetteer.
        own: file of a layer that comes before all others: the places that people pinned in a register.
        enough: asked after each document that is taken: whether those that were taken are to be read before another is.

    Yields:
        Readings in the order of the documents.

    Raises:
        MarsadError: a layer or a data file is damaged; or a process was ended from outside, most often for want of memory.
    """
    gazetteer = _gazetteer(layers, own)
    stream = iter(documents)
    head: list[Document] = []
    if jobs == 0:
        for document in stream:
            head.append(document)
            if len(head) > _WORTH:
                break
        jobs = cores() if len(head) > _WORTH else 1
    if jobs <= 1:
        with _seldom_collected():
            for chunk in _chunks(head, stream, enough):
                yield from _read_chunk(chunk, gazetteer)
        return
    yield from _on_many(_chunks(head, stream, enough), jobs, layers, own)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Python looks for garbage in circles less often: reading makes little of it, and word lists and caches are large."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """What is there now stays out of the garbage collection of processes that are started meanwhile.

    They are copies of this one, its garbage included. A database connection among that waits, where it is collected, for threads that
    were not copied, which ends the process.
    """
    frozen = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        if not frozen:
            gc.unfreeze()


def _gazetteer(layers: bool, own: Path | None) -> Gazetteer | None:
    if not layers and own is None:
        return None
    from marsad.gazetteer import Gazetteer
    from marsad.gazetteer.embedded import embedded
    from marsad.gazetteer.layers import SqliteLayer, open_gazetteer

    known = open_gazetteer().layers if layers else (embedded(),)
    return Gazetteer(known if own is None else (SqliteLayer(own), *known))


def _on_many(chunks: Iterator[list[Document]], jobs: int, layers: bool, own: Path | None) -> Iterator[Reading]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(layers, own)) as pool:
        waiting: deque[Future[list[Reading]]] = deque()
        sizes: deque[int] = deque()
        try:
            for chunk in chunks:
                # The first one starts the processes.
                with _nothing_collected() if not waiting else nullcontext():
                    waiting.append(pool.submit(_read_own, chunk))
                sizes.append(sum(len(d.text) for d in chunk))
                while len(waiting) > _AHEAD * jobs or (len(waiting) > jobs and sum(sizes) > _LONG_AHEAD):
                    sizes.popleft()
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise MarsadError(refusal("reading.ended")) from error
        finally:
            for future in waiting:
                future.cancel()


# The gazetteer of a reading process. Layers are databases, which a process must open for itself.
_own: list[Gazetteer | None] = [None]


def _prepare(layers: bool, own: Path | None) -> None:
    # An interrupt from the keyboard reaches all processes; the first one alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _own[0] = _gazetteer(layers, own)
    gc.set_threshold(*_COLLECTED)


def _end_with(parent: int) -> None:
    """End this process when its parent is gone: killed without warning, it leaves nobody to say that no work will come."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _chunks(head: list[Document], stream: Iterator[Document], enough: Callable[[], bool]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    size = 0
    for source in (head, stream):
        for document in source:
            chunk.append(document)
            size += len(document.text)
            if len(chunk) == _CHUNK or size > _LONG or enough():
                yield chunk
                chunk, size = [], 0
    if chunk:
        yield chunk


def _read_own(documents: list[Document]) -> list[Reading]:
    return _read_chunk(documents, _own[0])


def _read_chunk(documents: list[Document], gazetteer: Gazetteer | None) -> list[Reading]:
    """Read documents side by side, each step of all before the next; see ``marsad.reading.steps``."""
    from marsad.reading import reader

    done: dict[int, Reading] = {}
    going = [(number, reader.read_steps(document, gazetteer)) for number, document in enumerate(documents)]
    while going:
        left = []
        for number, steps in going:
            try:
                next(steps)
            except StopIteration as end:
                done[number] = Reading(documents[number], tuple(end.value))
            except MarsadError as error:
                # Damaged data spoils every document, so it ends the batch; in a form that comes through from another process.
                raise MarsadError(why_of(error)) from error
            except Exception as error:
                if os.environ.get("MARSAD_DEBUG"):
                    raise
                done[number] = Reading(documents[number], (), _fault(error))
            else:
                left.append((number, steps))
        going = left
    return [done[number] for number in range(len(documents))]


def _fault(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    at = f" at {os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else ""
    return str(refusal("intake:reader", error=f"{type(error).__name__}: {error}{at}"))
