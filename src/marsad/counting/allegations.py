"""Allegations: who is said to have done it, by whom; who admits it and who denies it. All stay alleged; nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marsad.counting.dossier import Told, origins_of
from marsad.counting.figures import CLASHES
from marsad.counting.speakers import parties_of, same_camp, speaks_for
from marsad.record import record

__all__ = ["Allegation", "Denial", "allegations", "competing", "denials"]

_MUTUAL = CLASHES | {"agreement"}


@record(frozen=True, slots=True)
class Allegation:
    """A party that claims name as the one who did it.

    Attributes:
        party: id of the party list, or None for a party that is named and not listed; name: as one of the reports writes it.
        by: names of the origins that say so, the party itself left out; claims: ids of the claims that say so.
        admitted: ids of the claims in which the party itself says so.
        count, at_least: independent origins, without the party itself.
    """

    party: str | None
    name: str
    by: tuple[str, ...]
    claims: tuple[str, ...]
    admitted: tuple[str, ...]
    count: int
    at_least: bool

    def to_dict(self) -> dict[str, Any]:
        """The allegation as data for JSON."""
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


@record(frozen=True, slots=True)
class Denial:
    """A claim that says that it did not happen, or not by them, or that nobody was killed.

    Attributes:
        claim: its id. by: names of the origins that deny.
        parties: ids of parties for which they speak, as far as can be told; empty where a party does not speak itself.
        perpetrators: ids or names of the parties that are said not to have done it.
    """

    claim: str
    by: tuple[str, ...]
    parties: tuple[str, ...]
    perpetrators: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The denial as data for JSON."""
        return {name: list(v) if isinstance(v := getattr(self, name), tuple) else v for name in self.__slots__}


def allegations(claims: Iterable[Told]) -> tuple[Allegation, ...]:
    """Who is said to have done it, those first whom most origins name; from claims that are asserted."""
    named: dict[str, tuple[str | None, str, list[Told], list[Told]]] = {}
    for t in claims:
        if t.claim.status != "asserted" or t.claim.scope != "event":
            continue
        for party in t.claim.perpetrators:
            key = party.id or f"name:{party.name}"
            entry = named.setdefault(key, (party.id, party.name, [], []))
            if t not in entry[2]:
                entry[2].append(t)
                # One that speaks for itself and quotes nobody else admits; with others beside it the claim is also theirs.
                if any(speaks_for(s, party) for s in t.chain.origins):
                    entry[3].append(t)
    made = []
    for identifier, name, given, admitted in named.values():
        others = [t for t in given if t not in admitted or len(t.chain.voices) > 1]
        found = origins_of(others)
        own = {t.id for t in admitted}
        by = tuple(
            dict.fromkeys(
                g.name for g in found.groups
                if g.name and not (set(g.claims) <= own and identifier in parties_of(g.name))
            )
        )  # fmt: skip
        made.append(
            Allegation(
                identifier, name, by, tuple(t.id for t in given), tuple(t.id for t in admitted), found.count if others else 0,
                found.at_least if others else False,
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda a: (-a.count, -len(a.claims), a.party or "", a.name)))


def competing(claims: Iterable[Told]) -> tuple[tuple[str, ...], ...]:
    """Pairs of parties of which one claim names the one and another the other, and which are of no common camp.

    Sides of a clash, either of which may be told as the one who did it, are not competing, nor are attackers without a name.
    """
    told = []
    for t in claims:
        if t.claim.status != "asserted" or t.claim.scope != "event" or t.claim.type in _MUTUAL:
            continue
        ids = {p.id for p in t.claim.perpetrators if p.id is not None} - {"unidentified"}
        if ids:
            told.append(ids)
    pairs = {
        (min(one), min(other)) if min(one) < min(other) else (min(other), min(one))
        for number, one in enumerate(told)
        for other in told[number + 1 :]
        if not same_camp(one, other)
    }
    return tuple(sorted(pairs))


def denials(claims: Iterable[Told]) -> tuple[Denial, ...]:
    """Claims that deny, by day of publication."""
    made = []
    for t in claims:
        if t.claim.status != "denied":
            continue
        by = tuple(dict.fromkeys(v.name for v in t.chain.voices if v.name))
        parties = sorted({p for v in t.chain.voices if v.kind == "belligerent" for p in parties_of(v.name)})
        made.append(Denial(t.id, by, tuple(parties), tuple(p.id or p.name for p in t.claim.perpetrators)))
    return tuple(made)
