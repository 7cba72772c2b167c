"""Records: documents with their claims as plain data for JSON, as ``docs/claims.md`` lays down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.model import Claim, Date, Document, Evidence, Harm, Including, Party, Place, Site, Source, Weapon

__all__ = ["claim_of", "document_record"]


def document_record(
    document: Document, claims: tuple[Claim, ...], *, explain: bool = False, error: str | None = None
) -> dict[str, Any]:
    """A document with its claims.

    Args:
        document: the report; its text is part of the record, since offsets mean nothing without it.
        claims: its claims, in order.
        explain: whether each claim gets ``why``, the rule or entry behind each of its values.
        error: why the reader failed, if it did; the key is there only then.
    """
    record: dict[str, Any] = {
        "id": document.id,
        "title": document.title,
        "published": document.published,
        "url": document.url,
        "publisher": document.publisher,
        "language": document.language,
        "warnings": list(document.warnings),
        "text": document.text,
        "claims": [claim.to_dict() | ({"why": dict(claim.why)} if explain else {}) for claim in claims],
    }
    return record if error is None else record | {"error": error}


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


def _evidence(told: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(e["start"], e["end"], e["text"]) for e in told)
