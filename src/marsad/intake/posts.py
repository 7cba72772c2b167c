"""Posts copied as text: the lines of a page of a social platform, of which the post is one part and all else is chrome.

A copied page tells nothing by structure, so the words of buttons and counters do: above the post stand the one who posts and since
when, below it buttons and counters, and below those the comments of others, which are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.intake.chrome import folded, page_words
from marsad.intake.dateline import day_of_line

__all__ = ["Post", "post_of_lines"]

_HANDLE = re.compile(r"@\w{2,40}")
# Where accounts have such names, a comment begins with one.
_ACCOUNT = re.compile(r"[a-z0-9._]{3,30}")
_TIME = re.compile(r"\d{1,2}:\d\d")
_BELOW = frozenset(["action", "comments", "counted"])
_ABOVE = frozenset(["action", "age", "counted", "platform"])
# How many lines of chrome, of how many kinds, make a text a copied page: a report that ends with "Share" is none.
_LEAST_LINES, _LEAST_KINDS = 4, 2
_HEAD = 20
_BODY_WORDS = 5
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a social platform.

    Attributes:
        text: what its author wrote.
        publisher: who posted it, or None.
        published: ISO day, or None where the page only tells how long ago.
        canonical: its address, if told.
        key: its id on its page, or None.
        cut: whether the page shows only its beginning.
    """

    text: str
    publisher: str | None = None
    published: str | None = None
    canonical: str | None = None
    key: str | None = None
    cut: bool = False


def post_of_lines(lines: Sequence[str]) -> Post | None:
    """The post of a copied page, or None where the lines are no such page.

    Args:
        lines: of the text, as copied.
    """
    lines = [line.strip() for line in lines if line.strip()]
    roles = [page_words().role(line) for line in lines]
    # Numbers alone are also those of the parts of an essay.
    marks = [role for line, role in zip(lines, roles, strict=True) if role != "counted" or any(c.isalpha() for c in line)]
    chrome = [role for role in marks if role in ("action", "age", "comments", "counted", "platform")]
    handles = sum(1 for line in lines[:_HEAD] if _HANDLE.fullmatch(line))
    if len(chrome) + handles < _LEAST_LINES or len(set(chrome)) + bool(handles) < _LEAST_KINDS or not _BELOW & set(chrome):
        return None
    mark = next((n for n in range(min(_HEAD, len(lines))) if _heads(lines[n], roles[n])), None)
    publisher = None
    if mark is not None:
        names = [lines[n] for n in range(mark) if roles[n] is None and len(lines[n]) <= _SHORT]
        publisher = names[-1] if names else None
        begin = mark
        while begin < len(lines) and (roles[begin] in _ABOVE or _heads(lines[begin], roles[begin])):
            begin += 1
    else:
        found = (n for n, line in enumerate(lines) if roles[n] is None and len(line.split()) >= _BODY_WORDS)
        begin = next(found, len(lines))
    days = [day for line in lines[:begin] if len(line) <= _SHORT and (day := day_of_line(line))]
    return _body(lines, roles, begin, publisher, days)


def _body(lines: list[str], roles: list[str | None], begin: int, publisher: str | None, days: list[str]) -> Post | None:
    kept: list[str] = []
    cut = False
    accounts = publisher is not None and bool(_ACCOUNT.fullmatch(publisher))
    for n in range(begin, len(lines)):
        line, role = lines[n], roles[n]
        if kept and (_ends(lines, roles, n) or (accounts and _ACCOUNT.fullmatch(line))):
            if _stamp(line) and (day := day_of_line(line)):
                days.append(day)
            break
        if role is None:
            kept.append(line)
        elif role == "platform" and n + 1 < len(lines) and roles[n + 1] in _BELOW:
            cut = True
    text = "\n".join(kept)
    if not text:
        return None
    return Post(text, publisher, days[0] if len(set(days)) == 1 else None, cut=cut and not text.endswith((".", "!", "؟")))


def _heads(line: str, role: str | None) -> bool:
    """Whether a line stands between the name of the one who posts and the post: a handle, an age, a day."""
    return role == "age" or bool(_HANDLE.fullmatch(line)) or (_stamp(line) and day_of_line(line) is not None)


def _stamp(line: str) -> bool:
    """Whether a line is a day with a time, or a day and nothing else."""
    return len(line) <= _SHORT and (bool(_TIME.search(line)) or len(folded(line).split()) <= 5)


def _ends(lines: list[str], roles: list[str | None], n: int) -> bool:
    """Whether the post ends before a line: buttons, comments, a time stamp, or counters that are followed by more chrome."""
    if roles[n] in ("action", "comments", "age"):
        return True
    if roles[n] is None and _TIME.search(lines[n]) and len(lines[n]) <= _SHORT and day_of_line(lines[n]):
        return True
    if roles[n] == "counted":
        # A bare number may be part of the post; what comes next tells.
        return any(c.isalpha() for c in lines[n]) or n + 1 == len(lines) or roles[n + 1] in (*_BELOW, "age")
    return False
