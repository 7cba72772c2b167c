"""Results: what was extracted, what was refused and why, and the bounds within which anything is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from marsad.errors import InputError
from marsad.register.provenance import Capture

__all__ = ["Extracted", "Item", "Limits", "Link", "Origin", "Refusal", "Refused", "Settings", "named_version"]


class Refused(InputError):
    """A document that is not taken in; the message says why and what to do, and the caller adds where.

    Args:
        reason: the message.
        minor: nothing that the user asked for is lost: a part of an archive or page that is no report (a frame, an empty row).
    """

    def __init__(self, reason: str, *, minor: bool = False) -> None:
        super().__init__(reason)
        self.minor = minor


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that was not taken in.

    Attributes:
        where: file or address, and the place in it.
        reason: why, and what to do.
        minor: as for :class:`Refused`.
        source: the file or address that was read; empty for what cannot be read again, such as a path that was mistyped.
    """

    where: str
    reason: str
    minor: bool = False
    source: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds, in bytes if nothing else is said. What is beyond is refused with a message that names the bound.

    Attributes:
        file: of a file that must be read whole.
        container: of a file that is read record by record (JSON Lines, CSV, web archives).
        record: of one page, row, message or record.
        unpacked: of all that a packed office file holds.
        members: number of files in a packed file.
        ratio: how many times larger a packed file may become.
        records: number of records of one source.
        depth: how deep elements of a page may lie in each other.
    """

    file: int = 64_000_000
    container: int = 20_000_000_000
    record: int = 16_000_000
    unpacked: int = 256_000_000
    members: int = 20_000
    ratio: int = 200
    records: int = 1_000_000
    depth: int = 240


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user says of all that is taken in together.

    Attributes:
        columns: our field to the column of a sheet, where the user maps them; empty where known names serve.
        published: ISO day for documents that tell none.
        publisher: for documents that tell none.
        title: for documents that tell none.
        links: whether links of lists, feeds and sheets are fetched.
        today: the day after which a publication lies in the future.
        limits: bounds.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    published: str | None = None
    publisher: str | None = None
    title: str = ""
    links: bool = False
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    limits: Limits = field(default_factory=Limits)

    def told(self) -> dict[str, Any]:
        """What of this differs from what is usual, for the record of provenance."""
        told: dict[str, Any] = {"columns": dict(self.columns)} if self.columns else {}
        told |= {n: getattr(self, n) for n in ("published", "publisher", "title") if getattr(self, n)}
        return told


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes come from and how.

    Attributes:
        address: absolute path or URL.
        method: ``file``, ``fetch``, ``feed``, ``mail``, ``sheet``, ``telegram``, ``warc`` or ``record``.
        collected: time of collection; of archived pages the time when they were archived.
        key: identity inside a container, or None.
        archived: address of a copy in a web archive, or None.
        detail: what else the collector knows (status, headers, the file an archive came in), of JSON's kinds.
    """

    address: str
    method: str
    collected: datetime
    key: str | None = None
    archived: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    def part(self, key: str, method: str | None = None) -> Origin:
        """The origin of a part of a container."""
        whole = f"{self.key}/{key}" if self.key else key
        return replace(self, key=whole, method=method or self.method)

    @property
    def where(self) -> str:
        """For messages: the address, and the part."""
        return f"{self.address}#{self.key}" if self.key else self.address


@dataclass(frozen=True, slots=True)
class Link:
    """An address whose page is to be fetched, as a list, a feed or a sheet gives it.

    Attributes:
        address: URL.
        where: where it stands, for messages.
        asked: whether the user asked for it by giving it, or a list of such; else it is fetched only if links are followed.
        title, published, published_from, publisher, archived: what is told of it where it stands, for pages that do not tell.
        instead: what is taken in if the page is not fetched, or None.
    """

    address: str
    where: str
    asked: bool = False
    title: str = ""
    published: str | None = None
    published_from: str = "metadata"
    publisher: str | None = None
    archived: str | None = None
    instead: Capture | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text and what its container says of it; nothing of it is checked yet.

    Attributes:
        text: the main text.
        extractor: name and version of what found it.
        published: ISO day, perhaps with a time behind it, as told by metadata; or None.
        published_from: ``metadata`` or ``given``; None where ``published`` is.
        title, publisher, author, canonical, archived: as told.
        datelines: lines outside the text that may tell the day of publication, in the page's order.
        key: identity inside its container, or None.
        warnings: what was odd.
        doubtful: whether ``canonical`` is only the page's own word.
        found_at: the address at which the page was found, if known.
    """

    text: str
    extractor: str
    title: str = ""
    published: str | None = None
    published_from: str | None = None
    publisher: str | None = None
    author: str | None = None
    canonical: str | None = None
    archived: str | None = None
    datelines: tuple[str, ...] = ()
    key: str | None = None
    warnings: tuple[str, ...] = ()
    doubtful: bool = False
    found_at: str | None = None


Item = Capture | Refusal | Link


@cache
def named_version(*packages: str) -> str:
    """Names and versions of packages, joined, for provenance."""
    found = []
    for name in packages:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(name)
    return ", ".join(found)
