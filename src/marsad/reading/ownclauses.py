"""Own clauses: whether a toll is told in a clause or sentence of its own, with a verb, a place or those who did it beside it."""

from __future__ import annotations

from bisect import bisect_left

from marsad.reading.harm import HarmMention
from marsad.reading.report import Report

__all__ = [
    "also_elsewhere",
    "by_whom",
    "has_own_agent",
    "led_up_to",
    "of_next_place",
    "opened_elsewhere",
    "told_alone",
    "told_meanwhile",
]

_BLOODY = frozenset({"killed", "injured", "displaced"})
_BACK = 3  # tokens between two tolls that are joined
_LED_UP = 3  # tokens between "days after" and the toll they are counted from
_ALSO, _CLAUSE_LONG = frozenset({"also"}), 14  # tokens from a toll to its place in a clause of its own
_BEHIND = 3  # tokens between the number of a toll and its place
_SUBJECT = 5  # tokens before a verb of killing in which its subject may stand
_CARRIED, _CARRIER = frozenset({"managed"}), 12  # tokens from a verb that carries a noun for killing, with its subject
_JOINED = 2  # tolls that follow in one series
_CLAUSES, _MEANWHILE = frozenset({"open"}), 2  # tokens from "while" to the toll told in its clause
_AGENT, _BY_WHOM = frozenset({"agent"}), 3  # tokens from a toll to the words that tell by whom people fell


def also_elsewhere(report: Report, mention: HarmMention) -> bool:
    """Whether a sentence begins with one more toll, at a place of its own ("Three fishermen were also killed off X")."""
    begin, end = report.clauses.sentence(mention.predicate)
    if mention.predicate > begin + 1 or not report.clauses.marked(_ALSO, begin, begin + 1):
        return False
    return report.place_between(mention.last, min(end, mention.last + _CLAUSE_LONG))


def opened_elsewhere(report: Report, mention: HarmMention) -> bool:
    """Whether a sentence opens with a place and then tells a toll with a verb and a cause of its own ("In Gaza City, two were killed by")."""
    begin = report.clauses.sentence(mention.predicate)[0]
    if mention.voice != "passive" or mention.cause_after < 0 or mention.cause_before >= 0:
        return False
    opening = [p for p in report.places_between(begin, mention.predicate) if report.opens_with(p)]
    return bool(opening) and mention.predicate - opening[0].mention.last <= _BEHIND


def by_whom(report: Report, mention: HarmMention) -> int:
    """The words that tell right behind a toll, or the tolls joined to it, by whom people fell; -1 where none do."""
    last, at = mention.last, bisect_left(report.harm, mention.victims, key=lambda m: m.victims)
    for other in report.harm[at + 1 : at + 1 + _JOINED]:
        if 0 < other.first - last <= _BACK:
            last = other.last
    marks = report.clauses.marked(_AGENT, last + 1, last + _BY_WHOM)
    return marks[0] if marks else -1


def told_meanwhile(report: Report, mention: HarmMention) -> bool:
    """Whether a toll is told with a verb and a place of its own in a clause beside ("a bomb went off in X, while 7 fell in Y")."""
    if mention.predicate < 0 or mention.voice not in ("passive", "active", "nominal") or mention.cause_before >= 0:
        return False
    begin = report.clauses.sentence(mention.first)[0]
    mark = report.clauses.mark_before(mention.first, _MEANWHILE, begin, _CLAUSES)
    if mark is None or not report.place_between(mention.last, mention.last + _BEHIND):
        return False
    if mention.kind == "displaced" and report.way_behind(mention.last, "toward", _BEHIND - 1):
        return False  # "while hundreds fled towards Y"
    return not report.triggers_between(mention.last, mention.last + _BEHIND)


def led_up_to(report: Report, mention: HarmMention) -> int:
    """The "days after" right before a toll, by its token, or 0: the toll is what they are counted from, and not of the event told
    before them ("the attack comes two days after the killing of three")."""
    near = [d for d in report.dates if d.counted and 0 < mention.first - d.last <= _LED_UP]
    return near[0].first if near and not report.clauses.commas(near[0].last, mention.first) else 0


def has_own_agent(report: Report, mention: HarmMention) -> bool:
    """Whether who did it stands inside a telling of harm, right before its verb ("said that X killed") or behind one that carries its
    noun ("gunmen went on to the killing of")."""
    begin, opening = mention.predicate + 1, report.clauses.sentence(mention.predicate)[0]
    if mention.voice != "nominal":
        begin = max(begin - _SUBJECT, opening)
    else:
        begin = next(reversed(report.clauses.marked(_CARRIED, max(opening, begin - _CARRIER), begin)), begin)
    acting = (p for p in report.parties_between(begin, mention.victims) if p.sort != "civilians")
    return any(not report.in_speaker(p.first, p.last) for p in acting)


def of_next_place(report: Report, before: HarmMention, mention: HarmMention) -> bool:
    """Whether a bare number is told right before the next one of several places ("5 were killed in X and 3 in Y")."""
    if mention.predicate >= 0 or mention.voice != "bare" or mention.kind != before.kind or mention.kind not in _BLOODY:
        return False
    noun = mention.head >= 0 and mention.head != mention.victims
    if noun or before.last >= mention.first or not report.clauses.same_sentence(before.last, mention.first):
        return False
    behind = mention.last + _BEHIND
    apart = report.place_between(before.last, mention.first) and report.place_between(mention.last, behind)
    return apart and not report.triggers_between(mention.last, behind)


def told_alone(report: Report, mention: HarmMention) -> bool:
    """Whether the telling opens a clause of its own, by "and", a clause word or the sentence's beginning."""
    return report.clauses.opens(max(0, mention.first - 2), mention.first) > 0
