"""Records: reports as JSON objects, alone, in a list or one a line, as ``marsad read`` takes them and writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from marsad.errors import InputError
from marsad.intake.fragments import report_of_text
from marsad.intake.making import capture_of
from marsad.intake.results import Item, Origin, Refusal, Refused, Settings
from marsad.lexicon.reasons import refusal, why_of

__all__ = ["items_of_json_lines", "items_of_records", "loaded"]


def loaded(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        Refused: no JSON, or nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise Refused(refusal("intake:json.deep")) from error
    except ValueError as error:
        raise Refused(refusal("intake:json", said=error)) from error


def items_of_records(value: Any, origin: Origin, settings: Settings) -> Iterator[Item]:
    """The reports of a JSON value: an object with ``text``, or a list of such.

    Raises:
        Refused: neither.
    """
    if isinstance(value, dict) and isinstance(value.get("documents"), list):
        value = value["documents"]
    if isinstance(value, dict):
        yield from _one(value, origin, "", settings)
        return
    if not isinstance(value, list):
        raise Refused(refusal("intake:json.records"))
    if not value:
        raise Refused(refusal("intake:empty.records"))
    for number, item in enumerate(value, 1):
        yield from _one(item, origin, str(number), settings)


def items_of_json_lines(stream: BinaryIO, origin: Origin, settings: Settings) -> Iterator[Item]:
    """The reports of JSON Lines, read line by line."""
    most = settings.limits.record
    empty = True
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if len(line) > most and not line.endswith(b"\n"):
            while len(line) > most and not line.endswith(b"\n"):
                line = stream.readline(most + 1)
            yield Refusal(f"{origin.where}:{number}", refusal("intake:line.large", most=f"{most // 1_000_000:,}"))
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        empty = False
        if number > settings.limits.records:
            yield Refusal(origin.where, refusal("intake:lines.many", most=f"{settings.limits.records:,}"))
            return
        try:
            value = loaded(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            yield Refusal(f"{origin.where}:{number}", refusal("intake:line.utf8", byte=error.start))
        except Refused as error:
            yield Refusal(f"{origin.where}:{number}", why_of(error))
        else:
            yield from _one(value, origin, str(number), settings)
    if empty:
        raise Refused(refusal("intake:empty.records"))


def _one(value: Any, origin: Origin, place: str, settings: Settings) -> Iterator[Item]:
    where = f"{origin.where}:{place}" if place else origin.where
    if not isinstance(value, dict):
        yield Refusal(where, refusal("intake:json.record"))
        return
    try:
        yield _capture(value, origin, place, settings)
    except InputError as error:
        yield Refusal(where, why_of(error), getattr(error, "minor", False))


def _capture(record: Mapping[str, Any], origin: Origin, place: str, settings: Settings) -> Item:
    text = record.get("text")
    if not isinstance(text, str):
        raise Refused(refusal("intake:json.no_text") if text is None else refusal("intake:json.string", name="text"))
    said = {name: _string(record, name) for name in ("title", "url", "published", "publisher", "author", "archived")}
    identifier = record.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | None):
        raise Refused(refusal("intake:json.string", name="id"))
    address = said["url"] or ""
    known = address.startswith(("http://", "https://"))
    key = None if known else "" if identifier is None else str(identifier)
    part = replace(
        origin,
        address=address if known else origin.address,
        method="record",
        # A record is told by its address, else by its id, else by its place.
        key=None if known else key or place or None,
        detail={**origin.detail, "file": origin.address, **({"line": place} if place else {})},
    )
    found = report_of_text(text)
    raw = json.dumps(dict(record), ensure_ascii=False, sort_keys=True).encode("utf-8", "backslashreplace")
    found = replace(
        found,
        title=said["title"] or found.title,
        published=said["published"] or found.published,
        published_from="metadata" if said["published"] else found.published_from,
        publisher=said["publisher"] or found.publisher,
        author=said["author"] or found.author,
        archived=said["archived"],
    )
    return capture_of(raw, "application/json", part, found, settings)


def _string(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(refusal("intake:json.string", name=name))
    return value or None
