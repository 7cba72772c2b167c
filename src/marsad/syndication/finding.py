"""Finding: the copies of a report among many, one report after another, at a cost that does not grow with their number.

Each report is looked up by its sketch; those that share enough of it are compared word by word, the likeliest first and only a
few of a group, and it joins the group of those that it is a copy of. Values that many reports share already (the notice at the end
of every report of a publisher) are not kept for more of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from marsad.model import Document
from marsad.syndication.likeness import Likeness, Words, compare
from marsad.syndication.shingles import sketch_of

__all__ = ["FULL", "Finder", "Groups", "Pair", "add_spans"]

FULL = 60  # reports kept under one value
_TRIED, _OF_GROUP = 10, 2  # reports compared with a new one, and of one group
_SMALL = 8  # values of a sketch of which one in common is enough
_NEEDED = 3
_OF_MOST = 0.5  # of a copied passage that lies in what a report shares most
_KEPT, _KEPT_WORDS = 1000, 500_000  # reports held ready for comparison, and words of them; some are as long as a book


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that have much in common: ``one`` came later."""

    one: str
    other: str
    likeness: Likeness


class Groups:
    """Reports that are copies of each other, by the label of their group; a report by itself has its id as label.

    Args:
        labels: of reports that are in groups already; the mapping may be asked for any report.
    """

    def __init__(self, labels: Mapping[str, str] | None = None) -> None:
        self._labels = labels if labels is not None else {}
        self._joined: dict[str, str] = {}

    def of(self, document: str) -> str:
        """The label of the group of a report."""
        label = self._labels.get(document, document)
        path = []
        while label in self._joined:
            path.append(label)
            label = self._joined[label]
        for passed in path:
            self._joined[passed] = label
        return label

    def join(self, document: str, other: str) -> None:
        """Put two reports, with their groups, into the group of the other one."""
        one, two = self.of(document), self.of(other)
        if one != two:
            self._joined[one] = two

    def moved(self) -> dict[str, str]:
        """Labels that are no more, with those that took their place."""
        return {label: self.of_label(label) for label in self._joined}

    def of_label(self, label: str) -> str:
        """The label that took the place of a label."""
        while label in self._joined:
            label = self._joined[label]
        return label


class Finder:
    """Finds copies among the reports that it was given.

    Args:
        load: gives a report that was added before, by its id.
        values: reports by each value of their sketches, at most ``FULL`` of a value; grows with each report.
        groups: of the reports.
        copied: of the reports that are copies of others, the passages by which they are; half-open code point offsets.
    """

    def __init__(
        self,
        load: Callable[[str], Document],
        values: dict[int, tuple[str, ...]] | None = None,
        groups: Groups | None = None,
        copied: dict[str, list[tuple[int, int]]] | None = None,
    ) -> None:
        self._load = load
        self.values: dict[int, tuple[str, ...]] = values if values is not None else {}
        self.groups = groups or Groups()
        self.copied: dict[str, list[tuple[int, int]]] = copied if copied is not None else {}
        self._words: OrderedDict[str, Words] = OrderedDict()
        self._held = 0

    def add(self, document: Document, known: Iterable[int] | None = None) -> tuple[list[int], list[Pair]]:
        """Take a report in.

        Args:
            document: the report; its id must be new.
            known: its sketch, if it was made before.

        Returns:
            The values of its sketch under which it was kept, and the pairs that it makes with reports that were there.
        """
        words = None if known is not None else Words(document)
        values = list(known) if known is not None else sketch_of(words.shingle_set if words is not None else ())
        pairs = self._pairs(document, words, self._candidates(values))
        kept = []
        for value in values:
            # Tuples, which take less memory than lists; most values belong to one report.
            there = self.values.get(value, ())
            if len(there) < FULL and document.id not in there:
                self.values[value] = (*there, document.id)
                kept.append(value)
        return kept, pairs

    def _candidates(self, values: Iterable[int]) -> list[str]:
        """Reports that share enough of a sketch, those that share most first, of equals the earliest taken in."""
        hits: dict[str, int] = {}
        number = 0
        for value in values:
            number += 1
            for identifier in self.values.get(value, ()):
                hits[identifier] = hits.get(identifier, 0) + 1
        needed = _NEEDED if number >= _SMALL else 1
        found = [i for i, count in hits.items() if count >= needed]
        found.sort(key=lambda i: -hits[i])
        return found

    def _pairs(self, document: Document, words: Words | None, candidates: list[str]) -> list[Pair]:
        if candidates:
            words = words or Words(document)
        if words is not None:
            self._keep(document.id, words)
        if not candidates or words is None:
            return []
        pairs: list[Pair] = []
        tried: dict[str, int] = {}
        left = _TRIED
        for identifier in candidates:
            label = self.groups.of(identifier)
            if tried.get(label, 0) >= _OF_GROUP or identifier == document.id:
                continue
            likeness = compare(words, self._ready(identifier))
            tried[label] = tried.get(label, 0) + 1
            left -= 1
            if likeness.kind == "copy" and (by := self.copied.get(identifier)) and _within(likeness.other_spans, by) < _OF_MOST:
                # A digest of which another part was copied: what was made of its parts has nothing in common.
                likeness = replace(likeness, kind="passages")
            if likeness.kind:
                pairs.append(Pair(document.id, identifier, likeness))
            if not left:
                break
        pairs = _of_one_text(pairs)
        for pair in pairs:
            if pair.likeness.kind == "copy":
                self.groups.join(document.id, pair.other)
                add_spans(self.copied.setdefault(document.id, []), pair.likeness.one_spans)
                add_spans(self.copied.setdefault(pair.other, []), pair.likeness.other_spans)
        return pairs

    def _ready(self, identifier: str) -> Words:
        """The words of a report that was added before."""
        found = self._words.get(identifier)
        if found is None:
            return self._keep(identifier, Words(self._load(identifier)))
        self._words.move_to_end(identifier)
        return found

    def _keep(self, identifier: str, words: Words) -> Words:
        before = self._words.pop(identifier, None)
        self._held += len(words.hashes) - (len(before.hashes) if before is not None else 0)
        self._words[identifier] = words
        while len(self._words) > _KEPT or (self._held > _KEPT_WORDS and len(self._words) > 1):
            self._held -= len(self._words.popitem(last=False)[1].hashes)
        return words


def _of_one_text(pairs: list[Pair]) -> list[Pair]:
    """Pairs of a report; copies of passages that have little of what it shares most are passages: it was put together of both."""
    copies = [pair for pair in pairs if pair.likeness.kind == "copy"]
    if len(copies) < 2:
        return pairs
    most = max(copies, key=lambda pair: pair.likeness.equal).likeness.one_spans
    return [
        replace(pair, likeness=replace(pair.likeness, kind="passages"))
        if pair.likeness.kind == "copy" and _within(pair.likeness.one_spans, most) < _OF_MOST
        else pair
        for pair in pairs
    ]


def add_spans(spans: list[tuple[int, int]], more: Iterable[tuple[int, int]]) -> None:
    """Put spans to others, so that none overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted([*spans, *more]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    spans[:] = merged


def _within(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> float:
    """How much of some spans lies in others, from 0 to 1."""
    inside = sum(max(0, min(b, d) - max(a, c)) for a, b in spans for c, d in others)
    return inside / max(1, sum(b - a for a, b in spans))
