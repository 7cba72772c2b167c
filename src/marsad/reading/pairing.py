"""Pairing: what the words for two tellings, and how much a report tells of, say on whether both are one event.

``fit`` compares what is told of an anchor and of an event. Here the two words for them count ("the blast ... the attack"), how many
anchors the report has and how many of them stand before, and how often the event was told. The signs are weighed:
``join.*`` in ``packs/weights.tsv`` and the part ``join`` of ``word_weights.tsv``, learned by ``tools/learn_weights.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.anchors import family
from marsad.reading.facts import Facts
from marsad.reading.report import Report
from marsad.reading.wordweights import SIGN, word_weights

__all__ = ["Pairing", "pair_signs"]

# A number counts by each of these that it exceeds.
_LIMITS = (0, 1, 2, 3, 5, 8, 12, 20, 40, 80)
_BEFORE, _ANCHORS, _TOLD = "before", "anchors", "told"
_FIRST, _THEN, _BOTH = "first", "then", "both"
_HARM = "harm"  # stands for the word of an anchor that only a toll names


class Pairing:
    """Weighs the signs of pairs of one report; what does not depend on the event is weighed once for an anchor."""

    def __init__(self, report: Report, anchors: int) -> None:
        words = word_weights(report.language)
        self._weights = report.weights.part("join")
        self._first, self._then, self._both = (words.at("join", at) for at in (_FIRST, _THEN, _BOTH))
        self._before, self._told = (report.weights.steps("join", name, _LIMITS) for name in (_BEFORE, _TOLD))
        self._anchors = _at(report.weights.steps("join", _ANCHORS, _LIMITS), anchors)
        self._item: Facts | None = None
        self._own = 0.0
        self._lemma, self._family = "", ""

    def score(self, told: list[Facts], item: Facts, before: int) -> float:
        """The score of an anchor beside the facts of an event, to be added to that of ``fit``.

        Args:
            told: facts of the event, in the order of the text.
            item: those of the anchor.
            before: how many anchors stand before it.
        """
        if item is not self._item:
            self._item, self._lemma, self._family = item, _word(item), family(item.anchor.kind)
            self._own = self._anchors + _at(self._before, before) + self._then.get(self._lemma, 0.0)
        last = _word(told[-1])
        words = self._first.get(last, 0.0) + self._both.get(f"{last} {self._lemma}", 0.0)
        return self._own + words + _at(self._told, len(told)) + self._weights[_families(told[0], self._family)]


def pair_signs(told: list[Facts], item: Facts, before: int, anchors: int) -> dict[str, float]:
    """The signs that ``Pairing.score`` weighs, by name; those of words hold ``SIGN``.

    Args:
        told, item, before: as there.
        anchors: how many anchors the report has.
    """
    last, lemma = _word(told[-1]), _word(item)
    found = {_families(told[0], family(item.anchor.kind)): 1.0}
    for name, number in ((_BEFORE, before), (_ANCHORS, anchors), (_TOLD, len(told))):
        found.update({f"{name}_{limit}": 1.0 for limit in _LIMITS if number > limit})
    found.update({f"{at}{SIGN}{word}": 1.0 for at, word in ((_FIRST, last), (_THEN, lemma), (_BOTH, f"{last} {lemma}"))})
    return found


def _word(facts: Facts) -> str:
    trigger = facts.anchor.trigger
    return trigger.lemma if trigger is not None else _HARM


def _families(first: Facts, other: str) -> str:
    return f"families_{family(first.anchor.kind)}_{other}"


def _at(steps: Sequence[float], number: int) -> float:
    return steps[min(number, len(steps) - 1)]
