"""The records: document, claim and what a claim is made of.

Offsets are code points into ``Document.text``, half open, and ``text[start:end] == evidence.text`` always holds.
The public data format is ``Claim.to_dict``; its meaning is written down in ``docs/claims.md`` and its shape in
``docs/claim.schema.json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "Claim",
    "Date",
    "Document",
    "Evidence",
    "Harm",
    "Including",
    "Party",
    "Place",
    "Site",
    "Source",
    "Weapon",
    "claim_of",
]


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Words of a document: half-open code point offsets and the words themselves."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Evidence:
        """Evidence for ``text[start:end]``."""
        return cls(start, end, text[start:end])

    def to_dict(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Document:
    """One news report as published.

    Attributes:
        id: identifier, unique among the documents read together.
        text: the body; all offsets refer to it.
        title: headline, or the empty string.
        published: ISO day of publication, or None if unknown.
        url, publisher, language: as known; language is an ISO 639-1 code.
        warnings: what was odd about the input, in words.
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Date:
    """An interval of ISO days, both inclusive, with the precision that the text gives."""

    start: str | None = None
    end: str | None = None
    precision: str = "unknown"
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "precision": self.precision, "evidence": _list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened: the most specific named place, and what it resolves to."""

    name: str | None = None
    kind: str | None = None
    within: tuple[str, ...] = ()
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    gazetteer: str | None = None
    precision: str | None = None
    bearing: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "class": self.kind,
            "within": list(self.within),
            "country": self.country,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "gazetteer": self.gazetteer,
            "precision": self.precision,
            "bearing": self.bearing,
            "evidence": _list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Party:
    """A party: id of the party list, or None for a party that is named but not listed."""

    id: str | None
    name: str
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "evidence": _list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Site:
    """What kind of place or object was hit."""

    kind: str
    name: str
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.name, "evidence": _list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon that the text tells of."""

    kind: str
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "evidence": _list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Including:
    """A part of a toll, never added to it."""

    who: str
    min: int | None = None
    max: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"who": self.who, "min": self.min, "max": self.max}


@dataclass(frozen=True, slots=True)
class Harm:
    """What was done to people: a kind, a number with bounds (None: open or unknown), and whose people they were."""

    kind: str
    min: int | None = None
    max: int | None = None
    status: str = "unknown"
    group: str | None = None
    including: tuple[Including, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "min": self.min,
            "max": self.max,
            "status": self.status,
            "group": self.group,
            "including": _list(self.including),
            "evidence": _list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: ``role`` is ``origin`` (makes the statement) or ``carrier`` (passes it on)."""

    name: str
    kind: str
    role: str
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind, "role": self.role, "evidence": _list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Claim:
    """One event as one source tells it in one document.

    ``why`` maps a slot ("place", "harm.0" ...) to the rule or entry that made its value; it explains, and is no part
    of the public record.
    """

    id: str
    document: str
    type: str
    trigger: tuple[Evidence, ...]
    scope: str = "event"
    status: str = "asserted"
    date: Date = Date()
    place: Place = Place()
    perpetrators: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    sites: tuple[Site, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    harm: tuple[Harm, ...] = ()
    sources: tuple[Source, ...] = ()
    why: dict[str, str] = field(default_factory=dict, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The claim as the public JSON record."""
        return {
            "id": self.id,
            "document": self.document,
            "scope": self.scope,
            "status": self.status,
            "type": self.type,
            "trigger": _list(self.trigger),
            "date": self.date.to_dict(),
            "place": self.place.to_dict(),
            "perpetrators": _list(self.perpetrators),
            "targets": _list(self.targets),
            "sites": _list(self.sites),
            "weapons": _list(self.weapons),
            "harm": _list(self.harm),
            "sources": _list(self.sources),
        }


def _list(items: Any) -> list[dict[str, Any]]:
    return [item.to_dict() for item in items]


def claim_of(record: Mapping[str, Any]) -> Claim:
    """The claim of a public record, which is whole: ``claim_of(claim.to_dict())`` is the claim, without its reasons."""
    date, place = record["date"], record["place"]
    return Claim(
        record["id"],
        record["document"],
        record["type"],
        _evidence(record["trigger"]),
        record["scope"],
        record["status"],
        Date(date["start"], date["end"], date["precision"], _evidence(date["evidence"])),
        Place(
            place["name"], place["class"], tuple(place["within"]), place["country"], place["latitude"], place["longitude"],
            place["gazetteer"], place["precision"], place["bearing"], _evidence(place["evidence"]),
        ),
        tuple(Party(p["id"], p["name"], _evidence(p["evidence"])) for p in record["perpetrators"]),
        tuple(Party(p["id"], p["name"], _evidence(p["evidence"])) for p in record["targets"]),
        tuple(Site(s["kind"], s["name"], _evidence(s["evidence"])) for s in record["sites"]),
        tuple(Weapon(w["kind"], _evidence(w["evidence"])) for w in record["weapons"]),
        tuple(_harm(h) for h in record["harm"]),
        tuple(Source(s["name"], s["kind"], s["role"], _evidence(s["evidence"])) for s in record["sources"]),
    )  # fmt: skip


def _harm(record: Mapping[str, Any]) -> Harm:
    including = tuple(Including(i["who"], i["min"], i["max"]) for i in record["including"])
    return Harm(
        record["kind"], record["min"], record["max"], record["status"], record["group"], including, _evidence(record["evidence"])
    )  # fmt: skip


def _evidence(told: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(e["start"], e["end"], e["text"]) for e in told)
