"""Telegram's JSON export: the messages of a chat, or of all chats, each a document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from marsad.errors import InputError
from marsad.intake.making import capture_of
from marsad.intake.results import Extracted, Item, Origin, Refusal, Refused, Settings, named_version
from marsad.lexicon.reasons import refusal, why_of

__all__ = ["is_telegram", "items_of_telegram"]

# Kinds of chats whose messages have an address of their own for all who are in them.
_ADDRESSED = frozenset(["public_channel", "private_channel", "public_supergroup", "private_supergroup"])
_MOST_CHATS = 10_000


def is_telegram(value: Any) -> bool:
    """Whether a JSON value is an export of a chat or of an account."""
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("messages"), list) and ("type" in value or "id" in value):
        return True
    return isinstance(value.get("chats"), dict) and isinstance(value["chats"].get("list"), list)


def items_of_telegram(value: Any, origin: Origin, settings: Settings) -> Iterator[Item]:
    """The messages with text of an export.

    Args:
        value: as told by :func:`is_telegram`.
        origin: of the export.
        settings: what the user said.
    """
    chats = value["chats"]["list"][:_MOST_CHATS] if "chats" in value else [value]
    for chat in chats:
        if not isinstance(chat, dict) or not isinstance(chat.get("messages"), list):
            yield Refusal(origin.where, refusal("intake:chat.empty"), minor=True)
            continue
        for message in chat["messages"]:
            if not isinstance(message, dict) or message.get("type", "message") != "message":
                continue
            where = f"{origin.where}#{chat.get('id')}/{message.get('id')}"
            try:
                yield _capture(chat, message, origin, settings)
            except InputError as error:
                yield Refusal(where, why_of(error), getattr(error, "minor", False))


def _capture(chat: dict[str, Any], message: dict[str, Any], origin: Origin, settings: Settings) -> Item:
    text = _text(message.get("text"))
    if not text.strip():
        raise Refused(refusal("intake:message.empty"), minor=True)
    if not any(c.isalpha() for c in text):
        raise Refused(refusal("intake:message.letters"), minor=True)
    number, channel = message.get("id"), chat.get("id")
    name = chat.get("name") if isinstance(chat.get("name"), str) else None
    sender = message.get("from") if isinstance(message.get("from"), str) else None
    detail = {**origin.detail, "file": origin.address, "chat": str(channel), "chat_type": str(chat.get("type"))}
    if isinstance(message.get("forwarded_from"), str):
        detail["forwarded_from"] = message["forwarded_from"]
    if message.get("edited"):
        detail["edited"] = str(message["edited"])
    when = message.get("date")
    found = Extracted(
        text=text.strip("\n"),
        extractor=named_version("marsad"),
        published=when if isinstance(when, str) else None,
        published_from="metadata" if isinstance(when, str) else None,
        publisher=name or sender,
        author=sender if sender != name else None,
        canonical=_address(chat, number),
        warnings=(refusal("intake:warning.forwarded", name=detail["forwarded_from"]),) if "forwarded_from" in detail else (),
    )
    # An address of its own makes a message the same document in every export; else the chat and the number do.
    key = None if found.canonical else f"{channel}/{number}"
    part = replace(origin, method="telegram", key=key, detail=detail)
    raw = json.dumps(message, ensure_ascii=False, sort_keys=True).encode("utf-8", "backslashreplace")
    return capture_of(raw, "application/json", part, found, settings)


def _address(chat: dict[str, Any], number: Any) -> str | None:
    identifier = chat.get("id")
    if chat.get("type") not in _ADDRESSED or not isinstance(identifier, int) or not isinstance(number, int):
        return None
    return f"https://t.me/c/{identifier}/{number}"


def _text(value: Any) -> str:
    """The text of a message: a string, or a list of strings and of objects with a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(
            part if isinstance(part, str) else str(part.get("text", "")) for part in value if isinstance(part, str | dict)
        )
    return ""
