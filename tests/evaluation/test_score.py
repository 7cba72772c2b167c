"""Scores: the reference scorer agrees, and what figures mean on small cases."""

from __future__ import annotations

import copy
import importlib.util
import itertools
import json
import random
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluation import score
from marsad.evaluation.alignment import align
from marsad.evaluation.score import FOUND, NAMES, broken_evidence
from marsad.evaluation.slots import bare, similarity, slots
from tests.evaluation import making
from tests.shared import SAMPLES, SCORER, needs_scorer


@cache
def reference() -> Any:
    spec = importlib.util.spec_from_file_location("reference_scorer", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def samples() -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((SAMPLES / "reports").glob("*.json"))]


def assert_same(documents: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]]) -> None:
    theirs = reference().score(documents, predictions)
    ours = score(documents, predictions).to_dict()
    assert ours == theirs


@needs_scorer
@pytest.mark.parametrize("seed", range(40))
def test_same_figures_as_the_reference_on_random_claims(seed: int) -> None:
    rng = random.Random(seed)
    documents = making.documents(rng, 12)
    assert_same(documents, making.perturbed(rng, documents))


@needs_scorer
@pytest.mark.parametrize("seed", range(5))
def test_same_figures_as_the_reference_on_samples(seed: int) -> None:
    documents = samples()
    assert_same(documents, making.perturbed(random.Random(seed), documents))


@needs_scorer
def test_same_figures_without_any_prediction() -> None:
    assert_same(samples(), {})
    assert_same([], {})


@needs_scorer
@given(st.text(max_size=30))
def test_names_are_compared_as_the_reference_does(name: str) -> None:
    assert bare(name) == reference().fold(name)


def test_gold_against_itself_is_perfect() -> None:
    documents = samples()
    result = score(documents, {d["id"]: d["claims"] for d in documents})
    assert result.broken_evidence == 0
    assert {name: result.figures[name].f1 for name in NAMES} == dict.fromkeys(NAMES, 1.0)


def one(**changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A document with one claim, and the same claim with other values."""
    text = "غارة على تل الورد"
    gold = {
        "id": "a.1",
        "type": "air_drone_strike",
        "trigger": [{"start": 0, "end": 4, "text": "غارة"}],
        "date": {"start": "2016-05-01", "end": "2016-05-01"},
        "place": {"name": "تل الورد", "within": ["الرمان"], "country": "SY"},
        "harm": [{"kind": "killed", "min": 2, "max": 2, "status": "civilian"}],
    }
    return {"id": "a", "text": text, "claims": [gold]}, copy.deepcopy(gold) | changes


@pytest.mark.parametrize(
    ("changes", "slot", "earned"),
    [
        ({}, "place", 1.0),
        ({"place": {"name": "تلّ ورد", "within": [], "country": "SY"}}, "place", 1.0),
        ({"place": {"name": "الرمان", "within": [], "country": "SY"}}, "place", 0.5),
        ({"place": {"name": "الجسر", "within": [], "country": "SY"}}, "place", 0.0),
        ({"harm": [{"kind": "killed", "min": 2, "max": None, "status": "unknown"}]}, "harm", 0.5),
        ({"harm": [{"kind": "killed", "min": 3, "max": 3, "status": "civilian"}]}, "harm", 0.0),
        ({"type": "suicide_bomb"}, "type", 0.0),
    ],
)
def test_credit(changes: dict[str, Any], slot: str, earned: float) -> None:
    document, predicted = one(**changes)
    result = score([document], {"a": [predicted]})
    assert result.figures["claims"].earned == 1
    assert result.figures[slot].earned == earned
    assert result.figures["core"].earned == (1 if changes.get("place", {}).get("name", "تل") != "الجسر" and earned == 1 else 0)


def test_sides_of_a_clash_may_stand_in_either_order() -> None:
    sides = {"perpetrators": [{"id": "isis"}], "targets": [{"id": "ypg"}]}
    turned = {"perpetrators": [{"id": "sdf"}], "targets": [{"id": "isis"}]}
    assert slots({"type": "armed_clash", **sides}) == slots({"type": "armed_clash", **turned})
    assert slots({"type": "attack", **sides}) != slots({"type": "attack", **turned})


def test_carrier_may_be_named_in_part() -> None:
    document, predicted = one(sources=[{"name": "النهر", "kind": "news", "role": "carrier"}])
    document["claims"][0]["sources"] = [{"name": "وكالة النهر", "kind": "news", "role": "carrier"}]
    assert score([document], {"a": [predicted]}).figures["carrier"].f1 == 1.0


def test_a_claim_unlike_any_is_missed_and_invented() -> None:
    document, predicted = one(
        type="agreement", date=None, place={"name": "الجسر"}, harm=[], trigger=[{"start": 5, "end": 8, "text": "على"}]
    )
    result = score([document], {"a": [predicted]})
    assert similarity(document["claims"][0], predicted, slots(document["claims"][0]), slots(predicted)) < FOUND
    assert (result.figures["claims"].earned, result.figures["claims"].gold, result.figures["claims"].predicted) == (0, 1, 1)
    assert [(p.gold is None, p.predicted is None) for p in result.documents[0].pairs] == [(False, True), (True, False)]


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 9).map(float), min_size=width, max_size=width), min_size=1, max_size=5)
    )
)
def test_alignment_is_the_best_there_is(weights: list[list[float]]) -> None:
    rows, columns = len(weights), len(weights[0])
    pairs = align(weights)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs) == min(rows, columns)
    wide = weights if rows <= columns else [list(row) for row in zip(*weights, strict=True)]
    best = max(
        sum(row[j] for row, j in zip(wide, order, strict=True))
        for order in itertools.permutations(range(len(wide[0])), len(wide))
    )
    assert sum(weights[i][j] for i, j in pairs) == best


def test_no_alignment_of_nothing() -> None:
    assert align([]) == align([[], []]) == []


def test_broken_evidence_is_counted_wherever_it_stands() -> None:
    good, bad, odd = ({"start": s, "end": 2, "text": "ab"} for s in (0, 1, "0"))
    assert broken_evidence({"trigger": [good], "date": {"evidence": [bad, odd]}}, "abc") == 2
