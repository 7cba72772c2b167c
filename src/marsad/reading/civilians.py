"""Civilians: whether it was they who were hit, where no armed party is told, the protesters that a report names, and the state
whose land was fired at."""

from __future__ import annotations

from marsad.reading.anchors import family
from marsad.reading.joining import Event
from marsad.reading.parties import FIGHTING, PartyMention
from marsad.reading.partywords import party_words
from marsad.reading.people import words_of
from marsad.reading.report import Report

__all__ = ["DWELLINGS", "aimed_at", "civilians_alone", "civilians_hit", "hosts", "people_harmed", "protesters", "unspecified"]

_HARMED = frozenset({"killed", "injured", "abducted", "missing"})
_HELPLESS = frozenset({"children", "women"})
_BACKED, _BY = frozenset({"backed", "support"}), 2  # tokens between "backed" and by what
# Kinds of sites where people live or meet.
DWELLINGS = frozenset({"residential", "market", "religious", "medical", "educational", "displacement_site", "civilian_vehicle"})


def civilians_hit(report: Report, event: Event) -> PartyMention | None:
    """Civilians as those who were hit, if who was harmed and what was hit make it likely (``role.civilian.*`` of the weights).

    Args:
        report: the report.
        event: an event of which no party is told to have been hit.

    Returns:
        A mention whose words are those for the people harmed, or for the place hit; None if nothing speaks for civilians.
    """
    harm = [m for m in event.harm if m.kind in _HARMED]
    sites = [s for f in event.facts for s in f.sites]
    if not harm and all(report.clauses.mark_before(f.anchor.first, _BY, f.anchor.first - _BY, _BACKED) for f in event.facts):
        return None  # "entered the university, backed by raids of the coalition"
    if harm and all(m.status == "combatant" for m in harm):
        return None  # a police post was hit, and only soldiers came to harm
    weights = report.weights
    signs = _signs(event, {m.status for m in harm}, {k for s in sites for k in s.kinds})
    if sum(weights[f"role.civilian.{sign}"] for sign in signs) < weights["role.civilian.threshold"]:
        return None
    mention = next((m for m in harm if m.status == "civilian"), harm[0] if harm else None)
    if mention is not None:
        words = report.civilians_at(mention.victims, mention.last)
        first, last = (words.first, words.last) if words is not None else (mention.victims, max(mention.victims, mention.head))
    elif sites:
        first, last = sites[0].first, sites[0].last
    else:
        first = last = event.first.anchor.index
    return _people(report, first, last, "civilians")


def unspecified(event: Event) -> bool:
    """Whether an event is told by nothing but a toll of people of whom it is not told who they were.

    Where it is a toll over many events, nobody is told to have been their target.
    """
    told = any(m.status not in ("unknown", "mixed") or any(i.who in _HELPLESS for i in m.including) for m in event.harm)
    return not told and all(f.anchor.trigger is None for f in event.facts)


def civilians_alone(event: Event) -> bool:
    """Whether civilians came to harm and nobody who came to harm is told to be a fighter."""
    statuses = {m.status for m in event.harm}
    return "civilian" in statuses and statuses <= {"civilian", "unknown"}


def hosts(event: Event, hit: dict[str, tuple[PartyMention, str, float]]) -> list[str]:
    """Of those who were hit, by their keys, the armed parties that are told by nothing but their house where the people in it were
    civilians ("in the mosque of the guards ... among the worshippers")."""
    sites = [s for f in event.facts for s in f.sites]
    if not sites or not all(DWELLINGS.issuperset(s.kinds) for s in sites) or not civilians_alone(event):
        return []
    return [name for name, (party, why, _) in hit.items() if party.kind in FIGHTING and why == "owner"]


def aimed_at(report: Report, event: Event) -> PartyMention | None:
    """The state towards whose land rockets are told to have been fired, as the land is named, or None."""
    words = party_words(report.language)
    sentences = {report.text.tokens[f.anchor.index].sentence for f in event.facts}
    for resolved in report.places:
        mention = resolved.mention
        if mention.kind != "country" or report.text.tokens[mention.first].sentence not in sentences:
            continue
        identity = words.own.get(resolved.place.country or "")
        if identity is None or report.way_to(mention) != "toward":
            continue
        name = report.document.text[mention.start : mention.end]
        kind = words.known[identity].kind
        return PartyMention(
            mention.first, mention.last, mention.start, mention.end, identity, name, kind, mention.first, "", "state", "", True, ""
        )  # fmt: skip
    return None


def _people(report: Report, first: int, last: int, identity: str | None) -> PartyMention:
    """People as a party: civilians where they have the id, or others as they are named."""
    start, end = report.text.span(first, last)
    name, sure = report.document.text[start:end], identity is not None
    return PartyMention(first, last, start, end, identity, name, "civilians", first, "", "civilians", "", sure, "")


def _signs(event: Event, statuses: set[str], kinds: set[str]) -> list[str]:
    """The signs for and against civilians: who was harmed, what was hit and how."""
    found: list[str] = [status for status in ("civilian", "mixed", "unknown", "combatant") if status in statuses]
    if kinds & DWELLINGS:
        found.append("dwelling")
    elif kinds - {"military"}:
        found.append("site")
    if "military" in kinds:
        found.append("military")
    families = {family(f.anchor.kind) for f in event.facts}
    found += [name for name in ("strike", "blast") if name in families]
    if families & {"taking", "rape"}:
        found.append("taking")
    if families == {"killing"}:
        found.append("killing")
    return found


def protesters(report: Report, event: Event) -> PartyMention | None:
    """The protesters as the sentences of an event name them, or None."""
    for facts in event.facts:
        begin, end = report.clauses.sentence(facts.anchor.index)
        for party in report.parties_between(begin, end):
            if party.sort == "civilians" and party.id is None:
                return party
    return None


def people_harmed(report: Report, event: Event) -> PartyMention | None:
    """The people who came to harm at a protest as they are named ("16 Palestinians"), or None where no people is named."""
    for mention in event.harm:
        if mention.kind not in _HARMED or mention.head < 0 or mention.fighter:
            continue
        if words_of(report.language).demonym(report.text.tokens[mention.head].form):
            return _people(report, mention.head, mention.head, None)
    return None
