"""Copies: groups of reports that are copies of each other, with what differs, as lines and records.

A line holds at most one stretch of a text, at its end, so that it is readable whichever way the terminal sets Arabic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from marsad.model import Document
from marsad.register.copygroups import Group, Member, Relation
from marsad.syndication.independence import Chain
from marsad.syndication.likeness import Likeness
from marsad.views.terminal import PLAIN, Screen, fit, safe

__all__ = ["GROUP", "chain_lines", "copy_line", "difference_records", "group_lines", "group_row", "relation_lines"]

# Heads of the columns of the rows.
GROUP = ("earliest", "reports", "published", "publisher", "credits", "title")
_INDENT = 12
_LONG = 240
_RELATIONS = {"pattern": "the same words, other facts", "passages": "shares passages"}


def group_row(group: Group) -> tuple[str, ...]:
    """A group in a list."""
    row = group.earliest.row
    cells = (row.id, str(len(group.members)), row.published, row.publisher, ", ".join(group.credits), row.title or row.address)
    return tuple(safe(" ".join((cell or "").split())) for cell in cells)


def group_lines(group: Group, told: dict[str, tuple[Document, Document, Likeness]], screen: Screen = PLAIN) -> Iterator[str]:
    """A group with what each report has otherwise than the earliest one.

    Args:
        group: the group.
        told: by id of a member the earliest report, the member and how they differ.
        screen: what it is shown on.
    """
    yield f"{len(group.members)} reports, copies of one text"
    if group.credits:
        yield f"{'credited':{_INDENT}}{screen.isolate(safe(', '.join(group.credits)))}"
    for member in group.members:
        yield ""
        yield from _member(member, group, screen)
        if member.row.id in told:
            yield from _differences(*told[member.row.id], screen)


def _member(member: Member, group: Group, screen: Screen) -> Iterator[str]:
    row = member.row
    word = "earliest" if member is group.earliest else "copy"
    yield f"{word:{_INDENT}}{row.id}  {row.published or 'unknown day'}  collected {row.collected[:10]}"
    if row.publisher:
        yield _line("publisher", row.publisher, screen)
    yield _line("title", row.title or row.address, screen)
    if member.credits:
        yield _line("credits", ", ".join(member.credits), screen)
    if member is not group.earliest:
        how = {"credit": "which it credits", "day": "which is of an earlier day"}.get(member.how)
        yield f"{'copies':{_INDENT}}" + (f"{member.copies}, {how}" if how else "unknown which: no credit, and no earlier day")


def _differences(first: Document, second: Document, likeness: Likeness, screen: Screen) -> Iterator[str]:
    yield f"{'shared':{_INDENT}}{likeness.equal} words of its {likeness.other_words} and of the {likeness.one_words} of the earliest"
    for record in difference_records(first, second, likeness):
        one, other = record["one"]["text"], record["other"]["text"]
        mark = f" ({record['fact']})" if record["fact"] else ""
        if one and other:
            yield from _stretch(f"changed{mark}", one, screen)
            yield from _stretch("  to", other, screen)
        else:
            yield from _stretch("added" if other else "left out", other or one, screen)


def difference_records(first: Document, second: Document, likeness: Likeness) -> list[dict[str, Any]]:
    """What the second report has otherwise than the first: changes within shared passages, and what stands in none.

    Returns:
        Records with ``fact`` and, as ``one`` and ``other``, half-open offsets and words in both texts, in the order of the second
        one; the words of one of them are empty where something was added or left out.
    """
    found = [
        {"fact": c.fact, "one": _part(first, *c.one), "other": _part(second, *c.other)} for c in likeness.changes
    ]  # fmt: skip
    found += [{"fact": "", "one": _part(first, a, b), "other": _part(second, 0, 0)} for a, b in _rest(first, likeness.one_spans)]
    found += [
        {"fact": "", "one": _part(first, 0, 0), "other": _part(second, a, b)} for a, b in _rest(second, likeness.other_spans)
    ]
    return sorted(found, key=lambda r: (not r["other"]["text"], r["other"]["start"], r["one"]["start"]))


def _rest(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of a text lies in no span and has a letter or digit, without blanks and marks at its ends."""
    at = 0
    for start, end in (*sorted(spans), (len(document.text), len(document.text))):
        first, last = at, start
        while first < last and not document.text[first].isalnum():
            first += 1
        while last > first and not document.text[last - 1].isalnum():
            last -= 1
        if first < last:
            yield first, last
        at = max(at, end)


def _part(document: Document, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": document.text[start:end]}


def _stretch(name: str, text: str, screen: Screen) -> Iterator[str]:
    """Words of a text under a name, in as many lines as they need."""
    text = " ".join(safe(text).split())
    if len(text) > _LONG:
        text = f"{text[:_LONG].rsplit(' ', 1)[0]} ..."
    indent = max(_INDENT, len(name) + 4)
    for number, line in enumerate(fit(text, max(20, screen.width - indent))):
        yield f"  {name if not number else '':{indent - 2}}{screen.isolate(line)}"


def _line(name: str, value: str, screen: Screen) -> str:
    return f"{name:{_INDENT}}{screen.isolate(' '.join(safe(value).split()))}"


def relation_lines(found: Sequence[Relation], screen: Screen = PLAIN) -> Iterator[str]:
    """Documents that are no copies and share words."""
    for relation in found:
        told = f"{relation.equal} words of {relation.words} and {relation.other_words}"
        yield f"{'related':{_INDENT}}{relation.document}  {_RELATIONS[relation.kind]}: {told}"


def copy_line(document: str, group: Group | None) -> str | None:
    """The copies of a document in one line, for where it is shown; None where it has none."""
    if group is None:
        return None
    which = "it is the earliest" if group.earliest.row.id == document else f"the earliest is {group.earliest.row.id}"
    return f"{len(group.members)} reports with the same text; {which}: marsad copies {document}"


def chain_lines(found: Chain, copies: int) -> Iterator[tuple[str, str]]:
    """The chain of a claim as names and values: from whom, through whom, by whom.

    Args:
        found: the chain.
        copies: how many other documents have the text.
    """
    for name, told in (
        ("told by", ", ".join(f"{s.name} ({s.kind})" for s in found.origins) or "the outlet itself"),
        ("carried by", ", ".join(s.name for s in found.carriers)),
        ("published by", found.publisher or "unknown"),
    ):
        if told:
            yield name, told
    if found.copies and copies:
        others = "1 other report" if copies == 1 else f"{copies} other reports"
        yield "copies", f"the passage was copied; {others} with the same text count with it as one origin"
