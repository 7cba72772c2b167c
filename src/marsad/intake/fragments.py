"""Fragments: the text of a piece of HTML, or of a plain text, that is all report: the body of a feed's entry, of a mail, of a record."""

from __future__ import annotations

from marsad.documents.markup import looks_like_html
from marsad.intake.maintext import without_chrome
from marsad.intake.markup import drop, lines_of, parsed
from marsad.intake.posts import post_of_lines
from marsad.intake.results import Extracted, Limits, Refused, named_version
from marsad.lexicon.reasons import refusal

__all__ = ["report_of_text", "text_of_fragment"]

_LEAST = 2


def text_of_fragment(fragment: str, title: str = "", limits: Limits | None = None) -> str:
    """The lines of a piece of HTML, or of a text, without those that are chrome; the empty string where there is none.

    Args:
        fragment: HTML or plain text.
        title: lines at the head that repeat it are left out.
        limits: bounds.

    Raises:
        Refused: nested too deeply.
    """
    if not fragment.strip():
        return ""
    if "<" in fragment or "&" in fragment:
        tree = parsed(f"<html><body><div>{fragment}</div></body></html>", (limits or Limits()).depth)
        for element in list(tree.iter("script", "style", "noscript", "template", "iframe", "figcaption", "form")):
            drop(element)
        lines = lines_of(tree)
    else:
        lines = fragment.split("\n")
    return "\n".join(without_chrome(lines, title))


def report_of_text(text: str, warnings: tuple[str, ...] = ()) -> Extracted:
    """The report of a plain text: the text as it is, or the post in it where it is a copied page of a platform.

    Args:
        text: of a file or of a cell.
        warnings: of decoding.

    Raises:
        Refused: HTML in it has no text.
    """
    extractor = named_version("marsad")
    if looks_like_html(text):
        body = text_of_fragment(text)
        if not body:
            raise Refused(refusal("intake:empty"))
        told = refusal("intake:warning.html")
        return Extracted(body, extractor, warnings=(*warnings, told))
    post = post_of_lines(text.split("\n")) if text.count("\n") >= _LEAST else None
    if post is not None:
        told = refusal("intake:warning.copied")
        cut = (refusal("intake:warning.beginning"),) if post.cut else ()
        return Extracted(
            post.text,
            extractor,
            published=post.published,
            published_from="metadata" if post.published else None,
            publisher=post.publisher,
            warnings=(*warnings, told, *cut),
        )
    return Extracted(text, extractor, warnings=warnings)
