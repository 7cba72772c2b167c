"""Responsibility: who did an event and who was hit by it, from all that is told of it.

Each event has a draft of its parties (``drafts``); here those of a report are filled from each other, who is blamed or denies and
who carries over, and from the whole report (``completion``), who fights whom. The side that a town was taken from is, if nothing
else tells, the one that the report tells to be fighting the side that took it.
"""

from __future__ import annotations

from itertools import pairwise

from marsad.reading.blame import blamed_for, claimed_by, points_back
from marsad.reading.completion import complete
from marsad.reading.drafts import Draft, Sides
from marsad.reading.joining import Event
from marsad.reading.opposition import Opposition
from marsad.reading.report import Report
from marsad.reading.retaliation import replies

__all__ = ["Sides", "sides_of"]

_BETWEEN = "between"  # why a party is a side of what is told between two


def sides_of(report: Report, events: list[Event], countries: dict[int, str | None] | None = None) -> dict[int, Sides]:
    """The parties of each event, by its identity.

    Args:
        report: the report.
        events: all its events; one told anew takes over the parties of the event that it is a version of.
        countries: code of the country of an event, by its identity.
    """
    claimed = claimed_by(report, events)
    drafts = {id(event): Draft(report, event, claimed.get(id(event), [])) for event in events}
    for number, party in blamed_for(report, events):
        drafts[id(events[number])].blame(party)
    for told, back in pairwise(events):
        for party, _, _ in drafts[id(back)].agents.values() if points_back(report, told, back) else ():
            drafts[id(told)].blame(party)
    for number, reply in replies(report, events):
        drafts[id(events[number])].answered_by(drafts[id(events[reply])])
    lands = countries or {}
    told_anew: dict[int, Draft] = {}  # the drafts of the events that others are told anew of, by the identity of these
    for event in events:
        earlier = event.told_before
        if earlier is not None and id(earlier) in drafts and (event.base is None or event.first.anchor.status == "denied"):
            told_anew[id(event)] = drafts[id(earlier)]
        else:
            drafts[id(event)].own_deed(lands.get(id(event)))
    opposition = Opposition(report)
    for draft in drafts.values():
        agents = [p for p, _, _ in draft.agents.values()]
        opposition.learn(agents, agents if _mutual(draft.event) else [p for p, _, _ in draft.patients.values()])
    before: list[Draft] = []
    for event in events:
        draft = drafts[id(event)]
        if id(event) in told_anew:
            draft.take_over(told_anew[id(event)])  # "and the army denied that": what another is said to have done
            draft.own_deed(lands.get(id(event)))
        if not draft.agents and event.base is None:
            draft.carry(before, lands)
        if not _mutual(event):
            complete(draft, opposition, lands.get(id(event)))
        before.append(draft)
    took = [d for d in before if d.event.first.anchor.kind == "take" and d.event.first.anchor.status != "none"]
    takers = [d.agents for d in took if d.agents]
    common = {n: v for n, v in takers[0].items() if all(n in agents for agents in takers)} if takers else {}
    for draft in before if common else ():
        draft.take(common)
    for event in events:
        if event.base is not None and id(event.base) in drafts:
            drafts[id(event)].take_over(drafts[id(event.base)])
    return {identity: draft.sides() for identity, draft in drafts.items()}


def _mutual(event: Event) -> bool:
    """Whether two who fight each other did what is told ("the mutual shelling between X and Y")."""
    agents = any(why == _BETWEEN for f in event.facts for _, why in f.roles.agents)
    return agents and all(why != _BETWEEN for f in event.facts for _, why in f.roles.patients)
