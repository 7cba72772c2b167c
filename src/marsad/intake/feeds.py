"""Feeds: entries of RSS (all versions) and Atom, and the feeds that an OPML file lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from xml.etree import ElementTree

from marsad.documents.published import iso_day
from marsad.intake.fragments import text_of_fragment
from marsad.intake.making import capture_of
from marsad.intake.results import Extracted, Item, Link, Origin, Refusal, Refused, Settings, named_version
from marsad.intake.xmltrees import Element, children, first, local, said, xml_tree
from marsad.lexicon.reasons import refusal, why_of

__all__ = ["Entry", "entries_of_feed", "feeds_of_opml", "items_of_feed"]

_MOST = 5000
# A summary breaks off; below this many letters it is one even where it does not say so.
_SHORT = 350
_BROKEN_OFF = re.compile(r"(?:\.\.\.|\u2026|\[\u2026\]|\[\.\.\.\])\s*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes:
        link: address of its page, or empty.
        title: its title.
        html: its content, or its summary.
        whole: whether ``html`` is content that the feed gives as such.
        published: ISO day, or None.
        author: as told.
        key: its id in the feed.
        raw: the entry as XML.
    """

    link: str
    title: str
    html: str
    whole: bool
    published: str | None
    author: str | None
    key: str
    raw: bytes


def entries_of_feed(data: bytes, address: str = "") -> tuple[str, list[Entry]]:
    """The title of a feed and its entries, in their order.

    Args:
        data: the feed.
        address: relative links relate to it.

    Raises:
        Refused: no feed, or XML that may not be read.
    """
    root = xml_tree(data)
    kind = local(root)
    channel = root if kind == "feed" else first(root, "channel")
    if kind not in ("rss", "rdf", "feed") or channel is None:
        raise Refused(refusal("intake:feed.none", root=kind[:40]))
    found = children(root, "entry") if kind == "feed" else children(channel, "item") + children(root, "item")
    if len(found) > _MOST:
        raise Refused(refusal("intake:feed.large", most=f"{_MOST:,}"))
    return said(first(channel, "title")), [_entry(e, address) for e in found]


def items_of_feed(data: bytes, origin: Origin, settings: Settings) -> Iterator[Item]:
    """Each entry as a link to its page, with what the feed itself says instead, or as a capture where it has no page.

    Raises:
        Refused: no feed.
    """
    site, entries = entries_of_feed(data, origin.address)
    if not entries:
        yield Refusal(origin.where, refusal("intake:feed.empty"), minor=True)
    for entry in entries:
        part = origin.part(entry.key, "feed")
        try:
            capture = capture_of(entry.raw, "application/xml", part, _extracted(entry, site, settings), settings)
        except Refused as error:
            if not entry.link:
                yield Refusal(part.where, why_of(error), error.minor)
                continue
            capture = None
        if entry.link:
            yield Link(
                entry.link, part.where, title=entry.title, published=entry.published, publisher=site or None, instead=capture
            )
        elif capture is not None:
            yield capture


def feeds_of_opml(data: bytes) -> list[tuple[str, str]]:
    """Title and address of each feed of an OPML file, in its order and each once.

    Raises:
        Refused: no OPML file, or one without feeds.
    """
    root = xml_tree(data)
    if local(root) != "opml":
        raise Refused(refusal("intake:opml.none"))
    found: dict[str, str] = {}
    for outline in root.iter():
        if local(outline) == "outline":
            told = {name.lower(): value for name, value in outline.attrib.items()}
            if address := told.get("xmlurl", "").strip():
                found.setdefault(address, told.get("title") or told.get("text") or "")
    if not found:
        raise Refused(refusal("intake:opml.empty"))
    return [(title, address) for address, title in found.items()]


def _extracted(entry: Entry, site: str, settings: Settings) -> Extracted:
    text = text_of_fragment(entry.html, entry.title, settings.limits)
    short = not entry.whole or (len(text) < _SHORT and bool(_BROKEN_OFF.search(text)))
    return Extracted(
        text=text,
        extractor=named_version("marsad"),
        title=entry.title,
        published=entry.published,
        published_from="metadata" if entry.published else None,
        publisher=site or None,
        author=entry.author,
        canonical=entry.link or None,
        warnings=(refusal("intake:warning.summary"),) if short else (),
    )


def _entry(entry: Element, address: str) -> Entry:
    # Before names are changed for the content.
    raw = ElementTree.tostring(entry, encoding="utf-8")
    title = text_of_fragment(said(first(entry, "title"))).replace("\n", " ")
    content = _content(entry)
    html = content or said(first(entry, "description", "summary", "encoded"))
    link = _link(entry)
    key = said(first(entry, "guid", "id")) or link or title
    author = first(entry, "creator", "author")
    name = (said(first(author, "name")) or said(author)) if author is not None else ""
    return Entry(
        urljoin(address, link) if link else "",
        title,
        html,
        bool(content),
        _day(entry),
        name[:200] or None,
        key[:500],
        raw,
    )


def _content(entry: Element) -> str:
    for element in children(entry, "encoded", "content"):
        if element.get("type") == "xhtml":
            for part in element.iter():
                part.tag = local(part)
            return "".join(ElementTree.tostring(child, encoding="unicode") for child in element)
        # Of media:content only its address is told.
        if said(element):
            return said(element)
    return ""


def _link(entry: Element) -> str:
    for element in children(entry, "link"):
        if element.get("href") and element.get("rel", "alternate") == "alternate":
            return str(element.get("href")).strip()
        if said(element):
            return said(element)
    guid = first(entry, "guid")
    if guid is not None and guid.get("ispermalink", guid.get("isPermaLink", "true")) != "false" and said(guid).startswith("http"):
        return said(guid)
    return ""


def _day(entry: Element) -> str | None:
    for element in children(entry, "published", "pubdate", "date", "issued", "updated"):
        told = said(element)
        if day := iso_day(told):
            return day
        try:
            return parsedate_to_datetime(told).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
