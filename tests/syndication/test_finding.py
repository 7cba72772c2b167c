"""Copies are found among many, one report after another."""

from __future__ import annotations

import json
import random
from itertools import permutations

import pytest

from marsad.model import Document
from marsad.syndication.finding import FULL, Finder
from marsad.syndication.shingles import SIZE, sketch, sketch_of
from marsad.text.fold import fold
from marsad.text.tokens import Text, WordPlaces, word_forms
from tests.shared import SAMPLES
from tests.syndication.making import REPORT, document, report


def groups(documents: list[Document]) -> set[frozenset[str]]:
    by_id = {d.id: d for d in documents}
    finder = Finder(by_id.__getitem__)
    for d in documents:
        finder.add(d)
    found: dict[str, set[str]] = {}
    for d in documents:
        found.setdefault(finder.groups.of(d.id), set()).add(d.id)
    return {frozenset(members) for members in found.values()}


def test_the_samples_have_the_copies_that_their_gold_names() -> None:
    rows = [json.loads(p.read_text("utf-8")) for p in sorted((SAMPLES / "reports").glob("*.json"))]
    documents = [
        Document(r["id"], r["text"], r["title"], r["published"], publisher=r["publisher"], language=r["language"]) for r in rows
    ]
    gold = {frozenset((r["id"], r["copy_of"])) for r in rows if r["copy_of"]}
    assert len(gold) == 4
    for order in (documents, documents[::-1]):
        assert {g for g in groups(order) if len(g) > 1} == gold


def test_groups_do_not_depend_on_the_order() -> None:
    cut = document("b", "\n\n".join(REPORT.split("\n\n")[:3]))
    more = document("c", f"{REPORT}\n\n{report(1, 4)}")
    others = [document("d", report(2)), document("e", report(3))]
    for order in permutations([document("a", REPORT), cut, more, *others]):
        assert groups(list(order)) == {frozenset("abc"), frozenset("d"), frozenset("e")}


def test_a_report_put_together_of_two_does_not_join_them() -> None:
    both = f"{report(10)}\n\n{report(11, 14)}"
    found = groups([document("a", report(10)), document("b", report(11, 14)), document("c", both)])
    assert not any({"a", "b"} <= g for g in found)


def test_made_copies_are_found_and_no_others() -> None:
    rng = random.Random(5)
    originals = [document(f"o{n}", report(100 + n, 24)) for n in range(60)]
    words = [w for d in originals for w in d.text.split()]
    copies = []
    for number, original in enumerate(originals):
        text = original.text.split(" ")
        start = rng.randrange(len(text) * 2 // 5)
        text = [rng.choice(words) if rng.random() < 0.06 else w for w in text[start : start + len(text) * 3 // 5]]
        added = originals[(number + 7) % 60].text.split("\n\n")[2]
        copies.append(document(f"c{number}", f"{' '.join(text)}\n\n{added}"))
    every = [*originals, *copies]
    rng.shuffle(every)
    pairs = [g for g in groups(every) if len(g) > 1]
    right = {frozenset((f"o{n}", f"c{n}")) for n in range(60)}
    assert len(right & set(pairs)) >= 58
    assert set(pairs) <= right


def test_a_notice_at_the_end_of_all_reports_makes_no_group() -> None:
    notice = report(999, 6)
    documents = [document(f"n{n}", f"{report(1000 + n, 12)}\n\n{notice}", publisher="وكالة الساحل") for n in range(FULL * 2)]
    finder = Finder({d.id: d for d in documents}.__getitem__)
    for d in documents:
        finder.add(d)
    assert all(len(there) <= FULL for there in finder.values.values())
    assert all(finder.groups.of(d.id) == d.id for d in documents)


def test_hundreds_of_the_same_text_are_one_group() -> None:
    documents = [document(f"n{n}", REPORT) for n in range(FULL * 3)]
    assert len(groups(documents)) == 1


def test_a_sketch_is_the_same_for_ever() -> None:
    # Registers keep it: other values would find nothing among those that are stored.
    assert sketch("قصف على قرية أم الورود فجر الأحد")[:2] == (1072677871027944291, 6023473408413445173)
    assert sketch("قُصِفَ") == () and len(sketch(report(1, 40))) == SIZE


def test_a_sketch_is_the_lowest_hashes() -> None:
    rng = random.Random(1)
    for count in (0, 5, SIZE, 100, 2000):
        # Also where the hashes are not spread evenly.
        for most in (2**63 - 1, 2**40):
            values = [rng.randrange(most) for _ in range(count)] + [2**63 - 1]
            assert sketch_of(values) == tuple(sorted(set(values))[:SIZE])
    assert sketch_of([2**63 - 1 - n for n in range(500)]) == tuple(2**63 - 500 + n for n in range(SIZE))


def test_word_forms_and_places_are_those_of_tokens() -> None:
    for text in (REPORT, "3,000 شخص (رويترز) - قـ.ـصف  ١٢ a_b", "", "\n\n"):
        words, places = [t for t in Text(text).tokens if t.kind in "wn"], WordPlaces(text)
        assert word_forms(text) == [t.form for t in words]
        assert [places[n] for n in range(len(places))] == [(t.start, t.end) for t in words]
    assert word_forms("أُصيبَ") == [fold("أصيب")]


def test_long_reports_are_not_all_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.syndication.finding._KEPT_WORDS", 1000)
    documents = [document(f"d{n}", f"{REPORT}\n\n{report(n, 6)}") for n in range(12)]
    by_id = {d.id: d for d in documents}
    finder = Finder(by_id.__getitem__)
    for made in documents:
        finder.add(made)
        assert sum(len(w.hashes) for w in finder._words.values()) == finder._held <= 1000
    assert len({finder.groups.of(d.id) for d in documents}) == 1
