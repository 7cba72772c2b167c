"""Explanations say in words and weights what decided, with the values, and name the best alternative."""

from __future__ import annotations

import re

import pytest

from marsad.lexicon.table import read_table
from marsad.linking.comparisons import COMPARISONS
from marsad.linking.exclusions import Rivals
from marsad.linking.explanation import Explainer
from marsad.linking.features import Features, features_of
from marsad.linking.linker import link_features
from marsad.linking.parameters import estimated, shipped
from marsad.linking.scoring import Scorer
from tests.linking.making import claim, features, harm, place, site
from tests.linking.samples import sample_claims, sample_reports


@pytest.fixture(scope="module")
def told() -> list[Features]:
    reports = sample_reports()
    return [features_of(c, reports[c["document"]]) for c in sample_claims()]


def test_words_hold_the_values() -> None:
    near = place("غرانيج الشرقية", latitude=34.7790, longitude=40.7335)
    one = claim("a.1", sites=[site("religious", "مسجد")], harm=[harm("killed", 16)])
    other = claim("b.1", place=near, sites=[site("religious", "جامع")], harm=[harm("killed", 17)])
    words = Explainer([features(one), features(other)]).pair("a.1", "b.1").words()
    for part in ("same day, 2018-02-03", "0.4 km apart", "both name a site of kind religious", "tolls 16 / 17"):
        assert part in words
    arabic = Explainer([features(one), features(other)]).pair("a.1", "b.1").words("ar")
    assert "2018-02-03" in arabic and not re.search(r"same|both|apart", arabic)


def test_weights_are_those_that_decided(told: list[Features]) -> None:
    """What Splink gives for a pair while linking is the sum of the reasons that are shown for it."""
    rivals = Rivals(told)
    scorer = Scorer(told, {f.id: rivals.of(f) for f in told})
    some = list(scorer.pairs(shipped(), -100.0))[::37]
    named = [(scorer.claims[a].id, scorer.claims[b].id) for a, b, _ in some]
    explained = Explainer(told).pairs(named)
    scorer.close()
    assert len(some) > 10
    for (_, _, weight), shown in zip(some, explained, strict=True):
        assert shown.weight == pytest.approx(weight, abs=0.05)
        assert shown.weight == pytest.approx(sum(r.weight for r in shown.reasons), abs=0.01)


def test_an_incident_names_its_links_and_the_best_alternative(told: list[Features]) -> None:
    outcome = link_features(told)
    found = Explainer(told).incident(outcome.by_claim, outcome.by_claim["s09.1"])
    assert len(found.links) == 5 and found.weakest is not None
    assert found.alternative == outcome.by_claim["s09.3"] and found.against is not None
    assert found.against.excluded is not None and found.against.excluded.text() == "one report tells of them as two events"
    assert "; excluded: one report tells" in found.against.words() and "تقرير واحد" in found.against.words("ar")
    with pytest.raises(KeyError):
        Explainer(told).incident(outcome.by_claim, "none")


def test_every_level_has_words_and_a_weight() -> None:
    keys = {f"{c.name}.{level.name}" for c in COMPARISONS for level in c.levels if level.name != "null"} | {"start"}
    told = {
        row["key"] for row in read_table("reasons/linking.tsv") if not row["key"].startswith(("alone.", "doubt.", "excluded"))
    }
    assert told - {"against", "for", "for_and_against"} == keys
    for comparison in COMPARISONS:
        for level in comparison.levels:
            assert abs(shipped().weight(comparison.name, level.name)) < 13
        assert comparison.value(-1) == "null" and comparison.value(0) == comparison.levels[-1].name


def test_weights_are_moved_by_what_a_register_shows_but_not_far() -> None:
    likely = {"date": "same_day", "place": "same", "type": "same", "site": "same_kind", "killed": "same"}
    unlikely = {"date": "same_day", "place": "near", "type": "other", "site": "other", "killed": "far"}
    patterns = [(likely, 50_000), (unlikely, 50_000)]
    now, before = estimated(shipped(), patterns), shipped()
    assert now.origin != before.origin and now == estimated(before, patterns)
    assert now.weight("site", "same_kind") > before.weight("site", "same_kind")
    for key, chance in before.chances.items():
        assert abs(now.chances[key].weight - chance.weight) <= 2.0
    assert now.chances["report", "copy"] == before.chances["report", "copy"]
    assert estimated(before, []).chances == before.chances
