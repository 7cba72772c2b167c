"""Trimming: what is no report is taken out of a page's tree before the main text is looked for.

Marks of structure decide (elements, roles, names of classes), and headings whose words point to other articles. Nothing is taken
that holds most of the page's paragraphs: then its name is misleading.
"""

from __future__ import annotations

import re

from marsad.intake.chrome import folded, page_words
from marsad.intake.markup import BLOCKS, Element, drop, elements, text_of

__all__ = ["flatten", "trim"]

# Unions of XPath cost the square of what they find, so elements are told by tag, and by one condition on their attributes.
_NEVER = (
    "script", "style", "noscript", "template", "iframe", "svg", "object", "embed", "button", "select", "textarea", "input", "audio", "video",
    "canvas", "map", "dialog", "amp-sidebar", "amp-consent", "amp-ad", "amp-list", "amp-user-notification", "link",
)  # fmt: skip
_UNSEEN = (
    "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none') or contains(translate(@style, ' ', ''), 'visibility:hidden') or "
    "@role='navigation' or @role='dialog' or @role='search' or @role='banner' or @role='contentinfo' or @role='complementary' or "
    "@role='menu' or @role='alertdialog']"
)
_AROUND = ("nav", "aside", "footer", "figcaption", "menu")
_ADDED = "//*[@id='wm-ipp-base' or @id='wm-ipp' or @id='donato']"
# Parts of names of classes and ids, between the marks that join such names.
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:related\w*|jp-relatedposts|recommend\w*|more-?(?:news|posts|stories|articles)|latest\w*|most-?(?:read|viewed|popular)|"
    r"popular|trending|read-?(?:also|more)|see-?also|inline-related|also-read|you-may\w*|share\w*|sharing|sharedaddy|social\w*|addtoany\w*|"
    r"comments?|comments?-\w+|respond|disqus\w*|cookies?|consent|gdpr|onetrust\w*|newsletter\w*|subscri\w+|breadcrumbs?|sidebar\w*|"
    r"widget-area|tags?-?links?|post-?tags|article-?tags|tag-?cloud|field-tags|advert\w*|adsbygoogle|ads?|banner|promo\w*|"
    r"author-?(?:box|bio)|paginat\w+|pager|pagenav|menu|navbar\w*|nav|footer|site-?header|masthead|ticker|breaking-?bar|"
    r"caption|gallery-item|wp-caption-text|toolbar|popup|modal|overlay|skip-?link|wp-block-buttons?|post-footer|entry-footer|"
    r"moduletable|views-element-container|screen-reader-text|visually-?hidden|sr-only|assistive-text|tgme_channel_info)(?=$|[\s_-])",
    re.IGNORECASE,
)
# Names that say what else there is, or is not, beside an element ("has-sidebar").
_BESIDE = re.compile(r"(?<![\w-])(?:has|no|with|without|hide|show)[_-][\w-]+", re.IGNORECASE)
_KEEP = frozenset(["html", "body", "main", "article", "head", "title"])
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "b", "strong", "span", "p", "div")
# Where the report itself is, in the names that most systems use: no part that holds one of these is taken out.
_BODY = (
    "//*[@itemprop='articleBody' or contains(concat(' ', @class, ' '), ' entry-content ') or "
    "contains(concat(' ', @class, ' '), ' post-body ') or contains(@class, 'article-body') or contains(@class, 'article-content') or "
    "contains(@class, 'field--name-body') or contains(@class, 'articleBody')]"
)
# Where no such name is found, no part may be taken out that holds more than this share of the page's letters outside links.
_MOST = 0.5
_LONGEST_HEADING = 60
# A cell of a table of figures is shorter; a longer one holds paragraphs.
_LONGEST_CELL = 120


def trim(tree: Element) -> None:
    """Take out of a tree what is no report: unseen parts, navigation, notices, comments, other articles."""
    for element in [*tree.iter(*_NEVER), *elements(tree, _UNSEEN), *elements(tree, _ADDED)]:
        if element.tag not in _KEEP:
            drop(element)
    bodies = elements(tree, _BODY)
    kept = {e for body in (*bodies, *elements(tree, "//h1")) for e in (body, *body.iterancestors())}
    whole = 0 if bodies else _prose(tree)
    out = _Trimmer(kept, whole)
    for element in list(tree.iter(*_AROUND)):
        out.drop(element)
    for element in elements(tree, "//*[@class or @id]"):
        names = _BESIDE.sub("", f"{element.get('class') or ''} {element.get('id') or ''}")
        if element.tag not in _KEEP and _NAMES.search(names):
            out.drop(element)
    for link in elements(tree, "//a[starts-with(@href, '#')]"):
        part = next(link.iterancestors("section", "aside"), None)
        if part is not None and page_words().skip.match(folded(text_of(link))):
            out.drop(part)
    for element in list(tree.iter(*_HEADINGS)):
        if element.tag == "div" and len(element):
            continue
        text = text_of(element) if element.getparent() is not None and len(element) < 4 else ""
        if text and len(text) <= _LONGEST_HEADING:
            role = page_words().role(text)
            if role in ("related", "comments"):
                out.drop_headed(element, all_after=role == "comments")


def flatten(tree: Element) -> None:
    """Make plain blocks of tables that only lay out a page, and take out elements that only set a font."""
    for table in reversed(elements(tree, "//table")):
        cells = [text_of(cell) for cell in table.iter("td", "th")]
        if any(len(cell) > _LONGEST_CELL for cell in cells) or len(cells) < 2:
            for part in list(table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th")):
                part.tag = "div"
    for element in [*tree.iter("font", "center"), *elements(tree, "//div//span[.//br]")]:
        element.drop_tag()
    for head in elements(tree, "//h1[br]"):
        head.tag = "div"


class _Trimmer:
    """Takes elements out, but never what holds the report.

    Args:
        kept: elements that hold the title or the body.
        whole: letters of the page outside links; 0 where the body is known, so that size says nothing.
    """

    def __init__(self, kept: set[Element], whole: int) -> None:
        self._kept = kept
        self._whole = whole

    def drop(self, element: Element) -> None:
        """Take an element out, if it is none that holds the report."""
        if element.getparent() is None or element.tag in _KEEP or element in self._kept:
            return
        if not self._whole or _prose(element) <= self._whole * _MOST:
            drop(element)

    def drop_headed(self, heading: Element, *, all_after: bool) -> None:
        """Take out a heading and the list of links that it heads: what follows it, as long as that is mostly links.

        Args:
            heading: the heading.
            all_after: take out whatever follows it in its block: below a heading of comments all is comments.
        """
        block = heading
        while (
            (parent := block.getparent()) is not None
            and block.tag not in BLOCKS
            and len(text_of(parent)) <= len(text_of(block)) + 2
        ):
            block = parent
        for follower in list(block.itersiblings()):
            if follower.tag == "br" and not (follower.tail or "").strip():
                continue
            if not all_after and (_linked(follower) < _MOST or (follower.tail or "").strip()):
                break
            if all_after:
                follower.tail = None
            self.drop(follower)
        parent = block.getparent()
        self.drop(block)
        # What is left empty was there for the list alone.
        if parent is not None and parent.tag in ("div", "section", "td") and not text_of(parent):
            drop(parent)


def _prose(element: Element) -> int:
    """Letters of an element that are in no link."""
    return len(text_of(element)) - sum(len(text_of(a)) for a in elements(element, ".//a"))


def _linked(element: Element) -> float:
    """The share of an element's letters that are in links."""
    if element.tag == "a":
        return 1.0
    whole = len(text_of(element))
    return sum(len(text_of(a)) for a in elements(element, ".//a")) / whole if whole else 1.0
