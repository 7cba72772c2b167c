"""Mails (EML) and pages saved as one file (MHTML), which have the same form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from marsad.intake.decoding import page_text
from marsad.intake.fragments import text_of_fragment
from marsad.intake.page import reports_of_page
from marsad.intake.results import Extracted, Limits, Refused, named_version
from marsad.lexicon.reasons import refusal

__all__ = ["Attachment", "attachments_of_mail", "is_saved_page", "message_of", "report_of_mail", "reports_of_mhtml"]

_MOST_PARTS = 500
_LEAST_LETTERS = 10
# The signature, and what an answer quotes, are no part of a mail's text.
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail."""

    name: str
    media_type: str
    data: bytes


def message_of(data: bytes) -> EmailMessage:
    """A message as a tree of parts.

    Raises:
        Refused: it has no headers, or too many parts.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = sum(1 for _ in message.walk())
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise Refused(refusal("intake:mail.damaged", said=error)) from error
    if not message.keys():
        raise Refused(refusal("intake:mail.none"))
    if parts > _MOST_PARTS:
        raise Refused(refusal("intake:mail.large", most=_MOST_PARTS))
    return message


def is_saved_page(message: EmailMessage) -> bool:
    """Whether a message is a page that a browser saved."""
    return message.get_content_type() == "multipart/related" and (
        "Snapshot-Content-Location" in message or "saved" in _header(message, "From").lower() or "From" not in message
    )


def report_of_mail(message: EmailMessage, limits: Limits) -> Extracted:
    """The text of a mail: its plain part, or its HTML part where there is no other.

    Raises:
        Refused: it has neither.
    """
    subject = _header(message, "Subject")
    text = ""
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        if part is None:
            continue
        content = _text(cast("EmailMessage", part))
        if kind == "html":
            content = text_of_fragment(content, subject, limits)
        text = _unquoted(content)
        if sum(c.isalpha() for c in text) >= _LEAST_LETTERS:
            break
    if not text.strip():
        raise Refused(refusal("intake:mail.empty"))
    name, address = parseaddr(_header(message, "From"))
    day = _day(message)
    return Extracted(
        text.strip("\n"),
        named_version("marsad"),
        subject,
        day,
        "metadata" if day else None,
        publisher=name or address or None,
        key=_header(message, "Message-ID").strip("<> ") or None,
    )


def attachments_of_mail(message: EmailMessage, most: int) -> Iterator[Attachment]:
    """The files in a mail that are no part of its text and no larger than ``most`` bytes."""
    for part in message.iter_attachments():
        name = part.get_filename()
        data = part.get_payload(decode=True)
        if name and isinstance(data, bytes) and len(data) <= most:
            yield Attachment(name.replace("\\", "/").rpartition("/")[2], part.get_content_type(), data)


def reports_of_mhtml(message: EmailMessage, limits: Limits) -> tuple[str, list[Extracted]]:
    """The address of a saved page, and the reports in it.

    Raises:
        Refused: there is no page in it, or no report in the page.
    """
    root = next((p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if root is None:
        raise Refused(refusal("intake:mail.page"))
    address = _header(message, "Snapshot-Content-Location") or _header(root, "Content-Location")
    address = address if address.startswith(("http://", "https://")) else ""
    data = root.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise Refused(refusal("intake:mail.page"))
    return address, reports_of_page(data, address, charset=root.get_content_charset(), limits=limits)


def _unquoted(text: str) -> str:
    text = _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0]
    return "\n".join(line for line in text.split("\n") if not line.startswith(">"))


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    return page_text(data, part.get_content_charset()).text if isinstance(data, bytes) and data else ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, IndexError, TypeError, AttributeError):
        # The parser of headers fails on some that are damaged; the message is good all the same.
        return ""


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).astimezone(UTC).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
