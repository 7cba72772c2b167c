"""How sure values are: told by the rules that found them, with a number only where there is one."""

from __future__ import annotations

import pytest

from marsad.desk import words
from marsad.desk.sureness import _CONCLUDED, HOW, Sure, sureness
from tests.desk.running import Visitor


def test_a_place_has_the_probability_that_the_reader_gave_and_what_else_it_may_be() -> None:
    why = {"place": "geonames:1", "place.probability": "0.83", "place.candidates": "geonames:1 0.83|own:a b 0.17"}
    sure = sureness("place", why, told=True, quoted=True, person=False)
    assert sure == Sure("words", (), 0.83, (("geonames:1", 0.83), ("own:a b", 0.17)))
    left = {"place": "2 places of this name, none likelier than 0.35", "place.candidates": "geonames:1 0.3|geonames:2 0.3"}
    found = sureness("place", left, told=False, quoted=True, person=False)
    assert (found.how, found.chance, found.rules, len(found.candidates)) == ("open", None, ("rules.place.many",), 2)


@pytest.mark.parametrize(
    ("key", "rule", "how", "names"),
    [
        ("date", "weekday", "words", ("rules.date.weekday",)),
        ("date", "weekday, told before in the passage", "concluded", ("rules.date.weekday", "rules.date.told_before_in_the_passage")),
        ("perpetrators.2", "subject; topic", "concluded", ("rules.side.subject", "rules.side.topic")),
        ("type", "taken by a government's side", "words", ("rules.type.taken_by_a_government_s_side",)),
        ("harm.1", "", "words", ()),
    ],
)  # fmt: skip
def test_other_values_have_no_number(key: str, rule: str, how: str, names: tuple[str, ...]) -> None:
    slot = key.partition(".")[0]
    assert sureness(key, {slot: rule}, told=True, quoted=True, person=False) == Sure(how, names)


def test_what_has_no_words_is_concluded_and_what_people_decided_needs_no_rule() -> None:
    assert sureness("sites.1", {}, told=True, quoted=False, person=False).how == "concluded"
    assert sureness("date", {}, told=False, quoted=False, person=False).how == "untold"
    assert sureness("date", {"date": "weekday"}, told=True, quoted=True, person=True) == Sure("person")


def test_rules_and_kinds_of_sureness_have_texts() -> None:
    known = words.table()["ar"]
    for group, rules in _CONCLUDED.items():
        for rule in rules:
            (made,) = sureness({"side": "targets"}.get(group, group), {
                {"side": "targets"}.get(group, group): rule}, told=True, quoted=True, person=False).rules  # fmt: skip
            assert made in known, rule
    assert all(f"reading.sure.{how}" in known for how in HOW)


def test_every_value_of_the_samples_says_how_sure_it_is_in_words(visitor: Visitor) -> None:
    chances, texts = 0, words.table()["ar"]
    for report in visitor.json("/reading")["reports"]:
        page = visitor.json(f"/reading/{report['id']}")
        for claim in page["claims"]:
            for value in claim["values"]:
                assert value["sure"]["how"] in HOW
                assert all(rule in texts for rule in value["sure"]["rules"]), value["sure"]
                chances += value["sure"]["chance"] is not None
                if value["sure"]["chance"] is not None:
                    assert value["key"] == "place" and value["sure"]["candidates"][0]["name"]
    assert chances > 20


def test_the_form_shows_how_sure_each_value_is(visitor: Visitor) -> None:
    reports = [r["id"] for r in visitor.json("/reading")["reports"]]
    shown = ((r, c) for r in reports for c in visitor.json(f"/reading/{r}")["claims"])
    report, claim = next((r, c) for r, c in shown if c["values"][2]["sure"]["chance"])
    page = visitor.get(f"/reading/{report}/edit?claim={claim['id']}").text
    told = visitor.json(f"/reading/{report}/edit?claim={claim['id']}")
    assert set(told["sure"]) == {v["key"] for v in claim["values"]}
    assert page.count('class="known"') >= len(claim["values"])
    assert told["places"][0]["chance"] == claim["values"][2]["sure"]["candidates"][0]["chance"]
    visitor.submit(f"/reading/{report}/claims/{claim['id']}/accept", {"seen": str(claim["seen"])})
    after = next(c for c in visitor.json(f"/reading/{report}")["claims"] if c["id"] == claim["id"])
    assert {v["sure"]["how"] for v in after["values"]} == {"person"}
