"""Canonical JSON: one text for one value, so that the same value always has the same hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

__all__ = ["canonical", "digest", "now", "row_digest"]


def canonical(value: Any) -> str:
    """A value as JSON with sorted keys and without spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON in UTF-8, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def row_digest(row: Mapping[str, Any]) -> str:
    """The hash of a row of a table: of all its columns by name."""
    return digest(dict(row))


def now() -> str:
    """The time as ISO 8601 in UTC with microseconds; texts of it sort by time."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
