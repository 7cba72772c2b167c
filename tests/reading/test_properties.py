"""What holds of any claim, whatever the text: exact evidence, closed vocabularies, order, and the same output each time.

The corpus is read in part; with ``MARSAD_ALL`` set, all of it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad import Claim, Document, read
from marsad.evaluation.gold import document_of
from marsad.evaluation.score import broken_evidence
from marsad.lexicon.table import read_table
from marsad.vocabulary import VOCABULARIES
from tests.shared import CORPUS, GOLD, ROOT, SAMPLES, needs_corpus, needs_gold

# One article in so many of the corpus is read in a normal run.
_EVERY = 1 if os.environ.get("MARSAD_ALL") else 40
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spans(value: Any) -> Iterator[Mapping[str, Any]]:
    """All evidence inside a record."""
    if isinstance(value, Mapping):
        if {"start", "end", "text"} <= value.keys():
            yield value
        else:
            for inner in value.values():
                yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def check(document: Document) -> list[Claim]:
    """Read a document and check what must hold of its claims."""
    claims = read(document)
    records = [claim.to_dict() for claim in claims]
    assert broken_evidence(records, document.text) == 0
    for span in spans(records):
        assert 0 <= span["start"] < span["end"] <= len(document.text)
    assert len({claim.id for claim in claims}) == len(claims)
    starts = [claim.trigger[0].start for claim in claims]
    assert starts == sorted(starts), "claims stand in the order of their triggers"
    for claim in claims:
        check_values(claim, document)
    return claims


def check_values(claim: Claim, document: Document) -> None:
    known = VOCABULARIES
    assert claim.document == document.id
    assert claim.type in known["type"] and claim.scope in known["scope"] and claim.status in known["status"]
    date, place = claim.date, claim.place
    assert date.precision in known["datePrecision"]
    days = [datetime.date.fromisoformat(day) for day in (date.start, date.end) if day is not None]
    assert days == sorted(days)
    assert place.kind is None or place.kind in known["placeClass"]
    assert place.precision is None or place.precision in known["placePrecision"]
    assert place.country is None or (len(place.country) == 2 and place.country.isupper())
    assert (place.latitude is None) == (place.longitude is None)
    assert {s.kind for s in claim.sites} <= set(known["siteKind"])
    assert {w.kind for w in claim.weapons} <= set(known["weaponKind"])
    assert {s.kind for s in claim.sources} <= set(known["sourceKind"])
    assert {s.role for s in claim.sources} <= set(known["sourceRole"])
    for harm in claim.harm:
        assert harm.kind in known["harmKind"] and harm.status in known["harmStatus"]
        for part in (harm, *harm.including):
            assert part.min is None or part.max is None or 0 <= part.min <= part.max
            assert part.max is None or part.min is not None
        assert {part.who for part in harm.including} <= set(known["including"])
    for values in (claim.perpetrators, claim.targets, claim.sites, claim.weapons, claim.harm, claim.sources):
        assert all(value.evidence for value in values)
    for named in (*claim.perpetrators, *claim.targets, *claim.sites, *claim.sources):
        assert named.name


@cache
def fragments() -> list[str]:
    """Runs of one to six words of the example sentences of the language pack, and what may stand between them."""
    found = []
    for table in sorted((ROOT / "src/marsad/packs/ar/examples").glob("*.tsv")):
        for row in read_table(f"ar/examples/{table.name}"):
            words = max(row.cells.values(), key=len).split()
            size = 1 + len(found) % 6
            found += [" ".join(words[at : at + size]) for at in range(0, len(words), size)]
    return sorted(set(found))


_BETWEEN = (
    " ",
    " ",
    " ",
    " ",
    "، ",
    ". ",
    "\n",
    "\n\n",
    ": ",
    " «",
    "» ",
    ' "',
    " (",
    ") ",
    "؛ ",
    " - ",
    " 5 ",
    " 12/3/2016 ",
    "…",
    "\u200f",
    "ـ",
)
_DAYS = st.sampled_from((None, "2018-12-16", "2011-01-01", "2024-02-29", "1970-01-01", "9999-12-31", "0001-01-01"))
# Any characters, lone halves of surrogate pairs too, which JSON can hold.
_ANY = st.text(st.characters(exclude_categories=()), max_size=200)


@st.composite
def shuffled(draw: st.DrawFn) -> str:
    """A report that nobody wrote: fragments of Arabic sentences in any order with any marks between them."""
    chosen = draw(st.lists(st.tuples(st.sampled_from(fragments()), st.sampled_from(_BETWEEN)), max_size=40))
    return "".join(fragment + mark for fragment, mark in chosen)


def assert_reads(text: str, published: str | None, title: str) -> None:
    document = Document(id="x", text=text, title=title, published=published, language="ar")
    assert check(document) == read(document)


@given(_ANY, _DAYS, st.text(max_size=20))
@_UNHURRIED
def test_any_text(text: str, published: str | None, title: str) -> None:
    assert_reads(text, published, title)


@given(shuffled(), _DAYS, shuffled())
@settings(_UNHURRIED, max_examples=200)
def test_shuffled_reports(text: str, published: str | None, title: str) -> None:
    assert_reads(text, published, title[:100])


@given(st.lists(st.tuples(shuffled(), _ANY), max_size=3), _DAYS)
@settings(_UNHURRIED, max_examples=50)
def test_reports_with_any_text_inside(parts: list[tuple[str, str]], published: str | None) -> None:
    assert_reads("".join(a + b for a, b in parts), published, "")


@pytest.mark.parametrize("text", ["قتل أربعة جنود في", "سقوط أربعة جرحى في", "قتل جنديان وفقا لحماس لـ”سكاي"])
def test_reports_cut_off(text: str) -> None:
    assert_reads(text, "2018-01-01", "")


def test_days_ago_on_the_first_days() -> None:
    assert_reads("قتل جنديان في هجوم قبل أيام", "0001-01-03", "")


def reports(folder: Path) -> list[Document]:
    return [document_of(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]


@pytest.mark.parametrize("document", reports(SAMPLES / "reports"), ids=lambda d: d.id)
def test_samples(document: Document) -> None:
    assert check(document) == read(document)


def moved(value: Any, by: int) -> Any:
    """A record with all offsets moved."""
    if isinstance(value, Mapping):
        if {"start", "end", "text"} <= value.keys():
            return {**value, "start": value["start"] + by, "end": value["end"] + by}
        return {key: moved(inner, by) for key, inner in value.items()}
    return [moved(inner, by) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("document", reports(SAMPLES / "reports")[:30:3], ids=lambda d: d.id)
def test_empty_lines_before_a_report_change_nothing(document: Document) -> None:
    lower = Document(
        id=document.id, text="\n\n" + document.text, title=document.title, published=document.published, language="ar"
    )
    assert [c.to_dict() for c in read(lower)] == [moved(c.to_dict(), 2) for c in read(document)]


@needs_gold
def test_gold_reports() -> None:
    for document in reports(GOLD):
        check(document)


@needs_corpus
def test_corpus() -> None:
    number = 0
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text("utf-8").split("\n"):
            number += 1
            if number % _EVERY == 0 and line.strip():
                record = json.loads(line)
                check(document_of({**record, "id": str(record.get("id") or number)}))


def calls(text: str) -> int:
    """How many functions reading a text calls; unlike seconds, the same on any machine."""
    document = Document(id="x", text=text, published="2018-12-16", language="ar")
    read(document)
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        read(document)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("mark", [".\n\n", ". ", " "], ids=["paragraphs", "one paragraph", "one sentence"])
def test_cost_grows_with_the_length_of_the_text(mark: str) -> None:
    sample = json.loads((SAMPLES / "reports" / "s16.json").read_text("utf-8"))["text"]
    text = "".join(c if c.isalnum() or c.isspace() or c == "،" else "" for c in sample).replace("\n", " ").strip() + mark
    # Some comparisons reach back a bounded way, so short texts cost less; nothing may cost the square of the length.
    assert calls(text * 30) < 7 * calls(text * 10)


_HASH = """
import hashlib, json, sys
from pathlib import Path
from marsad import read
from marsad.evaluation.gold import document_of
digest = hashlib.sha256()
for path in sorted(Path(sys.argv[1]).glob("*.json")):
    for claim in read(document_of(json.loads(path.read_text("utf-8")))):
        digest.update(json.dumps([claim.to_dict(), claim.why], sort_keys=True).encode())
print(digest.hexdigest())
"""


def test_output_does_not_depend_on_the_process() -> None:
    """Sets of strings have another order in each process; nothing of it may show."""
    seen = set()
    for seed in ("0", "1", "2024"):
        done = subprocess.run(
            [sys.executable, "-c", _HASH, str(SAMPLES / "reports")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1 and len(seen.pop().strip()) == len(hashlib.sha256().hexdigest())
