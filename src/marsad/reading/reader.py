"""The reader: one document in, its claims out. Pure and deterministic; no I/O.

The way of a report: its text becomes tokens; words that name events are looked for, and if there are none the report holds no
claim; all other mentions are recognised (``report``); words that name events are gathered with the harm told of them
(``anchors``) and with what stands around them (``facts``, ``roles``); those that tell of one event are joined (``joining``); each
event that stands up as a claim gets its type (``kinds``) and its values (``assembly``).
"""

from __future__ import annotations

from marsad.gazetteer import Gazetteer
from marsad.model import Claim, Document
from marsad.reading.assembly import claim_steps
from marsad.reading.attachment import anchors_of
from marsad.reading.facts import facts_of
from marsad.reading.joining import events_of
from marsad.reading.report import report_steps
from marsad.reading.steps import Steps, finished

__all__ = ["read", "read_steps"]


def read(document: Document, gazetteer: Gazetteer | None = None, language: str = "ar") -> list[Claim]:
    """All claims of a document, in the order of their triggers.

    Args:
        document: the report; relative dates count from its publication.
        gazetteer: where places are looked up; the packaged one by default.
        language: code of the language pack to read with.

    Returns:
        Claims whose evidence is exact: ``document.text[e.start:e.end] == e.text`` for all of it.
    """
    return finished(read_steps(document, gazetteer, language))


def read_steps(document: Document, gazetteer: Gazetteer | None = None, language: str = "ar") -> Steps[list[Claim]]:
    """Reads a document in steps, as ``read`` does at once; see ``steps``."""
    report = yield from report_steps(document, gazetteer, language)
    if report is None:
        return []
    anchors = anchors_of(report)
    yield
    facts = facts_of(report, anchors)
    yield
    events = events_of(report, facts)
    yield
    return (yield from claim_steps(report, events))
