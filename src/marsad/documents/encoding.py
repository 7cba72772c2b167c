"""Encoding: from the bytes of a file to its text, never by a silent guess.

UTF-8 and UTF-16/32 with a byte-order mark are taken as they are. Bytes that are no UTF-8 are tried as UTF-16 without a
mark and as the two single-byte Arabic encodings that old pages and programs still write (windows-1256, ISO-8859-6);
the one that gives the more Arabic text is taken, with a warning. What gives no text in any of them is refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from marsad.lexicon.reasons import reason, refusal

__all__ = ["Decoded", "Undecodable", "clean", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# What well-known files begin with; naming the kind helps more than "binary".
_KINDS = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format", "sqlite"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_BESIDE_LATIN = re.compile(r"(?<=[A-Za-z])[\u0621-\u064a]|[\u0621-\u064a](?=[A-Za-z])")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SINGLE_BYTE = (("cp1256", "windows-1256"), ("iso8859-6", "ISO-8859-6"))
_SAMPLE = 100_000


class Undecodable(ValueError):
    """The bytes are no text that can be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and a warning if that had to be guessed."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of a file's bytes.

    Raises:
        Undecodable: binary data, or no known encoding gives a text.
    """
    for head, kind in _KINDS:
        if data.startswith(head):
            raise Undecodable(refusal("intake:file", kind=reason(f"intake:file.{kind}")))
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, codec, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guessed(data, error.start)
    if "\x00" in text[:_SAMPLE]:
        found = _utf16(data)
        if found is not None:
            return found
    _refuse_binary(text)
    return Decoded(text, "UTF-8")


def _strictly(data: bytes, codec: str, name: str) -> Decoded:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise Undecodable(refusal("intake:damaged.at", encoding=name, byte=error.start)) from error
    text = text.removeprefix("\ufeff")
    _refuse_binary(text)
    return Decoded(text, name)


def _guessed(data: bytes, broken_at: int) -> Decoded:
    found = _utf16(data)
    if found is not None:
        return found
    if b"\x00" in data[:_SAMPLE]:
        raise Undecodable(refusal("intake:binary"))
    best: tuple[float, str, str] | None = None
    for codec, name in _SINGLE_BYTE:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        share = _arabic_share(text)
        if best is None or share > best[0]:
            best = (share, text, name)
    if best is not None and best[0] >= 0.5 and not _CONTROLS.search(best[1][:_SAMPLE]):
        return Decoded(best[1], best[2], (refusal("intake:warning.encoding", encoding=best[2]),))
    if _CONTROLS.search(data[:_SAMPLE].decode("latin-1")):
        raise Undecodable(refusal("intake:binary"))
    raise Undecodable(refusal("intake:encoding", byte=broken_at))


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte of Arabic letters is 06, of Latin ones 00."""
    if len(data) % 2 or len(data) < 4:
        return None
    sample = data[:_SAMPLE]
    for codec, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if (high.count(0) + high.count(6)) >= 0.9 * len(high):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if not _CONTROLS.search(text[:_SAMPLE]):
                return Decoded(text, "UTF-16", (refusal("intake:warning.mark"),))
    return None


def _arabic_share(text: str) -> float:
    """Share of plain Arabic letters among all letters and signs that are no ASCII.

    Letters that touch Latin ones do not count: they are what accents of other encodings look like.
    """
    sample = text[:_SAMPLE]
    other = sum(1 for c in sample if c > "\x7f")
    arabic = len(_ARABIC.findall(sample)) - len(_BESIDE_LATIN.findall(sample))
    return arabic / other if other else 0.0


def _refuse_binary(text: str) -> None:
    """Control characters in number are no text; a stray one in a report is."""
    sample = text[:_SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    if "\x00" in sample or controls > max(3, len(sample) // 100):
        raise Undecodable(refusal("intake:binary"))


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """A text that can be written out again: lone surrogates, which JSON can carry, become U+FFFD; with a warning."""
    if not _SURROGATES.search(text):
        return text, ()
    return _SURROGATES.sub("\ufffd", text), (refusal("intake:warning.surrogates"),)
