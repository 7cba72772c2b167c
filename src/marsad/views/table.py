"""Table: documents and claims as blocks of lines for a terminal, with the words of the report at the ends of lines."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from marsad.model import Claim, Document
from marsad.views.passages import Passages
from marsad.views.terminal import PLAIN, Screen, fit, line_ranges, safe
from marsad.views.values import Value, heading, values

__all__ = ["document_lines"]

_LABEL = 14
_INDENT = 2
# Kinds whose words are their evidence and nothing else.
_WORDS_ONLY = frozenset({"type", "date", "weapons", "harm"})
_MOST_VALUE = 42
# A column for words narrower than this breaks every name; they go to a line of their own.
_LEAST_WORDS = 24


def document_lines(
    document: Document, claims: tuple[Claim, ...], screen: Screen = PLAIN, *, explain: bool = False, error: str | None = None
) -> Iterator[str]:
    """The lines of a document and its claims, without line ends.

    Args:
        document: the report; its text is shown only where evidence is explained.
        claims: its claims, in order.
        screen: width, colour and marks.
        explain: whether each value is followed by its rule and by its evidence in the sentence.
        error: why the reader failed, if it did.
    """
    number = "1 claim" if len(claims) == 1 else f"{len(claims)} claims"
    published = document.published or "publication day unknown"
    yield screen.style(safe(f"{document.id}  {published}  {number}"), "bold")
    for text in (document.title, document.publisher):
        if text:
            yield from (" " * _INDENT + screen.isolate(line) for line in fit(safe(text), screen.width - _INDENT - 2))
    for kind, texts in (("warning", document.warnings), ("error", (error,) if error else ())):
        for text in texts:
            for line in fit(safe(f"{kind}: {text}"), screen.width - _INDENT):
                yield " " * _INDENT + screen.style(line, "warning")
    passages = Passages(document.text) if explain else None
    for claim in claims:
        yield ""
        yield from _claim(document, claim, screen, passages)


def _claim(document: Document, claim: Claim, screen: Screen, passages: Passages | None) -> Iterator[str]:
    shown = values(claim)
    room = screen.width - _INDENT - _LABEL
    most = max(12, min(_MOST_VALUE, room - _LEAST_WORDS - 2))
    # A value that is longer takes a line of its own and does not push the column out.
    column = max(
        (wide for v in shown if (wide := cell_len(heading(claim) if v.slot == "type" else v.text)) <= most), default=most
    )
    previous = ""
    for value in shown:
        if value.slot == "type":
            label, text = safe(claim.id), heading(claim)
        elif value.kind == "type" and passages is None:
            continue
        else:
            label, text = "" if value.kind == previous else value.slot.split(".")[0], value.text
        previous = value.kind if value.slot != "type" else ""
        # The passage tells the words already, unless the name is more than they are.
        words = "" if passages is not None and value.kind in _WORDS_ONLY else safe(value.words)
        yield from _value(label, (text, words), value.kind, column, screen)
        if passages is not None:
            yield from _explained(document, value, passages, screen)


def _value(label: str, texts: tuple[str, str], kind: str, column: int, screen: Screen) -> Iterator[str]:
    """Label, value and the words of the report, which stand at the end of the line or on lines of their own."""
    indent = " " * (_INDENT + _LABEL)
    style = "bold" if kind == "type" else "dim"
    head = " " * _INDENT + screen.style(label, style) + " " * max(1, _LABEL - cell_len(label))
    text, words = safe(texts[0]), texts[1]
    start = max(_INDENT + _LABEL, _INDENT + cell_len(label) + 1)
    room = screen.width - start
    lines = fit(text, room)
    if len(lines) == 1 and cell_len(text) <= column and start + column + 2 + _LEAST_WORDS <= screen.width:
        beside = fit(words, screen.width - start - column - 4)
        if beside:
            gap = " " * (column - cell_len(text) + 2)
            yield head + screen.style(text, kind) + gap + screen.isolate(beside[0])
            for line in beside[1:]:
                yield " " * (start + column + 2) + screen.isolate(line)
            return
    for number, line in enumerate(lines):
        yield (indent if number else head) + screen.style(line, kind)
    for line in fit(words, screen.width - len(indent) - 2):
        yield indent + screen.isolate(line)


def _explained(document: Document, value: Value, passages: Passages, screen: Screen) -> Iterator[str]:
    indent = " " * (_INDENT + _LABEL)
    if value.why:
        for line in fit(safe(f"why: {value.why}"), screen.width - len(indent)):
            yield indent + screen.style(line, "dim")
    # Brackets and dots take room beside the words.
    width = screen.width - len(indent) - 2
    for passage in passages.of(value.evidence):
        text = safe(document.text[passage.start : passage.end])
        spans = [(start - passage.start, end - passage.start) for start, end in passage.spans]
        ranges = line_ranges(text, width - 8)
        for number, (start, end) in enumerate(ranges):
            line = screen.marked(text, start, end, spans)
            before = "… " if passage.cut_before and number == 0 else ""
            after = " …" if passage.cut_after and number == len(ranges) - 1 else ""
            yield f"{indent}| {screen.isolate(f'{before}{line}{after}')}"
