"""Score: precision, recall and F1 of claims and of each slot, over documents.

A claim is *found* when its aligned similarity reaches ``FOUND``. Slots are compared over the aligned pairs; the slots of
a claim without a partner are misses (gold) or inventions (predicted). All figures are micro-averaged. *Core* counts
claims whose type, date, place and harm are all exactly right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.evaluation.alignment import align
from marsad.evaluation.slots import SLOTS, Fillers, Record, Slots, credit, similarity, slots

__all__ = [
    "CORE",
    "FOUND",
    "NAMES",
    "DocumentScore",
    "Figure",
    "Pair",
    "Score",
    "SlotPair",
    "broken_evidence",
    "in_words",
    "score",
]

FOUND = 0.4
CORE = ("type", "date", "place", "harm")
NAMES = ("claims", "slots", "core", *SLOTS)


@dataclass(frozen=True, slots=True)
class Figure:
    """Earned credit against what gold holds and what was predicted."""

    earned: float = 0.0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.earned + other.earned, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        return self.earned / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.earned / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """1 where there was nothing to find and nothing was claimed."""
        both = self.gold + self.predicted
        return 2 * self.earned / both if both else 1.0

    def to_dict(self) -> dict[str, Any]:
        """Figures rounded to four places."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "gold": self.gold,
            "predicted": self.predicted,
        }


@dataclass(frozen=True, slots=True)
class SlotPair:
    """One slot of an aligned pair."""

    slot: str
    gold: tuple[str, ...]
    predicted: tuple[str, ...]
    earned: float
    right: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold claim and the predicted claim that stands for it; one of them is None for a miss or an invention."""

    gold: Record | None
    predicted: Record | None
    similarity: float = 0.0
    slots: tuple[SlotPair, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """The score of one document: pairs in the order of gold, then what was invented."""

    document: Record
    pairs: tuple[Pair, ...]
    figures: dict[str, Figure]
    broken_evidence: int


@dataclass(frozen=True, slots=True)
class Score:
    """The score over all documents; figures by name (``NAMES``)."""

    documents: tuple[DocumentScore, ...]
    figures: dict[str, Figure]

    @property
    def broken_evidence(self) -> int:
        """Predicted spans whose offsets do not give their words."""
        return sum(d.broken_evidence for d in self.documents)

    def to_dict(self) -> dict[str, Any]:
        """Figures as a JSON record."""
        return {
            "documents": len(self.documents),
            "figures": {name: self.figures[name].to_dict() for name in NAMES},
            "broken_evidence": self.broken_evidence,
            "per_document": {d.document["id"]: d.figures["slots"].to_dict() for d in self.documents},
        }


def score(documents: Iterable[Record], predictions: Mapping[str, Sequence[Record]]) -> Score:
    """Score predicted claims.

    Args:
        documents: gold documents (``id``, ``text``, ``claims``).
        predictions: claims by document id; documents without an entry count as empty.
    """
    scored = tuple(_document(d, predictions.get(d["id"], ())) for d in documents)
    figures = {name: sum((d.figures[name] for d in scored), Figure()) for name in NAMES}
    return Score(scored, figures)


def _document(document: Record, predicted: Sequence[Record]) -> DocumentScore:
    gold: list[Record] = list(document.get("claims") or [])
    gold_slots, predicted_slots = [slots(c) for c in gold], [slots(c) for c in predicted]
    table = [
        [similarity(g, p, gs, ps) for p, ps in zip(predicted, predicted_slots, strict=True)]
        for g, gs in zip(gold, gold_slots, strict=True)
    ]
    partner = {i: j for i, j in align(table) if table[i][j] >= FOUND}
    pairs = [
        Pair(g, predicted[partner[i]], table[i][partner[i]],
             _compare(g, predicted[partner[i]], gold_slots[i], predicted_slots[partner[i]]))
        if i in partner else Pair(g, None)
        for i, g in enumerate(gold)
    ]  # fmt: skip
    taken = set(partner.values())
    pairs += [Pair(None, p) for j, p in enumerate(predicted) if j not in taken]
    text = document["text"]
    broken = sum(broken_evidence(c, text) for c in predicted)
    return DocumentScore(document, tuple(pairs), _figures(pairs, gold_slots, predicted_slots), broken)


def _compare(gold: Record, predicted: Record, gold_slots: Slots, predicted_slots: Slots) -> tuple[SlotPair, ...]:
    return tuple(
        SlotPair(
            slot, in_words(gold_slots[slot]), in_words(predicted_slots[slot]),
            credit(slot, gold, predicted, gold_slots, predicted_slots), gold_slots[slot] == predicted_slots[slot],
        )
        for slot in SLOTS
    )  # fmt: skip


def in_words(fillers: Fillers) -> tuple[str, ...]:
    """Fillers as sorted strings to show."""
    return tuple(sorted(map(_word, fillers)))


def _word(filler: object) -> str:
    """A filler in words: ``killed 2..* civilian`` for harm, ``from..to`` for a date."""
    if isinstance(filler, tuple) and len(filler) == 4:
        kind, low, high, status = filler
        number = "?" if low is None and high is None else str(low) if low == high else f"{low}..{'*' if high is None else high}"
        return f"{kind} {number} {status}"
    if isinstance(filler, tuple):
        start, end = filler
        return str(start) if start == end else f"{start or '?'}..{end or '?'}"
    return str(filler)


def _figures(pairs: Sequence[Pair], gold: Sequence[Slots], predicted: Sequence[Slots]) -> dict[str, Figure]:
    aligned = [p for p in pairs if p.gold is not None and p.predicted is not None]
    core = sum(all(s.right for s in p.slots if s.slot in CORE) for p in aligned)
    figures = {
        "claims": Figure(len(aligned), len(gold), len(predicted)),
        "core": Figure(core, len(gold), len(predicted)),
    }
    for index, slot in enumerate(SLOTS):
        earned = sum(p.slots[index].earned for p in aligned)
        figures[slot] = Figure(earned, sum(len(s[slot]) for s in gold), sum(len(s[slot]) for s in predicted))
    figures["slots"] = sum((figures[slot] for slot in SLOTS), Figure())
    return figures


def broken_evidence(value: Any, text: str) -> int:
    """How many spans inside a record have offsets that do not give their words."""
    if isinstance(value, Mapping):
        if {"start", "end", "text"} <= value.keys():
            start, end = value["start"], value["end"]
            return int(not (isinstance(start, int) and isinstance(end, int) and text[start:end] == value["text"]))
        return sum(broken_evidence(v, text) for v in value.values())
    if isinstance(value, list | tuple):
        return sum(broken_evidence(v, text) for v in value)
    return 0
