"""Names of speakers: where a party speaks whose name is longer than the words for speakers tell ("the Baluchistan Liberation Army")."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.attribution import Attribution
from marsad.reading.parties import PartyMention
from marsad.reading.speakers import SourceMention
from marsad.record import replace
from marsad.text.tokens import Text

__all__ = ["whole_names"]

_PARTY = "belligerent"


def whole_names(attributions: Sequence[Attribution], parties: Sequence[PartyMention], text: Text) -> list[Attribution]:
    """The attributions; a party that speaks has its whole name, and what it says begins behind that.

    Args:
        attributions: the acts of saying of a text.
        parties: its parties, in its order.
        text: the text.
    """
    named = {p.first: p for p in parties if p.sort == "force"}
    return [_whole(a, named, text) for a in attributions]


def _whole(attribution: Attribution, named: dict[int, PartyMention], text: Text) -> Attribution:
    sources = tuple(_longer(s, named.get(s.first), text) for s in attribution.sources)
    if sources == attribution.sources:
        return attribution
    last = max(attribution.last, *(s.last for s in sources))
    reach = [(max(first, last + 1), end) if first <= last < end and first > attribution.first else (first, end)
             for first, end in attribution.reach]  # fmt: skip
    return replace(attribution, last=last, sources=sources, reach=tuple(reach))


def _longer(source: SourceMention, party: PartyMention | None, text: Text) -> SourceMention:
    if party is None or source.kind != _PARTY or source.role != "origin" or party.last <= source.last:
        return source
    return replace(source, last=party.last, end=party.end, name=text.source[source.start : party.end])
