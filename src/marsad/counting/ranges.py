"""Ranges: what one claim says of how many people came to one kind of harm, and of whom.

A claim's entries of a kind tell of different people and are added. What is told of civilians and of combatants is kept apart from
people whose status the claim leaves open; those may be either, so they raise what is possible for both and the least of neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.model import Claim, Harm
from marsad.record import record
from marsad.text.fold import fold

__all__ = ["Range", "Tally", "Vague", "added", "hull", "tally", "vagueness"]

LANGUAGES = ("ar", "en")


@record(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high`` people, both included; ``open`` where there may be more ("at least 20" is 20 to 20, open)."""

    low: int
    high: int
    open: bool = False

    def within(self, most: Range) -> Range:
        """The same without what is more than others leave."""
        return Range(self.low, max(self.low, min(self.high, most.high)), self.open)


def added(ranges: Iterable[Range]) -> Range:
    """People of all ranges together; 0 to 0 without any."""
    given = list(ranges)
    if len(given) == 1:
        return given[0]
    return Range(sum(r.low for r in given), sum(r.high for r in given), any(r.open for r in given))


def hull(ranges: Iterable[Range]) -> Range:
    """From the least to the most that any says; open where an open one reaches further than all that are closed.

    Raises:
        ValueError: no range.
    """
    given = list(ranges)
    if len(given) == 1:
        return given[0]
    closed = max((r.high for r in given if not r.open), default=-1)
    return Range(min(r.low for r in given), max(r.high for r in given), any(r.open and r.high > closed for r in given))


@record(frozen=True, slots=True)
class Vague:
    """How vague numbers are taken: by their class (``several``, ``tens`` ...), a number in their stead, ``"bounds"`` for what the
    record says (several is at least 2), or ``"leave out"``; ``unknown`` is people without any number."""

    by_class: tuple[tuple[str, int | str], ...] = ()
    unknown: int | None = None

    def rule(self, kind: str) -> int | str:
        return dict(self.by_class).get(kind, "bounds")


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for language in LANGUAGES:
        for row in read_table(f"{language}/vague_numbers.tsv"):
            word = re.escape(fold(row["word"]))
            # Latin words stand alone; to Arabic ones letters may be joined.
            found.append((row["class"], re.compile(rf"\b{word}\b" if word.isascii() else word)))
    return tuple(found)


# The bounds that a record has for what people say without a number (docs/claims.md).
_BOUNDS = {"several": (2,), "tens": (20,), "dozens": (12, 20, 24), "hundreds": (200,), "thousands": (2000,)}


def vagueness(harm: Harm) -> str | None:
    """The class of a number that is told without one: ``several``, ``tens``, ``dozens``, ``hundreds``, ``thousands``, ``unknown``
    (no number at all), or None for a number, "at least 20" among them."""
    if harm.min is None and harm.max is None:
        return "unknown"
    if harm.max is not None or harm.min is None:
        return None
    words = fold(" ".join(e.text for e in harm.evidence))
    told = [kind for kind, word in _words() if word.search(words)]
    if "least" in told:
        return None
    for kind in ("dozens", "tens", "hundreds", "thousands"):
        if kind in told and harm.min in _BOUNDS[kind]:
            return kind
    return "several" if harm.min == 2 else None


@record(frozen=True, slots=True)
class Tally:
    """What a claim says of one kind of harm.

    Attributes:
        all: everybody.
        civilian, combatant: those of whom it says so; None where it says so of none.
        open: those whom it leaves open or mixes; None where there are none.
        sides: combatants by the party that they belong to, as far as told.
        groups: children, women and other parts.
    """

    all: Range
    civilian: Range | None
    combatant: Range | None
    open: Range | None
    sides: tuple[tuple[str, Range], ...] = ()
    groups: tuple[tuple[str, Range], ...] = ()

    def stated(self, who: str) -> bool:
        """Whether it says of anybody that they are ``civilian`` or ``combatant``."""
        return (self.civilian if who == "civilian" else self.combatant) is not None

    def of(self, who: str) -> Range | None:
        """The people of a status or group as far as this claim knows: those of unknown status may be any."""
        if who == "all":
            return self.all
        if who in ("civilian", "combatant"):
            told = self.civilian if who == "civilian" else self.combatant
            if self.open is None:
                return told
            least = told or Range(0, 0)
            return Range(least.low, least.high + self.open.high, least.open or self.open.open)
        if who == "unknown":
            return self.open
        if who.startswith("side:"):
            return dict(self.sides).get(who[5:])
        return dict(self.groups).get(who)


_AS_TOLD = Vague()


def tally(claim: Claim, kind: str, vague: Vague = _AS_TOLD, *, presume_civilian: bool = False) -> Tally | None:
    """What a claim says of a kind of harm.

    Args:
        claim: the claim.
        kind: harm kind of ``docs/claims.md``.
        vague: how numbers are taken that are none.
        presume_civilian: whether people of unknown status count as civilians.

    Returns:
        The tally, or None if the claim tells no number that can be used.
    """
    read = [(h, r) for h in claim.harm if h.kind == kind and (r := _read(h, vague)) is not None]
    if not read:
        return None

    by_status: dict[str, list[Range]] = {}
    sides: dict[str, list[Range]] = {}
    groups: dict[str, list[Range]] = {}
    for harm, r in read:
        by_status.setdefault(harm.status, []).append(r)
        if harm.status == "combatant" and harm.group:
            sides.setdefault(harm.group, []).append(r)
        for part in harm.including:
            if part.min is not None or part.max is not None:
                groups.setdefault(part.who, []).append(_range(part.min, part.max))

    def of(*statuses: str) -> Range | None:
        told = [r for status in statuses for r in by_status.get(status, ())]
        return added(told) if told else None

    civilian = ("civilian", "unknown") if presume_civilian else ("civilian",)
    rest = ("mixed",) if presume_civilian else ("mixed", "unknown")
    return Tally(
        added(r for _, r in read), of(*civilian), of("combatant"), of(*rest),
        tuple(sorted((k, added(v)) for k, v in sides.items())), tuple(sorted((k, added(v)) for k, v in groups.items())),
    )  # fmt: skip


def _read(harm: Harm, vague: Vague) -> Range | None:
    kind = vagueness(harm)
    if kind == "unknown":
        return None if vague.unknown is None else Range(vague.unknown, vague.unknown)
    if kind is not None:
        rule = vague.rule(kind)
        if isinstance(rule, int):
            return Range(rule, rule)
        if rule == "leave out":
            return None
    told = _range(harm.min, harm.max)
    parts = [_range(p.min, p.max) for p in harm.including] if told.open else []
    # "Any number, among them three children" are three at least.
    return Range(max([told.low, *(p.low for p in parts)]), max([told.high, *(p.high for p in parts)]), told.open)


def _range(least: int | None, most: int | None) -> Range:
    low = least if least is not None else 0
    return Range(low, low if most is None else max(low, most), most is None)
