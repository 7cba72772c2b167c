"""Provenance: one document as it was collected, with all that says where from, when, by what and how.

A capture holds the bytes as they came and the text that was extracted from them. What those who check evidence ask for
(address, time of collection, collector, method, archive copy, hashes) stands beside; hashes are made from the bytes, never
told by the one who collects.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from marsad.errors import InputError
from marsad.lexicon.reasons import refusal
from marsad.model import Document

__all__ = ["PUBLISHED_FROM", "Capture"]

PUBLISHED_FROM = ("metadata", "dateline", "given")
_PERHAPS = ("canonical", "archived", "published", "publisher", "author", "language", "key")


@dataclass(frozen=True, slots=True)
class Capture:
    """One document as collected.

    Attributes:
        raw: the bytes as they came: the file, the page, the entry of the archive.
        media_type: of ``raw``, for example ``text/html``.
        address: path or URL as it was given; paths absolute, since what is collected from the same address is the same document.
        canonical: the address that the document gives itself, or None.
        archived: address of a copy in a web archive, or None.
        collected: when, with time zone UTC.
        method: how: ``file``, ``fetch``, ``feed``, ``warc``, ``telegram``, ``sheet`` ...
        collector: program and version.
        settings: what the collector was told; values that JSON can hold.
        text: the extracted main text; offsets of all claims refer to it.
        extractor: name and version of what extracted it.
        title, publisher, author: as known.
        published: ISO day of publication, or None if unknown.
        published_from: one of ``PUBLISHED_FROM``: where the day was found; None where there is none.
        language: ISO 639-1 code, or None.
        warnings: what was odd, in words.
        key: identity inside a container (a row, an entry, the id of a message), or None if the address is of one document.
        doubtful: whether ``canonical`` is only the page's own word, which may be wrong; it is not stored.
        found_at: the address at which a page was found, where ``address`` is that of a saved or archived copy; it is not stored, but
            becomes ``canonical`` where the page's word is not taken.

    Raises:
        InputError: no text, a time without time zone, or characters that no database stores.
    """

    raw: bytes
    media_type: str
    address: str
    collected: datetime
    method: str
    collector: str
    text: str
    extractor: str
    canonical: str | None = None
    archived: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    published: str | None = None
    published_from: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()
    key: str | None = None
    doubtful: bool = False
    found_at: str | None = None

    def __post_init__(self) -> None:
        for name in ("media_type", "address", "method", "collector", "text", "extractor", "title", *_PERHAPS):
            value = getattr(self, name)
            if value is not None and (reason := _unstorable(value)):
                raise InputError(refusal("capture.holds", address=ascii(self.address), name=name, why=reason))
        if self.published is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", self.published):
            raise InputError(refusal("capture.day", address=self.address, day=repr(self.published)))
        if not self.text.strip():
            raise InputError(refusal("capture.empty", address=self.address))
        if self.collected.tzinfo is None:
            raise InputError(refusal("capture.zone", address=self.address))
        if self.published_from is not None and self.published_from not in PUBLISHED_FROM:
            raise InputError(refusal("capture.from", address=self.address, told=repr(self.published_from), known=PUBLISHED_FROM))

    @property
    def identity(self) -> str:
        """What the same document has again when it is collected again: its own address, or the given one, and its key."""
        return f"{self.canonical or self.address}#{self.key}" if self.key else self.canonical or self.address

    @property
    def document_id(self) -> str:
        """The id of the document in every register: the first 64 bits of the SHA-256 of its identity, in hexadecimal."""
        return hashlib.sha256(self.identity.encode()).hexdigest()[:16]

    def document(self) -> Document:
        """What the reader gets."""
        return Document(
            id=self.document_id,
            text=self.text,
            title=self.title,
            published=self.published,
            url=self.canonical or self.address,
            publisher=self.publisher,
            language=self.language,
            warnings=self.warnings,
        )

    @property
    def raw_hash(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def collected_text(self) -> str:
        """The time of collection as ISO 8601 in UTC, to the second."""
        return self.collected.astimezone(UTC).isoformat(timespec="seconds")


def _unstorable(value: str) -> str:
    """Why databases do not take a string, or the empty string."""
    if "\x00" in value:
        return refusal("capture.nul")
    try:
        value.encode()
    except UnicodeEncodeError:
        return refusal("capture.half")
    return ""
