"""Wording: the words that stand around an event, as signs of what it is.

Names, numbers and days count as what they are and not by their words, so that what is learned of one war holds for another. The
weights of the words stand in ``word_weights.tsv``.
"""

from __future__ import annotations

from marsad.reading.joining import Event
from marsad.reading.report import Report
from marsad.reading.wordweights import SIGN, word_weights

__all__ = ["word_score", "word_signs"]

_AROUND = 8  # tokens before and behind the name of an event that count as near to it
_BEFORE, _BEHIND, _INSIDE, _NAME = "before", "behind", "sentence", "event"
_RIGHT_BEFORE, _RIGHT_BEHIND = "right_before", "right_behind"


def word_score(report: Report, part: str, event: Event) -> float:
    """The sum of the weights that the words around an event have in a part."""
    own, score = word_weights(report.language).part(part), 0.0
    for at, words in _words(report, event):
        known = own.get(at)
        if known is not None:
            # Sorted by the text, as sums depend on their order in the last digit.
            score += sum([known[word] for word in dict.fromkeys(words) if word in known])
    return score


def word_signs(report: Report, event: Event) -> dict[str, float]:
    """The words around an event by where they stand, as names of signs, each 1."""
    return {f"{at}{SIGN}{word}": 1.0 for at, words in _words(report, event) for word in words if word}


def _words(report: Report, event: Event) -> list[tuple[str, list[str]]]:
    """Where the words of the sentence that names an event stand to its name, and these words."""
    anchor = event.named_by.anchor
    begin, end = report.clauses.sentence(anchor.index)
    words, at = report.bare_words(begin, end), anchor.index - begin
    return [
        (_INSIDE, words),
        (_BEFORE, words[max(0, at - _AROUND) : at]),
        (_BEHIND, words[at + 1 : at + _AROUND + 1]),
        (_RIGHT_BEFORE, words[at - 1 : at] if at else []),
        (_RIGHT_BEHIND, words[at + 1 : at + 2]),
        (_NAME, [anchor.trigger.lemma] if anchor.trigger is not None else []),
    ]
