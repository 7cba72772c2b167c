"""Sources: what a user names, be it a file, a folder or an address, to captures and refusals; links become the pages they lead to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from marsad.errors import InputError
from marsad.intake.files import files_of_folder, items_of_bytes, items_of_file
from marsad.intake.making import NO_DAY
from marsad.intake.metadata import split_archived
from marsad.intake.results import Item, Link, Origin, Refusal, Refused, Settings
from marsad.lexicon.reasons import refusal, why_of
from marsad.register.provenance import Capture

if TYPE_CHECKING:
    from marsad.intake.fetching import Fetched, Fetcher

__all__ = ["Intake"]

_DEEPEST = 3
# Refusals of one source that are told one by one.
_NAMED = 100
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Intake:
    """One round of taking in.

    Attributes:
        settings: what the user said.
        fetcher: what fetches pages; None where the net is not to be used.
        known: whether the document at an address is known already, so that links of feeds need not be fetched again.
        again: whether files, feeds and pages that did not change since this object took them in are passed over.
        stdin: what the source ``-`` reads.
        read: called with each file and address that was read to its end; what was refused in it was yielded by then, with it as
            its ``source``.
    """

    settings: Settings
    fetcher: Fetcher | None = None
    known: Callable[[str], bool] = lambda address: False
    again: bool = False
    stdin: BinaryIO | None = None
    read: Callable[[str], None] = lambda source: None
    _seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def items(self, sources: Iterable[str]) -> Iterator[Capture | Refusal]:
        """Captures and refusals of sources, in their order.

        Args:
            sources: paths of files and folders, http and https addresses, and ``-`` for the standard input.
        """
        for source in sources:
            yield from self._resolved(self._source(source), 0)

    def _source(self, source: str) -> Iterator[Item]:
        now = datetime.now(UTC).replace(microsecond=0)
        if source == "-" and self.stdin is not None:
            data = self.stdin.read(self.settings.limits.file + 1)
            if len(data) > self.settings.limits.file:
                yield Refusal("standard input", refusal("intake:large", most=f"{self.settings.limits.file // 1_000_000:,}"))
                return
            # There is no address, so that the bytes stand for one.
            name = f"stdin:{hashlib.sha256(data).hexdigest()[:16]}"
            yield from self._whole(name, items_of_bytes(data, "", Origin(name, "file", now), self.settings))
        elif source.lower().startswith(("http://", "https://")):
            yield Link(source, source, asked=True)
        else:
            path = Path(source)
            try:
                folder, there = path.is_dir(), path.exists()
            except (OSError, ValueError) as error:
                yield Refusal(source[:80], refusal("intake:system", said=getattr(error, "strerror", None) or error))
                return
            path = path.absolute()
            if folder:
                files, failures = files_of_folder(path)
                yield from self._whole(str(path), failures)
            elif there:
                files = [path]
            else:
                # What one types may be a slip; what is watched was there, or will be.
                known = str(path) if self.again else ""
                yield Refusal(source[:200], refusal("intake:source.none"), source=known)
                return
            for file in filter(self._changed, files):
                yield from self._whole(str(file), items_of_file(file, now, self.settings))

    def _whole(self, source: str, items: Iterable[Item]) -> Iterator[Item]:
        """All items of a source, refusals with its name; at the end it is read.

        Where very many records of one source are refused, the first are named and the others counted: a list that nobody reads to its
        end hides what else was refused.
        """
        refused = 0
        for item in items:
            if isinstance(item, Refusal) and not item.minor:
                refused += 1
                if refused > _NAMED:
                    continue
            yield replace(item, source=source) if isinstance(item, Refusal) and not item.source else item
        if refused > _NAMED:
            told = refusal("intake:source.more", number=f"{refused - _NAMED:,}")
            yield Refusal(source, told, source=source)
        self.read(source)

    def _changed(self, path: Path) -> bool:
        """Whether a file is new or changed since it was last taken in by this object, where only such are wanted."""
        try:
            told = path.stat()
        except OSError:
            return True
        state = (told.st_mtime_ns, told.st_size)
        if self.again and self._seen.get(path) == state:
            return False
        self._seen[path] = state
        return True

    def _resolved(self, items: Iterable[Item], depth: int) -> Iterator[Capture | Refusal]:
        for item in items:
            if isinstance(item, Link):
                yield from self._page(item, depth)
            else:
                yield item

    def _page(self, link: Link, depth: int) -> Iterator[Capture | Refusal]:
        where = link.address if link.where == link.address else f"{link.where}: {link.address}"
        wanted = link.asked or self.settings.links
        if not wanted and link.instead is not None:
            yield link.instead
            return
        if not wanted or self.fetcher is None:
            if link.instead is not None:
                yield link.instead
            told = "intake:source.offline" if self.fetcher is None else "intake:source.link"
            yield Refusal(where, refusal(told), minor=link.instead is not None, source=link.address)
            return
        if not link.asked and self.known(link.address):
            return
        try:
            if depth >= _DEEPEST:
                raise Refused(refusal("intake:source.links"))
            fetched = self.fetcher.fetch(link.address, again=self.again)
        except InputError as error:
            if link.instead is not None:
                yield link.instead
            yield Refusal(where, why_of(error), minor=link.instead is not None, source=link.address)
            return
        if fetched is not None:
            found = self._whole(link.address, (self._hinted(item, link) for item in self._of_fetched(fetched)))
            yield from self._instead(self._resolved(found, depth + 1), link)

    def _of_fetched(self, fetched: Fetched) -> Iterator[Item]:
        detail = {"final": fetched.final, **fetched.detail} if fetched.final != fetched.address else fetched.detail
        origin = Origin(fetched.address, "fetch", fetched.when, detail=detail)
        name = urlsplit(fetched.final).path.rpartition("/")[2]
        if fetched.media_type in _PAGES:
            name = "page.html"
        yield from items_of_bytes(fetched.body, name, origin, self.settings, charset=fetched.charset)

    def _hinted(self, item: Item, link: Link) -> Item:
        """A capture with what the list, feed or sheet told of it, where its page does not tell."""
        if not isinstance(item, Capture):
            return item
        told: dict[str, str | None] = {}
        if not item.title and link.title:
            told["title"] = link.title
        if item.published is None and link.published:
            told |= {"published": link.published, "published_from": link.published_from}
        if item.publisher is None and link.publisher:
            told["publisher"] = link.publisher
        archived = link.archived or split_archived(link.address)[1]
        if item.archived is None and archived:
            told["archived"] = archived
        if not told:
            return item
        warnings = item.warnings
        if "published" in told:
            warnings = tuple(w for w in warnings if w != NO_DAY)
        return replace(item, **told, warnings=warnings)  # type: ignore[arg-type]

    def _instead(self, items: Iterator[Capture | Refusal], link: Link) -> Iterator[Capture | Refusal]:
        """What was fetched, or, where its page has no report, what the feed said."""
        found = False
        for item in items:
            found = found or isinstance(item, Capture)
            yield replace(item, minor=True) if isinstance(item, Refusal) and link.instead is not None else item
        if not found and link.instead is not None:
            yield link.instead
