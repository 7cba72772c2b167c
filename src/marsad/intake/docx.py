"""DOCX files: the paragraphs of the document, and what its properties say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from marsad.intake.results import Extracted, Limits, Refused, named_version
from marsad.intake.xmltrees import Element, first, local, said, xml_tree
from marsad.intake.zips import member, names, opened_zip
from marsad.lexicon.reasons import refusal

__all__ = ["report_of_docx"]

_DOCUMENT = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
# Text that was deleted, and instructions of fields, are not shown.
_UNSEEN = frozenset(["deltext", "instrtext", "delinstrtext", "del", "pict", "object", "fallback"])


def report_of_docx(stream: BinaryIO, limits: Limits) -> Extracted:
    """The text of a DOCX file, a line for each paragraph; a title paragraph at its head is its title.

    The day on which the file was made is not the day of publication, so none is taken from its properties.

    Raises:
        Refused: damaged, beyond the bounds, or without text.
    """
    with opened_zip(stream, limits) as packed:
        if _DOCUMENT not in names(packed):
            raise Refused(refusal("intake:docx"))
        root = xml_tree(member(packed, _DOCUMENT, limits.record * 4))
        properties = xml_tree(member(packed, _PROPERTIES, limits.record)) if _PROPERTIES in names(packed) else None
    lines: list[str] = []
    title = ""
    for paragraph in (e for e in root.iter() if local(e) == "p"):
        line = "".join(_pieces(paragraph)).strip()
        if not line:
            continue
        if not lines and not title and _style(paragraph) == "title":
            title = line
            continue
        lines.append(line)
    if not lines and title:
        lines, title = [title], ""
    if not lines:
        raise Refused(refusal("intake:empty"))
    named = said(first(properties, "title")) if properties is not None else ""
    author = said(first(properties, "creator")) if properties is not None else ""
    return Extracted("\n".join(lines), named_version("marsad"), title or named, author=author or None)


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name == "tab":
            yield " "
        elif name in ("br", "cr"):
            yield "\n"
        elif name not in _UNSEEN and name != "p":
            yield from _pieces(child)


def _style(paragraph: Element) -> str:
    properties = first(paragraph, "ppr")
    style = first(properties, "pstyle") if properties is not None else None
    return next((v.lower() for k, v in style.attrib.items() if k.endswith("val")), "") if style is not None else ""
