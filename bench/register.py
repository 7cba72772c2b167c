"""Measure the register: ``python bench/register.py [--documents N | --all] [--write]``.

What it costs to take articles into a new register and to read them, by the command that people use (``marsad add``): time by the
clock and of the processors, memory, room on the disk; to add the same again, which must change nothing; and to check all. The
articles are those of ``../shared/corpus`` where they are present, else texts made of the sentences of samples and examples.

Beside it, in the same run, stands what one would write in an hour: one process that puts each article into a table of SQLite and
searches it with one regular expression for all words that name events. It keeps no claims, no provenance, no copies and no log.
``--write`` puts the table into ``bench/README.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from figures import README, Row, machine, show
from marsad import Document
from marsad.batch import cores
from marsad.register.store import Register
from reading import CORPUS, corpus, generated, scan

_MARSAD = (sys.executable, "-c", "from marsad.cli.main import run; run()")
# What a user is promised for the whole corpus on two cores.
_ARTICLES, _PROMISED = 5633, 90
_LOOK = 0.2  # seconds between two looks at the memory
_MB = 1e6


@dataclass(frozen=True, slots=True)
class Run:
    """A command that ran.

    Attributes:
        clock: seconds by the clock.
        processor: seconds of processors, of the process and all its children.
        peak: the most memory in MB that it and its children held at once, or None where the system does not tell. Pages that they
            share count once for each.
        said: what it wrote.
    """

    clock: float
    processor: float
    peak: float | None
    said: str


def run(*arguments: str) -> Run:
    """Run a command of Marsad; it must succeed."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([*_MARSAD, *arguments], stdout=out, stderr=subprocess.STDOUT)
        peaks: list[float] = []
        ended = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
        watcher.start()
        # The system counts the children that the process waited for with it.
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watcher.join()
        out.seek(0)
        said = out.read()
    if process.returncode:
        raise SystemExit(f"marsad {' '.join(arguments)}: exit code {process.returncode}\n{said[-2000:]}")
    return Run(clock, used.ru_utime + used.ru_stime, max(peaks, default=None), said)


def _watch(pid: int, peaks: list[float], ended: threading.Event) -> None:
    while not ended.wait(_LOOK):
        if held := sum(_held(p) for p in _family(pid)):
            peaks.append(held)


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for member in found:
        try:
            for task in Path(f"/proc/{member}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            # It has ended meanwhile.
            continue
    return found


def _held(pid: int) -> float:
    """Resident memory of a process in MB; 0 where there is none."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / _MB


def written(documents: Sequence[Document], path: Path) -> Path:
    """The articles as JSON Lines, as the command takes them."""
    with path.open("w", encoding="utf-8") as stream:
        for d in documents:
            record = {"id": d.id, "text": d.text, "title": d.title, "published": d.published}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def size(place: Path, database: bool) -> float:
    """MB of the database, or of the bytes beside it."""
    files = [p for p in place.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files if p.name.startswith("marsad.db") == database) / _MB


def baseline(documents: Sequence[Document], path: Path) -> tuple[float, float, int]:
    """Seconds by the clock and of the processor to insert the articles and search them, and how many words were found."""
    search = scan(documents)
    begun, used = time.perf_counter(), time.process_time()
    with sqlite3.connect(path) as database:
        database.execute("create table article (id text primary key, title text, published text, body text)")
        database.executemany(
            "insert or ignore into article values (?, ?, ?, ?)", ((d.id, d.title, d.published, d.text) for d in documents)
        )
    database.close()
    words = search()
    return time.perf_counter() - begun, time.process_time() - used, words


def state(place: Path) -> tuple[int, ...]:
    """How much is in a register; the log grows with whatever is done."""
    with Register.open(str(place)) as register:
        found = register.status()
    return tuple(int(found[n]) for n in ("documents", "versions", "captures", "claims", "log_entries"))


def measure(documents: Sequence[Document], source: str, folder: Path) -> Iterator[Row]:
    """All rows of the table."""
    count, characters = len(documents), sum(len(d.text) for d in documents)
    yield machine()
    yield Row("texts", f"{count:,} {source}", f"{characters / count:,.0f} characters each on average")
    place, given = folder / "register", written(documents, folder / "articles.jsonl")
    at = ("--register", str(place))
    made = run("init", str(place))
    yield Row("new register", f"{made.clock:.1f} s", f"{made.processor:.1f} s of processors")
    busy = os.getloadavg()[0]
    first = run("add", str(given), "--offline", *at)
    documents_there, _, _, claims, _ = before = state(place)
    promised = f"; {_PROMISED} s are promised for {_ARTICLES:,} on two cores" if count == _ARTICLES else ""
    yield Row(
        "added and read",
        f"{first.clock:.0f} s",
        f"by the clock, with {busy:.1f} other processes at work on the machine{promised}",
    )
    each = first.processor / count
    yield Row(
        "added and read, processors",
        f"{first.processor:.0f} s",
        f"{1e3 * each:.1f} ms each; {first.processor / cores():.0f} s on each of {cores()} cores",
    )
    yield Row("throughput", f"{count / first.clock:,.0f} reports/s", f"{documents_there:,} documents, {claims:,} claims")
    if first.peak is not None:
        yield Row("peak memory, all processes", f"{first.peak:,.0f} MB", "what they share counts once for each")
    database, blobs = size(place, True), size(place, False)
    articles = given.stat().st_size / _MB
    yield Row(
        "room on the disk",
        f"{database + blobs:,.0f} MB",
        f"database {database:,.0f}, bytes as collected {blobs:,.0f}; the articles are {articles:,.0f}",
    )
    again = run("add", str(given), "--offline", *at)
    after = state(place)
    if after != before or not re.match(r"0 new, ", again.said.splitlines()[-1]):
        raise SystemExit(f"adding again changed the register: {before} became {after}; it said: {again.said[-500:]}")
    yield Row(
        "the same again", f"{again.clock:.1f} s", f"{again.processor:.1f} s of processors; nothing changed, not even the log"
    )
    checked = run("verify", *at)
    yield Row("checked (marsad verify)", f"{checked.clock:.1f} s", f"{checked.processor:.1f} s of processors")
    clock, processor, words = baseline(documents, folder / "plain.db")
    times = first.processor / max(processor, 1e-9)
    yield Row(
        "baseline: insert and scan for words of events",
        f"{clock:.0f} s",
        f"{processor:.0f} s of one processor, {words:,} words found; the register takes {times:.1f} times as much",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what it costs to take articles into a register and to read them.")
    parser.add_argument("--documents", type=int, default=500, help="how many texts (default 500)")
    parser.add_argument("--all", action="store_true", help="all texts of the corpus")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    arguments = parser.parse_args()
    if arguments.documents < 1:
        parser.error("--documents must be 1 or more")
    if CORPUS.is_dir():
        documents, source = corpus(0 if arguments.all else arguments.documents), "news articles"
    else:
        documents, source = generated(arguments.documents), "generated reports"
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as folder:
        show(measure(documents, source, Path(folder)), "register", README if arguments.write else None)


if __name__ == "__main__":
    main()
