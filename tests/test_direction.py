"""Words of one direction within a text of the other keep lists and numbers in their order."""

from __future__ import annotations

from marsad.text.direction import apart, isolated


def test_each_name_of_a_list_is_isolated_and_numbers_beside_it_are_not() -> None:
    told = apart("Shelling, بلدة الريف, شمال, 19 May 2024: by «لواء ما».")
    assert told == (f"Shelling, {isolated('بلدة الريف')}, {isolated('شمال')}, 19 May 2024: by {isolated('«لواء ما»')}.")
    assert apart("no name in it, 3–5") == "no name in it, 3–5"
