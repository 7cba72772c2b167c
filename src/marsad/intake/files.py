"""Files: any file, or the bytes of one, to captures, refusals and links; folders of them.

One bad file, row or message never spoils what stands beside it.
"""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from marsad.errors import InputError
from marsad.intake.decoding import plain_text
from marsad.intake.docx import report_of_docx
from marsad.intake.feeds import feeds_of_opml, items_of_feed
from marsad.intake.fragments import report_of_text
from marsad.intake.kinds import HEAD, kind_of, links_of_list
from marsad.intake.mail import attachments_of_mail, is_saved_page, message_of, report_of_mail, reports_of_mhtml
from marsad.intake.making import capture_of
from marsad.intake.page import reports_of_page
from marsad.intake.pdf import report_of_pdf
from marsad.intake.records import items_of_json_lines, items_of_records, loaded
from marsad.intake.results import Item, Link, Origin, Refusal, Refused, Settings
from marsad.intake.sheets import items_of_csv, items_of_xlsx
from marsad.intake.telegram import is_telegram, items_of_telegram
from marsad.intake.warc import items_of_wacz, items_of_warc
from marsad.intake.xmltrees import local, xml_tree
from marsad.intake.zips import Room, checked_name, member, names, opened_zip
from marsad.lexicon.reasons import refusal, why_of

__all__ = ["SUFFIXES", "files_of_folder", "items_of_bytes", "items_of_file", "items_of_folder", "items_of_stream"]

# Files of a folder that are taken in; others (pictures, scripts) are passed over.
SUFFIXES = (
    ".txt", ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".pdf", ".docx", ".eml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv",
    ".xlsx", ".warc", ".warc.gz", ".wacz", ".zip", ".rss", ".atom", ".xml", ".opml",
)  # fmt: skip
_DEEPEST = 3
# Where browsers, and the extension SingleFile, note the address of the page that they saved.
_SAVED_FROM = re.compile(
    rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]{1,2000})|Page saved with SingleFile\s+url:\s*(https?://[^\s>]{1,2000})"
)
_STREAMED = {
    "warc": items_of_warc,
    "jsonl": items_of_json_lines,
    "csv": items_of_csv,
    "xlsx": items_of_xlsx,
    "wacz": items_of_wacz,
}


def items_of_folder(folder: Path, collected: datetime, settings: Settings) -> Iterator[Item]:
    """All files of a folder and of those in it, as :func:`files_of_folder` finds them.

    Args:
        folder: where they lie.
        collected: time of collection.
        settings: what the user said.
    """
    found, failures = files_of_folder(folder)
    yield from failures
    for path in found:
        yield from items_of_file(path, collected, settings)


def files_of_folder(folder: Path) -> tuple[list[Path], list[Refusal]]:
    """The files of a folder and of those in it that are taken in, sorted by path, and what could not be looked at.

    Hidden files and the pictures of saved pages are passed over. Links that lead out of the folder are not followed: a folder that
    somebody else packed may hold a link to what is nobody's report. Links to folders inside it lead to what is found anyway.
    """
    failures: list[Refusal] = []
    found: list[Path] = []
    base = os.path.realpath(folder)
    for place, folders, inside in os.walk(
        folder, onerror=lambda e: failures.append(Refusal(str(e.filename), refusal("intake:system", said=e.strerror)))
    ):
        pages = {name.rpartition(".")[0] for name in inside if name.lower().endswith((".html", ".htm"))}
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not _belongs(f, pages))
        wanted = [Path(place, n) for n in inside if n.lower().endswith(SUFFIXES) and not n.startswith(".")]
        away = [p for p in (*wanted, *(Path(place, f) for f in folders)) if _leads_out(p, base)]
        failures.extend(Refusal(str(p), refusal("intake:folder.link")) for p in away)
        found += [p for p in wanted if p not in away]
    if not found and not failures:
        failures.append(Refusal(str(folder), refusal("intake:folder.empty")))
    return sorted(found), failures


def _leads_out(path: Path, base: str) -> bool:
    """Whether a path is a link to what does not lie in the folder ``base``."""
    return path.is_symlink() and not f"{os.path.realpath(path)}{os.sep}".startswith(os.path.join(base, ""))


def _belongs(folder: str, pages: set[str]) -> bool:
    """Whether a folder holds the parts of a page that was saved beside it: "page_files" of "page.html"."""
    return any(folder.startswith(page) and folder[len(page) : len(page) + 1] in ("_", "-", ".") for page in pages if page)


def items_of_file(path: Path, collected: datetime, settings: Settings) -> Iterator[Item]:
    """A file, whatever it holds.

    Args:
        path: where it lies; made absolute, since captures are told by their address.
        collected: time of collection.
        settings: what the user said.
    """
    path = Path(os.path.abspath(path))
    try:
        # A pipe or a device that happens to lie here would be waited for.
        if not stat.S_ISREG(path.stat().st_mode):
            yield Refusal(str(path), refusal("intake:file.special"))
            return
        with path.open("rb") as stream:
            yield from items_of_stream(stream, path.name, Origin(str(path), "file", collected), settings)
    except OSError as error:
        yield Refusal(str(path), refusal("intake:system", said=error.strerror or error))


def items_of_bytes(
    data: bytes, name: str, origin: Origin, settings: Settings, charset: str | None = None, room: Room | None = None
) -> Iterator[Item]:
    """The bytes of a file; see :func:`items_of_stream`."""
    yield from items_of_stream(io.BytesIO(data), name, origin, settings, charset, room)


def items_of_stream(
    stream: BinaryIO, name: str, origin: Origin, settings: Settings, charset: str | None = None, room: Room | None = None
) -> Iterator[Item]:
    """An open file, whatever it holds.

    Args:
        stream: the file; it can be sought in.
        name: its name, for its ending.
        origin: where it comes from.
        settings: what the user said.
        charset: encoding that a server told.
        room: what may still be unpacked of the file in which it lies; None where it lies in no other.
    """
    try:
        yield from _items(stream, name, origin, settings, charset, room or Room(settings.limits.unpacked))
    except InputError as error:
        yield Refusal(origin.where, why_of(error), getattr(error, "minor", False))
    except (RecursionError, MemoryError):
        yield Refusal(origin.where, refusal("intake:deep"))
    except Exception as error:
        # Formats are many and files are damaged in ways that nobody foresaw; the rest of a batch must not be lost by one.
        if os.environ.get("MARSAD_DEBUG"):
            raise
        yield Refusal(origin.where, refusal("intake:fault", kind=type(error).__name__, said=" ".join(str(error).split())[:150]))


def _items(stream: BinaryIO, name: str, origin: Origin, settings: Settings, charset: str | None, room: Room) -> Iterator[Item]:
    limits = settings.limits
    head = stream.read(HEAD)
    kind = kind_of(head, name, stream)
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not head.strip():
        raise Refused(refusal("intake:empty"))
    if kind in _STREAMED:
        if size > limits.container:
            raise Refused(refusal("intake:large.container", most=f"{limits.container // 1_000_000_000:,}"))
        # UTF-16 has no plain line ends in bytes; such a file is read whole.
        if kind == "jsonl" and head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            stream = io.BytesIO(plain_text(stream.read(limits.file)).text.encode())
        yield from _STREAMED[kind](stream, origin, settings)
        return
    if kind == "zip":
        yield from _of_zip(stream, origin, settings, room)
        return
    if kind == "docx":
        raw = _whole(stream, size, settings)
        found = report_of_docx(io.BytesIO(raw), limits)
        yield capture_of(raw, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", origin, found, settings)
        return
    if kind in ("gzip", "unknown"):
        raise Refused(refusal("intake:gzip" if kind == "gzip" else "intake:kind"))
    data = _whole(stream, size, settings)
    if kind == "html":
        yield from _of_page(data, origin, settings, charset)
    else:
        yield from _of_whole(kind, data, origin, settings, room)


def _whole(stream: BinaryIO, size: int, settings: Settings) -> bytes:
    most = settings.limits.file
    if size > most:
        raise Refused(refusal("intake:large.whole", most=f"{most // 1_000_000:,}", size=f"{size // 1_000_000:,}"))
    return stream.read(most + 1)


def _of_whole(kind: str, data: bytes, origin: Origin, settings: Settings, room: Room) -> Iterator[Item]:
    if kind == "pdf":
        yield capture_of(data, "application/pdf", origin, report_of_pdf(data), settings)
    elif kind == "xml":
        yield from _of_xml(data, origin, settings)
    elif kind == "json":
        yield from _of_json(data, origin, settings)
    elif kind == "mail":
        yield from _of_mail(data, origin, settings, room)
    else:
        if len(data) > settings.limits.record:
            sizes = {"most": f"{settings.limits.record // 1_000_000:,}", "size": f"{len(data) // 1_000_000:,}"}
            raise Refused(refusal("intake:large.text", **sizes))
        decoded = plain_text(data)
        links = links_of_list(decoded.text)
        if links:
            yield from (Link(address, f"{origin.where}:{line}", asked=True) for line, address in links)
        else:
            yield capture_of(data, "text/plain", origin, report_of_text(decoded.text, decoded.warnings), settings)


def _of_page(data: bytes, origin: Origin, settings: Settings, charset: str | None) -> Iterator[Item]:
    """The reports of a page, from a file or from the net."""
    if len(data) > settings.limits.record:
        raise Refused(refusal("intake:large.page", most=f"{settings.limits.record // 1_000_000:,}"))
    saved = _SAVED_FROM.search(data[:HEAD])
    told = next((g for g in saved.groups() if g), b"").decode("ascii", "replace") if saved else ""
    at = origin.address if origin.address.startswith(("http://", "https://")) else told
    for found in reports_of_page(data, at, charset=charset, limits=settings.limits):
        if told and found.canonical is None:
            found = replace(found, canonical=told)
        yield capture_of(data, "text/html", origin, found, settings)


def _of_xml(data: bytes, origin: Origin, settings: Settings) -> Iterator[Item]:
    if local(xml_tree(data)) == "opml":
        yield from (Link(address, origin.where, asked=True, publisher=title or None) for title, address in feeds_of_opml(data))
    else:
        yield from items_of_feed(data, origin, settings)


def _of_json(data: bytes, origin: Origin, settings: Settings) -> Iterator[Item]:
    text = plain_text(data).text
    try:
        value = loaded(text)
    except Refused as error:
        # JSON Lines under another name: the first line alone is a value.
        if "Extra data" not in str(error):
            raise
        yield from items_of_json_lines(io.BytesIO(text.encode()), origin, settings)
        return
    yield from items_of_telegram(value, origin, settings) if is_telegram(value) else items_of_records(value, origin, settings)


def _of_mail(data: bytes, origin: Origin, settings: Settings, room: Room) -> Iterator[Item]:
    message = message_of(data)
    if is_saved_page(message):
        address, reports = reports_of_mhtml(message, settings.limits)
        for found in reports:
            canonical = found.canonical or address or None
            yield capture_of(data, "multipart/related", origin, replace(found, canonical=canonical), settings)
        return
    part = replace(origin, method="mail")
    attached = list(attachments_of_mail(message, settings.limits.file)) if room.depth < _DEEPEST else []
    attached = [a for a in attached if a.name.lower().endswith(SUFFIXES)]
    try:
        yield capture_of(data, "message/rfc822", part, report_of_mail(message, settings.limits), settings)
    except Refused as error:
        if not attached:
            raise
        yield Refusal(origin.where, why_of(error), minor=True)
    for attachment in attached:
        with room.deeper():
            yield from items_of_bytes(attachment.data, attachment.name, part.part(attachment.name), settings, room=room)


def _of_zip(stream: BinaryIO, origin: Origin, settings: Settings, room: Room) -> Iterator[Item]:
    if room.depth >= _DEEPEST:
        raise Refused(refusal("intake:packed.deep", most=_DEEPEST))
    most = settings.limits
    with opened_zip(stream, settings.limits) as packed:
        inside = names(packed)
        pages = {n.rpartition(".")[0] for n in inside if n.lower().endswith((".html", ".htm"))}
        taken = 0
        for name in sorted(inside):
            parents = name.split("/")[:-1]
            places = ("/".join(parents[: n + 1]) for n in range(len(parents)))
            if not name.lower().endswith(SUFFIXES) or any(_belongs(place, pages) for place in places):
                continue
            part = origin.part(name)
            taken += 1
            try:
                data = member(packed, name, min(room.left, most.file)) if checked_name(name) else b""
            except Refused as error:
                if packed.getinfo(name).file_size > room.left:
                    # Of many files in files each would be a line; nothing else comes out of any of them.
                    room.left = 0
                    yield Refusal(part.where, refusal("intake:packed.large", most=f"{most.unpacked // 1_000_000:,}"))
                    return
                yield Refusal(part.where, why_of(error))
                continue
            room.left -= len(data)
            with room.deeper():
                yield from items_of_bytes(data, name, part, settings, room=room)
    if not taken:
        raise Refused(refusal("intake:packed.empty"))
