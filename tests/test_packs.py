"""Data files: every table of the language packs is well formed, sorted, without doubles, in use and our own."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from marsad.errors import PackError
from marsad.lexicon.table import read_table
from tests.shared import CORPUS, GOLD, ROOT, SAMPLES, SHARED, needs_gold, needs_shared_samples

PACKS = ROOT / "src" / "marsad" / "packs"
TABLES = sorted(path.relative_to(PACKS).as_posix() for path in PACKS.rglob("*.tsv"))

# Tables stand in the order of their lines, so that a change is one line and doubles meet. The others, and why.
UNSORTED = {
    "ar/clitics.tsv": "before and after apart, then by meaning",
    "ar/lexicon/demonym_endings.tsv": "by form of the adjective",
    "ar/lexicon/endings.tsv": "by role",
    "ar/lexicon/homographs.tsv": "by meaning",
    "ar/lexicon/place_classes.tsv": "by kind of place",
    "ar/months.tsv": "months of the year",
    "ar/paradigms.tsv": "forms as in a grammar",
    "ar/places.tsv": "by country",
    "ar/romanisation.tsv": "alphabet",
    "exports/acled.tsv": "columns of the format",
    "exports/airwars.tsv": "columns of the format",
    "exports/atlos.tsv": "columns of the format",
    "exports/hxl.tsv": "columns of the format",
    "exports/uwazi.tsv": "columns of the format",
    "exports/csv.tsv": "columns of the format",
    "exports/geojson.tsv": "columns of the format",
    "exports/table.tsv": "columns of the table",
    "exports/ucdp.tsv": "columns of the format",
}
# Tables that stand in the order of another column than the first.
ORDER = {"ar/parties.tsv": "alias"}
# Columns that together may stand only once; elsewhere only whole lines may not repeat.
KEYS = {
    "ar/clitics.tsv": ("side", "form"),
    "ar/lexicon/common_words.tsv": ("form",),
    "ar/lexicon/countries.tsv": ("code",),
    "ar/lexicon/demonym_endings.tsv": ("ending", "article"),
    "ar/lexicon/endings.tsv": ("word", "role"),
    "ar/lexicon/events.tsv": ("lemma", "class"),
    "ar/lexicon/forces.tsv": ("word",),
    "ar/lexicon/harm.tsv": ("lemma", "use"),
    "ar/lexicon/harmwords.tsv": ("word", "role"),
    "ar/lexicon/homographs.tsv": ("form", "not"),
    "ar/lexicon/origins.tsv": ("singular",),
    "ar/lexicon/outlets.tsv": ("name",),
    "ar/lexicon/place_classes.tsv": ("forms",),
    "ar/lexicon/place_context.tsv": ("role", "forms"),
    "ar/lexicon/place_homographs.tsv": ("form",),
    "ar/lexicon/speech_markers.tsv": ("type", "phrase"),
    "ar/lexicon/speech_verbs.tsv": ("perfect", "stance"),
    "ar/lexicon/victims.tsv": ("singular",),
    "ar/romanisation.tsv": ("letter",),
    "ar/weekdays.tsv": ("weekday",),
    "exports/acled.tsv": ("column",),
    "exports/airwars.tsv": ("column",),
    "exports/atlos.tsv": ("column",),
    "exports/hxl.tsv": ("column",),
    "exports/uwazi.tsv": ("column",),
    "exports/countries.tsv": ("code",),
    "exports/csv.tsv": ("column",),
    "exports/events.tsv": ("type",),
    "exports/fields.tsv": ("field",),
    "exports/formats.tsv": ("format",),
    "exports/geojson.tsv": ("column",),
    "exports/parties.tsv": ("party",),
    "exports/table.tsv": ("column",),
    "exports/ucdp.tsv": ("column",),
    "languages.tsv": ("language",),
}
# Marks that nobody sees and that no look-up would find: direction and joining marks, byte order marks, odd spaces.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00a0\u00ad\r]")


def lines(table: str) -> list[str]:
    return (PACKS / table).read_text("utf-8").split("\n")


def data(table: str) -> list[str]:
    """Lines of a table below its header row."""
    return [line for line in lines(table) if line and not line.startswith("#")][1:]


@pytest.mark.parametrize("table", TABLES)
def test_table_is_well_formed(table: str) -> None:
    rows = read_table(table)
    assert rows, "no row"
    given = lines(table)
    assert given[0].startswith("# "), "the file begins with a comment that says what it holds"
    assert given[-1] == "" and given[-2] != "", "the file ends with one line end"
    for number, line in enumerate(given, 1):
        where = f"{table}:{number}"
        assert unicodedata.is_normalized("NFC", line), f"{where}: letters that are not composed (NFC)"
        unseen = _UNSEEN.search(line)
        assert unseen is None or "examples/" in table, f"{where}: a mark that cannot be seen, {unseen and ascii(unseen.group())}"
        assert "  " not in line or "examples/" in table or line.startswith("#"), f"{where}: two spaces"


@pytest.mark.parametrize("table", TABLES)
def test_lists_in_cells_name_each_word_once(table: str) -> None:
    for row in read_table(table):
        for column, cell in row.cells.items():
            # In a stem column the same stem may serve for two.
            if "|" not in cell or column in ("stems", "loose", "careful", "first", "last", "sentence", "text", "told"):
                continue
            if row.cells.get("paradigm") in ("verb", "future") and column == "phrase":
                continue
            doubles = [word for word, count in Counter(row.list(column)).items() if count > 1]
            assert not doubles, f"{row.file}:{row.line}: {column} has {doubles} twice"


@pytest.mark.parametrize("table", [t for t in TABLES if t not in UNSORTED and "/examples/" not in t])
def test_table_is_sorted(table: str) -> None:
    given = [row[ORDER[table]] for row in read_table(table)] if table in ORDER else data(table)
    wrong = next((after for before, after in pairwise(given) if after < before), None)
    assert wrong is None, f"{table}: this line stands too late: {wrong}"


def test_exceptions_name_tables_that_are_there() -> None:
    assert UNSORTED.keys() | ORDER.keys() | KEYS.keys() <= set(TABLES)
    assert not [table for table in UNSORTED if data(table) == sorted(data(table))], "sorted by now"


@pytest.mark.parametrize("table", TABLES)
def test_nothing_stands_twice(table: str) -> None:
    doubles = [line for line, count in Counter(data(table)).items() if count > 1]
    assert not doubles, f"{table}: twice: {doubles}"
    if table in KEYS:
        keys = Counter(tuple(row[column] for column in KEYS[table]) for row in read_table(table))
        assert not [key for key, count in keys.items() if count > 1]


def test_every_table_is_read_by_something() -> None:
    code = "\n".join(path.read_text("utf-8") for folder in ("src", "tests", "tools") for path in (ROOT / folder).rglob("*.py"))
    code = code.replace((Path(__file__)).read_text("utf-8"), "")
    unused = [table for table in TABLES if Path(table).name not in code and Path(table).stem not in code]
    assert not unused


def test_a_row_with_too_many_cells_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.lexicon.table.read_text", lambda path: "# words\nword\tkind\na\tb\nc\td\te\n")
    with pytest.raises(PackError, match=r"^ar/x\.tsv:4: 3 cells where the header has 2$"):
        read_table.__wrapped__("ar/x.tsv")


def sentences() -> Iterator[tuple[str, str]]:
    """Example sentences of the packs, long enough to be told from others."""
    for table in TABLES:
        if "/examples/" in table:
            for row in read_table(table):
                for cell in row.cells.values():
                    if len(cell) >= 40:
                        yield f"{row.file}:{row.line}", cell


@needs_gold
def test_examples_are_our_own() -> None:
    """No example is taken from the gold reports, nor (with MARSAD_ALL set, since it takes long) from the corpus."""
    texts = [json.loads(path.read_text("utf-8"))["text"] for path in sorted(GOLD.glob("*.json"))]
    if os.environ.get("MARSAD_ALL"):
        for path in sorted(CORPUS.glob("*.jsonl")):
            texts += [json.loads(line)["text"] for line in path.read_text("utf-8").split("\n") if line.strip()]
    every = "\n".join(texts)
    assert not [where for where, sentence in sentences() if sentence.rstrip(".") in every]


@needs_shared_samples
def test_samples_are_the_reference_samples() -> None:
    theirs = {p.relative_to(SHARED / "samples"): p for p in (SHARED / "samples").rglob("*.json")}
    ours = {p.relative_to(SAMPLES): p for p in SAMPLES.rglob("*.json")}
    assert ours.keys() == theirs.keys()
    for name, path in theirs.items():
        assert json.loads(ours[name].read_text("utf-8")) == json.loads(path.read_text("utf-8")), name
