"""Kinds: what a file is, by what it begins with, and by its name only where that does not tell."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

__all__ = ["HEAD", "kind_of", "links_of_list"]

HEAD = 4096
_HTML = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"\s*<(?:\?xml|rss|feed|opml|rdf:RDF|!--)", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|opml|rdf|html)\b", re.IGNORECASE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]{0,998}\n(?:[ \t][^\n]*\n)*){2}")
_MAIL = re.compile(
    rb"^(?:MIME-Version|Message-ID|Received|Snapshot-Content-Location|Return-Path|From|Subject):", re.IGNORECASE | re.MULTILINE
)
_SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".eml": "mail",
    ".mht": "mail", ".mhtml": "mail", ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".txt": "text",
    ".text": "text", ".md": "text", ".urls": "text", ".rss": "xml", ".atom": "xml", ".xml": "xml", ".opml": "xml", ".warc": "warc",
}  # fmt: skip
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def kind_of(head: bytes, name: str, stream: BinaryIO | None = None) -> str:
    """The kind of a file.

    Args:
        head: the first ``HEAD`` bytes.
        name: of the file, for its ending.
        stream: the file, where it may be looked into; its place is kept.

    Returns:
        ``pdf``, ``docx``, ``xlsx``, ``wacz``, ``zip``, ``warc``, ``gzip``, ``html``, ``xml``, ``json``, ``jsonl``, ``csv``, ``mail``,
        ``text``, or ``unknown`` for other binary files.
    """
    lower = name.lower()
    suffix = lower[lower.rfind(".") :] if "." in lower else ""
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(stream) if stream is not None else "zip"
    if head.startswith(b"WARC/") or (head.startswith(b"\x1f\x8b") and lower.endswith(".warc.gz")):
        return "warc"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if suffix in (".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".mht", ".mhtml", ".eml"):
        return _SUFFIXES[suffix]
    if _HTML.match(head):
        return "html"
    if _XML.match(head) and (root := _ROOT.search(head)):
        return "html" if root.group(1).lower() == b"html" else "xml"
    if _JSON.match(head) and suffix not in (".txt", ".text", ".md"):
        return "json"
    if _HEADER.match(head.replace(b"\r\n", b"\n")) and len(_MAIL.findall(head)) >= 2:
        return "mail"
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    return "unknown" if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else "text"


def _packed(stream: BinaryIO) -> str:
    place = stream.tell()
    try:
        inside = set(zipfile.ZipFile(stream).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        inside = set()
    finally:
        stream.seek(place)
    if "word/document.xml" in inside:
        return "docx"
    if "xl/workbook.xml" in inside:
        return "xlsx"
    if any(name.startswith("archive/") and ".warc" in name for name in inside):
        return "wacz"
    return "zip"


def links_of_list(text: str) -> list[tuple[int, str]]:
    """The addresses of a list of such, one a line, with the numbers of their lines; empty where the text is no such list.

    Empty lines, and those that begin with ``#``, do not count.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip().lstrip("\ufeff")
        if not line or line.startswith("#"):
            continue
        if not _URL.fullmatch(line):
            return []
        found.append((number, line))
    return found
