"""Segments: the text of a report in paragraphs and stretches, each with the values of claims that it is evidence of.

Evidence may overlap and lie within other evidence. A stretch is under the same evidence from end to end, so that a page can draw it
without cutting elements apart. Offsets are code points of the text, as everywhere; each stretch carries its own, so that a browser,
which counts UTF-16, needs to count only within a stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from marsad.views.marking import Mark, marks_of, segments
from marsad.views.masking import graphic_spans

__all__ = ["Span", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence: half-open code point offsets, the kind of slot, the claim and the key of the value ("harm.1")."""

    start: int
    end: int
    kind: str
    claim: str
    key: str


def paragraphs(text: str, spans: Iterable[Span], claim: str = "", *, shown: str = "") -> list[list[dict[str, object]]]:
    """The text as paragraphs of stretches, as plain data; empty paragraphs are left out.

    Each stretch has ``start``, ``text``, ``refs`` (all values that it is evidence of, as "claim|key|kind", the narrowest evidence
    first), ``first`` (those whose evidence begins here), ``kind`` and ``under`` (the narrowest evidence of the claim that is shown,
    and the one around it, or empty), and ``graphic``: 0, or the number of the graphic passage that it is in.

    Args:
        text: of the report.
        spans: evidence of all claims.
        claim: the claim that is shown.
        shown: the text as it is to be shown, as long as the other; the text itself by default.
    """
    marks = marks_of(((s.start, s.end, s.kind, f"{s.claim}|{s.key}|{s.kind}") for s in spans), len(text))
    cruel = graphic_spans(text)
    text = shown or text
    found: list[list[dict[str, object]]] = []
    now: list[dict[str, object]] = []
    for part in segments(marks, len(text)):
        for start, end in _lines(text, part.start, part.end, cruel):
            if text[start:end].strip("\r\n") == "" and "\n" in text[start:end]:
                if any(str(piece["text"]).strip() for piece in now):
                    found.append(now)
                now = []
            else:
                now.append(_piece(text, start, end, part.marks, claim, cruel))
    if any(str(piece["text"]).strip() for piece in now):
        found.append(now)
    return found


def _lines(text: str, start: int, end: int, cruel: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """A stretch cut at line breaks, which stand for themselves, and where a graphic passage begins or ends."""
    cuts = {start, end, *(at for span in cruel for at in span if start < at < end)}
    for at in range(start, end):
        if text[at] == "\n":
            cuts |= {at, at + 1}
    ordered = sorted(cut for cut in cuts if start <= cut <= end)
    return pairwise(ordered)


def _piece(
    text: str, start: int, end: int, marks: Sequence[Mark], claim: str, cruel: Sequence[tuple[int, int]]
) -> dict[str, object]:
    narrow = sorted(marks, key=lambda m: (m.end - m.start, m.kind))
    refs = [key for mark in narrow for key in mark.keys]
    first = [key for mark in narrow if mark.start == start for key in mark.keys]
    kinds = list(dict.fromkeys(ref.split("|")[2] for ref in refs if ref.split("|")[0] == claim))
    return {
        "start": start, "text": text[start:end], "refs": refs, "first": first, "kind": kinds[0] if kinds else "",
        "under": kinds[1] if len(kinds) > 1 else "",
        "graphic": next((n for n, (a, b) in enumerate(cruel, 1) if a <= start < b), 0),
    }  # fmt: skip
