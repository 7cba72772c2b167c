"""Values: what a claim says, one line a slot, worded for people; every view shows these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from marsad.model import Claim, Date, Evidence, Harm, Place

__all__ = ["KINDS", "Value", "count", "heading", "values"]

# The kinds of slots in the order in which they are shown.
KINDS = ("type", "date", "place", "perpetrators", "targets", "sites", "weapons", "harm", "sources")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a claim.

    Attributes:
        slot: name as in ``Claim.why``: "type", "date", "harm.1" ...
        kind: the slot without its number, one of ``KINDS``; "status" and "scope" count as "type".
        text: the value in words, Latin letters only where the record has no others.
        words: how the report says it, on one line; empty where it says nothing.
        evidence: the words of the report.
        why: the rule or entry that made the value, or the empty string.
    """

    slot: str
    kind: str
    text: str
    words: str
    evidence: tuple[Evidence, ...]
    why: str


def values(claim: Claim) -> tuple[Value, ...]:
    """All values of a claim that are known, the type first and the others in the order of ``KINDS``."""
    return tuple(_values(claim))


def heading(claim: Claim) -> str:
    """Type, and status and scope where they are not the usual ones: "armed clash, denied"."""
    parts = [_plain(claim.type)]
    if claim.status != "asserted":
        parts.append(claim.status)
    if claim.scope != "event":
        parts.append(claim.scope)
    return ", ".join(parts)


def count(least: int | None, most: int | None) -> str:
    """A number with bounds: "7", "at least 20", "10 to 15", "at most 4"; the empty string if nothing is known."""
    if least is None and most is None:
        return ""
    if least is None:
        return f"at most {most:,}"
    if most is None:
        return f"at least {least:,}"
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _values(claim: Claim) -> Iterator[Value]:
    why = claim.why
    yield Value("type", "type", _plain(claim.type), _words(claim.trigger), claim.trigger, why.get("type", ""))
    if claim.status != "asserted" or "status" in why:
        yield Value("status", "type", claim.status, "", (), why.get("status", ""))
    if claim.scope != "event" or "scope" in why:
        yield Value("scope", "type", claim.scope, "", (), why.get("scope", ""))
    date = claim.date
    if date.start or date.end or date.evidence:
        yield Value("date", "date", _date(date), _words(date.evidence), date.evidence, why.get("date", ""))
    place = claim.place
    if place != Place():
        yield Value("place", "place", _place(place), _place_name(place), place.evidence, why.get("place", ""))
    for kind, parties in (("perpetrators", claim.perpetrators), ("targets", claim.targets)):
        for number, party in enumerate(parties):
            slot = f"{kind}.{number}"
            yield Value(slot, kind, party.id or "not listed", _line(party.name), party.evidence, why.get(slot, ""))
    for number, site in enumerate(claim.sites):
        slot = f"sites.{number}"
        yield Value(slot, "sites", _plain(site.kind), _line(site.name), site.evidence, why.get(slot, ""))
    for number, weapon in enumerate(claim.weapons):
        slot = f"weapons.{number}"
        yield Value(slot, "weapons", _plain(weapon.kind), _words(weapon.evidence), weapon.evidence, why.get(slot, ""))
    for number, harm in enumerate(claim.harm):
        slot = f"harm.{number}"
        yield Value(slot, "harm", _harm(harm), _words(harm.evidence), harm.evidence, why.get(slot, ""))
    for number, source in enumerate(claim.sources):
        slot = f"sources.{number}"
        text = f"{_plain(source.kind)} ({source.role})"
        yield Value(slot, "sources", text, _line(source.name), source.evidence, why.get(slot, ""))


def _plain(slug: str) -> str:
    return slug.replace("_", " ")


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(evidence: tuple[Evidence, ...]) -> str:
    return " … ".join(_line(e.text) for e in evidence)


def _date(date: Date) -> str:
    if date.start is None and date.end is None:
        return "unknown day"
    if date.start is None:
        return f"by {date.end}"
    if date.end is None:
        return f"since {date.start}"
    days = date.start if date.start == date.end else f"{date.start} to {date.end}"
    return days if date.precision == "day" else f"{days} ({date.precision})"


def _place(place: Place) -> str:
    parts = [place.kind or "", place.country or ""]
    if place.latitude is not None and place.longitude is not None:
        parts.append(f"{place.latitude:.4f} {place.longitude:.4f}")
    text = ", ".join(p for p in parts if p) or "not resolved"
    return f"{text} ({place.precision})" if place.precision and place.precision != "settlement" else text


def _place_name(place: Place) -> str:
    """Bearing and name as written, then what contains it."""
    name = " ".join(p for p in (place.bearing, place.name) if p)
    return _line("، ".join(p for p in (name, *place.within) if p))


def _harm(harm: Harm) -> str:
    who = [f"{_plain(i.who)} {count(i.min, i.max)}".strip() for i in harm.including]
    number = count(harm.min, harm.max)
    parts = [f"{number} {harm.kind}" if number else f"{harm.kind}, number unknown"]
    if harm.status != "unknown":
        parts.append(harm.status)
    if harm.group:
        parts.append(harm.group)
    return ", ".join(parts) + (f" ({', '.join(who)})" if who else "")
