"""Described posts: pages of platforms that show a post only in their description, as those do that were saved or fetched without scripts.

Only a page whose address is that of one post is read so: the description of an account is no post.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from marsad.intake.dateline import day_of_line
from marsad.intake.markup import Element, elements
from marsad.intake.posts import Post

__all__ = ["described_post"]

# What addresses of one post have, by platform.
_ONE_POST = {
    "facebook": re.compile(r"/(?:posts|photos|videos|permalink|reel|share)/|story_fbid=|story\.php|permalink\.php"),
    "instagram": re.compile(r"/(?:p|reel|tv)/[\w-]+"),
    "telegram": re.compile(r"^/\w+/\d+/?(?:\?|$)"),
    "x": re.compile(r"/status/\d+"),
}
# Before the text Instagram puts counts, the account and the day; where other languages word that in another way, the quotation marks tell.
_QUOTED = re.compile(r"^(?P<head>[^\u201c\"]{0,200}?)[\u201c\"](?P<text>.+)[\u201d\"]\.?\s*$", re.DOTALL)
_DAY = re.compile(r"[A-Za-z]{3,9} \d{1,2}, \d{4}")
_ACCOUNT = re.compile(r"- ([\w.]{2,40}) ")
# "Name (@handle) on X", "Name on Instagram: ...", "Name - words"
_NAME = re.compile(r"^(.{1,100}?)(?: \(@\w+\))? on (?:X|Twitter|Instagram|Facebook)\b|^(.{1,100}?) [-|\u2013] ")
_CUT = ("...", "\u2026")


def described_post(tree: Element, platform: str, address: str) -> Post | None:
    """The post that the description of a page tells, or None.

    Args:
        tree: the page.
        platform: that it is of.
        address: of the page, if known.
    """
    told = {str(m.get("property")): str(m.get("content") or "") for m in elements(tree, "//meta[@property]")}
    links = [address, *map(str, elements(tree, "//head//link[@rel='canonical']/@href")), told.get("og:url", "")]
    if not any(_ONE_POST[platform].search(_path(link)) for link in links if link):
        return None
    text, head = told.get("og:description", "").strip(), ""
    if platform in ("instagram", "x"):
        quoted = _QUOTED.match(text)
        if quoted is not None:
            text, head = quoted["text"].strip(), quoted["head"]
        elif platform == "instagram":
            # Without quotation marks it is counts and an invitation to look.
            return None
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return None
    day = _DAY.search(head)
    account = _ACCOUNT.search(head)
    return Post(
        "\n".join(lines),
        account.group(1) if account else _name(told.get("og:title", ""), platform),
        day_of_line(day.group()) if day else None,
        _telegram_address(links) if platform == "telegram" else None,
        cut=text.endswith(_CUT),
    )


def _path(link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _name(title: str, platform: str) -> str | None:
    if platform == "telegram":
        return title or None
    match = _NAME.match(title)
    return (match.group(1) or match.group(2)) if match else title[:100] or None


def _telegram_address(links: list[str]) -> str | None:
    return next((m.group() for link in links if (m := re.match(r"https://t\.me/\w+/\d+", link))), None)
