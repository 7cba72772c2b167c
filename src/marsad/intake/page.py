"""Pages: from the bytes of a page to the reports in it; nothing in it is run, and nothing that it links to is fetched."""

from __future__ import annotations

from marsad.intake.decoding import page_text
from marsad.intake.maintext import extractor_name, main_text
from marsad.intake.markup import elements, parsed, text_of
from marsad.intake.metadata import metadata_of, split_archived
from marsad.intake.platforms import platform_of, posts_of
from marsad.intake.results import Extracted, Limits, Refused, named_version
from marsad.lexicon.reasons import refusal

__all__ = ["reports_of_page"]

# Pages that stand in for one that is not there: a wall, a check for robots.
_WALLS = ("just a moment", "attention required", "access denied", "are you a robot", "404 not found", "page not found")
_WALL_LETTERS = 400


def reports_of_page(
    data: bytes, address: str = "", *, charset: str | None = None, limits: Limits | None = None
) -> list[Extracted]:
    """The reports of a page: one, or, where the page is a channel's, one for each post.

    Args:
        data: the bytes of the page.
        address: its address, if known.
        charset: encoding that a server told.
        limits: bounds.

    Raises:
        Refused: no page, or no report in it.
    """
    limits = limits or Limits()
    decoded = page_text(data, charset)
    tree = parsed(decoded.text, limits.depth)
    platform = platform_of(tree, address)
    meta = metadata_of(tree, address)
    if platform is not None:
        posts = posts_of(tree, platform, address)
        if posts:
            single = len(posts) == 1
            return [
                Extracted(
                    text=post.text,
                    extractor=named_version("marsad"),
                    published=post.published,
                    published_from="metadata" if post.published else None,
                    publisher=post.publisher,
                    canonical=post.canonical or (meta.canonical if single else None),
                    archived=meta.archived,
                    key=None if post.canonical else post.key,
                    warnings=(*decoded.warnings, *((refusal("intake:warning.beginning"),) if post.cut else ())),
                )
                for post in posts
            ]
        raise Refused(refusal("intake:platform", platform=platform))
    _refuse_walls(tree, meta.title)
    found = main_text(tree, meta.title, meta.body)
    doubts = (refusal("intake:warning.address", address=meta.disbelieved),) if meta.disbelieved else ()
    return [
        Extracted(
            text=found.text,
            extractor=extractor_name(),
            title=meta.title,
            published=meta.published,
            published_from="metadata" if meta.published else None,
            publisher=meta.publisher,
            author=meta.author,
            canonical=meta.canonical,
            archived=meta.archived,
            datelines=found.beside,
            warnings=(*decoded.warnings, *found.warnings, *doubts),
            doubtful=meta.doubtful,
            found_at=split_archived(address)[0] or None,
        )
    ]


def _refuse_walls(tree: object, title: str) -> None:
    named = title.lower()
    if any(wall in named for wall in _WALLS) and sum(len(text_of(b)) for b in elements(tree, "//body")) < _WALL_LETTERS:
        raise Refused(refusal("intake:wall", title=title[:60]))
