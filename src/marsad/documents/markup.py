"""Markup: HTML that was pasted or saved as text becomes the text that a reader of the page would see."""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["looks_like_html", "without_tags"]

_START = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|br|span|a|strong|b|em|i|ul|ol|li|h[1-6]|table|tr|td|img|script|style|section|article|header|footer|"
    r"blockquote|figure|iframe|html|head|body|meta|link)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "iframe", "svg", "select", "textarea"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_LEAST_TAGS = 2
_BREAKS = re.compile(r"<(?:br|div|p)\b", re.IGNORECASE)
# A line end that is no empty line: where tags break lines it means nothing.
_LINE_END = re.compile(r"(?<!\n)[^\S\n]*\r?\n(?!\s*\n)")


def looks_like_html(text: str) -> bool:
    """Whether a text is a page, or has several tags in it; a lone "<" is no tag."""
    if "<" not in text:
        return False
    if _START.match(text):
        return True
    return sum(1 for _ in zip(range(_LEAST_TAGS), _TAG.finditer(text), strict=False)) >= _LEAST_TAGS


def without_tags(text: str) -> str:
    """The visible text: tags, scripts and styles removed, entities resolved, a line for each block.

    Line ends of the source count only where no tag breaks lines: a text with a stray tag keeps its lines.
    """
    parser = _Visible(keep_lines=_BREAKS.search(text) is None)
    parser.feed(text)
    parser.close()
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in "".join(parser.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Visible(HTMLParser):
    def __init__(self, *, keep_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._keep_lines = keep_lines
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag == "body":
            # A head that was never closed must not swallow the page.
            self._unseen.clear()
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen and self._unseen.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data if self._keep_lines else _LINE_END.sub(" ", data))
