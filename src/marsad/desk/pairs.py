"""Pairs: why two claims are held to tell of one event or of two, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marsad.lexicon.reasons import Named
from marsad.linking.explanation import PairExplanation, Weighed

__all__ = ["shown"]


def shown(pair: PairExplanation, language: str, named: Named) -> dict[str, Any]:
    """A pair as plain data: what speaks for one event and what against it, the heaviest first, and what excludes it."""

    def told(reasons: Sequence[Weighed]) -> list[dict[str, Any]]:
        return [{"words": r.why.text(language, named, isolated=True), "weight": r.weight} for r in reasons]

    return {
        "claims": list(pair.claims), "probability": pair.probability, "weight": pair.weight, "speaking": told(pair.speaking),
        "against": told(pair.against), "excluded": pair.excluded.text(language, named, isolated=True) if pair.excluded else None,
    }  # fmt: skip
