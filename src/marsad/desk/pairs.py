"""Pairs: why two claims are held to tell of one event or of two, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

from marsad.lexicon.reasons import Named
from marsad.linking.explanation import PairExplanation, Weighed

__all__ = ["one_at_a_time", "shown"]

# Held while a pair is explained: that lays claims out in a database of its own in memory, of which many at once would fill it.
one_at_a_time = Lock()


def shown(pair: PairExplanation, language: str, named: Named) -> dict[str, Any]:
    """A pair as plain data: what speaks for one event and what against it, the heaviest first, and what excludes it."""

    def told(reasons: Sequence[Weighed]) -> list[dict[str, Any]]:
        return [{"words": r.why.text(language, named, isolated=True), "weight": r.weight} for r in reasons]

    return {
        "claims": list(pair.claims), "probability": pair.probability, "weight": pair.weight, "speaking": told(pair.speaking),
        "against": told(pair.against), "excluded": pair.excluded.text(language, named, isolated=True) if pair.excluded else None,
    }  # fmt: skip
