"""Row anchors: the tolls that the rows of a list tell, each at the place of its row, as versions of what heads the list."""

from __future__ import annotations

from bisect import bisect_right

from marsad.reading.anchors import Anchor, family
from marsad.reading.harm import HarmMention
from marsad.reading.report import Report

__all__ = ["Rows"]

_HEAD = 2  # sentences from what heads a list to its first row
_HEADING = frozenset({"strike", "general", "battle", "blast", "killing"})


class Rows:
    """Takes the tolls of the rows of one report.

    Attributes:
        anchors: one for each row that tells a toll.
    """

    def __init__(self, report: Report, anchors: list[Anchor]) -> None:
        self.report = report
        self.anchors: list[Anchor] = []
        self._firsts = [row.first for row in report.rows]
        self._told: dict[int, Anchor] = {}
        self._heading = self._head(anchors) if report.rows else None

    def _head(self, anchors: list[Anchor]) -> Anchor | None:
        """The event told last before the first row, or None."""
        clauses, first = self.report.clauses, self._firsts[0]
        before = [a for a in anchors if a.index < first and a.trigger is not None and a.status == "asserted"]
        near = (a for a in reversed(before) if clauses.sentences_apart(a.index, first) <= _HEAD)
        return next((a for a in near if family(a.kind) in _HEADING), None)

    def take(self, mention: HarmMention) -> bool:
        """Takes a toll that stands in a row; False where it stands in none."""
        at = bisect_right(self._firsts, mention.victims) - 1
        if at < 0 or mention.victims >= self.report.rows[at].end:
            return False
        anchor = self._told.get(at)
        if anchor is None:
            heading = self._heading
            kind = heading.kind if heading is not None else "kill"
            anchor = Anchor.untriggered(self.report.text, mention.victims, mention.first, mention.last, kind)
            anchor.other, anchor.heading = True, heading
            self._told[at] = anchor
            self.anchors.append(anchor)
        anchor.harm.append(mention)
        return True
