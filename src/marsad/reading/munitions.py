"""Munitions: the parties whose weapons a report names, or which an adjective of a weapon tells ("an Iranian missile")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from marsad.reading.parties import PartyMention
from marsad.reading.report import Report

__all__ = ["owners", "told_by_weapon"]


def owners(report: Report, parties: Sequence[PartyMention]) -> dict[int, list[PartyMention]]:
    """The parties named right behind weapons ("mines of the group"), by the number of their sentence.

    Args:
        report: the report.
        parties: its parties that may own weapons, in order.
    """
    firsts = [p.first for p in parties]
    found: dict[int, list[PartyMention]] = {}
    for weapon in report.weapons:
        for party in parties[bisect_left(firsts, weapon.first + 1) : bisect_left(firsts, weapon.last + 2)]:
            found.setdefault(report.text.tokens[weapon.first].sentence, []).append(party)
    return found


def told_by_weapon(report: Report, party: PartyMention) -> bool:
    """Whether a party is told by nothing but an adjective of the weapon right before it."""
    near = party.first == party.last and not party.proclitic
    return near and any(w.first <= party.first <= w.last + 1 for w in report.weapons)
