"""Synthetic registers with known truth, to measure linking: ``register(claims, seed)``.

Events happen at real places of the packaged gazetteer, at the pace and in the shares that incident data sets of these wars show: a few
places see much, most see little. Many have a sibling: the next village on the same day, the same town on the next day, or a second
event in the same place on the same day. Each is told by one to many reports, in Arabic or English, some of them copies; later
reports tell higher tolls. What a report tells is spoilt as real claims are (``Noise``): days missed or widened, places told by their
district, by a direction, by another spelling or not at all, parties left out or disputed, kinds confused.

No text of a real report is used; words are drawn from made-up vocabularies, so that closeness of words tells copies and shared facts
and nothing else.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from marsad.gazetteer import Entry, kilometres
from marsad.gazetteer.embedded import embedded
from marsad.linking import Report
from marsad.linking.features import allies_of

__all__ = ["Noise", "Register", "register"]

START = date(2016, 1, 1)
# Events a day over all theatres.
PACE = 33
THEATRES: dict[str, tuple[float, tuple[str, ...]]] = {
    "SY": (0.32, ("syria_gov", "russia", "isis", "coalition_isis", "sdf", "turkey", "hts", "sna")),
    "IQ": (0.18, ("isis", "coalition_isis", "iraq", "pmf", "turkey")),
    "YE": (0.17, ("coalition_yemen", "houthi", "aqap", "saudi")),
    "LY": (0.07, ("lna", "gna", "isis")),
    "SD": (0.07, ("saf", "rsf")),
    "PS": (0.08, ("israel", "hamas", "settlers")),
    "LB": (0.04, ("israel", "hezbollah")),
    "AF": (0.07, ("taliban", "afghan_gov", "isis_k", "us")),
}
# Type: share, weapons, whether people are killed often.
TYPES: dict[str, tuple[float, tuple[str, ...]]] = {
    "air_drone_strike": (0.3, ("aerial_bomb_or_missile", "drone", "barrel_bomb", "helicopter_munition")),
    "shelling_artillery_missile": (0.27, ("artillery", "mortar", "rocket")),
    "remote_explosive_ied": (0.12, ("vehicle_bomb", "planted_device", "landmine")),
    "suicide_bomb": (0.02, ("suicide_vest", "vehicle_bomb")),
    "armed_clash": (0.13, ("small_arms",)),
    "attack": (0.1, ("small_arms", "blade")),
    "abduction_forced_disappearance": (0.03, ()),
    "arrests": (0.03, ()),
}
CLOSE = {
    "air_drone_strike": "shelling_artillery_missile", "shelling_artillery_missile": "air_drone_strike", "remote_explosive_ied": "suicide_bomb",
    "suicide_bomb": "remote_explosive_ied", "armed_clash": "attack", "attack": "armed_clash",
    "abduction_forced_disappearance": "arrests", "arrests": "abduction_forced_disappearance",
}  # fmt: skip
SITES = {
    "residential": 0.34, "market": 0.12, "religious": 0.07, "medical": 0.07, "educational": 0.09, "civilian_vehicle": 0.1,
    "military": 0.1, "displacement_site": 0.05, "food_water": 0.03, "transport": 0.03,
}  # fmt: skip
SOURCES = ("local", "medical", "rescuers", "monitor", "security", "correspondent", "witness", "government", "unnamed")


@dataclass(frozen=True, slots=True)
class Noise:
    """How often (as a share of claims) a value is told otherwise than it was; ``times`` multiplies all of it."""

    wrong_day: float = 0.01
    no_date: float = 0.01
    news: float = 0.06
    days: float = 0.05
    wide: float = 0.02
    wrong_place: float = 0.015
    no_place: float = 0.01
    unit: float = 0.05
    bearing: float = 0.05
    no_point: float = 0.1
    no_gazetteer: float = 0.4
    close_type: float = 0.06
    other_type: float = 0.02
    no_perpetrator: float = 0.3
    unidentified: float = 0.05
    rival: float = 0.02
    no_toll: float = 0.15
    missed_toll: float = 0.07
    open_toll: float = 0.15
    other_toll: float = 0.15
    missed_site: float = 0.4
    other_site: float = 0.05
    no_weapon: float = 0.5
    unknown_copy: float = 0.15

    def times(self, factor: float) -> Noise:
        """The same with every share multiplied, up to 0.9."""
        return Noise(*(min(0.9, getattr(self, name) * factor) for name in self.__slots__))


@dataclass(slots=True)
class Register:
    """Claims as public records, what is known of their reports, and the truth: claim to event."""

    claims: list[dict[str, Any]] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    truth: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Event:
    id: str
    day: date
    days: int
    place: Entry
    type: str
    perpetrator: str
    rival: str
    target: str
    sites: tuple[tuple[str, str], ...]
    weapon: str
    killed: int
    injured: int
    taken: int
    words: tuple[int, ...]


class _World:
    """Places by country, the busy ones first drawn."""

    def __init__(self, chance: random.Random) -> None:
        self.places: dict[str, list[Entry]] = {}
        self.weights: dict[str, list[float]] = {}
        layer = embedded()
        self.units: dict[str, Entry] = {}
        for number in range(len(layer)):
            entry = layer._entry(number)
            self.units[entry.id] = entry
            if entry.country in THEATRES and entry.kind in ("village", "town", "city", "neighbourhood"):
                self.places.setdefault(entry.country, []).append(entry)
        for country, entries in sorted(self.places.items()):
            chance.shuffle(entries)
            # The r-th place sees events as often as 1 / r^0.8, a city more often.
            self.weights[country] = [(4.0 if e.kind == "city" else 1.0) / (rank + 3) ** 0.8 for rank, e in enumerate(entries)]

    def draw(self, chance: random.Random) -> Entry:
        country = chance.choices(list(THEATRES), [share for share, _ in THEATRES.values()])[0]
        return chance.choices(self.places[country], self.weights[country])[0]

    def neighbour(self, place: Entry, chance: random.Random, most: float = 12.0) -> Entry | None:
        """Another settlement nearby."""
        if place.latitude is None or place.longitude is None:
            return None
        near = [
            e for e in self.places[place.country]
            if e.id != place.id and e.latitude is not None and e.longitude is not None and abs(e.latitude - place.latitude) < 0.12
            and kilometres(e.latitude, e.longitude, place.latitude, place.longitude) <= most
        ]  # fmt: skip
        return chance.choice(near) if near else None

    def within(self, place: Entry) -> list[Entry]:
        found = []
        parent = place.parent
        while parent and parent in self.units and len(found) < 5:
            found.append(self.units[parent])
            parent = self.units[parent].parent
        return found


def register(claims: int, seed: int = 1, noise: Noise | None = None, start: date = START) -> Register:
    """A register of about so many claims (aggregates included); the same for the same arguments."""
    chance = random.Random(seed)
    world = _World(chance)
    noise = noise or Noise()
    made = Register()
    day = start
    number = 0
    while len(made.claims) < claims:
        today: list[_Event] = []
        for _ in range(chance.randint(PACE - 8, PACE + 8)):
            number += 1
            today.append(_event(f"e{number}", day, world.draw(chance), world, chance))
            for sibling in _siblings(today[-1], world, chance):
                number += 1
                today.append(_replaced(sibling, f"e{number}", chance))
        for event in today:
            _tell(event, today, made, world, chance, noise)
        day += timedelta(days=1)
    for claim in made.claims[claims:]:
        made.truth.pop(claim["id"], None)
    del made.claims[claims:]
    return made


def _event(identifier: str, day: date, place: Entry, world: _World, chance: random.Random) -> _Event:
    parties = THEATRES[place.country][1]
    kind = chance.choices(list(TYPES), [share for share, _ in TYPES.values()])[0]
    perpetrator, rival = chance.sample(parties, 2)
    armed = kind == "armed_clash" or chance.random() < 0.15
    killed = 0 if chance.random() < 0.3 else min(150, int(chance.paretovariate(1.1)))
    injured = 0 if chance.random() < 0.35 else int(killed * chance.uniform(0.5, 3)) + chance.randint(0, 4)
    taken = chance.randint(1, 30) if kind in ("abduction_forced_disappearance", "arrests") else 0
    count = chance.choices((0, 1, 2), (0.3, 0.55, 0.15))[0]
    sites = tuple(
        (k, f"S{chance.randint(0, 400)}" if k in ("religious", "medical", "educational") and chance.random() < 0.3 else "")
        for k in dict.fromkeys(chance.choices(list(SITES), list(SITES.values()), k=count))
    )
    return _Event(
        identifier, day, 2 if chance.random() < 0.04 else 1, place, kind, perpetrator, rival, rival if armed else "civilians", sites,
        chance.choice(TYPES[kind][1] or ("",)), killed, injured, taken, tuple(chance.sample(range(20_000), 40)),
    )  # fmt: skip


def _siblings(event: _Event, world: _World, chance: random.Random) -> list[_Event]:
    """Events beside another: drawn anew but for what they share with it."""
    found = []
    luck = chance.random()
    if luck < 0.14:  # the next village on the same day, by the same party
        near = world.neighbour(event.place, chance)
        if near is not None:
            found.append(_with(_event("", event.day, near, world, chance), event, keep=True))
    elif luck < 0.21:  # the same place on the next day
        found.append(_with(_event("", event.day + timedelta(days=1), event.place, world, chance), event, keep=True))
    elif luck < 0.24:  # a second event in the same place on the same day
        found.append(_with(_event("", event.day, event.place, world, chance), event, keep=chance.random() < 0.5))
    return found


def _with(new: _Event, old: _Event, *, keep: bool) -> _Event:
    if not keep:
        return new
    return _Event(
        new.id, new.day, new.days, new.place, old.type, old.perpetrator, old.rival, old.target, new.sites, old.weapon, new.killed,
        new.injured, new.taken if old.taken else 0, new.words[:28] + old.words[28:],
    )  # fmt: skip


def _replaced(event: _Event, identifier: str, chance: random.Random) -> _Event:
    return _Event(identifier, *(getattr(event, name) for name in _Event.__slots__[1:]))


def _tell(event: _Event, today: Sequence[_Event], made: Register, world: _World, chance: random.Random, noise: Noise) -> None:
    """All reports of an event, with their copies."""
    interest = 1 + min(11, int(chance.paretovariate(1.2) - 1) + (event.killed >= 5) * chance.randint(0, 3))
    for _ in range(interest):
        lag = chance.choices((0, 1, 2, 3, 7), (0.55, 0.28, 0.1, 0.05, 0.02))[0]
        language = "ar" if chance.random() < 0.75 else "en"
        told = [(event, False)]
        others = [e for e in today if e.place.country == event.place.country and e.id != event.id]
        if others and chance.random() < 0.3:
            told.append((chance.choice(others), False))
        identifier = f"d{len(made.reports)}"
        published = event.day + timedelta(days=event.days - 1 + lag)
        texts: list[str] = []
        claims: list[tuple[dict[str, Any], str]] = []
        for other, _ in told:
            for claim in _claims(other, lag, language, identifier, published, texts, world, chance, noise):
                claims.append((claim, other.id))
        if chance.random() < 0.12:
            claims.append((_aggregate(event, language, identifier, published, texts, chance), ""))
        copies = chance.randint(1, 4) if chance.random() < 0.1 else 0
        text = "".join(texts)
        for copy in range(copies + 1):
            name = identifier if not copy else f"{identifier}c{copy}"
            group = f"g{identifier}" if copies and (not copy or chance.random() >= noise.unknown_copy) else None
            made.reports[name] = Report(name, published.isoformat(), f"outlet {chance.randint(1, 60)}", language, group, text)
            for claim, truth in claims:
                own = {**claim, "id": f"{name}.{claim['id']}", "document": name}
                made.claims.append(own)
                if truth:
                    made.truth[own["id"]] = truth


def _claims(
    event: _Event, lag: int, language: str, document: str, published: date, texts: list[str], world: _World, chance: random.Random,
    noise: Noise,
) -> list[dict[str, Any]]:  # fmt: skip
    """The claim of a report on an event, and sometimes a second one by another source or a denial."""
    first = _claim(event, lag, language, document, published, texts, world, chance, noise, chance.choice(SOURCES))
    found = [first]
    luck = chance.random()
    if luck < 0.1:  # the accused denies
        source = _source("belligerent", f"spokesman {event.perpetrator}", chance)
        found.append({**first, "status": "denied", "harm": [], "sources": [source], "perpetrators": [_party(event.perpetrator)]})
    elif luck < 0.16:  # a belligerent blames the rival or tells of other victims
        source = _source("belligerent", f"command {event.rival}", chance)
        first["perpetrators"] = [_party(event.perpetrator)]
        found.append({**first, "sources": [source], "perpetrators": [_party(event.rival)], "sites": [], "harm": []})
    elif luck < 0.26:  # another source, another toll
        second = _claim(event, lag + 1, language, document, published, texts, world, chance, noise, chance.choice(SOURCES))
        found.append({**second, "date": first["date"], "place": first["place"], "type": first["type"], "sites": first["sites"]})
    for claim in found[1:]:
        claim["trigger"] = [_words(texts, language, event, chance)]
    for claim in found:
        claim["id"] = f"{len(texts)}-{chance.randint(0, 10**9)}"
    return found


def _claim(
    event: _Event, lag: int, language: str, document: str, published: date, texts: list[str], world: _World, chance: random.Random,
    noise: Noise, source: str,
) -> dict[str, Any]:  # fmt: skip
    evidence = _words(texts, language, event, chance)
    kind = event.type
    luck = chance.random()
    if luck < noise.close_type:
        kind = CLOSE[kind]
    elif luck < noise.close_type + noise.other_type:
        kind = chance.choice(list(TYPES))
    perpetrators = []
    luck = chance.random()
    if luck >= noise.no_perpetrator:
        name = event.perpetrator
        if luck < noise.no_perpetrator + noise.unidentified:
            name = "unidentified"
        elif luck < noise.no_perpetrator + noise.unidentified + noise.rival:
            # Reports take allies for each other more often than foes.
            allies = sorted(allies_of(event.perpetrator) & set(THEATRES[event.place.country][1]))
            name = chance.choice(allies) if allies and chance.random() < 0.7 else event.rival
        perpetrators = [_party(name)]
    sites = []
    for site, name in event.sites:
        if chance.random() >= noise.missed_site:
            told = chance.choice(list(SITES)) if chance.random() < noise.other_site else site
            named = name if told == site and chance.random() < 0.5 and language == "en" else ""
            sites.append({"kind": told, "name": f"{named} site".strip(), "evidence": []})
    return {
        "id": "",
        "document": document,
        "scope": "event",
        "status": "asserted",
        "type": kind,
        "trigger": [evidence],
        "date": _date(event, published, chance, noise),
        "place": _place(event.place, language, world, chance, noise),
        "perpetrators": perpetrators,
        "targets": [_party(event.target)] if chance.random() < 0.75 else [],
        "sites": sites,
        "weapons": [{"kind": event.weapon, "evidence": []}] if event.weapon and chance.random() >= noise.no_weapon else [],
        "harm": _harm(event, lag, chance, noise),
        "sources": [_source(source, f"{source} source {chance.randint(1, 30)}", chance)],
    }


def _party(name: str) -> dict[str, Any]:
    return {"id": name, "name": name, "evidence": []}


def _source(kind: str, name: str, chance: random.Random) -> dict[str, Any]:
    return {"name": name, "kind": kind, "role": "origin", "evidence": []}


def _words(texts: list[str], language: str, event: _Event, chance: random.Random) -> dict[str, Any]:
    """A sentence of words of the event and of words that every report uses; evidence for its first word."""
    told = chance.sample(event.words, 9) + [20_000 + int(chance.paretovariate(0.5)) % 3000 for _ in range(16)]
    sentence = " ".join(_word(w, language) for w in told) + ". "
    start = sum(map(len, texts))
    texts.append(sentence)
    return {"start": start, "end": start + len(sentence) - 2, "text": sentence[:-2]}


def _word(number: int, language: str) -> str:
    """A made-up word, the same for the same number, of the letters of the language."""
    letters = "\u0628\u062a\u062c\u062d\u062f\u0631\u0633\u0639\u0641\u0642" if language == "ar" else "bdfgklmnrt"
    return "".join(letters[int(c)] for c in f"{number:05d}")


def _date(event: _Event, published: date, chance: random.Random, noise: Noise) -> dict[str, Any]:
    first, last = event.day, event.day + timedelta(days=event.days - 1)
    luck = chance.random()
    for share, told in (
        (noise.no_date, (None, None, "unknown")),
        (noise.wrong_day, (first + timedelta(days=1), first + timedelta(days=1), "day")),
        (noise.news, (None, published, "unknown")),
        (noise.days, (first - timedelta(days=1), last, "days")),
        (
            noise.wide,
            (first.replace(day=1), (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1), "month"),
        ),
    ):
        if luck < share:
            start, end, precision = told
            return {"start": start and start.isoformat(), "end": end and end.isoformat(), "precision": precision, "evidence": []}
        luck -= share
    return {"start": first.isoformat(), "end": last.isoformat(), "precision": "day" if first == last else "days", "evidence": []}


def _place(place: Entry, language: str, world: _World, chance: random.Random, noise: Noise) -> dict[str, Any]:
    if chance.random() < noise.no_place:
        country = chance.random() < 0.5
        return {
            "name": None, "class": "country" if country else None, "within": [], "country": place.country if country else None,
            "latitude": None, "longitude": None, "gazetteer": None, "precision": "country" if country else None, "bearing": None,
            "evidence": [],
        }  # fmt: skip
    if chance.random() < noise.wrong_place:
        place = world.neighbour(place, chance, 25.0) or place
    units = world.within(place)
    precision, bearing = "settlement" if place.kind != "neighbourhood" else "area", None
    if chance.random() < noise.unit and len(units) > 1:
        place, units, precision = units[0], units[1:], "admin"
    elif chance.random() < noise.bearing:
        bearing, precision = "south", "area"
    names = (place.name, *place.forms) if language == "ar" else (place.latin, *place.latins)
    names = tuple(n for n in names if len(n) > 3) or (place.label,)
    name = names[0] if chance.random() < 0.8 else chance.choice(names[:3])
    # What is not resolved has neither point nor id; gold claims often have a point alone.
    point = place.latitude is not None and chance.random() >= noise.no_point
    known = point and chance.random() >= noise.no_gazetteer
    return {
        "name": name, "class": place.kind, "within": [u.name or u.latin if language == "ar" else u.latin or u.name for u in units],
        "country": place.country, "latitude": place.latitude if point else None, "longitude": place.longitude if point else None,
        "gazetteer": place.id if known else None, "precision": precision, "bearing": bearing, "evidence": [],
    }  # fmt: skip


def _harm(event: _Event, lag: int, chance: random.Random, noise: Noise) -> list[dict[str, Any]]:
    """Tolls as far as they are known when the report is written; they rise over the days."""
    found: list[dict[str, Any]] = []
    if chance.random() < noise.no_toll:
        return found
    share = min(1.0, (0.65, 0.9, 1.0)[min(lag, 2)] + chance.uniform(-0.1, 0.1))
    status = "combatant" if event.target != "civilians" else chance.choice(("civilian", "civilian", "unknown"))
    for kind, number in (("killed", event.killed), ("injured", event.injured), ("abducted", event.taken)):
        if not number or chance.random() < noise.missed_toll:
            continue
        told = max(1, round(number * share))
        if chance.random() < noise.other_toll:
            told = max(1, told + chance.choice((-2, -1, 1, 2, 3)))
        most = None if chance.random() < noise.open_toll else told
        found.append({"kind": kind, "min": told, "max": most, "status": status, "group": None, "including": [], "evidence": []})
    return found


def _aggregate(
    event: _Event, language: str, document: str, published: date, texts: list[str], chance: random.Random
) -> dict[str, Any]:
    """A toll over the month, which tells of no one event."""
    number = chance.randint(10, 200)
    return {
        "id": f"a{len(texts)}", "document": document, "scope": "aggregate", "status": "asserted", "type": event.type,
        "trigger": [_words(texts, language, event, chance)],
        "date": {"start": published.replace(day=1).isoformat(), "end": published.isoformat(), "precision": "days", "evidence": []},
        "place": None, "perpetrators": [], "targets": [], "sites": [], "weapons": [],
        "harm": [{"kind": "killed", "min": number, "max": number, "status": "unknown", "group": None, "including": [], "evidence": []}],
        "sources": [],
    }  # fmt: skip
