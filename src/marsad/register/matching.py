"""Matching: which claims of a new reading are those of an earlier one.

A claim is known again by its trigger first and by its values second. Within one text a trigger is known by its place; between
two versions of a text, where places move, by its words. The best pairs are taken first, and no claim twice, so that what was
decided on a claim goes on to the same claim or to none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["SLOTS", "match", "slots_that_differ"]

# The slots of a claim that hold values, as they are shown and corrected one by one.
SLOTS = (
    "type", "scope", "status", "date", "place", "perpetrators", "targets", "sites", "weapons", "harm", "sources",
)  # fmt: skip
_SAME_SPAN, _SAME_WORDS, _OVERLAP = 4.0, 2.5, 3.0
# A pair needs a common trigger and some value, or, without a trigger, nearly all values.
_LEAST, _LEAST_UNTRIGGERED = 5.0, 6.0
_WEIGHTS = {
    "type": 1.5, "date": 1.0, "place": 1.5, "perpetrators": 1.0, "targets": 1.0, "harm": 1.5, "status": 0.5, "sites": 0.5,
    "weapons": 0.5, "scope": 0.5, "sources": 0.5,
}  # fmt: skip


def match(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], *, same_text: Sequence[bool]) -> dict[int, int]:
    """Pair claims of two readings.

    Args:
        old, new: claims as public records, in the order of their triggers.
        same_text: for each of ``old`` whether it was read in the text of ``new``, so that offsets mean the same.

    Returns:
        Index in ``new`` to index in ``old``; what is not in it is new, or lost.
    """
    keys_old, keys_new = [_keys(c) for c in old], [_keys(c) for c in new]
    pairs = []
    for j, theirs in enumerate(keys_new):
        for i, ours in enumerate(keys_old):
            trigger = _trigger(old[i], new[j], same_text[i])
            values = sum(w for slot, w in _WEIGHTS.items() if ours[slot] == theirs[slot])
            # Two empty lists agree, but say little: only a trigger or what is told makes the same claim.
            told = sum(w for slot, w in _WEIGHTS.items() if ours[slot] and ours[slot] == theirs[slot])
            if (trigger and trigger + values >= _LEAST) or (not trigger and told >= _LEAST_UNTRIGGERED):
                pairs.append((trigger + values, -abs(i - j), -j, -i))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, minus_j, minus_i in sorted(pairs, reverse=True):
        if -minus_j not in found and -minus_i not in taken:
            found[-minus_j] = -minus_i
            taken.add(-minus_i)
    return found


def slots_that_differ(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """The slots whose values differ between two readings of a claim; where they stand in the text does not count."""
    ours, theirs = _keys(old), _keys(new)
    return tuple(slot for slot in SLOTS if ours[slot] != theirs[slot])


def _trigger(old: Mapping[str, Any], new: Mapping[str, Any], same_text: bool) -> float:
    if not same_text:
        return _SAME_WORDS if _words(old) == _words(new) else 0.0
    ours, theirs = _spans(old), _spans(new)
    if ours == theirs:
        return _SAME_SPAN
    return _OVERLAP if any(a < d and c < b for a, b in ours for c, d in theirs) else 0.0


def _spans(claim: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [(e["start"], e["end"]) for e in claim["trigger"]]


def _words(claim: Mapping[str, Any]) -> list[str]:
    return [e["text"] for e in claim["trigger"]]


def _keys(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Values to compare, without their evidence and lists without their order; None where nothing is told."""
    return {slot: _plain(claim[slot]) if _says(claim[slot]) else None for slot in SLOTS}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((key, _plain(item)) for key, item in sorted(value.items()) if key != "evidence")
    if isinstance(value, list):
        return tuple(sorted((_plain(item) for item in value), key=repr))
    return value


def _says(value: Any) -> bool:
    """Whether a value holds anything but gaps."""
    if isinstance(value, dict):
        return any(_says(item) for key, item in value.items() if key != "evidence")
    if isinstance(value, list):
        return any(_says(item) for item in value)
    return value not in (None, "", "unknown")
