"""Sureness: how sure a value of a claim is, as far as the register knows, and what else it could have been.

Only for places is there a number: the probability that the reader gave to its choice, which ``bench/places.py`` holds against places
that people resolved. Of everything else the reader says by which rule it found the value, and that is told in words: whether the value
stands in the words of the report, was concluded from what stands around them, or is open. No number is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["HOW", "Sure", "sureness"]

# By what a value holds, the surest first.
HOW = ("person", "words", "concluded", "open", "untold")
# Rules by which a value follows from what stands around the words, and not from the words themselves; by their group.
_CONCLUDED = {
    "date": frozenset({
        "nothing tells when what is doubted was", "told as news", "told before in the passage", "told behind the lead", "told in the lead",
        "what is only planned has no day",
    }),
    "place": frozenset({"contains the places named", "told by an adjective or as the country"}),
    "side": frozenset({
        "a protest was met with force", "before", "beside", "carried over", "civilians were hit", "fights it in this report", "fired at its land",
        "inherited", "its people were harmed", "its weapon", "likely by all that is told", "owner", "previous", "pronoun", "speaker", "struck from abroad", "support",
        "they protest", "topic",
    }),
    "type": frozenset({
        "a toll of civilians over fights of nobody told", "air strikes told beside it", "attack on an armed party", "fighters killed",
        "held by an armed group", "killed by a device", "killed by shells", "party that acts from the air", "people killed",
        "raid on an armed party", "shooting at an armed party", "told as from the air", "weapons or positions destroyed",
    }),
}  # fmt: skip
_GROUPS = {"perpetrators": "side", "targets": "side"}
# "3 places of this name, none likelier than 0.35".
_SEVERAL = re.compile(r"^\d+ places of this name")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure a value is.

    Attributes:
        how: one of ``HOW``.
        rules: keys of the texts that name the rules by which it was found (``rules.date.weekday``).
        chance: the probability of a place, 0 to 1; None where the register has no number.
        candidates: ids of places that it may be, each with its probability, the likeliest first.
    """

    how: str
    rules: tuple[str, ...] = ()
    chance: float | None = None
    candidates: tuple[tuple[str, float], ...] = ()


def sureness(key: str, why: Mapping[str, str], *, told: bool, quoted: bool, person: bool) -> Sure:
    """How sure a value is.

    Args:
        key: of the value: ``type``, ``place``, ``harm.1``.
        why: the rules of the claim, as the reader keeps them.
        told: whether there is a value at all, and of a place whether it is known which.
        quoted: whether it has evidence.
        person: whether a person made, corrected or accepted it.
    """
    slot = key.partition(".")[0]
    if person:
        return Sure("person")
    group = _GROUPS.get(slot, slot)
    rule = why.get(slot, "")
    parts = tuple(part for joined in rule.split("; ") for part in _parts(joined, group))
    rules = tuple(dict.fromkeys(f"rules.{group}.{_NOT_WORD.sub('_', part.lower()).strip('_')}" for part in parts))
    candidates = _candidates(why.get("place.candidates", "")) if slot == "place" else ()
    if not told:
        return Sure("open" if quoted or candidates else "untold", rules, None, candidates)
    chance = _number(why.get("place.probability", "")) if slot == "place" else None
    concluded = not quoted or any(part in _CONCLUDED.get(group, ()) for part in parts)
    return Sure("concluded" if concluded else "words", rules, chance, candidates)


def _parts(rule: str, group: str) -> list[str]:
    if group == "place":
        # The id of the place that was chosen is no rule.
        return [] if ":" in rule or not rule else ["many" if _SEVERAL.match(rule) else rule]
    return [part for part in rule.split(", ") if part]


def _candidates(told: str) -> tuple[tuple[str, float], ...]:
    found = []
    for part in told.split("|"):
        identifier, _, number = part.rpartition(" ")
        chance = _number(number)
        if identifier and chance is not None:
            found.append((identifier, chance))
    return tuple(found)


def _number(told: str) -> float | None:
    try:
        return float(told)
    except ValueError:
        return None
