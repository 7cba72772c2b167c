"""Linking of the sample reports against the twelve incidents that they tell of: floors, below which no figure may fall."""

from __future__ import annotations

from itertools import combinations

import pytest

from marsad import read
from marsad.evaluation.alignment import align
from marsad.evaluation.gold import document_of
from marsad.evaluation.score import FOUND
from marsad.evaluation.slots import similarity, slots
from marsad.linking import Linking, link
from tests.linking.measures import bcubed, over_merged, pairwise
from tests.linking.samples import documents, languages, sample_claims, sample_reports, sample_truth


@pytest.fixture(scope="module")
def outcome() -> Linking:
    return link(sample_claims(), sample_reports())


def test_claims_of_one_incident_meet_and_no_others(outcome: Linking) -> None:
    truth = sample_truth()
    precision, recall = pairwise(truth, outcome.by_claim)
    assert over_merged(truth, outcome.by_claim) == 0
    assert precision == 1.0 and recall >= 0.93
    assert bcubed(truth, outcome.by_claim) >= 0.96


def test_arabic_and_english_claims_meet(outcome: Linking) -> None:
    truth, language = sample_truth(), languages()
    across = [(a, b) for a, b in combinations(sorted(truth), 2) if truth[a] == truth[b] and language[a] != language[b]]
    met = sum(outcome.by_claim.get(a, a) == outcome.by_claim.get(b, b) for a, b in across)
    assert len(across) > 150 and met / len(across) >= 0.94


def test_aggregates_and_plans_stay_alone(outcome: Linking) -> None:
    alone = {a.claim: a.kind for a in outcome.alone}
    for claim in sample_claims():
        if claim["scope"] == "aggregate":
            assert alone[claim["id"]] == "aggregate"
        elif claim["status"] == "planned":
            assert alone[claim["id"]] == "planned"


def test_claims_as_read_by_the_machine() -> None:
    """Claims of the reader instead of gold ones (Arabic only). A claim has the incident of the gold claim that it is aligned with;
    claims that are aligned with none have no truth and do not count."""
    claims, truth = [], {}
    gold_truth = sample_truth()
    for document in documents():
        if document["language"] != "ar":
            continue
        found = [{**c.to_dict(), "id": f"{document['id']}.r{n}"} for n, c in enumerate(read(document_of(document)))]
        gold = [{**c, "trigger": c["trigger"] if isinstance(c["trigger"], list) else [c["trigger"]]} for c in document["claims"]]
        table = [[similarity(g, c, slots(g), slots(c)) for c in found] for g in gold]
        for i, j in align(table):
            if table[i][j] >= FOUND and gold[i]["id"] in gold_truth and found[j]["scope"] == "event":
                truth[found[j]["id"]] = gold_truth[gold[i]["id"]]
        claims += found
    made = link(claims, sample_reports()).by_claim
    precision, recall = pairwise(truth, made)
    assert len(truth) > 90
    assert precision >= 0.95 and recall >= 0.45, (precision, recall)
    assert bcubed(truth, made) >= 0.8, bcubed(truth, made)
