"""Kinds: which event type of the vocabulary an event is, from its words, weapons, parties and harm."""

from __future__ import annotations

from marsad.reading.facts import Facts
from marsad.reading.habits import parties_that
from marsad.reading.joining import Event
from marsad.reading.opposition import key
from marsad.reading.parties import FIGHTING, STATE_FORCES, PartyMention
from marsad.reading.protests import amid_protests, fighters_hurt, of_protest, protest_type, with_unarmed
from marsad.reading.report import Report

__all__ = ["event_type", "leading_of"]

_DEVICES = frozenset({"planted_device", "landmine", "unexploded_ordnance", "vehicle_bomb"})
_AERIAL = frozenset({"aerial_bomb_or_missile", "barrel_bomb", "helicopter_munition", "drone"})
_GROUND = frozenset({"artillery", "mortar", "rocket", "ballistic_missile"})
_OBJECT = 5
_BUILDINGS, _BLOWN = frozenset({"residential", "religious", "public_building", "educational"}), 5  # tokens from "blew up" to what
_BOMBER = 3  # tokens before a verb within which its subject is looked for
# Nouns that are often told as an aim, or as what came before or after.
_ASIDE = frozenset({"agree", "take", "transfer", "withdraw"})
_DRIVER = 3  # tokens between a car bomb and the word for the bomber in it
_BOMBED = frozenset({"attack", "explosion", "suicide", "target", "operation", "kill", "back"})
# What is told on of an attack that began with bombers: gunmen stormed the place, guards fought them.
_AFTER_BOMBERS = frozenset({"burn", "clash", "fire", "raid"})
_GASSED = frozenset({"attack", "target", "use", "bombard", "air", "strike", "drop", "launch"})  # deeds that gas is used in
_DEFENCE, _SPRINGS = frozenset({"disrupt", "shootdown", "repel"}), frozenset({"springs"})
_SHIELD = frozenset({"shield"})
_ALOFT = "told as from the air"


def event_type(
    report: Report, event: Event, agents: list[PartyMention], patients: list[PartyMention], weapons: set[str], sites: set[str]
) -> tuple[str, str]:
    """The type, and the sign that decided it."""
    kinds = [f.anchor.kind for f in event.facts]
    every = event.kinds
    leading = leading_of(event.facts)
    first = event.first.anchor
    if (
        first.kind == "take"
        and leading.anchor.kind == "clash"
        and leading.anchor.harm
        and report.cause_before(leading.anchor.index)
    ):
        leading = event.first  # "managed to take the camp after clashes in which four fell"
    if first.kind == "explosion" and any(
        f.anchor.kind in _DEFENCE and not f.anchor.harm and _springs(report, f.anchor.index) for f in event.facts
    ):
        return "disrupted_weapons_use", "blasts of what was brought down"
    lead = leading.anchor.kind
    air = _from_air(report, event, leading, agents, weapons)
    if lead == "air" and _afoot(report, leading, agents, weapons):
        lead, air = "attack", ""
    # A country that is attacked is more than its army ("the dead of the attack on X").
    armed_target = any(p.kind in FIGHTING and p.sort != "state" for p in patients) or fighters_hurt(event)
    if "chemical" in weapons and (
        lead in _GASSED or (lead != "explosion" and any(f.anchor.kind in _GASSED for f in event.facts))
    ):
        return "chemical_weapon", "chemical agent"
    suicide = lead == "suicide" or any(
        "suicide" in f.anchor.kinds and f.anchor.kind != "suicide" and f.anchor.status != "denied" for f in event.facts
    )
    driven = _driven(report, event)
    suicide = suicide or (lead == "explosion" and _bomber(report, leading)) or driven
    begun = "suicide" in event.first.anchor.kinds and lead in _AFTER_BOMBERS
    if begun or (driven and lead == "raid") or ((suicide or "suicide_vest" in weapons) and lead in _BOMBED):
        return "suicide_bomb", "suicide"
    if lead in ("kill", "fire", "disperse", "clash", "protest") and of_protest(report, event, kinds, [*agents, *patients]):
        return protest_type(report, event, lead, every, agents)
    if lead in ("kill", "fire", "clash") and amid_protests(report, event, agents, patients, weapons):
        return "excessive_force_against_protesters", "people shot amid protests"
    if lead == "clash" and with_unarmed(report, event, agents, patients):
        return protest_type(report, event, lead, every, [p for p in agents if p.kind in STATE_FORCES])
    if lead == "burn" and any(p.id is None and p.sort == "civilians" for p in agents):
        return "violent_demonstration", "protesters who burn"
    if lead == "air":
        return "air_drone_strike", "air strike"
    if lead == "drop":
        return ("grenade", "grenade thrown") if "grenade" in weapons and not air else ("air_drone_strike", "dropped")
    if lead == "strike":
        return (
            ("shelling_artillery_missile", "ground weapons")
            if (weapons & {"artillery", "mortar"} or any(p.means == "ground" for p in agents)) and not air
            else ("air_drone_strike", "strike")
        )
    if lead == "reply" and event.harm and not air and not weapons and not any(p.means for p in agents):
        return "armed_clash", "attackers fought off"
    if lead in ("bombard", "fall", "launch", "munition", "reply"):
        if weapons & _DEVICES and lead == "munition":
            return "remote_explosive_ied", "device"
        if weapons & {"grenade"} and lead == "munition":
            return "grenade", "grenade"
        if air and (not (_own(leading) or weapons) & {"artillery", "mortar"} or report.flown_first(leading.anchor.index)):
            return "air_drone_strike", air
        return "shelling_artillery_missile", "bombardment"
    if lead == "explosion" and weapons & _GROUND and not weapons & _DEVICES:
        return "shelling_artillery_missile", "shell that explodes"
    if lead == "explosion" and "grenade" in weapons and not weapons & _DEVICES:
        return "grenade", "grenade"
    if lead == "explosion" and _demolished(report, event, leading, agents, weapons):
        return "looting_property_destruction", "buildings blown up"
    if lead == "explosion":
        return "remote_explosive_ied", "explosion"
    if lead in ("attack", "target", "operation", "back", "suffer"):
        statuses = {m.status for m in event.harm}
        posts = "military" in sites and ("civilian" not in statuses or "combatant" in statuses)
        armed_target = armed_target or posts or ("civilian" not in statuses and report.offensive(leading.anchor.index))
        return _attack(weapons, air, armed_target, every, agents)
    if lead == "clash" and event.first.anchor.kind == "kill" and event.first.anchor.trigger is not None:
        return _killing(report, event, weapons, air, armed_target, agents)
    if lead in ("clash", "ambush", "repel", "siege"):
        flown = (w for f in event.facts if f.anchor.kind == "repel" for w in f.weapons)  # not what was fired in the fight
        shields = (p for p in agents if report.clauses.marked(_SHIELD, p.first, p.last + 1))
        aloft = "air" in leading.anchor.kinds or any(w.kind in _GROUND | _AERIAL for w in flown) or any(shields)
        if lead == "repel" and aloft:
            return "disrupted_weapons_use", "repelled missiles or aircraft"
        return "armed_clash", "fighting"
    if lead == "raid":
        if any(m.kind == "arrested" for m in event.harm) and not armed_target:
            return "arrests", "raid that detains"
        return ("armed_clash", "raid on an armed party") if armed_target or "military" in sites else ("attack", "raid")
    if lead == "fire":
        return ("armed_clash", "shooting at an armed party") if armed_target else ("attack", "shooting")
    told = {m.kind for m in event.harm}
    if lead == "abduct" and "killed" in told:
        return "attack", "abducted and killed"
    if (
        lead in ("arrest", "seize", "abduct")
        and told & {"killed", "injured"}
        and (lead == "abduct" or told & {"arrested", "captured"})
    ):
        return _killing(report, event, weapons, air, armed_target, agents)
    if lead in ("arrest", "seize"):
        if lead == "seize" and not any(m.kind in ("arrested", "captured", "abducted") for m in event.harm):
            return "disrupted_weapons_use", "seized things"
        # "The resistance laid hold on 30 fighters": a government's side.
        polices = parties_that("polices") | parties_that("governs")
        unknown = not any(m.kind == "arrested" for m in event.harm)  # gunmen who hold a train or a house
        groups = [p for p in agents if (unknown and p.id == "unidentified") or (p.kind == "armed_group" and p.id not in polices)]
        if groups and not any(p.kind in STATE_FORCES for p in agents):
            return "abduction_forced_disappearance", "held by an armed group"
        return "arrests", "arrest"
    if lead in ("abduct", "missing"):
        return "abduction_forced_disappearance", "abduction"
    if lead in ("take", "fallto"):
        return _ground(report, leading, agents, patients)
    if lead in ("withdraw", "transfer") and "killed" in told:
        return "armed_clash", "fighting before a withdrawal"
    if lead in ("withdraw", "transfer"):
        return "non_violent_transfer_of_territory", "withdrawal"
    if lead in ("destroy", "burn", "loot"):
        return _damage(event, weapons, air, agents, sites, armed_target, lead)
    if lead == "foil" and told & {"killed", "injured"}:
        return "armed_clash", "attack repelled with losses"
    if lead == "shootdown" and not weapons - {"helicopter_munition"} and any(p.kind == "armed_group" for p in agents):
        return "armed_clash", "aircraft shot down by a group"  # one that is flown by a crew: drones are weapons
    if lead == "shootdown" and told & {"killed", "injured"} and not weapons - {"helicopter_munition"}:
        return "armed_clash", "aircraft shot down with its crew"
    if (
        lead == "disrupt"
        and "residential" in sites
        and any(p.means == "air" and p.first == leading.anchor.index + 1 for p in agents)
    ):
        return "air_drone_strike", "aircraft that destroyed buildings"
    if lead in ("disrupt", "shootdown", "foil"):
        return "disrupted_weapons_use", "weapon disrupted"
    if lead in ("agree", "violate"):
        return "agreement", "agreement"
    if lead == "rape":
        return "sexual_violence", "rape"
    if lead == "use":
        return "chemical_weapon", "use"
    if lead == "establish":
        return "headquarters_established", "camp or base set up"
    if lead == "pelt":
        return "mob_violence", "stones thrown by a crowd"
    return _killing(report, event, weapons, air, armed_target, agents)


def _springs(report: Report, index: int) -> bool:
    """Whether what was told before came of what a token names ("blasts caused by")."""
    return report.cause_before(index) or report.clauses.mark_before(index, 2, max(0, index - 2), _SPRINGS) is not None


def _driven(report: Report, event: Event) -> bool:
    """Whether a car bomb of the event is told to be a bomber's, right behind it ("a car bomb that a bomber drove")."""
    ends = [w.last for f in event.facts for w in f.weapons if w.kind == "vehicle_bomb"]
    return bool(ends) and any(t.kind == "suicide" and any(0 < t.index - end <= _DRIVER for end in ends) for t in report.triggers)


def _bomber(report: Report, leading: Facts) -> bool:
    """Whether a word for a suicide bomber stands right before what explodes ("a bomber set off a charge")."""
    at = leading.anchor.index
    return leading.anchor.verb and any(t.kind == "suicide" and 0 < at - t.index <= _BOMBER for t in report.triggers)


def leading_of(facts: list[Facts]) -> Facts:
    """The facts whose class decides: the most telling one, the first told among equals."""
    order = {
        "back": 3,
        "operation": 2,
        "kill": 2,
        "missing": 2,
        "attack": 1,
        "target": 1,
        "violence": 2,
        "displace": 3,
        "destroy": 1,
        "capture": 2,
        "find": 3,
        "suffer": 3,
        "siege": 3,
        "munition": 1,
    }

    harmed = {m.kind for f in facts for m in f.anchor.harm}
    bloody = bool(harmed & {"killed", "injured"}) and harmed.isdisjoint({"abducted", "arrested", "captured"})

    def rank(each: Facts) -> int:
        anchor = each.anchor
        if bloody and anchor.kind == "arrest" and each is not facts[0]:
            return 4  # "two were wounded in a shooting ... and who did it was arrested"
        told = anchor.kind == "take" and bool(
            each.roles.agents and each.places
        )  # "the control of X over the town, after battles"
        aside = anchor.kind in _ASIDE and anchor.strength == "weak" and not anchor.verb and not told
        return 1 if aside else order.get(anchor.kind, 0)

    return min(enumerate(facts), key=lambda f: (rank(f[1]), f[0]))[1]


def _demolished(report: Report, event: Event, leading: Facts, agents: list[PartyMention], weapons: set[str]) -> bool:
    """Whether forces that stand at a building blew it up ("the troops blew up two houses"), and nobody fell.

    What unknown people set off at a house is a bomb.
    """
    anchor = leading.anchor
    if any(m.kind in ("killed", "injured") for m in event.harm) or "vehicle_bomb" in weapons or anchor.definite:
        return False
    if not agents or any(p.kind not in FIGHTING or p.id == "unidentified" for p in agents):
        return False
    end = report.clauses.sentence(anchor.index)[1]
    hit = (
        s for s in report.sites if anchor.index < s.first <= min(end, anchor.last + _BLOWN) and not _BUILDINGS.isdisjoint(s.kinds)
    )
    return any(report.way_at(s.first - 1) == "" and not report.clauses.commas(anchor.index, s.first) for s in hit)


def _afoot(report: Report, leading: Facts, agents: list[PartyMention], weapons: set[str]) -> bool:
    """Whether a raid is one on the ground: that of a party without aircraft ("the group's fighters made a raid on a base")."""
    if not agents or weapons & _AERIAL or leading.flown or _flown(report, leading):
        return False
    return all(p.id in parties_that("afoot") for p in agents)


def _from_air(report: Report, event: Event, leading: Facts, agents: list[PartyMention], weapons: set[str]) -> str:
    if leading.anchor.kind == "bombard" and _grounded(report, leading) and not _flown(report, leading):
        return ""
    if any((f.anchor.kind == "air" or "air" in f.anchor.kinds) and not _by_others(leading, f) for f in event.facts):
        return "air strike told"
    if _flown(report, event.first) or (leading.anchor.verb and report.flown_before(leading.anchor.first)):
        return _ALOFT
    means = next((p.means for p in (*agents, *(p for f in event.facts for p, _ in f.roles.agents)) if p.means), "")
    if means == "ground" or (not means and _grounded(report, event.first)):
        return ""
    if means == "air" or weapons & _AERIAL or any(f.flown for f in event.facts):
        return "aircraft"
    for facts in event.facts[1:]:
        if _flown(report, facts):
            return _ALOFT
        if _grounded(report, facts):
            return ""
    if weapons & _GROUND:
        return ""
    air = parties_that("air")
    if agents and all(p.id in air for p in agents if p.id):
        return "party that acts from the air" if any(p.id in air for p in agents) else ""
    told = (
        leading.anchor.kind == "bombard"
        and not weapons
        and any(t.kind == "air" and t.strength == "sure" for t in report.triggers)
    )
    return "air strikes told beside it" if told and all(p.id in parties_that("flies") for p in agents) else ""


def _flown(report: Report, facts: Facts) -> bool:
    """Whether words for aircraft stand behind the word that names it, or behind what was taken into it ("air shelling that hit").

    Where words for guns or ships come first, those are meant ("war boats").
    """
    ends = (facts.anchor.index, facts.anchor.last)
    return any(report.flown(at) and (not report.grounded(at) or report.flown_first(at)) for at in ends)


def _grounded(report: Report, facts: Facts) -> bool:
    return report.grounded(facts.anchor.index) or report.grounded(facts.anchor.last)


def _own(facts: Facts) -> set[str]:
    """The kinds of weapons that stand with an anchor itself."""
    return {w.kind for w in facts.weapons}


def _by_others(one: Facts, other: Facts) -> bool:
    """Whether both tell who did it, and tell of others."""
    mine, theirs = ({key(p) for p, _ in f.roles.agents} for f in (one, other))
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


def _attack(weapons: set[str], air: str, armed_target: bool, every: set[str], agents: list[PartyMention]) -> tuple[str, str]:
    if "explosion" in every or weapons & _DEVICES:
        return "remote_explosive_ied", "device"
    if air and every & {"target", "attack"} and air != "party that acts from the air":
        return "air_drone_strike", air
    if air and "target" in every:
        return "air_drone_strike", air
    if weapons & _GROUND:
        return "shelling_artillery_missile", "ground weapons"
    if "grenade" in weapons:
        return "grenade", "grenade"
    if any(p.means == "ground" for p in agents) and "small_arms" not in weapons:
        return "shelling_artillery_missile", "artillery"
    if armed_target:
        return "armed_clash", "attack on an armed party"
    return "attack", "attack"


def _ground(report: Report, leading: Facts, agents: list[PartyMention], patients: list[PartyMention]) -> tuple[str, str]:
    governs = parties_that("governs")
    ids = [p.id for p in agents if p.id]
    trigger = leading.anchor.trigger
    # Who retakes or frees a place has governed it; "seized" or "overran" says nothing of that, and is mostly said of others.
    forced = trigger is not None and trigger.lemma in report.seizures
    seized = forced and not (agents or patients)
    if not ids and (seized or leading.anchor.kind == "fallto" or any(p.id in governs for p in patients)):
        return "non_state_actor_overtakes_territory", "taken from a government's side"
    # A group of no side known that frees a place from another group fights beside the government.
    beside = not forced and any(p.kind == "armed_group" for p in patients)
    unlisted = not ids and bool(agents) and agents[0].kind == "armed_group" and not beside
    if unlisted or (ids and governs.isdisjoint(ids)):
        return "non_state_actor_overtakes_territory", "taken by a group"
    return "government_regains_territory", "taken by a government's side"


def _damage(
    event: Event, weapons: set[str], air: str, agents: list[PartyMention], sites: set[str], armed_target: bool, lead: str
) -> tuple[str, str]:
    if lead == "destroy" and _munitions_hit(event):
        return "disrupted_weapons_use", "missiles destroyed"
    if lead == "destroy" and air:
        return "air_drone_strike", air
    if any(m.kind in ("killed", "injured") for m in event.harm):
        return ("armed_clash", "fighters killed") if armed_target else ("attack", "people killed")
    if lead == "destroy":
        if weapons & _GROUND or any(p.means == "ground" for p in agents):
            return "shelling_artillery_missile", "ground weapons"
        if weapons & _DEVICES or "military" in sites:
            return "disrupted_weapons_use", "weapons or positions destroyed"
    return "looting_property_destruction", "things destroyed"


def _munitions_hit(event: Event) -> bool:
    """Whether what is destroyed are missiles or aircraft in flight, told as the object right behind the verb.

    Where a thing follows that was hit they are the subject ("drones destroyed a depot").
    """
    return any(
        0 < w.first - f.anchor.last <= _OBJECT and w.kind in _GROUND | _AERIAL and not w.proclitic
        for f in event.facts
        if f.anchor.kind == "destroy"
        for w in f.weapons
        if not any(0 < s.first - w.last <= _OBJECT and not s.proclitic for s in f.sites)
    )


def _killing(
    report: Report, event: Event, weapons: set[str], air: str, armed_target: bool, agents: list[PartyMention]
) -> tuple[str, str]:
    if weapons & {"landmine", "planted_device", "vehicle_bomb", "unexploded_ordnance"}:
        return "remote_explosive_ied", "killed by a device"
    if weapons & {"artillery", "mortar", "rocket", "ballistic_missile"}:
        return "shelling_artillery_missile", "killed by shells"
    if air and air != "party that acts from the air":
        return "air_drone_strike", air
    executed = any(f.anchor.kind == "kill" and f.anchor.trigger is not None for f in event.facts)
    if armed_target and not executed and not any(m.status == "civilian" for m in event.harm):
        return "armed_clash", "fighters killed"
    return "attack", "people killed"
