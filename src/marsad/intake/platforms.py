"""Platforms: posts in saved pages of social platforms, by the structure of those pages.

Telegram's web preview holds many posts, the others one: what else stands on the page are comments and other posts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from marsad.documents.published import iso_day
from marsad.intake.dateline import day_of_line
from marsad.intake.markup import Element, drop, elements, lines_of, text_of
from marsad.intake.posts import Post, post_of_lines

__all__ = ["platform_of", "posts_of"]

_HOSTS = {
    "facebook": re.compile(r"(?:^|\.)(?:facebook|fb)\.(?:com|watch)$"),
    "instagram": re.compile(r"(?:^|\.)instagram\.com$"),
    "telegram": re.compile(r"(?:^|\.)(?:t\.me|telegram\.(?:me|org))$"),
    "x": re.compile(r"(?:^|\.)(?:x|twitter)\.com$"),
}
_STRUCTURE = {
    "telegram": "//*[contains(concat(' ', @class, ' '), ' tgme_widget_message ')]",
    "x": "//*[@data-testid='tweetText']",
    "facebook": "//*[@data-ad-preview='message' or @data-ad-comet-preview='message'] | //*[contains(@class, 'story_body_container')]",
}
_LONGEST_NAME = 100
_MESSAGE = re.compile(r"https://t\.me/\w+/\d+")


def platform_of(tree: Element, address: str) -> str | None:
    """The platform that a page is of, by its structure or, where that is not known, its address; None for all other pages."""
    for name, path in _STRUCTURE.items():
        if elements(tree, path):
            return name
    told = elements(tree, "//head//link[@rel='canonical']/@href") + elements(tree, "//meta[@property='og:url']/@content")
    for link in (address, *map(str, told)):
        try:
            host = (urlsplit(link).hostname or "").lower()
        except ValueError:
            continue
        for name, pattern in _HOSTS.items():
            if pattern.search(host):
                return name
    return None


def posts_of(tree: Element, platform: str) -> list[Post]:
    """The posts of a page of a platform.

    Args:
        tree: the page; it is changed.
        platform: as told by :func:`platform_of`.
    """
    for element in list(tree.iter("script", "style", "noscript", "template")):
        drop(element)
    found = _READERS[platform](tree)
    if not found:
        post = post_of_lines(lines_of(tree))
        found = [post] if post is not None else []
    return [post for post in found if post.text.strip()]


def _telegram(tree: Element) -> list[Post]:
    found = []
    for message in elements(tree, _STRUCTURE["telegram"]):
        for reply in elements(
            message, ".//*[contains(@class, 'tgme_widget_message_reply') or contains(@class, 'js-message_reply_text')]"
        ):
            drop(reply)
        texts = elements(message, ".//*[contains(concat(' ', @class, ' '), ' tgme_widget_message_text ')]")
        body = texts[0] if texts else None
        if body is None:
            continue
        key = message.get("data-post") or None
        times = elements(message, ".//time[@datetime]/@datetime")
        owner = elements(message, ".//*[contains(@class, 'tgme_widget_message_owner_name')]")
        found.append(
            Post(
                "\n".join(lines_of(body)),
                text_of(owner[0])[:_LONGEST_NAME] if owner else None,
                iso_day(str(times[-1])) if times else None,
                f"https://t.me/{key}" if key else None,
                key,
            )
        )
    return found or _described(tree)


def _described(tree: Element) -> list[Post]:
    """The post of a page that shows it only in its description: Telegram's page of one message."""
    told = {str(m.get("property")): str(m.get("content") or "") for m in elements(tree, "//meta[@property]")}
    links = [*elements(tree, "//head//link[@rel='canonical']/@href"), told.get("og:url", "")]
    address = next((m.group() for link in links if (m := _MESSAGE.match(str(link)))), None)
    lines = [line.strip() for line in told.get("og:description", "").split("\n") if line.strip()]
    if not lines or (address is None and not elements(tree, "//*[contains(@class, 'tgme_page_widget')]")):
        return []
    return [Post("\n".join(lines), told.get("og:title") or None, None, address)]


def _x(tree: Element) -> list[Post]:
    posts = elements(tree, "//article[.//*[@data-testid='tweetText']]")
    # The post that the page is about has no tab stop of its own; others above it are what it answers.
    focal = [p for p in posts if p.get("tabindex") == "-1"] or posts
    if not focal:
        return []
    post = focal[0]
    texts = elements(post, ".//*[@data-testid='tweetText']")
    names = elements(post, ".//*[@data-testid='User-Name']//span[not(*)]")
    times = elements(post, ".//a[contains(@href, '/status/')]//time/@datetime")
    return [
        Post(
            "\n".join(_kept_lines(texts[0])),
            next((name for n in names if (name := text_of(n))), None),
            iso_day(str(times[0])) if times else None,
            cut=bool(elements(post, ".//*[@data-testid='tweet-text-show-more-link']")),
        )
    ]


def _facebook(tree: Element) -> list[Post]:
    bodies = elements(tree, _STRUCTURE["facebook"])
    if not bodies:
        return []
    body = bodies[0]
    around = next((a for a in body.iterancestors() if elements(a, ".//h2//a | .//h3//a | .//header//a | .//strong//a")), None)
    names = elements(around, ".//h2//a | .//h3//a | .//header//a | .//strong//a") if around is not None else []
    day = None
    for time in elements(around, ".//abbr") if around is not None else []:
        day = _epoch(time.get("data-utime") or "") or day_of_line(text_of(time))
        if day:
            break
    more = elements(body, ".//*[contains(@class, 'see_more_link') or @role='button']")
    cut = bool(more)
    for button in more:
        drop(button)
    name = next((t for n in names if (t := text_of(n))), None)
    return [Post("\n".join(lines_of(body)), name, day, cut=cut)]


def _instagram(tree: Element) -> list[Post]:
    captions = elements(tree, "//article//h1") or elements(tree, "//main//h1[@dir='auto']")
    if not captions:
        return []
    names = elements(tree, "//article//header//a | //main//header//a | //article//h2//a")
    times = elements(captions[0], "following::time/@datetime")
    return [
        Post(
            "\n".join(lines_of(captions[0])),
            next((t for n in names if (t := text_of(n))), None),
            iso_day(str(times[0])) if times else None,
        )
    ]


_READERS: dict[str, Callable[[Element], list[Post]]] = {
    "facebook": _facebook,
    "instagram": _instagram,
    "telegram": _telegram,
    "x": _x,
}


def _kept_lines(element: Element) -> list[str]:
    """The lines of text in which line ends of the source are shown."""
    return [line for part in "".join(element.itertext()).split("\n") if (line := " ".join(part.split()))]


def _epoch(value: str) -> str | None:
    if not re.fullmatch(r"\d{9,10}", value):
        return None
    return datetime.fromtimestamp(int(value), UTC).date().isoformat()
