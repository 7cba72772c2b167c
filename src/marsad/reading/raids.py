"""Raids: strikes of states in other lands than their own, whose places at home are not where they hit."""

from __future__ import annotations

from functools import cache

from marsad.lexicon.table import read_table
from marsad.reading.anchors import family
from marsad.reading.facts import Facts
from marsad.reading.joining import Event
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import Report

__all__ = ["abroad", "homes", "land_of_victims", "lands_of_raiders", "struck_land"]

_NOWHERE = frozenset[str]()
_AIR, _TARGET = "air", frozenset({"on", "toward"})  # ways of the words before what is struck
_ADJECTIVES = 2  # tokens behind the word for a site that may be its adjectives


def homes(report: Report, event: Event) -> frozenset[str]:
    """Codes of the countries that those who did an event come from, where parties that raid other lands did it; else none.

    It is a strike, an act of aircraft, or it harmed people that are told to be of another country.
    """
    parties = [p for f in event.facts for p, _ in f.roles.agents]
    strike = any(family(f.anchor.kind) == "strike" for f in event.facts) or all(p.means == _AIR for p in parties)
    agents = {p.id for p in parties}
    raiders = _raiders()
    if not agents or any(party not in raiders for party in agents):
        return _NOWHERE
    home = _NOWHERE.union(*[raiders[party] for party in agents if party])
    return home if strike or land_of_victims(report, event) is not None else _NOWHERE


def abroad(report: Report, event: Event, home: frozenset[str]) -> list[list[ResolvedPlace]]:
    """The places of each of the facts of a raid, without those at the home of the raiders that none of them hit.

    Where places elsewhere are told, the others are those from which they came, or of those who tell of the raid.
    """
    struck = [[p for p in f.places if p.place.country not in home or _struck(report, p)] for f in event.facts]
    if any(struck):
        return struck
    return [[p for p in f.places if not _told_at_home(report, f, p)] for f in event.facts]


def _struck(report: Report, place: ResolvedPlace) -> bool:
    """Whether the words before a place tell that it was struck ("raids on X"); aircraft return to a base or airport."""
    return report.way_to(place.mention) in _TARGET and not _based(place)


def _told_at_home(report: Report, facts: Facts, place: ResolvedPlace) -> bool:
    """Whether a place at the home of raiders is that of who tells of the raid ("the ministry in the capital said"), or a base."""
    mention = place.mention
    return _based(place) or report.way_to(mention) == "from" or report.told_with_speech(mention.first, facts.anchor.index)


def _based(place: ResolvedPlace) -> bool:
    return place.entry is not None and (place.mention.kind == "site" or "site_name" in place.mention.flags)


def struck_land(report: Report, event: Event) -> ResolvedPlace | None:
    """The country that an adjective of a site tells ("a Syrian military base"), where no raiders come from it; else None.

    The site stands in a sentence of the event or in the one before, and is none of those who did it.
    """
    theirs = {i for f in event.facts for p, _ in f.roles.agents for i in range(p.first, p.last + 1)}
    for facts in event.facts:
        for site in report.sites:
            if site.head not in theirs and 0 <= report.clauses.sentences_apart(site.head, facts.anchor.index) <= 1:
                land = report.lands.within(site.head + 1, min(site.head + _ADJECTIVES, site.last))
                if land is not None and land.place.country not in lands_of_raiders():
                    return land
    return None


def land_of_victims(report: Report, event: Event) -> ResolvedPlace | None:
    """The country that an adjective of those who were harmed tells, where no raiders come from it; else None."""
    for mention in event.harm:
        land = report.lands.of_people(mention.victims, mention.last)
        if land is not None and land.place.country not in lands_of_raiders():
            return land
    return None


@cache
def lands_of_raiders() -> frozenset[str]:
    """Codes of the countries of all parties that raid other lands."""
    return _NOWHERE.union(*_raiders().values())


@cache
def _raiders() -> dict[str | None, frozenset[str]]:
    return {row["id"]: frozenset(row.list("home")) for row in read_table("raiders.tsv")}
