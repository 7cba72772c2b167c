"""Protests: whether an event is part of one, and which type of the vocabulary it then is."""

from __future__ import annotations

from marsad.reading.joining import Event
from marsad.reading.parties import STATE_FORCES, PartyMention
from marsad.reading.report import Report

__all__ = ["amid_protests", "fighters_hurt", "of_protest", "protest_type", "with_unarmed"]

_MARCH = "march"
_AROUND = 3  # sentences around a shooting in which protests are told of


def of_protest(report: Report, event: Event, kinds: list[str], sides: list[PartyMention]) -> bool:
    """Whether the event is part of a protest: a word for one, or for protesters, in its sentences."""
    if "protest" in kinds or "disperse" in kinds or any(report.way_in_sentence(f.anchor.index, "protest") for f in event.facts):
        return True
    return all(p.kind != "armed_group" for p in sides) and any(_marching(report, f.anchor.index) for f in event.facts)


def _marching(report: Report, index: int) -> bool:
    """Whether a word for a march amid which it took place stands in the sentence of a token ("in the march of return")."""
    return any(t.kind == _MARCH for t in report.triggers_between(*report.clauses.sentence(index)))


def amid_protests(
    report: Report, event: Event, agents: list[PartyMention], patients: list[PartyMention], weapons: set[str]
) -> bool:
    """Whether forces of a state shot people who bear no arms, and protests are told of around it."""
    hurt = any(m.kind in ("killed", "injured") and m.victims >= 0 for m in event.harm)
    if not hurt or fighters_hurt(event) or weapons - {"small_arms"} or not any(p.kind in STATE_FORCES for p in agents):
        return False
    if any(p.kind == "armed_group" for p in (*agents, *patients)):
        return False
    sentences, own = report.text.sentences, report.text.tokens[event.first.anchor.index].sentence
    near = range(max(0, own - _AROUND), min(len(sentences), own + _AROUND + 1))
    return any(report.way_in_sentence(sentences[s][0], "protest") for s in near)


def with_unarmed(report: Report, event: Event, agents: list[PartyMention], patients: list[PartyMention]) -> bool:
    """Whether clashes are told between forces of a state and people who bear no arms ("clashes with youths who threw stones")."""
    sides = [*agents, *patients]
    forces = [p for p in sides if p.kind in STATE_FORCES]
    if not forces or any(p.sort != "civilians" and p not in forces for p in sides) or fighters_hurt(event):
        return False
    return any(report.way_in_sentence(f.anchor.index, way) for f in event.facts for way in ("unarmed", "gas"))


def protest_type(report: Report, event: Event, lead: str, every: set[str], agents: list[PartyMention]) -> tuple[str, str]:
    """The type of an event that is part of a protest, and the sign that decided it.

    Args:
        report: the report.
        event: the event.
        lead: class of the anchor that decides.
        every: classes of all its anchors.
        agents: who did it.
    """
    forces = bool(agents) and all(p.kind in STATE_FORCES for p in agents)
    hurt = [m for m in event.harm if m.kind in ("killed", "injured")]
    if hurt and all(m.status == "combatant" for m in hurt):
        return "violent_demonstration", "forces hurt in a protest"
    if hurt and all(m.kind == "injured" for m in hurt) and _by_gas(report, event):
        return "protest_with_intervention", "hurt by gas"
    if hurt and (lead != "clash" or forces):
        return "excessive_force_against_protesters", "harm in a protest"
    if lead == "clash" or "burn" in every:
        return "violent_demonstration", "violence in a protest"
    if lead in ("disperse", "fire") or any(report.way_in_sentence(f.anchor.index, "disperse") for f in event.facts):
        return "protest_with_intervention", "dispersed"
    return "peaceful_protest", "protest"


def _by_gas(report: Report, event: Event) -> bool:
    """Whether all who were hurt are told to have been so by tear gas ("30 were hurt by suffocation"), and no shot is told."""
    if any(w.kind == "small_arms" for f in event.facts for w in f.weapons) or "fire" in event.kinds:
        return False
    return all(report.way_in_sentence(m.victims, "gas") for m in event.harm)


def fighters_hurt(event: Event) -> bool:
    """Whether people of a fighting side were killed, hurt or taken captive."""
    return any(m.status == "combatant" and m.kind in ("killed", "injured", "captured") for m in event.harm)
