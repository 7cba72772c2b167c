"""Weights: how much each sign counts when an event is put together.

They stand in ``packs/weights.tsv`` (name, value, meaning) and were set by hand and then by search on the development part of
the gold reports and the samples (``tools/tune_weights.py``). A weight is a number of a linear score; only differences matter.
"""

from __future__ import annotations

from functools import lru_cache

from marsad.lexicon.table import read_table

__all__ = ["weights"]


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weights by name.

    Raises:
        PackError: a value is no number.
    """
    found: dict[str, float] = {}
    for row in read_table("weights.tsv"):
        try:
            found[row["name"]] = float(row["value"])
        except ValueError as error:
            raise row.fail(f"{row['value']!r} is no number") from error
    return found
