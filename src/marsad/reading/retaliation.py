"""Retaliation: what something else is told to have answered ("in answer to the death of three", "in reply to the attack")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.reading.anchors import Anchor, family
from marsad.reading.harm import HarmMention
from marsad.reading.joining import Event
from marsad.reading.report import Report

__all__ = ["answered", "replied_to", "replies"]

_ANSWER, _BEFORE = frozenset({"answer"}), 3  # tokens between "in answer to" and the event
_REPLIES = frozenset({"strike", "battle", "general", "ground"})  # families of what is done in answer to an attack
_FRONT = 3  # tokens from the start of a sentence to "in answer to" what the rest of it tells


def replied_to(report: Report, mention: HarmMention) -> bool:
    """Whether a toll is what something else answered ("in answer to the death of three")."""
    begin = report.clauses.sentence(mention.predicate)[0]
    return report.clauses.mark_before(mention.predicate, _BEFORE, begin, _ANSWER) is not None


def answered(report: Report, anchor: Anchor, behind: int = -1) -> bool:
    """Whether an event is told as what was answered, in words behind a token."""
    begin = max(report.clauses.sentence(anchor.index)[0], behind + 1)
    mark = report.clauses.mark_before(anchor.first, _BEFORE, begin, _ANSWER)
    return mark is not None and not (behind >= 0 and report.cause_before(mark.first))  # "while they answered the attack"


def replies(report: Report, events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """The numbers of events that others of their sentence are told to have answered, each with that of its answer."""
    for number, event in enumerate(events):
        anchor = event.first.anchor
        begin, end = report.clauses.sentence(anchor.index)
        mark = report.clauses.mark_before(anchor.first, _BEFORE, begin, _ANSWER)
        if mark is None:
            continue
        low, high = (anchor.last + 1, end) if mark.first - begin <= _FRONT else (begin, mark.first)
        told = [
            (facts.anchor.index, other)
            for other, reply in enumerate(events)
            if other != number
            for facts in reply.facts
            if low <= facts.anchor.index < high and family(facts.anchor.kind) in _REPLIES
        ]
        if told:
            yield number, (min(told) if low > begin else max(told))[1]
