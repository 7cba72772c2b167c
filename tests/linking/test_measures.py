"""Measures on groupings small enough to count by hand."""

from __future__ import annotations

import pytest

from tests.linking.measures import bcubed, over_merged, pairwise, register

# Two events of three and two claims; one claim of the first stands apart, and one was put to the second.
TRUTH = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "y"}
FOUND = {"a": "1", "b": "1", "d": "2", "e": "2", "c": "2"}


def test_pairs_are_counted() -> None:
    # Made: ab, cd, ce, de; right: ab, de. Wanted: ab, ac, bc, de.
    assert pairwise(TRUTH, FOUND) == (0.5, 0.5)
    assert pairwise(TRUTH, {}) == (1.0, 0.0)
    assert pairwise(TRUTH, TRUTH) == (1.0, 1.0)


def test_bcubed_is_the_mean_over_claims() -> None:
    # Precision (1 + 1 + 1/3 + 2/3 + 2/3) / 5, recall (2/3 + 2/3 + 1/3 + 1 + 1) / 5.
    assert bcubed(TRUTH, FOUND) == pytest.approx(11 / 15)
    assert bcubed(TRUTH, TRUTH) == 1.0


def test_incidents_of_two_events_are_over_merged() -> None:
    assert over_merged(TRUTH, FOUND) == 1 and over_merged(TRUTH, TRUTH) == 0


def test_a_register_holds_what_it_says() -> None:
    made = register(500, seed=2)
    assert len(made.claims) == 500 and len({c["id"] for c in made.claims}) == 500
    assert {c["document"] for c in made.claims} <= set(made.reports)
    assert set(made.truth) == {c["id"] for c in made.claims if c["scope"] == "event"}
    assert {r.language for r in made.reports.values()} == {"ar", "en"} and any(r.group for r in made.reports.values())
    for claim in made.claims:
        text = made.reports[claim["document"]].text
        assert all(text[e["start"] : e["end"]] == e["text"] for e in claim["trigger"])
    assert register(500, seed=3).claims != made.claims
