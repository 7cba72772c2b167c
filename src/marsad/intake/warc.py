"""Web archives: the pages in WARC files and in WACZ packages, with the time at which they were archived."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any, BinaryIO

from marsad.errors import InputError
from marsad.intake.making import capture_of
from marsad.intake.page import reports_of_page
from marsad.intake.pdf import report_of_pdf
from marsad.intake.results import Extracted, Item, Limits, Origin, Refusal, Refused, Settings
from marsad.intake.zips import checked_name, member, names, opened_zip
from marsad.lexicon.reasons import refusal, why_of

__all__ = ["items_of_wacz", "items_of_warc"]

# Bytes of a line, and lines between two pages: of what is no archive, though it begins like one, a line may be the whole file.
_LONGEST_LINE, _MOST_LINES = 100_000, 1_000_000
_PAGES = re.compile(r"text/html|application/xhtml\+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_PAGE_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")


@dataclass(frozen=True, slots=True)
class _Archived:
    """A page of an archive."""

    address: str
    when: datetime
    media_type: str
    charset: str | None
    data: bytes
    record: str


def items_of_warc(stream: IO[bytes], origin: Origin, settings: Settings, pages: frozenset[str] | None = None) -> Iterator[Item]:
    """The pages of a WARC file.

    Args:
        stream: the file, packed by gzip or not.
        origin: of the file.
        settings: what the user said.
        pages: addresses to take; None for all. Where it is given, a page without a report is a refusal that counts.

    Raises:
        Refused: no WARC file, or one that is damaged; what stood before the damage was yielded.
    """
    found = 0
    for item in _archived(stream, settings.limits):
        if isinstance(item, Refused):
            yield Refusal(origin.where, why_of(item))
            continue
        if pages is not None and _plain(item.address) not in pages:
            continue
        found += 1
        yield from _items(item, origin, settings, minor=pages is None)
    if not found:
        yield Refusal(origin.where, refusal("intake:warc.empty"), minor=pages is not None)


def items_of_wacz(stream: BinaryIO, origin: Origin, settings: Settings) -> Iterator[Item]:
    """The pages of a WACZ package: those that its list of pages names, or all where it names none.

    Raises:
        Refused: damaged, or without archives.
    """
    with opened_zip(stream, settings.limits) as packed:
        inside = [name for name in names(packed) if checked_name(name).startswith("archive/")]
        if not inside:
            raise Refused(refusal("intake:wacz.empty"))
        listed: set[str] = set()
        for name in set(_PAGE_LISTS) & set(names(packed)):
            listed |= _listed(member(packed, name, settings.limits.file))
        for name in sorted(inside):
            part = Origin(origin.address, "warc", origin.collected, None, None, {**origin.detail, "member": name})
            with packed.open(name) as archive:
                yield from items_of_warc(archive, part, settings, frozenset(listed) or None)


def _items(page: _Archived, origin: Origin, settings: Settings, *, minor: bool) -> Iterator[Item]:
    detail = {**origin.detail, "archive": origin.address, "record": page.record}
    part = Origin(page.address, "warc", page.when, detail=detail)
    try:
        for found in _reports(page, settings.limits):
            yield capture_of(page.data, page.media_type, part, found, settings)
    except InputError as error:
        yield Refusal(f"{origin.address}: {page.address}", why_of(error), minor)


def _reports(page: _Archived, limits: Limits) -> list[Extracted]:
    if page.media_type == "application/pdf":
        return [report_of_pdf(page.data)]
    return reports_of_page(page.data, page.address, charset=page.charset, limits=limits)


def _archived(stream: IO[bytes], limits: Limits) -> Iterator[_Archived | Refused]:
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

    with _our_errors():
        archive = ArchiveIterator(stream)
        lines = _Lines(archive.reader.readline)
        archive.reader.readline = lines
        records: Iterator[Any] = iter(archive)
    for _ in range(limits.records):
        with _our_errors():
            lines.number = 0
            record = next(records, None)
            if record is None:
                return
            page = _page(record, limits)
        if page is not None:
            yield page
    yield Refused(refusal("intake:warc.many", most=f"{limits.records:,}"))


class _Lines:
    """Reads lines as the library asks for them, within bounds, which it does not have."""

    def __init__(self, plain: Callable[[int], bytes]) -> None:
        self._plain = plain
        self.number = 0

    def __call__(self, length: int = 0) -> bytes:
        self.number += 1
        # The library gives less than it is asked for where a line does not end soon.
        line = self._plain(min(length or 10 * _LONGEST_LINE, 10 * _LONGEST_LINE))
        if (len(line) > _LONGEST_LINE and not line.endswith(b"\n")) or self.number > _MOST_LINES:
            raise Refused(refusal("intake:warc.record"))
        return line


@contextmanager
def _our_errors() -> Iterator[None]:
    """What the library raises on damage, in our words."""
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    try:
        yield
    except Refused:
        raise
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, KeyError, AttributeError) as error:
        raise Refused(refusal("intake:warc.damaged", said=" ".join(str(error).split())[:150])) from error
    except Exception as error:
        if type(error).__module__ != "zlib":
            raise
        raise Refused(refusal("intake:warc.damaged", said=error)) from error


def _page(record: Any, limits: Limits) -> _Archived | Refused | None:
    """A record as a page; None where it holds none."""
    if record.rec_type not in ("response", "resource"):
        return None
    head = record.rec_headers
    address = str(head.get_header("WARC-Target-URI") or "").strip("<> ")
    if not address.startswith(("http://", "https://")):
        return None
    told = str(head.get_header("Content-Type") or "")
    if record.rec_type == "response":
        if record.http_headers is None or str(record.http_headers.get_statuscode()) != "200":
            return None
        told = str(record.http_headers.get_header("Content-Type") or "")
    kind = told.partition(";")[0].strip().lower()
    if not _PAGES.match(kind) and kind != "application/pdf":
        return None
    data = record.content_stream().read(limits.record + 1)
    if len(data) > limits.record:
        return Refused(refusal("intake:warc.large", address=address, most=f"{limits.record // 1_000_000:,}"))
    charset = _CHARSET.search(told)
    when = _time(str(head.get_header("WARC-Date") or ""))
    if when is None:
        return Refused(refusal("intake:warc.time", address=address))
    return _Archived(
        address, when, kind, charset.group(1) if charset else None, data, str(head.get_header("WARC-Record-ID") or "")
    )


def _time(told: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(told)
    except ValueError:
        return None
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)


def _listed(data: bytes) -> set[str]:
    """Addresses in a list of pages, which is JSON Lines."""
    found = set()
    for line in data.split(b"\n"):
        try:
            value = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get("url"), str):
            found.add(_plain(value["url"]))
    return found


def _plain(address: str) -> str:
    return address.partition("#")[0].rstrip("/")
