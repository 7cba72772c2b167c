"""Policies: data that is checked, so that no rule is silently without effect."""

from __future__ import annotations

import pytest

from marsad.counting import policies, policy, policy_text, read_policy
from marsad.counting.policy import keys
from marsad.errors import InputError
from tests.shared import ROOT


@pytest.mark.parametrize("name", policies())
def test_every_policy_is_named_versioned_and_says_where_it_is_from(name: str) -> None:
    found = policy(name)
    assert found.name == name and found.version and found.about and found.sources


def test_the_five_policies_are_there() -> None:
    assert policies() == ("acled-conservative", "airwars-range", "aoav-strict", "ibc-two-sources", "ucdp-best-low-high")
    files = {p.stem for p in (ROOT / "src/marsad/packs/policies").glob("*.toml")}
    assert files == set(policies())


def test_a_copy_can_be_changed() -> None:
    text = policy_text("acled-conservative").replace('"acled-conservative"', '"ours"').replace("tens = 10", "tens = 20")
    ours = read_policy(text, "ours.toml")
    assert (ours.name, ours.numbers.tens) == ("ours", 20)
    assert ours.figures == policy("acled-conservative").figures


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("tens = 10", "tenz = 10"), r"^my\.toml: \[numbers\] has no key 'tenz'; there are several, tens"),
        (("tens = 10", "tens = -1"), r"^my\.toml: numbers\.tens must be a whole number, 'bounds' or 'leave out'$"),
        (("unknown = 3", 'unknown = "bounds"'), r"numbers\.unknown has no bounds"),
        (('"lowest"', '"smallest"'), r"figures\.choice has 'smallest', which is none of range, lowest, best, one$"),
        (('["asserted"]', '["sure"]'), r"claims\.statuses has 'sure'"),
        (('["asserted"]', '"asserted"'), r"claims\.statuses must be a list of words$"),
        (("add_sides = true", "add_sides = 1"), r"figures\.add_sides must be true or false$"),
        (('version = "1"', "version = 1"), r"version is missing or no text"),
        (('"killed all"', '"killed women"'), r"headline 'killed women' is not among the figures"),
        (("[figures]", "[figurez]"), r"no policy has a key 'figurez'"),
        (("[figures]", "[figures"), r"^my\.toml: this is no TOML"),
    ],
)
def test_what_a_policy_cannot_be_is_named(change: tuple[str, str], message: str) -> None:
    text = policy_text("acled-conservative")
    assert change[0] in text
    with pytest.raises(InputError, match=message):
        read_policy(text.replace(*change), "my.toml")


def test_an_unknown_policy_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="there is no policy 'acled'; there are acled-conservative"):
        policy("acled")


def test_the_documentation_explains_every_key() -> None:
    page = (ROOT / "docs" / "counting.md").read_text("utf-8")
    missing = [key for key in keys() if f"`{key}`" not in page]
    assert not missing
