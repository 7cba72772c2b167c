"""Assembly: from events to claims — which events are claims, and the values of each."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.model import Claim, Evidence, Harm, Party, Place, Site, Weapon
from marsad.reading.anchors import Anchor, family
from marsad.reading.carrying import Carrying
from marsad.reading.civilians import civilians_alone, unspecified
from marsad.reading.datings import date_of
from marsad.reading.eventplaces import events_with_places, theatre
from marsad.reading.fighters import with_fighters
from marsad.reading.harm import HarmMention
from marsad.reading.joining import Event
from marsad.reading.kinds import event_type
from marsad.reading.parties import PartyMention
from marsad.reading.parts import Parts
from marsad.reading.places import ResolvedPlace
from marsad.reading.report import Report
from marsad.reading.responsibility import Sides, sides_of
from marsad.reading.retellings import gathered
from marsad.reading.scope import part_of, scope
from marsad.reading.steps import Steps, finished
from marsad.reading.testimony import Testimony
from marsad.reading.toll import toll_of, vague
from marsad.reading.worth import worth
from marsad.record import replace

__all__ = ["claim_of", "claim_steps", "claims_of"]

# Types that a version of an event takes from the event where its own words tell little.
_BY_BASE = frozenset({"attack", "armed_clash", "shelling_artillery_missile", "remote_explosive_ied"})
_NEARLY = -0.5  # a fit from which on a telling that is no claim belongs to the claim told before
_CANDIDATES = 5  # places that a claim keeps of those that its place may be
_BETWEEN = "between"
_SUSPECTED = "suspects belong to it"
_GENERAL = frozenset({"general"})
_ALSO, _NEAR = frozenset({"also"}), 3  # tokens around the name of an event
# Kinds of sites that are the ground of an event of a type.
_GROUND_OF = {
    "armed_clash": ("civilian_vehicle", "other_civilian", "residential", "transport"), "attack": ("military",), "chemical_weapon": ("military",),
    "government_regains_territory": ("market", "residential", "transport"),
    "non_state_actor_overtakes_territory": ("market", "residential", "transport"),
    "non_violent_transfer_of_territory": ("transport",),
}  # fmt: skip
_NOTHING_HIT = frozenset({"arrests", "excessive_force_against_protesters"})  # types of events in which people are what was hit
_PASSED = "transport"
_DOWNED = "shootdown"
_HELICOPTER, _BARREL = "helicopter_munition", "barrel_bomb"
_HITS = frozenset({"strike", "blast", "general", "killing", "battle"})  # families of events in which a vehicle may be hit


def claims_of(report: Report, events: list[Event]) -> list[Claim]:
    """The claims of a report, in the order of their triggers, numbered."""
    return finished(claim_steps(report, events))


def claim_steps(report: Report, events: list[Event]) -> Steps[list[Claim]]:
    """Makes what ``claims_of`` gives in steps."""
    placed = list(events_with_places(report, events))
    yield
    # What no words put anywhere is put in the country of the report only where it is a claim without that.
    kept = [(e, place if place is not None else theatre(report, e)) for e, place in placed if worth(report, e, place) >= 0]
    _fold(report, placed, kept)
    yield
    countries = {id(event): place.place.country if place is not None else None for event, place in placed}
    sides = sides_of(report, events, countries)
    yield
    told = [event for event, _ in kept]
    parts = Parts(report, told, sides)
    testimony = Testimony(report, told)
    carrying = Carrying(report, events, {id(event): place for event, place in placed}, {id(event) for event in told})
    yield
    made = [
        (
            event.named_by.anchor.start,
            claim_of(report, event, place, events, sides, testimony, parts, carrying),
            event.first.anchor,
        )
        for event, place in kept
    ]
    made.sort(key=lambda m: m[0])
    claims = gathered([(claim, anchor.definite, _another(report, anchor)) for _, claim, anchor in made])
    return [replace(claim, id=f"{report.document.id}.{n}") for n, claim in enumerate(claims, 1)]


def _fold(
    report: Report, placed: list[tuple[Event, ResolvedPlace | None]], kept: list[tuple[Event, ResolvedPlace | None]]
) -> None:
    """Give what is no claim of its own to the claim told right before that it nearly fits.

    It may tell who did it and who says so ("a minister accused X of the attack"), but no place or day, and a toll only where it points
    back; with what and where it was done only in words for such an event.
    """
    claims = {id(event) for event, _ in kept}
    for event, _ in placed:
        base = event.nearest
        if id(event) in claims or base is None or id(base) not in claims or event.likeness < _NEARLY or event.base is not None:
            continue
        if any(f.places or f.dates or f.anchor.status != "asserted" for f in event.facts):
            continue
        if event.harm and not _of_that(event, base):
            continue
        if report.clauses.sentences_apart(base.facts[-1].anchor.index, event.first.anchor.index) != 1:
            continue
        families = {family(k) for k in base.kinds}
        if base.named_by.anchor.strength != "sure" or not any(family(f.anchor.kind) in families | _GENERAL for f in event.facts):
            continue
        if "battle" in families:
            continue
        base.facts.extend(replace(f, sites=[], weapons=[]) if family(f.anchor.kind) not in families else f for f in event.facts)


def _of_that(event: Event, base: Event) -> bool:
    """Whether tolls with a number are those of "the attack", where none of their kind is told of the event before ("... A policeman was
    killed in it")."""
    back = all(f.anchor.definite and f.anchor.strength == "sure" for f in event.facts)
    counted = all(m.predicate >= 0 and m.min is not None and not vague(m) for m in event.harm)
    return back and counted and {m.kind for m in event.harm}.isdisjoint({m.kind for m in base.harm})


def _another(report: Report, anchor: Anchor) -> bool:
    """Whether an event is told as one more ("another raid", "it also hit the town")."""
    begin, end = report.clauses.sentence(anchor.index)
    return anchor.other or bool(report.clauses.marked(_ALSO, max(begin, anchor.first - _NEAR), min(end, anchor.last + _NEAR)))


# -- the claim --------------------------------------------------------------------------------------------------


def claim_of(
    report: Report,
    event: Event,
    place: ResolvedPlace | None,
    events: list[Event],
    sides: dict[int, Sides] | None = None,
    testimony: Testimony | None = None,
    parts: Parts | None = None,
    carrying: Carrying | None = None,
) -> Claim:
    """The claim of one event.

    Args:
        report: the report.
        event: one of its events.
        place: its place.
        events: all its events.
        sides: the parties of each event, from ``sides_of``; worked out anew where they are not given.
        testimony: who tells of each event; worked out anew where it is not given.
        parts: weighs the parties of the events that are claims; those of ``sides`` stand as they are where it is not given.
        carrying: weighs days told before; made without places where it is not given.
    """
    sides = sides_of(report, events) if sides is None else sides
    mine = sides[id(event)]
    sites, extent = _sites(report, event), scope(report, event, place)
    kind, kind_why = _type(report, event, mine, sites)
    if parts is not None:
        found, mine = mine, parts.of(event, kind, place.place.country if place is not None else None, extent == "event")
        if (mine.agents, mine.patients) != (found.agents, found.patients):
            kind, kind_why = _type(report, event, mine, sites)
    agents, patients, why = list(mine.agents), list(mine.patients), {**mine.why, "type": kind_why}
    if kind == "armed_clash" and agents and event.first.anchor.kind == "repel":
        agents, patients = patients, agents  # who repels an attack was attacked
        why["perpetrators"], why["targets"] = why.get("targets", ""), why.get("perpetrators", "")
    status = _status(event)
    if extent == "aggregate" and kind == "armed_clash" and not agents and civilians_alone(event):
        kind, why["type"] = "attack", "a toll of civilians over fights of nobody told"
    whole = part_of(report, event) if extent == "aggregate" and unspecified(event) else None
    of_civilians = whole is not None and civilians_alone(whole)
    if extent == "aggregate" and kind in ("attack", "chemical_weapon") and unspecified(event) and not of_civilians:
        patients = [p for p in patients if p.id != "civilians"]
    if whole is not None and of_civilians and not patients:
        patients = [p for p in sides[id(whole)].patients if p.id == "civilians"]
    testimony = testimony or Testimony(report, events)
    sources = testimony.of(event, kind, {p.id for p in (*agents, *patients)})
    if whole is not None and not sources:
        sources = testimony.of(whole, kind, {p.id for p in (*agents, *patients)})  # "43 in all ... The province of X had 15"
    hit = [] if _BETWEEN in mine.patients_why else patients  # the dead of a fight between two may be whoever was caught in it
    told = () if status == "denied" else with_fighters(report, event, hit, sources)
    harm = _harm(report, told, kind, {p.id for p in (*agents, *patients)})
    if of_civilians:
        harm = tuple(replace(h, status="civilian") if h.status == "unknown" else h for h in harm)
    date, why["date"] = date_of(report, event, events, carrying or Carrying(report, events), extent, status)
    trigger = event.named_by.anchor
    evidence = (Evidence.of(report.document.text, trigger.start, trigger.end),)
    return Claim(
        id="", document=report.document.id, type=kind, trigger=evidence,
        scope=extent,
        status=status,
        date=date,
        place=_place_record(report, place, why),
        perpetrators=_parties(report.document.text, agents),
        targets=_parties(report.document.text, patients),
        sites=tuple(site for site in sites if not _is_ground(site, kind, place)),
        weapons=_weapons(report, event, kind),
        harm=harm,
        sources=sources,
        why=why,
    )  # fmt: skip


def _type(report: Report, event: Event, sides: Sides, sites: tuple[Site, ...]) -> tuple[str, str]:
    """The type of an event with some sides, and the rule that made it; another version of an event is of the type of that one
    where its own words tell little."""
    agents = list(sides.agents)
    # Whom people are suspected to belong to makes no fight of it that these were arrested.
    patients = [p for p, found in zip(sides.patients, sides.patients_why, strict=True) if found != _SUSPECTED]
    weapons = {w.kind for f in event.facts for w in f.weapons}
    kind, why = event_type(report, event, agents, patients, weapons, {s.kind for s in sites})
    base = event.told_before
    if base is not None and kind in _BY_BASE and why != "fighting":
        weapons = {w.kind for f in base.facts for w in f.weapons}
        kind = event_type(report, base, agents, patients, weapons, {s.kind for s in _sites(report, base)})[0]
    return kind, why


def _status(event: Event) -> str:
    first = event.first.anchor
    if first.status == "uncertain" and not any(f.anchor.harm for f in event.facts[1:]):
        return "uncertain"  # what is told as doubtful stays so where it is only taken up again
    statuses = [f.anchor.status for f in event.facts]
    for status in ("asserted", "denied", "planned", "uncertain"):
        if status in statuses:
            return status
    return "asserted"


# -- values -----------------------------------------------------------------------------------------------------


def _parties(text: str, mentions: list[PartyMention]) -> tuple[Party, ...]:
    return tuple(Party(p.id, p.name, (_words_of(text, p),)) for p in mentions)


def _words_of(text: str, party: PartyMention) -> Evidence:
    """The words for a party: its name, which may begin behind words for fighters, or those that mean it again."""
    start = party.end - len(party.name)
    return Evidence.of(text, start if text[start : party.end] == party.name else party.start, party.end)


def _sites(report: Report, event: Event) -> tuple[Site, ...]:
    """The sites of an event; a vehicle in which fighters were hit is theirs, a part of a place's name is none."""
    found: list[Site] = []
    statuses = {m.status for m in event.harm}
    fighters = "combatant" in statuses and statuses <= {"combatant", "unknown"} and family(event.first.anchor.kind) in _HITS
    for facts in event.facts:
        for site in facts.sites:
            for each in site.kinds if site.head not in report.named else ():
                kind = "military" if fighters and each == "civilian_vehicle" else each
                if all(kind != s.kind or site.name != s.name for s in found):
                    found.append(Site(kind, site.name, (Evidence(site.start, site.end, site.name),)))
    return tuple(found)


def _is_ground(site: Site, kind: str, place: ResolvedPlace | None) -> bool:
    """Whether a site is only where something happened, and nothing that was hit: the quarters fought in, the port that changed hands or
    gives the place its name, a post beside which people were killed."""
    if kind in _NOTHING_HIT or site.kind in _GROUND_OF.get(kind, ()):
        return True
    words = place.place.evidence if place is not None and site.kind == _PASSED else ()
    return any(e.start < mine.end and mine.start < e.end for e in words for mine in site.evidence)


def _weapons(report: Report, event: Event, kind: str) -> tuple[Weapon, ...]:
    """The weapons of an event; missiles are what the report calls them where it tells more of them."""
    found: list[Weapon] = []
    own = {w.kind for f in event.facts for w in f.weapons}
    told = any(not w.bare for f in event.facts for w in f.weapons)  # "the shells" are those
    ballistic = "ballistic_missile" not in own and any(w.kind == "ballistic_missile" for w in report.weapons)
    for facts in event.facts:
        for weapon in facts.weapons:
            name = weapon.kind
            if name == _HELICOPTER and (_BARREL in own or event.first.anchor.kind == _DOWNED):
                continue  # what they dropped is told, or they were shot down themselves
            if name == "rocket" and kind == "air_drone_strike":
                name = "aerial_bomb_or_missile"
            elif name == "rocket" and ballistic:
                name = "ballistic_missile"
            if all(name != w.kind for w in found) and not (weapon.bare and told):
                found.append(Weapon(name, (Evidence.of(report.document.text, weapon.start, weapon.end),)))
    return tuple(found)


def _harm(report: Report, told: Sequence[HarmMention], kind: str, sides: set[str | None]) -> tuple[Harm, ...]:
    """The toll of an event of a kind, and of which of its sides the fighters among the people were."""

    def group_of(mention: HarmMention) -> str | None:
        party = report.party_at(mention.group_first, mention.group_last)
        if party is None or (party.sort == "members" and not party.sure):
            party = report.harmed_party(mention)  # "a soldier", whose army the event tells
            return party.id if party is not None and party.id in sides else None
        return party.id

    toll = toll_of(report.document.text, told, group_of)
    if kind != "abduction_forced_disappearance":
        return toll
    # Civilians whom a group "arrests" are abducted.
    return tuple(replace(h, kind="abducted") if h.kind == "arrested" and h.status == "civilian" else h for h in toll)


def _place_record(report: Report, resolved: ResolvedPlace | None, why: dict[str, str]) -> Place:
    if resolved is None:
        return Place()
    why["place"] = resolved.reason or (resolved.candidates[0].entry.id if resolved.candidates else "named in the text")
    if resolved.candidates:
        # What people who check the claim are shown: how sure the choice is, and what else it may be.
        why["place.candidates"] = "|".join(f"{s.entry.id} {s.probability:.2f}" for s in resolved.candidates[:_CANDIDATES])
        if resolved.entry is not None:
            why["place.probability"] = f"{resolved.probability:.2f}"
    return resolved.place
