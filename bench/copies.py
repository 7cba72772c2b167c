"""Measure the finding of copies: ``python bench/copies.py [--reports N | --all] [--write]``.

How many of 2,000 made copies are found (words changed, cut, a paragraph of another report added, and all three), how many others
are taken for copies, and what grouping costs, on the articles of ``../shared/corpus`` where they are present, else on text made of
the sentences of samples and examples. Of articles that have a passage in common only one is taken, so each true pair is known.

Beside it, on the same reports, stands what the simplest tool does: reports are copies if they have a paragraph in common, to the
letter. ``--write`` puts the table into ``bench/README.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from figures import README, Row, machine, peak, show
from marsad import Document
from marsad.syndication.finding import Finder
from marsad.syndication.shingles import sketch
from reading import CORPUS, corpus, generated

PAIRS = 2000
_LEAST = 80  # words of a report that copies are made of
_CHANGED, _KEPT = 0.06, 0.6  # of the words
_PARAGRAPH = 60  # words at most
_SENTENCES = 14  # of a made report
KINDS = ("words changed", "cut", "paragraph added", "all three")


def made_copy(original: Document, other: Document, kind: str, words: Sequence[str], rng: random.Random) -> Document:
    """A copy of a report, changed in a way; published a day later or the same day by another publisher.

    Args:
        original: the report.
        other: the one of which a paragraph is added.
        kind: one of ``KINDS``.
        words: that changed words are drawn from.
        rng: what chance it has.
    """
    text = original.text.split(" ")
    if kind in ("cut", "all three"):
        size = max(1, int(len(text) * _KEPT))
        start = 0 if rng.random() < 0.6 else rng.randrange(len(text) - size + 1)
        text = text[start : start + size]
    if kind in ("words changed", "all three"):
        text = [rng.choice(words) if rng.random() < _CHANGED else word for word in text]
    body = " ".join(text)
    if kind in ("paragraph added", "all three"):
        paragraphs = [p for p in re.split(r"\n+", other.text) if len(p.split()) > 15] or [other.text]
        added = " ".join(rng.choice(paragraphs).split()[:_PARAGRAPH])
        body = f"{body}\n\n{added}" if rng.random() < 0.7 else f"{added}\n\n{body}"
    return Document(f"{original.id}+", body, "", original.published, publisher=f"copier {rng.randrange(9)}", language="ar")


def grouped(documents: Sequence[Document]) -> dict[str, list[str]]:
    """The groups of reports, taken in in order."""
    by_id = {d.id: d for d in documents}
    finder = Finder(by_id.__getitem__)
    for document in documents:
        finder.add(document)
    groups: dict[str, list[str]] = {}
    for document in documents:
        groups.setdefault(finder.groups.of(document.id), []).append(document.id)
    return groups


def by_paragraphs(documents: Sequence[Document]) -> dict[str, list[str]]:
    """The baseline: reports that have a paragraph of 15 words or more in common, to the letter."""
    label: dict[str, str] = {}
    seen: dict[bytes, str] = {}
    for document in documents:
        label[document.id] = document.id
        for paragraph in re.split(r"\n+", document.text):
            if len(paragraph.split()) >= 15:
                key = hashlib.blake2b(" ".join(paragraph.split()).encode(), digest_size=16).digest()
                label[document.id] = label[seen.setdefault(key, document.id)]
    groups: dict[str, list[str]] = {}
    for identifier, first in label.items():
        groups.setdefault(first, []).append(identifier)
    return groups


def pairs(originals: Sequence[Document], count: int, rng: random.Random) -> tuple[list[Document], dict[str, str]]:
    """Copies of the first reports, a quarter of each kind, with their kinds by id."""
    words = [word for d in rng.sample(list(originals), min(300, len(originals))) for word in d.text.split()]
    made, kinds = [], {}
    for number in range(count):
        original = originals[number % len(originals)]
        other = rng.choice(originals)
        kind = KINDS[number % len(KINDS)]
        copy = made_copy(original, other, kind, words, rng)
        made.append(copy)
        kinds[copy.id] = kind
    return made, kinds


def score(groups: dict[str, list[str]], kinds: dict[str, str]) -> tuple[dict[str, float], float, int]:
    """Recall by kind, precision of pairs in which there is a made copy, and how many of these are wrong."""
    label = {i: name for name, members in groups.items() for i in members}
    recall = {}
    for kind in KINDS:
        ids = [i for i, k in kinds.items() if k == kind]
        recall[kind] = sum(label[i] == label[i[:-1]] for i in ids) / max(1, len(ids))
    right = wrong = 0
    for members in groups.values():
        for one, other in combinations(members, 2):
            if one in kinds or other in kinds:
                if one.rstrip("+") == other.rstrip("+"):
                    right += 1
                else:
                    wrong += 1
    return recall, right / max(1, right + wrong), wrong


def stream(originals: Sequence[Document], count: int, seed: int = 0) -> Iterator[Document]:
    """Reports to measure speed with: a quarter are copies of others, the rest share sentences in other words with many."""
    rng = random.Random(seed)
    sentences = [s for d in originals for s in re.split(r"(?<=[.!؟])\s+", d.text) if len(s.split()) > 5]
    words = [word for d in rng.sample(list(originals), min(300, len(originals))) for word in d.text.split()]
    last: list[Document] = []
    for number in range(count):
        if number % 4 == 3:
            made = made_copy(rng.choice(last), rng.choice(last), rng.choice(KINDS), words, rng)
            yield Document(f"r{number}", made.text, "", made.published, publisher=made.publisher, language="ar")
            continue
        parts = []
        for sentence in rng.sample(sentences, min(_SENTENCES, len(sentences))):
            parts.append(" ".join(rng.choice(words) if rng.random() < 0.3 else w for w in sentence.split()))
        made = Document(f"r{number}", "\n".join(parts), "", "2018-05-01", publisher=f"site {number % 40}", language="ar")
        last = [*last[-499:], made]
        yield made


def measured(originals: Sequence[Document], count: int) -> dict[str, float]:
    """Processor seconds of grouping reports one after another, of the last tenth of them, and peak memory in MB."""
    kept: dict[str, Document] = {}
    finder = Finder(kept.__getitem__)
    taken = tenth = 0.0
    size = groups = 0
    for number, document in enumerate(stream(originals, count)):
        kept[document.id] = document
        size += len(document.text)
        start = time.process_time()
        groups += any(p.likeness.kind == "copy" for p in finder.add(document)[1])
        spent = time.process_time() - start
        taken += spent
        if number >= count - count // 10:
            tenth += spent
    return {"seconds": taken, "tenth": tenth, "peak": peak(), "characters": size / count, "copies": groups}


def reports() -> tuple[list[Document], str]:
    """All reports that there are to measure with, without those that have a passage in common with one before."""
    if CORPUS.is_dir():
        documents, source = corpus(0), "news articles"
    else:
        documents, source = generated(400), "generated reports"
    kept: list[Document] = []
    under: dict[int, list[str]] = {}
    for document in documents:
        values = sketch(document.text)
        common = Counter(other for value in values for other in under.get(value, ()))
        # With three values in common there may be a paragraph.
        if max(common.values(), default=0) < 3 and len(document.text.split()) >= _LEAST:
            kept.append(document)
        for value in values:
            under.setdefault(value, []).append(document.id)
    return kept, source


def measure(count: int, pair_count: int) -> Iterator[Row]:
    """All rows of the table."""
    originals, source = reports()
    yield machine()
    yield Row("texts", f"{len(originals):,} {source}", f"of {_LEAST} words and more that have no passage in common")
    rng = random.Random(0)
    rng.shuffle(originals)
    copies, kinds = pairs(originals, min(pair_count, len(originals)), rng)
    every = [*originals, *copies]
    rng.shuffle(every)
    for name, how in (("copies", grouped), ("baseline: a paragraph in common", by_paragraphs)):
        start = time.process_time()
        groups = how(every)
        taken = time.process_time() - start
        recall, precision, wrong = score(groups, kinds)
        mean = sum(recall.values()) / len(recall)
        told = ", ".join(f"{kind} {value:.3f}" for kind, value in recall.items())
        yield Row(f"{name}: recall on {len(copies):,} pairs", f"{mean:.4f}", told)
        yield Row(f"{name}: precision", f"{precision:.4f}", f"{wrong} wrong pairs")
        yield Row(f"{name}: one core", f"{len(every) / taken:,.0f} reports/s", f"{1e3 * taken / len(every):.2f} ms each")
    code = [sys.executable, str(Path(__file__)), "--only-grouping", "--reports", str(count)]
    found = json.loads(subprocess.run(code, capture_output=True, text=True, check=True).stdout)
    yield Row(
        f"{count:,} reports grouped, one core",
        f"{found['seconds']:,.0f} s",
        f"{1e3 * found['seconds'] / count:.2f} ms each of {found['characters']:,.0f} characters; "
        f"{found['copies']:,.0f} joined a group; the last tenth {1e4 * found['tenth'] / count:.2f} ms each",
    )
    yield Row("peak memory, texts included", f"{found['peak']:,.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how well and how fast copies of reports are found.")
    parser.add_argument("--reports", type=int, default=10_000, help="how many to group for speed and memory (default 10000)")
    parser.add_argument("--pairs", type=int, default=PAIRS, help=f"how many copies to make (default {PAIRS})")
    parser.add_argument("--all", action="store_true", help="100,000 reports")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    parser.add_argument("--only-grouping", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.reports < 1 or arguments.pairs < 1:
        parser.error("--reports and --pairs must be 1 or more")
    count = 100_000 if arguments.all else arguments.reports
    if arguments.only_grouping:
        # The reports are not deduplicated here, since that would count as memory.
        print(json.dumps(measured(corpus(0) if CORPUS.is_dir() else generated(400), count)))
        return
    show(measure(count, arguments.pairs), "copies", README if arguments.write else None)


if __name__ == "__main__":
    main()
