"""Hands: parts of a toll that are told by whom people fell ("82 were killed, 34 of them at the hands of X and nine of Y").

Each part of a toll over a stretch of time is a toll of its own over the same place and time, as another party did it; the toll itself
stays whole. Of one event the parts are none: who counts the toll and its parts would count people twice.
"""

from __future__ import annotations

from itertools import pairwise

from marsad.reading.anchors import Anchor
from marsad.reading.harm import HarmMention
from marsad.reading.numbers import Quantity
from marsad.reading.report import Report
from marsad.record import replace

__all__ = ["parted"]

_AGENT, _BY = frozenset({"agent"}), 2  # tokens from the end of a number within which "at the hands of" begins
_REACH = 60  # tokens from a toll to the last of its parts
_LEAST, _SEVERAL = 3, 2  # the least toll that is parted, and the fewest parts
_SPANS = frozenset({"week", "month", "season", "year"})
_BLOODY = frozenset({"killed", "injured"})
_KIND = "kill"  # of the anchor of a part


def parted(report: Report, anchor: Anchor) -> list[Anchor]:
    """The parts of the toll of an anchor that are told by whom people fell, each as an anchor; none where fewer than two are."""
    found: list[Anchor] = []
    for mention in anchor.harm:
        told = _parts(report, mention)
        if len(told) >= _SEVERAL:
            parts = [_anchor(report, anchor, mention, quantity) for quantity in told]
            for part, behind in pairwise([anchor, *parts]):
                part.until = behind.first
            parts[-1].until = report.clauses.sentence(parts[-1].first)[1]
            found += parts
    return found


def _parts(report: Report, mention: HarmMention) -> list[Quantity]:
    whole = mention.min
    if mention.kind not in _BLOODY or mention.negated or whole is None or whole < _LEAST:
        return []
    begin, end = report.clauses.sentence(mention.victims)
    if not any(begin <= d.first < end and (d.duration or d.precision in _SPANS) for d in report.dates):
        return []
    left, found = whole, list[Quantity]()
    for quantity in report.quantities:
        if quantity.first <= mention.victims or quantity.min is None:
            continue
        if quantity.last >= min(end, mention.last + _REACH):
            break
        behind = report.clauses.marked(_AGENT, quantity.last + 1, quantity.last + 1 + _BY)
        if behind and quantity.min <= left:
            found.append(quantity)
            left -= quantity.min
    return found


def _anchor(report: Report, anchor: Anchor, mention: HarmMention, quantity: Quantity) -> Anchor:
    first, last = quantity.first, quantity.last
    harm = replace(
        mention, first=first, last=last, start=quantity.start, end=quantity.end, min=quantity.min, max=quantity.max, including=(),
        predicate=-1, voice="bare", victims=first, head=-1, definite=False, corrected=False, cause_before=-1, cause_after=-1, shares=(),
    )  # fmt: skip
    part = Anchor.untriggered(report.text, first, first, last, _KIND, anchor.status)
    part.other, part.total, part.harm = True, anchor.total, [harm]
    return part
