"""Gold: files of documents with claims, and the part of them that is kept unseen."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.evaluation.slots import Record, spans
from marsad.model import Document

__all__ = ["PARTS", "document_of", "held_out", "load_documents", "load_predictions", "part"]

PARTS = ("all", "development", "held-out")
_OBJECTS = ("date", "place")
_LISTS = ("perpetrators", "targets", "sites", "weapons", "harm", "sources")


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
        _claims(document, where)
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
            found[_checked(row, where, ("id",))["id"]].extend(_claims(row, where))
        else:
            _check_claim(_checked(row, where, ("document",)), where)
            found[row["document"]].append(row)
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


def _claims(row: dict[str, Any], where: str) -> list[dict[str, Any]]:
    """The claims of a document, each of a shape that can be scored."""
    claims = row.get("claims")
    if claims is None:
        return []
    if not isinstance(claims, list):
        raise InputError(f'{where}: "claims" must be a list')
    for number, claim in enumerate(claims, 1):
        _check_claim(claim, f"{where}: claim {number}")
    return claims


def _check_claim(claim: Any, where: str) -> None:
    """Refuse what cannot be compared; values outside the vocabularies are compared and count as wrong."""
    if not isinstance(claim, dict):
        raise InputError(f"{where}: a JSON object is expected, not {type(claim).__name__}")
    for key in _OBJECTS:
        if not isinstance(claim.get(key), dict | None):
            raise InputError(f'{where}: "{key}" must be an object or null')
    for key in _LISTS:
        items = claim.get(key)
        if items is not None and not (isinstance(items, list) and all(isinstance(item, dict) for item in items)):
            raise InputError(f'{where}: "{key}" must be a list of objects')
    _check_words(claim, where)
    if not all(_is_span(span) for span in spans(claim.get("trigger"))):
        raise InputError(f'{where}: "trigger" must be a list of spans with "start" and "end" as whole numbers')


def _check_words(claim: Record, where: str) -> None:
    """Names and codes are strings, numbers of people whole; anything else cannot be a member of a set."""
    date, place = claim.get("date") or {}, claim.get("place") or {}
    words = [claim.get("type"), claim.get("status"), claim.get("scope"), date.get("start"), date.get("end")]
    within = place.get("within") or []
    if not isinstance(within, list):
        raise InputError(f'{where}: "within" must be a list of names')
    words += [place.get("name"), place.get("country"), *within]
    for key in _LISTS:
        words += [item.get(name) for item in claim.get(key) or [] for name in ("id", "name", "kind", "role", "status")]
    for word in words:
        if not isinstance(word, str | None):
            raise InputError(f"{where}: a string is expected where {json.dumps(word, ensure_ascii=False)} stands")
    for harm in claim.get("harm") or []:
        for bound in (harm.get("min"), harm.get("max")):
            if not isinstance(bound, int | None):
                raise InputError(f'{where}: "min" and "max" of harm must be whole numbers or null')


def _is_span(span: Any) -> bool:
    return isinstance(span, dict) and isinstance(span.get("start"), int) and isinstance(span.get("end"), int)
