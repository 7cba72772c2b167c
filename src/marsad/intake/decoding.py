"""Decoding of pages: what the bytes themselves say comes first, then what the server or the page declares, then the letters."""

from __future__ import annotations

import codecs
import re

from marsad.documents.encoding import Decoded, Undecodable, decode
from marsad.intake.results import Refused
from marsad.lexicon.reasons import refusal, why_of

__all__ = ["page_text", "plain_text"]

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
# A page cut off inside a letter, or one bad letter in an advert, is still UTF-8; a page of another encoding has many.
_FEW = 0.001
# What pages that say ISO-8859-1 or ASCII really are; see https://encoding.spec.whatwg.org/#names-and-labels.
_ALIASES = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso-8859-1": "cp1252", "iso8859-6": "iso8859-6", "utf-16": "utf-8"}


def page_text(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a page.

    Args:
        data: its bytes.
        declared: encoding that the server or the archive told, if any.

    Raises:
        Refused: binary data.
    """
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return plain_text(data)
    try:
        return _without_controls(Decoded(data.decode("utf-8"), "UTF-8"))
    except UnicodeDecodeError:
        pass
    told = _META.search(head) or _XML.search(head)
    for name in (declared, told.group(1).decode("ascii") if told else None):
        codec = _codec(name)
        if codec is None:
            continue
        if codec == "utf-8":
            text = data.decode("utf-8", errors="replace")
            if text.count("\ufffd") <= max(3, len(text) * _FEW):
                return _without_controls(Decoded(text, "UTF-8", (refusal("intake:warning.letters"),)))
            continue
        text = data.decode(codec, errors="replace")
        if text.count("\ufffd") <= max(3, len(text) * _FEW) and not _mistaken(text, codec):
            return _without_controls(Decoded(text, str(name)))
    return plain_text(data)


def plain_text(data: bytes) -> Decoded:
    """The text of a file; an encoding that had to be guessed is a warning.

    Raises:
        Refused: binary data, or no known encoding.
    """
    try:
        return decode(data)
    except Undecodable as error:
        raise Refused(why_of(error)) from error


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip().lower()).name
    except LookupError:
        return None
    return _ALIASES.get(codec, codec)


def _mistaken(text: str, codec: str) -> bool:
    """Whether a Western encoding was declared for letters that are Arabic in another: accents one beside the other."""
    if not codec.startswith(("cp125", "iso8859", "latin")) or codec in ("cp1256", "iso8859-6"):
        return False
    return len(re.findall("[\u00c0-\u00ff]{4,}", text)) > 5


def _without_controls(decoded: Decoded) -> Decoded:
    if "\x00" in decoded.text[:_HEAD]:
        raise Refused(refusal("intake:binary.page"))
    return decoded
