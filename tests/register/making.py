"""Captures and readings for tests: short invented reports, with claims made by hand where the reader does not matter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from marsad.batch import Reading
from marsad.model import Claim, Date, Evidence, Harm, Place
from marsad.register.provenance import Capture

__all__ = ["capture", "claim", "read", "report"]

TEXT = "قتل ثلاثة مدنيين في قصف على قرية أم الورود صباح الأحد، وأصيب اثنان في تفجير قرب السوق."


def capture(number: int = 1, text: str = TEXT, **changes: Any) -> Capture:
    """A capture of the report with a number."""
    told: dict[str, Any] = {
        "raw": f"<p>{text}</p>".encode(),
        "media_type": "text/html",
        "address": f"https://example.org/{number}",
        "collected": datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
        "method": "fetch",
        "collector": "test 1",
        "text": text,
        "extractor": "test 1",
        "title": f"خبر {number}",
        "published": "2024-05-05",
        "published_from": "metadata",
        "publisher": "وكالة المثال",
        "language": "ar",
    }
    return Capture(**(told | changes))


def report(number: int) -> str:
    """A text of its own for a number."""
    return f"{TEXT} التقرير رقم {number}."


def claim(document: str, text: str, trigger: str = "قصف", **changes: Any) -> Claim:
    """A claim with a word of the text as trigger and as evidence of its values."""
    start = text.index(trigger)
    words = (Evidence.of(text, start, start + len(trigger)),)
    told: dict[str, Any] = {
        "id": f"{document}.1",
        "document": document,
        "type": "shelling_artillery_missile",
        "trigger": words,
        "date": Date("2024-05-05", "2024-05-05", "day", words),
        "place": Place("أم الورود", "village", (), "SY", 35.5, 36.5, "own:7", "settlement", None, words),
        "harm": (Harm("killed", 3, 3, "civilian", None, (), words),),
    }
    return Claim(**(told | changes))


def read(taken: Capture, *claims: Claim) -> Reading:
    """A reading of a capture that found these claims; one claim by default."""
    return Reading(taken.document(), claims or (claim(taken.document_id, taken.text),))
