"""Markup: the tree of a page, read without running or fetching anything, and the lines that its reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from marsad.intake.results import Refused
from marsad.lexicon.reasons import refusal

__all__ = ["BLOCKS", "Element", "drop", "elements", "lines_of", "parsed", "text_of"]

# lxml has no types; an element of a tree is passed on, and only this module and those that import it look inside.
Element = Any

BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
        "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
    ]
)  # fmt: skip
_MOST = 150_000
_SPACES = re.compile(r"[^\S\n]+")


def parsed(text: str, depth: int) -> Element:
    """The tree of a page.

    Args:
        text: the page.
        depth: how deep elements may lie in each other; below 250, where the parser begins to lose what is deeper.

    Raises:
        Refused: there is nothing in it, or it is nested too deeply.
    """
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text).replace("\x00", "")
    if not text.strip():
        raise Refused(refusal("intake:empty"))
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise Refused(refusal("intake:page.unread", said=str(error)[:100])) from error
    if sum(1 for _ in zip(range(_MOST), tree.iter(), strict=False)) == _MOST:
        raise Refused(refusal("intake:page.large", most=f"{_MOST:,}"))
    if _too_deep(tree, depth):
        raise Refused(refusal("intake:page.deep", most=depth))
    return tree


def _too_deep(tree: Element, depth: int) -> bool:
    level = [tree]
    for _ in range(depth):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def elements(tree: Element, path: str) -> list[Element]:
    """Elements by XPath."""
    return cast("list[Element]", tree.xpath(path))


def drop(element: Element) -> None:
    """Take an element out; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def lines_of(element: Element) -> list[str]:
    """The visible lines of an element, each without spaces at its ends; empty ones are left out."""
    return [line for line in (_SPACES.sub(" ", line).strip() for line in "".join(_pieces(element)).split("\n")) if line]


def text_of(element: Element) -> str:
    """All text of an element in one line."""
    return " ".join("".join(element.itertext()).split())


def _pieces(element: Element) -> Iterator[str]:
    # Line ends of the source are spaces, except where the page says that they are kept.
    kept = element.tag == "pre" or "pre-wrap" in (element.get("style") or "")
    for action, node in lxml.etree.iterwalk(element, events=("start", "end")):
        block = node.tag in BLOCKS
        if action == "start":
            if block:
                yield "\n"
            if node.text:
                yield node.text if kept else node.text.replace("\n", " ")
        else:
            if block and node.tag != "br":
                yield "\n"
            if node.tail and node is not element:
                yield node.tail if kept else node.tail.replace("\n", " ")
