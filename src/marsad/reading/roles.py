"""Roles: which parties did what an anchor names, and which were hit by it.

A party's role follows from the words between it and the anchor: prepositions and verbs listed in ``clauses.tsv``
("at the hands of", "against", "between"), the verb that carries the event ("launched"), the order of verb, subject and
object, and the construct ("the shelling of the regime", "the assassination of a leader").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.reading.anchors import Anchor
from marsad.reading.parties import PartyMention
from marsad.reading.report import Report

__all__ = ["Roles", "roles_of"]

# After these verbal nouns the party that follows at once is the one that it was done to.
_OBJECT_FIRST = frozenset(
    {"kill", "abduct", "arrest", "target", "burn", "destroy", "disrupt", "shootdown", "capture", "displace", "missing", "rape", "disperse", "repel", "torture", "stab", "ram", "loot", "seize"}
)  # fmt: skip
_MUTUAL = frozenset({"clash", "ambush", "fire", "agree", "violence"})
_BETWEEN, _AGENT, _PATIENT, _BESIDE, _ACCUSE = (frozenset({t}) for t in ("between", "agent", "patient", "beside", "accuse"))
_ROLES = _BETWEEN | _AGENT | _PATIENT | _BESIDE | _ACCUSE
_REACH = 22
_NEAR = 4
_MARK = 6


@dataclass(slots=True)
class Roles:
    """Parties of an anchor, in the order of the text, each with how it was decided."""

    agents: list[tuple[PartyMention, str]] = field(default_factory=list)
    patients: list[tuple[PartyMention, str]] = field(default_factory=list)


def roles_of(report: Report, anchor: Anchor, anchors: list[Anchor]) -> Roles:
    """The parties of one anchor, from its own sentence."""
    found = Roles()
    clauses = report.clauses
    begin, end = clauses.sentence(anchor.index)
    near = [
        p
        for p in report.parties_between(max(begin, anchor.first - _REACH), min(end, anchor.last + _REACH + 1))
        if p.sort != "civilians" or p.first > anchor.index
    ]
    previous: tuple[PartyMention, str] | None = None
    for party in near:
        role, why = "", ""
        if previous is not None and _joined(report, previous[0], party):
            role, why = previous[1], "joined"
        elif _speaks(report, party):
            role = ""
        elif party.first > anchor.last:
            role, why = _behind(report, anchor, party, anchors, found)
        elif party.last < anchor.first:
            role, why = _before(report, anchor, party, anchors)
        if role:
            previous = (party, role)
            _add(found, party, role, why)
    return found


def _add(found: Roles, party: PartyMention, role: str, why: str) -> None:
    if role in ("agent", "both"):
        found.agents.append((party, why))
    if role in ("patient", "both"):
        found.patients.append((party, why))


def _joined(report: Report, one: PartyMention, other: PartyMention) -> bool:
    """Whether "and" ties a party to the one before it."""
    if other.first - one.last > 3 or not other.proclitic.startswith(report.conjunction):
        between = [t for t in report.text.tokens[one.last + 1 : other.first] if t.kind == "w"]
        return len(between) == 1 and between[0].form.startswith(report.conjunction) and other.first - one.last <= 3
    return report.clauses.commas(one.last, other.first) == 0


def _speaks(report: Report, party: PartyMention) -> bool:
    """Whether the party stands inside the name of a speaker."""
    return any(a.first <= party.first and party.last <= a.last and a.stance != "claims" for a in report.attributions)


def _blocked(low: int, high: int, anchor: Anchor, anchors: list[Anchor]) -> bool:
    return any(low < a.index < high and a is not anchor for a in anchors)


def _behind(report: Report, anchor: Anchor, party: PartyMention, anchors: list[Anchor], found: Roles) -> tuple[str, str]:
    clauses, tokens = report.clauses, report.text.tokens
    low, high = anchor.last, party.first
    mark = clauses.mark_before(party.first, _MARK, low + 1, _ROLES)
    gap = high - low - 1
    blocked = _blocked(low, high, anchor, anchors)
    if clauses.opens(low, high) and not (mark and mark.types & _AGENT):
        return "", ""
    if blocked and not (mark and mark.types & (_AGENT | _BETWEEN)):
        return "", ""
    if mark is not None:
        if mark.types & _AGENT:
            return "agent", "agent mark"
        if mark.types & _BETWEEN and anchor.kind in _MUTUAL:
            return "both", "between"
        if mark.types & _BESIDE and anchor.kind in _MUTUAL:
            return "patient", "beside"
        if mark.types & _PATIENT and clauses.commas(low, high) <= 1:
            return "patient", "patient mark"
    wage = report.wage_between(low, high)
    if wage >= 0 and high - wage <= 3:
        return "agent", "carried by a verb"
    if party.proclitic == report.to and gap <= 3 and not anchor.verb:
        if anchor.definite or anchor.kind in _OBJECT_FIRST or found.agents:
            return "patient", "to"
        return "agent", "of"
    if clauses.commas(low, high):
        return "", ""
    owner = report.site_between(low, high)
    if owner and high - owner[1] <= 3 and not blocked:
        return "patient", "owner of what was hit"
    if anchor.verb:
        if anchor.suffers:
            return "agent", "behind"
        has_subject = bool(found.agents)
        if anchor.trigger is not None and ".enc" in anchor.trigger.feature:
            return "agent", "subject"
        if gap <= _NEAR and not has_subject and not party.proclitic and party.sort != "civilians":
            return "agent", "subject"
        if gap <= 8 and not party.proclitic:
            return "patient", "object"
        return "", ""
    if gap <= 1 and not party.proclitic:
        if anchor.kind in _OBJECT_FIRST or party.sort == "civilians":
            return "patient", "construct"
        return "agent", "construct"
    if anchor.wage >= 0 and gap <= 6 and not party.proclitic and not found.agents and anchor.wage > anchor.index:
        return "agent", "subject"
    return "", ""


def _before(report: Report, anchor: Anchor, party: PartyMention, anchors: list[Anchor]) -> tuple[str, str]:
    clauses = report.clauses
    low, high = party.last, anchor.first
    if clauses.opens(low, high) or _blocked(low, high, anchor, anchors):
        return "", ""
    commas = clauses.commas(low, high)
    mark = clauses.mark_before(party.first, _NEAR, max(0, party.first - _NEAR), _ROLES)
    if mark is not None and mark.types & _ACCUSE and high - low <= _NEAR:
        return "agent", "accused"
    if anchor.wage >= 0 and anchor.wage < anchor.index:
        role = "patient" if anchor.suffers else "agent"
        if anchor.wage < party.first:
            return (role, "subject") if not party.proclitic or party.proclitic in report.plain else ("", "")
        if commas <= 1 and anchor.wage - low <= _NEAR and (mark is None or not mark.types & (_PATIENT | _AGENT)):
            return role, "subject before its verb"
        return "", ""
    if anchor.verb and commas <= 1 and high - low <= 7 and (mark is None or not mark.types & (_PATIENT | _AGENT | _BESIDE)):
        if party.proclitic in report.plain and party.sort != "civilians":
            return "agent", "subject before its verb"
        return "", ""
    trigger = anchor.trigger
    if trigger is not None and not trigger.verb and commas == 0 and high - low <= 3 and trigger.proclitic in report.by:
        return "agent", "does by"
    return "", ""
