"""The text of a report in stretches: nothing is lost, what overlaps and lies within is told, and offsets count code points."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from marsad.desk.segments import Span, paragraphs

TEXT = "قُتل 😀 ثلاثة مدنيين، بينهم طفل.\r\n\nقال شاهد:\nرأيت القصف."


def pieces(spans: list[Span], claim: str = "c.1", **rest: str) -> list[dict[str, Any]]:
    return [piece for paragraph in paragraphs(TEXT, spans, claim, **rest) for piece in paragraph]


def test_stretches_are_the_text_without_its_line_breaks() -> None:
    spans = [
        Span(0, 12, "harm", "c.1", "harm.1"),
        Span(7, 40, "sources", "c.2", "sources.1"),
        Span(90, 99, "type", "c.1", "type"),
    ]
    found = pieces(spans)
    for piece in found:
        assert TEXT[piece["start"] : piece["start"] + len(piece["text"])] == piece["text"]
    for one, other in pairwise(found):
        assert not TEXT[one["start"] + len(one["text"]) : other["start"]].strip(), "only line breaks are left out"
    assert "".join(TEXT.split()) == "".join("".join(p["text"] for p in found).split())
    assert len(paragraphs(TEXT, [])) == 3


def test_evidence_within_and_over_other_evidence_is_told_the_narrowest_first() -> None:
    whole, part, over = TEXT.index("ثلاثة"), TEXT.index("مدنيين"), TEXT.index("بينهم")
    spans = [
        Span(whole, over + 10, "harm", "c.1", "harm.1"), Span(part, part + 6, "targets", "c.1", "targets.1"),
        Span(part, over + 5, "place", "c.2", "place"),
    ]  # fmt: skip
    found = {p["text"]: p for p in pieces(spans)}
    assert found["مدنيين"]["refs"] == ["c.1|targets.1|targets", "c.2|place|place", "c.1|harm.1|harm"]
    assert (found["مدنيين"]["kind"], found["مدنيين"]["under"]) == ("targets", "harm")
    assert found["مدنيين"]["first"] == ["c.1|targets.1|targets", "c.2|place|place"]
    assert (found["ثلاثة "]["kind"], found["ثلاثة "]["under"]) == ("harm", "")
    other = {p["text"]: p for p in pieces(spans, "c.2")}
    assert other["ثلاثة "]["kind"] == "" and other["مدنيين"]["kind"] == "place"


def test_a_masked_text_keeps_its_places() -> None:
    shown = TEXT.replace("شاهد", "••••")
    start = TEXT.index("شاهد")
    found = pieces([Span(start, start + 4, "sources", "c.1", "sources.1")], shown=shown)
    assert [p["text"] for p in found if p["kind"]] == ["••••"]


def test_evidence_out_of_the_text_breaks_nothing() -> None:
    assert pieces([Span(5, 5, "type", "c.1", "type"), Span(0, 10_000, "type", "c.1", "type"), Span(-3, 2, "type", "c.1", "type")])
