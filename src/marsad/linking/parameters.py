"""Parameters: how much each level of each comparison weighs, and the chance that two compared claims are of one event.

``packs/linking/parameters.tsv`` holds those that come with Marsad, learned by ``tools/learn_linking.py``. A level's ``m`` is how
often pairs of one event show it, ``u`` how often pairs of two events show it that are near enough in time and place to be compared
and that no exclusion forbids. ``weight`` is what it counts, in bits: ``log2(m/u)`` less what other comparisons have told already.

``estimated`` adapts them to a large register: what the pairs of it show is laid beside what was expected, by one rule of Bayes and
counts, with the shipped chances as if they were so many pairs more. Rare levels keep their weight, and none moves by more than two
bits. (Splink's own training has no such hold: levels that a register does not show make it fail or end at nought.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from marsad.errors import PackError
from marsad.lexicon.table import read_table
from marsad.linking.comparisons import COMPARISONS

__all__ = ["Chance", "Parameters", "estimated", "probability", "shipped"]

# The shipped chances count as so many pairs of each kind; a register may move a weight so far, in bits.
_HELD, _FREEDOM = 1000.0, 2.0
_ROUNDS = 3
# What the pairs of a register cannot teach: of which reports they are, and what is compared only where something else speaks for it.
_GIVEN = frozenset(("report",))
_UNTAUGHT = frozenset(("unknown",))
_FILE = "linking/parameters.tsv"


@dataclass(frozen=True, slots=True)
class Chance:
    """One level: ``m`` and ``u`` as above, ``weight`` in bits."""

    m: float
    u: float
    weight: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """Chances by comparison and level.

    Attributes:
        prior: chance that a compared pair is of one event, before anything is compared.
        chances: by comparison and level.
        origin: where they are from, in words.
    """

    prior: float
    chances: Mapping[tuple[str, str], Chance]
    origin: str = "shipped with Marsad"

    def weight(self, comparison: str, level: str) -> float:
        """Weight of a level in bits; 0 for ``null``."""
        return 0.0 if level == "null" else self.chances[comparison, level].weight

    @property
    def start(self) -> float:
        """Weight in bits with which every pair starts."""
        return math.log2(self.prior / (1.0 - self.prior))


def probability(weight: float) -> float:
    """Chance that stands for a weight in bits."""
    if weight > 60:
        return 1.0
    return 2.0**weight / (1.0 + 2.0**weight) if weight > -60 else 0.0


@cache
def shipped() -> Parameters:
    """The parameters that come with Marsad.

    Raises:
        PackError: a level of ``COMPARISONS`` is missing in the table, one is not known, or a number is no chance.
    """
    wanted = {(c.name, level.name) for c in COMPARISONS for level in c.levels if level.name != "null"}
    chances: dict[tuple[str, str], Chance] = {}
    prior = 0.0
    for row in read_table(_FILE):
        try:
            m, u, weight = float(row["m"]), float(row["u"]), float(row["weight"])
        except ValueError:
            raise row.fail("m, u and weight must be numbers") from None
        if not (0.0 < m < 1.0 and 0.0 < u < 1.0):
            raise row.fail("m and u must lie between 0 and 1")
        if row["comparison"] == "prior":
            prior = m
        elif (row["comparison"], row["level"]) not in wanted:
            raise row.fail(f"there is no level {row['level']} of {row['comparison']} in marsad.linking.comparisons")
        else:
            chances[row["comparison"], row["level"]] = Chance(m, u, weight)
    missing = sorted(wanted - set(chances))
    if missing or not prior:
        raise PackError(_FILE, 0, f"no row for {' '.join(missing[0]) if missing else 'prior'}; tools/learn_linking.py makes it")
    return Parameters(prior, chances)


def estimated(parameters: Parameters, patterns: Iterable[tuple[Mapping[str, str], int]]) -> Parameters:
    """Parameters adapted to a register.

    Args:
        parameters: to begin with, and to stay near.
        patterns: the levels that pairs of the register show, by comparison, with the number of such pairs.
    """
    told = [(levels, count) for levels, count in patterns]
    weights = {key: chance.weight for key, chance in parameters.chances.items()}
    for _ in range(_ROUNDS):
        ours: dict[tuple[str, str], float] = {}
        theirs: dict[tuple[str, str], float] = {}
        for levels, count in told:
            keys = [(name, level) for name, level in levels.items() if level != "null"]
            chance = probability(parameters.start + sum(weights[key] for key in keys))
            for key in keys:
                ours[key] = ours.get(key, 0.0) + chance * count
                theirs[key] = theirs.get(key, 0.0) + (1.0 - chance) * count
        for (name, level), chances in parameters.chances.items():
            if name in _GIVEN or level in _UNTAUGHT:
                continue
            m = _share(ours, name, level, chances.m)
            u = _share(theirs, name, level, chances.u)
            moved = math.log2(m / u) - math.log2(chances.m / chances.u)
            # Rounded, so that the order in which a database counts does not show.
            weights[name, level] = round(chances.weight + max(-_FREEDOM, min(_FREEDOM, moved)), 4)
    chances_now = {key: Chance(c.m, c.u, weights[key]) for key, c in parameters.chances.items()}
    return Parameters(parameters.prior, chances_now, "adapted to this register")


def _share(counts: Mapping[tuple[str, str], float], comparison: str, level: str, expected: float) -> float:
    total = sum(count for (name, _), count in counts.items() if name == comparison)
    return (counts.get((comparison, level), 0.0) + _HELD * expected) / (total + _HELD)
