"""Toll: the harm of one event, put together from all tellings of it in a report.

A toll told twice is one entry. Of two tellings of it the exact one holds against the vague one, a sum that the report corrects
against the earlier one, else the first. What one telling says of the people ("of them civilians") holds for the others. Who is
told of as the cause of a new sum ("rose to seven after a woman died") is in it already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from marsad.model import Evidence, Harm, Including
from marsad.reading.harm import HarmMention

__all__ = ["Entry", "entries_of", "toll_of", "vague"]

_ONE_KIND = frozenset({"civilian", "combatant"})
_PAIRED = frozenset({"killed", "injured", "missing"})  # kinds that one blow brings about, to the same people
_TENS = 20  # from here on an open number is a rounded one
_NEAR = 24  # tokens between a sum and those whose death made it


@dataclass(slots=True, eq=False)
class Entry:
    """One number of a toll with the telling that holds.

    Attributes:
        mention: the telling whose number holds.
        status, group: whose people they are, from any of the tellings.
        including: breakdown, from any of the tellings.
        shares: the parts that make up the number, from any of the tellings.
    """

    mention: HarmMention
    status: str
    group: str | None
    including: list[Including] = field(default_factory=list)
    shares: tuple[HarmMention, ...] = ()


def toll_of(text: str, mentions: Iterable[HarmMention], group_of: Callable[[HarmMention], str | None]) -> tuple[Harm, ...]:
    """The harm of one event as a claim has it.

    Args:
        text: the source text of the document.
        mentions: the tellings of harm of the event, in their order.
        group_of: the party id of the people of a telling, or None.
    """
    return tuple(
        Harm(
            entry.mention.kind,
            entry.mention.min,
            entry.mention.max,
            entry.status,
            entry.group,
            tuple(entry.including),
            (Evidence.of(text, entry.mention.start, entry.mention.end),),
        )
        for entry in entries_of(mentions, group_of)
    )


def entries_of(mentions: Iterable[HarmMention], group_of: Callable[[HarmMention], str | None]) -> list[Entry]:
    """The entries of a toll, in the order in which they are first told."""
    entries: list[Entry] = []
    told = sorted(mentions, key=lambda m: m.part)
    for mention in told:
        if any(_within(mention, other) for other in told):
            continue
        status = "combatant" if mention.kind == "captured" else mention.status
        group = group_of(mention) if status == "combatant" else None
        new = Entry(mention, status, group, list(mention.including), mention.shares)
        if mention.part and _tells_of(entries, mention):
            continue
        known = next((entry for entry in entries if _same(entry, new)), None)
        if known is None:
            entries.append(new)
            continue
        _join(known, new)
    _split(entries, group_of)
    _share_status(entries)
    return entries


def _split(entries: list[Entry], group_of: Callable[[HarmMention], str | None]) -> None:
    """Puts the parts that make up a number in its place ("ten wounded, among them seven civilians and three policemen")."""
    for whole in [entry for entry in entries if entry.shares]:
        entries.remove(whole)
        for share in whole.shares:
            group = group_of(share) if share.status == "combatant" else None
            new = Entry(share, share.status, group, list(share.including))
            known = next((e for e in entries if e.mention not in whole.shares and _same(e, new)), None)
            if known is None:
                entries.append(new)
            else:
                _join(known, new)


def _tells_of(entries: list[Entry], part: HarmMention) -> bool:
    """Takes what a telling says of people of a toll into that toll; False where it is a number of its own."""
    size = part.max or 0
    for entry in entries:
        mention = entry.mention
        if mention.kind != part.kind or (part.min is not None and mention.min is not None and mention.min <= size):
            continue
        helpless = part.min is not None and part.including  # "among the wounded ten children": of the others nothing is told
        if entry.status == "unknown" and part.status != "unknown" and not helpless:
            entry.status = part.status if part.min is None else "mixed"
        entry.including += [i for i in part.including if i not in entry.including]
        return True
    return part.min is None


def _within(mention: HarmMention, total: HarmMention) -> bool:
    """Whether the people of a telling are in the sum told beside it."""
    if mention is total or mention.kind != total.kind or mention.corrected or mention.min is None or total.min is None:
        return False
    near = -_NEAR <= mention.first - total.last <= _NEAR or -_NEAR <= total.first - mention.last <= _NEAR
    smaller = mention.max is not None and mention.max <= total.min and mention.max != total.max
    return (
        (total.corrected or total.voice == "toll")
        and near
        and smaller
        and (mention.status == "unknown" or total.status in ("unknown", "mixed", mention.status))
    )


def _join(known: Entry, new: Entry) -> None:
    """Takes a telling into the entry that it tells again."""
    if _better(new.mention, known.mention):
        known.mention, known.shares = new.mention, new.shares
        if new.including:
            known.including = new.including
    elif not known.including and (new.mention.min, new.mention.max) == (known.mention.min, known.mention.max):
        known.including = new.including
    if not known.shares and (new.mention.min, new.mention.max) == (known.mention.min, known.mention.max):
        known.shares = new.shares
    if known.status == "unknown":
        known.status = new.status
    if known.group is None and known.status == "combatant":
        known.group = new.group


def _same(known: Entry, new: Entry) -> bool:
    """Whether two entries are one number told twice."""
    one, two = known.mention, new.mention
    if one.kind != two.kind or not _compatible(known, new):
        return False
    if one.predicate == two.predicate >= 0 and one.victims != two.victims:
        return False  # told side by side under one verb ("four of the army and six of the militia")
    if known.status == new.status and known.group == new.group:
        return True
    if known.status == new.status and ((one.named and one.max == 1) or (two.named and two.max == 1)):
        return True  # "a leader of the group was killed with two others": who is named is one of them
    if vague(one) or vague(two) or _bounds(one, two) or _bounds(two, one):
        return True
    return one.min == two.min or one.min is None or two.min is None or two.corrected


def vague(mention: HarmMention) -> bool:
    """Whether a telling says no more than that there were some ("dead of the militia")."""
    return mention.min == 2 and mention.max is None


def _bounds(one: HarmMention, two: HarmMention) -> bool:
    """Whether a telling with an open end ("tens") holds for the number of another."""
    return one.max is None and one.min is not None and two.min is not None and two.min >= one.min and one.min >= _TENS


def _compatible(known: Entry, new: Entry) -> bool:
    """Whether both may tell of the same people."""
    if known.status != new.status:
        return "unknown" in (known.status, new.status)
    return known.group == new.group or None in (known.group, new.group)


def _better(mention: HarmMention, known: HarmMention) -> bool:
    """Whether a later telling of the same toll takes the place of the earlier one."""
    if mention.corrected:
        return True
    if known.min is None and mention.min is not None:
        return True
    if known.min is None or mention.min is None:
        return False
    alone = known.max == 1 and (known.named or known.definite)  # "captured the leader X, one of twenty"
    return mention.min > known.min and (known.max is None or alone)


def _share_status(entries: list[Entry]) -> None:
    """The dead and the wounded of one event are people of one kind, unless the report tells them apart."""
    told = [entry for entry in entries if entry.mention.kind in _PAIRED]
    known = {(entry.status, entry.group) for entry in told if entry.status != "unknown"}
    kinds = {entry.mention.kind for entry in told if entry.status != "unknown"}
    if len(known) != 1:
        return
    ((status, group),) = known
    if status not in _ONE_KIND or any(entry.status == "unknown" and entry.mention.kind in kinds for entry in told):
        return
    for entry in told:
        if entry.status == "unknown":
            entry.status, entry.group = status, group
