"""Place mentions: what recognition finds and resolution works on."""

from __future__ import annotations

from marsad.gazetteer import Entry
from marsad.record import record

__all__ = ["NO_EVENT_PLACE", "PlaceMention"]

NO_EVENT_PLACE = frozenset({"metonym", "org", "source", "person", "time", "dateline", "site_name", "aside"})


@record(frozen=True, slots=True)
class PlaceMention:
    """A place name in a text.

    Attributes:
        first, last: token indices of the bare name, both included.
        start, end: source offsets of the bare name.
        name: the name as written, ``source[start:end]``.
        form: the folded name.
        kind: class of the claims vocabulary, from the class word or else the gazetteer; None if unknown.
        class_first: token index of the class word before the name, or -1.
        bearing: direction and nearness words before the name as written, or None.
        bearing_start: source offset of these, or -1.
        candidates: gazetteer places of this name, strongest first; empty for a name that is in no gazetteer.
        inner: for a name made of a class word and a place ("the countryside of X"), the candidates of that place.
        country: code told by the name itself (a demonym: "the Syrian border"), or None.
        located: whether a preposition, class word or bearing marks it as a place where something is.
        flags: why the mention is no place of an event: ``metonym``, ``org``, ``source``, ``person``, ``time``,
            ``dateline``, ``site_name``, ``aside``; and ``list`` for members of a list under one class word.
        site_first: token index of the site noun ("hospital") before a name that is part of a site's name, or -1.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    form: str
    kind: str | None
    class_first: int = -1
    bearing: str | None = None
    bearing_start: int = -1
    candidates: tuple[Entry, ...] = ()
    inner: tuple[Entry, ...] = ()
    country: str | None = None
    located: bool = False
    flags: frozenset[str] = frozenset()
    site_first: int = -1

    def announced(self, class_first: int, kind: str | None, flags: frozenset[str] | None = None) -> PlaceMention:
        """The mention behind the class word at a token (``dataclasses.replace`` would take three times as long)."""
        return PlaceMention(
            self.first, self.last, self.start, self.end, self.name, self.form, kind, class_first, self.bearing,
            self.bearing_start, self.candidates, self.inner, self.country, True, self.flags if flags is None else flags,
            self.site_first,
        )  # fmt: skip

    @property
    def opening(self) -> int:
        """Token index of its first word: the class word, or else the name."""
        return self.class_first if self.class_first >= 0 else self.first

    @property
    def event_place(self) -> bool:
        """Whether the mention can be the place of an event."""
        return not self.flags & NO_EVENT_PLACE
