"""What a page says: its own words, and the words of reports, people and commands in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["ENGLISH", "Said", "foreign"]

ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,:;]+[a-z]{2,})+")
_ISOLATED = re.compile("\u2068[^\u2068\u2069]*\u2069")
# What comes from a report, a person or a command.
_QUOTED = {"bdi", "q", "code", "pre", "mark", "kbd", "s", "del", "ins", "textarea", "script", "style"}
_VOID = {"input", "br", "meta", "link", "img", "hr", "wbr", "rect", "line", "path"}
_SHOWN = ("aria-label", "title", "placeholder", "alt")


class Said(HTMLParser):
    """Texts of a page: those of the interface, and those that are marked as somebody's words.

    Args:
        told: the page as HTML.
        own: classes of elements whose words are the program's own, whatever they stand in.
    """

    def __init__(self, told: str = "", own: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.own: list[str] = []
        self.quoted: list[str] = []
        self._ours = own
        self._open: list[tuple[str, bool, bool]] = []
        self.feed(told)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        classes = (told.get("class") or "").split()
        above, ours = self._open[-1][1:] if self._open else (False, False)
        ours = ours or any(name in classes for name in self._ours)
        quoted = not ours and (
            above
            or tag in _QUOTED
            or "lang" in told
            and tag != "html"
            or told.get("dir") in ("auto", "ltr")
            or "passage" in (told.get("class") or "")
        )
        self.own += [] if quoted else [without_isolated(v) for name in _SHOWN if (v := told.get(name))]
        if tag not in _VOID:
            self._open.append((tag, quoted, ours))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        quoted = self._open and self._open[-1][1]
        if text := " ".join((data if quoted else without_isolated(data)).split()):
            (self.quoted if quoted else self.own).append(text)


def without_isolated(text: str) -> str:
    """A text without the values that are set apart in it, however deep they lie in each other."""
    while (shorter := _ISOLATED.sub("", text)) != text:
        text = shorter
    return text


def foreign(text: str) -> str:
    """English words of a sentence in a text that is to be Arabic; values that are set apart in it do not count."""
    found = ENGLISH.search(without_isolated(text))
    return found[0] if found else ""
