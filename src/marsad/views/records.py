"""Records: documents with their claims as plain data for JSON, as ``docs/claims.md`` lays down."""

from __future__ import annotations

from typing import Any

from marsad.model import Claim, Document, claim_of

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
