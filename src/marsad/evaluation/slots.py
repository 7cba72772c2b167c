"""Slots: what of a claim is compared, and how much two claims agree.

Works on records (``Claim.to_dict`` or a line of JSON), so that the predictions of any other program can be scored too.
A slot holds a set of comparable *fillers*. Names are compared bare: without marks, hamza carriers, the article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

__all__ = ["SLOTS", "Fillers", "Record", "Slots", "bare", "credit", "similarity", "slots", "spans"]

Record = Mapping[str, Any]
Fillers = frozenset[Hashable]
Slots = dict[str, Fillers]

SLOTS = (
    "type", "date", "place", "country", "perpetrators", "targets", "sites", "weapons", "harm", "origin", "carrier",
    "status", "scope",
)  # fmt: skip

# Types that are easily taken for one another: half the credit within a family when claims are aligned.
_FAMILIES = {
    "air_drone_strike": "explosion",
    "shelling_artillery_missile": "explosion",
    "remote_explosive_ied": "explosion",
    "suicide_bomb": "explosion",
    "grenade": "explosion",
    "chemical_weapon": "explosion",
    "armed_clash": "battle",
    "government_regains_territory": "territory",
    "non_state_actor_overtakes_territory": "territory",
    "non_violent_transfer_of_territory": "territory",
    "attack": "violence",
    "abduction_forced_disappearance": "violence",
    "sexual_violence": "violence",
}
# In a clash either side may be written first.
_SYMMETRIC = frozenset({"armed_clash"})
# Outlets name the larger force by its part and the other way round.
_SAME_PARTY = {"ypg": "sdf"}
# What a slot weighs when claims are aligned; slots without a weight are compared only afterwards.
_WEIGHTS = {
    "type": 2.0, "date": 1.0, "place": 2.0, "perpetrators": 1.0, "targets": 1.0, "sites": 0.5, "harm": 2.0,
    "origin": 0.5, "status": 0.5, "scope": 0.5,
}  # fmt: skip
_TRIGGER = 0.15
# The scorer's own folding, kept apart from marsad.text.fold so that figures stay comparable when the reader changes:
# alif wasla, alif maqsura and ta marbuta; hamza carriers fall apart under NFKD.
_LETTERS = {0x0671: 0x0627, 0x0649: 0x064A, 0x0629: 0x0647}
_ARTICLE = "\u0627\u0644"
_TATWEEL = "\u0640"


@lru_cache(maxsize=50_000)
def bare(name: str) -> str:
    """A name in the form in which names are compared."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and c != _TATWEEL).translate(_LETTERS)
    words = re.findall(r"\w+", kept)
    return " ".join(w[2:] if w.startswith(_ARTICLE) and len(w) > 4 else w for w in words)


def slots(claim: Record) -> Slots:
    """The comparable fillers of each slot of a claim."""
    date, place = claim.get("date") or {}, claim.get("place") or {}
    perpetrators, targets = _parties(claim.get("perpetrators")), _parties(claim.get("targets"))
    if claim.get("type") in _SYMMETRIC:
        perpetrators, targets = perpetrators | targets, frozenset()
    sources = claim.get("sources") or []
    return {
        "type": frozenset({claim.get("type")}),
        "date": frozenset({(date.get("start"), date.get("end"))} if date.get("start") or date.get("end") else ()),
        "place": frozenset({bare(place["name"])} if place.get("name") else ()),
        "country": frozenset({place["country"]} if place.get("country") else ()),
        "perpetrators": perpetrators,
        "targets": targets,
        "sites": frozenset(s.get("kind") for s in claim.get("sites") or []),
        "weapons": frozenset(w.get("kind") for w in claim.get("weapons") or []),
        "harm": frozenset(
            (h.get("kind"), h.get("min"), h.get("max"), h.get("status") or "unknown") for h in claim.get("harm") or []
        ),
        "origin": frozenset(s.get("kind") for s in sources if s.get("role") == "origin"),
        "carrier": frozenset(bare(s.get("name") or "") for s in sources if s.get("role") == "carrier"),
        "status": frozenset({claim.get("status") or "asserted"}),
        "scope": frozenset({claim.get("scope") or "event"}),
    }


def _parties(items: list[Record] | None) -> Fillers:
    found = set()
    for item in items or []:
        identifier = item.get("id")
        found.add(_SAME_PARTY.get(identifier or "", identifier or "") or bare(item.get("name") or ""))
    return frozenset(found)


def credit(slot: str, gold: Record, predicted: Record, gold_slots: Slots, predicted_slots: Slots) -> float:
    """Credit earned in one slot of an aligned pair: one for each common filler, and half for near ones.

    Near are a place that contains the other, harm of the same kind and least number, and (fully) a carrier whose name
    is part of the other's. Never more than the smaller number of fillers.
    """
    mine, theirs = gold_slots[slot], predicted_slots[slot]
    common = mine & theirs
    left_mine, left_theirs = mine - common, theirs - common
    earned = float(len(common))
    if not left_mine or not left_theirs:
        return earned
    if slot == "place":
        if left_theirs & _around(gold) or left_mine & _around(predicted):
            earned += 0.5
    elif slot == "harm":
        earned += 0.5 * _pair(left_mine, left_theirs, lambda g, p: g[0] == p[0] and g[1] == p[1])
    elif slot == "carrier":
        earned += _pair(left_mine, left_theirs, lambda g, p: bool(g and p) and (p in g or g in p))
    return earned


def _pair(gold: Fillers, predicted: Fillers, near: Any) -> int:
    """How many gold fillers find a near partner, each partner taken once, in sorted order."""
    free, pairs = sorted(predicted, key=str), 0
    for filler in sorted(gold, key=str):
        partner = next((p for p in free if near(filler, p)), None)
        if partner is not None:
            free.remove(partner)
            pairs += 1
    return pairs


def _around(claim: Record) -> frozenset[str]:
    return frozenset(bare(name) for name in (claim.get("place") or {}).get("within") or [])


def similarity(gold: Record, predicted: Record, gold_slots: Slots, predicted_slots: Slots) -> float:
    """How much two claims agree, 0 to 1: weighted agreement of the slots that either fills, and of the trigger."""
    earned = total = 0.0
    for slot, weight in _WEIGHTS.items():
        mine, theirs = gold_slots[slot], predicted_slots[slot]
        if not mine and not theirs:
            continue
        total += weight
        if slot == "type" and mine != theirs:
            family = _FAMILIES.get(str(gold.get("type")))
            earned += weight * (0.5 if family and family == _FAMILIES.get(str(predicted.get("type"))) else 0.0)
        else:
            got = credit(slot, gold, predicted, gold_slots, predicted_slots)
            earned += weight * 2 * got / (len(mine) + len(theirs))
    base = earned / total if total else 0.0
    return min(1.0, (1 - _TRIGGER) * base + (_TRIGGER if _triggers_meet(gold, predicted) else 0.0))


def spans(evidence: Any) -> list[Record]:
    """Evidence as a list of spans; a single span, as gold files write some triggers, is a list of one."""
    if not evidence:
        return []
    return list(evidence) if isinstance(evidence, list) else [evidence]


def _triggers_meet(gold: Record, predicted: Record) -> bool:
    return any(
        a["start"] < b["end"] and b["start"] < a["end"]
        for a in spans(gold.get("trigger"))
        for b in spans(predicted.get("trigger"))
    )
