"""The reader: one document in, its claims out. Pure and deterministic; no I/O."""

from __future__ import annotations

from marsad.model import Claim, Document

__all__ = ["read"]


def read(document: Document) -> list[Claim]:
    """All claims of a document, in the order of their triggers."""
    return []
