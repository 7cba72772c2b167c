"""Weapons: examples of the language pack, counts, carriers and any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lexicon.table import Row, read_table
from marsad.reading import weapons
from marsad.text.tokens import Text
from marsad.vocabulary import WEAPON_KINDS


def told(source: str) -> list[str]:
    return [
        f"{'*' if m.carrier else ''}{'#' if m.count else ''}{m.kind}: {source[m.start : m.end]}"
        for m in weapons.find(Text(source))
    ]


@pytest.mark.parametrize("row", read_table("ar/examples/weapons.tsv"), ids=lambda row: str(row.line))
def test_examples(row: Row) -> None:
    assert told(row["text"]) == ([] if row["told"] == "-" else row["told"].split("; "))


@pytest.mark.parametrize("row", read_table("ar/lexicon/weapons.tsv"), ids=lambda row: row["word"])
def test_kinds_are_of_the_vocabulary(row: Row) -> None:
    given_kinds = {row["kind"], *(part.partition(":")[2] for part in row.list("takes"))} - {"", "-"}
    assert given_kinds <= set(WEAPON_KINDS)
    classes = {r["class"] for r in read_table("ar/lexicon/weapon_qualifiers.tsv")} | set(WEAPON_KINDS)
    assert {part.partition(":")[0] for part in row.list("takes")} <= classes


_CONDITIONS = {"acc", "def", "indef", "marked", "named", "owned", "plural", "struck", "several", "unnamed", "with"}


@pytest.mark.parametrize("row", read_table("ar/lexicon/weapons.tsv"), ids=lambda row: row["word"])
def test_conditions_and_flags_are_known(row: Row) -> None:
    assert set(row.list("when")) <= _CONDITIONS
    assert set(row.list("flags")) <= {"bare", "carrier", "nisba"}


@pytest.mark.parametrize("name", ["weapons", "weapon_qualifiers"])
def test_tables_are_sorted_without_doubles(name: str) -> None:
    words = [(row["word"], row["paradigm"]) for row in read_table(f"ar/lexicon/{name}.tsv")]
    assert words == sorted(set(words))


def test_words_between_a_verb_and_its_object_are_left_out() -> None:
    source = "فتح مسلحون مجهولون النار على حاجز"
    (mention,) = weapons.find(Text(source))
    assert (mention.kind, source[mention.start : mention.end]) == ("small_arms", "النار")
    assert told("وقف إطلاق النار") == []


def test_letters_before_are_no_part_of_the_words() -> None:
    (mention,) = weapons.find(Text("قصفوا القرية بالصواريخ"))
    assert (mention.proclitic, mention.definite) == ("ب", True)


def test_doubling_mark_tells_a_drone_from_a_march() -> None:
    assert told("أسقط الجيش مسيّرة فوق الميناء") == ["*drone: مسيّرة"]
    assert told("خرجت مسيرة وسط المدينة") == []
    assert told("نظموا مسيرةً وسط المدينة") == []


_TEXT = "صاروخ باليستي قذائف هاون سيارة مفخخة طائرة بدون طيار أطلق النار على و خمسة عبوة ناسفة رصاص ، « » 5 وقف إطلاق الذخائر غير المنفجرة"
_WORDS = _TEXT.split()


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join)))
def test_any_text(source: str) -> None:
    past = -1
    for mention in weapons.find(Text(source)):
        assert past < mention.first <= mention.head <= mention.last
        assert 0 <= mention.start < mention.end <= len(source)
        assert mention.kind in WEAPON_KINDS
        past = mention.last
