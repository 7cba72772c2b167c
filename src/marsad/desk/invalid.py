"""Invalid: why a page is not even asked, as its address or form lacks a value or has one that cannot be, in the words of a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marsad.lexicon.reasons import Told, refusal

__all__ = ["why_invalid"]

# As many are told at once.
_MOST = 5
# What the library that checks values calls a fault, to what we call it, by the beginning of its word.
_FAULTS = {
    "missing": "missing", "string_too_long": "long", "string_too_short": "short", "string_pattern": "pattern", "literal": "word",
    "enum": "word", "int": "number", "float": "decimal", "finite": "decimal", "bool": "yes", "greater_than_equal": "least",
    "greater_than": "above", "less_than_equal": "most", "less_than": "below",
}  # fmt: skip
_BOUNDS = ("max_length", "min_length", "ge", "gt", "le", "lt")


def why_invalid(errors: Sequence[Mapping[str, Any]]) -> Told:
    """What is wrong with the values of a request.

    Args:
        errors: as FastAPI tells them: ``loc`` (where the value came from, its name, and a place in it), ``type`` and ``ctx``.
    """
    return refusal("invalid", faults=tuple(_fault(error) for error in errors[:_MOST]))


def _fault(error: Mapping[str, Any]) -> Told:
    where = [str(part) for part in error["loc"][1:]] or ["?"]
    bound = next((v for name, v in (error.get("ctx") or {}).items() if name in _BOUNDS), None)
    key = next((key for begins, key in _FAULTS.items() if error["type"].startswith(begins)), "other")
    values = {} if bound is None else {"bound": bound}
    return refusal(f"invalid.{key}", name=where[0], **values)
