"""The sample reports as claims to link, and which of them are of one event.

The samples name the incident of a claim only for the twelve of ``samples/incidents.json``; all other claims are events of their own,
but for those of ``OTHERS``, which the same report, its copy or another tells of as well.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from marsad.evaluation.gold import load_documents
from marsad.linking import Report, reports_of
from marsad.syndication.finding import Groups
from tests.shared import SAMPLES

__all__ = ["languages", "sample_claims", "sample_reports", "sample_truth"]

OTHERS = (
    ("s01.3", "s02.3"), ("s13.2", "s14.3"), ("s24.3", "s25.2"), ("s40.5", "s40.6", "s40.7"), ("s43.5", "s44.5"),
)  # fmt: skip


@cache
def documents() -> list[dict[str, Any]]:
    return load_documents(SAMPLES / "reports")


def sample_claims() -> list[dict[str, Any]]:
    """All gold claims of the samples."""
    return [{**c, "document": d["id"], "trigger": _list(c["trigger"])} for d in documents() for c in d["claims"]]


def _list(trigger: Any) -> list[Any]:
    """Gold files write a trigger of one piece without its list."""
    return [trigger] if isinstance(trigger, dict) else list(trigger)


def sample_reports() -> dict[str, Report]:
    """What is known of the sample documents, with their copies."""
    return reports_of(documents(), Groups({d["id"]: d["copy_of"] for d in documents() if d.get("copy_of")}))


def languages() -> dict[str, str]:
    """Language by claim."""
    return {claim["id"]: d["language"] for d in documents() for claim in d["claims"]}


def sample_truth() -> dict[str, str]:
    """Event by claim, for all claims that tell of one event."""
    found = {c["id"]: c.get("incident") or c["id"] for c in sample_claims() if c["scope"] == "event"}
    for group in OTHERS:
        found.update((claim, group[0]) for claim in group)
    return found
