"""Claims from the records of the sample reports, so that views can be tried without reading."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from marsad.model import Claim, Date, Document, Evidence, Harm, Including, Party, Place, Site, Source, Weapon

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"


def sample(name: str) -> tuple[Document, tuple[Claim, ...]]:
    """Document and claims of one sample report."""
    record = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    document = Document(
        id=record["id"],
        text=record["text"],
        title=record["title"],
        published=record["published"],
        url=record["url"],
        publisher=record["publisher"],
        language=record["language"],
    )
    return document, tuple(claim_of(c) for c in record["claims"])


def claim_of(record: dict[str, Any]) -> Claim:
    """The claim of a public record."""
    date, place = record["date"], record["place"] or {}
    return Claim(
        id=record["id"],
        document=record["document"],
        type=record["type"],
        trigger=_evidence(record["trigger"]),
        scope=record["scope"],
        status=record["status"],
        date=Date(date["start"], date["end"], date["precision"], _evidence(date["evidence"])),
        place=Place(
            name=place.get("name"),
            kind=place.get("class"),
            within=tuple(place.get("within") or ()),
            country=place.get("country"),
            latitude=place.get("latitude"),
            longitude=place.get("longitude"),
            gazetteer=place.get("gazetteer"),
            precision=place.get("precision"),
            bearing=place.get("bearing"),
            evidence=_evidence(place.get("evidence")),
        ),
        perpetrators=tuple(Party(p["id"], p["name"], _evidence(p["evidence"])) for p in record["perpetrators"]),
        targets=tuple(Party(p["id"], p["name"], _evidence(p["evidence"])) for p in record["targets"]),
        sites=tuple(Site(s["kind"], s["name"], _evidence(s["evidence"])) for s in record["sites"]),
        weapons=tuple(Weapon(w["kind"], _evidence(w["evidence"])) for w in record["weapons"]),
        harm=tuple(_harm(h) for h in record["harm"]),
        sources=tuple(Source(s["name"], s["kind"], s["role"], _evidence(s["evidence"])) for s in record["sources"]),
    )


def _harm(record: dict[str, Any]) -> Harm:
    including = tuple(Including(i["who"], i["min"], i["max"]) for i in record["including"])
    evidence = _evidence(record["evidence"])
    return Harm(record["kind"], record["min"], record["max"], record["status"], record["group"], including, evidence)


def _evidence(items: Any) -> tuple[Evidence, ...]:
    """Evidence of a list of records, or of one record."""
    rows = [items] if isinstance(items, dict) else items or []
    return tuple(Evidence(e["start"], e["end"], e["text"]) for e in rows)
