"""Platforms: posts in saved pages of social platforms, by the structure of those pages.

A page of one post gives that post, whatever answers stand below it; a page of a channel or account gives all its posts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from marsad.documents.published import iso_day
from marsad.intake.dateline import day_of_line
from marsad.intake.described import described_post
from marsad.intake.markup import Element, drop, elements, lines_of, text_of
from marsad.intake.posts import Post, post_of_lines

__all__ = ["platform_of", "posts_of"]

_HOSTS = {
    "facebook": re.compile(r"(?:^|\.)(?:facebook|fb)\.(?:com|watch)$"),
    "instagram": re.compile(r"(?:^|\.)instagram\.com$"),
    "telegram": re.compile(r"(?:^|\.)(?:t\.me|telegram\.(?:me|org))$"),
    "x": re.compile(r"(?:^|\.)(?:x|twitter)\.com$"),
}
# What pages of platforms call their site.
_SITES = {
    "facebook": "facebook",
    "instagram": "instagram",
    "telegram": "telegram",
    "x": "x",
    "x (formerly twitter)": "x",
    "twitter": "x",
}
_STRUCTURE = {
    "telegram": "//*[contains(concat(' ', @class, ' '), ' tgme_widget_message ') or (@data-mid and @data-timestamp) or @data-message-id]",
    "x": "//*[@data-testid='tweetText']",
    "facebook": "//*[@data-ad-preview='message' or @data-ad-comet-preview='message'] | //*[contains(@class, 'story_body_container')]",
}
_LONGEST_NAME = 100
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/\w+/status/(\d+)")
_STATUS_PATH = re.compile(r"/\w+/status/\d+")
# Inside the text of a message: its time, what it answers, reactions.
_UNSAID = (
    ".//*[contains(@class, 'MessageMeta') or contains(concat(' ', @class, ' '), ' time ') or contains(@class, 'reactions') or "
    "contains(@class, 'Reactions') or contains(concat(' ', @class, ' '), ' reply ') or contains(@class, 'EmbeddedMessage')]"
)


def platform_of(tree: Element, address: str) -> str | None:
    """The platform that a page is of, by its structure or, where that is not known, its address; None for all other pages."""
    sites = [str(s).strip().lower() for s in elements(tree, "//meta[@property='og:site_name']/@content")]
    if known := next((_SITES[s] for s in sites if s in _SITES), None):
        return known
    # A page of another site, or of an article, only shows a post.
    if not sites and not elements(tree, "//meta[@property='article:published_time'] | //*[@itemprop='articleBody']"):
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


def posts_of(tree: Element, platform: str, address: str = "") -> list[Post]:
    """The posts of a page of a platform, without the comments and answers of others.

    Args:
        tree: the page; it is changed.
        platform: as told by :func:`platform_of`.
        address: of the page, if known.
    """
    for element in list(tree.iter("script", "style", "noscript", "template")):
        drop(element)
    found = _READERS[platform](tree, address)
    if not found:
        post = described_post(tree, platform, address) or post_of_lines(lines_of(tree))
        found = [post] if post is not None else []
    return [post for post in found if post.text.strip()]


def _telegram(tree: Element, address: str) -> list[Post]:
    found = []
    for message in elements(tree, f"//*[{_class('tgme_widget_message')}]"):
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
    return found or _telegram_client(tree)


def _telegram_client(tree: Element) -> list[Post]:
    """The messages of a chat in Telegram's two programs for browsers (web.telegram.org/k and /a)."""
    found = []
    for message in elements(tree, "//*[@data-mid or @data-message-id]"):
        bodies = elements(message, f".//*[{_class('text-content')}]") or elements(message, f".//*[{_class('message')}]")
        if not bodies:
            continue
        told = text_of(bodies[0])
        times = elements(message, ".//*[contains(@class, 'message-time')]/@title")
        for part in elements(bodies[0], _UNSAID):
            drop(part)
        names = elements(message, ".//*[contains(@class, 'sender-title') or contains(@class, 'peer-title')]")
        names = names or elements(
            tree, f"//*[{_class('chat-info')}]//*[contains(@class, 'peer-title')] | //*[{_class('fullName')}]"
        )
        number = message.get("data-mid") or message.get("data-message-id")
        chat = message.get("data-peer-id")
        found.append(
            Post(
                "\n".join(lines_of(bodies[0])),
                next((t for n in names if (t := text_of(n)) and t not in told), None),
                _epoch(message.get("data-timestamp") or "") or (day_of_line(str(times[0])) if times else None),
                key=f"{chat}/{number}" if chat else number,
            )
        )
    return found


def _class(name: str) -> str:
    """The condition that an element has a class."""
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


def _x(tree: Element, address: str) -> list[Post]:
    posts = elements(tree, "//article[.//*[@data-testid='tweetText']]")
    told = (address, *map(str, elements(tree, "//head//link[@rel='canonical']/@href")))
    status = next((m.group(1) for link in told if (m := _STATUS.search(link))), None)
    # The post that the page is about has no tab stop of its own; others above it are what it answers.
    focal = [p for p in posts if p.get("tabindex") == "-1"]
    if status is not None or focal:
        named = [p for p in posts if status and elements(p, f".//a[contains(@href, '/status/{status}')]")]
        return [_tweet(post, single=True) for post in (focal or named or posts)[:1]]
    return [_tweet(post, single=False) for post in posts]


def _tweet(post: Element, *, single: bool) -> Post:
    texts = elements(post, ".//*[@data-testid='tweetText']")
    names = elements(post, ".//*[@data-testid='User-Name']//span[not(*)]")
    links = elements(post, ".//a[contains(@href, '/status/') and .//time]")
    match = _STATUS_PATH.search(str(links[0].get("href"))) if links else None
    return Post(
        "\n".join(_kept_lines(texts[0])),
        next((name for n in names if (name := text_of(n))), None),
        iso_day(str(links[0].xpath("string(.//time/@datetime)"))) if links else None,
        # The address of a page of one post is that of the page itself.
        None if single or match is None else f"https://x.com{match.group()}",
        cut=bool(elements(post, ".//*[@data-testid='tweet-text-show-more-link']")),
    )


def _facebook(tree: Element, address: str) -> list[Post]:
    bodies = elements(tree, _STRUCTURE["facebook"])
    # One mark within another is the same post.
    bodies = [b for b in bodies if not any(a in bodies for a in b.iterancestors())]
    return [_facebook_post(body, alone=len(bodies) == 1) for body in bodies]


def _facebook_post(body: Element, *, alone: bool) -> Post:
    path = ".//h2//a | .//h3//a | .//header//a | .//strong//a"
    around = next((a for a in body.iterancestors() if elements(a, path)), None)
    names = elements(around, path) if around is not None else []
    day = None
    for time in elements(around, ".//abbr") if around is not None else []:
        day = _epoch(time.get("data-utime") or "") or day_of_line(text_of(time))
        if day:
            break
    more = elements(body, ".//*[contains(@class, 'see_more_link') or @role='button']")
    cut = bool(more)
    for button in more:
        drop(button)
    text = "\n".join(lines_of(body))
    # Addresses of posts are made anew for each reader, so that of several on a page the text tells which is which.
    key = None if alone else hashlib.sha256(text.encode()).hexdigest()[:16]
    return Post(text, next((t for n in names if (t := text_of(n))), None), day, key=key, cut=cut)


def _instagram(tree: Element, address: str) -> list[Post]:
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


_READERS: dict[str, Callable[[Element, str], list[Post]]] = {
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
