"""Blame: who says of an event, not always in the sentence that tells it, that he did it, and who is blamed for it."""

from __future__ import annotations

from bisect import bisect_left

from marsad.reading.joining import Event
from marsad.reading.opposition import ARMED
from marsad.reading.parties import PartyMention
from marsad.reading.report import Report
from marsad.reading.speakers import SourceMention

__all__ = ["blamed_for", "claimed_by"]

_BLAME, _ACCUSE = frozenset({"blame"}), frozenset({"accuse"})
_ACCUSED = 10  # tokens between a word that accuses and "the responsibility"
_GIVEN = 3  # tokens from there to the party that it is given to
_CLAIMED = 12  # tokens between a speaker that claims an event and its word


def claimed_by(report: Report, events: list[Event]) -> dict[int, list[SourceMention]]:
    """Who claims which event, by its identity: the one named behind the verb of claiming, else the last one told before it."""
    found: dict[int, list[SourceMention]] = {}
    tokens = report.text.tokens
    anchors = sorted((f.anchor.index, n) for n, e in enumerate(events) for f in e.facts)
    for attribution in report.attributions:
        if attribution.stance != "claims_responsibility":
            continue
        sentence = tokens[attribution.first].sentence
        at = bisect_left(anchors, (attribution.first, -1))
        inside = [a for a in anchors[at : at + 3] if a[0] <= attribution.last + _CLAIMED and tokens[a[0]].sentence == sentence]
        before = [a for a in anchors[max(0, at - 1) : at] if sentence - tokens[a[0]].sentence <= 2]
        chosen = (inside[:1] if not attribution.refers_back else []) or before or inside[:1]
        for _, number in chosen:
            known = found.setdefault(id(events[number]), [])
            known += [s for s in attribution.sources if s not in known]
    return found


def blamed_for(report: Report, events: list[Event]) -> list[tuple[int, PartyMention]]:
    """Who is blamed in words that name no event themselves, each with the number of the last event told before them.

    Args:
        report: the report.
        events: all its events.
    """
    found: list[tuple[int, PartyMention]] = []
    tokens, clauses = report.text.tokens, report.clauses
    blames = clauses.marked(_BLAME, 0, len(tokens))
    anchors = sorted((f.anchor.index, n) for n, e in enumerate(events) for f in e.facts) if blames else []
    for index in blames:
        begin, end = clauses.sentence(index)
        accusing = clauses.marked(_ACCUSE, max(begin, index - _ACCUSED), index)
        if not accusing:
            continue
        low, high = bisect_left(anchors, (accusing[-1], -1)), bisect_left(anchors, (end, -1))
        if low != high or not low or tokens[index].sentence - tokens[anchors[low - 1][0]].sentence > 2:
            continue
        told = [p for p in report.parties_between(accusing[-1] + 1, index) if p.kind in ARMED]
        given = any(p.proclitic.endswith(report.to) for p in report.parties_between(index + 1, min(end, index + 1 + _GIVEN)))
        if told and told[-1].last >= index - 2 and not given:
            found.append((anchors[low - 1][1], told[-1]))
    return found
