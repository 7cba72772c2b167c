"""Own arms: whose the bare words for a state's arms are in the mouth of a group that calls its own fighters the armed forces.

"The armed forces", "the air defences" are those of the government by the theatre alone; where a spokesman of such a group
(``party_habits.tsv``, habit ``army``) speaks, they are the group's. The words are those of the type ``arms`` in ``clauses.tsv``.

An air force that an army tells of, without a word whose it is, is that army's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.attribution import Attribution
from marsad.reading.clauses import Clauses
from marsad.reading.habits import parties_that
from marsad.reading.parties import PartyMention
from marsad.record import replace

__all__ = ["own_aircraft", "own_arms", "own_soldiers"]

_ARMS = frozenset({"arms"})
_BEHIND = 4  # tokens from the speaker to the soldiers
_AIR, _STATE = "air", frozenset({"state_force"})
_ARMY = _STATE | {"coalition"}


def own_arms(parties: list[PartyMention], attributions: Sequence[Attribution], clauses: Clauses) -> list[PartyMention]:
    """The parties, with those words for arms that a group's own speakers say, or stand in the name of one, turned into the group."""
    groups = parties_that("army")
    arms = [n for n, p in enumerate(parties) if p.kind == "state_force" and not p.sure and p.id not in groups]
    arms = [n for n in arms if clauses.marked(_ARMS, parties[n].first, parties[n].first + 1)]
    known = [p for p in parties if p.id in groups] if arms else []
    if not known:
        return parties
    found = list(parties)
    spans = [(a, s.first, s.last) for a in attributions for s in a.sources if s.role == "origin"]
    for number in arms:
        party = parties[number]
        for attribution, first, last in spans:
            if not (attribution.covers(party.first) or first <= party.first <= last):
                continue
            speaker = next((p for p in known if first <= p.first <= last), None)
            if speaker is not None:
                found[number] = replace(party, id=speaker.id, kind=speaker.kind)
                break
    return found


def own_aircraft(parties: list[PartyMention], attributions: Sequence[Attribution], clauses: Clauses) -> list[PartyMention]:
    """The parties, with a bare air force or air defence that an army tells of turned into its own ("the Israeli army said that the
    air force struck").

    Whose it is the theatre tells otherwise; of its enemy's an army says so.
    """
    forces = [n for n, p in enumerate(parties) if p.sort == "force" and not p.sure]
    arms = [n for n in forces if clauses.marked(_ARMS, parties[n].first, parties[n].first + 1)]
    parties = _theirs(parties, arms, attributions, _STATE)
    bare = [n for n in forces if parties[n].means == _AIR]
    return _theirs(parties, bare, attributions, _ARMY)


def own_soldiers(parties: list[PartyMention], attributions: Sequence[Attribution]) -> list[PartyMention]:
    """The parties, with bare soldiers that an army tells of at once turned into its own ("the Turkish army announced the death of a soldier").

    Whose soldiers they are the theatre tells otherwise; of its enemy's an army says so.
    """
    bare = [n for n, p in enumerate(parties) if p.sort == "members" and p.kind == "state_force" and not p.sure]
    return _theirs(parties, bare, attributions, _STATE, _BEHIND, "belligerent")


def _theirs(
    parties: list[PartyMention],
    bare: list[int],
    attributions: Sequence[Attribution],
    kinds: frozenset[str],
    reach: int | None = None,
    speaker: str | None = None,
) -> list[PartyMention]:
    """The parties, with bare ones turned into the army that tells of them.

    Args:
        parties: all of them.
        bare: the positions of those that may be turned.
        attributions: who says what.
        kinds: kinds of parties that count as an army.
        reach: tokens from the speaker to the bare party, at most; any number where it is not given.
        speaker: the kind of source that the army has to speak as; any where it is not given.
    """
    found = list(parties)
    for number in bare:
        party = parties[number]
        for attribution in attributions:
            apart = party.first - attribution.last
            if apart <= 0 or (reach is not None and apart > reach) or not attribution.covers(party.first):
                continue
            sources = [s for s in attribution.sources if s.role == "origin" and speaker in (None, s.kind)]
            spans = [(s.first, s.last) for s in sources]
            army = next((p for p in parties if p.sort == "force" and p.sure and any(a <= p.first <= b for a, b in spans)), None)
            if army is not None and army.kind in kinds:
                found[number] = replace(party, id=army.id, kind=army.kind, name=party.name if army.id else army.name)
                break
    return found
