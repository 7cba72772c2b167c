"""Measure reading: ``python bench/reading.py [--documents N | --all] [--write]``.

Speed on one core (in processor time) and on all (by the clock), start-up, memory, and growth with the length of a text, on
the articles of ``../shared/corpus`` where they are present, else on text made of the sentences of samples and examples.
Beside it, in the same run, stands a scan of the same texts with one regular expression for all words that name events: what
the simplest search would cost.

The first pass over texts sees each word form for the first time; the second finds what the first has looked up. ``--write``
puts the table into ``bench/README.md``.

All of this is of the sources. Where the reader is compiled (``make fast``), the same texts are read by it too, in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from figures import README, Row, machine, show
from marsad import Document, compiled, read
from marsad.batch import cores, read_all
from marsad.lexicon.inflect import forms
from marsad.lexicon.table import read_table
from marsad.text.fold import fold

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
# A text is lengthened by so much to see how the time grows.
_TIMES = (1, 10)
_LENGTHENED = 5


def corpus(count: int) -> list[Document]:
    """Articles of the corpus, evenly spread, or all where ``count`` is 0."""
    found = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text("utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                found.append(Document(row["id"], row["text"], row.get("title") or "", row.get("published"), language="ar"))
    step = max(1, len(found) // count) if count else 1
    return found[::step][: count or None]


def generated(count: int) -> list[Document]:
    """Reports of 20 sentences drawn from the samples and the examples of the pack; the same ones each time."""
    sentences: list[str] = []
    for path in sorted((ROOT / "samples" / "reports").glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        if row["language"] == "ar":
            sentences += [part.strip() for part in re.split(r"(?<=[.!؟])\s", row["text"]) if part.strip()]
    for path in sorted((ROOT / "src/marsad/packs/ar/examples").glob("*.tsv")):
        sentences += [max(row.cells.values(), key=len) for row in read_table(f"ar/examples/{path.name}")]
    rng = random.Random(0)
    made = []
    for number in range(count):
        parts = [rng.choice(sentences).rstrip(".") + rng.choice((". ", ".\n\n")) for _ in range(20)]
        made.append(Document(f"made{number}", "".join(parts), "", "2018-12-16", language="ar"))
    return made


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds, which other programs on the machine do not lengthen much."""
    start = time.process_time()
    work()
    return time.process_time() - start


def scan(documents: Sequence[Document]) -> Callable[[], int]:
    """A search for the forms of all words that name events, with one letter or two and the article before them."""
    listed, paradigms = set[str](), {row["paradigm"] for row in read_table("ar/paradigms.tsv")}
    for row in read_table("ar/lexicon/events.tsv"):
        if row["paradigm"] in paradigms:
            listed |= forms(row["paradigm"], row.list("stems")).keys()
        listed |= {fold(form) for column in ("plurals", "forms") for form in row.list(column)}
    clitics = sorted({row["form"] for row in read_table("ar/clitics.tsv") if row["side"] == "pro"}, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(clitics)})?(?:{'|'.join(sorted(map(re.escape, listed), key=len, reverse=True))})\b")
    return lambda: sum(len(pattern.findall(fold(document.text))) for document in documents)


def start_up(document: Document, *, fast: bool = False) -> tuple[float, float]:
    """Seconds to import the reader, and to load all word lists and places with the first report; the best of three."""
    code = (
        "import json, sys, time; a = time.process_time()\n"
        "from marsad import Document, read; import marsad.reading.reader; b = time.process_time()\n"
        "read(Document(**json.load(sys.stdin))); print(b - a, time.process_time() - b)"
    )
    given = json.dumps({"id": "x", "text": document.text, "published": document.published})
    runs = [_child(code, given, fast=fast) for _ in range(3)]
    return min(float(r[0]) for r in runs), min(float(r[1]) for r in runs)


def memory(documents: Sequence[Document], *, fast: bool = False) -> float:
    """Peak memory in MB of a process that reads the documents one by one and keeps no claims."""
    code = (
        f"import json, sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nfrom figures import peak\nfrom marsad import Document, read\n"
        "for line in sys.stdin: read(Document(**json.loads(line)))\n"
        "print(peak())"
    )
    given = "\n".join(json.dumps({"id": d.id, "text": d.text, "published": d.published}) for d in documents)
    return float(_child(code, given, fast=fast)[0])


def _child(code: str, given: str, *, fast: bool = False) -> list[str]:
    """What a process of Python says; ``fast`` lets it take the compiled reader."""
    environment = {**os.environ, "MARSAD_PURE": "" if fast else "1"}
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.split()


def when_compiled(documents: Sequence[Document], passes: Sequence[float]) -> Iterator[Row]:
    """The rows of the compiled reader.

    Args:
        documents: the texts.
        passes: the seconds that the sources took for the first pass and the second.
    """
    code = (
        "import json, sys, time\nfrom collections import deque\nfrom marsad import Document, read\nfrom marsad.batch import cores, read_all\n"
        "documents = [Document(**json.loads(line)) for line in sys.stdin]\nread(documents[0])\n"
        "for _ in range(2):\n"
        "    a = time.process_time(); deque(read_all(documents, 1), maxlen=0); print(time.process_time() - a)\n"
        "a = time.perf_counter(); deque(read_all(documents, cores()), maxlen=0); print(time.perf_counter() - a)"
    )
    if _child("from marsad import compiled; print(compiled.STATE or 'none')", "", fast=True) != ["compiled"]:
        yield Row("compiled", "not measured", "make fast compiles the reader; there is none of these sources")
        return
    fields = ("id", "text", "title", "published", "language")
    given = "\n".join(json.dumps({name: getattr(d, name) for name in fields}) for d in documents)
    *taken, every = map(float, _child(code, given, fast=True))
    for name, seconds_, before in zip(("first pass", "second pass"), taken, passes, strict=True):
        figure = f"{len(documents) / seconds_:,.0f} reports/s"
        yield Row(f"compiled, one core, {name}", figure, f"{before / seconds_:.2f} times as many as the sources")
    yield Row(
        f"compiled, all {cores()} cores",
        f"{len(documents) / every:,.0f} reports/s",
        "with the start of the processes; clock time",
    )
    imported, first = start_up(documents[0], fast=True)
    yield Row("compiled, import and first report", f"{imported + first:.2f} s", f"{imported:.2f} s the import")
    yield Row("compiled, peak memory, one process", f"{memory(documents, fast=True):,.0f} MB")


def growth(documents: Sequence[Document]) -> Iterator[Row]:
    """Milliseconds per 1,000 characters of the same texts, repeated; with and without what parts sentences."""
    middle = sorted(documents, key=lambda d: len(d.text))[len(documents) // 2 :][:_LENGTHENED]
    for name, change in (("text", lambda t: t + "\n"), ("one sentence", lambda t: re.sub(r"[^\w\s]|\n", " ", t) + " ")):
        figures = []
        for times in _TIMES:
            texts = [Document("x", change(d.text) * times, published=d.published) for d in middle]
            taken = min(seconds(lambda texts=texts: [read(d) for d in texts]) for _ in range(2))
            figures.append(1e6 * taken / sum(len(d.text) for d in texts))
        spread = ", ".join(f"{figure:.2f}" for figure in figures)
        lengths = ", ".join(f"x{times}" for times in _TIMES)
        yield Row(
            f"ms per 1,000 characters, {name} {lengths}", spread, f"x{_TIMES[-1]} costs {figures[-1] / figures[0]:.2f} times x1"
        )


def measure(documents: Sequence[Document], source: str) -> Iterator[Row]:
    """All rows of the table."""
    size = sum(len(d.text) for d in documents)
    count = len(documents)
    yield machine()
    yield Row("texts", f"{count:,} {source}", f"{size / count:,.0f} characters each on average")
    imported, first = start_up(documents[0])
    yield Row("import", f"{imported:.2f} s")
    yield Row("word lists, places and first report", f"{first:.2f} s", f"{imported + first:.2f} s with the import")
    read(documents[0])
    claims = 0

    def whole() -> None:
        nonlocal claims
        claims = sum(len(reading.claims) for reading in read_all(documents, 1))

    passes = []
    for name in ("first pass", "second pass"):
        taken = seconds(whole)
        passes.append(taken)
        yield Row(
            f"one core, {name}",
            f"{count / taken:,.0f} reports/s",
            f"{1e3 * taken / count:.1f} ms each, {size / taken / 1e6:.2f} M characters/s",
        )
    jobs = cores()
    start = time.perf_counter()
    deque(read_all(documents, jobs), maxlen=0)
    every = time.perf_counter() - start
    yield Row(f"all {jobs} cores", f"{count / every:,.0f} reports/s", "with the start of the processes; clock time")
    yield Row("peak memory, one process", f"{memory(documents):,.0f} MB")
    search = scan(documents)
    search_time = min(seconds(search) for _ in range(2))
    yield Row(
        "baseline: scan for words of events",
        f"{count / search_time:,.0f} reports/s",
        f"{search():,} words found; reading takes {taken / search_time:.1f} times as long and gives {claims:,} claims",
    )
    yield from growth(documents)
    yield from when_compiled(documents, passes)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speed, memory and growth of reading.")
    parser.add_argument("--documents", type=int, default=1000, help="how many texts (default 1000)")
    parser.add_argument("--all", action="store_true", help="all texts of the corpus")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    arguments = parser.parse_args()
    if arguments.documents < 1:
        parser.error("--documents must be 1 or more")
    if compiled.STATE == "compiled":
        again = [sys.executable, *sys.argv]
        sys.exit(subprocess.run(again, env={**os.environ, "MARSAD_PURE": "1"}, check=False).returncode)
    if CORPUS.is_dir():
        documents, source = corpus(0 if arguments.all else arguments.documents), "news articles"
    else:
        documents, source = generated(arguments.documents), "generated reports"
    show(measure(documents, source), "reading", README if arguments.write else None)


if __name__ == "__main__":
    main()
