"""Denials: what speakers say did not happen, or was not theirs.

A denial names the event ("denied the attack"), tells it as not done ("said that its aircraft did not hit the centre"), or only points
to what was told before ("denied that", "which the army denied", "denied any part in it").
"""

from __future__ import annotations

from collections.abc import Iterator

from marsad.reading.anchors import Anchor
from marsad.reading.attribution import Attribution, sources_at
from marsad.reading.modality import cue_at
from marsad.reading.predicates import Predicate, predicates_of
from marsad.reading.report import Report
from marsad.reading.triggers import Trigger
from marsad.record import replace

__all__ = ["deny"]

_POINTS, _CHARGE = frozenset({"denied"}), frozenset({"charge"})
_DENIED = 14  # tokens that a denial reaches
# Tokens from "which" to the verb that denies what it stands for.
_WHICH, _RELATIVE, _DENIES = frozenset({"which"}), frozenset({"relative"}), 2
_DENIAL, _CIVILIANS, _CARRIES, _HURT = "denial", "civilians", "carrier", frozenset({"killed", "injured"})
_HARM = 5  # tokens from the denial to the harm, and from there to the civilians ("denying the killing of any civilian")
# What a belligerent may say that it did not do; others only tell what did not happen.
_PARTIES, _DEEDS = frozenset({"belligerent"}), frozenset({"air", "attack", "bombard", "kill", "launch", "strike", "target"})


def _undone(report: Report, anchors: list[Anchor]) -> list[Anchor]:
    """Deeds told as not done, which are no events unless it is a party to the fighting that says so."""
    told = [a for a in anchors if a.status == "none" and a.verb and a.kind in _DEEDS]
    return [a for a in told if (cue := cue_at(report.cues, a.index)) is not None and cue.group == "undone"]


def _gainsay(undone: list[Anchor], attribution: Attribution) -> None:
    """Events of which a party to the fighting says that it did not do them ("said that its aircraft did not hit the centre")."""
    if all(s.kind not in _PARTIES for s in attribution.sources):
        return
    for anchor in undone:
        if attribution.covers(anchor.index):
            anchor.status = "denied"


def deny(report: Report, anchors: list[Anchor]) -> None:
    """Makes denied what a speaker denies by name ("denied the attack"), and adds anchors for what is only pointed to ("denied that")."""
    made, undone = list[Anchor](), _undone(report, anchors)
    for number, attribution in enumerate(report.attributions):
        if attribution.stance != "denies":
            _gainsay(undone, attribution)
            continue
        verb = attribution.first
        if _which(report, anchors, verb):
            report.attributions[number] = replace(attribution, reach=((verb, verb), *attribution.reach))
            made.append(_pointing(report, verb, verb))
            continue
        first, last = attribution.reach[0]
        end = min(last, first + _DENIED, _next_said(report, attribution) - 1)
        named = [a for a in anchors if first <= a.index <= end]
        if named:
            # "denied what the media of the aggression spread on a shelling": the shelling
            event = next((a for a in named if a.strength != "weak"), named[0])
            if event.status == "asserted":
                event.status = "denied"
            continue
        at = next(
            (
                i
                for i in range(first, min(last, first + 6) + 1)
                if i in report.clauses.marks and report.clauses.marks[i].types & (_POINTS | _CHARGE)
            ),
            -1,
        )
        if at >= 0 and (report.clauses.marks[at].types & _POINTS or _charged(report, anchors, verb)):
            mark = report.clauses.marks[at]
            made.append(_pointing(report, mark.first, mark.last))
    made += _civilians(report, anchors)
    anchors += made
    anchors.sort(key=lambda a: a.index)


def _civilians(report: Report, anchors: list[Anchor]) -> Iterator[Anchor]:
    """Where a party denies that civilians came to harm by what it told before ("it hit a post, denying that any civilian died")."""
    at = predicates_of(report.language).at
    for cue in report.cues:
        if cue.group != _DENIAL:
            continue
        first = cue.last + 1
        begin, end = report.clauses.sentence(cue.first)
        last = min(end - 1, first + _HARM)
        told = [a for a in anchors if begin <= a.index <= last]
        if not any(a.index < cue.first and a.status == "asserted" for a in told) or any(a.index > cue.first for a in told):
            continue
        if not any(s.kind in _PARTIES for s in sources_at(report.attributions, first)):
            continue
        harmed = next((i for i in range(first, last + 1) if any(_hurts(p) for p in at(report.text.forms[i]))), -1)
        them = next((p for p in report.parties if harmed < p.first <= harmed + _HARM and p.id == _CIVILIANS), None)
        if harmed >= 0 and them is not None:
            yield _pointing(report, harmed, them.last)


def _hurts(predicate: Predicate) -> bool:
    """Whether a predicate tells of people who came to harm, or carries the words that do ("there were ...")."""
    return predicate.kind in _HURT or predicate.use == _CARRIES


def _next_said(report: Report, denial: Attribution) -> int:
    """The token where a verb of saying joined to a denial begins ("denied the charge and said that it had repelled an attack")."""
    later = (a.first for a in report.attributions if a.first > denial.last and a.stance != "denies")
    forms, end = report.text.forms, len(report.text.tokens)
    return next((at for at in later if forms[at].startswith(report.conjunction)), end)


def _pointing(report: Report, first: int, last: int) -> Anchor:
    """The denial of the event told before, named by words that only point back to it."""
    start, end = report.text.span(first, last)
    trigger = Trigger(first, start, end, "back", "", "masdar", False, True, False, "", "back")
    return Anchor(first, first, last, start, end, "back", trigger, "denied", {"back"}, same=True)


def _charged(report: Report, anchors: list[Anchor], verb: int) -> bool:
    """Whether the event told last before a verb is what somebody was accused of ("accused the army of shelling X ... denied the charge")."""
    before = next((a for a in reversed(anchors) if a.index < verb), None)
    return before is not None and any(a.stance == "accuses" and a.covers(before.index) for a in report.attributions)


def _which(report: Report, anchors: list[Anchor], verb: int) -> bool:
    """Whether a verb denies the event told before it in its sentence ("said that raids hit the town, which the army denied")."""
    clauses = report.clauses
    mark = clauses.mark_before(verb, _DENIES, verb - _DENIES, _WHICH)
    if mark is None:
        relative = clauses.mark_before(verb, _DENIES, verb - _DENIES, _RELATIVE)
        mark = clauses.mark_ending(relative.first - 1) if relative is not None else None
        if mark is None or mark.types.isdisjoint(_POINTS):
            return False
    before = next((a for a in reversed(anchors) if a.index < mark.first), None)
    return before is not None and before.status == "asserted" and clauses.same_sentence(before.index, verb)
