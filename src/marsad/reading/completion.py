"""Completion: who did an event and who was hit by it, as far as only the whole report tells, filled into its draft.

The side that a place was taken from or that those who did it fight in the report, the land that was fired at, the party of
suspects, protesters, and, where no armed party was hit, civilians.
"""

from __future__ import annotations

from marsad.reading.anchors import family
from marsad.reading.blame import HELD, suspected
from marsad.reading.civilians import DWELLINGS, aimed_at, civilians_hit, hosts, people_harmed, protesters
from marsad.reading.drafts import BATTLE, LAUNCHED, PROTEST, TAKING, Draft
from marsad.reading.habits import parties_that
from marsad.reading.opposition import ARMED, Opposition, key
from marsad.reading.parties import PartyMention

__all__ = ["complete"]

_PEACEFUL = frozenset(
    {"arrest", "agree", "protest", "seize", "disrupt", "shootdown", "foil", "repel", "take", "fallto", "withdraw", "transfer"}
)
_LONE = frozenset({"stab", "ram"})  # deeds of single people, whoever else is named in the report
_INTERCEPTED = frozenset({"disrupt", "shootdown"})
_LAID = frozenset({"landmine", "planted_device", "vehicle_bomb", "unexploded_ordnance", "suicide_vest"})
_FOUGHT_OVER = BATTLE | TAKING
_MET = frozenset({"kill", "fire", "clash"})
_HURT = frozenset({"killed", "injured"})


def complete(draft: Draft, opposition: Opposition, country: str | None = None) -> None:
    """Fill in who was hit from the report, and who did it where the report tells whom they fight.

    Args:
        draft: the parties of one event as far as they are found; changed.
        opposition: who fights whom in the report.
        country: code of the country of the event, if it is known.
    """
    armed = [p for p, _, _ in draft.patients.values() if p.kind in ARMED]
    gas = any(w.kind == "chemical" for f in draft.event.facts for w in f.weapons)  # whoever was gassed was no fighter
    if (
        draft.agents
        and not armed
        and not gas
        and not draft.kinds & _LONE
        and (draft.kinds & TAKING or _intercepted(draft) or _at_fighters(draft) or _at_nobody(draft))
    ):
        for enemy in opposition.enemies({n: p for n, (p, _, _) in draft.agents.items()}, draft.event.first.anchor.index):
            if not draft.kinds & TAKING or _held_by(draft, enemy):
                draft.put(draft.patients, enemy, "fights it in this report", 0.5)
    if draft.agents and draft.patients.keys() == {"unidentified"}:
        index = draft.event.first.anchor.index
        groups = opposition.enemies({n: p for n, (p, _, _) in draft.agents.items()}, index, told=True)
        if len(groups) == 1 and groups[0].kind == "armed_group":
            draft.patients = {key(groups[0]): (groups[0], "fights it in this report", 0.5)}
    if (
        not draft.agents
        and armed
        and not draft.kinds & _LONE
        and draft.kinds & (_FOUGHT_OVER | {"capture"})
        and not _both(draft, opposition, len(armed))
    ):
        fought = {n: p for n, (p, _, _) in draft.patients.items()}
        land = country or next(iter(draft.report.countries), None)
        for enemy in opposition.enemies(fought, draft.event.first.anchor.index, country=land):
            draft.put(draft.agents, enemy, "fights it in this report", 0.5)
    if not draft.patients and not gas and _at_nobody(draft, "strike"):
        struck = opposition.struck(draft.agents, country, draft.event.first.anchor.index)
        if struck is not None:
            draft.put(draft.patients, struck, "struck from abroad", 0.5)
    if not draft.patients and draft.kinds & LAUNCHED and _at_nobody(draft, "strike"):
        aim = aimed_at(draft.report, draft.event)
        if aim is not None and key(aim) not in draft.agents:
            draft.put(draft.patients, aim, "fired at its land", 0.5)
    for one in suspected(draft.report, draft.event) if draft.kinds & HELD else ():
        if key(one) not in draft.agents:
            draft.put(draft.patients, one, "suspects belong to it", 1.0)
    if any(p.kind in ARMED for p, _, _ in draft.patients.values()):
        lost = hosts(draft.event, draft.patients) or [n for n, (p, _, _) in draft.patients.items() if p.sort == "civilians"]
        draft.patients = {n: v for n, v in draft.patients.items() if n not in lost}
        if any(p.kind in ARMED for p, _, _ in draft.patients.values()):
            return
    if draft.kinds <= {"protest"} and not draft.event.harm and not draft.agents:
        named = protesters(draft.report, draft.event)
        if named is not None:
            draft.put(draft.agents, named, "they protest", 0.5)
    if any(p.sort == "civilians" and p.id is None for p, _, _ in draft.patients.values()):
        draft.patients.pop("civilians", None)  # "30 persons among the protesters"
    gathered = _gathered(draft)
    met = gathered and any(m.kind in _HURT for m in draft.event.harm)
    group = bool(draft.agents) and all(p.kind == "armed_group" for p, _, _ in draft.agents.values())
    harmed = _HURT | {"arrested"} if group else _HURT
    killed = any(m.kind in harmed and m.status == "civilian" for m in draft.event.harm)
    if (draft.kinds <= _PEACEFUL and not met and not killed) or draft.event.first.anchor.kind in _INTERCEPTED:
        draft.patients = {n: v for n, v in draft.patients.items() if v[0].id != "civilians"}
        return
    if met and draft.patients.keys() <= {"civilians"} and _protesters(draft):
        draft.patients.pop("civilians", None)
    if not draft.patients:
        _unarmed(draft)


def _gathered(draft: Draft) -> bool:
    """Whether the event is part of a protest."""
    facts = draft.event.facts
    return bool(draft.kinds & PROTEST) or (
        bool(draft.kinds & _MET) and any(draft.report.way_in_sentence(f.anchor.index, "protest") for f in facts)
    )


def _protesters(draft: Draft) -> bool:
    """Takes the protesters, as they are named, for those who were hit; whether they are named."""
    named = protesters(draft.report, draft.event) or people_harmed(draft.report, draft.event)
    if named is None or key(named) in draft.agents:
        return False
    draft.put(draft.patients, named, "a protest was met with force", 0.5)
    return True


def _both(draft: Draft, opposition: Opposition, armed: int) -> bool:
    """Whether those who were hit are both sides of a fight."""
    beside = any(why == "beside" for _, why, _ in draft.patients.values())
    return opposition.at_war(draft.patients) or (beside and armed > 1)


def _unarmed(draft: Draft) -> None:
    """Protesters or civilians as those who were hit, where no party is told."""
    if _gathered(draft):
        _protesters(draft)
        return
    if "clash" in draft.kinds and not {family(k) for k in draft.kinds} & {"strike", "blast", "killing"}:
        return  # a fight is fought by armed parties, told or not
    hit = civilians_hit(draft.report, draft.event)
    if hit is not None:
        draft.put(draft.patients, hit, "civilians were hit", 0.5)


def _held_by(draft: Draft, enemy: PartyMention) -> bool:
    """Whether ground that was taken was an enemy's: not if that one strikes from the air.

    What a side that governs takes was its enemies'; a group takes it from whoever held it, who must be told beside it.
    """
    if enemy.means or enemy.kind == "coalition":
        return False
    governs = parties_that("governs")
    if any(p.id in governs for p, _, _ in draft.agents.values()):
        return True
    spans = [draft.report.clauses.sentence(f.anchor.index) for f in draft.event.facts]
    return any(key(p) == key(enemy) for low, high in spans for p in draft.report.parties_between(low, high))


def _intercepted(draft: Draft) -> bool:
    """Whether something that flies was brought down: who laid a bomb that is made harmless is not told by who fights whom."""
    return bool(draft.kinds & _INTERCEPTED) and not any(w.kind in _LAID for f in draft.event.facts for w in f.weapons)


def _at_fighters(draft: Draft) -> bool:
    """Whether fighters or military objects were hit though it is not told whose."""
    if any(m.status == "civilian" for m in draft.event.harm) or draft.kinds <= _PEACEFUL or "loot" in draft.kinds:
        return False
    return any(m.status == "combatant" for m in draft.event.harm) or any(
        "military" in s.kinds for f in draft.event.facts for s in f.sites
    )


def _at_nobody(draft: Draft, *families: str) -> bool:
    """Whether an air strike, or an event of some families, is told without a word on people or homes that were hit."""
    told = draft.event.harm or draft.patients or any(DWELLINGS.intersection(s.kinds) for f in draft.event.facts for s in f.sites)
    return not told and ("air" in draft.kinds or any(family(k) in families for k in draft.kinds))
