"""Retaliation: what something else is told to have answered ("in answer to the death of three", "in reply to the attack")."""

from __future__ import annotations

from marsad.reading.anchors import Anchor
from marsad.reading.harm import HarmMention
from marsad.reading.report import Report

__all__ = ["answered", "replied_to"]

_ANSWER, _BEFORE = frozenset({"answer"}), 3  # tokens between "in answer to" and the event


def replied_to(report: Report, mention: HarmMention) -> bool:
    """Whether a toll is what something else answered ("in answer to the death of three")."""
    begin = report.clauses.sentence(mention.predicate)[0]
    return report.clauses.mark_before(mention.predicate, _BEFORE, begin, _ANSWER) is not None


def answered(report: Report, anchor: Anchor, behind: int = -1) -> bool:
    """Whether an event is told as what was answered, in words behind a token."""
    begin = max(report.clauses.sentence(anchor.index)[0], behind + 1)
    mark = report.clauses.mark_before(anchor.first, _BEFORE, begin, _ANSWER)
    return mark is not None and not (behind >= 0 and report.cause_before(mark.first))  # "while they answered the attack"
