"""Opposition: who fights whom in a report, and where each party is named.

Where a report tells that a town was taken, or fighters were hit, without telling whose they were, the side that it tells to be
fighting those who did it is meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from marsad.lexicon.table import read_table
from marsad.reading.parties import FIGHTING, PartyMention
from marsad.reading.partywords import party_words
from marsad.reading.report import Report

__all__ = ["ARMED", "Opposition", "allied", "backed", "key"]

ARMED = FIGHTING | {"unidentified"}
_BACKED, _LOYAL = frozenset({"backed", "defended"}), 2  # tokens between "loyal" or "backed" and to whom or by whom
_POLICE = "police"  # bare police whose building was taken are no side of a war
_NOBODY = frozenset({"", "unidentified", _POLICE})


def key(party: PartyMention) -> str:
    """By what a party is told from others: its id, or its name."""
    return party.id or party.name


@lru_cache(maxsize=1)
def _camps() -> dict[str, frozenset[str]]:
    """The camps of each party, by its id."""
    found: dict[str, set[str]] = {}
    for row in read_table("party_camps.tsv"):
        for party in row.list("parties"):
            found.setdefault(party, set()).add(row["camp"])
    return {party: frozenset(camps) for party, camps in found.items()}


@lru_cache(maxsize=1)
def _foes() -> dict[tuple[str, str], str]:
    """Whom a party strikes in a country, by both."""
    return {(row["party"], row["country"]): row["foe"] for row in read_table("party_foes.tsv")}


def allied(one: str, other: str) -> bool:
    """Whether two parties, by their keys, are different ones that fight on one side (``party_camps.tsv``)."""
    camps = _camps()
    return one != other and one in camps and other in camps and not camps[one].isdisjoint(camps[other])


def backed(report: Report, party: PartyMention) -> bool:
    """Whether a mention names a party as whom another one is loyal to, is backed by or defends."""
    return report.clauses.mark_before(party.first, _LOYAL, party.first - _LOYAL, _BACKED) is not None


class Opposition:
    """The armed parties of a report and their opponents.

    Args:
        report: the report.
    """

    def __init__(self, report: Report) -> None:
        self._lands = party_words(report.language).known
        self._named: dict[str, list[PartyMention]] = {}
        for party in report.parties:
            if party.kind in ARMED:
                self._named.setdefault(key(party), []).append(party)
        # Who is only named as those that another one is loyal to, backed by or defends, is on nobody's other side.
        self._sides = {name: sum(not backed(report, p) for p in mentions) for name, mentions in self._named.items()}
        self._firsts = {name: [p.first for p in mentions] for name, mentions in self._named.items()}
        self._against: dict[str, Counter[str]] = {}

    def learn(self, agents: Iterable[PartyMention], patients: Iterable[PartyMention]) -> None:
        """Take note of an event in which some parties fight others."""
        theirs = [key(p) for p in patients if p.kind in ARMED and p.id != _POLICE]
        for agent in agents:
            for other in theirs if agent.kind in ARMED else ():
                if allied(key(agent), other) or key(agent) == other:
                    continue
                self._against.setdefault(key(agent), Counter())[other] += 1
                self._against.setdefault(other, Counter())[key(agent)] += 1

    def enemies(
        self, agents: dict[str, PartyMention], index: int, told: bool = False, country: str | None = None
    ) -> list[PartyMention]:
        """The party that is told to fight some others, as named nearest to a token; empty where the report leaves it open.

        Another that is told to do so whenever it is, and never alone, comes with it.

        Args:
            agents: the others, by their key.
            index: the token.
            told: whether the report must tell of a fight between them.
            country: code of the country where they fight on the ground: its own forces do, if any of those is told.
        """
        counts: Counter[str] = Counter()
        for name in agents:
            counts.update(self._against.get(name, Counter()))
        for name in agents:
            counts.pop(name, None)
        if len(counts) > 1:
            counts.pop("unidentified", None)
        if not told and counts.keys() <= {"unidentified"}:
            counts = self._others(agents) or counts
        if not counts:
            return []
        best = max(counts, key=lambda n: (counts[n], n))
        same = [
            n
            for n in sorted(counts)
            if n != best and counts[n] == counts[best] and self._against.get(n) == self._against.get(best)
        ]
        names = self._at_home((best, *same), country)
        return [p for name in names if (p := self._nearest(name, index)) is not None]

    def _at_home(self, names: tuple[str, ...], country: str | None) -> tuple[str, ...]:
        """Of some parties those that are of a country or of none, if any is of it."""
        lands = {name: self._lands[name].country for name in names if name in self._lands and self._lands[name].country}
        if country is None or country not in lands.values():
            return names
        return tuple(name for name in names if lands.get(name, country) == country)

    def at_war(self, names: Iterable[str]) -> bool:
        """Whether any of some parties fight each other in this report."""
        known = set(names)
        return any(not known.isdisjoint(self._against.get(name, ())) for name in known)

    @staticmethod
    def strikes(name: str, country: str | None) -> bool:
        """Whether a party, by its key, is one that strikes a country from abroad (``party_foes.tsv``)."""
        return (name, country or "") in _foes()

    def struck(self, agents: Iterable[str], country: str | None, index: int) -> PartyMention | None:
        """The force of a country that others strike from abroad (``party_foes.tsv``), as named nearest to a token, or None.

        Args:
            agents: those who strike, by their key.
            country: code of the country.
            index: the token.
        """
        foes = {_foes().get((name, country or "")) for name in agents}
        foe = foes.pop() if len(foes) == 1 else None
        return self._nearest(foe, index) if foe is not None else None

    def _nearest(self, name: str, index: int) -> PartyMention | None:
        named = self._named.get(name, [])
        at = bisect_left(self._firsts.get(name, []), index)
        return min(named[max(0, at - 1) : at + 1], key=lambda p: abs(p.first - index), default=None)

    def _others(self, agents: dict[str, PartyMention]) -> Counter[str]:
        """A party that the report names more often than all others together, but for those that fight the same enemy."""
        group = any(p.kind == "armed_group" for p in agents.values())
        nameless = all(p.id == "unidentified" for p in agents.values())  # whom states fight
        enemies = {other for name in agents for other in self._against.get(name, ())}
        counts: Counter[str] = Counter()
        for name, mentions in self._named.items():
            if name in agents or (mentions[0].id or "") in _NOBODY or enemies & set(self._against.get(name, ())):
                continue
            if any(allied(name, agent) for agent in agents):
                continue
            if nameless and mentions[0].kind == "armed_group":
                continue
            if self._sides[name] and (group or mentions[0].kind == "armed_group"):
                counts[name] = self._sides[name]
        total = sum(counts.values())
        return Counter({n: c for n, c in counts.items() if c * 2 >= total})
