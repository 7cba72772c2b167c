"""Gold: files of documents with claims, and the part of them that is kept unseen."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.model import Document

__all__ = ["PARTS", "document_of", "held_out", "load_documents", "load_predictions", "part"]

PARTS = ("all", "development", "held-out")


def held_out(identifier: str) -> bool:
    """Whether a document belongs to the third that is scored only to check, never to develop on."""
    return int(hashlib.sha256(identifier.encode("utf-8")).hexdigest(), 16) % 3 == 0


def part(documents: Iterable[dict[str, Any]], only: str) -> list[dict[str, Any]]:
    """The documents of a part: ``all``, ``development`` or ``held-out``."""
    if only not in PARTS:
        raise InputError(f"there is no part {only!r} of the gold documents; choose one of: {', '.join(PARTS)}")
    return [d for d in documents if only == "all" or held_out(d["id"]) == (only == "held-out")]


def load_documents(path: Path) -> list[dict[str, Any]]:
    """Gold documents of a folder of JSON files (sorted by name), a JSON file or a JSON Lines file.

    Raises:
        InputError: names file, line and reason.
    """
    documents: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    for row, where in _rows(path):
        document = _checked(row, where, ("id", "text"))
        if document["id"] in seen:
            raise InputError(f"{where}: document {document['id']} stands in {seen[document['id']]} already")
        seen[document["id"]] = where
        documents.append(document)
    return documents


def load_predictions(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Predicted claims by document: a file or folder of claims, or of documents that hold claims."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row, where in _rows(path):
        if "claims" in row:
            found[_checked(row, where, ("id",))["id"]].extend(row["claims"] or [])
        else:
            found[_checked(row, where, ("document",))["document"]].append(row)
    return dict(found)


def document_of(record: dict[str, Any]) -> Document:
    """The document of a gold record, exactly as it stands (offsets refer to it), without its claims."""
    return Document(
        id=record["id"],
        text=record["text"],
        title=record.get("title") or "",
        published=record.get("published"),
        url=record.get("url"),
        publisher=record.get("publisher"),
        language=record.get("language"),
    )


def _rows(path: Path) -> list[tuple[dict[str, Any], str]]:
    """Records with the file (and line) that each stands in."""
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if path.is_dir():
        files = sorted(path.glob("*.json"))
        if not files:
            raise InputError(f"{path}: no .json file in this folder")
        return [row for file in files for row in _parsed(_text(file), str(file))]
    if path.suffix == ".json":
        return _parsed(_text(path), str(path))
    lines = _text(path).split("\n")
    return [row for number, line in enumerate(lines, 1) if line.strip() for row in _parsed(line, f"{path}:{number}")]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start})") from error


def _parsed(text: str, where: str) -> list[tuple[dict[str, Any], str]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON: {error}") from error
    values = value if isinstance(value, list) else [value]
    for item in values:
        if not isinstance(item, dict):
            raise InputError(f"{where}: a JSON object is expected, not {type(item).__name__}")
    return [(item, where) for item in values]


def _checked(row: dict[str, Any], where: str, keys: tuple[str, ...]) -> dict[str, Any]:
    for key in keys:
        if not isinstance(row.get(key), str):
            raise InputError(f'{where}: the record has no "{key}"')
    return row
