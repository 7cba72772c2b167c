"""Metadata of a page: what JSON-LD, meta elements and marked-up times say of title, day, publisher, author and address.

Nothing is guessed: a year or a month alone gives no day, and a day that the page does not hold is not made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from marsad.documents.published import iso_day
from marsad.intake.markup import Element, elements, text_of
from marsad.intake.ownaddress import plausible

__all__ = ["ARCHIVES", "Metadata", "metadata_of", "split_archived"]

_REPORTS = frozenset(
    [
        "AnalysisNewsArticle", "Article", "BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "NewsArticle", "OpinionNewsArticle",
        "Report", "ReportageNewsArticle", "SocialMediaPosting", "DiscussionForumPosting", "WebPage",
    ]
)  # fmt: skip
_DAYS = ("datePublished", "dateCreated", "uploadDate")
_META_DAYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
    "publish_date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "sailthru.date",
    "parsely-pub-date", "article.published", "published_time", "date",
)  # fmt: skip
_SITES = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
# Sites of archives of the web, whose addresses hold the address that was archived.
ARCHIVES = re.compile(
    r"https?://(?:web\.archive\.org/web|wayback\.archive-it\.org/\d+|arquivo\.pt/wayback|archive\.(?:ph|is|today|md|li|vn|fo)|"
    r"www\.webarchive\.org\.uk/wayback/archive)/(\d{4,14})[a-z_]{0,4}/(https?:/{1,2}.+)",
    re.IGNORECASE,
)
_BYLINE = (
    "//*[@rel='author'] | //*[@itemprop='author'] | //*[contains(concat(' ', @class, ' '), ' byline ')]//a | "
    "//*[contains(@class, 'post-author')]//*[contains(concat(' ', @class, ' '), ' fn ')]"
)
_DEEP = 12
_MOST = 3000
_LONGEST_NAME = 200


@dataclass(slots=True)
class Metadata:
    """What a page says of itself; empty or None where it says nothing.

    Attributes:
        title, publisher, author, canonical, archived: as told.
        doubtful: whether ``canonical`` is only the page's own word, and not the address at which it was found.
        disbelieved: an address that the page gives itself and that cannot be its own, or empty.
        published: ISO day; None where no whole day is told.
        body: text that structured data gives as that of the report, or empty.
        kinds: types that structured data names.
    """

    title: str = ""
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    canonical: str | None = None
    archived: str | None = None
    doubtful: bool = False
    disbelieved: str = ""
    body: str = ""
    kinds: set[str] = field(default_factory=set)


def split_archived(address: str) -> tuple[str, str | None]:
    """An address as (original, archived copy): for a copy in a known archive of the web the address that it is of."""
    match = ARCHIVES.match(address)
    if match is None:
        return address, None
    original = re.sub(r"^(https?):/+", r"\1://", match.group(2))
    return original, address


def metadata_of(tree: Element, address: str) -> Metadata:
    """The metadata of a page.

    Args:
        tree: the page, with its scripts.
        address: its address, to which relative addresses relate; empty if unknown.
    """
    found = Metadata()
    _of_json_ld(tree, found)
    meta = _meta(tree)
    found.title = found.title or _first(meta, _TITLES) or ""
    found.publisher = found.publisher or _first(meta, _SITES)
    found.author = found.author or _author(_first(meta, _AUTHORS))
    found.published = found.published or _first_day(meta.get(name, []) for name in _META_DAYS) or _marked_day(tree)
    links = elements(tree, "//head//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href") or meta.get("og:url", [])
    _address(found, next((str(link).strip() for link in links if str(link).strip()), ""), address)
    found.author = found.author or _author(next((t for e in elements(tree, _BYLINE) if (t := text_of(e))), None))
    if not found.title:
        found.title = _heading(tree)
    found.title = _without_site(" ".join(found.title.split()), found.publisher)
    return found


def _heading(tree: Element) -> str:
    """The heading of a page: one that is marked up as that of the report, the only one, or the title of the page."""
    for path in ("//*[@itemprop='headline']", "//*[contains(@class, 'entry-title') or contains(@class, 'post-title')]", "//h1"):
        named = {text_of(h) for h in elements(tree, path)} - {""}
        if len(named) == 1:
            return named.pop()
    return next((t for e in elements(tree, "//head/title") if (t := text_of(e))), "")


def _without_site(title: str, site: str | None) -> str:
    """A title without the name of the site behind it."""
    if site:
        for mark in (" - ", " | ", " \u2013 ", " \u2014 ", " :: "):
            title = title.removesuffix(f"{mark}{site}")
    return title


def _address(found: Metadata, canonical: str, address: str) -> None:
    original, found.archived = split_archived(address)
    if canonical:
        try:
            whole = split_archived(urljoin(address, canonical))[0].partition("#")[0]
        except ValueError:
            whole = canonical
        if plausible(whole, original):
            found.canonical = whole
            found.doubtful = whole != original
        else:
            found.disbelieved = whole
    if found.canonical is None and found.archived is not None:
        found.canonical = original


def _meta(tree: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in elements(tree, "//meta[@content]"):
        content = " ".join((element.get("content") or "").split())
        for name in {(element.get(a) or "").lower() for a in ("property", "name", "itemprop")} - {""}:
            if content:
                found.setdefault(name, []).append(content)
    return found


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((meta[name][0] for name in names if name in meta and len(meta[name][0]) <= _LONGEST_NAME), None)


def _first_day(groups: Any) -> str | None:
    return next((day for values in groups for value in values if (day := _day(value))), None)


def _day(value: object) -> str | None:
    """A whole day of structured data: only what is written as ISO 8601, since 5/4 may be May or April."""
    if not isinstance(value, str):
        return None
    value = re.sub(r"^(\d{4})(\d\d)(\d\d)(?=T|$)", r"\1-\2-\3", value.strip())
    return iso_day(re.sub(r"^(\d{4})/(\d\d)/(\d\d)", r"\1-\2-\3", value))


def _marked_day(tree: Element) -> str | None:
    """The day of marked-up times: one that says that it is of publication; else the only one, or one in the report's head."""
    for path in (
        "//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content",
        "//time[@pubdate]/@datetime | //time[contains(@class, 'publish')]/@datetime",
        "//header//time/@datetime | //h1/following::time[position() = 1]/@datetime",
    ):
        days = [day for value in elements(tree, path) if (day := _day(str(value)))]
        if days:
            return days[0]
    days = list({day for value in elements(tree, "//time/@datetime") if (day := _day(str(value)))})
    return days[0] if len(days) == 1 else None


def _of_json_ld(tree: Element, found: Metadata) -> None:
    nodes: list[dict[str, Any]] = []
    for script in elements(tree, "//script[contains(@type, 'ld+json')]"):
        try:
            # Systems put line ends into strings, which strict JSON forbids.
            nodes += _nodes(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
    reports = [n for n in nodes if _kinds(n) & _REPORTS]
    reports.sort(key=lambda n: _kinds(n) <= {"WebPage"})
    for node in reports:
        found.kinds |= _kinds(node)
        if not found.title and not _kinds(node) <= {"WebPage"}:
            found.title = _name(node.get("headline") or node.get("name"), by_id) or ""
        found.published = found.published or next((day for key in _DAYS if (day := _day(node.get(key)))), None)
        found.publisher = found.publisher or _name(node.get("publisher"), by_id)
        if not _kinds(node) <= {"WebPage"}:
            found.author = found.author or _author(_name(node.get("author") or node.get("creator"), by_id))
            body = node.get("articleBody")
            if isinstance(body, str) and not found.body:
                found.body = body


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEP:
        return
    if isinstance(value, list):
        for item in value[:_MOST]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth + 1)


def _kinds(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {str(k).rpartition("/")[2] for k in (kinds if isinstance(kinds, list) else [kinds]) if k}


def _name(value: Any, by_id: dict[str, dict[str, Any]], depth: int = 0) -> str | None:
    """The name in a value of JSON-LD: a string, an object with a name, a reference to one, or a list of those."""
    if depth > 3:
        return None
    if isinstance(value, str):
        return " ".join(value.split())[:_LONGEST_NAME] or None
    if isinstance(value, list):
        names = [n for v in value[:10] if (n := _name(v, by_id, depth + 1))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        named = value.get("name") or by_id.get(str(value.get("@id")), {}).get("name")
        return _name(named, by_id, depth + 1)
    return None


def _author(name: str | None) -> str | None:
    """A name of an author; addresses and accounts of systems are none."""
    if (
        not name
        or len(name) > _LONGEST_NAME
        or "://" in name
        or name.lower() in ("admin", "administrator", "editor", "webmaster", "user", "super user")
    ):
        return None
    return name
