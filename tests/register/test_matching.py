"""Which claim of a new reading is which of an earlier one."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.model import Evidence, Harm, Party, Place
from marsad.register.matching import match, slots_that_differ
from tests.register.making import TEXT, claim

SHELLING = claim("d", TEXT).to_dict()
BLAST = claim("d", TEXT, "تفجير", type="remote_explosive_ied", place=Place("السوق", "site", country="SY"), harm=()).to_dict()


def changed(**changes: Any) -> dict[str, Any]:
    return claim("d", TEXT, **changes).to_dict()


def pairs(old: list[dict[str, Any]], new: list[dict[str, Any]], same_text: bool = True) -> dict[int, int]:
    return match(old, new, same_text=[same_text] * len(old))


def test_the_same_claims_are_paired_whatever_their_order() -> None:
    assert pairs([SHELLING, BLAST], [BLAST, SHELLING]) == {0: 1, 1: 0}


def test_a_claim_with_the_same_trigger_is_the_same_though_values_changed() -> None:
    assert pairs([SHELLING], [changed(harm=(), place=Place("حلب", "city", country="SY"))]) == {0: 0}


def test_another_event_is_another_claim() -> None:
    assert pairs([SHELLING], [BLAST]) == {}


def test_an_event_found_by_another_word_is_known_by_what_it_tells() -> None:
    assert pairs([SHELLING], [claim("d", TEXT, "قتل").to_dict()]) == {0: 0}
    bare = {"date": claim("d", TEXT).date.__class__(), "place": Place(), "harm": ()}
    assert pairs([changed(**bare)], [claim("d", TEXT, "قتل", **bare).to_dict()]) == {}, "empty values make no claim the same"


def test_in_another_version_the_words_count_and_not_where_they_stand() -> None:
    longer = "عاجل: " + TEXT
    moved = claim("d", longer).to_dict()
    assert pairs([SHELLING, BLAST], [moved], same_text=False) == {0: 0}


def test_no_claim_is_taken_twice() -> None:
    twin = changed(status="denied")
    assert pairs([SHELLING], [SHELLING, twin]) == {0: 0}
    assert pairs([SHELLING, twin], [twin]) == {0: 1}
    assert pairs([], [SHELLING]) == pairs([SHELLING], []) == {}


@pytest.mark.parametrize(
    ("changes", "slots"),
    [
        ({}, ()),
        ({"status": "denied"}, ("status",)),
        ({"harm": (Harm("killed", 4, 4, "civilian"),), "targets": (Party("civilians", "مدنيين"),)}, ("targets", "harm")),
        ({"harm": (Harm("killed", 3, 3, "civilian", None, (), (Evidence.of(TEXT, 0, 3),)),)}, ()),
    ],
)
def test_slots_differ_by_value_and_not_by_evidence(changes: dict[str, Any], slots: tuple[str, ...]) -> None:
    assert slots_that_differ(SHELLING, changed(**changes)) == slots
