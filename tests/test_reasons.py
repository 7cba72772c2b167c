"""Reasons are told in every language of the interface, with the values that are filled into their words."""

from __future__ import annotations

import pytest

from marsad.lexicon.reasons import AnyOf, Sides, reason


def test_values_are_listed_named_and_isolated() -> None:
    why = reason("counting:status", status="denied", statuses=AnyOf(("asserted", "uncertain")))
    assert str(why) == "it is denied; the policy counts what is asserted or uncertain"
    told = why.text("ar", lambda vocabulary, value: f"<{vocabulary} {value}>")
    assert told.count("<status ") == 3 and " أو " in told and " or " not in told
    days = reason("linking:date.apart", days=Sides(("2024-05-05", "2024-05-06")))
    assert days.text() == "other days, 2024-05-05 / 2024-05-06"
    assert days.text("ar", isolated=True).endswith("\u20682024-05-05\u2069 / \u20682024-05-06\u2069")
    whole = reason("counting:incident", why=why)
    assert whole.text("ar").endswith(why.text("ar"))


def test_a_key_that_no_table_has_is_refused() -> None:
    with pytest.raises(KeyError):
        reason("counting:nothing.of.the.kind")
