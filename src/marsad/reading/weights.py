"""Weights: how much each sign counts when an event is put together.

They stand in ``packs/weights.tsv`` (name, value, meaning) and were set by hand and then by search on the development part of
the gold reports and the samples (``tools/tune_weights.py``). A weight is a number of a linear score; only differences matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate
from operator import mul

from marsad.lexicon.table import read_table

__all__ = ["Weights", "present", "weights"]

_NUMBERS = (int, float)


class Weights(dict[str, float]):
    """Weights by name, and those of one part by bare name; they may be set anew."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: dict[str, dict[str, float]] = {}
        self._steps: dict[tuple[str, str], list[float]] = {}

    def __setitem__(self, name: str, value: float) -> None:
        super().__setitem__(name, value)
        self._parts.clear()
        self._steps.clear()

    def part(self, name: str) -> dict[str, float]:
        """The weights whose names begin with ``name.``, without it; 0 for all that are not listed."""
        known = self._parts.get(name)
        if known is None:
            known = self._parts[name] = defaultdict(float)
            known.update((key.removeprefix(f"{name}."), weight) for key, weight in self.items() if key.startswith(f"{name}."))
        return known

    def steps(self, part: str, name: str, limits: tuple[int, ...]) -> list[float]:
        """The weight of each number from 0 up to one more than the greatest limit.

        A number has the sum of the weights ``name_limit`` of all limits that it exceeds. A name always goes with the same limits.
        """
        known = self._steps.get((part, name))
        if known is None:
            own = self.part(part)
            each = [own[f"{name}_{number - 1}"] if number - 1 in limits else 0.0 for number in range(max(limits) + 2)]
            known = self._steps[part, name] = list(accumulate(each))
        return known

    def score(self, part: str, signs: Mapping[str, float]) -> float:
        """The sum of signs, each by its weight in a part."""
        own = self.part(part)
        total: float = sum(map(mul, map(own.__getitem__, signs), signs.values()))
        return total


def present(signs: Mapping[str, object]) -> dict[str, float]:
    """The signs that are there, in their order: a number with its strength, anything else that is true with 1."""
    # Most signs that are there are true, and told at once.
    return {
        name: 1.0 if sign is True else float(sign) if isinstance(sign, _NUMBERS) else 1.0 for name, sign in signs.items() if sign
    }


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights by name.

    Raises:
        PackError: a value is no number.
    """
    found = Weights()
    for row in read_table("weights.tsv"):
        try:
            found[row["name"]] = float(row["value"])
        except ValueError as error:
            raise row.fail(f"{row['value']!r} is no number") from error
    return found
