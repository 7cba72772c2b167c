"""Officers: whose they were, of those killed or held whose office is told ("the commander of the rocket units in the movement").

The office stands before the party with other words between, so that neither the word for the person nor the name of the party tells it
alone. The words are those of the ways ``office`` and ``office_of`` in ``ways.tsv``.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.clauses import Clauses
from marsad.reading.harm import HarmMention
from marsad.reading.parties import FIGHTING, PartyMention
from marsad.reading.triggers import Trigger
from marsad.reading.ways import Ways
from marsad.record import replace

__all__ = ["officers", "their_parties"]

_OFFICE, _OF = "office", frozenset({"office_of", "in"})
_REACH = 8  # tokens from the word for the person to the name of the party
_NEXT = 2  # tokens to a party that follows the office at once ("the deputy commander of the forces")
_ONE = 2  # people whose office can be told together
_PERSONS = frozenset({"force", "members"})


def officers(
    found: Sequence[HarmMention], parties: Sequence[PartyMention], triggers: Sequence[Trigger], ways: Ways, clauses: Clauses
) -> list[HarmMention]:
    """The tellings of harm; officers of an armed party are its fighters.

    Args:
        found: tellings of harm in the order of the text.
        parties: the parties of the text in its order.
        triggers: its event words, none of which stands inside such a phrase.
        ways: what its words tell.
        clauses: its clauses.
    """
    return [replace(m, status="combatant", group_first=p.first, group_last=p.last, fighter=True) if p else m
            for m, p in ((m, _party(m, parties, triggers, ways, clauses)) for m in found)]  # fmt: skip


def their_parties(parties: Sequence[PartyMention], found: Sequence[HarmMention]) -> list[PartyMention]:
    """The parties; a bare word for an officer ("an officer in the police") means the party that is told behind it.

    Args:
        parties: the parties of the text in its order.
        found: tellings of harm as ``officers`` gives them.
    """
    whose = {m.victims: m.group_first for m in found if m.fighter and m.group_first > m.victims}
    named = {p.first: p for p in parties}
    return [
        replace(p, id=other.id, kind=other.kind)
        if p.sort == "members"
        and not p.sure
        and (other := named.get(whose.get(p.first, -1))) is not None
        and other.id
        and other.sort != "civilians"  # "two soldiers and three Syrian fighters"
        else p
        for p in parties
    ]


def _party(
    mention: HarmMention, parties: Sequence[PartyMention], triggers: Sequence[Trigger], ways: Ways, clauses: Clauses
) -> PartyMention | None:
    low = mention.victims
    if ways.way_of_core(low) != _OFFICE:
        return None
    # "An official of the party and two who were with him": more than have the office, but told behind the party.
    several = (mention.min or 1) > _ONE
    end = min(clauses.sentence(low)[1], low + _REACH + 1)
    stops = [t.index for t in triggers if low < t.index < end and (t.verb or t.strength == "sure")]
    end = min([end, *stops])
    for party in parties:
        if not low < party.first < end or party.kind not in FIGHTING or party.sort not in _PERSONS:
            continue
        if clauses.all_commas(low, party.first) or (several and party.last >= mention.last):
            return None
        if ways.way_at(party.first - 1) in _OF or party.first - low <= _NEXT:
            return party
    return None
