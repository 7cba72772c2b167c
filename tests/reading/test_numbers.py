"""Quantities: examples of the language pack, offsets, and parts of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.lexicon.table import Row, read_table
from marsad.reading import arithmetic, numbers
from marsad.text.tokens import Text


def told(source: str) -> str:
    found = numbers.find(Text(source))
    return ";".join(f"{'' if q.min is None else q.min}..{'' if q.max is None else q.max}" for q in found) or "-"


@pytest.mark.parametrize("row", read_table("ar/examples/numbers.tsv"), ids=lambda row: str(row.line))
def test_examples(row: Row) -> None:
    assert told(row["text"]) == row["told"]


def test_words_of_a_quantity() -> None:
    source = "وأعلنت الوزارة إصابة ما لا يقل عن 20 عاملا ولخمسة آخرين"
    one, two = numbers.find(Text(source))
    assert source[one.start : one.end] == "ما لا يقل عن 20"
    assert source[two.start : two.end] == "خمسة"
    assert (one.how, two.how) == ("atleast", "exact")


def test_ends_joined_by_to_are_told_apart() -> None:
    (quantity,) = numbers.find(Text("ارتفع العدد من 10 إلى 15"))
    assert (quantity.min, quantity.max, quantity.how) == (10, 15, "to")


@pytest.mark.parametrize(
    ("source", "values"),
    [("نصف دزينة", [6]), ("واحد على عشرين", [0.05]), ("سالب خمسة", [-5]), ("180ml", []), ("ثلاثة ونصف", [3.5]), ("2^3", [8])],
)
def test_all_numbers(source: str, values: list[float]) -> None:
    assert [float(n.value) for n in arithmetic.parse(source)] == values


@pytest.mark.parametrize(
    ("source", "value"),
    [("0٬000", 0), ("0,000,250", 250), ("0,250", 0.25), ("0,000.5", 0.5), ("1,250", 1250), ("12٬000٫5", 12000.5)],
)
def test_groups_that_begin_with_nought(source: str, value: float) -> None:
    assert [float(n.value) for n in arithmetic.parse(source)] == [value]


_ODD = st.text(alphabet=st.sampled_from(list("0123456789٠١٢٣.,،٫٬/-^eE+()% \nوالفمئةعشرنبين")), max_size=40)


@given(st.one_of(st.text(max_size=60), _ODD))
def test_any_text(source: str) -> None:
    for quantity in numbers.find(Text(source)):
        assert 0 <= quantity.start < quantity.end <= len(source)
    for number in arithmetic.parse(source):
        assert source[number.start : number.end] == number.text
