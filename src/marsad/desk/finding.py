"""Finding: a search as the page shows it: each report with the stretches that show why, and why nothing was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marsad.desk.claimvalues import Named, Shown, rows
from marsad.register.hits import Hit
from marsad.register.searching import Found
from marsad.register.suggesting import Part

__all__ = ["hit_data", "pieces", "understood", "why_nothing"]

_CLAIMS, _AROUND = 3, 200
_SLOTS = ("type", "date", "place", "harm")


def pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """A stretch of a text in parts, each with whether it was looked for.

    Args:
        text: the whole text as it is shown.
        start, end: of the stretch, in code points.
        spans: what was looked for, half open, in order and not overlapping.
    """
    found: list[dict[str, Any]] = []
    at = start
    for first, last in spans:
        if first > at:
            found.append({"text": text[at:first], "marked": False})
        if last > max(first, at):
            found.append({"text": text[max(first, at) : last], "marked": True})
        at = max(at, last)
    if at < end:
        found.append({"text": text[at:end], "marked": False})
    return found


def hit_data(hit: Hit, named: Named, mask: Shown) -> dict[str, Any]:
    """A report that was found, as plain data; texts as they are to be shown, which are as long as those that are stored."""
    s = hit.snippet
    # Names that begin or end in the stretch lie within a little more of the text; to look through all of it would take long.
    a, b = max(0, s.start - _AROUND), min(len(hit.text), s.end + _AROUND)
    text, title = hit.text[:a] + mask(hit.text[a:b]) + hit.text[b:], mask(hit.title)
    spans = [(h.start, h.end) for h in s.highlights]
    return {
        "document": hit.document_id, "version": hit.version, "address": hit.address, "published": hit.published,
        "publisher": hit.publisher, "language": hit.language, "title": title, "found": hit.found, "claims": hit.claims,
        "title_pieces": pieces(title, 0, len(title), hit.title_marks),
        "snippet": {
            "start": s.start, "end": s.end, "cut_before": s.cut_before, "cut_after": s.cut_after,
            "pieces": pieces(text, s.start, s.end, spans),
        },
        "holding": [
            {
                "id": record.id, "verdict": record.verdict,
                "values": [
                    mask(r["text"]) for r in rows(record, {}, named) if r["slot"] in _SLOTS and r["text"] and not r["missing"]
                ],
            }
            for record in hit.holding[:_CLAIMS]
        ],
        "holding_more": max(0, len(hit.holding) - _CLAIMS),
    }  # fmt: skip


def understood(found: Found) -> dict[str, Any]:
    """How many reports there are, and what was taken otherwise than it may have been meant."""
    place = found.place
    return found.to_dict() | {
        "stale": found.stale,
        "place": None
        if place is None
        else {
            "known": bool(place.places),
            "places": [{"id": e.id, "kind": e.kind, "country": e.country, "label": e.label} for e in place.places[:6]],
            "count": len(place.places),
            "near": [{"id": e.id, "kind": e.kind, "country": e.country, "label": e.label} for e in place.near],
            "points": bool(place.points),
        },
    }


def why_nothing(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The parts of a search that found nothing: what each finds alone, what is found without it, and words like it."""
    return [
        {
            "kind": part.kind, "told": part.told, "count": part.count, "rest": part.rest,
            "near": [{"word": word, "count": count} for word, count in part.near],
        }
        for part in parts
    ]  # fmt: skip
