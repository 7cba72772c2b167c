"""Measure searching: ``python bench/search.py [--reports N] [--register FOLDER | --register postgresql://...] [--write]``.

Builds a register of many reports out of some articles of ``../shared/corpus`` where they are present, else of text made of samples
and examples: they are read and stored, and their rows then copied under other days and with other places, with sentences of other
articles behind its own. Then it asks questions of many kinds, each in a process of its own whose register is not in the memory of the
system ("cold") and again ("warm"), from typing to results with snippets. Beside it stands what a search without an index costs: all
texts that hold the letters of the first word and of the others. A register that is there already is measured as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from copied import multiply
from figures import README, peak, put
from marsad.batch import Reading, read_all
from marsad.errors import MarsadError
from marsad.gazetteer.layers import open_gazetteer
from marsad.register.provenance import Capture
from marsad.register.request import Request
from marsad.register.searching import search
from marsad.register.store import Register
from reading import CORPUS, corpus, generated

_WARM = 15
# Articles that are read; all other reports are made of their rows.
_BASE = 2_000
_AT = datetime(2024, 1, 1, tzinfo=UTC)
QUESTIONS: dict[str, Request] = {
    "a rare word": Request("الباغوز"),
    "a common word": Request("قصف"),
    "a very common word": Request("قوات"),
    "only small words": Request("في من"),
    "two words": Request("قصف مسجد"),
    "four words": Request("قصف طيران مدينة مدنيين"),
    "words with letters attached": Request("وبالمساجد"),
    "a phrase": Request('"قصف جوي"'),
    "a phrase of common words": Request('"قوات النظام" "في مدينة"'),
    "a word without another": Request("قوات -سوريا"),
    "one of three words": Request("قصف OR غارة OR هجوم مستشفى"),
    "a word nobody wrote": Request("زمخشرلوب"),
    "a word and a stretch of days": Request("قصف", first="2018-10-01", last="2018-11-15"),
    "a common word, open days": Request("قوات", first="2016-03-05"),
    "a word and a place": Request("قصف", place="هجين"),
    "a word and a country": Request("قصف", place="سوريا"),
    "a word near a place": Request("قصف", place="هجين", within="20km"),
    "all near a city": Request(place="حلب", within="100km"),
    "a party": Request(party="داعش"),
    "a word, place, days": Request("قصف مسجد", place="دير الزور", first="2018-10-01"),
    "party, type and days": Request(party="isis", type="remote_explosive_ied", first="2016-01-01", last="2018-12-31"),
    "word, party, harm, country": Request("مدينة", party="Houthis", harm="killed", place="اليمن"),
    "the second page": Request("قصف", after="?"),
}


def material(count: int) -> list[Reading]:
    """Some articles with their claims."""
    documents = corpus(count) if CORPUS.is_dir() else generated(count)
    return [reading for reading in read_all(documents) if reading.error is None]


def captured(reading: Reading, number: int) -> tuple[Capture, Reading]:
    """A report as if it were collected."""
    document = reading.document
    capture = Capture(
        b"%d" % number, "text/html", f"https://example.org/base/{number}", _AT, "fetch", "bench", document.text, "bench",
        title=document.title, published=document.published, published_from="metadata" if document.published else None,
        publisher=document.publisher, language="ar",
    )  # fmt: skip
    claims = (
        replace(c, id=f"{capture.document_id}.{c.id.rpartition('.')[2]}", document=capture.document_id) for c in reading.claims
    )
    return capture, Reading(capture.document(), tuple(claims))


class _NoBytes:
    """Stands for the bytes as collected, which searching does not ask."""

    def prepare(self, raws: Any) -> None: ...

    def insert(self, connection: Any, raws: Any) -> None: ...


def build(place: str, count: int) -> dict[str, float]:
    """Make a register of reports; seconds of processor that the index took of those that were copied, and their number."""
    register, _ = Register.create(place)
    with register:
        register.blobs = _NoBytes()  # type: ignore[assignment]
        register.add_all([captured(reading, number) for number, reading in enumerate(material(min(count, _BASE)))])
        spent, copies = multiply(register, count)
    return {"index": spent, "reports": copies}


def sizes(register: Register) -> tuple[int, int]:
    """Bytes of the index and of all."""
    with register.snapshot() as connection:
        if register.where.file is None:
            names = "'search_text','search_document','search_claim','search_form','search_word','search_place'"
            index = connection.scalar(text(f"select sum(pg_total_relation_size(n::regclass)) from unnest(array[{names}]) n"))
            return int(index), int(connection.scalar(text("select pg_database_size(current_database())")))
        index = connection.scalar(text("select sum(pgsize) from dbstat where name like '%search%'"))
        return int(index or 0), register.where.file.stat().st_size


def ask(place: str, name: str, runs: int) -> dict[str, Any]:
    """Ask one question in this process: milliseconds of each run, and what came."""
    request = QUESTIONS[name]
    with Register.open(place) as register:
        gazetteer = open_gazetteer()
        gazetteer.search("هجين")
        with register.snapshot() as connection:
            search(connection, Request("تجربة"))  # loads the word lists; the start of a process is measured by itself
            if request.after:
                request = replace(request, after=search(connection, replace(request, after="")).after)
        _forget(register)
        times, works = [], []
        found = None
        for _ in range(runs):
            begun, work = time.perf_counter(), time.process_time()
            with register.snapshot() as connection:
                found = search(connection, request, gazetteer)
            times.append(1000 * (time.perf_counter() - begun))
            works.append(1000 * (time.process_time() - work))
    assert found is not None
    return {"times": times, "works": works, "count": found.count, "more": found.more, "peak": peak()}


def _forget(register: Register) -> None:
    """Take the file out of the memory of the system, where that is possible."""
    if register.where.file is None or not hasattr(os, "posix_fadvise"):
        return
    register._database._engine.dispose()
    with register.where.file.open("rb") as stream:
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def scan(place: str, words: list[str]) -> float:
    """Milliseconds of a look through all texts for the letters of some words."""
    with Register.open(place) as register, register.snapshot() as connection:
        where = " and ".join(f"b.body like :w{n}" for n in range(len(words)))
        statement = (
            "select d.id, v.published, b.body from document d join version v on v.document_id = d.id and v.number = d.current_version "
            f"join text_body b on b.sha256 = v.text_sha256 where {where} order by v.published desc limit 10"
        )
        begun = time.perf_counter()
        connection.execute(text(statement), {f"w{n}": f"%{word}%" for n, word in enumerate(words)}).all()
        return 1000 * (time.perf_counter() - begun)


def start(place: str) -> float:
    """Seconds from the command to the result of a search by word and place, in a new process."""
    begun = time.perf_counter()
    code = "from marsad.cli.main import run; run()"
    subprocess.run(
        [sys.executable, "-c", code, "search", "قصف", "--place", "هجين", "--register", place], check=True, capture_output=True
    )
    return time.perf_counter() - begun


def main() -> None:
    """Build, ask and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=100_000, help="how many reports the register has")
    parser.add_argument("--register", default="", help="where it is or is to be; else it is made in a folder that is thrown away")
    parser.add_argument("--ask", metavar="NAME", default="", help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    if options.ask:
        print(json.dumps(ask(options.register, options.ask, _WARM + 1)))
        return
    with tempfile.TemporaryDirectory() as folder:
        place = options.register or folder
        lines = list(table(place, options.reports))
    print("\n".join(lines))
    if options.write:
        put(README, "search", "\n".join(lines))


def table(place: str, count: int) -> Iterator[str]:
    """The lines of the table."""
    built = None
    try:
        Register.open(place).close()
    except MarsadError:
        built = build(place, count)
    with Register.open(place) as register:
        with register.snapshot() as connection:
            number = connection.scalar(text("select count(*) from document"))
        index, whole = sizes(register)
        kind = "SQLite" if register.where.file is not None else "PostgreSQL"
    yield "| question | reports found | cold, ms | warm, ms: half, most | of processor: cold, warm |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    colds, warms, works, peak = [], [], [], 0.0
    for name in QUESTIONS:
        done = subprocess.run(
            [sys.executable, __file__, "--register", place, "--ask", name], check=True, capture_output=True, text=True
        )  # fmt: skip
        told = json.loads(done.stdout)
        cold, *warm = told["times"]
        colds.append(cold)
        warms += warm
        peak = max(peak, told["peak"])
        first, *work = told["works"]
        works.append(statistics.median(work))
        least = f"{'at least ' if told['more'] else ''}{told['count']:,}"
        yield f"| {name} | {least} | {cold:.1f} | {statistics.median(warm):.1f}, {max(warm):.1f} | {first:.1f}, {works[-1]:.1f} |"
    warms.sort()
    yield ""
    yield "| measure | figure | |"
    yield "| --- | --- | --- |"
    yield f"| machine | {os.cpu_count()} cores, {platform.machine()} | {platform.system()}, Python {platform.python_version()}, {kind} |"
    yield f"| register | {number:,} reports | {whole / 1e6:,.0f} MB, of which the index {index / 1e6:,.0f} MB |"
    yield f"| all questions, warm | {statistics.median(warms):.1f} ms in the middle | 95 of 100 below {warms[int(0.95 * (len(warms) - 1))]:.1f} ms |"
    yield f"| all questions, warm, of processor | {statistics.median(works):.1f} ms in the middle | at most {max(works):.1f} ms |"
    yield f"| all questions, cold | {statistics.median(colds):.1f} ms in the middle | at most {max(colds):.1f} ms |"
    yield f"| baseline: texts with the letters of one word, of two | {scan(place, ['قصف']):,.0f} ms, {scan(place, ['قصف', 'مسجد']):,.0f} ms | without forms, places or claims |"
    yield f"| a command, from start to end | {statistics.median(start(place) for _ in range(3)):.2f} s | loads word lists and places |"
    yield f"| peak memory of a search | {peak:.0f} MB | with word lists and places |"
    if built is not None and built["reports"]:
        yield (
            f"| building the index | {built['reports'] / built['index']:,.0f} reports/s of processor time on one core | "
            "with merging |"
        )


if __name__ == "__main__":
    main()
