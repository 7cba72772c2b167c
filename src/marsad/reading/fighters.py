"""Fighters: whether people of whom nothing else is told are those of the armed party that was hit.

"Raids on gatherings of the militia killed dozens": its fighters, unless those who count them (hospitals, rescuers, residents,
monitors) or words for persons ("ten persons", "ten Palestinians") leave open who they were.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.model import Source
from marsad.reading.harm import HarmMention
from marsad.reading.joining import Event
from marsad.reading.parties import FIGHTING, PartyMention
from marsad.reading.people import words_of
from marsad.reading.report import Report
from marsad.record import replace

__all__ = ["with_fighters"]

_HURT = frozenset({"killed", "injured"})
# Kinds of sources that count whoever came to harm.
_COUNT_ALL = frozenset({"local", "medical", "monitor", "ngo", "relative", "rescuers", "un", "witness"})
_UNKNOWN = "unknown"


def with_fighters(report: Report, event: Event, patients: Iterable[PartyMention], sources: Iterable[Source]) -> list[HarmMention]:
    """The tellings of harm of an event, as of fighters where nothing else is told of the people and only armed parties were hit.

    Args:
        report: the report.
        event: one of its events.
        patients: who was hit.
        sources: who tells of it.
    """
    hit, told = list(patients), event.harm
    if not hit or any(p.kind not in FIGHTING or p.sort == "state" for p in hit):
        return told
    if any(m.status == "civilian" for m in told) or any(s.kind in _COUNT_ALL for s in sources if s.role == "origin"):
        return told
    return [replace(m, status="combatant") if _open(report, m) else m for m in told]


def _open(report: Report, mention: HarmMention) -> bool:
    """Whether nothing tells who the people of a telling were, not even that they were persons."""
    if mention.kind not in _HURT or mention.status != _UNKNOWN or mention.including or mention.named:
        return False
    words = words_of(report.language)
    form = report.text.tokens[mention.head].form if mention.head >= 0 else ""
    noun = words.noun(form) if form else None
    persons = noun is not None and not noun.kind and not noun.owned  # "its crew" is the party's
    return not persons and not (form and words.demonym(form))
