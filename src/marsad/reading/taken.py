"""Taken: whether a verb or noun of taking ground is told of a place by its bare name ("the army retook X")."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.clauses import Clauses
from marsad.reading.dates import DateMention
from marsad.reading.parties import PartyMention
from marsad.reading.places import ResolvedPlace
from marsad.reading.triggers import Trigger

__all__ = ["at_place"]

_DONE, _REACHED = frozenset({"cause", "completed", "done", "managed"}), 6  # tokens from "was able" or "after" to a deed
_OBJECT = 8  # tokens from a verb to the place that was taken, and who took it and when between
_FEMININE = ("3fs", "3fp")
_NO_OBJECT = frozenset({"country", "site"})


def at_place(
    trigger: Trigger,
    places: Sequence[ResolvedPlace],
    parties: Sequence[PartyMention],
    dates: Sequence[DateMention],
    clauses: Clauses,
) -> bool:
    """Whether what a trigger does is done to a place that is named behind it ("was able to retake X", "the army retook X").

    Args:
        trigger: a word of taking ground.
        places, parties, dates: those of the text, in its order; clauses: its clauses.
    """
    index = trigger.index
    place = next((p.mention for p in places if p.mention.first > index), None)
    if place is None or place.first > index + _OBJECT or place.kind in _NO_OBJECT or place.located:
        return False
    behind = place.first - 1
    if not trigger.verb:
        if any(p.first == index + 1 and p.last == behind for p in parties):
            return trigger.proclitic == ""  # "the army's retaking of X"
        # A noun is an aim as often, where no verb tells that it was reached.
        return behind == index and clauses.mark_before(index, _REACHED, clauses.sentence(index)[0], _DONE) is not None
    if behind == index:
        # Towns are feminine; the verb of another, or behind who did it, has the town as its object.
        return not trigger.feature.endswith(_FEMININE) or any(p.last == index - 1 for p in parties)
    if clauses.opens(index, place.first):
        return False
    takers = any(p.first > index and p.last == behind for p in parties)
    return takers or any(d.first > index and d.last == behind for d in dates)
